package layout

import "testing"

// BenchmarkSheets gangs a thousand labels: their items are shared, so that it costs a few groups each.
func BenchmarkSheets(b *testing.B) {
	g := &Grid{W: 210 * Mm, H: 297 * Mm, Columns: 3, Rows: 7, First: Rect{MM(7.21), MM(15.15), MM(63.5), MM(38.1)},
		Pitch: Point{MM(66.04), MM(38.1)}, Shape: RoundedCell, Radius: 2 * Mm, Ruler: true}
	pieces := make([][]Page, 1000)
	for i := range pieces {
		pieces[i] = []Page{subject(i, MM(63.5), MM(38.1))}
	}
	cells := g.Cells(pieces)
	b.ReportAllocs()
	for b.Loop() {
		g.Sheets(cells, 1, Printer{ScaleX: 1.01}, nil)
	}
}
