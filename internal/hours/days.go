package hours

import (
	"slices"
	"strconv"
	"strings"

	"vitrine/internal/typography"
)

// days names a set of days without their articles, as the head of a row.
func (v voice) days(g group, all int) string {
	if n := count(g.days); g.closed() && n >= 5 && n < 7 && all > 1 {
		return v.say("les autres jours", "other days")
	}
	var few [7]string
	words := few[:0]
	for _, r := range runs(g.days) {
		words = v.stretch(words, r, false)
	}
	return typography.List(v.lang, words)
}

func count(days [7]bool) (n int) {
	for _, in := range days {
		if in {
			n++
		}
	}
	return n
}

// stretch adds the names of days in a row: one or two by their names, more by the ends. In a sentence the names
// are those of every week: « le samedi », « on Saturdays ».
func (v voice) stretch(words []string, r DayRange, sentence bool) []string {
	name := v.weekday
	if sentence {
		name = func(d Day) string {
			if v.lang != typography.English {
				return "le " + v.weekday(d)
			}
			if len(words) > 0 && strings.HasPrefix(words[0], "on ") {
				return v.weekday(d) + "s"
			}
			return "on " + v.weekday(d) + "s"
		}
	}
	switch n := (int(r.To) - int(r.From) + 7) % 7; {
	case n == 6:
		return append(words, v.say("tous les jours", "every day"))
	case n >= 2 && v.lang == typography.English:
		return append(words, v.weekday(r.From)+" to "+v.weekday(r.To))
	case n >= 2:
		return append(words, "du "+v.weekday(r.From)+" au "+v.weekday(r.To))
	}
	words = append(words, name(r.From))
	if r.To != r.From {
		words = append(words, name(r.To))
	}
	return words
}

func (v voice) weekday(d Day) string { return typography.Weekday(v.lang, (int(d)+1)%7) }

// daysOf names the days of a rule with their articles: « le samedi et le dimanche », « on Saturdays and Sundays »;
// "" when it names none.
func (v voice) daysOf(r Rule) string {
	days, others := r.weekdays()
	if len(r.Days) == 0 {
		return ""
	}
	var words []string
	for _, s := range runs(days) {
		words = v.stretch(words, s, true)
	}
	if o := v.others(others); o != "" {
		words = append(words, o)
	}
	return typography.List(v.lang, words)
}

// others names holidays and nth days: « les jours fériés », « le 1er samedi du
// mois ».
func (v voice) others(days []DayRange) string {
	var words []string
	for _, d := range days {
		switch d.From {
		case PublicHoliday:
			words = append(words, v.say("les jours fériés", "on public holidays"))
		case SchoolHoliday:
			words = append(words, v.say("pendant les vacances scolaires", "during school holidays"))
		default:
			words = append(words, v.nth(d))
		}
	}
	return typography.List(v.lang, words)
}

func (v voice) nth(d DayRange) string {
	day := v.weekday(d.From)
	var ranks, words []string
	for _, n := range d.Nth {
		switch {
		case n < -2 && v.lang != typography.English:
			words = append(words, "le "+v.rank(-n)+" "+day+" avant la fin du mois")
		default:
			ranks = append(ranks, v.rank(n))
		}
	}
	list := typography.List(v.lang, ranks)
	many := ""
	if len(ranks) > 1 {
		many = "s"
	}
	switch {
	case len(ranks) == 0:
	case v.lang == typography.English:
		return "on the " + list + " " + day + many + " of the month"
	case many != "":
		words = slices.Insert(words, 0, "les "+list+" "+day+"s du mois")
	case typography.Elides(list):
		words = slices.Insert(words, 0, "l’"+list+" "+day+" du mois")
	default:
		words = slices.Insert(words, 0, "le "+list+" "+day+" du mois")
	}
	return typography.List(v.lang, words)
}

func (v voice) rank(n int) string {
	switch {
	case n == -1:
		return v.say("dernier", "last")
	case n == -2:
		return v.say("avant-dernier", "last but one")
	case n < 0:
		return v.rank(-n) + " last"
	case v.lang == typography.English:
		return [...]string{"", "first", "second", "third", "fourth", "fifth"}[n]
	case n == 1:
		return "1er"
	}
	return strconv.Itoa(n) + "e"
}
