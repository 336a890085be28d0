package bind

import (
	"cmp"
	"slices"
	"strings"

	"vitrine/internal/diag"
	"vitrine/internal/ident"
	"vitrine/internal/model"
	"vitrine/internal/typography"
)

// bindContent reads the pages and the news of content/, which are no record's story.
func (b *binder) bindContent() {
	names, err := b.tree.Walk("content")
	if err != nil {
		b.list = append(b.list, diag.New(diag.Unreadable, diag.Span{File: "content"}, "reason", err.Error()))
		return
	}
	for _, name := range names {
		id, ok := strings.CutSuffix(strings.TrimPrefix(name, "content/"), ".md")
		if !ok || translated(id) || b.ownedByRecord(id) {
			continue
		}
		if page := b.bindPage(name, id); page != nil {
			if strings.HasPrefix(id, "news/") {
				b.site.News = append(b.site.News, page)
			} else {
				b.site.Pages = append(b.site.Pages, page)
			}
		}
	}
	slices.SortStableFunc(b.site.News, func(a, c *model.Page) int {
		return cmp.Or(c.Date.Compare(a.Date), strings.Compare(a.ID, c.ID))
	})
}

// ownedByRecord reports whether a file is the story of a record, read with it.
func (b *binder) ownedByRecord(id string) bool {
	top, rest, nested := strings.Cut(id, "/")
	if !nested {
		return false
	}
	if top == "territories" {
		return true
	}
	if !slices.ContainsFunc(b.site.Programmes, func(p *model.Programme) bool { return p.ID == top }) {
		return false
	}
	if rest == "index" || rest == "join" {
		return true
	}
	dir, name, nested := strings.Cut(rest, "/")
	return nested && !strings.Contains(name, "/") && slices.Contains([]string{"participants", "challenges", "themes", "groups", "editions"}, dir)
}

func (b *binder) bindPage(name, id string) *model.Page {
	md, ok := b.markdown(&b.list, name)
	if !ok {
		return nil
	}
	r := b.read(&b.list, md.Head)
	r.need("title")
	p := &model.Page{
		ID: id, Title: r.text("title"), Description: r.text("description"), Date: r.date("date"),
		Updated: r.date("updated"), Image: r.file("image"), Layout: r.raw("layout"), Body: prose(name, md), Origin: r.origin(),
	}
	draft := r.boolean("draft")
	if strings.HasPrefix(id, "news/") {
		r.need("date")
	}
	r.done()
	for part := range strings.SplitSeq(id, "/") {
		if ident.ID(part) != ident.OK {
			b.list = append(b.list, diag.New(diag.BadID, diag.Span{File: name}, "id", part, "proposal", typography.Slug(part)))
			return nil
		}
	}
	if draft || p.Date.After(b.site.Today) {
		return nil
	}
	return p
}
