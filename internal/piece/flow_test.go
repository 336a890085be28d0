package piece_test

import (
	"fmt"
	"strings"
	"testing"

	"vitrine/internal/layout"
	"vitrine/internal/model"
	"vitrine/internal/piece"
)

// texts are those of each page, line after line.
func texts(doc *layout.Document) []string {
	var out []string
	for _, p := range doc.Pages {
		var b strings.Builder
		for _, item := range p.Items {
			if x, ok := item.(*layout.Text); ok {
				b.WriteString(x.Text + "\n")
			}
		}
		out = append(out, b.String())
	}
	return out
}

const flowing = `
title = "x"
size = "A6"
pages = 3
[[box]]
kind = "text"
text = "{{ .Page }} / {{ .Pages }}{{ if .Blank }} blanc{{ end }}"
page = 0
at = [50, 138, 45, 6]
[[box]]
kind = "list"
page = 1
each = "Contents"
at = [10, 10, 80, 100]
[[box.item]]
kind = "text"
text = "{{ .Item.Title }} … {{ .Item.Page }}"
at = [0, 0, 80, 5]
[[box]]
kind = "flow"
page = 2
at = [10, 10, 80, 110]
break_before = ["h1"]
text = '''
{{ range .Programme.Themes }}
# {{ plain .Title }} {color="theme/{{ .ID }}"}
{{ range $.Programme.Challenges }}
## {{ plain .Title }}

Pour **chacun** : *un* geste &amp; deux \* trois, <https://vitrine.example/>.

- un
- deux
  - trois

> dit

---
{{ end }}{{ end }}
'''
[[box]]
kind = "text"
page = 3
text = "Fin"
at = [10, 10, 80, 10]
`

func TestFlowPages(t *testing.T) {
	sc := scope()
	sc.Programme.Challenges[0].Title = "Moins_de *papier* {demain} #1"
	tmpl := read(t, flowing)
	if tmpl == nil || !tmpl.Flows() {
		t.Fatal("not read, or without a text that runs")
	}
	doc, list := piece.NewRenderer("fr").Render(tmpl, resources(t, sc), sc, piece.Subject{})
	if len(list) > 0 {
		t.Fatal(list)
	}
	pages := texts(doc)
	if len(pages) < 4 {
		t.Fatalf("%d pages", len(pages))
	}
	for i, p := range pages {
		if !strings.Contains(p, fmt.Sprintf("%d / %d", i+1, len(pages))) {
			t.Errorf("page %d does not know its number: %q", i+1, p)
		}
	}
	if !strings.Contains(pages[0], "Énergie … 2") || !strings.Contains(pages[1], "Énergie") || !strings.HasPrefix(pages[len(pages)-1], "1") && !strings.Contains(pages[len(pages)-1], "Fin") {
		t.Errorf("pages %q", pages)
	}
	whole := strings.ReplaceAll(strings.Join(pages, ""), "\n", "")
	for _, want := range []string{"Moins_de *papier* {demain} #1", "Pour chacun\u00a0: un geste & deux * trois,", "https://vitrine.example/.", "•", "dit"} {
		if !strings.Contains(whole, want) {
			t.Errorf("%q is not there: %q", want, whole)
		}
	}
	for i, p := range pages[1 : len(pages)-1] {
		if water := strings.Contains(p, "Eau\n"); water && !strings.HasPrefix(strings.SplitN(p, "\n", 3)[1], "Eau") {
			t.Errorf("page %d does not begin with its title: %q", i+2, p)
		}
	}
}

// TestBooklet holds that blank pages come before the last one, as many as the fold needs.
func TestBooklet(t *testing.T) {
	for n := range 9 {
		sc := scope()
		sc.Programme.Themes = nil
		for i := range n {
			sc.Programme.Themes = append(sc.Programme.Themes, &model.Theme{ID: "energy", Title: fmt.Sprint("Titre ", i)})
		}
		sc.Programme.Challenges = nil
		tmpl := read(t, strings.Replace(flowing, "pages = 3", "pages = 3\nmultiple = 4", 1))
		if tmpl.Multiple() != 4 {
			t.Fatal(tmpl.Multiple())
		}
		doc, list := piece.NewRenderer("fr").Render(tmpl, resources(t, sc), sc, piece.Subject{})
		if len(list) > 0 {
			t.Fatal(list)
		}
		pages := texts(doc)
		if len(pages) < n+2 || len(pages)%4 != 0 || len(pages) >= n+2+4 {
			t.Errorf("%d titles make %d pages", n, len(pages))
		}
		blank := 0
		for _, p := range pages {
			if strings.Contains(p, "blanc") {
				blank++
			}
		}
		if blank != len(pages)-n-2 || strings.Contains(pages[len(pages)-1], "blanc") || !strings.Contains(pages[len(pages)-1], "Fin") {
			t.Errorf("%d titles: %q", n, pages)
		}
	}
}

// TestFlowErrors holds that a text that is too long, or too wide, is said.
func TestFlowErrors(t *testing.T) {
	for _, tc := range []struct{ text, code string }{
		{strings.Repeat("# x\n\n", 80), "text-overflow"},
		{strings.Repeat("W", 90), "text-overflow"},
		{"漢", "missing-glyph"},
		{"# x {color=\"nowhere\"}", "bad-colour"},
	} {
		sc := scope()
		a := strings.Index(flowing, "text = '''")
		b := strings.LastIndex(flowing, "'''")
		tmpl := read(t, flowing[:a]+"text = '''"+tc.text+flowing[b:])
		doc, list := piece.NewRenderer("fr").Render(tmpl, resources(t, sc), sc, piece.Subject{})
		found := false
		for _, d := range list {
			found = found || string(d.Code) == tc.code
		}
		if !found || doc == nil || len(doc.Pages) > 65 {
			t.Errorf("%.20q: %v", tc.text, list)
		}
		if r := piece.NewRenderer("fr").Read(tmpl, resources(t, sc), sc, piece.Subject{}); r.OK {
			t.Errorf("%.20q is read as if all were well", tc.text)
		}
	}
}

// TestGuide lays the theme's booklet out for the repository's own programmes.
func TestGuide(t *testing.T) {
	s := site(t)
	for _, g := range s.Programmes {
		res := &piece.Resources{Language: "fr", Fonts: themeFonts(t), Palette: piece.NewPalette(themeColors, s, g), Image: picture()}
		sc := &model.Scope{Site: s, Programme: g, Territory: g.Territory}
		tmpl := parse(t, "guide", "fr")
		doc, list := piece.NewRenderer("fr").Render(tmpl, res, sc, piece.Subject{Name: g.Name})
		if list.Errors() > 0 {
			t.Fatal(list)
		}
		if len(doc.Pages)%4 != 0 {
			t.Errorf("%s: %d pages do not fold", g.ID, len(doc.Pages))
		}
		english := *res
		english.Language = "en"
		if other, list := piece.NewRenderer("en").Render(parse(t, "guide", "en"), &english, sc, piece.Subject{Name: g.Name}); list.Errors() > 0 || !strings.Contains(strings.Join(texts(other), ""), "Contents") {
			t.Errorf("%s: in English: %v", g.ID, list)
		}
		whole := strings.ReplaceAll(strings.Join(texts(doc), ""), "\n", "")
		for _, c := range g.Challenges {
			if first := strings.Fields(c.Title)[0]; !strings.Contains(whole, first) {
				t.Errorf("%s: %s is not in the guide", g.ID, c.Title)
			}
		}
	}
}

// TestGuideReads holds that what the booklet says is heard.
func TestGuideReads(t *testing.T) {
	sc := scope()
	hears(t, read(t, flowing), resources(t, sc), sc)
}

// FuzzFlow holds that any Markdown is set or reported, on no more pages than a document has, and that what
// plain protects is set as it is.
func FuzzFlow(f *testing.F) {
	for _, s := range []string{
		"# a\n\nb", "- a\n  - b\n    1. c\n\n> d\n> > e", "***", "a\\\nb  \nc", "# {color=\"ink\"}", "## x {.y #z}", "<b>x</b> <!-- y --> ![p](q) [r](s)", "`code` ~~s~~ &lt; &#65;",
		"| a | b |\n|---|---|\n| c | d |", strings.Repeat("# x\n", 70), "    code\n\n```\nfence\n```", "א **ב** ג", "a\u2028b", "1. x\n2. y\n\n+ z", "* * *\n\n# \n\n#",
	} {
		f.Add(s)
	}
	a, b := strings.Index(flowing, "text = '''"), strings.LastIndex(flowing, "'''")
	raw := read(f, flowing[:a]+"text = '''{{ .Programme.Purpose }}"+flowing[b:])
	kept := read(f, flowing[:a]+"text = '''{{ plain .Programme.Purpose }}"+flowing[b:])
	rd, res := piece.NewRenderer("fr"), resources(f, scope())
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) > 2000 {
			return
		}
		sc := scope()
		sc.Programme.Purpose = s
		doc, _ := rd.Render(raw, res, sc, piece.Subject{})
		if len(doc.Pages) > 65 || len(doc.Pages) < 2 {
			t.Errorf("%d pages", len(doc.Pages))
		}
		rd.Read(raw, res, sc, piece.Subject{})
		if strings.IndexFunc(s, func(r rune) bool { return r >= 0x590 }) >= 0 {
			return // letters from the right stand elsewhere
		}
		doc, _ = rd.Render(kept, res, sc, piece.Subject{})
		whole := strings.Join(texts(doc), "")
		for _, w := range strings.Fields(s) {
			if len(w) < 12 && strings.Trim(w, "abcdefghijklmnopqrstuvwxyz*_#[]{}|~") == "" && !strings.Contains(strings.ReplaceAll(whole, "\n", ""), w) {
				t.Errorf("%q is lost: %q", w, whole)
			}
		}
	})
}
