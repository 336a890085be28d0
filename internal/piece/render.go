package piece

import (
	"errors"
	"math"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"vitrine/internal/diag"
	"vitrine/internal/layout"
	"vitrine/internal/model"
	"vitrine/internal/preflight"
	"vitrine/internal/typography"
)

// Renderer makes frames. It remembers shaped texts and the boxes that are the same for every subject,
// so that a run keeps one per goroutine.
type Renderer struct {
	shaper *layout.Shaper
	static map[staticKey]drawn
	proses map[string]string // texts and their typographic form
	out    strings.Builder
	heard  []byte // room to listen in

	checker preflight.Checker
	marks   []mark // of the document in hand: what drew what
	breaks  []int  // where each page's marks begin
	codes   []preflight.Code
}

// remembered bounds what is remembered of texts, so that memory does not grow with the records.
const remembered = 4096

type staticKey struct {
	box       *box
	resources *Resources
}

// drawn is a box that is the same for every subject, and the height it took.
type drawn struct {
	items  []layout.Item
	height layout.Length
	mark   mark
}

// NewRenderer makes a renderer for texts in a language.
func NewRenderer(language string) *Renderer {
	return &Renderer{shaper: layout.NewShaper(language), static: map[staticKey]drawn{}, proses: map[string]string{}}
}

// run is the making of one document.
type run struct {
	*Renderer
	t     *Template
	res   *Resources
	sub   *Subject
	scope *scope
	list  diag.List
	items []layout.Item // of the page in hand
	flows map[*flowBox]*flowed
	part  int      // of a text that runs over pages: which one is in hand
	scale int      // of sizes and heights inside a shrunk list, in thousandths
	where *box     // the box in hand, for messages
	each  string   // the list in hand
	heard *hearing // not nil: nothing is drawn, what would be is listened to
	facts *Facts   // not nil: what is to be remembered
}

// Render makes the frames of one subject. With an error in the list the document is still there, to be
// looked at, but must not be given out.
func (rd *Renderer) Render(t *Template, res *Resources, sc *model.Scope, sub Subject) (*layout.Document, diag.List) {
	r := rd.start(t, res, sc, &sub)
	doc := r.document()
	r.pages(doc)
	r.check(doc)
	return doc, r.list
}

// Lay is Render, and tells what was seen on the way.
func (rd *Renderer) Lay(t *Template, res *Resources, sc *model.Scope, sub Subject) (*layout.Document, *Facts, diag.List) {
	r := rd.start(t, res, sc, &sub)
	r.facts = &Facts{Subjects: 1}
	doc := r.document()
	r.pages(doc)
	r.facts.Pages = len(doc.Pages)
	r.check(doc)
	return doc, r.facts, r.list
}

func (rd *Renderer) start(t *Template, res *Resources, sc *model.Scope, sub *Subject) *run {
	if sc == nil {
		sc = &model.Scope{}
	}
	rd.marks, rd.breaks = rd.marks[:0], rd.breaks[:0]
	return &run{Renderer: rd, t: t, res: res, sub: sub, scope: newScope(sc), scale: 1000}
}

// document is what describes the subject's document, which has no pages yet.
func (r *run) document() *layout.Document {
	doc := &layout.Document{Title: r.sub.Name, Author: r.sub.Author, Language: string(r.res.Language), Date: r.sub.Date}
	if r.t.docTitle != nil {
		doc.Title = strings.TrimSpace(r.eval(r.t.docTitle))
	}
	if r.t.docSubject != nil {
		doc.Subject = strings.TrimSpace(r.eval(r.t.docSubject))
	}
	return doc
}

func (r *run) report(d diag.Diagnostic) { r.list = append(r.list, d) }

// background begins a page: it covers it and its bleed.
func (r *run) background() {
	r.breaks = append(r.breaks, len(r.marks))
	whole := layout.Rect{X: -r.t.Bleed, Y: -r.t.Bleed, W: r.t.W + 2*r.t.Bleed, H: r.t.H + 2*r.t.Bleed}
	if r.t.background != nil {
		if c, ok := r.color(r.t.background); ok {
			r.items = append(r.items, (&layout.Path{Fill: &c}).Rectangle(whole, 0))
			r.mark(mark{})
		}
	}
	if r.t.backgroundImage != "" && r.heard != nil {
		r.heard.picture(r.t.backgroundImage)
	} else if r.t.backgroundImage != "" {
		if p := r.picture(r.t.backgroundImage, r.t.origin.Span("background")); p != nil {
			im := place(p, whole, true, layout.Center, layout.Middle)
			r.items = append(r.items, im)
			r.mark(mark{text: r.t.backgroundImage})
		}
	}
}

// box draws a box at its place, unless its `when` says no. It returns the height it took.
func (r *run) box(b *box, at layout.Rect) layout.Length {
	key := staticKey{b, r.res}
	cacheable := b.static && r.scale == 1000 && at == b.at && r.heard == nil
	if cacheable {
		if d, ok := r.static[key]; ok {
			r.items = append(r.items, d.items...)
			m := d.mark
			m.box = b
			r.mark(m)
			return d.height
		}
	}
	outer := r.where
	r.where = b
	defer func() { r.where = outer }()
	if b.when != nil && !r.holds(b.when) {
		return 0
	}
	start, problems := len(r.items), len(r.list)
	height := b.drawer.draw(r, at)
	if b.rotate != 0 {
		r.turn(start, b.rotate, at)
	}
	r.mark(mark{})
	if cacheable && len(r.list) == problems {
		d := drawn{items: slices.Clone(r.items[start:]), height: height}
		if len(d.items) > 0 {
			d.mark = r.marks[len(r.marks)-1]
		}
		r.static[key] = d
	}
	return height
}

// turn puts the items since start into a group turned around the middle of a box.
func (r *run) turn(start int, degrees float64, at layout.Rect) {
	sin, cos := math.Sincos(degrees * math.Pi / 180)
	if math.Abs(sin) < 1e-12 {
		sin = 0
	}
	if math.Abs(cos) < 1e-12 {
		cos = 0
	}
	cx, cy := at.X+at.W/2, at.Y+at.H/2
	m := &layout.Matrix{A: cos, B: sin, C: -sin, D: cos,
		E: cx - layout.Length(cos*float64(cx)-sin*float64(cy)),
		F: cy - layout.Length(sin*float64(cx)+cos*float64(cy))}
	items := append([]layout.Item(nil), r.items[start:]...)
	r.items = append(r.items[:start], &layout.Group{Transform: m, Items: items})
	r.remark(start)
}

// mostText bounds what one text may expand to, in bytes: a loop that does not end must.
const mostText = 1 << 20

var errLong = errors.New("the text is longer than a megabyte")

// bounded stops an expansion that goes on.
type bounded struct{ out *strings.Builder }

func (b *bounded) Write(p []byte) (int, error) {
	if b.out.Len()+len(p) > mostText {
		return 0, errLong
	}
	return b.out.Write(p)
}

// expand makes the text of an expression. An error is reported where the text is written.
func (r *run) expand(e *expr) string {
	if e == nil {
		return ""
	}
	if e.tmpl == nil {
		return e.source
	}
	r.out.Reset()
	if err := e.tmpl.Execute(&bounded{&r.out}, r.scope); err != nil {
		r.report(diag.New(diag.TemplateRun, e.origin.Span(e.key), "reason", plainError(err.Error(), e.key)))
		return ""
	}
	return r.out.String()
}

// eval expands a text that is shown, or decides what is.
func (r *run) eval(e *expr) string {
	s := r.expand(e)
	if r.heard != nil && !e.static() {
		r.heard.text(s)
	}
	return s
}

// holds expands a condition.
func (r *run) holds(e *expr) bool {
	yes := truth(r.expand(e))
	if r.heard != nil {
		r.heard.yes(yes)
	}
	return yes
}

// prose is eval for what readers see: composed letters, no soft hyphens or tabs, and the language's
// typography, which the data has already and the template's own words may lack.
func (r *run) prose(e *expr) string {
	raw := r.eval(e)
	if r.heard != nil {
		return raw
	}
	if s, ok := r.proses[raw]; ok {
		return s
	}
	if len(r.proses) >= remembered {
		clear(r.proses)
	}
	s := typography.Text(r.res.Language, clean(raw))
	r.proses[raw] = s
	return s
}

// cleaner leaves one sign for the end of a line, one for a space, and none that shows nothing.
var cleaner = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\v", "\n", "\f", "\n", "\u0085", "\n", "\u2028", "\n", "\u2029", "\n",
	"\t", " ", "\u00ad", "", "\u200b", "", "\ufeff", "")

func clean(s string) string {
	s = strings.ToValidUTF8(s, "")
	if !norm.NFC.IsNormalString(s) {
		s = norm.NFC.String(s)
	}
	if strings.ContainsAny(s, "\t\r\v\f\u00ad\u200b\ufeff\u0085\u2028\u2029") {
		s = cleaner.Replace(s)
	}
	return strings.TrimSpace(s)
}

// color reads a colour of the palette; an unknown one is reported.
func (r *run) color(e *expr) (layout.Color, bool) {
	if e == nil {
		return layout.Color{}, false
	}
	s := strings.TrimSpace(r.eval(e))
	if s == "" || s == "none" {
		return layout.Color{}, false
	}
	c, ok := r.res.Palette.find(s)
	if r.heard != nil {
		r.heard.color(c)
	}
	if !ok {
		r.report(diag.New(diag.BadColour, e.origin.Span(e.key), "value", s))
	}
	return c, ok
}

// ink is a text's colour: that of its style, else the palette's ink.
func (r *run) ink(e *expr) layout.Color {
	if c, ok := r.color(e); ok {
		return c
	}
	c, ok := r.res.Palette["ink"]
	if !ok {
		c = layout.Black
	}
	if r.heard != nil {
		r.heard.color(c)
	}
	return c
}

// scaled is a length inside a shrunk list.
func (r *run) scaled(l layout.Length) layout.Length { return l * layout.Length(r.scale) / 1000 }
