package spreadsheet_test

import (
	"bytes"
	"slices"
	"testing"

	"github.com/xuri/excelize/v2"

	"vitrine/internal/spreadsheet"
	"vitrine/internal/spreadsheet/sheettest"
)

// TestOutsideReaderOfWrite: a program that shares no code with ours reads what we write, every cell a text.
func TestOutsideReaderOfWrite(t *testing.T) {
	rows := [][]string{
		{"05720093300042", "01500", "L’Éclat d’Œuf & fils <« neuf »>"},
		{"=1+1", "8,14E+13", "deux\nlignes, puis\tune tabulation"},
		{" bords ", "", "🥖 \u00a0 insécable"},
		{"", "2026-11-30", "_x0041_"},
	}
	var b bytes.Buffer
	err := spreadsheet.Write(&b, []spreadsheet.Table{
		{
			Name: "Participants", Headings: []spreadsheet.Heading{{Title: "siret", Width: 16}, {Title: "code postal", Width: 8}, {Title: "enseigne", Width: 40}},
			Rows: func(yield func([]string) bool) {
				for _, r := range rows {
					if !yield(r) {
						return
					}
				}
			},
		},
		{Name: "Vide", Headings: []spreadsheet.Heading{{Title: "rien", Width: 9}}, Rows: func(func([]string) bool) {}},
	})
	if err != nil {
		t.Fatal(err)
	}
	f := open(t, b.Bytes())
	if got := f.GetSheetList(); !slices.Equal(got, []string{"Participants", "Vide"}) {
		t.Errorf("sheets %q", got)
	}
	for n, want := range append([][]string{{"siret", "code postal", "enseigne"}}, rows...) {
		for i, w := range want {
			at := cell(t, i, n)
			if got := value(t, f, "Participants", at); got != w {
				t.Errorf("%s is %q, want %q", at, got, w)
			}
			kind, err := f.GetCellType("Participants", at)
			if err != nil || w != "" && kind != excelize.CellTypeInlineString && kind != excelize.CellTypeSharedString {
				t.Errorf("%s (%q) is of type %d, %v", at, w, kind, err)
			}
			if formula, err := f.GetCellFormula("Participants", at); formula != "" || err != nil {
				t.Errorf("%s has the formula %q, %v", at, formula, err)
			}
		}
	}
}

// TestOutsideReaderOfTestBooks: the workbooks that our tests read are what they say they are.
func TestOutsideReaderOfTestBooks(t *testing.T) {
	f := open(t, sheettest.XLSX(sheettest.Options{},
		sheettest.Sheet{Name: "Labellisés", Merges: []string{"A1:C1"}, HiddenCols: []int{2}, HiddenRows: []int{3}, Rows: [][]any{
			{"Liste des labellisés"}, {"Enseigne", "SIRET", "Remis le"}, {"L'Éclat", 81412227800028.0, sheettest.Day(45260)}, {"Deux", sheettest.Shown{Value: 1500, Format: "00000", As: "01500"}, sheettest.Err("#N/A")},
		}},
		sheettest.Sheet{Name: "Aide", Hidden: true, Rows: [][]any{{"rien"}}},
	))
	merged, err := f.GetMergeCells("Labellisés")
	if err != nil || len(merged) != 1 || merged[0].GetStartAxis() != "A1" || merged[0].GetEndAxis() != "C1" {
		t.Errorf("merged %v, %v", merged, err)
	}
	for what, is := range map[string]func() (bool, error){
		"the sheet Labellisés": func() (bool, error) { return f.GetSheetVisible("Labellisés") },
		"column B":             func() (bool, error) { return f.GetColVisible("Labellisés", "B") },
		"row 4":                func() (bool, error) { return f.GetRowVisible("Labellisés", 4) },
	} {
		if ok, err := is(); !ok || err != nil {
			t.Errorf("%s is hidden, %v", what, err)
		}
	}
	for what, is := range map[string]func() (bool, error){
		"the sheet Aide": func() (bool, error) { return f.GetSheetVisible("Aide") },
		"column C":       func() (bool, error) { return f.GetColVisible("Labellisés", "C") },
		"row 3":          func() (bool, error) { return f.GetRowVisible("Labellisés", 3) },
	} {
		if ok, err := is(); ok || err != nil {
			t.Errorf("%s is shown, %v", what, err)
		}
	}
	for at, want := range map[string]string{"A1": "Liste des labellisés", "A3": "L'Éclat", "B4": "01500", "C4": "#N/A"} {
		if got := value(t, f, "Labellisés", at); got != want {
			t.Errorf("%s is %q, want %q", at, got, want)
		}
	}
	for at, want := range map[string]string{"B3": "81412227800028", "C3": "45260", "B4": "1500"} {
		got, err := f.GetCellValue("Labellisés", at, excelize.Options{RawCellValue: true})
		if got != want || err != nil {
			t.Errorf("%s holds %q, %v, want %q", at, got, err, want)
		}
	}
	if got := value(t, f, "Labellisés", "C3"); got == "45260" {
		t.Error("C3 is not shown as a date")
	}
}

func open(t *testing.T, data []byte) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	})
	return f
}

// cell is an address, of a column and a row from 0.
func cell(t *testing.T, column, row int) string {
	t.Helper()
	at, err := excelize.CoordinatesToCellName(column+1, row+1)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

func value(t *testing.T, f *excelize.File, sheet, at string) string {
	t.Helper()
	v, err := f.GetCellValue(sheet, at)
	if err != nil {
		t.Fatal(err)
	}
	return v
}
