package main

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"

	"vitrine/internal/spreadsheet/sheettest"
)

// cmdSheet makes a spreadsheet from a description.
//
//	sheet OUT.xlsx|OUT.ods|OUT.csv DESCRIPTION [macros] [1904] [ENCODING] [SEPARATOR]
//
// The description has a line for each row, its cells parted by |. A cell is a text, or
// =12 (a number), @45231 (a date), !#N/A (an error), =00000:1000 (a number shown by a
// format), or empty; \n is a line end, \t a tab, \~ a no-break space. Lines that start with
// # say: # sheet NAME [hidden], # merge A1:B2, # hide-row 4, # hide-column 1 (from 0).
func cmdSheet(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: sheet OUT DESCRIPTION [OPTION…]")
	}
	var sheets []sheettest.Sheet
	last := func() *sheettest.Sheet {
		if len(sheets) == 0 {
			sheets = append(sheets, sheettest.Sheet{Name: "Feuil1"})
		}
		return &sheets[len(sheets)-1]
	}
	for line := range strings.Lines(ts.ReadFile(args[1])) {
		line = strings.TrimRight(line, "\n")
		words := strings.Fields(line)
		if !strings.HasPrefix(line, "# ") {
			last().Rows = append(last().Rows, cells(ts, line))
			continue
		}
		switch words[1] {
		case "sheet":
			name, hidden := strings.CutSuffix(strings.TrimPrefix(line, "# sheet "), " hidden")
			sheets = append(sheets, sheettest.Sheet{Name: name, Hidden: hidden})
		case "merge":
			last().Merges = append(last().Merges, words[2])
		case "hide-row", "hide-column":
			n, err := strconv.Atoi(words[2])
			ts.Check(err)
			if words[1] == "hide-row" {
				last().HiddenRows = append(last().HiddenRows, n)
			} else {
				last().HiddenCols = append(last().HiddenCols, n)
			}
		default:
			ts.Fatalf("unknown directive %s", line)
		}
	}
	var o sheettest.Options
	t := sheettest.Text{}
	for _, a := range args[2:] {
		switch a {
		case "macros":
			o.Macros = true
		case "1904":
			o.From1904 = true
		case ";", ",", "tab":
			t.Separator = strings.Replace(a, "tab", "\t", 1)
		default:
			t.Encoding = a
		}
	}
	var data []byte
	switch ext := filepath.Ext(args[0]); {
	case ext == ".ods":
		data = sheettest.ODS(sheets...)
	case ext == ".csv" || ext == ".tsv":
		data = sheettest.CSV(t, sheets[0])
	default:
		data = sheettest.XLSX(o, sheets...)
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), data, 0o644))
}

func cells(ts *testscript.TestScript, line string) []any {
	var out []any
	for c := range strings.SplitSeq(line, "|") {
		c = strings.NewReplacer(`\n`, "\n", `\t`, "\t", `\~`, "\u00a0").Replace(strings.Trim(c, " "))
		number := func(s string) float64 {
			v, err := strconv.ParseFloat(s, 64)
			ts.Check(err)
			return v
		}
		switch {
		case c == "":
			out = append(out, nil)
		case strings.HasPrefix(c, "=") && strings.Contains(c, ":"):
			format, v, _ := strings.Cut(c[1:], ":")
			out = append(out, sheettest.Shown{Value: number(v), Format: format, As: strings.Repeat("0", max(len(format)-len(v), 0)) + v})
		case strings.HasPrefix(c, "="):
			out = append(out, number(c[1:]))
		case strings.HasPrefix(c, "@") && len(c) == 6:
			out = append(out, sheettest.Day(number(c[1:])))
		case strings.HasPrefix(c, "!"):
			out = append(out, sheettest.Err(c[1:]))
		default:
			out = append(out, c)
		}
	}
	return out
}
