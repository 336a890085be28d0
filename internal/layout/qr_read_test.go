package layout

import (
	"slices"
	"strings"
	"testing"
)

// TestReadQR: what was drawn is read again, whatever it is; one square more or less is seen.
func TestReadQR(t *testing.T) {
	for _, text := range []string{
		"https://vitrine.example/v/7k2m9q4c/", "HTTPS://EXAMPLE.ORG/V/ABC", "0123456789012345", "é", "a", "12", "A1", strings.Repeat("https://example.org/", 40),
	} {
		p, _, err := QR(Rect{3 * Mm, 5 * Mm, 30 * Mm, 30 * Mm}, text, Black)
		if err != nil {
			t.Fatal(err)
		}
		got, is, err := ReadQR(p)
		if got != text || !is || err != nil {
			t.Errorf("%q is read %q, %v, %v", text, got, is, err)
		}
		for _, i := range []int{0, len(p.Rects) / 2, len(p.Rects) - 3} {
			torn := *p
			torn.Rects = slices.Delete(slices.Clone(p.Rects), i, i+1)
			if got, is, err := ReadQR(&torn); is && err == nil {
				t.Errorf("%q without square %d is read %q", text, i, got)
			}
		}
	}
	if _, is, err := ReadQR(&Path{Fill: &Black, Rects: make([]Rect, 30)}); is || err != nil {
		t.Error("rectangles are taken for a code")
	}
}
