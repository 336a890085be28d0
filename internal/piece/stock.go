package piece

import (
	"slices"

	"vitrine/internal/diag"
	"vitrine/internal/layout"
	"vitrine/internal/load"
)

// Stock is paper that the office prints several pieces on: sheets of labels, cards to break out, plain
// paper to be cut, or paper to be folded into a booklet. It does not change and may be shared.
type Stock struct {
	ID, Title string
	Source    string // where its figures come from
	Grid      layout.Grid
	// Booklet: each piece becomes a booklet of folded sheets, and the grid is their two halves.
	Booklet bool
}

// ParseStock reads the description of a stock. With any error in its list the stock is nil.
func ParseStock(id string, root *load.Table) (*Stock, diag.List) {
	p := &parser{}
	r := p.read(root)
	s := &Stock{ID: id, Title: r.str("title"), Source: r.str("source")}
	if s.Title == "" {
		s.Title = id
	}
	g := &s.Grid
	g.Name = id
	r.need("size")
	g.W, g.H = r.size("size")
	s.Booklet = r.choice("fold", "none", "booklet") == 1
	if s.Booklet {
		g.Columns, g.Rows = 2, 1
		g.First = layout.Rect{W: g.W / 2, H: g.H}
		g.Pitch.X = g.W / 2
		g.Duplex = layout.LongEdge
		if g.W > g.H {
			g.Duplex = layout.ShortEdge
		}
	} else {
		r.cells(g)
	}
	r.done()
	switch {
	case p.list.Errors() > 0:
	case s.Booklet && g.W <= g.H:
		r.bad(diag.New(diag.BadSheet, root.Span("size"), "id", id, "reason", "fold-upright"))
	case !g.Apart():
		r.bad(diag.New(diag.BadSheet, r.at("pitch", "label"), "id", id, "reason", "cells-overlap"))
	case !g.OnPaper():
		r.bad(diag.New(diag.BadSheet, r.at("origin", "size"), "id", id, "reason", "cells-off-paper"))
	}
	if p.list.Errors() > 0 {
		return nil, p.list
	}
	return s, p.list
}

// cells reads where labels stand on the sheet.
func (r *reader) cells(g *layout.Grid) {
	r.need("label")
	g.First.W, g.First.H = r.size("label")
	g.Columns = r.integer("columns", 1, 1, 50)
	g.Rows = r.integer("rows", 1, 1, 100)
	if v := r.numbers("origin", 2); v != nil {
		g.First.X, g.First.Y = layout.MM(v[0]), layout.MM(v[1])
	}
	g.Pitch = layout.Point{X: g.First.W, Y: g.First.H}
	if v := r.numbers("pitch", 2); v != nil {
		g.Pitch = layout.Point{X: layout.MM(v[0]), Y: layout.MM(v[1])}
	}
	g.Shape = []layout.Shape{layout.SquareCell, layout.RoundedCell, layout.RoundCell}[r.choice("shape", "square", "rounded", "round")]
	g.Radius = r.mm("radius", 2, 0, 200)
	g.Marks = r.boolean("marks", false)
	g.Ruler = r.boolean("ruler", true)
	g.Duplex = []layout.Duplex{layout.OneSided, layout.LongEdge, layout.ShortEdge}[r.choice("duplex", "none", "long", "short")]
}

// at is where the first of some keys that is there is written.
func (r *reader) at(keys ...string) diag.Span {
	i := slices.IndexFunc(keys, r.table.Has)
	return r.table.Span(keys[max(i, 0)])
}

// Fits tells whether a page may stand on the stock.
func (s *Stock) Fits(p *layout.Page) bool {
	if s.Booklet {
		return layout.BookletFits(p, s.Grid.W, s.Grid.H)
	}
	return s.Grid.Fits(p)
}

// Impose puts pieces, given by their pages, on sheets: on labels from the one called start (from 1), or
// each as a booklet of its own.
func (s *Stock) Impose(pieces [][]layout.Page, start int, pr layout.Printer, note *layout.Note) []layout.Page {
	if !s.Booklet {
		return s.Grid.Sheets(s.Grid.Cells(pieces), start, pr, note)
	}
	var out []layout.Page
	for _, pages := range pieces {
		out = append(out, layout.Booklet(pages, s.Grid.W, s.Grid.H, pr)...)
	}
	return out
}

// TooSmall is what to say of a template whose pages leave the stock's cells, where a record or a box asks
// for the two together; ok is false when they fit.
func (s *Stock) TooSmall(t *Template, at diag.Span) (d diag.Diagnostic, ok bool) {
	if s.Fits(&layout.Page{W: t.W, H: t.H}) {
		return d, false
	}
	return diag.New(diag.SheetTooSmall, at, "piece", t.Name, "size", across(t.W, t.H), "sheet", s.ID,
		"cell", across(s.Grid.First.W, s.Grid.First.H)), true
}

// across writes a size in millimetres, « 63.5 × 38.1 ».
func across(w, h layout.Length) string { return trimFloat(w.MM()) + " × " + trimFloat(h.MM()) }
