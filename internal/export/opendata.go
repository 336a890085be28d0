package export

import (
	"iter"
	"math"
	"slices"
	"strings"

	"vitrine/internal/model"
)

// Dataset is the open data of a programme: those listed on the site who said yes to open data, with what
// each of them opened. A mobile number is never among it.
type Dataset struct {
	Site      *model.Site
	Programme *model.Programme
	Rows      iter.Seq[*model.Profile] // each is looked at once for all tables, and not kept
	Label     string                   // in words
	Text      string                   // what it holds, in a sentence
	// Page is the address of a participant's page.
	Page func(id string) string
	// Name, Title and About are what a column is called in files, in words, and what it holds.
	Name, Title, About func(column string) string
}

// column is one of a dataset.
type column struct {
	key    string // of model.OpenColumns: it names the phrases of the theme
	kind   string // of the table schema: string, integer, number, date; list
	format string // uri, email
	must   bool   // never empty
	of     func(d *Dataset, p *model.Profile) value
}

var columns = []column{
	{"id", "string", "", true, func(_ *Dataset, p *model.Profile) value { return text(p.ID) }},
	{"name", "string", "", true, func(_ *Dataset, p *model.Profile) value { return text(p.Name) }},
	{"trade", "string", "", false, func(_ *Dataset, p *model.Profile) value {
		if p.Trade == nil {
			return value{}
		}
		return text(p.Trade.Name)
	}},
	{"activity", "string", "", false, func(_ *Dataset, p *model.Profile) value { return text(p.Activity) }},
	{"address", "string", "", false, func(_ *Dataset, p *model.Profile) value {
		return text(oneLine(p.Address))
	}},
	{"postcode", "string", "", false, func(_ *Dataset, p *model.Profile) value { return text(p.Postcode) }},
	{"commune", "string", "", false, func(_ *Dataset, p *model.Profile) value { return place(p, true) }},
	{"insee", "string", "", false, func(_ *Dataset, p *model.Profile) value { return place(p, false) }},
	{"lat", "number", "", false, func(_ *Dataset, p *model.Profile) value { return degree(p, p.Lat) }},
	{"lon", "number", "", false, func(_ *Dataset, p *model.Profile) value { return degree(p, p.Lon) }},
	{"phone", "string", "", false, func(_ *Dataset, p *model.Profile) value { return text(p.Phone) }},
	{"email", "string", "email", false, func(_ *Dataset, p *model.Profile) value { return text(p.Email) }},
	{"website", "string", "uri", false, func(_ *Dataset, p *model.Profile) value { return text(p.URL) }},
	{"hours", "string", "", false, func(_ *Dataset, p *model.Profile) value {
		if !p.HasHours {
			return value{}
		}
		return text(p.Hours.String())
	}},
	{"siret", "string", "", false, func(_ *Dataset, p *model.Profile) value { return text(p.SIRET) }},
	{"naf", "string", "", false, func(_ *Dataset, p *model.Profile) value { return text(p.NAF) }},
	{"employees", "integer", "", false, func(_ *Dataset, p *model.Profile) value {
		if p.Employees == 0 {
			return value{}
		}
		return number(float64(p.Employees))
	}},
	{"themes", "list", "", false, func(_ *Dataset, p *model.Profile) value {
		return each(p.Commitments, func(c model.Deed) string { return c.Challenge.Theme.Title })
	}},
	{"challenges", "list", "", false, func(_ *Dataset, p *model.Profile) value {
		return each(p.Commitments, func(c model.Deed) string { return c.Challenge.Title })
	}},
	{"editions", "list", "", false, func(_ *Dataset, p *model.Profile) value {
		return each(p.Awards, func(a model.Distinction) string { return a.Edition.ID })
	}},
	{"level", "string", "", false, func(_ *Dataset, p *model.Profile) value {
		if a := p.Current(); a != nil && a.Level != nil {
			return text(a.Level.Title)
		}
		return value{}
	}},
	{"awarded", "date", "", false, func(_ *Dataset, p *model.Profile) value {
		if a := p.Current(); a != nil {
			return text(a.On.String())
		}
		return value{}
	}},
	{"until", "date", "", false, func(_ *Dataset, p *model.Profile) value {
		if a := p.Current(); a != nil && !a.Until.IsZero() {
			return text(a.Until.String())
		}
		return value{}
	}},
	{"description", "string", "", false, func(_ *Dataset, p *model.Profile) value { return text(p.Description) }},
	{"page", "string", "uri", true, func(d *Dataset, p *model.Profile) value { return text(d.Page(p.ID)) }},
}

// value is what a cell holds: a text, a number or a list of texts. An empty text is an empty cell, and so is
// an empty list.
type value struct {
	text     string
	list     []string
	number   float64
	isNumber bool
}

func text(s string) value      { return value{text: s} }
func number(f float64) value   { return value{number: f, isNumber: true} }
func (v *value) isEmpty() bool { return v.text == "" && len(v.list) == 0 && !v.isNumber }

func place(p *model.Profile, name bool) value {
	switch {
	case p.Commune == nil:
		return value{}
	case name:
		return text(p.Commune.Name)
	}
	return text(p.Commune.Code)
}

func degree(p *model.Profile, v float64) value {
	if !p.HasPoint || math.IsNaN(v) || math.IsInf(v, 0) {
		return value{}
	}
	return number(v)
}

// oneLine writes the lines of an address one after the other.
func oneLine(address string) string {
	if !strings.ContainsFunc(address, isBreak) {
		return address
	}
	return strings.Join(strings.FieldsFunc(address, isBreak), ", ")
}

// each lists what a list holds, each once, in its order.
func each[T any](list []T, text func(T) string) value {
	out := make([]string, 0, len(list))
	for _, x := range list {
		if s := text(x); !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return value{list: out}
}
