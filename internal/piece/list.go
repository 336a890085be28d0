package piece

import (
	"reflect"
	"strconv"

	"vitrine/internal/diag"
	"vitrine/internal/layout"
)

// listBox is kind = "list": its item boxes once for each element of a slice.
type listBox struct {
	each    string
	where   *expr
	items   []*box
	across  bool
	columns int
	from    int // number of elements from which there is more than one column
	gapX    layout.Length
	gapY    layout.Length
	size    layout.Length // an item's height downwards, or its greatest width across; 0: from its boxes
	least   int           // thousandths to which items may shrink
	most    int           // elements shown; 0: all
	valign  layout.VAlign
	align   layout.Align
}

func parseList(r *reader) drawer {
	r.need("each")
	r.need("item")
	b := &listBox{
		each: r.str("each"), where: r.expr("where"),
		across:  r.choice("direction", "down", "across") == 1,
		columns: r.integer("columns", 1, 1, 12),
		from:    r.integer("columns_from", 2, 1, 1000),
		size:    r.mm("item_size", 0, 0, 2000),
		least:   int(r.number("min_scale", 1, 0.3, 1)*1000 + 0.5),
		most:    r.integer("limit", 0, 0, 10000),
		valign:  layout.VAlign(r.choice("valign", "top", "middle", "bottom")),
		align:   layout.Align(r.choice("align", "left", "center", "right")),
	}
	if g := r.numbers("gap", 2); g != nil {
		b.gapX, b.gapY = layout.MM(g[0]), layout.MM(g[1])
	}
	r.has("item")
	items, ok := r.table.Tables("item")
	if r.table.Has("item") && !ok {
		r.wrong("item", "tables")
	}
	for _, t := range items {
		if item := r.parser.box(t, true); item != nil {
			b.items = append(b.items, item)
		}
	}
	return b
}

func (b *listBox) fixed() bool { return false }

// elements are what the list goes through, those that `where` keeps.
func (b *listBox) elements(r *run) []any {
	v, err := reach(r.scope, b.each)
	if err == nil && v.IsValid() && v.Kind() != reflect.Slice && v.Kind() != reflect.Array {
		d := diag.New(diag.TemplateRun, r.where.origin.Span("each"), "reason", b.each+" is not a list")
		r.report(d)
		return nil
	}
	if err != nil {
		r.report(diag.New(diag.TemplateRun, r.where.origin.Span("each"), "reason", err.Error()))
		return nil
	}
	if !v.IsValid() {
		return nil
	}
	out := make([]any, 0, v.Len())
	outer := r.scope
	defer func() { r.scope = outer }()
	for i := range v.Len() {
		item := v.Index(i).Interface()
		if b.where != nil {
			r.scope = outer.item(item, i, v.Len())
			if !r.holds(b.where) {
				continue
			}
		}
		out = append(out, item)
	}
	if b.most > 0 && len(out) > b.most {
		out = out[:b.most]
	}
	if r.heard != nil {
		r.heard.count(len(out))
	}
	return out
}

func (b *listBox) draw(r *run, at layout.Rect) layout.Length {
	elements := b.elements(r)
	if len(elements) == 0 {
		return 0
	}
	outer, scale, each := r.scope, r.scale, r.each
	start, problems := len(r.items), len(r.list)
	r.each = b.each
	defer func() { r.scope, r.scale, r.each = outer, scale, each }()
	if b.across {
		return b.drawAcross(r, at, elements)
	}
	// down: at full size, then smaller in steps until it holds
	for s := 1000; ; s -= 25 {
		s = max(s, b.least)
		r.scale = scale * s / 1000
		r.items, r.list = r.items[:start], r.list[:problems]
		r.unmark(start)
		height, over := b.drawDown(r, at, elements)
		if !over || r.heard != nil {
			return height
		}
		if s <= b.least {
			r.spilt(start)
			r.report(diag.New(diag.TextOverflow, outer.origin(r, b), "piece", r.t.Name, "record", r.sub.Name,
				"text", strconv.Itoa(len(elements))+" × "+b.each, "field", b.each).WithNote(r.where.origin.Span("each"), "template-here"))
			return height
		}
	}
}

// origin is where a list that does not fit is pointed at: the record, if it is known.
func (sc *scope) origin(r *run, b *listBox) diag.Span {
	if r.sub.Origin != nil {
		if s := r.sub.Origin.Span(""); !s.IsZero() {
			return s
		}
	}
	return r.where.origin.Span("each")
}

// drawDown fills column after column and tells whether the last one left the box.
func (b *listBox) drawDown(r *run, at layout.Rect, elements []any) (layout.Length, bool) {
	columns := b.columns
	if len(elements) < b.from {
		columns = 1
	}
	rows := (len(elements) + columns - 1) / columns
	width := (at.W - b.gapX*layout.Length(b.columns-1)) / layout.Length(b.columns)
	if columns == 1 && b.columns > 1 {
		width = at.W
	}
	outer := r.scope
	first := len(r.items)
	var tallest layout.Length
	for c := range columns {
		x := at.X + layout.Length(c)*(width+b.gapX)
		y := at.Y
		for row := range rows {
			n := c*rows + row
			if n >= len(elements) {
				break
			}
			if row > 0 {
				y += r.scaled(b.gapY)
			}
			r.scope = outer.item(elements[n], n, len(elements))
			y += b.item(r, layout.Rect{X: x, Y: y, W: width})
		}
		tallest = max(tallest, y-at.Y)
	}
	r.scope = outer
	over := tallest > at.H+layout.Mm/1000
	if shift := (at.H - tallest); !over && shift > 0 && b.valign != layout.Top {
		if b.valign == layout.Middle {
			shift /= 2
		}
		r.move(first, 0, shift)
	}
	return tallest, over
}

// item draws the boxes of one element and returns the height it takes.
func (b *listBox) item(r *run, cell layout.Rect) layout.Length {
	bottom := b.boxes(r, cell) - cell.Y
	if b.size > 0 {
		return r.scaled(b.size)
	}
	return bottom
}

// boxes draws the boxes of one element into its cell and returns where the lowest of them ends.
func (b *listBox) boxes(r *run, cell layout.Rect) layout.Length {
	lowest, last := cell.Y, cell.Y
	for _, box := range b.items {
		inner := layout.Rect{X: cell.X + r.scaled(box.at.X), Y: cell.Y + r.scaled(box.at.Y), W: r.scaled(box.at.W), H: r.scaled(box.at.H)}
		if box.below {
			inner.Y = last + r.scaled(box.at.Y)
		}
		if inner.W <= 0 { // the rest of the cell
			inner.W += cell.X + cell.W - inner.X
		}
		if h := r.box(box, inner); h > 0 {
			last = inner.Y + h
			lowest = max(lowest, last)
		}
	}
	return lowest
}

// drawAcross spreads the elements over the width, each in a cell of the same size.
func (b *listBox) drawAcross(r *run, at layout.Rect, elements []any) layout.Length {
	n := layout.Length(len(elements))
	width := (at.W - b.gapX*(n-1)) / n
	if b.size > 0 {
		width = min(width, b.size)
	}
	x := at.X
	used := width*n + b.gapX*(n-1)
	switch b.align {
	case layout.Center:
		x += (at.W - used) / 2
	case layout.Right:
		x += at.W - used
	}
	outer := r.scope
	for i, e := range elements {
		r.scope = outer.item(e, i, len(elements))
		b.boxes(r, layout.Rect{X: x, Y: at.Y, W: width, H: at.H})
		x += width + b.gapX
	}
	r.scope = outer
	return at.H
}

// move shifts the items since start.
func (r *run) move(start int, dx, dy layout.Length) {
	for i := start; i < len(r.items); i++ {
		r.items[i] = moved(r.items[i], dx, dy)
	}
}

func moved(item layout.Item, dx, dy layout.Length) layout.Item {
	switch it := item.(type) {
	case *layout.Text:
		t := *it
		t.X, t.Y = t.X+dx, t.Y+dy
		return &t
	case *layout.Path:
		p := *it
		p.Segs = make([]layout.Seg, len(it.Segs))
		for i, s := range it.Segs {
			for j := range s.P {
				s.P[j].X, s.P[j].Y = s.P[j].X+dx, s.P[j].Y+dy
			}
			p.Segs[i] = s
		}
		p.Rects = append([]layout.Rect(nil), it.Rects...)
		for i := range p.Rects {
			p.Rects[i].X, p.Rects[i].Y = p.Rects[i].X+dx, p.Rects[i].Y+dy
		}
		return &p
	case *layout.Image:
		im := *it
		im.Box.X, im.Box.Y, im.Clip.X, im.Clip.Y = im.Box.X+dx, im.Box.Y+dy, im.Clip.X+dx, im.Clip.Y+dy
		return &im
	default:
		return &layout.Group{Transform: &layout.Matrix{A: 1, D: 1, E: dx, F: dy}, Items: []layout.Item{item}}
	}
}
