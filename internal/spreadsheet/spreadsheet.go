// Package spreadsheet reads the tables that offices send (XLSX, ODS, CSV) as sheets of
// rows of cells, and writes an XLSX. It says what is in a cell and how it was shown; what
// it means is its caller's affair.
//
// Rows are streamed: a sheet of a hundred thousand of them takes the memory of one, and of
// the texts that the workbook shares among its cells. A file is never trusted: what it
// says of its own size is not believed, and whatever cannot be read is a Refusal that says
// why, so that a person can be told what to do.
//
// Why not a library: the one that is well kept for XLSX brings eight modules, needs the
// whole sheet to tell hidden columns and merged cells, and reads no ODS; streaming the four
// parts of a workbook that matter here is a few hundred lines.
package spreadsheet

import (
	"bytes"
	"errors"
	"io"
	"path"
	"strings"
)

// Format is what a file is, whatever its name says.
type Format string

// The formats that are read.
const (
	XLSX Format = "xlsx"
	ODS  Format = "ods"
	CSV  Format = "csv" // and its kin: the separator is found out
)

// Kind says what a cell holds.
type Kind uint8

// The kinds of cells.
const (
	Blank   Kind = iota
	Text         // Text is what was typed
	Number       // Number is its value, Text how it was shown
	Date         // Text is 2006-01-02, 2006-01-02 15:04 or 15:04; Number the day's serial, 0 in ODS
	Boolean      // Text is true or false
	Error        // Text is what the program showed: #N/A, or =… for a formula never computed
)

// Merge says how a cell belongs to a merged range of which it is not the first.
type Merge uint8

// The ways.
const (
	Alone  Merge = iota // in no range, or the first of its range
	Below               // below the first, in its column: it has its value
	Across              // in another column: it has its value too, which is not its own
)

// Cell is what stands at one place of a sheet.
type Cell struct {
	Text   string
	Number float64
	Kind   Kind
	Merge  Merge
}

// Row is one row. Its cells are by column, the first at 0, and end with the last that
// holds anything. It is valid until the next one is visited.
type Row struct {
	Number int // from 1, as spreadsheets count
	Hidden bool
	Cells  []Cell
}

// Sheet is what is known of a sheet before its rows are read.
type Sheet struct {
	Name   string // empty in CSV
	Hidden bool
	// Rows is how many rows the sheet says that it has; 0 when it does not. It is not to
	// be believed for anything but progress.
	Rows int
	// HiddenColumns lists the columns that are hidden, from 0, once its rows were read.
	HiddenColumns []int

	part string // XLSX: the name of its part
	rank int    // ODS: which table it is
}

// Book is an open file.
type Book struct {
	Format    Format
	Misnamed  bool   // its extension names another format
	Macros    bool   // it has macros, which are not read
	Encoding  string // CSV: UTF-8, UTF-16 or Windows-1252
	Separator rune   // CSV
	Sheets    []*Sheet

	read func(s *Sheet, visit func(*Row) error) error
}

// Read visits the rows of a sheet that hold anything, in order. An error of visit ends it
// and is returned.
func (b *Book) Read(s *Sheet, visit func(*Row) error) error { return b.read(s, visit) }

// The bounds of what is read. A sheet of the programs in use has no more rows; nor has a
// list for people that many columns.
const (
	MaxRows    = 1 << 20
	MaxColumns = 1024
)

// Reason says why a file was refused. Its text does not change.
type Reason string

// The reasons.
const (
	Empty     Reason = "empty"       // nothing in it
	Damaged   Reason = "damaged"     // cut short, or not what it starts like
	Bomb      Reason = "bomb"        // it grows out of proportion when it is read
	Locked    Reason = "locked"      // a password is needed
	OldExcel  Reason = "old-excel"   // the binary .xls of before 2007
	Binary    Reason = "binary"      // .xlsb
	WebPage   Reason = "web-page"    // HTML or XML under a spreadsheet's name
	NotASheet Reason = "not-a-sheet" // a PDF, a Word document, a picture…
	TooLarge  Reason = "too-large"   // more rows than a spreadsheet has
	OpenQuote Reason = "open-quote"  // CSV: a quote that is never closed; Detail is its line
)

// Refusal is why a file cannot be read.
type Refusal struct {
	Reason Reason
	Detail string // of the parser, for those who can use it; may be empty
	Err    error  // of the system, if it is to blame
}

func (r *Refusal) Error() string {
	s := "spreadsheet: " + string(r.Reason)
	if r.Detail != "" {
		s += ": " + r.Detail
	}
	return s
}

func (r *Refusal) Unwrap() error { return r.Err }

func refuse(reason Reason, detail string) error { return &Refusal{Reason: reason, Detail: detail} }

// damaged is a refusal for what a parser said.
func damaged(err error) error {
	if r := new(*Refusal); errors.As(err, r) {
		return err
	}
	return &Refusal{Reason: Damaged, Detail: err.Error(), Err: err}
}

var (
	zipMagic = []byte("PK\x03\x04")
	zipEmpty = []byte("PK\x05\x06")
	oleMagic = []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
)

// Open finds out what a file is, by its content, and opens it. name gives its extension
// alone.
func Open(name string, r io.ReaderAt, size int64) (*Book, error) {
	head := make([]byte, min(size, 4096))
	if _, err := r.ReadAt(head, 0); err != nil && !errors.Is(err, io.EOF) {
		return nil, &Refusal{Reason: Damaged, Detail: err.Error(), Err: err}
	}
	b, err := open(head, r, size)
	if err != nil {
		return nil, err
	}
	switch ext := strings.ToLower(path.Ext(name)); b.Format {
	case XLSX:
		b.Misnamed = ext != ".xlsx" && ext != ".xlsm" && ext != ".xltx" && ext != ".xltm"
	case ODS:
		b.Misnamed = ext != ".ods" && ext != ".ots"
	case CSV:
		b.Misnamed = ext != ".csv" && ext != ".tsv" && ext != ".txt" && ext != ".tab"
	}
	return b, nil
}

func open(head []byte, r io.ReaderAt, size int64) (*Book, error) {
	text := bytes.ToLower(bytes.TrimLeft(bytes.TrimPrefix(head, utf8BOM), " \t\r\n"))
	switch {
	case size == 0:
		return nil, refuse(Empty, "")
	case bytes.HasPrefix(head, zipMagic), bytes.HasPrefix(head, zipEmpty):
		return openZip(r, size)
	case bytes.HasPrefix(head, oleMagic):
		return nil, oleRefusal(r, size)
	case bytes.HasPrefix(text, []byte("<!doctype html")), bytes.HasPrefix(text, []byte("<html")),
		bytes.HasPrefix(text, []byte("<table")), bytes.HasPrefix(text, []byte("<?xml")), bytes.HasPrefix(text, []byte("<meta")):
		return nil, refuse(WebPage, "")
	case bytes.HasPrefix(head, []byte("%PDF")), bytes.HasPrefix(head, []byte("{\\rtf")),
		bytes.HasPrefix(head, []byte("\x89PNG")), bytes.HasPrefix(head, []byte("\xff\xd8\xff")), bytes.HasPrefix(head, []byte("GIF8")):
		return nil, refuse(NotASheet, "")
	}
	return openCSV(head, r, size)
}

// oleRefusal tells a workbook under a password, which is a stream in an old container,
// from a workbook of the old format.
func oleRefusal(r io.ReaderAt, size int64) error {
	wide := func(s string) []byte {
		var b []byte
		for _, c := range []byte(s) {
			b = append(b, c, 0)
		}
		return b
	}
	locked, word := wide("EncryptedPackage"), wide("WordDocument")
	buf := make([]byte, 1<<16)
	overlap := 64
	for at := int64(0); at < size; at += int64(len(buf) - overlap) {
		n, _ := r.ReadAt(buf, at) // what cannot be read holds no name
		switch {
		case bytes.Contains(buf[:n], locked):
			return refuse(Locked, "")
		case bytes.Contains(buf[:n], word):
			return refuse(NotASheet, "")
		}
		if n < len(buf) {
			break
		}
	}
	return refuse(OldExcel, "")
}

// Address is a cell's name: column from 0, row from 1.
func Address(column, row int) string { return Column(column) + itoa(row) }

// Column is the letters of a column, from 0: A, Z, AA.
func Column(n int) string {
	var b [8]byte
	i := len(b)
	for n++; n > 0; n = (n - 1) / 26 {
		i--
		b[i] = byte('A' + (n-1)%26)
	}
	return string(b[i:])
}

// parseAddress reads A1, or the A of A:B; row is 0 when there is none. A column far out
// is as far as MaxColumns.
func parseAddress(s string) (column, row int, ok bool) {
	i := 0
	for ; i < len(s) && (s[i] >= 'A' && s[i] <= 'Z' || s[i] >= 'a' && s[i] <= 'z' || s[i] == '$'); i++ {
		if s[i] != '$' && column <= 1<<20 {
			column = column*26 + int(s[i]&^0x20-'A') + 1
		}
	}
	for ; i < len(s); i++ {
		switch c := s[i]; {
		case c >= '0' && c <= '9' && row <= 1<<24:
			row = row*10 + int(c-'0')
		case c != '$':
			return 0, 0, false
		}
	}
	return column - 1, row, column > 0
}
