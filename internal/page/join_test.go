package page

import (
	"strings"
	"testing"

	"vitrine/internal/model"
	"vitrine/internal/plan"
)

// The page for those who would take part is there where something is said to them, says it, and is linked from
// the programme's menu; a programme that says nothing has neither.
func TestJoin(t *testing.T) {
	r := own(t)
	joins := map[*model.Programme]*plan.Page{}
	for _, p := range r.plan.Pages {
		if p.Kind == "join" {
			joins[p.Programme] = p
		}
	}
	if len(joins) == 0 || len(joins) == len(r.site.Programmes) {
		t.Fatalf("%d of %d programmes have the page: both cases are wanted", len(joins), len(r.site.Programmes))
	}
	for _, g := range r.site.Programmes {
		s := r.plan.Sections[g]
		linked := false
		for _, l := range r.sectionMenu(s, "") {
			linked = linked || l.URL == r.url(s.Join())
		}
		p := joins[g]
		if linked != (p != nil) {
			t.Errorf("%s: linked is %v, there is %v", g.ID, linked, p != nil)
		}
		if p == nil {
			continue
		}
		var out string
		if list, err := r.Render(p, func(b []byte) error { out = string(b); return nil }); err != nil || len(list) > 0 {
			t.Fatal(list, err)
		}
		wants := []string{g.Join.Title, g.Join.Description, "<ol>", r.asked(g).Name}
		for _, x := range g.Arguments {
			wants = append(wants, x.Title)
		}
		first, renewal := rulesInWords(g)
		for _, want := range append(append(wants, first...), renewal...) {
			if !strings.Contains(out, strings.ReplaceAll(want, "'", "&#39;")) {
				t.Errorf("%s: the page does not say %q", g.ID, want)
			}
		}
		for _, x := range g.Rules {
			if x.For == "renewal" && strings.Count(out, capital(x.Message)) != 1 {
				t.Errorf("%q stands %d times", x.Message, strings.Count(out, capital(x.Message)))
			}
		}
	}
}

// A phase of which one day is known, or none, is said as far as it is.
func TestPhaseHalfKnown(t *testing.T) {
	r := own(t)
	for _, p := range r.plan.Pages {
		if p.Kind != "join" {
			continue
		}
		day := r.site.Today
		p.Programme.Editions = []*model.Edition{{ID: "x", Starts: day, Phases: []model.Phase{{Title: "a"}, {Title: "b", Ends: day}, {Title: "c", Starts: day}}}}
		v := r.join(p, &Draft{})
		if len(v.Phases) != 2 || v.Phases[0].When != "Jusqu’au "+r.date(day) || v.Phases[0].ISO != day.String() || v.Phases[1].When != r.date(day) {
			t.Errorf("%+v", v.Phases)
		}
	}
}

// Whom one asks: whom the programme names, else a partner who can be reached, else the publisher.
func TestAsked(t *testing.T) {
	r := own(t)
	mute, heard, named := &model.Organisation{Name: "mute"}, &model.Organisation{Name: "heard", Email: "a@b.example"}, &model.Organisation{Name: "named"}
	g := &model.Programme{}
	for _, c := range []struct {
		change func()
		want   string
	}{
		{func() {}, r.site.Publisher.Name},
		{func() { g.Partners = append(g.Partners, &model.Partner{Organisation: mute}) }, r.site.Publisher.Name},
		{func() { g.Partners = append(g.Partners, &model.Partner{Organisation: heard}) }, "heard"},
		{func() { g.Contact = named }, "named"},
	} {
		c.change()
		if got := r.asked(g).Name; got != c.want {
			t.Errorf("%q is asked, not %q", got, c.want)
		}
	}
}
