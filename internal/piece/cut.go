package piece

import (
	"math"
	"strconv"

	"vitrine/internal/diag"
	"vitrine/internal/layout"
)

// What a cutting machine follows well. Past these limits a template is warned of, not refused: the
// cutter's owner decides.
const (
	leastRadius = 4 * layout.Mm // of a corner or a bend
	mostNodes   = 60            // of a contour
	cutWidth    = layout.Pt / 4
)

// contour is how a piece is cut when that is not along its edges.
type contour struct {
	shape  cutShape
	radius layout.Length // of rounded corners
	path   *layout.Path  // closed, counted from the trim's corner
}

type cutShape uint8

const (
	cutRound   cutShape = iota // the circle or ellipse that touches the edges
	cutRounded                 // the edges, their corners rounded
	cutPath                    // a path of the template's own
)

// contour reads `cut`: a word, or a table that says more. Straight is nil.
func (r *reader) contour(t *Template) *contour {
	const key = "cut"
	table, isTable := r.table.Table(key)
	if !isTable {
		switch r.choice(key, "straight", "round", "rounded") {
		case 1:
			return rounded(t, &contour{shape: cutRound})
		case 2:
			return rounded(t, &contour{shape: cutRounded, radius: leastRadius})
		}
		return nil
	}
	r.has(key)
	cr := r.parser.read(table)
	defer cr.done()
	cr.need("shape")
	switch cr.choice("shape", "straight", "round", "rounded", "path") {
	case 1:
		return rounded(t, &contour{shape: cutRound})
	case 2:
		c := &contour{shape: cutRounded, radius: cr.mm("radius", leastRadius.MM(), 0.5, 1000)}
		if c.radius < leastRadius {
			cr.tight("radius", c.radius)
		}
		return rounded(t, c)
	case 3:
		return cr.freeContour(t)
	}
	return nil
}

func (r *reader) tight(key string, radius layout.Length) {
	r.bad(diag.New(diag.CutTight, r.table.Span(key), "radius", trimFloat(math.Round(radius.MM()*10)/10), "least", trimFloat(leastRadius.MM())))
}

// rounded draws the contours that follow the trim.
func rounded(t *Template, c *contour) *contour {
	c.path = c.grown(t, 0)
	return c
}

// grown is the contour with d added all around; less when d is negative. A free path grows by a stroke
// instead: see underlay.
func (c *contour) grown(t *Template, d layout.Length) *layout.Path {
	edge := layout.Rect{W: t.W, H: t.H}.Inset(-d)
	p := &layout.Path{}
	switch {
	case c == nil:
		return p.Rectangle(edge, 0)
	case c.shape == cutRound:
		return p.Ellipse(edge)
	case c.shape == cutRounded:
		return p.Rectangle(edge, max(0, c.radius+d))
	}
	p.Segs = c.path.Segs
	return p
}

// freeContour reads a path: closed, inside the trim, and such as a machine can follow.
func (r *reader) freeContour(t *Template) *contour {
	r.need("d")
	d := r.str("d")
	view := r.numbers("viewbox", 4)
	if d == "" {
		return nil
	}
	if view != nil && (view[2] <= 0 || view[3] <= 0) {
		r.wrong("viewbox", "four-numbers")
		view = nil
	}
	segs, err := fitted(d, view, layout.Rect{W: t.W, H: t.H})
	if err != nil {
		r.badBox("d", err.Error())
		return nil
	}
	segs, closed := closedParts(segs)
	p := &layout.Path{Segs: segs}
	switch {
	case !closed:
		r.badBox("d", "cut-open")
		return nil
	case enclosed(segs) < float64(layout.Mm)*float64(layout.Mm):
		r.badBox("d", "cut-empty")
		return nil
	case !(layout.Rect{W: t.W, H: t.H}).Contains(extent(segs)):
		r.badBox("d", "cut-outside")
		return nil
	}
	if n := nodes(segs); n > mostNodes {
		r.bad(diag.New(diag.CutNodes, r.table.Span("d"), "nodes", strconv.Itoa(n), "most", strconv.Itoa(mostNodes)))
	}
	if bend := tightest(segs); bend < leastRadius-leastRadius/20 {
		r.tight("d", bend)
	}
	return &contour{shape: cutPath, path: p}
}

// finish gives a page its contour, and turns over what is read through glass. The machine's paths
// stand above all that is printed.
func (t *Template) finish(p *layout.Page) {
	if t.contour != nil {
		p.Cut = t.contour.path
	}
	if t.reverse != nil {
		t.reverse.turn(t, p)
	}
	if p.Cut != nil {
		p.Items = append(p.Items, &layout.Path{Segs: p.Cut.Segs, Stroke: &layout.CutContour, Width: cutWidth, Technical: true})
	}
}

// Contour tells whether the piece is cut along a contour of its own, not along its edges.
func (t *Template) Contour() bool { return t.contour != nil }
