package serve

import (
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"

	"vitrine/internal/build"
	"vitrine/internal/diag"
)

// view is what there is to show after an update. It does not change, but for what it
// remembers having made.
type view struct {
	generation int
	ready      bool // there is a site: the last one that was right
	stale      bool // which is not what the files say now
	language   diag.Language
	sources    diag.Sources
	findings   findings // about the whole site
	cache      *cache
}

// answer is what is served at an address.
type answer struct {
	file    build.File
	etag    string
	kind    kind
	version string   // of a page, without the script
	stale   bool     // it is a page as it last was right
	about   findings // this page alone
}

// kind says what an address has.
type kind string

const (
	page    kind = "page"    // of the site
	broken  kind = "broken"  // a page that cannot be made; what is wrong stands in its place
	missing kind = "missing" // nothing
	other   kind = "file"
)

// asset is a file that pages use, as it was last served.
type asset struct {
	etag       string
	generation int // in which it took that form
}

// publish shows what an update left.
func (s *server) publish(r Report) {
	before := s.view.Load()
	v := &view{generation: before.generation + 1, ready: before.ready, sources: r.Result.Sources, cache: newCache()}
	wrong := r.Err != nil || r.Result.Diagnostics.Errors() > 0
	v.language = before.language
	if l := r.Result.Language; l != "" || before.generation == 0 {
		v.language = s.Language(l)
	}
	v.ready, v.stale = v.ready || !wrong, wrong
	if !wrong {
		r.Result = s.withChecked(r)
	}
	v.findings = find(r.Result.Diagnostics, v.language, v.sources)
	if r.Err != nil {
		v.findings = v.findings.and(findings{Errors: []finding{{Message: refusal(r.Err, v.language)}}, ErrorCount: 1})
	}
	s.view.Store(v)
	if !wrong {
		s.compare(v, r)
	}
	s.told.Store(v)
	if before.generation == 0 {
		close(s.ready)
	}
	s.mu.Lock()
	close(s.wake)
	s.wake = make(chan struct{})
	s.mu.Unlock()
	s.Report(r)
	for _, err := range s.trouble {
		s.Trouble(err)
	}
	s.trouble = nil
	if before.generation == 0 {
		s.Ready(s.url+s.Site.Base()+"/", s.url+kitAddress)
	}
}

// withChecked adds what a longer look had found in files that have not changed since.
func (s *server) withChecked(r Report) *build.Result {
	s.checked = slices.DeleteFunc(slices.Clone(s.checked), func(d diag.Diagnostic) bool { return slices.Contains(r.Names, d.Span.File) })
	out := *r.Result
	out.Diagnostics = slices.Concat(r.Result.Diagnostics, s.checked).Sorted()
	return &out
}

// compare finds which of the files that pages use are not what they were. Words and
// records change style sheets, which hold the site's colours, and no other file.
func (s *server) compare(v *view, r Report) {
	files := r.All || slices.ContainsFunc(r.Names, func(n string) bool { return !text(n) })
	s.mu.Lock()
	known := maps.Clone(s.assets)
	s.mu.Unlock()
	for address, before := range known {
		if !files && path.Ext(address) != ".css" {
			continue
		}
		a := s.answer(v, address)
		if a.kind != other || a.etag == before.etag {
			continue
		}
		s.mu.Lock()
		s.assets[address] = &asset{a.etag, v.generation}
		s.mu.Unlock()
	}
}

// changed lists the addresses, as browsers write them, of the files that are not what
// they were in a generation.
func (s *server) changed(since int) []string {
	out := []string{}
	s.mu.Lock()
	defer s.mu.Unlock()
	for address, a := range s.assets {
		if a.generation > since {
			out = append(out, s.Site.Base()+address)
		}
	}
	slices.Sort(out)
	return out
}

// answer makes what is at an address of the site, once for each view.
func (s *server) answer(v *view, address string) *answer {
	if a := v.cache.get(address); a != nil {
		return a
	}
	a := s.make(v, address)
	v.cache.put(address, a)
	return a
}

func (s *server) make(v *view, address string) *answer {
	if !v.ready {
		return s.sorry(v, v.findings)
	}
	file, list, ok := s.Site.Open(address)
	a := &answer{file: file, kind: other, about: find(list.Sorted(), v.language, v.sources)}
	switch {
	case !ok && len(list) == 0:
		return &answer{kind: missing}
	case !ok || len(file.Data) == 0 && list.Errors() > 0:
		s.mu.Lock()
		file, ok = s.good[address]
		s.mu.Unlock()
		if !ok {
			return s.sorry(v, a.about)
		}
		a.file, a.stale = file, true
	case list.Errors() == 0 && isPage(file):
		s.keep(address, file)
	}
	version := hash(a.file.Data)
	a.etag = `"` + version + `"`
	if isPage(a.file) {
		a.kind, a.version = page, version
		a.etag = `W/"` + version + "-" + liveVersion + `"` // weak: the tag says when it was served
	}
	return a
}

// keep remembers a page that is right, for when it is not.
func (s *server) keep(address string, file build.File) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.good) >= maxKept {
		for other := range s.good { // any one: so many are not open at a time
			delete(s.good, other)
			break
		}
	}
	s.good[address] = file
}

// use remembers that pages use a file. Pieces of the kit are made when they are asked
// for, and not to find out whether they changed.
func (s *server) use(v *view, address string, a *answer) {
	if strings.HasPrefix(address, ownPrefix) {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.assets[address] == nil && len(s.assets) < maxAssets {
		s.assets[address] = &asset{a.etag, v.generation}
	}
}

func isPage(f build.File) bool { return strings.HasPrefix(f.Type, "text/html") }

func hash(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:8])
}

// What is remembered is bounded: a site may be larger than what one looks at.
const (
	maxKept   = 200      // pages
	maxAssets = 4000     // files
	maxCached = 32 << 20 // bytes, of one view
	maxEach   = 4 << 20
)

// cache holds what one view has made. It is safe for use by several goroutines.
type cache struct {
	mu      sync.Mutex
	answers map[string]*answer
	size    int
}

func newCache() *cache { return &cache{answers: map[string]*answer{}} }

func (c *cache) get(address string) *answer {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.answers[address]
}

func (c *cache) put(address string, a *answer) {
	n := len(a.file.Data)
	c.mu.Lock()
	defer c.mu.Unlock()
	if n <= maxEach && c.size+n <= maxCached && a.kind != missing && a.kind != broken {
		c.size += n
		c.answers[address] = a
	}
}
