package page

import (
	"html/template"

	"vitrine/internal/model"
)

// The views of participants: their lists, their pages, the answer to « is this true? ».

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
	All        string        // the whole list
	Find       template.HTML // the search, the same on all pages of a programme's list
	Preset     string        // what it begins with on a filtered list: commune=ID
}

// Finder is what _find.html sees: how a visitor searches a programme's list. The script puts it into
// the page; without it nobody misses anything.
type Finder struct {
	*Frame
	Script  string // the address of the script
	Index   string // the folder of the files that it asks for
	Root    string // the list, below which every participant has its page
	Filters []Choice
	Marks   []Mark // of all themes, from which a line shows its own
	Width   int    // of the row of marks
	Located bool   // some place has a point: distances can be told
}

// Choice is a way to filter a search: the script fills in its values.
type Choice struct{ Key, Title string }

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
	Now            *Now
	Place          *Whereabouts
	Photo, Logo    *Image
	Story          template.HTML
	Deeds          []Deed
	Awards         []Award
	Current        *Award
	Owner          string // who gives the award: one, or several
	Owners         int
	Closed         bool
	Left           bool // closed, and no business: a team, a person
	Verify         string
	Near           template.HTML
	NearTitle      string
	NearURL        string
	Contact        string // its contact card
	SIRET          string
	Employees      int
}

// Moved stands at an address that a participant's page had, and leads to it.
type Moved struct {
	*Frame
	To Link // its page, with its name
}

// Framed is a list made for an iframe on another site.
type Framed struct {
	*Frame
	Cards        template.HTML
	Total, Shown int
	All          string // the whole list
	Site         Link
}

// Embed is the page that says how to show the lists on another site.
type Embed struct {
	*Frame
	Lists []EmbedList
}

// EmbedList is how to show a programme's.
type EmbedList struct {
	Title, ID, URL string
	Frame          string // the text of an iframe
	Links          string // the text of a list of links
	Places         []Link // the lists of the communes
	Badge          *Badge
}

// Badge is a programme's badge for the sites of those who take part.
type Badge struct {
	Image
	Code     string // the text of the picture with its link
	Mention  string // what must be said of the programme's mark
	Approver string // whose agreement another use of the mark asks for
}

// HoursRow is a line of opening hours.
type HoursRow struct {
	Days, Times, Note string
	Closed            bool
}

// Now is what a script needs that says whether a participant is open at the moment; nil where the hours
// say more than it understands.
type Now struct {
	Script   string // the address of the script
	Hours    string // in the compact form of the package hours
	Zone     string // of which the hours are, by its IANA name
	Holidays string // those of the place besides the whole country's, in the form of hours.Place
}

// Deed is a challenge taken up.
type Deed struct {
	Title, URL, Text, Since string
	Why                     string // what the challenge is good for
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
	Owner    string // who gives the label: one, or several
	Owners   int
	Mention  string
	Award    model.Word
}
