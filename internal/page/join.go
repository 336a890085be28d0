package page

import (
	"slices"

	"vitrine/internal/model"
	"vitrine/internal/plan"
)

// join is the page for those who would take part: why, how, by which rules, and whom to ask. Every part of it
// is left out where nothing is known.
func (r *Renderer) join(p *plan.Page, d *Draft) *Join {
	g := p.Programme
	s := r.plan.Sections[g]
	v := &Join{Arguments: r.items(g.Arguments), Offered: len(g.Challenges), Documents: r.documents(g.Documents), Downloads: r.downloads(g)}
	title, lead := r.phrase("join"), ""
	if x := g.Join; x != nil {
		title, lead = firstOf(x.Title, title), x.Description
		if x.Body.Text != "" {
			d.tell(&v.Story)
		}
	}
	v.Lead = firstOf(lead, g.Purpose)
	v.Frame = r.frame(p, title, firstOf(lead, r.phrase("join-summary", "programme", g.Name)), r.crumb(s.Root(), g.Name))
	if v.Offered > 0 {
		v.Challenges = r.url(s.Challenges())
	}
	v.Rules, v.Renewal = rulesInWords(g)
	v.Groups = r.openGroups(s)
	v.Gifts = r.gifts(s)
	if e := g.OpenEdition(r.site.Today); e != nil {
		v.Edition = &Link{URL: r.url(s.Edition(e)), Text: e.Title}
		v.When = r.span(e.Starts, e.Ends)
		for _, x := range e.Phases {
			when := r.span(x.Starts, x.Ends)
			if when != "" && (x.Ends.IsZero() || !x.Ends.Before(r.site.Today)) {
				v.Phases = append(v.Phases, Day{Title: x.Title, When: capital(when), ISO: firstOf(x.Starts.String(), x.Ends.String())})
			}
		}
	}
	v.Next = r.days(s, func(e *model.Event) bool { return !r.over(e) }, 3)
	if len(v.Next) > 0 {
		v.AgendaURL = r.url(s.Agenda())
	}
	if v.AskedCount = len(g.Questions); v.AskedCount > plan.Few {
		v.QuestionsURL = r.url(s.Questions())
	} else {
		v.Questions = r.questionGroups(g)
	}
	v.Ask = r.asked(g)
	return v
}

// rulesInWords are what a first award asks for, and what a later one does beside that.
func rulesInWords(g *model.Programme) (first, renewal []string) {
	for _, rule := range g.Rules {
		text := capital(rule.Message)
		switch rule.For {
		case "award", "team":
			first = append(first, text)
		case "renewal":
			if !slices.Contains(first, text) {
				renewal = append(renewal, text)
			}
		}
	}
	return first, renewal
}

// openGroups are the groups that say who may be a member.
func (r *Renderer) openGroups(s *plan.Section) []JoinGroup {
	var out []JoinGroup
	for _, x := range s.Programme.Groups {
		j := JoinGroup{Link: Link{URL: r.url(s.Group(x)), Text: x.Title}, Promise: x.Promise}
		for _, rule := range s.Programme.Rules {
			if rule.For == "group:"+x.ID {
				j.Rules = append(j.Rules, capital(rule.Message))
			}
		}
		if len(j.Rules) > 0 {
			out = append(out, j)
		}
	}
	return out
}

// gifts are the pieces that are made for each holder of an award, by what one calls them, and the page.
func (r *Renderer) gifts(s *plan.Section) []string {
	g := s.Programme
	if !g.HasAwards() {
		return nil
	}
	var out []string
	for _, x := range g.Pieces {
		key := "gift-" + x.Template
		if (x.For == "award" || x.For == "participant") && r.words.Has(key) {
			if text := capital(r.phrase(key)); !slices.Contains(out, text) {
				out = append(out, text)
			}
		}
	}
	return append(out, capital(r.phrase("gift-page")))
}

// asked is whom one asks about a programme: whom it names, else the first partner that says how to be reached,
// else the publisher.
func (r *Renderer) asked(g *model.Programme) Organisation {
	if g.Contact != nil {
		return r.organisation(g.Contact)
	}
	for _, x := range g.Partners {
		if o := x.Organisation; o.Email != "" || o.Phone != "" {
			return r.organisation(o)
		}
	}
	return r.organisation(r.site.Publisher)
}
