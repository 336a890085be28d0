package serve

import (
	"context"
	"slices"
	"sync"
	"time"
)

// How long to wait for a save to be over. Editors make several movements of one save,
// all within a millisecond or two; what is still missing or empty then is given longer,
// for it is most often about to be written.
const (
	quiet     = 5 * time.Millisecond
	patience  = 50 * time.Millisecond
	longest   = 250 * time.Millisecond // of one wait, however many events come
	peekLimit = 64                     // files; more at once are no editor's save
)

// changes gathers what is said to have changed until somebody takes it. It is safe for
// use by several goroutines.
type changes struct {
	signal chan struct{} // holds one when something was added

	mu    sync.Mutex
	names map[string]bool // relative to the site → made by this very change
	all   bool            // anything may have changed
	first time.Time
	now   func() time.Time
}

func newChanges(now func() time.Time) *changes {
	return &changes{signal: make(chan struct{}, 1), names: map[string]bool{}, now: now}
}

// add says that a file may have changed; made that it was not there before.
func (c *changes) add(name string, made bool) {
	c.mu.Lock()
	if _, known := c.names[name]; !known {
		c.names[name] = made
	}
	c.notify()
}

// addAll says that anything may have changed: folders did, or events were lost.
func (c *changes) addAll() {
	c.mu.Lock()
	c.all = true
	c.notify()
}

func (c *changes) notify() {
	if c.first.IsZero() {
		c.first = c.now()
	}
	c.mu.Unlock()
	select {
	case c.signal <- struct{}{}:
	default:
	}
}

// batch is what changed together.
type batch struct {
	names []string // sorted; slash-separated, relative to the site
	said  []string // those of them that did not just come and go
	all   bool
	first time.Time // when the first of it was noticed
}

// take empties what was gathered.
func (c *changes) take(size func(name string) int64) batch {
	c.mu.Lock()
	defer c.mu.Unlock()
	b := batch{all: c.all, first: c.first}
	for n, made := range c.names {
		b.names = append(b.names, n)
		if !made || size(n) >= 0 {
			b.said = append(b.said, n)
		}
	}
	slices.Sort(b.names)
	slices.Sort(b.said)
	clear(c.names)
	c.all, c.first = false, time.Time{}
	return b
}

// unsettled reports whether a file looks as if it was being written: gone or empty. What
// came and went at once was never part of the site. size is negative for a file that is
// not there.
func (c *changes) unsettled(size func(name string) int64) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.all || len(c.names) > peekLimit {
		return false
	}
	for name, made := range c.names {
		if n := size(name); n == 0 || n < 0 && !made {
			return true
		}
	}
	return false
}

// settle waits, after a first event, until no more come. It returns false when the
// context ended.
func (c *changes) settle(ctx context.Context, size func(name string) int64) bool {
	most := time.NewTimer(longest)
	defer most.Stop()
	wait := time.NewTimer(quiet)
	defer wait.Stop()
	waited := false
	for {
		select {
		case <-ctx.Done():
			return false
		case <-c.signal:
			waited = false
			wait.Reset(quiet)
		case <-most.C:
			return true
		case <-wait.C:
			if waited || !c.unsettled(size) {
				return true
			}
			waited = true
			wait.Reset(patience)
		}
	}
}
