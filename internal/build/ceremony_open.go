package build

import (
	"strings"

	"vitrine/internal/model"
)

// openText is all that the site says openly, as it is compared: what its publishers wrote, and what consent
// opens. A private value that stands there too is no secret, and finding it proves nothing.
func openText(site *model.Site) string {
	var b strings.Builder
	add := func(texts ...string) {
		for _, t := range texts {
			b.WriteString(plainText(t))
			b.WriteByte('\n')
		}
	}
	add(site.Title, site.Baseline, site.BaseURL, site.Legal.Director, site.Legal.Host.Name, site.Legal.Host.Address, site.Legal.Host.Phone, site.Privacy.Controller, site.Privacy.Contact, site.Accessibility.Contact)
	for _, o := range site.Organisations {
		add(o.Name, o.ShortName, o.URL, o.Email, o.Address, o.Logo)
		add(phoneForms(o.Phone)...)
	}
	for _, t := range site.Territories {
		add(t.Name, decimal(t.Lat), decimal(t.Lon), t.Story.Text)
	}
	for _, t := range site.Trades {
		add(t.Name)
		add(t.Synonyms...)
	}
	for _, list := range [][]*model.Page{site.Pages, site.News} {
		for _, p := range list {
			add(p.Title, p.Description, p.Body.Text, p.Image)
		}
	}
	for _, g := range site.Programmes {
		openProgramme(g, add)
		for _, x := range model.Participants(g) {
			if x.HasPage(site.Today) {
				openProfile(x.Profile(site), add)
			}
		}
	}
	return b.String()
}

func openProgramme(g *model.Programme, add func(...string)) {
	add(g.Name, g.Purpose, g.Story.Text)
	if g.Join != nil {
		add(g.Join.Title, g.Join.Description, g.Join.Body.Text)
	}
	for _, p := range g.Partners {
		add(p.Role, p.Signatory.Name, p.Signatory.Title)
		add(p.Duties...)
	}
	if g.Mark != nil {
		add(g.Mark.Name, g.Mark.Owner, g.Mark.Mention, g.Mark.Logo)
	}
	for _, t := range g.Themes {
		add(t.Title, t.Description, t.Story.Text)
	}
	for _, c := range g.Challenges {
		add(c.Title, c.Summary, c.Why, c.Story.Text)
		add(c.How...)
		add(c.Evidence...)
	}
	for _, e := range g.Editions {
		add(e.Title, e.Story.Text)
	}
	for _, x := range g.Groups {
		add(x.Title, x.Promise, x.Audience, x.Story.Text)
	}
	for _, e := range g.Events {
		add(e.Title, e.Place, e.Audience)
		add(e.Items...)
	}
	for _, m := range g.Measures {
		add(m.Title, m.Source)
	}
	for _, list := range [][]*model.Item{g.Principles, g.Arguments, g.Questions, g.Documents, g.Testimonials, g.Tools} {
		for _, x := range list {
			add(x.Title, x.Text, x.Author)
		}
	}
	for _, r := range g.Rules {
		add(r.Message)
	}
}

func openProfile(p *model.Profile, add func(...string)) {
	add(p.Name, p.PrintName, p.SIRET, p.Activity, p.Address, p.Email, p.URL, p.Logo, p.Photo.File, p.Photo.Alt, p.Photo.Credit, p.Description, p.Story.Text)
	add(phoneForms(p.Phone)...)
	add(phoneForms(p.Mobile)...)
	if p.HasPoint {
		add(decimal(p.Lat), decimal(p.Lon))
	}
	for _, d := range p.Commitments {
		add(d.Text)
	}
}
