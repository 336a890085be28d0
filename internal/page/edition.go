package page

import (
	"slices"

	"vitrine/internal/model"
	"vitrine/internal/plan"
)

func (r *Renderer) editions(p *plan.Page, d *Draft) *Editions {
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
	v.Charts = r.seriesCharts(d, s)
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
	v.Figures = r.figuresOf(g, func(m *model.Measure) bool { return m.Edition == e })
	if slices.Contains(s.Reports, e) {
		v.Report = r.url(s.Report(e))
	}
	i := slices.Index(g.Editions, e)
	var before *model.Edition
	if i > 0 {
		before = g.Editions[i-1]
		v.Previous = &Link{URL: r.url(s.Edition(before)), Text: before.Title}
	}
	if i < len(g.Editions)-1 {
		v.Next = &Link{URL: r.url(s.Edition(g.Editions[i+1])), Text: g.Editions[i+1].Title}
	}
	v.Changes = d.chart(r.changes(s, e, before))
	v.Phases = d.chart(r.phasesChart(e))
	v.Funnel = d.chart(r.funnelChart(e))
	v.Progress = d.chart(r.progressChart(s, e, before))
	for _, t := range e.Territories {
		v.Places = append(v.Places, Link{URL: r.url(r.plan.Territory(t)), Text: t.Name})
	}
	v.Days = r.days(s, func(x *model.Event) bool { return x.Edition == e }, 0)
	if len(v.Days) > shownBrief {
		v.Days, v.Agenda = v.Days[len(v.Days)-shownBrief:], r.url(s.Agenda()) // the closing days tell most
	}
	if f := s.Of("edition", e); f != nil {
		v.Count = len(f.Members)
		d.cards(&v.Cards, f.Members, shownBrief)
		if v.Count > shownBrief {
			v.All = r.url(f.Path)
		}
		for _, x := range f.Members {
			if first := x.Awards[0]; first.Edition == e {
				v.New++
			}
		}
		v.Renewed = v.Count - v.New
		v.Chosen = d.chart(r.chosenChart(s, e, f.Members))
		v.Shares = d.chart(r.themesChart(s, e, f.Members))
		v.Communes = r.communesOf(s, f.Members)
	}
	return v
}

// communesOf are the communes of some of those listed, with their number, and the way to all of each.
func (r *Renderer) communesOf(s *plan.Section, members []*model.Participant) []Link {
	counts := map[*model.Territory]int{}
	for _, x := range members {
		if x.Commune != nil {
			counts[x.Commune]++
		}
	}
	if len(counts) < 2 || len(counts) > shownBrief {
		return nil // the lists by commune say it
	}
	var out []Link
	for _, f := range s.By("commune") {
		if n := counts[f.Territory]; n > 0 {
			out = append(out, Link{URL: r.url(f.Path), Text: f.Title, Count: n})
		}
	}
	return out
}
