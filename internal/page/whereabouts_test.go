package page

import (
	"strings"
	"testing"

	"vitrine/internal/model"
)

// Where a participant is shows what it opened, and nothing more.
func TestWhereabouts(t *testing.T) {
	r := own(t)
	land := &model.Territory{ID: "land", Name: "Pays d’Ouche", Article: 2}
	town := &model.Territory{ID: "town", Name: "La Ferrière", Parent: land}
	country := &model.Territory{ID: "country", Name: "Bocage", Members: []*model.Territory{{ID: "named", Name: "Nommé"}}}
	alone := &model.Territory{ID: "alone", Name: "Seul"}
	for _, c := range []struct {
		name    string
		profile model.Profile
		phone   string
		route   string
		caption string
	}{
		{"a point", model.Profile{Name: "Chez (Zoé) & fils", Commune: town, HasPoint: true, Lat: 48.7, Lon: -0.5123456},
			"geo:48.7,-0.51235?q=48.7,-0.51235(Chez%20%28Zo%C3%A9%29%20%26%20fils)", "https://www.openstreetmap.org/directions?to=48.7,-0.51235", "point"},
		{"an address", model.Profile{Name: "Zoé", Commune: town, Address: "2 rue\n de l’Eau", Postcode: "61220"},
			"geo:0,0?q=2%20rue%20de%20l%E2%80%99Eau%2C%2061220%20La%20Ferri%C3%A8re", "https://www.openstreetmap.org/directions?to=2%20rue%20de%20l%E2%80%99Eau%2C%2061220%20La%20Ferri%C3%A8re", "La Ferrière sur la carte"},
		{"the commune alone", model.Profile{Name: "Zoé", Commune: town, Postcode: "61220"}, "", "", "La Ferrière sur la carte"},
		{"a commune that no map has", model.Profile{Name: "Zoé", Commune: alone}, "nothing", "", ""},
		{"a commune that the programme's territory names", model.Profile{Name: "Zoé", Commune: country.Members[0]}, "", "", "Nommé sur la carte de Bocage."},
		{"nowhere", model.Profile{Name: "Zoé"}, "nothing", "", ""},
		{"closed", model.Profile{Name: "Zoé", Commune: town, HasPoint: true, Lat: 48.7, Lon: -0.5, Closed: true}, "nothing", "", ""},
		{"coordinates out of a closed profile", model.Profile{Name: "Zoé", Commune: town, Lat: 48.7, Lon: -0.5}, "", "", "La Ferrière sur la carte"},
	} {
		w := r.whereabouts(&c.profile, country)
		if (w == nil) != (c.phone == "nothing") {
			t.Errorf("%s: %+v", c.name, w)
		}
		if w == nil {
			continue
		}
		if string(w.Phone) != c.phone || w.Route != c.route {
			t.Errorf("%s: %s and %s", c.name, w.Phone, w.Route)
		}
		if c.caption == "point" != (w.Spot != nil && w.Spot.Point) || !strings.Contains(w.Caption, c.caption) {
			t.Errorf("%s: %q, %+v", c.name, w.Caption, w.Spot)
		}
	}
}

// TestFewPlacesAmongNeighbours: a territory of a few places is outlined on the map of the one around it; one of many, or of places
// that the one around does not have, has a map of its own, on which nothing is outlined.
func TestFewPlacesAmongNeighbours(t *testing.T) {
	r := of(t, "../../examples/synergies-dijon")
	drafted := func(x *model.Territory) drawn {
		t.Helper()
		for _, p := range r.plan.Pages {
			if p.Kind == "territory" && p.Territory == x {
				d := r.Draft(p)
				if len(d.drawn) != 1 {
					t.Fatalf("%s: %d maps", x.ID, len(d.drawn))
				}
				return d.drawn[0]
			}
		}
		t.Fatalf("no page of %s", x.ID)
		return drawn{}
	}
	outlined := func(m drawn) (out []*model.Territory) {
		for _, c := range m.cells {
			if c.Here {
				out = append(out, c.Territory)
			}
		}
		return out
	}
	zones := 0
	for _, x := range r.site.Territories {
		switch m := drafted(x); {
		case len(x.Members) == 0:
			if got := outlined(m); m.around != x.Parent || len(got) != 1 || got[0] != x {
				t.Errorf("%s: %d places outlined", x.ID, len(got))
			}
		case x.Parent == nil || len(x.Members) >= fewPlaces:
			if m.around != x || len(outlined(m)) > 0 {
				t.Errorf("%s has no map of its own, or some of it is outlined", x.ID)
			}
		default:
			zones++
			if m.around != x.Parent || len(outlined(m)) != len(x.Members) {
				t.Errorf("%s: %d of %d places outlined", x.ID, len(outlined(m)), len(x.Members))
			}
			lone := &model.Territory{ID: "elsewhere", Name: "Elsewhere"}
			x.Members = append(x.Members, lone)
			if m := drafted(x); m.around != x {
				t.Errorf("%s has a place that is not in %s, and is shown there", x.ID, x.Parent.ID)
			}
			x.Members = x.Members[:len(x.Members)-1]
		}
	}
	if zones == 0 {
		t.Error("no territory of few places")
	}
}
