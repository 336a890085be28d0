package page

import "html/template"

// The views of a programme's agenda, groups, questions, glossary and partners.

// Agenda is the page of events: those to come by month, those that were by year.
type Agenda struct {
	*Frame
	Coming, Past []EventGroup
	Calendar     string // for calendar programs
}

// EventGroup is the events of a month, or of a year.
type EventGroup struct {
	Title  string
	Events []Event
	Folded bool // years of a long past
}

// Event is one with all that is known of it.
type Event struct {
	Day
	Anchor, Kind string
	Capacity     string // in words
	Register     *Link  // while it is of use
	Items        []string
	Group        *Link
	Edition      *Link
}

// Moment is a step in the life of a programme.
type Moment struct {
	Title, Text, URL string
	When, ISO        string
	Status           string // in words; empty where the date says it
}

// Groups is the list of groups, by kind.
type Groups struct {
	*Frame
	Kinds []GroupKind
	Total int
}

// GroupKind is the groups of a kind.
type GroupKind struct {
	Title  string
	Groups []GroupCard
}

// GroupCard is a group as a list shows it.
type GroupCard struct {
	Title, URL, Kind, Promise, Audience, Place string
	Meetings                                   int // a year
	Count                                      int // members shown
}

// Group is the page of one.
type Group struct {
	*Frame
	KindName, Promise, Audience string
	Meetings                    int
	Topics                      []string
	Place                       *Link
	Rules                       []string // who may be a member, in words
	Story                       template.HTML
	Figures                     []Figure
	Count                       int
	Days, Past                  []Day
	Cards                       template.HTML
	Others                      []Link // of the same kind
	Downloads                   []Link // its public pieces
}

// Join is the page for those who would take part.
type Join struct {
	*Frame
	Lead         string
	Arguments    []Item
	Story        template.HTML // how it goes, where that was written
	Rules        []string      // in words, of a first award
	Renewal      []string
	Challenges   string // the catalogue
	Offered      int    // its challenges
	Groups       []JoinGroup
	Gifts        []string // what every holder of an award receives, in words
	Edition      *Link    // the one that goes on, else the next
	When         string   // its days
	Phases       []Day    // those of it that are not over
	Next         []Day
	AgendaURL    string
	Documents    []Item
	Downloads    []Link          // the programme's public pieces
	Questions    []QuestionGroup // where they are few, else their page
	QuestionsURL string
	AskedCount   int
	Ask          Organisation // whom to ask
}

// JoinGroup is a group with who may be a member, in words.
type JoinGroup struct {
	Link
	Promise string
	Rules   []string
}

// Glossary is the words of a programme, in the order of the alphabet.
type Glossary struct {
	*Frame
	Entries []Definition
}

// Definition is a word of the glossary; with See, another word for the same thing.
type Definition struct {
	Title, Anchor, Text, URL string
	Synonyms                 string
	See                      *Link
}

// Questions is the page of questions and answers.
type Questions struct {
	*Frame
	Groups []QuestionGroup
}

// QuestionGroup is the questions under a heading; those of none come with an empty one.
type QuestionGroup struct {
	Title     string
	Questions []Item
}

// Partners is the page of partners, by role.
type Partners struct {
	*Frame
	Roles []PartnerRole
}

// PartnerRole is the partners that play a part.
type PartnerRole struct {
	Title    string
	Partners []Partner
}
