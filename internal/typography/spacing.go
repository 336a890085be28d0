package typography

import "unicode/utf8"

// setClasses are the bytes at which set has something to weigh.
func setClasses(french bool) (t [256]bool) {
	for _, c := range `'"` + "`." {
		t[c] = true
	}
	t[0xC2], t[0xE2] = true, true
	if french {
		for _, c := range " :;!?%oO" {
			t[c] = true
		}
	}
	return t
}

var frenchSigns, englishSigns = setClasses(true), setClasses(false)

// set writes out from in, with the spaces that French asks for.
func (t *setting) set(found signs) {
	if found&quotes != 0 {
		t.pairQuotes()
	}
	if !t.french {
		t.setEnglish()
	} else {
		t.setFrench()
	}
}

func (t *setting) setEnglish() {
	for i := 0; i < len(t.in); i++ {
		if !englishSigns[t.in[i]] {
			continue
		}
		if t.in[i] == '.' {
			if t.ellipsis(i) {
				t.put(i, 3, '…')
				i += 2
			}
			continue
		}
		if r := t.swapped(i); r != 0 {
			t.put(i, t.size(i), r)
			t.passed++
		}
	}
}

func (t *setting) setFrench() {
	group := digitGroup{}
	for i := 0; i < len(t.in); {
		c := t.in[i]
		if !frenchSigns[c] {
			i++
			continue
		}
		size := 1
		switch {
		case c == '.':
			if t.ellipsis(i) {
				t.put(i, 3, '…')
				size = 3
			}
		case c == 'o' || c == 'O':
			if i+1 < len(t.in) && t.in[i+1]|0x20 == 'e' && !t.kept(i) {
				size = t.ligature(i) - i
			}
		case c == ' ':
			if t.weighsSpace(i) {
				t.setSpace(i, ' ', &group)
			}
		default:
			size = t.size(i)
			t.setSign(i, &group)
		}
		i += size
	}
}

// weighsSpace reports that what stands beside the space at i may ask for another.
func (t *setting) weighsSpace(i int) bool {
	if i == 0 || i+1 == len(t.in) {
		return true
	}
	switch prev, next := t.in[i-1], t.in[i+1]; next {
	case ':', ';', '!', '?', '%', '"', 0xC2, 0xE2:
		return true
	default: // after « and its straight form; 53 918, n° 12
		return prev == 0xAB || prev == '"' || isDigit(rune(next)) && (isDigit(rune(prev)) || prev == 0xB0)
	}
}

// size is the length of the character at i.
func (t *setting) size(i int) int {
	switch t.in[i] {
	case 0xC2:
		return 2
	case 0xE2:
		return 3
	}
	return 1
}

// setSign sets a sign other than the common space.
func (t *setting) setSign(i int, group *digitGroup) {
	r := t.at(i)
	if isSpace(r) {
		t.setSpace(i, r, group)
		return
	}
	written := t.swapped(i)
	if written == 0 {
		switch r {
		case ':', ';', '!', '?', '%', '‰', '€', '»', '«':
		default:
			return
		}
		if written = r; t.kept(i) {
			return
		}
	}
	if space := t.wants(i, written); space != 0 && !t.afterGap(i, written) {
		t.put(i, 0, space)
	}
	if written != r {
		t.put(i, t.size(i), written)
		t.passed++
	}
	if written == '«' {
		if end := i + t.size(i); end < len(t.in) || t.right != '\n' {
			if next := t.at(end); !isSpace(next) && next != '\n' {
				t.put(end, 0, NoBreak)
			}
		}
	}
}

func (t *setting) ellipsis(i int) bool {
	if !t.is(i+1, '.') || !t.is(i+2, '.') || t.before(i) == '.' {
		return false
	}
	switch t.at(i + 3) {
	case '.', '/', '\\':
		return false
	}
	return !t.kept(i) && !t.kept(i+1) && !t.kept(i+2)
}

// afterGap reports that no space is to be added before r, at i: one stands there,
// or nothing stands there to be held to.
func (t *setting) afterGap(i int, r rune) bool {
	last := t.last(i)
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
		if next := t.at(i + 1); next == '\n' || isSpace(next) || next == '»' || next == '”' || t.closing(i+1) {
			if r == ':' {
				return NoBreak
			}
			return NarrowNoBreak
		}
	case '!', '?':
		if prev := t.before(i); prev == '!' || prev == '?' {
			return 0
		}
		j := i + 1
		for (t.is(j, '!') || t.is(j, '?')) && !t.kept(j) {
			j++
		}
		switch next := t.at(j); next {
		case '\n', '»', '”', '’', ')', ']', '}', ',', '.', '…':
			return NarrowNoBreak
		default:
			if isSpace(next) || t.closing(j) {
				return NarrowNoBreak
			}
		}
	case '%', '‰', '€':
		if t.number(i) && !isWord(t.at(i+utf8.RuneLen(r))) {
			return NoBreak
		}
	}
	return 0
}

// closing reports that a straight quote at i was found to close.
func (t *setting) closing(i int) bool {
	if !t.is(i, '"') && !t.is(i, '\'') {
		return false
	}
	to := t.swapped(i)
	return to == '»' || to == '’'
}

// number reports that what stands before i, a space aside, is a number.
func (t *setting) number(i int) bool {
	if prev := t.before(i); i > 0 && isSpace(prev) {
		i -= utf8.RuneLen(prev)
	}
	return isDigit(t.before(i)) && !t.kept(i-1)
}

// setSpace sets the space r at i.
func (t *setting) setSpace(i int, r rune, group *digitGroup) {
	if to := t.space(i, r, group); to != r {
		t.put(i, utf8.RuneLen(r), to)
	}
}

// space returns the space that stands in the place of r, at i.
func (t *setting) space(i int, r rune, group *digitGroup) rune {
	next := i + utf8.RuneLen(r)
	if len(t.code) > 0 && t.kept(i) {
		return r
	}
	prev := t.before(i)
	if isDigit(prev) && isDigit(t.at(next)) {
		if space := t.groupSpace(group, i, next); space != 0 {
			return space
		}
	}
	if prev == '«' || t.last(i) == '«' {
		return NoBreak
	}
	if next >= len(t.in) {
		return r
	}
	switch to := t.at(next); to {
	case ':', ';', '!', '?', '%', '‰', '€', '»':
		if t.kept(next) {
			return r
		}
		if want := t.wants(next, to); want != 0 {
			return want
		}
	case '"':
		if t.swapped(next) == '»' {
			return NoBreak
		}
	case '0', '1', '2', '3', '4', '5', '6', '7', '8', '9':
		// « n° 12 »
		if prev == '°' && i > 2 && t.in[i-3]|0x20 == 'n' && !isWord(t.before(i-3)) && !t.kept(next) {
			return NoBreak
		}
	}
	return r
}
