package plan

import (
	"slices"
	"strings"

	"vitrine/internal/model"
)

// Move puts a participant at its place again in the lists that hold it, after its name
// changed. Lists keep their lengths, and the pages that show parts of them see the new
// order. Whoever is in a list, and in which ones, must be as it was.
func (p *Plan) Move(x *model.Participant) {
	s := p.Sections[x.Programme]
	move(s.Listed, x)
	move(s.Given, x)
	for _, f := range s.Filters {
		move(f.Members, x)
	}
}

// Repiece lists the subjects of pieces again, after some records changed.
func (p *Plan) Repiece() {
	p.Pieces = nil
	for _, g := range p.Site.Programmes {
		p.pieces(g)
	}
}

// move puts one element of a list, the only one out of order, at its place.
func move(list []*model.Participant, x *model.Participant) {
	from := slices.Index(list, x)
	if from < 0 {
		return
	}
	key := NameKey(x)
	before := func(y *model.Participant) bool { return strings.Compare(NameKey(y), key) < 0 }
	to := from
	for to > 0 && !before(list[to-1]) {
		list[to] = list[to-1]
		to--
	}
	for to < len(list)-1 && before(list[to+1]) {
		list[to] = list[to+1]
		to++
	}
	list[to] = x
}
