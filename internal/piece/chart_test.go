package piece_test

import (
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"

	"vitrine/internal/layout"
	"vitrine/internal/load"
	"vitrine/internal/model"
	"vitrine/internal/piece"
	"vitrine/internal/png"
	"vitrine/internal/source"
)

const charts = `
title = "Chiffres"
size = "A4"
[styles.small]
font = "text"
size = 11
min_size = 8
[[box]]
kind = "text"
at = [20, 18, 170, 14]
text = "{{ .Edition.Title }}"
style = {font = "title", size = 30}
[[box]]
kind = "chart"
at = [20, 40, 80, 50]
chart = "funnel"
each = "Edition.Funnel"
label = "{{ .Item.Label }}"
value = "{{ .Item.Value }}"
style = "small"
[[box]]
kind = "chart"
at = [110, 40, 80, 50]
chart = "columns"
measures = ["households", "teams"]
style = "small"
[[box]]
kind = "chart"
at = [20, 100, 170, 60]
chart = "bars"
each = "Programme.Challenges"
label = "{{ .Item.Title }}"
style = "small"
[[box.series]]
name = "Prévu"
value = "{{ add .Index 2 }}"
text = "{{ add .Index 2 }} ateliers"
[[box.series]]
name = "Tenu"
value = "{{ add .Index 1 }}"
[[box]]
kind = "chart"
at = [20, 165, 80, 45]
chart = "share"
each = "Programme.Themes"
label = "{{ .Item.Title }}"
value = "{{ add .Index 3 }}"
color = "theme/{{ .Item.ID }}"
style = "small"
[[box]]
kind = "chart"
at = [110, 165, 80, 45]
chart = "lines"
each = "Programme.Challenges"
label = "{{ add .Index 2021 }}"
value = "{{ add .Index 3 }}"
style = "small"
[[box]]
kind = "cloud"
at = [20, 215, 170, 70]
style = {font = "title", size = 34, min_size = 9}
`

func chartScope() *model.Scope {
	sc := scope()
	sc.Edition.Funnel = []model.Step{{Label: "contactés", Value: 142}, {Label: "visités", Value: 61}, {Label: "labellisés", Value: 30}}
	sc.Programme.Measures = []*model.Measure{
		{ID: "teams", Title: "Équipes", Value: 12, HasValue: true},
		{ID: "households", Title: "Foyers", Value: 1234.5, HasValue: true, Unit: "foyers"},
	}
	for i, w := range []string{"économies", "zéro déchet", "local", "énergie", "Éco-geste", "partage", "eau", "réemploi", "circuit court", "compost", "sobriété"} {
		sc.Programme.Terms = append(sc.Programme.Terms, &model.Term{Text: w, Weight: float64(12 - i)})
	}
	return sc
}

func chartTemplate(t testing.TB, text string) *piece.Template {
	t.Helper()
	tree := source.New(fstest.MapFS{"piece.toml": {Data: []byte(text)}})
	table, list := load.TOML(tree, "piece.toml")
	if table == nil {
		t.Fatal(list)
	}
	tmpl, list := piece.Parse("charts", table, piece.Options{Language: "fr", Words: readWords(t, "fr")})
	if len(list) > 0 {
		t.Fatal(list)
	}
	return tmpl
}

// TestCharts: charts and clouds are drawn in their boxes, with their labels and values.
func TestCharts(t *testing.T) {
	sc := chartScope()
	rd, tmpl, res := piece.NewRenderer("fr"), chartTemplate(t, charts), resources(t, sc)
	doc, list := rd.Render(tmpl, res, sc, piece.Subject{Name: "2023", Origin: origin("programme.toml")})
	if len(list) > 0 {
		t.Error(list)
	}
	texts := map[string]bool{}
	for _, item := range doc.Pages[0].Items {
		if text, ok := item.(*layout.Text); ok {
			texts[text.Text] = true
			if text.X < layout.MM(19) || text.X+text.Width() > layout.MM(191) {
				t.Errorf("%q leaves its box", text.Text)
			}
		}
	}
	for _, want := range []string{"contactés", "142", "Foyers", "1\u202f234,5\u00a0foyers", "12", "Prévu", "3 ateliers", "Énergie", "2021", "réemploi", "économies"} {
		if !texts[want] {
			t.Errorf("%q is not there: %v", want, texts)
		}
	}
	if folder := os.Getenv("VITRINE_DRAWINGS"); folder != "" {
		data, err := png.Encode(&doc.Pages[0], 1000)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(folder, "piece.png"), data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// TestChartsAreHeard: every figure that is drawn is part of what tells whether a piece is made again.
func TestChartsAreHeard(t *testing.T) {
	rd, tmpl := piece.NewRenderer("fr"), chartTemplate(t, charts)
	sum := func(change func(*model.Scope)) [32]byte {
		sc := chartScope()
		change(sc)
		return rd.Read(tmpl, resources(t, sc), sc, piece.Subject{Name: "2023", Origin: origin("programme.toml")}).Sum
	}
	same := sum(func(*model.Scope) {})
	if sum(func(*model.Scope) {}) != same {
		t.Error("the same figures are heard otherwise")
	}
	for name, change := range map[string]func(*model.Scope){
		"a step":        func(sc *model.Scope) { sc.Edition.Funnel[1].Value++ },
		"its label":     func(sc *model.Scope) { sc.Edition.Funnel[1].Label = "vus" },
		"a measure":     func(sc *model.Scope) { sc.Programme.Measures[0].Value++ },
		"its unit":      func(sc *model.Scope) { sc.Programme.Measures[0].Unit = "x" },
		"its title":     func(sc *model.Scope) { sc.Programme.Measures[0].Title = "x" },
		"a word":        func(sc *model.Scope) { sc.Programme.Terms[3].Text = "vent" },
		"its weight":    func(sc *model.Scope) { sc.Programme.Terms[3].Weight = 40 },
		"a theme":       func(sc *model.Scope) { sc.Programme.Themes[1].Color = "#123456" },
		"one step less": func(sc *model.Scope) { sc.Edition.Funnel = sc.Edition.Funnel[:2] },
	} {
		if sum(change) == same {
			t.Errorf("%s changes nothing", name)
		}
	}
}
