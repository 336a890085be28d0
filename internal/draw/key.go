package draw

import "vitrine/internal/layout"

// Sample is one entry of a map's key: a level and what it stands for, in words.
type Sample struct {
	Level int
	Text  string
}

// Key draws the key to a map: a sample of each level with its words, one after the other in rows from the top of a box. It
// returns how high they are, and how wide the widest row is.
func Key(at layout.Rect, samples []Sample, paint Paint) (items []layout.Item, h, w layout.Length) {
	if paint.Shaper == nil || paint.Font == nil || len(samples) == 0 {
		return nil, 0, 0
	}
	size := paint.Size
	patch := layout.Rect{W: size * 9 / 5, H: size * 11 / 10}
	hatch := paint.Hatch // a large map's is too wide for a sample
	if fine := patch.H / 2; hatch.Step > fine {
		hatch.Step, hatch.Width = fine, max(Hairline, layout.Length(float64(hatch.Width)*float64(fine)/float64(hatch.Step)))
	}
	gap, row := size*2/5, size*8/5
	x, y := layout.Length(0), layout.Length(0)
	for _, s := range samples {
		fit := paint.Shaper.Text(layout.Rect{W: at.W * 100, H: 2 * size},
			[]layout.Para{{Spans: []layout.Span{{Text: s.Text, Font: paint.Font, Color: paint.Mark}}}},
			layout.TextStyle{Size: size, Lines: 1, VAlign: layout.Middle})
		wide := patch.W
		for _, item := range fit.Items {
			if t, ok := item.(*layout.Text); ok {
				wide = max(wide, patch.W+gap+t.X+t.Width())
			}
		}
		if x > 0 && x+wide > at.W {
			x, y = 0, y+row
		}
		level := max(0, min(Levels, s.Level))
		box := (&layout.Path{Fill: &paint.Fills[level]}).Rectangle(layout.Rect{X: at.X + x, Y: at.Y + y, W: patch.W, H: patch.H}, 0)
		items = append(items, box)
		if lines := hatch.fill(box.Segs, level, layout.Rect{}); lines != nil {
			items = append(items, lines)
		}
		for _, item := range fit.Items {
			if t, ok := item.(*layout.Text); ok {
				moved := *t
				moved.X += at.X + x + patch.W + gap
				moved.Y += at.Y + y + patch.H/2 - size
				items = append(items, &moved)
			}
		}
		w = max(w, x+wide)
		x += wide + size*6/5
	}
	return items, y + patch.H, w
}
