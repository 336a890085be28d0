package page

import (
	"strings"
	"testing"

	"vitrine/internal/model"
)

// Who gives an award: those who sign, else the owner of the mark, else the publisher.
func TestGivers(t *testing.T) {
	r := own(t)
	g := &model.Programme{}
	for _, c := range []struct {
		change func()
		want   string
		n      int
	}{
		{func() {}, r.site.Publisher.Label(), 1},
		{func() { g.Mark = &model.Mark{Owner: "owner"} }, "owner", 1},
		{func() { g.Partners = []*model.Partner{{Organisation: &model.Organisation{Name: "silent"}}} }, "owner", 1},
		{func() {
			for _, name := range []string{"one", "two"} {
				g.Partners = append(g.Partners, &model.Partner{Organisation: &model.Organisation{Name: name}, Signs: true})
			}
		}, "one et two", 2},
	} {
		c.change()
		r.given.Clear()
		if names, n := r.givers(g); names != c.want || n != c.n {
			t.Errorf("%q, %d, not %q, %d", names, n, c.want, c.n)
		}
	}
}

// A sheet says of each deed what it is good for, and of the award who gives it; the short page says the latter
// too, and asks for nothing that the first one does not.
func TestBelieve(t *testing.T) {
	r := own(t)
	seen := map[string]int{}
	for _, p := range r.plan.Pages {
		if p.Kind != "participant" && p.Kind != "verify" || !p.Participant.HasPage(r.site.Today) || !p.Participant.HasShown(r.site.Today) {
			continue
		}
		var out string
		if list, err := r.Render(p, func(b []byte) error { out = string(b); return nil }); err != nil || list.Errors() > 0 {
			t.Fatal(list, err)
		}
		if seen[p.Kind]++; seen[p.Kind] > 5 {
			continue
		}
		names, _ := r.givers(p.Programme)
		if !strings.Contains(out, names) {
			t.Errorf("%s does not say that %s gives it", p.Path, names)
		}
		if m := p.Programme.Mark; m != nil && !strings.Contains(out, m.Mention) {
			t.Errorf("%s does not bear the mark's mention", p.Path)
		}
		for _, c := range p.Participant.Commitments {
			if why := c.Challenge.Why; p.Kind == "participant" && why != "" && !strings.Contains(out, why) {
				t.Errorf("%s does not say what %s is good for", p.Path, c.Challenge.ID)
			}
		}
		if p.Kind == "verify" && (len(out) > 5000 || strings.Contains(out, "<nav") || strings.Contains(out, "<script src")) {
			t.Errorf("%s has %d bytes, or a menu, or a script", p.Path, len(out))
		}
	}
	if seen["participant"] == 0 || seen["verify"] == 0 {
		t.Fatalf("looked at %v", seen)
	}
}

// Every page has a picture to be shared with, and one address: the page not found is for no search engine.
func TestEveryPageIsShared(t *testing.T) {
	r := own(t)
	for _, p := range r.plan.Pages {
		f := frameOf(t, r.Draft(p).view)
		if f.Image == "" || f.ImageAlt == "" || f.ImageWidth == "" || !strings.HasPrefix(f.Image, "https://") {
			t.Errorf("%s is shared with %q, %q", p.Path, f.Image, f.ImageAlt)
		}
		if !strings.HasPrefix(f.Canonical, r.site.BaseURL+"/") {
			t.Errorf("%s stands at %q", p.Path, f.Canonical)
		}
		if p.Kind == "missing" && f.Index {
			t.Error("search engines may list the page not found")
		}
	}
}
