package source

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

func TestWith(t *testing.T) {
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "data"), 0o755); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"data/a.toml": "old", "data/b.toml": "b"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	tree, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer tree.Close()
	over := tree.With(map[string][]byte{"data/a.toml": []byte("new"), "data/c.toml": []byte("c"), "more/d.toml": nil})
	names, err := over.Files("data")
	if err != nil || !slices.Equal(names, []string{"a.toml", "b.toml", "c.toml"}) {
		t.Error(names, err)
	}
	for name, want := range map[string]string{"data/a.toml": "new", "data/b.toml": "b", "data/c.toml": "c", "more/d.toml": ""} {
		if got, err := over.Read(name); err != nil || string(got) != want {
			t.Errorf("%s: %q, %v", name, got, err)
		}
		if !over.Exists(name) {
			t.Errorf("%s is not there", name)
		}
	}
	if names, err := over.Files("more"); err != nil || len(names) != 1 {
		t.Error(names, err)
	}
	if got, _ := tree.Read("data/a.toml"); string(got) != "old" {
		t.Error("the tree itself changed")
	}
}
