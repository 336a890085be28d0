package page

import (
	"strings"
	"testing"
)

// The key of a map has a sample of each class and its numbers, in the page's words.
func TestKeyToMap(t *testing.T) {
	got := string(own(t).keyTo([]Class{{0, 0, 0}, {2, 1, 3}, {4, 1200, 1200}}))
	for _, want := range []string{`class="c0"`, "&nbsp;0 ", `class="c2"`, "&nbsp;1 à 3 ", `class="c4"`, "&nbsp;1\u202f200</p>", `aria-hidden="true"`} {
		if !strings.Contains(strings.ReplaceAll(got, "\u00a0", "\u202f"), want) {
			t.Errorf("%q is not in %s", want, got)
		}
	}
}
