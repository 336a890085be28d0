package layout

import "math"

// kappa places the control points of a cubic curve that stands for a quarter of a circle.
const kappa = 0.5522847498307936

// Move starts a new part of the path at x, y.
func (p *Path) Move(x, y Length) *Path {
	p.Segs = append(p.Segs, Seg{Op: MoveTo, P: [3]Point{{x, y}}})
	return p
}

// Line goes straight to x, y.
func (p *Path) Line(x, y Length) *Path {
	p.Segs = append(p.Segs, Seg{Op: LineTo, P: [3]Point{{x, y}}})
	return p
}

// Curve goes to x3, y3 by a cubic curve.
func (p *Path) Curve(x1, y1, x2, y2, x3, y3 Length) *Path {
	p.Segs = append(p.Segs, Seg{Op: CurveTo, P: [3]Point{{x1, y1}, {x2, y2}, {x3, y3}}})
	return p
}

// Close goes back to where the part started.
func (p *Path) Close() *Path {
	p.Segs = append(p.Segs, Seg{Op: Close})
	return p
}

// Rectangle adds a closed rectangle, its corners rounded by radius.
func (p *Path) Rectangle(r Rect, radius Length) *Path {
	radius = max(0, min(radius, r.W/2, r.H/2))
	x0, y0, x1, y1 := r.X, r.Y, r.X+r.W, r.Y+r.H
	if radius == 0 {
		return p.Move(x0, y0).Line(x1, y0).Line(x1, y1).Line(x0, y1).Close()
	}
	k := radius - round(float64(radius)*kappa)
	p.Move(x0+radius, y0).Line(x1-radius, y0).Curve(x1-k, y0, x1, y0+k, x1, y0+radius)
	p.Line(x1, y1-radius).Curve(x1, y1-k, x1-k, y1, x1-radius, y1)
	p.Line(x0+radius, y1).Curve(x0+k, y1, x0, y1-k, x0, y1-radius)
	return p.Line(x0, y0+radius).Curve(x0, y0+k, x0+k, y0, x0+radius, y0).Close()
}

// Ellipse adds the ellipse that fills r.
func (p *Path) Ellipse(r Rect) *Path {
	cx, cy, rx, ry := r.X+r.W/2, r.Y+r.H/2, r.W/2, r.H/2
	kx, ky := round(float64(rx)*kappa), round(float64(ry)*kappa)
	p.Move(cx+rx, cy)
	p.Curve(cx+rx, cy+ky, cx+kx, cy+ry, cx, cy+ry)
	p.Curve(cx-kx, cy+ry, cx-rx, cy+ky, cx-rx, cy)
	p.Curve(cx-rx, cy-ky, cx-kx, cy-ry, cx, cy-ry)
	return p.Curve(cx+kx, cy-ry, cx+rx, cy-ky, cx+rx, cy).Close()
}

// Outline is all the path's parts as segments.
func (p *Path) Outline() []Seg {
	if len(p.Rects) == 0 {
		return p.Segs
	}
	all := Path{Segs: append(make([]Seg, 0, len(p.Segs)+5*len(p.Rects)), p.Segs...)}
	for _, r := range p.Rects {
		all.Rectangle(r, 0)
	}
	return all.Segs
}

// Bounds is the box around the path's points and control points, without its stroke.
func (p *Path) Bounds() Rect {
	const far = Length(math.MaxInt64 / 4)
	x0, y0, x1, y1 := far, far, -far, -far
	for i := range p.Segs {
		s := &p.Segs[i]
		n := 1
		switch s.Op {
		case CurveTo:
			n = 3
		case Close:
			n = 0
		}
		for _, q := range s.P[:n] {
			x0, y0, x1, y1 = min(x0, q.X), min(y0, q.Y), max(x1, q.X), max(y1, q.Y)
		}
	}
	for _, r := range p.Rects {
		x0, y0, x1, y1 = min(x0, r.X), min(y0, r.Y), max(x1, r.X+r.W), max(y1, r.Y+r.H)
	}
	if x1 < x0 {
		return Rect{}
	}
	return Rect{x0, y0, x1 - x0, y1 - y0}
}
