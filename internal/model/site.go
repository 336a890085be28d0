// Package model is what a site is about: organisations, territories, programmes and
// those who take part. It computes (rules, validity, what consent opens, cards) and
// never reads: bind fills it.
//
// A participant's record is never handed to a page, a piece or an export. They get
// its Profile, which holds what consent opens and nothing else; that is why the
// records are behind unexported fields, which a template cannot reach.
package model

import (
	"vitrine/internal/diag"
	"vitrine/internal/typography"
)

// Site is everything one folder says.
type Site struct {
	Title, Baseline string
	BaseURL         string // scheme, host and path, without a final slash
	Language        string
	Languages       []string
	Theme           string
	Publisher       *Organisation
	Timezone        string
	Demo            bool
	Today           Date // the day the site is built for

	Legal         Legal
	Privacy       Privacy
	Accessibility Accessibility
	Design        Design
	Kit           Kit
	OpenData      OpenData

	Organisations []*Organisation
	Territories   []*Territory
	Trades        []*Trade
	Programmes    []*Programme
	Pages         []*Page
	News          []*Page

	Origin diag.Origin
}

// Legal is what the law asks a publisher to say of itself.
type Legal struct {
	Director string
	Host     Host
}

// Host is who keeps the site's server.
type Host struct{ Name, Address, Phone string }

// Privacy says who answers for personal data, and what consent opens where a record
// does not say.
type Privacy struct {
	Controller string
	Contact    string
	Default    Scopes
}

// Accessibility is the statement's data; an empty Status means that nothing was audited.
type Accessibility struct {
	Status    string // none, partial or full
	Rate      float64
	AuditedOn Date
	Contact   string
}

// Design is the site's say on the theme's tokens.
type Design struct {
	Colors map[string]Color
	Fonts  map[string]string // token → file below static/ or data/files/
}

// Kit is how the printed pieces are made.
type Kit struct {
	Profiles      []string // press, office
	SharePictures string   // programme or participant
	Condition     string   // printing condition of press files: press/ID.toml; empty: the theme's own
	Marks         bool     // crop and registration marks around press pages
	Light         bool     // office files spare ink: large dark grounds become light ones
	Participants  bool     // the winners have zips, draft messages and a mail merge table
	Attach        int      // the largest zip that a draft message holds, in MB; 0: none
	// The office printer's habits, as its calibration page shows them: how far to the right and down a
	// sheet must be moved, in mm, and how much longer than true it must be drawn along each axis.
	Offset [2]float64 // mm
	Scale  [2]float64 // percent; 100 is true
}

// Color is a token's value on screen and on paper.
type Color struct {
	RGB  string     // #rrggbb
	Dark string     // on dark pages, #rrggbb; empty: what the theme says or works out
	CMYK [4]float64 // percents; Ink tells whether they were given
	Ink  bool
	Spot string // the ink of its own it is printed with, « PANTONE 349 C »; empty: none
}

// Organisation is a body that stands behind a programme.
type Organisation struct {
	ID, Name, ShortName, Kind string
	Aliases                   []string
	URL, Email, Phone         string
	Address, Logo, SIREN      string
	Origin                    diag.Origin
}

// Label is the short name, else the name.
func (o *Organisation) Label() string {
	if o.ShortName != "" {
		return o.ShortName
	}
	return o.Name
}

// Territory is a place that a programme or a participant belongs to.
type Territory struct {
	ID, Name, Kind string
	Code           string // INSEE or SIREN
	Article        int    // INSEE article code, 0–5
	Postcodes      []string
	Population     Population
	Lat, Lon       float64 // degrees; both zero when unknown
	Members        []*Territory
	Parent         *Territory
	Outline        string // GeoJSON file
	Story          Prose
	Origin         diag.Origin
}

// Population is a figure with its year and source.
type Population struct {
	Value  int
	Year   int
	Source string
}

// Of is « de Caen », « d’Évreux », « du Havre ».
func (t *Territory) Of() string { return typography.De(t.Article, t.Name) }

// At is « à Caen », « au Havre ».
func (t *Territory) At() string { return typography.A(t.Article, t.Name) }

// HasPoint reports whether the place can be drawn on a map.
func (t *Territory) HasPoint() bool { return t.Lat != 0 || t.Lon != 0 }

// Trade is what a participant does for a living.
type Trade struct {
	ID, Name, Family, SchemaOrg string
	NAF, Synonyms               []string
	Origin                      diag.Origin
}

// Prose is Markdown and the place it was written.
type Prose struct {
	Text string
	File string
	At   int // offset of the text in the file
}

// IsZero reports whether nothing was written.
func (p Prose) IsZero() bool { return p.Text == "" }

// Page is prose with an address of its own: a page of the site, or news.
type Page struct {
	ID          string // path below content/, without .md
	Title       string
	Description string
	Date        Date
	Updated     Date
	Image       string
	Layout      string // of the theme's own that it asks for; empty: that of all pages, or of all news
	Body        Prose
	Origin      diag.Origin
}
