package source

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"testing/fstest"
)

func TestTreeStaysInside(t *testing.T) {
	outside := t.TempDir()
	dir := t.TempDir()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(os.WriteFile(filepath.Join(outside, "secret"), []byte("x"), 0o644))
	must(os.WriteFile(filepath.Join(dir, "own"), []byte("y"), 0o644))
	if err := os.Symlink(filepath.Join(outside, "secret"), filepath.Join(dir, "link")); err != nil {
		t.Skip(err)
	}
	must(os.Symlink(outside, filepath.Join(dir, "folder")))
	tree, err := Open(dir)
	must(err)
	for _, name := range []string{"../" + filepath.Base(outside) + "/secret", filepath.Join(outside, "secret"), "link", "folder/secret", "./own", "own/", "", "a/../own"} {
		if data, err := tree.Read(name); err == nil {
			t.Errorf("Read(%q) = %q", name, data)
		}
		if tree.Exists(name) {
			t.Errorf("Exists(%q)", name)
		}
	}
	if data, err := tree.Read("own"); err != nil || string(data) != "y" {
		t.Errorf("own: %q, %v", data, err)
	}
	names, err := tree.Walk(".")
	if err != nil || !slices.Equal(names, []string{"own"}) {
		t.Errorf("Walk: %q, %v", names, err)
	}
}

func TestTreeRemembers(t *testing.T) {
	tree := New(fstest.MapFS{"a/b": {Data: []byte("xyz")}, "a/.hidden": {}, "a/draft~": {}})
	if _, err := tree.Read("a/c"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a missing file: %v", err)
	}
	if _, err := tree.Read("a/b"); err != nil {
		t.Fatal(err)
	}
	if names, err := tree.Files("a"); err != nil || !slices.Equal(names, []string{"b"}) {
		t.Errorf("Files: %q, %v", names, err)
	}
	if names, err := tree.Files("none"); err != nil || names != nil {
		t.Errorf("a missing folder: %q, %v", names, err)
	}
	seen := tree.Seen()
	if !seen["a/c"].Missing || seen["a/b"].Size != 3 || !seen["none"].Missing {
		t.Errorf("seen %v", seen)
	}
}

func TestLayers(t *testing.T) {
	own := fstest.MapFS{"layouts/a.html": {Data: []byte("own")}}
	builtin := fstest.MapFS{"layouts/a.html": {Data: []byte("built-in")}, "layouts/b.html": {Data: []byte("b")}, "theme.toml": {}}
	tree := New(Layers("themes/x", own, builtin))
	for name, want := range map[string]string{"themes/x/layouts/a.html": "own", "themes/x/layouts/b.html": "b"} {
		if data, err := tree.Read(name); err != nil || string(data) != want {
			t.Errorf("%s: %q, %v", name, data, err)
		}
	}
	if names, err := tree.Files("themes/x/layouts"); err != nil || !slices.Equal(names, []string{"a.html", "b.html"}) {
		t.Errorf("Files: %q, %v", names, err)
	}
	for _, name := range []string{"layouts/a.html", "themes/xy/theme.toml", "themes/x/../x/theme.toml"} {
		if _, err := tree.Read(name); err == nil {
			t.Errorf("%s is found", name)
		}
	}
	if _, ok := Folder(builtin, "layouts"); !ok {
		t.Error("layouts is a folder")
	}
	for _, name := range []string{"none", "theme.toml"} {
		if _, ok := Folder(builtin, name); ok {
			t.Errorf("%s is no folder", name)
		}
	}
	if _, ok := Folder(nil, "."); ok {
		t.Error("nothing has no folder")
	}
}
