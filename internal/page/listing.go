package page

import (
	"html/template"
	"slices"
	"strconv"
	"strings"

	"vitrine/internal/model"
	"vitrine/internal/plan"
)

// shortcuts is how many values of a dimension stand on the directory itself; the rest
// have a page of their own.
const shortcuts = 8

func (r *Renderer) directory(p *plan.Page, d *Draft) *Directory {
	s := r.plan.Sections[p.Programme]
	l := p.Listing
	w := p.Programme.Words
	all := capital(w.Participant().Plural())
	v := &Directory{Total: l.Total, Number: l.Number, Of: l.Of, All: r.url(s.Directory())}
	d.cards(&v.Cards, l.Members, 0)
	title, crumbs := all, []Link{r.crumb(s.Root(), p.Programme.Name)}
	description := r.count("directory-summary", l.Total, "participants", w.Participant().Plural(), "participant", w.Participant().One, "programme", p.Programme.Name)
	if f := l.Filter; f != nil {
		crumbs = append(crumbs, r.crumb(s.Directory(), all), r.crumb(s.Dimension(f.Dimension), r.dimension(f.Dimension, w)))
		v.Filter, v.Dimension = f.Title, f.Dimension
		title = r.phrase("directory-"+f.Dimension, "participants", all, "value", f.Title, "at", f.Title)
		if f.Territory != nil {
			v.Place = &Link{URL: r.url(r.plan.Territory(f.Territory)), Text: f.Title}
			title = r.phrase("directory-commune", "participants", all, "at", r.at(f.Territory))
		}
		if f.Theme != nil && f.Dimension == "theme" {
			m := r.mark(s, f.Theme)
			v.Mark = &m
		}
		description = r.pair(title, description)
	}
	v.Frame = r.frame(p, title, description, crumbs...)
	if l.Number > 1 {
		v.HeadTitle = title + " · " + r.phrase("page-of", "number", l.Number, "of", l.Of) + " · " + r.site.Title
		v.Index = l.Filter == nil
	}
	if n := len(l.Members); n > 0 {
		v.First, v.Last = l.Members[0].Name, l.Members[n-1].Name
	}
	v.Pages = r.pages(l)
	if l.Number > 1 {
		v.Previous = r.url(pageAddress(l.First, l.Number-1))
	}
	if l.Number < l.Of {
		v.Next = r.url(pageAddress(l.First, l.Number+1))
	}
	v.Dimensions = r.dimensions(s, l.Filter)
	if s.Searched() {
		v.Find = r.finder(s)
		if l.Filter != nil {
			v.Preset = l.Filter.Dimension + "=" + l.Filter.ID
		}
	}
	if l.Number == 1 && (l.Filter == nil || l.Filter.Dimension == "commune") {
		d.sectionMap(&v.Map, s, l.Filter)
	}
	return v
}

func pageAddress(first string, n int) string {
	if n == 1 {
		return first
	}
	return first + "page/" + strconv.Itoa(n) + "/"
}

// pages links the pages of a list: the first two, the last and those around the current
// one; a link without an address stands for those left out.
func (r *Renderer) pages(l *plan.Listing) []Link {
	var out []Link
	last := 0
	for _, n := range []int{1, 2, l.Number - 1, l.Number, l.Number + 1, l.Of} {
		if n <= last || n > l.Of {
			continue
		}
		if n > last+1 {
			out = append(out, Link{Text: "…"})
		}
		out = append(out, Link{URL: r.url(pageAddress(l.First, n)), Text: strconv.Itoa(n), Current: n == l.Number})
		last = n
	}
	return out
}

// dimension is what a way to filter is called, with the programme's own words.
func (r *Renderer) dimension(d string, w model.Words) string {
	switch d {
	case "theme", "challenge", "edition":
		return capital(w.Of(d).Plural())
	}
	return r.phrase("dimension-" + d)
}

// filtersTitle names the list of a dimension's values: « Artisans par thématique ».
func (r *Renderer) filtersTitle(d string, w model.Words) string {
	return r.phrase("filters-"+d, "participants", capital(w.Participant().Plural()), "dimension", strings.ToLower(r.dimension(d, w)), "one", w.Of(d).One)
}

// dimensions are the ways to filter a section, worked out once: only the current value
// of the list in hand is marked anew.
func (r *Renderer) dimensions(s *plan.Section, current *plan.Filter) []Dimension {
	known, ok := r.ways.Load(s)
	if !ok {
		known, _ = r.ways.LoadOrStore(s, r.makeDimensions(s))
	}
	all := known.([]Dimension)
	if current == nil {
		return all
	}
	out := slices.Clone(all)
	for i, d := range out {
		if d.Key != current.Dimension {
			continue
		}
		out[i].Links = slices.Clone(d.Links)
		for j := range d.Links {
			out[i].Links[j].Current = d.Links[j].URL == r.url(current.Path)
		}
	}
	return out
}

func (r *Renderer) makeDimensions(s *plan.Section) []Dimension {
	var out []Dimension
	for _, d := range plan.Dimensions {
		filters := s.By(d)
		if len(filters) == 0 {
			continue
		}
		dim := Dimension{Key: d, Title: r.dimension(d, s.Programme.Words), URL: r.url(s.Dimension(d)), Total: len(filters)}
		if len(filters) <= shortcuts {
			for _, f := range filters {
				dim.Links = append(dim.Links, Link{URL: r.url(f.Path), Text: f.Title, Count: len(f.Members)})
			}
		}
		out = append(out, dim)
	}
	return out
}

func (r *Renderer) filters(p *plan.Page, d *Draft) *Filters {
	s := r.plan.Sections[p.Programme]
	w := p.Programme.Words
	all := capital(w.Participant().Plural())
	title := r.filtersTitle(p.Key, w)
	v := &Filters{Dimension: p.Key, All: r.url(s.Directory())}
	v.Frame = r.frame(p, title, "", r.crumb(s.Root(), p.Programme.Name), r.crumb(s.Directory(), all))
	groups := map[string]int{}
	for _, f := range s.By(p.Key) {
		heading, mark := r.filterHeading(s, f)
		i, ok := groups[heading]
		if !ok {
			i = len(v.Groups)
			groups[heading] = i
			v.Groups = append(v.Groups, FilterGroup{Title: heading, Mark: mark})
		}
		v.Groups[i].Links = append(v.Groups[i].Links, Link{URL: r.url(f.Path), Text: f.Title, Count: len(f.Members)})
	}
	if p.Key == "commune" {
		d.sectionMap(&v.Map, s, nil)
	}
	return v
}

// filterHeading groups trades by family and challenges by theme.
func (r *Renderer) filterHeading(s *plan.Section, f *plan.Filter) (string, *Mark) {
	switch f.Dimension {
	case "challenge":
		m := r.mark(s, f.Theme)
		return f.Theme.Title, &m
	case "trade":
		for _, x := range f.Members {
			return capital(x.Trade.Family), nil
		}
	}
	return "", nil
}

// sectionMap shows how many of a programme's participants each commune has, or each place that gathers
// communes; without participants there is nothing to show.
func (d *Draft) sectionMap(to *template.HTML, s *plan.Section, here *plan.Filter) {
	r := d.r
	if r.maps == nil || s.Programme.Territory == nil || len(s.Listed) == 0 {
		return
	}
	t := s.Programme.Territory
	var cells []Cell
	for _, m := range t.Members {
		c := Cell{Territory: m}
		if f := s.Of("commune", m); f != nil {
			c.URL, c.Count, c.Here = r.url(f.Path), len(f.Members), f == here
		} else { // its own page says who is near where there is nobody
			c.URL, c.Count = r.url(r.plan.Territory(m)), len(r.membersIn(s, m))
		}
		c.Title = r.count("map-cell", c.Count, "name", m.Name, "participants", s.Programme.Words.Participant().Plural(), "participant", s.Programme.Words.Participant().One)
		cells = append(cells, c)
	}
	d.drawn = append(d.drawn, drawn{to: to, around: t, cells: cells})
}
