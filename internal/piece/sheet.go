package piece

import (
	"vitrine/internal/diag"
	"vitrine/internal/layout"
)

// sheetBox is kind = "sheet": the first page of another template, for the subject in hand, on every
// label of a stock.
type sheetBox struct {
	stock *Stock
	piece *Template
	count int
}

func parseSheet(r *reader) drawer {
	r.need("sheet")
	r.need("piece")
	b := &sheetBox{count: r.integer("count", 0, 0, 5000)}
	stock, name := r.str("sheet"), r.str("piece")
	switch {
	case r.options.Sheet == nil:
		r.badBox("kind", "sheet-in-sheet")
		return b
	case stock != "":
		if b.stock = r.options.Sheet(stock); b.stock == nil {
			r.bad(diag.New(diag.UnknownSheet, r.table.Span("sheet"), "id", stock))
		}
	}
	if name == "" || r.options.Template == nil {
		return b
	}
	root := r.options.Template(name)
	if root == nil {
		r.bad(diag.New(diag.UnknownPiece, r.table.Span("piece"), "id", name))
		return b
	}
	inner := r.options
	inner.Sheet = nil // a label holds no sheets: this one would hold itself
	var list diag.List
	b.piece, list = Parse(name, root, inner)
	r.list = append(r.list, list...)
	if b.piece == nil || b.stock == nil {
		return b
	}
	if d, ok := b.stock.TooSmall(b.piece, r.table.Span("piece")); ok {
		r.bad(d)
	}
	return b
}

func (b *sheetBox) fixed() bool { return false }

// draw puts the sheet's corner at the box's. A sheet on paper of another size would miss its labels.
func (b *sheetBox) draw(r *run, at layout.Rect) layout.Length {
	g := &b.stock.Grid
	if r.t.W != g.W || r.t.H != g.H {
		r.report(diag.New(diag.BadBox, r.where.origin.Span("sheet"), "reason", "sheet-other-paper"))
		return at.H
	}
	page := b.page(r)
	if r.heard != nil {
		return at.H
	}
	cells := make([]layout.Cell, g.Count())
	if b.count > 0 {
		cells = cells[:min(b.count, len(cells))]
	}
	for i := range cells {
		cells[i].Front = page
	}
	plain := *g
	plain.Ruler = false // its words are the theme's, and a piece may say them itself
	sheet := plain.Sheets(cells, 1, layout.Printer{}, nil)[0]
	if at.X == 0 && at.Y == 0 {
		r.items = append(r.items, sheet.Items...)
	} else {
		r.items = append(r.items, &layout.Group{Transform: &layout.Matrix{A: 1, D: 1, E: at.X, F: at.Y}, Items: sheet.Items})
	}
	return at.H
}

// page lays the label out, once for all its places.
func (b *sheetBox) page(r *run) *layout.Page {
	t, items, where, scale, part, scope := r.t, r.items, r.where, r.scale, r.part, *r.scope
	defer func() { r.t, r.items, r.where, r.scale, r.part, *r.scope = t, items, where, scale, part, scope }()
	r.t, r.scale = b.piece, 1000
	doc := &layout.Document{}
	r.nested(doc)
	return &doc.Pages[0]
}
