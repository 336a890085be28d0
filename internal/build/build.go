// Package build runs the stages in order: source, load and bind make the model; theme
// and plan say what will be made; page, export and piece make it; write puts it down.
//
// It gathers everything that is wrong before it writes anything: with one error the
// folders stay as they were. It owns the workers and the cache, and knows neither the
// clock nor the terminal: both come in through Options.
package build

import (
	"fmt"
	"io/fs"
	"maps"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"vitrine/internal/bind"
	"vitrine/internal/cache"
	"vitrine/internal/diag"
	"vitrine/internal/ident"
	"vitrine/internal/model"
	"vitrine/internal/page"
	"vitrine/internal/plan"
	"vitrine/internal/source"
	"vitrine/internal/theme"
	"vitrine/internal/write"
)

// PageSize is how many participants a page of a list holds at most.
const PageSize = 48

// Options say what to build, and bring in what stages may not ask for themselves.
type Options struct {
	Site   string // the site's folder
	Public string // where the site goes
	Kit    string // where the kit goes
	State  string // .vitrine
	Only   string // site, kit, or a piece's id; empty: everything

	Program string // names the program that builds: another one may make other bytes

	Themes fs.FS // the built-in themes
	Own    fs.FS // the site's folder, for its own themes

	Today    func(zone string) model.Date
	Workers  int
	Force    bool
	Shard    Shard // the part of the outputs to make; the zero value is all of them
	Dry      bool  // make everything, write nothing
	Now      func() time.Time
	Progress func(stage string, done, total int)
}

// Output is one file that a build made or found as it was.
type Output struct {
	Path    string `json:"path"`
	Kind    string `json:"kind"`
	Subject string `json:"subject"`
	Status  string `json:"status"`
	Bytes   int64  `json:"bytes"`
}

// Result is what a build did.
type Result struct {
	Outputs     []Output
	Diagnostics diag.List
	Counts      map[string]int
	Made        map[string]int     // outputs that had to be made, by kind: not those that stood there already
	Timings     map[string]float64 // seconds
	Kept        []string           // files that are no longer made, but were changed by hand
	Sources     diag.Sources
	Language    diag.Language
	Written     bool
}

// Run builds a site. An error is the system's refusal; what is wrong with the site is
// in the result's diagnostics.
func Run(o Options) (*Result, error) {
	b := newBuilder(o)
	return b.result, b.runWith(b.make, b.open)
}

func newBuilder(o Options) *builder {
	if o.Workers <= 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	if o.Progress == nil {
		o.Progress = func(string, int, int) {}
	}
	b := &builder{Options: o, result: &Result{Counts: map[string]int{}, Made: map[string]int{}, Timings: map[string]float64{}}}
	if !o.Dry {
		b.cache = cache.Open(b.State + "/cache")
	}
	return b
}

type builder struct {
	Options
	result  *Result
	tree    *source.Tree
	site    *model.Site
	theme   *theme.Theme
	plan    *plan.Plan
	media   *media
	cache   *cache.Cache
	session *write.Session
	memory  *source.Memory // of what was read; nil: nothing is known
	amends  bool           // the site will be brought up to date record by record
	reader  *bind.Session  // then
	demand  onDemand       // the kit, file by file

	mu     sync.Mutex
	failed atomic.Bool
}

// runWith reads and plans the site, then makes its outputs and puts them down.
func (b *builder) runWith(make, open func() error) error {
	if err := b.enter(); err != nil {
		return err
	}
	if done, err := b.standing(); done || err != nil {
		return err
	}
	b.remind()
	if !b.prepare() {
		return b.letGo()
	}
	if !b.Dry {
		if err := open(); err != nil {
			return err
		}
	}
	err := make()
	if err != nil || b.result.Diagnostics.Errors() > 0 {
		if aerr := b.letGo(); err == nil {
			err = aerr
		}
		b.result.Diagnostics = b.result.Diagnostics.Sorted()
		return err
	}
	b.result.Diagnostics = b.result.Diagnostics.Sorted()
	return b.commit()
}

// enter opens the site's folder.
func (b *builder) enter() error {
	tree, err := source.Open(b.Site)
	if err != nil {
		return err
	}
	if b.Now != nil {
		tree.Trust(b.Now())
	}
	b.tree = tree
	b.result.Sources = tree.Text
	return nil
}

// remind has the tree know what earlier builds read, unless everything is to be read.
func (b *builder) remind() {
	if !b.Dry && !b.Force && b.Now != nil {
		b.memory = source.OpenMemory(filepath.Join(b.State, "cache", "sources"))
		b.tree.Recall(b.memory)
	}
}

// letGo ends the session, if there is one: nothing is put down.
func (b *builder) letGo() error {
	if b.memory != nil {
		b.memory.Forget()
	}
	if b.session == nil {
		return nil
	}
	return b.session.Abort()
}

// prepare reads the site, the theme and the pictures, and plans. It returns false when
// what it found leaves nothing to go on with.
func (b *builder) prepare() bool {
	done := b.timed("bind")
	site, list := b.bind(bind.Options{Today: b.Today, Workers: b.Workers})
	done()
	b.site = site
	b.report(list)
	b.result.Language = diag.Language(site.Language)
	if structural(list) || site.Origin == nil {
		b.result.Diagnostics = b.result.Diagnostics.Sorted()
		return false
	}
	done = b.timed("theme")
	t, list := theme.Load(b.tree, b.Own, b.Themes, site.Theme, site.Language)
	done()
	b.report(list)
	if t == nil || list.Errors() > 0 {
		b.result.Diagnostics = b.result.Diagnostics.Sorted()
		return false
	}
	b.theme = t
	b.result.Sources = func(file string) ([]byte, bool) {
		if text, ok := b.tree.Text(file); ok {
			return text, true
		}
		return t.Tree.Text(file)
	}
	done = b.timed("plan")
	b.media = newMedia(b)
	files := b.files()
	p, list := plan.Make(site, t.Words(site.Language), PageSize, files)
	done()
	done = b.timed("theme")
	list = append(list, t.Check(b.layouts(p), b.Workers)...)
	done()
	b.report(list)
	b.plan = p
	if list.Errors() > 0 {
		b.result.Diagnostics = b.result.Diagnostics.Sorted()
		return false
	}
	return true
}

// layouts are the kinds of pages that the build will lay out.
func (b *builder) layouts(p *plan.Plan) []string {
	kinds := map[string]bool{}
	for _, x := range p.Pages {
		kinds[x.Kind] = true
	}
	if b.wantsKit() {
		kinds["kit"] = true
	}
	return slices.Sorted(maps.Keys(kinds))
}

// bind makes the model.
func (b *builder) bind(o bind.Options) (site *model.Site, list diag.List) {
	if !b.amends {
		return bind.Site(b.tree, o)
	}
	b.reader, site, list = bind.Open(b.tree, o)
	return site, list
}

// structural reports whether some record could not be read at all: what follows would
// only repeat its absence in other words.
func structural(list diag.List) bool {
	codes := []diag.Code{
		diag.Unreadable, diag.BadEncoding, diag.TOMLSyntax, diag.CSVSyntax, diag.FrontMatter, diag.BadID, diag.Duplicate,
		diag.ReservedID, diag.UnknownRef, diag.MissingKey, diag.CodeCollision, diag.UnknownTheme,
	}
	return slices.ContainsFunc(list, func(d diag.Diagnostic) bool {
		return d.Severity == diag.Error && slices.Contains(codes, d.Code)
	})
}

// open takes hold of the output folders, unless that is done.
func (b *builder) open() error {
	if b.session != nil {
		return nil
	}
	var outs []write.Output
	if b.wantsSite() {
		outs = append(outs, write.Output{Name: "public", Dir: b.Public, KeepOthers: b.Shard.Of > 1})
	}
	if b.wantsKit() {
		out := write.Output{Name: "kit", Dir: b.Kit, KeepOthers: b.Shard.Of > 1}
		if b.piece() != "" {
			out.Within = b.pieceScope()
		}
		outs = append(outs, out)
	}
	s, err := write.Open(write.Options{State: b.State, Outputs: outs, Force: b.Force, Workers: b.Workers})
	b.session = s
	return err
}

// make renders everything that was planned.
func (b *builder) make() error {
	if err := b.knowsPiece(); err != nil {
		return err
	}
	if b.wantsSite() {
		if err := b.makeSite(); err != nil {
			return err
		}
	}
	return b.makeKit()
}

func (b *builder) wantsSite() bool { return b.Only == "" || b.Only == "site" }
func (b *builder) wantsKit() bool  { return b.Only != "site" }

// piece is the one piece that is asked for, if it is one.
func (b *builder) piece() string {
	if b.Only == "site" || b.Only == "kit" {
		return ""
	}
	return b.Only
}

func (b *builder) makeSite() error {
	done := b.timed("page")
	r, list := page.New(b.plan, b.theme, b.media, b.maps(), b.ground())
	b.report(list)
	if list.Errors() > 0 {
		return nil
	}
	err := b.each("page", len(b.plan.Pages), func(i int) error {
		p := b.plan.Pages[i]
		out := output{"public", p.File(), "page", p.Subject()}
		if b.elsewhere(out) {
			return nil
		}
		draft := r.Draft(p)
		key := cache.Key(draft.Key())
		if b.keep(out, key) {
			return nil
		}
		list, err := draft.Render(func(html []byte) error { return b.putAs(out, key, html) })
		b.report(list)
		if len(list) > 0 {
			b.forget(out) // what is wrong with it is to be said each time
		}
		return err
	})
	done()
	if err != nil {
		return err
	}
	done = b.timed("export")
	defer done()
	if err := b.exports(); err != nil {
		return err
	}
	return b.copyFiles()
}

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

func (b *builder) commit() error {
	b.count()
	if b.Dry {
		return nil
	}
	done := b.timed("write")
	report, err := b.session.Commit()
	done()
	if err != nil {
		return err
	}
	b.result.Written = true
	b.result.Kept = report.Kept
	b.outputs(report.Files)
	b.remember(report)
	if b.memory != nil {
		b.memory.Save()
	}
	return nil
}

// count says how many participants the site lists, beside its outputs of each kind.
func (b *builder) count() {
	for _, s := range b.plan.Sections {
		b.result.Counts["listed"] += len(s.Listed)
	}
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

// knowsPiece is nil when the piece that was asked for exists, or none was.
func (b *builder) knowsPiece() error {
	id := b.piece()
	var known []string
	for _, p := range b.plan.Pieces {
		known = append(known, p.Use.ID)
	}
	if id == "" || slices.Contains(known, id) {
		return nil
	}
	near, _ := ident.Nearest(id, known)
	return &UnknownError{Kind: "piece", ID: id, Near: near, Known: known}
}
