package png

import (
	"bytes"
	"fmt"
	"image"
	"image/draw"
	"math"

	xdraw "golang.org/x/image/draw"
	"golang.org/x/image/math/f64"

	"vitrine/internal/layout"
)

func (c *canvas) text(t *layout.Text, m matrix) {
	scale := float64(t.Size) / float64(t.Font.UnitsPerEm)
	track := t.Size * layout.Length(t.Tracking) / 1000
	var pen layout.Length
	var segs []layout.Seg
	for i := range t.Glyphs {
		g := &t.Glyphs[i]
		x := t.X + pen + layout.Length(float64(g.XOff)*scale)
		y := t.Y - layout.Length(float64(g.YOff)*scale)
		for _, s := range t.Font.Outline(g.ID) {
			for j := range s.P {
				s.P[j] = layout.Point{X: x + layout.Length(float64(s.P[j].X)*scale), Y: y - layout.Length(float64(s.P[j].Y)*scale)}
			}
			segs = append(segs, s)
		}
		pen += layout.Length(float64(g.Adv)*scale) + track
	}
	c.fill(segs, false, m, t.Color)
}

func (c *canvas) image(im *layout.Image, m matrix) {
	if im.Picture == nil || im.Box.W <= 0 || im.Box.H <= 0 {
		return
	}
	src := c.pictures[im.Picture]
	if src == nil {
		var err error
		src, _, err = image.Decode(bytes.NewReader(im.Picture.Data))
		if err != nil {
			c.err = fmt.Errorf("picture %s: %w", im.Picture.Name, err)
			return
		}
		c.pictures[im.Picture] = src
	}
	b := src.Bounds()
	sx, sy := float64(im.Box.W)/float64(b.Dx()), float64(im.Box.H)/float64(b.Dy())
	full := m.then(matrix{sx, 0, 0, sy, float64(im.Box.X), float64(im.Box.Y)})
	clip := flatten((&layout.Path{}).Rectangle(im.Clip, 0).Segs, m)
	r := c.bounds(clip, 0)
	if r.Empty() {
		return
	}
	mask := image.NewAlpha(r)
	c.maskPolygons(mask, clip)
	layer := image.NewRGBA(r)
	if full[1] == 0 && full[2] == 0 && full[0] > 0 && full[3] > 0 {
		x0, y0 := int(math.Round(full[4])), int(math.Round(full[5]))
		x1, y1 := int(math.Round(full[4]+full[0]*float64(b.Dx()))), int(math.Round(full[5]+full[3]*float64(b.Dy())))
		place := image.Rect(x0, y0, max(x1, x0+1), max(y1, y0+1))
		src = reduced(src, min(b.Dx()/place.Dx(), b.Dy()/place.Dy())/2)
		xdraw.CatmullRom.Scale(layer, place, src, src.Bounds(), draw.Src, nil)
	} else {
		aff := f64.Aff3{full[0], full[2], full[4] - full[0]*float64(b.Min.X) - full[2]*float64(b.Min.Y), full[1], full[3], full[5] - full[1]*float64(b.Min.X) - full[3]*float64(b.Min.Y)}
		xdraw.ApproxBiLinear.Transform(layer, aff, src, b, draw.Src, nil)
	}
	c.paint(mask, r, layer)
}

// reduced averages squares of k by k pixels: what a far smaller picture is made from, at a fraction of
// the price. What is left over at the right and below is lost, which is less than a pixel of the result.
func reduced(src image.Image, k int) image.Image {
	if k < 2 {
		return src
	}
	b := src.Bounds()
	plain, ok := src.(*image.RGBA)
	if !ok {
		plain = image.NewRGBA(b)
		draw.Draw(plain, b, src, b.Min, draw.Src)
	}
	out := image.NewRGBA(image.Rect(0, 0, b.Dx()/k, b.Dy()/k))
	sums := make([]uint32, 4*out.Rect.Dx())
	for y := range out.Rect.Dy() {
		clear(sums)
		for dy := range k {
			row := plain.Pix[plain.PixOffset(b.Min.X, b.Min.Y+y*k+dy):]
			for x := range out.Rect.Dx() {
				s, p := sums[4*x:4*x+4], row[4*x*k:4*(x+1)*k]
				for ; len(p) >= 4; p = p[4:] {
					s[0] += uint32(p[0])
					s[1] += uint32(p[1])
					s[2] += uint32(p[2])
					s[3] += uint32(p[3])
				}
			}
		}
		for i, v := range sums {
			out.Pix[y*out.Stride+i] = uint8((v + uint32(k*k)/2) / uint32(k*k))
		}
	}
	return out
}
