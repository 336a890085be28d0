package spreadsheet

import (
	"bufio"
	"errors"
	"io"
	"strings"
	"unicode/utf8"
)

// csvFile is a text of which the lines are rows. It is read by hand rather than by
// encoding/csv: real files have quotes inside cells, line ends of old Macs, a first line
// that names the separator, and quotes that are never closed, which must be told rather
// than swallow the rest.
type csvFile struct {
	r     io.ReaderAt
	size  int64
	skip  int64 // of the byte order mark
	dec   decoder
	comma rune
}

func openCSV(head []byte, r io.ReaderAt, size int64) (*Book, error) {
	dec, skip, err := sniffEncoding(head, r, size)
	if err != nil {
		return nil, err
	}
	f := &csvFile{r: r, size: size, skip: skip, dec: dec}
	lines, err := f.head()
	if err != nil {
		return nil, err
	}
	if f.comma = separator(lines); f.comma == 0 {
		f.comma = ';'
	}
	if strings.TrimSpace(strings.Join(lines, "")) == "" {
		return nil, refuse(Empty, "")
	}
	return &Book{Format: CSV, Encoding: dec.encoding, Separator: f.comma, Sheets: []*Sheet{{}}, read: f.read}, nil
}

func (f *csvFile) open() *decoder {
	d := f.dec
	d.r = bufio.NewReaderSize(io.NewSectionReader(f.r, f.skip, f.size-f.skip), 1<<16)
	return &d
}

// head is the first lines of the text, as they are.
func (f *csvFile) head() ([]string, error) {
	d := f.open()
	var lines []string
	var b strings.Builder
	for n := 0; n < 64<<10; n++ {
		c, err := d.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, damaged(err)
		}
		if c == '\n' || c == '\r' {
			lines = append(lines, b.String())
			b.Reset()
			continue
		}
		b.WriteRune(c)
	}
	return append(lines, b.String()), nil
}

// separator is the character that parts the most lines the same way; of equals, the one
// that French spreadsheets write. A first line « sep=; » says it. 0 when nothing parts.
func separator(lines []string) rune {
	if len(lines) > 0 {
		if sep, ok := strings.CutPrefix(strings.TrimSpace(lines[0]), "sep="); ok && utf8.RuneCountInString(sep) == 1 {
			r, _ := utf8.DecodeRuneInString(sep)
			return r
		}
	}
	best, score := rune(0), 0
	for _, c := range ";\t,|" {
		counts := map[int]int{}
		quoted := false
		n := 0
		for _, line := range lines {
			if !quoted {
				n = 0
			}
			for _, r := range line {
				switch {
				case r == '"':
					quoted = !quoted
				case r == c && !quoted:
					n++
				}
			}
			if !quoted && n > 0 {
				counts[n]++
			}
		}
		most := 0
		for n, times := range counts {
			if s := min(n, 4) * times * times; s > most {
				most = s
			}
		}
		if most > score {
			best, score = c, most
		}
	}
	return best
}

// maxField is the longest cell, in bytes. Beyond, a quote was left open.
const maxField = 1 << 20

// read visits the lines.
func (f *csvFile) read(_ *Sheet, visit func(*Row) error) error {
	p := csvParser{d: f.open(), comma: f.comma}
	row := Row{}
	for n := 1; ; n++ {
		cells, err := p.record(row.Cells[:0])
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if n > MaxRows {
			return refuse(TooLarge, "")
		}
		last := len(cells)
		for last > 0 && cells[last-1].Kind == Blank {
			last--
		}
		row = Row{Number: n, Cells: cells[:last]}
		if last == 0 || n == 1 && last == 1 && strings.HasPrefix(cells[0].Text, "sep=") {
			continue
		}
		if n == 1 && last <= 2 && strings.TrimSpace(cells[0].Text) == "sep=" {
			continue // sep=; was itself parted
		}
		if err := visit(&row); err != nil {
			return err
		}
	}
}

// csvParser reads records.
type csvParser struct {
	d     *decoder
	comma rune
	line  int  // of the text, from 0
	kept  rune // read ahead
	ahead bool
	buf   []byte
}

func (p *csvParser) next() (rune, error) {
	if p.ahead {
		p.ahead = false
		return p.kept, nil
	}
	c, err := p.d.next()
	if c == '\n' && err == nil {
		p.line++
	}
	return c, err
}

func (p *csvParser) back(c rune) { p.kept, p.ahead = c, true }

// record reads one line into cells; io.EOF after the last.
func (p *csvParser) record(cells []Cell) ([]Cell, error) {
	for first := true; ; first = false {
		text, end, err := p.field()
		if err != nil {
			if errors.Is(err, io.EOF) && (!first || text != "") {
				return add(cells, text), nil
			}
			return nil, err
		}
		cells = add(cells, text)
		if end {
			return cells, nil
		}
	}
}

func add(cells []Cell, text string) []Cell {
	if len(cells) >= MaxColumns {
		return cells
	}
	if strings.TrimSpace(text) == "" {
		return append(cells, Cell{})
	}
	return append(cells, Cell{Kind: Text, Text: text})
}

// field reads a cell; end is true when the line ends with it.
func (p *csvParser) field() (text string, end bool, err error) {
	p.buf = p.buf[:0]
	c, err := p.next()
	for err == nil && (c == ' ' && p.comma != ' ' || c == '\t' && p.comma != '\t') {
		p.buf = utf8.AppendRune(p.buf, c) // spaces before a quote
		c, err = p.next()
	}
	if err == nil && c == '"' {
		p.buf = p.buf[:0]
		if err := p.quoted(); err != nil {
			return "", false, err
		}
		c, err = p.next()
	}
	for ; err == nil; c, err = p.next() {
		switch {
		case c == p.comma:
			return string(p.buf), false, nil
		case c == '\n':
			return string(p.buf), true, nil
		case c == '\r':
			if n, err := p.next(); err == nil && n != '\n' {
				p.back(n)
			}
			return string(p.buf), true, nil
		}
		if p.buf = utf8.AppendRune(p.buf, c); len(p.buf) > maxField {
			return "", false, refuse(NotASheet, "")
		}
	}
	if !errors.Is(err, io.EOF) {
		return "", false, damaged(err)
	}
	return string(p.buf), true, io.EOF
}

// quoted reads up to the quote that closes. A quote before anything but a separator or a
// line's end is one of the text's: "dit "Nono"" is dit "Nono".
func (p *csvParser) quoted() error {
	opened := p.line
	for {
		c, err := p.next()
		if err != nil {
			if errors.Is(err, io.EOF) {
				return refuse(OpenQuote, itoa(opened+1))
			}
			return damaged(err)
		}
		if c == '"' {
			n, err := p.next()
			switch {
			case errors.Is(err, io.EOF):
				return nil
			case err != nil:
				return damaged(err)
			case n == p.comma || n == '\n' || n == '\r':
				p.back(n)
				return nil
			case n != '"':
				p.buf = append(p.buf, '"')
				p.back(n)
				continue
			}
		}
		if p.buf = utf8.AppendRune(p.buf, c); len(p.buf) > maxField {
			return refuse(OpenQuote, itoa(opened+1))
		}
	}
}
