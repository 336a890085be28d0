// Package page renders pages: a planned page becomes a view, and a layout of the theme
// turns the view into HTML through html/template; prose goes through goldmark.
//
// A Renderer is made once for a build. What many pages share (the head, the header,
// the footer, a participant's card) is rendered once and kept as HTML, so that no page
// escapes it again. Rendering is safe from several goroutines.
package page

import (
	"bytes"
	"html/template"
	"net/url"
	"reflect"
	"strings"
	"sync"

	"vitrine/internal/diag"
	"vitrine/internal/model"
	"vitrine/internal/plan"
	"vitrine/internal/theme"
	"vitrine/internal/typography"
)

// Media knows the pictures that the site publishes.
type Media interface {
	// Web returns the sizes in which a picture is published; ok is false when it is not.
	Web(file string) (image Picture, ok bool)
}

// Picture is a published picture: its widths, ascending, each with its path.
type Picture struct {
	Sizes []Size
}

// Size is one width of a picture, in pixels.
type Size struct {
	Path          string // below public/
	Width, Height int
}

// Renderer renders the pages of one build.
type Renderer struct {
	site  *model.Site
	plan  *plan.Plan
	theme *theme.Theme
	media Media
	words theme.Words
	lang  typography.Language
	base  string // path of the site's address, without final slash
	maps  Maps

	chrome   sync.Map // section key → *chrome
	marks    sync.Map // *model.Theme → Mark
	ways     sync.Map // *plan.Section → []Dimension
	cards    map[*model.Participant]template.HTML
	profiles sync.Map // *model.Participant → *model.Profile
	programs sync.Map // execution → *program
	neutral  model.Words
	owners   map[string]*model.Programme
}

// Maps draws the map of a territory's members as SVG, or nothing. The map is for the
// eye alone: a list beside it says the same.
type Maps func(around *model.Territory, cells []Cell) template.HTML

// Cell is a commune of a map.
type Cell struct {
	Territory *model.Territory
	URL       string
	Count     int
	Title     string
	Here      bool
}

// New prepares the rendering of a plan. The theme must have the site's language.
func New(p *plan.Plan, t *theme.Theme, media Media, maps Maps) (*Renderer, diag.List) {
	r := &Renderer{
		site: p.Site, plan: p, theme: t, media: media, maps: maps,
		words: t.Words(p.Site.Language), lang: typography.Language(p.Site.Language),
		cards: map[*model.Participant]template.HTML{},
	}
	if u, err := url.Parse(p.Site.BaseURL); err == nil {
		r.base = strings.TrimRight(u.Path, "/")
	}
	return r, r.makeCards()
}

// url is the address of a page as links write it.
func (r *Renderer) url(path string) string { return r.base + path }

// full is the address of a page with its host.
func (r *Renderer) full(path string) string { return r.site.BaseURL + path }

// Render makes a page and hands it to put, unless it has an error. The bytes are only
// lent: put may not keep them.
func (r *Renderer) Render(p *plan.Page, put func(html []byte) error) (diag.List, error) {
	var list diag.List
	view := r.view(p, &list)
	if view == nil {
		return append(list, diag.New(diag.TemplateRun, diag.Span{File: r.theme.File("layouts")}, "reason", "no view for "+p.Kind)), nil
	}
	var err error
	problems := r.execute(p.Kind, "_base.html", view, func(html []byte) { err = put(html) })
	return append(list, problems...), err
}

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// execute runs a template of a kind's layout and lends what it wrote to use. A program
// writes what html/template would; where it fails, html/template says why.
func (r *Renderer) execute(kind, name string, view any, use func(html []byte)) diag.List {
	layout, ok := r.theme.Page(kind)
	if !ok {
		return diag.List{diag.New(diag.TemplateRun, diag.Span{File: r.theme.File("layouts/" + kind + ".html")}, "reason", "there is no such layout")}
	}
	b := buffers.Get().(*bytes.Buffer)
	b.Reset()
	defer buffers.Put(b)
	program := r.program(layout, execution{kind, name, reflect.TypeOf(view)})
	if program == nil || program.Execute(b, view) != nil {
		if err := layout.ExecuteTemplate(b, name, view); err != nil {
			return diag.List{r.theme.TemplateError(diag.TemplateRun, err)}
		}
	}
	use(b.Bytes())
	return nil
}

func (r *Renderer) view(p *plan.Page, list *diag.List) any {
	switch p.Kind {
	case "home":
		return r.home(p)
	case "programme":
		return r.programme(p, list)
	case "directory":
		return r.directory(p)
	case "filters":
		return r.filters(p)
	case "participant":
		return r.participant(p, list)
	case "verify":
		return r.verify(p)
	case "challenges":
		return r.challenges(p)
	case "challenge":
		return r.challenge(p, list)
	case "themes":
		return r.themes(p)
	case "theme":
		return r.themePage(p, list)
	case "editions":
		return r.editions(p)
	case "edition":
		return r.edition(p, list)
	case "groups":
		return r.groups(p)
	case "group":
		return r.group(p, list)
	case "figures":
		return r.figures(p)
	case "territories":
		return r.territories(p)
	case "territory":
		return r.territory(p, list)
	case "news":
		return r.news(p)
	case "article", "page":
		return r.prosePage(p, list)
	case "legal", "privacy", "accessibility", "contact", "sitemap", "missing":
		return r.fixed(p)
	}
	return nil
}

// profile is the public form of a participant, made once.
func (r *Renderer) profile(x *model.Participant) *model.Profile {
	if p, ok := r.profiles.Load(x); ok {
		return p.(*model.Profile)
	}
	p, _ := r.profiles.LoadOrStore(x, x.Profile(r.site))
	return p.(*model.Profile)
}

// phrase is a phrase of the theme that must exist; its key shows where it does not.
func (r *Renderer) phrase(key string, args ...any) string {
	s, err := r.words.T(key, args...)
	if err != nil {
		return key
	}
	return s
}

func (r *Renderer) count(key string, n int, args ...any) string {
	s, err := r.words.N(key, n, args...)
	if err != nil {
		return key
	}
	return s
}

func (r *Renderer) date(d model.Date) string {
	if d.IsZero() {
		return ""
	}
	return typography.Date(r.lang, d.Year, d.Month, d.Day)
}

func (r *Renderer) span(from, to model.Date) string {
	if to.IsZero() || to == from {
		return r.date(from)
	}
	return typography.Period(r.lang, from.Year, from.Month, from.Day, to.Year, to.Month, to.Day)
}
