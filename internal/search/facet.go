package search

import (
	"slices"
	"strings"

	"vitrine/internal/model"
	"vitrine/internal/typography"
)

// facet is a way to filter, with the values that some row has.
type facet struct {
	dimension string
	values    []*value
	number    map[any]int // of the entity's value
}

type value struct {
	id, title string
	entity    any
	rows      []int
}

// of is the number of an entity's value; -1 where nobody has it.
func (f *facet) of(entity any) int {
	if i, ok := f.number[entity]; ok {
		return i
	}
	return -1
}

// lists are the rows of all values.
func (f *facet) lists() []byte {
	b := []byte{'['}
	for i, v := range f.values {
		b = append(separate(b, i), '"')
		b = append(appendRows(b, v.rows), '"')
	}
	return append(b, "\n]\n"...)
}

// facets counts who has what, for each of Dimensions.
type facets map[string]map[any]*value

func newFacets() facets {
	f := make(facets, len(Dimensions))
	for _, d := range Dimensions {
		f[d] = map[any]*value{}
	}
	return f
}

func (f facets) add(dimension string, entity any, row int, said func() (id, title string)) {
	v, known := f[dimension][entity]
	if !known {
		v = &value{entity: entity}
		v.id, v.title = said()
		f[dimension][entity] = v
	}
	if n := len(v.rows); n == 0 || v.rows[n-1] != row {
		v.rows = append(v.rows, row)
	}
}

// enter counts a row.
func (f facets) enter(p *model.Profile, row int) {
	if c := p.Commune; c != nil {
		f.add("commune", c, row, func() (string, string) { return c.ID, c.Name })
	}
	if t := p.Trade; t != nil {
		f.add("trade", t, row, func() (string, string) { return t.ID, t.Name })
		if t.Family != "" {
			f.add("family", t.Family, row, func() (string, string) { return typography.Slug(t.Family), t.Family })
		}
	}
	for _, d := range p.Commitments {
		c := d.Challenge
		f.add("challenge", c, row, func() (string, string) { return c.ID, c.Title })
		f.add("theme", c.Theme, row, func() (string, string) { return c.Theme.ID, c.Theme.Title })
	}
	for _, a := range p.Awards {
		f.add("edition", a.Edition, row, func() (string, string) { return a.Edition.ID, a.Edition.Title })
	}
	if a := p.Current(); a != nil && a.Level != nil {
		f.add("level", a.Level, row, func() (string, string) { return a.Level.ID, a.Level.Title })
	}
}

// sorted counts the programme's groups too, now that all rows are known, and gives a facet for each of
// Dimensions.
func (f facets) sorted(g *model.Programme, lines []line) []*facet {
	rows := make(map[string]int, len(lines))
	if len(g.Groups) > 0 {
		for i, l := range lines {
			rows[l.id] = i
		}
	}
	for _, x := range g.Groups {
		var members []int
		for _, m := range model.Members(x) {
			if i, listed := rows[m.ID]; listed {
				members = append(members, i)
			}
		}
		slices.Sort(members)
		for _, i := range members {
			f.add("group", x, i, func() (string, string) { return x.ID, x.Title })
		}
	}
	out := make([]*facet, len(Dimensions))
	for i, d := range Dimensions {
		out[i] = newFacet(g, d, f[d])
	}
	return out
}

// newFacet puts the values of a dimension in order: places, trades and families by name, the
// others as the programme does, the latest edition first.
func newFacet(g *model.Programme, dimension string, values map[any]*value) *facet {
	f := &facet{dimension: dimension, number: make(map[any]int, len(values))}
	add := func(v *value) {
		if v != nil {
			f.number[v.entity] = len(f.values)
			f.values = append(f.values, v)
		}
	}
	switch dimension {
	case "theme":
		for _, t := range g.Themes {
			add(values[t])
		}
	case "challenge":
		for _, c := range g.Challenges {
			add(values[c])
		}
	case "level":
		for _, l := range g.Levels {
			add(values[l])
		}
	case "edition":
		for _, e := range slices.Backward(g.Editions) {
			add(values[e])
		}
	case "group":
		for _, e := range g.Groups {
			add(values[e])
		}
	default:
		var all []*value
		for _, v := range values {
			all = append(all, v)
		}
		key := func(v *value) string { return typography.SortKey(v.title) + "\x00" + v.id }
		slices.SortFunc(all, func(a, b *value) int { return strings.Compare(key(a), key(b)) })
		for _, v := range all {
			add(v)
		}
	}
	return f
}
