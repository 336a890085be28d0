package page

import (
	"strings"
	"testing"

	"vitrine/internal/model"
	"vitrine/internal/plan"
)

// A former address leads to the page, by itself and by a link; search engines are told.
func TestMoved(t *testing.T) {
	r := own(t)
	seen := 0
	for _, p := range r.plan.Pages {
		if p.Kind != "moved" {
			continue
		}
		seen++
		at := r.plan.Sections[p.Programme].Participant(p.Participant)
		var html string
		if list, err := r.Render(p, func(b []byte) error { html = string(b); return nil }); err != nil || len(list) > 0 {
			t.Fatal(list, err)
		}
		for _, part := range []string{
			`<meta http-equiv="refresh" content="0; url=` + r.url(at) + `">`, `<link rel="canonical" href="` + r.full(at) + `">`,
			`<a class="go" href="` + r.url(at) + `">`, `<meta name="robots" content="noindex">`,
		} {
			if strings.Count(html, part) != 1 {
				t.Errorf("%s: %q stands %d times", p.Path, part, strings.Count(html, part))
			}
		}
	}
	if seen == 0 {
		t.Fatal("nobody was renamed")
	}
}

// Who withdrew, or does not open its name, leaves nothing at its former addresses.
func TestMovedOfNobody(t *testing.T) {
	r := own(t)
	for _, g := range r.site.Programmes {
		for _, x := range model.Participants(g) {
			if len(x.Aliases) > 0 {
				x.Status = model.Withdrawn
			}
		}
	}
	again, _ := plan.Make(r.site, r.words, 48, nil)
	for _, p := range again.Pages {
		if p.Kind == "moved" {
			t.Errorf("%s stands", p.Path)
		}
	}
}
