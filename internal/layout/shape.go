package layout

import (
	"slices"
	"unicode"
	"unicode/utf8"

	"github.com/go-text/typesetting/bidi"
	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"
	"github.com/go-text/typesetting/harfbuzz"
	"github.com/go-text/typesetting/language"
	"github.com/go-text/typesetting/segmenter"
)

// Shaper turns text into glyphs and knows where lines may break. It remembers what it shaped, because
// a run sets the same labels on every page. One goroutine uses a Shaper at a time.
type Shaper struct {
	buffer *harfbuzz.Buffer
	faces  map[*Font]*harfbuzz.Font
	seg    segmenter.Segmenter
	bidi   bidi.Paragraph
	hyphen *hyphenator // nil: no patterns for the language
	lang   language.Language
	cache  map[cacheKey]*shaped
	runes  []rune
}

type cacheKey struct {
	font   *Font
	text   string
	lining bool
}

// cacheLimit bounds what a Shaper remembers: past it, it starts afresh, so that memory does not grow
// with the number of records.
const cacheLimit = 8192

var liningFigures = opentype.MustNewTag("lnum")

// NewShaper makes a shaper for texts in a language (BCP 47).
func NewShaper(lang string) *Shaper {
	return &Shaper{
		buffer: harfbuzz.NewBuffer(),
		faces:  map[*Font]*harfbuzz.Font{},
		lang:   language.NewLanguage(lang),
		hyphen: hyphens(lang),
		cache:  map[cacheKey]*shaped{},
	}
}

// shaped is a text in one style: its glyphs in the order of the text, and what no face draws.
type shaped struct {
	text    string
	glyphs  []Glyph
	items   []item
	one     [1]item // room for the items of most texts
	mixed   bool    // there is more than one item, or it does not run from left to right
	tall    bool    // marks are stacked higher than a line
	missing []rune
	breaks  []breakable // of a paragraph that is this text alone
	at      []mark
}

func (out *shaped) lack(r rune) {
	if !slices.Contains(out.missing, r) {
		out.missing = append(out.missing, r)
	}
}

// shape gives the glyphs of a text. The result is shared: it must not be changed.
func (s *Shaper) shape(f *Font, text string, lining bool) *shaped {
	key := cacheKey{f, text, lining}
	if out, ok := s.cache[key]; ok {
		return out
	}
	if len(s.cache) >= cacheLimit {
		clear(s.cache)
	}
	s.runes = s.runes[:0]
	out := &shaped{text: text}
	simple := true
	for _, r := range text {
		s.runes = append(s.runes, r)
		if simple && (!plainScript(r) || !f.Has(r) && !drawnAnyway(r, f)) {
			simple = false
		}
	}
	out.items = out.one[:0]
	if simple {
		out.items = append(out.items, item{font: f, end: len(text), n: len(s.runes), script: language.Latin})
	} else {
		s.itemise(f, text, out)
	}
	var features []harfbuzz.Feature
	if lining {
		features = []harfbuzz.Feature{{Tag: liningFigures, Value: 1, End: harfbuzz.FeatureGlobalEnd}}
	}
	for i := range out.items {
		s.shapeItem(&out.items[i], out, features)
	}
	out.mixed = len(out.items) > 1 || len(out.items) == 1 && (out.items[0].font != f || out.items[0].level != 0)
	s.cache[key] = out
	return out
}

func (s *Shaper) face(f *Font) *harfbuzz.Font {
	face := s.faces[f]
	if face == nil {
		face = harfbuzz.NewFont(font.NewFace(f.font))
		s.faces[f] = face
	}
	return face
}

// shapeItem adds the glyphs of an item, in the order of the text whatever its direction.
func (s *Shaper) shapeItem(it *item, out *shaped, features []harfbuzz.Feature) {
	b := s.buffer
	b.Clear()
	b.AddRunes(s.runes, it.first, it.n)
	b.Props.Language = s.lang
	b.Props.Script = it.script
	b.Props.Direction = harfbuzz.LeftToRight
	rtl := it.level&1 == 1
	if rtl {
		b.Props.Direction = harfbuzz.RightToLeft
	}
	b.Shape(s.face(it.font), features)
	if rtl {
		slices.Reverse(b.Info)
		slices.Reverse(b.Pos)
	}
	it.from = len(out.glyphs)
	it.to = it.from + len(b.Info)
	if out.glyphs == nil {
		out.glyphs = make([]Glyph, 0, len(b.Info))
	}
	high := int32(it.font.UnitsPerEm) * 6 / 10
	limit := it.first + it.n
	for i := range b.Info {
		from, to := b.Info[i].Cluster, limit
		first := i == 0 || b.Info[i-1].Cluster != from
		for j := i + 1; j < len(b.Info); j++ {
			if b.Info[j].Cluster != from {
				to = b.Info[j].Cluster
				break
			}
		}
		if i == 0 {
			from = it.first // what the shaper dropped belongs to what it kept
		}
		n := 0
		if first {
			for _, r := range s.runes[from:to] {
				n += runeLen(r)
			}
		}
		p := b.Pos[i]
		if p.YOffset > high || p.YOffset < -high {
			out.tall = true
		}
		out.glyphs = append(out.glyphs, Glyph{ID: uint16(b.Info[i].Glyph), Len: uint16(n), XOff: int16(p.XOffset), YOff: int16(p.YOffset), Adv: p.XAdvance})
	}
}

// runeLen is how many bytes of the text a rune took; what is no character took one.
func runeLen(r rune) int { return utf8.RuneLen(r) }

// drawnAnyway tells of characters that need no glyph of their own: invisible ones, letters that
// compose with a mark, and the spaces and hyphens the shaper makes from their likes.
func drawnAnyway(r rune, f *Font) bool {
	switch {
	case r < 0x7F && r > 0x20:
		return false
	case r == '\n' || r == '\r' || r == '\u2028' || r == '\u2029': // ends of lines
		return true
	case r == '\u200E' || r == '\u200F' || r == '\u061C' || r == '\u034F':
		return true
	case r == '\u00AD' || r == '\u200B' || r == '\u2060' || r == '\uFEFF' || r == '\u200D' || r == '\u200C':
		return true
	case r >= 0xFE00 && r <= 0xFE0F:
		return true
	case r == '\u2010' || r == '\u2011':
		return f.Has('-')
	case unicode.Is(unicode.Zs, r):
		return true
	}
	return false
}
