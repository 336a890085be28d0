package pdf

import (
	"os"
	"path/filepath"
	"testing"
)

// condition is the theme's own printing condition.
func condition(t testing.TB) *Condition {
	t.Helper()
	profile, err := os.ReadFile(filepath.Join("..", "..", "themes", "default", "press", "coated.icc"))
	if err != nil {
		t.Fatal(err)
	}
	return &Condition{Identifier: "FOGRA39", Info: "Coated FOGRA39 (ISO 12647-2:2004)", Registry: "http://www.color.org", Profile: profile}
}
