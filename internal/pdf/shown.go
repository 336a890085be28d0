package pdf

import (
	"bytes"
	"compress/zlib"
	"crypto/sha256"
	"fmt"
	"io"
)

// Shown is a digest of what a page shows: its marks, its size, its fonts, pictures and inks. How the page
// is compressed is no part of it, nor what else stands in a file; a later version of the program that
// draws the same gives the same.
func (p *Page) Shown() (sum [sha256.Size]byte, err error) {
	z, err := zlib.NewReader(bytes.NewReader(p.stream))
	if err != nil {
		return sum, fmt.Errorf("page: %w", err)
	}
	h := sha256.New()
	if _, err := io.Copy(h, z); err != nil {
		return sum, fmt.Errorf("page: %w", err)
	}
	h.Write(p.appendHead(nil))
	writeNames(h, p)
	for _, f := range p.fonts {
		file := f.font.digest()
		h.Write(file[:])
		h.Write(f.used)
	}
	for _, s := range p.spots {
		h.Write(fmt.Append(nil, s.name, s.cmyk))
	}
	copy(sum[:], h.Sum(sum[:0]))
	return sum, nil
}
