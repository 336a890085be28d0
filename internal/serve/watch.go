package serve

import (
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/fsnotify/fsnotify"
)

// LimitError is the system's refusal to watch a site. Serving goes on by looking at the
// files at intervals.
type LimitError struct {
	Watches int // the folders that were watched when the limit was met; 0: none could be
	Err     error
}

func (e *LimitError) Error() string { return "cannot watch: " + e.Err.Error() }
func (e *LimitError) Unwrap() error { return e.Err }

// Full reports whether the system counts watched folders and has no more to give.
func (e *LimitError) Full() bool { return errors.Is(e.Err, syscall.ENOSPC) }

// Open reports whether the system has no more watchers, or open files, to give.
func (e *LimitError) Open() bool {
	return errors.Is(e.Err, syscall.EMFILE) || errors.Is(e.Err, syscall.ENFILE)
}

// rootCheck is how often the site's folder itself is looked at: a folder above it that is
// moved or put back says nothing.
const rootCheck = 500 * time.Millisecond

// notifier is what the system says of folders.
type notifier struct {
	add    func(dir string) error
	remove func(dir string) error
	close  func() error
	events <-chan fsnotify.Event
	errors <-chan error
}

func systemNotifier() (*notifier, error) {
	w, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, err
	}
	return &notifier{add: w.Add, remove: w.Remove, close: w.Close, events: w.Events, errors: w.Errors}, nil
}

// watcher turns the system's events about a site's folders into changes.
type watcher struct {
	dir     string // the site's folder
	system  *notifier
	changes *changes
	stop    chan struct{}
	done    sync.WaitGroup

	mu   sync.Mutex
	dirs map[string]fs.FileInfo // watched folders by path; nil: it may be another one now
	root fs.FileInfo            // the site's folder; nil while it is away
}

// watch starts to listen. Folders are watched by sync, which must be called once first
// and then after every batch that says all.
func watch(dir string, system *notifier, c *changes) *watcher {
	w := &watcher{dir: dir, system: system, changes: c, stop: make(chan struct{}), dirs: map[string]fs.FileInfo{}}
	w.done.Go(w.listen)
	return w
}

func (w *watcher) close() {
	close(w.stop)
	w.done.Wait()
	_ = w.system.close() // nothing is read from it any more
}

// listen never calls into the system's watcher: on some systems that waits for listen.
func (w *watcher) listen() {
	look := time.NewTimer(rootCheck)
	defer look.Stop()
	for {
		select {
		case <-w.stop:
			return
		case e, ok := <-w.system.events:
			if !ok {
				return
			}
			w.hear(e)
		case _, ok := <-w.system.errors: // an overflow most of all: what it lost is unknown
			if !ok {
				return
			}
			w.doubt(w.dir)
			w.changes.addAll()
		case <-look.C:
			if w.moved() {
				w.changes.addAll()
			}
			look.Reset(rootCheck)
		}
	}
}

// moved reports whether the site's folder is not the one that is watched.
func (w *watcher) moved() bool {
	now, err := os.Stat(w.dir)
	w.mu.Lock()
	defer w.mu.Unlock()
	if err != nil {
		return w.root != nil
	}
	return w.root == nil || !os.SameFile(now, w.root)
}

func (w *watcher) hear(e fsnotify.Event) {
	if e.Name == "" || e.Op == 0 {
		return
	}
	if filepath.Clean(e.Name) == w.dir {
		if e.Has(fsnotify.Remove) || e.Has(fsnotify.Rename) {
			w.doubt(w.dir)
			w.changes.addAll()
		}
		return
	}
	name, ok := relative(w.dir, e.Name)
	if !ok || !watched(name) {
		return
	}
	known := w.knows(e.Name)
	switch {
	case e.Has(fsnotify.Remove) || e.Has(fsnotify.Rename):
		if known {
			w.doubt(e.Name)
			w.changes.addAll()
			return
		}
	case known: // a folder's own time or rights, or it came back
		if e.Has(fsnotify.Create) {
			w.doubt(e.Name)
			w.changes.addAll()
		}
		return
	case e.Has(fsnotify.Create) || e.Has(fsnotify.Chmod):
		if info, err := os.Lstat(e.Name); err == nil && info.IsDir() {
			w.changes.addAll()
			return
		}
	}
	w.changes.add(name, e.Has(fsnotify.Create))
}

func (w *watcher) knows(dir string) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	_, ok := w.dirs[dir]
	return ok
}

// doubt forgets which folder stands at a path, and below: it was moved or replaced, and
// the system goes on telling of the one that was there.
func (w *watcher) doubt(dir string) {
	below := dir + string(filepath.Separator)
	w.mu.Lock()
	defer w.mu.Unlock()
	for d := range w.dirs {
		if d == dir || strings.HasPrefix(d, below) {
			w.dirs[d] = nil
		}
	}
}

// sync makes the watched folders those that are there now, whatever was said of them in
// between.
func (w *watcher) sync() error {
	w.mu.Lock()
	known := maps.Clone(w.dirs)
	w.mu.Unlock()
	// First what is not what it was: the system keeps one watch for a folder, under the
	// first name that it was given.
	for dir, before := range known {
		info, err := os.Lstat(dir)
		if dir == w.dir {
			info, err = os.Stat(dir)
		}
		if before == nil || err != nil || !os.SameFile(before, info) {
			_ = w.system.remove(dir) // which the system may have done by itself
			w.mu.Lock()
			delete(w.dirs, dir)
			w.mu.Unlock()
		}
	}
	info, err := os.Stat(w.dir)
	w.mu.Lock()
	w.root = info
	w.mu.Unlock()
	if err != nil {
		return nil // until it is back
	}
	return w.visit(w.dir, info)
}

// visit watches a folder and those in it. A folder is watched before it is read, so that
// nothing falls in between.
func (w *watcher) visit(dir string, info fs.FileInfo) error {
	w.mu.Lock()
	_, known := w.dirs[dir]
	count := len(w.dirs)
	w.mu.Unlock()
	if !known {
		switch err := w.system.add(dir); {
		case err == nil:
		case errors.Is(err, fs.ErrNotExist), errors.Is(err, fs.ErrPermission):
			return nil // it went away meanwhile, or a build says what it cannot read
		default:
			return &LimitError{Watches: count, Err: err}
		}
		w.mu.Lock()
		w.dirs[dir] = info
		w.mu.Unlock()
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil // as above
	}
	for _, e := range entries {
		path := filepath.Join(dir, e.Name())
		if name, ok := relative(w.dir, path); !e.IsDir() || !ok || !watched(name) {
			continue
		}
		info, err := e.Info()
		if err != nil {
			continue
		}
		if err := w.visit(path, info); err != nil {
			return err
		}
	}
	return nil
}

// relative is a path as builds name it: from the site's folder, with slashes.
func relative(dir, path string) (string, bool) {
	rel, err := filepath.Rel(dir, path)
	if err != nil || rel == "." || rel == ".." || strings.HasPrefix(rel, ".."+string(filepath.Separator)) {
		return "", false
	}
	return filepath.ToSlash(rel), true
}
