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
	story  story
	to     *template.HTML // the field of the view that waits for the story
	dealt  []dealt        // the cards that wait for theirs
	drawn  []drawn        // the maps
	charts []*Chart       // those to be drawn
	list   diag.List
}

// drawn is a map of a territory's places, and the field of the view that waits for it.
type drawn struct {
	to     *template.HTML
	around *model.Territory
	cells  []Cell
}

// story is the prose that someone wrote for a page.
type story struct {
	model.Prose
	down int // levels that its headings move down
}

// storyOf is the prose that a page shows, if it shows any.
func (r *Renderer) storyOf(p *plan.Page) story {
	switch p.Kind {
	case "participant":
		if p.Participant.Consent.Has(model.ScopeStory) {
			return story{p.Participant.Story, 1}
		}
	case "programme":
		return story{p.Programme.Story, 1}
	case "join":
		if x := p.Programme.Join; x != nil {
			return story{x.Body, 0}
		}
	case "challenge":
		return story{p.Challenge.Story, 1}
	case "theme":
		return story{p.Theme.Story, 1}
	case "edition", "report":
		return story{p.Edition.Story, 1}
	case "group":
		return story{p.Group.Story, 1}
	case "territory":
		return story{p.Territory.Story, 1}
	case "article", "page":
		return story{p.Prose.Body, 0}
	case "ecodesign":
		if p.Prose != nil {
			return story{p.Prose.Body, 1}
		}
	}
	return story{}
}

// Draft begins a page.
func (r *Renderer) Draft(p *plan.Page) *Draft {
	d := &Draft{r: r, page: p, story: r.storyOf(p)}
	d.view = r.view(p, d)
	return d
}

// tell puts the page's prose into a field of the view, once the page is rendered.
func (d *Draft) tell(to *template.HTML) { d.to = to }

// Key is a digest of all that the page's bytes are made from.
func (d *Draft) Key() [sha256.Size]byte {
	b := scratch.Get().(*[]byte)
	defer scratch.Put(b)
	e := encoder{(*b)[:0]}
	e.text(d.r.ground)
	e.text(d.page.Layout())
	e.view(d.view)
	for _, c := range d.dealt {
		e.number(uint64(len(c.made)))
		for _, m := range c.made {
			e.b = append(e.b, m.digest[:]...)
		}
	}
	for _, m := range d.drawn {
		shape := d.r.shape(m.around)
		e.b = append(e.b, shape[:]...)
		for _, c := range m.cells {
			e.text(c.URL)
			e.text(c.Title)
			e.number(uint64(c.Count))
			e.flag(c.Here)
		}
	}
	if len(d.charts) > 0 {
		e.text(d.r.charts.Ground())
	}
	if d.to != nil {
		e.text(d.story.Text)
		d.r.surroundings(&e, d.story)
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
	problems := d.r.execute(d.page.Layout(), "_base.html", d.whole(), func(html []byte) { err = put(html) })
	return append(d.list, problems...), err
}

// shape is a digest of a territory's map before anything is counted on it: the outlines,
// or the points, that all its drawings have in common.
func (r *Renderer) shape(t *model.Territory) [sha256.Size]byte {
	if s, ok := r.shapes.Load(t); ok {
		return s.([sha256.Size]byte)
	}
	s := sha256.Sum256([]byte(r.maps.Map(t, nil, nil)))
	r.shapes.Store(t, s)
	return s
}

// whole is the view with its prose, its cards, its maps and its charts.
func (d *Draft) whole() any {
	for _, c := range d.dealt {
		*c.to = c.html()
	}
	for _, m := range d.drawn {
		*m.to = d.r.maps.Map(m.around, m.cells, d.r.keyTo)
	}
	for _, c := range d.charts {
		c.SVG = d.r.charts.Draw(c)
	}
	if d.to != nil {
		*d.to = d.r.markdown(d.story.Prose, d.story.down, &d.list)
	}
	return d.view
}

// Render makes a page from nothing.
func (r *Renderer) Render(p *plan.Page, put func(html []byte) error) (diag.List, error) {
	return r.Draft(p).Render(put)
}
