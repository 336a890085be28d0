package build

import (
	"slices"
	"strings"
	"testing"

	"vitrine/internal/layout"
	"vitrine/internal/model"
	"vitrine/internal/plan"
)

func on(s string) model.Date {
	d, err := model.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

// TestPrivateScan: closed values are found however they are written, and nothing else is.
func TestPrivateScan(t *testing.T) {
	site := &model.Site{Title: "Le label", BaseURL: "https://x.example", Today: on("2026-11-30")}
	g := &model.Programme{ID: "label", Name: "Le Label"}
	site.Programmes = []*model.Programme{g}
	enrol := func(x *model.Participant) {
		x.Awards = []*model.Award{{Edition: &model.Edition{ID: "2026"}, On: on("2026-11-30")}}
		model.Enrol(g, x)
	}
	enrol(&model.Participant{
		ID: "alma", Name: "Alma Pain", LegalName: "SARL Vauquelin & Fils", Mobile: "06 39 98 00 12", Phone: "01 99 00 61 10", Email: "Alma@x.example", Consent: model.ScopeName | model.ScopePhone,
		Note: "Paie en retard", Postcode: "14000", Lat: 48.7347, Lon: -0.5656, Commitments: []*model.Commitment{{Challenge: &model.Challenge{}, Evidence: []string{"facture 4711", "photo"}, Text: "Deux cuves derrière."}},
	})
	enrol(&model.Participant{ID: "bruno", Name: "Bruno Fer", LegalName: "Alma Pain", Mobile: "01 99 00 61 10", Email: "contact@x.example", Consent: model.ScopeName})
	enrol(&model.Participant{ID: "chloe", Name: "Chloé Tif", Email: "contact@x.example", Consent: model.ScopeName | model.ScopeEmail})
	enrol(&model.Participant{ID: "parti", Name: "Maison Partie", Status: model.Withdrawn, Consent: model.ScopeName})
	for _, c := range []struct{ text, want string }{
		{"tel:+33639980012", "alma mobile"},
		{"0639980012", "alma mobile"},
		{"<td>06\u00a039\u00a098\u00a000\u00a012</td>", "alma mobile"},
		{"606399800127", ""}, // a longer number
		{"sarl VAUQUELIN &amp; fils", "alma legal_name"},
		{"Paie\n  en\tretard", "alma note"},
		{"48.7347", "alma lat"},
		{"148.73471", ""},
		{"la facture 4711.", "alma evidence"},
		{"photo", ""}, // too short to tell
		{"Deux cuves derrière.", "alma text"},
		{"alma@x.example", "alma email"},
		{"01 99 00 61 10 Alma Pain contact@x.example", ""}, // open somewhere
		{"« Maison partie »", "parti name"},
		{"14000", ""},
	} {
		s := newPrivateScan(site)
		s.text("a.html", c.text)
		var got []string
		for f := range s.found {
			got = append(got, strings.TrimPrefix(f.who, "label/")+" "+f.field)
		}
		if strings.Join(got, ", ") != c.want {
			t.Errorf("%q: found %q, want %q", c.text, got, c.want)
		}
	}
	if s := newPrivateScan(site); s.common == 0 || s.count == 0 {
		t.Errorf("%d values, %d of them open too", s.count, s.common)
	}
}

// TestCeremonyChoice: the ceremony that comes next, else the current edition, else the last ceremony.
func TestCeremonyChoice(t *testing.T) {
	event := func(day string) *model.Event { return &model.Event{Starts: on(day)} }
	editions := []*model.Edition{
		{ID: "2024", Starts: on("2024-01-01"), Ceremony: event("2024-11-30")},
		{ID: "2025", Starts: on("2025-01-01"), Ceremony: event("2025-11-30")},
		{ID: "2026", Starts: on("2026-01-01"), Ceremony: event("2026-11-30")},
	}
	g := &model.Programme{ID: "label", Editions: editions}
	model.Enrol(g, &model.Participant{ID: "a", Awards: []*model.Award{{Edition: editions[0], On: on("2024-11-30")}}})
	for _, c := range []struct{ today, edition, want string }{
		{"2025-06-01", "", "2025 2025-11-30 2025-11-30"},
		{"2025-11-30", "", "2025 2025-11-30 2025-11-30"},
		{"2025-12-01", "", "2026 2026-11-30 2026-11-30"},
		{"2027-01-01", "", "2024 2024-11-30 2027-01-01"}, // the current one: the others have no award
		{"2025-06-01", "2024", "2024 2024-11-30 2025-06-01"},
		{"2025-06-01", "2026", "2026 2026-11-30 2026-11-30"},
	} {
		site := &model.Site{Today: on(c.today), Programmes: []*model.Programme{g}}
		got, err := choose(site, CeremonyOptions{Programme: "label", Edition: c.edition})
		if err != nil || len(got) != 1 {
			t.Fatal(got, err)
		}
		if said := got[0].edition + " " + got[0].on.String() + " " + got[0].day.String(); said != c.want {
			t.Errorf("on %s, asked for %q: %s, want %s", c.today, c.edition, said, c.want)
		}
	}
	if _, err := choose(&model.Site{Programmes: []*model.Programme{g}}, CeremonyOptions{Programme: "autre"}); err == nil {
		t.Error("a programme that is not there is chosen")
	}
}

// TestDeadlines: what passed since the edition began, what comes, and when it is near.
func TestDeadlines(t *testing.T) {
	g := &gathered{on: on("2026-11-30"), today: on("2026-11-10"), edition: &model.Edition{Starts: on("2026-01-01")}}
	c := g.deadlineCheck([]*model.Agreement{{Notice: "11-15", Deadlines: []model.Deadline{{What: "bilan", Day: "10-31"}, {What: "année", Day: "02-29"}, {What: "faux", Day: "31-10"}}}})
	var said []string
	for _, d := range c.Details {
		said = append(said, strings.ReplaceAll(d.English, "\u00a0", " "))
	}
	want := []string{
		"passed on 31 October 2026: bilan", "next on 31 October 2027: bilan", "passed on 1 March 2026: année", "next on 1 March 2027: année",
		"faux: “31-10” is no day (MM-DD)", "next on 15 November 2026: notice to end the agreement",
	}
	if !slices.Equal(said, want) || c.State != Look {
		t.Errorf("%s: %q", c.State, said)
	}
	g.today = on("2026-03-02")
	if c := g.deadlineCheck([]*model.Agreement{{Notice: "11-15"}}); c.State != Fine {
		t.Errorf("far away: %s, %v", c.State, c.Details)
	}
}

// TestLogoOrder: logos read from the left, line by line; one that stands at the head too counts where it
// stands last.
func TestLogoOrder(t *testing.T) {
	logo := func(name string, x, y int) pictureSeen {
		return pictureSeen{"static/img/" + name + ".png", layout.Rect{X: layout.Length(x), Y: layout.Length(y), W: 10, H: 10}}
	}
	g := &gathered{programme: &model.Programme{}}
	for _, name := range []string{"a", "b", "c"} {
		g.programme.Partners = append(g.programme.Partners, &model.Partner{Organisation: &model.Organisation{Name: name, Logo: "img/" + name + ".png"}})
	}
	for _, c := range []struct {
		page picturesSeen
		want string
	}{
		{picturesSeen{logo("a", 0, 50), logo("b", 20, 52), logo("c", 0, 80)}, ""},
		{picturesSeen{logo("b", 0, 0), logo("a", 0, 50), logo("b", 20, 50)}, ""},
		{picturesSeen{logo("b", 0, 50), logo("a", 20, 50)}, "b a"},
		{picturesSeen{logo("c", 90, 50), logo("a", 0, 80)}, "c a"},
		{picturesSeen{logo("x", 0, 0)}, ""},
	} {
		p := &pieceSeen{work: &work{job: &job{Piece: &plan.Piece{}}}, subjects: []subjectSeen{{shown: []picturesSeen{c.page}}}}
		if got := strings.Join(g.outOfOrder(p), " "); got != c.want {
			t.Errorf("%v: %q, want %q", c.page, got, c.want)
		}
	}
}
