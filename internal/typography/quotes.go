package typography

import "unicode/utf8"

// opensAfter reports that a quotation may open after r; closesBefore, that one
// may close before r.
func opensAfter(r rune) bool {
	switch r {
	case '\n', '(', '[', '{', '«', '“', '‘', '\'', '’', '"', '-', '–', '—', '/':
		return true
	}
	return isSpace(r)
}

func closesBefore(r rune) bool {
	switch r {
	case '\n', ')', ']', '}', '»', '”', '’', '\'', '"', '.', ',', ':', ';', '!', '?', '…', '-', '–', '—', '/':
		return true
	}
	return isSpace(r)
}

// pairing is how far the quotes of a line were understood.
type pairing struct {
	close int  // where the open double quotation closes, or 0
	lone  bool // a double quote has no partner, so that none opens after it
	open  bool // a single quotation is open
	alone bool // no single quote closes on the rest of the line
}

// lineSigns are the bytes that pairQuotes looks at.
var lineSigns = [256]bool{'\n': true, '"': true, '\'': true, '`': true, 0xC2: true}

// pairQuotes finds what stands in place of straight quotes: « » “ ” ‘ ’. Double ones
// are paired within a line, and one without a partner stays: it may be an inch. Of
// single ones it tells apostrophes from quotation marks and from primes (5'10,
// 48°44'), which stay.
func (t *setting) pairQuotes() {
	var line pairing
	for i := range len(t.in) {
		c := t.in[i]
		if !lineSigns[c] {
			continue
		}
		var to rune
		switch c {
		case '\n':
			line = pairing{}
		case '"':
			if !t.kept(i) {
				to = t.doubleQuote(i, &line)
			}
		case '\'':
			if !t.kept(i) {
				to = t.singleQuote(i, &line)
			}
		case '`':
			to = t.typedApostrophe(i, 1)
		case 0xC2:
			if t.in[i+1] == 0xB4 { // ´
				to = t.typedApostrophe(i, 2)
			}
		}
		if to != 0 {
			t.pair(i, to)
		}
	}
}

// doubleQuote is what stands in place of the double quote at i, or 0.
func (t *setting) doubleQuote(i int, line *pairing) rune {
	opening, closing := '“', '”'
	if t.french {
		opening, closing = '«', '»'
	}
	switch {
	case line.close == i && i > 0:
		line.close = 0
		return closing
	case line.close > 0 || line.lone || !opensAfter(t.before(i)):
		return 0
	}
	filled := false // something to quote stands between
	for j := i + 1; j < len(t.in) && t.in[j] != '\n'; {
		r, size := utf8.DecodeRuneInString(t.in[j:])
		switch {
		case r == '"':
			if filled && !t.kept(j) && closesBefore(t.at(j+1)) {
				line.close = j
				return opening
			}
		case !isSpace(r):
			filled = true
		}
		j += size
	}
	line.lone = true
	return 0
}

// singleQuote is what stands in place of the single quote at i, or 0.
func (t *setting) singleQuote(i int, line *pairing) rune {
	prev, next := t.before(i), t.at(i+1)
	switch {
	case isDigit(prev) && !line.open:
	case isWord(prev) && isWord(next):
		return '’'
	case line.open && !isSpace(prev) && !isWord(next):
		line.open = false
		return '’'
	case isWord(prev):
		return '’'
	case opensAfter(prev) && isWord(next): // 'tis, 'n' roll
		if !line.alone && t.closesLater(i) {
			line.open = true
			return '‘'
		}
		if after := i + 1 + utf8.RuneLen(next); !t.is(after, '\'') {
			line.alone = true
		}
		return '’'
	}
	return 0
}

// closesLater reports that the single quote at i has a partner on its line.
// The n of « rock 'n' roll » is not a quotation.
func (t *setting) closesLater(i int) bool {
	for j := i + 1; j < len(t.in) && t.in[j] != '\n'; j++ {
		if t.in[j] == '\'' && !t.kept(j) && !isSpace(t.before(j)) && !isWord(t.at(j+1)) {
			return j != i+2 || t.in[i+1]|0x20 != 'n'
		}
	}
	return false
}

// typedApostrophe is the apostrophe that ` or ´, at i, was typed for, or 0.
func (t *setting) typedApostrophe(i, size int) rune {
	prev := t.before(i)
	if isWord(prev) && isWord(t.at(i+size)) && !isDigit(prev) && !t.kept(i) {
		return '’'
	}
	return 0
}
