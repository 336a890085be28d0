package model

import (
	"slices"
	"strings"

	"vitrine/internal/hours"
)

// Profile is what consent opens of a participant: the only form in which pages,
// public exports and pieces see it. A closed field is empty, and there is no field
// for what never shows.
type Profile struct {
	ID, Code          string
	Name, PrintName   string
	Kind              string
	SIRET, NAF        string
	Employees         int // 0 when not said
	Trade             *Trade
	Activity          string
	Commune           *Territory
	Address, Postcode string
	Lat, Lon          float64
	HasPoint          bool
	Phone, Mobile     string
	Email, URL        string
	Hours             hours.Hours
	HasHours          bool
	Logo              string
	Photo             Picture
	Description       string
	Story             Prose
	Closed            bool
	Withdrawn         bool
	Commitments       []Deed
	Awards            []Distinction // by date, those shown on the site's day
	ShortURL          string        // in full, for QR codes
	Scopes            Scopes
	// Postal is where the post finds it, as lines of an envelope. Consent says what is published; a
	// letter is not: these stand on pieces for the office alone, and nowhere else.
	Postal []string
}

// Deed is a commitment as the public sees it.
type Deed struct {
	Challenge *Challenge
	DoneOn    Date
	New       bool
	Text      string
}

// Distinction is an award as the public sees it.
type Distinction struct {
	Edition    *Edition
	On         Date
	Until      Date // zero: until withdrawn
	Level      *Level
	Number     string
	Renewal    bool
	Expired    bool
	Deeds      []Deed
	Challenges []*Challenge
}

// Profile is what the public may see on the site's day.
func (x *Participant) Profile(s *Site) *Profile {
	return x.open(s, x.Consent, x.Shown(s.Today))
}

// PrintProfile is what a piece for the participant itself may show: its name always
// (its diploma bears it), its other fields as consent opens them, and all its awards,
// since pieces are made before the ceremony.
func (x *Participant) PrintProfile(s *Site) *Profile {
	p := x.open(s, x.Consent|ScopeName, x.Awards)
	p.Postal = x.postal()
	return p
}

// postal is the participant's address as France's post wants it: the name, the street, and in capitals
// the postcode and the commune. Without a street and a postcode there is nowhere to send it to.
func (x *Participant) postal() []string {
	if x.Status == Withdrawn || x.Postcode == "" && x.Address == "" {
		return nil
	}
	name := x.PrintName
	if name == "" {
		name = x.Name
	}
	lines := []string{name}
	for line := range strings.Lines(x.Address) {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	town := x.Postcode
	if x.Commune != nil {
		town += " " + strings.ToUpper(x.Commune.Name)
	}
	return append(lines, strings.TrimSpace(town))
}

func (x *Participant) open(s *Site, scopes Scopes, awards []*Award) *Profile {
	p := &Profile{
		ID: x.ID, Code: x.Code, Kind: x.Kind, Scopes: scopes,
		Closed:    x.Status == Closed,
		Withdrawn: x.Status == Withdrawn,
		ShortURL:  s.BaseURL + "/v/" + x.Code + "/",
	}
	if !scopes.Has(ScopeName) || p.Withdrawn {
		return p
	}
	p.Name, p.PrintName = x.Name, x.PrintName
	if p.PrintName == "" {
		p.PrintName = x.Name
	}
	p.Trade, p.Commune, p.Activity = x.Trade, x.Commune, x.Activity
	if !x.SoleTrader {
		p.SIRET, p.NAF, p.Employees = x.SIRET, x.NAF, x.Employees
	}
	if scopes.Has(ScopeAddress) {
		p.Address, p.Postcode = x.Address, x.Postcode
	}
	if scopes.Has(ScopeLocation) {
		p.Lat, p.Lon = x.Lat, x.Lon
		p.HasPoint = x.Lat != 0 || x.Lon != 0
	}
	if scopes.Has(ScopePhone) {
		p.Phone = x.Phone
	}
	if scopes.Has(ScopeMobile) {
		p.Mobile = x.Mobile
	}
	if scopes.Has(ScopeEmail) {
		p.Email = x.Email
	}
	if scopes.Has(ScopeURL) {
		p.URL = x.URL
	}
	if scopes.Has(ScopeHours) {
		p.Hours, p.HasHours = x.Hours, x.HasHours
	}
	if scopes.Has(ScopeLogo) {
		p.Logo = x.Logo
	}
	if scopes.Has(ScopePhoto) {
		p.Photo = x.Photo
	}
	story := scopes.Has(ScopeStory)
	if story {
		p.Description, p.Story = x.Description, x.Story
	}
	all := make([]*Challenge, len(x.Commitments))
	p.Commitments = make([]Deed, len(x.Commitments))
	for i, c := range x.Commitments {
		p.Commitments[i] = c.deed(story)
		all[i] = c.Challenge
	}
	p.Awards = make([]Distinction, len(awards))
	for i, a := range awards {
		p.Awards[i] = a.distinction(s.Today, p.Commitments, all)
	}
	return p
}

// Says reports whether the public may read words of the participant: its description, or what it wrote of a commitment.
// It tells so without opening its profile.
func (x *Participant) Says() bool {
	if x.Status == Withdrawn || !x.Consent.Has(ScopeName) || !x.Consent.Has(ScopeStory) {
		return false
	}
	return x.Description != "" || slices.ContainsFunc(x.Commitments, func(c *Commitment) bool { return c.Text != "" })
}

func (c *Commitment) deed(story bool) Deed {
	d := Deed{Challenge: c.Challenge, DoneOn: c.DoneOn, New: c.New}
	if story {
		d.Text = c.Text
	}
	return d
}

// distinction is the award as others see it. Deeds and challenges are those of all the
// holder's commitments; most awards stand on all of them, and share these lists.
func (a *Award) distinction(today Date, deeds []Deed, challenges []*Challenge) Distinction {
	d := Distinction{
		Edition: a.Edition, On: a.On, Until: a.Until(), Level: a.Level, Number: a.Number,
		Renewal: a.Renewal(),
	}
	d.Expired = !d.Until.IsZero() && d.Until.Before(today)
	counted := 0
	for _, c := range a.holder.Commitments {
		if a.counts(c) {
			counted++
		}
	}
	if counted == len(deeds) {
		d.Deeds, d.Challenges = slices.Clip(deeds), slices.Clip(challenges)
		return d
	}
	for i, c := range a.holder.Commitments {
		if a.counts(c) {
			d.Deeds = append(d.Deeds, deeds[i])
			d.Challenges = append(d.Challenges, challenges[i])
		}
	}
	return d
}

// Renewal reports whether the holder had an award before this one.
func (a *Award) Renewal() bool { return len(a.holder.Awards) > 0 && a.holder.Awards[0] != a }

// Distinction is the award as its piece shows it.
func (a *Award) Distinction(s *Site) *Distinction {
	deeds, challenges := make([]Deed, len(a.holder.Commitments)), make([]*Challenge, len(a.holder.Commitments))
	for i, c := range a.holder.Commitments {
		deeds[i], challenges[i] = c.deed(a.holder.Consent.Has(ScopeStory)), c.Challenge
	}
	d := a.distinction(s.Today, deeds, challenges)
	return &d
}

// Current is the latest award, or nil.
func (p *Profile) Current() *Distinction {
	if len(p.Awards) == 0 {
		return nil
	}
	return &p.Awards[len(p.Awards)-1]
}
