package model

import (
	"math"
	"slices"

	"vitrine/internal/diag"
	"vitrine/internal/typography"
)

// Measure is a figure with its unit, target and source. Its value is what the data says,
// else what its formula gives: Compute works that out.
type Measure struct {
	ID, Title   string
	Value       float64
	HasValue    bool
	Stated      bool // the data gives the value
	Formula     string
	Expression  *Formula // what the formula says; nil: none, or unreadable
	Unit        string
	Target      float64
	HasTarget   bool
	Approx      bool
	Edition     *Edition
	Territory   *Territory
	Group       *Group
	Challenge   *Challenge
	Period      string
	Source      string
	Origin      diag.Origin
	participant *Participant
}

// Subject is the participant that a measure is about, or nil.
func Subject(m *Measure) *Participant { return m.participant }

// Shown is the value as it is shown: as the data states it; a computed one without decimals
// from 100 on, with one from 1 on, with two below.
func (m *Measure) Shown() float64 {
	if m.Stated {
		return m.Value
	}
	scale := 100.0
	switch size := math.Abs(m.Value); {
	case size >= 100:
		scale = 1
	case size >= 1:
		scale = 10
	}
	return math.Round(m.Value*scale) / scale
}

// Quantity is a value of the measure in a language, with its unit: « 12,6 % », « 430 M€ »,
// “€430”.
func (m *Measure) Quantity(lang typography.Language, v float64) string {
	return typography.WithUnit(lang, typography.Quantity(lang, v), m.Unit)
}

// Figures are the measures that are shown, in the order of the data: those that are known,
// and speak of no one participant.
func (p *Programme) Figures() []*Measure {
	return slices.DeleteFunc(slices.Clone(p.Measures), func(m *Measure) bool { return !m.HasValue || m.Personal() })
}

// HasFigures reports whether the programme has a page of figures: measures that it shows,
// or a budget that it publishes.
func (p *Programme) HasFigures() bool {
	return len(p.Figures()) > 0 || p.PublishBudget && len(p.Budget)+len(p.Funding) > 0
}
