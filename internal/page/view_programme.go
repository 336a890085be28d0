package page

import (
	"html/template"

	"vitrine/internal/model"
)

// The views of a programme: its own page, its catalogue, its editions, its groups.

// Home is the portal of a site with several programmes.
type Home struct {
	*Frame
	Baseline   string
	Programmes []Panel
	News       []Article
	NewsURL    string
	Communes   []Link
	Map        template.HTML
	Directory  string // the list of the first programme that has one
	Seek       *Seek  // the way into that list
	Portraits  []Portrait
	Next       []Day // the next dates of all programmes
	Count      int   // all those listed
	Territory  *Link
}

// Seek is a way into a list: a field where it can be searched in, and the trades that most are of.
type Seek struct {
	URL      string
	Word     model.Word // of those listed
	Searched bool
	Trades   []Link // none where they are few
}

// Portrait is someone with a picture, and a sentence on what they do.
type Portrait struct {
	Name, URL, Text string
	About           string // trade and commune
	Photo           *Image
}

// Panel is a programme on the portal.
type Panel struct {
	Class, Kind, Name, URL, Purpose string
	Directory                       string
	Count                           int
	Word                            model.Word // of those counted
	Figure                          *Figure
}

// Programme is a programme's own page.
type Programme struct {
	*Frame
	KindName   string // label, charter… in words, when the theme has them
	Since      int
	Purpose    string
	Story      template.HTML
	Directory  string
	Seek       *Seek // the way into it
	Portraits  []Portrait
	Challenges string
	Count      int
	Offered    int // challenges of the catalogue
	Figures    []Figure
	FiguresURL string
	Themes     []ThemeCard
	Rules      []string // in words, of a first award
	Renewal    []string
	Latest     template.HTML
	Arguments  []Item
	Principles []Item
	Levels     []LevelGroup // with the challenges of each, where challenges have levels
	Questions  []QuestionGroup
	Documents  []Item
	Tools      []Item
	Downloads  []Link // its public pieces
	Quotes     []Item
	Terms      []Term
	Cloud      *Chart // of the terms
	Partners   []Partner
	Mention    string
	Map        template.HTML
	Moments    []Moment // its editions and milestones
	Next       []Day
	News       []Article

	// Pages that say more; empty where there is none.
	JoinURL, AgendaURL, GlossaryURL, QuestionsURL, PartnersURL string
	AskedCount, PartnerCount                                   int // questions and partners, all of them
}

// Term is a word of a cloud: Size runs from 1 to 5.
type Term struct {
	Text string
	Size int
}

// ThemeCard is a theme as a list shows it.
type ThemeCard struct {
	Mark
	Description string
	Challenges  int
	Count       int
}

// Challenges is the catalogue: by level where challenges have one, the others by theme.
type Challenges struct {
	*Frame
	Levels []LevelGroup
	Groups []ChallengeGroup
	Total  int
	Themes int // that have challenges
}

// LevelGroup is a level with its challenges.
type LevelGroup struct {
	Title, Anchor string
	Challenges    []ChallengeCard
}

// ChallengeGroup is a theme with its challenges.
type ChallengeGroup struct {
	Mark
	Description string
	Challenges  []ChallengeCard
}

// ChallengeCard is a challenge as a list shows it.
type ChallengeCard struct {
	Title, URL, Summary string
	Count               int
	Mark                Mark
}

// Challenge is the page of one.
type Challenge struct {
	*Frame
	Summary   string
	Level     string
	Theme     Mark
	Why       string
	How       []string
	Evidence  []string
	Figures   []Figure // what is measured of it
	Trades    []Link
	Story     template.HTML
	Count     int
	Cards     template.HTML // the first of those who took it up
	All       string        // the whole list
	Others    []ChallengeCard
	Downloads []Link // its public pieces
}

// Themes is the list of themes.
type Themes struct {
	*Frame
	Themes []ThemeCard
}

// Theme is the page of one.
type Theme struct {
	*Frame
	Mark       Mark
	Number, Of int
	Status     string // how far the programme has come with it, in its own words
	Text       string
	Story      template.HTML
	Challenges []ChallengeCard
	Count      int
	Cards      template.HTML
	All        string
	Others     []ThemeCard
}

// Editions is the list of editions.
type Editions struct {
	*Frame
	Editions []EditionCard
	Charts   []*Chart // over the editions
}

// EditionCard is an edition as a list shows it.
type EditionCard struct {
	Title, URL, When string
	Count            int
	Current          bool
}

// Edition is the page of one.
type Edition struct {
	*Frame
	When     string
	Ceremony *Day
	Year     string
	Figures  []Figure
	Changes  *Chart // the figures that the edition before has too
	Phases   *Chart
	Funnel   *Chart
	Progress *Chart // against the target and the edition before
	Report   string // the address of its report, where that is published
	Agenda   string // of all dates, where some are left out
	Chosen   *Chart // the challenges taken up most
	Shares   *Chart // of the themes
	Places   []Link // its territories
	Communes []Link // of those listed, with their number
	Days     []Day  // its events
	Story    template.HTML
	Count    int
	New      int
	Renewed  int
	Cards    template.HTML
	All      string
	Previous *Link
	Next     *Link
}

// Figures is the page of key figures, and of what the programme costs where it says so.
type Figures struct {
	*Frame
	Groups  []FigureGroup
	Budget  *Money          // what is spent, by line and year
	Funding *Money          // who pays, by organisation and year
	Aids    []string        // the rates and ceilings of funding, in words
	Top     []ChallengeCard // the challenges taken up most
}

// FigureGroup is the figures of an edition, of a territory, of a group or of a challenge;
// Title is empty for those of none.
type FigureGroup struct {
	Title, URL string
	Figures    []Figure
}

// Money is a table of amounts by year. Its cells are written in the page's language.
type Money struct {
	Caption string
	Columns []string // the years, and the sum of them where there are several
	Wide    bool     // more columns than a telephone shows
	Groups  []MoneyGroup
	Total   MoneyRow
	Rest    *MoneyRow // spending that no funding covers yet
}

// MoneyGroup is the rows of a category, with their sum where there are several; Title is
// empty where there are no categories.
type MoneyGroup struct {
	Title string
	Rows  []MoneyRow
	Total *MoneyRow
}

// MoneyRow is a line of a table of amounts; an empty amount is none.
type MoneyRow struct {
	Title, Note string
	Cells       []MoneyCell
}

// MoneyCell is an amount, and what share of its column it is.
type MoneyCell struct{ Amount, Share string }
