package hours

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

func TestCompact(t *testing.T) {
	for in, want := range map[string]string{
		"Mo-Fr 08:30-12:00,14:00-18:00; Sa 09:00-12:00": "12345=510-720,840-1080;6=540-720",
		"Mo-Fr 08:30-12:00; PH off":                     "12345=510-720;678=",
		"Mo-Su 08:30-12:00; PH off":                     "1234567=510-720;8=",
		"Mo-Su,PH 08:30-12:00":                          "12345678=510-720",
		"Mo-Fr 08:30-12:00; PH off; Aug 01-21 off":      "12345=510-720;678=;801-821@1234567=",
		"Mo-Fr 08:30-12:00; Jul-Aug Mo-Fr 10:00-12:00":  "12345=510-720;701-831@12345=600-720",
		"Oct-Mar Sa 10:00-16:00":                        "1001-331@6=600-960",
		"Mo 08:00-12:00; 2026 Dec 24-2027 Jan 02 off":   "1=480-720;20261224-20270102@1234567=",
		"Mo 08:00-12:00; Dec 24,31 off":                 "1=480-720;1224-1224,1231-1231@1234567=",
		"24/7":                                          "12345678=0-1440",
		"24/7; Su off":                                  "123456=0-1440",
		"24/7; PH off":                                  "1234567=0-1440;8=",
		"Fr,Sa 22:00-02:00":                             "56=1320-1560",
		"Mo 08:00-12:00, Mo 11:00-14:00":                "1=480-840",
		"Mo 08:00-12:00; Tu off \"travaux\"":            "1=480-720",
		"Mo-Fr 18:00+":                                  "!",
		"Mo-Fr 18:00-22:00+":                            "!",
		"Mo-Th 08:00-12:00; Fr 18:00+":                  "1234=480-720;5=?1080-1800",
		"Mo-Fr 08:00-12:00; Sa[1] 09:00-12:00":          "12345=480-720;6=?540-720",
		"Mo-Sa 08:00-12:00; Sa[-1] off":                 "12345=480-720;6=?480-720",
		"Mo-Fr 08:00-12:00; Su[1] off":                  "12345=480-720",
		"Mo-Fr 08:00-12:00; week 2-52/2 We off":         "1245=480-720;3=?480-720",
		"Mo-Fr 08:00-12:00; week 2-52/2 off":            "!",
		`Mo-Fr 08:00-12:00; Sa "sur rendez-vous"`:       "12345=480-720;6=?",
		`Mo-Fr 08:00-12:00; Aug Mo "le soir"`:           "12345=480-720;801-831@1=?",
		"Mo-Fr 08:00-12:00; Aug off; PH off":            "12345=480-720;801-831@1234567=;8=",
		"Mo-Fr 08:00-12:00; Aug off; PH,Sa off":         "!",
		"Mo-Fr 08:00-12:00; Aug off; Sa[1] 09:00-12:00": "!",
		"Mo-Fr 08:00-12:00; SH off":                     "!",
		"week 01-53/2 Sa 09:00-12:00":                   "!",
		`"sur rendez-vous"`:                             "!",
		`Mo-Fr 08:00-12:00 "sauf août"`:                 "!",
		`Mo-Fr 08:00-12:00; "sur rendez-vous"`:          "!",
		`Mo-Fr 08:00-12:00 || "sur rendez-vous"`:        "!",
		"Aug 01-21 off; Mo-Fr 08:00-12:00":              "!",
		"Mo 08:00-12:00, Aug 10:00-12:00":               "!",
		"Aug PH 10:00-12:00":                            "!",
		"PH off":                                        "!",
		"Aug 01-21 off":                                 "!",
	} {
		h, err := Parse(in)
		if err != nil {
			t.Errorf("%q: %v", in, err)
			continue
		}
		got, ok := h.Compact()
		if !ok {
			got = "!"
		}
		if got != want {
			t.Errorf("%q: %s, want %s", in, got, want)
		}
	}
	if text, ok := (Hours{}).Compact(); ok {
		t.Errorf("nothing said, but %q", text)
	}
}

// What is said of a day: its spans; sure is false for what may be or not.
type said struct {
	spans []Span
	sure  bool
}

// readCompact tells what the compact form says of a day, by its own description.
func readCompact(t *testing.T, text string, day time.Time, holiday bool) said {
	t.Helper()
	out, told := said{sure: true}, false
	for line := range strings.SplitSeq(text, ";") {
		head, times, found := strings.Cut(line, "=")
		if !found {
			t.Fatalf("%q has no times", line)
		}
		when, days, dated := strings.Cut(head, "@")
		if !dated {
			when, days = "", head
		}
		told = told || strings.HasSuffix(days, "8")
		own := strconv.Itoa((int(day.Weekday())+6)%7 + 1)
		if holiday && !dated && strings.Contains(text, "8=") {
			own = "8"
		}
		if !strings.Contains(days, own) {
			continue
		}
		if dated && !slices.ContainsFunc(strings.Split(when, ","), func(r string) bool {
			a, b, _ := strings.Cut(r, "-")
			from, _ := strconv.Atoi(a)
			to, _ := strconv.Atoi(b)
			n := int(day.Month())*100 + day.Day()
			if from > 9999 {
				n += day.Year() * 10000
			}
			if from > to {
				return n >= from || n <= to
			}
			return from <= n && n <= to
		}) {
			continue
		}
		times, unsure := strings.CutPrefix(times, "?")
		out = said{parseSpans(t, times), !unsure && (times == "" || !holiday || own == "8")}
	}
	if told != strings.Contains(text, "8=") {
		t.Fatalf("%q: a script finds an 8 that is no day", text)
	}
	return out
}

// readRules tells the same from the rules as they were parsed, one after the other.
func readRules(h Hours, day time.Time, holiday bool) said {
	out := said{sure: true}
	told := slices.ContainsFunc(h.Rules, func(r Rule) bool {
		return r.Always && len(r.Days) == 0 && len(r.Dates) == 0 || slices.ContainsFunc(r.Days, func(d DayRange) bool { return d.From == PublicHoliday })
	})
	onHolidays := slices.ContainsFunc(h.Rules, func(r Rule) bool {
		return slices.ContainsFunc(r.Days, func(d DayRange) bool { return d.From == PublicHoliday })
	})
	for _, r := range h.Rules {
		if len(r.Dates) > 0 && !slices.ContainsFunc(r.Dates, func(d DateRange) bool { return d.holds(day) }) {
			continue
		}
		weekday := Day((int(day.Weekday()) + 6) % 7)
		// A holiday of which the hours speak is no day of the week.
		asWeekday := !holiday || !told || len(r.Dates) > 0
		named := len(r.Days) == 0 && (asWeekday || r.Always && !onHolidays)
		asHoliday := r.Always && len(r.Days) == 0
		for _, d := range r.Days {
			switch {
			case d.From == PublicHoliday:
				named, asHoliday = named || holiday, asHoliday || holiday
			case asWeekday:
				named = named || (d.To-d.From+7)%7 >= (weekday-d.From+7)%7
			}
		}
		if !named {
			continue
		}
		own := r.Spans
		if r.Always {
			own = []Span{{To: dayMinutes}}
		}
		if r.Join == Adds && !r.Off {
			own = append(slices.Clone(out.spans), own...)
		}
		out = said{own, len(own) == 0 || !holiday || asHoliday && len(r.Dates) == 0}
	}
	return out
}

func (d DateRange) holds(day time.Time) bool {
	first := func(x Date, year, day int) time.Time {
		if x.Year > 0 {
			year = x.Year
		}
		if x.Day > 0 {
			day = x.Day
		}
		return time.Date(year, time.Month(x.Month), day, 0, 0, 0, 0, time.UTC)
	}
	end := func(year int) time.Time {
		if d.To.Day == 0 {
			return first(d.To, year, 1).AddDate(0, 1, -1)
		}
		return first(d.To, year, 1)
	}
	for _, year := range []int{day.Year() - 1, day.Year()} {
		from, to := first(d.From, year, 1), end(year)
		if to.Before(from) {
			to = end(year + 1)
		}
		if !day.Before(from) && !day.After(to) {
			return true
		}
	}
	return false
}

// someHours are hours at random, of what people write.
func someHours(rnd *rand.Rand) string {
	pick := func(list ...string) string { return list[rnd.IntN(len(list))] }
	times := func() string {
		return pick("08:30-12:00", "08:30-12:00,14:00-18:00", "09:00-19:00", "22:00-02:00", "00:00-24:00", "off", "10:00-12:15,12:15-13:00")
	}
	days := func() string {
		return pick("Mo-Fr", "Tu-Sa", "Sa", "Su", "Mo,We", "Fr-Mo", "PH", "Sa,PH", "Mo-Su", "")
	}
	rules := []string{strings.TrimSpace(days() + " " + times())}
	for range rnd.IntN(3) {
		rules = append(rules, pick("; ", ", ")+strings.TrimSpace(days()+" "+times()))
	}
	for range rnd.IntN(3) {
		rules = append(rules, "; "+strings.Join(strings.Fields(pick("Aug 01-21", "Dec 24-Jan 02", "Jul-Aug", "Oct-Mar", "2026 Dec 24-2027 Jan 02", "Dec 24,31", "Feb", "May 1")+" "+pick("", "Mo-Fr", "Sa-Su")+" "+times()), " "))
	}
	if rnd.IntN(4) == 0 {
		rules = append(rules, "; PH "+times())
	}
	if rnd.IntN(20) == 0 {
		rules = []string{"24/7"}
	}
	return strings.Join(rules, "")
}

// The compact form says the same as the rules, for every minute of two years, holidays included.
func TestCompactSaysTheSame(t *testing.T) {
	rnd := rand.New(rand.NewPCG(7, 7))
	forms := 0
	for range 400 {
		in := someHours(rnd)
		h, err := Parse(in)
		if err != nil {
			continue // two spans over another
		}
		text, ok := h.Compact()
		if !ok {
			continue
		}
		forms++
		for n := range 731 {
			day := time.Date(2026, 1, 1+n, 0, 0, 0, 0, time.UTC)
			holiday := n%9 == 0
			got, want := readCompact(t, text, day, holiday), readRules(h, day, holiday)
			if got.sure != want.sure || covered(got.spans) != covered(want.spans) {
				t.Fatalf("%q as %q on %s (holiday: %v): %v, want %v", in, text, day.Format("2006-01-02"), holiday, got, want)
			}
		}
	}
	if forms < 180 {
		t.Errorf("only %d hours have a compact form", forms)
	}
}

func parseSpans(t *testing.T, text string) (out []Span) {
	t.Helper()
	for one := range strings.SplitSeq(text, ",") {
		var s Span
		if one != "" {
			if n, err := fmt.Sscanf(one, "%d-%d", &s.From, &s.To); n != 2 || err != nil {
				t.Fatalf("%q: %v", text, err)
			}
			out = append(out, s)
		}
	}
	return out
}

// covered are the minutes of some spans, each as a bit of two days.
func covered(spans []Span) (out [2 * dayMinutes / 64]uint64) {
	for _, s := range spans {
		for m := s.From; m < s.To; m++ {
			out[m/64] |= 1 << (m % 64)
		}
	}
	return out
}
