package build

import (
	"slices"

	"vitrine/internal/diag"
	"vitrine/internal/model"
	"vitrine/internal/page"
	"vitrine/internal/piece"
	"vitrine/internal/plan"
)

// awarded is how many hold an award of the current edition, or how many are listed
// where there are no awards.
func (b *builder) awarded(g *model.Programme) int {
	e := g.CurrentEdition(b.site.Today)
	if e == nil {
		return len(b.plan.Sections[g].Listed)
	}
	n := 0
	for _, x := range model.Participants(g) {
		if model.AwardIn(x, e) != nil && x.Status != model.Withdrawn {
			n++
		}
	}
	return n
}

// scope is what a piece's texts may speak of.
func (k *kit) scope(j *job, s *plan.Subject) *model.Scope {
	sc := &model.Scope{
		Site: k.site, Programme: j.Programme, Edition: s.Edition, Challenge: s.Challenge, Theme: s.Theme,
		Group: s.Group, Event: s.Event, Territory: s.Territory, Count: j.count,
	}
	if s.Participant != nil {
		sc.Participant = s.Participant.PrintProfile(k.site)
		if j.Public {
			sc.Participant = s.Participant.Profile(k.site)
		}
	}
	if s.Award != nil {
		sc.Award = s.Award.Distinction(k.site)
	}
	sc.Participants, sc.Unnamed = k.gathered(j.Programme, s)
	if s.Kind == "edition" {
		sc.Report = k.reportOf(j.Programme, s.Edition, j.Public)
	}
	if sc.Edition == nil {
		sc.Edition = j.edition
	}
	if sc.Territory == nil {
		sc.Territory = j.Programme.Territory
	}
	return sc
}

// reportOf is an edition's report in words: the office's, or what the public may read of it.
func (b *builder) reportOf(g *model.Programme, e *model.Edition, public bool) *model.Report {
	r := model.ReportOf(g, e, b.site.Today)
	if public {
		r = model.PublicReport(g, e, b.site.Today)
	}
	if r == nil {
		return nil
	}
	var err error
	if r.Sections, err = page.ReportWords(b.site, b.theme, g, r); err != nil {
		b.report(diag.List{diag.New(diag.TemplateRun, diag.Span{File: b.theme.File("i18n")}, "reason", err.Error())})
	}
	return r
}

func (k *kit) subject(j *job, s *plan.Subject) piece.Subject {
	sub := piece.Subject{Name: s.Title, Origin: j.Programme.Origin}
	if k.site.Publisher != nil {
		sub.Author = k.site.Publisher.Name
	}
	if x := s.Participant; x != nil {
		sub.Name, sub.Origin = x.Name, x.Origin
	}
	switch {
	case s.Award != nil:
		sub.Date = s.Award.On.Time()
	case s.Edition != nil:
		sub.Date = s.Edition.Starts.Time()
	case j.edition != nil:
		sub.Date = j.edition.Starts.Time()
	}
	return sub
}

// gathered are the participants that a subject brings together, in alphabetical order, and how many more
// there are whom no one may name.
func (k *kit) gathered(g *model.Programme, s *plan.Subject) (named []*model.Profile, unnamed int) {
	var with func(x *model.Participant) bool
	switch {
	case s.Kind == "challenge":
		with = func(x *model.Participant) bool {
			return slices.ContainsFunc(x.Commitments, func(c *model.Commitment) bool { return c.Challenge == s.Challenge })
		}
	case s.Kind == "group":
		members := model.Members(s.Group)
		with = func(x *model.Participant) bool { return slices.Contains(members, x) }
	case s.Kind == "territory":
		with = func(x *model.Participant) bool {
			return x.Commune != nil && (x.Commune == s.Territory || slices.Contains(s.Territory.Members, x.Commune))
		}
	default:
		return nil, 0
	}
	for _, x := range k.plan.Sections[g].Listed {
		if with(x) {
			named = append(named, x.Profile(k.site))
		}
	}
	for _, x := range model.Participants(g) {
		if x.Unnamed(k.site.Today) && with(x) {
			unnamed++
		}
	}
	return named, unnamed
}
