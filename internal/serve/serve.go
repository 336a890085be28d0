// Package serve shows a site to those who write it: a web server on their own machine
// that follows the site's folder. A save is told to build.Preview at once, and the pages
// that are open in a browser change in place; what is wrong with the site lies over the
// last page that was right, until it is mended.
//
// It keeps nothing on disk and listens to this machine alone unless told otherwise. It
// looks at the names, sizes and times of the site's files, never at what they hold: only
// source reads that. It neither prints nor knows the clock: both are in Options.
package serve

import (
	"context"
	"errors"
	"net"
	"net/http"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"vitrine/internal/build"
	"vitrine/internal/diag"
)

// Site is what is served: build.Preview.
type Site interface {
	// Update reads again what has changed, by names relative to the site's folder with
	// slashes; without any, everything is looked at.
	Update(names ...string) (*build.Result, error)
	// Open makes what the site has at an address that starts with a slash.
	Open(address string) (build.File, diag.List, bool)
	// Check finds what Open would find wrong with each page, with all of them. It takes
	// longer than an update may.
	Check() diag.List
	// Moved is where a folder's address without its last slash leads.
	Moved(address string) (to string, ok bool)
	// Base is the path below which the site stands, without a last slash.
	Base() string
}

// Options say what to serve, and bring in what a package below cmd may not ask for.
type Options struct {
	Site Site
	Dir  string // the site's folder, to be watched
	Poll bool   // look at the files at intervals, and do not ask the system to tell
	Now  func() time.Time

	// Language chooses that of the overlay, once the site's own is known; nil: the site's.
	Language func(site diag.Language) diag.Language
	// Ready is called once, when the site was read: the addresses to open. It may be nil,
	// as may those below. They are called one at a time.
	Ready func(site, kit string)
	// Report is called after each update that is shown.
	Report func(Report)
	// Trouble is called with a *LimitError when the files cannot be watched.
	Trouble func(error)

	notifier func() (*notifier, error) // the system's, but in tests
}

// Report is what an update did, or what a longer look has found since.
type Report struct {
	Names  []string // what was said to have changed; relative to the site; none: a longer look
	All    bool     // everything was looked at
	Took   time.Duration
	Result *build.Result // its diagnostics are all those of the site
	Err    error         // the system's refusal to read the site
}

// server is one run.
type server struct {
	Options
	id      string // of this run, for pages that were opened by another one
	url     string // without a last slash
	guard   guard
	changes *changes
	trouble []error       // to be told once the site, and so its language, is known
	checked diag.List     // what a longer look has found wrong with pages
	ready   chan struct{} // closed once the site was read for the first time

	view    atomic.Pointer[view] // what is served
	told    atomic.Pointer[view] // what open pages are told of: a moment later
	streams atomic.Int32

	mu     sync.Mutex
	wake   chan struct{}         // closed when there is a new view
	assets map[string]*asset     // what was served beside pages, by address
	good   map[string]build.File // the pages that were asked for, as they last were right
}

// Run serves a site until the context ends; then it returns nil at once, however many
// pages are open. The listener is closed.
func Run(ctx context.Context, ln *Listener, o Options) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	s := newServer(ln, o)
	hs := &http.Server{
		Handler:           s,
		BaseContext:       func(net.Listener) context.Context { return ctx },
		ReadHeaderTimeout: 10 * time.Second,
		IdleTimeout:       2 * time.Minute,
	}
	failed := make(chan error, 1)
	go func() { failed <- hs.Serve(ln) }()
	updates := make(chan error, 1)
	go func() { updates <- s.follow(ctx) }()

	var err error
	select {
	case <-ctx.Done():
		err = <-updates
	case err = <-updates:
	case err = <-failed:
		cancel()
		<-updates
	}
	cancel()
	_ = hs.Close() // whoever listens is told by the end of the connection
	if errors.Is(err, http.ErrServerClosed) {
		err = nil
	}
	return err
}

func newServer(ln *Listener, o Options) *server {
	if o.Language == nil {
		o.Language = func(l diag.Language) diag.Language { return l }
	}
	if o.Ready == nil {
		o.Ready = func(string, string) {}
	}
	if o.Report == nil {
		o.Report = func(Report) {}
	}
	if o.Trouble == nil {
		o.Trouble = func(error) {}
	}
	if o.notifier == nil {
		o.notifier = systemNotifier
	}
	start := o.Now()
	s := &server{
		Options: o, id: strconv.FormatInt(start.UnixNano(), 36), url: ln.url(), guard: newGuard(ln.Addr(), ln.host), changes: newChanges(o.Now),
		ready: make(chan struct{}), wake: make(chan struct{}), assets: map[string]*asset{}, good: map[string]build.File{},
	}
	s.view.Store(&view{language: o.Language(""), cache: newCache()})
	s.told.Store(s.view.Load())
	return s
}
