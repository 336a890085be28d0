package page

import (
	"slices"
	"strings"

	"vitrine/internal/model"
	"vitrine/internal/plan"
	"vitrine/internal/typography"
)

// groups lists a programme's groups by kind, in the order in which kinds come first.
func (r *Renderer) groups(p *plan.Page) *Groups {
	g := p.Programme
	s := r.plan.Sections[g]
	v := &Groups{Total: len(g.Groups)}
	v.Frame = r.frame(p, capital(g.Words.Group().Plural()), "", r.crumb(s.Root(), g.Name))
	at := map[string]int{}
	for _, x := range g.Groups {
		i, ok := at[x.Kind]
		if !ok {
			i = len(v.Kinds)
			at[x.Kind] = i
			v.Kinds = append(v.Kinds, GroupKind{})
		}
		v.Kinds[i].Groups = append(v.Kinds[i].Groups, r.groupCard(s, x))
	}
	for kind, i := range at {
		v.Kinds[i].Title = kindOfGroup(g.Words, kind, len(v.Kinds[i].Groups))
	}
	return v
}

// kindOfGroup is a heading for n groups of a kind. A programme that wants it in the
// plural says so: [words] may have the kind, by its slug.
func kindOfGroup(words model.Words, kind string, n int) string {
	if w, ok := words[typography.Slug(kind)]; ok {
		return capital(w.Form(n))
	}
	if one := words.Group().One; kind == "" || typography.Slug(kind) == typography.Slug(one) {
		return capital(words.Group().Form(n))
	}
	return capital(kind)
}

func (r *Renderer) groupCard(s *plan.Section, x *model.Group) GroupCard {
	c := GroupCard{
		Title: x.Title, URL: r.url(s.Group(x)), Kind: x.Kind, Promise: x.Promise, Audience: capital(x.Audience),
		Meetings: x.MeetingsPerYear, Count: r.membersShown(x),
	}
	if x.Territory != nil {
		c.Place = x.Territory.Name
	}
	return c
}

// membersShown counts the members of a group who are listed.
func (r *Renderer) membersShown(x *model.Group) int {
	n := 0
	for _, m := range model.Members(x) {
		if m.Listed(r.site.Today) {
			n++
		}
	}
	return n
}

func (r *Renderer) group(p *plan.Page, d *Draft) *Group {
	g, x := p.Programme, p.Group
	s := r.plan.Sections[g]
	v := &Group{
		KindName: capital(x.Kind), Promise: x.Promise, Audience: capital(x.Audience), Meetings: x.MeetingsPerYear, Topics: x.Topics,
		Count: r.membersShown(x),
	}
	d.tell(&v.Story)
	v.Frame = r.frame(p, x.Title, x.Promise, r.crumb(s.Root(), g.Name), r.crumb(s.Groups(), capital(g.Words.Group().Plural())))
	if x.Territory != nil {
		v.Place = &Link{URL: r.url(r.plan.Territory(x.Territory)), Text: x.Territory.Name}
	}
	for _, rule := range g.Rules {
		if rule.For == "group:"+x.ID {
			v.Rules = append(v.Rules, capital(rule.Message))
		}
	}
	v.Days = r.days(s, func(e *model.Event) bool { return e.Group == x && !r.over(e) }, 0)
	v.Past = r.days(s, func(e *model.Event) bool { return e.Group == x && r.over(e) }, 0)
	v.Figures = r.figuresOf(g, func(m *model.Measure) bool { return m.Group == x })
	members := slices.Clone(model.Members(x))
	slices.SortStableFunc(members, func(a, b *model.Participant) int { return strings.Compare(plan.NameKey(a), plan.NameKey(b)) })
	d.cards(&v.Cards, members, 0)
	v.Downloads = r.handouts(func(s *plan.Subject) bool { return s.Group == x })
	for _, o := range g.Groups {
		if o != x && strings.EqualFold(o.Kind, x.Kind) {
			v.Others = append(v.Others, Link{URL: r.url(s.Group(o)), Text: o.Title})
		}
	}
	return v
}
