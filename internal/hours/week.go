package hours

import "slices"

// A day's state in an ordinary week.
type state struct {
	said    bool // some rule names the day
	unsure  bool // not on every such day
	always  bool
	spans   []Span
	comment string
}

func (s state) closed() bool { return !s.always && len(s.spans) == 0 && s.comment == "" }

func (s state) equal(o state) bool {
	return s.always == o.always && s.comment == o.comment && slices.Equal(s.spans, o.spans)
}

// ordinary reports a rule of every week of the year, for days of the week.
func (r Rule) ordinary() bool {
	return len(r.Dates) == 0 && len(r.Weeks) == 0 && r.Join != StandsIn &&
		(r.Always || r.Off || len(r.Spans) > 0 || len(r.Days) > 0)
}

// weekdays returns which days of the week a rule names, each of them when it
// names none, and what it names besides: holidays and nth days.
func (r Rule) weekdays() (days [7]bool, others []DayRange) {
	if len(r.Days) == 0 {
		for d := range days {
			days[d] = true
		}
	}
	for _, d := range r.Days {
		if d.From > Sunday || len(d.Nth) > 0 {
			others = append(others, d)
			continue
		}
		for day := d.From; ; day = (day + 1) % 7 {
			days[day] = true
			if day == d.To {
				break
			}
		}
	}
	return days, others
}

// week applies the rules one after the other to an ordinary week.
func (h Hours) week() (week [7]state, said bool) {
	for _, r := range h.Rules {
		if !r.ordinary() {
			continue
		}
		days, _ := r.weekdays()
		for d, named := range days {
			if !named {
				continue
			}
			said = true
			s := state{said: true, always: r.Always, spans: r.Spans, comment: r.Comment}
			if before := week[d]; r.Join == Adds && !r.Off && before.said {
				s.always = s.always || before.always
				s.spans = merge(before.spans, r.Spans)
				if s.comment == "" {
					s.comment = before.comment
				}
			}
			if r.Off {
				// A remark on a closed day goes to the notes.
				s = state{said: true}
			}
			week[d] = s
		}
	}
	return week, said
}

// merge joins two lists of spans in the order of time.
func merge(a, b []Span) []Span {
	all := slices.Concat(a, b)
	slices.SortStableFunc(all, func(x, y Span) int {
		if x.From != y.From {
			return x.From - y.From
		}
		return x.To - y.To
	})
	return slices.Compact(all)
}

// A group is some days with the same hours.
type group struct {
	days [7]bool
	state
}

// groups puts equal days together: open ones by their first day, then the
// closed ones.
func groups(week [7]state) []group {
	out := make([]group, 0, len(week))
	seen := [7]bool{}
	for _, closed := range []bool{false, true} {
		for d := range week {
			if seen[d] || week[d].closed() != closed {
				continue
			}
			g := group{state: week[d]}
			for e := d; e < 7; e++ {
				if week[e].equal(week[d]) {
					g.days[e], seen[e] = true, true
				}
			}
			out = append(out, g)
		}
	}
	return out
}

// runs cuts a set of days into stretches of days in a row. The only one may pass the end of the week; of several
// none does, so that Monday comes first.
func runs(days [7]bool) []DayRange {
	out := make([]DayRange, 0, 4)
	for d := Monday; d <= Sunday; d++ {
		if !days[d] {
			continue
		}
		end := d
		for end < Sunday && days[end+1] {
			end++
		}
		out = append(out, DayRange{From: d, To: end})
		d = end
	}
	if len(out) == 2 && out[0].From == Monday && out[1].To == Sunday {
		return []DayRange{{From: out[1].From, To: out[0].To}}
	}
	return out
}

// Since returns the hours without the dates that were over before today, and without the rules that held only in these: last
// summer's holidays. Without a today it returns them all.
func (h Hours) Since(today Date) Hours {
	over := func(d DateRange) bool {
		end := d.To
		if end.Day == 0 {
			end.Day = 31
		}
		return d.From.Year != 0 && end.number() < today.number()
	}
	if !slices.ContainsFunc(h.Rules, func(r Rule) bool { return slices.ContainsFunc(r.Dates, over) }) {
		return h
	}
	rules := make([]Rule, 0, len(h.Rules))
	for _, r := range h.Rules {
		dated := len(r.Dates) > 0
		if r.Dates = slices.DeleteFunc(slices.Clone(r.Dates), over); dated && len(r.Dates) == 0 {
			continue
		}
		rules = append(rules, r)
	}
	return Hours{rules}
}
