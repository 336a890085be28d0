package load

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"io/fs"
	"maps"
	"slices"
	"strconv"
	"strings"

	"vitrine/internal/diag"
	"vitrine/internal/source"
)

var errNotExist = fs.ErrNotExist

// reason is the part of an error that a person needs: not the path, which the
// message gives already.
func reason(err error) string {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		return pe.Err.Error()
	}
	return err.Error()
}

// CSV reads a table whose first line names the keys, separated by commas,
// semicolons or tabs. Empty cells are keys that are not set. No file, no rows.
func CSV(tree *source.Tree, file string) ([]*Table, diag.List) {
	data, list := read(tree, file)
	if data == nil || list != nil {
		return nil, list
	}
	var all rows
	var problems diag.List
	err := eachRow(data, func(n int, keys, cells []string, spans []diag.Span, _ diag.Span) {
		if n < 0 {
			problems = append(problems, twice(file, keys, spans)...)
			all.heading(keys)
			return
		}
		if len(cells) > len(keys) {
			s := spans[len(keys)]
			problems = append(problems, diag.New(diag.CSVSyntax, diag.Span{File: file, Start: s.Start, End: s.End}, "reason", "extra-cell"))
			return
		}
		all.add(n, keys, cells)
	})
	if err != nil {
		return nil, diag.List{csvError(file, data, err)}
	}
	if len(problems) > 0 {
		return nil, problems
	}
	doc := newDocument(tree, file)
	doc.csv = true
	return all.tables(doc), nil
}

// rows are the rows of a file that hold anything, as tables of one content.
type rows struct {
	builder
	at      []int // where in the text each key is
	numbers []int // the rank of each row in the file
}

func (r *rows) heading(keys []string) {
	for _, k := range keys {
		r.at = append(r.at, len(r.text))
		r.text += k
	}
	r.nodes = []node{{kind: aList}}
}

func (r *rows) add(n int, keys, cells []string) {
	table := nodeID(0)
	for i, c := range cells {
		if keys[i] == "" || c == "" {
			continue
		}
		if table == 0 {
			table = r.builder.add(0, node{})
			r.numbers = append(r.numbers, n)
		}
		r.set(table, keys[i], r.at[i], c)
	}
}

// set stores a cell; a column named photo.file is the key file of the table photo.
func (r *rows) set(table nodeID, key string, at int, cell string) {
	outer, inner, dotted := strings.Cut(key, ".")
	id := r.find(table, outer)
	if id == 0 {
		id = r.builder.add(table, node{key: uint32(at), keySize: uint32(len(outer)), kind: aString})
	}
	if !dotted {
		r.put(id, cell)
		return
	}
	if n := &r.nodes[id]; n.kind != aTable {
		n.kind, n.a, n.b, n.count = aTable, 0, 0, 0
		maps.DeleteFunc(r.long, func(e entry, _ nodeID) bool { return e.table == id }) // of columns a.b, a, a.c
	}
	r.set(id, inner, at+len(outer)+1, cell)
}

func (r *rows) tables(doc *document) []*Table {
	if len(r.numbers) == 0 {
		return nil
	}
	values := r.finish()
	out := make([]*Table, 0, len(r.numbers))
	tables, places := make([]Table, len(r.numbers)), make([]place, len(r.numbers))
	for id := range values.each(0) {
		i := len(out)
		places[i] = place{doc: doc, key: row, rank: r.numbers[i]}
		tables[i] = Table{Ref: Ref{&places[i]}, values: &values, id: id, text: true}
		out = append(out, &tables[i])
	}
	return out
}

// twice reports the columns that bear the same name: which one counts is not ours to say.
func twice(file string, keys []string, spans []diag.Span) diag.List {
	var list diag.List
	for i, k := range keys {
		if k != "" && slices.Contains(keys[:i], k) {
			list = append(list, diag.New(diag.CSVSyntax, diag.Span{File: file, Start: spans[i].Start, End: spans[i].End}, "reason", "column-twice"))
		}
	}
	return list
}

// row is the key of a row's place.
const row = "row"

func rowPath(n int) string { return (&place{key: row, rank: n}).path() }

// eachRow visits the heading, as row -1, and the rows below it, with the spans of their
// cells.
func eachRow(data []byte, visit func(n int, keys, cells []string, spans []diag.Span, head diag.Span)) error {
	skip := 0
	if bytes.HasPrefix(data, bom) {
		skip = len(bom)
	}
	text := data[skip:]
	r := csv.NewReader(bytes.NewReader(text))
	r.Comma = separator(text)
	r.FieldsPerRecord = -1
	r.LazyQuotes = false
	lines := lineStarts(text)
	var keys []string
	for n := 0; ; n++ {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		spans := make([]diag.Span, len(cells))
		for i := range cells {
			l, c := r.FieldPos(i)
			start := lines[l-1] + c - 1
			end := start + len(cells[i])
			spans[i] = diag.Span{Start: skip + start, End: skip + min(end, len(text))}
		}
		for i, c := range cells {
			cells[i] = strings.TrimSpace(c)
		}
		if keys == nil {
			keys = slices.Clone(cells)
			n = -1
		}
		visit(n, keys, cells, spans, diag.Span{Start: spans[0].Start, End: spans[len(spans)-1].End})
	}
}

// separator guesses from the heading, where keys hold none of the candidates.
func separator(text []byte) rune {
	head, _ := line(text, 0)
	best, count := ',', 0
	for _, c := range ",;\t" {
		if n := bytes.Count(head, []byte(string(c))); n > count {
			best, count = c, n
		}
	}
	return best
}

func lineStarts(text []byte) []int {
	starts := []int{0}
	for i, b := range text {
		if b == '\n' {
			starts = append(starts, i+1)
		}
	}
	return append(starts, len(text))
}

func csvError(file string, data []byte, err error) diag.Diagnostic {
	var pe *csv.ParseError
	if !errors.As(err, &pe) {
		return diag.New(diag.CSVSyntax, diag.Span{File: file}, "reason", err.Error())
	}
	starts := lineStarts(data)
	at := starts[min(max(pe.Line-1, 0), len(starts)-1)] + max(pe.Column-1, 0)
	at = min(at, len(data))
	return diag.New(diag.CSVSyntax, diag.Span{File: file, Start: at, End: min(at+1, len(data))}, "reason", pe.Err.Error())
}

func parseInteger(s string) (int64, bool) {
	n, err := strconv.ParseInt(squeeze(s), 10, 64)
	return n, err == nil
}

func parseNumber(s string) (float64, bool) {
	n, err := strconv.ParseFloat(strings.Replace(squeeze(s), ",", ".", 1), 64)
	return n, err == nil
}

// squeeze drops the spaces that group thousands.
func squeeze(s string) string {
	return strings.NewReplacer(" ", "", "\u00a0", "", "\u202f", "").Replace(s)
}

func parseBoolean(s string) (v, ok bool) {
	switch strings.ToLower(s) {
	case "true", "yes", "oui", "vrai", "1", "x":
		return true, true
	case "false", "no", "non", "faux", "0":
		return false, true
	}
	return false, false
}

func parseList(s string) []string {
	var out []string
	for part := range strings.SplitSeq(s, "|") {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}
