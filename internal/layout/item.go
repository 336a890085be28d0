package layout

import (
	"unicode"

	"github.com/go-text/typesetting/bidi"
	"github.com/go-text/typesetting/language"
)

// item is a stretch of a text that is shaped in one go: in one face, script and direction.
type item struct {
	font       *Font
	level      uint8 // of embedding (UAX #9): odd ones run from right to left
	start, end int   // bytes of the text
	from, to   int   // its glyphs
	script     language.Script
	first, n   int // its runes
}

// longStack is how many characters a cluster may hold. More marks on one letter than any language has
// are shaped as a stack of their own, so that no cluster grows without end.
const longStack = 64

// plainScript tells of characters that need no itemising: Latin and what stands between its words.
// They are the same in every language of the site, run from left to right and follow no other script.
func plainScript(r rune) bool {
	switch {
	case r < 0x0250:
		return true
	case r >= 0x1E00 && r < 0x1F00:
		return true
	case r >= 0x2010 && r <= 0x2027, r >= 0x202F && r <= 0x205F, r >= 0x2070 && r <= 0x20BF:
		return true
	}
	return false
}

// itemise cuts a text where its face, its script or its direction changes. s.runes holds the text.
func (s *Shaper) itemise(f *Font, text string, out *shaped) {
	n := len(s.runes)
	levels := s.levels(n)
	faces := s.facesOf(f, n, out)
	scripts := s.scripts(n)
	pos := 0
	for i := range n {
		if i == 0 || levels[i] != levels[i-1] || faces[i].font != faces[i-1].font || scripts[i] != scripts[i-1] || faces[i].cut {
			out.items = append(out.items, item{font: faces[i].font, level: levels[i], start: pos, first: i, script: scripts[i]})
		}
		pos += runeLen(s.runes[i])
		last := &out.items[len(out.items)-1]
		last.end = pos
		last.n++
	}
}

// levels are the embedding levels of the runes, in a text that runs from left to right.
func (s *Shaper) levels(n int) []uint8 {
	out := make([]uint8, n)
	runs := s.bidi.Segment(s.runes, bidi.LeftToRight)
	for i := range runs.NumRuns() {
		r := runs.Run(i)
		for j := r.Start; j < r.End && j < n; j++ {
			out[j] = uint8(r.Level)
		}
	}
	return out
}

// endsLine tells of characters after which a line ends whatever follows, were it a mark on them.
func endsLine(r rune) bool {
	return r >= '\n' && r <= '\r' || r == '\u0085' || r == '\u2028' || r == '\u2029'
}

// choice is the face of a rune; cut says that it begins an item whatever stands before.
type choice struct {
	font *Font
	cut  bool
}

// facesOf chooses a face for each letter with its marks: the text's own if it draws all of it, else the
// first of its fallbacks that does. A letter no face draws stays in its own, and is noted.
func (s *Shaper) facesOf(f *Font, n int, out *shaped) []choice {
	faces := make([]choice, n)
	s.seg.Init(s.runes)
	i := 0
	for it := s.seg.GraphemeIterator(); it.Next() && i < n; {
		g := it.Grapheme().Text
		face := f
		if !f.draws(g) {
			face = nil
			for _, other := range f.fallback {
				if other.draws(g) {
					face = other
					break
				}
			}
		}
		if face == nil {
			face = f
			for _, r := range g {
				if !f.Has(r) && !drawnAnyway(r, f) {
					out.lack(r)
				}
			}
		}
		for j := range g {
			faces[i+j] = choice{font: face, cut: j > 0 && j%longStack == 0 || i+j > 0 && endsLine(s.runes[i+j-1])}
		}
		i += len(g)
	}
	for ; i < n; i++ {
		faces[i] = choice{font: f}
	}
	s.wholeWords(f, faces)
	return faces
}

// wholeWords gives all letters of a word one face, where a face has them: a word is not set in two for
// the sake of one letter.
func (s *Shaper) wholeWords(f *Font, faces []choice) {
	inWord := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsMark(r) }
	for i := 0; i < len(faces); i++ {
		if !inWord(s.runes[i]) {
			continue
		}
		start, mixed := i, false
		for ; i < len(faces) && inWord(s.runes[i]); i++ {
			mixed = mixed || faces[i].font != faces[start].font
		}
		if !mixed {
			continue
		}
		for _, other := range f.fallback {
			if other.draws(s.runes[start:i]) {
				for j := start; j < i; j++ {
					faces[j].font = other
				}
				break
			}
		}
	}
}

// draws tells whether the face has a letter with all its marks.
func (f *Font) draws(cluster []rune) bool {
	for _, r := range cluster {
		if !f.Has(r) && !drawnAnyway(r, f) {
			return false
		}
	}
	return true
}

// scripts are those of the runes; spaces, figures and marks go with what stands before them.
func (s *Shaper) scripts(n int) []language.Script {
	out := make([]language.Script, n)
	current := language.Script(0)
	for i, r := range s.runes {
		if sc := language.LookupScript(r); sc != language.Common && sc != language.Inherited && sc != language.Unknown {
			if current == 0 {
				for j := range i {
					out[j] = sc
				}
			}
			current = sc
		}
		out[i] = current
	}
	if current == 0 {
		for i := range out {
			out[i] = language.Latin
		}
	}
	return out
}
