package picture

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// sample is a picture whose four corners differ: red, green, blue, white.
func sample(w, h int) *image.NRGBA {
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := color.NRGBA{255, 0, 0, 255}
			switch {
			case x >= w/2 && y < h/2:
				c = color.NRGBA{0, 255, 0, 255}
			case x < w/2 && y >= h/2:
				c = color.NRGBA{0, 0, 255, 255}
			case x >= w/2:
				c = color.NRGBA{255, 255, 255, 255}
			}
			img.SetNRGBA(x, y, c)
		}
	}
	return img
}

func encoded(t testing.TB, encode func(b *bytes.Buffer) error) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := encode(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func jpegOf(t testing.TB, img image.Image) []byte {
	return encoded(t, func(b *bytes.Buffer) error { return jpeg.Encode(b, img, &jpeg.Options{Quality: 95}) })
}

func pngOf(t testing.TB, img image.Image) []byte {
	return encoded(t, func(b *bytes.Buffer) error { return png.Encode(b, img) })
}

func file(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// segment is a JPEG segment.
func segment(marker byte, body string) []byte {
	return append(binary.BigEndian.AppendUint16([]byte{0xff, marker}, uint16(len(body)+2)), body...)
}

// exif is a segment that notes a turn, and a place.
func exif(turn byte, bigEndian bool) []byte {
	var order binary.AppendByteOrder = binary.LittleEndian
	tiff := []byte("II*\x00\x08\x00\x00\x00")
	if bigEndian {
		order, tiff = binary.BigEndian, []byte("MM\x00*\x00\x00\x00\x08")
	}
	tiff = order.AppendUint16(tiff, 1)
	tiff = order.AppendUint16(tiff, 0x0112)
	tiff = order.AppendUint16(tiff, 3)
	tiff = order.AppendUint32(tiff, 1)
	tiff = order.AppendUint16(tiff, uint16(turn))
	tiff = append(tiff, 0, 0, 0, 0, 0, 0)
	return segment(0xe1, "Exif\x00\x00"+string(tiff)+"GPS 48.75N 0.57W")
}

// tagged puts segments right after a JPEG's first marker.
func tagged(data []byte, segments ...[]byte) []byte {
	out := append([]byte{}, data[:2]...)
	for _, s := range segments {
		out = append(out, s...)
	}
	return append(out, data[2:]...)
}

// chunk puts a chunk right after a PNG's head.
func chunk(data []byte, kind, body string) []byte {
	c := binary.BigEndian.AppendUint32(nil, uint32(len(body)))
	c = append(append(c, kind...), body...)
	c = binary.BigEndian.AppendUint32(c, crc32.ChecksumIEEE(c[4:]))
	return append(append(append([]byte{}, data[:33]...), c...), data[33:]...)
}

// huge is the head of a PNG that announces any size.
func huge(w, h uint32, depth, kind byte) []byte {
	head := binary.BigEndian.AppendUint32([]byte("IHDR"), w)
	head = binary.BigEndian.AppendUint32(head, h)
	head = append(head, depth, kind, 0, 0, 0)
	out := append([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x0d"), head...)
	out = binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(head))
	return append(out, "\x00\x00\x00\x00IEND\xae\x42\x60\x82"...)
}

// sized rewrites the size that a JPEG announces.
func sized(data []byte, w, h uint16) []byte {
	out := append([]byte{}, data...)
	for i := 2; i < len(out); {
		if m := out[i+1]; m == 0xc0 || m == 0xc2 {
			binary.BigEndian.PutUint16(out[i+5:], h)
			binary.BigEndian.PutUint16(out[i+7:], w)
			return out
		}
		i += 2 + int(binary.BigEndian.Uint16(out[i+2:]))
	}
	return out
}

func TestProbe(t *testing.T) {
	jpg, pngData := jpegOf(t, sample(40, 20)), pngOf(t, sample(40, 20))
	gifData := encoded(t, func(b *bytes.Buffer) error { return gif.Encode(b, sample(40, 20), nil) })
	tests := []struct {
		name   string
		data   []byte
		w, h   int
		reason string
	}{
		{"a.jpg", jpg, 40, 20, ""},
		{"a.JPEG", jpg, 40, 20, ""},
		{"a.jpg", tagged(jpg, exif(6, false)), 20, 40, ""},
		{"a.jpg", tagged(jpg, exif(3, true)), 40, 20, ""},
		{"a.jpg", tagged(jpg, exif(99, true)), 40, 20, ""},
		{"a.png", pngData, 40, 20, ""},
		{"a.gif", gifData, 40, 20, ""},
		{"a.webp", file(t, "lossy.webp"), 24, 16, ""},
		{"a.webp", file(t, "lossless.webp"), 24, 16, ""},
		{"a.jpg", file(t, "cmyk.jpg"), 24, 16, ""},
		{"a.svg", []byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 20"/>`), 30, 20, ""},

		{"a.jpg", nil, 0, 0, "empty"},
		{"a.png", jpg, 0, 0, "mismatch"},
		{"a.jpg", pngData, 0, 0, "mismatch"},
		{"a", jpg, 0, 0, "mismatch"},
		{"a.svg", pngData, 0, 0, "not-picture"},
		{"a.svg", []byte("<html/>"), 0, 0, "mismatch"},
		{"a.jpg", []byte("%PDF-1.7"), 0, 0, "not-picture"},
		{"a.tif", []byte("II*\x00\x08\x00\x00\x00\x00\x00"), 0, 0, "not-picture"},
		{"a.jpg", jpg[:8], 0, 0, "truncated"},
		{"a.png", pngData[:20], 0, 0, "truncated"},
		{"a.png", huge(60_000, 60_000, 8, 2), 0, 0, "too-large"},
		{"a.png", huge(maxSide+1, 1, 8, 2), 0, 0, "too-large"},
		{"a.png", huge(1, maxSide, 8, 2), 1, maxSide, ""},
		{"a.png", huge(8_000, 8_000, 8, 2), 0, 0, "too-large"},
		{"a.png", huge(1<<31-1, 1<<31-1, 8, 2), 0, 0, "too-large"},
		{"a.png", huge(10_000, 6_000, 16, 6), 10_000, 6_000, ""},
		{"a.jpg", sized(jpg, 65_000, 65_000), 0, 0, "too-large"},
		{"a.jpg", sized(jpg, 9_000, 6_000), 9_000, 6_000, ""},
		{"a.jpg", sized(file(t, "progressive.jpg"), 9_000, 7_000), 0, 0, "too-large"}, // its coefficients would not fit
	}
	for _, test := range tests {
		info, err := Probe(test.name, test.data)
		reason := ""
		if err != nil {
			reason = Reason(err)
		}
		if reason != test.reason || info.Width != test.w || info.Height != test.h {
			t.Errorf("%s, %d bytes: %dx%d %q, want %dx%d %q", test.name, len(test.data), info.Width, info.Height, reason, test.w, test.h, test.reason)
		}
	}
}

// Every cut of a file is refused or decodes; none gives half a picture.
func TestTruncated(t *testing.T) {
	for name, data := range map[string][]byte{
		"a.jpg": jpegOf(t, sample(32, 32)), "a.png": pngOf(t, sample(32, 32)), "p.jpg": file(t, "progressive.jpg"),
		"a.webp": file(t, "lossy.webp"), "b.webp": file(t, "lossless.webp"),
	} {
		step := max(1, len(data)/40)
		for n := 0; n < len(data)-4; n += step {
			if _, err := Print(name, data[:n]); err == nil {
				t.Errorf("%s cut at %d of %d: printed", name, n, len(data))
			}
			if _, err := Web(name, data[:n], 16); err == nil {
				t.Errorf("%s cut at %d of %d: published", name, n, len(data))
			}
		}
	}
}

// at reads a colour in the middle of a quarter of a picture.
func corner(img image.Image, right, down bool) [3]bool {
	b := img.Bounds()
	x, y := b.Min.X+b.Dx()/4, b.Min.Y+b.Dy()/4
	if right {
		x += b.Dx() / 2
	}
	if down {
		y += b.Dy() / 2
	}
	r, g, bl, _ := img.At(x, y).RGBA()
	return [3]bool{r > 0x8000, g > 0x8000, bl > 0x8000}
}

func TestUpright(t *testing.T) {
	red, green, blue, white := [3]bool{true, false, false}, [3]bool{false, true, false}, [3]bool{false, false, true}, [3]bool{true, true, true}
	// What stands at top left, top right, bottom left, bottom right once upright.
	want := map[byte][4][3]bool{
		1: {red, green, blue, white}, 2: {green, red, white, blue}, 3: {white, blue, green, red}, 4: {blue, white, red, green},
		5: {red, blue, green, white}, 6: {blue, red, white, green}, 7: {white, green, blue, red}, 8: {green, white, red, blue},
	}
	plain := jpegOf(t, sample(64, 32))
	for turn, quarters := range want {
		data := tagged(plain, exif(turn, turn%2 == 0))
		w, h := 64, 32
		if turn >= 5 {
			w, h = h, w
		}
		web, err := Web("a.jpg", data, 1000)
		if err != nil {
			t.Fatal(err)
		}
		printed, err := Print("a.jpg", data)
		if err != nil || printed.Width != w || printed.Height != h {
			t.Fatalf("turn %d: %dx%d %v", turn, printed.Width, printed.Height, err)
		}
		for _, out := range [][]byte{web, printed.Data} {
			img, _, err := image.Decode(bytes.NewReader(out))
			if err != nil || img.Bounds().Dx() != w || img.Bounds().Dy() != h {
				t.Fatalf("turn %d: %v %v", turn, img.Bounds(), err)
			}
			got := [4][3]bool{corner(img, false, false), corner(img, true, false), corner(img, false, true), corner(img, true, true)}
			if got != quarters {
				t.Errorf("turn %d: %v, want %v", turn, got, quarters)
			}
		}
	}
}

// What is noted in a file reaches neither page nor piece.
func TestNothingButPixels(t *testing.T) {
	const secret = "SECRET-48.75N"
	adobe := segment(0xee, "Adobe\x00\x64\x00\x00\x00\x00\x01"+secret)
	jpg := jpegOf(t, sample(64, 48))
	notes := [][]byte{exif(1, true), segment(0xe1, "http://ns.adobe.com/xap/1.0/\x00<x>"+secret), segment(0xe2, "ICC_PROFILE\x00"+secret), segment(0xed, "Photoshop 3.0\x00"+secret), segment(0xfe, secret)}
	scan, _ := segments(jpg, func(byte, []byte) {})
	between := append(append(append([]byte{}, jpg[:scan]...), segment(0xfe, secret)...), jpg[scan:]...)
	pngData := pngOf(t, sample(64, 48))
	for name, data := range map[string][]byte{
		"head.jpg":    tagged(jpg, notes...),
		"tail.jpg":    append(append([]byte{}, jpg...), secret...),
		"between.jpg": between,
		"adobe.jpg":   tagged(jpg, adobe),
		"turned.jpg":  tagged(jpg, exif(6, false), segment(0xfe, secret)),
		"text.png":    chunk(pngData, "tEXt", "Comment\x00"+secret),
		"exif.png":    chunk(pngData, "eXIf", secret),
		"tail.png":    append(append([]byte{}, pngData...), secret...),
	} {
		for _, width := range []int{16, 64, 1000} {
			out, err := Web(name, data, width)
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if bytes.Contains(out, []byte("SECRET")) || bytes.Contains(out, []byte("GPS")) || bytes.Contains(out, []byte("Exif")) {
				t.Errorf("%s: metadata published", name)
			}
		}
		out, err := Print(name, data)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if bytes.Contains(out.Data, []byte("SECRET")) || bytes.Contains(out.Data, []byte("GPS")) || bytes.Contains(out.Data, []byte("Exif")) {
			t.Errorf("%s: metadata printed", name)
		}
		if _, format, err := image.Decode(bytes.NewReader(out.Data)); err != nil || format != out.Format {
			t.Errorf("%s: printed as %s: %v", name, format, err)
		}
	}
	// A plain JPEG is embedded with its very pixels.
	out, err := Print("a.jpg", tagged(jpg, notes...))
	if err != nil || !bytes.Equal(out.Data, jpg) {
		t.Errorf("not the same picture: %v, %d and %d bytes", err, len(out.Data), len(jpg))
	}
}

// What pieces embed is baseline JPEG in grey or three colours, or PNG of 8 bits.
func TestPrintIsFitForPDF(t *testing.T) {
	deep := image.NewNRGBA64(image.Rect(0, 0, 20, 10))
	deep.SetNRGBA64(3, 3, color.NRGBA64{0x1234, 0x5678, 0x9abc, 0x8000})
	palette := image.NewPaletted(image.Rect(0, 0, 20, 10), color.Palette{color.Black, color.Transparent})
	for name, data := range map[string][]byte{
		"cmyk.jpg": file(t, "cmyk.jpg"), "progressive.jpg": file(t, "progressive.jpg"), "lossy.webp": file(t, "lossy.webp"), "lossless.webp": file(t, "lossless.webp"),
		"rgb.jpg": jpegOf(t, sample(20, 10)), "grey.jpg": jpegOf(t, image.NewGray(image.Rect(0, 0, 20, 10))),
		"deep.png": pngOf(t, deep), "palette.png": pngOf(t, palette), "grey16.png": pngOf(t, image.NewGray16(image.Rect(0, 0, 20, 10))),
		"a.gif": encoded(t, func(b *bytes.Buffer) error { return gif.Encode(b, sample(20, 10), nil) }),
	} {
		out, err := Print(name, data)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		c, format, err := image.DecodeConfig(bytes.NewReader(out.Data))
		if err != nil || format != out.Format || c.Width != out.Width || c.Height != out.Height {
			t.Errorf("%s: %s %dx%d: %v", name, format, c.Width, c.Height, err)
		}
		switch format {
		case "jpeg":
			if c.ColorModel != color.YCbCrModel && c.ColorModel != color.GrayModel {
				t.Errorf("%s: not grey or three colours", name)
			}
			segments(out.Data, func(marker byte, _ []byte) {
				if marker == 0xc2 {
					t.Errorf("%s: progressive", name)
				}
			})
		case "png":
			if depth := out.Data[24]; depth != 8 {
				t.Errorf("%s: %d bits", name, depth)
			}
		}
		again, err := Print(name, data)
		if err != nil || !bytes.Equal(again.Data, out.Data) {
			t.Errorf("%s: not the same bytes twice", name)
		}
	}
	// Inks are not light: a picture in CMYK must come out as it was meant.
	out, _ := Print("cmyk.jpg", file(t, "cmyk.jpg"))
	img, err := jpeg.Decode(bytes.NewReader(out.Data))
	if err != nil {
		t.Fatal(err)
	}
	r, _, b, _ := img.At(12, 1).RGBA()
	if r < 0xb000 || b > 0x5000 {
		t.Errorf("the top of a gradient from red to blue is %x %x", r, b)
	}
}

func TestWebSizes(t *testing.T) {
	for name, data := range map[string][]byte{"a.jpg": jpegOf(t, sample(300, 200)), "a.png": pngOf(t, sample(300, 200)), "b.jpg": tagged(jpegOf(t, sample(200, 300)), exif(6, true))} {
		info, err := Probe(name, data)
		if err != nil {
			t.Fatal(err)
		}
		for _, size := range Plan(info, []int{100, 200, 290}) {
			out, err := Web(name, data, size.Width)
			if err != nil {
				t.Fatal(err)
			}
			c, format, err := image.DecodeConfig(bytes.NewReader(out))
			if err != nil || c.Width != size.Width || c.Height != size.Height || format != info.Format {
				t.Errorf("%s: %s %dx%d, want %+v: %v", name, format, c.Width, c.Height, size, err)
			}
			again, _ := Web(name, data, size.Width)
			if !bytes.Equal(again, out) {
				t.Errorf("%s: not the same bytes twice", name)
			}
		}
	}
	// Transparency survives.
	clear := image.NewNRGBA(image.Rect(0, 0, 50, 50))
	out, err := Web("a.png", pngOf(t, clear), 25)
	if err != nil {
		t.Fatal(err)
	}
	img, _ := png.Decode(bytes.NewReader(out))
	if _, _, _, a := img.At(12, 12).RGBA(); a != 0 {
		t.Error("a transparent picture is opaque")
	}
}

func TestPlan(t *testing.T) {
	widths := []int{480, 960, 1280}
	for _, test := range []struct {
		w, h int
		want []Size
	}{
		{4000, 3000, []Size{{480, 360, false}, {960, 720, false}, {1280, 960, true}}},
		{1000, 500, []Size{{480, 240, false}, {1000, 500, true}}},
		{300, 100, []Size{{300, 100, true}}},
		{1, 9000, []Size{{1, 9000, true}}},
		{9000, 1, []Size{{480, 1, false}, {960, 1, false}, {1280, 1, true}}},
		{0, 0, nil},
	} {
		got := Plan(Info{Width: test.w, Height: test.h}, widths)
		if len(got) != len(test.want) {
			t.Errorf("%dx%d: %v", test.w, test.h, got)
			continue
		}
		for i := range got {
			if got[i] != test.want[i] {
				t.Errorf("%dx%d: %v, want %v", test.w, test.h, got, test.want)
			}
		}
	}
}

// The first frame of a GIF may be smaller than the picture.
func TestGIFFrame(t *testing.T) {
	frame := image.NewPaletted(image.Rect(10, 5, 20, 15), color.Palette{color.White})
	data := encoded(t, func(b *bytes.Buffer) error {
		return gif.EncodeAll(b, &gif.GIF{Image: []*image.Paletted{frame}, Delay: []int{0}, Config: image.Config{Width: 40, Height: 20}})
	})
	out, err := Print("a.gif", data)
	if err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(bytes.NewReader(out.Data))
	if err != nil || img.Bounds() != image.Rect(0, 0, 40, 20) {
		t.Fatal(img.Bounds(), err)
	}
	_, _, _, outside := img.At(9, 9).RGBA()
	_, _, _, inside := img.At(10, 5).RGBA()
	if outside != 0 || inside != 0xffff {
		t.Error("the frame is not where it should be")
	}
}

const svgHead = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="30" height="20">`

func TestSVG(t *testing.T) {
	safe := []string{
		`<rect width="3" height="2" fill="url(#g)"/>`,
		`<style>.a{fill:url("#g");stroke:#f00}</style>`,
		`<use href="#a"/><use xlink:href="#a"/>`,
		`<image href="data:image/png;base64,AAAA"/>`,
		`<text>Café &amp; « script » http://example.org @import</text>`,
		`<!-- <script/> -->`,
		`<title>onload</title>`,
	}
	for _, s := range safe {
		if _, err := Probe("a.svg", []byte(svgHead+s+"</svg>")); err != nil {
			t.Errorf("%s: %v", s, err)
		}
	}
	unsafe := []string{
		`<script>alert(1)</script>`, `<SCRIPT/>`, `<x:script xmlns:x="http://www.w3.org/2000/svg"/>`,
		`<rect onload="x()"/>`, `<rect onClick="x()"/>`, `<foreignObject/>`, `<iframe/>`,
		`<image href="http://example.org/a.png"/>`, `<image xlink:href="//example.org/a.png"/>`, `<image href="file:///etc/passwd"/>`,
		`<image href="data:image/svg+xml;base64,AAAA"/>`, `<use href="other.svg#a"/>`, `<a href="javascript:x()"/>`, `<a href=" JavaScript:x()"/>`,
		`<style>@import "http://example.org/a.css";</style>`, `<style>a{b:url(http://example.org)}</style>`, `<style>a{b:URL( 'http://example.org')}</style>`,
		`<style>@im<!-- -->port "x"</style>`, `<style>@im<![CDATA[port "x"]]></style>`, `<style>a{b:\75rl(http://example.org)}</style>`, `<style>a{b:image-set("x" 1x)}</style>`,
		`<rect style="fill:url(http://example.org)"/>`, `<rect fill="url(http://example.org#a)"/>`, `<rect style="fill:u\72l(http://example.org)"/>`, `<rect filter="url(x.svg#a)"/>`,
		`<animate attributeName="href" to="javascript:x()"/>`, `<set attributeName="onload" to="x()"/>`,
		`<h:meta xmlns:h="http://www.w3.org/1999/xhtml" http-equiv="refresh" content="0;url=//example.org"/>`,
		`<g xml:base="http://example.org/"/>`,
	}
	for _, s := range unsafe {
		if _, err := Probe("a.svg", []byte(svgHead+s+"</svg>")); Reason(err) != "unsafe-svg" {
			t.Errorf("%s: %v", s, err)
		}
	}
	for _, s := range []string{
		`<!DOCTYPE svg [<!ENTITY a "b">]>` + svgHead + `</svg>`,
		`<?xml-stylesheet href="a.css"?>` + svgHead + `</svg>`,
	} {
		if _, err := Probe("a.svg", []byte(s)); Reason(err) != "unsafe-svg" {
			t.Errorf("%s: %v", s, err)
		}
	}
	if _, err := Probe("a.svg", []byte(svgHead+"<g>")); Reason(err) != "truncated" {
		t.Error(err)
	}
	if _, err := Print("a.svg", []byte(svgHead+"</svg>")); Reason(err) != "vector" {
		t.Error(err)
	}
}

func TestSVGWithoutNotes(t *testing.T) {
	in := `<?xml version="1.0"?><!-- made by Nadia -->` + "\n" + strings.Replace(svgHead, " width", ` xmlns:inkscape="http://i" xmlns:sodipodi="http://s" sodipodi:docname="logo.svg" inkscape:export-filename="C:\Users\nadia\logo.png" width`, 1) +
		`<metadata><rdf:RDF xmlns:rdf="http://r"><a/>Nadia</rdf:RDF></metadata><sodipodi:namedview pagecolor="#fff"><inkscape:grid/></sodipodi:namedview>` +
		`<g inkscape:label='Calque 1' id="a"><path d="M0 0h3"/><text>a &lt; b<!-- x --></text></g></svg>`
	want := `<?xml version="1.0"?>` + "\n" + strings.Replace(svgHead, " width", ` xmlns:inkscape="http://i" xmlns:sodipodi="http://s" width`, 1) +
		`<g id="a"><path d="M0 0h3"/><text>a &lt; b</text></g></svg>`
	out, err := Web("logo.svg", []byte(in), 0)
	if err != nil || string(out) != want {
		t.Errorf("%v\n%s\nwant\n%s", err, out, want)
	}
}

func FuzzDecode(f *testing.F) {
	jpg, pngData := jpegOf(f, sample(16, 8)), pngOf(f, sample(16, 8))
	for name, data := range map[string][]byte{
		"a.jpg": jpg, "b.jpg": tagged(jpg, exif(6, true)), "c.jpg": file(f, "cmyk.jpg"), "d.jpg": file(f, "progressive.jpg"), "a.png": pngData,
		"b.png": huge(60000, 60000, 8, 2), "a.webp": file(f, "lossy.webp"), "b.webp": file(f, "lossless.webp"),
		"a.gif": encoded(f, func(b *bytes.Buffer) error { return gif.Encode(b, sample(16, 8), nil) }),
		"a.svg": []byte(svgHead + `<metadata/><g inkscape:a="b"/></svg>`),
	} {
		f.Add(name, data)
	}
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		info, err := Probe(name, data)
		if err != nil {
			if Reason(err) == "" {
				t.Fatal("no reason")
			}
			return
		}
		if info.Vector {
			out, err := Web(name, data, 0)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := Probe(name, out); err != nil {
				t.Fatalf("cleaned to something worse: %v\n%s", err, out)
			}
			return
		}
		if info.Width*info.Height > 1<<18 {
			return // bounds are tested elsewhere; here it would only be slow
		}
		if out, err := Web(name, data, 8); err == nil {
			if c, _, err := image.DecodeConfig(bytes.NewReader(out)); err != nil || c.Width > 8 && c.Width > info.Width {
				t.Fatalf("published %dx%d: %v", c.Width, c.Height, err)
			}
		}
		if out, err := Print(name, data); err == nil {
			img, format, err := image.Decode(bytes.NewReader(out.Data))
			if err != nil || format != out.Format || img.Bounds().Dx() != out.Width || img.Bounds().Dy() != out.Height {
				t.Fatalf("printed %s: %v", format, err)
			}
		}
	})
}
