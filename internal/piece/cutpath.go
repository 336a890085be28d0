package piece

import (
	"math"

	"vitrine/internal/layout"
)

// fitted reads SVG path data. With a viewbox it is scaled into the box and centred there; else one unit
// is a millimetre from the box's corner.
func fitted(d string, view []float64, at layout.Rect) ([]layout.Seg, error) {
	origin, unit := layout.Point{X: at.X, Y: at.Y}, layout.Mm
	if view != nil {
		unit = layout.Length(min(float64(at.W)/view[2], float64(at.H)/view[3]))
		origin.X += (at.W-layout.Length(view[2]*float64(unit)))/2 - layout.Length(view[0]*float64(unit))
		origin.Y += (at.H-layout.Length(view[3]*float64(unit)))/2 - layout.Length(view[1]*float64(unit))
	}
	return layout.ParsePath(d, origin, unit)
}

// sameNode is how near two ends are taken for one: a hundredth of a millimetre, less than any cutter
// can tell.
const sameNode = layout.Mm / 100

func near(a, b layout.Point) bool {
	return max(a.X-b.X, b.X-a.X) <= sameNode && max(a.Y-b.Y, b.Y-a.Y) <= sameNode
}

// closedParts is a path whose parts all end where they started, each ended by a Close. A part that
// comes back to its start by itself is closed here; one that does not is open, and the answer no.
func closedParts(segs []layout.Seg) ([]layout.Seg, bool) {
	var out []layout.Seg
	var start, pen layout.Point
	drawn, open := false, false // something was drawn since the part began; it is not closed yet
	end := func() bool {
		if open && drawn {
			if !near(start, pen) {
				return false
			}
			out = append(out, layout.Seg{Op: layout.Close})
		}
		drawn, open = false, false
		return true
	}
	for _, s := range segs {
		switch s.Op {
		case layout.MoveTo:
			if !end() {
				return nil, false
			}
			if n := len(out); n > 0 && out[n-1].Op == layout.MoveTo { // a move after a move: the first went nowhere
				out = out[:n-1]
			}
			start, pen, open = s.P[0], s.P[0], true
			out = append(out, s)
		case layout.Close:
			if open {
				out = append(out, s)
				pen, open, drawn = start, false, false
			}
		default:
			if !open { // on from where the last part was closed
				out = append(out, layout.Seg{Op: layout.MoveTo, P: [3]layout.Point{pen}})
				start, open = pen, true
			}
			drawn = true
			pen = s.P[0]
			if s.Op == layout.CurveTo {
				pen = s.P[2]
			}
			out = append(out, s)
		}
	}
	if !end() {
		return nil, false
	}
	if n := len(out); n > 0 && out[n-1].Op == layout.MoveTo {
		out = out[:n-1]
	}
	return out, true
}

// nodes counts the points that a path goes through.
func nodes(segs []layout.Seg) int {
	n := 0
	for _, s := range segs {
		if s.Op == layout.LineTo || s.Op == layout.CurveTo {
			n++
		}
	}
	return n
}

// piecewise calls visit with each line and curve of a path as the four points of a cubic curve. first
// tells that a new part begins.
func piecewise(segs []layout.Seg, visit func(p [4]layout.Point, line, first bool)) {
	var start, pen layout.Point
	first := true
	for _, s := range segs {
		switch s.Op {
		case layout.MoveTo:
			start, pen, first = s.P[0], s.P[0], true
		case layout.LineTo:
			visit([4]layout.Point{pen, pen, s.P[0], s.P[0]}, true, first)
			pen, first = s.P[0], false
		case layout.CurveTo:
			visit([4]layout.Point{pen, s.P[0], s.P[1], s.P[2]}, false, first)
			pen, first = s.P[2], false
		case layout.Close:
			if !near(pen, start) {
				visit([4]layout.Point{pen, pen, start, start}, true, first)
			}
			pen, first = start, false
		}
	}
}

// finely is into how many steps a curve is taken where its course is looked at.
const finely = 16

func bezier(p [4]layout.Point, t float64) (x, y float64) {
	u := 1 - t
	a, b, c, d := u*u*u, 3*u*u*t, 3*u*t*t, t*t*t
	return a*float64(p[0].X) + b*float64(p[1].X) + c*float64(p[2].X) + d*float64(p[3].X),
		a*float64(p[0].Y) + b*float64(p[1].Y) + c*float64(p[2].Y) + d*float64(p[3].Y)
}

// extent is the box around a path itself, not around its control points.
func extent(segs []layout.Seg) layout.Rect {
	var out layout.Rect
	began := false
	piecewise(segs, func(p [4]layout.Point, line, _ bool) {
		for i := range finely + 1 {
			x, y := bezier(p, float64(i)/finely)
			at := layout.Point{X: layout.Length(math.Round(x)), Y: layout.Length(math.Round(y))}
			if !began {
				out, began = layout.Rect{X: at.X, Y: at.Y}, true
			}
			x0, y0 := min(out.X, at.X), min(out.Y, at.Y)
			x1, y1 := max(out.X+out.W, at.X), max(out.Y+out.H, at.Y)
			out = layout.Rect{X: x0, Y: y0, W: x1 - x0, H: y1 - y0}
		}
	})
	return out
}

// enclosed is the area inside the largest part of a path.
func enclosed(segs []layout.Seg) float64 {
	var largest, sum float64
	piecewise(segs, func(p [4]layout.Point, _, first bool) {
		if first {
			sum = 0
		}
		x0, y0 := bezier(p, 0)
		for i := 1; i <= finely; i++ {
			x, y := bezier(p, float64(i)/finely)
			sum += (x0*y - x*y0) / 2
			x0, y0 = x, y
		}
		largest = max(largest, math.Abs(sum))
	})
	return largest
}

// sharp is the turn, in radians, from which a corner counts as one.
const sharp = 20 * math.Pi / 180

// tightest is the smallest radius that a path turns by: none at a corner, else that of its curves. It is
// looked at in steps, so that a kink between two of them may escape.
func tightest(segs []layout.Seg) layout.Length {
	least := math.Inf(1)
	var firstIn, lastOut float64 // directions
	began := false
	corner := func(a, b float64) {
		turn := math.Abs(math.Remainder(b-a, 2*math.Pi))
		if turn > sharp {
			least = 0
		}
	}
	finish := func() {
		if began {
			corner(lastOut, firstIn)
		}
	}
	piecewise(segs, func(p [4]layout.Point, line, first bool) {
		in, out, ok := directions(p)
		if !ok {
			return
		}
		if first {
			finish()
			began = false
		}
		if began {
			corner(lastOut, in)
		} else {
			firstIn, began = in, true
		}
		lastOut = out
		if !line {
			for i := range finely + 1 {
				least = min(least, radiusAt(p, float64(i)/finely))
			}
		}
	})
	finish()
	if math.IsInf(least, 1) || least > float64(1<<40) {
		return 1 << 40
	}
	return layout.Length(least)
}

// directions are those in which a curve leaves its first point and reaches its last.
func directions(p [4]layout.Point) (in, out float64, ok bool) {
	dir := func(a, b layout.Point) (float64, bool) {
		if near(a, b) {
			return 0, false
		}
		return math.Atan2(float64(b.Y-a.Y), float64(b.X-a.X)), true
	}
	for _, q := range p[1:] {
		if in, ok = dir(p[0], q); ok {
			break
		}
	}
	if !ok {
		return 0, 0, false
	}
	for _, q := range []layout.Point{p[2], p[1], p[0]} {
		if out, ok = dir(q, p[3]); ok {
			return in, out, true
		}
	}
	return in, in, true
}

// radiusAt is the radius of the circle that a curve follows at t; infinite where it is straight.
func radiusAt(p [4]layout.Point, t float64) float64 {
	u := 1 - t
	d := func(a, b layout.Point) (float64, float64) { return float64(b.X - a.X), float64(b.Y - a.Y) }
	ax, ay := d(p[0], p[1])
	bx, by := d(p[1], p[2])
	cx, cy := d(p[2], p[3])
	x1, y1 := 3*(u*u*ax+2*u*t*bx+t*t*cx), 3*(u*u*ay+2*u*t*by+t*t*cy)
	x2, y2 := 6*(u*(bx-ax)+t*(cx-bx)), 6*(u*(by-ay)+t*(cy-by))
	speed := math.Hypot(x1, y1)
	turn := math.Abs(x1*y2 - y1*x2)
	// where a control point lies on its end the curve stands still there, and says nothing of its bend
	if speed < float64(layout.Mm)/10 || turn == 0 {
		return math.Inf(1)
	}
	return speed * speed * speed / turn
}
