package hours

import (
	"fmt"
	"slices"
)

// An Opening is what schema.org calls an OpeningHoursSpecification.
type Opening struct {
	DayOfWeek    []string // Monday … Sunday, PublicHolidays; none: every day
	Opens        string   // 08:30
	Closes       string   // "" when nobody knows; as Opens when closed; earlier than Opens on the day after
	ValidFrom    string   // 2026-08-01, or "" for always
	ValidThrough string
}

var schemaDays = [...]string{"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "PublicHolidays"}

// Openings returns the hours that schema.org can express: those of an ordinary
// week, of public holidays, and of dates. Dates without a year are those of their
// season that is under way on today or comes next. Weeks of the year, nth days
// and remarks have no place in it. Without a day of the week an opening is of
// every day.
func (h Hours) Openings(today Date) []Opening {
	out := make([]Opening, 0, 8)
	h = h.Since(today)
	week, _ := h.week()
	for _, g := range groups(week) {
		if g.closed() {
			break // the last groups
		}
		days := make([]string, 0, 7)
		for d, in := range g.days {
			if in {
				days = append(days, schemaDays[d])
			}
		}
		out = appendOpenings(out, days, g.state)
	}
	var holiday []Opening // what the last rule says of it
	for _, r := range h.Rules {
		if len(r.Weeks) > 0 || r.Join == StandsIn {
			continue
		}
		days, others := r.weekdays()
		if len(r.Dates) == 0 {
			if !slices.ContainsFunc(others, func(d DayRange) bool { return d.From == PublicHoliday }) {
				continue
			}
			own := r.openings(schemaDays[PublicHoliday:])
			if r.Join == Adds && !r.Off && len(holiday) > 0 && holiday[0].Opens != holiday[0].Closes {
				own = append(holiday, own...)
			}
			holiday = own
			continue
		}
		var named []string
		for d, in := range days {
			if in && len(r.Days) > 0 {
				named = append(named, schemaDays[d])
			}
		}
		if len(r.Days) > 0 && len(named) == 0 {
			continue
		}
		for _, d := range r.Dates {
			d, ok := d.next(today)
			if !ok {
				continue
			}
			for _, o := range r.openings(named) {
				o.ValidFrom, o.ValidThrough = d.From.iso(1), d.To.iso(d.To.lastDay())
				out = append(out, o)
			}
		}
	}
	if out = append(out, holiday...); len(out) == 0 {
		return nil
	}
	return out
}

// next gives dates of every year those of the first time that does not end before
// today; ok is false when today is not known.
func (d DateRange) next(today Date) (DateRange, bool) {
	if d.From.Year > 0 {
		return d, true
	}
	if today.Year == 0 {
		return d, false
	}
	over := 0 // the end lies in the year after the beginning
	if from, to := d.From, d.To; from.Month > to.Month || from.Month == to.Month && from.Day > to.Day {
		over = 1
	}
	end := Date{today.Year, d.To.Month, d.To.Day}
	if end.Day == 0 {
		end.Day = 31
	}
	if end.number() < today.number() {
		end.Year++
	}
	d.From.Year, d.To.Year = end.Year-over, end.Year
	if d.From == d.To && d.From.Day > 0 { // 29 February waits for its year
		for !d.From.valid() {
			d.From.Year++
			d.To.Year++
		}
		return d, true
	}
	if d.From.Day > 0 && !d.From.valid() {
		d.From = Date{d.From.Year, 3, 1}
	}
	if d.To.Day > 0 && !d.To.valid() {
		d.To.Day = d.To.lastDay()
	}
	return d, true
}

// openings are those of a rule on some days, closing included: from 00:00 to 00:00.
func (r Rule) openings(days []string) []Opening {
	if r.Off {
		return []Opening{{DayOfWeek: days, Opens: "00:00", Closes: "00:00"}}
	}
	return appendOpenings(nil, days, state{always: r.Always, spans: r.Spans})
}

func appendOpenings(out []Opening, days []string, s state) []Opening {
	if s.always {
		return append(out, Opening{DayOfWeek: days, Opens: "00:00", Closes: "23:59"})
	}
	for _, span := range s.spans {
		o := Opening{DayOfWeek: days, Opens: clock(span.From)}
		switch {
		case span.To == dayMinutes:
			o.Closes = "23:59" // 24:00 is no time of day, 00:00 would be the next one
		case span.To > 0:
			o.Closes = clock(span.To)
		}
		out = append(out, o)
	}
	return out
}

func (d Date) iso(day int) string {
	if d.Day > 0 {
		day = d.Day
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, day)
}

func (d Date) lastDay() int {
	last := monthDays[d.Month]
	if d.Month == 2 && !(Date{d.Year, 2, 29}).valid() {
		last = 28
	}
	return last
}
