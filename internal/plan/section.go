package plan

import (
	"strconv"

	"vitrine/internal/model"
	"vitrine/internal/typography"
)

// Section is a programme's part of the site: who is listed, by what they are filtered,
// and the addresses of its pages.
type Section struct {
	Programme *model.Programme
	Listed    []*model.Participant // in alphabetical order
	Given     []*model.Participant // those of them whose data is given away
	Filters   []*Filter            // by dimension, then value
	Current   *model.Edition
	Reports   []*model.Edition // those whose report is published, the latest first

	slugs Slugs
	size  int
	root  string

	communes, trades, challenges, themes, editions shelf
}

// The dimensions of filters. They name phrases and slugs of the theme.
var Dimensions = []string{"commune", "theme", "challenge", "trade", "edition"}

func (s *Section) shelf(dimension string) *shelf {
	switch dimension {
	case "commune":
		return &s.communes
	case "trade":
		return &s.trades
	case "challenge":
		return &s.challenges
	case "theme":
		return &s.themes
	}
	return &s.editions
}

// Filter is a list of participants that share something.
type Filter struct {
	Dimension string
	ID, Title string
	Members   []*model.Participant
	Path      string
	Territory *model.Territory
	Theme     *model.Theme
}

func (p *Plan) section(g *model.Programme, size int) *Section {
	s := &Section{Programme: g, slugs: p.slugs, size: size, root: "/" + g.ID + "/"}
	s.Current = g.CurrentEdition(p.Site.Today)
	s.Reports = model.Reported(g, p.Site.Today, true)
	for _, x := range model.Participants(g) {
		if x.Listed(p.Site.Today) {
			s.Listed = append(s.Listed, x)
		}
	}
	s.Listed = sortedBy(s.Listed, NameKey)
	for _, d := range Dimensions {
		*s.shelf(d) = shelf{d, map[any]*Filter{}}
	}
	for _, x := range s.Listed {
		if x.GivenAway(p.Site.Today) {
			s.Given = append(s.Given, x)
		}
		s.file(x, p.Site.Today)
	}
	for _, d := range Dimensions {
		var group []*Filter
		for _, f := range s.shelf(d).by {
			f.Path = s.Directory() + s.slugs.Slug("filter-"+d) + "/" + f.ID + "/"
			group = append(group, f)
		}
		group = sortedBy(group, func(f *Filter) string { return s.rank(f) })
		s.Filters = append(s.Filters, group...)
	}
	return s
}

// shelf is the filters of a dimension, by the entity that they are of.
type shelf struct {
	dimension string
	by        map[any]*Filter
}

// file enters a participant under everything that it can be found by.
func (s *Section) file(x *model.Participant, today model.Date) {
	if c := x.Commune; c != nil {
		s.communes.enter(c, c.ID, c.Name, x).Territory = c
	}
	if t := x.Trade; t != nil {
		s.trades.enter(t, t.ID, t.Name, x)
	}
	for _, c := range x.Commitments {
		t := c.Challenge.Theme
		s.challenges.enter(c.Challenge, c.Challenge.ID, c.Challenge.Title, x).Theme = t
		s.themes.enter(t, t.ID, t.Title, x).Theme = t
	}
	for _, a := range x.Awards {
		if !a.On.After(today) {
			s.editions.enter(a.Edition, a.Edition.ID, a.Edition.Title, x)
		}
	}
}

func (h *shelf) enter(key any, id, title string, x *model.Participant) *Filter {
	f, ok := h.by[key]
	if !ok {
		f = &Filter{Dimension: h.dimension, ID: id, Title: title}
		h.by[key] = f
	}
	if n := len(f.Members); n == 0 || f.Members[n-1] != x {
		f.Members = append(f.Members, x)
	}
	return f
}

// rank orders the values of a dimension: themes, challenges and editions as the
// programme does, places and trades by name.
func (s *Section) rank(f *Filter) string {
	number := func(i int) string { return strconv.Itoa(1_000_000 + i) }
	switch f.Dimension {
	case "theme":
		for i, t := range s.Programme.Themes {
			if t.ID == f.ID {
				return number(i)
			}
		}
	case "challenge":
		for i, c := range s.Programme.Challenges {
			if c.ID == f.ID {
				return number(i)
			}
		}
	case "edition":
		for i, e := range s.Programme.Editions {
			if e.ID == f.ID {
				return number(len(s.Programme.Editions) - i)
			}
		}
	}
	return typography.SortKey(f.Title) + "\x00" + f.ID
}

// By lists the filters of a dimension.
func (s *Section) By(dimension string) []*Filter {
	var out []*Filter
	for _, f := range s.Filters {
		if f.Dimension == dimension {
			out = append(out, f)
		}
	}
	return out
}

// Of is the filter of an entity, or nil when no one listed has it.
func (s *Section) Of(dimension string, entity any) *Filter { return s.shelf(dimension).by[entity] }

// Addresses of the section's pages.

// Root is the programme's page.
func (s *Section) Root() string { return s.root }

// Directory is the list of participants.
func (s *Section) Directory() string { return s.root + s.Programme.Words.Participant().Path + "/" }

// Dimension is the index of a dimension's filters.
func (s *Section) Dimension(d string) string {
	return s.Directory() + s.slugs.Slug("filter-"+d) + "/"
}

// glance is how many lines are read sooner than a search is typed.
const glance = 5

// Searched reports whether the list can be searched in: there is enough to choose from.
func (s *Section) Searched() bool { return len(s.Listed) > glance }

// Index is the folder of the files that a search asks for.
func (s *Section) Index() string { return s.Directory() + s.slugs.Slug("search") + "/" }

// Participant is the page of a participant.
func (s *Section) Participant(x *model.Participant) string { return s.Directory() + x.ID + "/" }

// Card is the contact card of a participant.
func (s *Section) Card(x *model.Participant) string { return s.Participant(x) + x.ID + ".vcf" }

// Former is where the page of a participant was under an id that it had before.
func (s *Section) Former(id string) string { return s.Directory() + id + "/" }

// Challenges is the catalogue.
func (s *Section) Challenges() string { return s.root + s.Programme.Words.Challenge().Path + "/" }

// Challenge is the page of a challenge.
func (s *Section) Challenge(c *model.Challenge) string { return s.Challenges() + c.ID + "/" }

// Themes is the list of themes.
func (s *Section) Themes() string { return s.root + s.Programme.Words.Theme().Path + "/" }

// Theme is the page of a theme.
func (s *Section) Theme(t *model.Theme) string { return s.Themes() + t.ID + "/" }

// Editions is the list of editions.
func (s *Section) Editions() string { return s.root + s.Programme.Words.Edition().Path + "/" }

// Edition is the page of an edition.
func (s *Section) Edition(e *model.Edition) string { return s.Editions() + e.ID + "/" }

// Groups is the list of groups.
func (s *Section) Groups() string { return s.root + s.Programme.Words.Group().Path + "/" }

// Group is the page of a group.
func (s *Section) Group(g *model.Group) string { return s.Groups() + g.ID + "/" }

// Figures is the page of key figures.
func (s *Section) Figures() string { return s.root + s.slugs.Slug("figures") + "/" }

// Report is the report of an edition: the latest at the first address, the others below it.
func (s *Section) Report(e *model.Edition) string {
	root := s.root + s.slugs.Slug("report") + "/"
	if len(s.Reports) > 0 && s.Reports[0] == e {
		return root
	}
	return root + e.ID + "/"
}

// ReportTables is the file of all tables of that report, below public/.
func (s *Section) ReportTables(e *model.Edition) string {
	name := s.slugs.Slug("report")
	return s.root[1:] + name + "/" + name + "-" + e.ID + ".csv"
}

// Agenda is the page of events.
func (s *Section) Agenda() string { return s.root + s.slugs.Slug("agenda") + "/" }

// Event is where the agenda speaks of an event.
func (s *Section) Event(e *model.Event) string { return s.Agenda() + "#" + Anchor(e.ID) }

// Join is the page for those who would take part.
func (s *Section) Join() string { return s.root + s.slugs.Slug("join") + "/" }

// Glossary is the page of definitions.
func (s *Section) Glossary() string { return s.root + s.slugs.Slug("glossary") + "/" }

// Questions is the page of questions and answers, where they are too many for the
// programme's own.
func (s *Section) Questions() string { return s.root + s.slugs.Slug("questions") + "/" }

// Partners is the page of partners, where they are too many for the programme's own.
func (s *Section) Partners() string { return s.root + s.slugs.Slug("partners") + "/" }

// Joins reports whether a programme says to those outside why and how to take part: it has arguments, or a
// text of its own on that. Rules alone stand on its own page.
func Joins(g *model.Programme) bool { return g.Join != nil || len(g.Arguments) > 0 }

// Few is how many questions or partners the programme's page bears; more have a page.
const Few = 6

// PartnersApart reports whether a programme's partners have a page: they are many, or have much to do. The
// programme's page then only names them.
func PartnersApart(g *model.Programme) bool {
	lines := 0
	for _, x := range g.Partners {
		lines += len(x.Duties) + len(x.Contributions)
	}
	return len(g.Partners) > Few || lines > 2*Few
}

// Anchor names the place of a record on a page that lists several: no other part of a
// page is named so.
func Anchor(id string) string { return "r-" + id }

// NameKey orders participants as a French list does, and the same way each time.
func NameKey(x *model.Participant) string {
	if x.SortKey != "" {
		return x.SortKey
	}
	return typography.SortKey(x.Name) + "\x00" + x.ID
}

// ByName is a list of participants as a French list has them.
func ByName(list []*model.Participant) []*model.Participant { return sortedBy(list, NameKey) }
