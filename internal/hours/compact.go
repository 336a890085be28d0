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
// 801-821 or 1224-102, or of year, month and day, 20260801-20260821. What no line names is closed, but for a
// public holiday: of that nobody said anything. Of the lines that name a day the last one holds, with
// one exception: on a public holiday a line with dates only tells when it closes, and that it opens is not known.
//
// ok is false for hours that say more than this form does, or less than a week: nth days, weeks, school
// holidays, open ends, remarks beside times, what stands in for other rules, a week that comes after its
// exceptions, a door that never opens.
func (h Hours) Compact() (text string, ok bool) {
	week, said := h.week()
	holiday, holidays := state{}, false
	always, opens := false, false
	var dated []string
	for _, r := range h.Rules {
		days, others := r.weekdays()
		if !r.plain(others) {
			return "", false
		}
		opens = opens || !r.Off
		if len(r.Dates) > 0 {
			if r.Join != Replaces || len(others) > 0 {
				return "", false
			}
			dated = append(dated, dates(r.Dates)+"@"+digits(days, false)+"="+minutes(state{always: r.Always, spans: r.Spans}))
			said = said || !r.Off
			continue
		}
		if len(dated) > 0 {
			return "", false
		}
		always = always || r.Always && len(r.Days) == 0
		if len(others) > 0 {
			s := state{always: r.Always, spans: r.Spans}
			if r.Join == Adds && !r.Off && holidays {
				s = state{always: s.always || holiday.always, spans: merge(holiday.spans, s.spans)}
			}
			holiday, holidays = s, true
		}
	}
	if !said || !opens {
		return "", false
	}
	if always && !holidays { // round the clock is meant
		holiday, holidays = state{always: true}, true
	}
	var lines []string
	for _, g := range groups(week) {
		times := minutes(g.state)
		with := holidays && minutes(holiday) == times
		if times == "" && !with {
			continue
		}
		lines = append(lines, digits(g.days, with)+"="+times)
		holidays = holidays && !with
	}
	if holidays {
		lines = append(lines, "8="+minutes(holiday))
	}
	text = strings.Join(append(lines, dated...), ";")
	return text, text != ""
}

// plain tells whether a rule says nothing that the compact form has no place for.
func (r Rule) plain(others []DayRange) bool {
	if len(r.Weeks) > 0 || r.Join == StandsIn || r.Comment != "" && !r.Off {
		return false
	}
	for _, d := range others {
		if d.From != PublicHoliday {
			return false
		}
	}
	return !slices.ContainsFunc(r.Spans, func(s Span) bool { return s.OpenEnd })
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

// minutes are a day's spans, those that touch in one.
func minutes(s state) string {
	if s.always {
		return "0-1440"
	}
	var b []byte
	for i := 0; i < len(s.spans); {
		from, to := s.spans[i].From, s.spans[i].To
		for i++; i < len(s.spans) && s.spans[i].From <= to; i++ {
			to = max(to, s.spans[i].To)
		}
		if len(b) > 0 {
			b = append(b, ',')
		}
		b = append(strconv.AppendInt(b, int64(from), 10), '-')
		b = strconv.AppendInt(b, int64(to), 10)
	}
	return string(b)
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
