package source

import (
	"crypto/sha256"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"sync/atomic"
	"time"
)

// Stamp is what a file or a folder looked like when it was read: enough to tell later,
// without reading it again, that it has not changed.
type Stamp struct {
	Size     int64
	Modified time.Time
	Inode    uint64 // 0 where the system has none
	Missing  bool
	// Sum is a digest of the bytes of a file too new for its time to be trusted, or of
	// the names in a folder.
	Sum    Sum
	Folder bool
}

// Sum is a digest, half a SHA-256.
type Sum [16]byte

func sumOf(data []byte) Sum {
	s := sha256.Sum256(data)
	return Sum(s[:16])
}

func stampOf(info fs.FileInfo) Stamp {
	return Stamp{Size: info.Size(), Modified: info.ModTime().UTC(), Inode: inode(info)}
}

// listing is the stamp of a folder: the names in it.
func listing(files, dirs []string) Stamp {
	h := sha256.New()
	for i, names := range [][]string{files, dirs} {
		h.Write([]byte{byte(i)})
		for _, n := range names {
			h.Write([]byte(n))
			h.Write([]byte{0})
		}
	}
	return Stamp{Folder: true, Sum: Sum(h.Sum(nil)[:16])}
}

// Seen lists what was asked so far, by name.
func (t *Tree) Seen() map[string]Stamp {
	t.mu.Lock()
	defer t.mu.Unlock()
	out := make(map[string]Stamp, len(t.seen))
	maps.Copy(out, t.seen)
	return out
}

// remember keeps the stamp of what was read; what was only looked at does not take the
// place of what was read.
func (t *Tree) remember(name string, s Stamp) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if old, ok := t.seen[name]; ok && !old.Folder && !s.Folder {
		switch {
		case old.Missing != s.Missing || old.Size != s.Size || !old.Modified.Equal(s.Modified) || old.Inode != s.Inode,
			old.Sum != Sum{} && s.Sum != Sum{} && old.Sum != s.Sum:
			s = Stamp{Size: -1} // it changed meanwhile: it is like nothing that can be seen later
		case s.Sum == Sum{}:
			s.Sum = old.Sum
		}
	}
	t.seen[name] = s
}

// stamp is what was remembered of a file.
func (t *Tree) stamp(name string) Stamp {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.seen[name]
}

// Mark is a short text that a file has for as long as it is not changed, found without
// reading it. It is empty where that cannot be told: no such file, or one that is too new
// for its time to be trusted.
func (t *Tree) Mark(name string) string {
	s, ok := t.glance(name)
	if !ok || s.Modified.After(t.settled) {
		return ""
	}
	t.remember(name, s)
	return strconv.FormatInt(s.Size, 36) + "-" + strconv.FormatInt(s.Modified.UnixNano(), 36) + "-" + strconv.FormatUint(s.Inode, 36)
}

// Same reports whether all that another run saw still looks as it did then. Only what is
// too new for its time to be trusted is read.
func (t *Tree) Same(seen map[string]Stamp, workers int) bool {
	type item struct {
		name  string
		stamp Stamp
	}
	items := make([]item, 0, len(seen))
	for name, s := range seen {
		items = append(items, item{name, s})
	}
	var changed atomic.Bool
	var next atomic.Int64
	var wg sync.WaitGroup
	const batch = 128
	for range max(1, workers) {
		wg.Go(func() {
			for !changed.Load() {
				from := int(next.Add(batch)) - batch
				if from >= len(items) {
					return
				}
				for _, it := range items[from:min(from+batch, len(items))] {
					if !t.same(it.name, it.stamp) {
						changed.Store(true)
						return
					}
				}
			}
		})
	}
	wg.Wait()
	return !changed.Load()
}

func (t *Tree) same(name string, old Stamp) bool {
	if old.Folder {
		files, dirs, err := t.names(name)
		if old.Missing {
			return errors.Is(err, fs.ErrNotExist)
		}
		return err == nil && listing(files, dirs) == old
	}
	s, ok := t.glance(name)
	switch {
	case old.Missing || !ok:
		return old.Missing && !ok
	case s.Size != old.Size || !s.Modified.Equal(old.Modified) || s.Inode != old.Inode:
		return false
	case old.Sum == Sum{}:
		return true
	}
	data, _, err := t.read(name)
	return err == nil && sumOf(data) == old.Sum
}

// glance is look without opening folders one by one: it asks the system for the whole
// name, and trusts the answer for plain files only.
func (t *Tree) glance(name string) (Stamp, bool) {
	if t.dir == "" || !fs.ValidPath(name) {
		return t.look(name)
	}
	info, err := os.Lstat(filepath.Join(t.dir, filepath.FromSlash(name)))
	if err != nil {
		return Stamp{}, false
	}
	if !info.Mode().IsRegular() {
		return t.look(name)
	}
	return stampOf(info), true
}
