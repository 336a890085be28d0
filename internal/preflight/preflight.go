// Package preflight looks at finished frames as a printer would before the plates are made: how much
// ink lies on the paper, what is too thin, too small or too pale to be seen, what the knife may cut,
// what stops short of the edge, whether a QR code will be read.
//
// It knows frames only. What a finding is called, and which record or box it is blamed on, is for
// those who made the frame: each finding names the item of the page that it is about.
package preflight

import (
	"math"

	"vitrine/internal/layout"
)

// Rule is what a finding is about.
type Rule uint8

// The rules. Value and Limit of a finding are in the unit that stands beside its rule.
const (
	Ink        Rule = iota // percent: the sum of the plates
	RichBlack              // points: black letters of several inks, smaller than the limit
	Hairline               // points: the width of a stroke
	Tiny                   // points: the size of letters
	Reversed               // points: the size of light letters on a darker ground
	Unsafe                 // millimetres: from the letters or the code to the cut
	ShortBleed             // millimetres: how far a colour runs over the cut
	Contrast               // the ratio of WCAG between letters or a code and what they lie on
	Resolution             // dots per inch of a picture at its size
	QRQuiet                // millimetres: the border that has to be empty
	QRAddress              // the address of a code is not written on its page
	Hidden                 // letters or a code are covered by what is drawn after them
	rules
)

// The limits. Those of print are what printers ask for, those of contrast the ones of WCAG 2.
const (
	InkLimit      = 300             // percent, on coated stock, unless the printing condition says another
	leastRich     = 24 * layout.Pt  // plates slip by a tenth of a millimetre: below, letters get coloured edges
	leastStroke   = layout.Pt / 4   // thinner lines break
	leastText     = 6 * layout.Pt   // smaller letters are not read
	leastReversed = 8 * layout.Pt   // smaller light letters fill with the ink around them
	leastFromCut  = 3 * layout.Mm   // from a contour, whatever the page's own safety says
	largeText     = 18 * layout.Pt  // from which a lower contrast is enough,
	largeBold     = 14 * layout.Pt  // and for bold letters
	bold          = 700             //
	contrastText  = 4.5             //
	contrastLarge = 3.0             //
	CoarseDPI     = 150             // under which a picture is refused
	FineDPI       = 300             // at which it is sharp
	grace         = layout.Mm / 100 // what is right by the ruler is right
)

// contrastCode is what a QR code needs. ISO/IEC 15415 grades a symbol by the difference of reflectance
// between its light and its dark: four to one leaves at least 0.4, grade C, on any ground of half the
// paper's light, and 0.79, grade A, on white; below, telephones begin to hesitate under a street lamp.
const contrastCode = 4.0

// Finding is one thing that would go wrong on paper.
type Finding struct {
	Rule Rule
	// Item is the index of the page's item that it is about (of the mirrored group's, on a page that is
	// one mirrored group).
	Item   int
	Value  float64
	Limit  float64
	Size   layout.Length // of letters, as they stand on the page
	Code   bool          // it is about a QR code
	Color  layout.Color  // of the thing
	Ground layout.Color  // of what lies under it
}

// Code says which item of a page is a QR code, and what has to be written beside it.
type Code struct {
	Item    int
	Address string // in clear; empty: nothing has to
}

// Checker looks at pages. It keeps its room between them, so that a run has one per goroutine.
type Checker struct {
	limit   float64
	page    *layout.Page
	codes   []Code
	things  []thing
	clips   []thing
	grounds []int // of things, from the lowest: what others may lie on
	points  []point
	parts   []int // where each part of a polygon ends in points
	cut     contour
	font    *layout.Font // of the text before
	said    []byte
	found   []Finding
	sum     Summary
}

// Page looks at one page. limit is the most ink that its paper takes, in percent (0: InkLimit); codes
// are its QR codes, in the order of their items. What is found is valid until the next call; what was
// seen is not.
func (c *Checker) Page(p *layout.Page, codes []Code, limit float64) ([]Finding, Summary) {
	if limit <= 0 {
		limit = InkLimit
	}
	c.limit, c.page, c.codes, c.said = limit, p, codes, c.said[:0]
	c.things, c.clips, c.grounds, c.points, c.parts, c.found, c.sum = c.things[:0], c.clips[:0], c.grounds[:0], c.points[:0], c.parts[:0], c.found[:0], Summary{}
	c.font = nil
	c.walk()
	c.cut.set(p)
	for i := range c.things {
		t := &c.things[i]
		switch {
		case t.text != nil:
			c.text(t)
		case t.image != nil:
			c.image(t)
			c.bleed(i)
			c.grounds = append(c.grounds, i)
		case t.code >= 0:
			c.code(i)
		default:
			c.path(t)
			if t.path.Fill != nil {
				c.grounds = append(c.grounds, i)
			}
		}
	}
	// A colour may be carried on by another one above it: bleeds are looked at when all is there.
	for i := range c.things {
		if t := &c.things[i]; t.path != nil && t.code < 0 {
			c.bleed(i)
		}
		c.hides(i)
	}
	return c.found, c.sum
}

// hides tells of letters or a code that something drawn after them covers whole.
func (c *Checker) hides(i int) {
	t := &c.things[i]
	if t.text == nil && t.code < 0 || t.box.empty() || t.text != nil && blank(t.text.Text) {
		return
	}
	for n := len(c.grounds) - 1; n >= 0 && c.grounds[n] > i; n-- {
		g := &c.things[c.grounds[n]]
		if g.image != nil && g.image.Picture.Format != "jpeg" {
			continue // it may be seen through
		}
		if g.box.meets(t.box) && c.covers(g, t.box) {
			c.say(Finding{Rule: Hidden, Item: t.item, Code: t.code >= 0})
			return
		}
	}
}

func (c *Checker) say(f Finding) { c.found = append(c.found, f) }

func (c *Checker) text(t *thing) {
	x := t.text
	if x.Font != c.font {
		c.font = x.Font
		c.sum.use(x.Font)
	}
	if t.box.empty() || blank(x.Text) {
		return
	}
	size := layout.Length(float64(x.Size)*t.m.scale() + 0.5)
	if c.sum.Text == 0 || size < c.sum.Text {
		c.sum.Text = size
	}
	if size+grace/3 < leastText {
		c.say(Finding{Rule: Tiny, Item: t.item, Value: size.PT(), Limit: leastText.PT(), Size: size, Color: x.Color})
	}
	if rich(x.Color) && size < leastRich {
		c.say(Finding{Rule: RichBlack, Item: t.item, Value: size.PT(), Limit: leastRich.PT(), Size: size, Color: x.Color})
	}
	c.near(t, false)

	own := luminance(x.Color.RGB)
	least, worst, reversed, pictures := math.Inf(1), layout.White, false, false
	over := overprints(x.Color)
	ink := inks(x.Color)
	for _, p := range t.samples() {
		g := c.ground(p)
		color := layout.White
		switch {
		case g == nil:
		case g.image != nil:
			pictures = true
			continue
		default:
			color = *g.path.Fill
		}
		if over {
			ink = max(ink, inks(x.Color)+inks(color))
		}
		under := luminance(color.RGB)
		if r := ratio(own, under); r < least {
			least, worst, reversed = r, color, own > under
		}
	}
	c.ink(t, ink, x.Color)
	if pictures {
		c.sum.OnPicture++
	}
	if math.IsInf(least, 1) {
		return
	}
	c.sum.contrast(least)
	need := contrastText
	if size+grace/3 >= largeText || x.Font != nil && x.Font.Weight >= bold && size+grace/3 >= largeBold {
		need = contrastLarge
	}
	if least < need-0.005 {
		c.say(Finding{Rule: Contrast, Item: t.item, Value: least, Limit: need, Size: size, Color: x.Color, Ground: worst})
	}
	if reversed && size+grace/3 >= leastText && size+grace/3 < leastReversed {
		c.say(Finding{Rule: Reversed, Item: t.item, Value: size.PT(), Limit: leastReversed.PT(), Size: size, Color: x.Color, Ground: worst})
	}
}

func (c *Checker) path(t *thing) {
	p := t.path
	if p.Fill != nil {
		c.ink(t, inks(*p.Fill), *p.Fill)
	}
	if p.Stroke == nil {
		return
	}
	width := layout.Length(float64(p.Width)*t.m.scale() + 0.5)
	if width+grace/10 < leastStroke {
		c.say(Finding{Rule: Hairline, Item: t.item, Value: width.PT(), Limit: leastStroke.PT(), Color: *p.Stroke})
	}
	ink := inks(*p.Stroke)
	if overprints(*p.Stroke) {
		for i := 0; i < len(p.Segs) && i < 8; i++ {
			if s := &p.Segs[i]; s.Op == layout.MoveTo || s.Op == layout.LineTo {
				if g := c.ground(t.m.apply(s.P[0])); g != nil && g.path != nil {
					ink = max(ink, inks(*p.Stroke)+inks(*g.path.Fill))
				}
			}
		}
	}
	c.ink(t, ink, *p.Stroke)
}

func (c *Checker) image(t *thing) {
	dpi := t.image.DPI() / max(t.m.stretch(), 1e-9)
	if dpi <= 0 || math.IsNaN(dpi) || math.IsInf(dpi, 0) {
		return
	}
	if n := int(dpi + 0.5); c.sum.DPI == 0 || n < c.sum.DPI {
		c.sum.DPI = max(n, 1)
	}
	if dpi*1.001 < FineDPI { // 300 by the calculator is 300
		limit := FineDPI
		if dpi*1.001 < CoarseDPI {
			limit = CoarseDPI
		}
		c.say(Finding{Rule: Resolution, Item: t.item, Value: dpi, Limit: float64(limit)})
	}
}

func (c *Checker) ink(t *thing, ink float64, color layout.Color) {
	if n := int(ink*10 + 0.5); n > c.sum.Ink {
		c.sum.Ink = n
	}
	if ink > c.limit+0.05 {
		c.say(Finding{Rule: Ink, Item: t.item, Value: ink, Limit: c.limit, Color: color})
	}
}

// near looks how far letters or a code stay from the cut.
func (c *Checker) near(t *thing, code bool) {
	safe := c.page.Safe
	if c.page.Cut != nil {
		safe = max(safe, leastFromCut)
	}
	d := c.cut.distance(t, float64(safe))
	if t.text != nil && layout.Length(math.Round(d))+grace < safe {
		t.measure()
		d = c.cut.distance(t, float64(safe))
	}
	clear := layout.Length(math.Round(d))
	if !c.sum.HasClear || clear < c.sum.Clear {
		c.sum.Clear, c.sum.HasClear = clear, true
	}
	if clear+grace < safe {
		f := Finding{Rule: Unsafe, Item: t.item, Value: clear.MM(), Limit: safe.MM(), Code: code}
		if t.text != nil {
			f.Size, f.Color = t.text.Size, t.text.Color
		}
		c.say(f)
	}
}
