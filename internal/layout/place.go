package layout

import (
	"slices"
	"strings"
)

// placeLine puts one line into a line box whose top is y. The capitals stand in its middle, so that a
// box centred on something is centred for the eye too.
func (t *setting) placeLine(p *para, l line, first bool, size, y, leading Length, fit *Fit) {
	p.place(l, placing{x: t.box.X, w: t.box.W, y: y, size: size, leading: leading, tracking: t.style.Tracking, align: t.style.Align, first: first}, fit)
}

// placing says where a line stands.
type placing struct {
	x, w, y, size, leading Length
	tracking               int
	align                  Align
	first                  bool // of its paragraph: it carries the marker
}

func (p *para) place(l line, at placing, fit *Fit) {
	if len(p.spans) == 0 {
		return
	}
	size := at.size
	f := p.spans[0].font
	capHeight := size * Length(f.CapHeight) / Length(f.UnitsPerEm)
	baseline := at.y + (at.leading+capHeight)/2
	indent := p.indent(size)
	runs := p.runs(l, size, at.tracking)
	width := chain(runs, at.tracking)
	x, room := at.x+indent, at.w-indent-width
	switch at.align {
	case Center:
		x += room / 2
	case Right:
		x += room
	case Justify:
		if !p.breaks[l.to].must && room > 0 {
			stretch(runs, room)
			chain(runs, at.tracking)
		}
	}
	if at.first && p.marker != nil {
		hang := indent
		if p.hang > 0 {
			hang = min(hang, size*Length(p.hang)/1000)
		}
		marker := p.markerRuns(size)
		chain(marker, 0)
		for _, m := range marker {
			m.X += x - hang
			m.Y = baseline
			fit.Items = append(fit.Items, m)
		}
	}
	for _, r := range runs {
		r.X += x
		r.Y = baseline
		fit.Items = append(fit.Items, r)
		descent := size * Length(r.Font.Descent) / Length(r.Font.UnitsPerEm)
		fit.Bounds = fit.Bounds.Union(Rect{r.X, baseline - capHeight, r.Width(), capHeight + descent/2})
	}
}

// chain puts runs one after the other and returns how wide they are together.
func chain(runs []*Text, tracking int) Length {
	var width Length
	for i, r := range runs {
		r.X = width
		width += r.Width()
		if i < len(runs)-1 && tracking != 0 {
			width += Length(tracking) * r.Size / 1000
		}
	}
	return width
}

// stretch widens the spaces between the words of a line until it takes so much more room.
func stretch(runs []*Text, room Length) {
	spaces := 0
	for _, r := range runs {
		spaces += strings.Count(r.Text, " ") + strings.Count(r.Text, "\u00a0")
	}
	if spaces == 0 {
		return
	}
	for _, r := range runs {
		pos, own := 0, false
		for i := range r.Glyphs {
			n := int(r.Glyphs[i].Len)
			if c := r.Text[pos : pos+n]; c == " " || c == "\u00a0" {
				if !own {
					r.Glyphs, own = slices.Clone(r.Glyphs), true
				}
				share := room / Length(spaces)
				room -= share
				spaces--
				r.Glyphs[i].Adv += int32(share * Length(r.Font.UnitsPerEm) / r.Size)
			}
			pos += n
		}
	}
}
