package sheettest

import (
	"fmt"
	"strconv"
	"strings"
)

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
