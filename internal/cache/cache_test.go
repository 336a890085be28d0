package cache

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
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
