package intake

import (
	"bytes"
	"fmt"
	"strings"

	"vitrine/internal/load"
)

// newSubs writes the commitments and awards that a participant gains.
func (e *editor) newSubs(r *record) error {
	for _, kind := range []string{"commitment", "award"} {
		subs := r.commitments
		if kind == "award" {
			subs = r.awards
		}
		var lines strings.Builder
		home := e.home(r, kind, subs)
		for _, s := range subs {
			if s.table != nil {
				continue
			}
			if home == nil {
				if err := e.subRow(r.id, kind, s); err != nil {
					return err
				}
				continue
			}
			heading := "participant." + kind
			if strings.HasSuffix(home.File(), ".md") {
				heading = kind
			}
			lines.WriteString("\n[[" + heading + "]]\n" + tomlLines(s.values, nil))
		}
		if lines.Len() == 0 {
			continue
		}
		text := e.text(home.File())
		end, whole := lineEnd(text, e.last(home, kind))
		block := lines.String()
		if !whole {
			block = "\n" + block
		}
		e.splice(home.File(), end, end, block)
	}
	return nil
}

// home is the table to which new commitments are added; nil: the CSV file of them.
func (e *editor) home(r *record, kind string, subs []*sub) *load.Table {
	for _, p := range r.parts {
		if p.Has(kind) {
			return p
		}
	}
	for _, s := range subs {
		if s.table != nil && s.table.Row() {
			return nil
		}
	}
	if r.parts[0].Row() {
		return nil
	}
	return r.parts[0]
}

// last is the end of what a table holds, before which a new commitment or award may not
// stand: of its commitments when it gains one and has awards after them.
func (e *editor) last(t *load.Table, kind string) int {
	at := max(t.Span("").End, 0)
	if strings.HasSuffix(t.File(), ".md") && at == 0 {
		at = bytes.Index(e.text(t.File()), []byte("+++")) + 3
	}
	of := func(sub *load.Table) {
		at = max(at, sub.Span("").End)
		for _, k := range sub.Keys() {
			at = max(at, sub.Span(k).End)
		}
	}
	subs, _ := t.Tables(kind)
	for _, s := range subs {
		of(s)
	}
	if len(subs) > 0 {
		return at
	}
	for _, k := range t.Keys() {
		if subs, ok := t.Tables(k); ok && e.heads(t, k) {
			if k == "award" && kind == "commitment" {
				continue
			}
			for _, s := range subs {
				of(s)
			}
			continue
		}
		if sub, ok := t.Table(k); ok {
			of(sub)
		}
		at = max(at, t.Span(k).End)
	}
	return at
}

// fresh writes the new participants: at the end of participants.toml, or of
// participants.csv where the programme has that alone.
func (e *editor) fresh(list []*record) error {
	if len(list) == 0 {
		return nil
	}
	if e.files.csv && !e.files.toml {
		for _, r := range list {
			c, err := e.table(e.files.dir+"/participants.csv", nil)
			if err != nil {
				return err
			}
			if err := c.add(r.values); err != nil {
				return err
			}
			for _, s := range r.commitments {
				if err := e.subRow(r.id, "commitment", s); err != nil {
					return err
				}
			}
			for _, s := range r.awards {
				if err := e.subRow(r.id, "award", s); err != nil {
					return err
				}
			}
		}
		return nil
	}
	name := e.files.dir + "/participants.toml"
	text := e.text(name)
	var b strings.Builder
	if len(text) > 0 && !bytes.HasSuffix(text, []byte("\n")) {
		b.WriteByte('\n')
	}
	for i, r := range list {
		if i > 0 || len(bytes.TrimSpace(text)) > 0 {
			b.WriteByte('\n')
		}
		b.WriteString("[[participant]]\n" + tomlLines(r.values, nil))
		for _, s := range r.commitments {
			b.WriteString("\n[[participant.commitment]]\n" + tomlLines(s.values, nil))
		}
		for _, s := range r.awards {
			b.WriteString("\n[[participant.award]]\n" + tomlLines(s.values, nil))
		}
	}
	e.splice(name, len(text), len(text), b.String())
	return nil
}

// subRow adds a row to commitments.csv or awards.csv.
func (e *editor) subRow(id, kind string, s *sub) error {
	keys := []string{"participant", "challenge", "done_on", "new", "evidence", "text", "measure"}
	if kind == "award" {
		keys = []string{"participant", "edition", "on", "level", "valid_until", "number", "waived"}
	}
	c, err := e.table(e.files.dir+"/"+kind+"s.csv", keys)
	if err != nil {
		return err
	}
	values := append(pairs{{"participant", id}}, s.values...)
	return c.add(values)
}

// table opens a CSV file of the data; keys are its columns when there is none yet.
func (e *editor) table(name string, keys []string) (*csvText, error) {
	if c := e.tables[name]; c != nil {
		return c, nil
	}
	c, err := readCSV(e.text(name), keys)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	e.tables[name] = c
	return c, nil
}
