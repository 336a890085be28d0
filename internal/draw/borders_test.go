package draw

import (
	"math/rand/v2"
	"testing"
)

// patchwork are places at random that leave no gap: a grid of which every border wanders, each with its own
// corners, the same ones for both sides; some places lie whole within another.
func patchwork(rnd *rand.Rand, wide, high, steps int) []Outline {
	jitter := func(size float64) float64 { return (rnd.Float64() - 0.5) * size }
	knot := make([][][2]float64, high+1)
	for y := range knot {
		for x := range wide + 1 {
			knot[y] = append(knot[y], [2]float64{float64(x)*0.1 + jitter(0.04), 48 + float64(y)*0.1 + jitter(0.04)})
		}
	}
	walk := func(a, b [2]float64) [][2]float64 { // from a to b, without b
		out := [][2]float64{a}
		for i := 1; i < steps; i++ {
			f := float64(i) / float64(steps)
			out = append(out, [2]float64{a[0] + (b[0]-a[0])*f + jitter(0.012), a[1] + (b[1]-a[1])*f + jitter(0.012)})
		}
		return out
	}
	back := func(line [][2]float64, end [2]float64) [][2]float64 {
		out := [][2]float64{end}
		for i := len(line) - 1; i > 0; i-- {
			out = append(out, line[i])
		}
		return out
	}
	across := make([][][][2]float64, high+1) // from knot (x, y) to (x+1, y)
	along := make([][][][2]float64, high)    // from (x, y) to (x, y+1)
	for y := range high + 1 {
		for x := range wide {
			across[y] = append(across[y], walk(knot[y][x], knot[y][x+1]))
		}
	}
	for y := range high {
		for x := range wide + 1 {
			along[y] = append(along[y], walk(knot[y][x], knot[y+1][x]))
		}
	}
	closed := func(ring [][2]float64) [][2]float64 { return append(ring, ring[0]) }
	var out []Outline
	for y := range high {
		for x := range wide {
			var ring [][2]float64
			ring = append(ring, across[y][x]...)
			ring = append(ring, along[y][x+1]...)
			ring = append(ring, back(across[y+1][x], knot[y+1][x+1])...)
			ring = append(ring, back(along[y][x], knot[y+1][x])...)
			polygon := [][][2]float64{closed(ring)}
			if rnd.IntN(4) == 0 { // another place within
				size := []float64{0.02, 0.002, 0.0003}[rnd.IntN(3)]
				mx, my := float64(x)*0.1+0.05, 48+float64(y)*0.1+0.05
				within := [][2]float64{{mx, my}, {mx + size, my}, {mx + size, my + size}, {mx + size/2, my + size*1.1}, {mx, my + size}}
				polygon = append(polygon, closed(within))
				out = append(out, Outline{Polygons: [][][][2]float64{{closed(within)}}})
			}
			out = append(out, Outline{Polygons: [][][][2]float64{polygon}})
		}
	}
	return out
}

// open are the edges that only one place has: those of the edge of the land, and of gaps.
func openEdges(g *Geometry) map[point][]point {
	type edge struct{ from, to point }
	count := map[edge]int{}
	for _, s := range g.shapes {
		for _, ring := range s.rings {
			for i, p := range ring {
				count[edge{p, ring[(i+1)%len(ring)]}]++
			}
		}
	}
	out := map[point][]point{}
	for e, n := range count {
		for range n - count[edge{e.to, e.from}] {
			out[e.from] = append(out[e.from], e.to)
		}
	}
	return out
}

// TestBordersStayShared simplifies patchworks of every kind: what neighbours shared they still share, corner by corner, no
// place is lost, and what is left of open edges is one ring around it all.
func TestBordersStayShared(t *testing.T) {
	for seed := range uint64(15) {
		rnd := rand.New(rand.NewPCG(seed, 2))
		places := patchwork(rnd, 1+rnd.IntN(7), 1+rnd.IntN(7), 2+rnd.IntN(40))
		for _, detail := range []int{600, 120, 30, 5} {
			g := Outlines(places, detail)
			corners := 0
			for i, s := range g.shapes {
				if len(s.rings) == 0 {
					t.Fatalf("seed %d, %d steps: place %d is lost", seed, detail, i)
				}
				for _, r := range s.rings {
					corners += len(r)
				}
			}
			open := openEdges(g)
			n, ring := 0, point{}
			for p, to := range open {
				ring = p
				n += len(to)
			}
			around := 0
			for at := ring; len(open[at]) > 0; around++ {
				to := open[at]
				open[at] = to[1:]
				at = to[0]
			}
			if around != n || n < 3 {
				t.Errorf("seed %d, %d steps: the edge around has %d of %d open edges", seed, detail, around, n)
			}
			if corners > mostCorners {
				t.Errorf("seed %d, %d steps: %d corners", seed, detail, corners)
			}
		}
	}
}

// A drawing has a weight that no file passes.
func TestOutlinesBounded(t *testing.T) {
	places := patchwork(rand.New(rand.NewPCG(1, 1)), 20, 20, 60)
	corners := 0
	for _, s := range Outlines(places, 100_000).shapes {
		for _, r := range s.rings {
			corners += len(r)
		}
	}
	if corners > mostCorners {
		t.Errorf("%d corners", corners)
	}
}
