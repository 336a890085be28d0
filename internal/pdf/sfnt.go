package pdf

import (
	"encoding/binary"
	"errors"
	"maps"
	"math/bits"
	"slices"
)

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

// subset is the font file with some of its glyphs alone, and those numbered as before: the others are
// empty. Tables that say what a text is made of (cmap, kerning, names) stay out, since the page names its
// glyphs by number and places them itself.
func (s *sfnt) subset(glyphs []uint16) []byte {
	wanted := make([]bool, len(s.widths))
	wanted[0] = true // what readers show for want of a glyph
	for _, g := range glyphs {
		if int(g) < len(wanted) {
			wanted[g] = true
		}
	}
	tables := map[string][]byte{"head": slices.Clone(s.tables["head"])}
	for _, tag := range []string{"cvt ", "fpgm", "hhea", "maxp", "prep"} {
		if len(s.tables[tag]) > 0 {
			tables[tag] = s.tables[tag]
		}
	}
	tables["glyf"], tables["loca"] = s.outlines(wanted)
	tables["hmtx"] = s.metrics(wanted)
	binary.BigEndian.PutUint32(tables["head"][8:], 0) // the sum of the file, while it is not known
	out := assemble(tables)
	const whole = 0xB1B0AFBA
	binary.BigEndian.PutUint32(out.head[8:], whole-checksum(out.file))
	return out.file
}

// outlines are the wanted shapes, and where each starts.
func (s *sfnt) outlines(wanted []bool) (glyf, loca []byte) {
	size := 0
	for i, keep := range wanted {
		if keep {
			size += s.loca[i+1] - s.loca[i]
		}
	}
	glyf, loca = make([]byte, 0, size), make([]byte, 0, len(s.tables["loca"]))
	long := binary.BigEndian.Uint16(s.tables["head"][50:]) != 0
	offset := func() {
		if long {
			loca = binary.BigEndian.AppendUint32(loca, uint32(len(glyf)))
		} else {
			loca = binary.BigEndian.AppendUint16(loca, uint16(len(glyf)/2))
		}
	}
	for i, keep := range wanted {
		offset()
		if keep {
			glyf = append(glyf, s.tables["glyf"][s.loca[i]:s.loca[i+1]]...)
		}
	}
	offset()
	return glyf, loca
}

// metrics are the widths of the wanted glyphs; those of others are nought, which takes no room.
func (s *sfnt) metrics(wanted []bool) []byte {
	out := slices.Clone(s.tables["hmtx"])
	n := int(binary.BigEndian.Uint16(s.tables["hhea"][34:])) // from there on: bearings alone
	for i, keep := range wanted {
		if keep {
			continue
		}
		if i < n-1 { // the last width stands for all that follow
			clear(out[4*i : 4*i+4])
		} else if at := 4*n + 2*(i-n); i >= n && at+2 <= len(out) {
			clear(out[at : at+2])
		}
	}
	return out
}

// assembled is a font file, and its head table in it.
type assembled struct{ file, head []byte }

// assemble makes a font file of its tables.
func assemble(tables map[string][]byte) assembled {
	tags := slices.Sorted(maps.Keys(tables))
	size, selector := 12+16*len(tags), bits.Len(uint(len(tags)))-1
	for _, t := range tables {
		size += (len(t) + 3) &^ 3
	}
	out := make([]byte, 0, size)
	for _, v := range []int{1, 0, len(tags), 16 << selector, selector, 16*len(tags) - 16<<selector} {
		out = binary.BigEndian.AppendUint16(out, uint16(v))
	}
	at := 12 + 16*len(tags)
	for _, tag := range tags {
		out = append(out, tag...)
		out = binary.BigEndian.AppendUint32(out, checksum(tables[tag]))
		out = binary.BigEndian.AppendUint32(out, uint32(at))
		out = binary.BigEndian.AppendUint32(out, uint32(len(tables[tag])))
		at += (len(tables[tag]) + 3) &^ 3
	}
	var head []byte
	for _, tag := range tags {
		if tag == "head" {
			head = out[len(out):cap(out)]
		}
		out = append(out, tables[tag]...)
		for len(out)%4 != 0 {
			out = append(out, 0)
		}
	}
	return assembled{out, head}
}

// checksum adds a table up as big-endian words; one that ends within a word is filled with noughts.
func checksum(t []byte) uint32 {
	var sum uint32
	for ; len(t) >= 4; t = t[4:] {
		sum += binary.BigEndian.Uint32(t)
	}
	var last [4]byte
	copy(last[:], t)
	return sum + binary.BigEndian.Uint32(last[:])
}
