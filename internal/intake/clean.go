package intake

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"vitrine/internal/spreadsheet"
)

// clean gives a text its plain form, and the codes of what was done to it. Spaces at its
// ends are dropped without a word.
func clean(s string, lines bool) (out string, why []string) {
	out, why = cleanOnce(s, lines)
	for range 3 { // what was broken twice comes clean in two steps
		again, more := cleanOnce(out, lines)
		if again == out {
			break
		}
		out, why = again, append(why, more...)
	}
	slices.Sort(why)
	return out, slices.Compact(why)
}

func cleanOnce(s string, lines bool) (out string, why []string) {
	out = s
	if plain(s) {
		return s, nil
	}
	if m, ok := unmojibake(out); ok {
		out, why = m, append(why, "mojibake")
	}
	if v := strings.Map(visible, out); v != out {
		out, why = v, append(why, "invisible")
	}
	out = strings.TrimSpace(strings.ReplaceAll(strings.ReplaceAll(out, "\r\n", "\n"), "\r", "\n"))
	if v := spaces(out, lines); v != out {
		out, why = v, append(why, "spaces")
	}
	if v := apostrophes(out); v != out {
		out, why = v, append(why, "apostrophe")
	}
	return out, why
}

// visible drops what nobody sees: marks of byte order and direction, joiners that stand
// alone, soft hyphens, control characters. The joiner of emoji stays.
func visible(r rune) rune {
	switch r {
	case '\ufeff', '\u200b', '\u200c', '\u200e', '\u200f', '\u2060', '\u00ad', '\u202a', '\u202b', '\u202c', '\u202d', '\u202e', '\u2066', '\u2067', '\u2068', '\u2069':
		return -1
	}
	if unicode.IsControl(r) && r != '\n' && r != '\r' && r != '\t' {
		return -1
	}
	return r
}

// spaces makes one plain space of those that follow each other, and of no-break ones:
// those that French wants are put in when a text is shown.
func spaces(s string, lines bool) string {
	var b strings.Builder
	pending := false
	for _, r := range s {
		if r == '\n' && lines {
			pending = false
			b.WriteByte('\n')
			continue
		}
		if unicode.IsSpace(r) {
			pending = true
			continue
		}
		if pending && b.Len() > 0 && !strings.HasSuffix(b.String(), "\n") {
			b.WriteByte(' ')
		}
		pending = false
		b.WriteRune(r)
	}
	return b.String()
}

// apostrophes replaces the signs that are typed for an apostrophe, between two letters.
func apostrophes(s string) string {
	if !strings.ContainsAny(s, "`´ʼ′ʹ‘") {
		return s
	}
	r := []rune(s)
	for i := 1; i+1 < len(r); i++ {
		if strings.ContainsRune("`´ʼ′ʹ‘", r[i]) && unicode.IsLetter(r[i-1]) && unicode.IsLetter(r[i+1]) {
			r[i] = '\''
		}
	}
	return string(r)
}

// unmojibake undoes a text in UTF-8 that was read as Windows-1252, once or twice: Ã© is é.
// The proof is that its bytes, taken back, are whole UTF-8, are shorter, and hold no
// control character.
func unmojibake(s string) (string, bool) {
	out := s
	for range 2 {
		if !strings.ContainsAny(out, "ÃÂâÅ") {
			break
		}
		bytes, ok := spreadsheet.Windows1252(out)
		if !ok || !utf8.Valid(bytes) || utf8.RuneCount(bytes) >= utf8.RuneCountInString(out) {
			break
		}
		out = string(bytes)
	}
	if out == s || strings.IndexFunc(out, func(r rune) bool { return r >= 0x80 && r < 0xa0 }) >= 0 {
		return s, false
	}
	return out, true
}

// plain reports a text that nothing needs to be done to, as most are.
func plain(s string) bool {
	last := byte(' ')
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= utf8.RuneSelf || c < ' ' || c == 0x7f || c == '`' || c == ' ' && last == ' ' {
			return false
		}
		last = c
	}
	return last != ' ' || s == ""
}
