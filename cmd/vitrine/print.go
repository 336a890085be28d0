package main

import (
	"flag"
	"fmt"
	"path/filepath"
	"strings"

	"vitrine/internal/build"
)

func runPrint(w *world, fs *flag.FlagSet, args []string) (int, error) {
	var o options
	o.common(fs)
	o.folders(fs)
	o.output(fs)
	fs.StringVar(&o.profile, "profile", "", "office or press")
	fs.IntVar(&o.start, "start", 0, "the first label of the sheet that is not used yet, from 1")
	duplicate := fs.Bool("duplicate", false, "mark each page as a duplicate, in a file of its own")
	fs.StringVar(&o.printInto, "out", "", "the folder to write to (the kit's)")
	rest, err := w.parse(fs, args)
	if err != nil {
		return exitRefused, err
	}
	if len(rest) == 0 {
		w.say(text{"quelle pièce ?", "which piece?"})
		w.hint(text{"par exemple : vitrine print diploma IDENTIFIANT", "for instance: vitrine print diploma ID"})
		return exitRefused, errUsage
	}
	switch o.profile {
	case "", "office", "press":
	default:
		w.say(text{"profil inconnu « %s » : office ou press", "unknown profile “%s”: office or press"}, o.profile)
		return exitRefused, errUsage
	}
	if o.start < 0 {
		w.say(text{"--start : un rang d’étiquette, à partir de 1", "--start: the rank of a label, from 1"})
		return exitRefused, errUsage
	}
	b, err := w.options(&o)
	if err != nil {
		return exitRefused, err
	}
	result, err := build.Print(b, build.PrintOptions{Piece: rest[0], Subjects: rest[1:], Profile: o.profile, Start: o.start, Duplicate: *duplicate, Out: o.printInto})
	w.site = result.Language
	if err != nil {
		w.diagnose(result)
		return exitRefused, err
	}
	if o.json {
		return w.printJSON(result)
	}
	w.diagnose(result)
	if n := result.Diagnostics.Errors(); n > 0 {
		w.say(text{"%s ; rien n’a été écrit", "%s; nothing was written"}, w.plural(n, errorNoun))
		return exitData, nil
	}
	dir := b.Kit
	if o.printInto != "" {
		dir = o.printInto
	}
	for _, f := range result.Outputs {
		_, rel, _ := strings.Cut(f.Path, "/")
		fmt.Fprintln(w.stdout, filepath.Join(dir, filepath.FromSlash(rel)))
	}
	return exitFine, nil
}
