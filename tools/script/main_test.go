package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

// heaviest is what each script may weigh before compression, in bytes.
var heaviest = map[string]int{"find.js": 20_000, "hours.js": 2_500}

// What pages ask for is what the sources say.
func TestFresh(t *testing.T) {
	root := filepath.Join("../..", theme)
	for _, name := range scripts {
		want, err := bundle(root, name)
		if err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile(filepath.Join(root, to, name))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s is not made from its source: go run ./tools/script", name)
		}
		if len(want) > heaviest[name] {
			t.Errorf("%s weighs %d bytes, more than %d", name, len(want), heaviest[name])
		}
	}
}
