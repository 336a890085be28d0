package pdf

import (
	"bytes"
	"compress/zlib"
	"io"
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

// TestDeflate: what is compressed comes back, and is the same bytes whatever was
// compressed before.
func TestDeflate(t *testing.T) {
	p := packers{level: packLevel}
	first := map[string][]byte{}
	for range 3 {
		for _, s := range []string{"", "a", strings.Repeat("0.1 w\n1 0 0 -1 8.504 603.78 cm\n", 300), strings.Repeat("\x00", 70_000)} {
			out := p.deflate([]byte(s))
			if got := inflate(t, out); string(got) != s {
				t.Errorf("%d bytes come back as %d", len(s), len(got))
			}
			if first[s] == nil {
				first[s] = out
			}
			if !bytes.Equal(first[s], out) {
				t.Errorf("%d bytes: others the next time", len(s))
			}
		}
	}
}
