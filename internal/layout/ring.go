package layout

import "math"

// Ring sets one line of text on a circle. radius is that of the baseline. The middle of the line stands
// at the top of the circle, or at its bottom (then the letters stand upright there and the text runs
// inside the circle's other way round). It tells whether the line is longer than the arc, in degrees,
// that it may take.
func (s *Shaper) Ring(center Point, radius Length, span Span, size Length, tracking int, bottom bool, arc float64) (items []Item, missing []Missing, overflow bool) {
	sh := s.shape(span.Font, span.Text)
	for _, r := range sh.missing {
		missing = append(missing, Missing{r, span.Font})
	}
	em := Length(span.Font.UnitsPerEm)
	track := Length(tracking) * size / 1000
	whole := (&Text{Font: span.Font, Size: size, Tracking: tracking, Glyphs: sh.glyphs}).Width()
	if radius <= 0 {
		return nil, missing, true
	}
	overflow = float64(whole) > arc*math.Pi/180*float64(radius)
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
