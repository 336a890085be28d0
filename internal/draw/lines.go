package draw

import "vitrine/internal/layout"

// lines draws a line for each series. A value is written where nothing else stands; those that find no
// place are left to the table.
func (c *Chart) lines(p *pen, box layout.Rect) layout.Length {
	em, n := p.size, len(c.Labels)
	top := box.Y + c.legend(p, box)
	slot := box.W / layout.Length(n)
	// Labels too wide for their place share it: every second one, every third…
	every, below := 1, layout.Length(0)
	for ; every < n; every++ {
		trial := &pen{Look: p.Look, size: em}
		below = c.below(trial, box, every)
		if !trial.over && below <= p.line()*3 {
			break
		}
	}
	if every >= n {
		below = c.below(p, box, every)
	}
	below += em / 4
	bottom := top + box.W/2
	if box.H > 0 {
		bottom = box.Y + box.H - below
	}
	lo, hi := c.extent()
	sc := scale{lo: lo, hi: hi, from: bottom - em/2, to: top + p.line() + em/2}
	if lo < 0 {
		sc.from -= p.line()
	}
	if sc.from-sc.to < em*3 {
		p.over = true
		return bottom + below - box.Y
	}
	zero := sc.at(0)
	p.stroke(box.X, zero, box.X+box.W, zero, p.Ink, em/14)
	for i := 0; i < n; i += every {
		at, align := c.place(i, every, box, em/4)
		at.Y = bottom + em/4
		p.text(at, c.Labels[i], p.Font, p.Ink, align)
	}
	var taken []layout.Rect
	points := make([][]layout.Point, len(c.Series))
	for k, s := range c.Series {
		color := c.color(k, p.Look)
		path := &layout.Path{Stroke: &color, Width: em / 7, Round: true, Dash: dashes(k, em)}
		for i, v := range s.Values {
			q := layout.Point{X: box.X + slot*layout.Length(i) + slot/2, Y: sc.at(v)}
			points[k] = append(points[k], q)
			if i == 0 {
				path.Move(q.X, q.Y)
			} else {
				path.Line(q.X, q.Y)
			}
			taken = append(taken, layout.Rect{X: q.X - em*3/10, Y: q.Y - em*3/10, W: em * 6 / 10, H: em * 6 / 10})
		}
		if n > 1 {
			p.items = append(p.items, path)
		}
	}
	for k := range c.Series {
		for _, q := range points[k] {
			c.mark(p, q, k)
		}
	}
	plot := layout.Rect{X: box.X, Y: top, W: box.W, H: bottom - top}
	for k := range c.Series {
		for _, i := range c.telling(k) {
			p.beside(points[k][i], c.Series[k].text(i), plot, points, &taken)
		}
	}
	return bottom + below - box.Y
}

// below is the height of the labels where every so many-th is shown.
func (c *Chart) below(p *pen, box layout.Rect, every int) layout.Length {
	var h layout.Length
	for i := 0; i < len(c.Labels); i += every {
		at, align := c.place(i, every, box, p.size/4)
		h = max(h, p.fitted(at, c.Labels[i], p.Font, p.Ink, align).Height)
	}
	return h
}

// place is where a label stands below its point. At the ends it leans on the side of the box.
func (c *Chart) place(i, every int, box layout.Rect, gap layout.Length) (layout.Rect, layout.Align) {
	slot := box.W / layout.Length(len(c.Labels))
	middle := box.X + slot*layout.Length(i) + slot/2
	half := slot*layout.Length(every)/2 - gap
	from, to, align := middle-half, middle+half, layout.Center
	if from < box.X {
		from, align = box.X, layout.Left
	}
	if to > box.X+box.W {
		to = box.X + box.W
		if align == layout.Center {
			align = layout.Right
		}
	}
	return layout.Rect{X: from, W: to - from}, align
}

// telling are the points of a series, those first whose values say most: the last, the first, the
// greatest, the least.
func (c *Chart) telling(k int) []int {
	values := c.Series[k].Values
	last, most, least := len(values)-1, 0, 0
	for i, v := range values {
		if v > values[most] {
			most = i
		}
		if v < values[least] {
			least = i
		}
	}
	out, seen := make([]int, 0, len(values)), make([]bool, len(values))
	add := func(i int) {
		if !seen[i] {
			seen[i] = true
			out = append(out, i)
		}
	}
	add(last)
	add(0)
	add(most)
	add(least)
	for i := range values {
		add(i)
	}
	return out
}

// beside writes a value near its point, where it covers neither point nor value, nor a line if it can.
func (p *pen) beside(q layout.Point, s string, plot layout.Rect, lines [][]layout.Point, taken *[]layout.Rect) {
	if s == "" {
		return
	}
	w, h, gap := p.width(s, p.strong()), p.line(), p.size*4/10
	near := [...]layout.Rect{
		{X: q.X - w/2, Y: q.Y - gap - h}, {X: q.X - w/2, Y: q.Y + gap},
		{X: q.X + gap, Y: q.Y - h}, {X: q.X - gap - w, Y: q.Y - h}, {X: q.X + gap, Y: q.Y}, {X: q.X - gap - w, Y: q.Y},
	}
	for _, clear := range [...]bool{true, false} {
		for _, at := range near {
			at.W, at.H = w, h
			at.X = max(plot.X, min(at.X, plot.X+plot.W-w))
			if !plot.Contains(at) || crosses(at, *taken) || clear && crossed(at, lines) {
				continue
			}
			*taken = append(*taken, at)
			at.W += p.size
			p.put(p.Shaper.Text(at, one(s, p.strong(), p.Ink), layout.TextStyle{Size: p.size, Leading: leading, Lines: 1}))
			return
		}
	}
}

// crossed tells whether one of the lines runs through a rectangle, looked at in 32 places of each piece.
func crossed(r layout.Rect, lines [][]layout.Point) bool {
	for _, points := range lines {
		for i := 1; i < len(points); i++ {
			a, b := points[i-1], points[i]
			for step := range layout.Length(33) {
				x, y := a.X+(b.X-a.X)*step/32, a.Y+(b.Y-a.Y)*step/32
				if x > r.X && x < r.X+r.W && y > r.Y && y < r.Y+r.H {
					return true
				}
			}
		}
	}
	return false
}

// crosses tells whether a rectangle meets one of those.
func crosses(r layout.Rect, list []layout.Rect) bool {
	for _, o := range list {
		if r.X < o.X+o.W && o.X < r.X+r.W && r.Y < o.Y+o.H && o.Y < r.Y+r.H {
			return true
		}
	}
	return false
}

// dashes tell the lines apart.
func dashes(k int, em layout.Length) []layout.Length {
	switch k % 4 {
	case 1:
		return []layout.Length{em / 2, em * 3 / 8}
	case 2:
		return []layout.Length{em / 20, em * 3 / 10}
	case 3:
		return []layout.Length{em, em * 3 / 10, em / 20, em * 3 / 10}
	}
	return nil
}

// mark is a point of a series: a disc, a square, a lozenge, a triangle.
func (c *Chart) mark(p *pen, q layout.Point, k int) {
	color, r := c.color(k, p.Look), p.size*3/10
	path := &layout.Path{Fill: &color}
	if k/4%2 == 1 {
		path.Fill, path.Stroke, path.Width = &p.Paper, &color, p.size/9
	}
	switch k % 4 {
	case 0:
		path.Ellipse(layout.Rect{X: q.X - r, Y: q.Y - r, W: 2 * r, H: 2 * r})
	case 1:
		path.Rectangle(layout.Rect{X: q.X - r*9/10, Y: q.Y - r*9/10, W: r * 18 / 10, H: r * 18 / 10}, 0)
	case 2:
		path.Move(q.X, q.Y-r).Line(q.X+r, q.Y).Line(q.X, q.Y+r).Line(q.X-r, q.Y).Close()
	case 3:
		path.Move(q.X, q.Y-r).Line(q.X+r, q.Y+r).Line(q.X-r, q.Y+r).Close()
	}
	p.items = append(p.items, path)
}
