package draw

import (
	"math"
	"strconv"

	"vitrine/internal/layout"
)

// A Map is a geometry fitted into a box. It is not changed after and may be shared by goroutines.
type Map struct {
	parts []part
}

type part struct {
	segs   []layout.Seg
	label  layout.Point
	radius layout.Length
}

// At fits the geometry into a box, in its middle, as large as it goes.
func (g *Geometry) At(box layout.Rect) *Map {
	m := &Map{parts: make([]part, len(g.shapes))}
	if g.w == 0 || g.h == 0 {
		return m
	}
	scale := min(float64(box.W)/g.w, float64(box.H)/g.h)
	dx := float64(box.X) + (float64(box.W)-g.w*scale)/2
	dy := float64(box.Y) + (float64(box.H)-g.h*scale)/2
	// Corners stand on a grid finer than the eye: short numbers in every page that shows the map.
	grid := float64(layout.Mm) / 100
	if box.W > layout.MM(300) {
		grid *= 10
	}
	at := func(p point) layout.Point {
		x, y := dx+(p.x-g.minX)*scale, dy+(p.y-g.minY)*scale
		return layout.Point{X: layout.Length(math.Round(x/grid) * grid), Y: layout.Length(math.Round(y/grid) * grid)}
	}
	for i, s := range g.shapes {
		var path layout.Path
		for _, ring := range s.rings {
			ringOn(&path, ring, at)
		}
		m.parts[i] = part{segs: path.Segs, label: at(s.label), radius: layout.Length(s.radius * scale)}
	}
	return m
}

// ringOn adds a ring to a path, without corners that fall on one another; a ring of less than three
// is nothing.
func ringOn(path *layout.Path, ring []point, at func(point) layout.Point) {
	corners := make([]layout.Point, 0, len(ring))
	for _, p := range ring {
		if q := at(p); len(corners) == 0 || corners[len(corners)-1] != q {
			corners = append(corners, q)
		}
	}
	for len(corners) > 1 && corners[0] == corners[len(corners)-1] {
		corners = corners[:len(corners)-1]
	}
	if len(corners) < 3 {
		return
	}
	path.Move(corners[0].X, corners[0].Y)
	for _, q := range corners[1:] {
		path.Line(q.X, q.Y)
	}
	path.Close()
}

// Levels is how many tints a map has besides that of nothing.
const Levels = 4

// Level is the tint of a count, 0 for none and Levels for the greatest. Steps are even in the logarithm:
// one large town does not leave all the others pale.
func Level(count, greatest int) int {
	if count <= 0 {
		return 0
	}
	if count >= greatest {
		return Levels
	}
	l := math.Log(float64(1+count)) / math.Log(float64(1+greatest))
	return max(1, min(Levels, int(math.Round(l*Levels))))
}

// Cell is what a place shows.
type Cell struct {
	Level  int    // 0 to Levels: its tint, and its class c0 to c4
	Label  string // a number as a rule: colour is never alone
	Title  string // its name for readers
	Link   string
	Marked bool // the place that the page is about: outlined, with the class here
}

// Paint is how a map looks. Without Font or Shaper labels are left out.
type Paint struct {
	// Styled leaves fills and lines out: a page's style sheet gives them by the classes.
	Styled bool

	Fills     [Levels + 1]layout.Color
	Labels    [Levels + 1]layout.Color // on each fill
	Line      layout.Color             // between cells
	LineWidth layout.Length
	Mark      layout.Color // around the marked cell
	MarkWidth layout.Length
	Hatch     Hatch // over the fills of the middle levels

	Shaper        *layout.Shaper // one goroutine's
	Font          *layout.Font
	Size, MinSize layout.Length // of the labels; they shrink in small cells
}

// NewPaint tints the cells with the accent and hatches the middle levels; the fullest is the accent itself. Where that is too
// pale to stand out on the paper, as in a grey copy, or no label reads well on it, ink goes into it. Lines are of the paper's colour, labels of whichever of ink and
// paper reads better.
func NewPaint(accent, ink, paper layout.Color, width layout.Length) Paint {
	p := Paint{Line: paper, LineWidth: max(width/300, Hairline), Mark: ink, MarkWidth: width / 130, Size: width / 34, MinSize: width / 70}
	full := accent
	faint := func() bool { return contrast(full, paper) < 3 || max(contrast(full, ink), contrast(full, paper)) < 4.5 }
	for share := 20; share <= 80 && faint(); share += 20 {
		full = mix(accent, ink, share)
	}
	p.Fills = [Levels + 1]layout.Color{ink.Tint(8), accent.Tint(12), accent.Tint(22), accent.Tint(34), full}
	step := max(width/58, layout.Mm*7/10)
	p.Hatch = Hatch{Color: full, Step: step, Width: max(step/6, Hairline)}
	for i, f := range p.Fills {
		p.Labels[i] = ink
		if contrast(f, paper) > contrast(f, ink) {
			p.Labels[i] = paper
		}
	}
	return p
}

// mix is a colour with percent of another in it.
func mix(a, b layout.Color, percent int) layout.Color {
	var c layout.Color
	for i := range c.RGB {
		c.RGB[i] = uint8((int(a.RGB[i])*(100-percent) + int(b.RGB[i])*percent + 50) / 100)
	}
	for i := range c.CMYK {
		c.CMYK[i] = uint16((int(a.CMYK[i])*(100-percent) + int(b.CMYK[i])*percent + 50) / 100)
	}
	return c
}

// contrast is WCAG's ratio between two colours.
func contrast(a, b layout.Color) float64 {
	l := func(c layout.Color) float64 {
		sum := 0.05
		for i, share := range [3]float64{0.2126, 0.7152, 0.0722} {
			v := float64(c.RGB[i]) / 255
			if v <= 0.04045 {
				v /= 12.92
			} else {
				v = math.Pow((v+0.055)/1.055, 2.4)
			}
			sum += share * v
		}
		return sum
	}
	x, y := l(a), l(b)
	return max(x, y) / min(x, y)
}

// Items draws the map: a group for each cell, with its link, its title and its classes. cells are in the
// order of the places; a missing one shows nothing. The marked cells come last, over their neighbours'
// edges.
func (m *Map) Items(cells []Cell, paint Paint) []layout.Item {
	out := make([]layout.Item, 0, len(m.parts))
	var marked []layout.Item
	for i := range m.parts {
		if i >= len(cells) || len(m.parts[i].segs) == 0 {
			continue
		}
		g := m.group(&m.parts[i], &cells[i], &paint)
		if cells[i].Marked {
			marked = append(marked, g)
		} else {
			out = append(out, g)
		}
	}
	return append(out, marked...)
}

func (m *Map) group(p *part, c *Cell, paint *Paint) *layout.Group {
	level := max(0, min(Levels, c.Level))
	path := &layout.Path{Segs: p.segs}
	class := "c" + strconv.Itoa(level)
	if c.Marked {
		class += " here"
	}
	if !paint.Styled {
		path.Fill, path.Round = &paint.Fills[level], true
		path.Stroke, path.Width = &paint.Line, paint.LineWidth
		if c.Marked {
			path.Stroke, path.Width = &paint.Mark, paint.MarkWidth
		}
	}
	g := &layout.Group{Link: c.Link, Title: c.Title, Class: class, Items: []layout.Item{path}}
	var text []layout.Item
	if c.Label != "" && paint.Shaper != nil && paint.Font != nil {
		text = label(p, c.Label, paint.Labels[level], paint)
	}
	if !paint.Styled {
		if lines := paint.Hatch.fill(p.segs, level, roomOf(text)); lines != nil {
			edge := &layout.Path{Segs: p.segs, Stroke: path.Stroke, Width: path.Width, Round: true}
			path.Stroke, path.Round = nil, false
			g.Items = append(g.Items, lines, edge)
		}
	}
	g.Items = append(g.Items, text...)
	return g
}

// roomOf is the room that a text takes, with a little air; nothing without a text.
func roomOf(items []layout.Item) layout.Rect {
	for _, item := range items {
		if t, ok := item.(*layout.Text); ok {
			air := t.Size / 5
			return layout.Rect{X: t.X - air, Y: t.Y - t.Size*4/5 - air/2, W: t.Width() + 2*air, H: t.Size + air}
		}
	}
	return layout.Rect{}
}

// label sets a cell's label in its free circle, at the size of all where there is room.
func label(p *part, text string, color layout.Color, paint *Paint) []layout.Item {
	// a text of half as many ems as letters, and one high, in the circle
	half := math.Hypot(1, 0.55*float64(len([]rune(text)))) / 2
	size := max(paint.MinSize, min(paint.Size, layout.Length(float64(p.radius)/half)))
	box := layout.Rect{X: p.label.X - size*10, Y: p.label.Y - size, W: size * 20, H: size * 2}
	fit := paint.Shaper.Text(box, []layout.Para{{Spans: []layout.Span{{Text: text, Font: paint.Font, Color: color}}}},
		layout.TextStyle{Size: size, Lines: 1, Align: layout.Center, VAlign: layout.Middle})
	return fit.Items
}
