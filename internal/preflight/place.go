package preflight

import (
	"math"

	"vitrine/internal/layout"
)

// point and rect are on the page, in the units of layout.Length.
type point struct{ x, y float64 }

type rect struct{ x0, y0, x1, y1 float64 }

func (r rect) empty() bool { return r.x1 <= r.x0 || r.y1 <= r.y0 }

func (r rect) has(p point) bool { return p.x >= r.x0 && p.x <= r.x1 && p.y >= r.y0 && p.y <= r.y1 }

func (r rect) meets(s rect) bool { return r.x0 < s.x1 && s.x0 < r.x1 && r.y0 < s.y1 && s.y0 < r.y1 }

func (r rect) grown(d float64) rect { return rect{r.x0 - d, r.y0 - d, r.x1 + d, r.y1 + d} }

func (r rect) within(s rect) rect {
	return rect{max(r.x0, s.x0), max(r.y0, s.y0), min(r.x1, s.x1), min(r.y1, s.y1)}
}

func (r rect) corners() [4]point {
	return [4]point{{r.x0, r.y0}, {r.x1, r.y0}, {r.x1, r.y1}, {r.x0, r.y1}}
}

func box(r layout.Rect) rect {
	return rect{float64(r.X), float64(r.Y), float64(r.X + r.W), float64(r.Y + r.H)}
}

// matrix is the place of a group on the page.
type matrix struct{ a, b, c, d, e, f float64 }

var identity = matrix{a: 1, d: 1}

// within is the place on the page of what m places in a group that n places.
func (m matrix) within(n matrix) matrix {
	return matrix{
		m.a*n.a + m.b*n.c, m.a*n.b + m.b*n.d,
		m.c*n.a + m.d*n.c, m.c*n.b + m.d*n.d,
		m.e*n.a + m.f*n.c + n.e, m.e*n.b + m.f*n.d + n.f,
	}
}

func (m *matrix) apply(p layout.Point) point { return m.at(float64(p.X), float64(p.Y)) }

func (m *matrix) at(x, y float64) point { return point{m.a*x + m.c*y + m.e, m.b*x + m.d*y + m.f} }

// upright tells whether boxes stay boxes.
func (m *matrix) upright() bool { return m.b == 0 && m.c == 0 }

// scale is how much larger things become, on the whole.
func (m *matrix) scale() float64 {
	if m.upright() && (m.a == 1 || m.a == -1) && m.d == 1 {
		return 1
	}
	return math.Sqrt(math.Abs(m.a*m.d - m.b*m.c))
}

// stretch is how much larger they become in the direction in which they grow most.
func (m *matrix) stretch() float64 { return max(math.Hypot(m.a, m.b), math.Hypot(m.c, m.d)) }

// bounds is the box around a box that was placed.
func (m *matrix) bounds(r rect) rect {
	p, q := m.at(r.x0, r.y0), m.at(r.x1, r.y1)
	if m.upright() {
		return rect{min(p.x, q.x), min(p.y, q.y), max(p.x, q.x), max(p.y, q.y)}
	}
	s, t := m.at(r.x1, r.y0), m.at(r.x0, r.y1)
	return rect{min(p.x, q.x, s.x, t.x), min(p.y, q.y, s.y, t.y), max(p.x, q.x, s.x, t.x), max(p.y, q.y, s.y, t.y)}
}
