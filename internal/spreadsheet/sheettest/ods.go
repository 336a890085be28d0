package sheettest

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

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
