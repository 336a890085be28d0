package piece

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"vitrine/internal/diag"
	"vitrine/internal/draw"
	"vitrine/internal/layout"
	"vitrine/internal/model"
	"vitrine/internal/typography"
)

// chartBox is kind = "chart": a value for each element of a slice, or for some measures of the programme.
type chartBox struct {
	form     draw.Kind
	rows     *listBox
	measures []string // their ids; nil: each
	label    *expr
	series   []chartSeries
	color    *expr // of each element, in a share
	look     lookKeys
}

type chartSeries struct {
	name, value, text, fill *expr
}

// lookKeys are what a drawing's look is read from.
type lookKeys struct {
	style            *style
	weight           int   // of values
	fill, background *expr // of bars and words that weigh; behind
}

func (r *reader) lookKeys() lookKeys {
	return lookKeys{style: r.style("style"), weight: r.integer("weight", 600, 100, 900), fill: r.expr("fill"), background: r.expr("background")}
}

func parseChart(r *reader) drawer {
	b := &chartBox{
		form:  draw.Kind(r.choice("chart", draw.Kinds[:]...)),
		rows:  &listBox{each: "Programme.Measures", where: r.expr("where"), most: r.integer("limit", 0, 0, 200)},
		label: r.expr("label"), color: r.expr("color"), look: r.lookKeys(),
	}
	r.need("chart")
	if r.has("measures") {
		b.measures, _ = r.table.Strings("measures")
		if len(b.measures) == 0 {
			r.wrong("measures", "a-list")
		}
		if r.has("each") {
			r.badBox("each", "each-or-measures")
		}
	} else {
		r.need("each")
		r.need("label")
		b.rows.each = r.str("each")
	}
	if r.has("series") {
		tables, ok := r.table.Tables("series")
		if !ok {
			r.wrong("series", "tables")
		}
		for _, t := range tables {
			sr := r.parser.read(t)
			sr.need("name")
			sr.need("value")
			b.series = append(b.series, chartSeries{name: sr.expr("name"), value: sr.expr("value"), text: sr.expr("text"), fill: sr.expr("fill")})
			sr.done()
		}
	} else {
		if b.measures == nil {
			r.need("value")
		}
		b.series = []chartSeries{{value: r.expr("value"), text: r.expr("text")}}
	}
	return b
}

func (b *chartBox) fixed() bool { return false }

func (b *chartBox) draw(r *run, at layout.Rect) layout.Length {
	elements := b.elements(r)
	c := &draw.Chart{Kind: b.form, Series: make([]draw.Series, len(b.series))}
	for k, s := range b.series {
		c.Series[k].Name = r.prose(s.name)
		if s.fill != nil {
			if color, ok := r.color(s.fill); ok && len(c.Colors) == k {
				c.Colors = append(c.Colors, color)
			}
		}
	}
	outer, each := r.scope, r.each
	r.each = b.rows.each
	defer func() { r.scope, r.each = outer, each }()
	for i, e := range elements {
		r.scope = outer.item(e, i, len(elements))
		if !b.element(r, c, e) {
			return at.H
		}
	}
	r.scope = outer
	look := r.drawnWith(&b.look)
	if look == nil || len(elements) == 0 || r.heard != nil {
		return at.H
	}
	d, err := c.Draw(at, look)
	if err != nil {
		r.report(diag.New(diag.TemplateRun, r.where.origin.Span("chart"), "reason", err.Error()))
		return at.H
	}
	return r.drawing(d, at, b.rows.each, len(elements), b.look.style)
}

// elements are what is drawn: those of the list, or the measures named, in their order.
func (b *chartBox) elements(r *run) []any {
	all := b.rows.elements(r)
	if b.measures == nil {
		return all
	}
	out := make([]any, 0, len(b.measures))
	for _, id := range b.measures {
		i := slices.IndexFunc(all, func(x any) bool { m, ok := x.(*model.Measure); return ok && m.ID == id && m.HasValue && !m.Personal() })
		if i < 0 {
			r.report(diag.New(diag.TemplateRun, r.where.origin.Span("measures"), "reason", fmt.Sprintf("no measure %q with a value", id)))
			continue
		}
		out = append(out, all[i])
	}
	return out
}

// element adds the values of an element to the chart; false when one is no number, which is reported.
func (b *chartBox) element(r *run, c *draw.Chart, e any) bool {
	m, _ := e.(*model.Measure)
	label := ""
	if b.label != nil {
		label = r.prose(b.label)
	} else if m != nil {
		label = r.said(typography.Text(r.res.Language, m.Title))
	}
	c.Labels = append(c.Labels, label)
	for k, s := range b.series {
		v, unit := 0.0, ""
		if s.value == nil { // a measure says itself what it is worth
			v, unit = m.Value, m.Unit
			r.said(strconv.FormatFloat(v, 'g', -1, 64) + " " + unit)
		} else {
			text := strings.TrimSpace(r.eval(s.value))
			var err error
			if v, err = strconv.ParseFloat(text, 64); err != nil {
				r.report(diag.New(diag.TemplateRun, s.value.origin.Span(s.value.key), "reason", fmt.Sprintf("%q is not a number", text)))
				return false
			}
		}
		text := r.figure(v)
		if unit != "" {
			text += "\u00a0" + unit
		}
		if s.text != nil {
			text = r.prose(s.text)
		}
		c.Series[k].Values = append(c.Series[k].Values, v)
		c.Series[k].Texts = append(c.Series[k].Texts, text)
	}
	if b.color != nil {
		if color, ok := r.color(b.color); ok && b.form == draw.Share && len(c.Colors) == len(c.Labels)-1 {
			c.Colors = append(c.Colors, color)
		}
	}
	return true
}

// said is a text that comes from the data without a template: it is listened to all the same.
func (r *run) said(s string) string {
	if r.heard != nil {
		r.heard.text(s)
	}
	return s
}

// figure is a number in the document's language.
func (r *run) figure(v float64) string {
	if v == math.Trunc(v) && math.Abs(v) < 1e15 {
		return typography.Number(r.res.Language, int64(v))
	}
	decimals := 1
	if math.Abs(v*10-math.Round(v*10)) > 1e-9 {
		decimals = 2
	}
	return typography.Decimal(r.res.Language, v, decimals)
}

// drawnWith is how a box's drawing looks; nil when its font is not there, which is reported.
func (r *run) drawnWith(k *lookKeys) *draw.Look {
	font := r.font(k.style)
	if font == nil {
		return nil
	}
	ink := r.ink(k.style.color)
	accent, ok := r.color(k.fill)
	if !ok {
		if accent, ok = r.res.Palette["accent"]; !ok {
			accent = ink
		}
		if r.heard != nil {
			r.heard.color(accent)
		}
	}
	paper, ok := r.color(k.background)
	if !ok {
		paper = layout.White
	}
	l := draw.NewLook(r.shaper, font, r.scaled(k.style.text.Size), accent, ink, paper)
	if least := k.style.text.MinSize; least > 0 {
		l.MinSize = r.scaled(least)
	}
	strong := *k.style
	strong.weight = max(k.weight, k.style.weight)
	l.Strong = r.font(&strong)
	return &l
}

// drawing puts a drawing into the frame and reports what is wrong with it.
func (r *run) drawing(d draw.Drawing, at layout.Rect, each string, n int, st *style) layout.Length {
	e := &expr{key: "each", origin: r.where.origin}
	text := strconv.Itoa(n) + " × " + each
	r.items = append(r.items, d.Items...)
	r.mark(mark{e: e, full: st.text.Size, text: text, over: d.Overflow})
	r.noteText(d.Size < r.scaled(st.text.Size))
	r.missing(e, d.Missing)
	if d.Overflow {
		r.overflow(e, text)
	}
	if at.H <= 0 {
		return d.H
	}
	return at.H
}

// cloudBox is kind = "cloud": words by their weight.
type cloudBox struct {
	rows         *listBox
	text, weight *expr
	look         lookKeys
}

func parseCloud(r *reader) drawer {
	b := &cloudBox{
		rows: &listBox{each: "Programme.Terms", where: r.expr("where"), most: r.integer("limit", 0, 0, 200)},
		text: r.expr("text"), weight: r.expr("value"),
		look: lookKeys{style: r.style("style"), weight: 100, fill: r.expr("fill"), background: r.expr("background")},
	}
	if r.has("each") {
		b.rows.each = r.str("each")
		r.need("text")
		r.need("value")
	}
	return b
}

func (b *cloudBox) fixed() bool { return false }

func (b *cloudBox) draw(r *run, at layout.Rect) layout.Length {
	elements := b.rows.elements(r)
	c := &draw.Cloud{}
	outer, each := r.scope, r.each
	r.each = b.rows.each
	defer func() { r.scope, r.each = outer, each }()
	for i, e := range elements {
		r.scope = outer.item(e, i, len(elements))
		w := draw.Word{}
		if t, ok := e.(*model.Term); ok {
			w = draw.Word{Text: r.said(typography.Text(r.res.Language, t.Text)), Weight: t.Weight}
			r.said(strconv.FormatFloat(t.Weight, 'g', -1, 64))
		}
		if b.text != nil {
			w.Text = r.prose(b.text)
		}
		if b.weight != nil {
			text := strings.TrimSpace(r.eval(b.weight))
			v, err := strconv.ParseFloat(text, 64)
			if err != nil {
				r.report(diag.New(diag.TemplateRun, b.weight.origin.Span(b.weight.key), "reason", fmt.Sprintf("%q is not a number", text)))
				return at.H
			}
			w.Weight = v
		}
		c.Words = append(c.Words, w)
	}
	r.scope = outer
	look := r.drawnWith(&b.look)
	if look == nil || len(elements) == 0 || r.heard != nil {
		return at.H
	}
	d, err := c.Draw(at, look)
	if err != nil {
		r.report(diag.New(diag.TemplateRun, r.where.origin.Span("each"), "reason", err.Error()))
		return at.H
	}
	return r.drawing(d, at, b.rows.each, len(elements), b.look.style)
}
