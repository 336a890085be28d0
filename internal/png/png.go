// Package png encodes frames as small pictures: previews for the office page and for the eye of a test.
// It draws what the other encoders draw, with letters as shapes, at a resolution of its caller's choice.
package png

import (
	"fmt"
	"image"
	"image/color"
	"image/draw"
	_ "image/jpeg" // frames hold JPEG and PNG pictures
	_ "image/png"
	"math"

	"golang.org/x/image/vector"

	"vitrine/internal/layout"
)

// maxPixels bounds a picture's area, whatever page and width are asked for.
const maxPixels = 40_000_000

// Encode draws one page, cut at its trim, width pixels wide.
func Encode(p *layout.Page, width int) ([]byte, error) {
	im, err := Draw(p, width)
	if err != nil {
		return nil, err
	}
	return encode(im)
}

// Draw is Encode before the encoding.
func Draw(p *layout.Page, width int) (*image.RGBA, error) {
	if p.W <= 0 || p.H <= 0 || width <= 0 {
		return nil, fmt.Errorf("a page of %v by %v has no picture of %d pixels", p.W, p.H, width)
	}
	height := max(1, int(math.Round(float64(width)*float64(p.H)/float64(p.W))))
	if width > maxPixels/height {
		return nil, fmt.Errorf("a picture of %d by %d pixels is too large", width, height)
	}
	c := &canvas{im: image.NewRGBA(image.Rect(0, 0, width, height)), pictures: map[*layout.Picture]image.Image{}}
	draw.Draw(c.im, c.im.Bounds(), image.White, image.Point{}, draw.Src)
	s := float64(width) / float64(p.W)
	c.group(&layout.Group{Clip: p.Cut, Items: p.Items}, matrix{s, 0, 0, s, 0, 0})
	return c.im, c.err
}

// matrix takes lengths to pixels.
type matrix [6]float64

func (m matrix) apply(p layout.Point) (float32, float32) {
	x, y := float64(p.X), float64(p.Y)
	return float32(m[0]*x + m[2]*y + m[4]), float32(m[1]*x + m[3]*y + m[5])
}

// then is m after n: n is the inner one.
func (m matrix) then(n matrix) matrix {
	return matrix{
		m[0]*n[0] + m[2]*n[1], m[1]*n[0] + m[3]*n[1],
		m[0]*n[2] + m[2]*n[3], m[1]*n[2] + m[3]*n[3],
		m[0]*n[4] + m[2]*n[5] + m[4], m[1]*n[4] + m[3]*n[5] + m[5],
	}
}

// scale is how many pixels one length unit is, on average.
func (m matrix) scale() float64 { return math.Sqrt(math.Abs(m[0]*m[3] - m[1]*m[2])) }

type canvas struct {
	im       *image.RGBA
	clip     *image.Alpha // nil: everything shows
	raster   vector.Rasterizer
	cover    []uint8 // serves for one shape after the other
	pictures map[*layout.Picture]image.Image
	err      error
}

func (c *canvas) items(items []layout.Item, m matrix) {
	for _, item := range items {
		switch it := item.(type) {
		case *layout.Path:
			if !it.Technical {
				c.path(it, m)
			}
		case *layout.Text:
			c.text(it, m)
		case *layout.Image:
			c.image(it, m)
		case *layout.Group:
			c.group(it, m)
		}
	}
}

func (c *canvas) group(g *layout.Group, m matrix) {
	if t := g.Transform; t != nil {
		m = m.then(matrix{t.A, t.B, t.C, t.D, float64(t.E), float64(t.F)})
	}
	outer := c.clip
	if g.Clip != nil {
		mask := image.NewAlpha(c.im.Bounds())
		c.mask(mask, g.Clip.Outline(), g.Clip.EvenOdd, m)
		if outer != nil {
			for i, a := range outer.Pix {
				mask.Pix[i] = uint8(int(mask.Pix[i]) * int(a) / 255)
			}
		}
		c.clip = mask
	}
	c.items(g.Items, m)
	c.clip = outer
}

func rgba(c layout.Color) *image.Uniform {
	return image.NewUniform(color.RGBA{c.RGB[0], c.RGB[1], c.RGB[2], 255})
}

func (c *canvas) path(p *layout.Path, m matrix) {
	if p.Fill != nil {
		c.fill(p.Outline(), p.EvenOdd, m, *p.Fill)
	}
	if p.Stroke != nil && p.Width > 0 {
		c.fillStroke(p, m)
	}
}

// polygon is a part of a path, flattened, in pixels.
type polygon struct {
	points [][2]float32
	closed bool
}

func flatten(segs []layout.Seg, m matrix) []polygon {
	var out []polygon
	var cur *polygon
	for i := range segs {
		s := &segs[i]
		switch s.Op {
		case layout.MoveTo:
			x, y := m.apply(s.P[0])
			out = append(out, polygon{points: [][2]float32{{x, y}}})
			cur = &out[len(out)-1]
		case layout.LineTo:
			if cur != nil {
				x, y := m.apply(s.P[0])
				cur.points = append(cur.points, [2]float32{x, y})
			}
		case layout.CurveTo:
			if cur == nil {
				continue
			}
			x0, y0 := cur.points[len(cur.points)-1][0], cur.points[len(cur.points)-1][1]
			x1, y1 := m.apply(s.P[0])
			x2, y2 := m.apply(s.P[1])
			x3, y3 := m.apply(s.P[2])
			length := hypot(x1-x0, y1-y0) + hypot(x2-x1, y2-y1) + hypot(x3-x2, y3-y2)
			n := min(64, max(2, int(length/2)))
			for k := 1; k <= n; k++ {
				t := float32(k) / float32(n)
				u := 1 - t
				a, b, d, e := u*u*u, 3*u*u*t, 3*u*t*t, t*t*t
				cur.points = append(cur.points, [2]float32{a*x0 + b*x1 + d*x2 + e*x3, a*y0 + b*y1 + d*y2 + e*y3})
			}
		case layout.Close:
			if cur != nil {
				cur.closed = true
			}
		}
	}
	return out
}

func hypot(x, y float32) float32 { return float32(math.Hypot(float64(x), float64(y))) }

// bounds is the pixels that polygons touch, inside the picture.
func (c *canvas) bounds(ps []polygon, border float32) image.Rectangle {
	x0, y0, x1, y1 := float32(math.Inf(1)), float32(math.Inf(1)), float32(math.Inf(-1)), float32(math.Inf(-1))
	for _, p := range ps {
		for _, q := range p.points {
			x0, y0, x1, y1 = min(x0, q[0]), min(y0, q[1]), max(x1, q[0]), max(y1, q[1])
		}
	}
	if x1 < x0 {
		return image.Rectangle{}
	}
	b := c.im.Bounds()
	clamp := func(v float32, hi int) int { return int(min(max(v, -1), float32(hi)+1)) }
	r := image.Rect(clamp(x0-border-1, b.Max.X), clamp(y0-border-1, b.Max.Y), clamp(x1+border+2, b.Max.X), clamp(y1+border+2, b.Max.Y))
	return r.Intersect(b)
}

// trace gives polygons to the rasterizer, whose origin is that of r.
func (c *canvas) trace(ps []polygon, r image.Rectangle) {
	ox, oy := float32(r.Min.X), float32(r.Min.Y)
	for _, p := range ps {
		for i, q := range p.points {
			if i == 0 {
				c.raster.MoveTo(q[0]-ox, q[1]-oy)
			} else {
				c.raster.LineTo(q[0]-ox, q[1]-oy)
			}
		}
		c.raster.ClosePath()
	}
}

func (c *canvas) fill(segs []layout.Seg, evenOdd bool, m matrix, col layout.Color) {
	ps := flatten(segs, m)
	r := c.bounds(ps, 0)
	if r.Empty() {
		return
	}
	if evenOdd || c.clip != nil {
		mask := image.NewAlpha(r)
		c.mask(mask, segs, evenOdd, m)
		c.paint(mask, r, rgba(col))
		return
	}
	if len(ps) == 1 && covers(ps[0].points, r) {
		draw.Draw(c.im, r, rgba(col), image.Point{}, draw.Src)
		return
	}
	for _, part := range c.apart(ps, r) {
		c.shade(part.ps, part.r, col)
	}
}

// shade fills polygons that touch r. Most of those pixels they cover wholly, or not at all.
func (c *canvas) shade(ps []polygon, r image.Rectangle, col layout.Color) {
	c.raster.Reset(r.Dx(), r.Dy())
	c.trace(ps, r)
	b := c.raster.Bounds()
	if n := b.Dx() * b.Dy(); cap(c.cover) < n {
		c.cover = make([]uint8, n)
	}
	mask := &image.Alpha{Pix: c.cover[:b.Dx()*b.Dy()], Stride: b.Dx(), Rect: b}
	c.raster.DrawOp = draw.Src
	c.raster.Draw(mask, b, image.Opaque, image.Point{})
	for y := range b.Dy() {
		pix := c.im.Pix[c.im.PixOffset(r.Min.X, r.Min.Y+y):][:4*b.Dx()]
		for x, a := range mask.Pix[y*mask.Stride:][:b.Dx()] {
			p := pix[4*x:][:3]
			switch a {
			case 0:
			case 255:
				p[0], p[1], p[2] = col.RGB[0], col.RGB[1], col.RGB[2]
			default:
				for i, v := range col.RGB {
					p[i] = uint8((uint(p[i])*(255-uint(a)) + uint(v)*uint(a) + 127) / 255)
				}
			}
		}
	}
}

// mask draws a path as opacity. The rasterizer knows one winding rule, so the parts of an even-odd
// path are drawn one by one and combined.
func (c *canvas) mask(mask *image.Alpha, segs []layout.Seg, evenOdd bool, m matrix) {
	ps := flatten(segs, m)
	if !evenOdd {
		c.maskPolygons(mask, ps)
		return
	}
	for _, p := range ps {
		part := image.NewAlpha(mask.Bounds())
		c.maskPolygons(part, []polygon{p})
		for i, b := range part.Pix {
			a := int(mask.Pix[i])
			mask.Pix[i] = uint8(a + int(b) - 2*a*int(b)/255)
		}
	}
}

func (c *canvas) maskPolygons(mask *image.Alpha, ps []polygon) {
	r := c.bounds(ps, 0)
	if r.Empty() {
		return
	}
	c.raster.Reset(r.Dx(), r.Dy())
	c.trace(ps, r)
	c.raster.Draw(mask, r, image.Opaque, image.Point{})
}

func (c *canvas) paint(mask *image.Alpha, r image.Rectangle, src image.Image) {
	if c.clip != nil {
		for y := r.Min.Y; y < r.Max.Y; y++ {
			row, clip := mask.Pix[mask.PixOffset(r.Min.X, y):], c.clip.Pix[c.clip.PixOffset(r.Min.X, y):]
			for i := range r.Dx() {
				row[i] = uint8(int(row[i]) * int(clip[i]) / 255)
			}
		}
	}
	draw.DrawMask(c.im, r, src, r.Min, mask, r.Min, draw.Over)
}
