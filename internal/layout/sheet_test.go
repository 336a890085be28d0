package layout

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
)

// anyGrid is a grid whose cells lie on its paper.
func anyGrid(rnd *rand.Rand) *Grid {
	g := &Grid{
		Columns: 1 + rnd.IntN(5), Rows: 1 + rnd.IntN(8), Shape: Shape(rnd.IntN(3)), Radius: Length(rnd.IntN(int(5 * Mm))),
		Marks: rnd.IntN(2) == 0, Ruler: rnd.IntN(2) == 0, Duplex: Duplex(rnd.IntN(3)),
	}
	some := func(n float64) Length { return Length(rnd.IntN(int(MM(n)))) }
	g.First = Rect{some(20), some(20), 5*Mm + some(90), 5*Mm + some(70)}
	gap := Point{}
	if rnd.IntN(3) > 0 {
		gap = Point{some(9), some(9)}
	}
	g.Pitch = Point{g.First.W + gap.X, g.First.H + gap.Y}
	last := g.Place(g.Count() - 1)
	g.W, g.H = last.X+last.W+some(20), last.Y+last.H+some(20)
	return g
}

// mark is a rectangle that can be told from all others by its width.
func subject(n int, w, h Length) Page {
	return Page{W: w, H: h, Bleed: 3 * Mm, Items: []Item{&Path{Fill: &Black, Rects: []Rect{{w / 2, h / 2, Length(n + 1), 1}}}}}
}

// found is a subject on a sheet: where its middle is, by number.
func found(items []Item, m Matrix, out map[int][]Point) {
	for _, item := range items {
		switch it := item.(type) {
		case *Group:
			inner := m
			if t := it.Transform; t != nil {
				inner = Matrix{A: m.A * t.A, D: m.D * t.D, E: m.E + Length(m.A*float64(t.E)), F: m.F + Length(m.D*float64(t.F))}
			}
			found(it.Items, inner, out)
		case *Path:
			if it.Fill != nil && len(it.Rects) == 1 && it.Rects[0].H == 1 {
				r := it.Rects[0]
				n := int(r.W) - 1
				out[n] = append(out[n], Point{m.E + Length(m.A*float64(r.X)), m.F + Length(m.D*float64(r.Y))})
			}
		}
	}
}

func on(p Page) map[int][]Point {
	out := map[int][]Point{}
	found(p.Items, Matrix{A: 1, D: 1}, out)
	return out
}

func inside(r Rect, p Point) bool {
	return p.X >= r.X && p.X <= r.X+r.W && p.Y >= r.Y && p.Y <= r.Y+r.H
}

// TestSheets: each subject stands exactly once, in the middle of the cell it has from the start on, and
// its back behind it when the sheet is turned.
func TestSheets(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	for round := range 400 {
		g := anyGrid(rnd)
		if !g.OnPaper() || !g.Apart() {
			t.Fatalf("%+v", g)
		}
		for n := range g.Count() {
			for o := range n {
				a, b := g.Place(n), g.Place(o)
				if a.X < b.X+b.W && b.X < a.X+a.W && a.Y < b.Y+b.H && b.Y < a.Y+a.H {
					t.Fatalf("cells %d and %d overlap", n, o)
				}
			}
			if r := g.Place(n); !(Rect{0, 0, g.W, g.H}).Contains(g.Behind(r)) || g.Behind(g.Behind(r)) != r {
				t.Fatal("the other side of a cell leaves the sheet")
			}
		}
		count, start := rnd.IntN(3*g.Count()), 1+rnd.IntN(g.Count())
		sides := 1 + rnd.IntN(2)
		w, h := g.First.W-Length(rnd.IntN(int(3*Mm))), g.First.H+Length(rnd.IntN(int(cellSlack)))
		var pieces [][]Page
		for i := range count {
			pages := []Page{subject(2*i, w, h)}
			if sides == 2 {
				pages = append(pages, subject(2*i+1, w, h))
			}
			pieces = append(pieces, pages)
		}
		cells := g.Cells(pieces)
		sheets := g.Sheets(cells, start, Printer{}, nil)
		seen := 0
		turned := sides == 2 && g.Duplex != OneSided
		for s, sheet := range sheets {
			if sheet.W != g.W || sheet.H != g.H {
				t.Fatal("a sheet of another size")
			}
			for n, at := range on(sheet) {
				if len(at) != 1 {
					t.Fatalf("round %d: %d stands %d times on a sheet", round, n, len(at))
				}
				seen++
				place := n/2 + start - 1
				front := s
				switch {
				case turned:
					front = s / 2
				case sides == 2: // each side has a cell of its own
					place = n + start - 1
				}
				want := g.Place(place % g.Count())
				if turned && n%2 == 1 {
					if s%2 != 1 {
						t.Fatal("a back is on a front side")
					}
					want = behindOnPaper(g, want)
				}
				if front != place/g.Count() {
					t.Fatalf("round %d: %d is on sheet %d", round, n, front)
				}
				middle := Point{want.X + (want.W-w)/2 + w/2, want.Y + (want.H-h)/2 + h/2}
				if d := (Point{at[0].X - middle.X, at[0].Y - middle.Y}); max(d.X, -d.X, d.Y, -d.Y) > 1 {
					t.Fatalf("round %d: %d is at %v, not %v", round, n, at[0], middle)
				}
			}
		}
		if want := count * sides; seen != want {
			t.Fatalf("round %d: %d of %d pages are on the sheets", round, seen, want)
		}
	}
}

// behindOnPaper turns a sheet in one's hands: the edge that it is turned around stays.
func behindOnPaper(g *Grid, r Rect) Rect {
	vertical := g.H >= g.W // the long edge stands upright
	if g.Duplex == ShortEdge {
		vertical = !vertical
	}
	if vertical {
		return Rect{g.W - (r.X + r.W), r.Y, r.W, r.H}
	}
	return Rect{r.X, g.H - (r.Y + r.H), r.W, r.H}
}

// TestStart: the labels before the first one stay empty on the first sheet only.
func TestStart(t *testing.T) {
	g := &Grid{W: 100 * Mm, H: 100 * Mm, Columns: 2, Rows: 2, First: Rect{0, 0, 50 * Mm, 50 * Mm}, Pitch: Point{50 * Mm, 50 * Mm}}
	pieces := make([][]Page, 6)
	for i := range pieces {
		pieces[i] = []Page{subject(i, 50*Mm, 50*Mm)}
	}
	for start, want := range map[int]string{-3: "[4 2]", 0: "[4 2]", 1: "[4 2]", 2: "[3 3]", 4: "[1 4 1]", 9: "[1 4 1]"} {
		var got []int
		for _, s := range g.Sheets(g.Cells(pieces), start, Printer{}, nil) {
			got = append(got, len(on(s)))
		}
		if fmt.Sprint(got) != want {
			t.Errorf("from %d: %v, not %s", start, got, want)
		}
	}
	if g.Sheets(nil, 1, Printer{}, nil) != nil {
		t.Error("a sheet of nothing")
	}
}

// TestColourRunsOver: a label's colour may run over its edges, not into another label nor off the paper.
func TestColourRunsOver(t *testing.T) {
	rnd := rand.New(rand.NewPCG(7, 8))
	for range 200 {
		g := anyGrid(rnd)
		p := subject(0, g.First.W, g.First.H)
		cells := make([]Cell, g.Count())
		for i := range cells {
			cells[i].Front = &p
		}
		var shown []Rect
		for _, item := range g.Sheets(cells, 1, Printer{}, nil)[0].Items {
			if group, ok := item.(*Group); ok {
				b := group.Clip.Bounds()
				b.X, b.Y = b.X+group.Transform.E, b.Y+group.Transform.F
				shown = append(shown, b)
			}
		}
		for i, a := range shown {
			if !(Rect{0, 0, g.W, g.H}).Contains(a) || !a.Contains(g.Place(i)) || g.Marks && !g.Place(i).Contains(a) {
				t.Fatalf("cell %d of %+v shows %v", i, g, a)
			}
			for _, b := range shown[:i] {
				if a.X < b.X+b.W && b.X < a.X+a.W && a.Y < b.Y+b.H && b.Y < a.Y+a.H {
					t.Fatalf("%v runs into %v", a, b)
				}
			}
		}
	}
	wide := &Grid{W: 100 * Mm, H: 100 * Mm, Columns: 2, Rows: 1, First: Rect{10 * Mm, 10 * Mm, 30 * Mm, 30 * Mm}, Pitch: Point{X: 40 * Mm}}
	if got := wide.spare(); got != (Point{2 * Mm, 2 * Mm}) {
		t.Errorf("%v", got)
	}
}

func TestFits(t *testing.T) {
	g := &Grid{First: Rect{W: 60 * Mm, H: 40 * Mm}}
	for _, tc := range []struct {
		w, h float64
		ok   bool
	}{{60, 40, true}, {60.5, 40.5, true}, {60.6, 40, false}, {60, 40.6, false}, {10, 10, true}, {40, 60, false}} {
		if got := g.Fits(&Page{W: MM(tc.w), H: MM(tc.h)}); got != tc.ok {
			t.Errorf("%v × %v: %v", tc.w, tc.h, got)
		}
	}
}

// TestPrinter: a true printer changes nothing; another one moves each place by its offset, after its
// scales around the sheet's corner.
func TestPrinter(t *testing.T) {
	rnd := rand.New(rand.NewPCG(3, 4))
	for range 100 {
		g := anyGrid(rnd)
		var pieces [][]Page
		for i := range g.Count() {
			pieces = append(pieces, []Page{subject(i, g.First.W, g.First.H)})
		}
		plain := g.Sheets(g.Cells(pieces), 1, Printer{}, nil)
		same := g.Sheets(g.Cells(pieces), 1, Printer{ScaleX: 1, ScaleY: 1}, nil)
		if !reflect.DeepEqual(plain, same) {
			t.Fatal("a true printer changes the sheet")
		}
		pr := Printer{Offset: Point{Length(rnd.IntN(int(4*Mm))) - 2*Mm, Length(rnd.IntN(int(4*Mm))) - 2*Mm},
			ScaleX: 0.98 + 0.04*rnd.Float64(), ScaleY: 0.98 + 0.04*rnd.Float64()}
		corrected := g.Sheets(g.Cells(pieces), 1, pr, nil)
		for i := range plain {
			if len(corrected[i].Items) != 1 {
				t.Fatal("something is drawn beside what is corrected")
			}
			before, after := on(plain[i]), on(corrected[i])
			for n := range before {
				b, a := before[n][0], after[n][0]
				wx, wy := pr.Offset.X+Length(pr.ScaleX*float64(b.X)), pr.Offset.Y+Length(pr.ScaleY*float64(b.Y))
				if d := max(a.X-wx, wx-a.X, a.Y-wy, wy-a.Y); d > 2 {
					t.Fatalf("%v became %v, not %v %v", b, a, wx, wy)
				}
			}
		}
	}
}

// strokes are the straight lines of items, each as a box.
func strokes(items []Item) []Rect {
	var out []Rect
	for _, item := range items {
		p, ok := item.(*Path)
		if !ok || p.Stroke == nil {
			continue
		}
		var at Point
		for _, s := range p.Segs {
			if s.Op == LineTo {
				q := s.P[0]
				x, y := min(at.X, q.X), min(at.Y, q.Y)
				out = append(out, Rect{x, y, max(at.X, q.X) - x, max(at.Y, q.Y) - y})
			}
			at = s.P[0]
		}
	}
	return out
}

// TestCutMarks: no mark and no ruler lies inside a cell or off the sheet, and where there is room for
// marks every cut has one.
func TestCutMarks(t *testing.T) {
	rnd := rand.New(rand.NewPCG(5, 6))
	shaper, font := NewShaper("fr"), themeFont(t, "text-400", "text")
	note := &Note{Shaper: shaper, Font: font, Ruler: "50 mm", Advice: "imprimer à 100 %"}
	rulers := 0
	for round := range 400 {
		g := anyGrid(rnd)
		marks, ruler := g.cutMarks(), g.ruler(note, 1, 3)
		if !g.Marks {
			marks = nil
		}
		items := append(marks, ruler...)
		paper := Rect{0, 0, g.W, g.H}
		boxes := strokes(items)
		for _, item := range items {
			if text, ok := item.(*Text); ok {
				rulers++
				boxes = append(boxes, Rect{text.X, text.Y - text.Size*7/10, text.Width(), text.Size})
			}
		}
		for _, m := range strokes(marks) {
			for _, b := range boxes[len(strokes(marks)):] {
				if m.X <= b.X+b.W && m.X+m.W >= b.X && m.Y <= b.Y+b.H && m.Y+m.H >= b.Y {
					t.Fatalf("round %d: the ruler or its words cross a cut mark: %v, %v", round, m, b)
				}
			}
		}
		for _, b := range boxes {
			if !paper.Contains(b) {
				t.Fatalf("round %d: a mark leaves the sheet: %v of %v", round, b, paper)
			}
			for n := range g.Count() {
				c := g.Place(n)
				if b.X+b.W > c.X && b.X < c.X+c.W && b.Y+b.H > c.Y && b.Y < c.Y+c.H {
					t.Fatalf("round %d: a mark lies inside cell %d: %v in %v", round, n, b, c)
				}
			}
		}
		if g.First.Y < 3*Mm {
			continue
		}
		columns := bands(g.First.X, g.First.W, g.Pitch.X, g.Columns)
		for _, x := range cuts(columns, g.W) {
			if !slices.ContainsFunc(strokes(g.cutMarks()), func(b Rect) bool { return b.X == x && b.W == 0 && b.Y < g.First.Y }) {
				t.Fatalf("round %d: nothing shows the cut at %v", round, x)
			}
		}
	}
	if rulers < 50 {
		t.Errorf("%d rulers with words", rulers)
	}
}

// TestScale: a ruler is as long as it says, in whole millimetres.
func TestScale(t *testing.T) {
	for _, down := range []bool{false, true} {
		p := scale(Point{5 * Mm, 7 * Mm}, 50*Mm, down)
		b := p.Bounds()
		along, across := b.W, b.H
		if down {
			along, across = across, along
		}
		if b.X != 5*Mm || b.Y != 7*Mm || along != 50*Mm || across != rulerHeight {
			t.Errorf("%v", b)
		}
		if n := len(strokes([]Item{p})); n != 52 {
			t.Errorf("%d lines", n)
		}
	}
}

func FuzzSheets(f *testing.F) {
	f.Add(3, 7, int64(MM(63.5)), int64(MM(38.1)), int64(MM(66.04)), int64(MM(38.1)), 25, 4, true)
	f.Add(1, 1, int64(0), int64(0), int64(0), int64(0), 1, 0, false)
	f.Fuzz(func(t *testing.T, columns, rows int, w, h, dx, dy int64, count, start int, marks bool) {
		if columns < 0 || rows < 0 || columns > 20 || rows > 40 || count < 0 || count > 300 {
			return
		}
		const most = 5000 * int64(Mm)
		for _, v := range []int64{w, h, dx, dy} {
			if v < 0 || v > most {
				return
			}
		}
		g := &Grid{W: 210 * Mm, H: 297 * Mm, Columns: columns, Rows: rows, First: Rect{5 * Mm, 5 * Mm, Length(w), Length(h)},
			Pitch: Point{Length(dx), Length(dy)}, Marks: marks, Ruler: true, Duplex: Duplex(count % 3)}
		pieces := make([][]Page, count)
		for i := range pieces {
			pieces[i] = []Page{subject(i, Length(w), Length(h))}
		}
		n := 0
		for _, s := range g.Sheets(g.Cells(pieces), start, Printer{}, nil) {
			n += len(on(s))
		}
		if columns > 0 && rows > 0 && n != count {
			t.Errorf("%d of %d", n, count)
		}
	})
}
