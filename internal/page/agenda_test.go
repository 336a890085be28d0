package page

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"vitrine/internal/model"
	"vitrine/internal/plan"
)

// calendar is a renderer of a programme with some events, on 21 November 2026.
func calendar(t *testing.T, events ...*model.Event) (*Renderer, *plan.Page) {
	t.Helper()
	r := own(t)
	g := r.site.Programmes[0]
	g.Events = events
	i := slices.IndexFunc(r.plan.Pages, func(p *plan.Page) bool { return p.Kind == "agenda" && p.Programme == g })
	return r, r.plan.Pages[i]
}

func day(y, m, d int) model.Date { return model.Date{Year: y, Month: m, Day: d} }

// What comes is by month; what was is by year, the newest first; what goes on is not past.
func TestAgenda(t *testing.T) {
	r, p := calendar(t,
		&model.Event{ID: "a", Title: "A", Starts: day(2024, 5, 2)},
		&model.Event{ID: "b", Title: "B", Starts: day(2025, 5, 2)},
		&model.Event{ID: "c", Title: "C", Starts: day(2025, 6, 2)},
		&model.Event{ID: "d", Title: "D", Starts: day(2026, 11, 20), Ends: day(2026, 11, 22)},
		&model.Event{ID: "e", Title: "E", Starts: day(2026, 11, 21), Hour: "09:00", HourEnd: "10:30", Registration: "https://r.example", Capacity: 1},
		&model.Event{ID: "f", Title: "F", Starts: day(2026, 12, 1), Status: "cancelled", Registration: "https://r.example", Capacity: 20},
	)
	v := r.agenda(p)
	said := ""
	for _, part := range [][]EventGroup{v.Coming, v.Past} {
		for _, g := range part {
			said += g.Title + ":"
			for _, e := range g.Events {
				said += " " + e.Title
			}
			said += "; "
		}
	}
	if want := "Novembre 2026: D E; Décembre 2026: F; 2025: C B; 2024: A; "; said != want {
		t.Errorf("%q, want %q", said, want)
	}
	e, f := v.Coming[0].Events[1], v.Coming[1].Events[0]
	if e.When != "Samedi 21\u00a0novembre 2026, 9\u00a0h\u00a0–\u2060\u00a010\u00a0h\u00a030" || e.ISO != "2026-11-21T09:00" || e.Register == nil || e.Capacity != "1\u00a0place" {
		t.Errorf("%+v", e)
	}
	if f.Status != "Annulation" || !f.Cancelled || f.Register != nil || f.Capacity != "20\u00a0places" || !strings.HasSuffix(f.URL, "/agenda/#r-f") {
		t.Errorf("%+v", f)
	}
	for _, g := range v.Past {
		if g.Folded {
			t.Errorf("%s is folded", g.Title)
		}
	}
}

// A long past is folded, but for its last year where nothing is to come.
func TestAgendaFolds(t *testing.T) {
	var events []*model.Event
	for n := range 12 {
		events = append(events, &model.Event{ID: "e" + itoa(n), Title: "E", Starts: day(2024+n/6, 1+n%6, 3)})
	}
	folded := func(more ...*model.Event) (out []bool) {
		r, p := calendar(t, append(slices.Clone(events), more...)...)
		for _, g := range r.agenda(p).Past {
			out = append(out, g.Folded)
		}
		return out
	}
	if got := folded(); !slices.Equal(got, []bool{false, true}) {
		t.Errorf("nothing to come: %v", got)
	}
	if got := folded(&model.Event{ID: "next", Title: "N", Starts: day(2027, 1, 1)}); !slices.Equal(got, []bool{true, true}) {
		t.Errorf("something to come: %v", got)
	}
}

// A synonym stands at its own place and leads to its word, unless it has a definition.
func TestGlossary(t *testing.T) {
	r := own(t)
	g := r.site.Programmes[0]
	g.Definitions = []*model.Item{
		{ID: "capitaine", Title: "capitaine", Synonyms: []string{"référent", "ambassadeur"}},
		{Title: "écogeste"},
		{Title: "Ambassadeur"},
	}
	said := ""
	for _, d := range r.definitions(g) {
		said += d.Anchor
		if d.See != nil {
			said += "→" + d.See.URL
		}
		said += " "
	}
	if want := "r-ambassadeur r-capitaine r-ecogeste r-referent→#r-capitaine "; said != want {
		t.Errorf("%q, want %q", said, want)
	}
}

// Milestones and editions stand in the order of time; a year stands at its end.
func TestMoments(t *testing.T) {
	r := own(t)
	s := r.plan.Sections[r.site.Programmes[0]]
	s.Programme.Editions = []*model.Edition{{ID: "1", Title: "Un", Starts: day(2023, 1, 1), Ends: day(2023, 12, 1)}, {ID: "2", Title: "Deux", Starts: day(2026, 1, 1), Ends: day(2026, 12, 1)}}
	s.Programme.Milestones = []*model.Milestone{
		{Title: "Année", Year: 2024, Starts: day(2024, 12, 31), Status: "reached"},
		{Title: "Jour", Starts: day(2024, 6, 1)},
		{Title: "Plus tard", Year: 2030, Starts: day(2030, 12, 31)},
	}
	said := ""
	for _, m := range r.moments(s) {
		said += m.Title + " (" + m.Status + ") " + m.ISO + "; "
	}
	if want := "Un () 2023-01-01; Jour () 2024-06-01; Année (C’est fait) 2024; Deux (En cours) 2026-01-01; Plus tard (À venir) 2030; "; said != want {
		t.Errorf("%q, want %q", said, want)
	}
	s.Programme.Editions, s.Programme.Milestones = s.Programme.Editions[:1], nil
	if r.moments(s) != nil {
		t.Error("one alone is listed")
	}
}

// A document says what it is before it is opened.
func TestDocuments(t *testing.T) {
	r := own(t)
	r.plan.Files = []*plan.File{{Path: "charte.pdf", Size: 245_400}, {Path: "gros.zip", Size: 3_460_000}}
	got := r.documents([]*model.Item{
		{Title: "a", File: "charte.pdf", Version: "2", Status: "provisoire", Date: day(2022, 3, 1)},
		{Title: "b", File: "gros.zip"}, {Title: "c", URL: "https://a.example"},
	})
	for i, want := range []string{"PDF · 245\u00a0ko · version 2 · provisoire · 1er\u00a0mars 2022", "ZIP · 3,5\u00a0Mo", ""} {
		if got[i].Facts != want {
			t.Errorf("%q, want %q", got[i].Facts, want)
		}
	}
}

// Groups stand by kind, each kind in the plural where the programme says it.
func TestGroupsByKind(t *testing.T) {
	r := own(t)
	g := r.site.Programmes[0]
	g.Words["groupe-de-travail"] = model.Word{Word: g.Words.Group().Word}
	w := g.Words["groupe-de-travail"]
	w.One, w.Many = "groupe de travail", "groupes de travail"
	g.Words["groupe-de-travail"] = w
	g.Groups = []*model.Group{{ID: "a", Title: "A", Kind: "groupe de travail"}, {ID: "b", Title: "B", Kind: "club"}, {ID: "c", Title: "C", Kind: "groupe de travail"}, {ID: "d", Title: "D"}}
	said := ""
	for _, k := range r.groups(&plan.Page{Kind: "groups", Path: "/x/", Programme: g}).Kinds {
		said += k.Title + itoa(len(k.Groups)) + " "
	}
	if want := "Groupes de travail2 Club1 " + capital(g.Words.Group().One) + "1 "; said != want {
		t.Errorf("%q, want %q", said, want)
	}
}

// A question has an anchor of its own even where two say the same.
func TestQuestionAnchors(t *testing.T) {
	r := own(t)
	g := r.site.Programmes[0]
	g.Questions = []*model.Item{{Title: "Quoi ?", Section: "Un"}, {Title: "Quoi ?"}, {ID: "qui", Title: "Qui ?", Section: "Un"}}
	groups := r.questionGroups(g)
	var anchors []string
	for _, x := range groups {
		for _, q := range x.Questions {
			anchors = append(anchors, x.Title+"#"+q.Anchor)
		}
	}
	if !slices.Equal(anchors, []string{"Un#r-quoi", "Un#r-qui", "#r-quoi-1"}) {
		t.Error(anchors)
	}
	for _, a := range anchors {
		if !regexp.MustCompile(`#r-[a-z0-9-]+$`).MatchString(a) {
			t.Error(a)
		}
	}
}
