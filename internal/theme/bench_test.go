package theme

import (
	"testing"
	"testing/fstest"

	"vitrine/internal/source"
)

// BenchmarkOpen reads the built-in theme, as every build does first.
func BenchmarkOpen(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, list := Open(source.New(fstest.MapFS{}), nil, builtin, "default", "fr"); len(list) > 0 {
			b.Fatal(list)
		}
	}
}
