package diag

import (
	"os"
	"regexp"
	"slices"
	"testing"
)

// TestDocs holds docs/diagnostics.md to the catalogue: a section for every code, and no
// section of a code that is gone.
func TestDocs(t *testing.T) {
	text, err := os.ReadFile("../../docs/diagnostics.md")
	if err != nil {
		t.Fatal(err)
	}
	var sections []string
	for _, m := range regexp.MustCompile(`(?m)^## (\S+)$`).FindAllStringSubmatch(string(text), -1) {
		if slices.Contains(sections, m[1]) {
			t.Errorf("docs/diagnostics.md has two sections %q", m[1])
		}
		sections = append(sections, m[1])
	}
	for _, c := range Codes() {
		if !slices.Contains(sections, string(c)) {
			t.Errorf("docs/diagnostics.md has no section %q", c)
		}
	}
	for _, s := range sections {
		if !slices.Contains(Codes(), Code(s)) {
			t.Errorf("docs/diagnostics.md explains %q, which is no code", s)
		}
	}
}
