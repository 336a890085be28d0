package png

import (
	"image"
	"math"

	"vitrine/internal/layout"
)

// fillStroke draws a line as the shapes that make it: a bar for each stretch, and a disc where two
// meet. Thin lines keep at least a visible shade.
func (c *canvas) fillStroke(p *layout.Path, m matrix) {
	width := float32(float64(p.Width) * m.scale())
	half := max(width, 0.6) / 2
	ps := flatten(p.Outline(), m)
	var bars []polygon
	for _, q := range ps {
		pts := q.points
		if q.closed && len(pts) > 1 {
			pts = append(pts[:len(pts):len(pts)], pts[0])
		}
		if len(p.Dash) > 0 {
			for _, d := range dashed(pts, p.Dash, m.scale()) {
				bars = append(bars, bar(d[0], d[1], half)...)
				if p.Round {
					bars = append(bars, disc(d[0], half), disc(d[1], half))
				}
			}
			continue
		}
		for i := 1; i < len(pts); i++ {
			bars = append(bars, bar(pts[i-1], pts[i], half)...)
			if width > 1.5 && (i < len(pts)-1 || p.Round || q.closed) {
				bars = append(bars, disc(pts[i], half))
			}
		}
		if p.Round && len(pts) > 0 && width > 1.5 {
			bars = append(bars, disc(pts[0], half))
		}
	}
	if r := c.bounds(bars, 0); !r.Empty() {
		mask := image.NewAlpha(r)
		c.maskPolygons(mask, bars)
		c.paint(mask, r, rgba(*p.Stroke))
	}
}

// bar is the rectangle around a stretch of line. All bars and discs turn the same way, so that where
// they overlap they add up.
func bar(a, b [2]float32, half float32) []polygon {
	dx, dy := b[0]-a[0], b[1]-a[1]
	l := hypot(dx, dy)
	if l == 0 {
		return nil
	}
	nx, ny := -dy/l*half, dx/l*half
	return []polygon{{points: [][2]float32{{a[0] - nx, a[1] - ny}, {b[0] - nx, b[1] - ny}, {b[0] + nx, b[1] + ny}, {a[0] + nx, a[1] + ny}}, closed: true}}
}

func disc(at [2]float32, r float32) polygon {
	p := polygon{closed: true}
	const n = 12
	for i := range n {
		sin, cos := math.Sincos(2 * math.Pi * float64(i) / n)
		p.points = append(p.points, [2]float32{at[0] + r*float32(cos), at[1] + r*float32(sin)})
	}
	return p
}

// dashed cuts a line into the stretches of it that show. A dash of no length is a dot.
func dashed(pts [][2]float32, dash []layout.Length, scale float64) [][2][2]float32 {
	var out [][2][2]float32
	pattern := make([]float32, len(dash))
	var sum float32
	for i, d := range dash {
		pattern[i] = float32(float64(d) * scale)
		sum += pattern[i]
	}
	var length float32
	for i := 1; i < len(pts); i++ {
		length += hypot(pts[i][0]-pts[i-1][0], pts[i][1]-pts[i-1][1])
	}
	if sum < 0.5 || length/sum > 1e4 { // finer than the picture, or far beyond it
		for i := 1; i < len(pts); i++ {
			out = append(out, [2][2]float32{pts[i-1], pts[i]})
		}
		return out
	}
	k, left := 0, pattern[0]
	for i := 1; i < len(pts); i++ {
		a, b := pts[i-1], pts[i]
		l := hypot(b[0]-a[0], b[1]-a[1])
		if l == 0 {
			continue
		}
		at := func(d float32) [2]float32 {
			return [2]float32{a[0] + (b[0]-a[0])*d/l, a[1] + (b[1]-a[1])*d/l}
		}
		for pos := float32(0); ; {
			n := min(left, l-pos)
			if k%2 == 0 {
				out = append(out, [2][2]float32{at(pos), at(pos + n)})
			}
			pos += n
			left -= n
			if left > 0 { // the line ends first: the next one goes on with this dash
				break
			}
			k++
			left = pattern[k%len(pattern)]
		}
	}
	return out
}
