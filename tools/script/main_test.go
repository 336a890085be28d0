package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

// What pages ask for is what the sources say.
func TestFresh(t *testing.T) {
	root := filepath.Join("../..", theme)
	for _, f := range files {
		want, err := bundle(root, f.from, f.name)
		if err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile(filepath.Join(root, to, f.name))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s is not made from its source: go run ./tools/script", f.name)
		}
		if len(want) > f.heaviest {
			t.Errorf("%s weighs %d bytes, more than %d", f.name, len(want), f.heaviest)
		}
	}
}
