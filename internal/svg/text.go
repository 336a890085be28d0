package svg

import (
	"math"
	"strconv"

	"vitrine/internal/layout"
)

func (e *encoder) text(t *layout.Text) {
	if e.o.LiveText {
		e.s(`<text x="`)
		e.mm(t.X)
		e.s(`" y="`)
		e.mm(t.Y)
		e.s(`"`)
		said := e.o.Text
		if said == nil || said.Size != t.Size {
			e.s(` font-size="`)
			e.mm(t.Size)
			e.s(`"`)
		}
		if said == nil {
			e.attr("font-family", t.Font.Family)
		}
		if t.Font.Weight != 400 {
			e.attr("font-weight", strconv.Itoa(t.Font.Weight))
		}
		if t.Font.Italic {
			e.attr("font-style", "italic")
		}
		if said == nil || said.Color != t.Color {
			e.color("fill", t.Color)
		}
		// as wide as it was set, whatever font the reader has
		e.s(` textLength="`)
		e.mm(t.Width())
		e.s(`">` + escape(t.Reading()) + "</text>")
		return
	}
	em := float64(t.Font.UnitsPerEm)
	e.s(`<g transform="translate(`)
	e.mm(t.X)
	e.s(" ")
	e.mm(t.Y)
	e.s(") scale(")
	e.buf = strconv.AppendFloat(e.buf, float64(t.Size)/float64(layout.Mm)/em, 'g', 6, 64)
	e.s(`)"`)
	e.color("fill", t.Color)
	e.s(">")
	track := float64(t.Tracking) * em / 1000
	var pen float64 // in font units
	for i := range t.Glyphs {
		g := &t.Glyphs[i]
		if id := e.glyph(t.Font, g.ID); id != "" {
			e.s(`<use href="#` + id + `" x="`)
			e.float(math.Round(pen + float64(g.XOff)))
			if g.YOff != 0 {
				e.s(`" y="`)
				e.float(-float64(g.YOff))
			}
			e.s(`"/>`)
		}
		pen += float64(g.Adv) + track
	}
	e.s("</g>")
}

// glyph defines a letter's shape, in font units with y downwards, and returns its id; a space has none.
func (e *encoder) glyph(f *layout.Font, glyph uint16) string {
	key := glyphKey{f, glyph}
	if id, ok := e.glyphs[key]; ok {
		return id
	}
	if e.glyphs == nil {
		e.glyphs = map[glyphKey]string{}
	}
	id := ""
	if segs := f.Outline(glyph); len(segs) > 0 {
		id = e.o.Prefix + "g" + strconv.Itoa(len(e.glyphs))
		e.defs = append(e.defs, `<path id="`+id+`" d="`...)
		put := func(op byte, points ...layout.Point) {
			e.defs = append(e.defs, op)
			for i, p := range points {
				if i > 0 {
					e.defs = append(e.defs, ' ')
				}
				e.defs = strconv.AppendInt(e.defs, int64(p.X), 10)
				e.defs = append(e.defs, ' ')
				e.defs = strconv.AppendInt(e.defs, -int64(p.Y), 10)
			}
		}
		for i := range segs {
			s := &segs[i]
			switch s.Op {
			case layout.MoveTo:
				put('M', s.P[0])
			case layout.LineTo:
				put('L', s.P[0])
			case layout.CurveTo:
				put('C', s.P[:]...)
			case layout.Close:
				put('Z')
			}
		}
		e.defs = append(e.defs, `"/>`...)
	}
	e.glyphs[key] = id
	return id
}
