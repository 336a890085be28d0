// Package diag holds the messages that Vitrine has for the author of a site:
// what is wrong, where it is written, and what to do about it.
//
// A diagnostic is a value. Every stage returns the ones it found; none prints,
// logs or exits. The words live in one catalogue (catalogue.go), in French and
// in English, and the codes, which docs/diagnostics.md explains one by one, do
// not change with the language.
package diag

import (
	"cmp"
	"slices"
)

// Severity tells whether a build may go on.
type Severity uint8

const (
	Error   Severity = iota // the build is refused and nothing is written
	Warning                 // said, and the build goes on
)

func (s Severity) String() string {
	if s == Warning {
		return "warning"
	}
	return "error"
}

// Span is a range of bytes in a file of the site: [Start, End).
// File is relative to the site's folder, with slashes. The zero Span is no
// place at all; a Span with only a File is the file as a whole.
type Span struct {
	File       string
	Start, End int
}

// IsZero reports whether the span names no place.
func (s Span) IsZero() bool { return s.File == "" }

// Origin is where a record was written. Its spans are found on demand, because
// positions matter only once something is wrong.
type Origin interface {
	// Span locates the value of a key of the record, or the record's own head
	// when key is empty or absent.
	Span(key string) Span
}

// Args are the named values of a message, as name, value, name, value…
type Args []string

func (a Args) get(name string) string {
	for i := 0; i+1 < len(a); i += 2 {
		if a[i] == name {
			return a[i+1]
		}
	}
	return ""
}

// Hint is advice that follows a message: the key of a catalogue entry and its values.
type Hint struct {
	Key  string
	Args Args
}

// Note points at a second place that explains the first.
type Note struct {
	Span Span
	Key  string
	Args Args
}

// Diagnostic is one message to the author.
type Diagnostic struct {
	Severity Severity
	Code     Code
	Span     Span
	Args     Args
	Hint     Hint
	Notes    []Note
}

// New makes a diagnostic with the severity that the catalogue gives the code.
// args are name, value pairs for the places of the message.
func New(code Code, span Span, args ...string) Diagnostic {
	return Diagnostic{Severity: catalogue[code].severity, Code: code, Span: span, Args: args}
}

// Arg is a value of the message by its name, or nothing.
func (d Diagnostic) Arg(name string) string { return d.Args.get(name) }

// WithHint returns the diagnostic with advice.
func (d Diagnostic) WithHint(key string, args ...string) Diagnostic {
	d.Hint = Hint{Key: key, Args: args}
	return d
}

// WithNote returns the diagnostic with one more place to look at.
func (d Diagnostic) WithNote(span Span, key string, args ...string) Diagnostic {
	d.Notes = append(slices.Clip(d.Notes), Note{Span: span, Key: key, Args: args})
	return d
}

// As returns the diagnostic with another severity.
func (d Diagnostic) As(s Severity) Diagnostic {
	d.Severity = s
	return d
}

// List is what a stage found.
type List []Diagnostic

// Errors counts the diagnostics that refuse the build.
func (l List) Errors() int { return l.count(Error) }

// Warnings counts the ones that do not.
func (l List) Warnings() int { return l.count(Warning) }

func (l List) count(s Severity) int {
	n := 0
	for _, d := range l {
		if d.Severity == s {
			n++
		}
	}
	return n
}

// Sorted returns the list by file, offset, code and values, without repeats:
// the order of a run never depends on the order of the work.
func (l List) Sorted() List {
	out := slices.Clone(l)
	slices.SortStableFunc(out, func(a, b Diagnostic) int {
		return cmp.Or(
			cmp.Compare(a.Span.File, b.Span.File),
			cmp.Compare(a.Span.Start, b.Span.Start),
			cmp.Compare(a.Code, b.Code),
			slices.Compare(a.Args, b.Args),
		)
	})
	return slices.CompactFunc(out, func(a, b Diagnostic) bool {
		return a.Span == b.Span && a.Code == b.Code && slices.Equal(a.Args, b.Args)
	})
}
