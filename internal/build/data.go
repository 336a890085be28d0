package build

import (
	"iter"

	"vitrine/internal/cache"
	"vitrine/internal/export"
	"vitrine/internal/model"
	"vitrine/internal/page"
	"vitrine/internal/plan"
)

// exports are the site's files for machines, as tasks that may run beside one another and beside pages, those
// that take longest first.
func (b *builder) exports() []func() error {
	var tables, tasks []func() error
	together := map[*model.Programme][]*plan.Data{}
	for _, d := range b.plan.Data {
		switch {
		case d.Kind == "card" || d.Kind == "search":
		case isTable(d.Kind):
			together[d.Programme] = append(together[d.Programme], d)
		default:
			tasks = append(tasks, func() error { return b.put("public", d.Path, "data", subjectOf(d), b.data(d)) })
		}
	}
	for _, g := range b.site.Programmes {
		if list := together[g]; len(list) > 0 {
			tables = append(tables, func() error { return b.putTables(g, list) })
		}
		if b.plan.Sections[g].Searched() {
			tables = append(tables, func() error { return b.putIndex(g) })
		}
	}
	return append(tables, tasks...)
}

func subjectOf(d *plan.Data) string {
	switch {
	case d.Edition != nil:
		return "edition/" + d.Edition.ID
	case d.Programme != nil:
		return "programme/" + d.Programme.ID
	}
	return ""
}

// isTable tells of the open data that holds a row for each participant.
func isTable(kind string) bool {
	switch kind {
	case export.CSV, export.SheetCSV, export.JSON, export.GeoJSON:
		return true
	}
	return false
}

// putTables makes a programme's tables side by side: none is ever held whole.
func (b *builder) putTables(g *model.Programme, list []*plan.Data) error {
	var outs []output
	var kinds []string
	for _, d := range list {
		if o := (output{"public", d.Path, "data", subjectOf(d)}); !b.elsewhere(o) {
			outs, kinds = append(outs, o), append(kinds, d.Kind)
		}
	}
	return b.putSeveral(outs, b.dataset(g).Tables(kinds...))
}

// cards puts down the contact cards of participants.
func (b *builder) cards() error {
	var cards []*plan.Data
	for _, d := range b.plan.Data {
		if d.Kind == "card" {
			cards = append(cards, d)
		}
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
	switch {
	case isTable(d.Kind):
		return set.Table(d.Kind)
	case d.Kind == "schema":
		return set.Schema()
	}
	return set.Package(b.plan.HasData(d.Programme, export.GeoJSON))
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
	set := &export.Dataset{
		Site: b.site, Programme: g, Label: g.Name + " : " + g.Words.Participant().Plural(),
		Text:  phrase("data-about", "programme", g.Name, "participants", g.Words.Participant().Plural(), "site", b.site.Title),
		Page:  func(id string) string { return b.site.BaseURL + section.Directory() + id + "/" },
		Name:  func(key string) string { return phrase("column-" + key) },
		Title: func(key string) string { return phrase("column-" + key + "-title") },
		About: func(key string) string { return phrase("column-" + key + "-about") },
	}
	if b.site.Demo {
		set.Text += " " + phrase("demo")
	}
	set.Rows = b.profiles(section.Given)
	return set
}

// profiles are what the public may see of participants, one after the other: nobody's is kept.
func (b *builder) profiles(list []*model.Participant) iter.Seq[*model.Profile] {
	return func(yield func(*model.Profile) bool) {
		for _, x := range list {
			if !yield(x.Profile(b.site)) {
				return
			}
		}
	}
}
