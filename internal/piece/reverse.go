package piece

import "vitrine/internal/layout"

// reversal is a piece printed on the back of a clear film, to be read through it and through the glass
// it sticks to: mirrored, with white behind the colours.
type reversal struct {
	choke layout.Length // how far inside the contour the white ends; with none it runs into the bleed
}

// underlay reads how far inside the contour the white ends.
func (r *reader) underlay(c *contour) layout.Length {
	t, ok := r.table.Table("underlay")
	if !ok {
		r.wrong("underlay", "a-table")
		return 0
	}
	ur := r.parser.read(t)
	defer ur.done()
	choke := ur.mm("choke", 0, 0, 20)
	if choke > 0 && c != nil && c.shape == cutPath {
		ur.badBox("choke", "cut-choke")
	}
	return choke
}

// turn mirrors a page from left to right and lays the white on it: what is printed last lies farthest
// from the eye.
func (v *reversal) turn(t *Template, p *layout.Page) {
	mirror := &layout.Matrix{A: -1, D: 1, E: t.W}
	p.Items = []layout.Item{&layout.Group{Transform: mirror, Items: p.Items}}
	if p.Cut != nil {
		p.Cut = mirrored(p.Cut, t.W)
	}
	p.Items = append(p.Items, v.underlay(t, p))
}

// underlay is the white behind the colours: as far as they reach, or a little inside the contour.
func (v *reversal) underlay(t *Template, p *layout.Page) *layout.Path {
	white := layout.WhiteInk
	reach := p.Bleed
	if v.choke > 0 {
		reach = -v.choke
	}
	u := t.contour.grown(t, reach)
	if t.contour != nil && t.contour.shape == cutPath {
		// a pen as wide as the bleed on both sides of the contour draws what lies as far around it
		u.Segs = p.Cut.Segs
		u.Stroke, u.Width, u.Round = &white, 2*reach, true
	}
	u.Fill, u.Technical = &white, true
	return u
}

// mirrored is a path seen in a mirror, in a page of this width.
func mirrored(p *layout.Path, width layout.Length) *layout.Path {
	out := &layout.Path{Segs: make([]layout.Seg, len(p.Segs)), EvenOdd: p.EvenOdd}
	for i, s := range p.Segs {
		for j := range s.P {
			s.P[j].X = width - s.P[j].X
		}
		out.Segs[i] = s
	}
	return out
}
