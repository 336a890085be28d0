package plan

import (
	"strconv"

	"vitrine/internal/model"
)

// Addresses of the pages that belong to no programme.

// News is the list of news.
func (p *Plan) News() string { return "/" + p.slugs.Slug("news") + "/" }

// Territories is the list of places.
func (p *Plan) Territories() string { return "/" + p.slugs.Slug("territories") + "/" }

// Territory is the page of a place.
func (p *Plan) Territory(t *model.Territory) string { return p.Territories() + t.ID + "/" }

// Fixed is the address of a page with fixed words: legal, contact, sitemap…
func (p *Plan) Fixed(key string) string { return "/" + p.slugs.Slug(key) + "/" }

// Verify is the short permanent address of a participant.
func (p *Plan) Verify(x *model.Participant) string { return "/v/" + x.Code + "/" }

// FixedPages are the pages that every site has, by the phrase that titles them, in the
// order of the footer.
var FixedPages = []string{"legal", "privacy", "accessibility", "ecodesign", "sitemap", "contact"}

// Told reports whether a page of prose is a part of a page with fixed words, and none of its own: what the
// publisher says of eco-design, in content/ at that page's address.
func (p *Plan) Told(x *model.Page) bool { return x.ID == p.slugs.Slug("ecodesign") }

// home is the portal of several programmes; a site of one has that programme's page
// at its root, and at its own address too, so that a second one breaks no link.
func (p *Plan) home() {
	if len(p.Site.Programmes) == 1 {
		g := p.Site.Programmes[0]
		p.add(&Page{Kind: "programme", Path: "/", Programme: g, place: g.Origin})
		return
	}
	p.add(&Page{Kind: "home", Path: "/", place: p.Site.Origin})
}

func (p *Plan) programme(s *Section) {
	g := s.Programme
	p.add(&Page{Kind: "programme", Path: s.Root(), Programme: g, place: g.Origin})
	if len(s.Listed) > 0 {
		p.listing(s, nil, s.Listed, s.Directory())
		for _, d := range Dimensions {
			filters := s.By(d)
			if len(filters) == 0 {
				continue
			}
			p.add(&Page{Kind: "filters", Path: s.Dimension(d), Key: d, Programme: g, place: g.Origin})
			for _, f := range filters {
				p.listing(s, f, f.Members, f.Path)
			}
		}
	}
	for _, x := range model.Participants(g) {
		if x.HasPage(p.Site.Today) {
			p.add(&Page{Kind: "participant", Path: s.Participant(x), Programme: g, Participant: x, place: x.Origin})
			for _, old := range x.Aliases {
				p.add(&Page{Kind: "moved", Path: s.Former(old), Programme: g, Participant: x, place: x.Origin})
			}
		}
		if x.Status != model.Candidate && (x.HasShown(p.Site.Today) || !g.HasAwards() || x.Status == model.Withdrawn) {
			p.add(&Page{Kind: "verify", Path: p.Verify(x), Programme: g, Participant: x, place: x.Origin})
		}
	}
	if len(g.Challenges) > 0 {
		p.add(&Page{Kind: "challenges", Path: s.Challenges(), Programme: g, place: g.Origin})
		for _, c := range g.Challenges {
			p.add(&Page{Kind: "challenge", Path: s.Challenge(c), Programme: g, Challenge: c, place: c.Origin})
		}
	}
	if len(g.Themes) > 0 {
		p.add(&Page{Kind: "themes", Path: s.Themes(), Programme: g, place: g.Origin})
		for _, t := range g.Themes {
			p.add(&Page{Kind: "theme", Path: s.Theme(t), Programme: g, Theme: t, place: t.Origin})
		}
	}
	if len(g.Editions) > 0 {
		p.add(&Page{Kind: "editions", Path: s.Editions(), Programme: g, place: g.Origin})
		for _, e := range g.Editions {
			p.add(&Page{Kind: "edition", Path: s.Edition(e), Programme: g, Edition: e, place: e.Origin})
		}
	}
	if len(g.Groups) > 0 {
		p.add(&Page{Kind: "groups", Path: s.Groups(), Programme: g, place: g.Origin})
		for _, x := range g.Groups {
			p.add(&Page{Kind: "group", Path: s.Group(x), Programme: g, Group: x, place: x.Origin})
		}
	}
	p.extras(s)
	if g.HasFigures() {
		p.add(&Page{Kind: "figures", Path: s.Figures(), Programme: g, place: g.Origin})
	}
	for _, e := range s.Reports {
		p.add(&Page{Kind: "report", Path: s.Report(e), Programme: g, Edition: e, place: e.Origin})
	}
}

// extras are the pages that a programme has when it has something to put there.
func (p *Plan) extras(s *Section) {
	g := s.Programme
	add := func(when bool, kind, path string) {
		if when {
			p.add(&Page{Kind: kind, Path: path, Programme: g, place: g.Origin})
		}
	}
	add(len(g.Events) > 0, "agenda", s.Agenda())
	add(Joins(g), "join", s.Join())
	add(len(g.Definitions) > 0, "glossary", s.Glossary())
	add(len(g.Questions) > Few, "questions", s.Questions())
	add(PartnersApart(g), "partners", s.Partners())
}

// listing adds the pages of a list of participants: the first at the list's address,
// the others below page/N/.
func (p *Plan) listing(s *Section, f *Filter, members []*model.Participant, first string) {
	parts := balanced(members, s.size)
	for i, part := range parts {
		address := first
		if i > 0 {
			address += "page/" + strconv.Itoa(i+1) + "/"
		}
		page := &Page{
			Kind: "directory", Path: address, Programme: s.Programme, place: s.Programme.Origin,
			Listing: &Listing{Filter: f, Members: part, Total: len(members), Number: i + 1, Of: len(parts), First: first},
		}
		p.add(page)
	}
}

// shared are the pages that programmes have in common.
func (p *Plan) shared() {
	if len(p.Site.Territories) > 0 {
		p.add(&Page{Kind: "territories", Path: p.Territories(), place: p.Site.Origin})
	}
	for _, t := range p.Site.Territories {
		p.add(&Page{Kind: "territory", Path: p.Territory(t), Territory: t, place: t.Origin})
	}
	if len(p.Site.News) > 0 {
		p.add(&Page{Kind: "news", Path: p.News(), place: p.Site.Origin})
	}
	for _, n := range p.Site.News {
		p.add(&Page{Kind: "article", Path: p.Article(n), Prose: n, place: n.Origin})
	}
	for _, x := range p.Site.Pages {
		if p.Told(x) {
			continue
		}
		p.add(&Page{Kind: "page", Path: "/" + x.ID + "/", Prose: x, place: x.Origin})
	}
	for _, key := range FixedPages {
		page := &Page{Kind: key, Path: p.Fixed(key), Key: key, place: p.Site.Origin}
		for _, x := range p.Site.Pages {
			if key == "ecodesign" && p.Told(x) {
				page.Prose = x
			}
		}
		p.add(page)
	}
	p.add(&Page{Kind: "missing", Path: "/404.html", Key: "missing", place: p.Site.Origin})
}

// Article is the page of a news item.
func (p *Plan) Article(n *model.Page) string { return p.News() + n.ID[len("news/"):] + "/" }
