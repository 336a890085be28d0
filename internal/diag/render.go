package diag

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// Language chooses the words of the messages.
type Language string

const (
	French  Language = "fr"
	English Language = "en"
)

// Sources gives back the text of a file of the site, for the line under a message.
type Sources func(file string) ([]byte, bool)

// Message is the text of the diagnostic in a language.
func (d Diagnostic) Message(lang Language) string {
	return expand(catalogue[d.Code].text(lang), d.Args, lang)
}

// HintText is its advice, or the general advice of its code, or nothing.
func (d Diagnostic) HintText(lang Language) string {
	if d.Hint.Key != "" {
		return expand(hints[d.Hint.Key].text(lang), d.Hint.Args, lang)
	}
	return expand(catalogue[d.Code].hint(lang), d.Args, lang)
}

// Text is the note in a language.
func (n Note) Text(lang Language) string {
	return expand(hints[n.Key].text(lang), n.Args, lang)
}

// Position is a place as people and editors count: both from 1, columns in characters.
type Position struct{ Line, Column int }

// Locate finds the position of an offset in a text.
func Locate(text []byte, offset int) Position {
	offset = min(max(offset, 0), len(text))
	before := text[:offset]
	start := bytes.LastIndexByte(before, '\n') + 1
	return Position{
		Line:   bytes.Count(before, []byte{'\n'}) + 1,
		Column: utf8.RuneCount(before[start:]) + 1,
	}
}

// Print writes the diagnostics the way an editor can follow:
//
//	file:line:column: error: message [code]
//	   41 | the line
//	      | ^^^^
//	  hint: advice
func Print(w io.Writer, list List, lang Language, sources Sources, colour bool) error {
	for _, d := range list {
		var b strings.Builder
		writePlace(&b, d.Span, sources)
		word := d.Severity.String() + ":" // not translated: editors look for it
		if colour {
			paint := "\x1b[31m"
			if d.Severity == Warning {
				paint = "\x1b[33m"
			}
			word = paint + word + "\x1b[0m"
		}
		fmt.Fprintf(&b, "%s %s [%s]\n", word, d.Message(lang), d.Code)
		writeExcerpt(&b, d.Span, sources)
		if hint := d.HintText(lang); hint != "" {
			fmt.Fprintf(&b, "  %s %s\n", labels["hint"].text(lang), hint)
		}
		for _, n := range d.Notes {
			fmt.Fprintf(&b, "  %s ", labels["note"].text(lang))
			writePlace(&b, n.Span, sources)
			b.WriteString(n.Text(lang))
			b.WriteByte('\n')
		}
		if _, err := io.WriteString(w, b.String()); err != nil {
			return err
		}
	}
	return nil
}

func writePlace(b *strings.Builder, s Span, sources Sources) {
	if s.IsZero() {
		b.WriteString("vitrine: ")
		return
	}
	b.WriteString(s.File)
	if text, ok := sources(s.File); ok && (s.Start > 0 || s.End > 0) {
		p := Locate(text, s.Start)
		fmt.Fprintf(b, ":%d:%d", p.Line, p.Column)
	}
	b.WriteString(": ")
}

// maxExcerpt is the longest line shown under a message, in characters: a
// spreadsheet's row may hold a whole story.
const maxExcerpt = 120

func writeExcerpt(b *strings.Builder, s Span, sources Sources) {
	if s.End <= s.Start {
		return
	}
	text, ok := sources(s.File)
	if !ok || s.Start > len(text) {
		return
	}
	start := bytes.LastIndexByte(text[:s.Start], '\n') + 1
	end := len(text)
	if i := bytes.IndexByte(text[start:], '\n'); i >= 0 {
		end = start + i
	}
	from, to := s.Start, min(s.End, end)
	before := []rune(printable(text[start:from]))
	marked := []rune(printable(text[from:max(from, to)]))
	after := []rune(printable(text[max(from, to):end]))
	if over := len(before) - maxExcerpt/2; over > 0 {
		before = append([]rune("…"), before[over:]...)
	}
	if room := maxExcerpt - len(before); len(marked) > room {
		marked = append(marked[:max(room, 1)], '…')
		after = nil
	} else if room := maxExcerpt - len(before) - len(marked); len(after) > room {
		after = append(after[:max(room, 0)], '…')
	}
	number := fmt.Sprintf("%5d", Locate(text, s.Start).Line)
	fmt.Fprintf(b, "%s | %s%s%s\n", number, string(before), string(marked), string(after))
	fmt.Fprintf(b, "%s | %s%s\n", strings.Repeat(" ", len(number)), strings.Repeat(" ", len(before)), strings.Repeat("^", max(len(marked), 1)))
}

// printable keeps a line on one line and a terminal unharmed, whatever the data holds.
func printable(text []byte) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t':
			return ' '
		case r < ' ', r == 0x7f, r >= 0x80 && r < 0xa0, r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069:
			return '·'
		}
		return r
	}, string(bytes.ToValidUTF8(bytes.TrimSuffix(text, []byte{'\r'}), []byte("·"))))
}

// expand fills the places of a message: {name} is a value as it is, {name:term}
// a kind of record in the reader's language, {name:unknown} the same as unknown.
func expand(text string, args Args, lang Language) string {
	if !strings.Contains(text, "{") {
		return text
	}
	var b strings.Builder
	for {
		open := strings.IndexByte(text, '{')
		if open < 0 {
			b.WriteString(text)
			return b.String()
		}
		end := strings.IndexByte(text[open:], '}')
		if end < 0 {
			b.WriteString(text)
			return b.String()
		}
		b.WriteString(text[:open])
		name, form, _ := strings.Cut(text[open+1:open+end], ":")
		b.WriteString(inflect(printable([]byte(args.get(name))), form, lang))
		text = text[open+end+1:]
	}
}
