package build

import (
	"cmp"
	"slices"
	"strings"

	"vitrine/internal/typography"
)

// changes gathers differences by participant, or by another subject.
func (b *builder) changes(now []sentItem, known *known, diffs []difference, presses []press) []Change {
	titles, order, programmes := map[string]string{}, map[string]int{}, map[string]int{}
	for i := range presses {
		key := presses[i].Programme.ID + "/" + presses[i].Use.ID
		titles[key], order[key] = presses[i].template.Title, i+1
	}
	for i, g := range b.site.Programmes {
		programmes[g.ID] = i + 1
	}
	here, before := map[string]*sentItem{}, map[string]*sentItem{}
	first := func(at map[string]*sentItem, key string, s *sentItem) {
		if at[key] == nil {
			at[key] = s
		}
	}
	for i := range now {
		first(here, known.whose(&now[i]), &now[i])
	}
	for i := range known.items {
		first(before, known.whose(&known.items[i]), &known.items[i])
	}
	var keys []string
	found := map[string]*Change{}
	for _, d := range diffs {
		s := d.now
		if s == nil {
			s = d.before
		}
		key := known.whose(s)
		renamed := d.now != nil && d.before != nil && d.now.Name != d.before.Name
		if len(d.pages) == 0 && d.dropped == 0 && !renamed {
			continue
		}
		c := found[key]
		if c == nil {
			c = &Change{Kind: Changed, Programme: s.Programme, Subject: strings.TrimPrefix(key, s.Programme+"/"), Name: s.Name, Place: s.Place, Pieces: []PieceChange{}}
			switch is, was := here[key], before[key]; {
			case was == nil:
				c.Kind = Added
			case is == nil:
				c.Kind = Withdrawn
			default:
				if c.Name, c.Place = is.Name, is.Place; was.Name != is.Name {
					c.Before = was.Name
				}
			}
			found[key] = c
			keys = append(keys, key)
		}
		if len(d.pages) == 0 && d.dropped == 0 {
			continue
		}
		piece := PieceChange{Piece: s.Piece, Title: cmp.Or(titles[s.Programme+"/"+s.Piece], s.Piece), Pages: d.pages, Dropped: d.dropped}
		if piece.Pages == nil {
			piece.Pages = []int{}
		}
		if d.now != nil {
			piece.Of = len(d.now.Pages)
		}
		c.Pieces = append(c.Pieces, piece)
	}
	var out []Change
	for _, key := range keys {
		c := found[key]
		slices.SortStableFunc(c.Pieces, func(x, y PieceChange) int {
			return cmp.Compare(order[c.Programme+"/"+x.Piece], order[c.Programme+"/"+y.Piece])
		})
		out = append(out, *c)
	}
	slices.SortStableFunc(out, func(x, y Change) int {
		return cmp.Or(cmp.Compare(programmes[x.Programme], programmes[y.Programme]), cmp.Compare(slices.Index(kinds, x.Kind), slices.Index(kinds, y.Kind)),
			strings.Compare(typography.SortKey(x.Name), typography.SortKey(y.Name)), strings.Compare(x.Subject, y.Subject))
	})
	return out
}

// calledSince is the order of call, with the ranks of the run that was sent.
func (b *builder) calledSince(then *sentRun) []Call {
	ranks, count := map[string]int{}, map[string]int{}
	for _, key := range then.Calling {
		programme, _, _ := strings.Cut(key, "/")
		count[programme]++
		ranks[key] = count[programme]
	}
	calls := b.calling()
	aliases := aliasesOf(b.site)
	for i := range calls {
		c := &calls[i]
		c.Before = ranks[c.key()]
		for _, old := range aliases[c.Programme+"/"+c.Participant] {
			if c.Before == 0 {
				c.Before = ranks[c.Programme+"/"+c.Edition+"/"+old]
			}
		}
	}
	return calls
}
