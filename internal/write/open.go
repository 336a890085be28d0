package write

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// Open takes the state folder for one build: it makes it when missing, locks it,
// finishes what a killed run left, and loads what Vitrine wrote last time. The
// session must be ended by Commit or Abort.
func Open(opts Options) (_ *Session, err error) {
	s := &Session{opts: opts, disk: disk{before: opts.before}}
	if s.state, err = realState(opts.State); err != nil {
		return nil, err
	}
	for _, out := range opts.Outputs {
		o, err := s.newOutput(out)
		if err != nil {
			return nil, err
		}
		s.outs = append(s.outs, o)
	}
	if err := s.separate(); err != nil {
		return nil, err
	}
	if err := s.takeLock(); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			s.close()
		}
	}()
	if err := s.recover(); err != nil {
		return nil, err
	}
	for _, o := range s.outs {
		if err := o.load(); err != nil {
			return nil, refused(o.Name, err)
		}
	}
	return s, nil
}

// realState makes the state folder. It may not be a link: whatever came with the
// site's files could point it anywhere.
func realState(dir string) (string, error) {
	if dir == "" {
		return "", &LayoutError{Path: dir, Problem: "no state folder"}
	}
	abs, err := filepath.Abs(dir)
	if err != nil {
		return "", refused("", err)
	}
	up, err := filepath.EvalSymlinks(filepath.Dir(abs))
	if err != nil {
		return "", refused("", err)
	}
	abs = filepath.Join(up, filepath.Base(abs))
	for _, d := range []string{abs, filepath.Join(abs, place)} {
		if err := os.Mkdir(d, 0o777); err != nil && !errors.Is(err, fs.ErrExist) {
			return "", refused("", err)
		}
		info, err := os.Lstat(d)
		if err != nil {
			return "", refused("", err)
		}
		if !info.IsDir() {
			return "", &LayoutError{Path: d, Problem: "the state folder is not a folder"}
		}
	}
	return abs, nil
}

func (s *Session) newOutput(out Output) (*output, error) {
	if out.Name == "" || strings.Trim(out.Name, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" {
		return nil, &LayoutError{Path: out.Dir, Problem: "bad output name " + strconv.Quote(out.Name)}
	}
	o := &output{Output: out, s: s, foreign: map[string]bool{}, made: map[string]bool{}, folded: map[string]string{}}
	abs, err := filepath.Abs(out.Dir)
	if err != nil || out.Dir == "" {
		return nil, &LayoutError{Path: out.Dir, Problem: "no output folder"}
	}
	info, err := os.Lstat(abs)
	switch {
	case isMissing(err):
		// The folder's own parent may be reached through links.
		o.dir = resolveMissing(abs)
	case err != nil:
		return nil, refused(out.Name, err)
	default:
		o.linked = !info.IsDir()
		if o.dir, err = filepath.EvalSymlinks(abs); err != nil {
			return nil, refused(out.Name, err)
		}
		if info, err = os.Stat(o.dir); err != nil {
			return nil, refused(out.Name, err)
		}
		if !info.IsDir() {
			return nil, &LayoutError{Path: out.Dir, Problem: "is not a folder"}
		}
	}
	// A site that is moved keeps its manifest: what lies beside the state folder
	// is named from there.
	o.key = filepath.ToSlash(o.dir)
	if rel, err := filepath.Rel(filepath.Dir(s.state), o.dir); err == nil && filepath.IsLocal(rel) {
		o.key = "./" + filepath.ToSlash(rel)
	}
	o.stage = s.inState("spare-" + o.Name)
	return o, nil
}

// resolveMissing resolves the links of the part of a path that exists.
func resolveMissing(path string) string {
	for dir, rest := filepath.Dir(path), filepath.Base(path); ; dir, rest = filepath.Dir(dir), filepath.Join(filepath.Base(dir), rest) {
		if real, err := filepath.EvalSymlinks(dir); err == nil {
			return filepath.Join(real, rest)
		}
		if dir == filepath.Dir(dir) {
			return path
		}
	}
}

// separate refuses folders that lie in one another.
func (s *Session) separate() error {
	for i, o := range s.outs {
		if nested(o.dir, s.state) {
			return &LayoutError{Path: o.dir, Other: s.state, Problem: "an output and the state folder may not lie in one another"}
		}
		for _, other := range s.outs[:i] {
			if other.Name == o.Name {
				return &LayoutError{Path: o.dir, Other: other.dir, Problem: "two outputs have one name"}
			}
			if nested(o.dir, other.dir) {
				return &LayoutError{Path: o.dir, Other: other.dir, Problem: "two outputs may not lie in one another"}
			}
		}
	}
	return nil
}

// nested tells whether one folder is the other or lies in it.
func nested(a, b string) bool {
	in, err := filepath.Rel(fold(a), fold(b))
	out, err2 := filepath.Rel(fold(b), fold(a))
	return err == nil && filepath.IsLocal(in) || err2 == nil && filepath.IsLocal(out)
}

func (s *Session) takeLock() (err error) {
	if s.root, err = os.OpenRoot(filepath.Join(s.state, place)); err != nil {
		return refused("", err)
	}
	defer func() {
		if err != nil {
			s.root.Close()
		}
	}()
	if s.lock, err = s.root.OpenFile("lock", os.O_RDWR|os.O_CREATE, 0o666); err != nil {
		return refused("", err)
	}
	held, err := tryLock(s.lock)
	if held {
		text, _ := io.ReadAll(io.LimitReader(s.lock, 32))
		pid, _ := strconv.Atoi(strings.TrimSpace(string(text)))
		s.lock.Close()
		return &LockedError{State: s.state, PID: pid}
	}
	if err == nil {
		err = s.lock.Truncate(0)
	}
	if err == nil {
		_, err = s.lock.WriteAt([]byte(strconv.Itoa(os.Getpid())+"\n"), 0)
	}
	if err != nil {
		s.lock.Close()
	}
	return refused("", err)
}

// manifestName is the file of the state folder that remembers this output in
// this place. Another place has another memory.
func manifestName(name, key string) string {
	sum := sha256.Sum256([]byte(key))
	return name + "-" + hex.EncodeToString(sum[:4]) + ".manifest"
}

func (o *output) load() error {
	data, err := o.s.root.ReadFile(manifestName(o.Name, o.key))
	if err == nil {
		o.files, o.dirs, o.sorted, _ = parseManifest(data)
		o.mark = digestOf(data)
	}
	if o.files == nil {
		o.files, o.dirs = map[string]*record{}, map[string]*folder{}
		o.dirty = true
	}
	o.tops = map[string]bool{}
	entries, err := os.ReadDir(o.dir)
	if err != nil && !isMissing(err) {
		return err
	}
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), areaName) && o.leftArea(e.Name()) {
			// Of a run killed before it wrote its journal.
			if err := o.closeArea(e.Name()); err != nil {
				return err
			}
			continue
		}
		// Folded, so that a file system that folds cannot surprise.
		o.tops[fold(e.Name())] = true
	}
	return nil
}

func isMissing(err error) bool {
	return errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR)
}

func digestFrom(r io.Reader) (d digest, size int64, err error) {
	h := sha256.New()
	size, err = io.Copy(h, r)
	copy(d[:], h.Sum(nil))
	return d, size, err
}

func digestOfFile(path string) (digest, error) {
	f, err := os.OpenFile(path, os.O_RDONLY|noFollow, 0)
	if err != nil {
		return digest{}, err
	}
	defer f.Close()
	d, _, err := digestFrom(f)
	return d, err
}
