package preflight

import (
	"bytes"
	"math"
	"strings"
	"unicode"

	"vitrine/internal/layout"
)

// code looks at a QR code: that it is dark on light, that the border around it is empty, and that its
// address can be read by those without a telephone.
func (c *Checker) code(i int) {
	t := &c.things[i]
	p := t.path
	c.near(t, true)
	if p.Fill == nil || len(p.Rects) == 0 || t.box.empty() {
		return
	}
	c.ink(t, inks(*p.Fill), *p.Fill)
	module := float64(p.Rects[0].H) * t.m.scale()
	side := layout.Length(t.m.scale() * float64(p.Bounds().W+2*layout.QRQuiet*p.Rects[0].H))
	if c.sum.QR == 0 || side < c.sum.QR {
		c.sum.QR = side
	}
	if m := layout.Length(module); c.sum.Module == 0 || m < c.sum.Module {
		c.sum.Module = m
	}

	own, worst, least, light := luminance(p.Fill.RGB), layout.White, math.Inf(1), true
	quiet := t.box.grown(layout.QRQuiet*module - float64(grace))
	corners := quiet.corners()
	for _, q := range append(corners[:], point{(quiet.x0 + quiet.x1) / 2, (quiet.y0 + quiet.y1) / 2}) {
		color := layout.White
		if g := c.ground(q); g != nil {
			if g.image != nil {
				continue // which is not empty: said below
			}
			color = *g.path.Fill
		}
		under := luminance(color.RGB)
		if r := ratio(own, under); r < least {
			least, worst, light = r, color, under > own
		}
	}
	if !math.IsInf(least, 1) {
		if !light {
			least = 1 / least // light on dark: most readers refuse it
		}
		c.sum.contrast(least)
		if least < contrastCode-0.005 {
			c.say(Finding{Rule: Contrast, Item: t.item, Value: least, Limit: contrastCode, Code: true, Color: *p.Fill, Ground: worst})
		}
	}
	if !c.alone(i, quiet) {
		c.say(Finding{Rule: QRQuiet, Item: t.item, Value: layout.Length(layout.QRQuiet * module).MM(), Code: true})
	}
	if address := c.codes[t.code].Address; address != "" && !c.written(address) {
		c.say(Finding{Rule: QRAddress, Item: t.item, Code: true})
	}
}

// alone tells whether nothing but whole grounds lies in a code's border.
func (c *Checker) alone(code int, quiet rect) bool {
	for i := range c.things {
		t := &c.things[i]
		if i == code || !t.box.meets(quiet) {
			continue
		}
		if i < code && t.path != nil && t.path.Fill != nil && t.code < 0 && c.covers(t, quiet) {
			if t.path.Stroke == nil || !c.strokes(t, quiet) {
				continue
			}
		}
		if i < code && t.path != nil && c.hidden(i, code, quiet) {
			continue
		}
		if t.text != nil && blank(t.text.Text) {
			continue
		}
		if t.text != nil {
			t.measure()
		}
		if c.touches(t, quiet) {
			return false
		}
	}
	return true
}

// strokes tells whether the stroke of a thing lies in a box.
func (c *Checker) strokes(t *thing, r rect) bool {
	r = r.grown(float64(t.path.Width) * t.m.scale() / 2)
	hit := false
	c.edges(t, false, func(a, b point) bool { hit = crosses(a, b, r); return !hit })
	return hit
}

// hidden tells whether something drawn after a thing, and before the code, covers a box whole.
func (c *Checker) hidden(i, code int, r rect) bool {
	for j := i + 1; j < code; j++ {
		if t := &c.things[j]; t.path != nil && t.path.Fill != nil && t.code < 0 && c.covers(t, r) {
			return true
		}
	}
	return false
}

// written tells whether the page shows an address, however its lines are broken.
func (c *Checker) written(address string) bool {
	if len(c.said) == 0 {
		for i := range c.things {
			if t := c.things[i].text; t != nil {
				c.said = letters(c.said, t.Text)
			}
		}
	}
	if i := strings.Index(address, "://"); i >= 0 {
		address = address[i+3:]
	}
	want := letters(nil, strings.TrimSuffix(address, "/"))
	return len(want) == 0 || bytes.Contains(c.said, want)
}

// letters adds what is seen of a text, in small letters and without its spaces.
func letters(to []byte, s string) []byte {
	for _, r := range s {
		if r < 0x80 {
			if r > ' ' {
				if 'A' <= r && r <= 'Z' {
					r += 'a' - 'A'
				}
				to = append(to, byte(r))
			}
			continue
		}
		if !unicode.IsSpace(r) && !unicode.Is(unicode.Cf, r) {
			to = append(to, string(unicode.ToLower(r))...)
		}
	}
	return to
}
