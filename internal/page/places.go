package page

import (
	"cmp"
	"html/template"
	"math"
	"slices"
	"strings"

	"vitrine/internal/model"
	"vitrine/internal/plan"
	"vitrine/internal/typography"
)

func (r *Renderer) territories(p *plan.Page, d *Draft) *Territories {
	v := &Territories{}
	v.Frame = r.frame(p, r.phrase("territories"), "")
	groups := map[string]int{}
	for _, t := range r.byName(r.site.Territories) {
		i, ok := groups[t.Kind]
		if !ok {
			i = len(v.Groups)
			groups[t.Kind] = i
			v.Groups = append(v.Groups, PlaceGroup{Title: r.phrase("places-" + t.Kind)})
		}
		v.Groups[i].Places = append(v.Groups[i].Places, r.placeLink(t))
	}
	slices.SortStableFunc(v.Groups, func(a, b PlaceGroup) int { return cmp.Compare(len(a.Places), len(b.Places)) })
	for _, t := range r.site.Territories {
		if len(t.Members) > 1 {
			d.placeMap(&v.Map, t, nil)
			break
		}
	}
	return v
}

func (r *Renderer) byName(list []*model.Territory) []*model.Territory {
	keys := make(map[*model.Territory]string, len(list))
	for _, t := range list {
		keys[t] = typography.SortKey(t.Name)
	}
	out := slices.Clone(list)
	slices.SortStableFunc(out, func(a, b *model.Territory) int { return strings.Compare(keys[a], keys[b]) })
	return out
}

// placeLink is a place with the number of all those listed there.
func (r *Renderer) placeLink(t *model.Territory) Link {
	return Link{URL: r.url(r.plan.Territory(t)), Text: t.Name, Count: r.listedIn(t)}
}

// listedIn counts those listed in a place, over all programmes.
func (r *Renderer) listedIn(t *model.Territory) int {
	if n, ok := r.inhabited.Load(t); ok {
		return n.(int)
	}
	n := 0
	for _, g := range r.site.Programmes {
		n += len(r.membersIn(r.plan.Sections[g], t))
	}
	r.inhabited.Store(t, n)
	return n
}

// membersIn are a programme's participants of a place and of the places in it.
func (r *Renderer) membersIn(s *plan.Section, t *model.Territory) []*model.Participant {
	if len(t.Members) == 0 {
		if f := s.Of("commune", t); f != nil {
			return f.Members
		}
		return nil
	}
	inside := map[*model.Territory]bool{t: true}
	for _, m := range t.Members {
		inside[m] = true
	}
	var out []*model.Participant
	for _, x := range s.Listed {
		if x.Commune != nil && inside[x.Commune] {
			out = append(out, x)
		}
	}
	return out
}

func (r *Renderer) territory(p *plan.Page, d *Draft) *Territory {
	t := p.Territory
	v := &Territory{
		KindName: r.phrase("place-" + t.Kind), Of: r.of(t), At: r.at(t),
		PopulationSource: t.Population.Source, PopulationYear: t.Population.Year,
		Postcodes: typography.List(r.lang, t.Postcodes),
	}
	if t.Population.Value > 0 {
		v.Population = typography.Number(r.lang, int64(t.Population.Value))
	}
	d.tell(&v.Story)
	v.Frame = r.frame(p, t.Name, r.phrase("territory-summary", "at", r.at(t), "of", r.of(t)), r.crumb(r.plan.Territories(), r.phrase("territories")))
	around := t
	if t.Parent != nil {
		l := r.placeLink(t.Parent)
		v.Parent = &l
		if len(t.Members) < fewPlaces && gathered(t.Members, t.Parent) {
			around = t.Parent
		}
	}
	d.placeMap(&v.Map, around, t)
	v.Downloads = r.handouts(func(s *plan.Subject) bool { return s.Kind == "territory" && s.Territory == t })
	for i, m := range t.Members {
		if key := "places-" + m.Kind; i == 0 {
			v.MembersTitle = r.phrase(key)
		} else if m.Kind != t.Members[0].Kind {
			v.MembersTitle = r.phrase("members")
		}
	}
	for _, m := range r.byName(t.Members) {
		v.Members = append(v.Members, r.placeLink(m))
	}
	v.Quiet = true
	v.Programmes = make([]TerritoryProgramme, 0, len(r.site.Programmes)) // of which fields are pointed at
	for _, g := range r.site.Programmes {
		s := r.plan.Sections[g]
		members := r.membersIn(s, t)
		tp := TerritoryProgramme{
			Class: "p-" + g.ID, Name: g.Name, URL: r.url(s.Root()), Count: len(members), Word: g.Words.Participant(),
			EditionWord: g.Words.Edition(), GroupWord: g.Words.Group(),
		}
		r.activeIn(&tp, s, t)
		if len(members)+len(tp.Editions)+len(tp.Groups)+len(tp.Next)+len(tp.Figures) == 0 {
			continue
		}
		if len(members) > 2*shown {
			tp.All = r.url(s.Directory())
			if f := s.Of("commune", t); f != nil {
				tp.All = r.url(f.Path)
			}
		}
		v.Total += len(members)
		v.Quiet = v.Quiet && len(members)+len(tp.Groups)+len(tp.Next)+len(tp.Figures) == 0
		v.Programmes = append(v.Programmes, tp)
		d.cards(&v.Programmes[len(v.Programmes)-1].Cards, members, 2*shown)
	}
	if v.Quiet {
		v.Near = r.around(t)
	}
	return v
}

// fewPlaces is how many places a map of their own is worth: two or three are a shape that nobody knows, and are shown among
// their neighbours where the territory around them is known.
const fewPlaces = 6

// gathered tells whether all places are members of a territory.
func gathered(places []*model.Territory, t *model.Territory) bool {
	for _, m := range places {
		if !slices.Contains(t.Members, m) {
			return false
		}
	}
	return true
}

// activeIn finds what a programme has in a place beside its participants: the editions
// that cover it, the groups of the place, their next dates, the figures about it.
func (r *Renderer) activeIn(tp *TerritoryProgramme, s *plan.Section, t *model.Territory) {
	g := s.Programme
	for _, e := range slices.Backward(g.Editions) {
		if slices.ContainsFunc(e.Territories, func(x *model.Territory) bool { return lies(t, x) }) {
			tp.Editions = append(tp.Editions, Link{URL: r.url(s.Edition(e)), Text: e.Title})
		}
	}
	here := map[*model.Group]bool{}
	for _, x := range g.Groups {
		if x.Territory == t {
			here[x] = true
			tp.Groups = append(tp.Groups, Link{URL: r.url(s.Group(x)), Text: x.Title})
		}
	}
	tp.Next = r.days(s, func(e *model.Event) bool { return !r.over(e) && r.takesPlace(e, t, here) }, 3)
	tp.Figures = r.figuresOf(g, func(m *model.Measure) bool { return m.Territory == t })
}

// takesPlace tells whether an event is one of a place: of a group of the place, or of an
// edition made for it alone.
func (r *Renderer) takesPlace(e *model.Event, t *model.Territory, groups map[*model.Group]bool) bool {
	if e.Group != nil {
		return groups[e.Group]
	}
	return e.Edition != nil && slices.Contains(e.Edition.Territories, t)
}

// lies tells whether a place is another, or in it.
func lies(t, in *model.Territory) bool {
	for n := 0; t != nil && n < 8; n++ { // places that hold each other end somewhere
		if t == in {
			return true
		}
		t = t.Parent
	}
	return false
}

// around are the nearest places where someone is listed.
func (r *Renderer) around(t *model.Territory) []Link {
	if t.Parent == nil || !t.HasPoint() {
		return nil
	}
	var places []*model.Territory
	for _, m := range t.Parent.Members {
		if m != t && m.HasPoint() && r.listedIn(m) > 0 {
			places = append(places, m)
		}
	}
	slices.SortStableFunc(places, func(a, b *model.Territory) int {
		return cmp.Compare(distance(t, a), distance(t, b))
	})
	var out []Link
	for _, m := range places[:min(len(places), 5)] {
		out = append(out, r.placeLink(m))
	}
	return out
}

// distance between two places, good enough to sort neighbours.
func distance(a, b *model.Territory) float64 {
	return math.Hypot(a.Lat-b.Lat, (a.Lon-b.Lon)*math.Cos(a.Lat*math.Pi/180))
}

// placeMap shows how many are listed in each place of a territory, over all programmes. What is here is outlined: the place, or
// those that it gathers.
func (d *Draft) placeMap(to *template.HTML, t, here *model.Territory) {
	r := d.r
	if r.maps == nil || len(t.Members) < 2 {
		return
	}
	var cells []Cell
	for _, m := range t.Members {
		n := r.listedIn(m)
		cells = append(cells, Cell{
			Territory: m, URL: r.url(r.plan.Territory(m)), Count: n, Here: here != nil && here != t && (m == here || slices.Contains(here.Members, m)),
			Title: r.count("map-place", n, "name", m.Name),
		})
	}
	d.drawn = append(d.drawn, drawn{to: to, around: t, cells: cells})
}

// keyTo says what the classes of a map stand for: a sample of each, and its numbers.
func (r *Renderer) keyTo(classes []Class) template.HTML {
	var b strings.Builder
	b.WriteString(`<p class="key" aria-hidden="true">`)
	for i, c := range classes {
		if i > 0 {
			b.WriteString(" &nbsp; ")
		}
		text := typography.Number(r.lang, int64(c.Least))
		if c.Most > c.Least {
			text = r.phrase("key-range", "least", text, "most", typography.Number(r.lang, int64(c.Most)))
		}
		b.WriteString(`<svg class="map" width="32" height="20" viewBox="0 0 48 30"><g class="c` + itoa(c.Level) + `"><path d="M2 2h44v26H2z"/></g></svg>&nbsp;` + template.HTMLEscapeString(text))
	}
	b.WriteString("</p>")
	return template.HTML(b.String())
}
