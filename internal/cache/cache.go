// Package cache remembers what was costly to make, by the content that it was made
// from. Its folder may be deleted, copied or corrupted at any time: what it gives back
// is checked, and what it cannot give back is made again.
package cache

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
)

// Cache is a folder of remembered results. A nil Cache remembers nothing.
type Cache struct{ dir string }

// Open uses a folder; it is made when something is first remembered.
func Open(dir string) *Cache { return &Cache{dir: dir} }

// Key is the name of a result: a digest of all that it depends on.
type Key [sha256.Size]byte

// KeyOf digests the parts that a result depends on. Parts are set apart by their
// lengths, so that no two lists of parts have the same key.
func KeyOf(parts ...[]byte) Key {
	h := sha256.New()
	for _, p := range parts {
		n := len(p)
		h.Write([]byte{byte(n), byte(n >> 8), byte(n >> 16), byte(n >> 24), byte(n >> 32)})
		h.Write(p)
	}
	return Key(h.Sum(nil))
}

// String is the key in hexadecimal.
func (k Key) String() string { return hex.EncodeToString(k[:]) }

func (c *Cache) file(k Key) string {
	name := hex.EncodeToString(k[:])
	return filepath.Join(c.dir, name[:2], name[2:])
}

// Get returns what is remembered under a key, when it is there and whole.
func (c *Cache) Get(k Key) ([]byte, bool) {
	if c == nil {
		return nil, false
	}
	data, err := os.ReadFile(c.file(k))
	if err != nil || len(data) < sha256.Size {
		return nil, false
	}
	sum := sha256.Sum256(data[sha256.Size:])
	return data[sha256.Size:], bytes.Equal(sum[:], data[:sha256.Size])
}

// Put remembers a result. Failing to is no error: it is made again next time.
func (c *Cache) Put(k Key, data []byte) {
	if c == nil {
		return
	}
	file := c.file(k)
	if os.MkdirAll(filepath.Dir(file), 0o755) != nil {
		return
	}
	tmp, err := os.CreateTemp(filepath.Dir(file), ".new-*")
	if err != nil {
		return
	}
	sum := sha256.Sum256(data)
	_, err = tmp.Write(append(sum[:], data...))
	if cerr := tmp.Close(); err != nil || cerr != nil || os.Rename(tmp.Name(), file) != nil {
		os.Remove(tmp.Name())
	}
}
