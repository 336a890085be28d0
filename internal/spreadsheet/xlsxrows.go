package spreadsheet

import (
	"bufio"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
)

// area is a merged range, from 0 and from 1.
type area struct{ left, top, right, bottom int }

// maxMerges bounds what a sheet may merge.
const maxMerges = 20_000

// read visits the rows of a sheet. Merged ranges are listed after the rows; they are
// looked for first, by their tag alone.
func (x *xlsx) read(s *Sheet, visit func(*Row) error) error {
	areas, err := x.merges(s.part)
	if err != nil {
		return err
	}
	r, ok, err := x.a.open(s.part)
	if err != nil {
		return err
	}
	if !ok {
		return refuse(Damaged, s.part)
	}
	defer r.Close()
	p := &rowParser{x: x, sheet: s, visit: visit, fill: filler{areas: areas}}
	s.HiddenColumns = nil
	return walkXML(r, elements{start: p.start, text: p.text, end: p.end})
}

// merges finds the merged ranges without parsing the sheet: a tag cannot stand in a text.
func (x *xlsx) merges(part string) ([]area, error) {
	r, ok, err := x.a.open(part)
	if err != nil || !ok {
		return nil, err
	}
	defer r.Close()
	var out []area
	br := bufio.NewReaderSize(r, 1<<16)
	for {
		tag, err := br.ReadSlice('>')
		if i := bytes.LastIndex(tag, []byte("mergeCell ")); i > 0 && (tag[i-1] == '<' || tag[i-1] == ':') {
			if _, rest, ok := strings.Cut(string(tag[i:]), `ref="`); ok {
				ref, _, _ := strings.Cut(rest, `"`)
				if a, ok := parseArea(ref); ok && len(out) < maxMerges {
					out = append(out, a)
				}
			}
		}
		switch {
		case errors.Is(err, io.EOF):
			slices.SortStableFunc(out, func(a, b area) int { return a.top - b.top })
			return out, nil
		case err != nil && !errors.Is(err, bufio.ErrBufferFull):
			return nil, err
		}
	}
}

func parseArea(ref string) (area, bool) {
	from, to, ok := strings.Cut(ref, ":")
	if !ok {
		return area{}, false
	}
	left, top, ok1 := parseAddress(from)
	right, bottom, ok2 := parseAddress(to)
	return area{left, top, right, bottom}, ok1 && ok2 && left <= right && top <= bottom && (left != right || top != bottom)
}

// filler gives the cells of merged ranges the value of their first.
type filler struct {
	areas []area // in the order of their tops
	open  []filled
}

type filled struct {
	area
	first Cell
}

// maxOpen is how many ranges may cover a row.
const maxOpen = MaxColumns

// apply fills a row.
func (f *filler) apply(row *Row) {
	for len(f.areas) > 0 && f.areas[0].top <= row.Number {
		if a := f.areas[0]; a.top == row.Number && len(f.open) < maxOpen {
			var c Cell
			if a.left < len(row.Cells) {
				c = row.Cells[a.left]
			}
			f.open = append(f.open, filled{a, c})
		}
		f.areas = f.areas[1:]
	}
	live := f.open[:0]
	for _, o := range f.open {
		if o.bottom < row.Number {
			continue
		}
		live = append(live, o)
		if o.first.Kind != Blank {
			o.fill(row)
		}
	}
	f.open = live
}

func (o *filled) fill(row *Row) {
	for c := o.left; c <= min(o.right, MaxColumns-1); c++ {
		if c == o.left && row.Number == o.top {
			continue
		}
		for len(row.Cells) <= c {
			row.Cells = append(row.Cells, Cell{})
		}
		if row.Cells[c].Kind != Blank {
			continue
		}
		row.Cells[c] = o.first
		row.Cells[c].Merge = Across
		if c == o.left {
			row.Cells[c].Merge = Below
		}
	}
}

// rowParser turns the tags of a sheet into rows.
type rowParser struct {
	x     *xlsx
	sheet *Sheet
	visit func(*Row) error
	fill  filler

	row    Row
	next   int // the row that follows
	column int
	kind   string // of the cell
	style  int
	value  []byte
	in     bool // in <v>
	has    bool // the cell has a value
	form   bool // the cell has a formula
	source []byte
	inF    bool
	inline words
}

func (p *rowParser) start(t *xml.StartElement) error {
	switch t.Name.Local {
	case "dimension":
		if _, to, ok := strings.Cut(attr(t, "ref"), ":"); ok {
			_, p.sheet.Rows, _ = parseAddress(to)
		}
	case "col":
		if yes(attr(t, "hidden")) {
			from, _ := strconv.Atoi(attr(t, "min"))
			to, _ := strconv.Atoi(attr(t, "max"))
			for c := max(from, 1); c <= min(to, MaxColumns); c++ {
				p.sheet.HiddenColumns = append(p.sheet.HiddenColumns, c-1)
			}
		}
	case "row":
		p.next++
		if n, err := strconv.Atoi(attr(t, "r")); err == nil && n >= p.next {
			p.next = n
		}
		if p.next > MaxRows {
			return refuse(TooLarge, "")
		}
		p.row = Row{Number: p.next, Hidden: yes(attr(t, "hidden")), Cells: p.row.Cells[:0]}
		p.column = -1
	case "c":
		p.column++
		if c, _, ok := parseAddress(attr(t, "r")); ok && c >= p.column {
			p.column = c
		}
		p.kind, p.has, p.form = attr(t, "t"), false, false
		p.style, _ = strconv.Atoi(attr(t, "s")) // none: the first
		p.value, p.source, p.inline.buf = p.value[:0], p.source[:0], p.inline.buf[:0]
	case "v":
		p.in, p.has = true, true
	case "f":
		p.form, p.inF = true, true
	case "t", "rPh":
		p.inline.start(t.Name.Local)
	}
	return nil
}

func (p *rowParser) text(b []byte) {
	switch {
	case p.in:
		p.value = append(p.value, b...)
	case p.inF:
		p.source = append(p.source, b...)
	default:
		p.inline.add(b)
	}
}

func (p *rowParser) end(name string) error {
	switch name {
	case "v":
		p.in = false
	case "f":
		p.inF = false
	case "t", "rPh":
		p.inline.end(name)
	case "c":
		if c := p.cell(); c.Kind != Blank && p.column >= 0 && p.column < MaxColumns {
			for len(p.row.Cells) <= p.column {
				p.row.Cells = append(p.row.Cells, Cell{})
			}
			p.row.Cells[p.column] = c
		}
	case "row":
		p.fill.apply(&p.row)
		if len(p.row.Cells) > 0 {
			return p.visit(&p.row)
		}
	case "sheetData":
		return errDone
	}
	return nil
}

func (p *rowParser) cell() Cell {
	if p.kind == "inlineStr" {
		return textCell(unescape(string(p.inline.buf)))
	}
	v := string(p.value)
	if !p.has || v == "" {
		if p.form && !p.has {
			return Cell{Kind: Error, Text: "=" + string(p.source)}
		}
		return Cell{}
	}
	switch p.kind {
	case "s":
		n, err := strconv.Atoi(strings.TrimSpace(v))
		s, ok := p.x.shared.get(n)
		if err != nil || !ok {
			return Cell{Kind: Error, Text: "#" + v}
		}
		return textCell(s)
	case "str":
		return textCell(unescape(v))
	case "b":
		return Cell{Kind: Boolean, Text: strconv.FormatBool(yes(v))}
	case "e":
		return Cell{Kind: Error, Text: v}
	case "d":
		return isoCell(v)
	}
	n, err := strconv.ParseFloat(strings.TrimSpace(v), 64)
	if err != nil {
		return textCell(v)
	}
	var f form
	if p.style >= 0 && p.style < len(p.x.forms) {
		f = p.x.forms[p.style]
	}
	if f.date {
		return dateCell(n, p.x.from1904)
	}
	return Cell{Kind: Number, Text: f.show(n), Number: n}
}

func textCell(s string) Cell {
	if s == "" {
		return Cell{}
	}
	return Cell{Kind: Text, Text: s}
}

// isoCell is a date that is written out: 2023-11-30, 2023-11-30T14:30:00.
func isoCell(s string) Cell {
	day, clock, _ := strings.Cut(s, "T")
	if len(clock) >= 5 && clock[:5] != "00:00" {
		day += " " + clock[:5]
	}
	return Cell{Kind: Date, Text: day}
}
