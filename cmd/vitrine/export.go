package main

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"vitrine/internal/diag"
	"vitrine/internal/intake"
	"vitrine/internal/source"
)

func runExport(w *world, fs *flag.FlagSet, args []string) (int, error) {
	var o options
	var programme string
	o.common(fs)
	fs.StringVar(&programme, "programme", "", "the programme; may be left out where the site has one")
	fs.BoolVar(&o.force, "force", false, "replace a file that is there")
	rest, err := w.parse(fs, args)
	if err != nil {
		return exitRefused, err
	}
	if len(rest) == 0 {
		w.say(text{"dans quel fichier ?", "to which file?"})
		w.hint(text{"par exemple : vitrine export liste.xlsx", "for instance: vitrine export list.xlsx"})
		return exitRefused, errUsage
	}
	if err := w.none(rest[1:]); err != nil {
		return exitRefused, err
	}
	return w.giveBack(&o, programme, rest[0])
}

// giveBack writes a programme's participants to a spreadsheet.
func (w *world) giveBack(o *options, programme, file string) (int, error) {
	b, err := w.options(o)
	if err != nil {
		return exitRefused, err
	}
	tree, err := source.Open(o.site)
	if err != nil {
		return exitRefused, err
	}
	defer tree.Close()
	w.speak(tree)
	ext := strings.ToLower(filepath.Ext(file))
	if ext != ".xlsx" && ext != ".csv" {
		w.say(text{"le nom doit finir par .xlsx ou .csv : « %s »", "the name must end in .xlsx or .csv: “%s”"}, file)
		return exitRefused, errUsage
	}
	if err := w.notPublic(o, file); err != nil {
		return exitRefused, err
	}
	if _, err := os.Lstat(file); err == nil && !o.force {
		w.say(text{"%s existe déjà", "%s is there already"}, file)
		w.hint(text{"choisissez un autre nom, ou --force", "choose another name, or --force"})
		return exitRefused, errUsage
	}
	e, err := intake.NewExport(tree, programme, b.Today, max(o.jobs, runtime.GOMAXPROCS(0)))
	if err != nil {
		return w.refuseList(file, err)
	}
	w.site = diag.Language(e.Language)
	var out bytes.Buffer
	if ext == ".xlsx" {
		err = e.WriteXLSX(&out)
	} else {
		err = e.WriteCSV(&out, 0)
	}
	if err == nil {
		err = putFile(file, out.Bytes())
	}
	if err != nil {
		return exitRefused, err
	}
	fmt.Fprintf(w.stdout, text{"%s : %s", "%s: %s"}.in(w.lang(w.site))+"\n", file, w.plural(e.People, noun{text{"participant", "participant"}, text{"participants", "participants"}}))
	if ext == ".csv" && len(e.Tables) > 1 {
		w.say(text{"un CSV ne tient qu’un tableau : engagements et distinctions sont dans le .xlsx seulement", "a CSV holds one table: commitments and awards are in the .xlsx only"})
	}
	w.say(text{"ce fichier contient tout, données privées comprises : il est pour le bureau", "this file holds everything, private data too: it is for the office"})
	return exitFine, nil
}
