package piece_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"vitrine/internal/diag"
	"vitrine/internal/layout"
	"vitrine/internal/load"
	"vitrine/internal/piece"
	"vitrine/internal/source"
)

// written reads a template from its text.
func written(t *testing.T, toml string) *piece.Template {
	t.Helper()
	table, list := load.TOML(source.New(fstest.MapFS{"piece.toml": {Data: []byte(toml)}}), "piece.toml")
	if table == nil {
		t.Fatal(list)
	}
	tmpl, list := piece.Parse("test", table, piece.Options{Language: "fr", Words: readWords(t, "fr")})
	if tmpl == nil {
		t.Fatal(list)
	}
	return tmpl
}

// laid is what a template of one box shows of a text.
func laid(t *testing.T, toml string) (string, diag.List) {
	t.Helper()
	tmpl := written(t, toml)
	res := &piece.Resources{Language: "fr", Fonts: themeFonts(t), Palette: piece.NewPalette(themeColors, nil, nil)}
	doc, list := piece.NewRenderer("fr").Render(tmpl, res, nil, piece.Subject{Name: "x"})
	var b strings.Builder
	var walk func(items []layout.Item)
	walk = func(items []layout.Item) {
		for _, it := range items {
			switch it := it.(type) {
			case *layout.Text:
				b.WriteString(it.Text + " ")
			case *layout.Group:
				walk(it.Items)
			}
		}
	}
	for _, p := range doc.Pages {
		walk(p.Items)
	}
	return strings.Join(strings.Fields(b.String()), " "), list
}

// TestNoParagraphIsLost: what Markdown calls code, HTML, a picture or a link definition is
// text on paper.
func TestNoParagraphIsLost(t *testing.T) {
	for _, kind := range []string{"rich", "flow"} {
		for name, source := range map[string]string{
			"indented": "# Titre\n\n    Un paragraphe en retrait",
			"fenced":   "```\nUn paragraphe clôturé\n```",
			"html":     "<div>\nUn paragraphe\n</div>",
			"raw":      "x<y> z",
			"picture":  "![Un paragraphe](x.png)",
			"link":     "[a]: b\n\nUn paragraphe",
			"setext":   "Un paragraphe\n===",
		} {
			got, list := laid(t, "size = \"A4\"\n[[box]]\nkind = \""+kind+"\"\nat = [10, 10, 180, 200]\ntext = '''\n"+source+"\n'''\n")
			words := strings.FieldsFunc(source, func(r rune) bool { return strings.ContainsRune(" \n#`<>/![]():=", r) })
			for _, w := range words {
				if w != "x.png" && !strings.Contains(got, w) {
					t.Errorf("%s, %s: « %s » is not in « %s » %v", kind, name, w, got, list)
				}
			}
		}
	}
}

// TestEmptyFlow: a document has a page even when the text that runs over its only side is
// empty.
func TestEmptyFlow(t *testing.T) {
	if got, list := laid(t, "size = \"A6\"\n[[box]]\nkind = \"flow\"\nat = [10, 10, 80, 100]\ntext = '{{ if false }}x{{ end }}'\n"); got != "" || len(list) > 0 {
		t.Errorf("%q %v", got, list)
	}
}

// TestEndlessText: a loop that goes on is an error of the template.
func TestEndlessText(t *testing.T) {
	_, list := laid(t, "size = \"A6\"\n[[box]]\nkind = \"text\"\nat = [10, 10, 80, 100]\ntext = '{{ range $i := 2000000 }}xxxxxxxxxx{{ end }}'\n")
	if len(list) != 1 || list[0].Code != diag.TemplateRun {
		t.Errorf("%v", list)
	}
}

// TestSpotsAreHeard: a colour printed with another ink makes another piece.
func TestSpotsAreHeard(t *testing.T) {
	tmpl := written(t, "size = \"A6\"\n[[box]]\nkind = \"rect\"\nat = [10, 10, 80, 100]\nfill = \"{{ if true }}accent{{ end }}\"\n")
	read := func(spot string, strength uint16) [32]byte {
		res := &piece.Resources{Language: "fr", Fonts: themeFonts(t), Palette: piece.Palette{"accent": {Token: "accent", Spot: spot, Strength: strength}}}
		return piece.NewRenderer("fr").Read(tmpl, res, nil, piece.Subject{Name: "x"}).Sum
	}
	if read("", 0) == read("PANTONE 349 C", 1000) || read("PANTONE 349 C", 1000) == read("PANTONE 349 C", 500) {
		t.Error("two inks, one piece")
	}
}
