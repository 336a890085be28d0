package export

import (
	"bytes"
	"unicode"
	"unicode/utf8"
)

// separated is a table as encoding/csv writes it with breaks as RFC 4180 wants them.
type separated struct {
	b     []byte
	comma byte
	sheet bool // for spreadsheet programs
	cell  []byte
}

func (t *separated) written() *[]byte { return &t.b }

func (t *separated) begin(d *Dataset) {
	if t.sheet {
		t.b = append(t.b, byteOrderMark...)
	}
	for i, c := range columns {
		t.next(i, []byte(d.Name(c.key)))
	}
	t.b = append(t.b, "\r\n"...)
}

func (t *separated) add(r *row) {
	for i := range r.values {
		c := r.cell(i)
		if t.sheet && runs(c) {
			t.cell = append(append(t.cell[:0], '\''), c...)
			c = t.cell
		}
		t.next(i, c)
	}
	t.b = append(t.b, "\r\n"...)
}

func (t *separated) end() {}

// runs tells of a cell that a spreadsheet program would take for a formula.
func runs(c []byte) bool {
	if len(c) == 0 {
		return false
	}
	switch c[0] {
	case '=', '@', '\t', '\r':
		return true
	case '+', '-':
		return len(bytes.Trim(c[1:], "0123456789 .,\u00a0\u202f")) > 0 // a number and a telephone are none
	}
	return false
}

func (t *separated) next(i int, c []byte) {
	if i > 0 {
		t.b = append(t.b, t.comma)
	}
	if !t.quotes(c) {
		t.b = append(t.b, c...)
		return
	}
	t.b = append(t.b, '"')
	for _, x := range c {
		switch x {
		case '"':
			t.b = append(t.b, `""`...)
		case '\r':
		case '\n':
			t.b = append(t.b, "\r\n"...)
		default:
			t.b = append(t.b, x)
		}
	}
	t.b = append(t.b, '"')
}

// quotes tells of a cell that stands in quotes.
func (t *separated) quotes(c []byte) bool {
	for _, x := range c {
		if x == t.comma || x == '"' || x == '\n' || x == '\r' {
			return true
		}
	}
	first, _ := utf8.DecodeRune(c)
	return unicode.IsSpace(first) || string(c) == `\.`
}

// objects is a list of rows.
type objects struct {
	b []byte
	n int
}

func (t *objects) written() *[]byte { return &t.b }
func (t *objects) begin(*Dataset)   { t.b = append(t.b, '[') }
func (t *objects) end()             { t.b = append(t.b, "\n]\n"...) }

func (t *objects) add(r *row) {
	t.b = append(append(t.b, separator(t.n)...), r.asObject()...)
	t.n++
}

func separator(i int) string {
	if i == 0 {
		return "\n"
	}
	return ",\n"
}

// features is a collection of points.
type features struct {
	b []byte
	n int
}

func (t *features) written() *[]byte { return &t.b }
func (t *features) begin(*Dataset)   { t.b = append(t.b, `{"type":"FeatureCollection","features":[`...) }
func (t *features) end()             { t.b = append(t.b, "\n]}\n"...) }

func (t *features) add(r *row) {
	lat, lon := &r.values[r.lat], &r.values[r.lon]
	if lat.isEmpty() || lon.isEmpty() {
		return
	}
	b := append(t.b, separator(t.n)...)
	t.n++
	b = appendJSON(append(b, `{"type":"Feature","id":`...), r.id)
	b = appendNumber(append(b, `,"geometry":{"type":"Point","coordinates":[`...), lon.number)
	b = appendNumber(append(b, ','), lat.number)
	b = append(b, `]},"properties":`...)
	object := r.asObject()
	b = append(append(b, object[:r.place[0]]...), object[r.place[1]:]...)
	t.b = append(b, '}')
}
