package piece

import (
	"math"
	"strconv"
	"strings"

	"vitrine/internal/diag"
	"vitrine/internal/layout"
	"vitrine/internal/preflight"
)

// mark says what drew the items of a page from where the mark before it ends up to end.
type mark struct {
	end   int
	box   *box          // nil: the page's background
	e     *expr         // the text, address or picture that is shown, where it is known
	scope *scope        // what it was expanded over
	each  string        // the list that it stands in
	full  layout.Length // size of its letters before any shrinking; 0: not known
	text  string
	over  bool // it left its box, which was said
	code  *qrBox
}

// mark keeps what drew the items since the last mark.
func (r *run) mark(m mark) {
	if r.heard != nil {
		return
	}
	if last := r.lastMark(); len(r.items) <= last {
		return
	}
	m.end, m.scope, m.each = len(r.items), r.scope, r.each
	if m.box == nil {
		m.box = r.where
	}
	r.marks = append(r.marks, m)
}

// lastMark is how many of the page's items have one.
func (r *run) lastMark() int {
	if n := len(r.breaks); n > 0 && len(r.marks) > r.breaks[n-1] {
		return r.marks[len(r.marks)-1].end
	}
	return 0
}

// unmark forgets the marks of the items from start on, which are drawn anew.
func (r *run) unmark(start int) {
	first := 0
	if n := len(r.breaks); n > 0 {
		first = r.breaks[n-1]
	}
	for len(r.marks) > first && r.marks[len(r.marks)-1].end > start {
		r.marks = r.marks[:len(r.marks)-1]
	}
}

// remark puts the items from start on, which have become one, under one mark: the first they had.
func (r *run) remark(start int) {
	n := len(r.marks)
	r.unmark(start)
	if k := len(r.marks); k < n {
		m := r.marks[:n][k]
		m.end = start + 1
		r.marks = append(r.marks, m)
	}
}

// spilt notes that the items from start on left their list, which was said.
func (r *run) spilt(start int) {
	first := r.breaks[len(r.breaks)-1]
	for i := len(r.marks) - 1; i >= first && r.marks[i].end > start; i-- {
		r.marks[i].over = true
	}
}

// nested draws the pages of a document that goes into the page in hand, and looks at them by themselves:
// what is wrong with a label is its own template's, wherever it is stuck.
func (r *run) nested(doc *layout.Document) {
	marks, breaks := len(r.marks), len(r.breaks)
	r.pages(doc)
	if r.heard == nil {
		r.look(doc, breaks)
	}
	r.marks, r.breaks = r.marks[:marks], r.breaks[:breaks]
}

// check looks at the finished pages. What is wrong with the template is said at its line and without a
// record, so that it is said once however many subjects there are; what a record brought about names it.
func (r *run) check(doc *layout.Document) { r.look(doc, 0) }

// look is check, with the marks of the pages from first on.
func (r *run) look(doc *layout.Document, first int) {
	for i := range doc.Pages {
		marks := r.marks[:0:0]
		if j := first + i; j < len(r.breaks) {
			end := len(r.marks)
			if j+1 < len(r.breaks) {
				end = r.breaks[j+1]
			}
			marks = r.marks[r.breaks[j]:end]
		}
		r.codes = r.codes[:0]
		for j := range marks {
			if m := &marks[j]; m.code != nil {
				c := preflight.Code{Item: m.end - 1}
				if m.code.clear && strings.Contains(m.text, "://") {
					c.Address = m.text
				}
				r.codes = append(r.codes, c)
			}
		}
		found, sum := r.checker.Page(&doc.Pages[i], r.codes, r.res.InkLimit)
		if r.facts != nil {
			r.facts.Merge(Facts{Summary: sum})
		}
		r.blame(found, marks)
	}
}

// blame reports findings: the worst of each rule for each mark.
func (r *run) blame(found []preflight.Finding, marks []mark) {
	if len(found) == 0 {
		return
	}
	type place struct {
		rule preflight.Rule
		code bool
		mark int
	}
	worst := map[place]int{}
	var order []place
	for i := range found {
		f := &found[i]
		p := place{f.Rule, f.Code, 0}
		for p.mark < len(marks) && marks[p.mark].end <= f.Item {
			p.mark++
		}
		j, ok := worst[p]
		if !ok {
			order = append(order, p)
		}
		if !ok || f.Rule == preflight.Ink && f.Value > found[j].Value || f.Rule != preflight.Ink && f.Value < found[j].Value {
			worst[p] = i
		}
	}
	for _, p := range order {
		m := mark{}
		if p.mark < len(marks) {
			m = marks[p.mark]
		}
		if m.box != nil {
			if _, ok := m.box.drawer.(*sheetBox); ok {
				continue // its labels were looked at
			}
		}
		r.say(&found[worst[p]], &m)
	}
}

// say words a finding.
func (r *run) say(f *preflight.Finding, m *mark) {
	number := func(v float64, decimals int) string {
		return strconv.FormatFloat(v, 'f', decimals, 64)
	}
	what := "the-text"
	if f.Code {
		what = "the-code"
	}
	if m.over && (f.Rule == preflight.Unsafe || f.Rule == preflight.Tiny || f.Rule == preflight.Reversed || f.Rule == preflight.Contrast) {
		return // the text is refused as it is
	}
	switch f.Rule {
	case preflight.Ink:
		key := "fill"
		if m.e != nil {
			key = "style"
		}
		r.template(diag.InkHigh, m, key, "ink", number(f.Value, 0), "limit", number(f.Limit, 0), "colour", colorName(f.Color))
	case preflight.RichBlack:
		r.template(diag.RichBlack, m, "style", "colour", colorName(f.Color))
	case preflight.Hairline:
		r.template(diag.Hairline, m, "width", "width", trimFloat(math.Round(f.Value*100)/100), "least", trimFloat(f.Limit))
	case preflight.Tiny:
		r.letters(diag.TextTiny, f, m, m.full == 0 || m.full.PT() >= f.Limit, "size", trimFloat(math.Round(f.Value*10)/10), "least", trimFloat(f.Limit))
	case preflight.Reversed:
		r.letters(diag.TextReversed, f, m, m.full == 0 || m.full.PT() >= f.Limit, "size", trimFloat(math.Round(f.Value*10)/10), "least", trimFloat(f.Limit))
	case preflight.Hidden:
		r.template(diag.TextHidden, m, "at", "what", what)
	case preflight.Unsafe:
		if f.Value < -0.05 {
			r.template(diag.TextCut, m, "at", "what", what)
			return
		}
		// a text that fits stays in its box: the box lets it come so near
		r.template(diag.TextUnsafe, m, "at", "what", what, "safe", number(f.Limit, 0))
	case preflight.ShortBleed:
		r.template(diag.ShortBleed, m, "at", "bleed", trimFloat(f.Limit))
	case preflight.Contrast:
		key := "style"
		if f.Code {
			key = "color"
		}
		args := []string{"what", what, "colour", colorName(f.Color), "ground", colorName(f.Ground), "ratio", number(f.Value, 1), "least", trimFloat(f.Limit)}
		if f.Value >= 3 && !f.Code && m.full >= layout.PT(18) {
			r.letters(diag.ContrastLow, f, m, true, args...)
			return
		}
		r.template(diag.ContrastLow, m, key, args...)
	case preflight.Resolution:
		r.resolution(f, m)
	case preflight.QRQuiet:
		r.template(diag.QRQuiet, m, "at", "margin", number(f.Value, 1))
	case preflight.QRAddress:
		r.template(diag.QRNoAddress, m, "text")
	}
}

// template reports what is the template's own doing.
func (r *run) template(code diag.Code, m *mark, key string, args ...string) {
	span := r.t.origin.Span("background")
	if m.box != nil {
		span = m.box.origin.Span(key)
	}
	r.report(diag.New(code, span, append([]string{"where", r.t.Name, "piece", r.t.Name}, args...)...))
}

// letters reports what is wrong with a text: where its record is, if shrinking brought it about.
func (r *run) letters(code diag.Code, f *preflight.Finding, m *mark, shrunk bool, args ...string) {
	if !shrunk || m.e == nil || m.e.static() {
		r.template(code, m, "style", args...)
		return
	}
	span, _, known := m.e.place(m.scope, r.sub)
	where := r.t.Name + ", " + r.sub.Name
	if m.text != "" && m.text != r.sub.Name {
		where += ", " + shorten(m.text)
	}
	d := diag.New(code, span, append([]string{"where", where, "piece", r.t.Name}, args...)...)
	if known {
		d = d.WithNote(m.e.origin.Span(m.e.key), "template-here")
	}
	r.report(d)
}

// resolution reports a picture with too few dots, where it is named. A picture that all subjects share
// is said once.
func (r *run) resolution(f *preflight.Finding, m *mark) {
	code := diag.PictureLow
	if f.Limit <= preflight.CoarseDPI {
		code = diag.PictureCoarse
	}
	span, where := r.t.origin.Span("background"), r.t.Name
	switch {
	case m.e != nil:
		span, _, _ = m.e.place(m.scope, r.sub)
		if m.e.own(m.each) {
			where += ", " + r.sub.Name
		}
	case m.box != nil:
		span = m.box.origin.Span("")
	}
	r.report(diag.New(code, span, "where", where, "piece", r.t.Name, "file", m.text, "dpi", strconv.FormatFloat(f.Value, 'f', 0, 64)))
}

// own tells whether a text is the subject's own, and not what all subjects share; each is the list that
// it stands in.
func (e *expr) own(each string) bool {
	if e.static() {
		return false
	}
	mine := func(s string) bool {
		for _, root := range [...]string{"Participant", "Award", "Challenge", "Theme", "Group", "Event", "Territory"} {
			for rest := s; ; {
				i := strings.Index(rest, root)
				if i < 0 {
					break
				}
				// « .Award », but not « .Words.Award »
				before := strings.TrimSuffix(rest[:i], ".")
				if before == "" || strings.ContainsAny(before[len(before)-1:], " ({") {
					return true
				}
				rest = rest[i+len(root):]
			}
		}
		return false
	}
	return mine(e.source) || strings.Contains(e.source, ".Item") && mine(strings.TrimPrefix(each, "."))
}

// colorName is how a message calls a colour.
func colorName(c layout.Color) string {
	if c.Token != "" {
		return c.Token
	}
	const digits = "0123456789abcdef"
	b := []byte{'#'}
	for _, v := range c.RGB {
		b = append(b, digits[v>>4], digits[v&15])
	}
	return string(b)
}
