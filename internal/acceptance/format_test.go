package acceptance

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"

	"vitrine/internal/plan"
	"vitrine/themes"
)

// format is what a template asks of its pages, read here from its text alone.
type format struct {
	w, h     float64 // trimmed, in mm
	bleed    float64 // in mm
	pages    int     // of one subject; where its texts flow, the least
	flows    bool
	multiple int  // of which the number of pages is a multiple
	codes    int  // QR codes
	own      bool // they lead to the subject\'s own page
	mirrored bool // printed on the back of a film, to be read through it
}

// papers are the sizes that templates name.
var papers = map[string][2]float64{
	"A3": {297, 420}, "A4": {210, 297}, "A5": {148, 210}, "A6": {105, 148}, "DL": {99, 210},
}

// formatOf reads the template of a piece, and those that it is built on.
func formatOf(t *testing.T, s *site, p *plan.Piece) format {
	t.Helper()
	f := format{bleed: 3, multiple: 1}
	f.read(t, s, p.Use.Template)
	if f.w == 0 {
		t.Fatalf("%s: %s has no size", s.name, p.Use.Template)
	}
	return f
}

func (f *format) read(t *testing.T, s *site, name string) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(s.root, "data", "pieces", name+".toml"))
	if os.IsNotExist(err) {
		text, err = fs.ReadFile(themes.FS, "default/pieces/"+name+".toml")
	}
	if err != nil {
		t.Fatal(err)
	}
	var template struct {
		Use, Size       string
		Bleed           *float64
		Pages, Multiple int
		Reverse         bool
		Box             []struct {
			Kind, Text string
			Page       int
		}
	}
	if err := toml.Unmarshal(text, &template); err != nil {
		t.Fatal(err)
	}
	if template.Use != "" {
		f.read(t, s, template.Use)
	}
	if template.Size != "" {
		size, turned := strings.CutSuffix(template.Size, " landscape")
		if paper, ok := papers[size]; ok {
			f.w, f.h = paper[0], paper[1]
		} else if _, err := fmt.Sscanf(size, "%gx%g", &f.w, &f.h); err != nil {
			t.Fatalf("%s: a size of %q", name, template.Size)
		}
		if turned {
			f.w, f.h = f.h, f.w
		}
		f.pages = max(1, template.Pages)
	}
	if template.Bleed != nil {
		f.bleed = *template.Bleed
	}
	if template.Multiple > 0 {
		f.multiple = template.Multiple
	}
	f.mirrored = f.mirrored != template.Reverse
	for _, b := range template.Box {
		f.pages = max(f.pages, b.Page)
		switch b.Kind {
		case "qr":
			f.codes++
			f.own = f.own || strings.Contains(b.Text, ".ShortURL")
		case "flow":
			f.flows = true
		}
	}
}

// wrong says what is wrong with a number of pages for so many subjects, or nothing.
func (f format) wrong(pages, subjects int) string {
	switch {
	case !f.flows && pages != f.pages*subjects:
		return fmt.Sprintf("%d pages for %d subjects, not %d", pages, subjects, f.pages*subjects)
	case pages < f.pages*subjects-1 || pages%f.multiple != 0: // a side without text is left out
		return fmt.Sprintf("%d pages for %d subjects, in multiples of %d", pages, subjects, f.multiple)
	}
	return ""
}
