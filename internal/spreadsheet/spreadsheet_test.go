package spreadsheet

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vitrine/internal/spreadsheet/sheettest"
)

func openBytes(name string, data []byte) (*Book, error) {
	return Open(name, bytes.NewReader(data), int64(len(data)))
}

// dump is what a book holds, one line a cell.
func dump(b *Book) ([]string, error) {
	var out []string
	for _, s := range b.Sheets {
		head := "sheet " + s.Name
		if s.Hidden {
			head += " hidden"
		}
		out = append(out, head)
		err := b.Read(s, func(r *Row) error {
			for c, cell := range r.Cells {
				if cell.Kind == Blank {
					continue
				}
				line := fmt.Sprintf("%s %d %q", Address(c, r.Number), cell.Kind, cell.Text)
				if cell.Merge != Alone {
					line += fmt.Sprintf(" merged%d", cell.Merge)
				}
				if r.Hidden {
					line += " hidden"
				}
				out = append(out, line)
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
		out = append(out, fmt.Sprint("hidden columns ", s.HiddenColumns))
	}
	return out, nil
}

var both = []sheettest.Sheet{
	{
		Name: "Liste & co", Merges: []string{"A1:C1", "B3:B4"}, HiddenRows: []int{4}, HiddenCols: []int{2},
		Rows: [][]any{
			{"Labellisés"},
			{"Nom", "Commune", "SIRET"},
			{"L’Éclat d’Œuf", "Flers", 81400000000012},
			{"Deux\nlignes\tet  tab", nil, sheettest.Shown{Value: 1000, Format: "00000", As: "01000"}},
			{sheettest.Day(45231), true, sheettest.Err("#N/A"), 48.5},
		},
	},
	{Name: "Cachée", Hidden: true, Rows: [][]any{{"x"}}},
}

var want = []string{
	"sheet Liste & co",
	`A1 1 "Labellisés"`, `B1 1 "Labellisés" merged2`, `C1 1 "Labellisés" merged2`,
	`A2 1 "Nom"`, `B2 1 "Commune"`, `C2 1 "SIRET"`,
	`A3 1 "L’Éclat d’Œuf"`, `B3 1 "Flers"`, `C3 2 "81400000000012"`,
	`A4 1 "Deux\nlignes\tet  tab" hidden`, `B4 1 "Flers" merged1 hidden`, `C4 2 "01000" hidden`,
	`A5 3 "2023-11-01"`, `B5 4 "true"`, `C5 5 "#N/A"`, `D5 2 "48.5"`,
	"hidden columns [2]",
	"sheet Cachée hidden", `A1 1 "x"`, "hidden columns []",
}

func TestXLSX(t *testing.T) {
	b, err := openBytes("a.xlsx", sheettest.XLSX(sheettest.Options{}, both...))
	if err != nil {
		t.Fatal(err)
	}
	got, err := dump(b)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if b.Misnamed || b.Macros {
		t.Error("misnamed or macros")
	}
}

// TestFrom1904 reads a workbook of the calendar that Macs used.
func TestFrom1904(t *testing.T) {
	b, err := openBytes("a.xlsx", sheettest.XLSX(sheettest.Options{From1904: true}, sheettest.Sheet{Name: "a", Rows: [][]any{{sheettest.Day(45231 - 1462)}}}))
	if err != nil {
		t.Fatal(err)
	}
	got, err := dump(b)
	if err != nil || got[1] != `A1 3 "2023-11-01"` {
		t.Error(got, err)
	}
}

func TestODS(t *testing.T) {
	b, err := openBytes("a.ods", sheettest.ODS(both...))
	if err != nil {
		t.Fatal(err)
	}
	got, err := dump(b)
	if err != nil {
		t.Fatal(err)
	}
	w := slices.Clone(want)
	w[slices.Index(w, `C5 5 "#N/A"`)] = `C5 2 "0"` // LibreOffice says 0 and shows the error
	w[slices.Index(w, `D5 2 "48.5"`)] = `D5 2 "48.5"`
	if d := cmp.Diff(w, got); d != "" {
		t.Log(d)
		t.Error("differs")
	}
}

func TestCSV(t *testing.T) {
	rows := [][]any{
		{"Nom", "Ville", "Site; web"},
		{`Chez "Nono"`, "Flers", "L’œuf à 3 €"},
		{"a\r\nb", "", "z"},
	}
	for _, sep := range []string{";", ",", "\t", "|"} {
		for _, enc := range []string{"utf-8", "utf-8-bom", "utf-16le", "utf-16be", "windows-1252"} {
			for _, eol := range []string{"\r\n", "\n", "\r"} {
				for _, named := range []bool{false, true} {
					data := sheettest.CSV(sheettest.Text{Separator: sep, Encoding: enc, EOL: eol, Sep: named}, sheettest.Sheet{Rows: rows})
					b, err := openBytes("a.csv", data)
					if err != nil {
						t.Fatal(sep, enc, err)
					}
					var got [][]string
					if err := b.Read(b.Sheets[0], func(r *Row) error {
						var line []string
						for _, c := range r.Cells {
							line = append(line, c.Text)
						}
						got = append(got, line)
						return nil
					}); err != nil {
						t.Fatal(sep, enc, err)
					}
					w := [][]string{{"Nom", "Ville", "Site; web"}, {`Chez "Nono"`, "Flers", "L’œuf à 3 €"}, {"a\r\nb", "", "z"}}
					if d := cmp.Diff(w, got); d != "" {
						t.Fatalf("%q %s %q %v (separator %q, %s): %s", sep, enc, eol, named, b.Separator, b.Encoding, d)
					}
				}
			}
		}
	}
}

func TestCSVByHand(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"a;\"dit \"Nono\" ici\";c\n", `a|dit "Nono" ici|c`},
		{"a;b\n\n\nc;d", "a|b/c|d"},
		{"Titre sans rien\n\nnom;lat\nx;48,5\ny;48,6\n", "Titre sans rien/nom|lat/x|48,5/y|48,6"},
		{"nom\nun\ndeux\n", "nom/un/deux"},
		{"caf\xe9;cr\xe8me\n\xc3\xa9t\xc3\xa9;\xc3\xa0\n", "café|crème/été|à"}, // two encodings, glued together
	} {
		b, err := openBytes("a.csv", []byte(c.in))
		if err != nil {
			t.Errorf("%q: %v", c.in, err)
			continue
		}
		var rows []string
		if err := b.Read(b.Sheets[0], func(r *Row) error {
			var line []string
			for _, c := range r.Cells {
				line = append(line, c.Text)
			}
			rows = append(rows, strings.Join(line, "|"))
			return nil
		}); err != nil {
			t.Errorf("%q: %v", c.in, err)
		}
		if got := strings.Join(rows, "/"); got != c.want {
			t.Errorf("%q: %q, want %q", c.in, got, c.want)
		}
	}
}

func TestRefusals(t *testing.T) {
	good := sheettest.XLSX(sheettest.Options{}, both...)
	wide := func(s string) string { return strings.Join(strings.Split(s, ""), "\x00") + "\x00" }
	ole := "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 2000)
	bomb := sheettest.Zip("[Content_Types].xml", "<Types/>", "_rels/.rels", "<r/>", "xl/workbook.xml", strings.Repeat(" <a/>", 14<<20))
	text := sheettest.Zip("[Content_Types].xml", "<Types/>", "_rels/.rels", "<r/>", "xl/workbook.xml", "<a>"+strings.Repeat("x", 20<<20))
	for _, c := range []struct {
		name string
		data []byte
		want Reason
	}{
		{"empty", nil, Empty},
		{"blank.csv", []byte(" \r\n\r\n"), Empty},
		{"cut", good[:len(good)/2], Damaged},
		{"cut short", good[:40], Damaged},
		{"bomb", bomb, Bomb},
		{"long text", text, Bomb},
		{"locked", []byte(ole + wide("EncryptedPackage")), Locked},
		{"old", []byte(ole + wide("Workbook")), OldExcel},
		{"word", []byte(ole + wide("WordDocument")), NotASheet},
		{"web", []byte("\ufeff <HTML><table>"), WebPage},
		{"xml", []byte(`<?xml version="1.0"?><Workbook/>`), WebPage},
		{"pdf", []byte("%PDF-1.7"), NotASheet},
		{"picture", []byte("\x00\x01\x02\x03\x04\x00\x00\x07"), NotASheet},
		{"zip", sheettest.Zip("a.txt", "x"), NotASheet},
		{"docx", sheettest.Zip("[Content_Types].xml", `<Types><Override ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`, "_rels/.rels", "<r/>"), NotASheet},
		{"xlsb", sheettest.Zip("[Content_Types].xml", `<Types><Override ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/></Types>`, "_rels/.rels", "<r/>"), Binary},
		{"ods locked", sheettest.Zip("content.xml", "x", "META-INF/manifest.xml", "<m><encryption-data/></m>"), Locked},
		{"entities", sheettest.Zip("[Content_Types].xml", `<!DOCTYPE x [<!ENTITY a "b">]><Types>&a;</Types>`, "_rels/.rels", "<r/>"), Damaged},
		{"quote.csv", []byte("a;b\nc;\"d\ne;f\n"), OpenQuote},
	} {
		b, err := openBytes(c.name, c.data)
		if err == nil {
			_, err = dump(b)
		}
		var r *Refusal
		if !errors.As(err, &r) || r.Reason != c.want {
			t.Errorf("%s: %v, want %s", c.name, err, c.want)
		}
	}
}

func TestMisnamed(t *testing.T) {
	x := sheettest.XLSX(sheettest.Options{Macros: true}, both...)
	for name, want := range map[string]bool{"a.xlsx": false, "A.XLSM": false, "a.csv": true, "a.ods": true, "a.xls": true} {
		b, err := openBytes(name, x)
		if err != nil {
			t.Fatal(err)
		}
		if b.Misnamed != want || !b.Macros {
			t.Errorf("%s: misnamed %v, macros %v", name, b.Misnamed, b.Macros)
		}
	}
}

func TestForms(t *testing.T) {
	for _, c := range []struct {
		code string
		v    float64
		want string
	}{
		{"General", 61100, "61100"}, {"00000", 1000, "01000"}, {`0#" "##" "##" "##" "##`, 233984400, "02 33 98 44 00"},
		{`0#\ ##\ ##\ ##\ ##`, 233984400, "02 33 98 44 00"}, {"0.00", 2.5, "2.5"}, {"#,##0", 1234, "1234"}, {"0", 5, "5"},
		{"000 000 000 00000", 5720093300042, "057 200 933 00042"}, {"00000", 48.5, "48.5"}, {"0.00E+00", 81400000000012, "81400000000012"},
	} {
		if got := parseForm(c.code).show(c.v); got != c.want {
			t.Errorf("%s of %v is %q, want %q", c.code, c.v, got, c.want)
		}
	}
	for code, date := range map[string]bool{
		"dd/mm/yyyy": true, "[$-40C]d mmmm yyyy;@": true, "jj/mm/aaaa": true, "hh:mm": true, "m/d/yy": true, "[h]:mm": true,
		"0.00": false, "@": false, "General": false, "#,##0 [$€-40C]": false, `"année "0`: false, "Standard": false,
	} {
		if got := parseForm(code).date; got != date {
			t.Errorf("%s: date %v", code, got)
		}
	}
	for serial, want := range map[float64]string{1: "1900-01-01", 59: "1900-02-28", 61: "1900-03-01", 45231: "2023-11-01", 45231.5: "2023-11-01 12:00"} {
		if d, ok := Day(serial, false); !ok || moment(d) != want {
			t.Errorf("day %v is %s, want %s", serial, moment(d), want)
		}
	}
	if d, ok := Day(45231-1462, true); !ok || moment(d) != "2023-11-01" {
		t.Error(d)
	}
}

func TestWriteReadsBack(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 50 {
		alphabet := []rune("aé&<>\"'\n\t _x0041_œ’🙂\r\x01 ;|")
		var rows [][]string
		for range 5 {
			var line []string
			for range 4 {
				var b strings.Builder
				for range r.IntN(12) {
					b.WriteRune(alphabet[r.IntN(len(alphabet))])
				}
				line = append(line, b.String()+"x")
			}
			rows = append(rows, line)
		}
		var buf bytes.Buffer
		table := Table{Name: "a & b", Headings: []Heading{{"un", 5}, {"deux", 50}, {"3", 0}, {"4", 0}}, Rows: func(yield func([]string) bool) {
			for _, x := range rows {
				if !yield(x) {
					return
				}
			}
		}}
		if err := Write(&buf, []Table{table, table}); err != nil {
			t.Fatal(err)
		}
		b, err := openBytes("a.xlsx", buf.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		if err := b.Read(b.Sheets[1], func(row *Row) error {
			if row.Number == 1 {
				return nil
			}
			for i, c := range row.Cells {
				if c.Text != rows[row.Number-2][i] {
					t.Errorf("%q, want %q", c.Text, rows[row.Number-2][i])
				}
			}
			n++
			return nil
		}); err != nil || n != len(rows) {
			t.Error(n, err)
		}
	}
}

// TestManyRows holds the memory of a large sheet down: its rows are not kept.
func TestManyRows(t *testing.T) {
	if testing.Short() {
		t.Skip("a large workbook")
	}
	const rows = 100_000
	var buf bytes.Buffer
	err := Write(&buf, []Table{{Name: "s", Headings: []Heading{{"nom", 10}}, Rows: func(yield func([]string) bool) {
		for i := range rows {
			if !yield([]string{fmt.Sprint("Entreprise ", i), "81400000000012", "61100", "Flers", "02 33 98 44 00", "x", "y", "z"}) {
				return
			}
		}
	}}})
	if err != nil {
		t.Fatal(err)
	}
	b, err := openBytes("a.xlsx", buf.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	runtime.GC()
	var before, now runtime.MemStats
	runtime.ReadMemStats(&before)
	n, peak := 0, uint64(0)
	if err := b.Read(b.Sheets[0], func(*Row) error {
		if n++; n%5000 == 0 {
			runtime.ReadMemStats(&now)
			peak = max(peak, now.HeapAlloc)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if n != rows+1 {
		t.Error(n)
	}
	t.Logf("%d bytes, heap grew by %d KiB at most", buf.Len(), (int64(peak)-int64(before.HeapAlloc))>>10)
	if peak > before.HeapAlloc+32<<20 {
		t.Errorf("%d MiB for a sheet that streams", peak>>20)
	}
}

func FuzzOpen(f *testing.F) {
	f.Add("a.csv", []byte("a;b\n1;2\n"))
	f.Add("a.csv", []byte("\xff\xfea\x00;\x00b\x00"))
	f.Add("a.csv", []byte("a,\"b\r\nc\"\",d\xe9"))
	f.Add("a.xlsx", sheettest.XLSX(sheettest.Options{}, both...))
	f.Add("a.ods", sheettest.ODS(both...))
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		b, err := openBytes(name, data)
		if err == nil {
			_, err = dump(b)
		}
		var r *Refusal
		if err != nil && !errors.As(err, &r) {
			t.Errorf("an error that is no refusal: %v", err)
		}
	})
}

// FuzzSheet reads any XML as the rows of a sheet.
func FuzzSheet(f *testing.F) {
	f.Add(`<worksheet><cols><col min="1" max="9" hidden="1"/></cols><sheetData><row r="2"><c r="B2" t="s"><v>0</v></c><c t="inlineStr"><is><t>x</t></is></c></row></sheetData><mergeCells><mergeCell ref="A1:B2"/></mergeCells></worksheet>`)
	f.Fuzz(func(t *testing.T, sheet string) {
		data := sheettest.Zip("[Content_Types].xml", "<Types/>", "_rels/.rels", "<r/>", "xl/workbook.xml", `<workbook xmlns:r="r"><sheets><sheet name="a" r:id="1"/></sheets></workbook>`,
			"xl/_rels/workbook.xml.rels", `<R><Relationship Id="1" Type="/worksheet" Target="s.xml"/></R>`, "xl/s.xml", sheet)
		b, err := openBytes("a.xlsx", data)
		if err != nil {
			t.Fatal(err)
		}
		last := 0
		err = b.Read(b.Sheets[0], func(r *Row) error {
			if r.Number <= last || r.Number > MaxRows || len(r.Cells) > MaxColumns {
				t.Errorf("row %d after %d, %d cells", r.Number, last, len(r.Cells))
			}
			last = r.Number
			return nil
		})
		var refused *Refusal
		if err != nil && !errors.As(err, &refused) {
			t.Errorf("an error that is no refusal: %v", err)
		}
	})
}
