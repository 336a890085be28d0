package build

import (
	"vitrine/internal/model"
	"vitrine/internal/plan"
)

// changed is the last day, up to the site's, on which what a page tells changed, as far as the model knows:
// the day of a piece of news, of an award, of a deed, the end of an edition. It is zero where nothing is dated:
// the build's day says nothing of a page.
func changed(p *plan.Page, site *model.Site) model.Date {
	d := dated{today: site.Today}
	switch {
	case p.Prose != nil:
		d.prose(p.Prose)
	case p.Listing != nil:
		d.holders(p.Listing.Members)
	case p.Participant != nil:
		d.holders([]*model.Participant{p.Participant})
		for _, c := range p.Participant.Commitments {
			d.on(c.DoneOn)
		}
	case p.Edition != nil:
		d.on(p.Edition.Starts)
		d.on(p.Edition.Ends)
		if p.Kind == "edition" {
			d.edition(model.Participants(p.Programme), p.Edition)
		}
	case p.Kind == "editions":
		for _, e := range p.Programme.Editions {
			d.on(e.Starts)
			d.on(e.Ends)
		}
	case p.Kind == "programme":
		d.holders(model.Participants(p.Programme))
		d.news(site)
	case p.Kind == "home":
		for _, g := range site.Programmes {
			d.holders(model.Participants(g))
		}
		d.news(site)
	case p.Kind == "news":
		d.news(site)
	}
	return d.last
}

// dated keeps the latest of some days that are not to come.
type dated struct{ today, last model.Date }

func (d *dated) on(day model.Date) {
	if !day.After(d.today) && day.After(d.last) {
		d.last = day
	}
}

func (d *dated) prose(x *model.Page) {
	d.on(x.Date)
	d.on(x.Updated)
}

func (d *dated) news(site *model.Site) {
	for _, x := range site.News {
		d.prose(x)
	}
}

// holders tells of the awards of those whom the site names.
func (d *dated) holders(list []*model.Participant) { d.edition(list, nil) }

// edition tells of those of an edition; nil: of all.
func (d *dated) edition(list []*model.Participant, e *model.Edition) {
	for _, x := range list {
		if !x.HasPage(d.today) {
			continue
		}
		for _, a := range x.Awards {
			if e == nil || a.Edition == e {
				d.on(a.On)
			}
		}
	}
}
