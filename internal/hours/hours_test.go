package hours

import (
	"errors"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"
)

// canonical holds texts and their canonical form, "" when they are in it.
var canonical = [][2]string{
	{`Mo-Fr 08:30-12:00,14:00-18:00; Sa off; PH off; Aug 01-21 off; "sur rendez-vous"`, ""},
	{"24/7", ""},
	{`24/7 "sonnez"`, ""},
	{"Mo-Fr 9:00-12:00;", "Mo-Fr 09:00-12:00"},
	{"mo-fr 08:00 - 12:00 , 14:00 - 18:00 ;sa CLOSED", "Mo-Fr 08:00-12:00,14:00-18:00; Sa off"},
	{"Mo\u00a008:00-12:00", "Mo 08:00-12:00"},
	{"Mo,We,Fr 09:00-17:00", ""},
	{"Mo, Tu 09:00-17:00", "Mo,Tu 09:00-17:00"},
	{"Mo 14:00-18:00,08:00-12:00", "Mo 08:00-12:00,14:00-18:00"},
	{"08:00-12:00", ""},
	{"Fr,Sa 22:00-02:00", ""},
	{"Fr 22:00-26:00", "Fr 22:00-02:00"},
	{"Mo 00:00-24:00", ""},
	{"Mo-Fr 18:00+", ""},
	{"Mo-Fr 18:00-22:00+", ""},
	{"Mo 08:00-12:00, Tu 09:00-12:00", ""},
	{"Mo-Fr 08:00-12:00; Sa[1] 09:00-12:00", ""},
	{"Sa[1,3] 09:00-12:00", ""},
	{"Sa[1-3] 09:00-12:00", "Sa[1,2,3] 09:00-12:00"},
	{"Su[-1] off", ""},
	{"Jul-Aug Mo-Fr 08:00-12:00", ""},
	{"Jun,Sep-Oct 08:00-12:00", ""},
	{"Dec 24-Jan 2 off", "Dec 24-Jan 02 off"},
	{"Dec 24,31 08:00-12:00", "Dec 24,Dec 31 08:00-12:00"},
	{"Aug 01-21: off", "Aug 01-21 off"},
	{"2026 Aug 01-21 off", ""},
	{"2026 Aug 20-Sep 03 off", ""},
	{"2026 Dec 24-2027 Jan 02 off", ""},
	{"2028 Feb 29 off", ""},
	{"Feb 29 off", ""},
	{"Jan 08:00-12:00", ""},
	{"week 1-53/2 Sa 09:00-12:00", "week 01-53/2 Sa 09:00-12:00"},
	{"week 10,20-30 Mo off", ""},
	{"Fr-Mo 08:00-20:00; Tu-Th off", ""},
	{"PH,Su off", ""},
	{"SH Mo-Fr 08:00-12:00", "!"},
	{`Mo-Fr 08:00-12:00 || "sur rendez-vous"`, ""},
	{`Mo-Fr "sur rendez-vous"`, ""},
	{`Mo-Fr open "sur rendez-vous"`, `Mo-Fr "sur rendez-vous"`},
	{`"  sur   rendez-vous "`, `"sur rendez-vous"`},
	{`off "travaux jusqu’en mai"`, ""},
	{`PH 10:00-12:00`, ""},
}

func TestCanonical(t *testing.T) {
	for _, c := range canonical {
		want := c[1]
		if want == "!" {
			if _, err := Parse(c[0]); err == nil {
				t.Errorf("Parse(%q): no error", c[0])
			}
			continue
		}
		if want == "" {
			want = c[0]
		}
		h, err := Parse(c[0])
		if err != nil {
			t.Errorf("Parse(%q): %v", c[0], err)
			continue
		}
		if got := h.String(); got != want {
			t.Errorf("%q: canonical form %q, want %q", c[0], got, want)
		}
		checkHours(t, c[0])
	}
}

// compactLine is what a page's script reads; there is no 8 before = but for holidays.
var compactLine = regexp.MustCompile(`^(((\d{3,8}-\d{3,8},)*\d{3,8}-\d{3,8}@)?[1-7]+|[1-7]*8)=\??((\d{1,4}-\d{1,4},)*\d{1,4}-\d{1,4})?$`)

// checkHours holds what must be true of any text.
func checkHours(t *testing.T, s string) {
	t.Helper()
	h, err := Parse(s)
	if err != nil {
		var e *Error
		if !errors.As(err, &e) {
			t.Fatalf("%q: %T is not an *Error", s, err)
		}
		if e.Offset < 0 || e.Len < 0 || e.Offset+e.Len > len(s) || e.Reason == "" {
			t.Errorf("%q: %+v lies outside the text", s, e)
		}
		if e.Found != "" && s[e.Offset:e.Offset+e.Len] != e.Found {
			t.Errorf("%q: found %q, but at %d is %q", s, e.Found, e.Offset, s[e.Offset:e.Offset+e.Len])
		}
		return
	}
	text := h.String()
	again, err := Parse(text)
	if err != nil {
		t.Errorf("%q: its canonical form %q is refused: %v", s, text, err)
		return
	}
	if !reflect.DeepEqual(h, again) {
		t.Errorf("%q: %q means something else:\n%+v\n%+v", s, text, h, again)
	}
	if again.String() != text {
		t.Errorf("%q: not settled: %q, then %q", s, text, again.String())
	}
	for _, r := range h.Rules {
		for _, span := range r.Spans {
			if span.From < 0 || span.From >= dayMinutes || span.To != 0 && (span.To <= span.From || span.To > span.From+dayMinutes) {
				t.Errorf("%q: impossible span %+v", s, span)
			}
		}
	}
	for _, o := range h.Openings(Date{2026, 11, 22}) {
		if len(o.Opens) != 5 || o.Closes != "" && len(o.Closes) != 5 {
			t.Errorf("%q: opening %+v", s, o)
		}
		if o.ValidFrom > o.ValidThrough || (o.ValidFrom == "") != (o.ValidThrough == "") {
			t.Errorf("%q: holds from %s to %s", s, o.ValidFrom, o.ValidThrough)
		}
		for _, day := range []string{o.ValidFrom, o.ValidThrough} {
			if _, err := time.Parse(time.DateOnly, day); day != "" && err != nil {
				t.Errorf("%q: %v", s, err)
			}
		}
	}
	if text, ok := h.Compact(); ok {
		for line := range strings.SplitSeq(text, ";") {
			if !compactLine.MatchString(line) {
				t.Errorf("%q: %q in %q", s, line, text)
			}
		}
	}
	for _, lang := range []string{"fr", "en"} {
		table := h.Table(langOf(lang))
		if len(table.Rows)+len(table.Notes) == 0 {
			t.Errorf("%q: nothing to show in %s", s, lang)
		}
		for _, r := range table.Rows {
			if r.Days == "" || r.Times == "" {
				t.Errorf("%q: row %+v", s, r)
			}
		}
		for _, n := range table.Notes {
			if n == "" || strings.HasPrefix(n, " ") {
				t.Errorf("%q: note %q", s, n)
			}
		}
	}
}

func TestErrors(t *testing.T) {
	for _, c := range []struct {
		in      string
		offset  int
		reason  Reason
		found   string
		suggest string
	}{
		{"", 0, Empty, "", ""},
		{"   ", 3, Empty, "", ""},
		{";", 0, Empty, "", ""},
		{"Mo-Fr 08:00-12:00;;", 18, Empty, "", ""},
		{"Mo-Fr", 0, NoTimes, "Mo-Fr", ""},
		{"Mo-Fr 08:00-12:00; Sa", 19, NoTimes, "Sa", ""},
		{"Lu-Ve 08:30-12:00", 0, UnknownWord, "Lu", "Mo"},
		{"lundi 08:30-12:00", 0, UnknownWord, "lundi", "Mo"},
		{"Mo-Ve 08:30-12:00", 3, UnknownWord, "Ve", "Fr"},
		{"Mo-Fr 8h30-12h", 6, BadTime, "8h30", "08:30"},
		{"Mo-Fr 8h-12h", 6, BadTime, "8h", "08:00"},
		{"Mo-Fr 08:30-12h", 12, BadTime, "12h", "12:00"},
		{"Mo-Fr 8.30-12.00", 6, BadTime, "8.30", "08:30"},
		{"Mo-Fr 08:30–12:00", 11, Unexpected, "–", "-"},
		{"Mo-Fr 08:30", 6, BadSpan, "08:30", ""},
		{"Mo-Fr 08:60-12:00", 6, BadTime, "08:60", ""},
		{"Mo-Fr 25:00-26:00", 6, BadTime, "25:00", ""},
		{"Mo-Fr 8:5-12:00", 6, BadTime, "8:5", "08:05"},
		{"Mo-Fr 08:30-08:30", 6, BadSpan, "08:30-08:30", ""},
		{"00:00-00:00", 0, BadSpan, "00:00-00:00", "00:00-24:00"},
		{"Mo 08:00-33:00", 3, BadSpan, "08:00-33:00", ""},
		{"Mo 08:00-12:00,11:00-14:00", 3, Overlap, "08:00-12:00,11:00-14:00", ""},
		{"Mo 08:00+,11:00-14:00", 3, BadSpan, "08:00+,", ""},
		{"Mo 00:00-03:00,22:00-02:00", 3, Overlap, "00:00-03:00,22:00-02:00", ""},
		{"Feb 30 off", 0, BadDate, "Feb 30", ""},
		{"2026 Feb 29 off", 0, BadDate, "2026 Feb 29", ""},
		{"Aug 21-01 off", 0, BadRange, "Aug 21-01", ""},
		{"Aug 21-Sep off", 0, BadRange, "Aug 21-Sep", ""},
		{"Aug-12 off", 0, BadRange, "Aug-12", ""},
		{"2026 Sep 01-2026 Aug 01 off", 0, BadRange, "2026 Sep 01-2026 Aug 01", ""},
		{"août off", 0, UnknownWord, "août", "Aug"},
		{"week 0-53 Mo off", 5, BadRange, "0", ""},
		{"week 54 Mo off", 5, BadRange, "54", ""},
		{"Sa[6] off", 3, BadRange, "6", ""},
		{"Sa[1 off", 4, Unexpected, " ", ""},
		{"PH[1] off", 0, BadRange, "PH[", ""},
		{"PH-SH off", 0, BadRange, "PH-SH", ""},
		{"Mo off 08:00-12:00", 7, Unexpected, "0", ""},
		{"Mo 08:00-12:00 off", 15, OffTimes, "off", ""},
		{"Sa fermé", 3, UnknownWord, "fermé", "off"},
		{`"sur rendez-vous`, 0, BadComment, `"sur rendez-vous`, ""},
		{`Mo 08:00-12:00 ""`, 15, BadComment, `""`, ""},
		{"Mo-Fr sunrise-sunset", 6, Unsupported, "sunrise", ""},
		{"easter off", 0, Unsupported, "easter", ""},
		{"Fr Mo 08:00-12:00", 3, Unexpected, "Mo", ""},
		{"Mo-Fr 08:00-12:00 (sauf férié)", 18, Unexpected, "(", ""},
		{"Mo-Fr 08:00-12:00,", 18, Empty, "", ""},
		{"Mo 08:00-12:00|Tu off", 14, Unexpected, "|", ""},
		{strings.Repeat("x", 1001), 1000, TooLong, "", ""},
	} {
		_, err := Parse(c.in)
		var e *Error
		if !errors.As(err, &e) {
			t.Errorf("Parse(%.40q): %v", c.in, err)
			continue
		}
		want := &Error{Offset: c.offset, Len: len(c.found), Reason: c.reason, Found: c.found, Suggest: c.suggest}
		if *e != *want {
			t.Errorf("Parse(%.40q):\n got %+v\nwant %+v", c.in, e, want)
		}
		if e.Error() == "" {
			t.Error("no text")
		}
		checkHours(t, c.in)
	}
}

func FuzzParse(f *testing.F) {
	for _, c := range canonical {
		f.Add(c[0])
	}
	for _, s := range []string{"Mo-Fr 8h30-12h", "Dec 24,31,Jan 02-03,2027 May-Jun 08:00+", "Sa[-1],PH 22:00-02:00+, Mo off || week 02-52/2 off"} {
		f.Add(s)
	}
	f.Fuzz(checkHours)
}
