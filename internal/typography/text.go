package typography

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// maxPasses bounds the work on a text whose quotation marks are nested: every
// pass settles one depth. Text is idempotent up to that depth, which no real
// text reaches.
const maxPasses = 8

// Text returns the typographic form of plain text (a name, a sentence, a
// paragraph; not Markdown or HTML). It normalises to NFC, trims, collapses
// spaces (line ends stay), and sets apostrophes, quotation marks, the ellipsis
// and, in French, no-break spaces and the œ of sure words. Addresses, e-mails,
// file names, paths, `code` and times like 8:30 stay as they are.
//
// Text(lang, Text(lang, s)) == Text(lang, s). A text with nothing to change is
// returned as it is, without allocating.
func Text(lang Language, s string) string {
	if settled(lang, s) {
		return s
	}
	for range maxPasses {
		t := pass(lang, s)
		if t == s {
			break
		}
		s = t
		if strings.IndexByte(s, '"') < 0 && strings.IndexByte(s, '\'') < 0 {
			break // only quotation marks may want another pass
		}
	}
	return s
}

// settled reports, by a look at the bytes alone, that pass would change
// nothing. It may say no without cause, never yes.
func settled(lang Language, s string) bool {
	french := lang != English
	ascii := true
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == ' ':
			if i == 0 || i+1 == len(s) || s[i+1] == ' ' {
				return false
			}
			if french && isDigit(rune(s[i-1])) && isDigit(rune(s[i+1])) {
				return false
			}
		case c < ' ', c == '\'', c == '"', c == '`':
			return false
		case french && (c == ':' || c == ';' || c == '!' || c == '?' || c == '%'):
			return false
		case c == '.':
			if strings.HasPrefix(s[i:], "...") {
				return false
			}
		case c == 'e' || c == 'E':
			if french && i > 0 && s[i-1]|0x20 == 'o' {
				return false
			}
		case c == 0xC2: // « » ´ ° and the no-break space, besides rarer signs
			return false
		case c == 0xE2:
			if !quietSign(s[i:]) {
				return false
			}
			ascii = false
		case c >= utf8.RuneSelf:
			ascii = false
		}
	}
	return ascii || utf8.ValidString(s) && norm.NFC.QuickSpanString(s) == len(s)
}

// quietSign reports that s starts with a sign that is already typographic and
// asks for nothing around it: – — ‘ ’ “ ” …
func quietSign(s string) bool {
	if len(s) < 3 || s[1] != 0x80 {
		return false
	}
	switch s[2] {
	case 0x93, 0x94, 0x98, 0x99, 0x9C, 0x9D, 0xA6:
		return true
	}
	return false
}

// A setting is one text being set.
type setting struct {
	french bool
	in     []rune
	keep   []bool // literal: an address, a path, code
	swap   []rune // what stands in place of in[i], or 0
	out    []rune
}

const short = 120

func pass(lang Language, s string) string {
	if norm.NFC.QuickSpanString(s) < len(s) {
		s = norm.NFC.String(s)
	}
	// Most texts are names: they are set without leaving the stack.
	var (
		raw, in, swap [short]rune
		out           [short + short/4]rune
		keep          [short]bool
	)
	t := setting{french: lang != English, in: in[:0], keep: keep[:0], out: out[:0]}
	runes := raw[:0]
	for _, r := range s {
		runes = append(runes, r)
	}
	t.read(runes)
	t.protect()
	if t.swap = swap[:]; len(t.in) > short {
		t.swap = make([]rune, len(t.in))
	}
	t.doubleQuotes()
	t.singleQuotes()
	if t.french {
		t.digitGroups()
	}
	t.set()
	return string(t.out)
}

// read fills in: spaces collapsed and trimmed on every line, line ends as \n,
// `code` verbatim.
func (t *setting) read(raw []rune) {
	add := func(r rune, keep bool) {
		t.in = append(t.in, r)
		t.keep = append(t.keep, keep)
	}
	lineStart := func() bool { return len(t.in) == 0 || t.in[len(t.in)-1] == '\n' }
	for i := 0; i < len(raw); {
		r := raw[i]
		switch {
		case r == '\r':
			if i+1 == len(raw) || raw[i+1] != '\n' {
				add('\n', false)
			}
			i++
		case isSpace(r):
			j, best := i, ' '
			for ; j < len(raw) && isSpace(raw[j]); j++ {
				if best == ' ' && raw[j] != '\t' {
					best = raw[j]
				}
			}
			if !lineStart() && j < len(raw) && raw[j] != '\n' && raw[j] != '\r' {
				add(best, false)
			}
			i = j
		case r == '`' && codeEnd(raw, i) > 0:
			for end := codeEnd(raw, i); i <= end; i++ {
				add(raw[i], true)
			}
		default:
			add(r, false)
			i++
		}
	}
	for len(t.in) > 0 && t.in[len(t.in)-1] == '\n' {
		t.in = t.in[:len(t.in)-1]
	}
	lead := 0
	for lead < len(t.in) && t.in[lead] == '\n' {
		lead++
	}
	t.in, t.keep = t.in[lead:], t.keep[lead:len(t.in)]
}

// codeEnd returns where the `code` that opens at i closes on its line, or 0.
func codeEnd(raw []rune, i int) int {
	if i > 0 && isWord(raw[i-1]) {
		return 0
	}
	for j := i + 1; j < len(raw) && raw[j] != '\n' && raw[j] != '\r'; j++ {
		if raw[j] == '`' {
			return j
		}
	}
	return 0
}

// protect marks the literals among the words.
func (t *setting) protect() {
	for i := 0; i < len(t.in); {
		if isSpace(t.in[i]) || t.in[i] == '\n' {
			i++
			continue
		}
		end := i
		for end < len(t.in) && !isSpace(t.in[end]) && t.in[end] != '\n' {
			end++
		}
		a, b := i, end
		for a < b && opens(t.in[a]) {
			a++
		}
		for b > a && trails(t.in[b-1]) {
			b--
		}
		if literal(t.in[a:b]) {
			for k := a; k < b; k++ {
				t.keep[k] = true
			}
		}
		i = end
	}
}

// literal reports that a word is meant for a machine: an address, an e-mail, a
// path, a file, an assignment, a character entity.
func literal(w []rune) bool {
	if len(w) < 2 {
		return false
	}
	if w[0] == '/' || w[0] == '~' && w[1] == '/' || w[0] == '.' && (w[1] == '/' || len(w) > 2 && w[1] == '.' && w[2] == '/') {
		return true
	}
	if w[0] == '&' && w[len(w)-1] == ';' {
		return true
	}
	quoted := false
	for i, r := range w {
		switch r {
		case '\'', '’', '"':
			quoted = true
		case '\\', '_', '=':
			return true
		case '@':
			if i > 0 && i+1 < len(w) {
				return true
			}
		case ':':
			if i+2 < len(w) && w[i+1] == '/' && w[i+2] == '/' {
				return true
			}
		case '.':
			// name.ext or site.example: two letters after the dot, so that
			// « l'E.S.A.T. » stays a word.
			if !quoted && i > 0 && i+2 < len(w) && isASCIIAlnum(w[i-1]) && isASCIILetter(w[i+1]) && isASCIIAlnum(w[i+2]) {
				return true
			}
		}
	}
	return false
}

// opens reports a sign that may stand before a literal; trails, one that may
// follow it.
func opens(r rune) bool {
	switch r {
	case '"', '\'', '’', '(', '[', '{', '«', '“', '‘', '<':
		return true
	}
	return false
}

func trails(r rune) bool {
	switch r {
	case '"', '\'', '’', ')', ']', '}', '»', '”', '>', ',', '.', '…':
		return true
	}
	return false
}

func isSpace(r rune) bool {
	return r == ' ' || r == '\t' || r == NoBreak || r == NarrowNoBreak || r >= 0x2000 && r <= 0x200a
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

func isASCIILetter(r rune) bool { r |= 0x20; return r >= 'a' && r <= 'z' }

func isASCIIAlnum(r rune) bool { return isASCIILetter(r) || isDigit(r) }

// isWord reports a letter, a digit or a mark on one.
func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) }
