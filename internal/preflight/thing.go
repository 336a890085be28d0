package preflight

import (
	"math"

	"vitrine/internal/layout"
)

// form is how a filled path is told from its outside.
type form uint8

const (
	unknown form = iota
	rectangle
	ellipse
	polygon
)

// thing is one shape, text or picture of the page, wherever it stood.
type thing struct {
	text  *layout.Text
	path  *layout.Path
	image *layout.Image
	item  int // index of the page's item
	code  int // index of the QR code it is, or -1
	m     matrix
	local rect // letters: their box before they are placed
	box   rect // on the page, its stroke and its clips counted in
	clip  int  // index + 1 of the thing that clips it; 0: none
	form  form
	// the polygon, once it was asked for: parts[from:to], from the point first on
	first, from, to int
	places          [3]point // room for samples
	measured        bool     // local is around the letters themselves
}

// walk lists what the page shows.
func (c *Checker) walk() {
	items := c.page.Items
	if len(items) > 0 {
		// a page that is read through glass is one mirrored group: what it holds counts as its items
		if g, ok := items[0].(*layout.Group); ok && g != nil && mirrors(g.Transform) {
			m := placed(g.Transform)
			for i, it := range g.Items {
				c.list(it, i, m, 0, 0)
			}
			for _, it := range items[1:] {
				c.list(it, len(g.Items), identity, 0, 0)
			}
			return
		}
	}
	for i, it := range items {
		c.list(it, i, identity, 0, 0)
	}
}

func mirrors(m *layout.Matrix) bool { return m != nil && m.A*m.D-m.B*m.C < 0 }

func placed(m *layout.Matrix) matrix {
	return matrix{m.A, m.B, m.C, m.D, float64(m.E), float64(m.F)}
}

// deep bounds how far groups may stand in each other.
const deep = 64

func (c *Checker) list(item layout.Item, index int, m matrix, clip, depth int) {
	t := thing{item: index, code: -1, m: m, clip: clip}
	switch it := item.(type) {
	case *layout.Group:
		if it == nil || depth > deep {
			return
		}
		if it.Transform != nil {
			m = placed(it.Transform).within(m)
		}
		if it.Clip != nil {
			t.path, t.m = it.Clip, m
			t.box = m.bounds(box(it.Clip.Bounds()))
			if clip > 0 {
				t.box = t.box.within(c.clips[clip-1].box)
			}
			c.clips = append(c.clips, t)
			clip = len(c.clips)
		}
		for _, inner := range it.Items {
			c.list(inner, index, m, clip, depth+1)
		}
		return
	case *layout.Text:
		if it == nil || it.Font == nil || it.Font.UnitsPerEm <= 0 {
			return
		}
		t.text = it
		em := float64(it.Font.UnitsPerEm)
		x, y, size := float64(it.X), float64(it.Y), float64(it.Size)
		// from the height of capitals to most of the depth of a « p »
		t.local = rect{x, y - size*float64(it.Font.CapHeight)/em, x + float64(it.Width()), y + size*min(float64(it.Font.Descent)/em, 0.22)}
		t.box = m.bounds(t.local)
	case *layout.Path:
		if it == nil || it.Technical || it.Fill == nil && it.Stroke == nil {
			return
		}
		t.path = it
		if len(c.codes) > 0 && len(it.Rects) > 0 {
			for i := range c.codes {
				if c.codes[i].Item == index {
					t.code = i
				}
			}
		}
		b := box(it.Bounds())
		if it.Stroke != nil {
			b = b.grown(float64(it.Width) / 2)
		}
		t.box = m.bounds(b)
	case *layout.Image:
		if it == nil || it.Picture == nil {
			return
		}
		t.image = it
		t.box = m.bounds(box(it.Box).within(box(it.Clip)))
	default:
		return
	}
	if clip > 0 {
		t.box = t.box.within(c.clips[clip-1].box)
		if t.box.empty() {
			return
		}
	}
	c.things = append(c.things, t)
}

// measure takes the box of a text from the shapes of its letters: figures have no depth, capitals with
// accents are higher than others. It costs more than to go by the font's own measures, which are enough
// wherever there is room.
func (t *thing) measure() {
	if t.measured {
		return
	}
	t.measured = true
	x := t.text
	k := float64(x.Size) / float64(x.Font.UnitsPerEm)
	pen := float64(x.X)
	around := rect{math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)}
	for i := range x.Glyphs {
		g := &x.Glyphs[i]
		p := layout.Path{Segs: x.Font.Outline(g.ID)}
		if b := p.Bounds(); len(p.Segs) > 0 {
			left, top := pen+(float64(g.XOff)+float64(b.X))*k, float64(x.Y)-(float64(g.YOff)+float64(b.Y+b.H))*k
			around.x0, around.y0 = min(around.x0, left), min(around.y0, top)
			around.x1, around.y1 = max(around.x1, left+float64(b.W)*k), max(around.y1, top+float64(b.H)*k)
		}
		pen += float64(g.Adv)*k + float64(x.Tracking)*float64(x.Size)/1000
	}
	if around.x0 > around.x1 {
		return
	}
	t.local, t.box = around, t.m.bounds(around)
}

// samples are places in a text, where its ground is looked at.
func (t *thing) samples() []point {
	l := t.local
	y := (l.y0 + float64(t.text.Y)) / 2
	w, inset := l.x1-l.x0, float64(t.text.Size)/8
	if w <= 2*float64(t.text.Size) {
		t.places[0] = t.m.at((l.x0+l.x1)/2, y)
		return t.places[:1]
	}
	t.places[0], t.places[1], t.places[2] = t.m.at(l.x0+inset, y), t.m.at((l.x0+l.x1)/2, y), t.m.at(l.x1-inset, y)
	return t.places[:3]
}

// ground is the topmost fill or picture under a place, of those drawn so far; nil is bare paper.
func (c *Checker) ground(p point) *thing {
	for i := len(c.grounds) - 1; i >= 0; i-- {
		if t := &c.things[c.grounds[i]]; c.inside(t, p) {
			return t
		}
	}
	return nil
}

// inside tells whether a place lies in what a thing fills.
func (c *Checker) inside(t *thing, p point) bool {
	if !t.box.has(p) {
		return false
	}
	for clip := t.clip; clip > 0; clip = c.clips[clip-1].clip {
		if !c.within(&c.clips[clip-1], p) {
			return false
		}
	}
	return c.within(t, p)
}

func (c *Checker) within(t *thing, p point) bool {
	if t.path == nil { // a picture: turned ones are told by the box around them
		return true
	}
	if t.form == unknown {
		t.form = shapeOf(t)
	}
	switch t.form {
	case rectangle:
		return t.m.bounds(box(t.path.Bounds())).has(p)
	case ellipse:
		b := t.m.bounds(box(t.path.Bounds()))
		x, y := (2*p.x-b.x0-b.x1)/(b.x1-b.x0), (2*p.y-b.y0-b.y1)/(b.y1-b.y0)
		return x*x+y*y <= 1
	}
	c.flatten(t)
	return c.winds(t, p)
}

// shapeOf knows the two commonest outlines, for which there is no need of a polygon.
func shapeOf(t *thing) form {
	p := t.path
	if !t.m.upright() {
		return polygon
	}
	if len(p.Rects) == 1 && len(p.Segs) == 0 {
		return rectangle
	}
	if len(p.Rects) > 0 || p.Bounds().W <= 0 || p.Bounds().H <= 0 {
		return polygon
	}
	s := p.Segs
	switch len(s) {
	case 5:
		if s[0].Op != layout.MoveTo || s[1].Op != layout.LineTo || s[2].Op != layout.LineTo || s[3].Op != layout.LineTo || s[4].Op != layout.Close {
			return polygon
		}
		a, b, c, d := s[0].P[0], s[1].P[0], s[2].P[0], s[3].P[0]
		if a.Y == b.Y && b.X == c.X && c.Y == d.Y && d.X == a.X || a.X == b.X && b.Y == c.Y && c.X == d.X && d.Y == a.Y {
			return rectangle
		}
	case 6:
		r := p.Bounds()
		if s[0].Op != layout.MoveTo || s[5].Op != layout.Close || s[0].P[0] != (layout.Point{X: r.X + r.W, Y: s[0].P[0].Y}) {
			return polygon
		}
		for i := 1; i < 5; i++ {
			if s[i].Op != layout.CurveTo {
				return polygon
			}
		}
		cx, cy := s[1].P[2].X, s[0].P[0].Y
		if s[1].P[2].Y == r.Y+r.H && s[2].P[2] == (layout.Point{X: r.X, Y: cy}) && s[3].P[2] == (layout.Point{X: cx, Y: r.Y}) && s[4].P[2] == s[0].P[0] &&
			abs(2*cx-2*r.X-r.W) <= 2 && abs(2*cy-2*r.Y-r.H) <= 2 {
			return ellipse
		}
	}
	return polygon
}

func abs(l layout.Length) layout.Length {
	if l < 0 {
		return -l
	}
	return l
}

func blank(s string) bool {
	for _, r := range s {
		switch r {
		case ' ', '\u00a0', '\u202f', '\u2009', '\t', '\n':
		default:
			return false
		}
	}
	return true
}
