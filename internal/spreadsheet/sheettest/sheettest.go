// Package sheettest makes workbooks for tests, the way the programs of offices write them:
// shared texts, styles, merged cells, hidden rows, repeated cells, other encodings. It
// shares no code with the package that reads them. The same description gives the same
// bytes.
package sheettest

import (
	"archive/zip"
	"bytes"
	"strconv"
	"strings"
)

// Sheet describes a sheet. A row is a list of cells; a cell is a string, an int, a
// float64, a bool, a Day, a Shown, an Err, or nil.
type Sheet struct {
	Name       string
	Hidden     bool
	Rows       [][]any
	HiddenRows []int    // from 1
	HiddenCols []int    // from 0
	Merges     []string // A1:C1
}

// Day is a date that a spreadsheet keeps as a number.
type Day float64

// Shown is a number with the format that shows it.
type Shown struct {
	Value  float64
	Format string
	As     string // as shown
}

// Err is an error that a formula gave.
type Err string

func escape(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;").Replace(s)
}

func column(n int) string {
	s := ""
	for n++; n > 0; n = (n - 1) / 26 {
		s = string(rune('A'+(n-1)%26)) + s
	}
	return s
}

func number(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

// Zip packs parts in the order given: name, content, name, content…
func Zip(parts ...string) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i+1 < len(parts); i += 2 {
		f, err := z.CreateHeader(&zip.FileHeader{Name: parts[i], Method: zip.Deflate})
		if err == nil {
			_, err = f.Write([]byte(parts[i+1]))
		}
		if err != nil {
			panic(err)
		}
	}
	if err := z.Close(); err != nil {
		panic(err)
	}
	return b.Bytes()
}
