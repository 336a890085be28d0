package write

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
)

// Session is one build's hold on its output folders. Put, PutFrom, Keep and Note
// may be called from many goroutines; Commit and Abort when those are done.
type Session struct {
	opts   Options
	disk   disk
	state  string // absolute
	root   *os.Root
	lock   *os.File
	outs   []*output
	closed bool
}

// output is one folder during a session.
type output struct {
	Output
	s     *Session
	dir   string // absolute, links resolved
	key   string // names the folder in manifest and journal
	stage string // where new files are staged; the spare tree of the exchange

	mu       sync.Mutex
	files    map[string]*record
	dirs     map[string]*folder
	folded   map[string]string // fold(path) → path, where they differ
	failures []error
	foreign  map[string]bool // in the way
	made     map[string]bool // folders known to exist in stage
	repair   sync.Mutex      // held while the stage's folders are mended

	tops       map[string]bool // folded names at the first level of dir when the session began
	linked     bool            // Dir is a symbolic link
	once       sync.Once       // prepares the stage
	prepared   bool
	newStage   bool // the stage was made by this session: it holds nothing else
	stageErr   error
	exchanging bool     // trees can be exchanged, as far as is known
	crossing   bool     // files cannot be moved here from the state folder
	sorted     []string // see paths
	changing   bool     // this commit changes the folder
	dirty      bool     // the manifest on disk is not what it should be
	mark       digest   // of the manifest on disk
}

// Put makes data the output's file at path. It returns [Unchanged] when the file
// is there already with these bytes. An error also makes Commit fail, so that a
// caller may go on and gather all of them.
func (s *Session) Put(name, path string, data []byte) (Status, error) {
	return s.put(name, path, func() (digest, int64, error) {
		return digestOf(data), int64(len(data)), nil
	}, func(o *output) (int64, int64, error) { return o.stageFile(path, data, nil) })
}

// PutFrom is Put for a file too large to hold in memory: r is read once to
// compare and, where the file is new or changed, once more to copy.
func (s *Session) PutFrom(name, path string, r io.ReadSeeker) (Status, error) {
	var hash digest
	var size int64
	return s.put(name, path, func() (digest, int64, error) {
		var err error
		hash, size, err = digestFrom(r)
		return hash, size, err
	}, func(o *output) (int64, int64, error) {
		if _, err := r.Seek(0, io.SeekStart); err != nil {
			return 0, 0, err
		}
		n, mtime, err := o.stageFile(path, nil, io.LimitReader(r, size+1))
		if err == nil && n != size {
			err = io.ErrUnexpectedEOF // the source changed under our eyes
		}
		return n, mtime, err
	})
}

func (s *Session) put(name, path string, sum func() (digest, int64, error), stage func(*output) (int64, int64, error)) (Status, error) {
	o, err := s.output(name)
	if err != nil {
		return "", err
	}
	r, err := o.claim(path)
	if err != nil {
		return "", o.fail(err)
	}
	hash, size, err := sum()
	if err != nil {
		return "", o.fail(refused(name, err))
	}
	found, mtime, inTheWay, err := o.compare(path, r, hash, size)
	if err != nil {
		return "", o.fail(refused(name, err))
	}
	if inTheWay {
		o.mu.Lock()
		o.foreign[path] = true
		o.mu.Unlock()
	}
	if found {
		o.settle(r, same, hash, size, mtime)
		return Unchanged, nil
	}
	if size, mtime, err = stage(o); err != nil {
		return "", o.fail(refused(name, err))
	}
	o.settle(r, written, hash, size, mtime)
	return Written, nil
}

// Keep says that the output's file at path is wanted as it is, for a caller that
// knows that it would make the same bytes. It answers false, and claims nothing,
// when the file is not there as Vitrine wrote it: it has to be made again.
func (s *Session) Keep(output, path string) (bool, error) {
	o, err := s.output(output)
	if err != nil {
		return false, err
	}
	o.mu.Lock()
	r := o.files[path]
	known := r != nil && r.known && r.state == absent
	o.mu.Unlock()
	if !known {
		return false, nil
	}
	found, mtime, _, err := o.compare(path, r, r.hash, r.size)
	if err != nil || !found {
		return false, err
	}
	if r, err = o.claim(path); err != nil {
		return false, o.fail(err)
	}
	o.settle(r, same, r.hash, r.size, mtime)
	return true, nil
}

// Read gives back the bytes of a file that this session has put or kept. What it has not is an error that
// [fs.ErrNotExist] matches.
func (s *Session) Read(output, path string) ([]byte, error) {
	o, err := s.output(output)
	if err != nil {
		return nil, err
	}
	o.mu.Lock()
	r := o.files[path]
	dir := ""
	switch {
	case r != nil && r.state == same:
		dir = o.dir
	case r != nil && r.state == written:
		dir = o.stage
	}
	o.mu.Unlock()
	if dir == "" {
		return nil, &fs.PathError{Op: "read", Path: path, Err: fs.ErrNotExist}
	}
	return os.ReadFile(at(dir, path))
}

// Note attaches a word to a file that this session put or kept; reports of later
// sessions give it back, also when the file is removed. No tab or line break.
func (s *Session) Note(output, path, note string) {
	o, err := s.output(output)
	if err != nil || strings.ContainsAny(note, "\t\n") {
		return
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	if r := o.files[path]; r.wanted() && r.note != note {
		r.note = note
		r.fresh = true
	}
}

// Noted returns the word attached to a file by the session that last made it; empty
// when Vitrine did not write it, or nobody attached one.
func (s *Session) Noted(output, path string) string {
	o, err := s.output(output)
	if err != nil {
		return ""
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	if r := o.files[path]; r != nil {
		return r.note
	}
	return ""
}

func (s *Session) output(name string) (*output, error) {
	for _, o := range s.outs {
		if o.Name == name {
			return o, nil
		}
	}
	return nil, &PathError{Output: name, Reason: PathOutput}
}

func (o *output) fail(err error) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.failures = append(o.failures, err)
	return err
}

// claim takes a path for this session and returns its record.
func (o *output) claim(path string) (*record, error) {
	if reason := pathReason(path); reason != "" {
		return nil, &PathError{Output: o.Name, Path: path, Reason: reason}
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.claimLocked(path)
}

func (o *output) claimLocked(path string) (*record, error) {
	r := o.files[path]
	if r.wanted() {
		return nil, &CollisionError{Output: o.Name, A: path, B: path}
	}
	if d := o.dirs[path]; d != nil && d.wanted {
		return nil, &CollisionError{Output: o.Name, A: path, B: o.below(path)}
	}
	if err := o.unique(path); err != nil {
		return nil, err
	}
	for d := parent(path); d != ""; d = parent(d) {
		f := o.dirs[d]
		if f != nil && f.wanted {
			break
		}
		if o.files[d].wanted() {
			return nil, &CollisionError{Output: o.Name, A: d, B: path}
		}
		if err := o.unique(d); err != nil {
			return nil, err
		}
		if f == nil {
			f = &folder{}
			o.dirs[d] = f
		}
		f.wanted = true
	}
	if r == nil {
		r = &record{}
		o.files[path] = r
	}
	r.state = claimed
	return r, nil
}

// unique refuses a name that differs from another wanted one only by case or
// normal form.
func (o *output) unique(name string) error {
	key := fold(name)
	other, taken := o.folded[key]
	if !taken && key != name {
		d := o.dirs[key]
		if taken = o.files[key].wanted() || d != nil && d.wanted; taken {
			other = key
		}
	}
	if taken && other != name {
		return &CollisionError{Output: o.Name, A: other, B: name}
	}
	if key != name {
		o.folded[key] = name
	}
	return nil
}

// below names some wanted file in a folder, for a message.
func (o *output) below(dir string) string {
	best := dir + "/"
	for p, r := range o.files {
		if r.wanted() && strings.HasPrefix(p, dir+"/") && (best == dir+"/" || p < best) {
			best = p
		}
	}
	return best
}

func (o *output) settle(r *record, st state, hash digest, size, mtime int64) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if !r.known || r.hash != hash || r.size != size || r.mtime != mtime {
		r.fresh = true
		r.note = ""
	}
	r.state, r.hash, r.size, r.mtime = st, hash, size, mtime
}

// compare tells whether the published file has these bytes, reading it only when
// size and time are not those recorded, and whether what stands there is not ours
// to replace.
func (o *output) compare(path string, r *record, hash digest, size int64) (found bool, mtime int64, inTheWay bool, err error) {
	if !o.tops[fold(top(path))] {
		return false, 0, false, nil
	}
	place := at(o.dir, path)
	info, err := os.Lstat(place)
	if err != nil {
		if isMissing(err) {
			err = nil
		}
		return false, 0, false, err
	}
	mtime = info.ModTime().UnixNano()
	regular := info.Mode().IsRegular()
	if regular && info.Size() == size {
		if r.known && r.hash == hash && r.size == size && r.mtime == mtime {
			return true, mtime, false, nil
		}
		got, err := digestOfFile(place)
		if err != nil && !isMissing(err) {
			return false, 0, false, err
		}
		if err == nil && got == hash {
			return true, mtime, false, nil
		}
	}
	// A folder in the way is judged by Commit, which knows what will be removed.
	ours := regular && r.known || info.IsDir() || o.s.opts.Force && replaceable(info.Mode())
	return false, 0, !ours, nil
}

// replaceable is what Force may put aside.
func replaceable(mode os.FileMode) bool {
	return mode.IsRegular() || mode&os.ModeSymlink != 0
}

// Abort forgets what was staged and lets go. After Commit it does nothing, so it
// can be deferred.
func (s *Session) Abort() error {
	if s.closed {
		return nil
	}
	var errs []error
	for _, o := range s.outs {
		errs = append(errs, o.discard())
	}
	return errors.Join(append(errs, s.close())...)
}

func (s *Session) close() error {
	s.closed = true
	// The lock goes with the file; the file stays, as removing it could take
	// away the one that another run has just locked.
	return errors.Join(s.lock.Close(), s.root.Close())
}

func (s *Session) report() Report {
	var rep Report
	outs := slices.Clone(s.outs)
	slices.SortFunc(outs, func(a, b *output) int { return strings.Compare(a.Name, b.Name) })
	for _, o := range outs {
		rep.Files = slices.Grow(rep.Files, len(o.files))
		for _, p := range o.paths() {
			r := o.files[p]
			f := File{Output: o.Name, Path: p, Size: r.size, Note: r.note}
			switch r.state {
			case same:
				f.Status = Unchanged
			case written:
				f.Status = Written
			case doomed:
				f.Status = Removed
			default:
				continue
			}
			rep.Files = append(rep.Files, f)
		}
	}
	return rep
}

// place is the folder of the state in which this package works, below State.
const place = "write"

func (s *Session) inState(name string) string { return filepath.Join(s.state, place, name) }
