package page

import (
	"crypto/sha256"
	"html/template"

	"vitrine/internal/diag"
	"vitrine/internal/model"
	"vitrine/internal/plan"
)

// Draft is a page of which all is known but its words on paper: the view is made, its
// prose not yet converted, its layout not executed. That is what a page depends on, whole
// entity and cards alike, so that the key of a draft tells whether the page is to be made
// again before it is made.
type Draft struct {
	r      *Renderer
	page   *plan.Page
	view   any
	proses []told
	list   diag.List
}

// told is prose, and the field of the view that waits for it.
type told struct {
	to   *template.HTML
	text model.Prose
	down int // levels that its headings move down
}

// Draft begins a page.
func (r *Renderer) Draft(p *plan.Page) *Draft {
	d := &Draft{r: r, page: p}
	d.view = r.view(p, d)
	return d
}

// tell puts prose into a field of the view, once the page is rendered.
func (d *Draft) tell(to *template.HTML, text model.Prose, down int) {
	if !text.IsZero() {
		d.proses = append(d.proses, told{to, text, down})
	}
}

// Key is a digest of all that the page's bytes are made from.
func (d *Draft) Key() [sha256.Size]byte {
	b := scratch.Get().(*[]byte)
	defer scratch.Put(b)
	e := encoder{(*b)[:0]}
	e.text(d.r.ground)
	e.text(d.page.Kind)
	e.view(d.view)
	for _, p := range d.proses {
		e.number(uint64(p.down))
		e.text(p.text.Text)
		d.r.surroundings(&e, p)
	}
	*b = e.b
	return sha256.Sum256(e.b)
}

// Render makes the page and hands it to put, unless it has an error. The bytes are only
// lent: put may not keep them.
func (d *Draft) Render(put func(html []byte) error) (diag.List, error) {
	if d.view == nil {
		return diag.List{diag.New(diag.TemplateRun, diag.Span{File: d.r.theme.File("layouts")}, "reason", "no view for "+d.page.Kind)}, nil
	}
	var err error
	problems := d.r.execute(d.page.Kind, "_base.html", d.whole(), func(html []byte) { err = put(html) })
	return append(d.list, problems...), err
}

// whole is the view with its prose.
func (d *Draft) whole() any {
	for _, p := range d.proses {
		*p.to = d.r.markdown(p.text, p.down, &d.list)
	}
	return d.view
}

// Render makes a page from nothing.
func (r *Renderer) Render(p *plan.Page, put func(html []byte) error) (diag.List, error) {
	return r.Draft(p).Render(put)
}
