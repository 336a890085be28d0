package layout

import (
	"strconv"
	"time"
)

func itoa(n int) string { return strconv.Itoa(n) }

// Document is what the encoders take: its pages in order and what describes it.
type Document struct {
	Title    string
	Author   string
	Subject  string
	Language string // BCP 47
	// Date is that of the award or edition. An encoder writes it, or no date at all.
	Date  time.Time
	Pages []Page
}

// Page is one side. Its items are placed from the top left corner of the trim; they may reach into the
// bleed, which an encoder cuts at its edge.
type Page struct {
	W, H  Length // the trim size: the sheet after cutting
	Bleed Length // around the trim, on every side
	Slug  Length // around the bleed, on every side: room for printer's marks, cut off with it
	Safe  Length // inside the trim, or inside Cut: what must not be cut stays off this border
	// Cut is where the sheet is cut when that is not its edge: a round sticker. Previews show no more.
	Cut   *Path
	Items []Item
}

// Item is a *Path, a *Text, an *Image or a *Group. Items are not changed once they are in a frame:
// pages may share them.
type Item interface{ item() }

func (*Path) item()  {}
func (*Text) item()  {}
func (*Image) item() {}
func (*Group) item() {}

// Op is what a segment of a path does.
type Op uint8

// Operations of a path.
const (
	MoveTo  Op = iota // to P[0]
	LineTo            // to P[0]
	CurveTo           // to P[2] with the control points P[0] and P[1]
	Close
)

// Seg is one segment of a path.
type Seg struct {
	Op Op
	P  [3]Point
}

// Path is a shape. With neither fill nor stroke it shows nothing (a clip is such a one).
type Path struct {
	Segs    []Seg
	Rects   []Rect // further parts: a QR code has hundreds, and four numbers say each
	Fill    *Color
	Stroke  *Color
	Width   Length // of the stroke
	Dash    []Length
	Round   bool // round caps and joins; else butt and mitre
	EvenOdd bool
	// Technical says that the path guides a machine (a cutter, a white underlay) and is not part of what
	// the eye sees: it stands in press files alone.
	Technical bool
}

// Text is one run of glyphs in one font, size and colour, on one baseline.
type Text struct {
	Font     *Font
	Size     Length
	X, Y     Length // where the baseline starts
	Tracking int    // added after each glyph, in thousandths of the size
	Color    Color
	// Glyphs cover Text from its first byte to its last, in order: from the left, as they stand.
	Glyphs []Glyph
	Text   string
	// RTL says that the run is read from the right: the letters of Text stand in the order of the page,
	// and Reading has them in the order of the language.
	RTL bool
}

// Reading is the text in the order in which it is read.
func (t *Text) Reading() string {
	if !t.RTL {
		return t.Text
	}
	out, end := make([]byte, 0, len(t.Text)), len(t.Text)
	for i := len(t.Glyphs) - 1; i >= 0; i-- {
		if n := int(t.Glyphs[i].Len); n > 0 {
			out = append(out, t.Text[end-n:end]...)
			end -= n
		}
	}
	return string(out)
}

// Glyph is one shape of the font. Distances are in the font's units.
type Glyph struct {
	ID         uint16
	Len        uint16 // bytes of the text it stands for; 0 for a further glyph of the same letters
	XOff, YOff int16  // moves the shape, not the pen
	Adv        int32  // moves the pen
}

// Width is how far the pen goes, without the tracking after the last glyph.
func (t *Text) Width() Length {
	if len(t.Glyphs) == 0 {
		return 0
	}
	var sum int64
	for i := range t.Glyphs {
		sum += int64(t.Glyphs[i].Adv)
	}
	em := int64(t.Font.UnitsPerEm)
	w := sum*int64(t.Size)/em + int64(t.Tracking)*int64(len(t.Glyphs)-1)*int64(t.Size)/1000
	return Length(w)
}

// Picture is an image file ready to embed: one that was decoded, bounded and re-encoded before.
type Picture struct {
	Name   string // for messages
	Format string // "jpeg" or "png"
	Data   []byte
	W, H   int // pixels
}

// Image shows a picture in Box; what leaves Clip is cut.
type Image struct {
	Picture *Picture
	Box     Rect
	Clip    Rect
	Alt     string
}

// DPI is the picture's resolution at this size, the lower of its two directions.
func (i *Image) DPI() float64 {
	if i.Box.W <= 0 || i.Box.H <= 0 {
		return 0
	}
	return min(float64(i.Picture.W)*float64(Inch)/float64(i.Box.W), float64(i.Picture.H)*float64(Inch)/float64(i.Box.H))
}

// Matrix places a group: x' = A·x + C·y + E, y' = B·x + D·y + F.
type Matrix struct {
	A, B, C, D float64
	E, F       Length
}

// Group holds items that are moved, cut or named together.
type Group struct {
	Transform *Matrix
	Clip      *Path
	Items     []Item
	// For the web: a link around the group, its name for readers, and classes for the style sheet.
	Link, Title, Class string
}
