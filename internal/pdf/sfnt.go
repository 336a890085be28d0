package pdf

import (
	"encoding/binary"
	"errors"
	"slices"
)

// gopdf finds glyphs by character only. The font it is given therefore has a made-up character for
// every glyph: number n is U+F0000 + n, in the private use planes.
const firstPrivate = 0xF0000

var errFont = errors.New("damaged TrueType font")

// sfnt is what is read of a TrueType file here.
type sfnt struct {
	tables map[string][]byte
	widths []int
	loca   []int
	bbox   [4]int
	italic int
}

func parseSFNT(data []byte) (*sfnt, error) {
	if len(data) < 12 {
		return nil, errFont
	}
	s := &sfnt{tables: map[string][]byte{}}
	n := int(binary.BigEndian.Uint16(data[4:]))
	if len(data) < 12+16*n {
		return nil, errFont
	}
	for i := range n {
		e := data[12+16*i:]
		off, length := int(binary.BigEndian.Uint32(e[8:])), int(binary.BigEndian.Uint32(e[12:]))
		if off < 0 || length < 0 || off+length > len(data) {
			return nil, errFont
		}
		s.tables[string(e[:4])] = data[off : off+length]
	}
	head, hhea, maxp, hmtx, loca := s.tables["head"], s.tables["hhea"], s.tables["maxp"], s.tables["hmtx"], s.tables["loca"]
	if len(head) < 54 || len(hhea) < 36 || len(maxp) < 6 || s.tables["glyf"] == nil {
		return nil, errFont
	}
	glyphs := int(binary.BigEndian.Uint16(maxp[4:]))
	metrics := int(binary.BigEndian.Uint16(hhea[34:]))
	if metrics == 0 || metrics > glyphs || len(hmtx) < 4*metrics {
		return nil, errFont
	}
	s.widths = make([]int, glyphs)
	for i := range s.widths {
		s.widths[i] = int(binary.BigEndian.Uint16(hmtx[4*min(i, metrics-1):]))
	}
	for i := range s.bbox {
		s.bbox[i] = int(int16(binary.BigEndian.Uint16(head[36+2*i:])))
	}
	if post := s.tables["post"]; len(post) >= 8 {
		s.italic = int(int16(binary.BigEndian.Uint16(post[4:])))
	}
	s.loca = make([]int, glyphs+1)
	for i := range s.loca {
		switch {
		case binary.BigEndian.Uint16(head[50:]) == 0 && len(loca) >= 2*(i+1):
			s.loca[i] = 2 * int(binary.BigEndian.Uint16(loca[2*i:]))
		case binary.BigEndian.Uint16(head[50:]) != 0 && len(loca) >= 4*(i+1):
			s.loca[i] = int(binary.BigEndian.Uint32(loca[4*i:]))
		default:
			return nil, errFont
		}
		if s.loca[i] > len(s.tables["glyf"]) || i > 0 && s.loca[i] < s.loca[i-1] {
			return nil, errFont
		}
	}
	return s, nil
}

// closure adds to a sorted set of glyphs all that composite ones are made of, however deep.
func (s *sfnt) closure(glyphs []uint16) []uint16 {
	for i := 0; i < len(glyphs); i++ {
		for _, part := range s.parts(glyphs[i]) {
			if !slices.Contains(glyphs, part) {
				glyphs = append(glyphs, part)
			}
		}
	}
	slices.Sort(glyphs)
	return glyphs
}

// parts are the components of a composite glyph.
func (s *sfnt) parts(glyph uint16) []uint16 {
	if int(glyph)+1 >= len(s.loca) {
		return nil
	}
	d := s.tables["glyf"][s.loca[glyph]:s.loca[glyph+1]]
	if len(d) < 10 || int16(binary.BigEndian.Uint16(d)) >= 0 {
		return nil
	}
	var out []uint16
	for d = d[10:]; len(d) >= 4; {
		flags := binary.BigEndian.Uint16(d)
		out = append(out, binary.BigEndian.Uint16(d[2:]))
		size := 6
		if flags&1 != 0 { // the two arguments are words
			size += 2
		}
		switch {
		case flags&8 != 0: // one scale
			size += 2
		case flags&0x40 != 0: // two
			size += 4
		case flags&0x80 != 0: // a matrix
			size += 8
		}
		if flags&0x20 == 0 || len(d) < size { // no more components
			break
		}
		d = d[size:]
	}
	return out
}

// carrier is the file that gopdf is given: the same glyphs under their private characters.
func (s *sfnt) carrier() []byte {
	tables := map[string][]byte{"cmap": privateCmap(len(s.widths)), "name": carrierName()}
	for _, tag := range []string{"cvt ", "fpgm", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "prep", "OS/2", "post"} {
		tables[tag] = s.tables[tag]
	}
	// gopdf embeds these three always; a font without hints gets ones that say nothing
	if len(tables["cvt "]) == 0 {
		tables["cvt "] = []byte{0, 0}
	}
	for _, tag := range []string{"fpgm", "prep"} {
		if len(tables[tag]) == 0 {
			tables[tag] = []byte{0xB0, 0x00, 0x21} // push one byte, pop it
		}
	}
	if len(tables["OS/2"]) < 96 {
		tables["OS/2"] = make([]byte, 96)
	}
	if len(tables["post"]) < 32 {
		tables["post"] = make([]byte, 32)
	}
	tags := make([]string, 0, len(tables))
	for tag := range tables {
		tags = append(tags, tag)
	}
	slices.Sort(tags)
	out := []byte{0, 1, 0, 0, byte(len(tags) >> 8), byte(len(tags)), 0, 0, 0, 0, 0, 0}
	at := 12 + 16*len(tags)
	var body []byte
	for _, tag := range tags {
		t := tables[tag]
		out = append(out, tag...)
		out = binary.BigEndian.AppendUint32(out, checksum(t))
		out = binary.BigEndian.AppendUint32(out, uint32(at+len(body)))
		out = binary.BigEndian.AppendUint32(out, uint32(len(t)))
		body = append(body, t...)
		for len(body)%4 != 0 {
			body = append(body, 0)
		}
	}
	return append(out, body...)
}

func checksum(t []byte) uint32 {
	var sum uint32
	for i := 0; i < len(t); i += 4 {
		var word [4]byte
		copy(word[:], t[i:])
		sum += binary.BigEndian.Uint32(word[:])
	}
	return sum
}

// privateCmap maps U+F0000 + n to glyph n (format 12), beside an empty table in the format gopdf
// insists on (4).
func privateCmap(glyphs int) []byte {
	b := []byte{0, 0, 0, 2}
	sub := func(encoding uint16, off uint32) {
		b = binary.BigEndian.AppendUint16(b, 3)
		b = binary.BigEndian.AppendUint16(b, encoding)
		b = binary.BigEndian.AppendUint32(b, off)
	}
	sub(1, 20)
	sub(10, 44)
	for _, v := range []uint16{4, 24, 0, 2, 2, 0, 0, 0xFFFF, 0, 0xFFFF, 1, 0} { // one segment, U+FFFF alone
		b = binary.BigEndian.AppendUint16(b, v)
	}
	b = append(b, 0, 12, 0, 0)
	for _, v := range []uint32{28, 0, 1, firstPrivate, firstPrivate + uint32(glyphs) - 1, 0} {
		b = binary.BigEndian.AppendUint32(b, v)
	}
	return b
}

// carrierName is a name table with a PostScript name, without which gopdf refuses the font.
func carrierName() []byte {
	b := []byte{0, 0, 0, 1, 0, 18, 0, 3, 0, 1, 4, 9, 0, 6, 0, 2, 0, 0}
	return append(b, 0, 'F')
}
