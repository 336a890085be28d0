package build

import (
	"slices"

	"vitrine/internal/layout"
)

// How the mark of a duplicate is set.
const (
	duplicateSize = 6 * layout.Pt
	duplicatePad  = layout.Mm / 2 // of paper left white around the letters
)

// markDuplicate says on a page that it replaces another one: a word in a corner of the safe
// zone, on a white ground of its own, where nothing else stands if there is such a corner.
func (k *kit) markDuplicate(page layout.Page) layout.Page {
	word, err := k.theme.Words(k.site.Language).T("duplicate")
	font := k.fonts.Match("text", 400, false)
	if err != nil || font == nil {
		return page // said by duplicates
	}
	shaper := layout.NewShaper(k.site.Language)
	set := func(x, y, w layout.Length) layout.Fit {
		span := layout.Span{Text: word, Font: font, Color: layout.Black}
		return shaper.Text(layout.Rect{X: x, Y: y, W: w, H: 4 * duplicateSize}, []layout.Para{{Spans: []layout.Span{span}}}, layout.TextStyle{Size: duplicateSize, Lines: 1, Tracking: 60})
	}
	letters := set(0, 0, page.W).Bounds
	w, h := letters.W+2*duplicatePad, letters.H+2*duplicatePad
	at := free(&page, w, h)
	ground := layout.Color{Token: "paper", RGB: [3]uint8{255, 255, 255}}
	plate := &layout.Path{Rects: []layout.Rect{at}, Fill: &ground}
	items := set(at.X+duplicatePad-letters.X, at.Y+duplicatePad-letters.Y, page.W).Items
	page.Items = slices.Concat(page.Items, []layout.Item{plate}, items)
	return page
}

// free is a place in a corner of the safe zone where nothing stands, else the bottom right
// one. A page that is cut round has its place at the bottom, where it is wide enough.
func free(page *layout.Page, w, h layout.Length) layout.Rect {
	left, right, top, bottom := page.Safe, page.W-page.Safe-w, page.Safe, page.H-page.Safe-h
	middle := (page.W - w) / 2
	if page.Cut != nil {
		at := layout.Rect{X: middle, Y: bottom, W: w, H: h}
		for at.Y > page.H/2 && !insideRound(page, at) {
			at.Y -= layout.Mm / 2
		}
		return at
	}
	corners := []layout.Point{{X: right, Y: bottom}, {X: left, Y: bottom}, {X: right, Y: top}, {X: left, Y: top}, {X: middle, Y: bottom}, {X: middle, Y: top}}
	for _, c := range corners {
		at := layout.Rect{X: c.X, Y: c.Y, W: w, H: h}
		if !taken(page.Items, at, page.W*page.H/4) {
			return at
		}
	}
	return layout.Rect{X: right, Y: bottom, W: w, H: h}
}

// insideRound reports whether a rectangle's lower corners lie inside the ellipse of the
// safe zone.
func insideRound(page *layout.Page, at layout.Rect) bool {
	a, b := float64(page.W/2-page.Safe), float64(page.H/2-page.Safe)
	x, y := float64(at.W)/2/a, (float64(at.Y+at.H)-float64(page.H)/2)/b
	return x*x+y*y <= 1
}

// taken reports whether something stands at a place. What is larger than ground is what
// other things stand on.
func taken(items []layout.Item, at layout.Rect, ground layout.Length) bool {
	for _, item := range items {
		var box layout.Rect
		switch x := item.(type) {
		case *layout.Text:
			box = layout.Rect{X: x.X, Y: x.Y - x.Size, W: x.Width(), H: x.Size * 5 / 4}
		case *layout.Image:
			box = x.Box
		case *layout.Path:
			box = bounding(x)
		case *layout.Group:
			inner := at
			if m := x.Transform; m != nil {
				if m.A != 1 || m.B != 0 || m.C != 0 || m.D != 1 {
					continue // turned or scaled: nobody knows without drawing it
				}
				inner.X, inner.Y = at.X-m.E, at.Y-m.F
			}
			if taken(x.Items, inner, ground) {
				return true
			}
			continue
		}
		if box.W*box.H < ground && box.X < at.X+at.W && at.X < box.X+box.W && box.Y < at.Y+at.H && at.Y < box.Y+box.H {
			return true
		}
	}
	return false
}

// bounding is the smallest rectangle that holds the points of a path.
func bounding(p *layout.Path) layout.Rect {
	first := true
	var x0, y0, x1, y1 layout.Length
	add := func(x, y layout.Length) {
		if first {
			x0, y0, x1, y1, first = x, y, x, y, false
		}
		x0, y0, x1, y1 = min(x0, x), min(y0, y), max(x1, x), max(y1, y)
	}
	for _, s := range p.Segs {
		switch s.Op {
		case layout.MoveTo, layout.LineTo:
			add(s.P[0].X, s.P[0].Y)
		case layout.CurveTo:
			for _, q := range s.P {
				add(q.X, q.Y)
			}
		}
	}
	for _, r := range p.Rects {
		add(r.X, r.Y)
		add(r.X+r.W, r.Y+r.H)
	}
	return layout.Rect{X: x0, Y: y0, W: x1 - x0, H: y1 - y0}
}
