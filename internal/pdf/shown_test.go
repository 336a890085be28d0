package pdf

import (
	"slices"
	"testing"

	"vitrine/internal/layout"
)

// TestShown holds the digest of a page to what it shows: not to how it is packed, but to
// the fonts' files.
func TestShown(t *testing.T) {
	doc := sample(t)
	shown := func(e *Encoder, p *layout.Page) [32]byte {
		t.Helper()
		page, err := e.Page(p)
		if err != nil {
			t.Fatal(err)
		}
		sum, err := page.Shown()
		if err != nil {
			t.Fatal(err)
		}
		return sum
	}
	first := shown(NewEncoder(Press, nil), &doc.Pages[0])
	loose := NewEncoder(Press, nil)
	loose.packers.level = 1
	if shown(loose, &doc.Pages[0]) != first {
		t.Error("it depends on how the page is packed")
	}
	moved := doc.Pages[0]
	moved.Items = slices.Clone(moved.Items)
	for i, item := range moved.Items {
		if text, ok := item.(*layout.Text); ok {
			other := *text
			other.X += layout.Mm
			moved.Items[i] = &other
			break
		}
	}
	larger := doc.Pages[0]
	larger.Bleed += layout.Mm
	for name, p := range map[string]*layout.Page{"a text that moved": &moved, "another bleed": &larger} {
		if shown(NewEncoder(Press, nil), p) == first {
			t.Error("it does not see " + name)
		}
	}
	e := NewEncoder(Press, nil)
	page, err := e.Page(&doc.Pages[0])
	if err != nil {
		t.Fatal(err)
	}
	if restored, err := e.Restore(AppendPage(nil, page), fontsOf(page)); err != nil {
		t.Error(err)
	} else if sum, err := restored.Shown(); err != nil || sum != first {
		t.Error("a page that was stored shows something else", err)
	}
	page.fonts[0].font.sum[0]++ // as if its file were another
	if sum, _ := page.Shown(); sum == first {
		t.Error("it does not see another font of the same name")
	}
	page.stream = page.stream[:len(page.stream)/2]
	if _, err := page.Shown(); err == nil {
		t.Error("a damaged page has a digest")
	}
}

func fontsOf(p *Page) layout.Fonts {
	var out layout.Fonts
	for _, f := range p.fonts {
		out = append(out, f.font.source)
	}
	return out
}
