package model

import (
	"testing"
	"time"
)

func day(s string) Date {
	d, err := ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

func TestDateShift(t *testing.T) {
	for _, c := range []struct{ from, period, add, sub string }{
		{"2024-01-31", "1 month", "2024-02-29", "2023-12-31"},
		{"2023-01-31", "1 month", "2023-02-28", "2022-12-31"},
		{"2024-02-29", "1 year", "2025-02-28", "2023-02-28"},
		{"2023-12-15", "3 months", "2024-03-15", "2023-09-15"},
		{"2024-03-01", "1 day", "2024-03-02", "2024-02-29"},
		{"2024-12-30", "2 weeks", "2025-01-13", "2024-12-16"},
	} {
		p, ok := ParsePeriod(c.period)
		if !ok {
			t.Fatalf("period %q", c.period)
		}
		if got := day(c.from).Add(p).String(); got != c.add {
			t.Errorf("%s + %s = %s, want %s", c.from, c.period, got, c.add)
		}
		if got := day(c.from).Sub(p).String(); got != c.sub {
			t.Errorf("%s - %s = %s, want %s", c.from, c.period, got, c.sub)
		}
	}
}

func TestParsePeriodRefuses(t *testing.T) {
	for _, s := range []string{"", "3", "months", "3months", "-1 month", "0 days", "1.5 years", "3 fortnights", "99999 days", "un an", "3 monthss", "1 1 day"} {
		if p, ok := ParsePeriod(s); ok {
			t.Errorf("%q is read as %+v", s, p)
		}
	}
}

func TestZeroDate(t *testing.T) {
	var zero Date
	if !zero.IsZero() || zero.String() != "" || !zero.Before(day("0001-01-02")) || zero.After(zero) {
		t.Error("the zero date is no day, before all others")
	}
}

// FuzzDates: what is read is written the same, order is the calendar's, and a period
// leads forwards and no further back than it went.
func FuzzDates(f *testing.F) {
	f.Add("2024-02-29", "2023-11-30", "1 year")
	f.Add("2023-01-31", "2023-02-28", "1 month")
	f.Add("0001-01-01", "9999-12-31", "10000 days")
	f.Add("2024-13-01", "24-1-1", "weeks")
	f.Fuzz(func(t *testing.T, a, b, period string) {
		x, err := ParseDate(a)
		if err != nil {
			return
		}
		if x.String() != a {
			t.Errorf("%q is written %q", a, x)
		}
		y, err := ParseDate(b)
		if err != nil {
			return
		}
		if got, want := x.Before(y), x.Time().Before(y.Time()); got != want {
			t.Errorf("%s before %s: %v", a, b, got)
		}
		if (x.Compare(y) < 0) != (y.Compare(x) > 0) {
			t.Errorf("the order of %s and %s depends on the side", a, b)
		}
		p, ok := ParsePeriod(period)
		if !ok {
			return
		}
		later := x.Add(p)
		if !later.After(x) || !x.Sub(p).Before(x) {
			t.Errorf("%s + %s = %s, - = %s", a, period, later, x.Sub(p))
		}
		if back := later.Sub(p); back.After(x) || x.Time().Sub(back.Time()) > 3*24*time.Hour {
			t.Errorf("%s there and back again by %s: %s", a, period, back)
		}
	})
}
