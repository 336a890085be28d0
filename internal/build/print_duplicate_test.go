package build

import (
	"testing"

	"vitrine/internal/layout"
)

// TestDuplicateKeepsClear puts the mark where nothing stands: in a corner of the safe zone,
// or where a round page is wide enough.
func TestDuplicateKeepsClear(t *testing.T) {
	mm := func(x, y, w, h float64) layout.Rect {
		return layout.Rect{X: layout.MM(x), Y: layout.MM(y), W: layout.MM(w), H: layout.MM(h)}
	}
	at := func(r layout.Rect) layout.Item { return &layout.Path{Rects: []layout.Rect{r}} }
	w, h := layout.MM(14), layout.MM(3)
	page := func(items ...layout.Item) *layout.Page {
		return &layout.Page{W: layout.MM(210), H: layout.MM(297), Safe: layout.MM(5), Items: items}
	}
	moved := &layout.Group{Transform: &layout.Matrix{A: 1, D: 1, E: layout.MM(160), F: layout.MM(245)}, Items: []layout.Item{at(mm(30, 40, 10, 10))}}
	for _, c := range []struct {
		name string
		page *layout.Page
		want layout.Rect
	}{
		{"nothing there", page(), mm(191, 289, 14, 3)},
		{"a ground under all", page(at(mm(-3, -3, 216, 303))), mm(191, 289, 14, 3)},
		{"a code in the corner", page(at(mm(180, 270, 25, 25))), mm(5, 289, 14, 3)},
		{"a group in the corner", page(moved), mm(5, 289, 14, 3)},
		{"both corners", page(at(mm(180, 270, 25, 25)), at(mm(5, 280, 40, 12))), mm(191, 5, 14, 3)},
		{"a line along the bottom", page(at(mm(5, 290, 200, 1))), mm(191, 5, 14, 3)},
	} {
		if got := free(c.page, w, h); got != c.want {
			t.Errorf("%s: at %v, want %v", c.name, got, c.want)
		}
	}
	for _, side := range []float64{40, 60, 100} {
		round := &layout.Page{W: layout.MM(side), H: layout.MM(side), Safe: layout.MM(3), Cut: &layout.Path{}}
		if got := free(round, w, h); !insideRound(round, got) || got.Y < round.H/2 {
			t.Errorf("round %v mm: at %v", side, got)
		}
	}
}
