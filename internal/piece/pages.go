package piece

import (
	"strconv"

	"vitrine/internal/diag"
	"vitrine/internal/layout"
)

// side is one page of a document to be.
type side struct {
	n     int // of the template
	part  int // of the text that runs over its repetitions
	blank bool
}

// Flows tells whether a template's number of pages is only known once it is laid out.
func (t *Template) Flows() bool {
	for _, b := range t.boxes {
		if _, ok := b.drawer.(*flowBox); ok {
			return true
		}
	}
	return false
}

// Multiple is what the number of pages is a multiple of: 4 for a booklet, else 1.
func (t *Template) Multiple() int { return max(t.multiple, 1) }

// pages draws the sides of the template, each as often as the text that runs over it asks.
func (r *run) pages(doc *layout.Document) {
	sides := r.sides()
	r.scope.Pages = len(sides)
	for i, s := range sides {
		r.scope.Page, r.scope.Blank, r.part = i+1, s.blank, s.part
		r.items = nil
		r.background()
		r.side(s.n)
		page := layout.Page{W: r.t.W, H: r.t.H, Bleed: r.t.Bleed, Safe: r.t.Safe, Items: r.items}
		r.t.finish(&page)
		doc.Pages = append(doc.Pages, page)
	}
}

// side draws the boxes of a side of the template. 0 has those that stand on every one.
func (r *run) side(n int) {
	bottom := layout.Length(0)
	for _, b := range r.t.boxes {
		if b.page != n && b.page != 0 {
			continue
		}
		at := b.at
		if b.below {
			at.Y += bottom
			if b.until > 0 {
				at.H = max(0, b.until-at.Y)
			}
		}
		if h := r.box(b, at); h > 0 {
			bottom = at.Y + h
		}
	}
}

// sides are the pages of the document: those of the template, that with a text that runs repeated, and
// blank ones before the last so that it folds.
func (r *run) sides() []side {
	t := r.t
	sides := make([]side, 0, t.Pages)
	blank := 0
	for n := 1; n <= t.Pages; n++ {
		flow := t.flowOn(n)
		if flow == nil {
			sides = append(sides, side{n: n})
			continue
		}
		blank = n
		parts := r.lay(flow)
		if len(sides)+parts > maxPages {
			r.where = flow
			r.report(diag.New(diag.TextOverflow, flow.origin.Span("text"), "piece", t.Name, "record", r.sub.Name,
				"text", strconv.Itoa(len(sides)+parts)+" > "+strconv.Itoa(maxPages)+" pages", "field", "flow"))
			parts = maxPages - len(sides)
		}
		if set := r.flows[flow.drawer.(*flowBox)]; set != nil {
			for _, h := range set.heads {
				h.Page += len(sides) + 1
				r.scope.Contents = append(r.scope.Contents, h)
			}
		}
		for part := range parts {
			sides = append(sides, side{n: n, part: part})
		}
	}
	if len(sides) == 0 { // a text that runs over the only side, and is empty
		sides = append(sides, side{n: 1, blank: true})
	}
	short := len(sides) % t.Multiple()
	if short == 0 {
		return sides
	}
	at := len(sides)
	if last := sides[at-1]; t.flowOn(last.n) == nil {
		at--
	}
	out := append(make([]side, 0, len(sides)+t.Multiple()), sides[:at]...)
	for range t.Multiple() - short {
		out = append(out, side{n: blank, blank: true})
	}
	return append(out, sides[at:]...)
}

// flowOn is the box of a side whose text runs over its repetitions; nil when there is none.
func (t *Template) flowOn(n int) *box {
	for _, b := range t.boxes {
		if _, ok := b.drawer.(*flowBox); ok && b.page == n {
			return b
		}
	}
	return nil
}

// lay sets the text of a flow, and returns how many pages it takes.
func (r *run) lay(b *box) int {
	outer := r.where
	r.where = b
	defer func() { r.where = outer }()
	if b.when != nil && !r.holds(b.when) {
		return 0
	}
	return b.drawer.(*flowBox).lay(r, b.at)
}
