package docs

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"testing"

	"vitrine/internal/build"
	"vitrine/internal/model"
	"vitrine/themes"
)

// TestReadmeTour builds the site of the README's tour from the README itself.
func TestReadmeTour(t *testing.T) {
	dir := t.TempDir()
	blocks := regexp.MustCompile("(?s)```toml\n# (data/[a-z./-]+)\n(.*?)```").FindAllStringSubmatch(doc(t, "README.md"), -1)
	if len(blocks) != 6 {
		t.Fatalf("%d files in the tour, not six", len(blocks))
	}
	for _, b := range blocks {
		name := filepath.Join(dir, filepath.FromSlash(b[1]))
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(b[2]), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	result, err := build.Run(build.Options{
		Site: dir, Public: filepath.Join(dir, "public"), Kit: filepath.Join(dir, "kit"), State: filepath.Join(dir, ".vitrine"),
		Themes: themes.FS, Own: os.DirFS(dir), Today: func(string) model.Date { return model.Date{Year: 2026, Month: 1, Day: 15} },
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range result.Diagnostics {
		t.Errorf("%s: %s [%s]", d.Span.File, d.Message("en"), d.Code)
	}
	var made []string
	for _, o := range result.Outputs {
		made = append(made, o.Path)
	}
	for _, want := range []string{
		"public/index.html", "public/bons-gestes/participants/boulangerie-petit/index.html",
		"kit/index.html", "kit/bons-gestes/diploma/boulangerie-petit.pdf", "kit/bons-gestes/sticker.pdf",
	} {
		if !slices.Contains(made, want) {
			t.Errorf("the tour makes no %s", want)
		}
	}
}
