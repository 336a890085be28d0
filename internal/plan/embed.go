package plan

import "vitrine/internal/model"

// framed is how many participants a list made for an iframe holds; the whole list is a link away.
const framed = 60

// Embed is the page that says how to show a list on another site.
func (p *Plan) Embed() string { return "/" + p.slugs.Slug("embed") + "/" }

// Embeds reports whether there is a list to show.
func (p *Plan) Embeds() bool {
	for _, s := range p.Sections {
		if len(s.Listed) > 0 {
			return true
		}
	}
	return false
}

// Frame is a programme's list made for an iframe on another site: of everyone, or of a commune.
func (p *Plan) Frame(s *Section, f *Filter) string {
	at := p.Embed() + s.Programme.ID + "/"
	if f == nil {
		return at
	}
	return at + p.slugs.Slug("filter-"+f.Dimension) + "/" + f.ID + "/"
}

// embeds adds the lists for other sites, and the page that says how to show them.
func (p *Plan) embeds() {
	if !p.Embeds() {
		return
	}
	p.add(&Page{Kind: "embed", Path: p.Embed(), Key: "embed", place: p.Site.Origin})
	for _, g := range p.Site.Programmes {
		s := p.Sections[g]
		if len(s.Listed) == 0 {
			continue
		}
		add := func(f *Filter, members []*model.Participant) {
			p.add(&Page{
				Kind: "frame", Path: p.Frame(s, f), Programme: g, place: g.Origin,
				Listing: &Listing{Filter: f, Members: members[:min(len(members), framed)], Total: len(members), Number: 1, Of: 1},
			})
		}
		add(nil, s.Listed)
		for _, f := range s.By("commune") {
			add(f, f.Members)
		}
	}
}
