package hours

import (
	"slices"
	"strconv"
	"strings"
)

// Compact writes the hours for a page's script that says whether a door is open: lines that a semicolon
// parts, each
//
//	[DATES@]DAYS=TIMES
//
// DAYS are digits, 1 for Monday to 7 for Sunday and 8 for a public holiday; TIMES are spans in minutes from
// midnight, 510-720,840-1080, none for closed, past 1440 on the day after; DATES are ranges of month and day,
// 801-821 or 1224-102, or of year, month and day, 20260801-20260821. What no line names is closed. Of the lines
// that name a day the last one holds.
//
// TIMES after a question mark may be or not: of such a day nothing is known, nor of the night after it while
// they last. So are, without the mark, those of a public holiday where they are not of a line with an 8: that a
// door opens then as on another day was not said, and one that is closed on that day anyway is closed.
//
// A remark beside times, an open end, an nth day of the month or a week of the year makes days unknown. ok is
// false where nothing is known for sure to open, and for what this form has no place for: school holidays, remarks
// on everything, what stands in for other rules, a week that comes after its exceptions.
func (h Hours) Compact() (text string, ok bool) {
	if slices.ContainsFunc(h.Rules, Rule.vague) {
		return "", false
	}
	week, _ := h.week()
	holiday, holidays, always := state{}, false, false
	var dated []string
	for _, r := range h.Rules {
		days, others := r.weekdays()
		s := state{always: r.Always, spans: r.Spans, comment: r.Comment}
		if r.Off {
			s = state{}
		}
		ph := slices.ContainsFunc(others, func(d DayRange) bool { return d.From == PublicHoliday })
		switch {
		case len(r.Dates) > 0:
			if r.Join != Replaces || len(others) > 0 || len(r.Weeks) > 0 {
				return "", false
			}
			dated = append(dated, dates(r.Dates)+"@"+digits(days, false)+"="+minutes(s))
			continue
		case len(dated) > 0:
			if !ph || len(others) != len(r.Days) || r.Join != Replaces {
				return "", false
			}
			dated = append(dated, "8="+minutes(s))
			continue
		case ph && r.Join == Adds && !r.Off && holidays:
			holiday = state{always: s.always || holiday.always, spans: merge(holiday.spans, s.spans), comment: holiday.comment + s.comment}
		case ph:
			holiday, holidays = s, true
		}
		always = always || r.Always && len(r.Days)+len(r.Weeks) == 0
		perhaps := func(d Day) {
			week[d].unsure = true
			week[d].always = week[d].always || r.Always
			week[d].spans = merge(week[d].spans, r.Spans)
		}
		if len(r.Weeks) > 0 {
			for d, in := range days {
				if in {
					perhaps(Day(d))
				}
			}
		}
		for _, d := range others {
			if d.From <= Sunday {
				perhaps(d.From)
			}
		}
	}
	if always && !holidays && !slices.ContainsFunc(week[:], func(s state) bool { return minutes(s) != "0-1440" }) { // every day is meant
		holiday, holidays = state{always: true}, true
	}
	lines := append(weekLines(week, holiday, holidays), dated...)
	if !slices.ContainsFunc(lines, func(line string) bool {
		_, times, _ := strings.Cut(line, "=")
		return times != "" && times[0] != '?'
	}) {
		return "", false
	}
	return strings.Join(lines, ";"), true
}

// weekLines put the days that are alike in one line, the holiday among them; closed days need none.
func weekLines(week [7]state, holiday state, holidays bool) (lines []string) {
	var all [7]string
	for d, s := range week {
		all[d] = minutes(s)
	}
	own := minutes(holiday)
	for d, times := range all {
		with := holidays && own == times
		if slices.Contains(all[:d], times) || times == "" && !with {
			continue
		}
		var days [7]bool
		for e := range all {
			days[e] = all[e] == times
		}
		lines = append(lines, digits(days, with)+"="+times)
		holidays = holidays && !with
	}
	if holidays {
		lines = append(lines, "8="+own)
	}
	return lines
}

// vague tells whether a rule leaves every day in doubt, or more than the compact form can say.
func (r Rule) vague() bool {
	return r.Join == StandsIn || r.onlyRemark() ||
		slices.ContainsFunc(r.Days, func(d DayRange) bool { return d.From == SchoolHoliday }) ||
		len(r.Weeks) > 0 && slices.ContainsFunc(r.Days, func(d DayRange) bool { return d.From > Sunday || len(d.Nth) > 0 })
}

// onlyRemark tells of a rule that is a remark on everything.
func (r Rule) onlyRemark() bool {
	return len(r.Days)+len(r.Spans)+len(r.Dates)+len(r.Weeks) == 0 && !r.Off && !r.Always
}

// digits are the days of a line.
func digits(days [7]bool, holiday bool) string {
	var b []byte
	for d, in := range days {
		if in {
			b = append(b, '1'+byte(d))
		}
	}
	if holiday {
		b = append(b, '8')
	}
	return string(b)
}

// lateMinutes is when a door is surely shut that is open « 18 h ou plus tard »: six in the morning.
const lateMinutes = dayMinutes + 6*60

// minutes are a day's spans, those that touch in one; after a question mark when they are not sure.
func minutes(s state) string {
	var b []byte
	if s.unsure && (s.always || len(s.spans) > 0) || s.comment != "" || slices.ContainsFunc(s.spans, func(s Span) bool { return s.OpenEnd }) {
		b = append(b, '?')
	}
	if s.always {
		return string(b) + "0-1440"
	}
	for i := 0; i < len(s.spans); {
		from, to := s.spans[i].From, s.spans[i].latest()
		for i++; i < len(s.spans) && s.spans[i].From <= to; i++ {
			to = max(to, s.spans[i].latest())
		}
		if n := len(b); n > 0 && b[n-1] != '?' {
			b = append(b, ',')
		}
		b = append(strconv.AppendInt(b, int64(from), 10), '-')
		b = strconv.AppendInt(b, int64(to), 10)
	}
	return string(b)
}

func (s Span) latest() int {
	if s.OpenEnd {
		return max(s.To, lateMinutes)
	}
	return s.To
}

// dates are ranges of numbers that grow with time. The last day of any month is no more than its 31st.
func dates(ranges []DateRange) string {
	return join(ranges, func(d DateRange) string {
		if d.From.Day == 0 {
			d.From.Day, d.To.Day = 1, 31
		}
		return strconv.Itoa(d.From.number()) + "-" + strconv.Itoa(d.To.number())
	})
}
