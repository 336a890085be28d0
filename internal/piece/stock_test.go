package piece_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"vitrine/internal/layout"
	"vitrine/internal/load"
	"vitrine/internal/piece"
	"vitrine/internal/source"
)

// stock is a stock of the theme.
func stock(t testing.TB, id string) *piece.Stock {
	t.Helper()
	table, list := load.TOML(source.New(os.DirFS(root)), "themes/default/sheets/"+id+".toml")
	show(t, list)
	if table == nil {
		t.FailNow()
	}
	s, list := piece.ParseStock(id, table)
	show(t, list)
	if s == nil {
		t.FailNow()
	}
	return s
}

// stocks are the ids of all of them.
func stocks(t testing.TB) []string {
	t.Helper()
	files, err := filepath.Glob(root + "themes/default/sheets/*.toml")
	if err != nil || len(files) < 10 {
		t.Fatalf("%d sheets, %v", len(files), err)
	}
	var out []string
	for _, f := range files {
		out = append(out, strings.TrimSuffix(filepath.Base(f), ".toml"))
	}
	return out
}

// TestStocks: the theme's stocks say where their figures come from, and stand evenly on their paper: what
// is left of the first cell is left of the last one too, to a tenth of a millimetre.
func TestStocks(t *testing.T) {
	for _, id := range stocks(t) {
		s := stock(t, id)
		g := &s.Grid
		last := g.Place(g.Count() - 1)
		right, bottom := g.W-last.X-last.W, g.H-last.Y-last.H
		if d := max(right-g.First.X, g.First.X-right, bottom-g.First.Y, g.First.Y-bottom); d > layout.Mm/10 {
			t.Errorf("%s is %v out of the middle", id, d)
		}
		if !g.OnPaper() || !g.Apart() || s.Source == "" || s.Title == id {
			t.Errorf("%s: %+v", id, s)
		}
		p := layout.Page{W: g.First.W, H: g.First.H}
		if !s.Fits(&p) {
			t.Errorf("%s does not take a page of its own size", id)
		}
		sheets := s.Impose([][]layout.Page{{p, p}, {p}}, 1, layout.Printer{}, nil)
		if len(sheets) == 0 || sheets[0].W != g.W || sheets[0].H != g.H {
			t.Errorf("%s: %d sheets", id, len(sheets))
		}
		if (len(sheets)%2 == 0) != (g.Duplex != layout.OneSided) {
			t.Errorf("%s: %d sides", id, len(sheets))
		}
	}
}

// TestKnownSizes holds what the boxes in the shop say.
func TestKnownSizes(t *testing.T) {
	for id, want := range map[string]struct {
		count int
		w, h  float64
	}{
		"L7160": {21, 63.5, 38.1}, "L7159": {24, 63.5, 33.9}, "L7163": {14, 99.1, 38.1}, "L4774": {4, 99.1, 139},
		"L4785": {10, 80, 50}, "C32011": {10, 85, 54}, "cards-85x55": {10, 85, 55}, "round-60": {12, 60, 60},
		"round-40": {24, 40, 40}, "A5-2up": {2, 148.5, 210}, "A6-4up": {4, 105, 148.5}, "DL-3up": {3, 99, 210},
	} {
		g := stock(t, id).Grid
		if g.Count() != want.count || g.First.W != layout.MM(want.w) || g.First.H != layout.MM(want.h) {
			t.Errorf("%s: %d of %v × %v", id, g.Count(), g.First.W, g.First.H)
		}
	}
}

func TestParseStock(t *testing.T) {
	const good = "title = \"x\"\nsize = \"A4\"\nlabel = \"60x40\"\ncolumns = 3\nrows = 4\norigin = [10, 10]\n"
	for _, tc := range []struct{ name, toml, code, at string }{
		{"good", good, "", ""},
		{"comma", strings.Replace(good, "60x40", "60,5 × 40", 1), "", ""},
		{"no size", "title = \"x\"\nlabel = \"60x40\"\n", "missing-key", ""},
		{"no label", "title = \"x\"\nsize = \"A4\"\n", "missing-key", ""},
		{"unknown key", good + "colums = 3\n", "unknown-key", "colums"},
		{"off paper", strings.Replace(good, "[10, 10]", "[40, 10]", 1), "bad-sheet", "[40, 10]"},
		{"before paper", strings.Replace(good, "[10, 10]", "[-1, 10]", 1), "bad-sheet", "[-1, 10]"},
		{"overlap", good + "pitch = [50, 40]\n", "bad-sheet", "[50, 40]"},
		{"shape", good + "shape = \"oval\"\n", "bad-choice", "oval"},
		{"two numbers", good + "pitch = [66]\n", "wrong-type", "[66]"},
		{"none", strings.Replace(good, "columns = 3", "columns = 0", 1), "bad-number", "0"},
		{"booklet", "size = \"A4 landscape\"\nfold = \"booklet\"\n", "", ""},
		{"upright booklet", "size = \"A4\"\nfold = \"booklet\"\n", "bad-sheet", "A4"},
		{"booklet of labels", "size = \"A4 landscape\"\nfold = \"booklet\"\nlabel = \"60x40\"\n", "unknown-key", "label"},
	} {
		src := source.New(fstest.MapFS{"data/sheets/x.toml": {Data: []byte(tc.toml)}})
		table, list := load.TOML(src, "data/sheets/x.toml")
		if table == nil {
			t.Fatal(list)
		}
		s, list := piece.ParseStock("x", table)
		if tc.code == "" {
			if s == nil || len(list) > 0 {
				t.Errorf("%s: %v", tc.name, list)
			}
			continue
		}
		if s != nil || len(list) != 1 || string(list[0].Code) != tc.code {
			t.Errorf("%s: %v", tc.name, list)
			continue
		}
		span := list[0].Span
		if span.File != "data/sheets/x.toml" || !strings.Contains(tc.toml[span.Start:span.End], tc.at) {
			t.Errorf("%s: at %q", tc.name, tc.toml[span.Start:span.End])
		}
	}
}

func FuzzParseStock(f *testing.F) {
	for _, id := range stocks(f) {
		data, err := os.ReadFile(root + "themes/default/sheets/" + id + ".toml")
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		table, _ := load.TOML(source.New(fstest.MapFS{"x.toml": {Data: data}}), "x.toml")
		if table == nil {
			return
		}
		s, list := piece.ParseStock("x", table)
		if s == nil && list.Errors() == 0 {
			t.Fatal("nothing, and nothing said")
		}
		if s != nil {
			p := layout.Page{W: s.Grid.First.W, H: s.Grid.First.H}
			s.Impose([][]layout.Page{{p}}, 3, layout.Printer{}, nil)
		}
	})
}
