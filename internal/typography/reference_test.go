package typography

import (
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// The rules once more, over runes, one after the other: slow, plain, and what the fast
// way is held to.

func referenceText(lang Language, s string) string {
	for range maxPasses {
		t := referencePass(lang, s)
		if t == s || !quoted(t) {
			return t
		}
		s = t
	}
	return s
}

func refAlnum(r rune) bool { return r < 0x80 && isASCIIAlnum(byte(r)) }

// A reference is one text being set.
type reference struct {
	french bool
	in     []rune
	keep   []bool // literal: an address, a path, code
	swap   []rune // what stands in place of in[i], or 0
	out    []rune
}

func referencePass(lang Language, s string) string {
	if norm.NFC.QuickSpanString(s) < len(s) {
		s = norm.NFC.String(s)
	}
	t := reference{french: lang != English}
	t.read([]rune(s))
	t.protect()
	t.swap = make([]rune, len(t.in))
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
func (t *reference) read(raw []rune) {
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
		case r == '`' && refCodeEnd(raw, i) > 0:
			for end := refCodeEnd(raw, i); i <= end; i++ {
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

// refCodeEnd returns where the `code` that opens at i closes on its line, or 0.
func refCodeEnd(raw []rune, i int) int {
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
func (t *reference) protect() {
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
		for a < b && refOpens(t.in[a]) {
			a++
		}
		for b > a && refTrails(t.in[b-1]) {
			b--
		}
		if refLiteral(t.in[a:b]) {
			for k := a; k < b; k++ {
				t.keep[k] = true
			}
		}
		i = end
	}
}

// refLiteral reports that a word is meant for a machine: an address, an e-mail, a
// path, a file, an assignment, a character entity.
func refLiteral(w []rune) bool {
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
			if !quoted && i > 0 && i+2 < len(w) && refAlnum(w[i-1]) && refAlnum(w[i+1]) && !isDigit(w[i+1]) && refAlnum(w[i+2]) {
				return true
			}
		}
	}
	return false
}

// refOpens reports a sign that may stand before a literal; trails, one that may
// follow it.
func refOpens(r rune) bool {
	switch r {
	case '"', '\'', '’', '(', '[', '{', '«', '“', '‘', '<':
		return true
	}
	return false
}

func refTrails(r rune) bool {
	switch r {
	case '"', '\'', '’', ')', ']', '}', '»', '”', '>', ',', '.', '…':
		return true
	}
	return false
}

// set writes out from in, with the spaces that French asks for.
func (t *reference) set() {
	for i := 0; i < len(t.in); i++ {
		r := t.in[i]
		if t.keep[i] {
			t.out = append(t.out, r)
			continue
		}
		if t.swap[i] != 0 {
			r = t.swap[i]
		}
		if r == '.' && t.ellipsis(i) {
			t.out = append(t.out, '…')
			i += 2
			continue
		}
		if !t.french {
			t.out = append(t.out, r)
			continue
		}
		if unicode.IsLetter(r) && (i == 0 || t.keep[i-1] || !isWord(t.in[i-1])) {
			i = t.word(i) - 1
			continue
		}
		if isSpace(r) {
			t.out = append(t.out, t.space(i, r))
			continue
		}
		if space := t.wants(i, r); space != 0 && !t.afterGap(r) {
			t.out = append(t.out, space)
		}
		t.out = append(t.out, r)
		if r == '«' && i+1 < len(t.in) && !isSpace(t.in[i+1]) && t.in[i+1] != '\n' {
			t.out = append(t.out, NoBreak)
		}
	}
}

func (t *reference) ellipsis(i int) bool {
	return i+2 < len(t.in) && t.in[i+1] == '.' && t.in[i+2] == '.' &&
		!t.keep[i+1] && !t.keep[i+2] &&
		t.before(i) != '.' && t.after(i+2) != '.' && t.after(i+2) != '/' && t.after(i+2) != '\\'
}

// afterGap reports that no space is to be added: one stands there, or nothing
// stands there to be held to.
func (t *reference) afterGap(r rune) bool {
	if len(t.out) == 0 {
		return true
	}
	last := t.out[len(t.out)-1]
	switch last {
	case '\n', '(', '[', '{', '«', '“', '‘':
		return true
	case ';', ':', '!', '?':
		return r != '»'
	}
	return isSpace(last)
}

// wants returns the no-break space that r, at i, wants before it, or 0.
func (t *reference) wants(i int, r rune) rune {
	switch r {
	case '»':
		return NoBreak
	case ':', ';':
		// Only at the end of a word: not 8:30, not ":-)".
		if next := t.after(i); next == '\n' || isSpace(next) || next == '»' || next == '”' || t.closing(i+1) {
			if r == ':' {
				return NoBreak
			}
			return NarrowNoBreak
		}
	case '!', '?':
		if prev := t.before(i); prev == '!' || prev == '?' {
			return 0
		}
		j := i
		for j+1 < len(t.in) && (t.in[j+1] == '!' || t.in[j+1] == '?') && !t.keep[j+1] {
			j++
		}
		switch next := t.after(j); next {
		case '\n', '»', '”', '’', ')', ']', '}', ',', '.', '…':
			return NarrowNoBreak
		default:
			if isSpace(next) || t.closing(j+1) {
				return NarrowNoBreak
			}
		}
	case '%', '‰', '€':
		if t.number(i) && !isWord(t.after(i)) {
			return NoBreak
		}
	}
	return 0
}

// closing reports that a straight quote at i was found to close.
func (t *reference) closing(i int) bool {
	return i < len(t.in) && (t.swap[i] == '»' || t.swap[i] == '’' && t.in[i] == '\'')
}

// number reports that what stands before i, a space aside, is a number.
func (t *reference) number(i int) bool {
	if i > 0 && isSpace(t.in[i-1]) {
		i--
	}
	return i > 0 && isDigit(t.in[i-1]) && !t.keep[i-1]
}

// space returns the space that stands at i.
func (t *reference) space(i int, r rune) rune {
	prev := t.before(i)
	if t.swap[i] != 0 {
		return t.swap[i]
	}
	if prev == '«' || i > 0 && t.swap[i-1] == '«' {
		return NoBreak
	}
	if i+1 < len(t.in) && !t.keep[i+1] {
		next := t.in[i+1]
		if t.swap[i+1] != 0 {
			next = t.swap[i+1]
		}
		if want := t.wants(i+1, next); want != 0 {
			return want
		}
		// « n° 12 »
		if prev == '°' && isDigit(next) && i > 1 && t.in[i-2]|0x20 == 'n' && (i == 2 || !isWord(t.in[i-3])) {
			return NoBreak
		}
	}
	return r
}

// digitGroups makes the spaces within « 53 918 » and « 02 33 98 44 00 »
// unbreakable. It never groups digits itself: 61100 may be a postcode.
func (t *reference) digitGroups() {
	var gapsOf, sizesOf [8]int
	for i := 0; i < len(t.in); {
		if !isDigit(t.in[i]) || t.keep[i] {
			i++
			continue
		}
		start := i
		gaps, sizes := gapsOf[:0], sizesOf[:0]
		for i < len(t.in) {
			j := i
			for j < len(t.in) && isDigit(t.in[j]) && !t.keep[j] {
				j++
			}
			sizes = append(sizes, j-i)
			i = j
			if i+1 < len(t.in) && isSpace(t.in[i]) && isDigit(t.in[i+1]) && !t.keep[i+1] {
				gaps = append(gaps, i)
				i++
				continue
			}
			break
		}
		if start > 0 && isWord(t.in[start-1]) || i < len(t.in) && unicode.IsLetter(t.in[i]) {
			continue
		}
		if space := groupSpace(t.in[start], sizes); space != 0 {
			for _, g := range gaps {
				t.swap[g] = space
			}
		}
	}
}

// before and after return the character beside i, a line end at the edges.
func (t *reference) before(i int) rune {
	if i == 0 {
		return '\n'
	}
	return t.in[i-1]
}

func (t *reference) after(i int) rune {
	if i+1 >= len(t.in) {
		return '\n'
	}
	return t.in[i+1]
}

// doubleQuotes pairs straight double quotes within a line. One that finds no
// partner stays: it may be an inch.
func (t *reference) doubleQuotes() {
	opening, closing := '“', '”'
	if t.french {
		opening, closing = '«', '»'
	}
	open := -1
	for i, r := range t.in {
		switch {
		case r == '\n':
			open = -1
		case r != '"' || t.keep[i]:
		case open >= 0 && closesBefore(t.after(i)) && t.filled(open+1, i):
			t.swap[open], t.swap[i] = opening, closing
			open = -1
		case open < 0 && opensAfter(t.before(i)):
			open = i
		}
	}
}

// filled reports that something to quote stands between a and b.
func (t *reference) filled(a, b int) bool {
	for _, r := range t.in[a:b] {
		if !isSpace(r) && r != '"' {
			return true
		}
	}
	return false
}

// singleQuotes tells apostrophes from single quotation marks and from primes
// (5'10, 48°44'), which stay.
func (t *reference) singleQuotes() {
	open, alone := false, false // alone: no quote closes on the rest of the line
	for i, r := range t.in {
		if r == '\n' {
			open, alone = false, false
		}
		if t.keep[i] {
			continue
		}
		prev, next := t.before(i), t.after(i)
		if r == '´' || r == '`' { // typed for an apostrophe
			if isWord(prev) && isWord(next) && !isDigit(prev) {
				t.swap[i] = '’'
			}
			continue
		}
		if r != '\'' {
			continue
		}
		switch {
		case isDigit(prev) && !open:
		case isWord(prev) && isWord(next):
			t.swap[i] = '’'
		case open && !isSpace(prev) && !isWord(next):
			t.swap[i] = '’'
			open = false
		case isWord(prev):
			t.swap[i] = '’'
		case opensAfter(prev) && isWord(next):
			t.swap[i] = '’' // 'tis, 'n' roll
			if !alone && t.closesLater(i) {
				t.swap[i] = '‘'
				open = true
			} else if i+2 >= len(t.in) || t.in[i+2] != '\'' {
				alone = true
			}
		}
	}
}

// closesLater reports that the single quote at i has a partner on its line.
// The n of « rock 'n' roll » is not a quotation.
func (t *reference) closesLater(i int) bool {
	for j := i + 1; j < len(t.in) && t.in[j] != '\n'; j++ {
		if t.in[j] == '\'' && !t.keep[j] && !isSpace(t.in[j-1]) && !isWord(t.after(j)) {
			return j != i+2 || t.in[i+1]|0x20 != 'n'
		}
	}
	return false
}

// word writes the word that starts at i, its ligature set, and returns its end.
func (t *reference) word(i int) int {
	end, pair := i, false
	for end < len(t.in) && !t.keep[end] && isWord(t.in[end]) {
		if end > i && t.in[end]|0x20 == 'e' && t.in[end-1]|0x20 == 'o' {
			pair = true
		}
		end++
	}
	if !pair || !ligatured(string(t.in[i:end])) {
		t.out = append(t.out, t.in[i:end]...)
		return end
	}
	for k := i; k < end; k++ {
		if k+1 < end && t.in[k]|0x20 == 'o' && t.in[k+1]|0x20 == 'e' {
			if unicode.IsUpper(t.in[k]) {
				t.out = append(t.out, 'Œ')
			} else {
				t.out = append(t.out, 'œ')
			}
			k++
			continue
		}
		t.out = append(t.out, t.in[k])
	}
	return end
}
