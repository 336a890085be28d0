package build

import (
	"cmp"
	"slices"

	"vitrine/internal/bind"
	"vitrine/internal/diag"
	"vitrine/internal/ident"
	"vitrine/internal/model"
)

// CeremonyOptions say which ceremony to look at. Zero values leave the choice to the site: the coming
// ceremony of each programme that has awards or a ceremony, else that of its current edition.
type CeremonyOptions struct {
	Programme, Edition string // ids
	On                 model.Date
}

// Ceremony is what was looked at before the diplomas of an edition are printed and handed over.
type Ceremony struct {
	Programme, Edition string // ids
	Name, Title        string // of the programme and of the edition
	Event              string // title of the ceremony; may be empty
	On, Today          model.Date
	Checks             []Check
}

// State is how a check ended.
type State string

// The states, from the best to the worst.
const (
	Fine  State = "ok"
	Look  State = "look" // someone has to look, or it cannot be known
	Fault State = "fault"
)

// Check is one thing that was looked at.
type Check struct {
	ID, Group string // which do not change with the language
	State     State
	Title     Phrase // what was looked at
	Found     Phrase // what was counted
	Do        Phrase // what to do; empty when all is well
	Details   []Phrase
}

// at worsens the state of a check.
func (c *Check) at(s State) {
	rank := func(s State) int { return slices.Index([]State{Fine, Look, Fault}, s) }
	if rank(s) > rank(c.State) {
		c.State = s
	}
}

// tell adds a detail.
func (c *Check) tell(s State, p Phrase) {
	c.at(s)
	c.Details = append(c.Details, p)
}

// Count says how many checks of a ceremony ended so.
func (c *Ceremony) Count(s State) int {
	n := 0
	for i := range c.Checks {
		if c.Checks[i].State == s {
			n++
		}
	}
	return n
}

// ceremonyGroups are the groups of checks in their order, with their titles.
var ceremonyGroups = []struct {
	id    string
	title Phrase
	looks func(*gathered) []Check
}{
	{"data", Phrase{"Les données", "The data"}, (*gathered).dataChecks},
	{"count", Phrase{"Tout le monde y est", "Everyone is there"}, (*gathered).countChecks},
	{"names", Phrase{"Les noms", "The names"}, (*gathered).nameChecks},
	{"rules", Phrase{"Le règlement", "The rules"}, (*gathered).ruleChecks},
	{"mark", Phrase{"La marque", "The mark"}, (*gathered).markChecks},
	{"agreement", Phrase{"La convention", "The agreement"}, (*gathered).agreementChecks},
	{"partners", Phrase{"Signatures et logos", "Signatures and logos"}, (*gathered).partnerChecks},
	{"paper", Phrase{"Le papier", "The paper"}, (*gathered).paperChecks},
	{"private", Phrase{"Les données privées", "Private data"}, (*gathered).privateChecks},
	{"date", Phrase{"Les dates", "The dates"}, (*gathered).dateChecks},
}

// GroupTitle is the heading of a group of checks.
func GroupTitle(id string) Phrase {
	for _, g := range ceremonyGroups {
		if g.id == id {
			return g.title
		}
	}
	return Phrase{}
}

// chosen is a ceremony to look at, by ids: each day is looked at with a model of its own.
type chosen struct {
	programme, edition string
	on                 model.Date
	day                model.Date // that the site and the kit are made for
}

// CheckCeremonies looks at the coming ceremonies as the site and the kit will be on their day. Nothing is
// written. Where the data cannot be read there are no ceremonies, and the result's diagnostics say why.
func CheckCeremonies(o Options, co CeremonyOptions) ([]*Ceremony, *Result, error) {
	o.Only, o.Dry, o.Sent, o.Shard = "", true, "", Shard{}
	first := newBuilder(o)
	if err := first.enter(); err != nil {
		return nil, first.result, err
	}
	site, list := first.bind(bind.Options{Today: o.Today, Workers: first.Workers})
	first.result.Language = diag.Language(site.Language)
	if structural(list) || site.Origin == nil {
		first.result.Diagnostics = list.Sorted()
		return nil, first.result, nil
	}
	all, err := choose(site, co)
	if err != nil {
		return nil, first.result, err
	}
	if len(all) == 0 {
		all = []chosen{{day: site.Today}} // there is none: what is wrong with the data is said all the same
	}
	return checkEach(o, all, site.Today)
}

// checkEach makes the site once for each day, and looks at its ceremonies.
func checkEach(o Options, all []chosen, today model.Date) ([]*Ceremony, *Result, error) {
	var out []*Ceremony
	var result *Result
	var said diag.List
	for len(all) > 0 {
		day := all[0].day
		o.Today = func(string) model.Date { return day }
		b := newBuilder(o)
		err := b.runWith(func() error {
			found, err := b.ceremonies(all, today)
			out = append(out, found...)
			return err
		}, func() error { return nil })
		if result == nil {
			result = b.result
		}
		said = append(said, b.result.Diagnostics...)
		if err != nil {
			return nil, b.result, err
		}
		all = slices.DeleteFunc(all, func(c chosen) bool { return c.day == day })
	}
	result.Diagnostics = said.Sorted()
	return out, result, nil
}

// choose finds the ceremonies to look at.
func choose(site *model.Site, co CeremonyOptions) ([]chosen, error) {
	var out []chosen
	var known []string
	for _, g := range site.Programmes {
		known = append(known, g.ID)
		if co.Programme != "" && g.ID != co.Programme {
			continue
		}
		e, err := editionOf(g, co, site.Today)
		if err != nil {
			return nil, err
		}
		if e == nil {
			continue
		}
		c := chosen{g.ID, e.ID, co.On, co.On}
		if c.on.IsZero() {
			if c.on = ceremonyDay(g, e); c.on.IsZero() {
				c.on = site.Today
			}
			c.day = c.on
			if c.on.Before(site.Today) && e == g.CurrentEdition(site.Today) {
				c.day = site.Today // it is over: the site and the kit are what they are now
			}
		}
		out = append(out, c)
	}
	if co.Programme != "" && !slices.Contains(known, co.Programme) {
		near, _ := ident.Nearest(co.Programme, known)
		return nil, &UnknownError{Kind: "programme", ID: co.Programme, Near: near, Known: known}
	}
	return out, nil
}

// editionOf is the edition that is asked for; else the one whose ceremony comes next, else the current
// one, else the last that had a ceremony. It is nil in a programme without any.
func editionOf(g *model.Programme, co CeremonyOptions, today model.Date) (*model.Edition, error) {
	var known []string
	var next, last *model.Edition
	for _, e := range g.Editions {
		known = append(known, e.ID)
		if e.ID == co.Edition {
			return e, nil
		}
		on := ceremonyDay(g, e)
		switch {
		case on.IsZero():
		case on.Before(today):
			if last == nil || ceremonyDay(g, last).Before(on) {
				last = e
			}
		case next == nil || on.Before(ceremonyDay(g, next)):
			next = e
		}
	}
	if co.Edition != "" {
		if co.Programme == "" {
			return nil, nil // the edition of another programme
		}
		near, _ := ident.Nearest(co.Edition, known)
		return nil, &UnknownError{Kind: "edition", ID: co.Edition, Near: near, Known: known}
	}
	return cmp.Or(next, g.CurrentEdition(today), last), nil
}

// ceremonyDay is the day of an edition's ceremony; without one the day of most of its awards.
func ceremonyDay(g *model.Programme, e *model.Edition) model.Date {
	if e.Ceremony != nil {
		return e.Ceremony.Starts
	}
	days := map[model.Date]int{}
	var best model.Date
	for _, x := range model.Participants(g) {
		if a := model.AwardIn(x, e); a != nil && x.Status != model.Withdrawn {
			days[a.On]++
			if n := days[a.On] - days[best]; n > 0 || n == 0 && a.On.After(best) {
				best = a.On
			}
		}
	}
	return best
}

// ceremonies makes everything, and looks at the ceremonies of the day that the site is made for.
func (b *builder) ceremonies(all []chosen, today model.Date) ([]*Ceremony, error) {
	outputs := &publicOutputs{pages: map[string]string{}}
	b.watch = outputs.see
	private := newPrivateScan(b.site)
	outputs.scan = private
	if err := b.makeSite(); err != nil {
		return nil, err
	}
	k := newKit(b)
	k.report(k.said)
	pieces, err := k.layAll()
	if err != nil {
		return nil, err
	}
	outputs.seePieces(pieces)
	var out []*Ceremony
	for _, c := range all {
		if c.day != b.site.Today {
			continue
		}
		if g := b.gather(c, k, pieces, outputs, today); g != nil {
			out = append(out, g.check())
		}
	}
	return out, nil
}

// check runs all checks.
func (g *gathered) check() *Ceremony {
	c := &Ceremony{
		Programme: g.programme.ID, Edition: g.edition.ID, Name: g.programme.Name, Title: g.edition.Title, On: g.on, Today: g.today,
	}
	if e := g.edition.Ceremony; e != nil {
		c.Event = e.Title
	}
	for _, group := range ceremonyGroups {
		for _, one := range group.looks(g) {
			one.Group = group.id
			if one.State == "" {
				one.State = Fine
			}
			if one.State == Fine {
				one.Do = Phrase{}
			}
			c.Checks = append(c.Checks, one)
		}
	}
	return c
}
