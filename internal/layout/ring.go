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
	sh := s.shape(span.Font, span.Text, span.Lining)
	for _, r := range sh.missing {
		missing = append(missing, Missing{r, span.Font})
	}
	if radius <= 0 || len(sh.glyphs) == 0 {
		return nil, missing, radius <= 0
	}
	width := func(size Length) Length {
		return (&Text{Font: span.Font, Size: size, Tracking: style.Tracking, Glyphs: sh.glyphs}).Width()
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
	em := Length(span.Font.UnitsPerEm)
	track := Length(tracking) * size / 1000
	whole := width(size)
	var pen Length
	pos := 0
	for i := range sh.glyphs {
		g := sh.glyphs[i]
		adv := Length(g.Adv) * size / em
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
			Font: span.Font, Size: size, X: -adv / 2, Color: span.Color, Glyphs: sh.glyphs[i : i+1 : i+1], Text: span.Text[pos:end],
		}}})
		pos = end
		pen += adv + track
	}
	return items, missing, overflow
}
