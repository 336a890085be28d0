package typography

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// List joins items for a sentence: « a, b et c »; « a, b and c ».
func List(lang Language, items []string) string {
	last := " et "
	if lang == English {
		last = " and "
	}
	switch n := len(items); n {
	case 0:
		return ""
	case 1:
		return items[0]
	default:
		return strings.Join(items[:n-1], ", ") + last + items[n-1]
	}
}

// Capital returns s with its first letter in upper case, to begin a sentence or
// a cell.
func Capital(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	if up := unicode.ToUpper(r); size > 0 && up != r {
		return string(up) + s[size:]
	}
	return s
}
