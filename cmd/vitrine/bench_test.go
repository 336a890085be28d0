package main

import (
	"os"
	"path/filepath"
	"testing"
)

// BenchmarkOwnSite builds the repository's own site, without its kit: from nothing, then
// with nothing changed.
func BenchmarkOwnSite(b *testing.B) {
	dir := ownSite(b)
	b.Run("cold", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			b.StopTimer()
			for _, part := range []string{"public", ".vitrine"} {
				if err := os.RemoveAll(filepath.Join(dir, part)); err != nil {
					b.Fatal(err)
				}
			}
			b.StartTimer()
			buildSite(b, dir, "--only", "site")
		}
	})
	b.Run("unchanged", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			buildSite(b, dir, "--only", "site")
		}
	})
}

// BenchmarkOwnKit lays out every piece of the repository's own site.
func BenchmarkOwnKit(b *testing.B) {
	dir := ownSite(b)
	b.ReportAllocs()
	for b.Loop() {
		buildSite(b, dir, "--only", "kit")
	}
}
