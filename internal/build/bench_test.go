package build

import (
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"testing"
)

// BenchmarkBuild builds a small site: from nothing, with nothing changed, with one story
// changed, and its kit. With VITRINE_BENCH_SITE it builds that site, which it leaves alone,
// from nothing: for profiles.
func BenchmarkBuild(b *testing.B) {
	floor := make([]byte, 64<<20) // the collector's pace is that which the command sets
	defer runtime.KeepAlive(floor)
	defer debug.SetGCPercent(debug.SetGCPercent(75))
	if dir := os.Getenv("VITRINE_BENCH_SITE"); dir != "" {
		cold(b, &generated{dir: dir, out: scratch(b)}, "site")
		return
	}
	const n = 200
	b.Run("cold", func(b *testing.B) { cold(b, generate(b, n), "site") })
	b.Run("kit", func(b *testing.B) { cold(b, generate(b, n/10), "kit") })
	b.Run("unchanged", func(b *testing.B) {
		s := generate(b, n)
		s.build(b, "site")
		b.ReportAllocs()
		for b.Loop() {
			s.build(b, "site")
		}
	})
	b.Run("one story", func(b *testing.B) {
		s := generate(b, n)
		s.build(b, "site")
		b.ReportAllocs()
		for b.Loop() {
			s.edit(b, 3)
			s.build(b, "site")
		}
	})
}

// cold builds into a new folder each time, on all processors.
func cold(b *testing.B, s *generated, only string) {
	s.workers = runtime.GOMAXPROCS(0)
	s.out = filepath.Join(s.out, "turn")
	b.ReportAllocs()
	for b.Loop() {
		b.StopTimer()
		if err := os.RemoveAll(s.out); err != nil {
			b.Fatal(err)
		}
		if err := os.Mkdir(s.out, 0o777); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
		s.build(b, only)
	}
}
