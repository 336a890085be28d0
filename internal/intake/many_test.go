package intake

import (
	"bytes"
	"fmt"
	"runtime"
	"sync/atomic"
	"testing"
	"time"

	"vitrine/internal/spreadsheet"
)

// siretOf makes the nth SIRET, with its control digits.
func siretOf(n int) string {
	key := func(s string) string {
		sum := 0
		for i := range len(s) {
			d := int(s[len(s)-1-i] - '0')
			if i%2 == 0 {
				if d *= 2; d > 9 {
					d -= 9
				}
			}
			sum += d
		}
		return s + itoa((10-sum%10)%10)
	}
	return key(key(fmt.Sprintf("%08d", 1_000_000+n)) + "0001")
}

// manyRows is a workbook of clean and dirty rows.
func manyRows(t testing.TB, rows int) []byte {
	var buf bytes.Buffer
	var heads []spreadsheet.Heading
	for _, h := range []string{"SIRET", "Enseigne", "Commune", "Code postal", "Téléphone", "Courriel", "Effectif", "Métier", "Défi 1", "Latitude", "Longitude", "Date de réalisation"} {
		heads = append(heads, spreadsheet.Heading{Title: h})
	}
	err := spreadsheet.Write(&buf, []spreadsheet.Table{{Name: "L", Headings: heads, Rows: func(yield func([]string) bool) {
		for i := range rows {
			city, trade := "FLERS", "Boulangerie"
			if i%2 == 1 {
				city, trade = "Athis Val de Rouvre", "garage"
			}
			if !yield([]string{siretOf(i)[1:], fmt.Sprint("Entreprise n° ", i), city, "61100", fmt.Sprintf("2%08d", 33_000_000+i), fmt.Sprintf("c%d@exemple.fr", i), itoa(i % 12), trade, "Livrer à vélo", fmt.Sprintf("48,%d", 7500+i%99), fmt.Sprintf("-0,5%d", i%99), itoa(45000 + i%300)}) {
				return
			}
		}
	}}})
	if err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

// TestManyRows imports a hundred thousand rows: into bounded memory, saying how far it is.
func TestManyRows(t *testing.T) {
	if testing.Short() {
		t.Skip("a large list")
	}
	const rows = 100_000
	data := manyRows(t, rows)
	tree := site(nil)
	runtime.GC()
	var peak atomic.Uint64
	stop, stopped := make(chan bool), make(chan bool)
	go func() {
		defer close(stopped)
		var m runtime.MemStats
		for {
			runtime.ReadMemStats(&m)
			peak.Store(max(peak.Load(), m.HeapAlloc))
			select {
			case <-stop:
				return
			case <-time.After(50 * time.Millisecond):
			}
		}
	}()
	last, told := 0, 0
	r := run(t, tree, "a.xlsx", data, func(o *Options) {
		o.Progress = func(done, total int) {
			if done < last || total <= done {
				t.Errorf("progress went from %d to %d of %d", last, done, total)
			}
			last = done
			told++
		}
	})
	close(stop)
	<-stopped
	t.Logf("%s; heap at most %d MiB; told %d times", counts(r), peak.Load()>>20, told)
	if r.Counts["added"] != rows || told < 100 || r.Counts["repairs"] == 0 {
		t.Error(counts(r), told)
	}
	const ceiling = 750 << 20 // of which the model of a hundred thousand participants is most
	if peak.Load() > ceiling {
		t.Errorf("the heap grew to %d MiB", peak.Load()>>20)
	}
}

func BenchmarkImport(b *testing.B) {
	data := manyRows(b, 2000)
	tree := site(nil)
	b.ReportAllocs()
	for b.Loop() {
		run(b, tree, "a.xlsx", data, nil)
	}
}
