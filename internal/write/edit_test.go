package write

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestEdit(t *testing.T) {
	dir := t.TempDir()
	put := func(name, text string) {
		t.Helper()
		file := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o640); err != nil {
			t.Fatal(err)
		}
	}
	want := func(name, text string) {
		t.Helper()
		if got, err := os.ReadFile(filepath.Join(dir, name)); err != nil || string(got) != text {
			t.Errorf("%s: %q, %v; want %q", name, got, err, text)
		}
	}
	put("data/a", "old a")
	if err := Edit(dir, ".v/b/1", map[string][]byte{"data/a": []byte("new a"), "data/new/b": []byte("b")}); err != nil {
		t.Fatal(err)
	}
	want("data/a", "new a")
	want("data/new/b", "b")
	want(".v/b/1/data/a", "old a")
	if info, err := os.Stat(filepath.Join(dir, "data/a")); err != nil || info.Mode().Perm() != 0o640 {
		t.Error("the rights changed:", info.Mode(), err)
	}
	if err := Edit(dir, ".v/b/1", nil); !errors.Is(err, fs.ErrExist) {
		t.Error("a backup was written over:", err)
	}
	// A folder stands where a file is to go: all is as it was.
	put("data/z/x", "x")
	if err := Edit(dir, ".v/b/2", map[string][]byte{"data/a": []byte("newer"), "data/z": nil}); err == nil {
		t.Error("a folder was replaced")
	}
	want("data/a", "new a")
	if err := Edit(dir, ".v/b/3", map[string][]byte{"../x": nil}); err == nil {
		t.Error("a file outside was written")
	}
	left, _ := filepath.Glob(filepath.Join(dir, "data", ".new-*"))
	if len(left) > 0 {
		t.Error("left behind:", left)
	}
}

// TestRememberedLast: a program that dies between two files has not remembered what it did not write.
func TestRememberedLast(t *testing.T) {
	names := []string{"data/p/.imported", "data/p/participants.toml", "content/p/x.md", "data/p/import.toml"}
	slices.SortFunc(names, rememberedLast)
	if got := strings.Join(names, " "); got != "content/p/x.md data/p/import.toml data/p/participants.toml data/p/.imported" {
		t.Error(got)
	}
}
