package intake

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strings"

	"vitrine/internal/model"
	"vitrine/internal/source"
	"vitrine/internal/spreadsheet"
	"vitrine/internal/typography"
)

// Export is a programme's participants as tables, every key of theirs, private ones too:
// it is for the office. Importing it changes nothing.
type Export struct {
	Programme string
	Language  typography.Language
	Tables    []spreadsheet.Table
	People    int
}

// NewExport reads a programme. An empty name is that of a site's only programme.
func NewExport(tree *source.Tree, programme string, today func(string) model.Date, workers int) (*Export, error) {
	o := Options{Tree: tree, Programme: programme, Today: today, Workers: workers}
	site, p, err := open(&o)
	if err != nil {
		return nil, err
	}
	f, list := gather(tree, p.ID)
	if len(list) > 0 {
		return nil, &SiteError{list, tree.Text}
	}
	lang := typography.Language(site.Language)
	e := &Export{Programme: p.ID, Language: lang, People: len(f.records)}
	refs := newReferences(site, p)
	e.participants(f.records, refs)
	e.subs(f.records, refs, phrase{"Engagements", "Commitments"}.in(lang), ofCommitment, "challenge", func(r *record) []*sub { return r.commitments })
	e.subs(f.records, refs, phrase{"Distinctions", "Awards"}.in(lang), ofAward, "edition", func(r *record) []*sub { return r.awards })
	return e, nil
}

// participants is the table of who takes part. Columns that nobody fills are there only
// where a person might fill them.
func (e *Export) participants(records []*record, refs *references) {
	used := map[string]bool{}
	roles := []string{}
	for _, r := range records {
		for _, v := range r.values {
			used[v.key] = used[v.key] || v.text != ""
			if strings.HasPrefix(v.key, "members.") && !slices.Contains(roles, v.key) {
				roles = append(roles, v.key)
			}
		}
	}
	slices.Sort(roles)
	rare := map[string]bool{"code": true, "aliases": true, "photo.file": true, "photo.alt": true, "photo.credit": true, "withdrawn_on": true, "logo": true, "kind": true}
	var columns []*field
	for _, f := range fields {
		if f.of == ofParticipant && (used[f.key] || !rare[f.key]) {
			columns = append(columns, f)
		}
	}
	for _, key := range roles {
		columns = append(columns, fieldOf(key))
	}
	t := spreadsheet.Table{Name: phrase{"Participants", "Participants"}.in(e.Language)}
	city := 0 // the commune's name follows its code, to be read by people
	for _, f := range columns {
		t.Headings = append(t.Headings, spreadsheet.Heading{Title: f.title(e.Language), Width: f.width})
		if f.key == "commune" {
			city = len(t.Headings)
			t.Headings = append(t.Headings, spreadsheet.Heading{Title: phrase{"Ville", "City"}.in(e.Language), Width: 20})
		}
	}
	t.Rows = func(yield func([]string) bool) {
		line := make([]string, len(t.Headings))
		for _, r := range records {
			i := 0
			for _, f := range columns {
				line[i] = exported(f, r)
				if i++; i == city {
					line[i] = ""
					if c := refs.communes[r.value("commune")]; c != nil {
						line[i] = c.name
					}
					i++
				}
			}
			if !yield(line) {
				return
			}
		}
	}
	e.Tables = append(e.Tables, t)
}

// exported is a record's value in a cell.
func exported(f *field, r *record) string {
	if f.key == "id" {
		return r.id
	}
	return r.value(f.key)
}

// subs is the table of commitments, or of awards.
func (e *Export) subs(records []*record, refs *references, name string, of entity, ref string, list func(*record) []*sub) {
	t := spreadsheet.Table{Name: name}
	columns := []*field{byKey["participant"]}
	for _, f := range fields {
		if f.of == of {
			columns = append(columns, f)
		}
	}
	for _, f := range columns {
		t.Headings = append(t.Headings, spreadsheet.Heading{Title: f.title(e.Language), Width: f.width})
	}
	any := false
	for _, r := range records {
		any = any || len(list(r)) > 0
	}
	if !any {
		return
	}
	t.Rows = func(yield func([]string) bool) {
		line := make([]string, len(columns))
		for _, r := range records {
			for _, s := range list(r) {
				line[0] = r.id
				for i, f := range columns[1:] {
					line[i+1], _ = s.values.get(f.key)
				}
				if !yield(line) {
					return
				}
			}
		}
	}
	e.Tables = append(e.Tables, t)
}

// WriteXLSX writes all tables as a workbook.
func (e *Export) WriteXLSX(w io.Writer) error {
	tables := slices.Clone(e.Tables)
	for i, t := range tables {
		tables[i].Rows = func(yield func([]string) bool) {
			var line []string
			for cells := range t.Rows {
				line = line[:0]
				for _, c := range cells {
					if unguarded(c) != c { // an apostrophe of its own, which an import would take away
						c = guarded(c)
					}
					line = append(line, c)
				}
				if !yield(line) {
					return
				}
			}
		}
	}
	return spreadsheet.Write(w, tables)
}

// WriteCSV writes one of the tables as a text: semicolons, UTF-8 with the mark that French
// spreadsheets need. A cell that would be taken for a formula gets an apostrophe.
func (e *Export) WriteCSV(w io.Writer, table int) error {
	b := bufio.NewWriter(w)
	b.WriteString("\ufeff")
	put := func(cells []string) {
		for i, c := range cells {
			if i > 0 {
				b.WriteByte(';')
			}
			b.WriteString(csvCell(guarded(c), ';'))
		}
		b.WriteString("\r\n")
	}
	t := e.Tables[table]
	var titles []string
	for _, h := range t.Headings {
		titles = append(titles, h.Title)
	}
	put(titles)
	for cells := range t.Rows {
		put(cells)
	}
	if err := b.Flush(); err != nil {
		return fmt.Errorf("csv: %w", err)
	}
	return nil
}

// guarded keeps a cell from being run as a formula. A number and a telephone are none.
func guarded(s string) string {
	if s == "" || s == none {
		return s
	}
	switch s[0] {
	case '=', '@', '\t', '\r':
		return "'" + s
	case '+', '-':
		if strings.Trim(s[1:], "0123456789 .,") != "" {
			return "'" + s
		}
	case '\'':
		if len(s) > 1 && strings.IndexByte("=@+-'\t\r", s[1]) >= 0 {
			return "'" + s
		}
	}
	return s
}

// unguarded undoes it.
func unguarded(s string) string {
	if len(s) > 1 && s[0] == '\'' && strings.IndexByte("=@+-'\t\r", s[1]) >= 0 {
		return s[1:]
	}
	return s
}
