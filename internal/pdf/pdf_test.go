package pdf

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
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
	data, err := NewEncoder(Press, condition(t)).Encode(sample(t))
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
	a, err := NewEncoder(Press, condition(t)).Encode(doc)
	if err != nil {
		t.Fatal(err)
	}
	e := NewEncoder(Press, condition(t))
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

// TestGlyphsStandWhereMeasured compares the places of words in the file with those of the frame.
func TestGlyphsStandWhereMeasured(t *testing.T) {
	doc := sample(t)
	data, err := NewEncoder(Press, condition(t)).Encode(doc)
	if err != nil {
		t.Fatal(err)
	}
	out := run(t, "pdftotext", "-bbox", write(t, data), "-")
	m := regexp.MustCompile(`xMin="([0-9.]+)".* xMax="([0-9.]+)".*>Saint-Georges-des-Groseillers,<`).FindStringSubmatch(out)
	if m == nil {
		t.Fatal(out)
	}
	var want *layout.Text
	for _, item := range doc.Pages[0].Items {
		if x, ok := item.(*layout.Text); ok && strings.HasPrefix(x.Text, "Saint-Georges") {
			want = x
		}
	}
	word := *want
	word.Glyphs = word.Glyphs[:len("Saint-Georges-des-Groseillers,")]
	bleed := doc.Pages[0].Bleed
	for i, l := range []layout.Length{want.X + bleed, want.X + bleed + word.Width()} {
		got, err := strconv.ParseFloat(m[i+1], 64)
		if err != nil || got-l.PT() > 0.02 || l.PT()-got > 0.02 {
			t.Errorf("edge %d at %s pt, measured at %.4f", i, m[i+1], l.PT())
		}
	}
}

func TestOffice(t *testing.T) {
	press := NewEncoder(Press, condition(t))
	if _, err := press.Encode(sample(t)); err != nil {
		t.Fatal(err)
	}
	data, err := press.For(Office).Encode(sample(t))
	if err != nil {
		t.Fatal(err)
	}
	if alone, err := NewEncoder(Office, nil).Encode(sample(t)); err != nil || !bytes.Equal(data, alone) {
		t.Errorf("an encoder that shares fonts makes other bytes (%v)", err)
	}
	file := write(t, data)
	out := strings.Join(strings.Fields(run(t, "pdfinfo", "-box", file)), " ")
	if !strings.Contains(out, "MediaBox: 0.00 0.00 841.89 595.28") || !strings.Contains(out, "TrimBox: 0.00 0.00 841.89 595.28") {
		t.Error(out)
	}
	content := run(t, "qpdf", "--stream-data=uncompress", "--object-streams=disable", file, "-")
	if regexp.MustCompile(`(?m) k$`).MatchString(content) || !regexp.MustCompile(`(?m) rg$`).MatchString(content) {
		t.Error("an office file has colours for screens")
	}
}

func TestPressIsCMYK(t *testing.T) {
	data, err := NewEncoder(Press, condition(t)).Encode(sample(t))
	if err != nil {
		t.Fatal(err)
	}
	content := run(t, "qpdf", "--stream-data=uncompress", "--object-streams=disable", write(t, data), "-")
	if regexp.MustCompile(`(?m) (rg|RG|g|G)$`).MatchString(content) {
		t.Error("a press file has no RGB or grey in its pages")
	}
	if !strings.Contains(content, "0 0 0 1 k") {
		t.Error("text is in black alone")
	}
}

// picture makes one with a gradient, so that it does not shrink to nothing.
func picture(t *testing.T, kind string) *layout.Picture {
	t.Helper()
	r := image.Rect(0, 0, 40, 30)
	var im image.Image
	var buf bytes.Buffer
	switch kind {
	case "rgba":
		m := image.NewNRGBA(r)
		for i := range m.Pix {
			m.Pix[i] = uint8(i * 7)
		}
		im = m
	case "16 bits":
		m := image.NewNRGBA64(r)
		for i := range m.Pix {
			m.Pix[i] = uint8(i * 5)
		}
		im = m
	case "palette":
		m := image.NewPaletted(r, color.Palette{color.NRGBA{}, color.NRGBA{255, 0, 0, 255}, color.NRGBA{0, 0, 255, 128}})
		for i := range m.Pix {
			m.Pix[i] = uint8(i % 3)
		}
		im = m
	default:
		m := image.NewGray(r)
		for i := range m.Pix {
			m.Pix[i] = uint8(i)
		}
		im = m
	}
	format := "png"
	var err error
	if kind == "jpeg" {
		format, err = "jpeg", jpeg.Encode(&buf, im, nil)
	} else {
		err = png.Encode(&buf, im)
	}
	if err != nil {
		t.Fatal(err)
	}
	return &layout.Picture{Name: kind, Format: format, Data: buf.Bytes(), W: 40, H: 30}
}

func TestPictures(t *testing.T) {
	page := layout.Page{W: layout.MM(100), H: layout.MM(100)}
	for i, kind := range []string{"rgba", "16 bits", "palette", "gray", "jpeg"} {
		p := picture(t, kind)
		for j := range 2 { // twice in the page, once in the file
			box := layout.Rect{X: layout.MM(float64(5 + 40*j)), Y: layout.MM(float64(5 + 18*i)), W: layout.MM(20), H: layout.MM(15)}
			page.Items = append(page.Items, &layout.Image{Picture: p, Box: box, Clip: box.Inset(layout.Mm)})
		}
	}
	data, err := NewEncoder(Press, condition(t)).Encode(&layout.Document{Pages: []layout.Page{page, page}})
	if err != nil {
		t.Fatal(err)
	}
	file := write(t, data)
	if out := run(t, "qpdf", "--check", file); strings.Contains(out, "WARNING") {
		t.Error(out)
	}
	out := run(t, "pdfimages", "-list", file)
	if n := len(regexp.MustCompile(` image +40 `).FindAllString(out, -1)); n != 2*5*2 { // listed at each use
		t.Errorf("%d uses of images\n%s", n, out)
	}
	if n := len(regexp.MustCompile(` smask +40 `).FindAllString(out, -1)); n != 2*3*2 {
		t.Errorf("%d uses of masks\n%s", n, out)
	}
	if n := bytes.Count(data, []byte("/Subtype /Image")); n > 5+3 {
		t.Errorf("%d images in the file", n)
	}
}

func TestBadInput(t *testing.T) {
	page := layout.Page{W: layout.MM(10), H: layout.MM(10)}
	page.Items = []layout.Item{&layout.Image{Picture: &layout.Picture{Name: "x", Format: "png", Data: []byte("no picture"), W: 1, H: 1}, Box: layout.Rect{W: 1, H: 1}}}
	if _, err := NewEncoder(Press, condition(t)).Page(&page); err == nil {
		t.Error("a broken picture was taken")
	}
	good := font(t, "text-400", "text", 400, false)
	for cut := 12; cut < len(good.Data); cut += len(good.Data) / 40 {
		if _, err := parseSFNT(good.Data[:cut]); err == nil {
			t.Errorf("a font cut at %d was taken", cut)
		}
	}
}

// TestOwnFilesAreParts holds that the file of one subject shows the page that the file of all has.
func TestOwnFilesAreParts(t *testing.T) {
	e := NewEncoder(Press, condition(t))
	doc := sample(t)
	p, err := e.Page(&doc.Pages[0])
	if err != nil {
		t.Fatal(err)
	}
	one := e.Assemble(doc, []*Page{p})
	all := e.Assemble(doc, []*Page{p, p, p})
	if !bytes.Contains(one, p.stream) || bytes.Count(all, p.stream) != 3 {
		t.Error("the page was encoded again")
	}
	if whole, err := e.Encode(doc); err != nil || !bytes.Equal(whole, one) {
		t.Errorf("in two steps other bytes than in one (%v)", err)
	}
}

func TestConcurrentUse(t *testing.T) {
	e := NewEncoder(Press, condition(t))
	doc := sample(t)
	want, err := e.Encode(doc)
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 5 {
				if got, err := e.Encode(doc); err != nil || !bytes.Equal(got, want) {
					t.Errorf("other bytes (%v)", err)
				}
			}
		})
	}
	wg.Wait()
}

func TestDecomposedLetters(t *testing.T) {
	f := font(t, "text-400", "text", 400, false)
	s := layout.NewShaper("fr")
	fit := s.Text(layout.Rect{X: layout.MM(5), Y: layout.MM(5), W: layout.MM(90), H: layout.MM(20)},
		[]layout.Para{{Spans: []layout.Span{{Text: "x\u0301q\u0302 et q seul", Font: f, Color: layout.Black}}}}, layout.TextStyle{Size: layout.PT(20)})
	data, err := NewEncoder(Press, condition(t)).Encode(&layout.Document{Pages: []layout.Page{{W: layout.MM(100), H: layout.MM(30), Items: fit.Items}}})
	if err != nil {
		t.Fatal(err)
	}
	if out := run(t, "pdftotext", write(t, data), "-"); !strings.Contains(out, "q seul") {
		t.Errorf("%q", out)
	}
}

// FuzzSplit holds that what is not a file of gopdf is an error and not a panic.
func FuzzSplit(f *testing.F) {
	f.Add([]byte("%PDF-1.7\n1 0 obj\n<<\n/Length 3\n>>\nstream\nabc\nendstream\nendobj\n\nxref\n0 2\n0000000000 65535 f \n0000000009 00000 n \ntrailer\n<<>>\nstartxref\n62\n%%EOF\n"))
	f.Add([]byte("startxref\n0\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		_, _ = split(data)
	})
}

func FuzzSFNT(f *testing.F) {
	f.Add([]byte{0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 'h', 'e', 'a', 'd', 0, 0, 0, 0, 0, 0, 0, 28, 0, 0, 0, 2, 1, 2})
	whole, err := parseSFNT(font(f, "text-400", "text", 400, false).Data)
	if err != nil {
		f.Fatal(err)
	}
	few := whole.subset([]uint16{1, 200})
	f.Add(few)
	f.Fuzz(func(t *testing.T, data []byte) {
		s, err := parseSFNT(data)
		if err != nil {
			return
		}
		cut := s.subset(s.closure([]uint16{0, 1, 200}))
		if _, err := parseSFNT(cut); err != nil {
			t.Error("what was cut out of a font is no font")
		}
	})
}
