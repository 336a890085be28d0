package draw

import "vitrine/internal/layout"

// legend names the series where there are several, and returns its height.
func (c *Chart) legend(p *pen, box layout.Rect) layout.Length {
	if len(c.Series) < 2 {
		return 0
	}
	side, gap := p.size*9/10, p.size/2
	x, y := box.X, box.Y
	for i, s := range c.Series {
		w := p.width(s.Name, p.Font)
		if x > box.X && x+side+gap+w > box.X+box.W {
			x, y = box.X, y+p.line()*11/10
		}
		c.swatch(p, layout.Rect{X: x, Y: y + (p.line()-side)/2, W: side, H: side}, i)
		room := box.X + box.W - x - side - gap
		h := p.text(layout.Rect{X: x + side + gap, Y: y, W: room}, s.Name, p.Font, p.Ink, layout.Left)
		if h > p.line()*3/2 { // on several lines: the next one begins anew
			x, y = box.X, y+h
			continue
		}
		x += side + gap + w + p.size*3/2
	}
	if x > box.X {
		y += p.line()
	}
	return y - box.Y + p.size/2
}

// swatch is a sample of a series.
func (c *Chart) swatch(p *pen, r layout.Rect, i int) {
	if c.Kind == Lines {
		c.mark(p, layout.Point{X: r.X + r.W/2, Y: r.Y + r.H/2}, i)
		return
	}
	p.fill(r, i, c.color(i, p.Look))
}

// scale places values on a length.
type scale struct {
	lo, hi   float64
	from, to layout.Length // where the least and the greatest stand
}

func (s scale) at(v float64) layout.Length {
	return s.from + layout.Length(float64(s.to-s.from)*((v-s.lo)/(s.hi-s.lo)))
}

// wide is the width, in sizes, from which labels stand beside their bars instead of above them.
const wide = 34

func (c *Chart) bars(p *pen, box layout.Rect) layout.Length {
	y := box.Y + c.legend(p, box)
	em, gap := p.size, p.size/3
	plot := box
	beside := box.W >= wide*em
	if beside {
		w := min(p.widest(c.Labels, p.Font), box.W*2/5)
		plot.X, plot.W = plot.X+w+em, plot.W-w-em
	}
	lo, hi := c.extent()
	var room layout.Length
	for _, s := range c.Series {
		room = max(room, p.widest(s.Texts, p.strong()))
	}
	if room > 0 {
		room = min(room, plot.W/2) + gap
	}
	sc := scale{lo: lo, hi: hi, from: plot.X, to: plot.X + plot.W - room}
	if lo < 0 {
		sc.from += room
		sc.to = max(sc.to, sc.from)
	}
	thick := em * 12 / 10
	if len(c.Series) > 1 {
		thick = em * 105 / 100
	}
	zero, top := sc.at(0), y
	for i, label := range c.Labels {
		if i > 0 {
			y += em * 6 / 10
		}
		start := y
		var height layout.Length
		if beside {
			fit := p.fitted(layout.Rect{X: box.X, Y: y, W: plot.X - box.X - em}, label, p.Font, p.Ink, layout.Left)
			height = fit.Height
			rows := c.rows(p, i, room-gap)
			p.text(layout.Rect{X: box.X, Y: y + max(0, rows-height)/2, W: plot.X - box.X - em}, label, p.Font, p.Ink, layout.Left)
			y += max(0, height-rows) / 2
		} else {
			y += p.text(layout.Rect{X: box.X, Y: y, W: box.W}, label, p.Font, p.Ink, layout.Left) + em/5
		}
		from := y
		for k := range c.Series {
			y += c.bar(p, i, k, y, thick, sc, plot, room-gap)
		}
		if !beside { // the axis does not run through labels
			p.stroke(zero, from-em/10, zero, y+em/10, p.Ink, em/14)
		}
		y = max(y, start+height)
	}
	if beside {
		p.stroke(zero, top, zero, y, p.Ink, em/14)
	}
	if !beside {
		y += em / 10
	}
	return y - box.Y
}

// rows is the height of the bars of a label.
func (c *Chart) rows(p *pen, i int, w layout.Length) layout.Length {
	var h layout.Length
	for k := range c.Series {
		thick := p.size * 12 / 10
		if len(c.Series) > 1 {
			thick = p.size * 105 / 100
		}
		if s := c.Series[k].text(i); s != "" {
			thick = max(thick, p.fitted(layout.Rect{W: w}, s, p.strong(), p.Ink, layout.Left).Height)
		}
		h += thick
	}
	return h
}

// bar draws one bar with its value beyond its end, and returns the height it takes.
func (c *Chart) bar(p *pen, i, k int, y, thick layout.Length, sc scale, plot layout.Rect, room layout.Length) layout.Length {
	v := c.Series[k].Values[i]
	zero, end := sc.at(0), sc.at(v)
	if least := p.size / 10; v > 0 {
		end = max(end, zero+least)
	} else if v < 0 {
		end = min(end, zero-least)
	}
	height, gap := thick, p.size/3
	if s := c.Series[k].text(i); s != "" {
		at := layout.Rect{X: end + gap, W: room}
		at.W = min(at.W, plot.X+plot.W-at.X)
		align := layout.Left
		if v < 0 {
			at.X, align = max(end-gap-room, plot.X), layout.Right
			at.W = end - gap - at.X
		}
		at.Y = y
		fit := p.fitted(at, s, p.strong(), p.Ink, align)
		height = max(height, fit.Height)
		at.Y = y + (height-fit.Height)/2
		p.text(at, s, p.strong(), p.Ink, align)
	}
	r := layout.Rect{X: min(zero, end), Y: y + (height-thick)/2, W: max(zero, end) - min(zero, end), H: thick}
	p.fill(r, k, c.color(k, p.Look))
	return height
}

// funnel puts label and value on the left, and centred bars that follow on each other on the right.
func (c *Chart) funnel(p *pen, box layout.Rect) layout.Length {
	em := p.size
	s := &c.Series[0]
	w := min(max(p.widest(c.Labels, p.Font), p.widest(s.Texts, p.strong())), box.W*45/100)
	plot := layout.Rect{X: box.X + w + em, W: box.W - w - em}
	_, hi := c.extent()
	half := func(i int) layout.Length {
		h := layout.Length(float64(plot.W) / 2 * (s.Values[i] / hi))
		if s.Values[i] > 0 {
			h = max(h, em/10)
		}
		return h
	}
	middle := plot.X + plot.W/2
	color := c.color(0, p.Look)
	y := box.Y
	var above layout.Rect // the bar before
	for i, label := range c.Labels {
		if i > 0 {
			y += em * 7 / 10
		}
		at := layout.Rect{X: box.X, Y: y, W: w}
		text := p.fitted(at, label, p.Font, p.Ink, layout.Left).Height
		value := p.fitted(at, s.text(i), p.strong(), p.Ink, layout.Left).Height
		height := max(text+value, em*2)
		at.Y = y + (height-text-value)/2
		p.text(at, label, p.Font, p.Ink, layout.Left)
		at.Y += text
		p.text(at, s.text(i), p.strong(), p.Ink, layout.Left)
		bar := layout.Rect{X: middle - half(i), Y: y, W: 2 * half(i), H: height}
		if i > 0 && above.W > 0 {
			p.items = append(p.items, (&layout.Path{Fill: &p.Line}).Move(above.X, above.Y+above.H).
				Line(above.X+above.W, above.Y+above.H).Line(bar.X+bar.W, bar.Y).Line(bar.X, bar.Y).Close())
		}
		if bar.W > 0 {
			p.items = append(p.items, (&layout.Path{Fill: &color}).Rectangle(bar, 0))
		}
		above = bar
		y += height
	}
	return y - box.Y
}

// share is one bar of parts; the legend below has a line for each.
func (c *Chart) share(p *pen, box layout.Rect) layout.Length {
	em := p.size
	s := &c.Series[0]
	sum := 0.0
	for _, v := range s.Values {
		sum += v
	}
	high := em * 24 / 10
	// Parts end where the sum so far says, so that they fill the bar whatever is rounded.
	so, x := 0.0, box.X
	for i, v := range s.Values {
		so += v
		if sum > 0 {
			end := box.X + layout.Length(float64(box.W)*(so/sum))
			p.fill(layout.Rect{X: x, Y: box.Y, W: end - x, H: high}, i, c.color(i, p.Look))
			if x > box.X && end > x {
				p.stroke(x, box.Y, x, box.Y+high, p.Paper, em/8)
			}
			x = end
		}
	}
	if sum == 0 {
		p.items = append(p.items, (&layout.Path{Stroke: &p.Line, Width: em / 11}).Rectangle(inset(layout.Rect{X: box.X, Y: box.Y, W: box.W, H: high}, em/22), 0))
	}
	y := box.Y + high + em/2
	values := min(p.widest(s.Texts, p.strong()), box.W*2/5)
	side := em * 9 / 10
	for i, label := range c.Labels {
		p.fill(layout.Rect{X: box.X, Y: y + (p.line()-side)/2, W: side, H: side}, i, c.color(i, p.Look))
		at := layout.Rect{X: box.X + side + em/2, Y: y}
		at.W = box.X + box.W - at.X - values - em
		h := p.text(at, label, p.Font, p.Ink, layout.Left)
		h = max(h, p.text(layout.Rect{X: box.X + box.W - values, Y: y, W: values}, s.text(i), p.strong(), p.Ink, layout.Right))
		y += h + em/4
	}
	return y - em/4 - box.Y
}
