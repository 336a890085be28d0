package png

import (
	"image"
	"slices"
)

// Up to splitMost polygons that touch at least splitArea pixels together are looked at one by one.
const (
	splitMost = 64
	splitArea = 1 << 16
)

// part is polygons of a path with the pixels that they touch.
type part struct {
	ps []polygon
	r  image.Rectangle
}

// apart cuts a path, which touches r, into parts that share no pixel: a few tiles strewn over a picture are drawn tile
// by tile, and not as a mask of the whole picture.
func (c *canvas) apart(ps []polygon, r image.Rectangle) []part {
	whole := []part{{ps, r}}
	if len(ps) > splitMost || r.Dx()*r.Dy() < splitArea {
		return whole
	}
	var parts []part
	for i, p := range ps {
		b := c.bounds(ps[i:i+1], 0)
		if b.Empty() {
			continue
		}
		// What it overlaps becomes one with it, which may overlap more.
		all := []polygon{p}
		for k := 0; k < len(parts); k++ {
			if q := parts[k]; q.r.Overlaps(b) {
				b, all = b.Union(q.r), append(q.ps, all...)
				parts = slices.Delete(parts, k, k+1)
				k = -1
			}
		}
		parts = append(parts, part{all, b})
	}
	return parts
}

// covers tells whether a polygon is an upright rectangle that holds all of r.
func covers(points [][2]float32, r image.Rectangle) bool {
	if len(points) == 5 && points[4] == points[0] {
		points = points[:4]
	}
	if len(points) != 4 {
		return false
	}
	lo, hi := points[0], points[0]
	for i, p := range points {
		q := points[(i+1)%4]
		if (p[0] == q[0]) == (p[1] == q[1]) {
			return false // a slanted side, or none
		}
		lo[0], lo[1], hi[0], hi[1] = min(lo[0], p[0]), min(lo[1], p[1]), max(hi[0], p[0]), max(hi[1], p[1])
	}
	return lo[0] <= float32(r.Min.X) && lo[1] <= float32(r.Min.Y) && hi[0] >= float32(r.Max.X) && hi[1] >= float32(r.Max.Y)
}
