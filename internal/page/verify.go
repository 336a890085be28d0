package page

import (
	"vitrine/internal/model"
	"vitrine/internal/plan"
	"vitrine/internal/typography"
)

func (r *Renderer) verify(p *plan.Page) *Verify {
	s := r.plan.Sections[p.Programme]
	x := r.profile(p.Participant)
	v := &Verify{Award: p.Programme.Words.Award(), URL: r.url(s.Root())}
	if g := p.Programme; g.Mark != nil {
		v.Mention = g.Mark.Mention
	}
	v.Owner, v.Owners = r.givers(p.Programme)
	if x.Withdrawn || x.Name == "" {
		v.State = r.nameless(p.Participant)
		v.Frame = r.frame(p, r.phrase("verify-title", "programme", p.Programme.Name), "")
		v.Frame.Index, v.Frame.Crumbs = false, nil
		return v
	}
	v.Frame = r.frame(p, x.Name, r.phrase("verify-summary", "name", x.Name, "programme", p.Programme.Name))
	v.Frame.Index, v.Frame.Crumbs = false, nil
	v.Name = x.Name
	if x.Trade != nil {
		v.Trade = x.Trade.Name
	}
	if x.Commune != nil {
		v.Commune = x.Commune.Name
	}
	if p.Participant.HasPage(r.site.Today) {
		v.URL = r.url(s.Participant(p.Participant))
		v.Frame.Index, v.Frame.Canonical = true, r.full(s.Participant(p.Participant)) // the page that search engines list
	}
	var titles []string
	for _, a := range x.Awards {
		titles = append(titles, a.Edition.ID)
	}
	v.Editions = typography.List(r.lang, titles)
	v.State = "valid"
	if a := x.Current(); a != nil {
		v.On, v.Until = r.date(a.On), r.date(a.Until)
		if a.Expired {
			v.State = "expired"
		}
		for _, c := range a.Challenges {
			v.Deeds = append(v.Deeds, c.Title)
		}
	}
	if x.Closed {
		v.State = "closed"
		if !isBusiness(x) {
			v.State = "left"
		}
	}
	return v
}

type givers struct {
	names string
	n     int
}

// givers are who gives a programme's award, in words, and how many they are: those that sign, else the owner of
// the mark, else the publisher.
func (r *Renderer) givers(g *model.Programme) (names string, n int) {
	if known, ok := r.given.Load(g); ok {
		return known.(givers).names, known.(givers).n
	}
	var all []string
	for _, x := range g.Signatories() {
		all = append(all, x.Organisation.Label())
	}
	switch {
	case len(all) > 0:
	case g.Mark != nil && g.Mark.Owner != "":
		all = []string{g.Mark.Owner}
	case r.site.Publisher != nil:
		all = []string{r.site.Publisher.Label()}
	}
	names, n = typography.List(r.lang, all), len(all)
	r.given.Store(g, givers{names, n})
	return names, n
}

// nameless is what the page of someone whom it may not name still answers: that the
// code was given to a holder, while the award lasts.
func (r *Renderer) nameless(x *model.Participant) string {
	shown := x.Shown(r.site.Today)
	if x.Status == model.Withdrawn || x.Status == model.Closed || len(shown) == 0 {
		return "withdrawn"
	}
	if until := shown[len(shown)-1].Until(); !until.IsZero() && until.Before(r.site.Today) {
		return "withdrawn"
	}
	return "unnamed"
}
