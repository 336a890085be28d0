// Package source is the only reader of a site's files.
//
// A Tree reads one folder (a site, or a theme inside the program) and remembers
// what it was asked, so that a later run can tell whether anything it depended on
// has changed. Names are slash-separated and relative to the folder; a name that
// would leave the folder, even through a symbolic link, is not found.
package source

import (
	"errors"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
	"strings"
	"sync"
	"time"
)

// Tree is a folder that remembers what was read from it. It is safe for use by
// several goroutines.
type Tree struct {
	fsys fs.FS

	mu   sync.Mutex
	seen map[string]Stamp
}

// Stamp is what a file looked like when it was read: enough to tell later,
// without reading it again, that it has not changed.
type Stamp struct {
	Size     int64
	Modified time.Time
	Missing  bool // it was asked for and was not there
}

// Open reads the site in a folder of the machine.
func Open(dir string) (*Tree, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	return New(root.FS()), nil
}

// New reads any file system: a theme inside the program, or a test's.
func New(fsys fs.FS) *Tree {
	return &Tree{fsys: fsys, seen: map[string]Stamp{}}
}

// Read returns the bytes of a file. The error is fs.ErrNotExist when there is none.
func (t *Tree) Read(name string) ([]byte, error) {
	data, err := fs.ReadFile(t.fsys, name)
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			t.remember(name, Stamp{Missing: true})
		}
		return nil, err
	}
	t.remember(name, Stamp{Size: int64(len(data))})
	return data, nil
}

// Text is Read for messages: the bytes of a file if it can be read.
func (t *Tree) Text(name string) ([]byte, bool) {
	data, err := fs.ReadFile(t.fsys, name)
	return data, err == nil
}

// Exists reports whether a regular file is there.
func (t *Tree) Exists(name string) bool {
	_, ok := t.Stat(name)
	return ok
}

// Stat returns the size and time of a regular file.
func (t *Tree) Stat(name string) (Stamp, bool) {
	if !fs.ValidPath(name) {
		return Stamp{Missing: true}, false
	}
	info, err := fs.Stat(t.fsys, name)
	if err != nil || !info.Mode().IsRegular() {
		t.remember(name, Stamp{Missing: true})
		return Stamp{Missing: true}, false
	}
	s := Stamp{Size: info.Size(), Modified: info.ModTime()}
	t.remember(name, s)
	return s, true
}

// Files lists the regular files directly in a folder, sorted. A folder that is
// not there is empty. Names that start with a dot or end with a tilde are left out:
// they belong to editors and systems.
func (t *Tree) Files(dir string) ([]string, error) {
	entries, err := fs.ReadDir(t.fsys, dir)
	if errors.Is(err, fs.ErrNotExist) {
		t.remember(dir, Stamp{Missing: true})
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var names []string
	for _, e := range entries {
		if e.Type().IsRegular() && !hidden(e.Name()) {
			names = append(names, e.Name())
		}
	}
	return names, nil
}

// Dirs lists the folders directly in a folder, sorted.
func (t *Tree) Dirs(dir string) ([]string, error) {
	entries, err := fs.ReadDir(t.fsys, dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var names []string
	for _, e := range entries {
		if e.IsDir() && !hidden(e.Name()) {
			names = append(names, e.Name())
		}
	}
	return names, nil
}

// Walk lists every regular file below a folder, sorted, as names from the tree's root.
func (t *Tree) Walk(dir string) ([]string, error) {
	files, err := t.Files(dir)
	if err != nil {
		return nil, err
	}
	var all []string
	for _, f := range files {
		all = append(all, path.Join(dir, f))
	}
	dirs, err := t.Dirs(dir)
	if err != nil {
		return nil, err
	}
	for _, d := range dirs {
		below, err := t.Walk(path.Join(dir, d))
		if err != nil {
			return nil, err
		}
		all = append(all, below...)
	}
	slices.Sort(all)
	return all, nil
}

// Seen lists what was asked so far, by name.
func (t *Tree) Seen() map[string]Stamp {
	t.mu.Lock()
	defer t.mu.Unlock()
	out := make(map[string]Stamp, len(t.seen))
	maps.Copy(out, t.seen)
	return out
}

func (t *Tree) remember(name string, s Stamp) {
	t.mu.Lock()
	t.seen[name] = s
	t.mu.Unlock()
}

func hidden(name string) bool {
	return strings.HasPrefix(name, ".") || strings.HasSuffix(name, "~")
}
