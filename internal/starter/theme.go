package starter

import (
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"

	"vitrine/internal/load"
	"vitrine/internal/source"
	"vitrine/internal/typography"
)

// NewTheme is what a theme of a site is made from.
type NewTheme struct {
	ID     string
	Accent string   // #rrggbb; empty: the default theme's, which the file says how to change
	Copies []string // layouts, pieces and other files of the default theme to be changed, by their ids
}

// themeFields are what the first files of a theme show.
type themeFields struct {
	ID, Title, Accent string
	Default           string // accent of the default theme
	Phrase            string // the phrase that stands as an example
}

var accent = regexp.MustCompile(`^#[0-9A-Fa-f]{6}$`)

// Theme returns the first files of a theme, which says nothing yet but its accent, and copies of files of the default theme.
// A theme that is there already only gets copies. Nothing that is there is written again.
func Theme(tree *source.Tree, themes fs.FS, n NewTheme) (Files, error) {
	lang, err := Language(tree)
	if err != nil {
		return nil, err
	}
	if err := checkID(n.ID); err != nil {
		return nil, err
	}
	if n.Accent != "" && !accent.MatchString(n.Accent) {
		return nil, &Problem{Reason: BadColour, ID: n.Accent}
	}
	dir := "themes/" + n.ID
	known := tree.Exists(dir+"/theme.toml") || n.ID == "default"
	switch {
	case known && (len(n.Copies) == 0 || n.Accent != ""):
		return nil, &Problem{Reason: Taken, ID: n.ID, File: dir}
	case !known:
		if names, _ := tree.Walk(dir); len(names) > 0 {
			return nil, &Problem{Reason: Taken, ID: n.ID, File: dir}
		}
	}
	out := Files{}
	if !known {
		if err := out.theme(lang, source.New(themes), n); err != nil {
			return nil, err
		}
	}
	for _, id := range n.Copies {
		file, err := copyOf(themes, id)
		if err != nil {
			return nil, err
		}
		to := dir + "/" + file
		if tree.Exists(to) {
			return nil, &Problem{Reason: Taken, ID: id, File: to}
		}
		builtin := source.New(themes)
		from := "default/" + file
		if as := "default/styles/" + path.Base(file); path.Ext(file) == ".css" && builtin.Exists(as) {
			from = as // as one reads it: what pages ask for is made of it
		}
		data, err := builtin.Read(from)
		if err != nil {
			return nil, err
		}
		out[to] = append([]byte(note(lang, file)), data...)
	}
	return out, nil
}

func (o Files) theme(lang typography.Language, builtin *source.Tree, n NewTheme) error {
	f := themeFields{ID: n.ID, Title: strings.ToUpper(n.ID[:1]) + strings.ReplaceAll(n.ID[1:], "-", " "), Accent: n.Accent}
	if t, _ := load.TOML(builtin, "default/theme.toml"); t != nil {
		if colors, ok := t.Table("colors"); ok {
			if c, ok := colors.Table("accent"); ok {
				f.Default, _ = c.String("rgb")
			}
		}
	}
	if t, _ := load.TOML(builtin, "default/i18n/"+string(lang)+".toml"); t != nil {
		f.Phrase, _ = t.String("news")
	}
	for _, x := range []struct{ text, file string }{
		{"theme", "theme.toml"}, {"theme.css", "assets/theme.css"}, {"phrases", "i18n/" + string(lang) + ".toml"}, {"theme-piece", "pieces/diploma.toml"},
	} {
		data, err := fill(lang, x.text, f)
		if err != nil {
			return err
		}
		o["themes/"+n.ID+"/"+x.file] = data
	}
	return nil
}

// ThemeOf is the theme that a site names.
func ThemeOf(tree *source.Tree) string {
	if site, _ := load.TOML(tree, "data/site.toml"); site != nil {
		if t, ok := site.String("theme"); ok && fs.ValidPath(t) {
			return t
		}
	}
	return "default"
}

// NamesTheme reports whether a site says which theme it wears.
func NamesTheme(tree *source.Tree) bool {
	site, _ := load.TOML(tree, "data/site.toml")
	return site != nil && site.Has("theme")
}

// ColoursBefore names the files of a site whose colours come before its theme's.
func ColoursBefore(tree *source.Tree) []string {
	var out []string
	if site, _ := load.TOML(tree, "data/site.toml"); site != nil {
		if design, ok := site.Table("design"); ok && design.Has("colors") {
			out = append(out, "data/site.toml ([design.colors])")
		}
	}
	programmes, _ := tree.Dirs("data/programmes") // a site may have none yet
	for _, p := range programmes {
		file := "data/programmes/" + p + "/programme.toml"
		if t, _ := load.TOML(tree, file); t != nil && t.Has("accent") {
			out = append(out, file+" (accent)")
		}
	}
	return out
}

// Copies lists what a theme can have a copy of, by folder: layouts, pieces, assets. The ids are those that
// NewTheme.Copies takes.
func Copies(themes fs.FS) (folders []string, ids map[string][]string) {
	ids = map[string][]string{}
	builtin := source.New(themes)
	for _, c := range copied {
		names, _ := builtin.Files("default/" + c.dir) // the default theme has them all
		for _, n := range names {
			if id, ok := strings.CutSuffix(n, c.ext); ok {
				ids[c.dir] = append(ids[c.dir], id+c.shown)
			}
		}
		if !slices.Contains(folders, c.dir) {
			folders = append(folders, c.dir)
		}
	}
	return folders, ids
}

// copied are the folders of which a theme can have copies. What is shown of a file's name is its id.
var copied = []struct{ dir, ext, shown string }{
	{"layouts", ".html", ""}, {"pieces", ".toml", ""}, {"assets", ".css", ".css"}, {"assets", ".svg", ".svg"},
}

// copyOf is the file of the default theme that an id names: « directory », « _footer », « diploma », « site.css », and
// « layouts/agenda » where a piece has the name of a layout.
func copyOf(themes fs.FS, id string) (string, error) {
	var found, plain, full []string
	builtin := source.New(themes)
	for _, c := range copied {
		names, _ := builtin.Files("default/" + c.dir)
		for _, n := range names {
			stem, ok := strings.CutSuffix(n, c.ext)
			if !ok {
				continue
			}
			stem += c.shown
			plain = append(plain, stem)
			file := c.dir + "/" + n
			if id == file || id == c.dir+"/"+stem {
				return file, nil
			}
			if id == stem || id == n {
				found, full = append(found, file), append(full, c.dir+"/"+stem)
			}
		}
	}
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		slices.Sort(plain)
		return "", &Problem{Reason: UnknownCopy, ID: id, Known: slices.Compact(plain)}
	}
	return "", &Problem{Reason: TwoOfThatName, ID: id, Known: full}
}

// note says at the head of a copy what it is, in the way of its language.
func note(lang typography.Language, file string) string {
	text := "Copie de « " + file + " » du thème default, à changer. Supprimez ce fichier pour revenir à celui du programme."
	if lang == typography.English {
		text = "A copy of “" + file + "” of the default theme, to be changed. Delete this file to come back to the program’s."
	}
	switch path.Ext(file) {
	case ".html":
		return "{{- /* " + text + " */ -}}\n"
	case ".css":
		return "/* " + text + " */\n"
	case ".svg":
		return "" // an XML declaration stands first
	}
	return "# " + text + "\n\n"
}
