package page

import (
	"html/template"
	"slices"

	"vitrine/internal/model"
	"vitrine/internal/plan"
	"vitrine/internal/search"
)

// finder is the search of a programme's list, rendered once for all its pages.
func (r *Renderer) finder(s *plan.Section) template.HTML {
	if h, ok := r.finders.Load(s); ok {
		return h.(template.HTML)
	}
	h, _ := r.finders.LoadOrStore(s, r.part("directory", "_find.html", r.makeFinder(s)))
	return h.(template.HTML)
}

func (r *Renderer) makeFinder(s *plan.Section) *Finder {
	g := s.Programme
	v := &Finder{
		Frame: r.cardFrame(g), Script: r.base + "/assets/find.js", Index: r.url(s.Index()), Root: r.url(s.Directory()),
	}
	for _, d := range search.Dimensions {
		if title := r.choice(s, d); title != "" {
			v.Filters = append(v.Filters, Choice{d, title})
		}
	}
	for _, f := range s.By("theme") {
		m := r.mark(s, f.Theme)
		m.X = 44 * len(v.Marks)
		v.Marks = append(v.Marks, m)
	}
	v.Width = 44*len(v.Marks) - 8
	v.Located = located(s)
	return v
}

// located reports whether some participant's commune has a point: distances can be told.
func located(s *plan.Section) bool {
	return slices.ContainsFunc(s.By("commune"), func(f *plan.Filter) bool { return f.Territory.HasPoint() })
}

// choice is what a way to filter is called, one value of it; empty where there is nothing to
// choose from.
func (r *Renderer) choice(s *plan.Section, d string) string {
	g := s.Programme
	switch d {
	case "commune", "trade":
		if len(s.By(d)) > 1 {
			return r.phrase("find-" + d)
		}
	case "family":
		families := map[string]bool{}
		for _, f := range s.By("trade") {
			families[f.Members[0].Trade.Family] = true
		}
		if delete(families, ""); len(families) > 1 {
			return r.phrase("find-family")
		}
	case "level":
		if len(g.Levels) > 1 {
			return capital(g.Words.Level().One)
		}
	case "group":
		if anyGrouped(g) {
			return capital(g.Words.Group().One)
		}
	default:
		if len(s.By(d)) > 1 {
			return capital(g.Words.Of(d).One)
		}
	}
	return ""
}

func anyGrouped(g *model.Programme) bool {
	for _, x := range g.Groups {
		if len(model.Members(x)) > 0 {
			return true
		}
	}
	return false
}
