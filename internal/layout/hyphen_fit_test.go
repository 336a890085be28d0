package layout

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// TestHyphenatedTextFits: a text that is said to fit does, also where no three lines in a
// row may end in a hyphen and it takes more of them.
func TestHyphenatedTextFits(t *testing.T) {
	words := strings.Fields("établissements environnementales consommation responsabilité intercommunalité développement approvisionnement le la des sensibilisation particulièrement artisanat reconditionnement de à un électroménager")
	r := rand.New(rand.NewPCG(5, 6))
	s, f := NewShaper("fr"), themeFont(t, "text-400", "text")
	checked := 0
	for range 1500 {
		var text []string
		for range 5 + r.IntN(60) {
			text = append(text, words[r.IntN(len(words))])
		}
		box := Rect{W: MM(12 + 40*r.Float64()), H: MM(10 + 60*r.Float64())}
		fit := s.Text(box, []Para{{Spans: []Span{{Text: strings.Join(text, " "), Font: f}}, Hyphens: true}}, TextStyle{Size: PT(10), MinSize: PT(7)})
		if fit.Overflow {
			continue
		}
		checked++
		if fit.Height > box.H+Mm/1000 {
			t.Fatalf("%v in %v is said to fit: %s", fit.Height, box.H, strings.Join(text, " "))
		}
	}
	if checked < 300 {
		t.Errorf("only %d fit: the test looks at nothing", checked)
	}
}
