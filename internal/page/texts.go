package page

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"vitrine/internal/model"
	"vitrine/internal/plan"
	"vitrine/internal/typography"
)

// The titled texts of a programme: its glossary, its questions, its documents, its
// partners.

func (r *Renderer) items(list []*model.Item) []Item {
	var out []Item
	for _, x := range list {
		item := Item{Title: x.Title, Text: x.Text, URL: x.URL, Author: x.Author, When: r.date(x.Date), Status: x.Status}
		switch {
		case x.File != "":
			item.URL = r.url("/" + x.File)
		case strings.HasPrefix(x.URL, "/"):
			item.URL = r.url(x.URL)
		}
		out = append(out, item)
	}
	return out
}

// documents are items with what one wants to know of a file before it is opened.
func (r *Renderer) documents(list []*model.Item) []Item {
	out := r.items(list)
	for i, x := range list {
		var facts []string
		if ext := strings.TrimPrefix(path.Ext(x.File), "."); ext != "" {
			facts = append(facts, strings.ToUpper(ext))
			if n := r.plan.Size(x.File); n > 0 {
				facts = append(facts, r.bytes(n))
			}
		}
		if x.Version != "" {
			facts = append(facts, r.phrase("version", "number", x.Version))
		}
		for _, fact := range []string{x.Status, out[i].When, x.Author} {
			if fact != "" {
				facts = append(facts, fact)
			}
		}
		out[i].Facts = strings.Join(facts, " · ")
	}
	return out
}

// bytes is the size of a file, as one reads it.
func (r *Renderer) bytes(n int64) string {
	if n < 1_000_000 {
		return r.phrase("kilobytes", "n", typography.Number(r.lang, max(1, (n+500)/1000)))
	}
	return r.phrase("megabytes", "n", typography.Decimal(r.lang, float64(n)/1e6, 1))
}

// glossary is every word in the order of the alphabet; a synonym leads to its word.
func (r *Renderer) glossary(p *plan.Page) *Glossary {
	g := p.Programme
	s := r.plan.Sections[g]
	v := &Glossary{}
	v.Frame = r.frame(p, r.phrase("glossary"), r.phrase("glossary-summary", "programme", g.Name), r.crumb(s.Root(), g.Name))
	v.Entries = r.definitions(g)
	return v
}

func (r *Renderer) definitions(g *model.Programme) []Definition {
	var out []Definition
	taken := map[string]bool{}
	anchor := func(id, title string) string {
		a := plan.Anchor(cmp.Or(id, typography.Slug(title)))
		for n := 2; taken[a]; n++ {
			a = plan.Anchor(cmp.Or(id, typography.Slug(title)) + "-" + itoa(n))
		}
		taken[a] = true
		return a
	}
	for _, x := range g.Definitions {
		d := Definition{Title: x.Title, Anchor: anchor(x.ID, x.Title), Text: x.Text, URL: x.URL, Synonyms: typography.List(r.lang, x.Synonyms)}
		out = append(out, d)
	}
	for i, x := range g.Definitions {
		for _, other := range x.Synonyms {
			same := func(y *model.Item) bool { return typography.Slug(y.Title) == typography.Slug(other) }
			if !slices.ContainsFunc(g.Definitions, same) {
				out = append(out, Definition{Title: other, Anchor: anchor("", other), See: &Link{URL: "#" + out[i].Anchor, Text: x.Title}})
			}
		}
	}
	slices.SortStableFunc(out, func(a, b Definition) int {
		return strings.Compare(typography.SortKey(a.Title), typography.SortKey(b.Title))
	})
	return out
}

// questions are a programme's questions and answers, under the headings that they ask
// for, in the order in which these come first.
func (r *Renderer) questions(p *plan.Page) *Questions {
	g := p.Programme
	v := &Questions{Groups: r.questionGroups(g)}
	v.Frame = r.frame(p, r.phrase("questions"), r.phrase("questions-summary", "programme", g.Name), r.crumb(r.plan.Sections[g].Root(), g.Name))
	return v
}

func (r *Renderer) questionGroups(g *model.Programme) []QuestionGroup {
	var out []QuestionGroup
	at := map[string]int{}
	taken := map[string]bool{}
	for i, x := range r.items(g.Questions) {
		x.Anchor = plan.Anchor(cmp.Or(g.Questions[i].ID, typography.Slug(x.Title)))
		for taken[x.Anchor] {
			x.Anchor += "-" + itoa(i)
		}
		taken[x.Anchor] = true
		section := g.Questions[i].Section
		n, ok := at[section]
		if !ok {
			n = len(out)
			at[section] = n
			out = append(out, QuestionGroup{Title: section})
		}
		out[n].Questions = append(out[n].Questions, x)
	}
	return out
}

func (r *Renderer) partner(x *model.Partner) Partner {
	o := x.Organisation
	return Partner{
		Name: o.Name, Role: x.Role, URL: o.URL, Duties: x.Duties, Contributions: x.Contributions,
		Logo: r.image(o.Logo, o.Label(), ""),
	}
}

func (r *Renderer) partners(list []*model.Partner) []Partner {
	var out []Partner
	for _, x := range list {
		out = append(out, r.partner(x))
	}
	return out
}

// partnersPage has everyone by role, each role where its first partner stands in the
// order of protocol.
func (r *Renderer) partnersPage(p *plan.Page) *Partners {
	g := p.Programme
	v := &Partners{}
	v.Frame = r.frame(p, r.phrase("partners"), r.phrase("partners-summary", "programme", g.Name), r.crumb(r.plan.Sections[g].Root(), g.Name))
	at := map[string]int{}
	for _, x := range g.Partners {
		i, ok := at[x.Role]
		if !ok {
			i = len(v.Roles)
			at[x.Role] = i
			v.Roles = append(v.Roles, PartnerRole{Title: capital(x.Role)})
		}
		one := r.partner(x)
		one.Role = "" // the heading says it
		v.Roles[i].Partners = append(v.Roles[i].Partners, one)
	}
	return v
}
