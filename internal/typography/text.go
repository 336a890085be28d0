package typography

import (
	"bytes"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxPasses bounds the work on a text whose quotation marks are nested: every
// pass settles one depth. Text is idempotent up to that depth, which no real
// text reaches.
const maxPasses = 8

// Text returns the typographic form of plain text (a name, a sentence, a
// paragraph; not Markdown or HTML). It normalises to NFC, trims, collapses
// spaces (line ends stay), and sets apostrophes, quotation marks, the ellipsis
// and, in French, no-break spaces and the œ of sure words. Addresses, e-mails,
// file names, paths, `code` and times like 8:30 stay as they are.
//
// Text(lang, Text(lang, s)) == Text(lang, s). A text with nothing to change is
// returned as it is, without allocating.
func Text(lang Language, s string) string {
	for range maxPasses {
		found := look(lang, s, '\n', '\n')
		if found == 0 {
			break
		}
		t := pass(lang, s, found)
		if t == s {
			break
		}
		s = t
		if !quoted(s) {
			break // only quotation marks may want another pass
		}
	}
	return s
}

// AppendRun appends to dst the typographic form of a run of text within a
// paragraph: before and after say that it begins or ends right against a word of
// another run, in bold or in a link, so that the space at that end may have to
// hold. Nothing is trimmed. When there is nothing to change it appends nothing
// and returns false. In all else it is Text.
func AppendRun(dst []byte, lang Language, s string, before, after bool) (out []byte, changed bool) {
	left, right := '\n', '\n'
	if before {
		left = neighbour
	}
	if after {
		right = neighbour
	}
	found := look(lang, s, left, right)
	if found == 0 {
		return dst, false
	}
	if found&(odd|spaces) == 0 {
		t := setting{french: lang != English, in: s, left: left, right: right}
		if t.set(found); t.edits == 0 {
			return dst, false
		}
		start := len(dst)
		dst = slices.Grow(dst, len(s)+t.growth)
		for text, r := range t.pieces {
			dst = utf8.AppendRune(append(dst, text...), r)
		}
		dst = append(dst, s[t.done:]...)
		if set := dst[start:]; bytes.IndexByte(set, '"') < 0 && bytes.IndexByte(set, '\'') < 0 {
			return dst, true
		}
		dst = dst[:start] // only quotation marks may want another pass
	}
	set := textBeside(lang, s, before, after)
	if set == s {
		return dst, false
	}
	return append(dst, set...), true
}

// neighbour stands for the word beside a run.
const neighbour = 'x'

// textBeside is Text with the neighbours written out: what AppendRun does with the
// texts that need more than one look.
func textBeside(lang Language, s string, before, after bool) string {
	var left, right string
	if before {
		left = string(neighbour)
	}
	if after {
		right = string(neighbour)
	}
	set := Text(lang, left+s+right)
	set = strings.TrimSuffix(strings.TrimPrefix(set, left), right)
	if set == s {
		return s
	}
	// A space at an end belongs to the run beside it; Text trims it.
	if strings.HasSuffix(s, " ") && strings.TrimRightFunc(set, unicode.IsSpace) == set {
		set += " "
	}
	if strings.HasPrefix(s, " ") && strings.TrimLeftFunc(set, unicode.IsSpace) == set {
		set = " " + set
	}
	return set
}

func quoted(s string) bool {
	return strings.IndexByte(s, '"') >= 0 || strings.IndexByte(s, '\'') >= 0
}

// pass sets a text once. found is what look found in it.
func pass(lang Language, s string, found signs) string {
	var code []span
	if found&odd != 0 {
		s = wellFormed(s)
		found = look(lang, s, '\n', '\n')
	}
	if found&spaces != 0 {
		s, code = tidy(s)
	}
	t := setting{french: lang != English, in: s, code: code, left: '\n', right: '\n'}
	if t.set(found); t.edits == 0 {
		return s
	}
	return t.text()
}
