package pdf

import (
	"math"
	"strconv"

	"vitrine/internal/layout"
)

// content writes the operators of one page. The first of them turns the page over, so that all that
// follows counts downwards from the trim's top left corner, as frames do.
type content struct {
	encoder *Encoder
	buf     []byte
	err     error

	fill, stroke paint
	state        state
	fonts        []usedFont
	pictures     []*embedded
	spots        []spot
	states       uint8 // those that were switched to, a bit each
}

func (c *content) begin(top, left layout.Length) {
	c.buf = append(c.buf, "1 0 0 -1 "...)
	c.num(left)
	c.num(top)
	c.op("cm")
}

func (c *content) item(item layout.Item) {
	switch it := item.(type) {
	case *layout.Path:
		c.path(it)
	case *layout.Text:
		c.text(it)
	case *layout.Image:
		c.image(it)
	case *layout.Group:
		c.group(it)
	}
}

func (c *content) group(g *layout.Group) {
	if g.Transform == nil && g.Clip == nil {
		for _, item := range g.Items {
			c.item(item)
		}
		return
	}
	fill, stroke, state := c.fill, c.stroke, c.state
	c.op("q")
	if m := g.Transform; m != nil {
		c.float(m.A)
		c.float(m.B)
		c.float(m.C)
		c.float(m.D)
		c.num(m.E)
		c.num(m.F)
		c.op("cm")
	}
	if g.Clip != nil {
		c.segments(g.Clip.Segs)
		c.rects(g.Clip.Rects)
		if g.Clip.EvenOdd {
			c.op("W* n")
		} else {
			c.op("W n")
		}
	}
	for _, item := range g.Items {
		c.item(item)
	}
	c.op("Q")
	c.fill, c.stroke, c.state = fill, stroke, state
}

func (c *content) path(p *layout.Path) {
	filled, stroked := p.Fill != nil, p.Stroke != nil && p.Width > 0
	if !filled && !stroked || len(p.Segs)+len(p.Rects) == 0 || p.Technical && c.encoder.profile == Office {
		return
	}
	if filled && stroked && (p.Fill.Spot != "" || p.Stroke.Spot != "") {
		// in one operation both would meet what lies below in one way
		c.paint(p, true, false)
		filled = false
	}
	c.paint(p, filled, stroked)
}

func (c *content) paint(p *layout.Path, filled, stroked bool) {
	if filled {
		c.inkFill(*p.Fill, false, p.Technical)
	}
	if stroked {
		c.inkStroke(*p.Stroke, p.Technical)
		c.num(p.Width)
		c.op("w")
		if p.Round {
			c.op("1 J 1 j")
		}
		if len(p.Dash) > 0 {
			c.buf = append(c.buf, '[')
			for _, d := range p.Dash {
				c.num(d)
			}
			c.buf = append(c.buf, "] 0 d\n"...)
		}
	}
	if filled && !stroked && len(p.Segs) == 0 && c.grid(p) {
		return
	}
	c.segments(p.Segs)
	c.rects(p.Rects)
	op := "f"
	switch {
	case filled && stroked:
		op = "B"
	case stroked:
		op = "S"
	}
	if p.EvenOdd && filled {
		op += "*"
	}
	c.op(op)
	if stroked && p.Round {
		c.op("0 J 0 j")
	}
	if stroked && len(p.Dash) > 0 {
		c.op("[] 0 d")
	}
}

func (c *content) segments(segs []layout.Seg) {
	for i := range segs {
		s := &segs[i]
		switch s.Op {
		case layout.MoveTo:
			c.point(s.P[0])
			c.op("m")
		case layout.LineTo:
			c.point(s.P[0])
			c.op("l")
		case layout.CurveTo:
			c.point(s.P[0])
			c.point(s.P[1])
			c.point(s.P[2])
			c.op("c")
		case layout.Close:
			c.op("h")
		}
	}
}

func (c *content) rects(rects []layout.Rect) {
	for _, r := range rects {
		c.num(r.X)
		c.num(r.Y)
		c.num(r.W)
		c.num(r.H)
		c.op("re")
	}
}

// minGrid is how many rectangles make it worth to say what they are multiples of.
const minGrid = 16

// grid fills rectangles that are all whole numbers of squares, as those of a QR code are: then it writes
// those numbers, which takes a third of the room and of the time, and is exact.
func (c *content) grid(p *layout.Path) bool {
	if len(p.Rects) < minGrid {
		return false
	}
	side, x0, y0 := p.Rects[0].H, p.Rects[0].X, p.Rects[0].Y
	if side <= 0 {
		return false
	}
	for _, r := range p.Rects {
		if r.H != side || r.W%side != 0 || (r.X-x0)%side != 0 || (r.Y-y0)%side != 0 {
			return false
		}
	}
	c.op("q")
	c.exact(side)
	c.buf = append(c.buf, "0 0 "...)
	c.exact(side)
	c.num(x0)
	c.num(y0)
	c.op("cm")
	for _, r := range p.Rects {
		for _, n := range [...]layout.Length{(r.X - x0) / side, (r.Y - y0) / side, r.W / side} {
			c.buf = append(strconv.AppendInt(c.buf, int64(n), 10), ' ')
		}
		c.op("1 re")
	}
	if p.EvenOdd {
		c.op("f* Q")
	} else {
		c.op("f Q")
	}
	return true
}

// exact writes a length in points, to the millionth: for what is multiplied.
func (c *content) exact(l layout.Length) { c.float(l.PT()) }

func (c *content) image(im *layout.Image) {
	if im.Picture == nil || im.Box.W <= 0 || im.Box.H <= 0 {
		return
	}
	p, err := c.encoder.picture(im.Picture)
	if err != nil {
		c.err = err
		return
	}
	known := false
	for _, q := range c.pictures {
		known = known || q == p
	}
	if !known {
		c.pictures = append(c.pictures, p)
	}
	c.want(0, overFill|darken)
	c.op("q")
	if im.Clip != im.Box && im.Clip.W > 0 {
		c.num(im.Clip.X)
		c.num(im.Clip.Y)
		c.num(im.Clip.W)
		c.num(im.Clip.H)
		c.op("re W n")
	}
	c.num(im.Box.W)
	c.buf = append(c.buf, "0 0 "...)
	c.num(-im.Box.H)
	c.num(im.Box.X)
	c.num(im.Box.Y + im.Box.H)
	c.op("cm")
	c.buf = append(c.buf, '/')
	c.buf = append(c.buf, p.name...)
	c.op(" Do Q")
}

func (c *content) op(s string) {
	c.buf = append(c.buf, s...)
	c.buf = append(c.buf, '\n')
}

func (c *content) point(p layout.Point) {
	c.num(p.X)
	c.num(p.Y)
}

// num writes a length in points, to the thousandth.
func (c *content) num(l layout.Length) {
	c.milli(int64(thousandths(l)))
}

// thousandths of a point: 12.7 units of length each.
func thousandths(l layout.Length) int64 {
	n := int64(l) * 10
	if n < 0 {
		return (n - 63) / 127
	}
	return (n + 63) / 127
}

// milli writes thousandths as a decimal number and a space.
func (c *content) milli(n int64) {
	c.buf = append(appendMilli(c.buf, n), ' ')
}

func appendMilli(b []byte, n int64) []byte {
	if n < 0 {
		b = append(b, '-')
		n = -n
	}
	b = strconv.AppendInt(b, n/1000, 10)
	if r := n % 1000; r != 0 {
		b = append(b, '.', byte('0'+r/100))
		if r %= 100; r != 0 {
			b = append(b, byte('0'+r/10))
			if r %= 10; r != 0 {
				b = append(b, byte('0'+r))
			}
		}
	}
	return b
}

func (c *content) float(f float64) {
	c.buf = strconv.AppendFloat(c.buf, math.Round(f*1e6)/1e6, 'f', -1, 64)
	c.buf = append(c.buf, ' ')
}

func hex4(b []byte, v uint16) []byte {
	const digits = "0123456789ABCDEF"
	return append(b, digits[v>>12], digits[v>>8&15], digits[v>>4&15], digits[v&15])
}
