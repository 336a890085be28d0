package page

import (
	"slices"

	"vitrine/internal/plan"
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
		d := r.day(s, e.Ceremony)
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
