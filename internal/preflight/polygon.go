package preflight

import (
	"math"

	"vitrine/internal/layout"
)

// bends is how many straight pieces stand for a curve: a quarter of a circle of 60 mm is then off by
// less than a tenth of a millimetre.
const bends = 14

// flatten makes the polygon of a thing's path, on the page, once.
func (c *Checker) flatten(t *thing) {
	if t.to > 0 {
		return
	}
	t.first, t.from = len(c.points), len(c.parts)
	c.points, c.parts = flat(t.path, &t.m, c.points, c.parts)
	if t.from == len(c.parts) {
		c.parts = append(c.parts, len(c.points))
	}
	t.to = len(c.parts)
}

// flat adds a path's parts as points. Every part is closed, as a fill closes it.
func flat(p *layout.Path, m *matrix, points []point, parts []int) ([]point, []int) {
	open := len(points)
	end := func() {
		if len(points) > open {
			parts = append(parts, len(points))
		}
		open = len(points)
	}
	for i := range p.Segs {
		s := &p.Segs[i]
		switch s.Op {
		case layout.MoveTo:
			end()
			points = append(points, m.apply(s.P[0]))
		case layout.LineTo:
			points = append(points, m.apply(s.P[0]))
		case layout.CurveTo:
			if len(points) == open {
				points = append(points, m.apply(s.P[0]))
			}
			a, b, q, d := points[len(points)-1], m.apply(s.P[0]), m.apply(s.P[1]), m.apply(s.P[2])
			for k := 1; k <= bends; k++ {
				u := float64(k) / bends
				v := 1 - u
				w0, w1, w2, w3 := v*v*v, 3*v*v*u, 3*v*u*u, u*u*u
				points = append(points, point{w0*a.x + w1*b.x + w2*q.x + w3*d.x, w0*a.y + w1*b.y + w2*q.y + w3*d.y})
			}
		case layout.Close:
			if len(points) > open {
				points = append(points, points[open])
			}
		}
	}
	end()
	for _, r := range p.Rects {
		for _, q := range box(r).corners() {
			points = append(points, m.at(q.x, q.y))
		}
		end()
	}
	return points, parts
}

// edges goes along the sides of a thing's polygon, closing every part, until f says to stop.
func (c *Checker) edges(t *thing, closed bool, f func(a, b point) bool) {
	c.flatten(t)
	start := t.first
	for _, end := range c.parts[t.from:t.to] {
		pts := c.points[start:end]
		for i := 1; i < len(pts); i++ {
			if !f(pts[i-1], pts[i]) {
				return
			}
		}
		if closed && len(pts) > 1 && !f(pts[len(pts)-1], pts[0]) {
			return
		}
		start = end
	}
}

// winds tells whether a thing's polygon winds around a place.
func (c *Checker) winds(t *thing, p point) bool {
	start, turns, crossings := t.first, 0, 0
	for _, end := range c.parts[t.from:t.to] {
		pts := c.points[start:end]
		start = end
		for i := range pts {
			a, b := pts[i], pts[0]
			if i+1 < len(pts) {
				b = pts[i+1]
			}
			if (a.y <= p.y) == (b.y <= p.y) {
				continue
			}
			if x := a.x + (p.y-a.y)/(b.y-a.y)*(b.x-a.x); x > p.x {
				crossings++
				if a.y <= p.y {
					turns++
				} else {
					turns--
				}
			}
		}
	}
	if t.path.EvenOdd {
		return crossings%2 == 1
	}
	return turns != 0
}

// covers tells whether what a thing fills holds all of a box.
func (c *Checker) covers(t *thing, r rect) bool {
	for _, p := range r.corners() {
		if !c.inside(t, p) {
			return false
		}
	}
	if t.path == nil || t.form == rectangle || t.form == ellipse {
		return true
	}
	whole := true
	c.edges(t, true, func(a, b point) bool { whole = !crosses(a, b, r); return whole })
	return whole
}

// touches tells whether anything that a thing draws lies in a box.
func (c *Checker) touches(t *thing, r rect) bool {
	if !t.box.meets(r) {
		return false
	}
	if t.path == nil {
		return true
	}
	if t.path.Fill != nil {
		if c.inside(t, point{(r.x0 + r.x1) / 2, (r.y0 + r.y1) / 2}) {
			return true
		}
		for _, p := range r.corners() {
			if c.inside(t, p) {
				return true
			}
		}
	}
	if t.path.Stroke != nil {
		r = r.grown(float64(t.path.Width) * t.m.scale() / 2)
	}
	hit := false
	c.edges(t, t.path.Fill != nil, func(a, b point) bool { hit = crosses(a, b, r); return !hit })
	return hit
}

// crosses tells whether a line from a to b has a point in a box.
func crosses(a, b point, r rect) bool {
	from, to := 0.0, 1.0
	for _, s := range [4][2]float64{{a.x - b.x, a.x - r.x0}, {b.x - a.x, r.x1 - a.x}, {a.y - b.y, a.y - r.y0}, {b.y - a.y, r.y1 - a.y}} {
		switch {
		case s[0] == 0:
			if s[1] < 0 {
				return false
			}
		case s[0] < 0:
			from = max(from, s[1]/s[0])
		default:
			to = min(to, s[1]/s[0])
		}
	}
	return from <= to
}

// contour is where the page is cut.
type contour struct {
	box    rect
	points []point // none: the box is the cut
	ends   []int
	center point
	inner  float64 // the radius around center that the cut does not enter
	least  float64 // the least distance asked for so far
}

func (k *contour) set(p *layout.Page) {
	k.points, k.ends, k.least = k.points[:0], k.ends[:0], math.Inf(1)
	k.box = rect{0, 0, float64(p.W), float64(p.H)}
	if p.Cut == nil {
		return
	}
	m := identity
	k.points, k.ends = flat(p.Cut, &m, k.points, k.ends)
	if len(k.points) < 3 {
		k.points = k.points[:0]
		return
	}
	k.box = box(p.Cut.Bounds())
	k.center = point{(k.box.x0 + k.box.x1) / 2, (k.box.y0 + k.box.y1) / 2}
	k.inner = k.from(k.center)
}

// from is how far a place stands from the contour; less than nothing outside it.
func (k *contour) from(p point) float64 {
	best, crossings, start := math.Inf(1), 0, 0
	for _, end := range k.ends {
		pts := k.points[start:end]
		start = end
		for i := range pts {
			a, b := pts[i], pts[0]
			if i+1 < len(pts) {
				b = pts[i+1]
			}
			dx, dy := b.x-a.x, b.y-a.y
			u := 0.0
			if l := dx*dx + dy*dy; l > 0 {
				u = min(max(((p.x-a.x)*dx+(p.y-a.y)*dy)/l, 0), 1)
			}
			x, y := a.x+u*dx-p.x, a.y+u*dy-p.y
			best = min(best, x*x+y*y)
			if (a.y <= p.y) != (b.y <= p.y) && a.x+(p.y-a.y)/(b.y-a.y)*(b.x-a.x) > p.x {
				crossings++
			}
		}
	}
	if crossings%2 == 0 {
		return -math.Sqrt(best)
	}
	return math.Sqrt(best)
}

// distance is how far a thing stays from the cut: the least of its corners.
func (k *contour) distance(t *thing, safe float64) float64 {
	if len(k.points) == 0 {
		b := t.box
		return min(b.x0-k.box.x0, k.box.x1-b.x1, b.y0-k.box.y0, k.box.y1-b.y1)
	}
	corners := t.box.corners()
	if t.text != nil && !t.m.upright() {
		for i, p := range t.local.corners() {
			corners[i] = t.m.at(p.x, p.y)
		}
	}
	d := math.Inf(1)
	for _, p := range corners {
		// a place well inside the largest circle cannot be the nearest: the exact distance is not needed
		if bound := k.inner - math.Hypot(p.x-k.center.x, p.y-k.center.y); k.inner > 0 && bound >= safe && bound >= k.least {
			d = min(d, bound)
			continue
		}
		d = min(d, k.from(p))
	}
	k.least = min(k.least, d)
	return d
}
