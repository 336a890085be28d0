package intake

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"

	"vitrine/internal/load"
)

// csvText is a CSV file of the data, row by row as it is written: the rows that do not
// change keep their bytes.
type csvText struct {
	bom     bool
	comma   rune
	eol     string
	keys    []string
	lines   []csvLine // the first has the keys
	changed bool
	redo    bool // a column was added: every row is written anew
}

type csvLine struct {
	raw   []byte // with its line end
	cells []string
	dirty bool
}

func readCSV(data []byte, keys []string) (*csvText, error) {
	c := &csvText{comma: ',', eol: "\n"}
	data, c.bom = bytes.CutPrefix(data, []byte("\xef\xbb\xbf"))
	if bytes.Contains(data, []byte("\r\n")) {
		c.eol = "\r\n"
	}
	if len(bytes.TrimSpace(data)) == 0 {
		c.keys = keys
		c.lines = []csvLine{{cells: slices.Clone(keys), dirty: true}}
		return c, nil
	}
	c.comma = load.Separator(data)
	r := csv.NewReader(bytes.NewReader(data))
	r.Comma = c.comma
	r.FieldsPerRecord = -1
	at := int64(0)
	for {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		end := r.InputOffset()
		c.lines = append(c.lines, csvLine{raw: data[at:end], cells: cells})
		at = end
	}
	for _, k := range c.lines[0].cells {
		c.keys = append(c.keys, strings.TrimSpace(k))
	}
	return c, nil
}

// rowOf is the rank of a row below the keys, from 0.
func rowOf(t *load.Table) int { return t.Rank() }

func (c *csvText) column(key string) int {
	if i := slices.Index(c.keys, key); i >= 0 {
		return i
	}
	if key == "photo.file" {
		if i := slices.Index(c.keys, "photo"); i >= 0 {
			return i
		}
	}
	c.keys = append(c.keys, key)
	for len(c.lines[0].cells) < len(c.keys)-1 {
		c.lines[0].cells = append(c.lines[0].cells, "")
	}
	c.lines[0].cells = append(c.lines[0].cells, key)
	c.redo = true
	return len(c.keys) - 1
}

func (c *csvText) set(row int, key, text string) error {
	if row+1 >= len(c.lines) || row < 0 {
		return errors.New("a row is not where it was read")
	}
	i := c.column(key)
	l := &c.lines[row+1]
	for len(l.cells) <= i {
		l.cells = append(l.cells, "")
	}
	l.cells[i], l.dirty, c.changed = text, true, true
	return nil
}

func (c *csvText) add(values pairs) error {
	l := csvLine{dirty: true}
	for _, v := range inOrder(values) {
		if v.text == "" {
			continue
		}
		i := c.column(v.key)
		for len(l.cells) <= i {
			l.cells = append(l.cells, "")
		}
		l.cells[i] = cellText(v.key, v.text)
	}
	c.lines = append(c.lines, l)
	c.changed = true
	return nil
}

func (c *csvText) bytes() []byte {
	var b bytes.Buffer
	if c.bom {
		b.WriteString("\xef\xbb\xbf")
	}
	for _, l := range c.lines {
		if !l.dirty && !c.redo {
			b.Write(l.raw)
			continue
		}
		if n := b.Len(); n > 0 && b.Bytes()[n-1] != '\n' && !(c.bom && n == 3) {
			b.WriteString(c.eol)
		}
		for len(l.cells) < len(c.keys) {
			l.cells = append(l.cells, "")
		}
		for i, cell := range l.cells {
			if i > 0 {
				b.WriteRune(c.comma)
			}
			b.WriteString(csvCell(cell, c.comma))
		}
		b.WriteString(c.eol)
	}
	return b.Bytes()
}

// csvCell quotes a cell where it must be.
func csvCell(s string, comma rune) string {
	if strings.ContainsAny(s, "\"\r\n") || strings.ContainsRune(s, comma) || strings.HasPrefix(s, " ") || strings.HasSuffix(s, " ") {
		return `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
	}
	return s
}
