package build

import (
	"vitrine/internal/cache"
	"vitrine/internal/export"
	"vitrine/internal/model"
	"vitrine/internal/page"
	"vitrine/internal/plan"
)

// exports puts down the site's files for machines.
func (b *builder) exports() error {
	var cards []*plan.Data
	for _, d := range b.plan.Data { // one after the other: a table holds everyone
		subject := ""
		switch {
		case d.Participant != nil:
			cards = append(cards, d)
			continue
		case d.Kind == "search":
			continue // made together, below
		case d.Edition != nil:
			subject = "edition/" + d.Edition.ID
		case d.Programme != nil:
			subject = "programme/" + d.Programme.ID
		}
		if err := b.put("public", d.Path, "data", subject, b.data(d)); err != nil {
			return err
		}
	}
	if err := b.indexes(); err != nil {
		return err
	}
	return b.each("export", len(cards), func(i int) error {
		// They may be many, and hold little: it is cheaper to make one than to look at the one that stands.
		d := cards[i]
		data := b.data(d)
		out, key := output{"public", d.Path, "data", "participant/" + d.Participant.ID}, cache.KeyOf([]byte(b.Program), data)
		if b.keep(out, key) {
			return nil
		}
		return b.putAs(out, key, data)
	})
}

// data makes a file for machines.
func (b *builder) data(d *plan.Data) []byte {
	switch d.Kind {
	case "sitemap":
		return export.Sitemap(b.site.BaseURL, b.listedPages())
	case "robots":
		return export.Robots(b.site.BaseURL)
	case "atom":
		return export.Atom(b.site, b.plan.Article)
	case "feed":
		return export.JSONFeed(b.site, b.plan.Article)
	case "agenda":
		return export.Agenda(b.site, func(g *model.Programme, e *model.Event) string { return b.site.BaseURL + b.plan.Sections[g].Event(e) })
	case "report":
		return page.ReportTableFile(b.reportOf(d.Section.Programme, d.Edition, true))
	case "card":
		x := d.Participant
		return export.VCard(x.Profile(b.site), b.site.BaseURL+b.plan.Sections[x.Programme].Participant(x))
	}
	if d.Kind == "search" {
		return b.indexFile(d)
	}
	set := b.dataset(d.Programme)
	switch d.Kind {
	case "csv":
		return set.CSV()
	case "sheet-csv":
		return set.SheetCSV()
	case "json":
		return set.JSON()
	case "geojson":
		return set.GeoJSON()
	case "schema":
		return set.Schema()
	}
	return set.Package(b.plan.HasData(d.Programme, "geojson"))
}

// dataset is what a programme gives away.
func (b *builder) dataset(g *model.Programme) *export.Dataset {
	words, section := b.theme.Words(b.site.Language), b.plan.Sections[g]
	phrase := func(key string, args ...any) string {
		s, err := words.T(key, args...)
		if err != nil {
			return key
		}
		return s
	}
	names := map[string]string{} // asked for at every row
	named := func(key string) string {
		name, known := names[key]
		if !known {
			name = phrase("column-" + key)
			names[key] = name
		}
		return name
	}
	set := &export.Dataset{
		Site: b.site, Programme: g, Label: g.Name + " : " + g.Words.Participant().Plural(),
		Text:  phrase("data-about", "programme", g.Name, "participants", g.Words.Participant().Plural(), "site", b.site.Title),
		Page:  func(id string) string { return b.site.BaseURL + section.Directory() + id + "/" },
		Name:  named,
		Title: func(key string) string { return phrase("column-" + key + "-title") },
		About: func(key string) string { return phrase("column-" + key + "-about") },
	}
	if b.site.Demo {
		set.Text += " " + phrase("demo")
	}
	for _, x := range section.Given {
		set.Rows = append(set.Rows, x.Profile(b.site))
	}
	return set
}
