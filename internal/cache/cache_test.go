package cache

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"testing"
)

func TestCache(t *testing.T) {
	dir := t.TempDir()
	c := Open(filepath.Join(dir, "cache"))
	k := KeyOf([]byte("a"), []byte("b"))
	if _, ok := c.Get(k); ok {
		t.Error("an empty cache has something")
	}
	for _, data := range [][]byte{[]byte("once"), []byte("again"), {}} {
		c.Put(k, data)
		if got, ok := c.Get(k); !ok || !bytes.Equal(got, data) {
			t.Errorf("put %q, got %q, %v", data, got, ok)
		}
	}
	var none *Cache
	none.Put(k, []byte("x"))
	if _, ok := none.Get(k); ok {
		t.Error("no cache remembers nothing")
	}
}

func TestKeysTellPartsApart(t *testing.T) {
	seen := map[Key]string{}
	for _, parts := range [][]string{{"ab", "c"}, {"a", "bc"}, {"abc"}, {"abc", ""}, {"", "abc"}, {}, {""}, {"", ""}} {
		var b [][]byte
		for _, p := range parts {
			b = append(b, []byte(p))
		}
		k := KeyOf(b...)
		if other, ok := seen[k]; ok {
			t.Errorf("%q and %s have one key", parts, other)
		}
		seen[k] = filepath.Join(parts...)
	}
}

// TestCorruption: what was cut, changed or swapped is not given back.
func TestCorruption(t *testing.T) {
	dir := t.TempDir()
	c := Open(dir)
	k := KeyOf([]byte("a"))
	for name, spoil := range map[string]func([]byte) []byte{
		"cut":     func(b []byte) []byte { return b[:len(b)-1] },
		"longer":  func(b []byte) []byte { return append(b, 0) },
		"changed": func(b []byte) []byte { b[len(b)-1] ^= 1; return b },
		"head":    func(b []byte) []byte { b[0] ^= 1; return b },
		"empty":   func([]byte) []byte { return nil },
		"short":   func(b []byte) []byte { return b[:8] },
	} {
		t.Run(name, func(t *testing.T) {
			c.Put(k, []byte("what was costly to make"))
			spoiled := 0
			err := filepath.WalkDir(dir, func(file string, d fs.DirEntry, err error) error {
				if err != nil || d.IsDir() {
					return err
				}
				data, err := os.ReadFile(file)
				if err != nil {
					return err
				}
				spoiled++
				return os.WriteFile(file, spoil(data), 0o644)
			})
			if err != nil || spoiled != 1 {
				t.Fatalf("%d files, %v", spoiled, err)
			}
			if data, ok := c.Get(k); ok {
				t.Errorf("gave back %q", data)
			}
		})
	}
}

// TestSwapped: a result that lies where another one should is not given back.
func TestSwapped(t *testing.T) {
	dir := t.TempDir()
	c := Open(dir)
	a, b := KeyOf([]byte("a")), KeyOf([]byte("b"))
	c.Put(a, []byte("of a"))
	c.Put(b, []byte("of b"))
	c.Save("one", []byte("of one"))
	c.Save("two", []byte("of two"))
	for _, pair := range [][2]string{{c.file(a), c.file(b)}, {filepath.Join(dir, "one"), filepath.Join(dir, "two")}} {
		if err := os.Rename(pair[0], pair[1]); err != nil {
			t.Fatal(err)
		}
	}
	if data, ok := c.Get(b); ok {
		t.Errorf("gave back %q", data)
	}
	if data, ok := c.Load("two"); ok {
		t.Errorf("gave back %q", data)
	}
}

// TestPutWhereItCannot: failing to remember is no error.
func TestPutWhereItCannot(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	c := Open(file)
	c.Put(KeyOf(), []byte("x"))
	if _, ok := c.Get(KeyOf()); ok {
		t.Error("a file is no folder")
	}
}

// files lists what lies in a cache's folder.
func files(t *testing.T, dir string) []string {
	t.Helper()
	var out []string
	err := filepath.WalkDir(dir, func(file string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			rel, _ := filepath.Rel(dir, file)
			out = append(out, filepath.ToSlash(rel))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestSweep: what the last run used stays, in all parts; of the rest only that of the
// part that is swept goes.
func TestSweep(t *testing.T) {
	dir := t.TempDir()
	key := func(s string) Key { return KeyOf([]byte(s)) }
	c := Open(dir)
	c.Save("slot", []byte("s"))
	for _, part := range []*Cache{c, c.Part("a"), c.Part("b")} {
		for _, s := range []string{"got", "used", "old"} {
			part.Put(key(s), []byte(s), []byte("!"))
		}
	}
	name := key("got").String()
	if err := os.WriteFile(filepath.Join(dir, "a", name[:2], unfinished+"1"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	for _, stray := range []string{"a/note.txt", "a/" + name[:2] + "/note.txt", "a/" + name[:2] + "/" + name[2:] + "00"} {
		if err := os.WriteFile(filepath.Join(dir, stray), nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	before := len(files(t, dir))

	c = Open(dir)
	a := c.Part("a")
	if a != c.Part("a") {
		t.Error("a part is one")
	}
	if data, ok := a.Get(key("got")); !ok || string(data) != "got!" {
		t.Errorf("%q", data)
	}
	a.Use(key("used"))
	a.Use(key("never was"))
	a.Put(key("new"), []byte("new"))
	a.Sweep()
	if n := len(files(t, dir)); n != before+1-2 {
		t.Errorf("%d files were there, %d are: %v", before, n, files(t, dir))
	}
	for _, part := range []*Cache{c, c.Part("b")} {
		if _, ok := part.Get(key("old")); !ok {
			t.Error("another part was swept")
		}
	}
	if _, ok := a.Get(key("old")); ok {
		t.Error("what was not used is there")
	}
	for _, s := range []string{"got", "used", "new"} {
		if _, ok := a.Get(key(s)); !ok {
			t.Errorf("%s is gone", s)
		}
	}
	if _, ok := c.Load("slot"); !ok {
		t.Error("a slot is gone")
	}
	var none *Cache
	none.Part("x").Sweep()
	Open(filepath.Join(dir, "nowhere")).Sweep()
}

func TestConcurrentUse(t *testing.T) {
	c := Open(t.TempDir())
	var wg sync.WaitGroup
	for i := range 4 {
		wg.Go(func() {
			for j := range 20 {
				k := KeyOf([]byte{byte(j)})
				c.Part("p").Put(k, []byte{byte(j)})
				if data, ok := c.Part("p").Get(k); !ok || data[0] != byte(j) {
					t.Errorf("worker %d: %v %v", i, data, ok)
				}
			}
		})
	}
	wg.Wait()
}
