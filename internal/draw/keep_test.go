package draw

import (
	"math/rand/v2"
	"reflect"
	"testing"

	"vitrine/internal/layout"
)

// kept are geometries of all kinds.
func kept() map[string]*Geometry {
	return map[string]*Geometry{
		"outlines": Outlines(patchwork(rand.New(rand.NewPCG(3, 4)), 6, 5, 9), 0), "two": Outlines(twoPlaces(), 0),
		"mosaic": Mosaic(scattered(12, 5)), "nothing": Outlines(nil, 0), "empty": Outlines([]Outline{{Code: "1"}}, 0),
	}
}

// TestGeometryKept: what is read back draws the same, to the last bit.
func TestGeometryKept(t *testing.T) {
	box := layout.Rect{W: layout.MM(640), H: layout.MM(500)}
	for name, g := range kept() {
		got, err := ParseGeometry(g.Append(nil))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if !reflect.DeepEqual(got.At(box), g.At(box)) || got.Height(box.W) != g.Height(box.W) || got.Len() != g.Len() {
			t.Errorf("%s: it draws something else", name)
		}
		a, b := got.Locator(120), g.Locator(120)
		if (a == nil) != (b == nil) || a != nil && (a.Land != b.Land || !reflect.DeepEqual(a.Places, b.Places)) {
			t.Errorf("%s: another locator", name)
		}
		if again := got.Append(nil); !reflect.DeepEqual(again, g.Append(nil)) {
			t.Errorf("%s: written again, it differs", name)
		}
	}
}

// TestGeometryDamaged: what was cut or lengthened anywhere is refused.
func TestGeometryDamaged(t *testing.T) {
	whole := Outlines(twoPlaces(), 0).Append(nil)
	for n := range whole {
		if _, err := ParseGeometry(whole[:n]); err == nil {
			t.Fatalf("%d bytes of %d are taken", n, len(whole))
		}
	}
	if _, err := ParseGeometry(append(whole, 0)); err == nil {
		t.Error("a byte more is taken")
	}
}

// FuzzParseGeometry: whatever stands there is refused, or draws without harm.
func FuzzParseGeometry(f *testing.F) {
	for _, g := range kept() {
		f.Add(g.Append(nil))
	}
	f.Add([]byte(form))
	f.Add([]byte(form + "\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"))
	f.Fuzz(func(t *testing.T, data []byte) {
		g, err := ParseGeometry(data)
		if err != nil {
			return
		}
		if len(data) > 1<<14 {
			return
		}
		w := layout.MM(100)
		g.At(layout.Rect{W: w, H: w}).Items(make([]Cell, g.Len()), NewPaint(layout.Black, layout.Black, layout.White, w))
		g.Locator(50)
	})
}
