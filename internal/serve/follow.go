package serve

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"time"

	"vitrine/internal/build"
	"vitrine/internal/diag"
)

// follow reads the site, and again at each change, until the context ends.
func (s *server) follow(ctx context.Context) error {
	dir, err := filepath.Abs(s.Dir)
	if err != nil {
		return err
	}
	size := sizes(dir)
	eye := s.open(dir)
	defer func() { eye.close() }()

	s.changes.addAll()
	var owed batch // told to the site since it was last right; told again until it is
	var last Report
	idle := time.NewTimer(0)
	<-idle.C
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-idle.C:
			s.look(ctx, last)
			continue
		case <-s.changes.signal:
		}
		var fresh batch // since the last view
		for shown := false; !shown; {
			if !s.changes.settle(ctx, size) {
				return nil
			}
			b := s.changes.take(size)
			fresh, owed = fresh.and(b), owed.and(b)
			if b.all {
				eye = s.refresh(eye, dir)
			}
			r, ok := s.update(ctx, owed)
			if !ok {
				return nil
			}
			wrong := r.Err != nil || r.Result.Diagnostics.Errors() > 0
			// What is wrong may be a file that is still being written.
			if wrong && s.Now().Sub(fresh.first) < longest && s.changes.more(ctx, patience) {
				continue
			}
			if ctx.Err() != nil {
				return nil
			}
			if !wrong {
				owed = batch{}
			}
			r.Names, r.All, r.Took = fresh.said, fresh.all, s.Now().Sub(fresh.first)
			s.publish(r)
			shown = true
			idle.Stop()
			if last = r; !wrong {
				idle.Reset(leisure)
			}
		}
	}
}

// leisure is how long nothing must change before all pages are looked at: that takes
// time, during which a save would wait.
const leisure = 400 * time.Millisecond

// look finds what is wrong with pages that nobody has open, and shows it if it is news.
func (s *server) look(ctx context.Context, last Report) {
	done := make(chan diag.List, 1)
	go func() { done <- s.Site.Check() }()
	select {
	case list := <-done:
		if !slices.EqualFunc(list, s.checked, alike) {
			s.checked = list
			last.Names, last.All, last.Took = nil, false, 0
			s.publish(last)
		}
	case <-ctx.Done():
	}
}

func alike(a, b diag.Diagnostic) bool {
	return a.Severity == b.Severity && a.Code == b.Code && a.Span == b.Span && slices.Equal(a.Args, b.Args)
}

// update has the site read again. It returns false when the context ended first: a large
// site must not keep the program from stopping.
func (s *server) update(ctx context.Context, b batch) (Report, bool) {
	done := make(chan Report, 1)
	go func() {
		var names []string
		if !b.all {
			names = b.names
		}
		var r Report
		r.Result, r.Err = s.Site.Update(names...)
		if r.Result == nil {
			r.Result = &build.Result{}
		}
		done <- r
	}()
	select {
	case r := <-done:
		return r, true
	case <-ctx.Done():
		return Report{}, false
	}
}

// eye is what sees changes: the system's word, or a look at every file.
type eye interface{ close() }

func (s *server) open(dir string) eye {
	if s.Poll {
		return poll(dir, s.changes, s.Now)
	}
	n, err := s.notifier()
	if err != nil {
		s.trouble = append(s.trouble, &LimitError{Err: err})
		return poll(dir, s.changes, s.Now)
	}
	return watch(dir, n, s.changes)
}

// refresh follows the folders that came and went, and turns to polling when the system
// has no more to give.
func (s *server) refresh(e eye, dir string) eye {
	w, ok := e.(*watcher)
	if !ok {
		return e
	}
	err := w.sync()
	if err == nil {
		return e
	}
	w.close()
	s.trouble = append(s.trouble, err)
	return poll(dir, s.changes, s.Now)
}

// sizes tells how large files are; negative when they are not there.
func sizes(dir string) func(name string) int64 {
	return func(name string) int64 {
		info, err := os.Lstat(filepath.Join(dir, filepath.FromSlash(name)))
		if err != nil {
			return -1
		}
		if !info.Mode().IsRegular() {
			return 1
		}
		return info.Size()
	}
}

// and is one batch after another.
func (b batch) and(next batch) batch {
	join := func(a, b []string) []string {
		out := append(slices.Clone(a), b...)
		slices.Sort(out)
		return slices.Compact(out)
	}
	out := batch{names: join(b.names, next.names), said: join(b.said, next.said), all: b.all || next.all, first: b.first}
	if out.first.IsZero() {
		out.first = next.first
	}
	return out
}

// more reports whether something more changes within a time.
func (c *changes) more(ctx context.Context, within time.Duration) bool {
	wait := time.NewTimer(within)
	defer wait.Stop()
	select {
	case <-c.signal:
		return true
	case <-wait.C:
	case <-ctx.Done():
	}
	return false
}
