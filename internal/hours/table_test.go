package hours

import (
	"bufio"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"vitrine/internal/typography"
)

func langOf(s string) typography.Language { return typography.Language(s) }

// show writes a table on one line, with plain spaces.
func show(t Table) string {
	var parts []string
	for _, r := range t.Rows {
		s := r.Days + " = " + r.Times
		if r.Note != "" {
			s += " (" + r.Note + ")"
		}
		if r.Closed {
			s += " X"
		}
		parts = append(parts, s)
	}
	for _, n := range t.Notes {
		parts = append(parts, "* "+n)
	}
	return strings.NewReplacer("\u00a0", " ", "\u202f", " ", "\u2060", "").Replace(strings.Join(parts, " | "))
}

func TestTable(t *testing.T) {
	for _, c := range [][3]string{
		{
			`Mo-Fr 08:30-12:00,14:00-18:00; Sa off; PH off; Aug 01-21 off; "sur rendez-vous"`,
			"du lundi au vendredi = 8 h 30 – 12 h, 14 h – 18 h | samedi et dimanche = fermé X | * Fermé les jours fériés | * Fermé du 1er au 21 août | * Sur rendez-vous",
			"Monday to Friday = 8:30 am – noon, 2 pm – 6 pm | Saturday and Sunday = closed X | * Closed on public holidays | * Closed 1–21 August | * Sur rendez-vous",
		},
		{"24/7", "tous les jours = 24 h sur 24", "every day = 24 hours"},
		{"Mo-Sa 09:00-18:00; Su 09:00-12:00", "du lundi au samedi = 9 h – 18 h | dimanche = 9 h – 12 h", "Monday to Saturday = 9 am – 6 pm | Sunday = 9 am – noon"},
		{"Mo-Fr 09:00-18:00; We 09:00-12:00", "lundi, mardi, jeudi et vendredi = 9 h – 18 h | mercredi = 9 h – 12 h | samedi et dimanche = fermé X", "Monday, Tuesday, Thursday and Friday = 9 am – 6 pm | Wednesday = 9 am – noon | Saturday and Sunday = closed X"},
		{"Tu-Th 09:00-18:00; Fr-Sa 09:00-19:00", "du mardi au jeudi = 9 h – 18 h | vendredi et samedi = 9 h – 19 h | dimanche et lundi = fermé X", "Tuesday to Thursday = 9 am – 6 pm | Friday and Saturday = 9 am – 7 pm | Sunday and Monday = closed X"},
		{"Mo 08:00-12:00, Mo 14:00-16:00, Tu 09:00-10:00", "lundi = 8 h – 12 h, 14 h – 16 h | mardi = 9 h – 10 h | les autres jours = fermé X", "Monday = 8 am – noon, 2 pm – 4 pm | Tuesday = 9 am – 10 am | other days = closed X"},
		{`Mo-Fr "sur rendez-vous"; Sa 09:00-12:00 "sauf août"`, "du lundi au vendredi = sur rendez-vous | samedi = 9 h – 12 h (sauf août) | dimanche = fermé X", "Monday to Friday = sur rendez-vous | Saturday = 9 am – noon (sauf août) | Sunday = closed X"},
		{"Mo-Su 08:00-20:00; Sa[1] 09:00-12:00; Su[-1] off", "tous les jours = 8 h – 20 h | * Le 1er samedi du mois : 9 h – 12 h | * Fermé le dernier dimanche du mois", "every day = 8 am – 8 pm | * On the first Saturday of the month: 9 am – noon | * Closed on the last Sunday of the month"},
		{"Sa[1,3] 09:00-12:00", "les 1er et 3e samedis du mois = 9 h – 12 h", "on the first and third Saturdays of the month = 9 am – noon"},
		{"Jul-Aug Mo-Fr 10:00-12:00", "en juillet et en août, du lundi au vendredi = 10 h – 12 h", "in July and August, Monday to Friday = 10 am – noon"},
		{"Apr-Sep 10:00-18:00; Oct-Mar Sa-Su 10:00-16:00", "d’avril à septembre = 10 h – 18 h | d’octobre à mars, le samedi et le dimanche = 10 h – 16 h", "from April to September = 10 am – 6 pm | from October to March, on Saturdays and Sundays = 10 am – 4 pm"},
		{"week 01-53/2 Sa 09:00-12:00; week 02-52/2 off", "les semaines impaires, le samedi = 9 h – 12 h | * Fermé les semaines paires", "in odd weeks, on Saturdays = 9 am – noon | * Closed in even weeks"},
		{"Fr 22:00-02:00; Sa 18:00+; Su 12:00-14:00+; Mo 00:00-24:00", "lundi = 24 h sur 24 | vendredi = 22 h – 2 h | samedi = à partir de 18 h | dimanche = 12 h – 14 h ou plus tard | du mardi au jeudi = fermé X", "Monday = 24 hours | Friday = 10 pm – 2 am | Saturday = from 6 pm | Sunday = noon – 2 pm or later | Tuesday to Thursday = closed X"},
		{"2026 Dec 24-2027 Jan 02 off; Dec 24 08:00-12:00; Dec 24-26 off; Dec 30-Jan 02 off", "le 24 décembre = 8 h – 12 h | * Fermé du 24 décembre 2026 au 2 janvier 2027 | * Fermé du 24 au 26 décembre | * Fermé du 30 décembre au 2 janvier", "on 24 December = 8 am – noon | * Closed 24 December 2026 – 2 January 2027 | * Closed 24–26 December | * Closed 30 December – 2 January"},
		{"2026 Aug off; Aug Mo off; PH 10:00-12:00; SH off", "les jours fériés = 10 h – 12 h | * Fermé en août 2026 | * Fermé le lundi en août | * Fermé pendant les vacances scolaires", "on public holidays = 10 am – noon | * Closed in August 2026 | * Closed on Mondays in August | * Closed during school holidays"},
		{`off "travaux"`, "tous les jours = fermé X | * Fermé (travaux)", "every day = closed X | * Closed (travaux)"},
		{`Mo-Fr 08:00-12:00 || "l'après-midi sur RDV"`, "du lundi au vendredi = 8 h – 12 h | samedi et dimanche = fermé X | * L’après-midi sur RDV", "Monday to Friday = 8 am – noon | Saturday and Sunday = closed X | * L’après-midi sur RDV"},
		{"Mo,We,Fr,Su 09:00-12:00", "lundi, mercredi, vendredi et dimanche = 9 h – 12 h | mardi, jeudi et samedi = fermé X", "Monday, Wednesday, Friday and Sunday = 9 am – noon | Tuesday, Thursday and Saturday = closed X"},
		{"We-Fr 14:00-18:00; Tu off", "du mercredi au vendredi = 14 h – 18 h | du samedi au mardi = fermé X", "Wednesday to Friday = 2 pm – 6 pm | Saturday to Tuesday = closed X"},
		{"We 14:00-18:00; Fr-Sa 10:00-12:00,12:00-18:30", "mercredi = 14 h – 18 h | vendredi et samedi = 10 h – 18 h 30 | lundi, mardi, jeudi et dimanche = fermé X", "Wednesday = 2 pm – 6 pm | Friday and Saturday = 10 am – 6:30 pm | Monday, Tuesday, Thursday and Sunday = closed X"},
		{"Fr-Sa 18:00-24:00; Su 00:00-05:00", "vendredi et samedi = 18 h – minuit | dimanche = 0 h – 5 h | du lundi au jeudi = fermé X", "Friday and Saturday = 6 pm – midnight | Sunday = 12 am – 5 am | Monday to Thursday = closed X"},
		{"Fr 18:00-02:00", "vendredi = 18 h – 2 h | les autres jours = fermé X", "Friday = 6 pm – 2 am | other days = closed X"},
		{"Sa[-2] 09:00-12:00; Sa[-3] off", "l’avant-dernier samedi du mois = 9 h – 12 h | * Fermé le 3e samedi avant la fin du mois", "on the last but one Saturday of the month = 9 am – noon | * Closed on the third last Saturday of the month"},
		{"Mo-Fr 08:00-12:00; week 05,07 Mo off; week 10 off", "du lundi au vendredi = 8 h – 12 h | samedi et dimanche = fermé X | * Fermé le lundi, les semaines 5 et 7 | * Fermé la semaine 10", "Monday to Friday = 8 am – noon | Saturday and Sunday = closed X | * Closed on Mondays, in weeks 5 and 7 | * Closed in week 10"},
		{"2026 Jul-Aug Mo,Sa 10:00-12:00", "en juillet et en août 2026, le lundi et le samedi = 10 h – 12 h", "in July and August 2026, on Mondays and Saturdays = 10 am – noon"},
		{"Mo 08:00-12:00; Mo off", "tous les jours = fermé X", "every day = closed X"},
	} {
		h, err := Parse(c[0])
		if err != nil {
			t.Errorf("%q: %v", c[0], err)
			continue
		}
		if got := show(h.Table("fr")); got != c[1] {
			t.Errorf("%q in French:\n got %s\nwant %s", c[0], got, c[1])
		}
		if got := show(h.Table("en")); got != c[2] {
			t.Errorf("%q in English:\n got %s\nwant %s", c[0], got, c[2])
		}
	}
	if got := (Hours{}).Table("fr"); len(got.Rows)+len(got.Notes) > 0 {
		t.Errorf("nothing said, but shown: %+v", got)
	}
}

func TestSince(t *testing.T) {
	for in, want := range map[string]string{
		"Mo 09:00-10:00; 2026 Nov 01-21 off":                    "Mo 09:00-10:00",
		"Mo 09:00-10:00; 2026 Nov 01-22 off":                    "Mo 09:00-10:00; 2026 Nov 01-22 off",
		"2026 Oct off; Mo 09:00-10:00":                          "Mo 09:00-10:00",
		"2026 Nov off; Nov 01-21 off":                           "2026 Nov off; Nov 01-21 off",
		"2026 Aug 01-21,2026 Dec 24-2027 Jan 02 off":            "2026 Dec 24-2027 Jan 02 off",
		"2025 Jul-Aug 09:00-10:00; 2025 Dec 24-2026 Jan 02 off": "",
	} {
		h, err := Parse(in)
		if err != nil {
			t.Fatal(err)
		}
		if got := h.Since(Date{2026, 11, 22}).String(); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
		if got := h.Since(Date{}).String(); got != in || h.String() != in {
			t.Errorf("%q has become %q", in, got)
		}
	}
}

// What a line is not broken at.
func TestNoBreak(t *testing.T) {
	h, err := Parse("Mo-Fr 08:30-12:00,14:00-18:00; Sa 00:00-24:00; Su 18:00+; Aug 01-21 09:00-10:00; week 10 off")
	if err != nil {
		t.Fatal(err)
	}
	table := h.Table("fr")
	var got []string
	for _, r := range table.Rows {
		got = append(got, r.Times)
	}
	want := []string{"8~h~30~–\u2060~12~h, 14~h~–\u2060~18~h", "24~h sur~24", "à partir de 18~h", "Du 1er au 21~août~: 9~h~–\u2060~10~h", "Fermé la semaine~10"}
	for i, s := range append(got, table.Notes...) {
		if s = strings.ReplaceAll(s, "\u00a0", "~"); s != want[i] {
			t.Errorf("%q, want %q", s, want[i])
		}
	}
}

func TestOpenings(t *testing.T) {
	week := []string{"Monday", "Tuesday", "Wednesday", "Thursday", "Friday"}
	all := append(append([]string{}, week...), "Saturday", "Sunday")
	for in, want := range map[string][]Opening{
		"Mo-Fr 08:30-12:00,14:00-18:00; Sa off; PH off; Aug 01-21 off": {
			{DayOfWeek: week, Opens: "08:30", Closes: "12:00"}, {DayOfWeek: week, Opens: "14:00", Closes: "18:00"},
			{Opens: "00:00", Closes: "00:00", ValidFrom: "2027-08-01", ValidThrough: "2027-08-21"},
			{DayOfWeek: []string{"PublicHolidays"}, Opens: "00:00", Closes: "00:00"},
		},
		// Dates of every year: the next, or those that are under way on 22 November 2026.
		"Oct-Apr Mo 09:00-10:00": {{DayOfWeek: []string{"Monday"}, Opens: "09:00", Closes: "10:00", ValidFrom: "2026-10-01", ValidThrough: "2027-04-30"}},
		"Nov 01-22 off":          {{Opens: "00:00", Closes: "00:00", ValidFrom: "2026-11-01", ValidThrough: "2026-11-22"}},
		"Nov 01-21 off":          {{Opens: "00:00", Closes: "00:00", ValidFrom: "2027-11-01", ValidThrough: "2027-11-21"}},
		"Nov off":                {{Opens: "00:00", Closes: "00:00", ValidFrom: "2026-11-01", ValidThrough: "2026-11-30"}},
		"Dec 24-Jan 02 off":      {{Opens: "00:00", Closes: "00:00", ValidFrom: "2026-12-24", ValidThrough: "2027-01-02"}},
		"Feb 29 off":             {{Opens: "00:00", Closes: "00:00", ValidFrom: "2028-02-29", ValidThrough: "2028-02-29"}},
		"Feb 20-29 off":          {{Opens: "00:00", Closes: "00:00", ValidFrom: "2027-02-20", ValidThrough: "2027-02-28"}},
		"Jan-Feb 09:00-10:00":    {{Opens: "09:00", Closes: "10:00", ValidFrom: "2027-01-01", ValidThrough: "2027-02-28"}},
		"PH 10:00-12:00; PH off": {{DayOfWeek: []string{"PublicHolidays"}, Opens: "00:00", Closes: "00:00"}},
		"PH 10:00-12:00, PH 14:00-16:00": {
			{DayOfWeek: []string{"PublicHolidays"}, Opens: "10:00", Closes: "12:00"}, {DayOfWeek: []string{"PublicHolidays"}, Opens: "14:00", Closes: "16:00"},
		},
		"24/7":                        {{DayOfWeek: all, Opens: "00:00", Closes: "23:59"}},
		"Sa 22:00-02:00; Su 18:00+":   {{DayOfWeek: []string{"Saturday"}, Opens: "22:00", Closes: "02:00"}, {DayOfWeek: []string{"Sunday"}, Opens: "18:00"}},
		"Mo 18:00-24:00":              {{DayOfWeek: []string{"Monday"}, Opens: "18:00", Closes: "23:59"}},
		"2027 Aug 01-21 off":          {{Opens: "00:00", Closes: "00:00", ValidFrom: "2027-08-01", ValidThrough: "2027-08-21"}},
		"2027 Feb Mo 09:00-10:00":     {{DayOfWeek: []string{"Monday"}, Opens: "09:00", Closes: "10:00", ValidFrom: "2027-02-01", ValidThrough: "2027-02-28"}},
		"2028 Jan-Feb Mo 09:00-10:00": {{DayOfWeek: []string{"Monday"}, Opens: "09:00", Closes: "10:00", ValidFrom: "2028-01-01", ValidThrough: "2028-02-29"}},
		"2026 Aug 01-21 off":          nil,
		`"sur rendez-vous"`:           nil,
		"week 10 Mo off":              nil,
	} {
		h, err := Parse(in)
		if err != nil {
			t.Errorf("%q: %v", in, err)
			continue
		}
		if got := h.Openings(Date{2026, 11, 22}); !reflect.DeepEqual(got, want) {
			t.Errorf("%q:\n got %+v\nwant %+v", in, got, want)
		}
	}
}

// realTimes is how the hours of an office are set: the spaces within a time are not broken at, those between two are.
var realTimes = map[string]*regexp.Regexp{
	"fr": regexp.MustCompile(`^(1?\d\x{a0}h(\x{a0}[1-5]\d)?\x{a0}–\x{2060}\x{a0}1\d\x{a0}h(\x{a0}[1-5]\d)?(, |$))+$`),
	"en": regexp.MustCompile(`^(((1?\d(:[1-5]\d)?\x{a0}[ap]m)|noon)\x{a0}–\x{2060}\x{a0}((1?\d(:[1-5]\d)?\x{a0}[ap]m)|noon)(, |$))+$`),
}

// TestRealHours reads what a converter made of hours that offices typed.
func TestRealHours(t *testing.T) {
	folder := os.Getenv("VITRINE_DATA")
	if folder == "" {
		if os.Getenv("VITRINE_REQUIRE_TOOLS") == "1" {
			t.Fatal("VITRINE_DATA names no folder, and VITRINE_REQUIRE_TOOLS asks for it")
		}
		t.Skip("VITRINE_DATA is not set: horaires-fr-vers-osm.tsv is not read")
	}
	f, err := os.Open(filepath.Join(folder, "horaires-fr-vers-osm.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Scan() // the head
	read := 0
	for lines.Scan() {
		_, osm, found := strings.Cut(lines.Text(), "\t")
		if !found {
			t.Errorf("no tab in %q", lines.Text())
		}
		if osm == "" {
			continue // the office said nothing that hours could be made of
		}
		for _, s := range []string{osm, "Mo-Fr " + osm} {
			h, err := Parse(s)
			if err != nil {
				t.Errorf("Parse(%q): %v", s, err)
				continue
			}
			if h.String() != s {
				t.Errorf("%q becomes %q", s, h.String())
			}
			checkHours(t, s)
			for lang, form := range realTimes {
				for _, r := range h.Table(typography.Language(lang)).Rows {
					if !r.Closed && !form.MatchString(r.Times) {
						t.Errorf("%q in %s: %q", s, lang, r.Times)
					}
				}
			}
		}
		read++
	}
	if err := lines.Err(); err != nil || read < 60 {
		t.Errorf("only %d lines were read: %v", read, err)
	}
}
