package page

import (
	"html/template"

	"vitrine/internal/model"
)

// The views of what belongs to no programme: places, news, prose, the notices.

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
	Of, At           string // « de Caen », « à Caen »
	Population       string
	PopulationSource string
	PopulationYear   int
	Postcodes        string
	Parent           *Link
	Story            template.HTML
	Map              template.HTML
	Members          []Link
	MembersTitle     string // what they are: communes, zones…
	Programmes       []TerritoryProgramme
	Total            int
	Quiet            bool   // nobody takes part, and nothing goes on
	Near             []Link // places around, when no one is here
	Downloads        []Link // public pieces for it, of all programmes
}

// TerritoryProgramme is what a programme has in a place, its participants first.
type TerritoryProgramme struct {
	Class, Name, URL string
	Count            int
	Word             model.Word
	Cards            template.HTML
	All              string

	// What else the programme has there.
	EditionWord, GroupWord model.Word
	Editions, Groups       []Link
	Next                   []Day
	Figures                []Figure
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
	Awards        bool // some programme gives awards
	Searched      bool // some list can be searched in, which is done by a script
	Located       bool // by distance too: a visitor may give a position
	Timed         bool // some sheet has hours of which a script says whether it is open
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

// EcoDesign is what the site does without, and what its pages weigh.
type EcoDesign struct {
	*Frame
	Publisher        Organisation
	Story            template.HTML // what the publisher says itself
	Own              bool          // no page that was weighed asks another host for anything
	Searched         bool          // some list can be searched in, which is done by a script
	Pictures         bool          // records have pictures, which are resized
	Pages            int
	Total            string // pages, in words
	Rows             []Weighed
	Median, Heaviest string // of the pages weighed
}

// Weighed is the fullest page of a kind, as a first visit brings it: at most, with all its pictures.
type Weighed struct {
	Title, URL         string // of the kind, and of the page
	Pages              int    // of the kind
	Size               string // on the wire, compressed
	Elements, Requests int
	Score              int    // from 0 to 100, by the formula of EcoIndex
	Grade              string // A to G
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

// OpenData is the page of what the site gives away as data.
type OpenData struct {
	*Frame
	Licence Link
	Sets    []Dataset
	Fields  []Field
	Write   Organisation // to whom
}

// Dataset is what a programme gives away.
type Dataset struct {
	Title, ID string
	Count     int
	W         model.Words
	Listed    int // on the site; not all of them give their data away
	Files     []DataFile
}

// DataFile is a form of a dataset: Kind names the phrases that say what it is for.
type DataFile struct{ Kind, Name, URL string }

// Field is a column of the tables.
type Field struct{ Name, Title, About string }
