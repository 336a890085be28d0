// Package load turns files into values that remember where they were written:
// TOML, CSV, and Markdown with a TOML head. It knows formats, not entities: what a
// key means is bind's affair.
//
// Decoding is done by BurntSushi/toml and encoding/csv, and positions cost nothing
// until a message needs one: a Ref then reads its file again and looks its path up
// (locate.go). Line numbers are always those of the author's file.
//
// A scanner stands beside the library (scan.go). A site has one head for each of its
// businesses, and decoding them through maps of interfaces took a quarter of a cold
// build, while nearly all are plain: keys, strings, numbers, dates, short lists. The
// scanner reads those more than ten times faster, and only those. It knows nothing of
// errors: whatever is wrong, odd or rare makes it give up, and the library then decodes
// the document from its start, so that what is accepted, what it means and how an error
// is said are the library's alone. FuzzPlain and TestScanOfRandomDocuments hold the two
// together.
package load

import (
	"bytes"
	"errors"
	"unicode/utf8"

	"vitrine/internal/diag"
	"vitrine/internal/source"
)

// Ref is the place of a table in a file. It implements diag.Origin.
type Ref struct{ place *place }

// document is a file of which positions may be asked. It holds none of the file's
// values: a model may keep its origins and let these go.
type document struct {
	tree      *source.Tree
	file      string
	csv       bool
	root      place
	positions positions
}

func newDocument(tree *source.Tree, file string) *document {
	d := &document{tree: tree, file: file}
	d.root = place{doc: d, rank: -1}
	return d
}

// table is the document's own table.
func (d *document) table(values content) *Table {
	t := &struct {
		Table
		content
	}{content: values}
	t.Table = Table{Ref: Ref{&d.root}, values: &t.content}
	return &t.Table
}

// Markdown is a file of prose: its head, if it has one, and its body.
type Markdown struct {
	Head   *Table
	Body   string
	BodyAt int // offset of the body in the file
}

// TOML reads a TOML file. The table is nil when there is an error or no such file;
// a missing file is no error here: whoever needs it says so.
func TOML(tree *source.Tree, file string) (*Table, diag.List) {
	data, list := read(tree, file)
	if data == nil || list != nil {
		return nil, list
	}
	return decode(newDocument(tree, file), data, 0)
}

// Read reads a Markdown file. Without front matter its head is an empty table.
func Read(tree *source.Tree, file string) (Markdown, diag.List) {
	data, list := read(tree, file)
	if list != nil {
		return Markdown{}, list
	}
	head, at, body, ok := split(data)
	if !ok {
		return Markdown{}, diag.List{diag.New(diag.FrontMatter, diag.Span{File: file, Start: 0, End: 3})}
	}
	md := Markdown{Body: string(data[body:]), BodyAt: body}
	md.Head, list = decode(newDocument(tree, file), head, at)
	return md, list
}

// split finds the front matter between two +++ lines: its bytes, their offset, and
// the offset of the body. A file that does not start with +++ is all body.
func split(data []byte) (head []byte, at, body int, ok bool) {
	start := 0
	if bytes.HasPrefix(data, bom) {
		start = len(bom)
	}
	first, rest := line(data, start)
	if !fence(first) {
		return nil, start, start, true
	}
	for at := rest; ; {
		i := bytes.Index(data[at:], plusses)
		if i < 0 {
			return nil, 0, 0, false
		}
		at += i
		l, next := line(data, at)
		if data[at-1] == '\n' && fence(l) {
			return data[rest:at], rest, next, true
		}
		at = next
	}
}

var plusses = []byte("+++")

// fence reports whether a line opens or closes a head.
func fence(line []byte) bool {
	rest, ok := bytes.CutPrefix(line, plusses)
	return ok && len(bytes.TrimRight(rest, " \t\r")) == 0
}

// line returns the line that starts at pos and where the next one starts.
func line(data []byte, pos int) ([]byte, int) {
	if i := bytes.IndexByte(data[pos:], '\n'); i >= 0 {
		return data[pos : pos+i], pos + i + 1
	}
	return data[pos:], len(data)
}

var bom = []byte("\xef\xbb\xbf")

// read returns the bytes of a text file, nil when there is none.
func read(tree *source.Tree, file string) ([]byte, diag.List) {
	data, err := tree.Read(file)
	switch {
	case errors.Is(err, errNotExist):
		return nil, nil
	case err != nil:
		return nil, diag.List{diag.New(diag.Unreadable, diag.Span{File: file}, "reason", reason(err))}
	case !utf8.Valid(data):
		at := invalid(data)
		return nil, diag.List{diag.New(diag.BadEncoding, diag.Span{File: file, Start: at, End: at + 1})}
	}
	if data == nil {
		data = []byte{}
	}
	return data, nil
}

// invalid finds the first byte that is not UTF-8.
func invalid(data []byte) int {
	for i := 0; i < len(data); {
		r, n := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
	return len(data)
}

// decode reads TOML that starts at an offset of its file.
func decode(doc *document, data []byte, at int) (*Table, diag.List) {
	text := string(bytes.TrimPrefix(data, bom))
	values, ok := scan(text)
	if !ok {
		var err error
		if values, err = byLibrary(text); err != nil {
			return nil, diag.List{syntaxError(doc.file, err, at+len(data)-len(text), len(text))}
		}
	}
	return doc.table(values), nil
}
