package draw

import (
	"fmt"
	"strings"

	"vitrine/internal/layout"
)

// A Timeline is what happens when: phases and milestones on an axis of whole numbers, days for instance.
// It knows no calendar: the caller says where ticks stand and what they are called.
type Timeline struct {
	From, To int
	Ticks    []Tick
	Rows     []Stretch
}

// Tick is a place on the axis, in their order. Its label may have a second line, after a line end. Where labels
// have no room, every second one or every third stands.
type Tick struct {
	At    int
	Label string
}

// Stretch is a phase, or a milestone where From is To.
type Stretch struct {
	Label, Text string // its name, and when it is in words
	From, To    int
	Milestone   bool
}

// Check tells what cannot be drawn.
func (t *Timeline) Check() error {
	if t.To < t.From {
		return fmt.Errorf("the axis ends (%d) before it begins (%d)", t.To, t.From)
	}
	for _, s := range t.Rows {
		if s.To < s.From || s.From < t.From || s.To > t.To {
			return fmt.Errorf("%d to %d is not on the axis", s.From, s.To)
		}
	}
	for _, k := range t.Ticks {
		if k.At < t.From || k.At > t.To {
			return fmt.Errorf("%d is not on the axis", k.At)
		}
	}
	return nil
}

// Height is what the drawing takes at this width, when its height is free.
func (t *Timeline) Height(width layout.Length, look *Look) layout.Length {
	d, _ := t.Draw(layout.Rect{W: width}, look)
	return d.H
}

// Draw draws the axis with a row for each phase and milestone.
func (t *Timeline) Draw(box layout.Rect, look *Look) (Drawing, error) {
	if err := t.Check(); err != nil {
		return Drawing{}, err
	}
	if len(t.Rows) == 0 {
		return Drawing{}, nil
	}
	return look.fit(box, t.draw, true), nil
}

func (t *Timeline) draw(p *pen, box layout.Rect) layout.Length {
	em := p.size
	plot := box
	beside := box.W >= wide*em
	if beside {
		var w layout.Length
		for _, s := range t.Rows {
			w = max(w, p.width(s.Label, p.strong()), p.width(s.Text, p.Font))
		}
		w = min(w, box.W*2/5)
		plot.X, plot.W = plot.X+w+em, plot.W-w-em
	}
	side := em * 45 / 100 // half a milestone
	sc := scale{lo: float64(t.From), hi: float64(max(t.To, t.From+1)), from: plot.X + side, to: plot.X + plot.W - side}
	y := box.Y + t.axis(p, plot, sc, box.Y)
	color := Chart{}.first(p.Look)
	for i, s := range t.Rows {
		if i > 0 {
			y += em * 6 / 10
		}
		at := layout.Rect{X: box.X, Y: y, W: box.W}
		if beside {
			at.W = plot.X - box.X - em
		}
		h := p.text(at, s.Label, p.strong(), p.Ink, layout.Left)
		at.Y += h
		h += p.text(at, s.Text, p.Font, p.Muted, layout.Left)
		thick := 2 * side
		middle := y + h/2
		if !beside {
			h += em / 4
			middle, h = y+h+thick/2, h+thick
		}
		p.track(t.Ticks, sc, plot, middle, thick)
		from, to := sc.at(float64(s.From)), sc.at(float64(s.To))
		if s.Milestone {
			p.items = append(p.items, (&layout.Path{Fill: &p.Ink}).Move(from, middle-side).Line(from+side, middle).Line(from, middle+side).Line(from-side, middle).Close())
		} else {
			to = max(to, from+em/4)
			p.fill(layout.Rect{X: from, Y: middle - thick/2, W: to - from, H: thick}, 0, color)
		}
		y += max(h, thick)
	}
	return y - box.Y
}

// track is the line that a phase stands on, with the ticks across it.
func (p *pen) track(ticks []Tick, sc scale, plot layout.Rect, y, thick layout.Length) {
	path := (&layout.Path{Stroke: &p.Line, Width: p.size / 16}).Move(plot.X, y).Line(plot.X+plot.W, y)
	for _, k := range ticks {
		x := sc.at(float64(k.At))
		path.Move(x, y-thick/2).Line(x, y+thick/2)
	}
	p.items = append(p.items, path)
}

// first is the colour of the first series.
func (c Chart) first(l *Look) layout.Color { return c.color(0, l) }

// axis writes the labels of the ticks above and returns its height: all of them, or every second one,
// every third… so that none touches another.
func (t *Timeline) axis(p *pen, plot layout.Rect, sc scale, y layout.Length) layout.Length {
	em := p.size
	var labels []layout.Rect // where each label wants to stand
	var ticks []Tick
	lines := 1
	for _, k := range t.Ticks {
		var w layout.Length
		for i, s := range strings.Split(k.Label, "\n") {
			w, lines = max(w, p.width(s, p.Font)), max(lines, i+1)
		}
		if w > 0 && w <= plot.W {
			x := max(plot.X, min(sc.at(float64(k.At))-w/2, plot.X+plot.W-w))
			labels, ticks = append(labels, layout.Rect{X: x, Y: y, W: w, H: em}), append(ticks, k)
		}
	}
	if len(labels) == 0 {
		return 0
	}
	every := 1
	for ; every < len(labels); every++ {
		free := true
		for i := every; i < len(labels); i += every {
			free = free && labels[i-every].X+labels[i-every].W+em/2 <= labels[i].X
		}
		if free {
			break
		}
	}
	for i := 0; i < len(labels); i += every {
		at := labels[i]
		for _, s := range strings.Split(ticks[i].Label, "\n") {
			line := at
			line.X += (at.W - p.width(s, p.Font)) / 2
			line.W, line.H = at.W+em, endless
			p.put(p.Shaper.Text(line, one(s, p.Font, p.Muted), layout.TextStyle{Size: em, Leading: leading, Lines: 1}))
			at.Y += p.line()
		}
	}
	return layout.Length(lines)*p.line() + em/2
}
