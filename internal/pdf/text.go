package pdf

import (
	"math"
	"strconv"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"vitrine/internal/layout"
)

func (c *content) text(t *layout.Text) {
	if len(t.Glyphs) == 0 {
		return
	}
	used := c.font(t.Font)
	if used == nil {
		return
	}
	c.inkFill(t.Color, true, false)
	c.buf = append(c.buf, "BT /"...)
	c.buf = append(c.buf, used.font.resource...)
	c.buf = append(c.buf, ' ')
	c.num(t.Size)
	c.buf = append(c.buf, "Tf "...)
	if t.Tracking != 0 {
		c.num(t.Size * layout.Length(t.Tracking) / 1000)
		c.buf = append(c.buf, "Tc "...)
	}
	c.buf = append(c.buf, "1 0 0 -1 "...)
	c.num(t.X)
	c.num(t.Y)
	c.buf = append(c.buf, "Tm [<"...)
	pos, rise, pending := 0, 0, ""
	until := 0       // the glyph after a letter that is spelt out
	var owed float64 // what the pen lies ahead of where the glyphs want it, in thousandths of the em
	for i := range t.Glyphs {
		g := &t.Glyphs[i]
		if n := built(t, i, pos); n > 0 {
			until = i + n
			c.spell(t.Text[pos : pos+int(g.Len)])
		}
		var own string
		own, pending = letters(t, i, pos, pending)
		if i < until {
			own = ""
		}
		used.note(g.ID, own)
		pos += int(g.Len)
		em := float64(t.Font.UnitsPerEm)
		if int(g.YOff) != rise {
			rise = int(g.YOff)
			c.buf = append(c.buf, ">] TJ "...)
			c.num(t.Size * layout.Length(rise) / layout.Length(t.Font.UnitsPerEm))
			c.buf = append(c.buf, "Ts [<"...)
		}
		if shift := owed - float64(g.XOff)*1000/em; shift != 0 {
			c.kern(shift)
		}
		c.buf = hex4(c.buf, g.ID)
		// the reader moves by the font's width; the frame by Adv, from where the pen was
		owed = float64(g.XOff)*1000/em + float64(used.font.width(g.ID)-int(g.Adv))*1000/em
		if i+1 == until {
			c.buf = append(c.buf, ">] TJ EMC [<"...)
		}
	}
	c.buf = append(c.buf, ">] TJ"...)
	if rise != 0 {
		c.buf = append(c.buf, " 0 Ts"...)
	}
	if t.Tracking != 0 {
		c.buf = append(c.buf, " 0 Tc"...)
	}
	c.op(" ET")
}

// built tells of a letter that is put together from glyphs which other letters share, a body and its
// dots, and of signs seen in a mirror: a glyph then does not say which letter it belongs to. It returns
// how many glyphs they are, else 0.
func built(t *layout.Text, i, pos int) int {
	if t.Glyphs[i].Len == 0 {
		return 0
	}
	if i+1 == len(t.Glyphs) || t.Glyphs[i+1].Len > 0 {
		if t.RTL {
			r, _ := utf8.DecodeRuneInString(t.Text[pos:])
			if unicode.In(r, unicode.Ps, unicode.Pe, unicode.Pi, unicode.Pf, unicode.Sm) {
				return 1
			}
		}
		return 0
	}
	n := 2
	for i+n < len(t.Glyphs) && t.Glyphs[i+n].Len == 0 {
		n++
	}
	if !t.RTL && utf8.RuneCountInString(t.Text[pos:pos+int(t.Glyphs[i].Len)]) == n {
		return 0 // a letter and its marks, one glyph each
	}
	return n
}

// spell says what the glyphs that follow are together, for those who search or copy.
func (c *content) spell(text string) {
	c.buf = append(c.buf, ">] TJ /Span <</ActualText <FEFF"...)
	for _, u := range utf16.Encode([]rune(text)) {
		c.buf = hex4(c.buf, u)
	}
	c.buf = append(c.buf, ">>> BDC [<"...)
}

// kern moves the pen back by thousandths of the em.
func (c *content) kern(back float64) {
	c.buf = append(c.buf, '>')
	c.buf = strconv.AppendFloat(c.buf, math.Round(back*1000)/1000, 'f', -1, 64)
	c.buf = append(c.buf, '<')
}

// letters shares the characters of a cluster among its glyphs: one each, the rest to the last.
func letters(t *layout.Text, i, pos int, pending string) (own, rest string) {
	if n := int(t.Glyphs[i].Len); n > 0 {
		pending = t.Text[pos : pos+n]
	}
	if i+1 == len(t.Glyphs) || t.Glyphs[i+1].Len > 0 {
		return pending, ""
	}
	_, n := utf8.DecodeRuneInString(pending)
	return pending[:n], pending[n:]
}

// font finds the font among those of the page, or takes it in.
func (c *content) font(f *layout.Font) *usedFont {
	for i := range c.fonts {
		if c.fonts[i].font.source == f {
			return &c.fonts[i]
		}
	}
	carried, err := c.encoder.font(f)
	if err != nil {
		c.err = err
		return nil
	}
	c.fonts = append(c.fonts, usedFont{font: carried, glyphs: map[uint16]string{}})
	return &c.fonts[len(c.fonts)-1]
}
