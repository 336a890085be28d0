package page

import (
	"strings"
	"testing"

	"vitrine/internal/model"
	"vitrine/internal/plan"
)

// A page of /v/ tells search engines which sheet to list, where there is one that stands; whoever has none is out of them,
// and nobody who may not be named is named: in one programme or in two.
func TestShortPageAndSearchEngines(t *testing.T) {
	r := own(t)
	became := []string{"as it was", "unnamed", "withdrawn", "closed", "closed before any award", "candidate"}
	state := map[*model.Participant]string{}
	for _, g := range r.site.Programmes {
		for i, x := range model.Participants(g) {
			how := became[i%len(became)]
			switch how {
			case "unnamed":
				x.Consent &^= model.ScopeName
			case "withdrawn":
				x.Status = model.Withdrawn
			case "closed":
				x.Status = model.Closed
			case "closed before any award":
				x.Status, x.Awards = model.Closed, nil
			case "candidate":
				x.Awards = nil
			}
			state[x] = how
		}
	}
	p, _ := plan.Make(r.site, r.words, 24, nil)
	r = r.With(p)
	seen := map[string][2]int{} // without a sheet, with one
	for _, page := range p.Pages {
		if page.Kind != "verify" {
			continue
		}
		x, how := page.Participant, state[page.Participant]
		sheet := p.Sections[page.Programme].Participant(x)
		stands := p.Has(sheet)
		n := seen[how]
		if stands {
			n[1]++
		} else {
			n[0]++
		}
		seen[how] = n
		f := frameOf(t, r.Draft(page).view)
		var out string
		if list, err := r.Render(page, func(b []byte) error { out = string(b); return nil }); err != nil || list.Errors() > 0 {
			t.Fatal(list, err)
		}
		noindex, canonical := strings.Contains(out, `content="noindex"`), strings.Contains(out, `rel="canonical" href="`+r.full(sheet)+`"`)
		if f.Index != stands || noindex == stands || canonical != stands {
			t.Errorf("%s, %s: a sheet %v, listed %v, noindex %v, canonical %v", page.Path, how, stands, f.Index, noindex, canonical)
		}
		if how == "unnamed" || how == "withdrawn" {
			if stands || strings.Contains(out, x.Name) || strings.Contains(out, x.ID) {
				t.Errorf("%s, %s: it tells of %s", page.Path, how, x.Name)
			}
		}
	}
	for how, want := range map[string][2]bool{"as it was": {false, true}, "unnamed": {true, false}, "withdrawn": {true, false}, "closed": {false, true}} {
		if n := seen[how]; want[0] && n[0] == 0 || want[1] && n[1] == 0 {
			t.Errorf("%s: %v", how, n)
		}
	}
	for _, page := range p.Pages {
		if page.Kind == "frame" && frameOf(t, r.Draft(page).view).Index {
			t.Errorf("%s may be listed", page.Path)
		}
	}
}
