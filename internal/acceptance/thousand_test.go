package acceptance

import (
	"slices"
	"testing"
)

// TestThousand holds every page of a site of 1,000 businesses to axe and to the HTML standard, and
// weighs the heaviest of every kind: what a list is with twenty pages, small sites do not show.
func TestThousand(t *testing.T) {
	s := benchSite(t, "1000")
	all := views(t, s)
	t.Run("weight", func(t *testing.T) {
		b := open(t)
		t.Log("| page | elements | without those inside SVG | requests | kB | EcoIndex |")
		for _, v := range heaviest(all) {
			b.weigh(t, v)
		}
	})
	t.Run("markup", func(t *testing.T) { checkMarkup(t, all) })
	t.Run("accessibility", func(t *testing.T) {
		axe := readAxe(t)
		b := open(t)
		for some := range slices.Chunk(all, 50) { // to a tab: opening one takes longer than a page
			t.Run(name(some[0]), func(t *testing.T) {
				t.Parallel()
				p := b.visit(t, some[0], narrow)
				defer p.done()
				for i, v := range some {
					if i > 0 {
						p.next(t, v.path)
					}
					for _, c := range append(complaints(t, p), violations(t, p, axe)...) {
						t.Errorf("%s: %s", v.path, c)
					}
				}
			})
		}
	})
}
