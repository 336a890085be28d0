package draw

import "math"

// centroid is the middle of a polygon's area.
func centroid(ring []point) point {
	if len(ring) == 0 {
		return point{}
	}
	var area, x, y float64
	o := ring[0] // near, so that nothing is lost to large coordinates
	for i, p := range ring {
		q := ring[(i+1)%len(ring)]
		p, q = p.sub(o), q.sub(o)
		cross := p.x*q.y - q.x*p.y
		area += cross
		x += (p.x + q.x) * cross
		y += (p.y + q.y) * cross
	}
	if math.Abs(area) < 1e-12 {
		return o
	}
	return point{o.x + x/(3*area), o.y + y/(3*area)}
}

// clearance is how far p stands from the nearest edge, negative outside the rings.
func clearance(p point, rings [][]point) float64 {
	best := math.Inf(1)
	inside := false
	for _, ring := range rings {
		for i, a := range ring {
			b := ring[(i+1)%len(ring)]
			if (a.y > p.y) != (b.y > p.y) && p.x < (b.x-a.x)*(p.y-a.y)/(b.y-a.y)+a.x {
				inside = !inside
			}
			best = min(best, toSegment(p, a, b))
		}
	}
	if math.IsInf(best, 1) {
		return 0
	}
	if !inside {
		return -best
	}
	return best
}

func toSegment(p, a, b point) float64 {
	d := b.sub(a)
	t := 0.0
	if l := d.dot(d); l > 0 {
		t = max(0, min(1, p.sub(a).dot(d)/l))
	}
	return p.distance(point{a.x + t*d.x, a.y + t*d.y})
}

// roomiest is where a label has the most room in a shape of any form: the centroid, or a better place
// found by looking around it in ever smaller steps.
func roomiest(rings [][]point) (point, float64) {
	if len(rings) == 0 || len(rings[0]) == 0 {
		return point{}, 0
	}
	minX, minY, maxX, maxY := math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	for _, p := range rings[0] {
		minX, minY, maxX, maxY = min(minX, p.x), min(minY, p.y), max(maxX, p.x), max(maxY, p.y)
	}
	best := centroid(rings[0])
	free := clearance(best, rings)
	const n = 12
	for i := range n {
		for j := range n {
			p := point{minX + (maxX-minX)*(float64(i)+0.5)/n, minY + (maxY-minY)*(float64(j)+0.5)/n}
			// the centroid looks best: leave it only for a tenth more room
			if c := clearance(p, rings); c > free*1.1+1e-9 {
				best, free = p, c
			}
		}
	}
	for step := max(maxX-minX, maxY-minY) / (2 * n); step > free/50 && step > 1e-6; step /= 2 {
		for _, d := range [4]point{{step, 0}, {-step, 0}, {0, step}, {0, -step}} {
			p := point{best.x + d.x, best.y + d.y}
			if c := clearance(p, rings); c > free {
				best, free = p, c
			}
		}
	}
	return best, free
}
