package pdf

import (
	"encoding/binary"
	"math"
)

// srgb is an ICC profile (version 2) of the colours that photographs on screens are in: IEC 61966-2-1,
// adapted to D50 as the format wants it. It is written here because it is half a page of numbers and a
// curve: what others sell or give away holds no more.
func srgb() []byte {
	text := func(s string) []byte { return append(append([]byte("text\x00\x00\x00\x00"), s...), 0) }
	// a description has a text in ASCII, and room for one in Unicode and one for a Macintosh
	description := func(s string) []byte {
		b := append([]byte("desc\x00\x00\x00\x00"), 0, 0, 0, byte(len(s)+1))
		b = append(append(b, s...), 0)
		return append(b, make([]byte, 4+4+2+1+67)...)
	}
	xyz := func(v ...float64) []byte {
		b := []byte("XYZ \x00\x00\x00\x00")
		for _, f := range v {
			b = binary.BigEndian.AppendUint32(b, uint32(int32(math.Round(f*65536))))
		}
		return b
	}
	curve := []byte("curv\x00\x00\x00\x00\x00\x00\x01\x00")
	for i := range 256 {
		v := float64(i) / 255
		if v <= 0.04045 {
			v /= 12.92
		} else {
			v = math.Pow((v+0.055)/1.055, 2.4)
		}
		curve = binary.BigEndian.AppendUint16(curve, uint16(math.Round(v*65535)))
	}
	tags := []struct {
		name string
		data []byte
	}{
		{"desc", description("sRGB")},
		{"cprt", text("No copyright, use freely")},
		{"wtpt", xyz(0.9642, 1, 0.8249)},
		{"rXYZ", xyz(0.4360747, 0.2225045, 0.0139322)},
		{"gXYZ", xyz(0.3850649, 0.7168786, 0.0971045)},
		{"bXYZ", xyz(0.1430804, 0.0606169, 0.7141733)},
		{"rTRC", curve}, {"gTRC", nil}, {"bTRC", nil}, // the same curve
	}
	table := binary.BigEndian.AppendUint32(nil, uint32(len(tags)))
	var data []byte
	at, size := 0, 0
	for _, tag := range tags {
		if tag.data != nil {
			for len(data)%4 != 0 {
				data = append(data, 0)
			}
			at, size = 128+4+12*len(tags)+len(data), len(tag.data)
			data = append(data, tag.data...)
		}
		table = append(table, tag.name...)
		table = binary.BigEndian.AppendUint32(table, uint32(at))
		table = binary.BigEndian.AppendUint32(table, uint32(size))
	}
	head := make([]byte, 128)
	binary.BigEndian.PutUint32(head, uint32(len(head)+len(table)+len(data)))
	copy(head[8:], "\x02\x10\x00\x00mntrRGB XYZ ")
	copy(head[24:], "\x07\xce\x00\x01\x00\x01") // 1 January 1998; the time of day is nought
	copy(head[36:], "acsp")
	copy(head[68:], xyz(0.9642, 1, 0.8249)[8:])
	return append(append(head, table...), data...)
}
