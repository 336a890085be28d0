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
	ImageAlt    string
	ImageWidth  string // in pixels
	ImageHeight string
	Index       bool   // search engines may list it
	Programme   string // its name
	Demo        bool

	Head, Header, Footer template.HTML // made once for many pages
	Crumbs               []Link        // without the page itself
	Data                 template.JS   // JSON-LD

	host   string  // that the addresses of links stand below
	around *chrome // head, header and footer, with their digest
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
	Note               string // the place or edition, the period, the target and the source, in words
	About              Link   // what it is a figure of, where figures of several stand together
}

// Day is a dated thing: an event, a phase.
type Day struct {
	Title, When, ISO, Place, Text string
	URL                           string // where the agenda says more
	Status                        string // moved or cancelled, in words
	Past, Cancelled               bool
}

// Item is a titled text: an argument, a question, a principle, a document.
type Item struct {
	Title, Text, URL, Author string
	When, Status             string
	Facts                    string // of a document: type, size, version, date
	Anchor                   string // of a question
}

// Partner is an organisation and its part.
type Partner struct {
	Name, Role, URL string
	Duties          []string
	Contributions   []string // what it gives
	Logo            *Image
}
