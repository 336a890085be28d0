package preflight

import (
	"math"

	"vitrine/internal/layout"
)

// What a light form changes: fills that are large and heavy with ink, and how much of them is left.
const (
	largeFill = 0.04 // of the page
	heavyFill = 60.0 // percent of ink
	leftOver  = 12   // percent of the colour
	squares   = 60   // a path of so many is a QR code, which stays dark
)

// Light is a page that costs a desk printer little ink: large dark fills become tints of themselves,
// and what was light upon them takes the dark. Grounds that stay light (that of a QR code) and pictures
// are left as they are. The page given is not changed: the light one shares what it can with it.
func Light(p *layout.Page) layout.Page {
	c := &Checker{page: p}
	c.walk()
	c.cut.set(p)
	l := lightening{Checker: c, fills: make([]layout.Color, len(c.things)), changed: make([]bool, len(c.things)), items: map[layout.Item]layout.Item{}}
	for i := range c.things {
		l.thing(i)
	}
	out := *p
	if len(l.items) > 0 {
		out.Items = l.replaced(p.Items)
	}
	return out
}

type lightening struct {
	*Checker
	fills   []layout.Color // of things, as they become
	changed []bool         // fills that became light
	items   map[layout.Item]layout.Item
}

func (l *lightening) thing(i int) {
	t := &l.things[i]
	switch {
	case t.image != nil:
		l.grounds = append(l.grounds, i)
	case t.text != nil:
		if dark, ok := l.dark(t.samples(), t.text.Color, contrastText); ok {
			x := *t.text
			x.Color = dark
			l.items[t.text] = &x
		}
	default:
		l.path(i)
	}
}

func (l *lightening) path(i int) {
	t := &l.things[i]
	p := *t.path
	if p.Stroke != nil {
		if dark, ok := l.dark(l.along(t), *p.Stroke, contrastText); ok {
			p.Stroke = &dark
			l.items[t.path] = &p
		}
	}
	if p.Fill == nil {
		return
	}
	fill := *p.Fill
	switch {
	case len(p.Rects) >= squares && len(p.Segs) == 0:
	case inks(fill) > heavyFill && l.area(t) > largeFill:
		fill = fill.Tint(leftOver)
		l.changed[i] = true
	case !l.carries(i):
		if dark, ok := l.dark(l.along(t), fill, contrastText); ok {
			fill = dark
		}
	}
	if fill != *p.Fill {
		p.Fill = &fill
		l.items[t.path] = &p
	}
	l.fills[i] = fill
	l.grounds = append(l.grounds, i)
}

// dark is the colour that something takes which was lighter than a ground that became light. ok is
// false when it may stay as it is.
func (l *lightening) dark(places []point, own layout.Color, least float64) (layout.Color, bool) {
	light := luminance(own.RGB)
	for _, p := range places {
		j := l.groundIndex(p)
		if j < 0 || !l.changed[j] {
			continue
		}
		was, now := *l.things[j].path.Fill, l.fills[j]
		if light < luminance(was.RGB) || ratio(light, luminance(now.RGB)) >= least {
			continue
		}
		if ratio(luminance(was.RGB), luminance(now.RGB)) < contrastText {
			was = layout.Black
		}
		return was, true
	}
	return layout.Color{}, false
}

func (l *lightening) groundIndex(p point) int {
	for k := len(l.grounds) - 1; k >= 0; k-- {
		if j := l.grounds[k]; l.inside(&l.things[j], p) {
			if l.things[j].path == nil {
				return -1 // a picture
			}
			return j
		}
	}
	return -1
}

// along are places on the outline of a shape, and its middle.
func (l *lightening) along(t *thing) []point {
	l.flatten(t)
	pts := l.points[t.first:]
	if n := l.parts[t.to-1] - t.first; n < len(pts) {
		pts = pts[:n]
	}
	out := make([]point, 0, 9)
	for k := range 8 {
		if len(pts) > 0 {
			out = append(out, pts[k*(len(pts)-1)/7])
		}
	}
	return out
}

// carries tells whether a fill is a ground itself: something that is drawn later lies on it.
func (l *lightening) carries(i int) bool {
	t := &l.things[i]
	if l.area(t) > largeFill {
		return true
	}
	for j := i + 1; j < len(l.things); j++ {
		u := &l.things[j]
		if u.text != nil && blank(u.text.Text) {
			continue
		}
		if b := u.box; l.inside(t, point{(b.x0 + b.x1) / 2, (b.y0 + b.y1) / 2}) && b.x1-b.x0 < 1.2*(t.box.x1-t.box.x0) {
			return true
		}
	}
	return false
}

// area is the share of the page that a shape fills.
func (l *lightening) area(t *thing) float64 {
	page := rect{0, 0, float64(l.page.W), float64(l.page.H)}
	in := t.box.within(page)
	if in.empty() || page.empty() || t.box.empty() {
		return 0
	}
	share := 1.0
	if t.form == unknown {
		t.form = shapeOf(t)
	}
	switch t.form {
	case ellipse:
		share = math.Pi / 4
	case polygon:
		l.flatten(t)
		sum, start := 0.0, t.first
		for _, end := range l.parts[t.from:t.to] {
			pts, part := l.points[start:end], 0.0
			for i := range pts {
				a, b := pts[i], pts[(i+1)%len(pts)]
				part += (a.x*b.y - b.x*a.y) / 2
			}
			sum += math.Abs(part)
			start = end
		}
		share = min(1, sum/((t.box.x1-t.box.x0)*(t.box.y1-t.box.y0)))
	}
	return share * (in.x1 - in.x0) * (in.y1 - in.y0) / ((page.x1 - page.x0) * (page.y1 - page.y0))
}

// replaced are items of which some were changed, in groups or not.
func (l *lightening) replaced(items []layout.Item) []layout.Item {
	out := make([]layout.Item, len(items))
	for i, it := range items {
		out[i] = it
		if n, ok := l.items[it]; ok {
			out[i] = n
			continue
		}
		if g, ok := it.(*layout.Group); ok && g != nil {
			if inner, changed := l.group(g); changed {
				out[i] = inner
			}
		}
	}
	return out
}

func (l *lightening) group(g *layout.Group) (*layout.Group, bool) {
	items := l.replaced(g.Items)
	for i := range items {
		if items[i] != g.Items[i] {
			n := *g
			n.Items = items
			return &n, true
		}
	}
	return g, false
}
