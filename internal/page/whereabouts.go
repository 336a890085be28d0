package page

import (
	"html/template"
	"net/url"
	"strconv"
	"strings"

	"vitrine/internal/model"
)

// Whereabouts is where a participant is: its commune on a small map, its point where it opened that, and the
// ways to get there that it opened. Nothing of it asks anything of anyone before it is followed.
type Whereabouts struct {
	Spot    *Spot
	Caption string       // says what the map shows
	Phone   template.URL // geo: for the map of the telephone; html/template would refuse it as a string
	Route   string       // directions, on openstreetmap.org
}

// whereabouts are what the profile opens; nil where that is nothing. Where someone was, who has closed, is
// no place to go to. The map is that of the territory that the commune says it is in, else of the programme's: a
// territory may name its communes without their naming it.
func (r *Renderer) whereabouts(x *model.Profile, programme *model.Territory) *Whereabouts {
	if x.Closed {
		return nil
	}
	w := &Whereabouts{}
	point := x.HasPoint && finite(x.Lat) && finite(x.Lon)
	if r.maps != nil && x.Commune != nil {
		around := x.Commune.Parent
		if w.Spot = r.maps.Spot(around, x.Commune, x.Lat, x.Lon, point); w.Spot == nil {
			around = programme
			w.Spot = r.maps.Spot(around, x.Commune, x.Lat, x.Lon, point)
		}
		if w.Spot != nil {
			key := "spot"
			if w.Spot.Point {
				key = "spot-point"
			}
			w.Caption = r.phrase(key, "place", x.Commune.Name, "of", around.Of(), "territory", around.Name)
		}
	}
	switch {
	case point:
		at := degrees(x.Lat) + "," + degrees(x.Lon)
		w.Phone = template.URL("geo:" + at + "?q=" + at + "(" + escaped(x.Name) + ")")
		w.Route = directions + at
	case x.Address != "" && x.Commune != nil:
		at := escaped(strings.Join(strings.Fields(x.Address), " ") + ", " + strings.TrimSpace(x.Postcode+" "+x.Commune.Name))
		w.Phone = template.URL("geo:0,0?q=" + at)
		w.Route = directions + at
	}
	if w.Spot == nil && w.Route == "" {
		return nil
	}
	return w
}

// directions is where OpenStreetMap works out a route, to a point or to an address.
const directions = "https://www.openstreetmap.org/directions?to="

// degrees are written to about a metre.
func degrees(f float64) string {
	return strings.TrimSuffix(strings.TrimRight(strconv.FormatFloat(f, 'f', 5, 64), "0"), ".")
}

// escaped is a text inside a query, spaces included: the maps of telephones take a + for a plus.
func escaped(s string) string { return strings.ReplaceAll(url.QueryEscape(s), "+", "%20") }
