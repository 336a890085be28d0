package intake

import (
	"bytes"
	"slices"
	"strings"

	"vitrine/internal/diag"
	"vitrine/internal/ident"
	"vitrine/internal/load"
	"vitrine/internal/source"
	"vitrine/internal/typography"
)

// Mapping is what an import remembers of how a list is made, in a file that a person can
// read and correct.
type Mapping struct {
	Sheets []MappedSheet
	// Same says who is who where the list and the data nearly agree: the name and commune of
	// the list → an id, or nothing for somebody new.
	Same []MappedName
}

// MappedSheet is what is known of a sheet.
type MappedSheet struct {
	Name    string
	Skip    bool // it is not read
	Read    bool // it is read although it is hidden
	Columns []MappedColumn
}

// MappedColumn says what a title stands for.
type MappedColumn struct {
	Title, Field string // no field: it is not read
}

// MappedName says who a row is.
type MappedName struct{ Name, ID string }

// ReadMapping reads a mapping; nil when there is no such file.
func ReadMapping(tree *source.Tree, file string) (*Mapping, diag.List) {
	root, list := load.TOML(tree, file)
	if root == nil {
		return nil, list
	}
	m := &Mapping{}
	known := func(t *load.Table, keys ...string) {
		for _, k := range t.Keys() {
			if !slices.Contains(keys, k) {
				d := diag.New(diag.UnknownKey, t.KeySpan(k), "key", k)
				if near, ok := ident.Nearest(k, keys); ok {
					d = d.WithHint("did-you-mean", "word", near)
				} else {
					d = d.WithHint("known-keys", "keys", strings.Join(keys, ", "))
				}
				list = append(list, d)
			}
		}
	}
	tables := func(t *load.Table, key string) []*load.Table {
		if !t.Has(key) {
			return nil
		}
		rows, ok := t.Tables(key)
		if !ok {
			list = append(list, diag.New(diag.WrongType, t.Span(key), "key", key, "want", "tables"))
		}
		return rows
	}
	known(root, "sheet", "same")
	for _, t := range tables(root, "sheet") {
		known(t, "name", "skip", "read", "column")
		var s MappedSheet
		s.Name, _ = t.String("name")
		s.Skip, _ = t.Boolean("skip")
		s.Read, _ = t.Boolean("read")
		for _, c := range tables(t, "column") {
			known(c, "title", "field")
			var x MappedColumn
			x.Title, _ = c.String("title")
			x.Field, _ = c.String("field")
			if x.Field != "" && fieldOf(x.Field) == nil {
				d := diag.New(diag.BadChoice, c.Span("field"), "key", "field", "value", x.Field, "choices", strings.Join(fieldKeys(), ", "))
				if near, ok := ident.Nearest(x.Field, fieldKeys()); ok {
					d = d.WithHint("did-you-mean", "word", near)
				}
				list = append(list, d)
			}
			s.Columns = append(s.Columns, x)
		}
		m.Sheets = append(m.Sheets, s)
	}
	for _, t := range tables(root, "same") {
		known(t, "name", "id")
		var x MappedName
		x.Name, _ = t.String("name")
		x.ID, _ = t.String("id")
		m.Same = append(m.Same, x)
	}
	return m, list
}

func fieldKeys() []string {
	var keys []string
	for _, f := range fields {
		keys = append(keys, f.key)
	}
	return keys
}

// sheet is what is known of a sheet by its name; a list of one sheet may be renamed.
func (m *Mapping) sheet(name string, only bool) *MappedSheet {
	if m == nil {
		return nil
	}
	for i := range m.Sheets {
		if m.Sheets[i].Name == name {
			return &m.Sheets[i]
		}
	}
	if only && len(m.Sheets) == 1 {
		return &m.Sheets[0]
	}
	return nil
}

// titles are the fields of a sheet's titles, as titles are compared. A title that stands over several
// columns has a field for each, in their order.
func (s *MappedSheet) titles() map[string][]string {
	if s == nil {
		return nil
	}
	out := map[string][]string{}
	for _, c := range s.Columns {
		t := plainTitle(c.Title)
		out[t] = append(out[t], c.Field)
	}
	return out
}

// who is the id that a mapping gives to a row; ok is false when it says nothing.
func (m *Mapping) who(name string) (id string, ok bool) {
	if m == nil {
		return "", false
	}
	for _, s := range m.Same {
		if plainName(s.Name) == plainName(name) {
			return s.ID, true
		}
	}
	return "", false
}

// Bytes is the mapping as its file.
func (m *Mapping) Bytes(lang typography.Language) []byte {
	var b strings.Builder
	if lang == typography.English {
		b.WriteString("# How the lists that are imported are made. Correct a field, or leave it empty for a\n# column that is not to be read; docs/import.md lists the fields. skip = true leaves a\n# sheet out; read = true reads one that is hidden.\n")
	} else {
		b.WriteString("# Comment sont faites les listes importées. Corrigez un champ (field), ou videz-le pour\n# qu’une colonne ne soit pas lue ; docs/import.md liste les champs. skip = true écarte une\n# feuille ; read = true en lit une qui est masquée.\n")
	}
	for _, s := range m.Sheets {
		b.WriteString("\n[[sheet]]\nname = " + quote(s.Name) + "\n")
		if s.Skip {
			b.WriteString("skip = true\n")
		}
		if s.Read {
			b.WriteString("read = true\n")
		}
		for _, c := range s.Columns {
			b.WriteString("\n[[sheet.column]]\ntitle = " + quote(c.Title) + "\nfield = " + quote(c.Field) + "\n")
		}
	}
	for _, s := range m.Same {
		b.WriteString("\n[[same]]\nname = " + quote(s.Name) + "\nid = " + quote(s.ID) + "\n")
	}
	return []byte(b.String())
}

// Equal reports two mappings that say the same.
func (m *Mapping) Equal(o *Mapping) bool {
	return m != nil && o != nil && bytes.Equal(m.Bytes(typography.French), o.Bytes(typography.French))
}
