// Package search writes the index by which a browser finds the participants of a
// programme: small files, asked for one by one when somebody searches. It sees profiles,
// so that a visitor finds by what pages show and by nothing else.
//
// Participants are rows, numbered in the order of the list. The files:
//
//   - index.json: how many rows, the ways to filter with their values, the version
//   - words-N.json: words and the rows that have them, by the first two letters of the word
//   - rows-N.json: what a line of the list shows, for a block of rows
//   - lists-DIMENSION.json: the rows of every value of a filter
//   - points.json, places.json: where rows and communes are, for distances
//
// What reads them is themes/default/scripts; docs/search.md has the formats.
package search

import (
	"crypto/sha256"
	"encoding/hex"
	"iter"
	"slices"
	"strconv"
	"strings"

	"vitrine/internal/model"
	"vitrine/internal/typography"
)

// Index is what a programme's visitors search in.
type Index struct {
	Site      *model.Site
	Programme *model.Programme
	Rows      iter.Seq[*model.Profile] // in the order of the list; each is looked at once, and not kept
	Small     []string                 // words that say nothing: « de », « la »
}

// File is a part of the index: Name is below the index's folder.
type File struct {
	Name string
	Data []byte
}

// block is how many rows a file of rows has.
const block = 32

// perShard is how many rows an index has for each of its files of words, at least: the
// number of files is a power of two, so that it seldom changes.
const perShard = 40

// Dimensions are the ways to filter, in the order in which they are offered.
var Dimensions = []string{"commune", "family", "trade", "theme", "challenge", "level", "edition", "group"}

// Names lists the files of an index of n rows, without making it.
func Names(n int) []string {
	out := []string{"index.json"}
	for i := range shards(n) {
		out = append(out, "words-"+strconv.Itoa(i)+".json")
	}
	for i := range (n + block - 1) / block {
		out = append(out, "rows-"+strconv.Itoa(i)+".json")
	}
	for _, d := range Dimensions {
		out = append(out, "lists-"+d+".json")
	}
	return append(out, "points.json", "places.json")
}

func shards(n int) int {
	s := 1
	for s*perShard < n {
		s *= 2
	}
	return s
}

// Files makes the index, in the order of Names. The same rows make the same bytes.
func (x *Index) Files() []File {
	words, facets, near := x.collector(), newFacets(), x.neighbours()
	var lines []line
	points := []byte{'"'}
	for p := range x.Rows {
		row := len(lines)
		words.enter(p, row)
		facets.enter(p, row)
		points = appendPoint(points, p)
		near.add(p.Commune)
		lines = append(lines, lineOf(p))
	}
	filters := facets.sorted(x.Programme, lines)
	data := words.shards(shards(len(lines)))
	data = append(data, blocks(lines, filters)...)
	for _, f := range filters {
		data = append(data, f.lists())
	}
	data = append(data, append(points, "\"\n"...), x.places(near))

	digest := sha256.New()
	for _, d := range data {
		digest.Write(d)
	}
	digest.Write(x.head(len(lines), filters, ""))
	version := hex.EncodeToString(digest.Sum(nil)[:6])
	names := Names(len(lines))
	out := []File{{names[0], x.head(len(lines), filters, version)}}
	for i, d := range data {
		out = append(out, File{names[i+1], d})
	}
	return out
}

// head is the file that a search begins with.
func (x *Index) head(rows int, facets []*facet, version string) []byte {
	small := make([]string, 0, len(x.Small))
	for _, w := range x.Small {
		small = append(small, Words(w)...)
	}
	b := appendText([]byte(`{"version":`), version)
	b = append(b, `,"rows":`...)
	b = strconv.AppendInt(b, int64(rows), 10)
	b = append(b, `,"block":`...)
	b = strconv.AppendInt(b, block, 10)
	b = append(b, `,"shards":`...)
	b = strconv.AppendInt(b, int64(shards(rows)), 10)
	b = append(b, `,"small":[`...)
	for i, w := range small {
		b = appendText(comma(b, i), w)
	}
	b = append(b, `],"filters":{`...)
	for i, f := range facets {
		b = append(appendText(comma(b, i), f.dimension), ':', '[')
		for j, v := range f.values {
			b = append(comma(b, j), '[')
			b = appendText(b, v.id)
			b = append(b, ',')
			b = appendText(b, v.title)
			b = append(b, ',')
			b = strconv.AppendInt(b, int64(len(v.rows)), 10)
			b = append(b, ']')
		}
		b = append(b, ']')
	}
	return append(b, "}}\n"...)
}

// Words are the words of a text as both sides of a search compare them.
func Words(s string) []string {
	words := strings.Fields(typography.Fold(s))
	for i, w := range words {
		words[i] = Stem(w)
	}
	return words
}

// Stem takes the marks of a plural off a folded word, and writes the endings of
// « bakery » and « bakeries », « boulangerie » and « boulangeries » the same way. Rough on
// purpose: it is done to what is written and to what is typed.
func Stem(w string) string {
	if len(w) < 4 {
		return w
	}
	switch {
	case strings.HasSuffix(w, "eaux"):
		w = w[:len(w)-1]
	case strings.HasSuffix(w, "aux") && len(w) > 5:
		w = w[:len(w)-2] + "l"
	case w[len(w)-1] == 's' || w[len(w)-1] == 'x':
		w = w[:len(w)-1]
	}
	switch {
	case len(w) > 4 && strings.HasSuffix(w, "ie"):
		w = w[:len(w)-1]
	case len(w) > 4 && w[len(w)-1] == 'y':
		w = w[:len(w)-1] + "i"
	}
	return w
}

// line is what a line of the list shows.
type line struct {
	id, name string
	trade    *model.Trade
	commune  *model.Territory
	themes   []*model.Theme // of the challenges, each once
	expired  bool
}

func lineOf(p *model.Profile) line {
	l := line{id: p.ID, name: p.Name, trade: p.Trade, commune: p.Commune}
	for _, c := range p.Commitments {
		if t := c.Challenge.Theme; !slices.Contains(l.themes, t) {
			l.themes = append(l.themes, t)
		}
	}
	if a := p.Current(); a != nil {
		l.expired = a.Expired
	}
	return l
}

// blocks are the lines of the list.
func blocks(lines []line, facets []*facet) [][]byte {
	var out [][]byte
	commune, trade, theme := facets[0], facets[2], facets[3]
	var themes []int
	for part := range slices.Chunk(lines, block) {
		b := append(make([]byte, 0, 64*block), '[')
		for i, l := range part {
			b = append(appendText(append(separate(b, i), '['), l.id), ',')
			b = append(appendText(b, l.name), ',')
			b = append(strconv.AppendInt(b, int64(trade.of(l.trade)), 10), ',')
			b = append(strconv.AppendInt(b, int64(commune.of(l.commune)), 10), ',', '[')
			themes = themes[:0]
			for _, t := range l.themes {
				themes = append(themes, theme.of(t))
			}
			slices.Sort(themes) // the programme's order
			for j, t := range themes {
				b = strconv.AppendInt(comma(b, j), int64(t), 10)
			}
			b = append(b, ']')
			if l.expired {
				b = append(b, ",1"...)
			}
			b = append(b, ']')
		}
		out = append(out, append(b, "\n]\n"...))
	}
	return out
}
