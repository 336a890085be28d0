package draw

import "vitrine/internal/layout"

// patterns is how many there are: the first is plain, the others are lines or dots of the colour in an
// outline.
const patterns = 6

// fill paints a rectangle in the pattern of a series.
func (p *pen) fill(r layout.Rect, series int, color layout.Color) {
	if r.W <= 0 || r.H <= 0 {
		return
	}
	pattern := series % patterns
	if pattern == 0 {
		p.items = append(p.items, (&layout.Path{Fill: &color}).Rectangle(r, 0))
		return
	}
	thin := p.size / 11
	box := (&layout.Path{Fill: &p.Paper, Stroke: &color, Width: thin}).Rectangle(inset(r, thin/2), 0)
	p.items = append(p.items, box)
	lines := &layout.Path{Stroke: &color, Width: p.size / 9}
	step := p.size * 2 / 5
	in := inset(r, thin)
	if in.W <= 0 || in.H <= 0 {
		return
	}
	switch pattern {
	case 1:
		slants(lines, in, step, false)
	case 2:
		for y := in.Y + step/2; y < in.Y+in.H; y += step * 3 / 4 {
			lines.Move(in.X, y).Line(in.X+in.W, y)
		}
	case 3: // the outline alone
		return
	case 4:
		lines.Stroke, lines.Fill = nil, &color
		side := p.size / 6
		for y := in.Y + step/2; y+side <= in.Y+in.H; y += step {
			for x := in.X + step/2; x+side <= in.X+in.W; x += step {
				lines.Rects = append(lines.Rects, layout.Rect{X: x, Y: y, W: side, H: side})
			}
		}
	case 5:
		slants(lines, in, step, true)
	}
	if len(lines.Segs)+len(lines.Rects) > 0 {
		p.items = append(p.items, lines)
	}
}

func inset(r layout.Rect, d layout.Length) layout.Rect {
	d = min(d, r.W/2, r.H/2)
	return r.Inset(d)
}

// slants draws lines at 45 degrees through a rectangle, each cut at its sides.
func slants(path *layout.Path, r layout.Rect, step layout.Length, back bool) {
	step = step * 3 / 2
	for d := step / 2; d < r.W+r.H; d += step {
		// from the left or the bottom side to the top or the right one
		x0, y0 := d-r.H, r.H
		if x0 < 0 {
			x0, y0 = 0, d
		}
		x1, y1 := d, layout.Length(0)
		if x1 > r.W {
			x1, y1 = r.W, d-r.W
		}
		if back {
			y0, y1 = r.H-y0, r.H-y1
		}
		path.Move(r.X+x0, r.Y+y0).Line(r.X+x1, r.Y+y1)
	}
}
