package model

import (
	"slices"
)

// Few stands in a public report for a number that it does not give: one to four, or one from which such
// a number could be worked out.
const Few = -1

// fewest is the least that a public report says of a part of the whole.
const fewest = 5

// Report is what one edition came to (« bilan »): computed from the data alone, the same for the page, the
// paper and the table. What the programme does not have is empty, and shows nowhere.
type Report struct {
	Edition, Previous *Edition // the one before, by date; nil: none

	// Awards: those counted hold an award of the edition. In a programme without awards they are those
	// who took part: who did something in the edition's time, or has nothing dated and is of the latest.
	Awards         bool
	Total, Before  int  // those counted, in this edition and the one before
	Told           int  // of a public report: how many of Total its parts count, where these are not all
	Named          bool // with Told: they are those that the site names; else the others
	First, Renewed int  // of Total, where there are awards

	// Where all records of the programme stand today, whatever the edition.
	Candidates, Active, Closed, Withdrawn int

	// Reached is what the edition's target is held against: the last step of its funnel, else Total.
	Target, Reached int

	Funnel []ReportStep
	// Challenges and Themes: how many of Total took one up; the parts overlap. Left counts the challenges
	// of the catalogue that have no row.
	Challenges, Themes Breakdown
	// Trades, Communes and Levels: each of Total stands in one row, so that they add up.
	Trades, Communes, Levels Breakdown
	Groups                   Breakdown // members among Total
	Roles                    Breakdown // those whom the records speak for: captains, households…
	Cross                    *Cross    // challenge × trade; nil: nothing to cross

	Measures     []ReportMeasure
	Budget       []*BudgetLine
	Funding      []*Funding
	Cost, Funded Cents
	Events       []ReportKind
	Held         int // events in all
	Testimonials []*Item
	Story        Prose

	counted, countedBefore int // by the parts

	Public   bool            // numbers of one to four are hidden
	Sections []ReportSection // all of it in words, once a stage has worded it
}

// ReportStep is a line of a funnel.
type ReportStep struct {
	Label          string
	Value, Percent int // of the first step; Percent is 0 when that is nothing
}

// The kinds of rows that are no entity.
const (
	RowUnknown = "unknown" // the record does not say
	RowOthers  = "others"  // several rows gathered
)

// Row is a part of those counted.
type Row struct {
	Title, Kind string // Kind: RowUnknown, RowOthers or empty
	Challenge   *Challenge
	Theme       *Theme // the challenge's, or the theme itself
	Territory   *Territory
	Count       int
	Share       int // of Total, in percent
	New         int // of a challenge: not practised before joining
	Before      int // in the edition before
}

// Change is how many more there are than in the edition before.
func (x Row) Change() int { return x.Count - x.Before }

// Breakdown is how those counted fall into parts.
type Breakdown struct {
	Rows     []Row
	Compared bool // Before is given
	Left     int  // of what can have a row, how many have none
}

// Cross is a table of challenges by trade. A participant has one trade and several challenges: rows add
// up to their challenge's count, columns to nothing.
type Cross struct {
	Columns []Row
	Rows    []CrossRow
}

// CrossRow is a challenge, with a number for each column.
type CrossRow struct {
	Row
	Cells []int
}

// ReportMeasure is a figure of the edition, with the same one of the edition before.
type ReportMeasure struct {
	*Measure
	Previous *Measure // of the same title and unit; nil: none
}

// Percent is how far the figure is on the way to its target, rounded; 0 without one.
func (m ReportMeasure) Percent() int {
	if !m.HasTarget || !m.HasValue || m.Target <= 0 {
		return 0
	}
	return int(100*m.Value/m.Target + 0.5)
}

// ReportKind is how many events of a kind were held.
type ReportKind struct {
	Kind  string
	Count int
}

// HasResults reports whether there is anything to report.
func (r *Report) HasResults() bool {
	return r.Total != 0 || len(r.Funnel) > 0 || len(r.Measures) > 0
}

// ReportOf draws up the office's report of an edition, with every number: awards count before their day,
// as their pieces are made before it. It is a function and not a method so that no template can call it.
func ReportOf(p *Programme, e *Edition, today Date) *Report { return report(p, e, today, false) }

// PublicReport is the report as anybody may read it: awards of which the site speaks, no number of one to
// four in a part of the whole nor any from which one follows, and what the programme costs only where
// the programme publishes it. It is nil where the programme publishes no report.
func PublicReport(p *Programme, e *Edition, today Date) *Report {
	if !p.PublishReport {
		return nil
	}
	r := report(p, e, today, true)
	if !p.PublishBudget {
		r.Budget, r.Funding, r.Cost, r.Funded = nil, nil, 0, 0
	}
	return r.public()
}

// Reported lists the editions of which there is something to report, the latest first: those begun.
func Reported(p *Programme, today Date, public bool) []*Edition {
	if public && !p.PublishReport {
		return nil
	}
	var out []*Edition
	for _, e := range slices.Backward(p.inTime()) {
		if !e.Starts.After(today) && p.reports(e, today, public) {
			out = append(out, e)
		}
	}
	return out
}

// reports tells whether the report of an edition would have results, without drawing it up.
func (p *Programme) reports(e *Edition, today Date, public bool) bool {
	measured := func(m *Measure) bool { return m.Edition == e && m.participant == nil }
	if len(e.Funnel) > 0 || slices.ContainsFunc(p.Measures, measured) {
		return true
	}
	s := &surveyor{Report: &Report{Awards: p.HasAwards()}, p: p, today: today, shown: public, ordered: p.inTime()}
	return slices.ContainsFunc(p.participants, func(x *Participant) bool { return s.enters(x, e) })
}

// inTime are the editions by their first day.
func (p *Programme) inTime() []*Edition {
	out := slices.Clone(p.Editions)
	slices.SortStableFunc(out, func(a, b *Edition) int { return a.Starts.Compare(b.Starts) })
	return out
}
