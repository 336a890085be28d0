package model

import (
	"cmp"
	"slices"
	"strings"

	"vitrine/internal/typography"
)

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
