package draw

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"vitrine/internal/layout"
	"vitrine/internal/svg"
)

// scattered are n places over a territory, the same ones for the same seed.
func scattered(n int, seed uint64) []Place {
	next := func() float64 {
		seed = seed*6364136223846793005 + 1442695040888963407
		return float64(seed>>11) / (1 << 53)
	}
	out := make([]Place, n)
	for i := range out {
		// to three decimals, as data has them: some fall together
		out[i] = Place{Lat: 48.6 + math.Round(next()*300)/1000, Lon: -0.6 + math.Round(next()*400)/1000}
	}
	return out
}

func inside(p point, rings [][]point) bool { return clearance(p, rings) > 0 }

func TestMosaicCells(t *testing.T) {
	for _, n := range []int{1, 2, 3, 10, 42, 120} {
		places := scattered(n, uint64(n))
		g := Mosaic(places)
		if g.Len() != n {
			t.Fatalf("%d places, %d shapes", n, g.Len())
		}
		sites, _ := projectAll(places)
		apart(sites, usualSpacing(sites)/4)
		near := func(p point) int {
			best := 0
			for i, s := range sites {
				if s.distance(p) < sites[best].distance(p) {
					best = i
				}
			}
			return best
		}
		for i, s := range g.shapes {
			if len(s.rings) != 1 || len(s.rings[0]) < 3 {
				t.Errorf("%d places: cell %d has no form: %v", n, i, s.rings)
				continue
			}
			if !inside(sites[i], s.rings) {
				t.Errorf("%d places: place %d is not in its cell", n, i)
			}
			if !inside(s.label, s.rings) || s.radius <= 0 {
				t.Errorf("%d places: label %d is not in its cell", n, i)
			}
		}
		// Whoever has a point is the nearest to it, and nobody else has it.
		for k := range 4000 {
			p := point{g.minX + g.w*float64(k%63)/62, g.minY + g.h*float64(k/63)/63}
			for i, s := range g.shapes {
				c := clearance(p, s.rings)
				if c > g.w/500 && near(p) != i && math.Abs(sites[i].distance(p)-sites[near(p)].distance(p)) > g.w/500 {
					t.Errorf("%d places: cell %d holds a point nearer to %d", n, i, near(p))
				}
			}
		}
	}
}

// TestMosaicNeighbours: the corners within the land belong to two cells or more, so that no light shows
// between them.
func TestMosaicNeighbours(t *testing.T) {
	g := Mosaic(scattered(60, 7))
	m := g.At(layout.Rect{W: layout.MM(640), H: g.Height(layout.MM(640))})
	owners := map[layout.Point]int{}
	for _, p := range m.parts {
		for _, s := range p.segs {
			if s.Op != layout.Close {
				owners[s.P[0]]++
			}
		}
	}
	shared := 0
	for _, n := range owners {
		if n > 1 {
			shared++
		}
	}
	// A planar division of 60 cells has about 2·60 corners, less those on the edge.
	if shared < 80 {
		t.Errorf("only %d corners are shared", shared)
	}
}

func TestMosaicCoversSmallGaps(t *testing.T) {
	// A ring of places around an empty middle, hardly wider than their reach: their cells meet there.
	// A wide empty middle stays empty.
	ring := func(n int) []Place {
		var out []Place
		for i := range n {
			sin, cos := math.Sincos(2 * math.Pi * float64(i) / float64(n))
			out = append(out, Place{Lat: 48 + 0.01*float64(n)*sin, Lon: 0.01 * float64(n) * cos / math.Cos(48*math.Pi/180)})
		}
		return out
	}
	for n, want := range map[int]bool{6: true, 12: true, 16: true, 60: false} {
		g := Mosaic(ring(n))
		middle := point{g.minX + g.w/2 + 0.01, g.minY + g.h/2 + 0.01}
		got := slices.ContainsFunc(g.shapes, func(s shape) bool { return inside(middle, s.rings) })
		if got != want {
			t.Errorf("ring of %d: the middle is covered: %v", n, got)
		}
	}
}

func TestMosaicDoesNotDependOnOrder(t *testing.T) {
	places := scattered(40, 3)
	back := slices.Clone(places)
	slices.Reverse(back)
	a, b := Mosaic(places), Mosaic(back)
	if !reflect.DeepEqual(a, Mosaic(places)) {
		t.Error("the same places give another map")
	}
	for i, s := range a.shapes {
		if places[i] != back[len(back)-1-i] || slices.Index(places, places[i]) != i || slices.Contains(places[i+1:], places[i]) {
			continue
		}
		o := b.shapes[len(places)-1-i]
		if math.Abs(math.Abs(area(s.rings[0]))-math.Abs(area(o.rings[0]))) > 0.01*math.Abs(area(s.rings[0])) {
			t.Errorf("cell %d depends on the order: %v and %v km²", i, area(s.rings[0]), area(o.rings[0]))
		}
	}
}

func TestMosaicOddPlaces(t *testing.T) {
	for name, places := range map[string][]Place{
		"none": {}, "one": {{48, 0}}, "same": {{48, 0}, {48, 0}, {48, 0}},
		"line": {{48, 0}, {48.1, 0}, {48.2, 0}, {48.3, 0}}, "far apart": {{48, 0}, {48.01, 0}, {-21, 55}, {-21.01, 55}},
		"pole": {{90, 0}, {89, 0}},
	} {
		g := Mosaic(places)
		for i, s := range g.shapes {
			if name != "pole" && (len(s.rings) == 0 || !inside(s.label, s.rings)) {
				t.Errorf("%s: place %d has no cell", name, i)
			}
			for _, r := range s.rings {
				for _, p := range r {
					if math.IsNaN(p.x) || math.IsInf(p.x, 0) || math.IsNaN(p.y) || math.IsInf(p.y, 0) {
						t.Fatalf("%s: %v", name, p)
					}
				}
			}
		}
		g.At(layout.Rect{W: layout.MM(100), H: layout.MM(100)}).Items(make([]Cell, len(places)), Paint{})
	}
	if (&Geometry{}).Height(layout.MM(1)) != 0 {
		t.Error("nothing has a height")
	}
}

func TestAtStaysInItsBox(t *testing.T) {
	g := Mosaic(scattered(42, 1))
	for _, box := range []layout.Rect{
		{X: layout.MM(10), Y: layout.MM(20), W: layout.MM(80), H: layout.MM(200)},
		{W: layout.MM(200), H: layout.MM(30)}, {W: layout.MM(640), H: g.Height(layout.MM(640))},
	} {
		m := g.At(box)
		var all layout.Rect
		for i := range m.parts {
			all = all.Union((&layout.Path{Segs: m.parts[i].segs}).Bounds())
		}
		if !box.Inset(-layout.MM(0.1)).Contains(all) {
			t.Errorf("%v leaves %v", all, box)
		}
		if all.W < box.W-layout.MM(0.3) && all.H < box.H-layout.MM(0.3) {
			t.Errorf("%v does not fill %v", all, box)
		}
	}
}

func TestLevel(t *testing.T) {
	for _, c := range []struct{ count, greatest, want int }{
		{0, 0, 0}, {0, 10, 0}, {-1, 10, 0}, {1, 1, 4}, {10, 10, 4}, {1, 100, 1}, {1, 15, 1}, {3, 15, 2}, {7, 15, 3}, {15, 15, 4}, {5, 2, 4},
	} {
		if got := Level(c.count, c.greatest); got != c.want {
			t.Errorf("Level(%d, %d) = %d, want %d", c.count, c.greatest, got, c.want)
		}
	}
	for greatest := 1; greatest < 200; greatest++ {
		for n := 1; n < greatest; n++ {
			if Level(n, greatest) > Level(n+1, greatest) || Level(n, greatest) < 1 {
				t.Fatalf("Level(%d, %d) is not in order", n, greatest)
			}
		}
	}
}

func testFont(t testing.TB) *layout.Font {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "..", "themes", "default", "fonts", "text-600.ttf"))
	if err != nil {
		t.Fatal(err)
	}
	f, err := layout.ParseFont("text-600", "text", 600, false, data)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestItems(t *testing.T) {
	g := Mosaic(scattered(5, 2))
	w := layout.MM(640)
	m := g.At(layout.Rect{W: w, H: g.Height(w)})
	ink, paper := layout.Black, layout.White
	paint := NewPaint(layout.RGBColor(29, 91, 60), ink, paper, w)
	paint.Shaper, paint.Font = layout.NewShaper("fr"), testFont(t)
	cells := []Cell{
		{Level: 4, Label: "14", Title: "Flers : 14 artisans", Link: "/flers/"}, {Level: 1, Label: "1", Title: "B", Link: "/b/", Marked: true}, {Title: "C"}, {Level: 9, Label: "1 000 000", Title: "D"},
	}
	items := m.Items(cells, paint)
	if len(items) != 4 { // the fifth has nothing to say
		t.Fatalf("%d items", len(items))
	}
	byTitle := map[string]*layout.Group{}
	for _, it := range items {
		group := it.(*layout.Group)
		byTitle[group.Title] = group
	}
	flers := byTitle["Flers : 14 artisans"]
	if flers == nil || flers.Link != "/flers/" || flers.Class != "c4" {
		t.Fatalf("%+v", flers)
	}
	path, text := flers.Items[0].(*layout.Path), flers.Items[1].(*layout.Text)
	if *path.Fill != paint.Fills[4] || text.Text != "14" || text.Color != paper {
		t.Errorf("%+v %+v", path.Fill, text)
	}
	middle := text.X + text.Width()/2
	if d := middle - m.parts[0].label.X; d > layout.MM(1) || d < -layout.MM(1) {
		t.Errorf("the label stands %v from its middle", d)
	}
	if last := items[3].(*layout.Group); last.Class != "c1 here" || *last.Items[2].(*layout.Path).Stroke != ink {
		t.Errorf("the marked cell is not last, or not marked: %+v", last)
	}
	if byTitle["C"].Class != "c0" || len(byTitle["C"].Items) != 1 || byTitle["D"].Class != "c4" {
		t.Errorf("%+v %+v", byTitle["C"], byTitle["D"])
	}
	if !reflect.DeepEqual(items, m.Items(cells, paint)) {
		t.Error("drawn twice, it differs")
	}

	paint.Styled = true
	out := string(svg.Encode(&layout.Page{W: w, H: g.Height(w), Items: m.Items(cells, paint)}, svg.Options{Inline: true, LiveText: true}))
	for _, want := range []string{`<a href="/flers/" class="c4"`, `<title>Flers : 14 artisans</title>`, `>14</text>`, `class="c1 here"`} {
		if !strings.Contains(out, want) {
			t.Errorf("the page lacks %s in\n%s", want, out)
		}
	}
	if strings.Contains(out, "stroke") {
		t.Error("the style sheet's lines are given in the page")
	}
}

func TestPaintReadable(t *testing.T) {
	ink, paper := layout.RGBColor(28, 34, 29), layout.RGBColor(252, 250, 245)
	for _, accent := range []layout.Color{layout.RGBColor(29, 91, 60), layout.RGBColor(180, 40, 30), layout.RGBColor(20, 60, 140), layout.RGBColor(242, 194, 48), layout.RGBColor(120, 120, 120), layout.RGBColor(230, 90, 20)} {
		p := NewPaint(accent, ink, paper, layout.MM(640))
		for i := range p.Fills {
			if c := contrast(p.Fills[i], p.Labels[i]); c < 4.5 {
				t.Errorf("accent %v: label %d has a contrast of %.2f", accent.RGB, i, c)
			}
		}
	}
}

func BenchmarkMosaic(b *testing.B) {
	for _, n := range []int{60, 200} {
		places := scattered(n, 9)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Mosaic(places)
			}
		})
	}
}

func BenchmarkItems(b *testing.B) {
	g := Mosaic(scattered(60, 9))
	w := layout.MM(640)
	m := g.At(layout.Rect{W: w, H: g.Height(w)})
	paint := NewPaint(layout.RGBColor(29, 91, 60), layout.Black, layout.White, w)
	paint.Shaper, paint.Font = layout.NewShaper("fr"), testFont(b)
	cells := make([]Cell, 60)
	for i := range cells {
		cells[i] = Cell{Level: i % 5, Label: fmt.Sprint(i % 7), Title: "Commune", Link: "/x/"}
	}
	b.ReportAllocs()
	for b.Loop() {
		m.Items(cells, paint)
	}
}
