package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

// heaviest is what the script may weigh before compression, in bytes.
const heaviest = 20_000

// What pages ask for is what the sources say.
func TestFresh(t *testing.T) {
	root := filepath.Join("../..", theme)
	want, err := bundle(root)
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(filepath.Join(root, to))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s is not made from %s: go run ./tools/script", to, from)
	}
	if len(want) > heaviest {
		t.Errorf("the script weighs %d bytes, more than %d", len(want), heaviest)
	}
}
