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

// sideBySide is how many pixels the areas of two polygons have in common at most where they meet along a side; each has a margin.
const sideBySide = 4

// part is polygons of a path with the pixels that they touch.
type part struct {
	ps    []polygon
	areas []area
	r     image.Rectangle
}

// area is the pixels that a polygon touches, and which way round it goes.
type area struct {
	r     image.Rectangle
	turns bool
}

// apart cuts a path, which touches r, into parts that can be drawn one after the other: a few tiles strewn over a picture
// are drawn tile by tile, and not as a mask of the whole picture. What goes the other way round than what lies below it
// cuts a hole, and between two that meet side by side a line would shine through: they stay together.
func (c *canvas) apart(ps []polygon, r image.Rectangle) []part {
	if len(ps) > splitMost || r.Dx()*r.Dy() < splitArea {
		return []part{{ps: ps, r: r}}
	}
	var parts []part
	for i, p := range ps {
		a := area{c.bounds(ps[i:i+1], 0), turns(p.points)}
		if a.r.Empty() {
			continue
		}
		one := part{[]polygon{p}, []area{a}, a.r}
		for k := 0; k < len(parts); k++ {
			if q := parts[k]; q.cuts(&one) {
				one = part{append(q.ps, one.ps...), append(q.areas, one.areas...), q.r.Union(one.r)}
				parts = slices.Delete(parts, k, k+1)
				k = -1 // with more in it, it may cut more
			}
		}
		parts = append(parts, one)
	}
	return parts
}

// cuts tells whether polygons of two parts that go round in different ways may overlap, or may share a side.
func (p *part) cuts(q *part) bool {
	if !p.r.Overlaps(q.r) {
		return false
	}
	for _, a := range p.areas {
		for _, b := range q.areas {
			if both := a.r.Intersect(b.r); !both.Empty() && (a.turns != b.turns || min(both.Dx(), both.Dy()) <= sideBySide) {
				return true
			}
		}
	}
	return false
}

// turns tells which way round a polygon goes.
func turns(points [][2]float32) bool {
	var sum float32
	for i, p := range points {
		q := points[(i+1)%len(points)]
		sum += p[0]*q[1] - q[0]*p[1]
	}
	return sum > 0
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
