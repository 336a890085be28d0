package page

import (
	"testing"

	"vitrine/internal/model"
)

// A home shows those who opened their picture, and nobody else: with fewer than a row of them, none.
func TestPortraitsAreOpened(t *testing.T) {
	r := own(t)
	s := r.plan.Sections[r.site.Programmes[0]]
	shown := r.faces(s)
	if len(shown) != portraits {
		t.Fatalf("%d portraits", len(shown))
	}
	byPage := map[string]*model.Participant{}
	for _, x := range s.Listed {
		byPage[r.url(s.Participant(x))] = x
	}
	for _, p := range shown {
		x := byPage[p.URL]
		if x == nil || !x.Consent.Has(model.ScopePhoto) || p.Text == "" || p.Photo == nil {
			t.Errorf("%+v", p)
		}
	}
	left := portraits - 1
	for _, x := range s.Listed {
		if x.Photo.File == "" || !x.Consent.Has(model.ScopePhoto) {
			continue
		}
		if left--; left < 0 {
			x.Consent &^= model.ScopePhoto
		}
	}
	if got := r.faces(s); got != nil {
		t.Errorf("%d portraits of %d who opened a picture", len(got), portraits-1)
	}
}

// A way into a list names trades only where they are many, the one of most participants first.
func TestSeekNamesTrades(t *testing.T) {
	r := own(t)
	for _, g := range r.site.Programmes {
		s := r.plan.Sections[g]
		v := r.seek(s)
		if v == nil || v.URL != r.url(s.Directory()) || v.Searched != s.Searched() {
			t.Fatalf("%+v", v)
		}
		if many := len(s.By("trade")) > often; many != (len(v.Trades) == often) {
			t.Errorf("%s: %d trades of %d", g.ID, len(v.Trades), len(s.By("trade")))
		}
		for i := 1; i < len(v.Trades); i++ {
			if v.Trades[i].Count > v.Trades[i-1].Count {
				t.Errorf("%+v", v.Trades)
			}
		}
	}
}
