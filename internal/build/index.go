package build

import (
	"path"

	"vitrine/internal/model"
	"vitrine/internal/plan"
	"vitrine/internal/search"
)

// putIndex puts down the files in which visitors of a programme search.
func (b *builder) putIndex(g *model.Programme) error {
	folder := b.plan.Sections[g].Index()[1:]
	for _, f := range b.index(g) {
		if err := b.put("public", folder+f.Name, "data", "programme/"+g.ID, f.Data); err != nil {
			return err
		}
	}
	return nil
}

// index makes the files of a programme's search.
func (b *builder) index(g *model.Programme) []search.File {
	x := &search.Index{Site: b.site, Programme: g, Rows: b.profiles(b.plan.Sections[g].Listed)}
	if small, err := b.theme.Words(b.site.Language).T("search-small"); err == nil {
		x.Small = append(x.Small, small)
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
