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
		line = "\n" + strings.TrimSuffix(line, "\n")
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
				line = "\n" + strings.TrimSuffix(line, "\n")
			}
			e.splice(at.File(), end, end, line)
		}
	}
	return nil
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
