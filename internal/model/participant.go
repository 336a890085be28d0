package model

import (
	"slices"

	"vitrine/internal/diag"
	"vitrine/internal/hours"
)

// Scopes are the parts of a record that its subject lets others see.
type Scopes uint16

// The scopes, as `consent` names them.
const (
	ScopeName Scopes = 1 << iota
	ScopeAddress
	ScopeLocation
	ScopePhone
	ScopeMobile
	ScopeEmail
	ScopeURL
	ScopeHours
	ScopeLogo
	ScopePhoto
	ScopeStory
	ScopeOpenData
)

// ScopeNames lists the scopes' names in the order of their bits.
var ScopeNames = []string{"name", "address", "location", "phone", "mobile", "email", "url", "hours", "logo", "photo", "story", "open-data"}

// ScopeNamed returns the scope of a name.
func ScopeNamed(name string) (Scopes, bool) {
	i := slices.Index(ScopeNames, name)
	if i < 0 {
		return 0, false
	}
	return 1 << i, true
}

// Has reports whether all the scopes of want are open.
func (s Scopes) Has(want Scopes) bool { return s&want == want }

// Statuses of a participant.
const (
	Candidate = "candidate"
	Active    = "active"
	Closed    = "closed"
	Withdrawn = "withdrawn"
)

// Participant is a record as the office keeps it. It holds private data and never
// reaches a template: see Profile.
type Participant struct {
	ID, Code                   string
	Aliases                    []string
	Name, PrintName, LegalName string
	SortKey                    string // orders names as a French list does; bind works it out
	Kind                       string
	SoleTrader                 bool
	SIRET, NAF                 string
	Trade                      *Trade
	Activity                   string
	Employees                  int
	HasEmployees               bool
	Members                    map[string]int
	Address, Postcode          string
	Commune                    *Territory
	Lat, Lon                   float64
	Phone, Mobile, Email, URL  string
	Hours                      hours.Hours
	HasHours                   bool
	Logo                       string
	Photo                      Picture
	Description                string
	Story                      Prose
	Status                     string
	Consent                    Scopes
	WithdrawnOn                Date
	Note                       string
	Unread                     bool // some of the record could not be read

	Commitments []*Commitment
	Awards      []*Award // by date

	Programme *Programme
	Origin    diag.Origin
}

// Picture is a file with what must be said of it.
type Picture struct{ File, Alt, Credit string }

// Commitment is a challenge that a participant took on.
type Commitment struct {
	Challenge *Challenge
	DoneOn    Date
	New       bool
	Evidence  []string // private
	Text      string
	Measure   string
	Origin    diag.Origin
}

// Award is the distinction of one participant in one edition.
type Award struct {
	Edition    *Edition
	On         Date
	Level      *Level
	ValidUntil Date
	Number     string
	Waived     string
	Origin     diag.Origin
	holder     *Participant
}

// Participants lists a programme's records, in the order of the data. It is a
// function and not a method so that no template can call it.
func Participants(p *Programme) []*Participant { return p.participants }

// Holder is whose award it is.
func Holder(a *Award) *Participant { return a.holder }

// Members lists a group's participants.
func Members(g *Group) []*Participant { return g.members }

// Enrol adds a record to its programme and ties its awards to it.
func Enrol(p *Programme, x *Participant) {
	x.Programme = p
	slices.SortStableFunc(x.Awards, func(a, b *Award) int { return a.On.Compare(b.On) })
	for _, a := range x.Awards {
		a.holder = x
	}
	p.participants = append(p.participants, x)
}

// Replace puts a record read again in the place of an enrolled one, so that whoever holds
// the old one sees the new.
func Replace(old, x *Participant) {
	x.Programme = old.Programme
	slices.SortStableFunc(x.Awards, func(a, b *Award) int { return a.On.Compare(b.On) })
	*old = *x
	for _, a := range old.Awards {
		a.holder = old
	}
}

// Join makes participants members of a group.
func Join(g *Group, members ...*Participant) { g.members = append(g.members, members...) }

// Concern ties a measure to a participant.
func Concern(m *Measure, x *Participant) { m.participant = x }

// Personal tells of a figure of one participant, which speaks of nobody else.
func (m *Measure) Personal() bool { return m.participant != nil }

func (x *Participant) awardOf(e *Edition) *Award {
	for _, a := range x.Awards {
		if a.Edition == e {
			return a
		}
	}
	return nil
}

// AwardIn is the participant's award of an edition, or nil.
func AwardIn(x *Participant, e *Edition) *Award { return x.awardOf(e) }

// Until is the last day of the award; zero when it lasts until withdrawn.
func (a *Award) Until() Date {
	switch {
	case !a.ValidUntil.IsZero():
		return a.ValidUntil
	case a.Level != nil && !a.Level.Validity.IsZero():
		return a.On.Add(a.Level.Validity)
	case !a.holder.Programme.Validity.IsZero():
		return a.On.Add(a.holder.Programme.Validity)
	}
	return Date{}
}

// Counted lists the commitments that the award stands on: those done by its day,
// and the undated ones.
func (a *Award) Counted() []*Commitment {
	var out []*Commitment
	for _, c := range a.holder.Commitments {
		if a.counts(c) {
			out = append(out, c)
		}
	}
	return out
}

func (a *Award) counts(c *Commitment) bool { return !c.DoneOn.After(a.On) }

// Latest is the last award that a site of that day speaks of, or nil.
func (x *Participant) Latest(today Date) *Award {
	for _, a := range slices.Backward(x.Awards) {
		if !a.On.After(today) {
			return a
		}
	}
	return nil
}

// Shown lists the awards that a site of that day speaks of.
func (x *Participant) Shown(today Date) []*Award {
	var out []*Award
	for _, a := range x.Awards {
		if !a.On.After(today) {
			out = append(out, a)
		}
	}
	return out
}

// HasShown reports whether a site of that day speaks of any award.
func (x *Participant) HasShown(today Date) bool {
	for _, a := range x.Awards {
		if !a.On.After(today) {
			return true
		}
	}
	return false
}

// HasAwards reports whether the programme gives awards at all.
func (p *Programme) HasAwards() bool {
	for _, x := range p.participants {
		if len(x.Awards) > 0 {
			return true
		}
	}
	return false
}

// Listed reports whether a public list of that day holds the participant: in a
// programme with awards, those who have one; elsewhere the active ones.
func (x *Participant) Listed(today Date) bool {
	if x.Status != Active && x.Status != "" || !x.Consent.Has(ScopeName) {
		return false
	}
	return x.HasShown(today) || !x.Programme.HasAwards()
}

// HasCard reports whether the site gives out the participant's contact card: its programme gives them, and
// it lets others see how to reach it, by telephone, mail or at an address.
func (x *Participant) HasCard(today Date) bool {
	if !x.Programme.PublishContacts || !x.Listed(today) {
		return false
	}
	for _, way := range []struct {
		scope Scopes
		value string
	}{{ScopePhone, x.Phone}, {ScopeMobile, x.Mobile}, {ScopeEmail, x.Email}, {ScopeAddress, x.Address}} {
		if way.value != "" && x.Consent.Has(way.scope) {
			return true
		}
	}
	return false
}

// Unnamed reports whether the participant would be listed if its consent opened its name: a number may
// tell of it, and nothing else.
func (x *Participant) Unnamed(today Date) bool {
	if x.Status != Active && x.Status != "" || x.Consent.Has(ScopeName) {
		return false
	}
	return x.HasShown(today) || !x.Programme.HasAwards()
}

// HasPage reports whether the participant has a page: those listed, and the closed
// ones that had an award.
func (x *Participant) HasPage(today Date) bool {
	if x.Status == Closed {
		return x.Consent.Has(ScopeName) && x.HasShown(today)
	}
	return x.Listed(today)
}
