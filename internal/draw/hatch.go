package draw

import (
	"math"
	"slices"

	"vitrine/internal/layout"
)

// What the middle levels of a printed map are filled with besides their tints, as on the pages: dots, lines, crossed
// lines. They are real lines that end at the border, not a pattern of the printer's: they scale, and a
// black-and-white print tells the levels apart.

// Hairline is the thinnest line of a hatching: presses lose what is thinner.
const Hairline = layout.Pt / 4

// Hatch is how hatchings look. The zero value is none.
type Hatch struct {
	Color layout.Color
	Step  layout.Length // between lines, across
	Width layout.Length // of lines, not under Hairline; dots are twice as wide
}

// hatched tells whether cells of a level have a hatching.
func hatched(level int) bool { return level > 0 && level < Levels }

// fill hatches what lies between the rings of a path of straight segments, and leaves a rectangle free: the label's.
// Where a shape is so small that nothing falls into it, lines come closer.
func (h *Hatch) fill(segs []layout.Seg, level int, free layout.Rect) *layout.Path {
	if h.Step <= 0 || !hatched(level) {
		return nil
	}
	rings := corners(segs)
	for step := float64(h.Step); step >= float64(h.Step)/4; step /= 2 {
		width := max(Hairline, min(h.Width, layout.Length(step/4)))
		var p *layout.Path
		if level == 1 {
			p = &layout.Path{Fill: &h.Color}
			dots(p, rings, step, float64(width), free)
		} else {
			p = &layout.Path{Stroke: &h.Color, Width: width}
			slanted(p, rings, step, free, false)
			if level == 3 {
				slanted(p, rings, step, free, true)
			}
		}
		if len(p.Segs) > 0 {
			return p
		}
	}
	if at, room := roomiest(rings); level == 1 && free.W == 0 && room > 0 { // one dot, as large as there is room
		r := layout.Length(min(float64(h.Width), room*0.7))
		return (&layout.Path{Fill: &h.Color}).Ellipse(layout.Rect{X: layout.Length(at.x) - r, Y: layout.Length(at.y) - r, W: 2 * r, H: 2 * r})
	}
	return nil
}

// corners are the rings of a path of straight segments.
func corners(segs []layout.Seg) [][]point {
	var rings [][]point
	for _, s := range segs {
		p := point{float64(s.P[0].X), float64(s.P[0].Y)}
		switch s.Op {
		case layout.MoveTo:
			rings = append(rings, []point{p})
		case layout.LineTo:
			rings[len(rings)-1] = append(rings[len(rings)-1], p)
		}
	}
	return rings
}

// slanted draws lines at 45 degrees through rings, rising, or falling with down. All shapes of a drawing have the lines of
// one grid, so that neighbours of a level join.
func slanted(path *layout.Path, rings [][]point, step float64, free layout.Rect, down bool) {
	// u is constant along a line, v runs along it
	turn := func(p point) (u, v float64) {
		if down {
			return p.x - p.y, p.x + p.y
		}
		return p.x + p.y, p.x - p.y
	}
	add := func(u, v0, v1 float64) {
		if v1-v0 < step/8 {
			return
		}
		for i, v := range [2]float64{v0, v1} {
			x, y := layout.Length(math.Round((u+v)/2)), layout.Length(math.Round((u-v)/2))
			if down {
				y = layout.Length(math.Round((v - u) / 2))
			}
			if i == 0 {
				path.Move(x, y)
			} else {
				path.Line(x, y)
			}
		}
	}
	least, most := math.Inf(1), math.Inf(-1)
	for _, ring := range rings {
		for _, p := range ring {
			u, _ := turn(p)
			least, most = min(least, u), max(most, u)
		}
	}
	step *= math.Sqrt2 // in u
	var cuts []float64
	for k := math.Ceil(least/step - 0.5); (k+0.5)*step < most; k++ {
		u := (k + 0.5) * step
		cuts = cuts[:0]
		for _, ring := range rings {
			for i, p := range ring {
				ua, va := turn(p)
				ub, vb := turn(ring[(i+1)%len(ring)])
				if (ua <= u) != (ub <= u) {
					cuts = append(cuts, va+(vb-va)*(u-ua)/(ub-ua))
				}
			}
		}
		slices.Sort(cuts)
		// the free rectangle, on this line
		x0, x1, y0, y1 := float64(free.X), float64(free.X+free.W), float64(free.Y), float64(free.Y+free.H)
		a, b := max(2*x0-u, u-2*y1), min(2*x1-u, u-2*y0)
		if down {
			a, b = max(2*x0-u, u+2*y0), min(2*x1-u, u+2*y1)
		}
		for i := 0; i+1 < len(cuts); i += 2 {
			if free.W <= 0 || b <= a || b <= cuts[i] || a >= cuts[i+1] {
				add(u, cuts[i], cuts[i+1])
				continue
			}
			add(u, cuts[i], a)
			add(u, b, cuts[i+1])
		}
	}
}

// dots are on a grid turned by 45 degrees; each is whole.
func dots(path *layout.Path, rings [][]point, step, radius float64, free layout.Rect) {
	minX, minY, maxX, maxY := math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	for _, ring := range rings {
		for _, p := range ring {
			minX, minY, maxX, maxY = min(minX, p.x), min(minY, p.y), max(maxX, p.x), max(maxY, p.y)
		}
	}
	half := step / math.Sqrt2 // rows, every other one moved by as much
	r := layout.Length(math.Round(radius))
	for k := math.Floor(minY / half); k*half <= maxY; k++ {
		y := k * half
		shift := 0.0
		if math.Mod(math.Abs(k), 2) == 1 {
			shift = half
		}
		for j := math.Floor((minX - shift) / (2 * half)); j*2*half+shift <= maxX; j++ {
			p := point{j*2*half + shift, y}
			at := layout.Point{X: layout.Length(math.Round(p.x)), Y: layout.Length(math.Round(p.y))}
			if free.W > 0 && at.X+r > free.X && at.X-r < free.X+free.W && at.Y+r > free.Y && at.Y-r < free.Y+free.H {
				continue
			}
			if clearance(p, rings) >= radius*1.2 {
				path.Ellipse(layout.Rect{X: at.X - r, Y: at.Y - r, W: 2 * r, H: 2 * r})
			}
		}
	}
}
