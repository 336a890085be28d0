package page

import (
	"slices"
	"strconv"

	"vitrine/internal/model"
	"vitrine/internal/plan"
)

// moments are what counts in the life of a programme, in the order of time: its
// milestones and its editions. One alone tells nothing, and is left out.
func (r *Renderer) moments(s *plan.Section) []Moment {
	type dated struct {
		at model.Date
		Moment
	}
	var list []dated
	g := s.Programme
	editions := g.Editions
	if len(g.Milestones) > 1 && len(editions)+len(g.Milestones) > plan.Few {
		editions = nil // they have a list of their own
	}
	for _, e := range editions {
		list = append(list, dated{e.Starts, Moment{
			Title: e.Title, URL: r.url(s.Edition(e)), When: r.span(e.Starts, e.Ends), ISO: e.Starts.String(), Status: r.stage(e.Starts, e.Ends),
		}})
	}
	for _, x := range g.Milestones {
		m := Moment{Title: x.Title, Text: x.Text, When: r.span(x.Starts, x.Ends), ISO: x.Starts.String(), Status: r.stage(x.Starts, x.Ends)}
		if x.Year > 0 {
			m.When, m.ISO = strconv.Itoa(x.Year), strconv.Itoa(x.Year)
			if x.Year == r.site.Today.Year {
				m.Status = ""
			}
		}
		if x.Status != "" {
			m.Status = r.phrase("milestone-" + x.Status)
		}
		list = append(list, dated{x.Starts, m})
	}
	if len(list) < 2 {
		return nil
	}
	slices.SortStableFunc(list, func(a, b dated) int { return a.at.Compare(b.at) })
	out := make([]Moment, len(list))
	for i, x := range list {
		out[i] = x.Moment
	}
	return out
}

// stage says of something dated that it is still to come, or that it is going on; what
// is behind needs no word.
func (r *Renderer) stage(from, to model.Date) string {
	switch {
	case from.After(r.site.Today):
		return r.phrase("to-come")
	case !to.IsZero() && !to.Before(r.site.Today):
		return r.phrase("going-on")
	}
	return ""
}
