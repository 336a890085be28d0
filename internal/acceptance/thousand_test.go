package acceptance

import (
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
		b.tour(t, all, narrow, func(t *testing.T, p *visit, v view) {
			for _, c := range append(complaints(t, p), violations(t, p, axe)...) {
				t.Errorf("%s: %s", v.path, c)
			}
		})
	})
}
