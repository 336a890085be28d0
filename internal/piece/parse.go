package piece

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"text/template"

	"vitrine/internal/diag"
	"vitrine/internal/layout"
	"vitrine/internal/load"
	"vitrine/internal/model"
)

// maxPages bounds what a template may ask for.
const maxPages = 64

type parser struct {
	list    diag.List
	options Options
	funcs   template.FuncMap
	styles  map[string]*style
	over    []*load.Table // the styles of the templates that build on the one being read, the outermost first
	// of the last file that says so
	cut, underlay *load.Table
	reverse       bool
}

// box is one frame of a template.
type box struct {
	page   int // from 1; 0 stands on every page
	at     layout.Rect
	rotate float64       // degrees clockwise around its middle
	below  bool          // stands under the box before it, at.Y being the gap
	until  layout.Length // with below: where its height ends; 0: as at says
	when   *expr
	drawer drawer
	static bool // the same for every subject: laid out once
	origin load.Ref
}

// drawer is what a kind of box does: put its items into the page at its place. It returns the height
// that it took, for boxes that grow with their text.
type drawer interface {
	draw(r *run, at layout.Rect) layout.Length
	// fixed tells whether it draws the same for every subject.
	fixed() bool
}

// Parse reads a template. With any error in its list the template is nil.
func Parse(name string, root *load.Table, options Options) (*Template, diag.List) {
	p := &parser{options: options, funcs: funcMap(options), styles: map[string]*style{}}
	t := &Template{Name: name, Bleed: layout.MM(3), Safe: layout.MM(5), Pages: 1, origin: root.Ref}
	p.template(t, root, options, []string{name})
	p.shape(t)
	if p.list.Errors() > 0 {
		return nil, p.list
	}
	return t, p.list
}

// template reads the keys of one file. Those of the template it builds on come first: what it says
// itself takes their place, and its boxes stand above the other's.
func (p *parser) template(t *Template, root *load.Table, options Options, open []string) {
	r := p.read(root)
	if r.has("use") {
		styles, ok := root.Table("styles")
		if ok {
			p.over = append(p.over, styles)
		}
		r.use(t, options, open)
		if ok {
			p.over = p.over[:len(p.over)-1]
		}
	} else {
		r.need("size")
	}
	if r.has("title") {
		t.Title = r.str("title")
	}
	r.about(t)
	if r.has("size") {
		t.W, t.H = r.size("size")
	}
	t.Bleed = r.mm("bleed", t.Bleed.MM(), 0, 50)
	t.Safe = r.mm("safe", t.Safe.MM(), 0, 100)
	t.Pages = r.integer("pages", t.Pages, 1, maxPages)
	t.multiple = r.integer("multiple", t.multiple, 1, 16)
	if r.has("cut") {
		p.cut = root
	}
	if r.has("underlay") {
		p.underlay = root
	}
	if r.has("reverse") {
		p.reverse = r.boolean("reverse", false)
	}
	if r.has("background") {
		t.background, t.backgroundImage, t.origin = nil, "", root.Ref
		if s := r.str("background"); isFile(s) {
			t.backgroundImage = s
		} else if s != "" {
			t.background = r.expr("background")
		}
	}
	if r.has("document") {
		if d, ok := root.Table("document"); ok {
			dr := p.read(d)
			if dr.has("title") {
				t.docTitle = dr.expr("title")
			}
			if dr.has("subject") {
				t.docSubject = dr.expr("subject")
			}
			p.list = append(p.list, dr.finish()...)
		} else {
			r.wrong("document", "a-table")
		}
	}
	if r.has("styles") {
		if styles, ok := root.Table("styles"); ok {
			r.readStyles(styles)
		} else {
			r.wrong("styles", "a-table")
		}
	}
	r.has("box")
	boxes, ok := root.Tables("box")
	if root.Has("box") && !ok {
		r.wrong("box", "tables")
	}
	for _, b := range boxes {
		if box := p.box(b, false); box != nil {
			if box.page > t.Pages {
				if b.Has("page") && root.Has("pages") {
					p.list = append(p.list, diag.New(diag.BadNumber, b.Span("page"), "key", "page", "value", strconv.Itoa(box.page)))
				}
				t.Pages = min(box.page, maxPages)
			}
			if _, flows := box.drawer.(*flowBox); flows && t.flowOn(box.page) != nil {
				p.list = append(p.list, diag.New(diag.BadBox, b.Span("kind"), "reason", "flow-twice"))
			}
			t.boxes = append(t.boxes, box)
		}
	}
	r.done()
}

// use reads the template that this one builds on.
func (r *reader) use(t *Template, options Options, open []string) {
	id := r.str("use")
	var root *load.Table
	again := slices.Contains(open, id)
	switch {
	case again && open[len(open)-1] == id && options.Under != nil:
		if root = options.Under(id, len(open)-slices.Index(open, id)); root != nil {
			again = false
		}
	case !again && options.Template != nil && id != "":
		root = options.Template(id)
	}
	switch {
	case again:
		r.badBox("use", "use-circle")
	case root == nil:
		r.bad(diag.New(diag.UnknownPiece, r.table.Span("use"), "id", id))
	default:
		r.template(t, root, options, append(open, id))
	}
}

// about reads for whom the template is, and steps over what lists of templates say of it.
func (r *reader) about(t *Template) {
	if r.has("for") {
		t.For = r.subjects()
	}
	if !r.has("about") {
		return
	}
	about, ok := r.table.Table("about")
	if !ok {
		r.wrong("about", "a-table")
		return
	}
	words := r.read(about)
	for _, language := range []string{"fr", "en"} {
		words.str(language)
	}
	words.done()
}

// subjects are the records that `for` lists.
func (r *reader) subjects() []string {
	list, ok := r.table.Strings("for")
	if !ok {
		r.wrong("for", "a-list")
		return nil
	}
	known := model.PieceSubjects()
	for _, s := range list {
		if !slices.Contains(known, s) {
			r.bad(diag.New(diag.BadChoice, r.table.Span("for"), "value", s, "key", "for", "choices", strings.Join(known, ", ")))
		}
	}
	return list
}

// shape is what depends on the size, which another file may have said.
func (p *parser) shape(t *Template) {
	if p.cut != nil {
		t.contour = p.read(p.cut).contour(t)
	}
	var choke layout.Length
	if p.underlay != nil {
		choke = p.read(p.underlay).underlay(t.contour)
	}
	if p.reverse {
		t.reverse = &reversal{choke: choke}
	}
}

// finish reports the unknown keys and hands nothing over: the list is the parser's.
func (r *reader) finish() diag.List {
	r.done()
	return nil
}

// box reads a [[box]] or, inside a list, a [[box.item]].
func (p *parser) box(t *load.Table, inItem bool) *box {
	r := p.read(t)
	before := len(p.list)
	b := &box{origin: t.Ref}
	r.need("kind")
	r.need("at")
	name := r.str("kind")
	if v := r.numbers("at", 4); v != nil {
		b.at = layout.Rect{X: layout.MM(v[0]), Y: layout.MM(v[1]), W: layout.MM(v[2]), H: layout.MM(v[3])}
	}
	if !inItem {
		b.page = r.integer("page", 1, 0, maxPages)
	}
	b.rotate = r.number("rotate", 0, -360, 360)
	if b.below = r.has("below"); b.below {
		b.at.Y = r.mm("below", 0, -500, 500)
	}
	if !inItem {
		b.until = r.mm("until", 0, 0, 5000)
	}
	b.when = r.expr("when")
	if t.Has("kind") && name != "" {
		var names []string
		for _, k := range kinds() {
			names = append(names, k.name)
			if k.name == name {
				b.drawer = k.parse(r)
			}
		}
		if b.drawer == nil {
			r.choice("kind", names...)
		}
	}
	if _, flows := b.drawer.(*flowBox); flows && (inItem || b.page == 0 || b.rotate != 0) {
		r.badBox("kind", "flow-place")
	}
	r.done()
	if len(p.list) > before || b.drawer == nil {
		return nil
	}
	b.static = !b.below && b.when.static() && b.drawer.fixed()
	return b
}

// sizes are the trim sizes by name, in millimetres, upright.
var sizes = map[string][2]float64{
	"A3": {297, 420}, "A4": {210, 297}, "A5": {148, 210}, "A6": {105, 148}, "DL": {99, 210},
}

var sizePattern = regexp.MustCompile(`^(\d+(?:[.,]\d+)?)\s*[x×]\s*(\d+(?:[.,]\d+)?)$`)

// size reads « A4 », « A4 landscape » or « 120x120 » (millimetres).
func (r *reader) size(key string) (w, h layout.Length) {
	s := r.str(key)
	if s == "" {
		return layout.MM(210), layout.MM(297)
	}
	name, turn, _ := strings.Cut(strings.TrimSpace(s), " ")
	turned := false
	switch strings.TrimSpace(turn) {
	case "landscape":
		turned = true
	case "", "portrait":
	default:
		name = s
	}
	if wh, ok := sizes[name]; ok {
		w, h = layout.MM(wh[0]), layout.MM(wh[1])
	} else if m := sizePattern.FindStringSubmatch(name); m != nil {
		a, _ := strconv.ParseFloat(strings.Replace(m[1], ",", ".", 1), 64)
		b, _ := strconv.ParseFloat(strings.Replace(m[2], ",", ".", 1), 64)
		w, h = layout.MM(a), layout.MM(b)
	}
	if w < layout.MM(5) || h < layout.MM(5) || w > layout.MM(3000) || h > layout.MM(3000) {
		r.bad(diag.New(diag.BadChoice, r.table.Span(key), "value", s, "key", key, "choices", "A3, A4, A5, A6, DL, A4 landscape, 120x120 (mm)"))
		return layout.MM(210), layout.MM(297)
	}
	if turned {
		w, h = h, w
	}
	return w, h
}

func isFile(s string) bool {
	return strings.Contains(s, ".") && !strings.Contains(s, "{{")
}
