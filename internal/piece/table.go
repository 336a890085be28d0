package piece

import (
	"vitrine/internal/layout"
)

// tableBox is kind = "table": a row for each element of a slice, with a head and rules between rows.
type tableBox struct {
	rows    *listBox
	columns []column
	head    *style
	body    *style
	height  layout.Length
	rule    paint
	padding layout.Length
}

type column struct {
	title, text *expr
	width       layout.Length
	align       layout.Align
}

func parseTable(r *reader) drawer {
	r.need("each")
	r.need("column")
	b := &tableBox{
		rows:    &listBox{each: r.str("each"), where: r.expr("where"), most: r.integer("limit", 0, 0, 10000)},
		body:    r.style("style"),
		head:    r.style("head"),
		height:  r.mm("row", 6, 1, 500),
		rule:    paint{stroke: r.expr("stroke"), width: r.pt("width", 0.3, 0.05, 50)},
		padding: r.mm("padding", 1, 0, 50),
	}
	r.has("column")
	tables, ok := r.table.Tables("column")
	if r.table.Has("column") && !ok {
		r.wrong("column", "tables")
	}
	for _, t := range tables {
		cr := r.parser.read(t)
		cr.need("text")
		b.columns = append(b.columns, column{
			title: cr.expr("title"), text: cr.expr("text"), width: cr.mm("width", 0, 0, 3000),
			align: layout.Align(cr.choice("align", "left", "center", "right")),
		})
		cr.done()
	}
	return b
}

func (b *tableBox) fixed() bool { return false }

func (b *tableBox) draw(r *run, at layout.Rect) layout.Length {
	elements := b.rows.elements(r)
	if len(elements) == 0 || len(b.columns) == 0 {
		return 0
	}
	widths := b.widths(at.W)
	y := at.Y
	head := false
	for _, c := range b.columns {
		head = head || c.title != nil
	}
	outer := r.scope
	defer func() { r.scope = outer }()
	if head {
		b.row(r, at, y, widths, b.head, func(c *column) *expr { return c.title })
		y += b.height
	}
	for i, e := range elements {
		r.scope = outer.item(e, i, len(elements))
		if y+b.height > at.Y+at.H+layout.Mm/1000 && r.heard == nil {
			r.overflow(&expr{key: "each", origin: r.where.origin}, b.rows.each)
			break
		}
		if i > 0 || head {
			line := (&layout.Path{}).Move(at.X, y).Line(at.X+at.W, y)
			if b.rule.apply(r, line) {
				r.items = append(r.items, line)
			}
		}
		b.row(r, at, y, widths, b.body, func(c *column) *expr { return c.text })
		y += b.height
	}
	return y - at.Y
}

func (b *tableBox) row(r *run, at layout.Rect, y layout.Length, widths []layout.Length, st *style, of func(*column) *expr) {
	x := at.X
	for i := range b.columns {
		c := &b.columns[i]
		if e := of(c); e != nil {
			own := *st
			own.text.Align = c.align
			own.text.VAlign = layout.Middle
			cell := textBox{text: e, style: &own}
			cell.draw(r, layout.Rect{X: x + b.padding, Y: y, W: widths[i] - 2*b.padding, H: b.height})
		}
		x += widths[i]
	}
}

// widths shares what the columns with a width leave among those without.
func (b *tableBox) widths(whole layout.Length) []layout.Length {
	out := make([]layout.Length, len(b.columns))
	free := layout.Length(0)
	for i, c := range b.columns {
		out[i] = c.width
		whole -= c.width
		if c.width == 0 {
			free++
		}
	}
	for i := range out {
		if out[i] == 0 && free > 0 {
			out[i] = max(whole, 0) / free
		}
	}
	return out
}
