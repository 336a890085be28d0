package typography

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A setting is one text being set. Positions are in bytes of in, which is valid
// UTF-8 without spaces to collapse. What differs is kept as edits, in order: the
// first ones where no memory is asked for them.
type setting struct {
	french      bool
	in          string
	left, right rune    // what stands before and after: a line end, or a neighbour
	code        []span  // verbatim
	word        literal // the word looked at last

	edits  int // how many
	first  [20]edit
	others []edit
	growth int // by how many bytes they lengthen the text
	done   int // so much of in lies before what the last edit leaves

	pairs  int // how many quotes have a form: straight ones and what stands for them
	few    [12]edit
	many   []edit
	passed int // how many of them lie behind
}

type span struct{ from, to int }

// edit puts a character in the place of n bytes.
type edit struct {
	at int
	to rune
	n  int32
}

// before and at return the character that ends, or starts, at a position.
func (t *setting) before(i int) rune {
	if i == 0 {
		return t.left
	}
	if c := t.in[i-1]; c < utf8.RuneSelf {
		return rune(c)
	}
	r, _ := utf8.DecodeLastRuneInString(t.in[:i])
	return r
}

func (t *setting) at(i int) rune {
	if i >= len(t.in) {
		return t.right
	}
	if c := t.in[i]; c < utf8.RuneSelf {
		return rune(c)
	}
	r, _ := utf8.DecodeRuneInString(t.in[i:])
	return r
}

// is reports whether a certain ASCII character stands at i.
func (t *setting) is(i int, c byte) bool { return i < len(t.in) && t.in[i] == c }

// pair notes what stands in place of the quote at i.
func (t *setting) pair(i int, to rune) {
	if t.pairs < len(t.few) {
		t.few[t.pairs] = edit{at: i, to: to}
	} else {
		t.many = append(t.many, edit{at: i, to: to})
	}
	t.pairs++
}

// swapped is what stands in place of the quote at i, or 0. It looks no further
// back than the last one passed.
func (t *setting) swapped(i int) rune {
	for k := t.passed; k < t.pairs; k++ {
		e := nth(k, t.few[:], t.many)
		if e.at >= i {
			if e.at == i {
				return e.to
			}
			break
		}
	}
	return 0
}

// put writes r in the place of n bytes at i.
func (t *setting) put(i, n int, r rune) {
	e := edit{at: i, to: r, n: int32(n)}
	if t.edits < len(t.first) {
		t.first[t.edits] = e
	} else {
		t.others = append(t.others, e)
	}
	t.edits++
	t.growth += utf8.RuneLen(r) - n
	t.done = i + n
}

func nth(k int, first, others []edit) edit {
	if k < len(first) {
		return first[k]
	}
	return others[k-len(first)]
}

// last is the character before i as it is written.
func (t *setting) last(i int) rune {
	if t.done == i && t.edits > 0 {
		return nth(t.edits-1, t.first[:], t.others).to
	}
	return t.before(i)
}

// text is in with its edits.
func (t *setting) text() string {
	var b strings.Builder
	b.Grow(len(t.in) + t.growth)
	done := 0
	for k := range t.edits {
		e := nth(k, t.first[:], t.others)
		b.WriteString(t.in[done:e.at])
		b.WriteRune(e.to)
		done = e.at + int(e.n)
	}
	b.WriteString(t.in[done:])
	return b.String()
}

// pieces are the edits, each with the text between it and the one before.
func (t *setting) pieces(yield func(text string, r rune) bool) {
	done := 0
	for k := range t.edits {
		e := nth(k, t.first[:], t.others)
		if !yield(t.in[done:e.at], e.to) {
			return
		}
		done = e.at + int(e.n)
	}
}

func isSpace(r rune) bool {
	return r == ' ' || r == '\t' || r == NoBreak || r == NarrowNoBreak || r >= 0x2000 && r <= 0x200a
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

func isASCIILetter(c byte) bool { c |= 0x20; return c >= 'a' && c <= 'z' }

func isASCIIAlnum(c byte) bool { return isASCIILetter(c) || c >= '0' && c <= '9' }

// isWord reports a letter, a digit or a mark on one.
func isWord(r rune) bool {
	if r < utf8.RuneSelf {
		return isASCIIAlnum(byte(r))
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)
}
