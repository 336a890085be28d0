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

// breakable is a place where a line may end. The line's text ends at end (its spaces cut off) and the
// next one starts at next; both are bytes of the text.
type breakable struct {
	end, next int
	must      bool
	hyphen    bool // inside a word: a hyphen is set at the line's end
	cost      int  // how ugly a break here is, in hundredths
}

// breaks finds where the lines of a text may end: Unicode's rules (UAX #14) less the places French
// forbids, each with the cost of breaking there. The last one is the end of the text.
func (s *Shaper) breaks(text string) []breakable {
	if err := s.seg.InitWithString(text); err != nil {
		return []breakable{{end: len(text), next: len(text), must: true}}
	}
	var out []breakable
	for it := s.seg.LineIterator(); it.Next(); {
		line := it.Line()
		next := line.OffsetInBytes + line.LengthInBytes
		end := trimEnd(text, next)
		last := next >= len(text)
		if !last && !line.IsMandatoryBreak && forbidden(text, end, next) {
			continue
		}
		out = append(out, breakable{end: end, next: next, must: line.IsMandatoryBreak || last, cost: breakCost(text, end, next)})
	}
	if len(out) == 0 || out[len(out)-1].next < len(text) {
		out = append(out, breakable{end: trimEnd(text, len(text)), next: len(text), must: true})
	}
	return out
}

// trimEnd is where the text before next ends without its breaking spaces.
func trimEnd(text string, next int) int {
	for next > 0 {
		r, n := utf8.DecodeLastRuneInString(text[:next])
		if r != ' ' && r != '\n' && r != '\r' && r != '\t' && r != '\u2028' && r != '\u2029' {
			break
		}
		next -= n
	}
	return next
}

// forbidden tells of breaks that leave a mark alone: after an opening one, before a closing one, before
// what is written upon the letter (or the space) in front of it.
// Typography puts no-break spaces there; text that did not pass through it gets the same lines.
func forbidden(text string, end, next int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:end])
	after, _ := utf8.DecodeRuneInString(text[next:])
	switch before {
	case '«', '‹', '“', '(', '[':
		return true
	}
	switch after {
	case '»', '›', '”', ')', ']', ':', ';', '!', '?', '%', '€', '…', '.', ',':
		return true
	}
	return after >= 0x300 && (unicode.Is(unicode.M, after) || after == '\u200D')
}

// breakCost is how much one would rather not break here: after a short word (an article, a
// preposition, an initial), after a sign that binds to the right, inside a compound.
func breakCost(text string, end, next int) int {
	if next >= len(text) {
		return 0
	}
	last, _ := utf8.DecodeLastRuneInString(text[:end])
	if end == next { // no space: after a hyphen or a slash
		if last == '/' {
			return 40
		}
		return 100
	}
	start := end
	letters := 0
	for start > 0 {
		r, n := utf8.DecodeLastRuneInString(text[:start])
		if unicode.IsSpace(r) || r == '\'' || r == '’' {
			break
		}
		start -= n
		letters++
	}
	switch last {
	case '&', '–', '—', '+', '/':
		return 200
	case '.':
		if letters <= 3 {
			return 100 // « M. », « St. »
		}
		return 0
	case ',', ';', ':', ')', '!', '?':
		return -10 // the voice pauses here too
	}
	after, _ := utf8.DecodeRuneInString(text[next:])
	if after == '(' || after == '«' || after == '&' {
		return -10
	}
	if letters <= 3 {
		return 90
	}
	if unicode.IsDigit(after) {
		return 30
	}
	return 0
}
