package draw

import (
	"math"
	"math/rand/v2"
	"reflect"
	"testing"

	"vitrine/internal/layout"
)

// ringsOf are the rings of a drawn cell, its fill.
func ringsOf(g *layout.Group) [][]point { return corners(g.Items[0].(*layout.Path).Segs) }

// TestHatch: on mosaics and outlines of any size, every cell of a middle level has a hatching of its own, in its
// bounds, clear of its label, of lines no thinner than a press holds; the others have none.
func TestHatch(t *testing.T) {
	ink, paper := layout.Black, layout.White
	shaper, font := layout.NewShaper("fr"), testFont(t)
	for name, g := range map[string]*Geometry{
		"mosaic": Mosaic(scattered(40, 3)), "few": Mosaic(scattered(3, 1)), "outlines": Outlines(patchwork(rand.New(rand.NewPCG(1, 2)), 5, 4, 6), 0),
	} {
		for _, mm := range []float64{25, 60, 190} {
			box := layout.Rect{X: layout.MM(10), Y: layout.MM(7), W: layout.MM(mm), H: layout.MM(mm)}
			paint := NewPaint(layout.RGBColor(29, 91, 60), ink, paper, box.W)
			paint.Shaper, paint.Font = shaper, font
			cells := make([]Cell, g.Len())
			for i := range cells {
				cells[i] = Cell{Level: i % (Levels + 1), Label: "12", Title: "X"}
			}
			items := g.At(box).Items(cells, paint)
			if !reflect.DeepEqual(items, g.At(box).Items(cells, paint)) {
				t.Fatal("drawn twice, it differs")
			}
			empty := 0
			for _, item := range items {
				group := item.(*layout.Group)
				level := int(group.Class[1] - '0')
				room := roomOf(group.Items[len(group.Items)-1:])
				if len(group.Items) == 2 {
					if hatched(level) {
						empty++
					}
					continue
				}
				if !hatched(level) || len(group.Items) != 4 {
					t.Fatalf("%s, %v mm: level %d has %d items", name, mm, level, len(group.Items))
				}
				rings := ringsOf(group)
				lines := group.Items[1].(*layout.Path)
				if (level == 1) != (lines.Fill != nil) || lines.Stroke != nil && lines.Width < Hairline {
					t.Fatalf("%s: level %d: %+v", name, level, lines)
				}
				falling, rising := 0, 0
				for i, s := range lines.Segs {
					if s.Op == layout.CurveTo || s.Op == layout.Close {
						continue
					}
					p := point{float64(s.P[0].X), float64(s.P[0].Y)}
					if clearance(p, rings) < -2 { // rounding
						t.Fatalf("%s, %v mm: a line of level %d ends %.0f outside its cell", name, mm, level, -clearance(p, rings))
					}
					if s.Op != layout.LineTo {
						continue
					}
					from := lines.Segs[i-1].P[0]
					middle := layout.Point{X: (from.X + s.P[0].X) / 2, Y: (from.Y + s.P[0].Y) / 2}
					if room.W > 2 && middle.X > room.X+1 && middle.X < room.X+room.W-1 && middle.Y > room.Y+1 && middle.Y < room.Y+room.H-1 {
						t.Fatalf("%s, %v mm: a line runs through the label", name, mm)
					}
					if (s.P[0].X > from.X) == (s.P[0].Y > from.Y) {
						falling++
					} else {
						rising++
					}
				}
				if level == 2 && (falling > 0 || rising == 0) {
					t.Errorf("%s, %v mm: one kind of lines: %d and %d", name, mm, rising, falling)
				}
				if edge := group.Items[2].(*layout.Path); edge.Stroke == nil || edge.Fill != nil {
					t.Errorf("%+v", edge)
				}
			}
			if empty > g.Len()/10 { // cells that their labels fill
				t.Errorf("%s, %v mm: %d of %d cells have no hatching", name, mm, empty, g.Len())
			}
			for i := range cells {
				cells[i].Label = ""
			}
			for _, item := range g.At(box).Items(cells, paint) {
				group := item.(*layout.Group)
				if level := int(group.Class[1] - '0'); hatched(level) != (len(group.Items) == 3) {
					t.Errorf("%s, %v mm, without labels: level %d has %d items", name, mm, level, len(group.Items))
				}
			}
		}
	}
}

// TestHatchOfHoles: a hatching leaves holes free, and neighbours' lines join.
func TestHatchOfHoles(t *testing.T) {
	square := func(p *layout.Path, x, y, side float64) *layout.Path {
		return p.Rectangle(layout.Rect{X: layout.MM(x), Y: layout.MM(y), W: layout.MM(side), H: layout.MM(side)}, 0)
	}
	h := Hatch{Step: layout.MM(1), Width: layout.MM(0.2)}
	var ring layout.Path
	square(square(&ring, 0, 0, 20), 5, 5, 10)
	length := func(level int, segs []layout.Seg) float64 {
		sum := 0.0
		p := h.fill(segs, level, layout.Rect{})
		for i, s := range p.Segs {
			if s.Op == layout.LineTo && i > 0 {
				sum += math.Hypot((s.P[0].X - p.Segs[i-1].P[0].X).MM(), (s.P[0].Y - p.Segs[i-1].P[0].Y).MM())
			}
		}
		return sum
	}
	// lines a millimetre apart are as long as the area is large
	if got := length(2, ring.Segs); math.Abs(got-300) > 10 {
		t.Errorf("%.1f mm of lines on 300 mm²", got)
	}
	if got := length(3, ring.Segs); math.Abs(got-600) > 20 {
		t.Errorf("%.1f mm of crossed lines on 300 mm²", got)
	}
	for _, level := range []int{-1, 0, Levels, 9} {
		if h.fill(ring.Segs, level, layout.Rect{}) != nil {
			t.Errorf("level %d is hatched", level)
		}
	}
	if none := (&Hatch{}).fill(ring.Segs, 2, layout.Rect{}); none != nil {
		t.Error("no hatch is one")
	}
}

// TestKey: samples stand in rows within the width, each with its words; none without samples.
func TestKey(t *testing.T) {
	paint := NewPaint(layout.RGBColor(240, 200, 40), layout.Black, layout.White, layout.MM(100))
	paint.Shaper, paint.Font, paint.Size = layout.NewShaper("fr"), testFont(t), 9*layout.Pt
	if contrast(paint.Fills[Levels], layout.White) < 3 || contrast(paint.Hatch.Color, paint.Fills[1]) < 2 {
		t.Error("a pale accent is not seen on paper")
	}
	at := layout.Rect{X: layout.MM(10), Y: layout.MM(20), W: layout.MM(45), H: layout.MM(30)}
	samples := []Sample{{0, "0"}, {1, "1"}, {2, "2 à 4"}, {3, "5 à 9"}, {4, "10 à 24"}}
	items, h, w := Key(at, samples, paint)
	texts := 0
	for _, item := range items {
		var b layout.Rect
		switch item := item.(type) {
		case *layout.Path:
			b = item.Bounds()
		case *layout.Text:
			texts++
			b = layout.Rect{X: item.X, Y: item.Y, W: item.Width()}
		}
		if b.X < at.X || b.Y < at.Y || b.X+b.W > at.X+at.W || b.Y+b.H > at.Y+h {
			t.Errorf("%v leaves %v, %v high", b, at, h)
		}
	}
	if texts != len(samples) || w > at.W || h < 2*paint.Size {
		t.Errorf("%d texts, %v wide, %v high", texts, w, h)
	}
	if items, h, w := Key(at, nil, paint); items != nil || h != 0 || w != 0 {
		t.Error("a key to nothing")
	}
}
