package spreadsheet

import (
	"encoding/xml"
	"strconv"
	"strings"
)

// ods is an open workbook of the OpenDocument format: one part holds all sheets.
type ods struct{ a *archive }

func openODS(a *archive) (*Book, error) {
	locked, macros := false, false
	err := a.walk("META-INF/manifest.xml", elements{start: func(t *xml.StartElement) error {
		locked = locked || t.Name.Local == "encryption-data"
		macros = macros || strings.HasPrefix(attr(t, "full-path"), "Basic/")
		return nil
	}})
	if err != nil {
		return nil, err
	}
	if locked {
		return nil, refuse(Locked, "")
	}
	o := &ods{a: a}
	b := &Book{Format: ODS, Macros: macros, read: o.read}
	sheet := false
	hidden := map[string]bool{} // styles of tables that are not shown
	style := ""
	err = a.walk("content.xml", elements{start: func(t *xml.StartElement) error {
		switch t.Name.Local {
		case "spreadsheet":
			sheet = true
		case "style":
			style = attr(t, "name")
		case "table-properties":
			if attr(t, "display") == "false" {
				hidden[style] = true
			}
		case "table":
			if sheet {
				b.Sheets = append(b.Sheets, &Sheet{Name: attr(t, "name"), Hidden: hidden[attr(t, "style-name")], rank: len(b.Sheets)})
			}
		}
		return nil
	}})
	if err != nil {
		return nil, err
	}
	if !sheet {
		return nil, refuse(NotASheet, "")
	}
	return b, nil
}

func (o *ods) read(s *Sheet, visit func(*Row) error) error {
	s.HiddenColumns = nil
	p := &odsParser{sheet: s, visit: visit, table: -1}
	return o.a.walk("content.xml", elements{start: p.start, text: p.text, end: p.end})
}

// odsParser turns the tags of content.xml into the rows of one table.
type odsParser struct {
	sheet *Sheet
	visit func(*Row) error
	fill  filler

	table   int // which one this is
	nested  int // tables inside a cell
	note    int // inside an annotation
	column  int // of the next <table-column>
	number  int // of the next row
	repeat  int // of the row
	row     Row
	at      int // of the next cell
	cells   int // how often the cell is repeated
	inCell  bool
	cell    Cell
	typed   string
	span    area
	spanned bool
	text_   []byte
	lines   int // paragraphs so far
	inText  int
}

func (p *odsParser) mine() bool { return p.table == p.sheet.rank && p.nested == 0 }

func (p *odsParser) start(t *xml.StartElement) error {
	name := t.Name.Local
	if name == "table" && t.Name.Space == "table" {
		if p.inCell {
			p.nested++
			return nil
		}
		p.table++
		return nil
	}
	if !p.mine() {
		return nil
	}
	switch name {
	case "annotation":
		p.note++
	case "table-column":
		n := count(t, "number-columns-repeated")
		if v := attr(t, "visibility"); v == "collapse" || v == "filter" {
			for c := p.column; c < min(p.column+n, MaxColumns); c++ {
				p.sheet.HiddenColumns = append(p.sheet.HiddenColumns, c)
			}
		}
		p.column = min(p.column+n, MaxColumns)
	case "table-row":
		p.repeat = count(t, "number-rows-repeated")
		v := attr(t, "visibility")
		p.row = Row{Number: p.number + 1, Hidden: v == "collapse" || v == "filter", Cells: p.row.Cells[:0]}
		p.at = 0
	case "table-cell", "covered-table-cell":
		p.startCell(t)
	case "p", "h":
		if p.note == 0 && p.inCell {
			if p.lines++; p.lines > 1 {
				p.text_ = append(p.text_, '\n')
			}
			p.inText++
		}
	case "s":
		if p.inText > 0 && p.note == 0 {
			for range min(count(t, "c"), 1000) {
				p.text_ = append(p.text_, ' ')
			}
		}
	case "tab":
		if p.inText > 0 && p.note == 0 {
			p.text_ = append(p.text_, '\t')
		}
	case "line-break":
		if p.inText > 0 && p.note == 0 {
			p.text_ = append(p.text_, '\n')
		}
	}
	return nil
}

func (p *odsParser) startCell(t *xml.StartElement) {
	p.inCell, p.text_, p.lines, p.inText = true, p.text_[:0], 0, 0
	p.cells = count(t, "number-columns-repeated")
	p.typed = attr(t, "value-type")
	p.cell = Cell{}
	switch p.typed {
	case "float", "percentage", "currency":
		if v, err := strconv.ParseFloat(attr(t, "value"), 64); err == nil {
			p.cell = Cell{Kind: Number, Number: v, Text: decimal(v)}
		}
	case "date":
		p.cell = isoCell(attr(t, "date-value"))
	case "boolean":
		p.cell = Cell{Kind: Boolean, Text: attr(t, "boolean-value")}
	case "string":
		if v := attr(t, "string-value"); v != "" {
			p.cell = Cell{Kind: Text, Text: v}
		}
	}
	across, down := count(t, "number-columns-spanned"), count(t, "number-rows-spanned")
	if p.spanned = across > 1 || down > 1; p.spanned {
		p.span = area{p.at, p.row.Number, p.at + min(across, MaxColumns) - 1, p.row.Number + min(down, MaxRows) - 1}
	}
}

func (p *odsParser) text(b []byte) {
	if p.inText > 0 && p.note == 0 && p.mine() {
		p.text_ = append(p.text_, b...)
	}
}

func (p *odsParser) end(name string) error {
	if name == "table" && p.nested > 0 {
		p.nested--
		return nil
	}
	if !p.mine() {
		return nil
	}
	switch name {
	case "annotation":
		p.note--
	case "p", "h":
		if p.note == 0 && p.inText > 0 {
			p.inText--
		}
	case "table-cell", "covered-table-cell":
		p.endCell()
	case "table-row":
		return p.endRow()
	case "table":
		return errDone
	}
	return nil
}

func (p *odsParser) endCell() {
	p.inCell = false
	shown := string(p.text_)
	c := p.cell
	switch {
	case c.Kind == Number && digitsAlone(shown):
		c.Text = strings.TrimSpace(shown) // 01000, 02 33 98 44 00
	case c.Kind == Blank && shown != "" && (strings.HasPrefix(shown, "#") || strings.HasPrefix(shown, "Err:")) && p.typed != "string":
		c = Cell{Kind: Error, Text: shown}
	case c.Kind == Blank:
		c = textCell(shown)
	}
	from := p.at
	p.at = min(p.at+p.cells, 1<<20)
	if p.spanned && c.Kind != Blank {
		p.fill.areas = append(p.fill.areas, p.span)
	}
	if c.Kind == Blank {
		return
	}
	for i := from; i < min(p.at, MaxColumns); i++ {
		for len(p.row.Cells) <= i {
			p.row.Cells = append(p.row.Cells, Cell{})
		}
		p.row.Cells[i] = c
	}
}

// digitsAlone reports a number that is shown by its digits, padded or set apart.
func digitsAlone(s string) bool {
	digits := 0
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9':
			digits++
		case r != ' ' && r != '\u00a0' && r != '\u202f':
			return false
		}
	}
	return digits > 0
}

func (p *odsParser) endRow() error {
	repeat := p.repeat
	if len(p.row.Cells) == 0 && len(p.fill.open) == 0 {
		p.number += repeat
		return nil
	}
	blank := len(p.row.Cells) == 0
	for i := range repeat {
		p.number++
		if p.number > MaxRows {
			if blank {
				return nil
			}
			return refuse(TooLarge, "")
		}
		p.row.Number = p.number
		if blank {
			p.row.Cells = p.row.Cells[:0]
		}
		p.fill.apply(&p.row)
		if len(p.row.Cells) > 0 {
			if err := p.visit(&p.row); err != nil {
				return err
			}
		} else if blank && len(p.fill.open) == 0 {
			p.number += repeat - i - 1
			return nil
		}
	}
	return nil
}

// count is a number of repetitions; 1 when it is not said.
func count(t *xml.StartElement, name string) int {
	n, err := strconv.Atoi(attr(t, name))
	if err != nil || n < 1 {
		return 1
	}
	return min(n, 1<<24)
}
