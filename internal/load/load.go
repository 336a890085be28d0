// Package load turns files into values that remember where they were written:
// TOML, CSV, and Markdown with a TOML head. It knows formats, not entities: what a
// key means is bind's affair.
//
// Decoding is done by BurntSushi/toml and encoding/csv. Positions cost nothing until
// a message needs one: a Ref then reads its file again and looks its path up
// (locate.go). Line numbers are always those of the author's file.
package load

import (
	"bytes"
	"errors"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/BurntSushi/toml"

	"vitrine/internal/diag"
	"vitrine/internal/source"
)

// Ref is the place of a table in a file. It implements diag.Origin.
type Ref struct {
	doc  *document
	path string
}

// document is a file of which positions may be asked.
type document struct {
	tree *source.Tree
	file string
	csv  bool
	once positions
}

// File is the file's name, relative to the site.
func (r Ref) File() string {
	if r.doc == nil {
		return ""
	}
	return r.doc.file
}

// Span locates a key of the table, or the table's head when key is empty or not there.
func (r Ref) Span(key string) diag.Span {
	if r.doc == nil {
		return diag.Span{}
	}
	return r.doc.locate(r.path, key)
}

// Table is a TOML table, or a row of a CSV file.
type Table struct {
	Ref
	values map[string]any
	text   bool // values are text to convert: the table is a row
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
	doc := &document{tree: tree, file: file}
	return decode(doc, data, 0)
}

// Read reads a Markdown file. Without front matter its head is an empty table.
func Read(tree *source.Tree, file string) (Markdown, diag.List) {
	data, list := read(tree, file)
	if list != nil {
		return Markdown{}, list
	}
	doc := &document{tree: tree, file: file}
	head, at, body, ok := split(data)
	if !ok {
		return Markdown{}, diag.List{diag.New(diag.FrontMatter, diag.Span{File: file, Start: 0, End: 3})}
	}
	md := Markdown{Body: string(data[body:]), BodyAt: body}
	md.Head, list = decode(doc, head, at)
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
	if string(bytes.TrimRight(first, " \t\r")) != "+++" {
		return nil, start, start, true
	}
	for pos := rest; pos < len(data); {
		l, next := line(data, pos)
		if string(bytes.TrimRight(l, " \t\r")) == "+++" {
			return data[rest:pos], rest, next, true
		}
		pos = next
	}
	return nil, 0, 0, false
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

// decode parses TOML that starts at an offset of its file.
func decode(doc *document, data []byte, at int) (*Table, diag.List) {
	values := map[string]any{}
	if len(bytes.TrimSpace(data)) > 0 {
		text := string(bytes.TrimPrefix(data, bom))
		shift := len(data) - len(text)
		if err := toml.Unmarshal([]byte(text), &values); err != nil {
			return nil, diag.List{syntaxError(doc.file, err, at+shift, len(text))}
		}
	}
	return &Table{Ref: Ref{doc: doc}, values: values}, nil
}

func syntaxError(file string, err error, at, size int) diag.Diagnostic {
	var pe toml.ParseError
	if !errors.As(err, &pe) {
		return diag.New(diag.TOMLSyntax, diag.Span{File: file}, "reason", err.Error())
	}
	start := min(max(pe.Position.Start, 0), size)
	end := min(start+max(pe.Position.Len, 1), size)
	return diag.New(diag.TOMLSyntax, diag.Span{File: file, Start: at + start, End: at + max(end, start)}, "reason", plain(pe.Message))
}

// plain is the key of the words for what goes wrong most often in a hand-written file;
// the rest is said as the library says it.
func plain(message string) string {
	if _, got, ok := strings.Cut(message, "expected '.' or '=', but got '"); ok && got[0] >= utf8.RuneSelf {
		return "key-quoted" // an accent
	}
	for _, m := range []struct{ part, key string }{
		{"strings cannot contain newlines", "quote-missing"},
		{"unexpected EOF; expected", "quote-missing"},
		{"expected value but found", "value-expected"},
		{"or array terminator", "list-unfinished"},
		{"or an inline table terminator", "table-unfinished"},
		{"bare keys cannot contain", "key-quoted"},
		{"has already been defined", "key-twice"},
		{"was already created", "key-twice"},
		{"expected '.' or '='", "equals-missing"},
		{"expected a top-level item to end with a newline", "line-unfinished"},
		{"nvalid datetime", "date-form"},
		{"nvalid escape", "bad-escape"},
	} {
		if strings.Contains(message, m.part) {
			return m.key
		}
	}
	return message
}

// Keys lists the keys of the table, unsorted.
func (t *Table) Keys() []string {
	keys := make([]string, 0, len(t.values))
	for k := range t.values {
		keys = append(keys, k)
	}
	return keys
}

// Len is the number of keys.
func (t *Table) Len() int { return len(t.values) }

// Has reports whether the key is set.
func (t *Table) Has(key string) bool {
	_, ok := t.values[key]
	return ok
}

// Row reports whether the table is a row of a CSV file.
func (t *Table) Row() bool { return t.text }

// String returns a string; ok is false when the value is of another type.
func (t *Table) String(key string) (v string, ok bool) {
	v, ok = t.values[key].(string)
	return v, ok
}

// Integer returns a whole number.
func (t *Table) Integer(key string) (int64, bool) {
	switch v := t.values[key].(type) {
	case int64:
		return v, true
	case string:
		if t.text {
			return parseInteger(v)
		}
	}
	return 0, false
}

// Number returns a number, whole or not. In a row it may have a decimal comma.
func (t *Table) Number(key string) (float64, bool) {
	switch v := t.values[key].(type) {
	case int64:
		return float64(v), true
	case float64:
		return v, true
	case string:
		if t.text {
			return parseNumber(v)
		}
	}
	return 0, false
}

// Boolean returns true or false. In a row it may be said in French.
func (t *Table) Boolean(key string) (v, ok bool) {
	switch x := t.values[key].(type) {
	case bool:
		return x, true
	case string:
		if t.text {
			return parseBoolean(x)
		}
	}
	return false, false
}

// Date returns a TOML date, or the date of a date and time.
func (t *Table) Date(key string) (time.Time, bool) {
	switch v := t.values[key].(type) {
	case time.Time:
		return v, true
	case string:
		if t.text {
			d, err := time.Parse(time.DateOnly, strings.TrimSpace(v))
			return d, err == nil
		}
	}
	return time.Time{}, false
}

// Strings returns a list of strings. In a row they are separated by |.
func (t *Table) Strings(key string) ([]string, bool) {
	switch v := t.values[key].(type) {
	case []any:
		out := make([]string, len(v))
		for i, x := range v {
			s, ok := x.(string)
			if !ok {
				return nil, false
			}
			out[i] = s
		}
		return out, true
	case string:
		if t.text {
			return parseList(v), true
		}
	}
	return nil, false
}

// Numbers returns a list of numbers.
func (t *Table) Numbers(key string) ([]float64, bool) {
	v, ok := t.values[key].([]any)
	if !ok {
		return nil, false
	}
	out := make([]float64, len(v))
	for i, x := range v {
		switch n := x.(type) {
		case int64:
			out[i] = float64(n)
		case float64:
			out[i] = n
		default:
			return nil, false
		}
	}
	return out, true
}

// Table returns the table at a key.
func (t *Table) Table(key string) (*Table, bool) {
	m, ok := t.values[key].(map[string]any)
	if !ok {
		return nil, false
	}
	return &Table{Ref: t.below(key, -1), values: m, text: t.text}, true
}

// Tables returns the list of tables at a key. An empty list is a list of tables.
func (t *Table) Tables(key string) ([]*Table, bool) {
	switch v := t.values[key].(type) {
	case []map[string]any:
		out := make([]*Table, len(v))
		for i, m := range v {
			out[i] = &Table{Ref: t.below(key, i), values: m}
		}
		return out, true
	case []any:
		out := make([]*Table, len(v))
		for i, x := range v {
			m, ok := x.(map[string]any)
			if !ok {
				return nil, false
			}
			out[i] = &Table{Ref: t.below(key, i), values: m}
		}
		return out, true
	}
	return nil, false
}
