package draw

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
)

// someLand are places at random, as a mosaic of them: cells of all sizes, some apart.
func someLand(seed uint64) *Geometry {
	rnd := rand.New(rand.NewPCG(seed, 1))
	places := make([]Place, 2+rnd.IntN(60))
	for i := range places {
		places[i] = Place{Lat: 48.5 + rnd.Float64()*0.4, Lon: -0.8 + rnd.Float64()*0.6}
	}
	return Mosaic(places)
}

// A locator's places make up its land: the areas add up, give or take the seams that rounding leaves, and the
// land is light however many places there are.
func TestLocatorAddsUp(t *testing.T) {
	for seed := range uint64(60) {
		g := someLand(seed)
		l := g.Locator(120)
		sum := 0.0
		var all [][]point
		for _, rings := range l.rings {
			for _, r := range rings {
				sum += area(r)
				all = append(all, r)
			}
		}
		land := 0.0
		for _, r := range silhouette(all) {
			land += area(r)
		}
		if math.Abs(land-sum) > 0.01*math.Abs(sum)+2*sliver {
			t.Errorf("seed %d: places of %.0f units make a land of %.0f", seed, sum, land)
		}
		if len(l.Land) > 1500 || l.Width > 121 || l.Height > 121 {
			t.Errorf("seed %d: %d bytes of land, %d × %d", seed, len(l.Land), l.Width, l.Height)
		}
		for i, d := range l.Places {
			if d == "" || strings.ContainsAny(d, ".eNI") {
				t.Errorf("seed %d: place %d is %q", seed, i, d)
			}
		}
	}
}

// A point shows in its own place, and nowhere else.
func TestLocatorPoint(t *testing.T) {
	places := []Place{{48.7, -0.6}, {48.7, -0.5}, {48.8, -0.55}}
	l := Mosaic(places).Locator(120)
	for i, p := range places {
		x, y, ok := l.Point(i, p.Lat, p.Lon)
		if !ok || x < 0 || y < 0 || x > l.Width || y > l.Height {
			t.Errorf("place %d: %d, %d, %v", i, x, y, ok)
		}
		if _, _, ok := l.Point((i+1)%3, p.Lat, p.Lon); ok {
			t.Errorf("the middle of place %d shows in another", i)
		}
	}
	for _, bad := range [][2]float64{{0, 0}, {90, 180}, {math.NaN(), 1}, {math.Inf(1), 1}, {48.7, 1}} {
		if _, _, ok := l.Point(0, bad[0], bad[1]); ok {
			t.Errorf("%v shows on the land", bad)
		}
	}
	if _, _, ok := l.Point(3, 48.7, -0.6); ok {
		t.Error("a place that is not there has a point")
	}
	if (&Geometry{}).Locator(120) != nil {
		t.Error("nothing has a drawing")
	}
}

// Borders that several rings share are no edge; a lake and an island are.
func TestSilhouette(t *testing.T) {
	box := func(x, y, w float64) []point { return []point{{x, y}, {x, y + w}, {x + w, y + w}, {x + w, y}} }
	for _, c := range []struct {
		name  string
		rings [][]point
		want  string
	}{
		{"two halves", [][]point{box(0, 0, 9), box(9, 0, 9)}, "M0 0l0 9 18 0 0-9z"},
		{"an island", [][]point{box(0, 0, 9), box(20, 0, 9)}, "M0 0l0 9 9 0 0-9zM20 0l0 9 9 0 0-9z"},
		{"an islet too small to see", [][]point{box(0, 0, 9), box(20, 0, 1)}, "M0 0l0 9 9 0 0-9z"},
		{"none", nil, ""},
	} {
		if got := pathData(silhouette(c.rings)); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
	if got := fmt.Sprint(straight([]point{{0, 0}, {0, 4}, {0, 9}, {9, 9}})); got != "[{0 0} {0 9} {9 9}]" {
		t.Error(got)
	}
}
