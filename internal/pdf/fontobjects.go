package pdf

import (
	"fmt"
	"slices"
	"unicode/utf16"

	"vitrine/internal/layout"
)

// font writes the five objects of an embedded font.
func (w *writer) font(u *preparedFont) int {
	f, s, glyphs, file := u.font.source, u.font.sfnt, u.glyphs, &u.file
	em := f.UnitsPerEm
	per := func(v int) int64 { return int64(v) * 1000 / int64(em) }
	name := tag(glyphs) + "+" + baseName(f)
	fontFile := w.stream(fmt.Sprintf("/Length1 %d", file.length), file.data)
	descriptor := w.object(fmt.Sprintf("<</Type/FontDescriptor/FontName/%s/Flags %d/FontBBox[%d %d %d %d]/ItalicAngle %d/Ascent %d/Descent %d/CapHeight %d/StemV %d/FontFile2 %d 0 R>>",
		name, 4, per(s.bbox[0]), per(s.bbox[1]), per(s.bbox[2]), per(s.bbox[3]), s.italic, per(f.Ascent), -per(f.Descent), per(f.CapHeight), 40+f.Weight/8, fontFile))
	widths := []byte("[")
	for i := 0; i < len(glyphs); {
		j := i + 1
		for j < len(glyphs) && glyphs[j] == glyphs[j-1]+1 {
			j++
		}
		widths = fmt.Appendf(widths, "%d[", glyphs[i])
		for _, g := range glyphs[i:j] {
			widths = append(appendMilli(widths, int64(u.font.width(g))*1_000_000/int64(em)), ' ')
		}
		widths[len(widths)-1] = ']'
		i = j
	}
	cid := w.object(fmt.Sprintf("<</Type/Font/Subtype/CIDFontType2/BaseFont/%s/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/CIDToGIDMap/Identity/FontDescriptor %d 0 R/DW 0/W%s]>>",
		name, descriptor, widths))
	unicode := w.plainStream("", u.unicode)
	return w.object(fmt.Sprintf("<</Type/Font/Subtype/Type0/BaseFont/%s/Encoding/Identity-H/DescendantFonts[%d 0 R]/ToUnicode %d 0 R>>", name, cid, unicode))
}

// plainStream writes a stream as it is: readers of metadata want to find it without unpacking.
func (w *writer) plainStream(dict string, data []byte) int {
	n := w.reserve()
	w.offsets[n-1] = w.here()
	w.buf = fmt.Appendf(w.buf, "%d 0 obj\n<<%s/Length %d>>\nstream\n", n, dict, len(data))
	w.buf = append(w.buf, data...)
	w.raw("\nendstream\nendobj\n")
	return n
}

// toUnicode tells what letters each glyph stands for, in blocks of at most a hundred.
func toUnicode(letters []letter) []byte {
	b := []byte("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n" +
		"/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n/CMapName/Adobe-Identity-UCS def\n/CMapType 2 def\n" +
		"1 begincodespacerange\n<0000><FFFF>\nendcodespacerange\n")
	known := slices.DeleteFunc(slices.Clone(letters), func(l letter) bool { return l.text == "" })
	if len(known) == 0 { // a table of nothing is none to some readers
		known = []letter{{0, "\ufffd"}}
	}
	for block := range slices.Chunk(known, 100) {
		b = fmt.Appendf(b, "%d beginbfchar\n", len(block))
		for _, l := range block {
			b = append(hex4(append(b, '<'), l.glyph), "><"...)
			for _, u := range utf16.Encode([]rune(l.text)) {
				b = hex4(b, u)
			}
			b = append(b, ">\n"...)
		}
		b = append(b, "endbfchar\n"...)
	}
	return append(b, "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"...)
}

// baseName is what printers know the font by: its maker's name for it, else the theme's.
func baseName(f *layout.Font) string {
	if name := pdfName(f.PostScript); name != "" {
		return name
	}
	return pdfName(f.Name)
}
