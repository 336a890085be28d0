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
