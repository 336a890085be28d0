package page

import (
	"slices"

	"vitrine/internal/model"
	"vitrine/internal/plan"
	"vitrine/internal/typography"
)

func (r *Renderer) editions(p *plan.Page) *Editions {
	g := p.Programme
	s := r.plan.Sections[g]
	v := &Editions{}
	v.Frame = r.frame(p, capital(g.Words.Edition().Plural()), "", r.crumb(s.Root(), g.Name))
	for _, e := range slices.Backward(g.Editions) {
		card := EditionCard{Title: e.Title, URL: r.url(s.Edition(e)), When: r.span(e.Starts, e.Ends), Current: e == s.Current}
		if f := s.Of("edition", e); f != nil {
			card.Count = len(f.Members)
		}
		v.Editions = append(v.Editions, card)
	}
	return v
}

func (r *Renderer) edition(p *plan.Page, d *Draft) *Edition {
	g, e := p.Programme, p.Edition
	s := r.plan.Sections[g]
	v := &Edition{When: r.span(e.Starts, e.Ends), Year: e.ID}
	d.tell(&v.Story)
	v.Frame = r.frame(p, e.Title, r.phrase("edition-summary", "edition", e.Title, "programme", g.Name, "when", v.When),
		r.crumb(s.Root(), g.Name), r.crumb(s.Editions(), capital(g.Words.Edition().Plural())))
	if e.Ceremony != nil {
		d := r.day(e.Ceremony)
		v.Ceremony = &d
	}
	for _, m := range g.Measures {
		if m.Edition == e {
			v.Figures = append(v.Figures, r.figure(m))
		}
	}
	for _, ph := range e.Phases {
		v.Phases = append(v.Phases, Day{Title: ph.Title, When: r.span(ph.Starts, ph.Ends), ISO: ph.Starts.String()})
	}
	for _, step := range e.Funnel {
		v.Funnel = append(v.Funnel, Figure{Title: step.Label, Value: r.number(float64(step.Value)), Percent: percentOf(step.Value, e.Funnel[0].Value)})
	}
	if f := s.Of("edition", e); f != nil {
		v.Count = len(f.Members)
		d.cards(&v.Cards, f.Members, shown)
		if v.Count > shown {
			v.All = r.url(f.Path)
		}
		for _, x := range f.Members {
			if first := x.Awards[0]; first.Edition == e {
				v.New++
			}
		}
		v.Renewed = v.Count - v.New
	}
	i := slices.Index(g.Editions, e)
	if i > 0 {
		v.Previous = &Link{URL: r.url(s.Edition(g.Editions[i-1])), Text: g.Editions[i-1].Title}
	}
	if i < len(g.Editions)-1 {
		v.Next = &Link{URL: r.url(s.Edition(g.Editions[i+1])), Text: g.Editions[i+1].Title}
	}
	return v
}

func percentOf(part, whole int) int {
	if whole <= 0 {
		return 0
	}
	return min(100, part*100/whole)
}

func (r *Renderer) groups(p *plan.Page) *Groups {
	g := p.Programme
	s := r.plan.Sections[g]
	v := &Groups{}
	v.Frame = r.frame(p, capital(g.Words.Group().Plural()), "", r.crumb(s.Root(), g.Name))
	for _, x := range g.Groups {
		v.Groups = append(v.Groups, GroupCard{Title: x.Title, URL: r.url(s.Group(x)), Kind: x.Kind, Promise: x.Promise})
	}
	return v
}

func (r *Renderer) group(p *plan.Page, d *Draft) *Group {
	g, x := p.Programme, p.Group
	s := r.plan.Sections[g]
	v := &Group{
		KindName: x.Kind, Promise: x.Promise, Audience: x.Audience, Meetings: x.MeetingsPerYear, Topics: x.Topics,
	}
	d.tell(&v.Story)
	v.Frame = r.frame(p, x.Title, x.Promise, r.crumb(s.Root(), g.Name), r.crumb(s.Groups(), capital(g.Words.Group().Plural())))
	if x.Territory != nil {
		v.Place = &Link{URL: r.url(r.plan.Territory(x.Territory)), Text: x.Territory.Name}
	}
	v.Days = r.days(g.Events, func(e *model.Event) bool { return e.Group == x }, 0)
	for _, m := range model.Members(x) {
		if m.Listed(r.site.Today) {
			v.Count++
		}
	}
	d.cards(&v.Cards, model.Members(x), 0)
	return v
}

// days are the events that keep holds, in order; at most n when n is not 0.
func (r *Renderer) days(events []*model.Event, keep func(*model.Event) bool, n int) []Day {
	var out []Day
	for _, e := range events {
		if keep(e) && (n == 0 || len(out) < n) {
			out = append(out, r.day(e))
		}
	}
	return out
}

func (r *Renderer) day(e *model.Event) Day {
	d := Day{
		Title: e.Title, When: r.span(e.Starts, e.Ends), ISO: e.Starts.String(), Place: e.Place, Text: e.Audience,
		URL: e.Registration, Past: e.Starts.Before(r.site.Today), Cancelled: e.Status == "cancelled",
	}
	if h, m, ok := clock(e.Hour); ok {
		at := typography.Time(r.lang, h, m)
		if h2, m2, ok := clock(e.HourEnd); ok && (e.Ends.IsZero() || e.Ends == e.Starts) {
			at = typography.TimeRange(r.lang, h, m, h2, m2)
		}
		d.When += ", " + at
		d.ISO += "T" + e.Hour
	}
	if d.Cancelled {
		d.When = r.phrase("cancelled", "when", d.When)
	}
	return d
}
