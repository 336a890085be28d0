// Package piece turns a piece template and an entity into frames.
//
// A template is a TOML file: a page size and boxes placed on it in millimetres, whose texts are
// expanded (text/template) over one subject and what it belongs to. Parse reads it once; a Renderer
// then makes the frames of any number of subjects. What does not fit, a character the font lacks, a
// picture too coarse: each is a diagnostic that names the record, the field and the piece.
//
// docs/pieces.md describes the keys. A kind of box is one entry of the table in kinds.go.
package piece

import (
	"time"

	"vitrine/internal/diag"
	"vitrine/internal/layout"
	"vitrine/internal/load"
	"vitrine/internal/model"
	"vitrine/internal/typography"
)

// Template is a piece as it was read. It does not change and may be shared.
type Template struct {
	Name  string // its id: the file's name
	Title string
	W, H  layout.Length // trim size
	Bleed layout.Length
	Safe  layout.Length
	Pages int // its sides; a text that runs over pages repeats one of them
	// For are the records that it can be made for, as model.PieceSubjects names them; empty: it does not say.
	For []string

	multiple        int       // of which the number of pages is a multiple; 0: of any
	contour         *contour  // nil: cut along its edges
	reverse         *reversal // nil: read from the side that is printed
	background      *expr
	backgroundImage string
	boxes           []*box
	docTitle        *expr
	docSubject      *expr
	origin          load.Ref
}

// Words are the theme's labels in one language: by key, with values for their places, and in the form
// that a number asks for.
type Words interface {
	T(key string, args ...any) (string, error)
	N(key string, n int, args ...any) (string, error)
}

// Options are what the texts of a template may call upon.
type Options struct {
	Language typography.Language
	Words    Words
	// Template finds the template that another one builds on (`use`): the site's of that name, else the
	// theme's. It is nil when there is none, or when it cannot be read; then that was said elsewhere.
	Template func(id string) *load.Table
	// Under finds the template of a name that lies so many layers under the first one, for a template that builds on
	// its own name. It is nil when there is none.
	Under func(id string, depth int) *load.Table
	// Sheet finds a stock: the site's of that name, else the theme's. It is nil when there is none, or when
	// it cannot be read. Where Sheet itself is nil no box may be a sheet.
	Sheet func(id string) *Stock
}

// Resources are what boxes are drawn with. They may be shared by several goroutines.
type Resources struct {
	Language typography.Language
	Fonts    layout.Fonts
	Palette  Palette
	// Image gives a picture of the site or the theme by its name, decoded within bounds and encoded
	// again; nil means none may be asked for.
	Image func(name string) (*layout.Picture, *diag.Diagnostic)
	// Places gives the shapes of a territory's places and how many are listed in each, of the programme
	// that the piece is of; nil where there are less than two of them.
	Places func(*model.Territory) *Places
	// InkLimit is the most ink that the paper takes, in percent; 0 stands for that of coated stock.
	InkLimit float64
}

// Subject says whose piece it is.
type Subject struct {
	Name   string      // in messages and as the document's title
	Author string      // of the document: who publishes it
	Date   time.Time   // of the award or edition
	Origin diag.Origin // the participant's record, for messages about its fields; may be nil
}
