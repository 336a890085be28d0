package build

import (
	"path"

	"vitrine/internal/model"
	"vitrine/internal/plan"
	"vitrine/internal/search"
)

// indexes puts down the files in which visitors search, programme by programme.
func (b *builder) indexes() error {
	for _, g := range b.site.Programmes {
		s := b.plan.Sections[g]
		if !s.Searched() {
			continue
		}
		for _, f := range b.index(g) {
			if err := b.put("public", s.Index()[1:]+f.Name, "data", "programme/"+g.ID, f.Data); err != nil {
				return err
			}
		}
	}
	return nil
}

// index makes the files of a programme's search.
func (b *builder) index(g *model.Programme) []search.File {
	x := &search.Index{Site: b.site, Programme: g}
	if small, err := b.theme.Words(b.site.Language).T("search-small"); err == nil {
		x.Small = append(x.Small, small)
	}
	for _, p := range b.plan.Sections[g].Listed {
		x.Rows = append(x.Rows, p.Profile(b.site))
	}
	return x.Files()
}

// indexFile is one of them, for a preview.
func (b *builder) indexFile(d *plan.Data) []byte {
	for _, f := range b.index(d.Programme) {
		if f.Name == path.Base(d.Path) {
			return f.Data
		}
	}
	return nil
}
