package sheettest

import (
	"strconv"
	"strings"
	"time"
	"unicode/utf16"
)

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
