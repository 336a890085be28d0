package main

import (
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"vitrine/internal/diag"
	"vitrine/internal/ident"
	"vitrine/internal/source"
	"vitrine/internal/starter"
	"vitrine/internal/typography"
	"vitrine/internal/write"
	"vitrine/themes"
)

// newFlags are what new is asked.
type newFlags struct {
	options
	title, programme, name, id, from, kind string
	accent                                 string
	copies                                 names
}

func runNew(w *world, flags *flag.FlagSet, args []string) (int, error) {
	var o newFlags
	flags.StringVar(&o.site, "site", ".", "the site's folder")
	flags.StringVar(&o.date, "date", "", "the day that the files speak of, YYYY-MM-DD")
	flags.StringVar(&o.lang, "lang", "", "language of messages, and of a new site: fr or en")
	flags.StringVar(&o.title, "title", "", "site: its name")
	flags.StringVar(&o.programme, "programme", "", "site: the name of its programme; participant: the id of the programme")
	flags.StringVar(&o.name, "name", "", "programme: its name")
	flags.StringVar(&o.kind, "kind", "", "site, programme: "+strings.Join(starter.Kinds, ", "))
	flags.StringVar(&o.id, "id", "", "participant: its id, when it is not to be made from the name")
	flags.StringVar(&o.from, "from", "", "piece: the template of the theme that is copied")
	flags.StringVar(&o.accent, "accent", "", "theme: its accent, #rrggbb")
	flags.Var(&o.copies, "copy", "theme: a layout, a piece or another file of the default theme to have a copy of, to be changed; may be repeated")
	rest, err := w.parse(flags, args)
	if err != nil {
		if errors.Is(err, flag.ErrHelp) && slices.Contains(args, "theme") {
			w.copies(o.site)
		}
		if errors.Is(err, flag.ErrHelp) && slices.Contains(args, "piece") {
			w.templates(o.site)
		}
		return exitRefused, err
	}
	switch o.lang {
	case "", "fr", "en":
		w.asked = diag.Language(o.lang)
	default:
		w.say(text{"langue inconnue « %s » : fr ou en", "unknown language “%s”: fr or en"}, o.lang)
		return exitRefused, errUsage
	}
	makers := map[string]struct {
		make  func(*world, *newFlags, string) (int, error)
		which text
	}{
		"site":        {(*world).newSite, text{"dans quel dossier ? par exemple : vitrine new site mon-site", "in which folder? for instance: vitrine new site my-site"}},
		"programme":   {(*world).newProgramme, text{"quel programme ? par exemple : vitrine new programme bons-gestes --name \"Les bons gestes\"", "which programme? for instance: vitrine new programme good-deeds --name \"Good deeds\""}},
		"participant": {(*world).newParticipant, text{"qui ? par exemple : vitrine new participant \"Boulangerie Petit\"", "who? for instance: vitrine new participant \"Petit Bakery\""}},
		"piece":       {(*world).newPiece, text{"quelle pièce ? par exemple : vitrine new piece diploma", "which piece? for instance: vitrine new piece diploma"}},
		"theme":       {(*world).newTheme, text{"quel thème ? par exemple : vitrine new theme agence --accent \"#14467a\"", "which theme? for instance: vitrine new theme agency --accent \"#14467a\""}},
	}
	if len(rest) == 0 {
		w.say(text{"nouveau quoi ? site, programme, participant, piece ou theme", "new what? site, programme, participant, piece or theme"})
		return exitRefused, errUsage
	}
	m, ok := makers[rest[0]]
	if !ok {
		w.say(text{"« %s » ne se crée pas : site, programme, participant, piece ou theme", "no new “%s”: site, programme, participant, piece or theme"}, rest[0])
		if near, ok := ident.Nearest(rest[0], []string{"site", "programme", "participant", "piece", "theme"}); ok {
			w.hint(text{"vouliez-vous dire « vitrine new %s » ?", "did you mean “vitrine new %s”?"}, near)
		}
		return exitRefused, errUsage
	}
	if len(rest) == 1 || strings.TrimSpace(rest[1]) == "" {
		w.say(m.which)
		switch rest[0] {
		case "piece":
			w.templates(o.site)
		case "theme":
			w.copies(o.site)
		}
		return exitRefused, errUsage
	}
	if len(rest) > 2 {
		if err := w.none(rest[2:]); err != nil {
			w.hint(text{"un nom de plusieurs mots se met entre guillemets droits", "a name of several words goes between double quotes"})
			return exitRefused, err
		}
	}
	return m.make(w, &o, rest[1])
}

// day is the day that new files speak of.
func (w *world) day(date string) (string, error) {
	today, err := w.today(date)
	if err != nil {
		return "", err
	}
	return today("Europe/Paris").String(), nil
}

// ownNames are what a folder holds when it is a site already, or somebody else's.
var ownNames = []string{"data", "content", "static", "themes", "public", "kit", ".vitrine"}

// newSite writes a site into a folder, which is made where there is none. Files that are
// there and have nothing to do with a site (the program itself, its notice) stay.
func (w *world) newSite(o *newFlags, dir string) (int, error) {
	lang := typography.French
	if w.lang("") == diag.English {
		lang = typography.English
	}
	day, err := w.day(o.date)
	if err != nil {
		return exitRefused, err
	}
	n := starter.NewSite{Language: lang, Title: oneLine(o.title), Programme: oneLine(o.programme), Kind: o.kind, Today: day}
	if n.Title == "" {
		n.Title = text{"Mon site", "My site"}.in(w.lang(""))
	}
	if n.Programme == "" {
		n.Programme = text{"Mon programme", "My programme"}.in(w.lang(""))
	}
	files, err := starter.Site(n)
	if p := (*starter.Problem)(nil); errors.As(err, &p) && p.Reason == starter.BadID && p.Proposal == "" {
		w.say(text{"aucun identifiant ne se tire de « %s »", "no id can be made from “%s”"}, n.Programme)
		w.hint(text{"donnez au programme un nom qui ait des lettres latines : --programme \"Mon programme\" ; il se change ensuite dans programme.toml", "give the programme a name with Latin letters: --programme \"My programme\"; it can be changed in programme.toml afterwards"})
		return exitRefused, errUsage
	}
	if err != nil {
		return w.cannotStart(err, n.Programme, nil)
	}
	for _, name := range ownNames {
		if _, err := os.Lstat(filepath.Join(dir, name)); err == nil {
			w.say(text{"%s contient déjà « %s » : rien n’a été écrit", "%s holds “%s” already: nothing was written"}, dir, name)
			w.hint(text{"choisissez un autre dossier, ou un nom qui n’existe pas encore", "choose another folder, or a name that does not exist yet"})
			return exitRefused, errUsage
		}
	}
	if info, err := os.Stat(dir); err == nil && !info.IsDir() {
		w.say(text{"%s est un fichier, pas un dossier", "%s is a file, not a folder"}, dir)
		return exitRefused, errUsage
	}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return exitRefused, err
	}
	if err := write.Edit(dir, ".vitrine/backups/new", files); err != nil {
		return exitRefused, err
	}
	w.tell(text{"site créé : %s", "site made: %s"}, dir)
	w.tell(text{"  à remplir : %s, et tout ce qui est marqué « À REMPLACER »", "  to fill in: %s, and all that is marked “TO REPLACE”"}, filepath.Join(dir, "data", "site.toml"))
	w.tell(text{"  à essayer : vitrine build --site %s", "  to try:     vitrine build --site %s"}, shellWord(dir))
	return exitFine, nil
}

func (w *world) newProgramme(o *newFlags, id string) (int, error) {
	return w.startIn(o, func(tree *source.Tree, day string) (starter.Files, []text, error) {
		name := oneLine(o.name)
		if name == "" {
			name = strings.ToUpper(id[:1]) + strings.ReplaceAll(id[1:], "-", " ")
		}
		files, err := starter.Programme(tree, id, name, o.kind, day)
		return files, []text{{"  à remplir : ce qui y est marqué « À REMPLACER »", "  to fill in: what is marked “TO REPLACE” there"}}, err
	}, id)
}

func (w *world) newParticipant(o *newFlags, name string) (int, error) {
	name = oneLine(name)
	return w.startIn(o, func(tree *source.Tree, day string) (starter.Files, []text, error) {
		files, programme, id, err := starter.Participant(tree, o.programme, name, o.id, day)
		next := []text{{fmt.Sprintf("  « %s » (%s) est à la fin ; chaque ligne y est expliquée", name, id), fmt.Sprintf("  “%s” (%s) is at the end; each line is explained there", name, id)}}
		if files["data/programmes/"+programme+"/participants.csv"] != nil {
			next = []text{{fmt.Sprintf("  « %s » (%s) est la dernière ligne : ce programme tient un tableau, dont les colonnes sont à remplir", name, id), fmt.Sprintf("  “%s” (%s) is the last row: this programme keeps a table, whose columns are to be filled", name, id)}}
		}
		return files, next, err
	}, name)
}

func (w *world) newPiece(o *newFlags, name string) (int, error) {
	return w.startIn(o, func(tree *source.Tree, _ string) (starter.Files, []text, error) {
		files, from, err := starter.Piece(tree, themes.FS, name, o.from)
		var next []text
		subject := "award"
		if from != "" {
			next = append(next, text{"  copié du modèle « " + from + " » : supprimez ce fichier pour y revenir", "  copied from the template “" + from + "”: delete this file to come back to it"})
		}
		if err == nil && !starter.Uses(tree, name) {
			for _, t := range starter.Templates(tree.With(files), themes.FS, typography.French) {
				if t.ID == name && len(t.For) > 0 {
					subject = t.For[0]
				}
			}
			block := "\n      [[piece]]\n      id = \"" + name + "\"\n      template = \"" + name + "\"\n      for = \"" + subject + "\""
			next = append(next, text{"  pour la fabriquer, ajoutez à programme.toml :" + block, "  to have it made, add to programme.toml:" + block})
		}
		return files, next, err
	}, name)
}

// templates lists the templates of pieces that a site may use, on stderr with the question that it helps
// to answer. Outside a site it lists those of the program.
func (w *world) templates(site string) {
	tree, err := source.Open(site)
	if err != nil {
		return // the question stands alone
	}
	defer tree.Close()
	w.speak(tree)
	lang := w.lang(w.site)
	list := starter.Templates(tree, themes.FS, typography.Language(lang))
	wide, far := 0, 0
	for _, t := range list {
		wide, far = max(wide, len(t.ID)), max(far, len(strings.Join(t.For, ", ")))
	}
	fmt.Fprintln(w.stderr, text{"les modèles, ce pour quoi on les fait (for = …), et à quoi ils servent :", "the templates, what they are made for (for = …), and their use:"}.in(lang))
	for _, t := range list {
		about := t.About
		if t.Own {
			about = strings.TrimSpace(about + text{" (celui du site)", " (the site’s own)"}.in(lang))
		}
		fmt.Fprintln(w.stderr, strings.TrimRight(fmt.Sprintf("  %s  %s  %s", padded(t.ID, wide), padded(strings.Join(t.For, ", "), far), about), " "))
	}
	fmt.Fprintln(w.stderr, text{
		"on s’en sert sans rien copier : dans programme.toml, [[piece]] avec id, template et for. « vitrine new piece NOM » en copie un, pour le changer.",
		"no copy is needed to use one: in programme.toml, [[piece]] with id, template and for. “vitrine new piece NAME” copies one, to be changed.",
	}.in(lang))
}

// startIn writes new files into a site, and says what comes next.
func (w *world) startIn(o *newFlags, make func(*source.Tree, string) (starter.Files, []text, error), name string) (int, error) {
	if info, err := os.Stat(o.site); err != nil || !info.IsDir() {
		w.say(text{"dossier introuvable : %s", "no such folder: %s"}, o.site)
		return exitRefused, errUsage
	}
	tree, err := source.Open(o.site)
	if err != nil {
		return exitRefused, err
	}
	defer tree.Close()
	w.speak(tree)
	day, err := w.day(o.date)
	if err != nil {
		return exitRefused, err
	}
	files, next, err := make(tree, day)
	if err != nil {
		return w.cannotStart(err, name, tree.Text)
	}
	if _, err := w.putDown(o.site, files); err != nil {
		return exitRefused, err
	}
	for _, n := range sortedNames(files) {
		w.tell(text{"écrit : %s", "written: %s"}, filepath.Join(o.site, filepath.FromSlash(n)))
	}
	for _, t := range next {
		w.tell(t)
	}
	return exitFine, nil
}

// putDown writes files into a site; what they replace is kept in a folder that it names.
func (w *world) putDown(site string, files map[string][]byte) (backup string, err error) {
	stamp := w.now().Format("2006-01-02-150405")
	for n := 1; ; n++ {
		backup = path.Join(".vitrine/backups", stamp)
		if n > 1 {
			backup += "-" + fmt.Sprint(n)
		}
		if err = write.Edit(site, backup, files); !errors.Is(err, fs.ErrExist) || n == 100 {
			return backup, err
		}
	}
}

// cannotStart says why there is nothing new.
func (w *world) cannotStart(err error, name string, sources diag.Sources) (int, error) {
	var p *starter.Problem
	if !errors.As(err, &p) {
		return exitRefused, err
	}
	switch p.Reason {
	case starter.BadID:
		if p.Proposal == "" {
			w.say(text{"aucun identifiant ne se tire de « %s »", "no id can be made from “%s”"}, name)
			w.hint(text{"donnez-en un, en minuscules, chiffres et traits d’union : --id le-nom", "give one, of lower-case letters, digits and hyphens: --id the-name"})
			break
		}
		w.say(text{"« %s » n’est pas un identifiant : minuscules, chiffres et traits d’union", "“%s” is no id: lower-case letters, digits and hyphens"}, p.ID)
		w.hint(text{"par exemple « %s »", "for instance “%s”"}, p.Proposal)
	case starter.Reserved:
		w.say(text{"l’identifiant « %s » est réservé : choisissez-en un autre", "the id “%s” is reserved: choose another one"}, p.ID)
		w.hint(text{"par exemple « %s-1 »", "for instance “%s-1”"}, p.ID)
	case starter.Taken:
		w.say(text{"« %s » existe déjà : %s", "“%s” is there already: %s"}, p.ID, p.File)
		if p.File == "themes/"+p.ID {
			w.hint(text{"pour y ajouter une copie à changer : vitrine new theme %s --copy home", "to add a copy to be changed: vitrine new theme %s --copy home"}, p.ID)
		}
		if strings.Contains(p.File, "participants") {
			w.hint(text{"si c’est un autre du même nom : --id %s-2", "if this is another one of the same name: --id %s-2"}, p.ID)
		}
	case starter.NoSite:
		w.say(text{"ce dossier n’est pas celui d’un site : il n’a pas data/site.toml", "this is no site's folder: it has no data/site.toml"})
		w.hint(text{"« vitrine new site DOSSIER » en crée un ; --site nomme celui d’un autre dossier", "“vitrine new site DIR” makes one; --site names one in another folder"})
	case starter.NoProgramme:
		w.say(text{"ce site n’a pas encore de programme", "this site has no programme yet"})
		w.hint(text{"« vitrine new programme ID » en crée un", "“vitrine new programme ID” makes one"})
	case starter.WhichProgramme:
		w.say(text{"quel programme ? --programme le dit", "which programme? --programme says it"})
		w.hint(text{"existent : %s", "there are: %s"}, strings.Join(p.Known, ", "))
	case starter.UnknownProgramme, starter.UnknownTemplate:
		what := text{"programme inconnu « %s »", "unknown programme “%s”"}
		if p.Reason == starter.UnknownTemplate {
			what = text{"modèle inconnu « %s »", "unknown template “%s”"}
		}
		w.say(what, p.ID)
		if near, ok := ident.Nearest(p.ID, p.Known); ok {
			w.hint(text{"vouliez-vous dire « %s » ?", "did you mean “%s”?"}, near)
		} else {
			w.hint(text{"existent : %s", "there are: %s"}, strings.Join(p.Known, ", "))
		}
	case starter.UnknownCopy:
		w.say(text{"le thème du programme n’a rien qui s’appelle « %s »", "the program’s theme has nothing called “%s”"}, p.ID)
		if near, ok := ident.Nearest(p.ID, p.Known); ok {
			w.hint(text{"vouliez-vous dire « %s » ?", "did you mean “%s”?"}, near)
		} else {
			w.hint(text{"« vitrine new theme » dit ce qui peut se copier", "“vitrine new theme” says what can be copied"})
		}
	case starter.TwoOfThatName:
		w.say(text{"« %s » nomme plusieurs fichiers du thème", "“%s” names several files of the theme"}, p.ID)
		w.hint(text{"écrivez lequel : %s", "say which: %s"}, strings.Join(p.Known, ", "))
	case starter.BadColour:
		w.say(text{"« %s » n’est pas une couleur", "“%s” is no colour"}, p.ID)
		w.hint(text{"écrivez-la avec six chiffres, entre guillemets droits : --accent \"#14467a\"", "write it with six digits, between double quotes: --accent \"#14467a\""})
	case starter.UnknownKind:
		w.say(text{"genre de programme inconnu « %s »", "unknown kind of programme “%s”"}, p.ID)
		w.hint(text{"existent : %s", "there are: %s"}, strings.Join(p.Known, ", "))
	case starter.Unreadable:
		_ = diag.Print(w.stderr, p.List, w.lang(w.site), sources, w.terminal && w.env("NO_COLOR") == "")
		w.say(text{"corrigez d’abord %s : rien n’a été écrit", "mend %s first: nothing was written"}, p.File)
		return exitData, nil
	case starter.ByHand:
		w.say(text{"%s n’est pas écrit de façon que l’on puisse y ajouter : rien n’a été écrit", "%s is not written so that something can be added: nothing was written"}, p.File)
		w.hint(text{"ajoutez-y à la main : %s", "add there by hand: %s"}, p.Text)
	}
	return exitRefused, errUsage
}

// tell is a line of a result, on stdout.
func (w *world) tell(t text, args ...any) {
	fmt.Fprintf(w.stdout, t.in(w.lang(w.site))+"\n", args...)
}

// sortedNames are the names of files, in order.
func sortedNames(files map[string][]byte) []string { return slices.Sorted(maps.Keys(files)) }

// oneLine is a name without the line breaks, tabs and spaces that a paste brings.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// shellWord is a path as it can be typed.
func shellWord(s string) string {
	if strings.ContainsAny(s, " '&()") {
		return `"` + s + `"`
	}
	return s
}
