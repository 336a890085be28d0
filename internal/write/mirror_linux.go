package write

import (
	"errors"
	"os"
	"sync/atomic"
	"syscall"
)

var errTooForeign = errors.New("more foreign files than are mirrored")

// mirror brings the spare tree up to date, so that it is the new tree: what was
// staged is there; what did not change, and what is not ours, becomes a hard link
// of the published file; the rest goes. What is there already is recognised by
// its inode, so nothing has to be remembered between runs.
func (o *output) mirror() error {
	m := mirror{o: o, work: make(chan struct{}, max(1, o.s.opts.Workers)-1)}
	if err := m.folder("", exists(o.dir), make([]byte, 64<<10)); err != nil {
		return err
	}
	want := 0
	for _, r := range o.files {
		if r.state == same {
			want++
		}
	}
	if int(m.linked.Load()) != want {
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
	work    chan struct{} // places for further goroutines
	linked  atomic.Int64  // unchanged files found and linked
	foreign atomic.Int64
}

// A pair is one name, published and spare; one of the two may be missing.
type pair struct{ live, spare *entry }

func (p pair) name() string {
	if p.live != nil {
		return p.live.name
	}
	return p.spare.name
}

// folder mirrors one folder. Its spare counterpart exists. live is false when
// nothing is published there.
func (m *mirror) folder(dir string, live bool, buf []byte) error {
	if !live && m.o.newStage {
		return nil // there is nothing but what was staged
	}
	var old []entry
	var err error
	if live {
		if old, err = list(at(m.o.dir, dir), buf); err != nil {
			return err
		}
	}
	spare, err := list(at(m.o.stage, dir), buf)
	if err != nil {
		return err
	}
	pairs := make([]pair, 0, max(len(old), len(spare)))
	for i, j := 0, 0; i < len(old) || j < len(spare); {
		switch {
		case j == len(spare) || i < len(old) && old[i].name < spare[j].name:
			pairs = append(pairs, pair{live: &old[i]})
			i++
		case i == len(old) || spare[j].name < old[i].name:
			pairs = append(pairs, pair{spare: &spare[j]})
			j++
		default:
			pairs = append(pairs, pair{&old[i], &spare[j]})
			i++
			j++
		}
	}
	return m.pairs(dir, pairs, buf)
}

// pairs mirrors the names of a folder; many are shared out.
func (m *mirror) pairs(dir string, pairs []pair, buf []byte) error {
	const few = 64
	for len(pairs) > 2*few {
		select {
		case m.work <- struct{}{}:
		default:
			for _, p := range pairs[:few] {
				if err := m.entry(dir, p, buf); err != nil {
					return err
				}
			}
			pairs = pairs[few:]
			continue
		}
		half := pairs[len(pairs)/2:]
		pairs = pairs[:len(pairs)/2]
		other := make(chan error, 1)
		go func() {
			defer func() { <-m.work }()
			other <- m.pairs(dir, half, make([]byte, 64<<10))
		}()
		err := m.pairs(dir, pairs, buf)
		return errors.Join(err, <-other)
	}
	for _, p := range pairs {
		if err := m.entry(dir, p, buf); err != nil {
			return err
		}
	}
	return nil
}

// entry mirrors one name.
func (m *mirror) entry(dir string, p pair, buf []byte) error {
	l, s, path := p.live, p.spare, p.name()
	if dir != "" {
		path = dir + "/" + path
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
					return m.keep(path, l, s, buf)
				}
			}
			return m.drop(path, s)
		}
		if r.state == same {
			m.linked.Add(1)
		}
		return m.link(path, l, s)
	case f != nil && f.wanted:
		if l != nil && !l.isDir() && !(r != nil && r.state == doomed) {
			return &ForeignError{Output: m.o.Name, Paths: []string{path}}
		}
		if err := m.mkdir(path, s); err != nil {
			return err
		}
		return m.folder(path, l.isDir(), buf)
	case l == nil:
		return m.drop(path, s)
	case r != nil && r.state == doomed:
		return m.drop(path, s)
	}
	return m.keep(path, l, s, buf)
}

// keep mirrors what no output needs: others' files and folders, and folders of
// ours that may hold some.
func (m *mirror) keep(path string, l, s *entry, buf []byte) error {
	if !l.isDir() {
		if m.foreign.Add(1) > foreignLimit {
			return errTooForeign
		}
		return m.link(path, l, s)
	}
	f := m.o.dirs[path]
	owned := f != nil && f.owned
	if !owned {
		if m.foreign.Add(1) > foreignLimit {
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
	if err := m.folder(path, true, buf); err != nil {
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
