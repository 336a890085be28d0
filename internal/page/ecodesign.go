package page

import (
	"cmp"
	"slices"

	"vitrine/internal/model"
	"vitrine/internal/plan"
	"vitrine/internal/typography"
)

// families puts the kinds of pages that say little each under one name; the others are families of their own.
var families = map[string]string{
	"legal": "notices", "privacy": "notices", "accessibility": "notices", "contact": "notices", "sitemap": "notices",
	"missing": "notices", "embed": "notices", "page": "notices",
	"moved": "", "ecodesign": "", // one leads on at once; the other cannot weigh itself
}

// ecodesign says what the site does without, and what its pages weigh: of each kind the fullest, weighed as
// they are made here, so that the figures are those of this very build.
func (r *Renderer) ecodesign(p *plan.Page, d *Draft) *EcoDesign {
	v := &EcoDesign{Publisher: r.organisation(r.site.Publisher), Pages: len(r.plan.Pages), Own: true}
	if p.Prose != nil {
		d.tell(&v.Story)
	}
	v.Frame = r.frame(p, r.phrase(p.Key), r.phrase("eco-lead"))
	v.Pictures = slices.ContainsFunc(r.plan.Files, func(f *plan.File) bool { return f.Picture })
	for _, s := range r.plan.Sections {
		v.Searched = v.Searched || s.Searched()
	}
	if r.scales == nil {
		return v
	}
	var sizes []int
	for _, s := range r.samples() {
		var w weight
		list, err := r.Render(s.page, func(html []byte) error { w = r.weigh(html); return nil })
		if err != nil || list.Errors() > 0 || w.requests == 0 {
			continue // told where the page itself is made
		}
		row := Weighed{Title: r.familyName(s.family), URL: r.url(s.page.Path), Pages: s.pages, Size: r.bytes(int64(w.bytes)), Elements: w.elements, Requests: w.requests}
		row.Score, row.Grade = w.score()
		v.Rows = append(v.Rows, row)
		v.Own = v.Own && w.outside == 0
		sizes = append(sizes, w.bytes)
	}
	if len(sizes) > 0 {
		slices.Sort(sizes)
		v.Median, v.Heaviest = r.bytes(int64(sizes[len(sizes)/2])), r.bytes(int64(sizes[len(sizes)-1]))
	}
	v.Total = typography.Number(r.lang, int64(v.Pages))
	return v
}

// familyName is what a family of pages is called.
func (r *Renderer) familyName(family string) string {
	if key := "eco-" + family; r.words.Has(key) {
		return r.phrase(key)
	}
	return r.phrase(family)
}

// sample is the fullest page of a family, as far as the plan tells, and how many there are.
type sample struct {
	family string
	page   *plan.Page
	pages  int
	full   int
}

// samples chooses what is weighed, in the order of the plan.
func (r *Renderer) samples() []*sample {
	var out []*sample
	by := map[string]*sample{}
	for _, p := range r.plan.Pages {
		family, ok := families[p.Kind]
		if !ok {
			family = p.Kind
		}
		if family == "" {
			continue
		}
		full := r.fullness(p)
		s := by[family]
		if s == nil {
			s = &sample{family, p, 0, full}
			by[family] = s
			out = append(out, s)
		}
		if s.pages++; full > s.full {
			s.page, s.full = p, full
		}
	}
	return out
}

// fullness tells, without making it, which page of a kind holds most.
func (r *Renderer) fullness(p *plan.Page) int {
	s := r.plan.Sections[p.Programme]
	members := func(dimension string, entity any) int {
		if f := s.Of(dimension, entity); f != nil {
			return len(f.Members)
		}
		return 0
	}
	switch {
	case p.Listing != nil:
		return len(p.Listing.Members)
	case p.Kind == "filters":
		return len(s.By(p.Key))
	case p.Participant != nil && p.Kind == "participant":
		x := p.Participant
		n := 3*len(x.Commitments) + 2*len(x.Awards)
		if x.Photo.File != "" && x.Consent.Has(model.ScopePhoto) {
			n += 10 // a picture weighs more than words
		}
		return n
	case p.Participant != nil:
		return len(p.Participant.Awards)
	case p.Challenge != nil:
		return members("challenge", p.Challenge)
	case p.Theme != nil:
		return members("theme", p.Theme) + len(p.Programme.ChallengesOf(p.Theme))
	case p.Edition != nil:
		return members("edition", p.Edition)
	case p.Territory != nil:
		return len(p.Territory.Members)
	case p.Prose != nil:
		return len(p.Prose.Body.Text) + cmp.Compare(len(p.Prose.Image), 0)*4000
	case p.Key == "legal", p.Key == "accessibility":
		return 1 << 20 // the longest words of the theme's own
	case p.Programme != nil:
		return len(p.Programme.Challenges) + len(p.Programme.Arguments) + len(p.Programme.Questions)
	}
	return 0
}
