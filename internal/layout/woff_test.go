package layout

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"os"
	"testing"
)

// packWOFF makes a WOFF 1.0 file of a TrueType font, tables in the order of the font.
func packWOFF(ttf []byte) []byte {
	be := binary.BigEndian
	n := int(be.Uint16(ttf[4:]))
	head := make([]byte, 44+20*n)
	copy(head, "wOFF")
	copy(head[4:], ttf[:4])
	be.PutUint16(head[12:], uint16(n))
	var body []byte
	for i := range n {
		from := ttf[12+16*i:]
		at, size := be.Uint32(from[8:]), be.Uint32(from[12:])
		part := ttf[at : at+size]
		var z bytes.Buffer
		w := zlib.NewWriter(&z)
		_, _ = w.Write(part)
		_ = w.Close()
		if z.Len() < len(part) {
			part = z.Bytes()
		}
		to := head[44+20*i:]
		copy(to, from[:4])
		be.PutUint32(to[4:], uint32(len(head)+len(body)))
		be.PutUint32(to[8:], uint32(len(part)))
		be.PutUint32(to[12:], size)
		copy(to[16:20], from[4:8])
		body = append(body, part...)
	}
	return append(head, body...)
}

// TestWOFF: a font of the web is the font that it was made from.
func TestWOFF(t *testing.T) {
	ttf, err := os.ReadFile("../../themes/default/fonts/title-400.ttf")
	if err != nil {
		t.Fatal(err)
	}
	want, err := ParseFont("a", "title", 400, false, ttf)
	if err != nil {
		t.Fatal(err)
	}
	packed := packWOFF(ttf)
	if len(packed) >= len(ttf) {
		t.Fatalf("%d bytes of %d", len(packed), len(ttf))
	}
	got, err := ParseFont("a", "title", 400, false, packed)
	if err != nil {
		t.Fatal(err)
	}
	if got.PostScript != want.PostScript || got.UnitsPerEm != want.UnitsPerEm || got.CapHeight != want.CapHeight || !bytes.HasPrefix(got.Data, []byte{0, 1, 0, 0}) {
		t.Errorf("%+v", got)
	}
	again, err := unpackWOFF(packWOFF(got.Data))
	if err != nil || !bytes.Equal(again, got.Data) {
		t.Errorf("unpacked twice it differs: %v", err)
	}
	for _, cut := range []int{4, 43, 44, 80, len(packed) / 2, len(packed) - 1} {
		if _, err := ParseFont("a", "title", 400, false, packed[:cut]); err == nil {
			t.Errorf("%d of %d bytes are a font", cut, len(packed))
		}
	}
}

// FuzzWOFF: whatever the bytes, an error or a font that is no larger than it may be.
func FuzzWOFF(f *testing.F) {
	ttf, err := os.ReadFile("../../themes/default/fonts/title-400.ttf")
	if err != nil {
		f.Fatal(err)
	}
	packed := packWOFF(ttf)
	f.Add(packed[:44])
	f.Add(packed[:200])
	f.Add(append([]byte("wOFF"), bytes.Repeat([]byte{255}, 80)...))
	f.Fuzz(func(t *testing.T, data []byte) {
		if out, err := unpackWOFF(data); err == nil && len(out) > maxFont+16 {
			t.Fatal(len(out))
		}
	})
}
