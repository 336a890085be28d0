// Package layout sets boxes, fonts and lines into frames: pages with a trim size and items placed on
// them. A frame knows nothing of records or files; pdf, svg and png encode the same frames, so a
// diploma on paper and its preview cannot differ.
//
// Lengths are whole numbers. Widths of text come from the font's own units, and an encoder that writes
// the advances it is given shows exactly the lines that were measured.
package layout

import "strconv"

// Length is a distance on paper in English Metric Units: 36,000 to the millimetre and 12,700 to the
// typographic point, so that both are whole.
type Length int64

// Units of length.
const (
	Mm   Length = 36000
	Pt   Length = 12700
	Inch Length = 914400
)

// MM is the length of mm millimetres, to the nearest unit.
func MM(mm float64) Length { return round(mm * float64(Mm)) }

// PT is the length of pt typographic points (1/72 inch), to the nearest unit.
func PT(pt float64) Length { return round(pt * float64(Pt)) }

func round(f float64) Length {
	if f < 0 {
		return Length(f - 0.5)
	}
	return Length(f + 0.5)
}

// MM is the length in millimetres.
func (l Length) MM() float64 { return float64(l) / float64(Mm) }

// PT is the length in points.
func (l Length) PT() float64 { return float64(l) / float64(Pt) }

// String writes the length in millimetres with at most three decimals.
func (l Length) String() string {
	return strconv.FormatFloat(float64(round(l.MM()*1000))/1000, 'f', -1, 64) + "mm"
}

// Point is a place: x to the right and y downwards.
type Point struct{ X, Y Length }

// Rect is a box by its top left corner and its size.
type Rect struct{ X, Y, W, H Length }

// Inset is the box with d taken off on every side.
func (r Rect) Inset(d Length) Rect { return Rect{r.X + d, r.Y + d, r.W - 2*d, r.H - 2*d} }

// Contains tells whether s lies inside r, up to a thousandth of a millimetre.
func (r Rect) Contains(s Rect) bool {
	const slack = Mm / 1000
	return s.X >= r.X-slack && s.Y >= r.Y-slack && s.X+s.W <= r.X+r.W+slack && s.Y+s.H <= r.Y+r.H+slack
}

// Union is the smallest box around both; an empty box counts for nothing.
func (r Rect) Union(s Rect) Rect {
	if r.W == 0 && r.H == 0 {
		return s
	}
	if s.W == 0 && s.H == 0 {
		return r
	}
	x0, y0 := min(r.X, s.X), min(r.Y, s.Y)
	return Rect{x0, y0, max(r.X+r.W, s.X+s.W) - x0, max(r.Y+r.H, s.Y+s.H) - y0}
}
