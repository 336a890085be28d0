// Package draw makes drawings out of figures, as frames: pages show them through svg, pieces place them
// among their boxes.
//
// A map comes in three steps, from what never changes to what each page says. Mosaic or Outlines makes
// the Geometry of some places, once; At fits it into a box, once for each size; Items fills the cells
// for one page and shares all the rest.
//
//	geometry := draw.Mosaic(places)
//	web := geometry.At(layout.Rect{W: width, H: geometry.Height(width)})
//	items := web.Items(cells, paint)
//
// A Chart, a Timeline and a Cloud are drawn in one step, with the look that the caller has: they set
// texts, and say which letters no font has and whether the box was too small.
//
//	look := draw.NewLook(shaper, font, size, accent, ink, paper)
//	drawing, err := chart.Draw(layout.Rect{W: width}, &look)
package draw

import (
	"math"

	"vitrine/internal/layout"
)

// Place is a place to draw, by its middle in degrees.
type Place struct {
	Lat, Lon float64
}

// A Geometry is the shapes of some places, in the order they were given, on a plane where distances are
// in kilometres.
type Geometry struct {
	shapes     []shape
	minX, minY float64
	w, h       float64
	proj       projection // how degrees became kilometres
}

// shape is one place: its rings (the first around, the others holes or islands) and where its label
// stands, with the radius of the free circle there.
type shape struct {
	rings  [][]point
	label  point
	radius float64
}

type point struct{ x, y float64 }

func (p point) sub(q point) point        { return point{p.x - q.x, p.y - q.y} }
func (p point) dot(q point) float64      { return p.x*q.x + p.y*q.y }
func (p point) distance(q point) float64 { return math.Hypot(p.x-q.x, p.y-q.y) }

// Len is how many places the geometry has.
func (g *Geometry) Len() int { return len(g.shapes) }

// Height is that of a map of this width.
func (g *Geometry) Height(width layout.Length) layout.Length {
	if g.w == 0 {
		return 0
	}
	return layout.Length(float64(width) * g.h / g.w)
}

// bound notes the extent of all shapes.
func (g *Geometry) bound() {
	minX, minY, maxX, maxY := math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	for _, s := range g.shapes {
		for _, ring := range s.rings {
			for _, p := range ring {
				minX, minY, maxX, maxY = min(minX, p.x), min(minY, p.y), max(maxX, p.x), max(maxY, p.y)
			}
		}
	}
	if maxX > minX && maxY > minY {
		g.minX, g.minY, g.w, g.h = minX, minY, maxX-minX, maxY-minY
	}
}

// kmPerDegree is the length of a degree of latitude.
const kmPerDegree = 111.2

// A projection is equirectangular around a latitude: true enough for a department, and anybody can
// check it by hand.
type projection struct {
	lat, lon, cos float64
}

func projectionAround(lat, lon float64) projection {
	return projection{lat, lon, math.Cos(lat * math.Pi / 180)}
}

// point is where a place stands, y downwards.
func (p projection) point(lat, lon float64) point {
	return point{(lon - p.lon) * p.cos * kmPerDegree, (p.lat - lat) * kmPerDegree}
}
