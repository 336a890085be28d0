package serve

import (
	"bytes"
	"slices"
	"strings"

	"vitrine/internal/diag"
)

// finding is a diagnostic as the overlay shows it.
type finding struct {
	Place   string   `json:"place,omitempty"` // FILE:LINE:COLUMN, as editors jump to it
	Message string   `json:"message"`
	Code    string   `json:"code,omitempty"`
	Excerpt *excerpt `json:"excerpt,omitempty"`
	Hint    string   `json:"hint,omitempty"`
	Notes   []note   `json:"notes,omitempty"`
}

// excerpt is the line that a finding is about, in three parts: the middle one is meant.
type excerpt struct {
	Line   int    `json:"line"`
	Before string `json:"before"`
	Marked string `json:"marked"`
	After  string `json:"after"`
}

type note struct {
	Place   string `json:"place,omitempty"`
	Message string `json:"message"`
}

// findings are the first ones of each kind, and how many there are.
type findings struct {
	Errors       []finding `json:"errors"`
	Warnings     []finding `json:"warnings"`
	ErrorCount   int       `json:"errorCount"`
	WarningCount int       `json:"warningCount"`
}

// maxShown is how many findings of a kind are shown: the first ones are mended first.
const maxShown = 50

func find(list diag.List, lang diag.Language, sources diag.Sources) findings {
	f := findings{ErrorCount: list.Errors(), WarningCount: list.Warnings()}
	for _, d := range list {
		into := &f.Errors
		if d.Severity == diag.Warning {
			into = &f.Warnings
		}
		if len(*into) < maxShown {
			*into = append(*into, word(d, lang, sources))
		}
	}
	return f
}

// and is these findings, then others that are not among them.
func (f findings) and(next findings) findings {
	f.Errors, f.ErrorCount = join(f.Errors, next.Errors, f.ErrorCount, next.ErrorCount)
	f.Warnings, f.WarningCount = join(f.Warnings, next.Warnings, f.WarningCount, next.WarningCount)
	return f
}

func join(a, b []finding, countA, countB int) ([]finding, int) {
	out := slices.Clone(a)
	for _, x := range b {
		if slices.ContainsFunc(a, func(y finding) bool { return x.Place == y.Place && x.Code == y.Code && x.Message == y.Message }) {
			countB--
			continue
		}
		out = append(out, x)
	}
	return out[:min(len(out), maxShown)], countA + countB
}

func word(d diag.Diagnostic, lang diag.Language, sources diag.Sources) finding {
	f := finding{Message: d.Message(lang), Code: string(d.Code), Hint: d.HintText(lang)}
	f.Place, f.Excerpt = locate(d.Span, sources)
	for _, n := range d.Notes {
		place, _ := locate(n.Span, sources)
		f.Notes = append(f.Notes, note{place, n.Text(lang)})
	}
	return f
}

// longestLine is how much of a line is shown, in characters: a spreadsheet's row may hold
// a whole story.
const longestLine = 160

// locate names a place, and cuts out the line that it is on.
func locate(s diag.Span, sources diag.Sources) (string, *excerpt) {
	if s.IsZero() {
		return "", nil
	}
	if sources == nil || s.Start == 0 && s.End == 0 {
		return s.File, nil
	}
	text, ok := sources(s.File)
	if !ok || s.Start > len(text) {
		return s.File, nil
	}
	p := diag.Locate(text, s.Start)
	place := s.File + ":" + itoa(p.Line) + ":" + itoa(p.Column)
	if s.End <= s.Start {
		return place, nil
	}
	start := bytes.LastIndexByte(text[:s.Start], '\n') + 1
	end := len(text)
	if i := bytes.IndexByte(text[s.Start:], '\n'); i >= 0 {
		end = s.Start + i
	}
	stop := max(s.Start, min(s.End, end))
	before, marked, after := plain(text[start:s.Start]), plain(text[s.Start:stop]), plain(text[stop:end])
	if over := len(before) - longestLine/2; over > 0 {
		before = append([]rune("…"), before[over:]...)
	}
	marked = cut(marked, longestLine-len(before))
	after = cut(after, longestLine-len(before)-len(marked))
	return place, &excerpt{p.Line, string(before), string(marked), string(after)}
}

func cut(line []rune, room int) []rune {
	if len(line) <= room {
		return line
	}
	return append(line[:max(room, 0):max(room, 0)], '…')
}

// plain keeps what is shown in its place and in its order, whatever the data holds: no
// control characters, and no signs that turn the direction of a line.
func plain(text []byte) []rune {
	return []rune(strings.Map(func(r rune) rune {
		switch {
		case r == '\t':
			return ' '
		case r < ' ', r >= 0x7f && r < 0xa0, r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069:
			return '·'
		}
		return r
	}, string(bytes.ToValidUTF8(bytes.TrimSuffix(text, []byte{'\r'}), []byte("·")))))
}
