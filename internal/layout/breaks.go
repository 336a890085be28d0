package layout

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// breakable is a place where a line may end. The line's text ends at end (its spaces cut off) and the
// next one starts at next; both are bytes of the text.
type breakable struct {
	end, next int
	must      bool
	hyphen    bool // inside a word: a hyphen is set at the line's end
	cost      int  // how ugly a break here is, in hundredths
}

// breaks finds where the lines of a text may end: Unicode's rules (UAX #14) less the places French
// forbids, each with the cost of breaking there. The last one is the end of the text.
func (s *Shaper) breaks(text string) []breakable {
	if err := s.seg.InitWithString(text); err != nil {
		return []breakable{{end: len(text), next: len(text), must: true}}
	}
	var out []breakable
	for it := s.seg.LineIterator(); it.Next(); {
		line := it.Line()
		next := line.OffsetInBytes + line.LengthInBytes
		end := trimEnd(text, next)
		if n := len(out); n > 0 {
			end = max(end, out[n-1].next) // a line of spaces alone
		}
		last := next >= len(text)
		if !last && !line.IsMandatoryBreak && forbidden(text, end, next) {
			continue
		}
		out = append(out, breakable{end: end, next: next, must: line.IsMandatoryBreak || last, cost: breakCost(text, end, next)})
	}
	if len(out) == 0 || out[len(out)-1].next < len(text) {
		end := trimEnd(text, len(text))
		if n := len(out); n > 0 {
			end = max(end, out[n-1].next)
		}
		out = append(out, breakable{end: end, next: len(text), must: true})
	}
	return out
}

// trimEnd is where the text before next ends without its breaking spaces.
func trimEnd(text string, next int) int {
	for next > 0 {
		r, n := utf8.DecodeLastRuneInString(text[:next])
		if r != ' ' && r != '\n' && r != '\r' && r != '\t' && r != '\u2028' && r != '\u2029' {
			break
		}
		next -= n
	}
	return next
}

// forbidden tells of breaks that leave a mark alone: after an opening one, before a closing one, before
// what is written upon the letter (or the space) in front of it; and of those inside what is read as
// one: a number and its unit, a title and its name, an address.
// Typography puts no-break spaces there; text that did not pass through it gets the same lines.
func forbidden(text string, end, next int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:end])
	after, _ := utf8.DecodeRuneInString(text[next:])
	switch before {
	case '«', '‹', '“', '(', '[', '§', '\u00AD': // after the last no hyphen would show
		return true
	}
	switch after {
	case '»', '›', '”', ')', ']', ':', ';', '!', '?', '%', '€', '…', '.', ',':
		return true
	}
	if after >= 0x300 && (unicode.Is(unicode.M, after) || after == '\u200D') {
		return true
	}
	if end == next {
		return within(text, end, before)
	}
	word := lastWord(text[:end])
	switch {
	case word == "":
		return false
	case titles[word]:
		return unicode.IsUpper(after)
	case before == '°' || before == '.' && len(word) <= 4 && unicode.IsLower(rune(word[0])):
		return unicode.IsDigit(after) // n° 12, p. 12, art. 3
	case isDigit(before) && !isLetter(word[0]):
		following := firstWord(text[next:])
		unit, _, _ := strings.Cut(following, "/")
		return units[unit] || len(following) >= 2 && len(following) <= 3 && figures(following) && len(word) <= 3 && figures(word)
	}
	return false
}

// within tells of breaks without a space that should not be: in an address but after a slash, between
// initials, in a unit.
func within(text string, at int, before rune) bool {
	word := lastWord(text[:at]) + firstWord(text[at:])
	if strings.Contains(word, "://") || strings.Contains(word, "@") || strings.HasPrefix(word, "www.") {
		return before != '/' || strings.HasSuffix(text[:at], "://")
	}
	switch before {
	case '-':
		return at > 1 && text[at-2] == '.' // J.-P.
	case '/':
		return utf8.RuneCountInString(lastWord(text[:at])) <= 4 && utf8.RuneCountInString(firstWord(text[at:])) <= 3
	}
	return false
}

// titles stand before the name they belong to.
var titles = map[string]bool{"M.": true, "MM.": true, "Mme": true, "Mmes": true, "Mᵐᵉ": true, "Mlle": true, "Mgr": true, "Dr": true, "Pr": true, "Mr": true, "Mrs": true, "Ms": true}

// units stand after the number they measure.
var units = map[string]bool{
	"g": true, "kg": true, "t": true, "mm": true, "cm": true, "m": true, "km": true, "m²": true, "m2": true, "m³": true, "km²": true, "ha": true, "l": true, "L": true, "cl": true,
	"h": true, "min": true, "s": true, "W": true, "kW": true, "MW": true, "Wh": true, "kWh": true, "MWh": true, "GWh": true, "°C": true, "°": true, "pt": true, "px": true, "k€": true, "M€": true, "CO2": true,
	"millions": true, "milliards": true, "million": true,
}

// lastWord is what stands after the last space, and firstWord what stands before the first.
func lastWord(s string) string { return s[strings.LastIndexByte(s, ' ')+1:] }

func firstWord(s string) string {
	if i := strings.IndexByte(s, ' '); i >= 0 {
		s = s[:i]
	}
	return strings.TrimRight(s, ".,;:!?)»\u00a0\u202f")
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

func isLetter(b byte) bool { return b|0x20 >= 'a' && b|0x20 <= 'z' }

func figures(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

// breakCost is how much one would rather not break here: after a short word (an article, a
// preposition, an initial), after a sign that binds to the right, inside a compound.
func breakCost(text string, end, next int) int {
	if next >= len(text) {
		return 0
	}
	last, _ := utf8.DecodeLastRuneInString(text[:end])
	if end == next { // no space: after a hyphen or a slash
		if last == '/' {
			return 40
		}
		return 100
	}
	start := end
	letters := 0
	for start > 0 {
		r, n := utf8.DecodeLastRuneInString(text[:start])
		if unicode.IsSpace(r) || r == '\'' || r == '’' {
			break
		}
		start -= n
		letters++
	}
	switch last {
	case '&', '–', '—', '+', '/':
		return 200
	case '.':
		if letters <= 3 {
			return 100 // « M. », « St. »
		}
		return 0
	case ',', ';', ':', ')', '!', '?':
		return -10 // the voice pauses here too
	}
	if word := text[start:end]; len(word) <= 2 && figures(word) || word == "1er" || word == "1ère" {
		return 150 // 3 mois, 12 rue, 1er juin
	}
	after, _ := utf8.DecodeRuneInString(text[next:])
	if after == '(' || after == '«' || after == '&' {
		return -10
	}
	if letters <= 3 {
		return 90
	}
	if unicode.IsDigit(after) {
		return 30
	}
	return 0
}
