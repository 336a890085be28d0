package write

import (
	"encoding/binary"
	"errors"
	"os"
	"slices"
	"strings"
	"syscall"
	"unsafe"

	"golang.org/x/sys/unix"
)

// exchange swaps two folders in one step.
func exchange(a, b string) error {
	err := unix.Renameat2(unix.AT_FDCWD, a, unix.AT_FDCWD, b, unix.RENAME_EXCHANGE)
	if err != nil {
		return &os.LinkError{Op: "exchange", Old: a, New: b, Err: err}
	}
	return nil
}

// canExchange tells whether the spare tree of an output folder can live in the
// state folder. The published folder itself is only looked at: that it is a mount
// point of the same file system shows when the exchange is refused.
func (s *Session) canExchange(dir string) bool {
	return sameDevice(s.state, dir) && s.tryExchange()
}

// tryExchange makes sure that this file system has hard links, counts them, and
// exchanges folders. It asks once a session.
func (s *Session) tryExchange() bool {
	probe := s.inState("probe")
	defer os.RemoveAll(probe)
	if os.RemoveAll(probe) != nil || os.Mkdir(probe, 0o777) != nil {
		return false
	}
	a, b := probe+"/a", probe+"/b"
	if os.Mkdir(a, 0o777) != nil || os.Mkdir(b, 0o777) != nil ||
		os.WriteFile(a+"/f", nil, 0o666) != nil || os.Link(a+"/f", b+"/g") != nil {
		return false
	}
	info, err := os.Lstat(b + "/g")
	return err == nil && !unshared(info) && exchange(a, b) == nil && exists(a+"/g")
}

func inode(path string) uint64 {
	var st unix.Stat_t
	if unix.Lstat(path, &st) != nil {
		return 0
	}
	return st.Ino
}

// An entry is a name in a folder.
type entry struct {
	name string
	ino  uint64
	kind uint8 // DT_…
}

func (e *entry) isDir() bool  { return e != nil && e.kind == unix.DT_DIR }
func (e *entry) isFile() bool { return e != nil && e.kind == unix.DT_REG }

// list reads a folder, never through a link, with the inode numbers that
// os.ReadDir would need a stat each for. A folder that is not there is empty.
func list(dir string, buf []byte) ([]entry, error) {
	fd, err := unix.Open(dir, unix.O_RDONLY|unix.O_DIRECTORY|unix.O_NOFOLLOW|unix.O_CLOEXEC, 0)
	if err != nil {
		if err == unix.ENOENT {
			return nil, nil
		}
		return nil, &os.PathError{Op: "open", Path: dir, Err: err}
	}
	defer unix.Close(fd)
	const head = int(unsafe.Offsetof(unix.Dirent{}.Name))
	var entries []entry
	for {
		n, err := unix.ReadDirent(fd, buf)
		if err == unix.EINTR {
			continue
		}
		if err != nil {
			return nil, &os.PathError{Op: "read", Path: dir, Err: err}
		}
		if n <= 0 {
			break
		}
		for b := buf[:n]; len(b) > head; {
			length := int(binary.NativeEndian.Uint16(b[unsafe.Offsetof(unix.Dirent{}.Reclen):]))
			name, _, _ := strings.Cut(string(b[head:length]), "\x00")
			e := entry{name: name, ino: binary.NativeEndian.Uint64(b), kind: b[unsafe.Offsetof(unix.Dirent{}.Type)]}
			b = b[length:]
			if name == "." || name == ".." {
				continue
			}
			if e.kind == unix.DT_UNKNOWN {
				var st unix.Stat_t
				if err := unix.Lstat(dir+"/"+name, &st); err != nil {
					return nil, &os.PathError{Op: "lstat", Path: dir + "/" + name, Err: err}
				}
				e.kind = uint8(st.Mode & unix.S_IFMT >> 12)
			}
			entries = append(entries, e)
		}
	}
	slices.SortFunc(entries, func(a, b entry) int { return strings.Compare(a.name, b.name) })
	return entries, nil
}

var errTooForeign = errors.New("more foreign files than are mirrored")

// mirror brings the spare tree up to date, so that it is the new tree: what was
// staged is there; what did not change, and what is not ours, becomes a hard link
// of the published file; the rest goes. What is there already is recognised by
// its inode, so nothing has to be remembered between runs.
func (o *output) mirror() error {
	m := mirror{o: o, buf: make([]byte, 64<<10)}
	if err := m.folder("", exists(o.dir)); err != nil {
		return err
	}
	want := 0
	for _, r := range o.files {
		if r.state == same {
			want++
		}
	}
	if m.linked != want {
		return errChanged
	}
	// The folder keeps the mode that someone gave it.
	if info, err := os.Stat(o.dir); err == nil {
		return os.Chmod(o.stage, info.Mode()&(os.ModePerm|os.ModeSetgid|os.ModeSticky))
	}
	return nil
}

type mirror struct {
	o       *output
	buf     []byte
	linked  int // unchanged files found and linked
	foreign int
}

// folder mirrors one folder. Its spare counterpart exists. live is false when
// nothing is published there.
func (m *mirror) folder(dir string, live bool) error {
	if !live && m.o.newStage {
		return nil // there is nothing but what was staged
	}
	var old []entry
	var err error
	if live {
		if old, err = list(at(m.o.dir, dir), m.buf); err != nil {
			return err
		}
	}
	spare, err := list(at(m.o.stage, dir), m.buf)
	if err != nil {
		return err
	}
	for len(old) > 0 || len(spare) > 0 {
		var l, s *entry
		switch {
		case len(spare) == 0 || len(old) > 0 && old[0].name < spare[0].name:
			l, old = &old[0], old[1:]
		case len(old) == 0 || spare[0].name < old[0].name:
			s, spare = &spare[0], spare[1:]
		default:
			l, s, old, spare = &old[0], &spare[0], old[1:], spare[1:]
		}
		if err := m.entry(dir, l, s); err != nil {
			return err
		}
	}
	return nil
}

// entry mirrors one name, published (l) or spare (s) or both.
func (m *mirror) entry(dir string, l, s *entry) error {
	var name string
	if l != nil {
		name = l.name
	} else {
		name = s.name
	}
	path := name
	if dir != "" {
		path = dir + "/" + name
	}
	r, f := m.o.files[path], m.o.dirs[path]
	switch {
	case r.wanted() && r.state == written:
		if !s.isFile() {
			return errChanged
		}
		return nil
	case r.wanted():
		if !l.isFile() {
			// Counted below when it should have been there; a file outside the
			// session's scope that went is no longer remembered.
			if r.state == carried {
				r.state = absent
				if l != nil {
					return m.keep(path, l, s)
				}
			}
			return m.drop(path, s)
		}
		if r.state == same {
			m.linked++
		}
		return m.link(path, l, s)
	case f != nil && f.wanted:
		if l != nil && !l.isDir() && !(r != nil && r.state == doomed) {
			return &ForeignError{Output: m.o.Name, Paths: []string{path}}
		}
		if err := m.mkdir(path, s); err != nil {
			return err
		}
		return m.folder(path, l.isDir())
	case l == nil:
		return m.drop(path, s)
	case r != nil && r.state == doomed:
		return m.drop(path, s)
	}
	return m.keep(path, l, s)
}

// keep mirrors what no output needs: others' files and folders, and folders of
// ours that may hold some.
func (m *mirror) keep(path string, l, s *entry) error {
	if !l.isDir() {
		if m.foreign++; m.foreign > foreignLimit {
			return errTooForeign
		}
		return m.link(path, l, s)
	}
	f := m.o.dirs[path]
	owned := f != nil && f.owned
	if !owned {
		if m.foreign++; m.foreign > foreignLimit {
			return errTooForeign
		}
	}
	info, err := os.Lstat(at(m.o.dir, path))
	if err != nil {
		return err
	}
	if st, ok := info.Sys().(*syscall.Stat_t); ok && int(st.Uid) != os.Geteuid() {
		return errTooForeign // we could not give it to its owner
	}
	if err := m.mkdir(path, s); err != nil {
		return err
	}
	if err := m.folder(path, true); err != nil {
		return err
	}
	spare := at(m.o.stage, path)
	if owned && os.Remove(spare) == nil { // was empty
		return nil
	}
	if err := os.Chmod(spare, info.Mode().Perm()); err != nil {
		return err
	}
	return os.Chtimes(spare, info.ModTime(), info.ModTime())
}

func (m *mirror) link(path string, l, s *entry) error {
	if s != nil && s.ino == l.ino && s.kind == l.kind {
		return nil
	}
	if err := m.drop(path, s); err != nil {
		return err
	}
	return m.o.s.disk.link(at(m.o.dir, path), at(m.o.stage, path))
}

func (m *mirror) mkdir(path string, s *entry) error {
	if s.isDir() {
		return nil
	}
	if err := m.drop(path, s); err != nil {
		return err
	}
	return m.o.s.disk.mkdir(at(m.o.stage, path))
}

// drop takes an entry out of the spare tree.
func (m *mirror) drop(path string, s *entry) error {
	switch {
	case s == nil:
		return nil
	case s.isDir():
		return m.o.s.disk.removeAll(at(m.o.stage, path))
	}
	return m.o.s.disk.remove(at(m.o.stage, path))
}
