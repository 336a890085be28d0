// Package build runs the stages in order: source, load and bind make the model; theme
// and plan say what will be made; page, export and piece make it; write puts it down.
//
// It gathers everything that is wrong before it writes anything: with one error the
// folders stay as they were. It owns the workers and the cache, and knows neither the
// clock nor the terminal: both come in through Options.
package build

import (
	"io/fs"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"vitrine/internal/bind"
	"vitrine/internal/cache"
	"vitrine/internal/diag"
	"vitrine/internal/model"
	"vitrine/internal/page"
	"vitrine/internal/plan"
	"vitrine/internal/source"
	"vitrine/internal/theme"
	"vitrine/internal/write"
)

// PageSize is how many participants a page of a list holds at most.
const PageSize = 30

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
	Sent     string // records the run as sent to print under this name; empty: it is not
	Shard    Shard  // the part of the outputs to make; the zero value is all of them
	Dry      bool   // make everything, write nothing
	Rules    bool   // say in the result what came of the programmes' rules
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
	Sent        string             // the record of what was sent to print, below the site
	Kept        []string           // files that are no longer made, but were changed by hand
	Rules       []RuleFinding      // where they were asked for, and the data could be read
	Sources     diag.Sources
	Language    diag.Language
	Written     bool
}

// Run builds a site. An error is the system's refusal; what is wrong with the site is
// in the result's diagnostics.
func Run(o Options) (*Result, error) {
	b := newBuilder(o)
	err := b.runWith(b.make, b.open)
	if err == nil && b.Sent != "" && b.result.Written {
		err = b.send()
	}
	return b.result, err
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
	result   *Result
	tree     *source.Tree
	site     *model.Site
	theme    *theme.Theme
	plan     *plan.Plan
	media    *media
	cache    *cache.Cache
	session  *write.Session
	memory   *source.Memory // of what was read; nil: nothing is known
	based    string         // the ground of the theme as it was read
	marked   bool           // what is printed says that it replaces an original
	printing bool           // only some pieces are made again
	amends   bool           // the site will be brought up to date record by record
	reader   *bind.Session  // then
	demand   onDemand       // the kit, file by file
	fonts    faces          // of the theme
	pieces   *kit           // what pieces are made with; nil: none was made yet

	watch func(output, []byte) // is told of every output with its bytes; nil: nobody is

	mu     sync.Mutex
	failed atomic.Bool
}

// runWith reads and plans the site, then makes its outputs and puts them down.
func (b *builder) runWith(make, open func() error) error {
	if err := b.enter(); err != nil {
		return err
	}
	if err := b.maySend(); err != nil {
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
	if id := b.piece(); id != "" {
		if err := b.knowsPiece(id); err != nil {
			return err
		}
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
	r, list := page.New(b.plan, b.theme, b.media, b.maps(), b.charts(), b.based)
	b.report(list)
	if list.Errors() > 0 {
		return nil
	}
	r.Weigh(b.scales())
	common := b.sharedNow()
	tasks := b.exports() // beside pages, so that no worker waits for a table or a picture
	if shares := b.shares(); len(shares) > 0 {
		tasks = slices.Concat(shares[:1], tasks, shares[1:]) // the first one readies what the others need
	}
	err := b.each("page", len(tasks)+len(b.plan.Pages), func(i int) error {
		if i < len(tasks) {
			return tasks[i]()
		}
		p := b.plan.Pages[i-len(tasks)]
		out := output{"public", p.File(), "page", p.Subject()}
		if b.elsewhere(out) {
			return nil
		}
		short := common.of(p)
		if p.Kind == "ecodesign" {
			short = cache.Key{} // it weighs other pages, with their stories
		}
		if b.keepShort(out, short) {
			return nil
		}
		draft := r.Draft(p)
		key := cache.Key(draft.Key())
		if b.keep(out, key) {
			b.noteShort(out, key, short)
			return nil
		}
		list, err := draft.Render(func(html []byte) error { return b.putAs(out, key, html) })
		b.report(list)
		if len(list) > 0 {
			b.forget(out) // what is wrong with it is to be said each time
		} else {
			b.noteShort(out, key, short)
		}
		return err
	})
	done()
	if err != nil {
		return err
	}
	done = b.timed("export")
	defer done()
	if err := b.cards(); err != nil {
		return err
	}
	return b.copyFiles()
}

func (b *builder) commit() error {
	b.count()
	if b.Dry {
		return nil
	}
	done := b.timed("write")
	var beside sync.WaitGroup // what is remembered is put together meanwhile
	var read []byte
	beside.Go(func() { read = b.encodeRead() })
	report, err := b.session.Commit()
	beside.Wait()
	done()
	if err != nil {
		return err
	}
	if b.memory != nil {
		beside.Go(b.memory.Save)
	}
	b.result.Written = true
	b.result.Kept = report.Kept
	b.outputs(report.Files)
	b.remember(report, read)
	beside.Wait()
	return nil
}

// count says how many participants the site lists, beside its outputs of each kind.
func (b *builder) count() {
	for _, s := range b.plan.Sections {
		b.result.Counts["listed"] += len(s.Listed)
	}
}
