package spreadsheet

import (
	"archive/zip"
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Heading is a column of a table to write.
type Heading struct {
	Title string
	Width int // in characters
}

// Table is a sheet to write.
type Table struct {
	Name     string // at most 31 characters, without []:*?/\
	Headings []Heading
	Rows     func(yield func(cells []string) bool) // texts, as they are
}

// Write writes a workbook in which every cell is a text, so that no program takes a
// SIRET for a number. The same tables give the same bytes.
func Write(w io.Writer, tables []Table) error {
	z := zip.NewWriter(w)
	part := func(name string, fill func(b *bufio.Writer)) error {
		f, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate})
		if err != nil {
			return err
		}
		b := bufio.NewWriterSize(f, 1<<16)
		b.WriteString("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n")
		fill(b)
		return b.Flush()
	}
	parts := []struct {
		name string
		fill func(b *bufio.Writer)
	}{
		{"[Content_Types].xml", func(b *bufio.Writer) {
			b.WriteString(`<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>`)
			for i := range tables {
				fmt.Fprintf(b, `<Override PartName="/xl/worksheets/sheet%d.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>`, i+1)
			}
			b.WriteString(`</Types>`)
		}},
		{"_rels/.rels", func(b *bufio.Writer) {
			b.WriteString(`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`)
		}},
		{"xl/workbook.xml", func(b *bufio.Writer) {
			b.WriteString(`<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>`)
			for i, t := range tables {
				fmt.Fprintf(b, `<sheet name="%s" sheetId="%d" r:id="rId%d"/>`, escape(t.Name), i+1, i+1)
			}
			b.WriteString(`</sheets></workbook>`)
		}},
		{"xl/_rels/workbook.xml.rels", func(b *bufio.Writer) {
			b.WriteString(`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`)
			for i := range tables {
				fmt.Fprintf(b, `<Relationship Id="rId%d" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet%d.xml"/>`, i+1, i+1)
			}
			fmt.Fprintf(b, `<Relationship Id="rId%d" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>`, len(tables)+1)
		}},
		// 49 is the format of texts: what is typed over a SIRET stays one.
		{"xl/styles.xml", func(b *bufio.Writer) {
			b.WriteString(`<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`)
		}},
	}
	for _, p := range parts {
		if err := part(p.name, p.fill); err != nil {
			return err
		}
	}
	for i, t := range tables {
		if err := part("xl/worksheets/sheet"+strconv.Itoa(i+1)+".xml", t.write); err != nil {
			return err
		}
	}
	return z.Close()
}

func (t *Table) write(b *bufio.Writer) {
	b.WriteString(`<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>`)
	if len(t.Headings) > 0 {
		b.WriteString(`<cols>`)
		for i, h := range t.Headings {
			fmt.Fprintf(b, `<col min="%d" max="%d" width="%d" style="1" customWidth="1"/>`, i+1, i+1, max(h.Width, 8))
		}
		b.WriteString(`</cols>`)
	}
	b.WriteString(`<sheetData>`)
	n := 1
	titles := make([]string, len(t.Headings))
	for i, h := range t.Headings {
		titles[i] = h.Title
	}
	writeRow(b, n, "2", titles)
	for cells := range t.Rows {
		n++
		writeRow(b, n, "1", cells)
	}
	b.WriteString(`</sheetData></worksheet>`)
}

func writeRow(b *bufio.Writer, n int, style string, cells []string) {
	row := strconv.Itoa(n)
	b.WriteString(`<row r="` + row + `">`)
	for i, c := range cells {
		if c == "" {
			continue
		}
		b.WriteString(`<c r="` + Column(i) + row + `" s="` + style + `" t="inlineStr"><is><t xml:space="preserve">`)
		b.WriteString(escape(c))
		b.WriteString(`</t></is></c>`)
	}
	b.WriteString(`</row>`)
}

// escape writes a text in XML, and what XML cannot hold as _x000D_.
func escape(s string) string {
	var b strings.Builder
	for i, r := range s {
		switch {
		case r == '&':
			b.WriteString("&amp;")
		case r == '<':
			b.WriteString("&lt;")
		case r == '>':
			b.WriteString("&gt;")
		case r == '"':
			b.WriteString("&quot;")
		case r < ' ' && r != '\t' && r != '\n', r == 0xfffe, r == 0xffff:
			fmt.Fprintf(&b, "_x%04X_", r)
		case r == utf8.RuneError && !strings.HasPrefix(s[i:], "\ufffd"):
			b.WriteRune(utf8.RuneError)
		case r == '_':
			if _, looks := escaped(s[i:]); looks {
				b.WriteString("_x005F")
			}
			b.WriteByte('_')
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
