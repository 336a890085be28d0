package typography

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// signs are what a first look finds in a text, so that one with nothing to set is
// left after that look.
type signs uint8

const (
	marks  signs = 1 << iota // punctuation that set has to weigh
	quotes                   // ' " ` ´
	spaces                   // spaces to collapse or to trim; or `code`, where they stay
	odd                      // perhaps not valid UTF-8, or not NFC
)

// Classes of bytes. Everything between two bytes of a class is left as it is.
const (
	plain uint8 = iota
	isBlank
	isControl
	isQuote
	isGrave
	isMark
	isDot
	isO
	isC2 // the first byte of U+0080 to U+00BF
	isE2 // of U+2000 to U+2FFF
	isTwo
	isOdd
)

func classes(french bool) (t [256]uint8) {
	for c := utf8.RuneSelf; c < len(t); c++ {
		t[c] = isOdd
	}
	for c := 0xC3; c < 0xCC; c++ { // below U+0300, where the first marks to compose are
		t[c] = isTwo
	}
	t['\n'], t['\r'], t['\t'] = isControl, isControl, isControl
	t[' '], t['\''], t['"'], t['`'], t['.'], t[0xC2], t[0xE2] = isBlank, isQuote, isQuote, isGrave, isDot, isC2, isE2
	if french {
		for _, c := range ":;!?%" {
			t[c] = isMark
		}
		t['o'], t['O'] = isO, isO
	}
	return t
}

var frenchLook, englishLook = classes(true), classes(false)

// look reads a text once. It may find what turns out to need nothing, never miss
// what does. left and right are what stands beside the text.
func look(lang Language, s string, left, right rune) (found signs) {
	french, sign, table := true, marks, &frenchLook
	if lang == English {
		french, sign, table = false, 0, &englishLook
	}
	for i := 0; i < len(s); i++ {
		switch table[s[i]] {
		case plain:
		case isBlank:
			if i == 0 && left == '\n' || i+1 == len(s) && right == '\n' || i+1 < len(s) && s[i+1] == ' ' {
				found |= spaces
			}
			if french && i > 0 && i+1 < len(s) && isDigit(rune(s[i+1])) && (isDigit(rune(s[i-1])) || s[i-1] == 0xB0) {
				found |= marks // 53 918, n° 12
			}
		case isControl:
			if s[i] != '\n' || i == 0 || i+1 == len(s) || s[i-1] == ' ' || s[i+1] == ' ' {
				found |= spaces
			}
		case isQuote:
			found |= quotes
		case isGrave:
			found |= quotes | spaces
		case isMark:
			found |= marks
		case isDot:
			if strings.HasPrefix(s[i:], "...") {
				found |= marks
			}
		case isO:
			if i+1 < len(s) && s[i+1]|0x20 == 'e' {
				found |= marks
			}
		case isTwo:
			if i+1 == len(s) || s[i+1]&0xC0 != 0x80 {
				found |= odd
			}
			i++
		case isC2:
			if i+1 == len(s) || s[i+1]&0xC0 != 0x80 {
				found |= odd
				break
			}
			switch i++; s[i] {
			case 0xA0: // no-break space
				found |= sign | gap(s, i-1, i+1, left, right)
			case 0xAB, 0xBB: // « »
				found |= sign
			case 0xB4: // ´
				found |= quotes
			}
		case isE2:
			if i+2 >= len(s) || s[i+1]&0xC0 != 0x80 || s[i+2]&0xC0 != 0x80 {
				found |= odd
				break
			}
			a, b := s[i+1], s[i+2]
			switch i += 2; {
			case a == 0x80 && b < 0x82: // U+2000 and U+2001 are written otherwise
				found |= odd
			case a == 0x80 && (b <= 0x8A || b == 0xAF):
				found |= sign | gap(s, i-2, i+1, left, right)
			case a == 0x80 && b != 0xB0:
			case a == 0x80, a == 0x82 && b == 0xAC: // ‰ €
				found |= sign
			default:
				found |= odd
			}
		default:
			found |= odd
		}
	}
	if found&odd != 0 && utf8.ValidString(s) && norm.NFC.QuickSpanString(s) == len(s) {
		found &^= odd
	}
	return found
}

// gap looks at the sides of a space other than the common one, at s[from:to].
func gap(s string, from, to int, left, right rune) signs {
	before, after := left, right
	if from > 0 {
		before, _ = utf8.DecodeLastRuneInString(s[:from])
	}
	if to < len(s) {
		after, _ = utf8.DecodeRuneInString(s[to:])
	}
	if before == '\n' || after == '\n' || isSpace(before) || isSpace(after) {
		return spaces
	}
	return 0
}

// wellFormed returns s in NFC, with U+FFFD for the bytes that are no text.
func wellFormed(s string) string {
	s = norm.NFC.String(s)
	if !utf8.ValidString(s) {
		s = string([]rune(s))
	}
	return s
}

// tidy collapses spaces and trims them on every line, and writes line ends as \n.
// What stands as `code` it leaves verbatim, and says where.
func tidy(s string) (string, []span) {
	out := make([]byte, 0, len(s))
	var code []span
	lineStart := func() bool { return len(out) == 0 || out[len(out)-1] == '\n' }
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == '\r':
			if i+1 == len(s) || s[i+1] != '\n' {
				out = append(out, '\n')
			}
			i++
		case isSpace(r):
			best := ' '
			for ; isSpace(r); r, size = utf8.DecodeRuneInString(s[i:]) {
				if best == ' ' && r != '\t' {
					best = r
				}
				i += size
			}
			if !lineStart() && i < len(s) && r != '\n' && r != '\r' {
				out = utf8.AppendRune(out, best)
			}
		case r == '`' && codeEnd(s, i) > 0:
			end := codeEnd(s, i)
			code = append(code, span{len(out), len(out) + end - i})
			out = append(out, s[i:end]...)
			i = end
		default:
			out = append(out, s[i:i+size]...)
			i += size
		}
	}
	for len(out) > 0 && out[len(out)-1] == '\n' {
		out = out[:len(out)-1]
	}
	lead := 0
	for lead < len(out) && out[lead] == '\n' {
		lead++
	}
	for i := range code {
		code[i].from -= lead
		code[i].to -= lead
	}
	return string(out[lead:]), code
}

// codeEnd returns where the `code` that opens at i ends on its line, or 0.
func codeEnd(s string, i int) int {
	if before, _ := utf8.DecodeLastRuneInString(s[:i]); i > 0 && isWord(before) {
		return 0
	}
	for j := i + 1; j < len(s) && s[j] != '\n' && s[j] != '\r'; j++ {
		if s[j] == '`' {
			return j + 1
		}
	}
	return 0
}
