package build

import "vitrine/internal/page"

// maps draws the maps of pages.
func (b *builder) maps() page.Maps { return nil }
