package layout

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"fmt"
	"io"
	"slices"
)

// maxFont is how large a font may become when it is unpacked, in bytes.
const maxFont = 64 << 20

// unpackWOFF is the font that a WOFF 1.0 file holds, its tables as they were: many open fonts are given out for the web alone.
func unpackWOFF(data []byte) ([]byte, error) {
	if len(data) < 44 {
		return nil, fmt.Errorf("truncated")
	}
	type table struct{ tag, at, packed, size, sum uint32 }
	u32 := binary.BigEndian.Uint32
	n := int(binary.BigEndian.Uint16(data[12:]))
	if n == 0 || len(data) < 44+20*n {
		return nil, fmt.Errorf("truncated")
	}
	tables := make([]table, n)
	total := 12 + 16*n
	for i := range tables {
		d := data[44+20*i:]
		t := table{u32(d), u32(d[4:]), u32(d[8:]), u32(d[12:]), u32(d[16:])}
		if uint64(t.at)+uint64(t.packed) > uint64(len(data)) || t.packed > t.size || uint64(total)+uint64(t.size) > maxFont {
			return nil, fmt.Errorf("truncated")
		}
		total += int(t.size+3) &^ 3
		tables[i] = t
	}
	slices.SortFunc(tables, func(a, b table) int { return int(int64(a.tag) - int64(b.tag)) })
	power := 0
	for 2<<power <= n {
		power++
	}
	out := make([]byte, 0, total)
	out = append(out, data[4:8]...) // the kind of font that is inside
	for _, v := range []int{n, 16 << power, power, 16*n - 16<<power} {
		out = binary.BigEndian.AppendUint16(out, uint16(v))
	}
	at := uint32(12 + 16*n)
	for _, t := range tables {
		for _, v := range []uint32{t.tag, t.sum, at, t.size} {
			out = binary.BigEndian.AppendUint32(out, v)
		}
		at += (t.size + 3) &^ 3
	}
	for _, t := range tables {
		part := data[t.at : t.at+t.packed]
		if t.packed < t.size {
			z, err := zlib.NewReader(bytes.NewReader(part))
			if err != nil {
				return nil, err
			}
			if part, err = io.ReadAll(io.LimitReader(z, int64(t.size)+1)); err != nil {
				return nil, err
			}
		}
		if uint32(len(part)) != t.size {
			return nil, fmt.Errorf("malformed")
		}
		out = append(out, part...)
		for len(out)%4 != 0 {
			out = append(out, 0)
		}
	}
	return out, nil
}
