package layout

import "math"

// RingStyle says how a text is set on a circle.
type RingStyle struct {
	Size, MinSize Length
	Tracking      int
	Bottom        bool    // at the bottom of the circle, upright and running the other way round
	Arc           float64 // the most it may take, in degrees
}

// Ring sets one line of text on a circle; radius is that of the baseline. The middle of the line stands
// at the top of the circle, or at its bottom. It shrinks like a text in a box does.
func (s *Shaper) Ring(center Point, radius Length, span Span, style RingStyle) (items []Item, missing []Missing, overflow bool) {
	p := s.para(Para{Spans: []Span{span}})
	overflow = p.note(&missing) || radius <= 0
	if radius <= 0 || len(p.spans) == 0 || len(p.spans[0].glyphs) == 0 {
		return nil, missing, overflow
	}
	// one line, whatever its breaks
	p.breaks = []breakable{{end: len(p.spans[0].text), next: len(p.spans[0].text), must: true}}
	runs := p.runs(line{-1, 0}, style.Size, style.Tracking)
	width := func(size Length) Length {
		for _, r := range runs {
			r.Size = size
		}
		return chain(runs, style.Tracking)
	}
	size, tracking, bottom := style.Size, style.Tracking, style.Bottom
	room := Length(style.Arc * math.Pi / 180 * float64(radius))
	if w := width(size); w > room {
		size = size * room / w
		if size < style.MinSize || style.MinSize <= 0 {
			size, overflow = max(style.MinSize, 1), true
			if style.MinSize <= 0 {
				size = style.Size
			}
		}
	}
	whole := width(size)
	track := Length(tracking) * size / 1000
	var pen Length
	for _, r := range runs {
		pos := 0
		for i := range r.Glyphs {
			g := r.Glyphs[i]
			adv := Length(g.Adv) * size / Length(r.Font.UnitsPerEm)
			// the middle of the glyph stands where the tangent touches
			angle := float64(pen+adv/2-whole/2) / float64(radius)
			sin, cos := math.Sincos(angle)
			m := &Matrix{A: cos, B: sin, C: -sin, D: cos}
			if bottom {
				m.B, m.C = -sin, sin
				m.E, m.F = center.X+round(sin*float64(radius)), center.Y+round(cos*float64(radius))
			} else {
				m.E, m.F = center.X+round(sin*float64(radius)), center.Y-round(cos*float64(radius))
			}
			end := pos + int(g.Len)
			items = append(items, &Group{Transform: m, Items: []Item{&Text{
				Font: r.Font, Size: size, X: -adv / 2, Color: r.Color, Glyphs: r.Glyphs[i : i+1 : i+1], Text: r.Text[pos:end], RTL: r.RTL,
			}}})
			pos = end
			pen += adv + track
		}
	}
	return items, missing, overflow
}
