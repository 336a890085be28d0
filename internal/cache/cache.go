// Package cache remembers what was costly to make, by the content that it was made
// from. Its folder may be deleted, copied or corrupted at any time: what it gives back
// is checked, and what it cannot give back is made again.
//
// It does not grow without end: a build sweeps those parts of it in which it looked up
// all that is still wanted.
package cache

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"sync"
)

// Cache is a folder of remembered results. A nil Cache remembers nothing. It may be used
// by several goroutines at once.
type Cache struct {
	dir string

	mu    sync.Mutex
	used  map[Key]bool // in this run
	parts map[string]*Cache
}

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
	data, ok := checked(c.file(k), k[:])
	if ok {
		c.Use(k)
	}
	return data, ok
}

// Put remembers a result, which may be given in parts. Failing to is no error: it is made
// again next time.
func (c *Cache) Put(k Key, parts ...[]byte) {
	if c == nil {
		return
	}
	store(c.file(k), k[:], parts)
	c.Use(k)
}

// checked reads a file that store wrote under the same name, when it is there and whole.
func checked(file string, name []byte) ([]byte, bool) {
	data, err := os.ReadFile(file)
	if err != nil || len(data) < sha256.Size {
		return nil, false
	}
	sum, data := data[:sha256.Size], data[sha256.Size:]
	return data, bytes.Equal(sum, seal(name, data))
}

// seal is a digest of a result and its name, so that a file that was copied over another
// is found out.
func seal(name []byte, parts ...[]byte) []byte {
	h := sha256.New()
	h.Write([]byte{byte(len(name))})
	h.Write(name)
	for _, p := range parts {
		h.Write(p)
	}
	return h.Sum(nil)
}

// unfinished begins the names of files that are being written.
const unfinished = ".new-"

// store writes a file, its seal first. It is all there or not at all.
func store(file string, name []byte, parts [][]byte) {
	dir := filepath.Dir(file)
	if os.MkdirAll(dir, 0o755) != nil {
		return
	}
	tmp, err := os.CreateTemp(dir, unfinished+"*")
	if err != nil {
		return
	}
	_, err = tmp.Write(seal(name, parts...))
	for _, p := range parts {
		if err == nil {
			_, err = tmp.Write(p)
		}
	}
	if cerr := tmp.Close(); err != nil || cerr != nil || os.Rename(tmp.Name(), file) != nil {
		os.Remove(tmp.Name())
	}
}
