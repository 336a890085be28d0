package search

import (
	"slices"
	"strings"
	"unicode/utf8"

	"vitrine/internal/model"
	"vitrine/internal/typography"
)

// The fields in which a word may stand, from what tells most of a participant to what
// tells least. The script weighs them.
const (
	inName = iota
	inTrade
	inCommune
	inChallenge
	inText
	fields
)

// entry is a word of the index, with the rows that have it in each field.
type entry struct {
	word string
	rows [fields][]int
}

// collector gathers words. What many rows share, a trade, a challenge, is cut into words
// once.
type collector struct {
	entries map[string]*entry
	small   map[string]bool
	shared  map[any][]*entry
	found   []*entry // of one text at a time
}

func (c *collector) entry(word string) *entry {
	e, ok := c.entries[word]
	if !ok {
		e = &entry{word: strings.Clone(word)}
		c.entries[e.word] = e
	}
	return e
}

// cut makes entries of the words of a text: those of one letter and those that say
// nothing are left out.
func (c *collector) cut(to []*entry, texts ...string) []*entry {
	for _, text := range texts {
		for w := range strings.FieldsSeq(typography.Fold(text)) {
			if w = Stem(w); utf8.RuneCountInString(w) > 1 && !c.small[w] {
				to = append(to, c.entry(w))
			}
		}
	}
	return to
}

func (c *collector) of(entity any, texts func() []string) []*entry {
	list, known := c.shared[entity]
	if !known {
		list = c.cut(nil, texts()...)
		c.shared[entity] = list
	}
	return list
}

func file(list []*entry, field, row int) {
	for _, e := range list {
		if rows := e.rows[field]; len(rows) == 0 || rows[len(rows)-1] != row {
			e.rows[field] = append(rows, row)
		}
	}
}

// collector begins the words of an index.
func (x *Index) collector() *collector {
	c := &collector{entries: map[string]*entry{}, small: map[string]bool{}, shared: map[any][]*entry{}}
	for _, s := range x.Small {
		for _, w := range Words(s) {
			c.small[w] = true
		}
	}
	return c
}

// enter files a row under its words.
func (c *collector) enter(p *model.Profile, row int) {
	c.found = c.cut(c.found[:0], p.Name)
	if len(c.found) == 0 { // « À la Une »: a name of small words only is found by them
		c.found = c.cutAll(c.found, p.Name)
	}
	file(c.found, inName, row)
	if t := p.Trade; t != nil {
		file(c.of(t, func() []string { return append([]string{t.Name, t.Family}, t.Synonyms...) }), inTrade, row)
	}
	if t := p.Commune; t != nil {
		file(c.of(t, func() []string { return append([]string{t.Name}, t.Postcodes...) }), inCommune, row)
	}
	if p.Commune == nil || !slices.Contains(p.Commune.Postcodes, p.Postcode) {
		c.found = c.cut(c.found[:0], p.Postcode)
		file(c.found, inCommune, row)
	}
	for _, d := range p.Commitments {
		file(c.of(d.Challenge, func() []string { return []string{d.Challenge.Title, d.Challenge.Theme.Title} }), inChallenge, row)
	}
	c.found = c.cut(c.found[:0], p.Activity, p.Description)
	file(c.found, inText, row)
}

func (c *collector) cutAll(to []*entry, text string) []*entry {
	for _, w := range Words(text) {
		if utf8.RuneCountInString(w) > 1 {
			to = append(to, c.entry(w))
		}
	}
	return to
}

// shards writes the words, in alphabetical order, each with its fields and rows.
func (c *collector) shards(n int) [][]byte {
	sorted := make([][]*entry, n)
	for _, e := range c.entries {
		i := shardOf(e.word, n)
		sorted[i] = append(sorted[i], e)
	}
	out := make([][]byte, n)
	for i, list := range sorted {
		slices.SortFunc(list, func(a, b *entry) int { return strings.Compare(a.word, b.word) })
		b := []byte{'['}
		for j, e := range list {
			b = appendText(append(separate(b, j), '['), e.word)
			for field, rows := range e.rows {
				if len(rows) > 0 {
					b = append(b, ',', byte('0'+field), ',', '"')
					b = append(appendRows(b, rows), '"')
				}
			}
			b = append(b, ']')
		}
		out[i] = append(b, "\n]\n"...)
	}
	return out
}

// shardOf is the file of a word of two letters or more: its first two decide.
func shardOf(word string, n int) int {
	first, size := utf8.DecodeRuneInString(word)
	second, _ := utf8.DecodeRuneInString(word[size:])
	return (int(first)*31 + int(second)) % n
}
