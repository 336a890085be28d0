package draw

import (
	"math"
	"slices"
)

// The mosaic's edge. Ghosts stand around the places, reach spacings away from the nearest; the cells
// end at margin spacings from the outermost places.
const (
	reach   = 1.9
	margin  = 0.56
	samples = 32 // ghosts on a full circle
)

// Mosaic divides the land among places: each one gets what is nearer to it than to any other (its Voronoi
// cell), up to a smooth edge around them all. Places that are far from the others make islands.
//
// The edge comes from ghosts, points on the border of the union of discs around the places. In a power
// diagram the ghosts' weight pulls the edge nearer to the places; every cell stays convex, and
// neighbours share their edges to the metre.
func Mosaic(places []Place) *Geometry {
	g := &Geometry{shapes: make([]shape, len(places))}
	if len(places) == 0 {
		return g
	}
	sites, proj := projectAll(places)
	g.proj = proj
	spacing := usualSpacing(sites)
	apart(sites, spacing/4)
	radius := reach * spacing
	border := ghosts(sites, radius)
	// A ghost at distance radius cuts at margin·spacing.
	weight := radius*radius - 2*radius*margin*spacing
	all := make([]rival, 0, len(sites)+len(border))
	for i, s := range sites {
		all = all[:0]
		for j, o := range sites {
			if j != i {
				all = append(all, rival{at: o, d: s.distance(o)})
			}
		}
		for _, o := range border {
			all = append(all, rival{at: o, d: s.distance(o), weight: weight})
		}
		cell := powerCell(s, all, 2*radius)
		g.shapes[i].rings = [][]point{cell}
	}
	g.bound()
	g.lighten(min(g.w/700, spacing/15))
	for i := range g.shapes {
		s := &g.shapes[i]
		if len(s.rings) > 0 {
			s.label = centroid(s.rings[0])
			s.radius = clearance(s.label, s.rings)
		}
	}
	return g
}

// lighten drops the corners of the smooth edge that the eye would not miss.
func (g *Geometry) lighten(tolerance float64) {
	rings := make([][][]point, len(g.shapes))
	for i, s := range g.shapes {
		for _, ring := range s.rings {
			rings[i] = append(rings[i], toTheMetre(ring))
		}
	}
	simplify(rings, tolerance)
	for i := range rings {
		g.shapes[i].rings = largestFirst(rings[i])
	}
}

func projectAll(places []Place) ([]point, projection) {
	var lat, lon float64
	for _, p := range places {
		lat += p.Lat / float64(len(places))
		lon += p.Lon / float64(len(places))
	}
	proj := projectionAround(lat, lon)
	out := make([]point, len(places))
	for i, p := range places {
		out[i] = proj.point(p.Lat, p.Lon)
	}
	return out, proj
}

// usualSpacing is the distance from a place to the next on the shortest net that joins them all: what three
// quarters of the net's steps do not pass. A kilometre for a place alone.
func usualSpacing(sites []point) float64 {
	var steps []float64
	near := make([]float64, len(sites)) // from the net
	for i := range near {
		near[i] = math.Inf(1)
	}
	joined := make([]bool, len(sites))
	for at := 0; at >= 0; {
		joined[at] = true
		next := -1
		for i, s := range sites {
			if joined[i] {
				continue
			}
			near[i] = min(near[i], s.distance(sites[at]))
			if next < 0 || near[i] < near[next] {
				next = i
			}
		}
		if next >= 0 && near[next] > 1e-9 {
			steps = append(steps, near[next])
		}
		at = next
	}
	if len(steps) == 0 {
		return 1
	}
	slices.Sort(steps)
	return steps[len(steps)*3/4]
}

// apart moves places that stand on one another around their point, so that each gets a cell.
func apart(sites []point, step float64) {
	seen := map[point]int{}
	for i, s := range sites {
		n := seen[s]
		seen[s]++
		if n > 0 {
			const golden = 2.399963229728653 // radians: no two turns meet
			sin, cos := math.Sincos(float64(n) * golden)
			r := step * math.Sqrt(float64(n)/float64(n+1))
			sites[i] = point{s.x + r*cos, s.y + r*sin}
		}
	}
}

// rival is a point that takes land from a site: another site, or a ghost with its weight.
type rival struct {
	at     point
	d      float64
	weight float64
}

// powerCell is what is left to a site: a square of twice half around it, cut by every rival. The near ones
// go first: what they leave is small, and the others hardly touch it.
func powerCell(s point, rivals []rival, half float64) []point {
	cell := []point{{s.x - half, s.y - half}, {s.x + half, s.y - half}, {s.x + half, s.y + half}, {s.x - half, s.y + half}}
	var spare []point
	for _, near := range [2]bool{true, false} {
		for _, r := range rivals {
			if r.d == 0 || r.d > 6*half || (r.d < half) != near {
				continue
			}
			// kept: p·n <= c, the side of s of the line where both powers are equal
			n := r.at.sub(s)
			c := (r.at.dot(r.at) - s.dot(s) - r.weight) / 2
			spare = clip(spare[:0], cell, n, c)
			cell, spare = spare, cell
		}
	}
	return slices.Clone(cell)
}

// clip keeps the part of a convex polygon where p·n <= c.
func clip(out, polygon []point, n point, c float64) []point {
	for i, p := range polygon {
		q := polygon[(i+1)%len(polygon)]
		dp, dq := p.dot(n)-c, q.dot(n)-c
		if dp <= 0 {
			out = append(out, p)
		}
		if dp < 0 && dq > 0 || dp > 0 && dq < 0 {
			t := dp / (dp - dq)
			out = append(out, point{p.x + t*(q.x-p.x), p.y + t*(q.y-p.y)})
		}
	}
	return out
}
