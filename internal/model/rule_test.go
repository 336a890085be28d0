package model

import (
	"slices"
	"testing"
)

// TestRulesInTime holds rules to DESIGN §5: they look from the award's day; undated
// deeds count outside windows only; a renewal looks from the award before.
func TestRulesInTime(t *testing.T) {
	yes := true
	water, air := &Theme{ID: "eau"}, &Theme{ID: "air"}
	rain, led, bike := &Challenge{ID: "pluie", Theme: water, Points: 2}, &Challenge{ID: "led", Theme: air, Points: 1}, &Challenge{ID: "velo", Theme: air, Points: 4}
	deed := func(c *Challenge, on string, isNew bool) *Commitment {
		d := &Commitment{Challenge: c, New: isNew, Evidence: []string{"x"}}
		if on != "" {
			d.DoneOn = day(on)
		}
		return d
	}
	deeds := []*Commitment{
		deed(rain, "2022-01-10", false), deed(led, "2022-09-01", true), deed(bike, "2023-03-01", true), deed(led, "", true),
	}
	period := func(s string) Period { p, _ := ParsePeriod(s); return p }
	award := []string{"2022-11-30", "2023-11-30"}
	for _, c := range []struct {
		name  string
		rule  Rule
		found []float64 // one by award that the rule judges
	}{
		{"count, those done by the award's day and the undated", Rule{For: "award", Metric: "count", Min: 3, HasMin: true}, []float64{3}},
		{"renewals", Rule{For: "renewal", Metric: "count"}, []float64{4}},
		{"distinct themes", Rule{For: "award", Metric: "distinct", Field: "theme"}, []float64{2}},
		{"distinct challenges", Rule{For: "renewal", Metric: "distinct", Field: "challenge"}, []float64{3}},
		{"sum of points", Rule{For: "award", Metric: "sum", Field: "points"}, []float64{4}},
		{"new within three months: no undated one", Rule{For: "award", Metric: "count", Where: Filter{New: &yes, DoneWithin: period("3 months")}}, []float64{1}},
		{"the day three months before is inside", Rule{For: "award", Metric: "count", Where: Filter{DoneWithin: period("90 days")}}, []float64{1}},
		{"since the award before", Rule{For: "renewal", Metric: "count", Where: Filter{New: &yes, SinceLastAward: true}}, []float64{1}},
		{"within a year after, once that year has passed", Rule{For: "award", Metric: "count", Where: Filter{WithinAfter: period("1 year")}}, []float64{1}},
		{"of one theme", Rule{For: "award", Metric: "count", Where: Filter{Themes: []string{"eau"}}}, []float64{1}},
		{"another level", Rule{For: "level:or", Metric: "count"}, nil},
		{"value of a key", Rule{For: "award", Metric: "value", Field: "employees"}, []float64{7}},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := &Programme{}
			p.Rules = []*Rule{&c.rule}
			x := &Participant{ID: "x", Commitments: deeds, Employees: 7}
			for _, on := range award {
				x.Awards = append(x.Awards, &Award{Edition: &Edition{ID: on[:4]}, On: day(on)})
			}
			Enrol(p, x)
			var found []float64
			for _, v := range Judge(x, day("2026-11-21")) {
				found = append(found, v.Found)
			}
			if !slices.Equal(found, c.found) {
				t.Errorf("found %v, want %v", found, c.found)
			}
		})
	}
}

// TestValidity: until `valid_until`, else the level's, else the programme's, else until
// withdrawn; the last day is inside.
func TestValidity(t *testing.T) {
	year := Period{Years: 1}
	p := &Programme{Validity: year}
	gold := &Level{ID: "or", Validity: Period{Years: 3}}
	s := &Site{Today: day("2024-06-01"), BaseURL: "https://x.example"}
	awards := []*Award{
		{Edition: &Edition{ID: "1"}, On: day("2020-06-01"), ValidUntil: day("2024-06-01")},
		{Edition: &Edition{ID: "2"}, On: day("2021-06-01"), Level: gold},
		{Edition: &Edition{ID: "3"}, On: day("2023-05-31")},
		{Edition: &Edition{ID: "4"}, On: day("2023-06-01")},
		{Edition: &Edition{ID: "5"}, On: day("2025-01-01")},
	}
	x := &Participant{ID: "x", Name: "X", Consent: ScopeName, Awards: awards}
	Enrol(p, x)
	var got []string
	for _, d := range x.Profile(s).Awards {
		state := "holds"
		if d.Expired {
			state = "expired"
		}
		got = append(got, d.Edition.ID+" "+state+" "+d.Until.String())
	}
	want := []string{"1 holds 2024-06-01", "2 holds 2024-06-01", "3 expired 2024-05-31", "4 holds 2024-06-01"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if n := len(x.PrintProfile(s).Awards); n != 5 {
		t.Errorf("a piece sees %d awards: it is made before the ceremony", n)
	}
	p.Validity = Period{}
	if u := awards[2].Until(); !u.IsZero() {
		t.Errorf("without any validity an award ends on %s", u)
	}
}

// TestConsent opens one scope at a time: each opens its own fields and nothing else.
func TestConsent(t *testing.T) {
	full := func() *Participant {
		return &Participant{
			ID: "x", Name: "Nom", PrintName: "Imprimé", Address: "rue", Postcode: "61100", Lat: 1, Lon: 2, Phone: "01", Mobile: "06", Email: "e", URL: "u",
			HasHours: true, Logo: "logo", Photo: Picture{File: "photo"}, Description: "d", Story: Prose{Text: "s"}, Programme: &Programme{},
			Commitments: []*Commitment{{Challenge: &Challenge{}, Text: "t"}}, SIRET: "1", NAF: "2", Employees: 3,
		}
	}
	opened := func(p *Profile) []string {
		var out []string
		add := func(name string, open bool) {
			if open {
				out = append(out, name)
			}
		}
		add("name", p.Name != "" && p.PrintName != "")
		add("what the post needs", p.Postal != nil) // never
		add("address", p.Address != "" && p.Postcode != "")
		add("location", p.HasPoint && p.Lat == 1 && p.Lon == 2)
		add("phone", p.Phone != "")
		add("mobile", p.Mobile != "")
		add("email", p.Email != "")
		add("url", p.URL != "")
		add("hours", p.HasHours)
		add("logo", p.Logo != "")
		add("photo", p.Photo.File != "")
		add("story", p.Description != "" && p.Story.Text != "" && p.Commitments[0].Text != "")
		return out
	}
	s := &Site{BaseURL: "https://x.example"}
	for _, name := range ScopeNames {
		scope, ok := ScopeNamed(name)
		if !ok {
			t.Fatalf("no scope %s", name)
		}
		x := full()
		x.Consent = ScopeName | scope
		want := []string{"name"}
		if name != "name" && name != "open-data" {
			want = append(want, name)
		}
		if got := opened(x.Profile(s)); !slices.Equal(got, want) {
			t.Errorf("%s opens %q", name, got)
		}
		x.Consent = scope &^ ScopeName
		if got := opened(x.Profile(s)); len(got) > 0 {
			t.Errorf("%s without the name opens %q", name, got)
		}
		x.Consent = ScopeName | scope
		x.Status = Withdrawn
		if got := opened(x.Profile(s)); len(got) > 0 {
			t.Errorf("a withdrawn participant shows %q", got)
		}
	}
	x := full()
	x.Consent = ScopeName
	if p := x.Profile(s); p.SIRET == "" || p.NAF == "" || p.Employees == 0 {
		t.Error("a company's numbers show with its name")
	}
	x.SoleTrader = true
	if p := x.Profile(s); p.SIRET != "" || p.NAF != "" || p.Employees != 0 {
		t.Error("a sole trader's numbers are personal data")
	}
}

// TestPostal: a letter finds its way, whatever is published; only pieces for the office know it.
func TestPostal(t *testing.T) {
	x := &Participant{Name: "Nom", PrintName: "Aux Blés", Address: "2 rue du Moulin\nBâtiment B", Postcode: "61700", Commune: &Territory{Name: "Domfront en Poiraie"}, Programme: &Programme{}}
	s := &Site{}
	want := []string{"Aux Blés", "2 rue du Moulin", "Bâtiment B", "61700 DOMFRONT EN POIRAIE"}
	if got := x.PrintProfile(s).Postal; !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	x.Consent = ^Scopes(0)
	if got := x.Profile(s).Postal; got != nil {
		t.Errorf("published: %q", got)
	}
	x.Status = Withdrawn
	if got := x.PrintProfile(s).Postal; got != nil {
		t.Errorf("withdrawn: %q", got)
	}
	if got := (&Participant{Name: "Nom", Programme: &Programme{}}).PrintProfile(s).Postal; got != nil {
		t.Errorf("nowhere: %q", got)
	}
}
