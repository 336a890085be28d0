// Package source is the only reader of a site's files.
//
// A Tree reads one folder (a site, or a theme inside the program) and remembers
// what it was asked, so that a later run can tell whether anything it depended on
// has changed, without reading it again. Names are slash-separated and relative to
// the folder; a name that would leave the folder, even through a symbolic link, is
// not found.
package source

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"
)

// Tree is a folder that remembers what was read from it. It is safe for use by
// several goroutines.
type Tree struct {
	fsys    fs.FS
	dir     string    // on the machine, for files that are looked at and not read; empty inside the program
	settled time.Time // files changed after this may change again unnoticed
	memory  *Memory   // of earlier runs; nil: nothing is known

	mu    sync.Mutex
	seen  map[string]Stamp
	roots map[string]*os.Root // folders of many files, kept open
	root  *os.Root
}

// Open reads the site in a folder of the machine.
func Open(dir string) (*Tree, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	t := New(root.FS())
	t.dir, t.root, t.roots = dir, root, map[string]*os.Root{}
	return t, nil
}

// Trust says when reading starts. The time of a file that changed well before tells it
// from any later version; a file that changed just before, or all of them where Trust is
// not called, is remembered by its bytes, because a clock's tick may be too coarse to
// tell two changes apart.
func (t *Tree) Trust(start time.Time) { t.settled = start.Add(-tick) }

// Recall has what earlier runs worked out from files that did not change since.
func (t *Tree) Recall(m *Memory) { t.memory = m }

// tick is the coarsest clock of the file systems in use: FAT counts two seconds.
const tick = 2 * time.Second

// New reads any file system: a theme inside the program, or a test's.
func New(fsys fs.FS) *Tree {
	return &Tree{fsys: fsys, seen: map[string]Stamp{}}
}

// Close lets go of the folders.
func (t *Tree) Close() {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, r := range t.roots {
		r.Close()
	}
	clear(t.roots)
}

// Read returns the bytes of a file. The error is fs.ErrNotExist when there is none.
func (t *Tree) Read(name string) ([]byte, error) {
	switch path.Ext(name) {
	case ".md", ".toml", ".csv":
		if t.memory != nil {
			return t.Derive(name, "text", func(data []byte) ([]byte, error) { return data, nil })
		}
	}
	return t.readThrough(name)
}

// Derive returns what make works out from a file's bytes, or worked out in an earlier run
// when the file looked as it does now; kind says what that is. The file is read only where
// that is not known.
func (t *Tree) Derive(name, kind string, make func(data []byte) ([]byte, error)) ([]byte, error) {
	key := kind + " " + name
	if t.memory != nil && t.memory.knows(key) {
		if s, ok := t.glance(name); ok && !s.Modified.After(t.settled) {
			if known, ok := t.memory.recall(key, s); ok {
				t.remember(name, s)
				return known, nil
			}
		}
	}
	data, err := t.readThrough(name)
	if err != nil {
		return nil, err
	}
	made, err := make(data)
	if err == nil && t.memory != nil && len(made) <= largest {
		if s := t.stamp(name); s.Sum == (Sum{}) && !s.Missing {
			t.memory.keep(key, s, made)
		}
	}
	return made, err
}

// largest is how long a text may be to be remembered, in bytes.
const largest = 256 << 10

func (t *Tree) readThrough(name string) ([]byte, error) {
	data, info, err := t.read(name)
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			t.remember(name, Stamp{Missing: true})
		}
		return nil, err
	}
	s := stampOf(info)
	s.Size = int64(len(data))
	if s.Modified.After(t.settled) {
		s.Sum = sumOf(data)
	}
	t.remember(name, s)
	return data, nil
}

// Text is Read for messages: the bytes of a file if it can be read.
func (t *Tree) Text(name string) ([]byte, bool) {
	data, _, err := t.read(name)
	return data, err == nil
}

func (t *Tree) read(name string) ([]byte, fs.FileInfo, error) {
	f, err := t.open(name)
	if err != nil {
		return nil, nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, nil, err
	}
	// One byte more than the file has, so that its end is seen with the first read.
	data := make([]byte, 0, max(info.Size(), 0)+1)
	for {
		asked := cap(data) - len(data)
		n, err := f.Read(data[len(data):cap(data)])
		data = data[:len(data)+n]
		if err == nil && info.Mode().IsRegular() && int64(len(data)) == info.Size() && n < asked {
			return data, info, nil
		}
		if err != nil {
			if errors.Is(err, io.EOF) {
				err = nil
			}
			return data, info, err
		}
		if len(data) == cap(data) {
			data = append(data, 0)[:len(data)]
		}
	}
}

// open opens a file, through the folder that holds it where that is kept open.
func (t *Tree) open(name string) (fs.File, error) {
	if t.root != nil && fs.ValidPath(name) {
		dir, base := path.Split(name)
		t.mu.Lock()
		r := t.roots[strings.TrimSuffix(dir, "/")]
		t.mu.Unlock()
		if r != nil {
			return r.Open(base)
		}
	}
	return t.fsys.Open(name)
}

// many is how many files a folder has before it is worth keeping open.
const many = 32

// keep keeps a folder open: its files are then opened by one call of the system each,
// and not by one for each part of their names.
func (t *Tree) keep(dir string) {
	if t.root == nil || dir == "." {
		return
	}
	r, err := t.root.OpenRoot(filepath.FromSlash(dir))
	if err != nil {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if old := t.roots[dir]; old != nil {
		old.Close()
	}
	t.roots[dir] = r
}

// Exists reports whether a regular file is there.
func (t *Tree) Exists(name string) bool {
	s, ok := t.look(name)
	if !ok {
		s = Stamp{Missing: true}
	}
	t.remember(name, s)
	return ok
}

// look is the stamp of a regular file, without reading it.
func (t *Tree) look(name string) (Stamp, bool) {
	if !fs.ValidPath(name) {
		return Stamp{}, false
	}
	info, err := fs.Stat(t.fsys, name)
	if err != nil || !info.Mode().IsRegular() {
		return Stamp{}, false
	}
	return stampOf(info), true
}

// Files lists the regular files directly in a folder, sorted. A folder that is
// not there is empty. Names that start with a dot or end with a tilde are left out:
// they belong to editors and systems.
func (t *Tree) Files(dir string) ([]string, error) {
	files, _, err := t.list(dir)
	if len(files) > many {
		t.keep(dir)
	}
	return files, err
}

// Dirs lists the folders directly in a folder, sorted.
func (t *Tree) Dirs(dir string) ([]string, error) {
	_, dirs, err := t.list(dir)
	return dirs, err
}

func (t *Tree) list(dir string) (files, dirs []string, err error) {
	files, dirs, err = t.names(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		t.remember(dir, Stamp{Missing: true, Folder: true})
		return nil, nil, nil
	case err == nil:
		t.remember(dir, listing(files, dirs))
	}
	return files, dirs, err
}

func (t *Tree) names(dir string) (files, dirs []string, err error) {
	entries, err := fs.ReadDir(t.fsys, dir)
	if err != nil {
		return nil, nil, err
	}
	for _, e := range entries {
		switch {
		case hidden(e.Name()):
		case e.IsDir():
			dirs = append(dirs, e.Name())
		case e.Type().IsRegular():
			files = append(files, e.Name())
		}
	}
	return files, dirs, nil
}

// Walk lists every regular file below a folder, sorted, as names from the tree's root.
func (t *Tree) Walk(dir string) ([]string, error) {
	files, dirs, err := t.list(dir)
	if err != nil {
		return nil, err
	}
	var all []string
	for _, f := range files {
		all = append(all, path.Join(dir, f))
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

func hidden(name string) bool {
	return strings.HasPrefix(name, ".") || strings.HasSuffix(name, "~")
}
