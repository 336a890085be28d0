package load

import (
	"bytes"
	"strconv"
	"strings"
	"sync"

	"github.com/creachadair/tomledit/scanner"

	"vitrine/internal/diag"
)

// positions is the index of a file, made when its first message is.
type positions struct {
	sync.Once
	at map[string]diag.Span
}

// place is where a table stands: at a key of another, and at a rank if that is a list of
// tables. A table that nothing holds has no key.
type place struct {
	doc  *document
	up   *place
	key  string
	rank int // or -1
}

// path spells the place out as the index of positions does.
func (p *place) path() string {
	if p == nil || p.key == "" && p.up == nil {
		return ""
	}
	path := join(p.up.path(), p.key)
	if p.rank >= 0 {
		path += "[" + strconv.Itoa(p.rank) + "]"
	}
	return path
}

// below is the place of a table inside this one.
func (r Ref) below(key string) Ref {
	return Ref{&place{doc: r.place.doc, up: r.place, key: key, rank: -1}}
}

func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}

// Item is the place of a table's list element: participant 3's second scope.
func (r Ref) Item(key string, n int) diag.Span {
	s := r.Span(key + "[" + strconv.Itoa(n) + "]")
	if s.End == 0 {
		return r.Span(key)
	}
	return s
}

func (d *document) locate(path, key string) diag.Span {
	d.positions.Do(func() {
		data, ok := d.tree.Text(d.file)
		if !ok {
			return
		}
		if d.csv {
			d.positions.at = indexCSV(data)
			return
		}
		at := 0
		if strings.HasSuffix(d.file, ".md") {
			head, start, _, ok := split(data)
			if !ok {
				return
			}
			data, at = head, start
		} else if bytes.HasPrefix(data, bom) {
			data, at = data[len(bom):], len(bom)
		}
		d.positions.at = indexTOML(data, at)
	})
	for _, p := range []string{join(path, key), path} {
		if s, ok := d.positions.at[p]; ok && p != "" {
			s.File = d.file
			return s
		}
	}
	return diag.Span{File: d.file}
}

func indexCSV(data []byte) map[string]diag.Span {
	at := map[string]diag.Span{}
	// A file that no longer parses has no positions; the message still names it.
	_ = eachRow(data, func(n int, keys, _ []string, spans []diag.Span, head diag.Span) {
		if n < 0 {
			for i, s := range spans {
				at[join(heading, keys[i])] = s
			}
			return
		}
		at[rowPath(n)] = head
		for i, s := range spans {
			if i < len(keys) {
				at[join(rowPath(n), keys[i])] = s
			}
		}
	})
	return at
}

// indexer walks the tokens of a TOML text that is known to parse, and notes where
// each value and each table's head stands.
type indexer struct {
	sc    *scanner.Scanner
	shift int
	at    map[string]diag.Span
	count map[string]int // tables seen so far in each [[list]]
}

func indexTOML(text []byte, shift int) map[string]diag.Span {
	x := &indexer{sc: scanner.New(bytes.NewReader(text)), shift: shift, at: map[string]diag.Span{}, count: map[string]int{}}
	prefix := ""
	for x.next() {
		switch x.sc.Token() {
		case scanner.Comment, scanner.Newline:
		case scanner.LBracket:
			prefix = x.heading()
		default:
			if x.sc.Token().IsValue() {
				x.pair(prefix)
			}
		}
	}
	return x.at
}

func (x *indexer) next() bool { return x.sc.Next() == nil }

// skip moves past comments and line ends, which may stand between the values of a list.
func (x *indexer) skip() bool {
	for x.next() {
		if t := x.sc.Token(); t != scanner.Comment && t != scanner.Newline {
			return true
		}
	}
	return false
}

func (x *indexer) span() diag.Span {
	s := x.sc.Span()
	return diag.Span{Start: x.shift + s.Pos, End: x.shift + s.End}
}

// heading reads [a.b] or [[a.b]] after its first bracket and returns the path of
// the table that it opens.
func (x *indexer) heading() string {
	start := x.span().Start
	list := false
	var keys []string
	for x.next() {
		switch t := x.sc.Token(); {
		case t == scanner.LBracket:
			list = true
		case t == scanner.RBracket:
			end := x.span().End
			if list && x.next() {
				end = x.span().End
			}
			path := x.resolve(keys, list)
			x.at[path] = diag.Span{Start: start, End: end}
			return path
		case t.IsValue():
			keys = append(keys, word(x.sc))
		}
	}
	return ""
}

// resolve turns the keys of a heading into a path: a key that names a list stands
// for its latest table.
func (x *indexer) resolve(keys []string, list bool) string {
	path := ""
	for i, k := range keys {
		path = join(path, k)
		last := i == len(keys)-1
		if last && list {
			n := x.count[path]
			x.count[path] = n + 1
			return path + "[" + strconv.Itoa(n) + "]"
		}
		if n := x.count[path]; n > 0 {
			path += "[" + strconv.Itoa(n-1) + "]"
		}
	}
	return path
}

// pair reads « key = value » from its first key, and returns the span of the value.
func (x *indexer) pair(prefix string) {
	path := join(prefix, word(x.sc))
	key := x.span()
	for x.next() {
		switch t := x.sc.Token(); {
		case t == scanner.Dot:
		case t == scanner.Equal:
			if x.next() {
				s := x.value(path)
				x.at[path] = s
				x.at[path+"="] = key
			}
			return
		case t.IsValue():
			path = join(path, word(x.sc))
			key.End = x.span().End
		default:
			return
		}
	}
}

func (x *indexer) value(path string) diag.Span {
	s := x.span()
	switch x.sc.Token() {
	case scanner.LBracket:
		for n := 0; x.skip() && x.sc.Token() != scanner.RBracket; {
			if x.sc.Token() == scanner.Comma {
				continue
			}
			item := path + "[" + strconv.Itoa(n) + "]"
			x.at[item] = x.value(item)
			n++
		}
		s.End = x.span().End
	case scanner.LInline:
		for x.skip() && x.sc.Token() != scanner.RInline {
			if x.sc.Token().IsValue() {
				x.pair(path)
			}
		}
		s.End = x.span().End
	}
	return s
}

// word is a key without its quotes.
func word(sc *scanner.Scanner) string {
	text := string(sc.Text())
	switch sc.Token() {
	case scanner.String, scanner.LString:
		return text[1 : len(text)-1]
	}
	return text
}

// heading is the path of a CSV file's first line.
const heading = "heading"

// File is the file's name, relative to the site.
func (r Ref) File() string {
	if r.place == nil {
		return ""
	}
	return r.place.doc.file
}

// Span locates a key of the table, or the table's head when key is empty or not there.
func (r Ref) Span(key string) diag.Span {
	if r.place == nil {
		return diag.Span{}
	}
	return r.place.doc.locate(r.place.path(), key)
}

// KeySpan is the place of the key itself rather than of its value; in a CSV file, its
// column's name.
func (r Ref) KeySpan(key string) diag.Span {
	if r.place == nil {
		return diag.Span{}
	}
	doc, path := r.place.doc, r.place.path()
	if doc.csv {
		return doc.locate(heading, key)
	}
	if s := doc.locate(path, key+"="); s.End > 0 {
		if head := doc.locate(path, ""); s != head {
			return s
		}
	}
	return doc.locate(path, key)
}

// Find locates a key of the table, if its file has it.
func (r Ref) Find(key string) (diag.Span, bool) {
	s, head := r.Span(key), r.Span("")
	return s, s != head
}
