package pdf

import (
	"bytes"
	"image"
	_ "image/png"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"golang.org/x/image/tiff"

	"vitrine/internal/layout"
)

// mm is a rectangle in millimetres.
func mm(x, y, w, h float64) layout.Rect {
	return layout.Rect{X: layout.MM(x), Y: layout.MM(y), W: layout.MM(w), H: layout.MM(h)}
}

func block(r layout.Rect, c layout.Color) *layout.Path {
	return (&layout.Path{Fill: &c}).Rectangle(r, 0)
}

// film is a page of 60 × 40 mm as a window sticker is: a green ground, black words on it, a photograph, a
// contour to cut along and a white underlay, drawn last; its marks lie in the slug.
func film(t *testing.T) *layout.Document {
	green := layout.Color{RGB: [3]uint8{31, 92, 70}, CMYK: [4]uint16{800, 0, 700, 0}}
	gold := layout.Color{RGB: [3]uint8{180, 150, 60}, CMYK: [4]uint16{100, 300, 800, 100}, Spot: "PANTONE 871 C", Strength: 500}
	page := layout.Page{W: layout.MM(60), H: layout.MM(40), Bleed: layout.MM(2), Slug: layout.MM(6)}
	s := layout.NewShaper("fr")
	words := s.Text(mm(5, 5, 25, 10), []layout.Para{{Spans: []layout.Span{{Text: "HHHHHHHH", Font: font(t, "text-700", "text", 700, false), Color: layout.Black}}}}, layout.TextStyle{Size: layout.PT(18)})
	cut, white, cross := layout.CutContour, layout.WhiteInk, layout.Registration
	contour := (&layout.Path{Stroke: &cut, Width: layout.PT(0.25), Technical: true}).Rectangle(mm(2, 2, 56, 36), layout.MM(4))
	underlay := block(mm(2, 2, 56, 36), white)
	underlay.Technical = true
	page.Items = append(page.Items, block(mm(-2, -2, 64, 44), green))
	page.Items = append(page.Items, words.Items...)
	page.Items = append(page.Items,
		block(mm(30, 25, 10, 10), layout.White), // knocks out
		block(mm(45, 25, 10, 10), gold),
		&layout.Image{Picture: picture(t, "rgba"), Box: mm(40, 5, 15, 12), Clip: mm(40, 5, 15, 12)},
		contour, underlay,
		block(mm(-6, 19, 3, 1), cross),
	)
	return &layout.Document{Title: "Film <1> & \x07co", Subject: "Essai", Author: "A", Language: "fr", Pages: []layout.Page{page}}
}

// unpacked is the text of a file's objects, their streams unpacked.
func unpacked(t *testing.T, data []byte) string {
	t.Helper()
	return run(t, "qpdf", "--qdf", "--object-streams=disable", write(t, data), "-")
}

func press(t *testing.T, doc *layout.Document) []byte {
	t.Helper()
	data, err := NewEncoder(Press, condition(t)).Encode(doc)
	if err != nil {
		t.Fatal(err)
	}
	if dir := os.Getenv("VITRINE_KEEP"); dir != "" {
		_ = os.WriteFile(filepath.Join(dir, strings.ReplaceAll(t.Name(), "/", "-")+".pdf"), data, 0o600)
	}
	return data
}

// TestPDFX looks for what PDF/X-4 asks of a file.
func TestPDFX(t *testing.T) {
	for name, doc := range map[string]*layout.Document{"sample": sample(t), "film": film(t)} {
		t.Run(name, func(t *testing.T) {
			data := press(t, doc)
			if !bytes.HasPrefix(data, []byte("%PDF-1.6\n")) {
				t.Error("no header of 1.6")
			}
			text := unpacked(t, data)
			for _, want := range []string{"/S /GTS_PDFX\n", "/DestOutputProfile", "/Trapped /False", "/GTS_PDFXVersion (PDF/X-4)", "<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>", "<pdf:Trapped>False</pdf:Trapped>", "<xmpMM:DocumentID>uuid:"} {
				if strings.Count(text, want) != 1 {
					t.Errorf("%d times %q", strings.Count(text, want), want)
				}
			}
			for _, never := range []string{"/DeviceRGB", "/Annots", "/LZWDecode", "/Encrypt", "/Alternate "} {
				if strings.Contains(text, never) {
					t.Error("there is ", never)
				}
			}
			if m := regexp.MustCompile(`(?m)^[0-9. ]+ (rg|RG|g|G)$`).FindString(text); m != "" {
				t.Errorf("a colour of screens: %q", m)
			}
			out := run(t, "pdfinfo", write(t, data))
			if !strings.Contains(strings.Join(strings.Fields(out), " "), "PDF subtype: PDF/X-4") {
				t.Error(out)
			}
			same(t, text)
		})
	}
}

// same holds the two descriptions of a file to one another.
func same(t *testing.T, text string) {
	t.Helper()
	find := func(expr string) string {
		m := regexp.MustCompile(expr).FindStringSubmatch(text)
		if m == nil {
			t.Errorf("no %s", expr)
			return ""
		}
		return m[1]
	}
	created, err := time.Parse("20060102150405Z", find(`/CreationDate \(D:(\w+)\)`))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"CreateDate", "ModifyDate", "MetadataDate"} {
		if said, err := time.Parse(time.RFC3339, find(`<xmp:`+name+`>(.*)</xmp`)); err != nil || !said.Equal(created) {
			t.Errorf("%s is %s, not %s", name, said, created)
		}
	}
	if find(`<pdf:Producer>(.*)</`) != Producer || find(`/Producer \((.*)\)`) != Producer {
		t.Error("two producers")
	}
}

// TestUndated: a press file always says a date, and never the present one; an office file need not.
func TestUndated(t *testing.T) {
	doc := film(t)
	if text := unpacked(t, press(t, doc)); !strings.Contains(text, "D:20000101000000Z") || !strings.Contains(text, "Film &lt;1&gt; &amp; co<") {
		t.Error("no date, or no title")
	}
	office, err := NewEncoder(Office, condition(t)).Encode(doc)
	if err != nil {
		t.Fatal(err)
	}
	text := unpacked(t, office)
	for _, never := range []string{"CreationDate", "GTS_PDFX", "CutContour", "/Separation", "ExtGState", "Metadata", "/ICCBased"} {
		if strings.Contains(text, never) {
			t.Error("an office file with ", never)
		}
	}
	if !strings.Contains(text, "/PrintScaling /None") {
		t.Error("a printer may scale it")
	}
	zone := *sample(t)
	zone.Date = time.Date(2023, 11, 30, 8, 0, 0, 0, time.FixedZone("", 3600+21))
	if text := unpacked(t, press(t, &zone)); !strings.Contains(text, "D:20231130065939Z") {
		t.Error("a zone with seconds")
	}
}

// TestBoxesWithSlug: the trim lies in the bleed, and that in the sheet with its marks.
func TestBoxesWithSlug(t *testing.T) {
	out := strings.Join(strings.Fields(run(t, "pdfinfo", "-box", write(t, press(t, film(t))))), " ")
	for _, want := range []string{"MediaBox: 0.00 0.00 215.43 158.74", "BleedBox: 17.01 17.01 198.43 141.73", "TrimBox: 22.68 22.68 192.76 136.06"} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in %s", want, out)
		}
	}
}

// plates has Ghostscript separate the first page, at 72 dpi, and returns each plate by its ink: 0 is full
// of ink, 255 bare.
func plates(t *testing.T, data []byte) map[string]*image.Gray {
	t.Helper()
	dir := t.TempDir()
	run(t, "gs", "-q", "-dBATCH", "-dNOPAUSE", "-dSAFER", "-r72", "-sDEVICE=tiffsep", "-sOutputFile="+filepath.Join(dir, "x.tif"), write(t, data))
	names, err := filepath.Glob(filepath.Join(dir, "x*(*).tif"))
	if err != nil || len(names) < 4 {
		t.Fatal(names, err)
	}
	out := map[string]*image.Gray{}
	for _, name := range names {
		ink := name[strings.LastIndexByte(name, '(')+1 : len(name)-len(").tif")]
		out[ink] = readTIFF(t, name)
	}
	return out
}

// inked is how much ink lies in a part of a plate, 0 to 1; at is in mm from the sheet's corner.
func inked(plate *image.Gray, x, y, w, h float64) float64 {
	px := func(v float64) int { return int(v*72/25.4 + 0.5) }
	sum, n := 0, 0
	for j := px(y); j < px(y+h); j++ {
		for i := px(x); i < px(x+w); i++ {
			sum += 255 - int(plate.GrayAt(i, j).Y)
			n++
		}
	}
	return float64(sum) / 255 / float64(n)
}

// TestPlates: what Ghostscript prints on each plate of a film.
func TestPlates(t *testing.T) {
	const corner = 8 // slug and bleed
	p := plates(t, press(t, film(t)))
	for _, ink := range []string{"Cyan", "Magenta", "Yellow", "Black", "CutContour", "White", "PANTONE 871 C"} {
		if p[ink] == nil {
			t.Fatalf("no plate of %s", ink)
		}
	}
	for _, c := range []struct {
		what       string
		ink        string
		x, y, w, h float64
		low, high  float64
	}{
		{"the ground, below the white", "Cyan", 5, 17, 10, 5, 0.78, 0.82},
		{"the ground, below the white", "Yellow", 5, 17, 10, 5, 0.68, 0.72},
		{"the ground has no black", "Black", 5, 17, 10, 5, 0, 0.01},
		{"words are black", "Black", 5, 6, 15, 5, 0.2, 0.8},
		{"words leave the ground below them", "Cyan", 5, 6, 15, 5, 0.78, 0.82},
		{"words have no magenta", "Magenta", 5, 6, 15, 5, 0, 0.01},
		{"white paper knocks out", "Cyan", 31, 26, 8, 8, 0, 0.01},
		{"half of the gold", "PANTONE 871 C", 46, 26, 8, 8, 0.48, 0.52},
		{"gold knocks out of the ground", "Cyan", 46, 26, 8, 8, 0, 0.01},
		{"white under all of it", "White", 5, 5, 50, 30, 0.99, 1},
		{"white stops there", "White", -1, -1, 1, 40, 0, 0.01},
		{"the contour alone", "CutContour", 1, 15, 2, 8, 0.01, 0.5},
		{"nothing else on its plate", "CutContour", 5, 5, 50, 30, 0, 0},
		{"the photograph", "Magenta", 42, 7, 10, 8, 0.05, 0.95},
	} {
		if got := inked(p[c.ink], c.x+corner, c.y+corner, c.w, c.h); got < c.low || got > c.high {
			t.Errorf("%s: %.3f of %s, not %g to %g", c.what, got, c.ink, c.low, c.high)
		}
	}
	for ink, plate := range p {
		if got := inked(plate, corner-6, corner+19, 3, 1); got < 0.5 {
			t.Errorf("the registration mark has %.2f of %s", got, ink)
		}
	}
}

// TestFilmOnScreen: a white ink drawn last hides nothing from those who look at the file.
func TestFilmOnScreen(t *testing.T) {
	with := press(t, film(t))
	doc := film(t)
	items := doc.Pages[0].Items
	doc.Pages[0].Items = append(append([]layout.Item(nil), items[:len(items)-2]...), items[len(items)-1])
	without := press(t, doc)
	show := func(program string, data []byte) image.Image {
		base := filepath.Join(t.TempDir(), "x")
		run(t, program, "-r", "72", "-png", "-singlefile", write(t, data), base)
		f, err := os.Open(base + ".png")
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		im, _, err := image.Decode(f)
		if err != nil {
			t.Fatal(err)
		}
		return im
	}
	for _, program := range []string{"pdftoppm", "pdftocairo"} {
		a, b := show(program, with), show(program, without)
		worst := 0
		for y := range a.Bounds().Dy() {
			for x := range a.Bounds().Dx() {
				r, g, bl, _ := a.At(x, y).RGBA()
				r2, g2, bl2, _ := b.At(x, y).RGBA()
				for _, d := range []int{int(r) - int(r2), int(g) - int(g2), int(bl) - int(bl2)} {
					worst = max(worst, d>>8, -d>>8)
				}
			}
		}
		if worst > 8 {
			t.Errorf("%s shows the white: %d of 255 away", program, worst)
		}
	}
}

// TestSwitches: the state of overprinting changes only where it must.
func TestSwitches(t *testing.T) {
	page := layout.Page{W: layout.MM(50), H: layout.MM(50)}
	line := func(c layout.Color) *layout.Path {
		return (&layout.Path{Stroke: &c, Width: layout.PT(0.1)}).Rectangle(mm(1, 1, 5, 5), 0)
	}
	grey := layout.Black.Tint(40)
	contour := line(layout.CutContour)
	contour.Technical = true
	page.Items = []layout.Item{
		line(layout.Black), line(layout.Black), line(layout.White), line(grey), contour,
		block(mm(1, 1, 5, 5), layout.Black), block(mm(1, 1, 5, 5), layout.White), // solids knock out
		&layout.Group{Clip: block(mm(1, 1, 5, 5), layout.Black), Items: []layout.Item{line(layout.White)}},
		line(layout.Black),
	}
	e := NewEncoder(Press, nil)
	data, err := e.Encode(&layout.Document{Pages: []layout.Page{page}})
	if err != nil {
		t.Fatal(err)
	}
	text := unpacked(t, data)
	var got []string
	for _, m := range regexp.MustCompile(`(?m)^(/G\d gs|S|f|q|Q)$`).FindAllString(text, -1) {
		got = append(got, strings.TrimSuffix(m, " gs"))
	}
	if want := "/G2 S S /G0 S S /G2 S f f q /G0 S Q S"; strings.Join(got, " ") != want {
		t.Errorf("%s, not %s", strings.Join(got, " "), want)
	}
	if strings.Contains(text, "GTS_PDFX") {
		t.Error("without a condition it is no PDF/X")
	}
	if !strings.Contains(text, "0.1 w\n") {
		t.Error("a hairline is as thin as it was drawn")
	}
}

func TestSpotNames(t *testing.T) {
	for name, want := range map[string]string{"CutContour": "/CutContour", "PANTONE 349 C": "/PANTONE#20349#20C", "Œ(/#\x00": "/#C5#92#28#2F#23"} {
		if got := string(nameObject(name)); got != want {
			t.Errorf("%q is written %s, not %s", name, got, want)
		}
	}
}

// TestStored: a page that comes out of the cache makes the same file.
func TestStored(t *testing.T) {
	doc := film(t)
	e := NewEncoder(Press, condition(t))
	page, err := e.Page(&doc.Pages[0])
	if err != nil {
		t.Fatal(err)
	}
	want := e.Assemble(doc, []*Page{page})
	var fonts layout.Fonts
	for _, f := range page.fonts {
		fonts = append(fonts, f.font.source)
	}
	again := NewEncoder(Press, condition(t))
	if err := again.RestorePictures(AppendPictures(nil, []*Page{page})); err != nil {
		t.Fatal(err)
	}
	stored := AppendPage(nil, page)
	back, err := again.Restore(stored, fonts)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(again.Assemble(doc, []*Page{back}), want) {
		t.Error("other bytes")
	}
	for cut := range stored {
		if _, err := again.Restore(stored[:cut], fonts); err == nil {
			t.Fatalf("a page cut at %d of %d was taken", cut, len(stored))
		}
	}
}

// TestIdentity: files differ in their numbers when anything that they show differs.
func TestIdentity(t *testing.T) {
	seen := map[string]string{}
	add := func(what string, change func(*layout.Document, *Condition)) {
		doc, c := film(t), condition(t)
		change(doc, c)
		data, err := NewEncoder(Press, c).Encode(doc)
		if err != nil {
			t.Fatal(err)
		}
		id := regexp.MustCompile(`/ID\[<(\w+)>`).FindSubmatch(data)
		if id == nil {
			t.Fatal("no number")
		}
		if other, ok := seen[string(id[1])]; ok {
			t.Errorf("%s has the number of %s", what, other)
		}
		seen[string(id[1])] = what
	}
	add("as it is", func(*layout.Document, *Condition) {})
	add("the title", func(d *layout.Document, _ *Condition) { d.Title += "x" })
	add("the date", func(d *layout.Document, _ *Condition) { d.Date = time.Unix(1e9, 0).UTC() })
	add("the bleed", func(d *layout.Document, _ *Condition) { d.Pages[0].Bleed++; d.Pages[0].Bleed *= 2 })
	add("two pages", func(d *layout.Document, _ *Condition) { d.Pages = append(d.Pages, d.Pages[0]) })
	add("a box", func(d *layout.Document, _ *Condition) {
		d.Pages[0].Items = append(d.Pages[0].Items, block(mm(1, 1, 1, 1), layout.Black))
	})
	add("another spot ink", func(d *layout.Document, _ *Condition) {
		for _, item := range d.Pages[0].Items {
			if p, ok := item.(*layout.Path); ok && p.Stroke != nil && p.Stroke.Spot != "" {
				c := *p.Stroke
				c.Spot = "Crease"
				p.Stroke = &c
			}
		}
	})
	add("the profile", func(_ *layout.Document, c *Condition) { c.Profile = append(c.Profile, 0) })
	add("the condition", func(_ *layout.Document, c *Condition) { c.Identifier = "FOGRA51" })
}

// TestRandomDocuments: whatever a frame holds, its file is one that qpdf accepts.
func TestRandomDocuments(t *testing.T) {
	if testing.Short() {
		t.Skip("runs qpdf a hundred times")
	}
	fonts := []*layout.Font{font(t, "text-400", "text", 400, false), font(t, "title-400", "title", 400, false)}
	var pictures []*layout.Picture
	for _, kind := range []string{"rgba", "16 bits", "palette", "gray", "jpeg"} {
		pictures = append(pictures, picture(t, kind))
	}
	enc := NewEncoder(Press, condition(t))
	for seed := range uint64(50) {
		doc := randomDocument(rand.New(rand.NewPCG(seed, 4)), fonts, pictures)
		for _, e := range []*Encoder{enc, enc.For(Office)} {
			data, err := e.Encode(doc)
			if err != nil {
				t.Fatal(seed, err)
			}
			if out := run(t, "qpdf", "--check", write(t, data)); strings.Contains(out, "WARNING") {
				t.Fatalf("seed %d: %s", seed, out)
			}
		}
	}
}

func randomDocument(r *rand.Rand, fonts []*layout.Font, pictures []*layout.Picture) *layout.Document {
	texts := []string{"Œuf", "", "a\u0301b", "((\\", "fi ffl", "\x00\x1f", "<&>]]>", "العربية", "😀", "\xff\xfe", strings.Repeat("x", 300)}
	text := func() string { return texts[r.IntN(len(texts))] }
	length := func() layout.Length { return layout.MM(r.Float64()*300 - 100) }
	box := func() layout.Rect {
		return layout.Rect{X: length(), Y: length(), W: length(), H: length()}
	}
	color := func() *layout.Color {
		switch r.IntN(6) {
		case 0:
			return nil
		case 1:
			return &layout.Color{Spot: "Spot " + text(), CMYK: [4]uint16{uint16(r.IntN(1001))}, Strength: uint16(r.IntN(1001))}
		case 2:
			return []*layout.Color{&layout.CutContour, &layout.WhiteInk, &layout.Registration, &layout.Black, &layout.White}[r.IntN(5)]
		}
		c := layout.RGBColor(uint8(r.IntN(256)), uint8(r.IntN(256)), uint8(r.IntN(256)))
		return &c
	}
	path := func() *layout.Path {
		p := &layout.Path{Fill: color(), Stroke: color(), Width: layout.Length(r.IntN(20000)), Round: r.IntN(2) == 0, EvenOdd: r.IntN(2) == 0, Technical: r.IntN(3) == 0}
		for range r.IntN(3) {
			p.Rects = append(p.Rects, box())
		}
		if r.IntN(2) == 0 {
			p = p.Rectangle(box(), layout.MM(r.Float64()*3))
		}
		if r.IntN(4) == 0 {
			p.Dash = []layout.Length{layout.MM(1), layout.MM(2)}
		}
		return p
	}
	s := layout.NewShaper("fr")
	var item func(depth int) []layout.Item
	item = func(depth int) []layout.Item {
		switch n := r.IntN(5); {
		case n == 0 && depth < 4:
			g := &layout.Group{Items: append(item(depth+1), item(depth+1)...)}
			if r.IntN(2) == 0 {
				g.Transform = &layout.Matrix{A: r.NormFloat64(), B: r.NormFloat64(), C: r.NormFloat64(), D: r.NormFloat64(), E: length(), F: length()}
			}
			if r.IntN(2) == 0 {
				g.Clip = path()
			}
			return []layout.Item{g}
		case n == 1:
			b := box()
			return []layout.Item{&layout.Image{Picture: pictures[r.IntN(len(pictures))], Box: b, Clip: b.Inset(layout.Mm)}}
		case n == 2:
			c := color()
			if c == nil {
				c = &layout.Black
			}
			b := box()
			b.W, b.H = max(b.W, layout.MM(10)), max(b.H, layout.MM(10))
			fit := s.Text(b, []layout.Para{{Spans: []layout.Span{{Text: text(), Font: fonts[r.IntN(len(fonts))], Color: *c}}}}, layout.TextStyle{Size: layout.PT(1 + r.Float64()*30)})
			return fit.Items
		}
		return []layout.Item{path()}
	}
	doc := &layout.Document{Title: text(), Author: text(), Subject: text(), Language: []string{"", "fr", "<"}[r.IntN(3)], Date: time.Unix(r.Int64N(4e9), 0).UTC()}
	for range 1 + r.IntN(4) {
		p := layout.Page{W: layout.MM(20 + r.Float64()*300), H: layout.MM(20 + r.Float64()*300), Bleed: layout.MM(r.Float64() * 5), Slug: layout.MM(r.Float64() * 5)}
		for range r.IntN(8) {
			p.Items = append(p.Items, item(0)...)
		}
		doc.Pages = append(doc.Pages, p)
	}
	if r.IntN(4) == 0 {
		doc.Pages[0].Cut = path()
	}
	return doc
}

func readTIFF(t *testing.T, name string) *image.Gray {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	im, err := tiff.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	gray, ok := im.(*image.Gray)
	if !ok {
		t.Fatalf("%s: %T", name, im)
	}
	return gray
}
