package piece

import (
	"math"
	"testing"

	"vitrine/internal/layout"
)

func segs(t testing.TB, d string) []layout.Seg {
	t.Helper()
	out, err := layout.ParsePath(d, layout.Point{}, layout.Mm)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestClosedParts(t *testing.T) {
	for _, c := range []struct {
		d      string
		closed bool
		nodes  int
	}{
		{"M0 0 H10 V10 H0 Z", true, 3},
		{"M0 0 H10 V10 H0 V0", true, 4},    // back where it began, without saying so
		{"M0 0 H10 V10 H0", false, 0},      // not
		{"M0 0 H10 V10 Z M2 2", true, 2},   // a move to nowhere
		{"M0 0 M0 0 H10 V10 Z", true, 2},   // two moves
		{"M0 0 H10 V10 Z H5 V5", false, 0}, // drawn on after the end
		{"M0 0 H10 V10 Z l3 3 l3 0 z", true, 4},
		{"M0 0 H10 V10 Z M1 1 H3 V3", false, 0}, // the second part
		{"M5 5", true, 0},
		{"M0 0 H10 V10 H0 L0.005 0.005", true, 4},
	} {
		got, closed := closedParts(segs(t, c.d))
		if closed != c.closed || closed && nodes(got) != c.nodes {
			t.Errorf("%s: %v, %d nodes; want %v, %d", c.d, closed, nodes(got), c.closed, c.nodes)
		}
	}
}

func TestTightest(t *testing.T) {
	for _, c := range []struct {
		d    string
		want float64 // mm
	}{
		{"M10 0 A10 10 0 1 1 -10 0 A10 10 0 1 1 10 0 Z", 10},
		{"M0 0 H50 V30 Z", 0},
		{"M4 0 H46 A4 4 0 0 1 50 4 V26 A4 4 0 0 1 46 30 H4 A4 4 0 0 1 0 26 V4 A4 4 0 0 1 4 0 Z", 4},
		{"M2 0 H48 A2 2 0 0 1 50 2 V28 A2 2 0 0 1 48 30 H2 A2 2 0 0 1 0 28 V2 A2 2 0 0 1 2 0 Z", 2},
		{"M20 37 C14 32 3 24 3 13 C3 7 7 3 12 3 C16 3 18 5.2 20 5.2 C22 5.2 24 3 28 3 C33 3 37 7 37 13 C37 24 26 32 20 37 Z", 0},
	} {
		s, _ := closedParts(segs(t, c.d))
		if got := tightest(s).MM(); math.Abs(got-c.want) > c.want/20 {
			t.Errorf("%s: %.2f mm, want %g", c.d, got, c.want)
		}
	}
}

func TestEnclosed(t *testing.T) {
	mm2 := float64(layout.Mm) * float64(layout.Mm)
	for _, c := range []struct {
		d    string
		want float64
	}{
		{"M0 0 H10 V10 H0 Z", 100},
		{"M0 0 V10 H10 V0 Z", 100},
		{"M10 0 A10 10 0 1 1 -10 0 A10 10 0 1 1 10 0 Z", 100 * math.Pi},
		{"M0 0 H10 H0 Z", 0},
		{"M0 0 H10 V10 H0 Z M20 20 h2 v2 h-2 Z", 100},
	} {
		if got := enclosed(segs(t, c.d)) / mm2; math.Abs(got-c.want) > 1 {
			t.Errorf("%s: %.2f mm², want %g", c.d, got, c.want)
		}
	}
}

// FuzzCut reads anything as a contour. What is taken is closed, part by part, and the same when it is
// read again; looking at it never fails.
func FuzzCut(f *testing.F) {
	for _, d := range []string{
		"M0 0 H10 V10 H0 Z", "M0 0 H10 V10 H0 V0", "M0 0 H10 V10", "m5 5 l1 1 z l2 2 z", "M0 0 M1 1 M2 2 Z Z",
		"M10 0 A10 10 0 1 1 -10 0 A10 10 0 1 1 10 0 Z", "M0 0 C0 0 0 0 0 0 Z", "M1e6 1e6 T-1e6 0 T5 5 Z", "M0 0 Q5 5 0 0 S1 1 0 0 z", "Z", "M", "",
	} {
		f.Add(d)
	}
	f.Fuzz(func(t *testing.T, d string) {
		at := layout.Rect{W: 80 * layout.Mm, H: 60 * layout.Mm}
		for _, view := range [][]float64{nil, {0, 0, 10, 10}, {-5, 3, 1e-9, 5000}} {
			s, err := fitted(d, view, at)
			if err != nil {
				return
			}
			out, closed := closedParts(s)
			if !closed {
				continue
			}
			open := false
			for i, g := range out {
				switch {
				case g.Op == layout.MoveTo && open, g.Op != layout.MoveTo && !open:
					t.Fatalf("%q: segment %d of %v", d, i, out)
				}
				open = g.Op != layout.Close
			}
			if open {
				t.Fatalf("%q ends open: %v", d, out)
			}
			again, ok := closedParts(out)
			if !ok || len(again) != len(out) {
				t.Fatalf("%q: closed once %v, twice %v", d, out, again)
			}
			if r := tightest(out); r < 0 {
				t.Fatalf("%q: a radius of %v", d, r)
			}
			if a := enclosed(out); math.IsNaN(a) || a < 0 {
				t.Fatalf("%q: an area of %v", d, a)
			}
			if b := extent(out); b.W < 0 || b.H < 0 {
				t.Fatalf("%q: %v", d, b)
			}
			back := mirrored(mirrored(&layout.Path{Segs: out}, at.W), at.W)
			for i := range out {
				if back.Segs[i].P != out[i].P {
					t.Fatalf("%q: mirrored twice is not itself", d)
				}
			}
		}
	})
}
