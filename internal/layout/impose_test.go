package layout

import (
	"reflect"
	"slices"
	"strings"
	"testing"
)

// reading folds the sheets of a booklet, puts them into each other and turns the pages: the numbers that
// stand on them, -1 for a blank one.
func reading(t *testing.T, sides []Page, w Length) []int {
	t.Helper()
	if len(sides)%2 != 0 {
		t.Fatalf("%d sides", len(sides))
	}
	halves := func(p Page) (left, right int) {
		left, right = -1, -1
		for n, at := range on(p) {
			if len(at) != 1 {
				t.Fatalf("page %d stands %d times on a side", n, len(at))
			}
			if at[0].X < w/2 {
				left = n
			} else {
				right = n
			}
		}
		return left, right
	}
	// a leaf is half of a sheet: turned over, its left half lies behind its right one
	var before, after []int
	for i := 0; i < len(sides); i += 2 {
		outerLeft, outerRight := halves(sides[i])
		innerLeft, innerRight := halves(sides[i+1])
		before = append(before, outerRight, innerLeft)
		after = append([]int{innerRight, outerLeft}, after...)
	}
	return append(before, after...)
}

func TestBookletReadsInOrder(t *testing.T) {
	const w, h = 297 * Mm, 210 * Mm
	for n := 1; n <= 70; n++ {
		pages := make([]Page, n)
		for i := range pages {
			pages[i] = subject(i, 148*Mm, 210*Mm)
		}
		sides := Booklet(pages, w, h, Printer{})
		got := reading(t, sides, w)
		var want []int
		for i := range n - 1 {
			want = append(want, i)
		}
		for len(want)%4 != 3 && n > 1 {
			want = append(want, -1)
		}
		want = append(want, n-1)
		for len(want)%4 != 0 {
			want = append(want, -1)
		}
		if !slices.Equal(got, want) {
			t.Fatalf("%d pages: read as %v", n, got)
		}
	}
	if Booklet(nil, w, h, Printer{}) != nil {
		t.Error("a booklet of nothing")
	}
}

// TestBookletPairs holds the order that printers know by heart.
func TestBookletPairs(t *testing.T) {
	pages := make([]Page, 8)
	for i := range pages {
		pages[i] = subject(i+1, 140*Mm, 200*Mm)
	}
	var got [][2]int
	for _, side := range Booklet(pages, 297*Mm, 210*Mm, Printer{}) {
		pair := [2]int{}
		for n, at := range on(side) {
			// against the fold, in the middle of the height
			x, y := 297*Mm/2+70*Mm, 105*Mm
			if at[0].X < 297*Mm/2 {
				pair[0], x = n, 297*Mm/2-70*Mm
			} else {
				pair[1] = n
			}
			if at[0] != (Point{x, y}) {
				t.Errorf("page %d is at %v", n, at[0])
			}
		}
		got = append(got, pair)
	}
	if want := [][2]int{{8, 1}, {2, 7}, {6, 3}, {4, 5}}; !reflect.DeepEqual(got, want) {
		t.Errorf("%v", got)
	}
	p := Page{W: 149 * Mm, H: 210 * Mm}
	if !BookletFits(&p, 297*Mm, 210*Mm) {
		t.Error("half a millimetre is allowed")
	}
	if p.W = 150 * Mm; BookletFits(&p, 297*Mm, 210*Mm) {
		t.Error("too wide")
	}
}

// TestMarks: whatever the page's size, marks lie in the slug: off the bleed, and inside the sheet.
func TestMarks(t *testing.T) {
	note := &Note{Shaper: NewShaper("fr"), Font: themeFont(t, "text-400", "text")}
	for _, size := range [][3]float64{{297, 210, 3}, {120, 120, 3}, {40, 40, 2}, {85, 55, 5}, {1200, 1760, 10}, {30, 30, 0}} {
		p := Page{W: MM(size[0]), H: MM(size[1]), Bleed: MM(size[2]), Items: []Item{&Path{Fill: &Black, Rects: []Rect{{-20 * Mm, 0, Mm, Mm}}}}}
		Marks(&p, "Bons gestes 2023 — Boulangerie Petit", note)
		bleed := bleedBox(&p)
		media := bleed.Inset(-p.Slug)
		if p.Slug != SlugWidth {
			t.Fatal("no slug")
		}
		page, ok := p.Items[0].(*Group)
		if !ok || page.Clip == nil || page.Clip.Bounds() != bleed || len(page.Items) != 1 {
			t.Fatal("the page is not cut at its bleed")
		}
		registration, words := 0, false
		for _, item := range p.Items[1:] {
			var parts []Rect
			switch it := item.(type) {
			case *Text:
				words = true
				if it.Color.Spot != "All" {
					t.Error("words on one plate alone")
				}
				parts = []Rect{{it.X, it.Y - it.Size, it.Width(), it.Size}}
			case *Path:
				if it.Stroke != nil {
					if it.Stroke.Spot != "All" || it.Width != hairline {
						t.Error("a mark that is not on every plate, or not a hairline")
					}
					registration++
				}
				for _, s := range split(it.Segs) {
					parts = append(parts, (&Path{Segs: s}).Bounds())
				}
			}
			for _, r := range parts {
				if r.X < bleed.X+bleed.W && r.X+r.W > bleed.X && r.Y < bleed.Y+bleed.H && r.Y+r.H > bleed.Y {
					t.Errorf("%v: %v lies in the bleed", size, r)
				}
				if !media.Contains(r) {
					t.Errorf("%v: %v leaves the sheet %v", size, r, media)
				}
			}
		}
		if registration != 2 {
			t.Errorf("%d kinds of marks", registration)
		}
		if size[0] >= 120 && !words {
			t.Errorf("%v: nothing says what it is", size)
		}
	}
}

// split cuts segments into their parts.
func split(segs []Seg) [][]Seg {
	var out [][]Seg
	for _, s := range segs {
		if s.Op == MoveTo {
			out = append(out, nil)
		}
		out[len(out)-1] = append(out[len(out)-1], s)
	}
	return out
}

// TestCalibration: crosses ten millimetres from the edges, rulers of the length they say, all on paper.
func TestCalibration(t *testing.T) {
	note := &Note{Shaper: NewShaper("fr"), Font: themeFont(t, "text-400", "text"), Ruler: "50 mm", Advice: "imprimer à 100 %"}
	text := CalibrationText{Title: "Calage", Intro: "x", Steps: []string{strings.Repeat("mesurez ", 20), "b", "c"}, Hold: "Tenez-la contre une planche"}
	g := &Grid{Name: "L7160", W: 210 * Mm, H: 297 * Mm, Columns: 3, Rows: 7, First: Rect{MM(7.2), MM(15.15), MM(63.5), MM(38.1)}, Pitch: Point{MM(66.04), MM(38.1)}}
	pr := Printer{Offset: Point{Mm, 0}, ScaleX: 1.01}
	pages := Calibration(text, themeFont(t, "title-400", "title"), note, pr, g)
	if len(pages) != 2 {
		t.Fatalf("%d pages", len(pages))
	}
	if _, moved := pages[0].Items[0].(*Group); moved {
		t.Error("what shows the printer's errors is corrected")
	}
	if _, moved := pages[1].Items[0].(*Group); !moved {
		t.Error("a stock's page is not corrected")
	}
	paper := Rect{0, 0, 210 * Mm, 297 * Mm}.Inset(border)
	var across, down bool
	for _, item := range pages[0].Items {
		switch it := item.(type) {
		case *Path:
			b := it.Bounds()
			across, down = across || b.W == 180*Mm && b.H == rulerHeight, down || b.H == 250*Mm && b.W == rulerHeight
			if !paper.Contains(b) {
				t.Errorf("%v is where printers drop it", b)
			}
		case *Text:
			if !paper.Contains(Rect{it.X, it.Y, it.Width(), 0}) {
				t.Errorf("%q is where printers drop it", it.Text)
			}
		}
	}
	if !across || !down {
		t.Error("a ruler is missing")
	}
	numbers := 0
	for _, item := range pages[1].Items[0].(*Group).Items {
		if _, ok := item.(*Text); ok {
			numbers++
		}
	}
	if numbers < 21 {
		t.Errorf("%d numbers", numbers)
	}
	if plain := Calibration(text, nil, nil, Printer{}, g); len(plain) != 2 {
		t.Error("without words")
	}
}
