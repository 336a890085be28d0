package model

import (
	"cmp"
	"slices"
	"strings"

	"vitrine/internal/typography"
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

// surveyor counts one edition.
type surveyor struct {
	*Report
	p       *Programme
	today   Date
	shown   bool // awards of which the site speaks, only
	ordered []*Edition
	now     []entrant
	before  []entrant
}

// entrant is someone counted, with what counts.
type entrant struct {
	of    *Participant
	award *Award
	deeds []*Commitment
}

func report(p *Programme, e *Edition, today Date, shown bool) *Report {
	s := &surveyor{Report: &Report{Edition: e, Awards: p.HasAwards(), Target: e.Target, Story: e.Story}, p: p, today: today, shown: shown, ordered: p.inTime()}
	if i := slices.Index(s.ordered, e); i > 0 {
		s.Previous = s.ordered[i-1]
		s.before = s.entrants(s.Previous)
	}
	s.now = s.entrants(e)
	s.Total, s.Before = len(s.now), len(s.before)
	s.standing()
	if shown {
		s.tell()
	}
	s.counted, s.countedBefore = len(s.now), len(s.before)
	s.funnel()
	s.parts()
	s.cross()
	s.measures()
	s.money()
	s.events()
	return s.Report
}

// tell leaves to the parts of a public report those that the site names, or the others,
// whoever are more: what the lists of those named say, taken from a number of all, would tell
// the commune, the trade and the deeds of one who is only counted. Two editions that are
// not counted alike are not compared.
func (s *surveyor) tell() {
	split := func(list []entrant) (told []entrant, kind int) {
		var named, others []entrant
		for _, x := range list {
			if x.of.HasPage(s.today) {
				named = append(named, x)
			} else {
				others = append(others, x)
			}
		}
		switch {
		case len(named) == 0 || len(others) == 0:
			return list, 0
		case len(named) >= len(others):
			return named, 1
		}
		return others, 2
	}
	now, kind := split(s.now)
	before, other := split(s.before)
	if kind > 0 {
		s.Told, s.Named = len(now), kind == 1
	}
	if kind != other {
		before = nil
	}
	s.now, s.before = now, before
}

// ends is the last day of an edition: its own, else the one before the next begins; zero: none.
func (s *surveyor) ends(e *Edition) Date {
	if !e.Ends.IsZero() {
		return e.Ends
	}
	if i := slices.Index(s.ordered, e); i >= 0 && i+1 < len(s.ordered) {
		return s.ordered[i+1].Starts.Sub(Period{Days: 1})
	}
	return Date{}
}

func (s *surveyor) within(d Date, e *Edition) bool {
	end := s.ends(e)
	return !d.IsZero() && !d.Before(e.Starts) && (end.IsZero() || !d.After(end))
}

// latest is the last edition that has begun, or nil.
func (s *surveyor) latest() *Edition {
	for _, e := range slices.Backward(s.ordered) {
		if !e.Starts.After(s.today) {
			return e
		}
	}
	return nil
}

// entrants are those counted in an edition, in the order of the data.
func (s *surveyor) entrants(e *Edition) []entrant {
	var out []entrant
	for _, x := range s.p.participants {
		if !s.enters(x, e) {
			continue
		}
		if s.Awards {
			a := x.awardOf(e)
			out = append(out, entrant{x, a, a.Counted()})
			continue
		}
		entered := entrant{of: x}
		for _, c := range x.Commitments {
			if s.during(c, e) {
				entered.deeds = append(entered.deeds, c)
			}
		}
		out = append(out, entered)
	}
	return out
}

// during tells whether a commitment is of an edition by its day.
func (s *surveyor) during(c *Commitment, e *Edition) bool {
	return s.within(c.DoneOn, e) || c.DoneOn.IsZero() && e == s.latest()
}

// enters tells whether a participant is counted in an edition.
func (s *surveyor) enters(x *Participant, e *Edition) bool {
	if s.Awards {
		a := x.awardOf(e)
		return x.Status != Withdrawn && a != nil && (!s.shown || !a.On.After(s.today))
	}
	if x.Status != Active && x.Status != "" {
		return false
	}
	dated := false
	for _, c := range x.Commitments {
		if s.during(c, e) {
			return true
		}
		dated = dated || !c.DoneOn.IsZero()
	}
	return !dated && e == s.latest()
}

// standing counts the records by status, and the awards by rank.
func (s *surveyor) standing() {
	for _, x := range s.p.participants {
		switch x.Status {
		case Candidate:
			s.Candidates++
		case Closed:
			s.Closed++
		case Withdrawn:
			s.Withdrawn++
		default:
			s.Active++
		}
	}
	for _, x := range s.now {
		switch {
		case x.award == nil:
		case x.award.Renewal():
			s.Renewed++
		default:
			s.First++
		}
	}
}

func (s *surveyor) funnel() {
	s.Reached = s.Total
	for _, step := range s.Edition.Funnel {
		s.Funnel = append(s.Funnel, ReportStep{step.Label, step.Value, share(step.Value, s.Edition.Funnel[0].Value)})
		s.Reached = step.Value
	}
}

// share is a part in percent, rounded.
func share(part, whole int) int {
	if whole <= 0 {
		return 0
	}
	return (200*part + whole) / (2 * whole)
}

func (s *surveyor) measures() {
	key := func(m *Measure) string { return strings.ReplaceAll(m.Title, m.Edition.ID, "") + "\x00" + m.Unit }
	for _, m := range s.p.Measures {
		if m.Edition != s.Edition || m.participant != nil {
			continue
		}
		found := ReportMeasure{Measure: m}
		for _, o := range s.p.Measures {
			if s.Previous != nil && o.Edition == s.Previous && o.participant == nil && o.Territory == m.Territory && o.Group == m.Group && o.Challenge == m.Challenge && key(o) == key(m) {
				found.Previous = o
				break
			}
		}
		s.Measures = append(s.Measures, found)
	}
}

// money is the budget of the year in which the edition begins.
func (s *surveyor) money() {
	for _, l := range s.p.Budget {
		if l.Year == s.Edition.Starts.Year && !l.Total {
			s.Budget, s.Cost = append(s.Budget, l), s.Cost+l.Amount
		}
	}
	for _, f := range s.p.Funding {
		if f.Year == s.Edition.Starts.Year {
			s.Funding, s.Funded = append(s.Funding, f), s.Funded+f.Amount
		}
	}
}

// events counts what was held by today, and gathers what was said.
func (s *surveyor) events() {
	for _, e := range s.p.Events {
		if e.Status == "cancelled" || e.Starts.After(s.today) || e.Edition != s.Edition && (e.Edition != nil || !s.within(e.Starts, s.Edition)) {
			continue
		}
		s.Held++
		i := slices.IndexFunc(s.Events, func(k ReportKind) bool { return k.Kind == e.Kind })
		if i < 0 {
			i, s.Events = len(s.Events), append(s.Events, ReportKind{Kind: e.Kind})
		}
		s.Events[i].Count++
	}
	slices.SortStableFunc(s.Events, func(a, b ReportKind) int { return cmp.Compare(b.Count, a.Count) })
	for _, x := range s.p.Testimonials {
		if s.within(x.Date, s.Edition) || x.Date.IsZero() && s.Edition == s.latest() {
			s.Testimonials = append(s.Testimonials, x)
		}
	}
}

// byCount orders rows by number, then title; those that are no entity come last.
func byCount(rows []Row) {
	slices.SortStableFunc(rows, func(a, b Row) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(b.Count, a.Count), cmp.Compare(b.Before, a.Before),
			cmp.Compare(typography.SortKey(a.Title), typography.SortKey(b.Title)))
	})
}
