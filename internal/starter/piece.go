package starter

import (
	"io/fs"
	"path"
	"slices"
	"strings"

	"vitrine/internal/load"
	"vitrine/internal/source"
	"vitrine/internal/typography"
)

// Piece returns the site's own template of a piece: that of its theme, or of the themes
// inside the program, to be changed; a small one where from is empty and no theme has
// the name. It returns the template that was copied, or nothing.
func Piece(tree *source.Tree, themes fs.FS, name, from string) (f Files, copied string, err error) {
	lang, err := Language(tree)
	if err != nil {
		return nil, "", err
	}
	if err := checkID(name); err != nil {
		return nil, "", err
	}
	file := "data/pieces/" + name + ".toml"
	if tree.Exists(file) {
		return nil, "", &Problem{Reason: Taken, ID: name, File: file}
	}
	want := from
	if want == "" {
		want = name
	}
	data, known := themePiece(tree, themes, want)
	f = Files{}
	switch {
	case data != nil:
		f[file] = append([]byte(copyNote(lang, want)), data...)
		return f, want, nil
	case from != "":
		return nil, "", &Problem{Reason: UnknownTemplate, ID: from, Known: known}
	}
	return f, "", f.add(file, lang, "piece", fields{Name: name})
}

// Template is a piece template that a site may use, as lists show it.
type Template struct {
	ID, Size string
	For      []string // what it can be made for; empty: it does not say
	About    string   // what it is good for, in the language that was asked for; may be empty
	Own      bool     // it lies in the site's data/pieces
}

// Templates lists the templates of pieces that a site may use: its own, its theme's and those of
// the themes inside the program, in the order of their names, described in a language.
func Templates(tree *source.Tree, themes fs.FS, lang typography.Language) []Template {
	own, _ := tree.Files("data/pieces") // a site may have none
	_, known := themePiece(tree, themes, "")
	for _, n := range own {
		if id, ok := strings.CutSuffix(path.Base(n), ".toml"); ok && !slices.Contains(known, id) {
			known = append(known, id)
		}
	}
	slices.Sort(known)
	list := make([]Template, len(known))
	for i, id := range known {
		list[i] = describe(tree, themes, id, string(lang), 0)
	}
	return list
}

// describe reads what a template says of itself; what it leaves out, the one it builds on may say.
func describe(tree *source.Tree, themes fs.FS, id, lang string, depth int) Template {
	t := Template{ID: id, Own: tree.Exists("data/pieces/" + id + ".toml")}
	var root *load.Table
	if t.Own {
		root, _ = load.TOML(tree, "data/pieces/"+id+".toml")
	} else if data, _ := themePiece(tree, themes, id); data != nil {
		root, _ = load.TOML(tree.With(Files{"data/pieces/" + id + ".toml": data}), "data/pieces/"+id+".toml")
	}
	if root == nil {
		return t
	}
	t.Size, _ = root.String("size")
	t.For, _ = root.Strings("for")
	if about, ok := root.Table("about"); ok {
		t.About, _ = about.String(lang)
	}
	if used, ok := root.String("use"); ok && depth < 8 {
		if used == id { // the one of that name in a lower layer
			tree = tree.With(Files{"data/pieces/" + id + ".toml": lowerPiece(tree, themes, id, t.Own)})
		}
		under := describe(tree, themes, used, lang, depth+1)
		if t.Size == "" {
			t.Size = under.Size
		}
		if len(t.For) == 0 {
			t.For = under.For
		}
	}
	return t
}

// themePiece reads a template of the site's theme, of the built-in one of that name, or
// of the default one; when there is none, it lists those that there are.
func themePiece(tree *source.Tree, themes fs.FS, name string) (data []byte, known []string) {
	theme := ThemeOf(tree)
	builtin := source.New(themes)
	for _, place := range []struct {
		tree *source.Tree
		dir  string
	}{{tree, "themes/" + theme + "/pieces"}, {builtin, theme + "/pieces"}, {builtin, "default/pieces"}} {
		if data, err := place.tree.Read(path.Join(place.dir, name+".toml")); err == nil {
			return data, nil
		}
		names, _ := place.tree.Files(place.dir) // a theme may have no pieces
		for _, n := range names {
			if id, ok := strings.CutSuffix(path.Base(n), ".toml"); ok && !slices.Contains(known, id) {
				known = append(known, id)
			}
		}
	}
	slices.Sort(known)
	return nil, known
}

// lowerPiece is the template of a name under the site's own, or else under that of its theme.
func lowerPiece(tree *source.Tree, themes fs.FS, id string, own bool) []byte {
	if own {
		if data, _ := themePiece(tree, themes, id); data != nil {
			return data
		}
	}
	data, _ := source.New(themes).Read("default/pieces/" + id + ".toml")
	return data
}

func copyNote(lang typography.Language, from string) string {
	if lang == typography.English {
		return "# A copy of the template “" + from + "”, to be changed. Delete this file to come back to the theme’s.\n\n"
	}
	return "# Copie du modèle « " + from + " », à changer. Supprimez ce fichier pour revenir à celui du thème.\n\n"
}

// Uses reports whether a programme of the site makes a piece from the template.
func Uses(tree *source.Tree, template string) bool {
	programmes, _ := tree.Dirs("data/programmes")
	for _, p := range programmes {
		t, _ := load.TOML(tree, "data/programmes/"+p+"/programme.toml")
		if t == nil {
			continue
		}
		uses, _ := t.Tables("piece")
		for _, u := range uses {
			if name, _ := u.String("template"); name == template {
				return true
			}
		}
	}
	return false
}
