package model

import (
	"slices"
	"strconv"
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

// Verdict is a rule applied to an award.
type Verdict struct {
	Rule  *Rule
	Award *Award
	Found float64
	OK    bool
}

// Text is the finding in figures: « 2 / 3 ».
func (v Verdict) Text() string {
	found := strconv.FormatFloat(v.Found, 'f', -1, 64)
	switch {
	case v.Rule.HasMin && v.Found < v.Rule.Min:
		return found + " / " + strconv.FormatFloat(v.Rule.Min, 'f', -1, 64)
	case v.Rule.HasMax && v.Found > v.Rule.Max:
		return found + " > " + strconv.FormatFloat(v.Rule.Max, 'f', -1, 64)
	}
	return found
}

// Judge applies the programme's rules to every award of a participant: `award` rules
// to the first, `renewal` rules to the later ones, `level:ID` rules to those that
// carry the level, `team` and `group:ID` rules to members of those kinds.
func Judge(x *Participant, today Date) []Verdict {
	var out []Verdict
	for i, a := range x.Awards {
		for _, r := range x.Programme.Rules {
			if !r.concerns(x, a, i) || len(r.Editions) > 0 && !slices.Contains(r.Editions, a.Edition) {
				continue
			}
			if after := r.Where.WithinAfter; !after.IsZero() && a.On.Add(after).After(today) {
				continue // that time has not passed yet
			}
			var before Date
			if i > 0 {
				before = x.Awards[i-1].On
			}
			found := r.measure(x, a.On, before)
			out = append(out, Verdict{Rule: r, Award: a, Found: found, OK: r.within(found)})
		}
	}
	return out
}

func (r *Rule) concerns(x *Participant, a *Award, rank int) bool {
	kind, id, _ := strings.Cut(r.For, ":")
	switch kind {
	case "award":
		return rank == 0
	case "renewal":
		return rank > 0
	case "level":
		return a.Level != nil && a.Level.ID == id
	case "team":
		return x.Kind == "team"
	case "group":
		for _, g := range x.Programme.Groups {
			if g.ID == id {
				return slices.Contains(g.members, x)
			}
		}
	}
	return false
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
			distinct[c.Challenge.field(r.Field)] = true
		}
	}
	if r.Metric == "distinct" {
		return float64(len(distinct))
	}
	return total
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
