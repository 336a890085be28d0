package svg

import (
	"strings"
	"testing"

	"vitrine/internal/layout"
)

// Whole paths go from corner to corner of whole units: what two of them share, both have.
func TestWhole(t *testing.T) {
	mm := func(f float64) layout.Length { return layout.Length(f * float64(layout.Mm)) }
	path := &layout.Path{}
	path.Move(mm(10.4), mm(2)).Line(mm(12.6), mm(0.2)).Line(mm(12.7), mm(0.3)).Line(mm(12.6), mm(9)).Line(mm(1), mm(9)).Close()
	got := string(Encode(&layout.Page{W: mm(20), H: mm(10), Items: []layout.Item{path}}, Options{Inline: true, Whole: true, Defs: "<defs/>"}))
	if want := `<defs/><path d="M10 2l3-2 0 9-12 0Z" fill="none"/>`; !strings.Contains(got, want) {
		t.Errorf("%s, want %s", got, want)
	}
	path.Segs = append(path.Segs, layout.Seg{Op: layout.CurveTo})
	got = string(Encode(&layout.Page{W: mm(20), H: mm(10), Items: []layout.Item{path}}, Options{Whole: true}))
	if !strings.Contains(got, `d="M10.4 2L12.6 0.2`) {
		t.Errorf("a path with a curve: %s", got)
	}
}
