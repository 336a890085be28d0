package cache

import (
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
)

// Part is a part of the cache that is swept by itself. A name that is no plain word would
// leave the folder.
func (c *Cache) Part(name string) *Cache {
	if c == nil {
		return nil
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.parts[name] == nil {
		if c.parts == nil {
			c.parts = map[string]*Cache{}
		}
		c.parts[name] = Open(filepath.Join(c.dir, name))
	}
	return c.parts[name]
}

// Use says that a result is still wanted, though it was not asked for. Get and Put say
// so too.
func (c *Cache) Use(k Key) {
	if c == nil {
		return
	}
	c.mu.Lock()
	if c.used == nil {
		c.used = map[Key]bool{}
	}
	c.used[k] = true
	c.mu.Unlock()
}

// Sweep removes the results that were not used since the cache was opened, and what a
// killed run left half written. Other parts and slots stay. What cannot be removed stays
// too: that is no error.
func (c *Cache) Sweep() {
	if c == nil {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	dirs, _ := os.ReadDir(c.dir)
	for _, d := range dirs {
		if _, err := hex.DecodeString(d.Name()); err != nil || len(d.Name()) != 2 || !d.IsDir() {
			continue
		}
		dir := filepath.Join(c.dir, d.Name())
		files, _ := os.ReadDir(dir)
		for _, f := range files {
			k, ok := keyNamed(d.Name() + f.Name())
			if ok && !c.used[k] || strings.HasPrefix(f.Name(), unfinished) {
				os.Remove(filepath.Join(dir, f.Name()))
			}
		}
	}
}

func keyNamed(name string) (k Key, ok bool) {
	if len(name) != hex.EncodedLen(len(k)) {
		return k, false
	}
	_, err := hex.Decode(k[:], []byte(name))
	return k, err == nil
}
