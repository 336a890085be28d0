package typography

// A literal is a word looked at for what is meant for a machine: an address, a
// path. The characters from a to b of it stay as they are.
type literal struct {
	from, to int // the word
	a, b     int
}

// kept reports that the character at i is left as it is: it stands in code, or in
// a literal.
func (t *setting) kept(i int) bool {
	if i >= len(t.in) {
		return false
	}
	for _, c := range t.code {
		if c.from <= i && i < c.to {
			return true
		}
	}
	if i < t.word.from || i >= t.word.to {
		t.readWord(i)
	}
	return t.word.a <= i && i < t.word.b
}

// readWord looks at the word that the character at i belongs to.
func (t *setting) readWord(i int) {
	from, to := i, i
	for from > 0 && !t.gapBefore(from) {
		from--
	}
	for to < len(t.in) && !t.gapAt(to) {
		to++
	}
	t.word = literal{from: from, to: max(to, i+1)}
	a, b := from, to
	first, last := a == 0 && t.left == neighbour, b == len(t.in) && t.right == neighbour
	for a < b && !first {
		n := opens(t.in[a:b])
		if n == 0 {
			break
		}
		a += n
	}
	for a < b && !last {
		n := trails(t.in[a:b])
		if n == 0 {
			break
		}
		b -= n
	}
	w := t.in[a:b]
	if first {
		w = string(neighbour) + w
	}
	if last {
		w += string(neighbour)
	}
	if isLiteral(w) {
		t.word.a, t.word.b = a, b
	}
}

// gapBefore and gapAt report that a space or a line end stands right before or at
// a position.
func (t *setting) gapBefore(i int) bool {
	switch c := t.in[i-1]; {
	case c == ' ', c == '\n', c == '\t':
		return true
	case c < 0x80 || c > 0xAF:
		return false
	case i > 1 && t.in[i-2] == 0xC2:
		return c == 0xA0
	}
	return i > 2 && t.in[i-3] == 0xE2 && t.gapAt(i-3)
}

func (t *setting) gapAt(i int) bool {
	switch s := t.in; s[i] {
	case ' ', '\n', '\t':
		return true
	case 0xC2:
		return s[i+1] == 0xA0
	case 0xE2:
		return s[i+1] == 0x80 && (s[i+2] <= 0x8A || s[i+2] == 0xAF)
	}
	return false
}

// isLiteral reports that a word is meant for a machine: an address, an e-mail, a
// path, a file, an assignment, a character entity.
func isLiteral(w string) bool {
	if len(w) < 2 {
		return false
	}
	if w[0] == '/' || w[0] == '~' && w[1] == '/' || w[0] == '.' && (w[1] == '/' || len(w) > 2 && w[1] == '.' && w[2] == '/') {
		return true
	}
	if w[0] == '&' && w[len(w)-1] == ';' {
		return true
	}
	apostrophe := false
	for i := range len(w) {
		switch w[i] {
		case '\'', '"':
			apostrophe = true
		case 0xE2:
			apostrophe = apostrophe || w[i:min(i+3, len(w))] == "’"
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
			if !apostrophe && i > 0 && i+2 < len(w) && isASCIIAlnum(w[i-1]) && isASCIILetter(w[i+1]) && isASCIIAlnum(w[i+2]) {
				return true
			}
		}
	}
	return false
}

// opens returns the length of a sign at the start of s that may stand before a
// literal; trails, of one at the end that may follow it.
func opens(s string) int {
	switch s[0] {
	case '"', '\'', '(', '[', '{', '<':
		return 1
	case 0xC2:
		if s[1] == 0xAB { // «
			return 2
		}
	case 0xE2:
		if s[1] == 0x80 && (s[2] == 0x99 || s[2] == 0x9C || s[2] == 0x98) { // ’ “ ‘
			return 3
		}
	}
	return 0
}

func trails(s string) int {
	n := len(s)
	switch c := s[n-1]; c {
	case '"', '\'', ')', ']', '}', '>', ',', '.':
		return 1
	case 0xBB: // »
		if n > 1 && s[n-2] == 0xC2 {
			return 2
		}
	case 0x99, 0x9D, 0xA6: // ’ ” …
		if n > 2 && s[n-2] == 0x80 && s[n-3] == 0xE2 {
			return 3
		}
	}
	return 0
}
