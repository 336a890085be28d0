package page

import (
	"slices"
	"testing"

	"vitrine/internal/model"
	"vitrine/internal/plan"
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

// withheld publishes no picture of those named.
type withheld map[string]bool

func (w withheld) Web(file string) (Picture, bool) {
	if w[file] {
		return Picture{}, false
	}
	return pictures{}.Web(file)
}

// Whatever keeps someone from being shown, the next who may be stands there: nobody twice, and no row lost
// while there are enough for one; the same row every time.
func TestPortraitsTakeTheNext(t *testing.T) {
	r := own(t)
	var sections []*plan.Section
	for _, g := range r.site.Programmes {
		sections = append(sections, r.plan.Sections[g])
	}
	first := r.faces(sections...)
	if len(first) != portraits {
		t.Fatalf("%d portraits", len(first))
	}
	names := func(list []Portrait) (out []string) {
		for _, p := range list {
			out = append(out, p.Name)
		}
		return out
	}
	eligible := map[string]*model.Participant{} // by address
	for _, s := range sections {
		for _, x := range s.Listed {
			if x.Photo.File != "" && x.Consent.Has(model.ScopePhoto) && sentence(r.profile(x)) != "" {
				eligible[r.url(s.Participant(x))] = x
			}
		}
	}
	lost := withheld{}
	r.media = lost
	seen := map[string]bool{}
	for left := len(eligible); ; left-- { // one picture after the other cannot be shown
		row := r.faces(sections...)
		if !slices.Equal(names(row), names(r.faces(sections...))) {
			t.Fatal("another row the second time")
		}
		if left < portraits {
			if row != nil {
				t.Errorf("%v of %d", names(row), left)
			}
			break
		}
		if len(row) != portraits {
			t.Fatalf("%v of %d", names(row), left)
		}
		for i, p := range row {
			x := eligible[p.URL]
			if x == nil || lost[x.Photo.File] || slices.ContainsFunc(row[:i], func(o Portrait) bool { return o.URL == p.URL }) {
				t.Errorf("%v: %s", names(row), p.Name)
			}
			seen[p.URL] = true
		}
		lost[eligible[row[left%portraits].URL].Photo.File] = true
	}
	if len(seen) != len(eligible) {
		t.Errorf("%d of %d ever shown", len(seen), len(eligible))
	}
	r.media = pictures{}

	// In two programmes: by the establishment's number, by the picture, by name and place.
	for how, alike := range map[string]func(a, b *model.Participant){
		"number":  func(a, b *model.Participant) { a.SIRET, b.SIRET = "12345678900011", "12345678900011" },
		"picture": func(a, b *model.Participant) { b.Photo.File = a.Photo.File },
		"name":    func(a, b *model.Participant) { b.Name, b.Commune = a.Name, a.Commune },
	} {
		row := r.faces(sections...)
		a, b := eligible[row[0].URL], eligible[row[1].URL]
		wasA, wasB := *a, *b
		alike(a, b)
		for _, p := range r.faces(sections...) {
			if eligible[p.URL] == b {
				t.Errorf("%s: twice in one row", how)
			}
		}
		*a, *b = wasA, wasB
	}
	if !slices.Equal(names(first), names(r.faces(sections...))) {
		t.Error("another row in the end")
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
