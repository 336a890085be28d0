package typography

import "unicode"

// set writes out from in, with the spaces that French asks for.
func (t *setting) set() {
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

func (t *setting) ellipsis(i int) bool {
	return i+2 < len(t.in) && t.in[i+1] == '.' && t.in[i+2] == '.' &&
		!t.keep[i+1] && !t.keep[i+2] &&
		t.before(i) != '.' && t.after(i+2) != '.' && t.after(i+2) != '/' && t.after(i+2) != '\\'
}

// afterGap reports that no space is to be added: one stands there, or nothing
// stands there to be held to.
func (t *setting) afterGap(r rune) bool {
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
func (t *setting) wants(i int, r rune) rune {
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
func (t *setting) closing(i int) bool {
	return i < len(t.in) && (t.swap[i] == '»' || t.swap[i] == '’' && t.in[i] == '\'')
}

// number reports that what stands before i, a space aside, is a number.
func (t *setting) number(i int) bool {
	if i > 0 && isSpace(t.in[i-1]) {
		i--
	}
	return i > 0 && isDigit(t.in[i-1]) && !t.keep[i-1]
}

// space returns the space that stands at i.
func (t *setting) space(i int, r rune) rune {
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
func (t *setting) digitGroups() {
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

// groupSpace tells a number (first group of one to three digits, the others of
// three) from a telephone number (five groups of two after a 0).
func groupSpace(first rune, sizes []int) rune {
	if len(sizes) < 2 {
		return 0
	}
	number, phone := sizes[0] <= 3 && first != '0', len(sizes) == 5 && first == '0' && sizes[0] == 2
	for _, n := range sizes[1:] {
		number = number && n == 3
		phone = phone && n == 2
	}
	switch {
	case number:
		return NarrowNoBreak
	case phone:
		return NoBreak
	}
	return 0
}
