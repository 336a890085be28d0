package piece

import (
	"fmt"

	"vitrine/internal/diag"
	"vitrine/internal/layout"
)

// paint is how a shape is filled and stroked.
type paint struct {
	fill, stroke *expr
	width        layout.Length
	dash         []layout.Length
	round        bool
}

func (r *reader) paint() paint {
	return paint{fill: r.expr("fill"), stroke: r.expr("stroke"), width: r.pt("width", 0.5, 0.05, 500), dash: r.dash("dash"), round: r.boolean("round", false)}
}

func (p *paint) fixed() bool { return p.fill.static() && p.stroke.static() }

// apply gives a path its colours; it tells whether there is anything to see.
func (p *paint) apply(r *run, path *layout.Path) bool {
	if c, ok := r.color(p.fill); ok {
		path.Fill = &c
	}
	if c, ok := r.color(p.stroke); ok {
		path.Stroke, path.Width, path.Dash, path.Round = &c, p.width, p.dash, p.round
	}
	return path.Fill != nil || path.Stroke != nil
}

// shape is rect, ellipse, line and path: an outline inside the box.
type shape struct {
	paint
	outline func(at layout.Rect, p *layout.Path)
}

func (s *shape) draw(r *run, at layout.Rect) layout.Length {
	p := &layout.Path{}
	if s.apply(r, p) && r.heard == nil {
		s.outline(at, p)
		r.items = append(r.items, p)
	}
	return at.H
}

func parseRect(r *reader) drawer {
	radius := r.mm("radius", 0, 0, 1000)
	return &shape{r.paint(), func(at layout.Rect, p *layout.Path) { p.Rectangle(at, radius) }}
}

func parseEllipse(r *reader) drawer {
	return &shape{r.paint(), func(at layout.Rect, p *layout.Path) { p.Ellipse(at) }}
}

// a line goes from the box's top left corner to its bottom right one.
func parseLine(r *reader) drawer {
	return &shape{r.paint(), func(at layout.Rect, p *layout.Path) { p.Move(at.X, at.Y).Line(at.X+at.W, at.Y+at.H) }}
}

// parsePath reads SVG path data. With a viewbox it is fitted into the box; else one unit is a
// millimetre from the box's corner.
func parsePath(r *reader) drawer {
	r.need("d")
	d := r.str("d")
	view := r.numbers("viewbox", 4)
	evenOdd := r.boolean("even_odd", false)
	if _, err := layout.ParsePath(d, layout.Point{}, layout.Mm); err != nil {
		r.badBox("d", err.Error())
	}
	if view != nil && (view[2] <= 0 || view[3] <= 0) {
		r.wrong("viewbox", "four-numbers")
		view = nil
	}
	return &shape{r.paint(), func(at layout.Rect, p *layout.Path) {
		p.Segs, _ = fitted(d, view, at) // it was read once already
		p.EvenOdd = evenOdd
	}}
}

// qrBox is kind = "qr".
type qrBox struct {
	text     *expr
	color    *expr
	smallest layout.Length
	clear    bool // its address stands beside it in letters
}

func parseQR(r *reader) drawer {
	r.need("text")
	return &qrBox{text: r.expr("text"), color: r.expr("color"), smallest: r.mm("min_size", 15, 5, 500), clear: r.boolean("clear", true)}
}

func (b *qrBox) fixed() bool { return b.text.static() && b.color.static() }

// smallestModule is the side of a square that phones still read at arm's length.
const smallestModule = layout.Mm * 35 / 100

func (b *qrBox) draw(r *run, at layout.Rect) layout.Length {
	text := r.eval(b.text)
	if text == "" {
		return 0
	}
	color := r.ink(b.color)
	if r.heard != nil {
		return at.H
	}
	path, module, err := layout.QR(at, text, color)
	if err != nil {
		r.report(diag.New(diag.BadBox, b.text.origin.Span("text"), "reason", err.Error()))
		return at.H
	}
	if side := min(at.W, at.H); side < b.smallest || module < smallestModule {
		need, where := max(b.smallest, side*smallestModule/max(module, 1)), r.t.Name
		if side >= b.smallest && b.text.own(r.each) { // its address is too long
			where += ", " + r.sub.Name
		}
		r.report(diag.New(diag.QRTooSmall, r.where.origin.Span("at"), "where", where, "piece", r.t.Name,
			"size", fmt.Sprintf("%.0f", side.MM()), "min", fmt.Sprintf("%.0f", need.MM())))
	}
	r.items = append(r.items, path)
	r.mark(mark{e: b.text, text: text, code: b})
	return at.H
}
