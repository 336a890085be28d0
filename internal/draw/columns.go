package draw

import "vitrine/internal/layout"

// columns draws upright columns: labels below, values at their ends. What has no room makes the pen go
// over, and the chart is drawn smaller or as bars.
func (c *Chart) columns(p *pen, box layout.Rect) layout.Length {
	em := p.size
	top := box.Y + c.legend(p, box)
	slot := box.W / layout.Length(len(c.Labels))
	var below layout.Length
	for _, l := range c.Labels {
		below = max(below, p.fitted(layout.Rect{W: slot - em/2}, l, p.Font, p.Ink, layout.Center).Height)
	}
	below += em / 4
	bottom := top + box.W/2
	if box.H > 0 {
		bottom = box.Y + box.H - below
	}
	lo, hi := c.extent()
	if c.Kind == Stacked {
		lo, hi = 0, c.tallest()
	}
	value := p.line()
	sc := scale{lo: lo, hi: hi, from: bottom, to: top + value}
	if lo < 0 {
		sc.from -= value
	}
	if sc.from-sc.to < em*3 { // no plot is left
		p.over = true
		return bottom + below - box.Y
	}
	if c.Kind == Stacked {
		c.stacks(p, box, slot, sc)
	} else {
		c.groups(p, box, slot, sc)
	}
	zero := sc.at(0)
	p.stroke(box.X, zero, box.X+box.W, zero, p.Ink, em/14)
	for i, l := range c.Labels {
		p.text(layout.Rect{X: box.X + slot*layout.Length(i) + em/4, Y: bottom + em/4, W: slot - em/2}, l, p.Font, p.Ink, layout.Center)
	}
	return bottom + below - box.Y
}

// tallest is the greatest sum of a label.
func (c *Chart) tallest() float64 {
	most := 0.0
	for i := range c.Labels {
		sum := 0.0
		for _, s := range c.Series {
			sum += s.Values[i]
		}
		most = max(most, sum)
	}
	if most == 0 {
		return 1
	}
	return most
}

// groups puts the columns of a label side by side.
func (c *Chart) groups(p *pen, box layout.Rect, slot layout.Length, sc scale) {
	em, n := p.size, layout.Length(len(c.Series))
	pitch := min((slot-em/2)/n, em*4)
	room := pitch // of a value
	if n == 1 {
		room = slot - em/4
	}
	zero := sc.at(0)
	for i := range c.Labels {
		left := box.X + slot*layout.Length(i) + (slot-pitch*n)/2
		for k := range c.Series {
			v, s := c.Series[k].Values[i], c.Series[k].text(i)
			end := sc.at(v)
			if v > 0 {
				end = min(end, zero-em/10)
			} else if v < 0 {
				end = max(end, zero+em/10)
			}
			x := left + pitch*layout.Length(k)
			p.fill(layout.Rect{X: x + em/20, Y: min(zero, end), W: pitch - em/10, H: max(zero, end) - min(zero, end)}, k, c.color(k, p.Look))
			if s == "" {
				continue
			}
			if p.width(s, p.strong()) > room-em/10 {
				p.over = true
			}
			at := layout.Rect{X: x + (pitch-room)/2, Y: end - p.line(), W: room}
			if v < 0 {
				at.Y = end
			}
			p.text(at, s, p.strong(), p.Ink, layout.Center)
		}
	}
}

// stacks puts the series of a label on one another. A part shows its value where it has room for it: a
// total always stands.
func (c *Chart) stacks(p *pen, box layout.Rect, slot layout.Length, sc scale) {
	em := p.size
	w := min(slot-em/2, em*5)
	for i := range c.Labels {
		x := box.X + slot*layout.Length(i) + (slot-w)/2
		so := 0.0
		y := sc.at(0)
		for k := range c.Series {
			so += c.Series[k].Values[i]
			end := sc.at(so)
			part := layout.Rect{X: x, Y: end, W: w, H: y - end}
			p.fill(part, k, c.color(k, p.Look))
			if part.H > 0 && k > 0 {
				p.stroke(x, y, x+w, y, p.Paper, em/10)
			}
			s := c.Series[k].text(i)
			if tw := p.width(s, p.strong()); s != "" && tw+em/2 <= w && part.H >= p.line()+em/4 {
				plate := layout.Rect{X: x + (w-tw-em/3)/2, Y: end + (part.H-p.line())/2, W: tw + em/3, H: p.line()}
				p.items = append(p.items, (&layout.Path{Fill: &p.Paper}).Rectangle(plate, em/6))
				p.text(layout.Rect{X: x, Y: plate.Y, W: w}, s, p.strong(), p.Ink, layout.Center)
			}
			y = end
		}
		if i < len(c.Totals) && c.Totals[i] != "" {
			if p.width(c.Totals[i], p.strong()) > slot-em/4 {
				p.over = true
			}
			p.text(layout.Rect{X: box.X + slot*layout.Length(i), Y: y - p.line(), W: slot}, c.Totals[i], p.strong(), p.Ink, layout.Center)
		}
	}
}
