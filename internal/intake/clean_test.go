package intake

import (
	"math"
	"slices"
	"testing"

	"vitrine/internal/spreadsheet"
)

func TestClean(t *testing.T) {
	for _, c := range []struct {
		in, want string
		why      []string
	}{
		{"Au Bon Pain", "Au Bon Pain", nil},
		{" Au Bon Pain ", "Au Bon Pain", nil},
		{"Ã‰picerie", "Épicerie", []string{"mojibake"}},
		{"Ãƒâ€°picerie", "Épicerie", []string{"mojibake"}}, // twice
		{"L’Ã©tÃ©", "L’Ã©tÃ©", nil},                        // no whole undoing: left alone
		{"Ãlvaro", "Ãlvaro", nil},                          // a name
		{"Œuvre d’Âme", "Œuvre d’Âme", nil},
		{"a\u00a0\u00a0b", "a b", []string{"spaces"}},
		{"a\nb", "a b", []string{"spaces"}},
		{"l´épi", "l'épi", []string{"apostrophe"}},
		{"5′ 30", "5′ 30", nil},
		{"👩\u200d🍳 chef", "👩\u200d🍳 chef", nil},
		{"a\u00adb\u200bc", "abc", []string{"invisible"}},
	} {
		got, why := clean(c.in, false)
		if got != c.want || !slices.Equal(why, c.why) {
			t.Errorf("clean(%q) = %q %v, want %q %v", c.in, got, why, c.want, c.why)
		}
	}
	if got, _ := clean("a\r\n\r\nb  c \n d", true); got != "a\n\nb c\nd" {
		t.Errorf("%q", got)
	}
}

func FuzzClean(f *testing.F) {
	f.Add("Ã‰picerie du MarchÃ©", true)
	f.Add("a\u00a0 b\tc\n d", false)
	f.Fuzz(func(t *testing.T, s string, lines bool) {
		once, _ := clean(s, lines)
		if len(s) > 2*len(once)+1000 {
			return
		}
		if twice, _ := clean(once, lines); twice != once {
			if again, _ := clean(twice, lines); again != twice {
				t.Errorf("%q: %q, then %q, then %q", s, once, twice, again)
			}
		}
	})
}

func TestPropose(t *testing.T) {
	s := newSpeller("Ambérieu-en-Bugey", "La Ferté Macé")
	for in, want := range map[string]string{
		"SARL DUPONT PERE ET FILS":            "Dupont Père et Fils",
		"SARL DUPONT PERE & FILS (CHEZ NONO)": "Dupont Père & Fils (Chez Nono)",
		"L’ECLAT D’OEUF":                      "L'Eclat d'Œuf",
		"BOULANGERIE DE LA FERTE":             "Boulangerie de la Ferté",
		"LE FOURNIL D'AMBERIEU":               "Le Fournil d'Ambérieu",
		"ETS JEAN-PIERRE MARTIN ET FRERES":    "Ets Jean-Pierre Martin et Frères",
		"GARAGE DES TROIS CHEVAUX-VAPEUR":     "Garage des Trois Chevaux-Vapeur",
		"BTP 61":                              "BTP 61",
		"HENRI IV COIFFURE SAS":               "Henri IV Coiffure",
		"CAFE DE L'HOTEL":                     "Café de l'Hôtel",
		"ÉPICERIE DU MARCHÉ":                  "Épicerie du Marché",
	} {
		if got := s.propose(in); got != want {
			t.Errorf("%s: %s, want %s", in, got, want)
		}
	}
	for in, want := range map[string]bool{"SARL": false, "BTP": false, "DUPONT": true, "Dupont": false, "SARL Dupont": false, "ÉPI D'OR": false, "123": false} {
		if shouted(in) != want {
			t.Errorf("%s: %v", in, !want)
		}
	}
}

// TestLambert checks points of which IGN and the national address base give both forms,
// and that the projection undone from everywhere comes back.
func TestLambert(t *testing.T) {
	for _, c := range []struct{ x, y, lat, lon float64 }{
		{700000, 6600000, 46.5, 3},                   // the projection's origin
		{648952.58, 6977867.14, 49.897442, 2.290084}, // 8 boulevard du Port, Amiens (BAN)
		{652381.0, 6862047.0, 48.856614, 2.351008},   // near Paris, Hôtel de Ville
	} {
		lat, lon := fromLambert(c.x, c.y)
		if apart(lat, lon, c.lat, c.lon) > 0.15 {
			t.Errorf("%v, %v is %v, %v, want %v, %v", c.x, c.y, lat, lon, c.lat, c.lon)
		}
	}
	for lat := 42.0; lat < 51; lat += 0.7 {
		for lon := -4.5; lon < 8; lon += 0.9 {
			x, y := toLambert(lat, lon)
			if a, b := fromLambert(x, y); math.Abs(a-lat) > 2e-6 || math.Abs(b-lon) > 2e-6 {
				t.Errorf("%v, %v comes back as %v, %v", lat, lon, a, b)
			}
		}
	}
}

// toLambert is the projection itself, from the parallels and the origin that define it.
func toLambert(lat, lon float64) (x, y float64) {
	const a, f, rad = 6378137.0, 1 / 298.257222101, math.Pi / 180
	e := math.Sqrt(2*f - f*f)
	iso := func(phi float64) float64 {
		return math.Log(math.Tan(math.Pi/4+phi/2) * math.Pow((1-e*math.Sin(phi))/(1+e*math.Sin(phi)), e/2))
	}
	m := func(phi float64) float64 {
		return math.Cos(phi) / math.Sqrt(1-e*e*math.Sin(phi)*math.Sin(phi))
	}
	p1, p2, p0 := 44*rad, 49*rad, 46.5*rad
	n := (math.Log(m(p2)) - math.Log(m(p1))) / (iso(p1) - iso(p2))
	c := a * m(p1) / n * math.Exp(n*iso(p1))
	r := func(phi float64) float64 { return c * math.Exp(-n*iso(phi)) }
	gamma := n * (lon - 3) * rad
	return 700000 + r(lat*rad)*math.Sin(gamma), 6600000 + r(p0) - r(lat*rad)*math.Cos(gamma)
}

func TestDates(t *testing.T) {
	for in, want := range map[string]string{
		"30/11/2023": "2023-11-30", "30.11.23": "2023-11-30", "2023-11-30": "2023-11-30", "2023-11-30T10:00": "2023-11-30", "1er février 2024": "2024-02-01",
		"jeudi 30 novembre 2023": "2023-11-30", "3 avr. 2024": "2024-04-03", "45231": "2023-11-01", "11/30/2023": "2023-11-30", "30 juin 2024": "2024-06-30", "4 juil. 2024": "2024-07-04",
		"31/02/2023": "", "13/13/2023": "", "novembre 2023": "", "2023": "", "12": "", "hier": "", "61100": "", "0": "",
	} {
		got, _, ok := date(spreadsheet.Cell{Kind: spreadsheet.Text, Text: in})
		if !ok {
			got = ""
		}
		if got != want {
			t.Errorf("%s is %q, want %q", in, got, want)
		}
	}
}
