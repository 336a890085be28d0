package typography

// before and after return the character beside i, a line end at the edges.
func (t *setting) before(i int) rune {
	if i == 0 {
		return '\n'
	}
	return t.in[i-1]
}

func (t *setting) after(i int) rune {
	if i+1 >= len(t.in) {
		return '\n'
	}
	return t.in[i+1]
}

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

// doubleQuotes pairs straight double quotes within a line. One that finds no
// partner stays: it may be an inch.
func (t *setting) doubleQuotes() {
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
func (t *setting) filled(a, b int) bool {
	for _, r := range t.in[a:b] {
		if !isSpace(r) && r != '"' {
			return true
		}
	}
	return false
}

// singleQuotes tells apostrophes from single quotation marks and from primes
// (5'10, 48°44'), which stay.
func (t *setting) singleQuotes() {
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
func (t *setting) closesLater(i int) bool {
	for j := i + 1; j < len(t.in) && t.in[j] != '\n'; j++ {
		if t.in[j] == '\'' && !t.keep[j] && !isSpace(t.in[j-1]) && !isWord(t.after(j)) {
			return j != i+2 || t.in[i+1]|0x20 != 'n'
		}
	}
	return false
}
