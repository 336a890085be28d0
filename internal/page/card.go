package page

import (
	"crypto/sha256"
	"html/template"
	"strings"

	"vitrine/internal/diag"
	"vitrine/internal/model"
	"vitrine/internal/plan"
)

// madeCard is a participant's card, rendered once for all the lists that show it.
type madeCard struct {
	html   template.HTML
	digest [sha256.Size]byte
	list   diag.List
}

// tryCards renders one card and the search of each programme: a mistake in their layouts is told
// once, and before any page.
func (r *Renderer) tryCards() diag.List {
	for _, g := range r.site.Programmes {
		if listed := r.plan.Sections[g].Listed; len(listed) > 0 {
			if c := r.cardOf(listed[0]); len(c.list) > 0 {
				return c.list
			}
			if s := r.plan.Sections[g]; s.Searched() {
				if list := r.execute("directory", "_find.html", r.makeFinder(s), func([]byte) {}); len(list) > 0 {
					return list
				}
			}
		}
	}
	return nil
}

// cardOf is the card of someone who is listed.
func (r *Renderer) cardOf(x *model.Participant) *madeCard {
	if c, ok := r.cards.Load(x); ok {
		return c.(*madeCard)
	}
	c := &madeCard{}
	c.list = r.execute("directory", "_card.html", r.card(r.plan.Sections[x.Programme], x), func(html []byte) {
		c.html, c.digest = template.HTML(html), sha256.Sum256(html)
	})
	stored, _ := r.cards.LoadOrStore(x, c)
	return stored.(*madeCard)
}

// cardFrame is what the cards of a programme have in common.
func (r *Renderer) cardFrame(g *model.Programme) *Frame {
	if f, ok := r.cardFrames.Load(g); ok {
		return f.(*Frame)
	}
	f := &Frame{Words: r.words, W: g.Words, Lang: r.site.Language, Class: "p-" + g.ID, Programme: g.Name}
	stored, _ := r.cardFrames.LoadOrStore(g, f)
	return stored.(*Frame)
}

// card is a participant in a list.
func (r *Renderer) card(s *plan.Section, x *model.Participant) Card {
	p := r.profile(x)
	c := Card{URL: r.url(s.Participant(x)), Name: p.Name, frame: r.cardFrame(s.Programme)}
	if p.Trade != nil {
		c.Trade = p.Trade.Name
	}
	if p.Commune != nil {
		c.Commune = p.Commune.Name
	}
	seen := map[*model.Theme]bool{}
	for _, d := range p.Commitments {
		seen[d.Challenge.Theme] = true
	}
	for _, t := range s.Programme.Themes {
		if seen[t] {
			m := r.mark(s, t)
			m.X = 44 * len(c.Marks)
			c.Marks = append(c.Marks, m)
		}
	}
	c.Width = 44*len(c.Marks) - 8
	if a := p.Current(); a != nil {
		c.Expired, c.Renewed = a.Expired, a.Renewal
	}
	var years []string
	for _, a := range p.Awards {
		years = append(years, a.Edition.ID)
	}
	c.Editions = strings.Join(years, ", ")
	return c
}

// dealt is the cards of a list, and the field of the view that waits for them.
type dealt struct {
	to   *template.HTML
	made []*madeCard
}

// cards puts those of a list into a field of the view, one after the other, once the page
// is rendered; at most n of them when n is not 0.
func (d *Draft) cards(to *template.HTML, list []*model.Participant, n int) {
	if n > 0 && len(list) > n {
		list = list[:n]
	}
	made := make([]*madeCard, 0, len(list))
	for _, x := range list {
		var c *madeCard
		if known, ok := d.r.cards.Load(x); ok {
			c = known.(*madeCard)
		} else if x.Listed(d.r.site.Today) {
			c = d.r.cardOf(x)
		} else {
			continue // a member of a group who is not to be shown: it never has a card
		}
		made = append(made, c)
		d.list = append(d.list, c.list...)
	}
	if len(made) > 0 {
		d.dealt = append(d.dealt, dealt{to, made})
	}
}

func (c dealt) html() template.HTML {
	size := 0
	for _, m := range c.made {
		size += len(m.html)
	}
	var b strings.Builder
	b.Grow(size)
	for _, m := range c.made {
		b.WriteString(string(m.html))
	}
	return template.HTML(b.String())
}
