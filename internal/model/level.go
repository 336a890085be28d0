package model

import "strings"

// Earned is the highest level whose rules an award meets, where it carries a lower one,
// or a higher one of which it fails a rule; nil elsewhere, where the award says why it
// departs from the rules, and of one who has withdrawn. A level is earned through rules that ask for a least
// number: one that only caps shows nothing. Levels of the same order are not compared.
func Earned(a *Award, today Date) *Level {
	if a == nil || a.Level == nil || a.Waived != "" || a.holder.Status == Withdrawn {
		return nil
	}
	var best *Level
	for _, l := range a.holder.Programme.Levels {
		if meets, _ := a.earns(l, today); meets && (best == nil || l.Order >= best.Order) {
			best = l
		}
	}
	if best == nil || best.Order == a.Level.Order {
		return nil
	}
	if _, fails := a.earns(a.Level, today); best.Order < a.Level.Order && !fails {
		return nil
	}
	return best
}

// earns reports whether the award meets all rules of a level, and whether it fails one:
// neither where a rule is pending, or where there is none.
func (a *Award) earns(l *Level, today Date) (meets, fails bool) {
	x := a.holder
	rank := 0
	for i, other := range x.Awards {
		if other == a {
			rank = i
		}
	}
	shown, pending := false, false
	for _, r := range x.Programme.Rules {
		if id, ok := strings.CutPrefix(r.For, "level:"); !ok || id != l.ID || !r.in(a.Edition) || r.spares(x) {
			continue
		}
		switch r.judge(x, rank, today).State {
		case Pending:
			pending = true
		case Passed:
			shown = shown || r.HasMin
		default:
			return false, true
		}
	}
	return shown && !pending, false
}

// LevelCount is how many awards of an edition carry a level.
type LevelCount struct {
	Level   *Level // nil: no level
	Awards  int
	Holding int // those that last on the day, of participants who have not left
}

// Levels counts the awards of an edition by level, those that a site of that day
// speaks of: one line per level in its order, with or without awards, and one for
// awards without a level where there are any. A programme without levels has no line.
func Levels(p *Programme, e *Edition, today Date) []LevelCount {
	if len(p.Levels) == 0 {
		return nil
	}
	out := make([]LevelCount, len(p.Levels)+1)
	for i, l := range p.Levels {
		out[i].Level = l
	}
	for _, x := range p.participants {
		a := x.awardOf(e)
		if a == nil || a.On.After(today) {
			continue
		}
		i := 0
		for i < len(p.Levels) && p.Levels[i] != a.Level {
			i++
		}
		out[i].Awards++
		if until := a.Until(); x.Status != Withdrawn && (until.IsZero() || !until.Before(today)) {
			out[i].Holding++
		}
	}
	if out[len(p.Levels)].Awards == 0 {
		out = out[:len(p.Levels)]
	}
	return out
}
