package preflight

import (
	"math"

	"vitrine/internal/layout"
)

// bleed looks whether a colour or a picture that reaches the cut goes on to the edge of the bleed.
func (c *Checker) bleed(i int) {
	t := &c.things[i]
	out := float64(c.page.Bleed)
	if out <= 0 {
		return
	}
	box, color := t.box, layout.Color{}
	if t.path != nil {
		switch {
		case t.path.Fill != nil:
			color = *t.path.Fill
			if inks(color) == 0 {
				return // paper on paper
			}
		case t.path.Stroke != nil && t.path.Dash == nil:
			color = *t.path.Stroke
		default:
			return
		}
	}
	edge := c.cut.box
	if box.x1 <= edge.x0 || box.x0 >= edge.x1 || box.y1 <= edge.y0 || box.y0 >= edge.y1 {
		return
	}
	const tol = 10 * float64(grace) // a knife does not see a tenth of a millimetre
	worst := math.Inf(1)
	side := func(reach, x, y float64) {
		if reach < -tol || reach > out-tol || reach >= worst || !c.flush(t, x, y) {
			return
		}
		// the same colour may carry on
		for j := len(c.grounds) - 1; j >= 0; j-- {
			g := &c.things[c.grounds[j]]
			if g == t || !c.inside(g, point{x, y}) {
				continue
			}
			if g.path != nil && t.path != nil && g.path.Fill.RGB == color.RGB && g.path.Fill.CMYK == color.CMYK {
				return
			}
			break
		}
		worst = reach
	}
	// a place beyond the middle of each side, in the bleed
	midX, midY := (max(box.x0, edge.x0)+min(box.x1, edge.x1))/2, (max(box.y0, edge.y0)+min(box.y1, edge.y1))/2
	side(edge.x0-box.x0, edge.x0-out*0.9, midY)
	side(box.x1-edge.x1, edge.x1+out*0.9, midY)
	side(edge.y0-box.y0, midX, edge.y0-out*0.9)
	side(box.y1-edge.y1, midX, edge.y1+out*0.9)
	if !math.IsInf(worst, 1) {
		c.say(Finding{Rule: ShortBleed, Item: t.item, Value: max(worst, 0) / float64(layout.Mm), Limit: c.page.Bleed.MM(), Color: color})
	}
}

// flush tells whether a thing's outline runs along the side of the cut that a place lies beyond. A
// drawing whose points stick out here and there is not meant to end there.
func (c *Checker) flush(t *thing, x, y float64) bool {
	if t.path == nil || t.path.Fill == nil || c.page.Cut != nil {
		return true
	}
	if t.form == unknown {
		t.form = shapeOf(t)
	}
	if t.form != polygon {
		return true
	}
	const tol, long = 10 * float64(grace), 2 * float64(layout.Mm)
	box, edge := t.box, c.cut.box
	along := false
	c.edges(t, true, func(a, b point) bool {
		switch {
		case x < edge.x0:
			along = a.x < box.x0+tol && b.x < box.x0+tol && math.Abs(a.y-b.y) > long
		case x > edge.x1:
			along = a.x > box.x1-tol && b.x > box.x1-tol && math.Abs(a.y-b.y) > long
		case y < edge.y0:
			along = a.y < box.y0+tol && b.y < box.y0+tol && math.Abs(a.x-b.x) > long
		default:
			along = a.y > box.y1-tol && b.y > box.y1-tol && math.Abs(a.x-b.x) > long
		}
		return !along
	})
	return along
}
