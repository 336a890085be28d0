package hours

import (
	"strings"

	"vitrine/internal/typography"
)

// A Table is what a reader sees: a row for each group of days that are alike,
// then notes on holidays, seasons and appointments.
type Table struct {
	Rows  []Row
	Notes []string // without a full stop
}

// A Row is a group of days with the same hours.
type Row struct {
	Days   string // « du lundi au vendredi », to be capitalised where it begins a cell
	Times  string // « 8 h 30 – 12 h, 14 h – 18 h », « fermé »
	Note   string // a remark on these hours: « sur rendez-vous »
	Closed bool
	Spans  []Span // for what is made of figures; none when closed or all day
}

// Table shows the hours in a language.
func (h Hours) Table(lang typography.Language) Table {
	v := voice{lang}
	var t Table
	week, said := h.week()
	if said {
		list := groups(week)
		t.Rows = make([]Row, 0, len(list))
		for _, g := range list {
			row := Row{Days: v.days(g, len(list)), Closed: g.closed(), Spans: g.spans}
			row.Times, row.Note = v.hours(g.state)
			t.Rows = append(t.Rows, row)
		}
	}
	for _, r := range h.Rules {
		if row, ok := v.row(r); ok && !said {
			t.Rows = append(t.Rows, row)
			continue
		}
		t.Notes = append(t.Notes, v.notes(r)...)
	}
	return t
}

// row is a rule of some seasons, weeks or nth days as a line of its own, where there is no ordinary week that it
// would be a remark on.
func (v voice) row(r Rule) (Row, bool) {
	head := v.head(r)
	if r.Off || head == "" {
		return Row{}, false
	}
	s := state{always: r.Always, spans: r.Spans, comment: r.Comment}
	row := Row{Days: head, Spans: s.spans}
	row.Times, row.Note = v.hours(s)
	return row, true
}

// head says when a rule holds: « d’avril à septembre, le samedi », « le 1er samedi du mois »; "" for one of every
// week, unless it names holidays or nth days.
func (v voice) head(r Rule) string {
	days := v.daysOf(r)
	if r.ordinary() {
		_, others := r.weekdays()
		days = v.others(others)
	}
	when := v.when(r)
	if days != "" && when != "" {
		when += ", "
	}
	return when + days
}

// voice words hours in a language.
type voice struct{ lang typography.Language }

func (v voice) say(french, english string) string {
	if v.lang == typography.English {
		return english
	}
	return french
}

// hours words a day's hours, and its remark when there is something to remark
// on.
func (v voice) hours(s state) (times, note string) {
	comment := typography.Text(v.lang, s.comment)
	switch {
	case s.always:
		return v.say("24\u00a0h sur\u00a024", "24\u00a0hours"), comment
	case len(s.spans) > 0:
		return v.times(s.spans), comment
	case comment != "":
		return comment, ""
	}
	return v.say("fermé", "closed"), ""
}

// times words a day's spans, those that touch as one.
func (v voice) times(spans []Span) string {
	words := make([]string, 0, len(spans))
	for i, s := range spans {
		if i > 0 && spans[i-1].To == s.From && !spans[i-1].OpenEnd {
			continue
		}
		for _, next := range spans[i+1:] {
			if s.To != next.From || s.OpenEnd {
				break
			}
			s.To, s.OpenEnd = next.To, next.OpenEnd
		}
		words = append(words, v.span(s))
	}
	return strings.Join(words, ", ")
}

func (v voice) span(s Span) string {
	if s.To == 0 {
		return v.say("à partir de ", "from ") + typography.Time(v.lang, s.From/60, s.From%60)
	}
	if s.From == 0 && s.To == dayMinutes {
		return v.say("24\u00a0h sur\u00a024", "24\u00a0hours")
	}
	to := s.To
	if to > dayMinutes {
		to -= dayMinutes
	}
	text := typography.TimeRange(v.lang, s.From/60, s.From%60, to/60, to%60)
	if s.OpenEnd {
		text += v.say(" ou plus tard", " or later")
	}
	return text
}

// notes words what a rule says beyond the ordinary week.
func (v voice) notes(r Rule) []string {
	if r.onlyRemark() {
		return []string{typography.Capital(typography.Text(v.lang, r.Comment))}
	}
	days := v.daysOf(r)
	if r.ordinary() {
		_, others := r.weekdays()
		if len(others) == 0 {
			if r.Off && r.Comment != "" {
				return []string{v.closed(days, r)}
			}
			return nil
		}
		days = v.others(others)
	}
	if r.Off {
		return []string{v.closed(days, r)}
	}
	times, note := v.hours(state{always: r.Always, spans: r.Spans, comment: r.Comment})
	if note != "" {
		times += " (" + note + ")"
	}
	head := v.head(r)
	if head == "" {
		return []string{typography.Capital(times)}
	}
	return []string{typography.Capital(head) + v.say("\u00a0: ", ": ") + times}
}

// closed words a rule that closes on these days: « Fermé le lundi en août », « Fermé le samedi, les semaines paires ».
func (v voice) closed(days string, r Rule) string {
	s := v.say("Fermé", "Closed")
	if days != "" {
		s += " " + days
		if len(r.Weeks) > 0 {
			s += ","
		}
	}
	if when := v.when(r); when != "" {
		s += " " + when
	}
	if r.Comment != "" {
		s += " (" + typography.Text(v.lang, r.Comment) + ")"
	}
	return s
}
