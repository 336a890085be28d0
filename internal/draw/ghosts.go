package draw

import "math"

// ghosts are points at radius from the nearest site, all around the sites. Those in a gap between sites
// that is smaller than a disc are left out: the cells there meet.
func ghosts(sites []point, radius float64) []point {
	var out []point
	for _, s := range sites {
		for k := range samples {
			sin, cos := math.Sincos(2 * math.Pi * float64(k) / samples)
			if p := (point{s.x + radius*cos, s.y + radius*sin}); !covered(p, sites, radius*(1-1e-9)) {
				out = append(out, p)
			}
		}
	}
	gaps := smallGaps(sites, radius)
	kept := out[:0]
	for _, p := range out {
		if !gaps.holds(p) {
			kept = append(kept, p)
		}
	}
	return kept
}

func covered(p point, sites []point, radius float64) bool {
	for _, s := range sites {
		if dx, dy := s.x-p.x, s.y-p.y; dx*dx+dy*dy < radius*radius {
			return true
		}
	}
	return false
}

// raster is a grid of squares over the discs and some free land around them.
type raster struct {
	x, y, step float64
	w, h       int
	marks      []int8
}

const (
	land int8 = iota // within a disc, or a large free stretch
	free
	gap
)

// maxSquares bounds the raster: places far apart have no small gaps worth looking for.
const maxSquares = 400_000

// smallGaps finds the free stretches between the discs that are smaller than a disc.
func smallGaps(sites []point, radius float64) *raster {
	minX, minY, maxX, maxY := math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	for _, s := range sites {
		minX, minY, maxX, maxY = min(minX, s.x), min(minY, s.y), max(maxX, s.x), max(maxY, s.y)
	}
	r := &raster{step: radius / 5}
	r.x, r.y = minX-radius-2*r.step, minY-radius-2*r.step
	w, h := (maxX-minX+2*radius)/r.step+5, (maxY-minY+2*radius)/r.step+5
	if w*h > maxSquares {
		return &raster{step: 1}
	}
	r.w, r.h = int(w), int(h)
	r.marks = make([]int8, r.w*r.h)
	for i := range r.marks {
		p := point{r.x + (float64(i%r.w)+0.5)*r.step, r.y + (float64(i/r.w)+0.5)*r.step}
		// a little inside the disc's edge, so that the squares of its ghosts are free
		if !covered(p, sites, radius-0.75*r.step) {
			r.marks[i] = free
		}
	}
	for i := range r.marks {
		if r.marks[i] != free {
			continue
		}
		stretch := r.flood(i)
		if i > 0 && float64(len(stretch))*r.step*r.step < math.Pi*radius*radius { // 0 is the outside
			for _, k := range stretch {
				r.marks[k] = gap
			}
		}
	}
	return r
}

// flood returns the free squares that hang together with one, and marks them as land.
func (r *raster) flood(start int) []int {
	r.marks[start] = land
	stretch := []int{start}
	for n := 0; n < len(stretch); n++ {
		x, y := stretch[n]%r.w, stretch[n]/r.w
		for v := max(0, y-1); v <= min(r.h-1, y+1); v++ {
			for u := max(0, x-1); u <= min(r.w-1, x+1); u++ {
				if k := v*r.w + u; r.marks[k] == free {
					r.marks[k] = land
					stretch = append(stretch, k)
				}
			}
		}
	}
	return stretch
}

// holds reports that p lies in a small gap.
func (r *raster) holds(p point) bool {
	x, y := int((p.x-r.x)/r.step), int((p.y-r.y)/r.step)
	return x >= 0 && y >= 0 && x < r.w && y < r.h && r.marks[y*r.w+x] == gap
}
