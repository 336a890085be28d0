package ident

import (
	"strings"
	"unicode/utf8"
)

// Nearest returns the candidate that a mistyped word was meant for, if one is
// near enough: one slip in a short word, two from five letters, three from ten.
// A slip is a letter missing, added, wrong, or exchanged with its neighbour;
// case does not count. Among equals the first in alphabetical order is
// returned, so that the answer does not depend on the order of a map.
func Nearest(word string, candidates []string) (string, bool) {
	w := []rune(strings.ToLower(word))
	limit := 1
	switch {
	case len(w) >= 10:
		limit = 3
	case len(w) >= 5:
		limit = 2
	case len(w) < 2:
		return "", false
	}
	best, found := "", false
	var d distance
	for _, c := range candidates {
		if n := utf8.RuneCountInString(c) - len(w); n > limit || -n > limit {
			continue
		}
		n := d.between(w, strings.ToLower(c), limit)
		if n < limit || n == limit && (!found || c < best) {
			best, found, limit = c, true, n
		}
	}
	return best, found
}

// distance keeps its rows from one comparison to the next.
type distance struct {
	b             []rune
	above, before []int // the last row and the one before it
	row           []int
}

// between returns the optimal string alignment distance, or limit+1 as soon as
// it is sure to pass the limit.
func (d *distance) between(a []rune, s string, limit int) int {
	d.b = d.b[:0]
	for _, r := range s {
		d.b = append(d.b, r)
	}
	b := d.b
	for len(d.row) <= len(b) {
		d.row, d.above, d.before = append(d.row, 0), append(d.above, 0), append(d.before, 0)
	}
	for j := range len(b) + 1 {
		d.above[j] = j
	}
	for i := range a {
		d.row[0] = i + 1
		least := i + 1
		for j := range b {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			n := min(d.above[j]+cost, d.above[j+1]+1, d.row[j]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				n = min(n, d.before[j-1]+1)
			}
			d.row[j+1] = n
			least = min(least, n)
		}
		if least > limit { // rows only grow, and a swap costs one more than the row before
			return limit + 1
		}
		d.before, d.above, d.row = d.above, d.row, d.before
	}
	return min(d.above[len(b)], limit+1)
}
