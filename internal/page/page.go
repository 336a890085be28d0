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
	site   *model.Site
	plan   *plan.Plan
	theme  *theme.Theme
	media  Media
	words  theme.Words
	lang   typography.Language
	base   string // path of the site's address, without final slash
	host   string // the address before that path
	maps   Maps
	charts Charts
	scales Scales // nil: nothing is weighed

	ground string // names what all pages are made with

	chrome     sync.Map // section key → *chrome
	given      sync.Map // *model.Programme → givers
	issued     sync.Map // *model.Programme → []byte, who gives its award, as JSON
	marks      sync.Map // *model.Theme → Mark
	ways       sync.Map // *plan.Section → []Dimension
	shapes     sync.Map // *model.Territory → [32]byte, digest of its map without figures
	inhabited  sync.Map // *model.Territory → how many are listed there
	cards      sync.Map // *model.Participant → *madeCard
	cardFrames sync.Map // *model.Programme → *Frame
	finders    sync.Map // *plan.Section → template.HTML
	programs   sync.Map // execution → *program
}

// Maps draws where things are, at build time: no page asks anyone for a map.
type Maps interface {
	// Map draws a territory's members as SVG, or nothing; after it stands what key, which may be nil, makes of its
	// classes. The map is for the eye alone: a list beside it says the same.
	Map(around *model.Territory, cells []Cell, key func([]Class) template.HTML) template.HTML
	// Spot is where a place lies in a territory, and where a point of it stands; nil where it is no member, or
	// nothing can be drawn.
	Spot(around, place *model.Territory, lat, lon float64, point bool) *Spot
}

// Spot is a small map, as the path data of a drawing of so many units.
type Spot struct {
	Width, Height int
	Land, Place   string // the territory, and the place in it
	Point         bool
	X, Y          int // of the point
}

// Class is a tint of a map and its pattern, with the least and the greatest number of those that have it.
type Class struct{ Level, Least, Most int }

// Cell is a commune of a map.
type Cell struct {
	Territory *model.Territory
	URL       string
	Count     int
	Title     string
	Here      bool
}

// New prepares the rendering of a plan. The theme must have the site's language. Ground
// names all that pages are made with beside their views: the program, the theme's files.
func New(p *plan.Plan, t *theme.Theme, media Media, maps Maps, charts Charts, ground string) (*Renderer, diag.List) {
	r := &Renderer{
		site: p.Site, plan: p, theme: t, media: media, maps: maps, charts: charts,
		words: t.Words(p.Site.Language), lang: typography.Language(p.Site.Language),
	}
	if u, err := url.Parse(p.Site.BaseURL); err == nil {
		r.base = strings.TrimRight(u.Path, "/")
	}
	r.host = strings.TrimSuffix(p.Site.BaseURL, r.base)
	r.ground = strings.Join([]string{ground, p.Site.Language, r.base}, "\x00")
	return r, r.tryCards()
}

// Weigh lends the scales with which pages are weighed, before the first is drafted.
func (r *Renderer) Weigh(s Scales) { r.scales = s }

// url is the address of a page as links write it.
func (r *Renderer) url(path string) string { return r.base + path }

// full is the address of a page with its host.
func (r *Renderer) full(path string) string { return r.site.BaseURL + path }

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

func (r *Renderer) view(p *plan.Page, d *Draft) any {
	switch p.Kind {
	case "home":
		return r.home(p, d)
	case "programme":
		return r.programme(p, d)
	case "directory":
		return r.directory(p, d)
	case "filters":
		return r.filters(p, d)
	case "participant":
		return r.participant(p, d)
	case "verify":
		return r.verify(p)
	case "embed":
		return r.embed(p)
	case "frame":
		return r.framedList(p, d)
	case "moved":
		return r.moved(p)
	case "challenges":
		return r.challenges(p)
	case "challenge":
		return r.challenge(p, d)
	case "themes":
		return r.themes(p)
	case "theme":
		return r.themePage(p, d)
	case "editions":
		return r.editions(p, d)
	case "edition":
		return r.edition(p, d)
	case "report":
		return r.reportPage(p, d)
	case "groups":
		return r.groups(p)
	case "group":
		return r.group(p, d)
	case "join":
		return r.join(p, d)
	case "agenda":
		return r.agenda(p)
	case "glossary":
		return r.glossary(p)
	case "questions":
		return r.questions(p)
	case "partners":
		return r.partnersPage(p)
	case "figures":
		return r.figures(p)
	case "territories":
		return r.territories(p, d)
	case "territory":
		return r.territory(p, d)
	case "news":
		return r.news(p)
	case "article", "page":
		return r.prosePage(p, d)
	case "data":
		return r.openData(p)
	case "ecodesign":
		return r.ecodesign(p, d)
	case "legal", "privacy", "accessibility", "contact", "sitemap", "missing":
		return r.fixed(p)
	}
	return nil
}

// profile is the public form of a participant.
func (r *Renderer) profile(x *model.Participant) *model.Profile { return x.Profile(r.site) }

// at is a place where something is: « à Caen », « au Havre », “in Le Havre”.
func (r *Renderer) at(t *model.Territory) string {
	if r.lang == typography.English {
		return "in " + typography.Le(t.Article, t.Name)
	}
	return t.At()
}

// of is a place that something is of: « de Caen », « du Havre », “of Le Havre”.
func (r *Renderer) of(t *model.Territory) string {
	if r.lang == typography.English {
		return "of " + typography.Le(t.Article, t.Name)
	}
	return t.Of()
}

// pair is a text with what it is about before it.
func (r *Renderer) pair(about, text string) string {
	if r.lang == typography.English {
		return about + ": " + text
	}
	return about + "\u00a0: " + text
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

// span is from a day to another, either of which may not be known.
func (r *Renderer) span(from, to model.Date) string {
	if from.IsZero() && !to.IsZero() {
		return r.phrase("until", "date", r.date(to))
	}
	if to.IsZero() || to == from {
		return r.date(from)
	}
	return typography.Period(r.lang, from.Year, from.Month, from.Day, to.Year, to.Month, to.Day)
}
