package export

import (
	"encoding/json"
	"iter"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"vitrine/internal/model"
)

// Tables of a dataset, by their kind.
const (
	CSV      = "csv"       // in UTF-8 (RFC 4180); lists are parted by bars
	SheetCSV = "sheet-csv" // as French spreadsheet programs open it: semicolons, a byte order mark, no cell that would be run
	JSON     = "json"      // a list of objects, a line each
	GeoJSON  = "geojson"   // those who opened where they are (RFC 7946), a line each
)

// pieceSize is about how many bytes of a table are handed over at once.
const pieceSize = 64 << 10

// byteOrderMark tells spreadsheet programs that a text is UTF-8.
const byteOrderMark = "\ufeff"

// Table is a table whole, of one of the kinds above.
func (d *Dataset) Table(kind string) []byte {
	var out []byte
	for _, piece := range d.Tables(kind) {
		out = append(out, piece...)
	}
	return out
}

// Tables makes tables side by side, so that no table is held whole and what a row says is looked up once: it
// yields their pieces in order, each with the index of its table's kind. The bytes are only lent.
func (d *Dataset) Tables(kinds ...string) iter.Seq2[int, []byte] {
	return func(yield func(int, []byte) bool) {
		tables := make([]table, len(kinds))
		for i, kind := range kinds {
			tables[i] = newTable(kind)
			tables[i].begin(d)
		}
		r := newRow(d)
		for p := range d.Rows {
			r.read(d, p)
			for i, t := range tables {
				t.add(r)
				if b := t.written(); len(*b) >= pieceSize {
					if !yield(i, *b) {
						return
					}
					*b = (*b)[:0]
				}
			}
		}
		for i, t := range tables {
			t.end()
			if !yield(i, *t.written()) {
				return
			}
		}
	}
}

// table is one being made.
type table interface {
	begin(d *Dataset)
	add(r *row)
	end()
	written() *[]byte // what was not handed over yet
}

func newTable(kind string) table {
	switch kind {
	case CSV:
		return &separated{comma: ','}
	case SheetCSV:
		return &separated{comma: ';', sheet: true}
	case JSON:
		return &objects{}
	case GeoJSON:
		return &features{}
	}
	panic("export: no table " + kind)
}

// row is what the tables say of a participant, made ready for all of them.
type row struct {
	id       string
	values   []value
	cells    []byte // as text, one after the other
	ends     []int  // of the cells
	keys     []string
	lat, lon int // their columns
	object   []byte
	place    [2]int // the part of the object that says where it is
}

func newRow(d *Dataset) *row {
	r := &row{values: make([]value, len(columns)), ends: make([]int, len(columns)), keys: make([]string, len(columns))}
	for i, c := range columns {
		r.keys[i] = string(appendJSON(nil, d.Name(c.key))) + ":"
		switch c.key {
		case "lat":
			r.lat = i
		case "lon":
			r.lon = i
		}
	}
	return r
}

func (r *row) read(d *Dataset, p *model.Profile) {
	r.id, r.cells, r.object = p.ID, r.cells[:0], r.object[:0]
	for i := range columns {
		r.values[i] = columns[i].of(d, p)
		r.cells = appendCell(r.cells, &r.values[i])
		r.ends[i] = len(r.cells)
	}
}

// cell is a value as text.
func (r *row) cell(i int) []byte {
	if i == 0 {
		return r.cells[:r.ends[0]]
	}
	return r.cells[r.ends[i-1]:r.ends[i]]
}

func appendCell(b []byte, v *value) []byte {
	switch {
	case v.isNumber:
		return strconv.AppendFloat(b, v.number, 'f', -1, 64)
	case v.list == nil:
		return append(b, strings.ToValidUTF8(v.text, "\uFFFD")...)
	}
	for i, s := range v.list {
		if i > 0 {
			b = append(b, '|')
		}
		b = append(b, strings.ReplaceAll(s, "|", "/")...)
	}
	return b
}

// asObject is the row with its keys in the order of the columns, without those that are empty. An id is never.
func (r *row) asObject() []byte {
	if len(r.object) > 0 {
		return r.object
	}
	b := append(r.object, '{')
	for i := range r.values {
		if i == r.lat {
			r.place[0] = len(b)
		}
		if v := &r.values[i]; !v.isEmpty() {
			if len(b) > 1 {
				b = append(b, ',')
			}
			b = append(b, r.keys[i]...)
			b = appendValue(b, v)
		}
		if i == r.lon {
			r.place[1] = len(b)
		}
	}
	r.object = append(b, '}')
	return r.object
}

func appendValue(b []byte, v *value) []byte {
	switch {
	case v.isNumber:
		return appendNumber(b, v.number)
	case v.list == nil:
		return appendJSON(b, v.text)
	}
	for i, s := range v.list {
		b = appendJSON(append(b, "[,"[min(i, 1)]), s)
	}
	return append(b, ']')
}

// appendJSON adds a text as encoding/json does, without escaping what HTML would read.
func appendJSON(b []byte, s string) []byte {
	if isPlain(s) {
		return append(append(append(b, '"'), s...), '"')
	}
	var out strings.Builder
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	_ = e.Encode(s) // a text never fails
	return append(b, strings.TrimSuffix(out.String(), "\n")...)
}

// isPlain tells of a text that JSON writes as it is.
func isPlain(s string) bool {
	ascii := true
	for i := range len(s) {
		if c := s[i]; c < ' ' || c == '"' || c == '\\' {
			return false
		} else if c >= utf8.RuneSelf {
			ascii = false
		}
	}
	return ascii || utf8.ValidString(s) && !strings.Contains(s, "\u2028") && !strings.Contains(s, "\u2029")
}

// appendNumber adds a number as encoding/json does.
func appendNumber(b []byte, f float64) []byte {
	if abs := math.Abs(f); abs == 0 || abs >= 1e-6 && abs < 1e21 {
		return strconv.AppendFloat(b, f, 'f', -1, 64)
	}
	text, _ := json.Marshal(f) // finite: see degree
	return append(b, text...)
}
