package page

import (
	"slices"
	"strings"

	"vitrine/internal/model"
	"vitrine/internal/plan"
)

// What a home opens with: a way to look for someone, and a few of them with what they do.

// portraits is how many a home shows, and often how many trades it names beside its search.
const (
	portraits = 3
	often     = 5
)

// seek is the way into a section's list, or nil where nobody is listed.
func (r *Renderer) seek(s *plan.Section) *Seek {
	if len(s.Listed) == 0 {
		return nil
	}
	v := &Seek{URL: r.url(s.Directory()), Word: s.Programme.Words.Participant(), Searched: s.Searched()}
	trades := slices.Clone(s.By("trade"))
	if len(trades) <= often { // few enough to be seen in the list itself
		return v
	}
	slices.SortStableFunc(trades, func(a, b *plan.Filter) int { return len(b.Members) - len(a.Members) })
	for _, f := range trades[:often] {
		v.Trades = append(v.Trades, Link{URL: r.url(f.Path), Text: f.Title, Count: len(f.Members)})
	}
	return v
}

// faces are some of those who are listed and opened a picture and have a sentence to go with it, from
// the whole of the alphabet, so that no site shows those in A alone; none where there are fewer than
// make a row.
func (r *Renderer) faces(sections ...*plan.Section) []Portrait {
	type face struct {
		section *plan.Section
		who     *model.Participant
	}
	var all []face
	for _, s := range sections {
		for _, x := range s.Listed {
			if x.Photo.File != "" && x.Consent.Has(model.ScopePhoto) && sentence(r.profile(x)) != "" {
				all = append(all, face{s, x})
			}
		}
	}
	if len(all) < portraits {
		return nil
	}
	var out []Portrait
	for i := range portraits {
		f := all[(2*i+1)*len(all)/(2*portraits)]
		p := r.profile(f.who)
		photo := r.image(p.Photo.File, p.Photo.Alt, p.Photo.Credit)
		if photo == nil {
			return nil
		}
		v := Portrait{Name: p.Name, URL: r.url(f.section.Participant(f.who)), Text: sentence(p), Photo: photo}
		var about []string
		if p.Trade != nil {
			about = append(about, p.Trade.Name)
		}
		if p.Commune != nil {
			about = append(about, p.Commune.Name)
		}
		v.About = strings.Join(about, " · ")
		out = append(out, v)
	}
	return out
}

// sentence is what someone did, in the words of the first who wrote any, else who they are.
func sentence(p *model.Profile) string {
	for _, d := range p.Commitments {
		if d.Text != "" {
			return d.Text
		}
	}
	return p.Description
}

// soon are the next dates of some sections, the nearest first.
func (r *Renderer) soon(n int, sections ...*plan.Section) []Day {
	var out []Day
	for _, s := range sections {
		out = append(out, r.days(s, func(e *model.Event) bool { return !r.over(e) }, n)...)
	}
	slices.SortStableFunc(out, func(a, b Day) int { return strings.Compare(a.ISO, b.ISO) })
	return out[:min(n, len(out))]
}
