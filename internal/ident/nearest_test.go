package ident

import (
	"slices"
	"testing"
	"testing/quick"
)

func TestNearest(t *testing.T) {
	keys := []string{"tri-dechets", "compost", "commune", "email", "url", "siret", "phone", "mobile", "name", "consent", "équipe"}
	for word, want := range map[string]string{
		"tri-dechet": "tri-dechets", "tri_dechets": "tri-dechets", "Tri-Dechets": "tri-dechets", "tridechet": "tri-dechets",
		"comune": "commune", "commmune": "commune", "cmomune": "commune", "emial": "email", "e-mail": "email", "mail": "email",
		"ulr": "url", "uri": "url", "nmae": "name", "nom": "", "adresse": "", "": "", "x": "", "equipe": "équipe", "teléphone": "",
	} {
		got, found := Nearest(word, keys)
		if got != want || found != (want != "") {
			t.Errorf("Nearest(%q) = %q, %v; want %q", word, got, found, want)
		}
	}
}

func TestNearestDoesNotDependOnOrder(t *testing.T) {
	keys := []string{"nama", "namb", "namc"}
	for range 3 {
		if got, _ := Nearest("name", keys); got != "nama" {
			t.Errorf("from %q: %q", keys, got)
		}
		keys = append(keys[1:], keys[0])
	}
}

// plain is the distance computed whole, without giving up early.
func plain(a, b []rune) int {
	m := make([][]int, len(a)+1)
	for i := range m {
		m[i] = make([]int, len(b)+1)
		for j := range m[i] {
			switch {
			case i == 0:
				m[i][j] = j
			case j == 0:
				m[i][j] = i
			default:
				cost := 1
				if a[i-1] == b[j-1] {
					cost = 0
				}
				m[i][j] = min(m[i-1][j]+1, m[i][j-1]+1, m[i-1][j-1]+cost)
				if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
					m[i][j] = min(m[i][j], m[i-2][j-2]+1)
				}
			}
		}
	}
	return m[len(a)][len(b)]
}

func TestDistance(t *testing.T) {
	var d distance // reused, as Nearest does
	if err := quick.Check(func(p, q []byte) bool {
		word := func(p []byte) []rune {
			var w []rune
			for _, c := range p[:min(len(p), 12)] {
				w = append(w, rune("abc"[c%3]))
			}
			return w
		}
		a, b := word(p), word(q)
		for _, other := range [][]rune{b, slices.Concat(a, b[:min(1, len(b))])} {
			for limit := range 4 {
				if got, want := d.between(a, string(other), limit), min(plain(a, other), limit+1); got != want {
					t.Errorf("%q %q within %d: %d, want %d", string(a), string(other), limit, got, want)
				}
			}
		}
		return !t.Failed()
	}, &quick.Config{MaxCount: 2000}); err != nil {
		t.Error(err)
	}
}
