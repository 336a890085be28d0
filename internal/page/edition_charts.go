package page

import (
	"cmp"
	"slices"
	"strconv"

	"vitrine/internal/model"
	"vitrine/internal/plan"
	"vitrine/internal/typography"
)

func number(n int) string { return strconv.Itoa(n) }

// mostChosen is how many challenges a ranking shows.
const mostChosen = 5

// deedsOf are the commitments that a listed participant's award of an edition counts.
func deedsOf(x *model.Participant, e *model.Edition) []*model.Commitment {
	for _, a := range x.Awards {
		if a.Edition == e {
			return a.Counted()
		}
	}
	return nil
}

// chosenChart is the challenges that those listed took up, the most chosen first.
func (r *Renderer) chosenChart(s *plan.Section, e *model.Edition, members []*model.Participant) *Chart {
	w := s.Programme.Words
	counts := map[*model.Challenge]int{}
	for _, x := range members {
		seen := map[*model.Challenge]bool{}
		for _, c := range deedsOf(x, e) {
			if !seen[c.Challenge] {
				seen[c.Challenge] = true
				counts[c.Challenge]++
			}
		}
	}
	if len(counts) < 2 {
		return nil
	}
	var chosen []*model.Challenge
	for _, c := range s.Programme.Challenges {
		if counts[c] > 0 {
			chosen = append(chosen, c)
		}
	}
	slices.SortStableFunc(chosen, func(a, b *model.Challenge) int { return cmp.Compare(counts[b], counts[a]) })
	c := r.counted("bars", r.phrase("top", "what", w.Challenge().Plural()), capital(w.Challenge().One), capital(w.Participant().Plural()))
	for _, x := range chosen[:min(len(chosen), mostChosen)] {
		c.Rows = append(c.Rows, r.row(x.Title, r.url(s.Challenge(x)), float64(counts[x])))
	}
	return c
}

// themesChart is how the commitments of an edition fall to the themes: they add up, since a challenge has
// one theme.
func (r *Renderer) themesChart(s *plan.Section, e *model.Edition, members []*model.Participant) *Chart {
	w := s.Programme.Words
	counts := map[*model.Theme]int{}
	total := 0
	for _, x := range members {
		for _, c := range deedsOf(x, e) {
			counts[c.Challenge.Theme]++
			total++
		}
	}
	if len(counts) < 2 {
		return nil
	}
	c := r.counted("share", r.phrase("chart-themes", "what", capital(w.Challenge().Plural()), "by", w.Theme().One),
		capital(w.Theme().One), capital(w.Challenge().Plural()), r.phrase("chart-share"))
	for _, t := range s.Programme.Themes {
		if n := counts[t]; n > 0 {
			row := r.row(t.Title, r.url(s.Theme(t)), float64(n))
			row.Color, row.Texts = t.Color, append(row.Texts, typography.Percent(r.lang, 100*float64(n)/float64(total), 0))
			c.Rows = append(c.Rows, row)
		}
	}
	slices.SortStableFunc(c.Rows, func(a, b ChartRow) int { return cmp.Compare(b.Values[0], a.Values[0]) })
	return c
}

// reached is what an edition came to: the last step of its funnel, else those listed.
func (r *Renderer) reached(s *plan.Section, e *model.Edition) (label string, n int) {
	if len(e.Funnel) > 0 {
		last := e.Funnel[len(e.Funnel)-1]
		return last.Label, last.Value
	}
	if f := s.Of("edition", e); f != nil {
		n = len(f.Members)
	}
	return capital(s.Programme.Words.Participant().Plural()), n
}

// progressChart holds an edition against its target and the edition before.
func (r *Renderer) progressChart(s *plan.Section, e, before *model.Edition) *Chart {
	label, n := r.reached(s, e)
	if n <= 0 {
		return nil
	}
	c := r.counted("bars", label, capital(s.Programme.Words.Edition().One), label)
	c.Rows = append(c.Rows, r.row(e.Title, "", float64(n)))
	if e.Target > 0 {
		c.Rows = append(c.Rows, r.row(r.phrase("chart-target"), "", float64(e.Target)))
	}
	if before != nil {
		if was, m := r.reached(s, before); m > 0 && was == label {
			c.Rows = append(c.Rows, r.row(before.Title, r.url(s.Edition(before)), float64(m)))
		}
	}
	if len(c.Rows) < 2 {
		return nil
	}
	return c
}

// changes is a table of the figures that the edition before has too.
func (r *Renderer) changes(s *plan.Section, e, before *model.Edition) *Chart {
	if before == nil {
		return nil
	}
	was := map[string]*model.Measure{}
	for _, m := range s.Programme.Measures {
		if m.Edition == before && general(m) {
			was[sameFigure(m)] = m
		}
	}
	c := &Chart{Title: r.phrase("chart-changes"), Head: []string{r.phrase("chart-figure"), e.Title, before.Title}}
	for _, m := range s.Programme.Measures {
		if o := was[sameFigure(m)]; m.Edition == e && general(m) && o != nil {
			c.Rows = append(c.Rows, ChartRow{Label: m.Title, Texts: []string{r.amount(m), r.amount(o)}})
		}
	}
	return c
}

// amount is a figure with its unit, and « environ » where it is near.
func (r *Renderer) amount(m *model.Measure) string {
	f := r.figure(m)
	if f.Unit != "" {
		return f.Value + "\u00a0" + f.Unit
	}
	return f.Value
}

// mostSeries is how many figures the list of editions draws.
const mostSeries = 6

// seriesCharts are what several editions count: those listed, then the figures that come back.
func (r *Renderer) seriesCharts(d *Draft, s *plan.Section) []*Chart {
	g := s.Programme
	edition := capital(g.Words.Edition().One)
	people := capital(g.Words.Participant().Plural())
	var out []*Chart
	listed := r.counted("columns", people, edition, people)
	inTime := slices.Clone(g.Editions)
	slices.SortStableFunc(inTime, func(a, b *model.Edition) int { return a.Starts.Compare(b.Starts) })
	for _, e := range inTime {
		if f := s.Of("edition", e); f != nil {
			listed.Rows = append(listed.Rows, r.row(e.Title, r.url(s.Edition(e)), float64(len(f.Members))))
		}
	}
	if len(listed.Rows) > 1 {
		out = append(out, d.chart(listed))
	}
	series := map[string]*Chart{}
	var order []string
	for _, e := range inTime {
		for _, m := range g.Measures {
			if m.Edition != e || !general(m) {
				continue
			}
			key := sameFigure(m)
			c := series[key]
			if c == nil {
				title := m.Title
				if m.Unit != "" {
					title += " (" + m.Unit + ")"
				}
				c = r.counted("columns", title, edition, title)
				series[key], order = c, append(order, key)
			}
			row := r.row(e.Title, r.url(s.Edition(e)), m.Value)
			row.Texts[0] = r.figure(m).Value
			c.Rows = append(c.Rows, row)
		}
	}
	for _, key := range order {
		if c := series[key]; len(c.Rows) > 1 && len(out) < mostSeries {
			out = append(out, d.chart(c))
		}
	}
	return out
}
