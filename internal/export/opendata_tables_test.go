package export

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"math"
	"slices"
	"strings"
	"testing"

	"vitrine/internal/model"
)

// FuzzCells holds what tables write by hand to the standard library's bytes.
func FuzzCells(f *testing.F) {
	for _, s := range []string{"", " a", "a b", "a,b", "a;b", `a"b`, `\.`, "a\nb", "a\r\nb", "a\rb", "=1", "-a", "-1", "+", "@", "\ta", "é", "\u00a0é", "\u2028", "\x00", "\x7f", "\xff", "a\xffb", "<&>", "\\", "\ufeff", "x\u2029y"} {
		f.Add(s, 1.5)
	}
	f.Add("x", 1e-7)
	f.Add("x", 1e21)
	f.Add("x", math.Copysign(0, -1))
	f.Fuzz(func(t *testing.T, s string, n float64) {
		encoded := func(v any) string {
			var b bytes.Buffer
			e := json.NewEncoder(&b)
			e.SetEscapeHTML(false)
			if err := e.Encode(v); err != nil {
				return ""
			}
			return strings.TrimSuffix(b.String(), "\n")
		}
		if got, want := string(appendJSON(nil, s)), encoded(s); got != want {
			t.Errorf("%q as JSON: %s, not %s", s, got, want)
		}
		if want := encoded(n); want != "" && string(appendNumber(nil, n)) != want {
			t.Errorf("%v as JSON: %s, not %s", n, appendNumber(nil, n), want)
		}
		for _, comma := range ",;" {
			var b strings.Builder
			w := csv.NewWriter(&b)
			w.Comma, w.UseCRLF = comma, true
			_ = w.Write([]string{s, s})
			w.Flush()
			table := separated{comma: byte(comma)}
			table.next(0, []byte(s))
			table.next(1, []byte(s))
			if got := string(table.b) + "\r\n"; got != b.String() {
				t.Errorf("%q in a table: %q, not %q", s, got, b.String())
			}
		}
	})
}

// Tables made side by side, in many pieces, are those made alone; whoever has had enough is given no more.
func TestSideBySide(t *testing.T) {
	var rows []*model.Profile
	for i := range 2000 {
		p := full()
		p.HasPoint = i%3 > 0
		rows = append(rows, p)
	}
	d := set(rows...)
	kinds := []string{GeoJSON, CSV, JSON, SheetCSV}
	got, pieces := make([][]byte, len(kinds)), 0
	for i, piece := range d.Tables(kinds...) {
		got[i] = append(got[i], piece...)
		pieces++
		if len(piece) > 2*pieceSize {
			t.Errorf("a piece of %d bytes", len(piece))
		}
	}
	for i, kind := range kinds {
		if !bytes.Equal(got[i], d.Table(kind)) {
			t.Errorf("%s is not the same beside others", kind)
		}
	}
	if pieces < 20 {
		t.Errorf("%d pieces: tables were held whole", pieces)
	}
	for range d.Tables(kinds...) {
		break
	}
	d = set(rows...)
	d.Rows = slices.Values(rows[:0])
	for _, kind := range kinds {
		if len(d.Table(kind)) == 0 {
			t.Errorf("%s: nothing of an empty table", kind)
		}
	}
}

func BenchmarkTables(b *testing.B) {
	d := set(slices.Repeat([]*model.Profile{full()}, 1000)...)
	b.ReportAllocs()
	for b.Loop() {
		for range d.Tables(CSV, SheetCSV, JSON, GeoJSON) {
		}
	}
}
