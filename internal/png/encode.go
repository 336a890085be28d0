package png

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"

	"github.com/klauspost/compress/zlib"
)

// encode writes a picture without transparency as a PNG file. Each row is written as what differs from
// the one above: for pages, which are flat and upright, that does as well as trying all of the format's
// filters, which takes twice the time.
func encode(im *image.RGBA) ([]byte, error) {
	w, h := im.Rect.Dx(), im.Rect.Dy()
	var packed bytes.Buffer
	z, err := zlib.NewWriterLevel(&packed, zlib.BestSpeed)
	if err != nil {
		return nil, err
	}
	row := make([]byte, 1+3*w)
	row[0] = 2 // up
	above := make([]byte, 4*w)
	for y := range h {
		pix := im.Pix[y*im.Stride:][:4*w]
		for x, to := 0, row[1:]; x < len(pix); x, to = x+4, to[3:] {
			to[0], to[1], to[2] = pix[x]-above[x], pix[x+1]-above[x+1], pix[x+2]-above[x+2]
		}
		if _, err := z.Write(row); err != nil {
			return nil, err
		}
		above = pix
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	out := make([]byte, 0, packed.Len()+64)
	out = append(out, "\x89PNG\r\n\x1a\n"...)
	head := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, uint32(w)), uint32(h))
	out = chunk(out, "IHDR", append(head, 8, 2, 0, 0, 0)) // eight bits of each of three colours
	out = chunk(out, "IDAT", packed.Bytes())
	return chunk(out, "IEND", nil), nil
}

// chunk appends a part of the file, with its length and sum.
func chunk(out []byte, name string, data []byte) []byte {
	out = binary.BigEndian.AppendUint32(out, uint32(len(data)))
	start := len(out)
	out = append(append(out, name...), data...)
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(out[start:]))
}
