package model

import (
	"math"
	"slices"
	"strings"

	"vitrine/internal/diag"
)

// Rule is a condition that the programme sets, as data.
type Rule struct {
	For      string // award, renewal, level:ID, team, group:ID
	Metric   string // count, distinct, sum, value
	Of       string // commitments, members
	Field    string
	Where    Filter
	Min, Max float64
	HasMin   bool
	HasMax   bool
	Editions []*Edition
	Message  string
	Severity diag.Severity
	Origin   diag.Origin
}

// Filter keeps the commitments or members that a rule counts. A nil or zero part
// keeps all.
type Filter struct {
	New            *bool
	Evidence       *bool
	Themes         []string
	Levels         []string
	Roles          []string
	DoneWithin     Period
	SinceLastAward bool
	WithinAfter    Period
}

// windowed reports whether the filter asks when something was done: what has no
// date then does not count.
func (f Filter) windowed() bool {
	return !f.DoneWithin.IsZero() || f.SinceLastAward || !f.WithinAfter.IsZero()
}

// State is what came of a rule.
type State string

// The states of a verdict, as reports name them.
const (
	Passed  State = "pass"
	Failed  State = "fail"
	Waived  State = "waived"  // it fails, and the award says why that is accepted
	Pending State = "pending" // the time that it gives has not passed
	NotYet  State = "not-yet" // whoever has no award does not meet it so far
)

// Verdict is a rule applied to an award, or to a participant who has none.
type Verdict struct {
	Rule   *Rule
	Holder *Participant
	Award  *Award // nil: judged as things stand on the build's day
	Found  float64
	State  State
	Until  Date // the last day of the time that a pending rule gives
}

// OK reports whether nothing is to be done about it.
func (v Verdict) OK() bool { return v.State != Failed && v.State != Waived }

// Judge applies the programme's rules to a participant: `award` rules to the first
// award, `renewal` rules to the later ones, `level:ID` rules to those that carry the
// level, `team` and `group:ID` rules to members of those kinds, once for what no time
// changes. Who takes part and has no award is judged as of today: by the rules of
// teams and groups, and, to know how far the way is, by those of a first award; a candidate
// does not take part yet: nothing fails. Who has withdrawn is judged by no rule any more,
// who has closed by none on what comes after an award. A record that could not be read
// whole is not judged.
func Judge(x *Participant, today Date) []Verdict {
	if x.Unread || x.Status == Withdrawn {
		return nil
	}
	var out []Verdict
	for i, a := range x.Awards {
		for _, r := range x.Programme.Rules {
			if r.concerns(x, a, i) && !r.again(x, i) && !r.spares(x) {
				out = append(out, r.judge(x, i, today))
			}
		}
	}
	if len(x.Awards) > 0 || x.Status == Closed {
		return out
	}
	running := x.Programme.running(today)
	for _, r := range x.Programme.Rules {
		if !r.in(running) || !r.Where.WithinAfter.IsZero() || r.For != "award" && r.For != "team" && !r.ofGroup(x) || r.For == "team" && x.Kind != "team" {
			continue
		}
		v := Verdict{Rule: r, Holder: x, Found: r.measure(x, today, Date{}), State: Passed}
		if !r.within(v.Found) {
			v.State = Failed
			if r.For == "award" || x.Status == Candidate {
				v.State = NotYet
			}
		}
		out = append(out, v)
	}
	return out
}

// judge applies the rule to the award of that rank.
func (r *Rule) judge(x *Participant, rank int, today Date) Verdict {
	a := x.Awards[rank]
	var before Date
	if rank > 0 {
		before = x.Awards[rank-1].On
	}
	v := Verdict{Rule: r, Holder: x, Award: a, Found: r.measure(x, a.On, before), State: Passed}
	if after := r.Where.WithinAfter; !after.IsZero() && !today.After(a.On.Add(after)) {
		v.State, v.Until = Pending, a.On.Add(after)
		return v
	}
	if !r.within(v.Found) {
		v.State = Failed
		if a.Waived != "" {
			v.State = Waived
		}
	}
	return v
}

// spares reports whether the rule asks for what comes after an award, of one who has
// closed since.
func (r *Rule) spares(x *Participant) bool {
	return x.Status == Closed && !r.Where.WithinAfter.IsZero()
}

// in reports whether the rule holds in an edition; nil: no edition has begun.
func (r *Rule) in(e *Edition) bool {
	return len(r.Editions) == 0 || slices.Contains(r.Editions, e)
}

// again reports whether the rule looks at what has no date, and will look at the same
// once more with a later award.
func (r *Rule) again(x *Participant, rank int) bool {
	if r.Of != "members" && r.Metric != "value" || r.For != "team" && !strings.HasPrefix(r.For, "group:") {
		return false
	}
	return slices.ContainsFunc(x.Awards[rank+1:], func(a *Award) bool { return r.in(a.Edition) })
}

// running is the latest edition begun by that day, else the first to come, or nil.
func (p *Programme) running(today Date) *Edition {
	var e *Edition
	for _, x := range p.Editions {
		if e == nil || !x.Starts.After(today) && x.Starts.After(e.Starts) {
			e = x
		}
	}
	return e
}

func (r *Rule) concerns(x *Participant, a *Award, rank int) bool {
	if !r.in(a.Edition) {
		return false
	}
	switch kind, id, _ := strings.Cut(r.For, ":"); kind {
	case "award":
		return rank == 0
	case "renewal":
		return rank > 0
	case "level":
		return a.Level != nil && a.Level.ID == id
	case "team":
		return x.Kind == "team"
	}
	return r.ofGroup(x)
}

// ofGroup reports whether the rule is of a group that the participant belongs to.
func (r *Rule) ofGroup(x *Participant) bool {
	id, ok := strings.CutPrefix(r.For, "group:")
	return ok && slices.ContainsFunc(x.Programme.Groups, func(g *Group) bool {
		return g.ID == id && slices.Contains(g.members, x)
	})
}

func (r *Rule) within(found float64) bool {
	return (!r.HasMin || found >= r.Min) && (!r.HasMax || found <= r.Max)
}

// measure looks from the day `on`; `before` is the day of the award before it, if any.
func (r *Rule) measure(x *Participant, on, before Date) float64 {
	if r.Of == "members" {
		return r.countMembers(x)
	}
	if r.Metric == "value" {
		return x.value(r.Field)
	}
	total := 0.0
	distinct := map[string]bool{}
	for _, c := range x.Commitments {
		if !r.Where.keeps(c, on, before) {
			continue
		}
		switch r.Metric {
		case "count":
			total++
		case "sum":
			total += c.Challenge.number(r.Field)
		case "distinct":
			if of := c.Challenge.field(r.Field); of != "" { // without a kind there is none to count
				distinct[of] = true
			}
		}
	}
	if r.Metric == "distinct" {
		return float64(len(distinct))
	}
	return math.Round(total*1e6) / 1e6 // 0.7 and 0.1 are 0.8, not a little less
}

func (r *Rule) countMembers(x *Participant) float64 {
	n := 0
	kinds := 0
	for role, count := range x.Members {
		if len(r.Where.Roles) == 0 || slices.Contains(r.Where.Roles, role) {
			n += count
			kinds++
		}
	}
	if r.Metric == "distinct" {
		return float64(kinds)
	}
	return float64(n)
}

func (f Filter) keeps(c *Commitment, on, before Date) bool {
	switch {
	case f.New != nil && c.New != *f.New,
		f.Evidence != nil && (len(c.Evidence) > 0) != *f.Evidence,
		len(f.Themes) > 0 && !slices.Contains(f.Themes, c.Challenge.Theme.ID),
		len(f.Levels) > 0 && !slices.Contains(f.Levels, c.Challenge.Level):
		return false
	}
	if c.DoneOn.IsZero() {
		return !f.windowed()
	}
	if !f.WithinAfter.IsZero() {
		return c.DoneOn.After(on) && !c.DoneOn.After(on.Add(f.WithinAfter))
	}
	switch {
	case c.DoneOn.After(on),
		!f.DoneWithin.IsZero() && c.DoneOn.Before(on.Sub(f.DoneWithin)),
		f.SinceLastAward && !before.IsZero() && !c.DoneOn.After(before):
		return false
	}
	return true
}

// value is a number of the record, by its key.
func (x *Participant) value(field string) float64 {
	switch field {
	case "employees":
		return float64(x.Employees)
	case "members":
		n := 0
		for _, count := range x.Members {
			n += count
		}
		return float64(n)
	}
	return 0
}

func (c *Challenge) number(field string) float64 {
	if field == "points" || field == "" {
		return c.Points
	}
	return 0
}

func (c *Challenge) field(name string) string {
	switch name {
	case "theme":
		return c.Theme.ID
	case "kind":
		return c.Kind
	case "level":
		return c.Level
	}
	return c.ID
}
