package bind_test

import (
	"runtime"
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

// codesWith are the codes that the minimal site has with more in one of its files.
func codesWith(t *testing.T, file, more string) []diag.Code {
	files := readSite(t, "minimal")
	old := files[file]
	if old == nil {
		old = &fstest.MapFile{}
	}
	files[file] = &fstest.MapFile{Data: append(slices.Clip(old.Data), more...)}
	_, list := bind.Site(source.New(files), options(1))
	var codes []diag.Code
	for _, d := range list {
		codes = append(codes, d.Code)
	}
	return codes
}

// TestRateToTheCent: an amount that is the rate of the spending to the cent is right, however
// few digits the rate has.
func TestRateToTheCent(t *testing.T) {
	const file = "data/programmes/label/programme.toml"
	for _, c := range []struct {
		spent, rate, amount string
		wrong               bool
	}{
		{"10.00", "33.33", "3.33", false}, {"1.00", "12.5", "0.13", false}, {"500.00", "12.345", "61.73", false},
		{"1000.00", "80", "800.00", false}, {"1000.00", "80", "803.00", false}, {"1000.00", "80", "810.00", true}, {"10.00", "33.33", "3.35", true},
	} {
		codes := codesWith(t, file, "\n[[budget]]\ntitle = \"poste\"\namount = "+c.spent+"\n[[funding]]\norganisation = \"mairie\"\nrate = "+c.rate+"\namount = "+c.amount+"\n")
		if got := slices.Contains(codes, diag.FundingRate); got != c.wrong {
			t.Errorf("%+v: %v", c, codes)
		}
	}
}

// TestLongNames: names are compared in the time and the memory that names take; a text in the
// place of one is not filed under each of its letters.
func TestLongNames(t *testing.T) {
	var more strings.Builder
	for _, id := range []string{"a", "b", "c", "d", "e", "f"} {
		more.WriteString("\n[[organisation]]\nid = \"long-" + id + "\"\nname = \"" + id + strings.Repeat("abcdefghij", 1_000) + "\"\n")
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	codesWith(t, "data/organisations.toml", more.String())
	runtime.ReadMemStats(&after)
	if used := (after.TotalAlloc - before.TotalAlloc) >> 20; used > 100 {
		t.Errorf("%d MiB for six names", used)
	}
}

// TestConflictsBetweenProgrammes: how many take part in each of two programmes is no conflict,
// two figures of one place are.
func TestConflictsBetweenProgrammes(t *testing.T) {
	for _, c := range []struct {
		of    string
		found bool
	}{{"", false}, {"territory = \"pays\"", true}} {
		files := readSite(t, "minimal")
		const name = "data/programmes/label/programme.toml"
		measure := func(value string) string {
			return "\n[[measure]]\nid = \"foyers\"\ntitle = \"foyers inscrits\"\nvalue = " + value + "\n" + c.of + "\n"
		}
		files["data/programmes/autre/programme.toml"] = &fstest.MapFile{Data: []byte("name = \"Autre\"\nkind = \"challenge\"\nterritory = \"pays\"\n" + measure("12"))}
		files[name] = &fstest.MapFile{Data: append(slices.Clip(files[name].Data), measure("30")...)}
		_, list := bind.Site(source.New(files), options(1))
		if got := slices.ContainsFunc(list, func(d diag.Diagnostic) bool { return d.Code == diag.FigureConflict }); got != c.found {
			t.Errorf("with %q: %v", c.of, list)
		}
	}
}
