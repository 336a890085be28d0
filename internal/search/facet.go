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

// facets counts who has what, a facet for each of Dimensions.
func (x *Index) facets() []*facet {
	byKey := make(map[string]map[any]*value, len(Dimensions))
	for _, d := range Dimensions {
		byKey[d] = map[any]*value{}
	}
	enter := func(dimension string, entity any, id, title string, row int) {
		v, known := byKey[dimension][entity]
		if !known {
			v = &value{id: id, title: title, entity: entity}
			byKey[dimension][entity] = v
		}
		if n := len(v.rows); n == 0 || v.rows[n-1] != row {
			v.rows = append(v.rows, row)
		}
	}
	rows := make(map[string]int, len(x.Rows))
	for i, p := range x.Rows {
		rows[p.ID] = i
		if c := p.Commune; c != nil {
			enter("commune", c, c.ID, c.Name, i)
		}
		if t := p.Trade; t != nil {
			enter("trade", t, t.ID, t.Name, i)
			if t.Family != "" {
				enter("family", t.Family, typography.Slug(t.Family), t.Family, i)
			}
		}
		for _, c := range p.Commitments {
			enter("challenge", c.Challenge, c.Challenge.ID, c.Challenge.Title, i)
			t := c.Challenge.Theme
			enter("theme", t, t.ID, t.Title, i)
		}
		for _, a := range p.Awards {
			enter("edition", a.Edition, a.Edition.ID, a.Edition.Title, i)
		}
		if a := p.Current(); a != nil && a.Level != nil {
			enter("level", a.Level, a.Level.ID, a.Level.Title, i)
		}
	}
	for _, g := range x.Programme.Groups {
		var members []int
		for _, m := range model.Members(g) {
			if i, listed := rows[m.ID]; listed {
				members = append(members, i)
			}
		}
		slices.Sort(members)
		for _, i := range members {
			enter("group", g, g.ID, g.Title, i)
		}
	}
	out := make([]*facet, len(Dimensions))
	for i, d := range Dimensions {
		out[i] = x.facet(d, byKey[d])
	}
	return out
}

// facet puts the values of a dimension in order: places, trades and families by name, the
// others as the programme does, the latest edition first.
func (x *Index) facet(dimension string, values map[any]*value) *facet {
	f := &facet{dimension: dimension, number: make(map[any]int, len(values))}
	add := func(v *value) {
		if v != nil {
			f.number[v.entity] = len(f.values)
			f.values = append(f.values, v)
		}
	}
	g := x.Programme
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
