package piece

import (
	"strings"

	"vitrine/internal/diag"
	"vitrine/internal/layout"
)

// imageBox is kind = "image".
type imageBox struct {
	src, alt *expr
	cover    bool
	align    layout.Align
	valign   layout.VAlign
}

func parseImage(r *reader) drawer {
	r.need("src")
	return &imageBox{
		src: r.expr("src"), alt: r.expr("alt"), cover: r.choice("fit", "contain", "cover") == 1,
		align:  layout.Align([]layout.Align{layout.Center, layout.Left, layout.Right}[r.choice("align", "center", "left", "right")]),
		valign: layout.VAlign([]layout.VAlign{layout.Middle, layout.Top, layout.Bottom}[r.choice("valign", "middle", "top", "bottom")]),
	}
}

func (b *imageBox) fixed() bool { return b.src.static() && b.alt.static() }

func (b *imageBox) draw(r *run, at layout.Rect) layout.Length {
	name := strings.TrimSpace(r.eval(b.src))
	if name == "" {
		return 0
	}
	alt := clean(r.eval(b.alt))
	if r.heard != nil {
		r.heard.picture(name)
		return at.H
	}
	span, _, _ := b.src.place(r.scope, r.sub)
	p := r.picture(name, span)
	if p == nil {
		return at.H
	}
	im := place(p, at, b.cover, b.align, b.valign)
	im.Alt = alt
	r.items = append(r.items, im)
	r.mark(mark{e: b.src, text: im.Picture.Name})
	return at.H
}

// picture asks for a picture; what is wrong with it is reported where it is named.
func (r *run) picture(name string, span diag.Span) *layout.Picture {
	if r.res.Image == nil {
		r.report(diag.New(diag.MissingFile, span, "file", name))
		return nil
	}
	p, problem := r.res.Image(name)
	if problem != nil {
		d := *problem
		if d.Span.IsZero() {
			d.Span = span
		}
		r.report(d)
		return nil
	}
	if p == nil || p.W <= 0 || p.H <= 0 {
		r.report(diag.New(diag.MissingFile, span, "file", name))
		return nil
	}
	return p
}

// place fits a picture into a box: whole inside it, or covering it and cut at its edges.
func place(p *layout.Picture, at layout.Rect, cover bool, align layout.Align, valign layout.VAlign) *layout.Image {
	wide := int64(at.W)*int64(p.H) > int64(at.H)*int64(p.W) // the box is wider than the picture
	w, h := at.W, at.H
	if wide == cover {
		h = at.W * layout.Length(p.H) / layout.Length(p.W)
	} else {
		w = at.H * layout.Length(p.W) / layout.Length(p.H)
	}
	box := layout.Rect{X: at.X, Y: at.Y, W: w, H: h}
	switch align {
	case layout.Center:
		box.X += (at.W - w) / 2
	case layout.Right:
		box.X += at.W - w
	}
	switch valign {
	case layout.Middle:
		box.Y += (at.H - h) / 2
	case layout.Bottom:
		box.Y += at.H - h
	}
	im := &layout.Image{Picture: p, Box: box, Clip: box}
	if cover {
		im.Clip = at
	}
	return im
}
