package pdf

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"vitrine/internal/layout"
)

func font(t testing.TB, file, family string, weight int, italic bool) *layout.Font {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "..", "themes", "default", "fonts", file+".ttf"))
	if err != nil {
		t.Fatal(err)
	}
	f, err := layout.ParseFont(file, family, weight, italic, data)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// tool finds an outside program, or skips the test saying which one is missing.
func tool(t testing.TB, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		if os.Getenv("VITRINE_REQUIRE_TOOLS") == "1" {
			t.Fatalf("%s is missing", name)
		}
		t.Skipf("%s is missing", name)
	}
	return path
}

func sample(t testing.TB) *layout.Document {
	title := font(t, "title-400", "title", 400, false)
	text := font(t, "text-400", "text", 400, false)
	s := layout.NewShaper("fr")
	page := layout.Page{W: layout.MM(297), H: layout.MM(210), Bleed: layout.MM(3), Safe: layout.MM(5)}
	green := layout.Color{Token: "accent", RGB: [3]uint8{31, 92, 70}, CMYK: [4]uint16{800, 300, 700, 250}}
	page.Items = append(page.Items, (&layout.Path{Fill: &green}).Rectangle(layout.Rect{X: layout.MM(-3), Y: layout.MM(-3), W: layout.MM(303), H: layout.MM(20)}, 0))
	set := func(f *layout.Font, size float64, y float64, text string) {
		fit := s.Text(layout.Rect{X: layout.MM(20), Y: layout.MM(y), W: layout.MM(257), H: layout.MM(40)},
			[]layout.Para{{Spans: []layout.Span{{Text: text, Font: f, Color: layout.Black}}}},
			layout.TextStyle{Size: layout.PT(size), MinSize: layout.PT(20), Lines: 2, Align: layout.Center, Balance: true})
		if fit.Overflow || len(fit.Missing) > 0 {
			t.Fatalf("%q: overflow %v, missing %v", text, fit.Overflow, fit.Missing)
		}
		page.Items = append(page.Items, fit.Items...)
	}
	set(title, 40, 40, "L’Éclat d’Œuf — « AVATAR Tôlerie »")
	set(title, 40, 80, "SARL Dupont Père & Fils (Chez Nono), artisans boulangers depuis mille neuf cent douze")
	set(text, 24, 130, "Saint-Georges-des-Groseillers, c’hoari, Łódź, « officier » 1 234 €")
	qr, _, err := layout.QR(layout.Rect{X: layout.MM(250), Y: layout.MM(165), W: layout.MM(25), H: layout.MM(25)}, "https://eco-defis.example/v/abcd1234/", layout.Black)
	if err != nil {
		t.Fatal(err)
	}
	page.Items = append(page.Items, qr)
	return &layout.Document{
		Title: "Diplôme — L’Éclat d’Œuf", Author: "Flers Agglo", Language: "fr",
		Date: time.Date(2023, 11, 30, 0, 0, 0, 0, time.UTC), Pages: []layout.Page{page},
	}
}

func write(t *testing.T, data []byte) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "x.pdf")
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

func run(t *testing.T, name string, args ...string) string {
	t.Helper()
	out, err := exec.Command(tool(t, name), args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", name, err, out)
	}
	return string(out)
}

func TestReadersAccept(t *testing.T) {
	data, err := NewEncoder(Press).Encode(sample(t))
	if err != nil {
		t.Fatal(err)
	}
	if dir := os.Getenv("VITRINE_KEEP"); dir != "" {
		_ = os.WriteFile(filepath.Join(dir, "sample.pdf"), data, 0o600)
	}
	file := write(t, data)
	t.Run("qpdf", func(t *testing.T) {
		if out := run(t, "qpdf", "--check", file); strings.Contains(out, "WARNING") {
			t.Error(out)
		}
	})
	t.Run("boxes", func(t *testing.T) {
		out := strings.Join(strings.Fields(run(t, "pdfinfo", "-box", file)), " ")
		for _, want := range []string{
			"MediaBox: 0.00 0.00 858.90 612.28", "BleedBox: 0.00 0.00 858.90 612.28", "TrimBox: 8.50 8.50 850.39 603.78",
			"Title: Diplôme — L’Éclat d’Œuf", "Author: Flers Agglo", "CreationDate: Thu Nov 30",
		} {
			if !strings.Contains(out, want) {
				t.Errorf("no %q in %s", want, out)
			}
		}
	})
	t.Run("fonts", func(t *testing.T) {
		out := run(t, "pdffonts", file)
		lines := strings.Split(strings.TrimSpace(out), "\n")
		if len(lines) != 4 {
			t.Fatal(out)
		}
		for _, l := range lines[2:] {
			// embedded, subset, with a table to Unicode
			if !strings.Contains(l, "yes yes yes") {
				t.Error(l)
			}
		}
	})
	t.Run("text", func(t *testing.T) {
		out := run(t, "pdftotext", "-layout", file, "-")
		for _, want := range []string{"L’Éclat d’Œuf — « AVATAR Tôlerie »", "Saint-Georges-des-Groseillers, c’hoari, Łódź, « officier » 1 234 €"} {
			if !strings.Contains(out, want) {
				t.Errorf("no %q in %s", want, out)
			}
		}
	})
}

func TestSameBytes(t *testing.T) {
	doc := sample(t)
	a, err := NewEncoder(Press).Encode(doc)
	if err != nil {
		t.Fatal(err)
	}
	e := NewEncoder(Press)
	for range 2 {
		b, err := e.Encode(sample(t))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(a, b) {
			t.Fatal("the same frames gave other bytes")
		}
	}
}
