package model

import "vitrine/internal/diag"

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
