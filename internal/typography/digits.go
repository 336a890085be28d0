package typography

import (
	"unicode"
	"unicode/utf8"
)

// digitGroup is the group of digits looked at last: so far as to, its spaces are
// space, or stay when that is 0.
type digitGroup struct {
	to    int
	space rune
}

// groupSpace makes the spaces within « 53 918 » and « 02 33 98 44 00 » unbreakable.
// It never groups digits itself: 61100 may be a postcode. The space at gap and the
// digit at next are between two digits.
func (t *setting) groupSpace(group *digitGroup, gap, next int) rune {
	if t.kept(gap-1) || t.kept(next) {
		return 0
	}
	if gap < group.to {
		return group.space
	}
	start := gap
	for start > 0 && isDigit(rune(t.in[start-1])) && !t.kept(start-1) {
		start--
	}
	var sizesOf [8]int
	sizes := append(sizesOf[:0], gap-start)
	end := next
	for {
		from := end
		for end < len(t.in) && isDigit(rune(t.in[end])) && !t.kept(end) {
			end++
		}
		sizes = append(sizes, end-from)
		r := t.at(end)
		if end >= len(t.in) || !isSpace(r) {
			break
		}
		after := end + utf8.RuneLen(r)
		if !isDigit(t.at(after)) || t.kept(after) {
			break
		}
		end = after
	}
	*group = digitGroup{to: end}
	if !isWord(t.before(start)) && !unicode.IsLetter(t.at(end)) {
		group.space = groupSpace(rune(t.in[start]), sizes)
	}
	return group.space
}

// groupSpace tells a number (first group of one to three digits, the others of
// three) from a telephone number (five groups of two after a 0).
func groupSpace(first rune, sizes []int) rune {
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
