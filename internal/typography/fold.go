package typography

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// folded spells in ASCII the letters that do not decompose.
var folded = map[rune]string{
	'œ': "oe", 'æ': "ae", 'ß': "ss", 'ø': "o", 'đ': "d", 'ð': "d", 'þ': "th", 'ł': "l", 'ı': "i", 'ŋ': "n",
}

// fold returns s in lower case without accents or ligatures, every run of other
// signs (spaces, punctuation, marks) as one gap, none at the ends. Letters of
// other scripts stay.
func fold(s string, gap rune) string {
	var b strings.Builder
	b.Grow(len(s))
	pending := false
	put := func(r rune) {
		if pending && b.Len() > 0 {
			b.WriteRune(gap)
		}
		pending = false
		b.WriteRune(r)
	}
	ascii := true
	for i := 0; i < len(s); i++ {
		ascii = ascii && s[i] < utf8.RuneSelf
	}
	if !ascii {
		s = norm.NFKD.String(s)
	}
	for _, r := range s {
		if r < utf8.RuneSelf {
			switch {
			case r >= 'A' && r <= 'Z':
				put(r | 0x20)
			case r >= 'a' && r <= 'z', isDigit(r):
				put(r)
			default:
				pending = true
			}
			continue
		}
		if unicode.Is(unicode.Mn, r) {
			continue
		}
		r = unicode.ToLower(r)
		switch {
		case r == utf8.RuneError:
			pending = true
		case folded[r] != "":
			for _, f := range folded[r] {
				put(f)
			}
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			put(r)
		default:
			pending = true
		}
	}
	return b.String()
}

// SortKey returns a string whose byte order is the French alphabetical order of
// s: letters first, whatever their case, accents, ligatures or the signs
// between words; then, among equals, accents and case, so that the order of
// different names is always the same. A leading article counts (« L’Atelier » is
// under L): it is part of a business's name, and that is where readers look.
//
// Words are compared one by one: « L’Atelier » comes before « La Ferté ». The
// large tables of x/text/collate would add nothing for names in Latin letters.
func SortKey(s string) string {
	// Bytes 0 and 1 order a name before those that it begins.
	return fold(s, '\x01') + "\x00" + norm.NFD.String(s)
}

// Slug returns s as an id: lower-case ASCII letters and digits, hyphens between
// words (« Aux Blés d’Or » is aux-bles-d-or). It is empty when s has no such
// letter.
func Slug(s string) string {
	s = fold(s, '-')
	if !strings.ContainsFunc(s, func(r rune) bool { return r >= utf8.RuneSelf }) {
		return s
	}
	s = strings.Map(func(r rune) rune {
		if r >= utf8.RuneSelf {
			return -1
		}
		return r
	}, s)
	for strings.Contains(s, "--") {
		s = strings.ReplaceAll(s, "--", "-")
	}
	return strings.Trim(s, "-")
}

// Fold returns s as a search compares it: in lower case, without accents or ligatures, a
// space between words and no other sign.
func Fold(s string) string { return fold(s, ' ') }
