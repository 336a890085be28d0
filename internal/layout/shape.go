package layout

import (
	"slices"
	"unicode"
	"unicode/utf8"

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
		cache:  map[cacheKey]*shaped{},
	}
}

// shaped is a text in one font: its glyphs, and what the font lacks.
type shaped struct {
	text    string
	glyphs  []Glyph
	missing []rune
	breaks  []breakable // of a paragraph that is this text alone
	at      []mark
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
	face := s.faces[f]
	if face == nil {
		face = harfbuzz.NewFont(font.NewFace(f.font))
		s.faces[f] = face
	}
	s.runes = s.runes[:0]
	out := &shaped{text: text}
	for _, r := range text {
		s.runes = append(s.runes, r)
		if !f.Has(r) && !drawnAnyway(r, f) && !slices.Contains(out.missing, r) {
			out.missing = append(out.missing, r)
		}
	}
	b := s.buffer
	b.Clear()
	b.AddRunes(s.runes, 0, len(s.runes))
	b.Props.Language = s.lang
	b.Props.Script = language.Latin
	b.Props.Direction = harfbuzz.LeftToRight
	var features []harfbuzz.Feature
	if lining {
		features = []harfbuzz.Feature{{Tag: liningFigures, Value: 1, End: harfbuzz.FeatureGlobalEnd}}
	}
	b.Shape(face, features)

	out.glyphs = make([]Glyph, len(b.Info))
	for i := range b.Info {
		from, to := b.Info[i].Cluster, len(s.runes)
		first := i == 0 || b.Info[i-1].Cluster != from
		for j := i + 1; j < len(b.Info); j++ {
			if b.Info[j].Cluster != from {
				to = b.Info[j].Cluster
				break
			}
		}
		n := 0
		if first {
			for _, r := range s.runes[from:to] {
				n += utf8.RuneLen(r)
			}
		}
		p := b.Pos[i]
		out.glyphs[i] = Glyph{ID: uint16(b.Info[i].Glyph), Len: uint8(min(n, 255)), XOff: int16(p.XOffset), YOff: int16(p.YOffset), Adv: p.XAdvance}
	}
	s.cache[key] = out
	return out
}

// drawnAnyway tells of characters that need no glyph of their own: invisible ones, letters that
// compose with a mark, and the spaces and hyphens the shaper makes from their likes.
func drawnAnyway(r rune, f *Font) bool {
	switch {
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
	cost      int // how ugly a break here is, in hundredths
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

// forbidden tells of breaks that leave a mark alone: after an opening one, before a closing one.
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
	return false
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
