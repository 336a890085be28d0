package layout

import (
	_ "embed" // the patterns
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// The patterns, after Liang: letters with figures between them; an odd figure is a place to cut a word,
// and the highest of all patterns that match decides.
var (
	//go:embed hyphen/fr.txt
	frenchPatterns string
	//go:embed hyphen/en.txt
	englishPatterns string

	french  = sync.OnceValue(func() *hyphenator { return readPatterns(frenchPatterns) })
	english = sync.OnceValue(func() *hyphenator { return readPatterns(englishPatterns) })
)

// hyphenator cuts the words of a language.
type hyphenator struct {
	patterns map[string][]byte // letters → figures before each of them and after the last
	longest  int               // in letters
}

// leastBefore and leastAfter are how many letters stay before the hyphen and after it. Shorter words
// are not cut.
const leastBefore, leastAfter, leastWord = 2, 3, 6

// hyphens are those of a language (BCP 47); nil for one whose patterns are not here.
func hyphens(lang string) *hyphenator {
	switch primary, _, _ := strings.Cut(strings.ToLower(lang), "-"); primary {
	case "fr":
		return french()
	case "en":
		return english()
	}
	return nil
}

func readPatterns(text string) *hyphenator {
	h := &hyphenator{patterns: map[string][]byte{}}
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		var letters []rune
		figures := []byte{0}
		for _, r := range line {
			if r >= '0' && r <= '9' {
				figures[len(figures)-1] = byte(r - '0')
				continue
			}
			letters = append(letters, r)
			figures = append(figures, 0)
		}
		h.patterns[string(letters)] = figures
		h.longest = max(h.longest, len(letters))
	}
	return h
}

// cuts are the bytes of a word, in small letters, before which it may be cut.
func (h *hyphenator) cuts(word string) []int {
	word = "." + word + "."
	var room [48]int
	at := room[:0] // where its letters begin
	for i := range word {
		at = append(at, i)
	}
	n := len(at)
	if n-2 < leastWord {
		return nil
	}
	at = append(at, len(word))
	values := make([]byte, n+1)
	for i := range n {
		for j := i + 1; j <= min(i+h.longest, n); j++ {
			for k, v := range h.patterns[word[at[i]:at[j]]] {
				values[i+k] = max(values[i+k], v)
			}
		}
	}
	var out []int
	for i := 1 + leastBefore; i <= n-1-leastAfter; i++ {
		if values[i]&1 == 1 {
			out = append(out, at[i]-1)
		}
	}
	return out
}

// into adds the places inside words to those where the lines of a text may end anyway. Names and other
// words with a capital, compounds, addresses and what holds a figure stay whole.
func (h *hyphenator) into(text string, breaks []breakable) []breakable {
	var out []breakable
	start := 0
	for _, b := range breaks {
		for _, pos := range h.within(text[start:b.end]) {
			out = append(out, breakable{end: start + pos, next: start + pos, hyphen: true, cost: hyphenCost})
		}
		out = append(out, b)
		start = b.next
	}
	return out
}

// hyphenCost is how much one would rather not cut a word.
const hyphenCost = 100

// within are the places inside a stretch of text without a break, between two spaces.
func (h *hyphenator) within(token string) []int {
	from := strings.IndexFunc(token, unicode.IsLetter)
	if from < 0 {
		return nil
	}
	var out []int
	for from < len(token) {
		to := from
		for to < len(token) {
			r, n := utf8.DecodeRuneInString(token[to:])
			if unicode.IsUpper(r) || unicode.IsDigit(r) || strings.ContainsRune("-\u2010\u2011/@_\\=&+", r) {
				return nil
			}
			if !unicode.IsLetter(r) && !unicode.IsMark(r) {
				break
			}
			to += n
		}
		for _, cut := range h.cuts(token[from:to]) {
			out = append(out, from+cut)
		}
		// on to the next word: after an apostrophe, or a no-break space
		for from = to; from < len(token); {
			r, n := utf8.DecodeRuneInString(token[from:])
			if unicode.IsLetter(r) {
				if from > to && token[from-1] == '.' {
					return nil // an address
				}
				break
			}
			if unicode.IsDigit(r) || strings.ContainsRune("-\u2010\u2011/@_\\=&+", r) {
				return nil
			}
			from += n
		}
	}
	return out
}
