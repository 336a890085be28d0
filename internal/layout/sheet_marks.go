package layout

import (
	"slices"
	"strings"
)

// Note is how words beside sheets are set, and what they say. Without one there are rulers and no words.
type Note struct {
	Shaper *Shaper
	Font   *Font
	Ruler  string // « 50 mm »
	Advice string // « imprimer à 100 % »
	// Sheet says whose sheet it is and which of how many; nil: nothing.
	Sheet func(n, of int) string
}

// hairline is the width of lines to cut along: the least that prints.
const hairline = Pt / 4

// cutMarks show where plain paper is cut, never inside a cell: in the margins and gutters, or where
// cells touch on the line between them.
func (g *Grid) cutMarks() []Item {
	columns, rows := bands(g.First.X, g.First.W, g.Pitch.X, g.Columns), bands(g.First.Y, g.First.H, g.Pitch.Y, g.Rows)
	p := &Path{Stroke: &Black, Width: hairline}
	for _, x := range cuts(columns, g.W) {
		for _, s := range ticks(rows, g.H, touching(columns, x)) {
			p.Move(x, s[0]).Line(x, s[1])
		}
	}
	for _, y := range cuts(rows, g.H) {
		for _, s := range ticks(columns, g.W, touching(rows, y)) {
			p.Move(s[0], y).Line(s[1], y)
		}
	}
	if len(p.Segs) == 0 {
		return nil
	}
	return []Item{p}
}

// bands are where the cells begin and end along an axis.
func bands(first, size, pitch Length, n int) [][2]Length {
	out := make([][2]Length, n)
	for i := range out {
		at := first + pitch*Length(i)
		out[i] = [2]Length{at, at + size}
	}
	return out
}

// cuts are the lines at which paper is cut across an axis: where bands begin and end, not its edges.
func cuts(bands [][2]Length, paper Length) []Length {
	var out []Length
	for _, b := range bands {
		for _, at := range b {
			if at > 0 && at < paper && !slices.Contains(out, at) {
				out = append(out, at)
			}
		}
	}
	return out
}

// touching tells whether two bands meet at a line, so that a mark may run along it.
func touching(bands [][2]Length, at Length) bool {
	for i := 1; i < len(bands); i++ {
		if bands[i-1][1] == at && bands[i][0] == at {
			return true
		}
	}
	return false
}

const (
	tick    = 5 * Mm // how long a mark is
	tickGap = Mm     // between it and the cell
)

// ticks are the parts of a cut line, across bands, that are drawn. A line between cells that touch may
// also be marked where there is no margin, far enough inwards for a printer that leaves a border.
func ticks(bands [][2]Length, paper Length, between bool) [][2]Length {
	var out [][2]Length
	first, last := bands[0][0], bands[len(bands)-1][1]
	switch {
	case first >= 3*Mm:
		out = append(out, [2]Length{max(0, first-tickGap-tick), first - tickGap})
	case between:
		out = append(out, [2]Length{0, 8 * Mm})
	}
	for i := 1; i < len(bands); i++ {
		from, to := bands[i-1][1], bands[i][0]
		switch {
		case to-from >= Mm:
			out = append(out, [2]Length{from, to})
		case between:
			out = append(out, [2]Length{from - 2*Mm, to + 2*Mm})
		}
	}
	switch {
	case paper-last >= 3*Mm:
		out = append(out, [2]Length{last + tickGap, min(paper, last+tickGap+tick)})
	case between:
		out = append(out, [2]Length{paper - 8*Mm, paper})
	}
	return out
}

// Of a ruler on a sheet.
const (
	rulerLength = 50 * Mm
	rulerHeight = 3 * Mm
	// border is what printers leave white at a sheet's edges.
	border = 5 * Mm
)

// ruler is the 50 mm scale in the lower margin, or the upper one; nothing where neither has room. It
// tells at a glance, and with any ruler, whether a sheet was printed at its true size.
func (g *Grid) ruler(note *Note, n, of int) []Item {
	y, ok := g.rulerAt()
	if !ok {
		return nil
	}
	rooms := g.rooms()
	first := -1
	for i, r := range rooms {
		if r[1]-r[0] >= rulerLength {
			first = i
			break
		}
	}
	if first < 0 {
		return nil
	}
	at := Point{rooms[first][0], y}
	items := []Item{scale(at, rulerLength, false)}
	if note == nil || note.Shaper == nil || note.Font == nil {
		return items
	}
	parts := []string{note.Ruler, note.Advice}
	if note.Sheet != nil {
		parts = append(parts, note.Sheet(n, of))
	}
	parts = slices.DeleteFunc(parts, func(s string) bool { return s == "" })
	if len(parts) == 0 {
		return items
	}
	// beside the ruler if there is room, else past the next cut
	rooms[first][0] += rulerLength + 3*Mm
	for _, r := range rooms[first:] {
		if r[1]-r[0] < 10*Mm {
			continue
		}
		fit := note.Shaper.Text(Rect{r[0], y, r[1] - r[0], rulerHeight}, []Para{{Spans: []Span{{Text: strings.Join(parts, " · "), Font: note.Font, Color: Black}}}},
			TextStyle{Size: 7 * Pt, MinSize: 6 * Pt, Lines: 1, Leading: 1000, VAlign: Middle})
		if !fit.Overflow {
			return append(items, fit.Items...)
		}
	}
	return items
}

// rooms are the stretches of a horizontal margin between cut marks, from left to right, where printers
// print.
func (g *Grid) rooms() [][2]Length {
	from, to := max(g.First.X, border)+3*Mm, g.W-border-3*Mm
	if !g.Marks {
		return [][2]Length{{from, to}}
	}
	lines := cuts(bands(g.First.X, g.First.W, g.Pitch.X, g.Columns), g.W)
	slices.Sort(lines)
	var out [][2]Length
	for _, x := range append(lines, to+2*Mm) {
		if end := min(to, x-2*Mm); end > from {
			out = append(out, [2]Length{from, end})
		}
		from = max(from, x+3*Mm)
	}
	return out
}

// rulerAt is the top of the ruler's place.
func (g *Grid) rulerAt() (Length, bool) {
	bottom := g.Place(g.Count() - 1)
	below := bottom.Y + bottom.H
	if margin := g.H - below; margin >= border+rulerHeight+Mm {
		return below + min((margin-rulerHeight)/2, margin-border-rulerHeight), true
	}
	return max(border, (g.First.Y-rulerHeight)/2), g.First.Y >= border+rulerHeight+Mm
}

// scale is a ruler of whole millimetres from a point, to the right or downwards: longer ticks at the
// fives and the tens.
func scale(from Point, length Length, down bool) *Path {
	p := &Path{Stroke: &Black, Width: hairline}
	to := func(along, across Length) (Length, Length) {
		if down {
			return from.X + across, from.Y + along
		}
		return from.X + along, from.Y + across
	}
	line := func(a0, c0, a1, c1 Length) {
		x0, y0 := to(a0, c0)
		x1, y1 := to(a1, c1)
		p.Move(x0, y0).Line(x1, y1)
	}
	line(0, 0, length, 0)
	for mm := range int(length/Mm) + 1 {
		at, h := Length(mm)*Mm, Mm
		switch {
		case mm%10 == 0:
			h = rulerHeight
		case mm%5 == 0:
			h = 2 * Mm
		}
		line(at, 0, at, h)
	}
	return p
}
