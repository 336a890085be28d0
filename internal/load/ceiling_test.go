package load

import (
	"runtime"
	"runtime/debug"
	"testing"
	"testing/fstest"

	"vitrine/internal/source"
)

// TestCeilingRead counts what reading the file of a business allocates. The ceilings are
// what was measured and some 15 % more: they hang on the code, not on the machine.
func TestCeilingRead(t *testing.T) {
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			if s.Key == "-race" && s.Value == "true" {
				t.Skip("the race detector allocates too")
			}
		}
	}
	const (
		allocations = 21
		bytes       = 6_000
		runs        = 200
	)
	tree := source.New(fstest.MapFS{"x.md": {Data: []byte(participant)}})
	read := func() {
		md, list := Read(tree, "x.md")
		if list != nil {
			t.Fatal(list)
		}
		visit(md.Head)
	}
	read() // what all files share
	defer debug.SetGCPercent(debug.SetGCPercent(-1))
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	runtime.GC()
	runtime.GC() // a first collection only sets pools aside
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for range runs {
		read()
	}
	runtime.ReadMemStats(&after)
	n, size := float64(after.Mallocs-before.Mallocs)/runs, float64(after.TotalAlloc-before.TotalAlloc)/runs
	t.Logf("| one business read | %.1f of %d allocations | %.0f of %d bytes |", n, allocations, size, bytes)
	if n > allocations || size > bytes {
		t.Errorf("%.1f allocations and %.0f bytes, more than %d and %d", n, size, allocations, bytes)
	}
	if n == 0 {
		t.Error("the test counts nothing")
	}
}
