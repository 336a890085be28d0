package cache

import "path/filepath"

// Load returns what Save last kept under a name, when it is there and whole.
func (c *Cache) Load(name string) ([]byte, bool) {
	if c == nil {
		return nil, false
	}
	return checked(filepath.Join(c.dir, name), []byte(name))
}

// Save keeps something under a name of its own, in place of what was there. Failing to
// is no error.
func (c *Cache) Save(name string, data []byte) {
	if c != nil {
		store(filepath.Join(c.dir, name), []byte(name), [][]byte{data})
	}
}
