package serve

import (
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"
)

// Looking at a whole tree costs more the larger it is: the time between two looks is a
// multiple of what the last one took, so that it never takes more than a small part of
// one core.
const (
	pollShare   = 20
	pollLeast   = 200 * time.Millisecond
	pollMost    = 5 * time.Second
	pollWriting = 20 * time.Millisecond // while files change, to see when they stop
)

// poller finds changes by looking at every file, where the system tells of none.
type poller struct {
	dir     string
	changes *changes
	now     func() time.Time
	stop    chan struct{}
	done    sync.WaitGroup
	seen    map[string]fs.FileInfo // files, relative to the site
}

// poll takes a first look before it returns: changes are told from then on.
func poll(dir string, c *changes, now func() time.Time) *poller {
	p := &poller{dir: dir, changes: c, now: now, stop: make(chan struct{})}
	start := now()
	p.seen = p.scan()
	pause := between(now().Sub(start))
	p.done.Go(func() { p.run(pause) })
	return p
}

func (p *poller) close() {
	close(p.stop)
	p.done.Wait()
}

func between(took time.Duration) time.Duration {
	return min(max(pollShare*took, pollLeast), pollMost)
}

func (p *poller) run(pause time.Duration) {
	timer := time.NewTimer(pause)
	defer timer.Stop()
	for {
		select {
		case <-p.stop:
			return
		case <-timer.C:
		}
		start := p.now()
		changed := p.look()
		took := p.now().Sub(start)
		pause = between(took)
		if changed {
			pause = max(pollWriting, took)
		}
		timer.Reset(pause)
	}
}

// look tells what differs from the last look, and whether anything does.
func (p *poller) look() bool {
	now := p.scan()
	changed := false
	for name, info := range now {
		before, ok := p.seen[name]
		if !ok || !same(before, info) {
			p.changes.add(name, !ok)
			changed = true
		}
	}
	for name := range p.seen {
		if _, ok := now[name]; !ok {
			p.changes.add(name, false)
			changed = true
		}
	}
	p.seen = now
	return changed
}

func same(a, b fs.FileInfo) bool {
	return a.Size() == b.Size() && a.ModTime().Equal(b.ModTime()) && a.Mode() == b.Mode() && os.SameFile(a, b)
}

// scan lists the site's files. What cannot be read is not there.
func (p *poller) scan() map[string]fs.FileInfo {
	out := make(map[string]fs.FileInfo, len(p.seen))
	for _, root := range roots {
		// The walk's own errors are those that the function below passes over.
		_ = filepath.WalkDir(filepath.Join(p.dir, root), func(path string, d fs.DirEntry, err error) error {
			if err != nil {
				return nil
			}
			name, ok := relative(p.dir, path)
			if !ok || !watched(name) {
				if d.IsDir() {
					return fs.SkipDir
				}
				return nil
			}
			if d.IsDir() {
				return nil
			}
			if info, err := d.Info(); err == nil {
				out[name] = info
			}
			return nil
		})
	}
	return out
}
