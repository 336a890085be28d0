package pdf

import (
	"bytes"
	"compress/zlib"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
)

func inflate(t testing.TB, data []byte) []byte {
	t.Helper()
	r, err := zlib.NewReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	out, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// skewed has symbols each twice as frequent as the one before: the codes that want to be longest.
func skewed() []byte {
	var b []byte
	for i := range 19 {
		b = append(b, bytes.Repeat([]byte{byte(37 * i)}, 1<<i)...)
	}
	rand.New(rand.NewPCG(1, 2)).Shuffle(len(b), func(i, j int) { b[i], b[j] = b[j], b[i] })
	return b
}

// FuzzDeflate: what is compressed comes back, whatever was compressed before.
func FuzzDeflate(f *testing.F) {
	f.Add([]byte{})
	f.Add([]byte("a"))
	f.Add([]byte("0.1 w\n1 0 0 -1 8.504 603.78 cm\n0.1 w\n1 0 0 -1"))
	f.Add(bytes.Repeat([]byte{0}, 70_000))
	f.Add([]byte(strings.Repeat("ab", 40_000)))
	f.Add(skewed())
	var p packers
	f.Fuzz(func(t *testing.T, data []byte) {
		first := p.deflate(data, nil)
		if !bytes.Equal(inflate(t, first), data) {
			t.Error("something else comes back")
		}
		if !bytes.Equal(first, p.deflate(data, nil)) {
			t.Error("other bytes the second time")
		}
	})
}

func TestDeflate(t *testing.T) {
	var p packers
	r := rand.New(rand.NewPCG(3, 4))
	for n := range 400 {
		data := make([]byte, r.IntN(1+n*300))
		letters := 1 + r.IntN(256)
		for i := 0; i < len(data); {
			if i > 10 && r.IntN(3) == 0 { // something that stood before, near or far
				at, n := r.IntN(i), 1+r.IntN(600)
				for j := 0; j < n && i < len(data); j++ {
					data[i] = data[at+j]
					i++
				}
				continue
			}
			data[i] = byte(r.IntN(letters))
			i++
		}
		at := len(data)
		if r.IntN(2) == 0 {
			at = max(0, at-r.IntN(1<<16))
		}
		if !bytes.Equal(inflate(t, p.deflate(data[:at], data[at:])), data) {
			t.Fatal(n)
		}
	}
}

// pageContent is the plain content of the sample's page.
func pageContent(t testing.TB) []byte {
	doc := sample(t)
	p, err := NewEncoder(Press, nil).Page(&doc.Pages[0])
	if err != nil {
		t.Fatal(err)
	}
	return inflate(t, p.stream)
}

// library compresses at its third level, with a writer that is kept.
func library(t testing.TB) func(data []byte) []byte {
	w, err := zlib.NewWriterLevel(nil, 3)
	if err != nil {
		t.Fatal(err)
	}
	return func(data []byte) []byte {
		var out bytes.Buffer
		w.Reset(&out)
		if _, err := w.Write(data); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		return out.Bytes()
	}
}

// TestDeflateIsShort: on what pages hold it is about as short as the library's quicker levels.
func TestDeflateIsShort(t *testing.T) {
	var p packers
	data := pageContent(t)
	if got, want := len(p.deflate(data, nil)), len(library(t)(data)); got*100 > want*115 {
		t.Errorf("%d bytes, %d by the library", got, want)
	}
}

func BenchmarkDeflate(b *testing.B) {
	data := pageContent(b)
	var p packers
	for _, way := range []struct {
		name    string
		deflate func([]byte) []byte
	}{{"own", func(data []byte) []byte { return p.deflate(data, nil) }}, {"library", library(b)}} {
		b.Run(way.name, func(b *testing.B) {
			b.SetBytes(int64(len(data)))
			for b.Loop() {
				way.deflate(data)
			}
			b.ReportMetric(float64(len(way.deflate(data))), "out")
		})
	}
}
