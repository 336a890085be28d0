package hours

import (
	"fmt"
	"strconv"
	"strings"
)

// String returns the canonical form, which Parse reads back to the same value.
func (h Hours) String() string {
	var b strings.Builder
	for i, r := range h.Rules {
		if i > 0 {
			b.WriteString([...]string{Replaces: "; ", Adds: ", ", StandsIn: " || "}[r.Join])
		}
		b.WriteString(r.String())
	}
	return b.String()
}

// String returns the canonical form of one rule, without what joins it.
func (r Rule) String() string {
	var parts []string
	add := func(s string) {
		if s != "" {
			parts = append(parts, s)
		}
	}
	add(join(r.Dates, DateRange.String))
	if len(r.Weeks) > 0 {
		add("week " + join(r.Weeks, WeekRange.String))
	}
	add(join(r.Days, DayRange.String))
	if r.Always {
		add("24/7")
	}
	add(join(r.Spans, Span.String))
	if r.Off {
		add("off")
	}
	if r.Comment != "" {
		add(`"` + r.Comment + `"`)
	}
	return strings.Join(parts, " ")
}

func join[T any](items []T, text func(T) string) string {
	var b strings.Builder
	for i, it := range items {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(text(it))
	}
	return b.String()
}

func (d DayRange) String() string {
	s := dayCodes[d.From]
	if d.To != d.From {
		return s + "-" + dayCodes[d.To]
	}
	if len(d.Nth) > 0 {
		s += "[" + join(d.Nth, strconv.Itoa) + "]"
	}
	return s
}

func (d DateRange) String() string {
	s := d.From.String()
	switch {
	case d.From == d.To:
		return s
	case d.From.Year == d.To.Year && d.From.Month == d.To.Month:
		return s + fmt.Sprintf("-%02d", d.To.Day)
	case d.From.Year == d.To.Year:
		return s + "-" + Date{Month: d.To.Month, Day: d.To.Day}.String()
	}
	return s + "-" + d.To.String()
}

func (d Date) String() string {
	s := monthCodes[d.Month]
	if d.Day > 0 {
		s += fmt.Sprintf(" %02d", d.Day)
	}
	if d.Year > 0 {
		s = strconv.Itoa(d.Year) + " " + s
	}
	return s
}

func (w WeekRange) String() string {
	s := fmt.Sprintf("%02d", w.From)
	if w.To != w.From {
		s += fmt.Sprintf("-%02d", w.To)
	}
	if w.Step > 1 {
		s += "/" + strconv.Itoa(w.Step)
	}
	return s
}

func (s Span) String() string {
	out := clock(s.From)
	if s.To > 0 {
		out += "-" + clock(s.To)
	}
	if s.OpenEnd {
		out += "+"
	}
	return out
}

// clock writes minutes as 08:30; midnight at the end of a day is 24:00, later
// times start again.
func clock(m int) string {
	if m > dayMinutes {
		m -= dayMinutes
	}
	b := [...]byte{'0' + byte(m/600), '0' + byte(m/60%10), ':', '0' + byte(m%60/10), '0' + byte(m%10)}
	return string(b[:])
}
