package build

import (
	"fmt"
	"slices"
	"sync"
	"sync/atomic"

	"vitrine/internal/diag"
	"vitrine/internal/ident"
)

// report keeps what a stage found.
func (b *builder) report(list diag.List) {
	if len(list) == 0 {
		return
	}
	b.mu.Lock()
	b.result.Diagnostics = append(b.result.Diagnostics, list...)
	b.mu.Unlock()
	if list.Errors() > 0 {
		b.failed.Store(true)
	}
}

// each runs f for every index on the workers, and returns the first error.
func (b *builder) each(stage string, n int, f func(i int) error) error {
	var next, finished atomic.Int64
	var once sync.Once
	var first error
	var wg sync.WaitGroup
	for range min(b.Workers, n) {
		wg.Go(func() {
			for {
				i := int(next.Add(1)) - 1
				if i >= n {
					return
				}
				if err := f(i); err != nil {
					once.Do(func() { first = err })
					next.Store(int64(n))
					return
				}
				b.Progress(stage, int(finished.Add(1)), n)
			}
		})
	}
	wg.Wait()
	return first
}

// timed measures a stage, when the caller lends a clock.
func (b *builder) timed(stage string) func() {
	if b.Now == nil {
		return func() {}
	}
	start := b.Now()
	return func() { b.result.Timings[stage] += b.Now().Sub(start).Seconds() }
}

// UnknownError is a name given on the command line that the site does not know.
type UnknownError struct {
	Kind, ID string
	Near     string   // the nearest that exists, if any is near
	Known    []string // what exists
}

func (e *UnknownError) Error() string { return fmt.Sprintf("no %s %q", e.Kind, e.ID) }

// knowsPiece is nil when there is such a piece.
func (b *builder) knowsPiece(id string) error {
	var known []string
	for _, p := range b.plan.Pieces {
		known = append(known, p.Use.ID)
	}
	if slices.Contains(known, id) {
		return nil
	}
	near, _ := ident.Nearest(id, known)
	return &UnknownError{Kind: "piece", ID: id, Near: near, Known: known}
}
