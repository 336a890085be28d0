package piece_test

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"vitrine/internal/diag"
	"vitrine/internal/load"
	"vitrine/internal/piece"
	"vitrine/internal/source"
)

// TestUseOfItsOwnName: a template builds on the one of its name that lies below, layer by layer, and a circle
// remains one. A style says otherwise the keys that it has, of the boxes below too.
func TestUseOfItsOwnName(t *testing.T) {
	const lowest = "size = \"A6 landscape\"\n[styles.a]\nsize = 10\n[styles.b]\nuse = \"a\"\n[[box]]\nkind = \"text\"\nat = [0, 0, 100, 20]\ntext = \"x\"\nstyle = \"b\"\n"
	for _, c := range []struct {
		name   string
		layers []string // the highest first
		want   []diag.Code
	}{
		{"none below", []string{`use = "card"`}, []diag.Code{diag.BadBox}},
		{"two", []string{`use = "card"`, lowest}, nil},
		{"three", []string{`use = "card"`, `use = "card"`, lowest}, nil},
		{"for ever", []string{`use = "card"`, `use = "card"`}, []diag.Code{diag.BadBox}},
		{"a style", []string{"use = \"card\"\n[styles.a]\nsize = 20\n[styles.c]\nuse = \"b\"", lowest}, nil},
		{"an unknown key", []string{"use = \"card\"\n[styles.a]\nsizes = 20", lowest}, []diag.Code{diag.UnknownKey}},
		{"an unknown style", []string{"use = \"card\"\n[styles.a]\nuse = \"z\"", lowest}, []diag.Code{diag.UnknownRef}},
		{"a number", []string{"use = \"card\"\n[styles.a]\nsize = -4", lowest}, []diag.Code{diag.BadNumber}},
	} {
		t.Run(c.name, func(t *testing.T) {
			layer := func(n int) *load.Table {
				if n >= len(c.layers) {
					return nil
				}
				tree := source.New(fstest.MapFS{"card.toml": {Data: []byte(c.layers[n] + "\n")}})
				table, list := load.TOML(tree, "card.toml")
				if table == nil {
					t.Fatal(list)
				}
				return table
			}
			_, list := piece.Parse("card", layer(0), piece.Options{
				Language: "fr", Words: readWords(t, "fr"),
				Template: func(string) *load.Table { return layer(0) },
				Under:    func(_ string, depth int) *load.Table { return layer(depth) },
			})
			var got []diag.Code
			for _, d := range list {
				if d.Severity == diag.Error {
					got = append(got, d.Code)
				}
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("%v, want %v: %s", got, c.want, messages(list))
			}
		})
	}
}

func messages(list diag.List) string {
	var out []string
	for _, d := range list {
		out = append(out, d.Message(diag.English))
	}
	return strings.Join(out, "; ")
}
