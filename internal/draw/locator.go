package draw

import (
	"math"
	"strconv"
)

// A Locator shows where one place lies among others: the land of them all as one silhouette, the place in
// it, and a point where one is known. It is coarse and in whole units, so that ten thousand pages can
// each carry one in a few hundred bytes. It is not changed after and may be shared by goroutines.
type Locator struct {
	Width, Height int    // units of the drawing
	Land          string // path data of all places together
	Places        []string

	geometry *Geometry
	scale    float64 // units in a kilometre
	rings    [][][]point
}

// sliver is the area, in square units, below which a ring of the silhouette is a seam between neighbours
// that rounding left, or an islet that nobody would see.
const sliver = 4

// Locator draws the geometry so many units wide, or high where it is higher than wide. Nil where there
// is nothing to draw.
func (g *Geometry) Locator(units int) *Locator {
	if g.w == 0 || g.h == 0 {
		return nil
	}
	l := &Locator{geometry: g, scale: float64(units) / max(g.w, g.h)}
	l.Width, l.Height = int(math.Ceil(g.w*l.scale)), int(math.Ceil(g.h*l.scale))
	rings := make([][][]point, len(g.shapes))
	for i, s := range g.shapes {
		for _, r := range s.rings {
			rings[i] = append(rings[i], r)
		}
	}
	simplify(rings, 0.8/l.scale)
	l.rings = make([][][]point, len(rings))
	l.Places = make([]string, len(rings))
	var all [][]point
	for i, shape := range rings {
		whole := l.onGrid(shape)
		if len(whole) == 0 { // too small to keep its shape: as it is
			whole = l.onGrid(g.shapes[i].rings)
		}
		l.rings[i] = whole
		l.Places[i] = pathData(whole)
		all = append(all, whole...)
	}
	l.Land = pathData(silhouette(all))
	return l
}

// onGrid rounds rings to whole units, and drops what has no area left.
func (l *Locator) onGrid(rings [][]point) [][]point {
	var out [][]point
	for _, ring := range rings {
		r := make([]point, 0, len(ring))
		for _, p := range ring {
			q := point{math.Round((p.x - l.geometry.minX) * l.scale), math.Round((p.y - l.geometry.minY) * l.scale)}
			if len(r) == 0 || r[len(r)-1] != q {
				r = append(r, q)
			}
		}
		for len(r) > 1 && r[0] == r[len(r)-1] {
			r = r[:len(r)-1]
		}
		if len(r) > 2 && area(r) != 0 {
			out = append(out, r)
		}
	}
	return out
}

// Point is where a place stands by its degrees; ok is false when that is not on the land of the place of
// that number, give or take two units: a mosaic's cells are not the real land, and a point beside its
// own place would say something false.
func (l *Locator) Point(place int, lat, lon float64) (x, y int, ok bool) {
	p := l.geometry.proj.point(lat, lon)
	p = point{(p.x - l.geometry.minX) * l.scale, (p.y - l.geometry.minY) * l.scale}
	if !(math.Abs(p.x) < 1e6 && math.Abs(p.y) < 1e6) || place < 0 || place >= len(l.rings) {
		return 0, 0, false
	}
	if len(l.rings[place]) == 0 || clearance(p, l.rings[place]) < -2 {
		return 0, 0, false
	}
	return int(math.Round(p.x)), int(math.Round(p.y)), true
}

// silhouette is the edge of all rings together: a border that two of them share, each in its own
// direction, is no edge. Rings that do not meet corner to corner leave slivers, which are dropped.
func silhouette(rings [][]point) [][]point {
	type edge struct{ from, to point }
	count := map[edge]int{}
	var order []edge // as they come: maps have no order
	for _, ring := range rings {
		for i, p := range ring {
			e := edge{p, ring[(i+1)%len(ring)]}
			if back := (edge{e.to, e.from}); count[back] > 0 {
				count[back]--
				continue
			}
			if _, known := count[e]; !known {
				order = append(order, e)
			}
			count[e]++
		}
	}
	next := map[point][]point{}
	var starts []point
	for _, e := range order {
		for range count[e] {
			if next[e.from] == nil {
				starts = append(starts, e.from)
			}
			next[e.from] = append(next[e.from], e.to)
		}
	}
	var out [][]point
	for _, start := range starts {
		for len(next[start]) > 0 {
			var ring []point
			for at := start; len(next[at]) > 0; {
				ring = append(ring, at)
				to := next[at]
				next[at] = to[1:]
				at = to[0]
			}
			if ring = straight(ring); math.Abs(area(ring)) >= sliver {
				out = append(out, ring)
			}
		}
	}
	return out
}

// straight leaves out corners at which a ring does not turn.
func straight(ring []point) []point {
	out := make([]point, 0, len(ring))
	for i, p := range ring {
		a, b := p.sub(ring[(i+len(ring)-1)%len(ring)]), ring[(i+1)%len(ring)].sub(p)
		if a.x*b.y != a.y*b.x || a.dot(b) < 0 {
			out = append(out, p)
		}
	}
	return out
}

// pathData writes rings of whole units with relative steps, the shortest way there is.
func pathData(rings [][]point) string {
	var b []byte
	number := func(f float64, first bool) {
		if n := int(f); !first && n >= 0 {
			b = append(b, ' ')
		}
		b = strconv.AppendInt(b, int64(f), 10)
	}
	for _, ring := range rings {
		b = append(b, 'M')
		number(ring[0].x, true)
		number(ring[0].y, false)
		b = append(b, 'l')
		for i, p := range ring[1:] {
			number(p.x-ring[i].x, i == 0)
			number(p.y-ring[i].y, false)
		}
		b = append(b, 'z')
	}
	return string(b)
}
