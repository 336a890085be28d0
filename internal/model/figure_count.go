package model

import (
	"math"
	"slices"
	"strconv"
	"strings"
)

// Countable are the things that a formula may count: « {count:award} ».
var Countable = []string{"award", "participant", "member", "commitment", "challenge", "theme", "event", "group", "commune", "partner", "edition"}

// count is how many there are of a kind, within what the measure is about. all counts
// awards of days to come as well. ok is false for a kind that is not countable.
func (p *Programme) count(kind string, m *Measure, today Date, all bool) (n float64, ok bool) {
	given := func(a *Award) bool {
		return (all || !a.On.After(today)) && (m.Edition == nil || a.Edition == m.Edition)
	}
	total := 0
	switch kind {
	case "award", "participant", "member", "commitment":
		for _, x := range p.participants {
			if x.Status == Withdrawn || x.Status == Candidate || !m.keeps(x) {
				continue
			}
			total += x.counted(kind, m, given)
		}
	case "challenge":
		total = len(p.Challenges)
	case "theme":
		total = len(p.Themes)
	case "event":
		for _, e := range p.Events {
			if e.Status != "cancelled" && (m.Edition == nil || e.Edition == m.Edition) && (m.Group == nil || e.Group == m.Group) {
				total++
			}
		}
	case "group":
		for _, g := range p.Groups {
			if m.Territory == nil || m.Territory.Holds(g.Territory) {
				total++
			}
		}
	case "commune":
		t := m.Territory
		if t == nil {
			t = p.Territory
		}
		total = t.communes(map[*Territory]bool{})
	case "partner":
		total = len(p.Partners)
	case "edition":
		total = len(p.Editions)
	default:
		return 0, false
	}
	return float64(total), true
}

// keeps reports whether a participant is within the measure's territory, group and challenge.
func (m *Measure) keeps(x *Participant) bool {
	return (m.participant == nil || m.participant == x) &&
		(m.Territory == nil || m.Territory.Holds(x.Commune)) &&
		(m.Group == nil || slices.Contains(m.Group.members, x)) &&
		(m.Challenge == nil || slices.ContainsFunc(x.Commitments, func(c *Commitment) bool { return c.Challenge == m.Challenge }))
}

// counted is what one participant adds to a count.
func (x *Participant) counted(kind string, m *Measure, given func(*Award) bool) int {
	awards := 0
	var last *Award
	for _, a := range x.Awards {
		if given(a) {
			awards++
			last = a
		}
	}
	if kind == "award" {
		return awards
	}
	if m.Edition != nil && awards == 0 {
		return 0
	}
	n := 0
	switch kind {
	case "participant":
		n = 1
	case "member":
		for _, k := range x.Members {
			n += k
		}
	case "commitment":
		for _, c := range x.Commitments {
			if (m.Challenge == nil || c.Challenge == m.Challenge) && (m.Edition == nil || last.counts(c)) {
				n++
			}
		}
	}
	return n
}

// Holds reports whether a place is the territory or lies in it.
func (t *Territory) Holds(place *Territory) bool {
	return place != nil && t.holds(place, map[*Territory]bool{})
}

func (t *Territory) holds(place *Territory, seen map[*Territory]bool) bool {
	if t == place {
		return true
	}
	seen[t] = true
	for up := place.Parent; up != nil && !seen[up]; up = up.Parent {
		if up == t {
			return true
		}
		seen[up] = true
	}
	return slices.ContainsFunc(t.Members, func(m *Territory) bool {
		return m == place || len(m.Members) > 0 && !seen[m] && m.holds(place, seen)
	})
}

// communes is how many communes lie in a territory, itself if it is one.
func (t *Territory) communes(seen map[*Territory]bool) int {
	if t == nil || seen[t] {
		return 0
	}
	seen[t] = true
	if t.Kind == "commune" {
		return 1
	}
	n := 0
	for _, m := range t.Members {
		n += m.communes(seen)
	}
	return n
}

// Trouble is what a formula's computation found. Kind is name (a name that is no figure),
// circle, zero, none (a figure that it needs has no value) or value (the data says
// another value than the formula gives).
type Trouble struct {
	Kind    string
	Measure *Measure
	Name    Name     // of name
	Path    []string // of circle: the ids that it runs through
	Value   float64  // of value: what the formula gives
}

// Compute works out the formulas of the programme's measures and fills in the values that
// the data does not state. Counts are those of a site of that day.
func (p *Programme) Compute(today Date) []Trouble {
	w := &work{p: p, today: today, byID: make(map[string]*Measure, len(p.Measures)), state: map[*Measure]int{}}
	for _, m := range p.Measures {
		w.byID[m.ID] = m
		if !m.Stated {
			m.Value, m.HasValue = 0, false
		}
	}
	for _, m := range p.Measures {
		w.measure(m)
	}
	return w.troubles
}

type work struct {
	p        *Programme
	today    Date
	byID     map[string]*Measure
	state    map[*Measure]int // 1: under way, 2: done
	path     []string
	troubles []Trouble
}

func (w *work) say(t Trouble) { w.troubles = append(w.troubles, t) }

func (w *work) measure(m *Measure) {
	if w.state[m] != 0 || m.Expression == nil {
		return
	}
	w.state[m] = 1
	w.path = append(w.path, m.ID)
	v, ok := w.evaluate(m, false, true)
	w.path = w.path[:len(w.path)-1]
	w.state[m] = 2
	switch {
	case !ok:
	case math.IsInf(v, 0) || math.IsNaN(v):
		w.say(Trouble{Kind: "zero", Measure: m})
	case !m.Stated:
		m.Value, m.HasValue = v, true
	case !m.Agrees(v):
		// Awards of days to come may be in the figure already: the office writes it before the ceremony.
		if later, ok := w.evaluate(m, true, false); !ok || !m.Agrees(later) {
			w.say(Trouble{Kind: "value", Measure: m, Value: v})
		}
	}
}

func (w *work) evaluate(m *Measure, all, aloud bool) (float64, bool) {
	if aloud {
		for _, n := range m.Expression.names {
			w.prepare(m, n)
		}
	}
	return m.Expression.Value(func(name string) (float64, bool) {
		if kind, counts := strings.CutPrefix(name, "count:"); counts {
			return w.p.count(kind, m, w.today, all)
		}
		other := w.byID[name]
		if other == nil || !other.HasValue {
			return 0, false
		}
		return other.Value, true
	})
}

// prepare works out the figure that a name stands for, or says that there is none.
func (w *work) prepare(m *Measure, n Name) {
	if kind, counts := strings.CutPrefix(n.Text, "count:"); counts {
		if !slices.Contains(Countable, kind) {
			w.say(Trouble{Kind: "name", Measure: m, Name: n})
		}
		return
	}
	other := w.byID[n.Text]
	switch {
	case other == nil:
		w.say(Trouble{Kind: "name", Measure: m, Name: n})
	case w.state[other] == 1:
		from := slices.Index(w.path, other.ID)
		w.say(Trouble{Kind: "circle", Measure: m, Name: n, Path: append(slices.Clone(w.path[from:]), other.ID)})
	default:
		w.measure(other)
	}
}

// Decimals is how many digits a number needs after its point, at most most.
func Decimals(v float64, most int) int {
	s := strconv.FormatFloat(v, 'f', -1, 64)
	_, fraction, _ := strings.Cut(s, ".")
	return min(len(fraction), most)
}

// Agrees reports whether a computed value is the stated one: rounded to the digits that
// this shows, or, where it is approximate, within a twentieth of it.
func (m *Measure) Agrees(v float64) bool {
	scale := math.Pow10(Decimals(m.Value, 15))
	if math.Abs(v-m.Value)*scale <= 0.5+1e-9 {
		return true
	}
	return m.Approx && math.Abs(v-m.Value) <= math.Abs(m.Value)/20
}
