package intake

import (
	"bytes"
	"fmt"
	"slices"
	"sort"
	"strings"

	"vitrine/internal/diag"
	"vitrine/internal/load"
)

// splice is a replacement of a part of a file.
type splice struct {
	start, end int
	text       string
}

// editor edits the files of a programme in their text.
type editor struct {
	files   *files
	texts   map[string][]byte
	splices map[string][]splice
	tables  map[string]*csvText
}

// editAll is what the files become: their names and bytes. Only what differs is there.
func (f *files) editAll(fresh []*record) (map[string][]byte, error) {
	e := &editor{files: f, texts: map[string][]byte{}, splices: map[string][]splice{}, tables: map[string]*csvText{}}
	for _, r := range f.records {
		if err := e.record(r); err != nil {
			return nil, err
		}
	}
	if err := e.fresh(fresh); err != nil {
		return nil, err
	}
	out := map[string][]byte{}
	for name, list := range e.splices {
		slices.SortStableFunc(list, func(a, b splice) int { return a.start - b.start })
		text := e.text(name)
		size := len(text)
		for _, s := range list {
			size += len(s.text)
		}
		var b bytes.Buffer
		b.Grow(size)
		at := 0
		for _, s := range list {
			if s.start < at {
				return nil, fmt.Errorf("%s: two edits of one place", name)
			}
			b.Write(text[at:s.start])
			b.WriteString(s.text)
			at = s.end
		}
		b.Write(text[at:])
		out[name] = b.Bytes()
	}
	for name, t := range e.tables {
		if t.changed {
			out[name] = t.bytes()
		}
	}
	return out, nil
}

func (e *editor) text(name string) []byte {
	if t, ok := e.texts[name]; ok {
		return t
	}
	t, _ := e.files.tree.Text(name)
	e.texts[name] = t
	return t
}

func (e *editor) splice(name string, start, end int, text string) {
	if bytes.Contains(e.text(name), []byte("\r\n")) {
		text = strings.ReplaceAll(text, "\n", "\r\n")
	}
	e.splices[name] = append(e.splices[name], splice{start, end, text})
}

// lineEnd is where the line of an offset ends, past its line feed.
func lineEnd(text []byte, at int) (end int, whole bool) {
	if i := bytes.IndexByte(text[at:], '\n'); i >= 0 {
		return at + i + 1, true
	}
	return len(text), false
}

// record writes what changed of a participant that is there.
func (e *editor) record(r *record) error {
	nested := map[string]bool{}
	for _, x := range r.edits {
		if x.sub != nil {
			if err := e.set(x.sub.table, x.key, x.text, x.sub.values); err != nil {
				return err
			}
			continue
		}
		if table, _, ok := strings.Cut(x.key, "."); ok {
			if !nested[table] {
				nested[table] = true
				if err := e.setNested(r, table); err != nil {
					return err
				}
			}
			continue
		}
		at := r.parts[0]
		for _, p := range r.parts {
			if p.Has(x.key) {
				at = p
			}
		}
		if err := e.set(at, x.key, x.text, r.values); err != nil {
			return err
		}
	}
	return e.newSubs(r)
}

// set writes a key of a table that is there.
func (e *editor) set(t *load.Table, key, text string, values pairs) error {
	file := t.File()
	if t.Row() {
		c, err := e.table(file, nil)
		if err != nil {
			return err
		}
		return c.set(rowOf(t), key, cellText(key, text))
	}
	if t.Has(key) {
		s := t.Span(key)
		e.splice(file, s.Start, s.End, literal(key, text))
		return nil
	}
	// After the key that comes before it in the usual order, or below the heading.
	e.insert(t, key, key+" = "+literal(key, text)+"\n")
	return nil
}

func (e *editor) insert(t *load.Table, key, line string) {
	file := t.File()
	content := e.text(file)
	best, at := -1, -1
	for _, k := range t.Keys() {
		if e.heads(t, k) {
			continue
		}
		if n := keyOrder(k); n <= keyOrder(key) && n > best {
			best, at = n, t.Span(k).End
		}
	}
	if at < 0 {
		s := t.Span("")
		at = s.End
		if strings.HasSuffix(file, ".md") && at == 0 { // the head of a page has no heading of its own
			at = bytes.Index(content, []byte("+++")) + 3
		}
	}
	end, whole := lineEnd(content, at)
	if !whole {
		line = "\n" + line
	}
	e.splice(file, end, end, line)
}

// heads reports a key that headings of their own hold: [participant.photo].
func (e *editor) heads(t *load.Table, key string) bool {
	if subs, ok := t.Tables(key); ok {
		return len(subs) == 0 || e.starts(t.File(), subs[0].Span(""), "[[")
	}
	if sub, ok := t.Table(key); ok {
		return !e.starts(t.File(), sub.Span(""), "{")
	}
	return false
}

func (e *editor) starts(file string, s diag.Span, with string) bool {
	text := e.text(file)
	return s.Start < len(text) && bytes.HasPrefix(text[s.Start:], []byte(with))
}

// setNested writes the table of photo or members.
func (e *editor) setNested(r *record, table string) error {
	at := r.parts[0]
	for _, p := range r.parts {
		if p.Has(table) {
			at = p
		}
	}
	if at.Row() {
		for _, x := range r.edits {
			if x.sub == nil && strings.HasPrefix(x.key, table+".") {
				if err := e.set(at, x.key, x.text, nil); err != nil {
					return err
				}
			}
		}
		return nil
	}
	inner, ok := at.Table(table)
	switch {
	case !ok:
		e.insert(at, table+".file", table+" = "+inlineTable(r.values, table)+"\n")
	case e.starts(at.File(), inner.Span(""), "{"):
		s := inner.Span("")
		e.splice(at.File(), s.Start, s.End, inlineTable(r.values, table))
	default:
		for _, x := range r.edits {
			head, key, _ := strings.Cut(x.key, ".")
			if x.sub != nil || head != table {
				continue
			}
			if inner.Has(key) {
				s := inner.Span(key)
				e.splice(at.File(), s.Start, s.End, literal(x.key, x.text))
				continue
			}
			line := bareKey(key) + " = " + literal(x.key, x.text) + "\n"
			text := e.text(at.File())
			last := inner.Span("").End
			for _, k := range inner.Keys() {
				last = max(last, inner.Span(k).End)
			}
			if !e.starts(at.File(), inner.Span(""), "[") { // photo.file = …
				line = table + "." + line
			}
			end, whole := lineEnd(text, last)
			if !whole {
				line = "\n" + line
			}
			e.splice(at.File(), end, end, line)
		}
	}
	return nil
}

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

// fileNames lists the files of a result in order.
func fileNames(files map[string][]byte) []string {
	out := make([]string, 0, len(files))
	for n := range files {
		out = append(out, n)
	}
	sort.Strings(out)
	return out
}
