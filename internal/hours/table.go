package hours

import (
	"strconv"
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
			row := Row{Days: v.days(g.days), Closed: g.closed(), Spans: g.spans}
			row.Times, row.Note = v.hours(g.state)
			t.Rows = append(t.Rows, row)
		}
	}
	for _, r := range h.Rules {
		t.Notes = append(t.Notes, v.notes(r)...)
	}
	return t
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
		return v.say("24 h sur 24", "24 hours"), comment
	case len(s.spans) > 0:
		return v.times(s.spans), comment
	case comment != "":
		return comment, ""
	}
	return v.say("fermé", "closed"), ""
}

func (v voice) times(spans []Span) string {
	if len(spans) == 1 {
		return v.span(spans[0])
	}
	words := make([]string, len(spans))
	for i, s := range spans {
		words[i] = v.span(s)
	}
	return strings.Join(words, ", ")
}

func (v voice) span(s Span) string {
	if s.To == 0 {
		return v.say("à partir de ", "from ") + typography.Time(v.lang, s.From/60, s.From%60)
	}
	if s.From == 0 && s.To == dayMinutes {
		return v.say("24 h sur 24", "24 hours")
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

// days names a set of days without their articles, as the head of a row.
func (v voice) days(days [7]bool) string {
	var few [7]string
	words := few[:0]
	for _, r := range runs(days) {
		words = v.stretch(words, r, "")
	}
	return typography.List(v.lang, words)
}

// stretch adds the names of days in a row: one or two by their names, more by the ends.
func (v voice) stretch(words []string, r DayRange, article string) []string {
	from, to := v.weekday(r.From), v.weekday(r.To)
	switch n := (int(r.To) - int(r.From) + 7) % 7; {
	case n == 6:
		return append(words, v.say("tous les jours", "every day"))
	case n >= 2 && v.lang == typography.English:
		return append(words, from+" to "+to)
	case n >= 2:
		return append(words, "du "+from+" au "+to)
	case n == 1:
		return append(words, article+from, article+to)
	}
	return append(words, article+from)
}

func (v voice) weekday(d Day) string { return typography.Weekday(v.lang, (int(d)+1)%7) }

// notes words what a rule says beyond the ordinary week.
func (v voice) notes(r Rule) []string {
	if !r.ordinary() && len(r.Days)+len(r.Spans)+len(r.Dates)+len(r.Weeks) == 0 && !r.Off && !r.Always {
		return []string{typography.Capital(typography.Text(v.lang, r.Comment))}
	}
	days := v.daysOf(r)
	if r.ordinary() {
		_, others := r.weekdays()
		if len(others) == 0 {
			if r.Off && r.Comment != "" {
				return []string{v.closed(days, "", r.Comment)}
			}
			return nil
		}
		days = v.others(others)
	}
	when := v.when(r)
	if r.Off {
		return []string{v.closed(days, when, r.Comment)}
	}
	times, note := v.hours(state{always: r.Always, spans: r.Spans, comment: r.Comment})
	if note != "" {
		times += " (" + note + ")"
	}
	head := when
	if days != "" && head != "" {
		head += ", "
	}
	head += days
	if head == "" {
		return []string{typography.Capital(times)}
	}
	return []string{typography.Capital(head) + v.say("\u00a0: ", ": ") + times}
}

func (v voice) closed(days, when, comment string) string {
	var s strings.Builder
	s.WriteString(v.say("Fermé", "Closed"))
	for _, part := range []string{days, when} {
		if part != "" {
			s.WriteString(" " + part)
		}
	}
	if comment != "" {
		s.WriteString(" (" + typography.Text(v.lang, comment) + ")")
	}
	return s.String()
}

// daysOf names the days of a rule with their articles; "" when it names none.
func (v voice) daysOf(r Rule) string {
	days, others := r.weekdays()
	if len(r.Days) == 0 {
		return ""
	}
	var words []string
	for _, s := range runs(days) {
		words = v.stretch(words, s, v.say("le ", "on "))
	}
	if o := v.others(others); o != "" {
		words = append(words, o)
	}
	return typography.List(v.lang, words)
}

// others names holidays and nth days: « les jours fériés », « le 1er samedi du
// mois ».
func (v voice) others(days []DayRange) string {
	var words []string
	for _, d := range days {
		switch d.From {
		case PublicHoliday:
			words = append(words, v.say("les jours fériés", "on public holidays"))
		case SchoolHoliday:
			words = append(words, v.say("pendant les vacances scolaires", "during school holidays"))
		default:
			words = append(words, v.nth(d))
		}
	}
	return typography.List(v.lang, words)
}

func (v voice) nth(d DayRange) string {
	day := typography.Weekday(v.lang, (int(d.From)+1)%7)
	var ranks []string
	for _, n := range d.Nth {
		ranks = append(ranks, v.rank(n))
	}
	list := typography.List(v.lang, ranks)
	if v.lang == typography.English {
		return "on the " + list + " " + day + " of the month"
	}
	if len(ranks) > 1 {
		return "les " + list + " " + day + "s du mois"
	}
	return "le " + list + " " + day + " du mois"
}

func (v voice) rank(n int) string {
	switch {
	case n == -1:
		return v.say("dernier", "last")
	case n == -2:
		return v.say("avant-dernier", "last but one")
	case n < 0:
		return v.rank(-n) + v.say(" avant la fin", " last")
	case v.lang == typography.English:
		return [...]string{"", "first", "second", "third", "fourth", "fifth"}[n]
	case n == 1:
		return "1er"
	}
	return strconv.Itoa(n) + "e"
}
