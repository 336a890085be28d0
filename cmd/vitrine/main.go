// Vitrine turns one folder of Markdown and TOML about a programme into its public
// showcase site and its printable kit.
//
// This package is the only one that knows the clock, the environment and the terminal.
// It speaks with one voice: « vitrine: » before what is about no place in particular,
// no capital, no full stop, a hint where one can be given.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"vitrine/internal/diag"
	"vitrine/internal/ident"
)

// version is set when a release is linked.
var version = "0.1.0-dev"

// Exit statuses.
const (
	exitFine    = 0
	exitData    = 1 // errors in the site's data
	exitRefused = 2 // misuse, or the system refused
)

// world is what a command may touch of the outside.
type world struct {
	stdout, stderr io.Writer
	terminal       bool // stderr is one
	env            func(string) string
	now            func() time.Time

	until context.Context // ends what would go on; nil: only a signal does
	shown func(string)    // is told the address of a preview; or nil

	asked, site diag.Language // of messages: from --lang, from the site
}

func main() { os.Exit(run()) }

// run is the program, as tests start it too.
func run() int {
	info, err := os.Stderr.Stat()
	w := &world{
		stdout: os.Stdout, stderr: os.Stderr,
		terminal: err == nil && info.Mode()&os.ModeCharDevice != 0,
		env:      os.Getenv, now: time.Now,
	}
	return w.start(os.Args[1:])
}

// command is one verb of the command line.
type command struct {
	name  string
	usage text
	does  text
	run   func(*world, *flag.FlagSet, []string) (int, error)
}

func commands() []command {
	return []command{
		{"build", text{"[--only site|kit|PIÈCE] [--sent NOM]", "[--only site|kit|PIECE] [--sent NAME]"}, text{"fabrique le site et le kit", "makes the site and the kit"}, runBuild},
		{"check", text{"[--rules] [--ceremony [--programme ID] [--edition ID] [--on JOUR]]", "[--rules] [--ceremony [--programme ID] [--edition ID] [--on DAY]]"}, text{"dit tout ce qui empêcherait de fabriquer, sans rien écrire", "says all that would stop a build, and writes nothing"}, runCheck},
		{"print", text{"PIÈCE [SUJET…] [--profile office|press] [--duplicate] [--out DOSSIER]", "PIECE [SUBJECT…] [--profile office|press] [--duplicate] [--out DIR]"}, text{"refait une pièce", "makes one piece again"}, runPrint},
		{"reprint", text{"--since NOM [--whole] [--out FICHIER.zip]", "--since NAME [--whole] [--out FILE.zip]"}, text{"donne les seules pages qui ont changé depuis un envoi", "gives only the pages that changed since a run was sent"}, runReprint},
		{"serve", text{"[--addr 127.0.0.1:8080] [--poll]", "[--addr 127.0.0.1:8080] [--poll]"}, text{"montre le site, à jour à chaque enregistrement", "shows the site, up to date at each save"}, runServe},
		{"import", text{"FICHIER [--programme ID] [--edition ID] [--map FICHIER] [--write]", "FILE [--programme ID] [--edition ID] [--map FILE] [--write]"}, text{"lit une liste Excel, LibreOffice ou CSV ; n’écrit qu’avec --write", "takes in an Excel, LibreOffice or CSV list; writes with --write only"}, runImport},
		{"export", text{"FICHIER.xlsx [--programme ID]", "FILE.xlsx [--programme ID]"}, text{"rend les participants en Excel, pour le bureau", "gives the participants back as Excel, for the office"}, runExport},
		{"new", text{"site DOSSIER | programme ID | participant \"NOM\" | piece MODÈLE", "site DIR | programme ID | participant \"NAME\" | piece TEMPLATE"}, text{"écrit les premiers fichiers d’un site, d’un programme, d’une fiche, d’une pièce", "writes the first files of a site, a programme, a record, a piece"}, runNew},
		{"version", text{"", ""}, text{"dit la version", "says which version this is"}, runVersion},
	}
}

// errUsage has been explained already.
var errUsage = errors.New("usage")

func (w *world) run(args []string) int {
	all := commands()
	if len(args) == 0 || slices.Contains([]string{"help", "-h", "--help"}, args[0]) {
		w.help(all)
		if len(args) == 0 {
			return exitRefused
		}
		return exitFine
	}
	for _, c := range all {
		if c.name == args[0] {
			return w.exec(c, args[1:])
		}
	}
	if args[0] == "--version" {
		return w.exec(all[len(all)-1], nil)
	}
	var names []string
	for _, c := range all {
		names = append(names, c.name)
	}
	w.say(text{"commande inconnue « %s »", "unknown command “%s”"}, args[0])
	if near, ok := ident.Nearest(args[0], names); ok {
		w.hint(text{"vouliez-vous dire « vitrine %s » ?", "did you mean “vitrine %s”?"}, near)
	} else {
		w.hint(text{"« vitrine help » les liste", "“vitrine help” lists them"})
	}
	return exitRefused
}

func (w *world) exec(c command, args []string) int {
	fs := flag.NewFlagSet(c.name, flag.ContinueOnError)
	fs.SetOutput(io.Discard)
	code, err := c.run(w, fs, args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		fmt.Fprintf(w.stderr, "vitrine %s %s\n", c.name, c.usage.in(w.lang("")))
		fs.SetOutput(w.stderr)
		fs.PrintDefaults()
		return exitFine
	case errors.Is(err, errUsage):
		return exitRefused
	case err != nil:
		w.explain(err)
		return exitRefused
	}
	return code
}

// parse reads flags and arguments in any order, and words what is wrong with them.
func (w *world) parse(fs *flag.FlagSet, args []string) ([]string, error) {
	var rest []string
	for {
		err := fs.Parse(args)
		if f := fs.Lookup("lang"); f != nil && (f.Value.String() == "fr" || f.Value.String() == "en") {
			w.asked = diag.Language(f.Value.String()) // also for what is wrong with the rest
		}
		if err != nil {
			if errors.Is(err, flag.ErrHelp) {
				return nil, err
			}
			w.badFlag(fs, err)
			return nil, errUsage
		}
		if fs.NArg() == 0 {
			return rest, nil
		}
		rest = append(rest, fs.Arg(0))
		args = fs.Args()[1:]
	}
}

func (w *world) badFlag(fs *flag.FlagSet, err error) {
	name, unknown := strings.CutPrefix(err.Error(), "flag provided but not defined: -")
	if !unknown {
		w.say(text{"%s", "%s"}, err.Error())
		return
	}
	w.say(text{"option inconnue « --%s »", "unknown flag “--%s”"}, strings.TrimLeft(name, "-"))
	var known []string
	fs.VisitAll(func(f *flag.Flag) { known = append(known, f.Name) })
	if near, ok := ident.Nearest(strings.TrimLeft(name, "-"), known); ok {
		w.hint(text{"vouliez-vous dire « --%s » ?", "did you mean “--%s”?"}, near)
	}
}

// none refuses arguments that a command does not take.
func (w *world) none(rest []string) error {
	if len(rest) == 0 {
		return nil
	}
	w.say(text{"argument de trop « %s »", "unexpected argument “%s”"}, rest[0])
	return errUsage
}

func (w *world) help(all []command) {
	lang := w.lang("")
	fmt.Fprintln(w.stderr, text{"Vitrine : un dossier devient le site et le kit d’un programme.", "Vitrine: one folder becomes a programme’s site and kit."}.in(lang))
	fmt.Fprintln(w.stderr)
	for _, c := range all {
		fmt.Fprintf(w.stderr, "  vitrine %-8s %s\n", c.name, c.does.in(lang))
	}
	fmt.Fprintln(w.stderr)
	fmt.Fprintln(w.stderr, text{"« vitrine COMMANDE --help » dit ses options.", "“vitrine COMMAND --help” says its flags."}.in(lang))
}

func runVersion(w *world, fs *flag.FlagSet, args []string) (int, error) {
	rest, err := w.parse(fs, args)
	if err != nil {
		return exitRefused, err
	}
	if err := w.none(rest); err != nil {
		return exitRefused, err
	}
	fmt.Fprintln(w.stdout, "vitrine", version)
	return exitFine, nil
}
