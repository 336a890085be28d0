package main

import (
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"vitrine/internal/diag"
	"vitrine/internal/intake"
	"vitrine/internal/source"
	"vitrine/internal/spreadsheet"
	"vitrine/internal/typography"
)

// importFlags are what import alone is asked.
type importFlags struct {
	options
	programme, mapping, edition, prefer, report string
	write, saveMap, acceptNames                 bool
}

func runImport(w *world, fs *flag.FlagSet, args []string) (int, error) {
	var o importFlags
	o.common(fs)
	o.output(fs)
	fs.StringVar(&o.programme, "programme", "", "the programme; may be left out where the site has one")
	fs.StringVar(&o.mapping, "map", "", "the file that remembers the columns (SITE/data/programmes/ID/import.toml)")
	fs.StringVar(&o.edition, "edition", "", "the edition of the awards, for the whole list")
	fs.StringVar(&o.prefer, "prefer", "data", "who wins a conflict: data or file")
	fs.StringVar(&o.report, "report", "", "write the report as a page to this file")
	fs.BoolVar(&o.acceptNames, "accept-names", false, "write the print names proposed for names in capitals")
	fs.BoolVar(&o.saveMap, "save-map", false, "write the columns' file alone, to correct it")
	fs.BoolVar(&o.write, "write", false, "write; without it, nothing is")
	rest, err := w.parse(fs, args)
	if err != nil {
		return exitRefused, err
	}
	if len(rest) == 0 {
		w.say(text{"quel fichier ?", "which file?"})
		w.hint(text{"par exemple : vitrine import liste.xlsx", "for instance: vitrine import list.xlsx"})
		return exitRefused, errUsage
	}
	if err := w.none(rest[1:]); err != nil {
		return exitRefused, err
	}
	if o.prefer != "data" && o.prefer != "file" {
		w.say(text{"--prefer attend data ou file, pas « %s »", "--prefer takes data or file, not “%s”"}, o.prefer)
		return exitRefused, errUsage
	}
	return w.takeIn(&o, rest[0])
}

// takeIn runs an import and says how it went.
func (w *world) takeIn(o *importFlags, file string) (int, error) {
	b, err := w.options(&o.options)
	if err != nil {
		return exitRefused, err
	}
	tree, err := source.Open(o.site)
	if err != nil {
		return exitRefused, err
	}
	defer tree.Close()
	w.speak(tree)
	if o.report != "" {
		if err := w.notPublic(&o.options, o.report); err != nil {
			return exitRefused, err
		}
	}
	list, size, err := openList(file)
	if errors.Is(err, fs.ErrNotExist) {
		w.say(text{"fichier introuvable : %s", "no such file: %s"}, file)
		return exitRefused, errUsage
	}
	if errors.Is(err, errNoFile) {
		w.say(text{"%s est un dossier : c’est un fichier qu’il faut", "%s is a folder: a file is needed"}, file)
		return exitRefused, errUsage
	}
	if err != nil {
		return exitRefused, err
	}
	defer list.Close()
	book, err := spreadsheet.Open(filepath.Base(file), list, size)
	if err != nil {
		return w.refuseList(file, err)
	}
	if o.programme == "" {
		if dirs, err := tree.Dirs("data/programmes"); err == nil && len(dirs) == 1 {
			o.programme = dirs[0]
		}
	}
	mapping, code, err := w.readMap(o, tree)
	if err != nil || code != exitFine {
		return code, err
	}
	in := intake.Options{
		Tree: tree, Programme: o.programme, File: filepath.Base(file), Book: book, Edition: o.edition, Map: mapping,
		AcceptNames: o.acceptNames, PreferFile: o.prefer == "file", Today: b.Today, Workers: b.Workers,
	}
	if in.Workers == 0 {
		in.Workers = runtime.GOMAXPROCS(0)
	}
	if b.Progress != nil {
		in.Progress = func(done, total int) { b.Progress("row", done, total) }
	}
	r, err := intake.Run(in)
	if err != nil {
		return w.refuseList(file, err)
	}
	w.site = diag.Language(r.Language)
	if in.Progress != nil {
		in.Progress(1, 1) // the line goes
	}
	done := intake.Written{}
	if o.write && !r.Blocked || o.saveMap {
		if done.Backup, err = w.writeImport(o, r, mapping); err != nil {
			return exitRefused, err
		}
		done.Done = o.write && !r.Blocked
	}
	return w.reportImport(o, r, done)
}

// speak takes the site's language for what is said before the site is read.
func (w *world) speak(tree *source.Tree) {
	if lang := diag.Language(intake.Language(tree)); lang == diag.French || lang == diag.English {
		w.site = lang
	}
}

// errNoFile is a folder, or a device, where a list is wanted.
var errNoFile = errors.New("no file")

// openList opens the spreadsheet.
func openList(file string) (*os.File, int64, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, 0, err
	}
	info, err := f.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = errNoFile
	}
	if err != nil {
		return nil, 0, errors.Join(err, f.Close())
	}
	return f, info.Size(), nil
}

// mapFile is the default place of the columns' file, in the site.
func mapFile(programme string) string { return "data/programmes/" + programme + "/import.toml" }

// readMap reads what is remembered of the columns. What is wrong in it is said, and the
// status is that of the site's data.
func (w *world) readMap(o *importFlags, tree *source.Tree) (*intake.Mapping, int, error) {
	name := mapFile(o.programme)
	from := tree
	if o.mapping != "" {
		from, name = source.New(os.DirFS(filepath.Dir(o.mapping))), filepath.Base(o.mapping)
	}
	m, list := intake.ReadMapping(from, name)
	if len(list) > 0 {
		if err := diag.Print(w.stderr, list, w.lang(""), from.Text, w.terminal && w.env("NO_COLOR") == ""); err != nil {
			return nil, exitRefused, err
		}
		return nil, exitData, nil
	}
	return m, exitFine, nil
}

// writeImport writes the data, and the columns' file where it says something new.
func (w *world) writeImport(o *importFlags, r *intake.Result, old *intake.Mapping) (backup string, err error) {
	files := map[string][]byte{}
	if o.write && !r.Blocked {
		for n, data := range r.Files {
			files[n] = data
		}
	}
	if !r.Mapping.Equal(old) {
		data := r.Mapping.Bytes(typography.Language(w.lang(w.site)))
		if o.mapping == "" {
			files[mapFile(r.Programme)] = data
		} else if err := putFile(o.mapping, data); err != nil {
			return "", err
		}
	}
	if len(files) == 0 {
		return "", nil
	}
	return w.putDown(o.site, files)
}

// putFile writes a file for the office: whole, and for nobody else to read.
func putFile(name string, data []byte) error {
	f, err := os.CreateTemp(filepath.Dir(name), ".new-*")
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	err = errors.Join(err, f.Close())
	if err == nil {
		err = os.Rename(f.Name(), name)
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return nil
}

// reportImport says what was done, or would be.
func (w *world) reportImport(o *importFlags, r *intake.Result, done intake.Written) (int, error) {
	lang := typography.Language(w.lang(w.site))
	status := exitFine
	if r.Blocked {
		status = exitData
	}
	if o.report != "" {
		var b strings.Builder
		if err := r.WriteHTML(&b, lang, done); err != nil {
			return exitRefused, err
		}
		if err := putFile(o.report, []byte(b.String())); err != nil {
			return exitRefused, err
		}
	}
	if o.json {
		return status, r.WriteJSON(w.stdout, lang, done)
	}
	if err := r.Print(w.stdout, lang); err != nil {
		return exitRefused, err
	}
	line := func(t text, args ...any) {
		fmt.Fprintf(w.stdout, t.in(w.lang(w.site))+"\n", args...)
	}
	line(text{"", ""})
	rules := 0
	for _, d := range r.Diagnostics {
		if (d.Code == diag.RuleFailed || d.Code == diag.RuleUnmet) && d.Severity == diag.Error {
			rules++
		}
	}
	if rules > 0 && !r.Blocked {
		line(text{"des règles du programme ne seront pas remplies (%d) : « vitrine check » dira lesquelles", "rules of the programme will not be met (%d): “vitrine check” will say which"}, rules)
	}
	switch {
	case r.Blocked:
		_ = diag.Print(w.stderr, r.Diagnostics, w.lang(w.site), r.Sources, w.terminal && w.env("NO_COLOR") == "")
		w.say(text{"rien n’a été écrit : le site ne se chargerait plus", "nothing was written: the site would no longer load"})
	case done.Done && len(r.Files) == 0:
		line(text{"les données disent déjà tout cela : rien à écrire", "the data says all this already: nothing to write"})
	case done.Done:
		line(text{"écrit : %s", "written: %s"}, strings.Join(r.Summary(), ", "))
		line(text{"ce qui était là avant : %s", "what was there before: %s"}, filepath.Join(o.site, filepath.FromSlash(done.Backup)))
	case o.saveMap:
		line(text{"colonnes écrites dans %s ; les données n’ont pas changé", "columns written to %s; the data was not changed"}, w.mapName(o, r))
	default:
		line(text{"essai : rien n’a été écrit ; relancez avec --write", "dry run: nothing was written; run again with --write"})
	}
	return status, nil
}

func (w *world) mapName(o *importFlags, r *intake.Result) string {
	if o.mapping != "" {
		return o.mapping
	}
	return mapFile(r.Programme)
}

// notPublic refuses to put private data where the site is published.
func (w *world) notPublic(o *options, file string) error {
	public := o.public
	if public == "" {
		public = filepath.Join(o.site, "public")
	}
	for _, dir := range []string{public, filepath.Join(o.site, "static")} {
		real, err := filepath.EvalSymlinks(dir)
		if err != nil {
			continue // there is none
		}
		inside, err := filepath.EvalSymlinks(filepath.Dir(file))
		if err != nil {
			return err
		}
		from, err1 := filepath.Abs(real)
		to, err2 := filepath.Abs(inside)
		if err := errors.Join(err1, err2); err != nil {
			return err
		}
		if rel, err := filepath.Rel(from, to); err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator)) {
			w.say(text{"%s serait publié avec le site, et contient des données privées : choisissez un autre dossier", "%s would be published with the site, and holds private data: choose another folder"}, file)
			return errUsage
		}
	}
	return nil
}

// refuseList says why a list, or the site, cannot be worked with.
func (w *world) refuseList(file string, err error) (int, error) {
	lang := typography.Language(w.lang(w.site))
	var refused *spreadsheet.Refusal
	var site *intake.SiteError
	var unknown *intake.UnknownError
	var table *intake.NoTableError
	switch {
	case errors.As(err, &refused):
		w.say(text{"%s : %s [%s]", "%s: %s [%s]"}, filepath.Base(file), intake.Say(lang, string(refused.Reason), "", "", refused.Detail), string(refused.Reason))
		return exitRefused, errUsage
	case errors.As(err, &site):
		_ = diag.Print(w.stderr, site.List, w.lang(w.site), site.Sources, w.terminal && w.env("NO_COLOR") == "")
		w.say(text{"corrigez d’abord le site : rien n’a été lu ni écrit", "mend the site first: nothing was read or written"})
		return exitData, nil
	case errors.As(err, &unknown):
		what := text{"programme inconnu « %s »", "unknown programme “%s”"}
		switch {
		case unknown.Kind == "edition":
			what = text{"édition inconnue « %s »", "unknown edition “%s”"}
		case unknown.ID == "":
			w.say(text{"quel programme ? --programme le dit", "which programme? --programme says it"})
			w.hint(text{"existent : %s", "there are: %s"}, strings.Join(unknown.Known, ", "))
			return exitRefused, errUsage
		}
		w.say(what, unknown.ID)
		if unknown.Near != "" {
			w.hint(text{"vouliez-vous dire « %s » ?", "did you mean “%s”?"}, unknown.Near)
		} else if len(unknown.Known) > 0 {
			w.hint(text{"existent : %s", "there are: %s"}, strings.Join(unknown.Known, ", "))
		}
		return exitRefused, errUsage
	case errors.As(err, &table):
		w.say(text{"%s : aucun tableau reconnu [no-table]", "%s: no table is understood [no-table]"}, filepath.Base(file))
		for _, s := range table.Sheets {
			name := s.Name
			if name == "" {
				name = filepath.Base(file)
			}
			fmt.Fprintf(w.stderr, "  %d. %s%s%s\n", s.Rank, name, text{" : ", ": "}.in(w.lang(w.site)), intake.Say(lang, s.Code, "", "", ""))
		}
		w.hint(text{"il faut une ligne de titres, avec au moins le nom : Nom, Commune, SIRET…", "a row of titles is needed, with the name at least: Name, City, SIRET…"})
		return exitRefused, errUsage
	}
	return exitRefused, err
}
