package main

import (
	"fmt"
	"strings"

	"vitrine/internal/source"
	"vitrine/internal/starter"
	"vitrine/themes"
)

// names is a flag that may be given several times.
type names []string

func (n *names) String() string { return strings.Join(*n, ",") }

// Set adds a name, or several with commas between them.
func (n *names) Set(v string) error {
	for name := range strings.SplitSeq(v, ",") {
		if name = strings.TrimSpace(name); name != "" {
			*n = append(*n, name)
		}
	}
	return nil
}

func (w *world) newTheme(o *newFlags, id string) (int, error) {
	return w.startIn(o, func(tree *source.Tree, _ string) (starter.Files, []text, error) {
		files, err := starter.Theme(tree, themes.FS, starter.NewTheme{ID: id, Accent: o.accent, Copies: o.copies})
		var next []text
		if err == nil && id != "default" && starter.ThemeOf(tree) != id {
			use := text{
				"  pour s’en servir, écrivez dans data/site.toml, avant la première ligne entre crochets :\n      theme = \"" + id + "\"",
				"  to use it, write in data/site.toml, above the first line between brackets:\n      theme = \"" + id + "\"",
			}
			if starter.NamesTheme(tree) {
				use = text{
					"  pour s’en servir, changez dans data/site.toml la ligne « theme » :\n      theme = \"" + id + "\"",
					"  to use it, change the line “theme” in data/site.toml:\n      theme = \"" + id + "\"",
				}
			}
			next = append(next, use)
			if files := strings.Join(starter.ColoursBefore(tree), ", "); files != "" {
				next = append(next, text{
					"  des couleurs dites ailleurs l’emportent sur celles du thème ; supprimez-les pour qu’il décide : " + files,
					"  colours that are stated elsewhere win over the theme’s; delete them there to let it decide: " + files,
				})
			}
		}
		if err == nil && len(o.copies) == 0 {
			next = append(next, text{
				"  pour changer une page ou une pièce : vitrine new theme " + id + " --copy home (sans nom, « vitrine new theme » dit tout ce qui peut se copier)",
				"  to change a page or a piece: vitrine new theme " + id + " --copy home (without a name, “vitrine new theme” says all that can be copied)",
			})
		}
		return files, next, err
	}, id)
}

// copies lists what a theme can have a copy of, on stderr with the question that it helps to answer.
func (w *world) copies(site string) {
	if tree, err := source.Open(site); err == nil {
		defer tree.Close()
		w.speak(tree)
	}
	lang := w.lang(w.site)
	fmt.Fprintln(w.stderr, text{"ce qui peut se copier du thème du programme, pour le changer (--copy NOM, autant de fois qu’il faut) :", "what can be copied from the program’s theme, to be changed (--copy NAME, as often as needed):"}.in(lang))
	about := map[string]text{
		"layouts": {"les pages, et leurs parties, qui commencent par _", "pages, and their parts, which start with _"},
		"pieces":  {"les pièces du kit", "the pieces of the kit"},
		"assets":  {"la feuille de style entière, l’icône (pour quelques règles, assets/theme.css suffit)", "the whole style sheet, the icon (for a few rules, assets/theme.css will do)"},
	}
	folders, ids := starter.Copies(themes.FS)
	for _, f := range folders {
		fmt.Fprintf(w.stderr, "  %s/ : %s\n", f, about[f].in(lang))
		line := "   "
		for _, id := range ids[f] {
			if len(line)+len(id) > 96 {
				fmt.Fprintln(w.stderr, line)
				line = "   "
			}
			line += " " + id
		}
		fmt.Fprintln(w.stderr, line)
	}
}
