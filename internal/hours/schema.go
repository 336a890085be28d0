package hours

import "fmt"

// An Opening is what schema.org calls an OpeningHoursSpecification.
type Opening struct {
	DayOfWeek    []string // Monday … Sunday, PublicHolidays
	Opens        string   // 08:30
	Closes       string   // "" when nobody knows; as Opens when closed
	ValidFrom    string   // 2026-08-01, or "" for always
	ValidThrough string
}

var schemaDays = [...]string{"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "PublicHolidays"}

// Openings returns the hours that schema.org can express: those of an ordinary
// week, of public holidays, and of dates in a given year. Seasons without a
// year, weeks and remarks have no place in it.
func (h Hours) Openings() []Opening {
	out := make([]Opening, 0, 8)
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
	for _, r := range h.Rules {
		if len(r.Weeks) > 0 || r.Join == StandsIn {
			continue
		}
		s := state{always: r.Always, spans: r.Spans}
		days, others := r.weekdays()
		if len(r.Dates) == 0 {
			for _, d := range others {
				if d.From == PublicHoliday {
					out = append(out, r.dated([]string{schemaDays[PublicHoliday]}, s)...)
				}
			}
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
			if d.From.Year == 0 {
				continue
			}
			for _, o := range r.dated(named, s) {
				o.ValidFrom, o.ValidThrough = d.From.iso(1), d.To.iso(d.To.lastDay())
				out = append(out, o)
			}
		}
	}
	if len(out) == 0 {
		return nil
	}
	return out
}

// dated returns the openings of a rule, closing included: from 00:00 to 00:00.
func (r Rule) dated(days []string, s state) []Opening {
	if r.Off {
		return []Opening{{DayOfWeek: days, Opens: "00:00", Closes: "00:00"}}
	}
	return appendOpenings(nil, days, s)
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
