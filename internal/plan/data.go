package plan

import (
	"path"
	"slices"

	"vitrine/internal/model"
	"vitrine/internal/search"
)

// Data is a file for machines.
type Data struct {
	Path string // below public/
	Kind string // which: sitemap, robots, atom, feed, agenda, search, csv, sheet-csv, json, geojson, schema, package, card, report
	// Programme whose open data or search it is; nil where the file is the site's, or a participant's.
	Programme   *model.Programme
	Participant *model.Participant // whose contact card it is
	Edition     *model.Edition     // whose report's tables it holds
	Section     *Section           // of that edition
}

// Open reports whether the file is open data.
func (d *Data) Open() bool { return d.Programme != nil && d.Kind != "search" }

// Name is the file's own name.
func (d *Data) Name() string { return path.Base(d.Path) }

// GivesData reports whether the site has open data at all.
func (p *Plan) GivesData() bool {
	return slices.ContainsFunc(p.Data, (*Data).Open)
}

// OpenData is the page of a site's open data.
func (p *Plan) OpenData() string { return "/" + p.slugs.Slug("data") + "/" }

// dataset names the files of a programme's open data, by kind.
var dataset = []struct{ kind, name string }{
	{"csv", "participants.csv"}, {"sheet-csv", "participants-excel.csv"}, {"json", "participants.json"},
	{"geojson", "participants.geojson"}, {"schema", "schema.json"}, {"package", "datapackage.json"},
}

// machines lists the files for machines: those of every site, and those that have something to tell.
func (p *Plan) machines() {
	p.Data = []*Data{{Path: "sitemap.xml", Kind: "sitemap"}, {Path: "robots.txt", Kind: "robots"}, {Path: "atom.xml", Kind: "atom"}}
	if len(p.Site.News) > 0 {
		p.Data = append(p.Data, &Data{Path: "feed.json", Kind: "feed"})
	}
	for _, g := range p.Site.Programmes {
		if len(g.Events) > 0 {
			p.Data = append(p.Data, &Data{Path: "agenda.ics", Kind: "agenda"})
			break
		}
	}
	for _, g := range p.Site.Programmes {
		for _, e := range p.Sections[g].Reports {
			p.Data = append(p.Data, &Data{Path: p.Sections[g].ReportTables(e), Kind: "report", Edition: e, Section: p.Sections[g]})
		}
	}
	for _, g := range p.Site.Programmes {
		s := p.Sections[g]
		if len(s.Given) == 0 {
			continue
		}
		for _, f := range dataset {
			if f.kind == "geojson" && !s.located() {
				continue
			}
			p.Data = append(p.Data, &Data{Path: fileOf(p.OpenData() + g.ID + "/" + f.name), Kind: f.kind, Programme: g})
		}
	}
	for _, g := range p.Site.Programmes {
		if !g.PublishContacts {
			continue
		}
		s := p.Sections[g]
		for _, x := range s.Listed {
			if x.HasCard(p.Site.Today) {
				p.Data = append(p.Data, &Data{Path: fileOf(s.Card(x)), Kind: "card", Participant: x})
			}
		}
	}
	for _, g := range p.Site.Programmes {
		s := p.Sections[g]
		if !s.Searched() {
			continue
		}
		for _, name := range search.Names(len(s.Listed)) {
			p.Data = append(p.Data, &Data{Path: fileOf(s.Index() + name), Kind: "search", Programme: g})
		}
	}
	if p.GivesData() {
		p.add(&Page{Kind: "data", Path: p.OpenData(), Key: "data", place: p.Site.Origin})
	}
}

// HasData reports whether a programme's open data has a file of a kind.
func (p *Plan) HasData(g *model.Programme, kind string) bool {
	for _, d := range p.Data {
		if d.Programme == g && d.Kind == kind {
			return true
		}
	}
	return false
}

// located reports whether anyone of the open data says where it is.
func (s *Section) located() bool {
	for _, x := range s.Given {
		if x.Consent.Has(model.ScopeLocation) && (x.Lat != 0 || x.Lon != 0) {
			return true
		}
	}
	return false
}
