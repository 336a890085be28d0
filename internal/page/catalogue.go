package page

import (
	"slices"

	"vitrine/internal/model"
	"vitrine/internal/plan"
)

// shown is how many participants a page about something else shows before it links to
// the whole list.
const shown = 12

// shownBrief is the same for a page that has much else to say, and how many communes and dates it names.
const shownBrief = 6

func (r *Renderer) challengeCard(s *plan.Section, c *model.Challenge) ChallengeCard {
	card := ChallengeCard{Title: c.Title, URL: r.url(s.Challenge(c)), Summary: c.Summary, Mark: r.mark(s, c.Theme)}
	if f := s.Of("challenge", c); f != nil {
		card.Count = len(f.Members)
	}
	return card
}

func (r *Renderer) challenges(p *plan.Page) *Challenges {
	s := r.plan.Sections[p.Programme]
	w := p.Programme.Words
	v := &Challenges{Total: len(p.Programme.Challenges)}
	v.Frame = r.frame(p, capital(w.Challenge().Plural()),
		r.count("challenges-summary", v.Total, "challenges", w.Challenge().Plural(), "challenge", w.Challenge().One, "programme", p.Programme.Name),
		r.crumb(s.Root(), p.Programme.Name))
	v.Levels = r.levels(s)
	for _, t := range p.Programme.Themes {
		g := ChallengeGroup{Mark: r.mark(s, t), Description: t.Description}
		all := p.Programme.ChallengesOf(t)
		if len(all) > 0 {
			v.Themes++
		}
		for _, c := range all {
			if slices.ContainsFunc(p.Programme.Levels, func(l *model.Level) bool { return l.ID == c.Level }) {
				continue // stands under its level
			}
			g.Challenges = append(g.Challenges, r.challengeCard(s, c))
		}
		if len(g.Challenges) > 0 {
			v.Groups = append(v.Groups, g)
		}
	}
	return v
}

// levels are the levels that challenges have, in their order, each with its challenges.
func (r *Renderer) levels(s *plan.Section) []LevelGroup {
	var out []LevelGroup
	for _, l := range s.Programme.Levels {
		g := LevelGroup{Title: l.Title, Anchor: plan.Anchor(l.ID)}
		for _, c := range s.Programme.Challenges {
			if c.Level == l.ID {
				g.Challenges = append(g.Challenges, r.challengeCard(s, c))
			}
		}
		if len(g.Challenges) > 0 {
			out = append(out, g)
		}
	}
	return out
}

func (r *Renderer) challenge(p *plan.Page, d *Draft) *Challenge {
	s := r.plan.Sections[p.Programme]
	c := p.Challenge
	w := p.Programme.Words
	v := &Challenge{
		Summary: c.Summary, Why: c.Why, How: c.How, Evidence: c.Evidence, Theme: r.mark(s, c.Theme),
	}
	d.tell(&v.Story)
	v.Frame = r.frame(p, c.Title, c.Summary, r.crumb(s.Root(), p.Programme.Name), r.crumb(s.Challenges(), capital(w.Challenge().Plural())))
	for _, l := range p.Programme.Levels {
		if l.ID == c.Level {
			v.Level = l.Title
		}
	}
	for _, m := range p.Programme.Measures {
		if m.Challenge == c && m.HasValue && !m.Personal() {
			v.Figures = append(v.Figures, r.figure(m))
		}
	}
	v.Downloads = r.handouts(func(s *plan.Subject) bool { return s.Challenge == c })
	for _, t := range c.Trades {
		v.Trades = append(v.Trades, *r.filterLink(s.Of("trade", t), t.Name))
	}
	if f := s.Of("challenge", c); f != nil {
		v.Count = len(f.Members)
		d.cards(&v.Cards, f.Members, shown)
		if v.Count > shown {
			v.All = r.url(f.Path)
		}
	}
	for _, o := range p.Programme.ChallengesOf(c.Theme) {
		if o != c {
			v.Others = append(v.Others, r.challengeCard(s, o))
		}
	}
	return v
}

func (r *Renderer) themeCard(s *plan.Section, t *model.Theme) ThemeCard {
	card := ThemeCard{Mark: r.mark(s, t), Description: t.Description, Challenges: len(s.Programme.ChallengesOf(t))}
	if f := s.Of("theme", t); f != nil {
		card.Count = len(f.Members)
	}
	return card
}

func (r *Renderer) themeCards(s *plan.Section, but *model.Theme) []ThemeCard {
	var out []ThemeCard
	for _, t := range s.Programme.Themes {
		if t != but {
			out = append(out, r.themeCard(s, t))
		}
	}
	return out
}

func (r *Renderer) themes(p *plan.Page) *Themes {
	s := r.plan.Sections[p.Programme]
	v := &Themes{Themes: r.themeCards(s, nil)}
	v.Frame = r.frame(p, capital(p.Programme.Words.Theme().Plural()), "", r.crumb(s.Root(), p.Programme.Name))
	return v
}

func (r *Renderer) themePage(p *plan.Page, d *Draft) *Theme {
	s := r.plan.Sections[p.Programme]
	t := p.Theme
	v := &Theme{
		Mark: r.mark(s, t), Text: t.Description, Status: t.Status,
		Number: slices.Index(p.Programme.Themes, t) + 1, Of: len(p.Programme.Themes), Others: r.themeCards(s, t),
	}
	d.tell(&v.Story)
	v.Frame = r.frame(p, t.Title, t.Description, r.crumb(s.Root(), p.Programme.Name), r.crumb(s.Themes(), capital(p.Programme.Words.Theme().Plural())))
	for _, c := range p.Programme.ChallengesOf(t) {
		v.Challenges = append(v.Challenges, r.challengeCard(s, c))
	}
	if f := s.Of("theme", t); f != nil {
		v.Count = len(f.Members)
		d.cards(&v.Cards, f.Members, shown)
		if v.Count > shown {
			v.All = r.url(f.Path)
		}
	}
	return v
}
