package load

import (
	"math"
	"strings"
	"time"
)

// Table is a TOML table, or a row of a CSV file.
type Table struct {
	Ref
	values *content
	id     nodeID
	text   bool // values are text to convert: the table is a row
}

// node is the value at a key, or nil.
func (t *Table) node(key string) *node {
	if id := t.values.find(t.id, key); id != 0 {
		return &t.values.nodes[id]
	}
	return nil
}

// Keys lists the keys of the table, unsorted.
func (t *Table) Keys() []string {
	keys := make([]string, 0, t.Len())
	for _, n := range t.values.each(t.id) {
		keys = append(keys, t.values.key(n))
	}
	return keys
}

// Len is the number of keys.
func (t *Table) Len() int { return int(t.values.nodes[t.id].count) }

// Has reports whether the key is set.
func (t *Table) Has(key string) bool { return t.node(key) != nil }

// Row reports whether the table is a row of a CSV file.
func (t *Table) Row() bool { return t.text }

// String returns a string; ok is false when the value is of another type.
func (t *Table) String(key string) (v string, ok bool) {
	if n := t.node(key); n != nil && n.kind == aString {
		return t.values.string(n), true
	}
	return "", false
}

// cell is the text of a row's key.
func (t *Table) cell(key string) (string, bool) {
	if !t.text {
		return "", false
	}
	return t.String(key)
}

// Integer returns a whole number.
func (t *Table) Integer(key string) (int64, bool) {
	if v, ok := t.cell(key); ok {
		return parseInteger(v)
	}
	if n := t.node(key); n != nil && n.kind == anInteger {
		return int64(n.wide()), true
	}
	return 0, false
}

// Number returns a number, whole or not. In a row it may have a decimal comma.
func (t *Table) Number(key string) (float64, bool) {
	if v, ok := t.cell(key); ok {
		return parseNumber(v)
	}
	if n := t.node(key); n != nil {
		return number(n)
	}
	return 0, false
}

func number(n *node) (float64, bool) {
	switch n.kind {
	case anInteger:
		return float64(int64(n.wide())), true
	case aNumber:
		return math.Float64frombits(n.wide()), true
	}
	return 0, false
}

// Boolean returns true or false. In a row it may be said in French.
func (t *Table) Boolean(key string) (v, ok bool) {
	if v, ok := t.cell(key); ok {
		return parseBoolean(v)
	}
	if n := t.node(key); n != nil && n.kind == aBoolean {
		return n.a != 0, true
	}
	return false, false
}

// Date returns a TOML date, or the date of a date and time. What is written without a
// time zone is in UTC.
func (t *Table) Date(key string) (time.Time, bool) {
	if v, ok := t.cell(key); ok {
		d, err := time.Parse(time.DateOnly, strings.TrimSpace(v))
		return d, err == nil
	}
	if n := t.node(key); n != nil && (n.kind == aMoment || n.kind == aZoned) {
		return t.values.moment(n), true
	}
	return time.Time{}, false
}

// Strings returns a list of strings. In a row they are separated by |.
func (t *Table) Strings(key string) ([]string, bool) {
	if v, ok := t.cell(key); ok {
		return parseList(v), true
	}
	list, ok := t.list(key)
	if !ok {
		return nil, false
	}
	out := make([]string, 0, t.values.nodes[list].count)
	for _, n := range t.values.each(list) {
		if n.kind != aString {
			return nil, false
		}
		out = append(out, t.values.string(n))
	}
	return out, true
}

// Numbers returns a list of numbers.
func (t *Table) Numbers(key string) ([]float64, bool) {
	list, ok := t.list(key)
	if !ok {
		return nil, false
	}
	out := make([]float64, 0, t.values.nodes[list].count)
	for _, n := range t.values.each(list) {
		v, ok := number(n)
		if !ok {
			return nil, false
		}
		out = append(out, v)
	}
	return out, true
}

// list is the node of the list at a key.
func (t *Table) list(key string) (nodeID, bool) {
	id := t.values.find(t.id, key)
	return id, id != 0 && t.values.nodes[id].kind == aList
}

// Table returns the table at a key.
func (t *Table) Table(key string) (*Table, bool) {
	id := t.values.find(t.id, key)
	if id == 0 || t.values.nodes[id].kind != aTable {
		return nil, false
	}
	return &Table{Ref: t.below(key), values: t.values, id: id, text: t.text}, true
}

// Tables returns the list of tables at a key. An empty list is a list of tables.
func (t *Table) Tables(key string) ([]*Table, bool) {
	list, ok := t.list(key)
	if !ok {
		return nil, false
	}
	size := t.values.nodes[list].count
	out := make([]*Table, 0, size)
	tables, places := make([]Table, size), make([]place, size)
	for id, n := range t.values.each(list) {
		if n.kind != aTable {
			return nil, false
		}
		i := len(out)
		places[i] = place{doc: t.place.doc, up: t.place, key: key, rank: i}
		tables[i] = Table{Ref: Ref{&places[i]}, values: t.values, id: id}
		out = append(out, &tables[i])
	}
	return out, true
}
