package load

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// TestScanOfRandomDocuments writes documents out of few keys, so that they meet in every
// way. Each line is kept if the scanner still reads the document; the library must then
// read the same in it.
func TestScanOfRandomDocuments(t *testing.T) {
	w := writer{rand.New(rand.NewPCG(1, 2))}
	for range 10_000 {
		text := ""
		for range 20 {
			if longer := text + w.line(); reads(longer) {
				text = longer
			}
		}
		values, _ := scan(text)
		wants(t, "random", text, &values)
	}
}

func reads(text string) bool {
	_, ok := scan(text)
	return ok
}

type writer struct{ *rand.Rand }

func (w writer) one(of ...string) string { return of[w.IntN(len(of))] }

func (w writer) key() string { return w.one("a", "b", "c", "'a'", `"b"`) }

func (w writer) path() string {
	parts := []string{w.key()}
	for w.IntN(3) == 0 {
		parts = append(parts, w.key())
	}
	return strings.Join(parts, w.one(".", ".", " . "))
}

func (w writer) line() string {
	end := w.one("\n", "\n", "\r\n", " # c\n")
	switch w.IntN(5) {
	case 0:
		return "[" + w.path() + "]" + end
	case 1:
		return "[[" + w.path() + "]]" + end
	}
	return w.path() + " = " + w.value(0) + end
}

func (w writer) value(depth int) string {
	if depth < 3 && w.IntN(3) == 0 {
		gap := w.one("", "", " ", "\n", " # c\n")
		var items []string
		list := w.IntN(2) == 0
		for range w.IntN(4) {
			item := w.value(depth + 1)
			if !list {
				item = w.path() + " = " + item
			}
			items = append(items, item+gap)
		}
		inside := strings.Join(items, ","+gap)
		if list {
			return "[" + gap + inside + "]"
		}
		return "{" + gap + inside + "}"
	}
	return w.one("1", "-20", "0.5", "true", `"x"`, `"\u00e9\n"`, "'y'", "2025-03-01", "2025-03-01 12:30", `"""
x
y"""`, "1e3", "1_000", "2025-03-01T12:30:00Z")
}
