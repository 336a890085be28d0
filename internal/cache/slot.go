package cache

import (
	"bytes"
	"crypto/sha256"
	"os"
	"path/filepath"
)

// Load returns what Save last kept under a name, when it is there and whole.
func (c *Cache) Load(name string) ([]byte, bool) {
	if c == nil {
		return nil, false
	}
	data, err := os.ReadFile(filepath.Join(c.dir, name))
	if err != nil || len(data) < sha256.Size {
		return nil, false
	}
	sum := sha256.Sum256(data[sha256.Size:])
	return data[sha256.Size:], bytes.Equal(sum[:], data[:sha256.Size])
}

// Save keeps something under a name of its own, in place of what was there. Failing to
// is no error.
func (c *Cache) Save(name string, data []byte) {
	if c == nil || os.MkdirAll(c.dir, 0o755) != nil {
		return
	}
	sum := sha256.Sum256(data)
	tmp, err := os.CreateTemp(c.dir, ".new-*")
	if err != nil {
		return
	}
	_, err = tmp.Write(append(sum[:], data...))
	if cerr := tmp.Close(); err != nil || cerr != nil || os.Rename(tmp.Name(), filepath.Join(c.dir, name)) != nil {
		os.Remove(tmp.Name())
	}
}
