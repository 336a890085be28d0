package layout

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"slices"
	"sync"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"
	"github.com/go-text/typesetting/font/opentype/tables"
)

// Font is one TrueType font file, read once. It is safe to share between goroutines.
type Font struct {
	Name       string // as the theme calls the face: "title-400"; unique in a document
	PostScript string // as its maker calls it, « YoungSerif-Regular »; empty where the file does not say
	Family     string // as the theme calls it: "title", "text"
	Weight     int    // 100 to 900
	Italic     bool
	UnitsPerEm int
	// CapHeight and Ascent rise above the baseline, Descent (positive) falls below it, in font units.
	CapHeight, Ascent, Descent int
	Data                       []byte // the file, which pdf embeds in part

	font     *font.Font
	faces    sync.Pool // of *font.Face, which are large and one goroutine's at a time
	fallback []*Font   // where a character is looked for that it lacks
}

// ParseFont reads a TrueType font. Fonts with PostScript outlines (CFF, most .otf files) are refused,
// because they could be shown but not embedded.
func ParseFont(name, family string, weight int, italic bool, data []byte) (f *Font, err error) {
	// A damaged table may make its reader fail in ways of its own.
	defer func() {
		if recover() != nil {
			f, err = nil, fmt.Errorf("malformed")
		}
	}()
	if bytes.HasPrefix(data, []byte("wOFF")) {
		if data, err = unpackWOFF(data); err != nil {
			return nil, err
		}
	}
	if len(data) < 12 || !bytes.Equal(data[:4], []byte{0, 1, 0, 0}) {
		return nil, fmt.Errorf("not a TrueType font")
	}
	if !whole(data) {
		return nil, fmt.Errorf("truncated")
	}
	loader, err := opentype.NewLoader(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	if !loader.HasTable(opentype.MustNewTag("glyf")) {
		return nil, fmt.Errorf("no TrueType outlines")
	}
	ft, err := font.NewFont(loader)
	if err != nil {
		return nil, err
	}
	face := font.NewFace(ft)
	f = &Font{Name: name, Family: family, Weight: weight, Italic: italic, UnitsPerEm: int(ft.Upem()), Data: data, font: ft}
	if f.UnitsPerEm == 0 {
		return nil, fmt.Errorf("no size of the em square")
	}
	f.CapHeight = int(face.LineMetric(font.CapHeight))
	if f.CapHeight <= 0 {
		f.CapHeight = f.UnitsPerEm * 7 / 10
	}
	f.PostScript = postScript(loader)
	f.Ascent, f.Descent = f.UnitsPerEm*8/10, f.UnitsPerEm*2/10
	if ext, ok := face.FontHExtents(); ok {
		f.Ascent, f.Descent = int(ext.Ascender), int(-ext.Descender)
	}
	return f, nil
}

// postScript is the name that a font's file gives it for printers.
func postScript(loader *opentype.Loader) string {
	raw, err := loader.RawTable(opentype.MustNewTag("name"))
	if err != nil {
		return ""
	}
	names, _, err := tables.ParseName(raw)
	if err != nil {
		return ""
	}
	const forPrinters = 6
	return names.Name(forPrinters)
}

// whole tells whether every table that the font's directory names lies inside the file.
func whole(data []byte) bool {
	n := int(binary.BigEndian.Uint16(data[4:]))
	if len(data) < 12+16*n {
		return false
	}
	for i := range n {
		entry := data[12+16*i:]
		if uint64(binary.BigEndian.Uint32(entry[8:]))+uint64(binary.BigEndian.Uint32(entry[12:])) > uint64(len(data)) {
			return false
		}
	}
	return true
}

// Has tells whether the font draws the character.
func (f *Font) Has(r rune) bool {
	g, ok := f.font.NominalGlyph(r)
	return ok && g != 0
}

// Outline is the shape of a glyph in font units, y upwards. The curves of TrueType become cubic ones.
func (f *Font) Outline(glyph uint16) []Seg {
	face, _ := f.faces.Get().(*font.Face)
	if face == nil {
		face = font.NewFace(f.font)
	}
	defer f.faces.Put(face)
	out, ok := face.GlyphDataOutline(font.GID(glyph))
	if !ok {
		return nil
	}
	segs := make([]Seg, 0, len(out.Segments)+4)
	var at Point
	pt := func(p opentype.SegmentPoint) Point { return Point{Length(p.X), Length(p.Y)} }
	// third is the cubic control point two thirds of the way from a to the quadratic one.
	third := func(a, q Point) Point { return Point{a.X + (q.X-a.X)*2/3, a.Y + (q.Y-a.Y)*2/3} }
	for i, s := range out.Segments {
		p := pt(s.Args[0])
		switch s.Op {
		case opentype.SegmentOpMoveTo:
			if i > 0 {
				segs = append(segs, Seg{Op: Close})
			}
			segs = append(segs, Seg{Op: MoveTo, P: [3]Point{p}})
			at = p
		case opentype.SegmentOpLineTo:
			segs = append(segs, Seg{Op: LineTo, P: [3]Point{p}})
			at = p
		case opentype.SegmentOpQuadTo:
			end := pt(s.Args[1])
			segs = append(segs, Seg{Op: CurveTo, P: [3]Point{third(at, p), third(end, p), end}})
			at = end
		case opentype.SegmentOpCubeTo:
			end := pt(s.Args[2])
			segs = append(segs, Seg{Op: CurveTo, P: [3]Point{p, pt(s.Args[1]), end}})
			at = end
		}
	}
	if len(segs) > 0 {
		segs = append(segs, Seg{Op: Close})
	}
	return segs
}

// Fonts are the faces of a theme.
type Fonts []*Font

// Match is the face of the family nearest to the wish: the slant counts before the weight. A family
// that is not there gives nil.
func (fs Fonts) Match(family string, weight int, italic bool) *Font {
	var best *Font
	bestScore := 0
	for _, f := range fs {
		if f.Family != family {
			continue
		}
		score := f.far(weight, italic)
		if best == nil || score < bestScore {
			best, bestScore = f, score
		}
	}
	return best
}

// Chain makes each face look for what it lacks in the faces of these families, in this order; in a
// family, in the nearest face first. It is called once, before the fonts are used.
func (fs Fonts) Chain(families []string) {
	for _, f := range fs {
		f.fallback = nil
		for _, family := range families {
			if family == f.Family {
				continue
			}
			start := len(f.fallback)
			for _, other := range fs {
				if other.Family == family {
					f.fallback = append(f.fallback, other)
				}
			}
			slices.SortStableFunc(f.fallback[start:], func(a, b *Font) int { return a.far(f.Weight, f.Italic) - b.far(f.Weight, f.Italic) })
		}
	}
}

// far is how far a face is from a wish: the slant counts before the weight.
func (f *Font) far(weight int, italic bool) int {
	score := f.Weight - weight
	if score < 0 {
		score = -score
	}
	if f.Italic != italic {
		score += 1000
	}
	return score
}
