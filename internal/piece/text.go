package piece

import (
	"fmt"
	"strconv"
	"strings"

	"vitrine/internal/diag"
	"vitrine/internal/layout"
)

// textBox is kind = "text".
type textBox struct {
	text  *expr
	style *style
	grow  bool
	ring  *ring
}

// ring sets the text on a circle that touches the box's sides, less its inset.
type ring struct {
	inset  layout.Length
	bottom bool
	arc    float64
}

func parseText(r *reader) drawer {
	r.need("text")
	b := &textBox{text: r.expr("text"), style: r.style("style"), grow: r.boolean("grow", false)}
	if r.has("ring") {
		t, ok := r.table.Table("ring")
		if !ok {
			r.wrong("ring", "a-table")
			return b
		}
		rr := r.parser.read(t)
		b.ring = &ring{inset: rr.mm("inset", 0, 0, 1000), bottom: rr.choice("side", "top", "bottom") == 1, arc: rr.number("arc", 150, 10, 360)}
		rr.done()
	}
	return b
}

func (b *textBox) fixed() bool {
	// a label of the theme is the same for every subject, but templates of text are seldom only that:
	// what has {{ }} is expanded each time
	return b.text.static() && b.style.color.static()
}

func (b *textBox) draw(r *run, at layout.Rect) layout.Length {
	if b.text == nil {
		return 0
	}
	text := r.prose(b.text)
	r.unseen(b.text, text)
	if text == "" {
		return 0
	}
	if b.style.upper {
		text = strings.ToUpper(text)
	}
	font := r.font(b.style)
	if font == nil {
		return 0
	}
	color := r.ink(b.style.color)
	if r.heard != nil {
		return at.H
	}
	if b.ring != nil {
		center := layout.Point{X: at.X + at.W/2, Y: at.Y + at.H/2}
		ts := b.style.text
		items, missing, over := r.shaper.Ring(center, min(at.W, at.H)/2-b.ring.inset, layout.Span{Text: text, Font: font, Color: color, Lining: b.style.lining},
			layout.RingStyle{Size: r.scaled(ts.Size), MinSize: r.scaled(ts.MinSize), Tracking: ts.Tracking, Bottom: b.ring.bottom, Arc: b.ring.arc})
		r.items = append(r.items, items...)
		r.mark(mark{e: b.text, full: ts.Size, text: text, over: over})
		r.noteText(false)
		r.missing(b.text, missing)
		if over {
			r.overflow(b.text, text)
		}
		return at.H
	}
	paras := paragraphs(layout.Span{Text: text, Font: font, Color: color, Lining: b.style.lining})
	return r.set(b.text, at, paras, b.style, b.grow, text)
}

// paragraphs are the lines that a text was given with.
func paragraphs(span layout.Span) []layout.Para {
	if !strings.Contains(span.Text, "\n") {
		return []layout.Para{{Spans: []layout.Span{span}}}
	}
	var out []layout.Para
	for line := range strings.SplitSeq(span.Text, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			span.Text = line
			out = append(out, layout.Para{Spans: []layout.Span{span}})
		}
	}
	return out
}

// set puts paragraphs into a box and reports what is wrong with them.
func (r *run) set(e *expr, at layout.Rect, paras []layout.Para, st *style, grow bool, text string) layout.Length {
	ts := st.text
	if r.scale != 1000 {
		ts.Size, ts.MinSize = r.scaled(ts.Size), r.scaled(ts.MinSize)
	}
	if grow {
		ts.VAlign = layout.Top
		if at.H <= 0 {
			at.H = 1 << 40 // the list it stands in has the limit
		}
	}
	fit := r.shaper.Text(at, paras, ts)
	r.items = append(r.items, fit.Items...)
	r.mark(mark{e: e, full: st.text.Size, text: text, over: fit.Overflow})
	r.noteText(fit.Size < st.text.Size)
	if len(paras) > 0 && len(paras[0].Spans) > 0 {
		r.noteName(e, text, at, fit, paras[0].Spans[0].Font, ts)
	}
	r.missing(e, fit.Missing)
	if fit.Overflow {
		r.overflow(e, text)
	} else if fit.Size < ts.Size && len(e.fields) > 0 && e.fields[0] == "Participant" && fit.Size*10 < (ts.MinSize*11) {
		span, _, _ := e.place(r.scope, r.sub)
		r.report(diag.New(diag.TextShrunk, span, "piece", r.t.Name, "record", r.sub.Name, "text", text,
			"size", strconv.FormatFloat(fit.Size.PT(), 'f', 1, 64)))
	}
	if !grow {
		return at.H
	}
	return fit.Height
}

// font is the face of a style.
func (r *run) font(s *style) *layout.Font {
	f := r.res.Fonts.Match(s.family, s.weight, s.italic)
	if f == nil {
		r.report(diag.New(diag.BadFont, r.where.origin.Span("style"), "file", s.family, "reason", "no-such-font"))
	}
	return f
}

func (r *run) missing(e *expr, missing []layout.Missing) {
	for _, m := range missing {
		span, _, known := e.place(r.scope, r.sub)
		d := diag.New(diag.MissingGlyph, span, "piece", r.t.Name, "record", r.sub.Name, "font", m.Font.Name,
			"char", string(m.Rune), "code", fmt.Sprintf("U+%04X", m.Rune))
		if known {
			d = d.WithNote(e.origin.Span(e.key), "template-here")
		}
		r.report(d)
	}
}

func (r *run) overflow(e *expr, text string) {
	span, field, known := e.place(r.scope, r.sub)
	d := diag.New(diag.TextOverflow, span, "piece", r.t.Name, "record", r.sub.Name, "text", shorten(text), "field", field)
	if known {
		d = d.WithNote(e.origin.Span(e.key), "template-here")
	}
	r.report(d)
}

// shorten keeps messages on a line.
func shorten(s string) string {
	if r := []rune(s); len(r) > 80 {
		return string(r[:79]) + "…"
	}
	return s
}
