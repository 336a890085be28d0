package page

import (
	"html/template"

	"vitrine/internal/model"
	"vitrine/internal/theme"
)

// What layouts see. A view holds what its page shows, computed and worded: addresses
// are ready to be written, dates and numbers are in the page's language. Layouts
// choose the order and the frame; docs/theme.md lists every field.

// Frame is what every page has, whatever it shows.
type Frame struct {
	theme.Words             // .T "key" and .N "key" n: the theme's phrases
	W           model.Words // the programme's words; on shared pages the neutral ones

	Lang        string
	Kind        string // of the page: participant, directory…
	Class       string // p-ID of the programme, for its accent
	Title       string // the h1
	HeadTitle   string // the title of the window
	Description string
	Canonical   string // in full
	Image       string // for sharing, in full
	Index       bool   // search engines may list it
	Programme   string // its name
	Demo        bool

	Head, Header, Footer template.HTML // made once for many pages
	Crumbs               []Link        // without the page itself
	Data                 template.JS   // JSON-LD
}

// Link is an address with its words. Count is what stands behind it, or 0.
type Link struct {
	URL, Text string
	Count     int
	Current   bool
}

// Call is a telephone number. Its tel: address was made from a number that was checked:
// html/template would refuse it as a string.
type Call struct {
	URL  template.URL
	Text string
}

// Mark is a theme's small sign: a colour and an icon, never without its title.
type Mark struct {
	Title, URL, Color string
	Icon              string // path data in a box of 24 by 24
	X                 int    // where it stands in a row of marks, in the icon's units

	HTML template.HTML // the mark alone, as _mark.html draws it
}

// Card is a participant as a list shows it.
type Card struct {
	URL, Name, Trade, Commune string
	Marks                     []Mark
	Editions                  string
	Expired, Renewed          bool
	Width                     int // of the row of marks
	frame                     *Frame
}

// Frame gives a card's layout the phrases.
func (c Card) Frame() *Frame { return c.frame }

// Image is a picture with its sizes.
type Image struct {
	Src, Srcset   string
	Width, Height int
	Alt, Credit   string
}

// Figure is a number that counts.
type Figure struct {
	Title, Value, Unit string
	Target             string
	Percent            int // of the target, at most 100
	HasTarget, Approx  bool
	Source, Edition    string
	Note               string // the target and the source, in words
}

// Day is a dated thing: an event, a phase.
type Day struct {
	Title, When, ISO, Place, Text string
	URL                           string
	Past, Cancelled               bool
}

// Item is a titled text: an argument, a question, a principle, a document.
type Item struct{ Title, Text, URL, Author string }

// Partner is an organisation and its part.
type Partner struct {
	Name, Role, URL string
	Duties          []string
	Logo            *Image
}

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
	Count      int    // all those listed
	Territory  *Link
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
	Questions  []Item
	Documents  []Item
	Downloads  []Link // its public pieces
	Quotes     []Item
	Terms      []Term
	Partners   []Partner
	Mention    string
	Map        template.HTML
	Next       []Day
	News       []Article
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

// Directory is a list of participants, whole or filtered, or a page of it.
type Directory struct {
	*Frame
	Filter     string // what the list is filtered by, in words; empty for all
	Dimension  string
	Mark       *Mark
	Place      *Link // the territory's page, when filtered by commune
	Total      int
	First      string // name of the first and the last of this page
	Last       string
	Cards      template.HTML
	Dimensions []Dimension
	Map        template.HTML
	Pages      []Link
	Previous   string
	Next       string
	Number, Of int
	All        string // the whole list
}

// Dimension is a way to filter, with the values it has.
type Dimension struct {
	Key, Title, URL string
	Links           []Link
	Total           int
}

// Filters is the list of a dimension's values.
type Filters struct {
	*Frame
	Dimension string
	Groups    []FilterGroup
	All       string
	Map       template.HTML
}

// FilterGroup is the values of a dimension that belong together.
type FilterGroup struct {
	Title string
	Mark  *Mark
	Links []Link
}

// Participant is the page of one.
type Participant struct {
	*Frame
	Trade, Commune *Link
	Activity       string
	Text           string // its description, in a sentence or two
	Address        string
	Postcode       string
	Phone, Mobile  *Call
	Email, Web     *Link
	Hours          []HoursRow
	HoursNotes     []string
	Photo, Logo    *Image
	Story          template.HTML
	Deeds          []Deed
	Awards         []Award
	Current        *Award
	Closed         bool
	Verify         string
	Near           template.HTML
	NearTitle      string
	NearURL        string
	SIRET          string
	Employees      int
}

// HoursRow is a line of opening hours.
type HoursRow struct {
	Days, Times, Note string
	Closed            bool
}

// Deed is a challenge taken up.
type Deed struct {
	Title, URL, Text, Since string
	New                     bool
	Mark                    Mark
}

// Award is a distinction.
type Award struct {
	Edition  Link
	On       string
	Until    string // a date in words; empty: until withdrawn
	UntilISO string
	Level    string
	Expired  bool
	Renewal  bool
	Year     string
}

// Verify answers whether a label is true.
type Verify struct {
	*Frame
	State    string // valid, expired, closed, withdrawn, pending
	Name     string
	Trade    string
	Commune  string
	Editions string
	Until    string
	On       string
	Deeds    []string
	URL      string // its page
	Owner    string // who gives the label
	Mention  string
	Award    model.Word
}

// Challenges is the catalogue.
type Challenges struct {
	*Frame
	Groups []ChallengeGroup
	Total  int
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
	Summary  string
	Level    string
	Theme    Mark
	Why      string
	How      []string
	Evidence []string
	Trades   []Link
	Story    template.HTML
	Count    int
	Cards    template.HTML // the first of those who took it up
	All      string        // the whole list
	Others   []ChallengeCard
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
	Phases   []Day
	Funnel   []Figure
	Story    template.HTML
	Count    int
	New      int
	Renewed  int
	Cards    template.HTML
	All      string
	Previous *Link
	Next     *Link
}

// Groups is the list of groups.
type Groups struct {
	*Frame
	Groups []GroupCard
}

// GroupCard is a group as a list shows it.
type GroupCard struct{ Title, URL, Kind, Promise string }

// Group is the page of one.
type Group struct {
	*Frame
	KindName, Promise, Audience string
	Meetings                    int
	Topics                      []string
	Place                       *Link
	Story                       template.HTML
	Count                       int
	Days                        []Day
	Cards                       template.HTML
}

// Figures is the page of key figures, by edition.
type Figures struct {
	*Frame
	Groups []FigureGroup
	Top    []ChallengeCard // the challenges taken up most
}

// FigureGroup is the figures of an edition; Title is empty for those of all.
type FigureGroup struct {
	Title, URL string
	Figures    []Figure
}

// Territories is the list of places.
type Territories struct {
	*Frame
	Groups []PlaceGroup
	Map    template.HTML
}

// PlaceGroup is the places of a kind.
type PlaceGroup struct {
	Title  string
	Places []Link
}

// Territory is the page of a place, across programmes.
type Territory struct {
	*Frame
	KindName         string
	Of, At           string // « de Flers », « à Flers »
	Population       string
	PopulationSource string
	PopulationYear   int
	Postcodes        string
	Parent           *Link
	Story            template.HTML
	Map              template.HTML
	Members          []Link
	Programmes       []TerritoryProgramme
	Total            int
	Near             []Link // places around, when no one is here
}

// TerritoryProgramme is a programme's participants in a place.
type TerritoryProgramme struct {
	Class, Name, URL string
	Count            int
	Word             model.Word
	Cards            template.HTML
	All              string
}

// Article is a piece of news.
type Article struct {
	Title, URL, Text, When, ISO string
	Image                       *Image
}

// News is the list of them.
type News struct {
	*Frame
	Articles []Article
}

// Prose is a page of prose, or a piece of news.
type Prose struct {
	*Frame
	When, ISO string
	Updated   string
	Lead      string
	Picture   *Image
	Body      template.HTML
	Previous  *Link
	Next      *Link
}

// Fixed is a page whose words are the theme's: legal notice, personal data,
// accessibility, contact, sitemap, not found.
type Fixed struct {
	*Frame
	Publisher     Organisation
	Director      string
	Host          Organisation
	Controller    string
	PrivacyEmail  string
	AccessStatus  string // none, partial, full
	AccessRate    string
	AccessOn      string
	AccessContact string
	Marks         []MarkNotice
	Credits       []string
	Sections      []SitemapSection
	Home          string
	Directories   []Link
	PrivacyURL    string
	LegalURL      string
	ContactURL    string
	SitemapURL    string
	AccessURL     string
	SiteURL       string
}

// Organisation is who to write to.
type Organisation struct {
	Name, Address, Phone, Email, URL, SIREN string
	PhoneURL                                template.URL
}

// MarkNotice is what must be said of a trade mark.
type MarkNotice struct{ Programme, Name, Number, Owner, Mention, FiledOn string }

// SitemapSection is a part of the map of the site.
type SitemapSection struct {
	Title, URL string
	Links      []Link
}
