package model

import (
	"vitrine/internal/diag"
	"vitrine/internal/typography"
)

// Programme is a label, a challenge, a charter, a network: Kind is a word for the
// theme, never a branch in code.
type Programme struct {
	ID, Name, Kind string
	Purpose        string
	Since          int
	Territory      *Territory
	Order          int
	Validity       Period
	Accent         Color
	Words          Words
	Story          Prose
	Join           *Page         // how one takes part, in its own words; nil: nothing was written
	Contact        *Organisation // whom one asks about the programme; may be nil

	// What the site shows only where the programme says so: what it costs, its reports, a contact card of
	// each participant.
	PublishBudget, PublishReport, PublishContacts bool

	Partners   []*Partner
	Mark       *Mark
	Agreements []*Agreement
	Editions   []*Edition
	Rules      []*Rule
	Levels     []*Level
	Groups     []*Group
	Events     []*Event
	Measures   []*Measure
	Budget     []*BudgetLine
	Funding    []*Funding
	Themes     []*Theme
	Challenges []*Challenge

	Principles, Arguments, Questions, Documents, Testimonials, Tools, Definitions []*Item

	Milestones []*Milestone // in the order of time

	Terms  []*Term
	Pieces []*PieceUse

	Origin       diag.Origin
	participants []*Participant
}

// Word is what a programme calls a kind of thing, and the address of its pages.
type Word struct {
	typography.Word
	Path string
}

// Words are the programme's own words, by kind: participant, challenge, award, …
type Words map[string]Word

// Of returns the word of a kind.
func (w Words) Of(kind string) Word { return w[kind] }

// The kinds that templates name most often.
func (w Words) Participant() Word { return w["participant"] }
func (w Words) Challenge() Word   { return w["challenge"] }
func (w Words) Award() Word       { return w["award"] }
func (w Words) Theme() Word       { return w["theme"] }
func (w Words) Edition() Word     { return w["edition"] }
func (w Words) Group() Word       { return w["group"] }
func (w Words) Team() Word        { return w["team"] }
func (w Words) Level() Word       { return w["level"] }
func (w Words) Event() Word       { return w["event"] }

// Partner is the part that an organisation plays.
type Partner struct {
	Organisation  *Organisation
	Role          string
	Duties        []string
	Contributions []string // what it gives: money, material, time, skills
	Order         int      // of protocol
	Signs         bool
	Signatory     Signatory
}

// Signatory is who signs for a partner.
type Signatory struct{ Name, Title string }

// Mark is a registered trade mark and what may be done with it.
type Mark struct {
	Name, Number, Owner, Mention string
	FiledOn                      Date
	Approver                     *Organisation
	Logo                         string
	Pieces                       []string
}

// Agreement binds partners for a time.
type Agreement struct {
	Parties      []*Organisation
	Starts, Ends Date
	Renewal      string
	Notice       string // MM-DD
	Deadlines    []Deadline
	Origin       diag.Origin
}

// Deadline is a day of each year by which something is due.
type Deadline struct {
	What, Day string // Day is MM-DD
	Interim   bool   // due before the end on purpose: it does not cover the whole period
	Origin    diag.Origin
}

// Edition is one season of a programme.
type Edition struct {
	ID, Title    string
	Starts, Ends Date
	Ceremony     *Event
	Phases       []Phase
	Territories  []*Territory
	Target       int
	Funnel       []Step
	Story        Prose
	Origin       diag.Origin
}

// Phase is a part of an edition.
type Phase struct {
	Title        string
	Starts, Ends Date
	Origin       diag.Origin
}

// Step is one line of a funnel: prospected, engaged, labelled.
type Step struct {
	Label string
	Value int
}

// Level is a degree of award or of involvement.
type Level struct {
	ID, Title string
	Order     int
	Validity  Period
	Origin    diag.Origin
}

// Group is a body that meets: a committee, a club, a working group.
type Group struct {
	ID, Kind, Title   string
	Promise, Audience string
	MeetingsPerYear   int
	Territory         *Territory
	Topics            []string
	Story             Prose
	Origin            diag.Origin
	members           []*Participant
}

// Event is something with a day and a place.
type Event struct {
	ID, Kind, Title string
	Starts, Ends    Date
	Hour, HourEnd   string // HH:MM, when the data gave a time
	Place           string
	Edition         *Edition
	Group           *Group
	Audience        string
	Capacity        int
	Registration    string
	Items           []string
	Status          string
	Origin          diag.Origin
}

// Item is a titled piece of text: a principle, an argument, a question, a document, a
// word of the glossary.
type Item struct {
	ID, Title, Text   string
	URL, File, Author string
	Section           string   // questions: what they are listed under
	Version, Status   string   // documents, in words
	Synonyms          []string // definitions: other words for the same thing
	Date              Date
	Order             int
	Origin            diag.Origin
}

// Milestone is a day, a span or a year that counts in the life of a programme: behind
// it, or still to be reached.
type Milestone struct {
	ID, Title, Text string
	Year            int  // when only the year is known; Starts is then its last day
	Starts, Ends    Date // Ends is zero for a day
	Status          string
	Origin          diag.Origin
}

// Term is a word of a word cloud.
type Term struct {
	Text   string
	Weight float64
}

// PieceSubjects are the records that a piece can be made for: what `for` of a piece may say.
func PieceSubjects() []string {
	return []string{"award", "participant", "challenge", "theme", "group", "event", "edition", "territory", "programme"}
}

// PieceUse says that the programme prints a piece, for whom, and in what number.
type PieceUse struct {
	ID, Template, For string
	Where             map[string][]string
	Public            bool
	Copies            int
	Profile           string
	Sheet             string // id of the office sheet it is ganged on; empty: none
	Origin            diag.Origin
}

// Theme is a family of challenges.
type Theme struct {
	ID, Title, Description string
	Color, Icon, Status    string
	CMYK                   [4]float64 // percents, when Ink
	Ink                    bool
	Story                  Prose
	Order                  int
	Origin                 diag.Origin
}

// Challenge is something to achieve.
type Challenge struct {
	ID, Title string
	Theme     *Theme
	Kind      string
	Summary   string
	Why       string
	How       []string // steps
	Evidence  []string // the proofs accepted; those given are private
	Points    float64
	Level     string
	Trades    []*Trade
	Status    string
	Story     Prose
	Origin    diag.Origin
}

// CurrentEdition is the latest edition begun by the site's day that has awards, or nil.
func (p *Programme) CurrentEdition(today Date) *Edition {
	var current *Edition
	for _, e := range p.Editions {
		if e.Starts.After(today) || (current != nil && !e.Starts.After(current.Starts)) {
			continue
		}
		for _, x := range p.participants {
			if x.awardOf(e) != nil {
				current = e
				break
			}
		}
	}
	return current
}

// Signatories are the partners who sign, in protocol order.
func (p *Programme) Signatories() []*Partner {
	var out []*Partner
	for _, x := range p.Partners {
		if x.Signs {
			out = append(out, x)
		}
	}
	return out
}

// OpenEdition is the edition that goes on on a day, else the next one; nil when all are over. One without an
// end goes on until the next begins.
func (p *Programme) OpenEdition(on Date) *Edition {
	var open, next *Edition
	for _, e := range p.Editions {
		switch {
		case e.Starts.After(on):
			if next == nil || e.Starts.Before(next.Starts) {
				next = e
			}
		case e.Ends.IsZero() || !e.Ends.Before(on):
			if open == nil || e.Starts.After(open.Starts) {
				open = e
			}
		}
	}
	if open != nil {
		return open
	}
	return next
}

// ChallengesOf lists the challenges of a theme, in the order of the catalogue.
func (p *Programme) ChallengesOf(t *Theme) []*Challenge {
	var out []*Challenge
	for _, c := range p.Challenges {
		if c.Theme == t {
			out = append(out, c)
		}
	}
	return out
}
