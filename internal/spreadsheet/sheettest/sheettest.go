// Package sheettest makes workbooks for tests, the way the programs of offices write them:
// shared texts, styles, merged cells, hidden rows, repeated cells, other encodings. It
// shares no code with the package that reads them. The same description gives the same
// bytes.
package sheettest

import (
	"archive/zip"
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"
)

// Sheet describes a sheet. A row is a list of cells; a cell is a string, an int, a
// float64, a bool, a Day, a Shown, an Err, or nil.
type Sheet struct {
	Name       string
	Hidden     bool
	Rows       [][]any
	HiddenRows []int    // from 1
	HiddenCols []int    // from 0
	Merges     []string // A1:C1
}

// Day is a date that a spreadsheet keeps as a number.
type Day float64

// Shown is a number with the format that shows it.
type Shown struct {
	Value  float64
	Format string
	As     string // as shown
}

// Err is an error that a formula gave.
type Err string

func escape(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;").Replace(s)
}

func column(n int) string {
	s := ""
	for n++; n > 0; n = (n - 1) / 26 {
		s = string(rune('A'+(n-1)%26)) + s
	}
	return s
}

func number(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

// Zip packs parts in the order given: name, content, name, content…
func Zip(parts ...string) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i+1 < len(parts); i += 2 {
		f, err := z.CreateHeader(&zip.FileHeader{Name: parts[i], Method: zip.Deflate})
		if err == nil {
			_, err = f.Write([]byte(parts[i+1]))
		}
		if err != nil {
			panic(err)
		}
	}
	if err := z.Close(); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// Options are what a workbook may be besides its cells.
type Options struct {
	Macros   bool
	From1904 bool
}

// XLSX makes a workbook as Excel would.
func XLSX(o Options, sheets ...Sheet) []byte {
	const head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\r\n"
	var shared []string
	ranks := map[string]int{}
	formats := []string{}
	style := func(format string) int {
		for i, f := range formats {
			if f == format {
				return i + 2
			}
		}
		formats = append(formats, format)
		return len(formats) + 1
	}
	var parts []string
	var list, links, types strings.Builder
	for i, s := range sheets {
		state := ""
		if s.Hidden {
			state = ` state="hidden"`
		}
		fmt.Fprintf(&list, `<sheet name="%s" sheetId="%d"%s r:id="rId%d"/>`, escape(s.Name), i+1, state, i+1)
		fmt.Fprintf(&links, `<Relationship Id="rId%d" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet%d.xml"/>`, i+1, i+1)
		fmt.Fprintf(&types, `<Override PartName="/xl/worksheets/sheet%d.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>`, i+1)
		var b strings.Builder
		b.WriteString(head + `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">`)
		fmt.Fprintf(&b, `<dimension ref="A1:%s%d"/>`, "Z", len(s.Rows))
		if len(s.HiddenCols) > 0 {
			b.WriteString("<cols>")
			for _, c := range s.HiddenCols {
				fmt.Fprintf(&b, `<col min="%d" max="%d" width="9" hidden="1"/>`, c+1, c+1)
			}
			b.WriteString("</cols>")
		}
		b.WriteString("<sheetData>")
		for r, cells := range s.Rows {
			hidden := ""
			for _, h := range s.HiddenRows {
				if h == r+1 {
					hidden = ` hidden="1"`
				}
			}
			fmt.Fprintf(&b, `<row r="%d" spans="1:5"%s>`, r+1, hidden)
			for c, cell := range cells {
				at := column(c) + strconv.Itoa(r+1)
				switch v := cell.(type) {
				case nil:
				case string:
					n, ok := ranks[v]
					if !ok {
						n = len(shared)
						ranks[v] = n
						shared = append(shared, v)
					}
					fmt.Fprintf(&b, `<c r="%s" t="s"><v>%d</v></c>`, at, n)
				case int:
					fmt.Fprintf(&b, `<c r="%s"><v>%d</v></c>`, at, v)
				case float64:
					fmt.Fprintf(&b, `<c r="%s"><v>%s</v></c>`, at, number(v))
				case bool:
					n := 0
					if v {
						n = 1
					}
					fmt.Fprintf(&b, `<c r="%s" t="b"><v>%d</v></c>`, at, n)
				case Day:
					fmt.Fprintf(&b, `<c r="%s" s="1"><v>%s</v></c>`, at, number(float64(v)))
				case Shown:
					fmt.Fprintf(&b, `<c r="%s" s="%d"><v>%s</v></c>`, at, style(v.Format), number(v.Value))
				case Err:
					fmt.Fprintf(&b, `<c r="%s" t="e"><f>VLOOKUP(A1,B:C,2)</f><v>%s</v></c>`, at, string(v))
				default:
					panic(fmt.Sprintf("%T", cell))
				}
			}
			b.WriteString("</row>")
		}
		b.WriteString("</sheetData>")
		if len(s.Merges) > 0 {
			fmt.Fprintf(&b, `<mergeCells count="%d">`, len(s.Merges))
			for _, m := range s.Merges {
				fmt.Fprintf(&b, `<mergeCell ref="%s"/>`, m)
			}
			b.WriteString("</mergeCells>")
		}
		b.WriteString("</worksheet>")
		parts = append(parts, fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1), b.String())
	}
	var strs strings.Builder
	strs.WriteString(head + `<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">`)
	for i, s := range shared {
		if i%3 == 1 && len(s) > 4 { // as Excel does when a part of a cell is bold
			r := []rune(s)
			fmt.Fprintf(&strs, `<si><r><rPr><b/></rPr><t xml:space="preserve">%s</t></r><r><t xml:space="preserve">%s</t></r><rPh sb="0" eb="1"><t>x</t></rPh></si>`, escape(string(r[:2])), escape(string(r[2:])))
			continue
		}
		fmt.Fprintf(&strs, `<si><t xml:space="preserve">%s</t></si>`, escape(s))
	}
	strs.WriteString("</sst>")
	var styles strings.Builder
	styles.WriteString(head + `<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts>`)
	for i, f := range formats {
		fmt.Fprintf(&styles, `<numFmt numFmtId="%d" formatCode="%s"/>`, 170+i, escape(f))
	}
	styles.WriteString(`</numFmts><cellStyleXfs><xf numFmtId="0"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/>`)
	for i := range formats {
		fmt.Fprintf(&styles, `<xf numFmtId="%d"/>`, 170+i)
	}
	styles.WriteString(`</cellXfs></styleSheet>`)
	kind, from := "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml", ""
	if o.Macros {
		kind = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
	}
	if o.From1904 {
		from = `<workbookPr date1904="1"/>`
	}
	all := []string{
		"[Content_Types].xml", head + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/xl/workbook.xml" ContentType="` + kind + `"/>` + types.String() + `</Types>`,
		"_rels/.rels", head + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml", head + `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">` + from + `<sheets>` + list.String() + `</sheets></workbook>`,
		"xl/_rels/workbook.xml.rels", head + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` + links.String() + `<Relationship Id="rId90" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/><Relationship Id="rId91" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="/xl/sharedStrings.xml"/></Relationships>`,
	}
	all = append(all, parts...)
	all = append(all, "xl/styles.xml", styles.String(), "xl/sharedStrings.xml", strs.String())
	if o.Macros {
		all = append(all, "xl/vbaProject.bin", "macros")
	}
	return Zip(all...)
}

// ODS makes a workbook as LibreOffice would: with the million blank rows at its end.
func ODS(sheets ...Sheet) []byte {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"><office:automatic-styles><style:style style:name="ta1" style:family="table"><style:table-properties table:display="true"/></style:style><style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style></office:automatic-styles><office:body><office:spreadsheet>`)
	for _, s := range sheets {
		style := "ta1"
		if s.Hidden {
			style = "ta2"
		}
		fmt.Fprintf(&b, `<table:table table:name="%s" table:style-name="%s">`, escape(s.Name), style)
		wide := 0
		for _, r := range s.Rows {
			wide = max(wide, len(r))
		}
		for c := range wide {
			v := ""
			for _, h := range s.HiddenCols {
				if h == c {
					v = ` table:visibility="collapse"`
				}
			}
			fmt.Fprintf(&b, `<table:table-column%s/>`, v)
		}
		spans := map[string][2]int{}
		covered := map[[2]int]bool{}
		for _, m := range s.Merges {
			from, to, _ := strings.Cut(m, ":")
			c1, r1 := place(from)
			c2, r2 := place(to)
			spans[from] = [2]int{c2 - c1 + 1, r2 - r1 + 1}
			for r := r1; r <= r2; r++ {
				for c := c1; c <= c2; c++ {
					covered[[2]int{c, r}] = r != r1 || c != c1
				}
			}
		}
		for r, cells := range s.Rows {
			hidden := ""
			for _, h := range s.HiddenRows {
				if h == r+1 {
					hidden = ` table:visibility="filter"`
				}
			}
			fmt.Fprintf(&b, `<table:table-row%s>`, hidden)
			for c := 0; c < wide; c++ {
				var cell any
				if c < len(cells) {
					cell = cells[c]
				}
				if covered[[2]int{c, r + 1}] {
					b.WriteString(`<table:covered-table-cell/>`)
					continue
				}
				span := ""
				if n, ok := spans[column(c)+strconv.Itoa(r+1)]; ok {
					span = fmt.Sprintf(` table:number-columns-spanned="%d" table:number-rows-spanned="%d"`, n[0], n[1])
				}
				odsCell(&b, cell, span)
			}
			b.WriteString(`<table:table-cell table:number-columns-repeated="16000"/></table:table-row>`)
		}
		b.WriteString(`<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table>`)
	}
	b.WriteString(`</office:spreadsheet></office:body></office:document-content>`)
	return Zip("mimetype", "application/vnd.oasis.opendocument.spreadsheet", "content.xml", b.String(),
		"META-INF/manifest.xml", `<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>`)
}

func place(s string) (c, r int) {
	i := 0
	for ; i < len(s) && s[i] >= 'A'; i++ {
		c = c*26 + int(s[i]-'A') + 1
	}
	r, _ = strconv.Atoi(s[i:])
	return c - 1, r
}

func odsCell(b *strings.Builder, cell any, span string) {
	paragraphs := func(s string) string {
		s = strings.ReplaceAll(escape(s), "\n", "</text:p><text:p>")
		s = strings.ReplaceAll(s, "\t", "<text:tab/>")
		s = strings.ReplaceAll(s, "  ", ` <text:s text:c="1"/>`)
		return "<text:p>" + s + "</text:p>"
	}
	switch v := cell.(type) {
	case nil:
		fmt.Fprintf(b, `<table:table-cell%s/>`, span)
	case string:
		fmt.Fprintf(b, `<table:table-cell office:value-type="string"%s><office:annotation><text:p>une note</text:p></office:annotation>%s</table:table-cell>`, span, paragraphs(v))
	case int:
		odsCell(b, float64(v), span)
	case float64:
		fmt.Fprintf(b, `<table:table-cell office:value-type="float" office:value="%s"%s><text:p>%s</text:p></table:table-cell>`, number(v), span, strings.Replace(number(v), ".", ",", 1))
	case bool:
		fmt.Fprintf(b, `<table:table-cell office:value-type="boolean" office:boolean-value="%v"%s><text:p>VRAI</text:p></table:table-cell>`, v, span)
	case Day:
		t := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).AddDate(0, 0, int(v))
		fmt.Fprintf(b, `<table:table-cell office:value-type="date" office:date-value="%s"%s><text:p>%s</text:p></table:table-cell>`, t.Format(time.DateOnly), span, t.Format("02/01/06"))
	case Shown:
		fmt.Fprintf(b, `<table:table-cell office:value-type="float" office:value="%s"%s><text:p>%s</text:p></table:table-cell>`, number(v.Value), span, v.As)
	case Err:
		fmt.Fprintf(b, `<table:table-cell table:formula="of:=X" office:value-type="float" office:value="0"%s><text:p>%s</text:p></table:table-cell>`, span, string(v))
	}
}

// Text says how a CSV is written.
type Text struct {
	Separator string // ; when empty
	Encoding  string // utf-8 when empty; utf-8-bom, utf-16le, utf-16be, windows-1252
	EOL       string // \r\n when empty
	Sep       bool   // a first line names the separator
}

// CSV writes a sheet as text, as a French spreadsheet would: a large number loses its
// digits, a decimal point is a comma.
func CSV(o Text, s Sheet) []byte {
	if o.Separator == "" {
		o.Separator = ";"
	}
	if o.EOL == "" {
		o.EOL = "\r\n"
	}
	var b strings.Builder
	if o.Sep {
		b.WriteString("sep=" + o.Separator + o.EOL)
	}
	for _, cells := range s.Rows {
		for c, cell := range cells {
			if c > 0 {
				b.WriteString(o.Separator)
			}
			text := ""
			switch v := cell.(type) {
			case nil:
			case string:
				text = v
			case int:
				text = shown(float64(v))
			case float64:
				text = shown(v)
			case bool:
				text = map[bool]string{true: "VRAI", false: "FAUX"}[v]
			case Day:
				text = time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).AddDate(0, 0, int(v)).Format("02/01/2006")
			case Shown:
				text = v.As
			case Err:
				text = string(v)
			}
			if strings.ContainsAny(text, "\"\r\n"+o.Separator) {
				text = `"` + strings.ReplaceAll(text, `"`, `""`) + `"`
			}
			b.WriteString(text)
		}
		b.WriteString(o.EOL)
	}
	return Encode(o.Encoding, b.String())
}

// shown is a number as Excel shows it in a narrow column.
func shown(v float64) string {
	if v >= 1e12 {
		s := strconv.FormatFloat(v, 'E', 2, 64)
		return strings.Replace(s, ".", ",", 1)
	}
	return strings.Replace(number(v), ".", ",", 1)
}

// Encode writes a text in an encoding. What Windows-1252 lacks becomes a question mark.
func Encode(encoding, s string) []byte {
	switch encoding {
	case "utf-8-bom":
		return append([]byte("\xef\xbb\xbf"), s...)
	case "utf-16le", "utf-16be":
		out := []byte("\xff\xfe")
		if encoding == "utf-16be" {
			out = []byte("\xfe\xff")
		}
		for _, u := range utf16.Encode([]rune(s)) {
			if encoding == "utf-16be" {
				out = append(out, byte(u>>8), byte(u))
			} else {
				out = append(out, byte(u), byte(u>>8))
			}
		}
		return out
	case "windows-1252":
		special := map[rune]byte{'€': 0x80, '’': 0x92, '‘': 0x91, '“': 0x93, '”': 0x94, '–': 0x96, '—': 0x97, 'œ': 0x9c, 'Œ': 0x8c, '…': 0x85, 'Ÿ': 0x9f, '‰': 0x89}
		var out []byte
		for _, r := range s {
			switch b, ok := special[r]; {
			case ok:
				out = append(out, b)
			case r < 0x80 || r >= 0xa0 && r < 0x100:
				out = append(out, byte(r))
			default:
				out = append(out, '?')
			}
		}
		return out
	}
	return []byte(s)
}
