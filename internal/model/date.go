package model

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Date is a calendar day. The zero Date is no day, and comes before all others.
type Date struct {
	Year       int
	Month, Day int
}

// DateOf is the day of a time, as its own zone has it.
func DateOf(t time.Time) Date {
	return Date{t.Year(), int(t.Month()), t.Day()}
}

// ParseDate reads 2023-11-30.
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return Date{}, fmt.Errorf("%q is not a date such as 2023-11-30", s)
	}
	return DateOf(t), nil
}

// IsZero reports whether there is no date.
func (d Date) IsZero() bool { return d == Date{} }

// String is the ISO form, 2023-11-30.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
}

// Compare orders days: negative when d comes first.
func (d Date) Compare(o Date) int {
	if d.Year != o.Year {
		return d.Year - o.Year
	}
	if d.Month != o.Month {
		return d.Month - o.Month
	}
	return d.Day - o.Day
}

// Before reports whether d comes before o.
func (d Date) Before(o Date) bool { return d.Compare(o) < 0 }

// After reports whether d comes after o.
func (d Date) After(o Date) bool { return d.Compare(o) > 0 }

// Time is midnight UTC of the day.
func (d Date) Time() time.Time {
	return time.Date(d.Year, time.Month(d.Month), d.Day, 0, 0, 0, 0, time.UTC)
}

// Period is a length of time as people say it: « 3 months », « 1 year ».
type Period struct{ Years, Months, Days int }

// ParsePeriod reads a number and a unit: day, week, month or year, one or many.
func ParsePeriod(s string) (Period, bool) {
	number, unit, ok := strings.Cut(strings.TrimSpace(s), " ")
	n, err := strconv.Atoi(number)
	if !ok || err != nil || n <= 0 || n > 10_000 {
		return Period{}, false
	}
	switch strings.TrimSuffix(strings.TrimSpace(unit), "s") {
	case "day":
		return Period{Days: n}, true
	case "week":
		return Period{Days: 7 * n}, true
	case "month":
		return Period{Months: n}, true
	case "year":
		return Period{Years: n}, true
	}
	return Period{}, false
}

// IsZero reports whether there is no period.
func (p Period) IsZero() bool { return p == Period{} }

// Add is the day one period later; a day that the month lacks becomes its last one.
func (d Date) Add(p Period) Date { return d.shift(p, 1) }

// Sub is the day one period earlier.
func (d Date) Sub(p Period) Date { return d.shift(p, -1) }

func (d Date) shift(p Period, sign int) Date {
	first := time.Date(d.Year+sign*p.Years, time.Month(d.Month+sign*p.Months), 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	day := time.Date(first.Year(), first.Month(), min(d.Day, last), 0, 0, 0, 0, time.UTC)
	return DateOf(day.AddDate(0, 0, sign*p.Days))
}
