package hours

import (
	"testing"
	"time"
)

func TestPlaceOf(t *testing.T) {
	for _, c := range []struct {
		insee, zone string
		want        Place
	}{
		{"61169", "Europe/Paris", Place{Zone: "Europe/Paris"}},
		{"2A004", "Europe/Paris", Place{Zone: "Europe/Paris"}},
		{"75056", "America/Martinique", Place{Zone: "Europe/Paris"}}, // a commune says more than the site
		{"67482", "Europe/Paris", Place{"Europe/Paris", "1226,1998"}},
		{"97411", "Europe/Paris", Place{"Indian/Reunion", "1220"}},
		{"97123", "", Place{"America/St_Barthelemy", "1009"}},
		{"97133", "", Place{"America/Guadeloupe", "527"}},
		{"97801", "", Place{"America/Marigot", "528"}},
		{"", "Indian/Reunion", Place{"Indian/Reunion", "1220"}},
		{"", "Europe/Paris", Place{Zone: "Europe/Paris"}},
		{"", "Europe/Brussels", Place{Zone: "Europe/Brussels"}},
		{"99100", "Europe/Paris", Place{Zone: "Europe/Paris"}},
		{"974", "Europe/Paris", Place{Zone: "Europe/Paris"}},
	} {
		if got := PlaceOf(c.insee, c.zone); got != c.want {
			t.Errorf("%s in %s: %v, want %v", c.insee, c.zone, got, c.want)
		}
	}
	zones := map[string]string{}
	for code, p := range places {
		if _, err := time.LoadLocation(p.Zone); err != nil {
			t.Errorf("%s: %v", code, err)
		}
		if other := zones[p.Zone]; other != "" && p.Zone != paris {
			t.Errorf("%s and %s keep the same time: which holidays a zone has is not known", code, other)
		}
		zones[p.Zone] = code
	}
}
