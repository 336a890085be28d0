package bind_test

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"vitrine/internal/bind"
	"vitrine/internal/diag"
	"vitrine/internal/model"
	"vitrine/internal/source"
)

// TestFiguresAgain: a figure that is counted follows the participant that is read again,
// and goes back with it.
func TestFiguresAgain(t *testing.T) {
	files := readSite(t, "minimal")
	const programme, story = "data/programmes/label/programme.toml", "content/label/participants/seule.md"
	files[programme] = &fstest.MapFile{Data: append(slices.Clip(files[programme].Data), `
[[measure]]
id = "gestes"
title = "gestes"
formula = "{count:commitment}"

[[measure]]
id = "dits"
title = "gestes dits"
value = 3
formula = "{gestes}"
`...)}
	head := "+++\nname = \"Seule\"\n[[commitment]]\nchallenge = \"livrer-a-velo\"\n"
	award := "[[award]]\nedition = \"2025\"\non = 2025-06-01\n+++\nSeule.\n"
	files[story] = &fstest.MapFile{Data: []byte(head + award)}
	s, site, list := bind.Open(source.New(files), options(1))
	if list.Errors() > 0 {
		t.Fatal(list)
	}
	figure := func() *model.Measure { return site.Programmes[0].Measures[0] }
	said := func() bool {
		return slices.ContainsFunc(s.Found(), func(d diag.Diagnostic) bool { return d.Code == diag.FigureMismatch })
	}
	if figure().Value != 3 || said() {
		t.Fatalf("%v gestures at first, said: %v", figure().Value, said())
	}
	files[story] = &fstest.MapFile{Data: []byte(head + "[[commitment]]\nchallenge = \"recuperer-la-pluie\"\n" + award)}
	c, ok := s.Again(story)
	if !ok || figure().Value != 4 || !said() {
		t.Fatalf("%v gestures after one more (%v), said: %v", figure().Value, ok, said())
	}
	c.Undo()
	if figure().Value != 3 || said() {
		t.Fatalf("%v gestures once undone, said: %v", figure().Value, said())
	}
}

// TestNearDuplicates: what differs by its spelling is one name, what differs by a word, a
// number or a code is two.
func TestNearDuplicates(t *testing.T) {
	for _, c := range []struct {
		one, two string
		found    bool
	}{
		{"GrandSud", "Grand Sud", true}, {"Vital'est", "Vital'Est", true}, {"CMA Côte-d'Or", "CMA COTE D’OR", true},
		{"Chambre de Bourgogne", "Chambre de Bougogne", true}, {"Chambre de Bourgogne", "Chambre de Bourgogme", true},
		{"Association Déclics", "Association Déclic", true},
		{"Lycée Pasteur 1", "Lycée Pasteur 2", false}, {"Club du nord", "Club du sud", false}, {"CCI", "CMA", false},
		{"Ville de Lille", "Ville de Lyon", false}, {"Mairie de Flers", "Mairie de Flins", false},
		{"Énergie", "Énergies", true}, {"Chambre de métiers", "Chambre d’agriculture", false},
	} {
		files := readSite(t, "minimal")
		const name = "data/organisations.toml"
		files[name] = &fstest.MapFile{Data: append(slices.Clip(files[name].Data), "\n[[organisation]]\nid = \"un\"\nname = \""+c.one+"\"\n[[organisation]]\nid = \"deux\"\nname = \""+c.two+"\"\n"...)}
		_, list := bind.Site(source.New(files), options(1))
		n := 0
		for _, d := range list {
			if d.Code == diag.NearDuplicate {
				n++
			}
		}
		if n > 1 || (n == 1) != c.found {
			t.Errorf("%s, %s: found %d times", c.one, c.two, n)
		}
		alias := strings.Replace(string(files[name].Data), "name = \""+c.two+"\"", "name = \""+c.two+"\"\naliases = [\""+c.one+"\"]", 1)
		files[name] = &fstest.MapFile{Data: []byte(alias)}
		if _, list := bind.Site(source.New(files), options(1)); slices.ContainsFunc(list, func(d diag.Diagnostic) bool { return d.Code == diag.NearDuplicate }) {
			t.Errorf("%s, %s: found though declared", c.one, c.two)
		}
	}
}
