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

// themePiece reads a template of the site's theme, of the built-in one of that name, or
// of the default one; when there is none, it lists those that there are.
func themePiece(tree *source.Tree, themes fs.FS, name string) (data []byte, known []string) {
	theme := "default"
	if site, _ := load.TOML(tree, "data/site.toml"); site != nil {
		if t, ok := site.String("theme"); ok && fs.ValidPath(t) {
			theme = t
		}
	}
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
