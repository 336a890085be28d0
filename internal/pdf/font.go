package pdf

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"vitrine/internal/layout"
)

// carried is a font ready to be cut down to the glyphs that a file uses.
type carried struct {
	source   *layout.Font
	resource string // its name in the pages: not by order of use, so that pages can move between files
	sfnt     *sfnt
	summed   sync.Once
	sum      [sha256.Size]byte
}

// digest is that of the font's file: a site may give another one the same name.
func (f *carried) digest() [sha256.Size]byte {
	f.summed.Do(func() { f.sum = sha256.Sum256(f.source.Data) })
	return f.sum
}

func (f *carried) width(glyph uint16) int {
	if int(glyph) < len(f.sfnt.widths) {
		return f.sfnt.widths[glyph]
	}
	return 0
}

// font prepares a font, once.
func (e *Encoder) font(f *layout.Font) (*carried, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if c := e.fonts[f]; c != nil {
		return c, nil
	}
	s, err := parseSFNT(f.Data)
	if err != nil {
		return nil, fmt.Errorf("font %s: %w", f.Name, err)
	}
	c := &carried{source: f, resource: "F" + pdfName(f.Name), sfnt: s}
	e.fonts[f] = c
	return c, nil
}

// pdfName keeps what needs no escape in a PDF name.
func pdfName(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' {
			return r
		}
		return -1
	}, s)
}

// usedFont is a font with the glyphs of it that a page in the making uses, and the letters each first
// stood for.
type usedFont struct {
	font   *carried
	glyphs map[uint16]string
}

// note remembers a glyph and its letters.
func (u *usedFont) note(glyph uint16, text string) {
	if old, ok := u.glyphs[glyph]; !ok || plainer(text, old) {
		u.glyphs[glyph] = text
	}
}

// plainer tells which of two texts says better what a glyph is (a hyphen, not a no-break one), whatever
// the order of the pages. No text says nothing.
func plainer(a, b string) bool {
	if len(a) != len(b) {
		return len(b) == 0 || len(a) > 0 && len(a) < len(b)
	}
	return a < b
}

// pageFont is a font that a page uses, with its glyphs and letters as bytes: two for the glyph, one for
// the length of its letters, the letters. They are in the order of the glyphs, so that the same page is
// the same bytes, and they lie compactly: a run keeps all its pages.
type pageFont struct {
	font *carried
	used []byte
}

func (u *usedFont) pack() pageFont {
	size := 0
	for _, text := range u.glyphs {
		size += 3 + len(text)
	}
	b := make([]byte, 0, size)
	for _, g := range slices.Sorted(maps.Keys(u.glyphs)) {
		text := u.glyphs[g]
		b = binary.BigEndian.AppendUint16(b, g)
		b = append(append(b, byte(len(text))), text...)
	}
	return pageFont{u.font, b}
}

// unpack goes through packed glyphs; it stops, and says so, where they are damaged.
func unpack(used []byte, each func(glyph uint16, text []byte)) bool {
	for len(used) > 0 {
		if len(used) < 3 || len(used) < 3+int(used[2]) {
			return false
		}
		n := 3 + int(used[2])
		each(binary.BigEndian.Uint16(used), used[3:n])
		used = used[n:]
	}
	return true
}

// letter is a glyph of a file with what it stands for.
type letter struct {
	glyph uint16
	text  string
}

// fileFont is a font of a file: what of it all the pages use.
type fileFont struct {
	font    *carried
	letters []letter // in the order of the glyphs
	glyphs  []uint16 // those to embed, in order: also the parts of composite ones
}

// gather joins the fonts of the pages, by name.
func gather(pages []*Page) []fileFont {
	uses := map[string][]pageFont{}
	for _, p := range pages {
		for _, f := range p.fonts {
			uses[f.font.resource] = append(uses[f.font.resource], f)
		}
	}
	var out []fileFont
	for _, name := range slices.Sorted(maps.Keys(uses)) {
		out = append(out, join(uses[name]))
	}
	return out
}

// join merges what pages use of one font.
func join(uses []pageFont) fileFont {
	f := fileFont{font: uses[0].font}
	var texts []string // by glyph
	var have []bool
	for _, u := range uses {
		unpack(u.used, func(g uint16, text []byte) {
			if int(g) >= len(have) {
				n := max(int(g)+1, len(f.font.sfnt.widths)) - len(have)
				texts, have = append(texts, make([]string, n)...), append(have, make([]bool, n)...)
			}
			if old := texts[g]; !have[g] || old != string(text) && plainer(string(text), old) {
				texts[g], have[g] = string(text), true
			}
		})
	}
	for g, known := range have {
		if known {
			f.letters = append(f.letters, letter{uint16(g), texts[g]})
		}
	}
	glyphs := make([]uint16, len(f.letters))
	for i, l := range f.letters {
		glyphs[i] = l.glyph
	}
	f.glyphs = f.font.sfnt.closure(glyphs)
	return f
}

// fontFile is a font cut down, compressed.
type fontFile struct {
	data   []byte
	length int // before compression
	sum    [sha256.Size]byte
}

// preparedFont is a font of a file, ready to write.
type preparedFont struct {
	fileFont
	file    fontFile
	unicode []byte
}

// prepareFonts cuts the fonts of some pages down to what those show.
func (e *Encoder) prepareFonts(pages []*Page) []preparedFont {
	fonts := gather(pages)
	out := make([]preparedFont, len(fonts))
	for i, f := range fonts {
		out[i] = preparedFont{f, e.cut(f.font, f.glyphs), toUnicode(f.letters)}
	}
	return out
}

// cutKey names a font cut down to some glyphs.
type cutKey struct {
	font   *carried
	glyphs [sha256.Size]byte
}

// maxCuts bounds what an encoder remembers of fonts cut down: labels have the same letters in every
// file, names have their own.
const maxCuts = 512

// cut is the file of a font with some of its glyphs alone.
func (e *Encoder) cut(f *carried, glyphs []uint16) fontFile {
	key := cutKey{f, digest(glyphs)}
	e.mu.Lock()
	file, ok := e.cuts[key]
	e.mu.Unlock()
	if ok {
		return file
	}
	plain := f.sfnt.subset(glyphs)
	data := e.packers.deflate(plain)
	file = fontFile{data, len(plain), sha256.Sum256(data)}
	e.mu.Lock()
	if len(e.cuts) >= maxCuts {
		clear(e.cuts)
	}
	e.cuts[key] = file
	e.mu.Unlock()
	return file
}

func digest(glyphs []uint16) [sha256.Size]byte {
	b := make([]byte, 0, 2*len(glyphs))
	for _, g := range glyphs {
		b = binary.BigEndian.AppendUint16(b, g)
	}
	return sha256.Sum256(b)
}

// tag is the six letters before a subset font's name, made from its glyphs.
func tag(glyphs []uint16) string {
	sum := digest(glyphs)
	var b [6]byte
	for i := range b {
		b[i] = 'A' + sum[i]%26
	}
	return string(b[:])
}
