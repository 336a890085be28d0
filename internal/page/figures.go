package page

import (
	"math"
	"slices"
	"strings"

	"vitrine/internal/model"
	"vitrine/internal/plan"
	"vitrine/internal/typography"
)

// figuresOf are the figures of a programme that keep holds (nil: all), as cards.
func (r *Renderer) figuresOf(g *model.Programme, keep func(*model.Measure) bool) []Figure {
	var out []Figure
	for _, m := range g.Figures() {
		if keep == nil || keep(m) {
			out = append(out, r.figure(m))
		}
	}
	return out
}

func (r *Renderer) figure(m *model.Measure) Figure {
	f := Figure{Title: m.Title, Unit: m.Unit, Approx: m.Approx, Source: m.Source, HasTarget: m.HasTarget}
	if m.HasValue {
		f.Value = r.number(m.Shown())
	}
	if r.lang == typography.English && f.Value != "" {
		switch m.Unit {
		case "%", "€", "£", "$": // a sign that touches the number is not set apart
			f.Value, f.Unit = typography.WithUnit(r.lang, f.Value, m.Unit), ""
		}
	}
	var notes []string
	add := func(text string) {
		if text != "" && text != m.Title {
			notes = append(notes, text)
		}
	}
	add(m.Period)
	if m.HasTarget {
		f.Target = r.number(m.Target)
		if m.Target > 0 {
			f.Percent = int(max(0, min(100, math.Round(100*m.Shown()/m.Target))))
		}
		add(r.phrase("target", "value", m.Quantity(r.lang, m.Target)))
	}
	if m.Approx && f.Value != "" {
		f.Value = r.phrase("about-value", "value", f.Value)
	}
	add(f.Source)
	f.Note = strings.Join(notes, " · ")
	if m.Edition != nil {
		f.Edition = m.Edition.Title
	}
	return f
}

func (r *Renderer) number(v float64) string { return typography.Quantity(r.lang, v) }

func (r *Renderer) figures(p *plan.Page) *Figures {
	g := p.Programme
	s := r.plan.Sections[g]
	v := &Figures{Groups: r.figureGroups(s)}
	v.Frame = r.frame(p, r.phrase("figures"), r.phrase("figures-summary", "programme", g.Name), r.crumb(s.Root(), g.Name))
	if g.PublishBudget {
		v.Budget, v.Funding, v.Aids = r.budget(g), r.funding(g), r.aids(g)
	}
	for _, c := range g.Challenges {
		if card := r.challengeCard(s, c); card.Count > 0 {
			v.Top = append(v.Top, card)
		}
	}
	slices.SortStableFunc(v.Top, func(a, b ChallengeCard) int { return b.Count - a.Count })
	if len(v.Top) > mostChosen {
		v.Top = v.Top[:mostChosen]
	}
	return v
}

// figureGroups are a programme's figures by what they are about: the latest edition first, then places and
// groups as the data has them, then the challenges together, then those of no one.
func (r *Renderer) figureGroups(s *plan.Section) []FigureGroup {
	g := s.Programme
	type heading struct {
		rank, at   int
		title, url string
	}
	groups := map[heading]*FigureGroup{}
	var order []heading
	for _, m := range g.Figures() {
		var h heading
		within := "" // what else it is about
		switch {
		case m.Edition != nil:
			h = heading{1, -slices.Index(g.Editions, m.Edition), m.Edition.Title, r.url(s.Edition(m.Edition))}
			if m.Territory != nil && m.Territory != g.Territory {
				within = m.Territory.Name
			}
		case m.Territory != nil && m.Territory != g.Territory:
			h = heading{2, slices.Index(r.site.Territories, m.Territory), m.Territory.Name, r.url(r.plan.Territory(m.Territory))}
		case m.Group != nil:
			h = heading{3, slices.Index(g.Groups, m.Group), m.Group.Title, r.url(s.Group(m.Group))}
		case m.Challenge != nil:
			h = heading{4, 0, capital(g.Words.Challenge().Plural()), r.url(s.Challenges())}
		default:
			h = heading{rank: 5}
		}
		if groups[h] == nil {
			groups[h] = &FigureGroup{Title: h.title, URL: h.url}
			order = append(order, h)
		}
		f := r.figure(m)
		if h.rank == 4 {
			f.About = Link{URL: r.url(s.Challenge(m.Challenge)), Text: m.Challenge.Title}
		}
		if within != "" {
			f.Note = strings.TrimSuffix(within+" · "+f.Note, " · ")
		}
		groups[h].Figures = append(groups[h].Figures, f)
	}
	slices.SortStableFunc(order, func(a, b heading) int {
		if a.rank != b.rank {
			return a.rank - b.rank
		}
		return a.at - b.at
	})
	var out []FigureGroup
	for _, h := range order {
		out = append(out, *groups[h])
	}
	return out
}
