package build

import (
	"mime"
	"path"
	"strings"
	"sync"

	"vitrine/internal/diag"
	"vitrine/internal/export"
	"vitrine/internal/page"
	"vitrine/internal/plan"
)

// Preview is a site kept in memory for those who write it. Nothing is put on disk, and
// nothing is made before it is asked for. It is safe for use by several goroutines.
type Preview struct {
	options Options

	mu   sync.RWMutex
	site *generation // the last one without errors; nil before
}

// generation is the site as it was read at one moment.
type generation struct {
	*builder
	renderer *page.Renderer
	pages    map[string]*plan.Page // by address
	files    map[string]*plan.File // by path below public/
}

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
	b := newBuilder(p.options)
	if err := b.enter(); err != nil {
		return b.result, err
	}
	if !b.prepare() || b.result.Diagnostics.Errors() > 0 {
		return b.result, nil
	}
	g := &generation{builder: b, pages: map[string]*plan.Page{}, files: map[string]*plan.File{}}
	var list diag.List
	g.renderer, list = page.New(b.plan, b.theme, b.media, b.maps(), b.ground())
	b.report(list)
	for _, x := range b.plan.Pages {
		g.pages[x.Path] = x
	}
	for _, f := range b.plan.Files {
		g.files[f.Path] = f
	}
	if list.Errors() > 0 {
		return b.result, nil
	}
	p.mu.Lock()
	p.site = g
	p.mu.Unlock()
	return b.result, nil
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
			f = File{append([]byte(nil), html...), "text/html; charset=utf-8"}
			return nil
		})
		return f, list, true
	}
	name := strings.TrimPrefix(address, "/")
	if x := g.files[name]; x != nil {
		data, err := g.content(x)
		return File{data, mediaType(name)}, nil, err == nil && data != nil
	}
	switch name {
	case "sitemap.xml":
		f.Data = export.Sitemap(g.site.BaseURL, g.listedPages())
	case "robots.txt":
		f.Data = export.Robots(g.site.BaseURL)
	case "atom.xml":
		f.Data = export.Atom(g.site, g.plan.Article)
	default:
		return File{}, nil, false
	}
	f.Type = mediaType(name)
	return f, nil, true
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

// mediaTypes are those of the files that sites hold: not all machines know them.
var mediaTypes = map[string]string{
	".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8",
	".svg": "image/svg+xml", ".woff2": "font/woff2", ".xml": "application/xml", ".pdf": "application/pdf",
	".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".webp": "image/webp", ".avif": "image/avif", ".gif": "image/gif",
	".txt": "text/plain; charset=utf-8", ".csv": "text/csv; charset=utf-8", ".json": "application/json", ".geojson": "application/geo+json",
	".ics": "text/calendar; charset=utf-8", ".vcf": "text/vcard; charset=utf-8", ".ico": "image/x-icon",
}

func mediaType(name string) string {
	ext := strings.ToLower(path.Ext(name))
	if t := mediaTypes[ext]; t != "" {
		return t
	}
	if t := mime.TypeByExtension(ext); t != "" {
		return t
	}
	return "application/octet-stream"
}
