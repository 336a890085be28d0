package svg

import (
	"math"
	"strconv"

	"vitrine/internal/layout"
)

// clip defines a clipping path and returns its id.
func (e *encoder) clip(p *layout.Path) string {
	e.clips++
	id := e.o.Prefix + "c" + strconv.Itoa(e.clips)
	e.s(`<clipPath id="` + id + `"><path d="`)
	e.segments(p.Segs)
	e.rects(p.Rects)
	e.s(`"`)
	if p.EvenOdd {
		e.attr("clip-rule", "evenodd")
	}
	e.s("/></clipPath>")
	return id
}

func (e *encoder) path(p *layout.Path) {
	if len(p.Segs)+len(p.Rects) == 0 {
		return
	}
	e.s(`<path d="`)
	e.segments(p.Segs)
	e.rects(p.Rects)
	e.s(`"`)
	if p.Fill != nil {
		e.color("fill", *p.Fill)
		if p.EvenOdd {
			e.attr("fill-rule", "evenodd")
		}
	} else {
		e.attr("fill", "none")
	}
	if p.Stroke != nil && p.Width > 0 {
		e.color("stroke", *p.Stroke)
		e.s(` stroke-width="`)
		e.mm(p.Width)
		e.s(`"`)
		if p.Round {
			e.s(` stroke-linecap="round" stroke-linejoin="round"`)
		}
		if len(p.Dash) > 0 {
			e.s(` stroke-dasharray="`)
			for i, d := range p.Dash {
				if i > 0 {
					e.s(" ")
				}
				e.mm(d)
			}
			e.s(`"`)
		}
	}
	e.s("/>")
}

func (e *encoder) point(op string, p layout.Point) {
	e.s(op)
	e.mm(p.X)
	e.s(" ")
	e.mm(p.Y)
}

// steps writes rings of straight lines from one whole corner to the next; false for anything else.
func (e *encoder) steps(segs []layout.Seg) bool {
	whole := func(l layout.Length) int { return int(math.Round(float64(l) / float64(layout.Mm))) }
	start, x, y, within := len(e.buf), 0, 0, false
	for i := range segs {
		s := &segs[i]
		switch s.Op {
		case layout.MoveTo:
			x, y, within = whole(s.P[0].X), whole(s.P[0].Y), false
			e.s("M")
			e.number(x)
			e.gap(y)
		case layout.LineTo:
			dx, dy := whole(s.P[0].X)-x, whole(s.P[0].Y)-y
			if dx == 0 && dy == 0 {
				continue
			}
			if x, y = x+dx, y+dy; within {
				e.gap(dx)
			} else {
				e.s("l")
				e.number(dx)
			}
			e.gap(dy)
			within = true
		case layout.Close:
			e.s("Z")
		default:
			e.buf = e.buf[:start]
			return false
		}
	}
	return true
}

func (e *encoder) number(n int) { e.buf = strconv.AppendInt(e.buf, int64(n), 10) }

// gap writes a number after another one: a minus sign parts them by itself.
func (e *encoder) gap(n int) {
	if n >= 0 {
		e.s(" ")
	}
	e.number(n)
}

func (e *encoder) segments(segs []layout.Seg) {
	if e.o.Whole && e.steps(segs) {
		return
	}
	for i := range segs {
		s := &segs[i]
		switch s.Op {
		case layout.MoveTo:
			e.point("M", s.P[0])
		case layout.LineTo:
			e.point("L", s.P[0])
		case layout.CurveTo:
			e.point("C", s.P[0])
			e.point(" ", s.P[1])
			e.point(" ", s.P[2])
		case layout.Close:
			e.s("Z")
		}
	}
}

func (e *encoder) rects(rects []layout.Rect) {
	for _, r := range rects {
		e.point("M", layout.Point{X: r.X, Y: r.Y})
		e.s("h")
		e.mm(r.W)
		e.s("v")
		e.mm(r.H)
		e.s("h")
		e.mm(-r.W)
		e.s("Z")
	}
}
