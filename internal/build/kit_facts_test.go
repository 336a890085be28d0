package build

import (
	"strings"
	"testing"

	"vitrine/internal/diag"
)

// TestWarningsOfTemplates: what is wrong with a template is said by every build, and costs
// one layout, not one for each who is printed with it.
func TestWarningsOfTemplates(t *testing.T) {
	b := newBench(t)
	b.t, b.files = t, kitSite()
	b.replace("data/pieces/card.toml", "[[box]]\nkind = \"list\"", "[[box]]\nkind = \"text\"\ntext = \"menu\"\nat = [10, 40, 80, 5]\nstyle = {size = 5}\n[[box]]\nkind = \"list\"")
	b.save()
	said := func(r *Result) int {
		n := 0
		for _, d := range r.Diagnostics {
			if d.Code == diag.TextTiny && strings.HasSuffix(d.Span.File, "card.toml") {
				n++
			}
		}
		return n
	}
	if r := b.build(kitAlone); said(r) != 1 {
		t.Fatalf("said %d times: %v", said(r), r.Diagnostics)
	}
	index := b.tree()["kit/index.html"]
	for range 2 {
		b.files["content/a-propos.md"] += "Encore.\n"
		b.save()
		r := b.build(kitAlone)
		if said(r) != 1 || r.Made["layout"] != 1 || len(pieces(r)) > 0 {
			t.Errorf("said %d times, %d layouts, changed %v", said(r), r.Made["layout"], pieces(r))
		}
		if b.tree()["kit/index.html"] != index {
			t.Error("the office page says something else")
		}
	}
	b.replace(people, "Garage du Pont", "Garage du Viaduc")
	b.save()
	if r := b.build(kitAlone); said(r) != 1 {
		t.Errorf("said %d times: %v", said(r), r.Diagnostics)
	}
	if diff := different(b.tree(), b.scratch(kitAlone)); len(diff) > 0 {
		t.Errorf("a build from nothing makes others: %s", strings.Join(diff, ", "))
	}
}
