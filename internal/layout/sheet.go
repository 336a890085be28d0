package layout

// Shape is the outline of a cell of a sheet, once it is off the sheet.
type Shape uint8

// Shapes of cells.
const (
	SquareCell Shape = iota
	RoundedCell
	RoundCell // the ellipse that touches the cell's sides
)

// Duplex is the edge around which a printer turns a sheet to print its other side.
type Duplex uint8

// Ways to print the other side. In an upright sheet turned on its long edge, left and right change
// places; turned on its short edge, top and bottom do.
const (
	OneSided Duplex = iota
	LongEdge
	ShortEdge
)

// Grid is a sheet of paper with cells of one size in rows: labels to peel off, cards to break out, or
// plain paper to be cut.
type Grid struct {
	Name          string // what its box in the shop says
	W, H          Length // of the paper
	Columns, Rows int
	First         Rect  // the top left cell
	Pitch         Point // from a cell to the next one, along the row and down the column
	Shape         Shape
	Radius        Length // of RoundedCell
	Marks         bool   // plain paper: marks show where to cut
	Ruler         bool   // 50 mm to hold a ruler against, where a margin has room for it
	Duplex        Duplex
}

// Printer is what an office printer needs so that its sheets come out true. All that is drawn on a sheet
// is drawn larger by its scales, from the sheet's top left corner, and then moved by its offset. Nothing
// else ever scales a sheet. The zero Printer is a true one.
type Printer struct {
	Offset         Point
	ScaleX, ScaleY float64 // 0 means 1
}

// True tells whether the printer needs no correction.
func (pr Printer) True() bool {
	x, y := pr.scales()
	return pr.Offset == Point{} && x == 1 && y == 1
}

func (pr Printer) scales() (x, y float64) {
	x, y = pr.ScaleX, pr.ScaleY
	if x == 0 {
		x = 1
	}
	if y == 0 {
		y = 1
	}
	return x, y
}

// correct is the items as the printer is to be given them.
func (pr Printer) correct(items []Item) []Item {
	if pr.True() || len(items) == 0 {
		return items
	}
	x, y := pr.scales()
	return []Item{&Group{Transform: &Matrix{A: x, D: y, E: pr.Offset.X, F: pr.Offset.Y}, Items: items}}
}

// Cell is what stands in one place of a sheet. Back may be nil.
type Cell struct{ Front, Back *Page }

// Count is how many cells a sheet has.
func (g *Grid) Count() int { return g.Columns * g.Rows }

// Place is the cell n, from 0, row by row from the top left.
func (g *Grid) Place(n int) Rect {
	r := g.First
	r.X += g.Pitch.X * Length(n%g.Columns)
	r.Y += g.Pitch.Y * Length(n/g.Columns)
	return r
}

// Behind is what lies behind a place, on the sheet's other side as it is printed. On a sheet that is
// not turned there is no other side, and the place is its own.
func (g *Grid) Behind(r Rect) Rect {
	upright := g.H >= g.W
	switch {
	case g.Duplex == OneSided:
	case (g.Duplex == LongEdge) == upright:
		r.X = g.W - r.X - r.W
	default:
		r.Y = g.H - r.Y - r.H
	}
	return r
}

// OnPaper tells whether all cells lie on the sheet, and Apart whether none covers another.
func (g *Grid) OnPaper() bool {
	paper := Rect{0, 0, g.W, g.H}
	return paper.Contains(g.First) && paper.Contains(g.Place(g.Count()-1))
}

// Apart tells whether no two cells cover each other.
func (g *Grid) Apart() bool {
	return (g.Columns < 2 || g.Pitch.X >= g.First.W) && (g.Rows < 2 || g.Pitch.Y >= g.First.H)
}

// cellSlack is how much larger than its cell a page may be: half a millimetre, as good as a printer's
// own accuracy. It is cut off.
const cellSlack = Mm / 2

// Fits tells whether a page may stand in a cell.
func (g *Grid) Fits(p *Page) bool {
	return p.W <= g.First.W+cellSlack && p.H <= g.First.H+cellSlack
}

// Cells are the cells that pieces take, by their pages. Where the sheet is printed on both sides every
// second page stands behind the one before it; else each has a cell of its own.
func (g *Grid) Cells(pieces [][]Page) []Cell {
	cells := make([]Cell, 0, len(pieces))
	for _, pages := range pieces {
		for i := 0; i < len(pages); i++ {
			c := Cell{Front: &pages[i]}
			if g.Duplex != OneSided && i+1 < len(pages) {
				i++
				c.Back = &pages[i]
			}
			cells = append(cells, c)
		}
	}
	return cells
}

// Sheets puts cells on as many sheets as they need, in order. The first goes to the label start, from 1:
// those before it have been used. Pages are drawn where they stand, not copied: their items are shared,
// moved into the cell's middle and cut at its outline. Of the bleed there is what fills the cell, and what
// the gaps around it have room for.
//
// Where some cell has a back, each sheet is followed by its other side, on which every back lies behind
// its front. note says what stands beside the ruler; it may be nil.
func (g *Grid) Sheets(cells []Cell, start int, pr Printer, note *Note) []Page {
	per := g.Count()
	if per <= 0 || len(cells) == 0 {
		return nil
	}
	used := max(0, min(start, per)-1)
	backs := false
	for _, c := range cells {
		backs = backs || c.Back != nil
	}
	of := (used + len(cells) + per - 1) / per
	var out []Page
	for sheet := range of {
		var front, back []Item
		for n := range per {
			i := sheet*per + n - used
			if i < 0 || i >= len(cells) {
				continue
			}
			place := g.Place(n)
			if cells[i].Front != nil {
				front = append(front, g.put(cells[i].Front, place))
			}
			if cells[i].Back != nil {
				back = append(back, g.put(cells[i].Back, g.Behind(place)))
			}
		}
		if g.Marks {
			front = append(front, g.cutMarks()...)
		}
		if g.Ruler {
			front = append(front, g.ruler(note, sheet+1, of)...)
		}
		out = append(out, Page{W: g.W, H: g.H, Items: pr.correct(front)})
		if backs {
			out = append(out, Page{W: g.W, H: g.H, Items: pr.correct(back)})
		}
	}
	return out
}

// put draws a page into a cell.
func (g *Grid) put(p *Page, cell Rect) Item {
	x, y := cell.X+(cell.W-p.W)/2, cell.Y+(cell.H-p.H)/2
	gap := g.spare()
	return placed(p, x, y, g.outline(Rect{cell.X - x - gap.X, cell.Y - y - gap.Y, cell.W + 2*gap.X, cell.H + 2*gap.Y}))
}

// spare is how far colour may run over a label's edges, so that none stays white where a printer misses by
// half a millimetre: as far as the bleed usually goes, but to the middle of the gaps at most. Plain paper
// has its marks there.
func (g *Grid) spare() Point {
	if g.Marks {
		return Point{}
	}
	last := g.Place(g.Count() - 1)
	x := min(2*Mm, g.First.X, g.W-last.X-last.W)
	y := min(2*Mm, g.First.Y, g.H-last.Y-last.H)
	if g.Columns > 1 {
		x = min(x, (g.Pitch.X-g.First.W)/2)
	}
	if g.Rows > 1 {
		y = min(y, (g.Pitch.Y-g.First.H)/2)
	}
	x, y = max(0, x), max(0, y)
	if g.Shape == RoundCell {
		x, y = min(x, y), min(x, y)
	}
	return Point{x, y}
}

// placed draws a page with its corner at x, y, cut at its own bleed and at an outline given in the
// page's own coordinates.
func placed(p *Page, x, y Length, clip *Path) *Group {
	bleed := bleedBox(p)
	g := &Group{Transform: &Matrix{A: 1, D: 1, E: x, F: y}, Clip: clip, Items: p.Items}
	if !bleed.Contains(clip.Bounds()) {
		g.Items = []Item{&Group{Clip: (&Path{}).Rectangle(bleed, 0), Items: p.Items}}
	}
	return g
}

func bleedBox(p *Page) Rect { return Rect{0, 0, p.W, p.H}.Inset(-p.Bleed) }

// outline is the shape of a cell.
func (g *Grid) outline(r Rect) *Path {
	switch g.Shape {
	case RoundedCell:
		return (&Path{}).Rectangle(r, g.Radius)
	case RoundCell:
		return (&Path{}).Ellipse(r)
	}
	return (&Path{}).Rectangle(r, 0)
}
