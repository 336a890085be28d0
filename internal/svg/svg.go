// Package svg encodes frames as SVG: previews of pieces, and drawings that live in a web page.
//
// A drawing may name the colours of its page's style sheet instead of fixed ones, keep its text as text,
// and carry links and titles, so that a map of communes can be read, followed and restyled.
package svg

import (
	"encoding/base64"
	"math"
	"strconv"
	"strings"

	"vitrine/internal/layout"
)

// Options choose between a picture that stands alone and a part of a page. The zero value stands alone.
type Options struct {
	// Variables writes colours as var(--token, #rrggbb).
	Variables bool
	// LiveText keeps text as text, in the fonts of the page; else letters are drawn as shapes, which
	// look the same everywhere.
	LiveText bool
	// Class and Title of the outermost element.
	Class, Title string
	// Decorative hides the picture from readers and its links from the keyboard: what it
	// shows stands beside it in words.
	Decorative bool
	// Prefix of the ids inside, for several drawings in one page.
	Prefix string
	// Inline leaves out the size in millimetres, so that the style sheet decides it.
	Inline bool
	// Text is what the outermost element says once: live texts of its size, colour and weight do not
	// repeat it, and their font is the style sheet's affair.
	Text *layout.Text
	// Tenths rounds to a tenth of a millimetre: enough where one stands for a pixel.
	Tenths bool
	// Whole rounds paths of straight lines to whole units and writes them in steps, half as long: for a
	// drawing some hundreds of units wide of which a page carries one. Corners that two paths share stay shared.
	Whole bool
	// Defs stands first in the drawing as it is: what its style sheet fills shapes with.
	Defs string
	// Href gives the address of a picture; without it pictures are inside the file.
	Href func(*layout.Picture) string
}

// Encode writes one page, cut at its trim.
func Encode(p *layout.Page, o Options) []byte { return Append(nil, p, o) }

// Append is Encode after what is in a buffer already.
func Append(buf []byte, p *layout.Page, o Options) []byte {
	e := &encoder{o: o, buf: buf}
	e.s(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 `)
	e.mm(p.W)
	e.s(" ")
	e.mm(p.H)
	e.s(`"`)
	if !o.Inline {
		e.s(` width="`)
		e.mm(p.W)
		e.s(`mm" height="`)
		e.mm(p.H)
		e.s(`mm"`)
	}
	e.attr("class", o.Class)
	if o.Title != "" {
		e.s(` role="img"`)
		e.attr("aria-label", o.Title)
	}
	if o.Decorative {
		e.s(` aria-hidden="true"`)
	}
	if o.Text != nil {
		e.s(` font-size="`)
		e.mm(o.Text.Size)
		e.s(`"`)
		e.color("fill", o.Text.Color)
	}
	e.s(">" + o.Defs)
	head := len(e.buf)
	if p.Cut != nil {
		e.group(&layout.Group{Clip: p.Cut, Items: p.Items})
	} else {
		e.items(p.Items)
	}
	e.s("</svg>\n")
	if len(e.defs) > 0 {
		defs := "<defs>" + string(e.defs) + "</defs>"
		e.buf = append(e.buf[:head:head], append([]byte(defs), e.buf[head:]...)...)
	}
	return e.buf
}

type encoder struct {
	o      Options
	buf    []byte
	clips  int
	glyphs map[glyphKey]string // ids of letters drawn so far
	defs   []byte
}

type glyphKey struct {
	font *layout.Font
	id   uint16
}

func (e *encoder) s(s string) { e.buf = append(e.buf, s...) }

// mm writes a length in millimetres, to the thousandth.
func (e *encoder) mm(l layout.Length) {
	if e.o.Tenths {
		const tenth = layout.Mm / 10
		if l < 0 {
			l -= tenth
		}
		l = (l + tenth/2) / tenth * tenth
	}
	e.buf = appendMM(e.buf, l)
}

func appendMM(b []byte, l layout.Length) []byte {
	n := int64(l)
	if n < 0 {
		n = (n - 18) / 36
	} else {
		n = (n + 18) / 36
	}
	return strconv.AppendFloat(b, float64(n)/1000, 'f', -1, 64)
}

func (e *encoder) float(f float64) {
	e.buf = strconv.AppendFloat(e.buf, math.Round(f*1e5)/1e5, 'f', -1, 64)
}

func (e *encoder) attr(name, value string) {
	if value == "" {
		return
	}
	e.s(" ")
	e.s(name)
	e.s(`="`)
	e.s(escape(value))
	e.s(`"`)
}

var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&#34;", "'", "&#39;")

func escape(s string) string { return escaper.Replace(s) }

func (e *encoder) items(items []layout.Item) {
	for _, item := range items {
		switch it := item.(type) {
		case *layout.Path:
			if !it.Technical {
				e.path(it)
			}
		case *layout.Text:
			e.text(it)
		case *layout.Image:
			e.image(it)
		case *layout.Group:
			e.group(it)
		}
	}
}

func (e *encoder) group(g *layout.Group) {
	clip := ""
	if g.Clip != nil {
		clip = e.clip(g.Clip)
	}
	name := "g"
	if g.Link != "" {
		name = "a"
	}
	e.s("<")
	e.s(name)
	e.attr("href", g.Link)
	if g.Link != "" && e.o.Decorative {
		e.s(` tabindex="-1"`)
	}
	e.attr("class", g.Class)
	if m := g.Transform; m != nil {
		e.s(` transform="`)
		if m.A == 1 && m.B == 0 && m.C == 0 && m.D == 1 {
			e.s("translate(")
		} else {
			e.s("matrix(")
			for _, f := range []float64{m.A, m.B, m.C, m.D} {
				e.float(f)
				e.s(" ")
			}
		}
		e.mm(m.E)
		e.s(" ")
		e.mm(m.F)
		e.s(`)"`)
	}
	if clip != "" {
		e.attr("clip-path", "url(#"+clip+")")
	}
	e.s(">")
	if g.Title != "" {
		e.s("<title>")
		e.s(escape(g.Title))
		e.s("</title>")
	}
	e.items(g.Items)
	e.s("</")
	e.s(name)
	e.s(">")
}

// color writes a colour: the page's own where it knows the token.
func (e *encoder) color(name string, c layout.Color) {
	const digits = "0123456789abcdef"
	hex := []byte{'#', 0, 0, 0, 0, 0, 0}
	for i, v := range c.RGB {
		hex[1+2*i], hex[2+2*i] = digits[v>>4], digits[v&15]
	}
	value := string(hex)
	if e.o.Variables && c.Token != "" && !strings.ContainsAny(c.Token, "/ ") {
		value = "var(--" + c.Token + "," + value + ")"
	}
	e.attr(name, value)
}

func (e *encoder) image(im *layout.Image) {
	if im.Picture == nil {
		return
	}
	href := ""
	if e.o.Href != nil {
		href = e.o.Href(im.Picture)
	} else {
		href = "data:image/" + im.Picture.Format + ";base64," + base64.StdEncoding.EncodeToString(im.Picture.Data)
	}
	clip := ""
	if im.Clip != im.Box && im.Clip.W > 0 {
		clip = e.clip((&layout.Path{}).Rectangle(im.Clip, 0))
	}
	e.s(`<image x="`)
	e.mm(im.Box.X)
	e.s(`" y="`)
	e.mm(im.Box.Y)
	e.s(`" width="`)
	e.mm(im.Box.W)
	e.s(`" height="`)
	e.mm(im.Box.H)
	e.s(`" preserveAspectRatio="none"`)
	e.attr("href", href)
	e.attr("aria-label", im.Alt)
	if clip != "" {
		e.attr("clip-path", "url(#"+clip+")")
	}
	e.s("/>")
}
