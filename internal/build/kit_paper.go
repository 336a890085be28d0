package build

import (
	"vitrine/internal/layout"
	"vitrine/internal/piece"
	"vitrine/internal/preflight"
)

// dress is a page of a document as a form wants it.
func (k *kit) dress(f form, doc *layout.Document, n int) layout.Page {
	page := doc.Pages[n]
	if f.light {
		page = preflight.Light(&page)
	}
	if f.duplicate {
		page = k.markDuplicate(page)
	}
	if f.marks {
		note, err := piece.SheetNote(layout.NewShaper(k.site.Language), k.fonts, k.theme.Words(k.site.Language), "")
		if err == nil {
			layout.Marks(&page, doc.Title, note)
		}
	}
	return page
}
