package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"vitrine/internal/build"
	"vitrine/internal/ident"
)

var (
	pageToPrintNoun = noun{text{"page à imprimer", "page to print"}, text{"pages à imprimer", "pages to print"}}
	addedNoun       = noun{text{"ajouté", "added"}, text{"ajoutés", "added"}}
	withdrawnNoun   = noun{text{"retiré", "withdrawn"}, text{"retirés", "withdrawn"}}
	changedNoun     = noun{text{"changé", "changed"}, text{"changés", "changed"}}
)

func runReprint(w *world, fs *flag.FlagSet, args []string) (int, error) {
	var o options
	var ro build.ReprintOptions
	var file string
	o.common(fs)
	o.output(fs)
	fs.StringVar(&ro.Since, "since", "", "the run that was sent: the NAME of vitrine build --sent NAME")
	fs.StringVar(&file, "out", "", "the zip to write (reprint-NAME.zip)")
	fs.BoolVar(&ro.Whole, "whole", false, "all pages of whoever has one that differs: both sides of a sheet")
	fs.BoolVar(&o.force, "force", false, "replace a file that is there")
	rest, err := w.parse(fs, args)
	if err == nil {
		err = w.none(rest)
	}
	if err != nil {
		return exitRefused, err
	}
	if ro.Since == "" {
		w.say(text{"depuis quel envoi ?", "since which run?"})
		w.hint(text{"vitrine build --sent NOM en note un ; ensuite : vitrine reprint --since NOM", "vitrine build --sent NAME records one; then: vitrine reprint --since NAME"})
		return exitRefused, errUsage
	}
	b, err := w.options(&o)
	if err != nil {
		return exitRefused, err
	}
	if file == "" {
		file = "reprint-" + ro.Since + ".zip"
	}
	r, result, err := build.MakeReprint(b, ro)
	w.site = result.Language
	if err != nil {
		w.diagnose(result)
		return exitRefused, err
	}
	if r == nil {
		if o.json {
			return w.printJSON(result)
		}
		w.diagnose(result)
		w.say(text{"%s ; rien n’a été écrit", "%s; nothing was written"}, w.plural(result.Diagnostics.Errors(), errorNoun))
		return exitData, nil
	}
	if !strings.EqualFold(filepath.Ext(file), ".zip") {
		w.say(text{"le nom doit finir par .zip : « %s »", "the name must end in .zip: “%s”"}, file)
		return exitRefused, errUsage
	}
	if err := w.notPublic(&o, file); err != nil {
		return exitRefused, err
	}
	if err := putZip(file, o.force, r.WriteZip); err != nil {
		if errors.Is(err, os.ErrExist) {
			w.say(text{"%s existe déjà", "%s is there already"}, file)
			w.hint(text{"choisissez un autre nom, ou --force", "choose another name, or --force"})
			return exitRefused, errUsage
		}
		return exitRefused, err
	}
	if o.json {
		return w.printJSONWith(result, map[string]any{
			"file": filepath.ToSlash(file), "since": r.Since, "sent_on": r.On.String(), "files": r.Files(), "pages": r.Pages(), "same": r.Same,
			"changes": orEmpty(r.Changes), "pieces": orEmpty(r.Pieces), "calling": orEmpty(r.Calling),
		})
	}
	w.diagnose(result)
	w.concludeReprint(file, r)
	return exitFine, nil
}

// orEmpty is a list that JSON writes as one.
func orEmpty[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

func (w *world) concludeReprint(file string, r *build.Reprint) {
	if len(r.Changes) == 0 {
		fmt.Fprintf(w.stdout, text{"%s : rien à réimprimer depuis « %s »", "%s: nothing to print again since “%s”"}.in(w.lang(w.site))+"\n", file, r.Since)
		return
	}
	kinds := map[string]int{}
	for _, c := range r.Changes {
		kinds[c.Kind]++
	}
	fmt.Fprintf(w.stdout, text{"%s : %s (%s, %s, %s)", "%s: %s (%s, %s, %s)"}.in(w.lang(w.site))+"\n", file, w.plural(r.Pages(), pageToPrintNoun),
		w.plural(kinds[build.Added], addedNoun), w.plural(kinds[build.Withdrawn], withdrawnNoun), w.plural(kinds[build.Changed], changedNoun))
	for _, p := range r.Pieces {
		fmt.Fprintf(w.stdout, "  %s%s%s\n", p.File, text{" : ", ": "}.in(w.lang(w.site)), w.plural(p.Pages, pageNoun))
	}
}

// putZip writes a file whole or not at all. What stands there already stays, unless it is
// the same or force says otherwise.
func putZip(name string, force bool, fill func(io.Writer) error) error {
	f, err := os.CreateTemp(filepath.Dir(name), ".new-*")
	if err != nil {
		return err
	}
	err = errors.Join(fill(f), f.Close())
	if err == nil {
		if _, lerr := os.Lstat(name); lerr == nil && !force {
			if err = sameFiles(f.Name(), name); err == nil {
				return os.Remove(f.Name())
			}
		}
	}
	if err == nil {
		err = os.Chmod(f.Name(), 0o644)
	}
	if err == nil {
		err = os.Rename(f.Name(), name)
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return nil
}

// sameFiles is nil when two files hold the same, and that the second is there if not.
func sameFiles(a, b string) error {
	x, err := os.Open(a)
	if err != nil {
		return err
	}
	defer x.Close()
	y, err := os.Open(b)
	if err != nil {
		return os.ErrExist
	}
	defer y.Close()
	p, q := make([]byte, 64<<10), make([]byte, 64<<10)
	for {
		n, err := io.ReadFull(x, p)
		m, err2 := io.ReadFull(y, q)
		if !bytes.Equal(p[:n], q[:m]) || (err == nil) != (err2 == nil) {
			return os.ErrExist
		}
		if err != nil {
			return nil
		}
	}
}

// sentName refuses a name that a run cannot be recorded under.
func (w *world) sentName(o *options, b *build.Options) error {
	if !o.asksSent {
		return nil
	}
	switch {
	case ident.ID(b.Sent) != ident.OK:
		w.say(text{"--sent : un nom en minuscules, chiffres et traits d’union, pas « %s »", "--sent: a name in lower-case letters, digits and hyphens, not “%s”"}, b.Sent)
	case o.only == "site" || o.shard != "":
		w.say(text{"--sent note un envoi à l’impression : ni --only site, ni --shard", "--sent records what goes to print: neither --only site nor --shard"})
	default:
		return nil
	}
	return errUsage
}
