package build

import (
	"slices"
	"strings"
	"sync"

	"vitrine/internal/bind"
	"vitrine/internal/cache"
	"vitrine/internal/diag"
	"vitrine/internal/page"
	"vitrine/internal/plan"
	"vitrine/internal/theme"
)

// Preview is a site kept in memory for those who write it. Nothing is put into public/ or
// kit/, and nothing is made before it is asked for. It is safe for use by several
// goroutines.
type Preview struct {
	options Options

	updating sync.Mutex
	pending  []string // files whose last state had errors: the site does not hold it

	mu   sync.RWMutex
	site *generation // the last one without errors; nil before
}

// generation is the site as it was read at one moment, brought up to date since.
type generation struct {
	*builder
	session  *bind.Session
	renderer *page.Renderer
	rest     diag.List             // what stages after bind found
	pages    map[string]*plan.Page // by address
	files    map[string]*plan.File // by path below public/
}

// everything is no file's name: what has it pending is read as a whole.
const everything = "*"

// File is something that a preview serves.
type File struct {
	Data []byte // not to be changed
	Type string // its media type
}

// NewPreview prepares a preview; Update reads the site.
func NewPreview(o Options) *Preview {
	o.Dry = true
	return &Preview{options: o}
}

// Update reads again what has changed. Names are the files that may have, relative to
// the site's folder with slashes; without any, everything is looked at. While the
// result has errors the last good site stays.
func (p *Preview) Update(names ...string) (*Result, error) {
	p.updating.Lock()
	defer p.updating.Unlock()
	if p.site != nil && len(names) > 0 {
		all := append(slices.Clone(names), p.pending...)
		slices.Sort(all)
		all = slices.Compact(all)
		if r := p.amend(all); r != nil {
			p.pending = nil
			if r.Diagnostics.Errors() > 0 {
				p.pending = all
			}
			return r, nil
		}
	}
	g, r, err := p.read()
	if err != nil || g == nil {
		// Until the whole can be read again, no part of it will do.
		p.pending = append(p.pending, everything)
		return r, err
	}
	p.pending = nil
	p.mu.Lock()
	p.site = g
	p.mu.Unlock()
	return r, nil
}

// read reads the whole site. The generation is nil when there are errors.
func (p *Preview) read() (*generation, *Result, error) {
	b := newBuilder(p.options)
	b.amends = true
	b.cache = cache.Open(b.State + "/cache") // pictures are not encoded twice
	if err := b.enter(); err != nil {
		return nil, b.result, err
	}
	if !b.prepare() {
		return nil, b.result, nil
	}
	g := &generation{builder: b, session: b.reader}
	list := b.render(g)
	found := len(b.reader.Found())
	b.report(list)
	g.rest = slices.Clone(b.result.Diagnostics[found:])
	b.result.Diagnostics = b.result.Diagnostics.Sorted()
	if b.result.Diagnostics.Errors() > 0 {
		return nil, b.result, nil
	}
	g.index()
	return g, b.result, nil
}

// render prepares the pages of a generation.
func (b *builder) render(g *generation) (list diag.List) {
	g.renderer, list = page.New(b.plan, b.theme, b.media, b.maps(), b.charts(), b.based)
	g.renderer.Weigh(b.scales())
	return list
}

// index finds pages and files by their addresses.
func (g *generation) index() {
	g.pages, g.files = make(map[string]*plan.Page, len(g.plan.Pages)), make(map[string]*plan.File, len(g.plan.Files))
	for _, x := range g.plan.Pages {
		g.pages[x.Path] = x
	}
	for _, f := range g.plan.Files {
		g.files[f.Path] = f
	}
}

// amend brings the site up to date without reading it as a whole, where all that changed
// are stories of participants, and files of the theme or of static/ that were there
// before. The result is nil where that is not so.
func (p *Preview) amend(names []string) *Result {
	p.mu.Lock()
	defer p.mu.Unlock()
	g := p.site
	var stories, looks []string
	for _, name := range names {
		switch {
		case g.session.Concerns(name):
			stories = append(stories, name)
		case g.ofTheme(name):
			looks = append(looks, name)
		case !g.copied(name):
			return nil
		}
	}
	r := &Result{Counts: g.result.Counts, Timings: map[string]float64{}, Language: g.result.Language, Sources: g.result.Sources}
	var look *theme.Theme
	var list diag.List
	if len(looks) > 0 {
		if look, list = g.look(); list.Errors() > 0 {
			r.Diagnostics = slices.Concat(g.session.Found(), g.rest, list).Sorted()
			return r
		}
	}
	if !g.reread(stories, r) {
		return nil
	}
	if r.Diagnostics.Errors() == 0 {
		if look != nil {
			r.Diagnostics = append(r.Diagnostics, slices.Concat(list, g.wear(look))...)
		}
		if len(names) > len(stories) {
			g.demand, g.fonts = onDemand{}, faces{} // pieces may show what was copied, a font for one
			g.renderer.Weigh(g.scales())
		}
	}
	r.Diagnostics = r.Diagnostics.Sorted()
	if r.Diagnostics.Errors() == 0 {
		g.builder.mu.Lock()
		g.result.Diagnostics = slices.Clone(r.Diagnostics)
		g.builder.mu.Unlock()
	}
	return r
}

// ofTheme reports whether a file is one of the site's own layouts, or its addition to the style sheet.
func (g *generation) ofTheme(name string) bool {
	rest, ok := strings.CutPrefix(name, "themes/"+g.theme.Name+"/")
	return ok && (strings.HasPrefix(rest, "layouts/") || rest == theme.OwnSheet)
}

// copied reports whether a file is only copied, and read when it is asked for. Maps are made of outlines, whoever
// else is given them.
func (g *generation) copied(name string) bool {
	for _, t := range g.site.Territories {
		if t.Outline != "" && g.file(t.Outline) == name {
			return false
		}
	}
	for _, f := range g.plan.Files {
		if f.Source == name {
			tree := g.tree
			if f.Theme {
				tree = g.theme.Tree
			}
			return !f.Picture && !isPicture(name) && tree.Exists(name)
		}
	}
	return false
}

// look reads the theme again. With errors there is none.
func (g *generation) look() (*theme.Theme, diag.List) {
	g.based = g.ground()
	t, list := theme.Load(g.tree, g.Own, g.Themes, g.site.Theme, g.site.Language)
	if t != nil {
		list = append(list, g.checkLayouts(g.plan, t)...)
	}
	return t, list
}

// wear starts rendering anew with a theme. With errors the one before stays.
func (g *generation) wear(t *theme.Theme) diag.List {
	before := g.theme
	g.builder.theme = t
	renderer, list := page.New(g.plan, t, g.media, g.maps(), g.charts(), g.based)
	if list.Errors() > 0 {
		g.builder.theme = before
		return list
	}
	renderer.Weigh(g.scales())
	g.renderer = renderer
	return list
}

// Open makes what the site has at an address that starts with a slash; ok is false when
// there is nothing. What is wrong with it is in the list: then there is no file, or one
// that is not as it should be.
func (p *Preview) Open(address string) (f File, list diag.List, ok bool) {
	p.mu.RLock()
	defer p.mu.RUnlock()
	g := p.site
	if g == nil {
		return File{}, nil, false
	}
	if x := g.pages[address]; x != nil {
		list, _ := g.renderer.Render(x, func(html []byte) error {
			f = File{slices.Clone(html), mediaType(".html")}
			return nil
		})
		return f, list, true
	}
	name := strings.TrimPrefix(address, "/")
	if x := g.files[name]; x != nil {
		data, err := g.content(x)
		return File{data, mediaType(name)}, nil, err == nil && data != nil
	}
	if kit, ok := strings.CutPrefix(name, officeKit); ok {
		data, list, ok := g.kitFile(kit)
		return File{data, mediaType(kit)}, list, ok
	}
	for _, d := range g.plan.Data {
		if d.Path == name {
			return File{g.data(d), mediaType(name)}, nil, true
		}
	}
	if data, list, ok := g.sharePicture(name); ok {
		return File{data, mediaType(name)}, list, ok
	}
	data, list, ok := g.publicPiece(name)
	return File{data, mediaType(name)}, list, ok
}

// officeKit is where a preview has what a build puts into kit/: it is never published.
const officeKit = ".vitrine/kit/"

// Check finds what is wrong with the prose of all pages: dead links, pictures that are
// not there. It is for those who have time: Open tells of one page what it finds.
func (p *Preview) Check() diag.List {
	p.mu.RLock()
	defer p.mu.RUnlock()
	var list diag.List
	if g := p.site; g != nil {
		for _, x := range g.plan.Pages {
			list = append(list, g.renderer.Check(x)...)
		}
	}
	return list.Sorted()
}

// Moved is where a folder's address without its last slash leads.
func (p *Preview) Moved(address string) (to string, ok bool) {
	p.mu.RLock()
	defer p.mu.RUnlock()
	if p.site == nil || strings.HasSuffix(address, "/") || p.site.pages[address+"/"] == nil {
		return "", false
	}
	return address + "/", true
}

// Base is the path below which the site stands, without a final slash: empty at the root
// of a host.
func (p *Preview) Base() string {
	p.mu.RLock()
	defer p.mu.RUnlock()
	if p.site == nil {
		return ""
	}
	return p.site.renderer.Base()
}
