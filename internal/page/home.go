package page

import (
	"slices"
	"strings"

	"vitrine/internal/model"
	"vitrine/internal/plan"
	"vitrine/internal/typography"
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

// A sitter is someone who may be shown by a picture.
type sitter struct {
	section *plan.Section
	who     *model.Participant
}

// faces are some of those who are listed and opened a picture and have a sentence to go with it, from
// the whole of the alphabet, so that no site shows those in A alone; none where there are fewer than
// make a row. Where the one whose turn it is has a picture that cannot be shown, or stands there
// already from another programme, the next one does.
func (r *Renderer) faces(sections ...*plan.Section) []Portrait {
	var all []sitter
	for _, s := range sections {
		for _, x := range s.Listed {
			if x.Photo.File != "" && x.Consent.Has(model.ScopePhoto) && x.Says() {
				all = append(all, sitter{s, x})
			}
		}
	}
	if len(all) < portraits {
		return nil
	}
	var out []Portrait
	var shown []*model.Participant
	for i := range portraits {
		turn := (2*i + 1) * len(all) / (2 * portraits)
		for k := range all {
			f := all[(turn+k)%len(all)]
			if slices.ContainsFunc(shown, func(x *model.Participant) bool { return same(x, f.who) }) {
				continue
			}
			if v := r.portrait(f); v != nil {
				out, shown = append(out, *v), append(shown, f.who)
				break
			}
		}
	}
	if len(out) < portraits {
		return nil
	}
	return out
}

// same tells whether two participants, of one programme or of two, look like one to who sees their pictures beside each other: one
// establishment, one picture, or one name in one place.
func same(a, b *model.Participant) bool {
	if a == b || a.SIRET != "" && a.SIRET == b.SIRET || a.Photo.File == b.Photo.File {
		return true
	}
	return a.Commune == b.Commune && typography.SortKey(a.Name) == typography.SortKey(b.Name)
}

// portrait is nil when the picture cannot be shown.
func (r *Renderer) portrait(f sitter) *Portrait {
	p := r.profile(f.who)
	photo := r.image(p.Photo.File, p.Photo.Alt, p.Photo.Credit)
	if photo == nil {
		return nil
	}
	v := &Portrait{Name: p.Name, URL: r.url(f.section.Participant(f.who)), Text: sentence(p), Photo: photo}
	var about []string
	if p.Trade != nil {
		about = append(about, p.Trade.Name)
	}
	if p.Commune != nil {
		about = append(about, p.Commune.Name)
	}
	v.About = strings.Join(about, " · ")
	return v
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
