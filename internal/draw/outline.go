package draw

import (
	"math"
	"slices"
)

// Outline is the land of a place: rings of longitude and latitude, as GeoJSON has them. The first ring
// of a polygon goes around it, the others are holes.
type Outline struct {
	Code     string // what the file calls it
	Polygons [][][][2]float64
}

// Outlines makes the geometry of real outlines, simplified so that a map of it stays light: detail is
// how many steps the width of the whole is cut into (600 when 0). Neighbours that share corners in the
// data go on sharing them.
func Outlines(outlines []Outline, detail int) *Geometry {
	g := &Geometry{shapes: make([]shape, len(outlines))}
	if detail <= 0 {
		detail = 600
	}
	proj := around(outlines)
	g.proj = proj
	rings := make([][][]point, len(outlines))
	minX, maxX := math.Inf(1), math.Inf(-1)
	for i, o := range outlines {
		for _, polygon := range o.Polygons {
			for n, ring := range polygon {
				r := make([]point, len(ring))
				for k, c := range ring {
					r[k] = proj.point(c[1], c[0])
					minX, maxX = min(minX, r[k].x), max(maxX, r[k].x)
				}
				// holes run the other way round, whatever the file does: any fill rule leaves them empty
				if r = toTheMetre(r); (area(r) < 0) == (n == 0) {
					slices.Reverse(r)
				}
				if len(r) > 2 {
					rings[i] = append(rings[i], r)
				}
			}
		}
	}
	rings = lightened(rings, (maxX-minX)/float64(detail))
	for i, rs := range rings {
		rs = largestFirst(rs)
		s := shape{rings: rs}
		s.label, s.radius = roomiest(rs)
		g.shapes[i] = s
	}
	g.bound()
	return g
}

// mostCorners is how many corners a drawing has at most: steps grow until there are no more.
const mostCorners = 5000

// lightened simplifies the rings of places. A place that is smaller than a step keeps its borders as they are, and so
// do its neighbours along them: else there would be a gap between them, or one over the other.
func lightened(rings [][][]point, tolerance float64) [][][]point {
	joints := junctions(rings)
	keep := map[arcKey]bool{}
	for {
		out := make([][][]point, len(rings))
		done := map[arcKey][]point{}
		lost, corners := false, 0
		for i, rs := range rings {
			for _, ring := range rs {
				r := simplifyRing(ring, joints, tolerance, done, keep)
				out[i] = append(out[i], r)
				corners += len(r)
			}
		}
		for i, rs := range rings {
			if len(rs) == 0 || len(largestFirst(out[i])) > 0 {
				continue
			}
			for _, ring := range rs {
				for _, arc := range arcs(ring, joints) {
					if key, _ := keyOf(arc); !keep[key] {
						keep[key], lost = true, true
					}
				}
			}
		}
		switch {
		case lost:
		case corners > mostCorners && tolerance > 0 && tolerance < 1e5: // kilometres: more than any place is wide
			tolerance *= 1.5
		default:
			return out
		}
	}
}

// toTheMetre rounds corners, so that those that are the same on two rings become so, and drops the ones
// that fall on the one before.
func toTheMetre(ring []point) []point {
	var out []point
	for _, p := range ring {
		p = point{math.Round(p.x*1000) / 1000, math.Round(p.y*1000) / 1000}
		if len(out) == 0 || out[len(out)-1] != p {
			out = append(out, p)
		}
	}
	for len(out) > 1 && out[0] == out[len(out)-1] {
		out = out[:len(out)-1]
	}
	return out
}

// around is the projection in the middle of all outlines.
func around(outlines []Outline) projection {
	var lat, lon float64
	n := 0
	for _, o := range outlines {
		for _, polygon := range o.Polygons {
			for _, ring := range polygon {
				for _, c := range ring {
					lon, lat, n = lon+c[0], lat+c[1], n+1
				}
			}
		}
	}
	if n == 0 {
		return projectionAround(0, 0)
	}
	return projectionAround(lat/float64(n), lon/float64(n))
}

// largestFirst puts the largest ring in front: the label goes there. It drops rings that simplifying
// left without area, but keeps one.
func largestFirst(rings [][]point) [][]point {
	var out [][]point
	best, at := -1.0, 0
	for _, r := range rings {
		a := math.Abs(area(r))
		if a < 1e-9 {
			continue
		}
		if a > best {
			best, at = a, len(out)
		}
		out = append(out, r)
	}
	if len(out) > 0 {
		out[0], out[at] = out[at], out[0]
	}
	return out
}

func area(ring []point) float64 {
	sum := 0.0
	for i, p := range ring {
		q := ring[(i+1)%len(ring)]
		sum += p.x*q.y - q.x*p.y
	}
	return sum / 2
}

// simplify drops corners nearer than tolerance to the lines left, in place. Rings are cut into arcs at
// the corners where three borders meet; an arc that two places share is simplified once.
func simplify(shapes [][][]point, tolerance float64) {
	joints := junctions(shapes)
	done := map[arcKey][]point{}
	for _, rings := range shapes {
		for i, ring := range rings {
			rings[i] = simplifyRing(ring, joints, tolerance, done, nil)
		}
	}
}

// junctions are the corners whose neighbours differ from ring to ring: arcs end there.
func junctions(shapes [][][]point) map[point]bool {
	type pair struct{ a, b point }
	first := map[point]pair{}
	out := map[point]bool{}
	for _, rings := range shapes {
		for _, ring := range rings {
			for i, p := range ring {
				a, b := ring[(i+len(ring)-1)%len(ring)], ring[(i+1)%len(ring)]
				if less(b, a) {
					a, b = b, a
				}
				if f, seen := first[p]; !seen {
					first[p] = pair{a, b}
				} else if f != (pair{a, b}) {
					out[p] = true
				}
			}
		}
	}
	return out
}

func less(a, b point) bool { return a.x < b.x || a.x == b.x && a.y < b.y }

// arcKey names an arc from either side: its ends, and a corner of it, since two arcs may share ends.
type arcKey struct{ from, to, next point }

func simplifyRing(ring []point, joints map[point]bool, tolerance float64, done map[arcKey][]point, keep map[arcKey]bool) []point {
	var out []point
	for _, arc := range arcs(ring, joints) {
		out = append(out, simplifyArc(arc, tolerance, done, keep)...)
		out = out[:len(out)-1] // the next arc begins with it
	}
	return out
}

// arcs cuts a ring at its junctions; an arc has both its ends.
func arcs(ring []point, joints map[point]bool) [][]point {
	// start at a junction, or where any ring of the same corners would
	start, found := 0, false
	for i, p := range ring {
		switch {
		case joints[p] && (!found || less(p, ring[start])):
			start, found = i, true
		case !found && less(p, ring[start]):
			start = i
		}
	}
	n := len(ring)
	var out [][]point
	for i := 0; i < n; {
		j := i + 1
		for j < n && !joints[ring[(start+j)%n]] {
			j++
		}
		arc := make([]point, 0, j-i+1)
		for k := i; k <= j; k++ {
			arc = append(arc, ring[(start+k)%n])
		}
		out = append(out, arc)
		i = j
	}
	return out
}

// keyOf names an arc, and tells whether it runs the other way.
func keyOf(arc []point) (key arcKey, back bool) {
	last := len(arc) - 1
	if back = less(arc[last], arc[0]) || arc[last] == arc[0] && less(arc[last-1], arc[1]); back {
		return arcKey{arc[last], arc[0], arc[last-1]}, true
	}
	return arcKey{arc[0], arc[last], arc[1]}, false
}

func simplifyArc(arc []point, tolerance float64, done map[arcKey][]point, keep map[arcKey]bool) []point {
	key, back := keyOf(arc)
	if keep[key] {
		return arc
	}
	if back {
		arc = reversed(arc)
	}
	last := len(arc) - 1
	out, found := done[key]
	if !found {
		if arc[0] == arc[last] { // a ring: its farthest corner is the other end
			far := 0
			for i, p := range arc {
				if p.distance(arc[0]) > arc[far].distance(arc[0]) {
					far = i
				}
			}
			out = append(douglasPeucker(arc[:far+1], tolerance), douglasPeucker(arc[far:], tolerance)[1:]...)
		} else {
			out = douglasPeucker(arc, tolerance)
		}
		done[key] = out
	}
	if back {
		out = reversed(out)
	}
	return out
}

func reversed(in []point) []point {
	out := slices.Clone(in)
	slices.Reverse(out)
	return out
}

// douglasPeucker keeps the ends and the corners that stand out by more than tolerance.
func douglasPeucker(line []point, tolerance float64) []point {
	keep := make([]bool, len(line))
	keep[0], keep[len(line)-1] = true, true
	type stretch struct{ a, b int }
	todo := []stretch{{0, len(line) - 1}}
	for len(todo) > 0 {
		s := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		worst, at := tolerance, 0
		for i := s.a + 1; i < s.b; i++ {
			if d := toSegment(line[i], line[s.a], line[s.b]); d > worst {
				worst, at = d, i
			}
		}
		if at > 0 {
			keep[at] = true
			todo = append(todo, stretch{s.a, at}, stretch{at, s.b})
		}
	}
	out := make([]point, 0, len(line)/4+2)
	for i, p := range line {
		if keep[i] {
			out = append(out, p)
		}
	}
	return out
}
