package hours

import (
	"slices"
	"strconv"
	"strings"

	"vitrine/internal/typography"
)

// when words the dates and weeks of a rule: « du 1er au 21 août », « en
// juillet et en août », « les semaines impaires ».
func (v voice) when(r Rule) string {
	var words []string
	for _, d := range r.Dates {
		for _, w := range v.dates(d) {
			// in July and August, but « en juillet et en août »
			if rest, in := strings.CutPrefix(w, "in "); in && len(words) > 0 && strings.HasPrefix(words[0], "in ") {
				w = rest
			}
			words = append(words, w)
		}
	}
	weeks := v.weekList(r.Weeks)
	s := typography.List(v.lang, words)
	if w := typography.List(v.lang, weeks); w != "" && s != "" {
		s += ", " + w
	} else {
		s += w
	}
	return s
}

func (v voice) dates(d DateRange) []string {
	if d.From.Day == 0 {
		return v.monthsRange(d)
	}
	from, to := d.From, d.To
	if from.Year > 0 {
		s := typography.Period(v.lang, from.Year, from.Month, from.Day, to.Year, to.Month, to.Day)
		if v.lang == typography.English && from == to {
			s = "on " + s
		}
		return []string{s}
	}
	day := func(x Date) string { return typography.Day(v.lang, x.Month, x.Day) }
	if from == to {
		return []string{v.say("le ", "on ") + day(from)}
	}
	if from.Month == to.Month {
		first := strconv.Itoa(from.Day)
		if v.lang != typography.English {
			if from.Day == 1 {
				first = "1er"
			}
			return []string{"du " + first + " au " + day(to)}
		}
		return []string{first + "–" + day(to)}
	}
	return []string{v.say("du "+day(from)+" au "+day(to), day(from)+" – "+day(to))}
}

// monthsRange words whole months: two in a row by name, more by the ends.
func (v voice) monthsRange(d DateRange) []string {
	name := func(x Date) string {
		s := typography.Month(v.lang, x.Month)
		if x.Year > 0 {
			s += " " + strconv.Itoa(x.Year)
		}
		return s
	}
	switch n := (d.To.Month - d.From.Month + 12) % 12; {
	case d.From == d.To:
		return []string{v.say("en ", "in ") + name(d.From)}
	case n == 1 && d.From.Year == d.To.Year:
		return []string{v.say("en ", "in ") + typography.Month(v.lang, d.From.Month), v.say("en ", "in ") + name(d.To)}
	}
	if v.lang == typography.English {
		return []string{"from " + name(d.From) + " to " + name(d.To)}
	}
	de := "de "
	if typography.Elides(name(d.From)) {
		de = "d’"
	}
	return []string{de + name(d.From) + " à " + name(d.To)}
}

// weekList words some weeks, single ones together: « les semaines 5 et 7 ».
func (v voice) weekList(list []WeekRange) (words []string) {
	var single []string
	for _, w := range list {
		if w.From == w.To {
			single = append(single, strconv.Itoa(w.From))
			continue
		}
		words = append(words, v.weeks(w))
	}
	switch len(single) {
	case 0:
		return words
	case 1:
		return slices.Insert(words, 0, v.say("la semaine\u00a0", "in week\u00a0")+single[0])
	}
	return slices.Insert(words, 0, v.say("les semaines ", "in weeks ")+typography.List(v.lang, single))
}

func (v voice) weeks(w WeekRange) string {
	from, to := strconv.Itoa(w.From), strconv.Itoa(w.To)
	switch {
	case w.Step == 2 && w.To >= 52 && w.From <= 2:
		if w.From == 1 {
			return v.say("les semaines impaires", "in odd weeks")
		}
		return v.say("les semaines paires", "in even weeks")
	}
	s := v.say("de la semaine "+from+" à la semaine "+to, "from week "+from+" to week "+to)
	if w.Step > 1 {
		s += v.say(", une semaine sur "+strconv.Itoa(w.Step), ", one in "+strconv.Itoa(w.Step))
	}
	return s
}
