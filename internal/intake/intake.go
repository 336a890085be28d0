// Package intake takes the list of an office (a spreadsheet) into a programme's data, and
// gives the data back as one.
//
// Nothing is guessed in silence. A value is repaired only where the repair can be proved
// (a control digit, a commune's postcodes, a decoding that undoes itself), and each repair
// is listed with its cell, what it was, what it is and why; whatever cannot be proved is a
// doubt: a question for a person, and the value is left out. Every row ends as exactly one
// of added, changed, unchanged or refused, with a reason.
//
// A value made by hand is never lost. What the last import took is remembered by its
// digest (state.go), so that three ways are told apart: the list changed, a hand changed
// the data, or both did; the last is a conflict, and the data stays. An empty cell says
// nothing. Who is missing from the list is said, and stays.
//
// The files are edited in their text (edit.go): comments, order and layout are those of
// their author. What would be written is first bound in memory, and refused when the site
// would no longer load.
package intake

import (
	"vitrine/internal/diag"
	"vitrine/internal/model"
	"vitrine/internal/source"
	"vitrine/internal/spreadsheet"
	"vitrine/internal/typography"
)

// Options say what to take in, and how.
type Options struct {
	Tree      *source.Tree // the site
	Programme string
	File      string // the spreadsheet's name, for messages
	Book      *spreadsheet.Book
	Edition   string // of awards that do not say theirs; empty: none
	Map       *Mapping
	// AcceptNames writes the proposed print names; PreferFile lets the list win a conflict.
	AcceptNames, PreferFile bool
	Today                   func(zone string) model.Date
	Workers                 int
	Progress                func(done, total int) // of rows; nil: nobody asks
}

// Place is a cell, or a row when Column is negative.
type Place struct {
	Sheet  string
	Rank   int // of the sheet, from 1
	Row    int // from 1
	Column int // from 0
}

// Cell is its address: F17, or 17 for a row.
func (p Place) Cell() string {
	if p.Column < 0 {
		return itoa(p.Row)
	}
	return spreadsheet.Address(p.Column, p.Row)
}

// Remark is something to say of a cell: what was repaired, or what is in doubt.
type Remark struct {
	Place
	Code          string // a key of the catalogue (words.go)
	Field         string
	Before, After string // After is the repaired value, or what is proposed
	Detail        string
}

// Status is what became of a row.
type Status string

// The statuses. Each row has exactly one.
const (
	Added     Status = "added"
	Changed   Status = "changed"
	Unchanged Status = "unchanged"
	Refused   Status = "refused"
)

// RowResult is what became of a row; those that changed nothing are only counted.
type RowResult struct {
	Place
	Status Status
	ID     string
	Name   string
	Code   string // why it was refused
	Detail string
}

// Change is a value that differs: one that is written, or one in conflict.
type Change struct {
	Place
	ID            string
	Key           string
	Before, After string
}

// Person is one of the data's participants, in the report.
type Person struct{ ID, Name string }

// SheetResult says how a sheet was understood.
type SheetResult struct {
	Name    string
	Rank    int
	Hidden  bool
	Holds   string // participants, commitments, awards, or nothing
	Code    string // why nothing
	Header  int    // the row of the titles
	Rows    int
	Columns []ColumnResult

	HiddenRows    int
	HiddenColumns []int
}

// ColumnResult says how a column was understood.
type ColumnResult struct {
	Column int
	Title  string
	Field  string // empty: not read
	How    string // title, near, contents, map, unknown, not-kept, twice
	Near   string // the field it may be
}

// Result is all that an import has to say, and what it would write.
type Result struct {
	File      string
	Programme string
	Language  typography.Language
	Book      *spreadsheet.Book
	Sheets    []SheetResult
	Rows      []RowResult
	Counts    map[string]int
	Repairs   []Remark
	Doubts    []Remark
	Changes   []Change
	Conflicts []Change
	Missing   []Person
	Mapping   *Mapping

	// Files are the files of the site to write, by their names, and what they are to hold.
	Files map[string][]byte
	// Diagnostics are what the site has to say after the import; those that refuse it are
	// Blocking. They are about the files as they would be.
	Diagnostics diag.List
	Blocked     bool
	Sources     diag.Sources
}

// Listed bounds how many remarks of a kind are kept; all are counted.
const Listed = 50_000

// SiteError says that the site itself must be mended first.
type SiteError struct {
	List    diag.List
	Sources diag.Sources
}

func (e *SiteError) Error() string { return "the site has errors" }

// UnknownError is a programme or an edition that is not there.
type UnknownError struct {
	Kind, ID, Near string
	Known          []string
}

func (e *UnknownError) Error() string { return "unknown " + e.Kind + " " + e.ID }

// NoTableError says that no sheet has a heading that is understood.
type NoTableError struct{ Sheets []SheetResult }

func (e *NoTableError) Error() string { return "no table" }
