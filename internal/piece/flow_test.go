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
