package pdf

import (
	"bytes"
	"encoding/binary"
	"io"
	"slices"
	"testing"
	"testing/iotest"

	"vitrine/internal/layout"
)

// TestSubset holds that a font cut down keeps the shapes and widths of the glyphs asked for, under their
// numbers, and no other shape; and that its sums are right, as readers that check them want.
func TestSubset(t *testing.T) {
	for _, file := range []string{"text-400", "text-400-italic", "title-400"} {
		f := font(t, file, "x", 400, false)
		whole, err := parseSFNT(f.Data)
		if err != nil {
			t.Fatal(err)
		}
		last := uint16(len(whole.widths) - 1)
		for _, glyphs := range [][]uint16{{}, {0}, {3, 4, 5, 200}, {last - 1, last}, {7, 60000}} {
			data := whole.subset(glyphs)
			cut, err := parseSFNT(data)
			if err != nil {
				t.Fatalf("%s %v: %v", file, glyphs, err)
			}
			if len(cut.widths) != len(whole.widths) {
				t.Fatalf("%s %v: %d glyphs of %d", file, glyphs, len(cut.widths), len(whole.widths))
			}
			for g := range cut.widths {
				shape := cut.tables["glyf"][cut.loca[g]:cut.loca[g+1]]
				wanted := g == 0 || slices.Contains(glyphs, uint16(g))
				switch {
				case !wanted && len(shape) > 0:
					t.Errorf("%s %v: glyph %d has a shape", file, glyphs, g)
				case wanted && !bytes.Equal(shape, whole.tables["glyf"][whole.loca[g]:whole.loca[g+1]]):
					t.Errorf("%s %v: glyph %d has another shape", file, glyphs, g)
				case wanted && cut.widths[g] != whole.widths[g]:
					t.Errorf("%s %v: glyph %d is %d wide, not %d", file, glyphs, g, cut.widths[g], whole.widths[g])
				}
			}
			if sum := checksum(data); sum != 0xB1B0AFBA {
				t.Errorf("%s %v: the file adds up to %x", file, glyphs, sum)
			}
			for i := range int(binary.BigEndian.Uint16(data[4:])) {
				entry := data[12+16*i:]
				tag := string(entry[:4])
				if tag != "head" && binary.BigEndian.Uint32(entry[4:]) != checksum(cut.tables[tag]) {
					t.Errorf("%s %v: table %s does not add up", file, glyphs, tag)
				}
			}
		}
		if few := whole.subset([]uint16{1, 2, 3}); len(few) > len(f.Data)/4 {
			t.Errorf("%s: three glyphs take a quarter of the file", file)
		}
	}
}

func TestChecksum(t *testing.T) {
	for _, tc := range []struct {
		data []byte
		want uint32
	}{{nil, 0}, {[]byte{0, 0, 1, 2}, 0x102}, {[]byte{1}, 0x01000000}, {[]byte{0xff, 0xff, 0xff, 0xff, 0, 0, 0, 2, 1, 2, 3}, 0x01020301}} {
		if got := checksum(tc.data); got != tc.want {
			t.Errorf("% x adds up to %x", tc.data, got)
		}
	}
}

// TestLettersOfPages holds that a file says the same of its glyphs whatever the order of its pages.
func TestLettersOfPages(t *testing.T) {
	c := &carried{sfnt: &sfnt{}}
	one := usedFont{c, map[uint16]string{1: "", 2: "\u2011", 3: "é"}}
	two := usedFont{c, map[uint16]string{1: "a", 2: "-", 9: "fi"}}
	want := []letter{{1, "a"}, {2, "-"}, {3, "é"}, {9, "fi"}}
	for _, uses := range [][]pageFont{{one.pack(), two.pack()}, {two.pack(), one.pack()}, {one.pack(), two.pack(), one.pack()}} {
		got := join(uses)
		if !slices.Equal(got.letters, want) || !slices.Equal(got.glyphs, []uint16{1, 2, 3, 9}) {
			t.Errorf("%v %v", got.letters, got.glyphs)
		}
	}
}

func TestFileReader(t *testing.T) {
	e := NewEncoder(Press, condition(t))
	doc := sample(t)
	doc.Pages[0].Items = append(doc.Pages[0].Items, &layout.Image{Picture: picture(t, "rgba"), Box: layout.Rect{W: layout.Mm, H: layout.Mm}})
	want, err := e.Encode(doc)
	if err != nil {
		t.Fatal(err)
	}
	p, err := e.Page(&doc.Pages[0])
	if err != nil {
		t.Fatal(err)
	}
	f := e.Join(doc, []*Page{p})
	if f.Size() != int64(len(want)) || !bytes.Equal(f.Bytes(), want) || len(f.parts) < 3 {
		t.Errorf("%d bytes in %d parts, want %d", f.Size(), len(f.parts), len(want))
	}
	if err := iotest.TestReader(struct{ io.Reader }{f.Reader()}, want); err != nil {
		t.Error(err)
	}
	r := f.Reader()
	for range 2 {
		if _, err := r.Seek(0, io.SeekStart); err != nil {
			t.Fatal(err)
		}
		if got, err := io.ReadAll(r); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%d bytes, %v", len(got), err)
		}
	}
	if _, err := r.Seek(1, io.SeekStart); err == nil {
		t.Error("it goes where it cannot")
	}
}

// stock is a page with fonts and a picture.
func stock(t *testing.T) (*layout.Document, layout.Fonts) {
	doc := sample(t)
	doc.Pages[0].Items = append(doc.Pages[0].Items, &layout.Image{Picture: picture(t, "rgba"), Box: layout.Rect{W: layout.Mm, H: layout.Mm}})
	var fonts layout.Fonts
	for _, it := range doc.Pages[0].Items {
		if x, ok := it.(*layout.Text); ok && !slices.Contains(fonts, x.Font) {
			fonts = append(fonts, x.Font)
		}
	}
	return doc, fonts
}

// TestStoredPages holds that a page that was stored gives the same file, in another encoder too.
func TestStoredPages(t *testing.T) {
	doc, fonts := stock(t)
	e := NewEncoder(Press, condition(t))
	p, err := e.Page(&doc.Pages[0])
	if err != nil {
		t.Fatal(err)
	}
	want := e.Assemble(doc, []*Page{p})
	data, pictures := AppendPage(nil, p), AppendPictures(nil, []*Page{p, p})
	for _, e := range []*Encoder{e, NewEncoder(Press, condition(t))} {
		if _, err := e.Restore(data, fonts); err == nil {
			t.Error("a picture that is not known was taken")
		}
		if err := e.RestorePictures(pictures); err != nil {
			t.Fatal(err)
		}
		q, err := e.Restore(data, fonts)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(e.Assemble(doc, []*Page{q}), want) {
			t.Error("another file")
		}
		again, err := e.Page(&doc.Pages[0])
		if err != nil || again.pictures[0] == nil {
			t.Fatal(err)
		}
		if !bytes.Equal(e.Assemble(doc, []*Page{again}), want) {
			t.Error("another file when it is made again")
		}
	}
	for name, err := range map[string]error{
		"no fonts":           second(e.Restore(data, nil)),
		"cut":                second(e.Restore(data[:len(data)-1], fonts)),
		"longer":             second(e.Restore(append(data[:len(data):len(data)], 0), fonts)),
		"empty":              second(e.Restore(nil, fonts)),
		"cut picture":        e.RestorePictures(pictures[:len(pictures)-1]),
		"picture of nothing": e.RestorePictures([]byte{1, 'x', 0}),
	} {
		if err == nil {
			t.Errorf("%s: taken", name)
		}
	}
}

func second(_ *Page, err error) error { return err }

// FuzzRestore holds that bytes that are no page are an error and not a panic, and that what is taken can
// be put into a file.
func FuzzRestore(f *testing.F) {
	text := font(f, "text-400", "text", 400, false)
	e := NewEncoder(Office, nil)
	s := layout.NewShaper("fr")
	fit := s.Text(layout.Rect{W: layout.MM(90), H: layout.MM(20)}, []layout.Para{{Spans: []layout.Span{{Text: "été", Font: text, Color: layout.Black}}}}, layout.TextStyle{Size: layout.PT(20)})
	p, err := e.Page(&layout.Page{W: layout.MM(100), H: layout.MM(30), Items: fit.Items})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(AppendPage(nil, p))
	f.Add([]byte{0, 0, 0, 0, 1, 0, 0})
	f.Fuzz(func(t *testing.T, data []byte) {
		_ = NewEncoder(Office, nil).RestorePictures(data)
		p, err := e.Restore(data, layout.Fonts{text})
		if err != nil {
			return
		}
		e.Assemble(&layout.Document{}, []*Page{p, p})
	})
}
