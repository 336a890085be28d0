package typography

import "strconv"

var (
	monthsFrench = [...]string{"", "janvier", "février", "mars", "avril", "mai", "juin", "juillet",
		"août", "septembre", "octobre", "novembre", "décembre"}
	monthsEnglish = [...]string{"", "January", "February", "March", "April", "May", "June", "July",
		"August", "September", "October", "November", "December"}
	// what an axis has room for
	shortFrench = [...]string{"", "janv.", "févr.", "mars", "avril", "mai", "juin", "juil.",
		"août", "sept.", "oct.", "nov.", "déc."}
	shortEnglish = [...]string{"", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"}
	daysFrench   = [...]string{"dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"}
	daysEnglish  = [...]string{"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"}
)

// Month names a month from 1 to 12; "" for another number.
func Month(lang Language, month int) string {
	if month < 1 || month > 12 {
		return ""
	}
	if lang == English {
		return monthsEnglish[month]
	}
	return monthsFrench[month]
}

// ShortMonth names a month as an axis or a narrow column has room for it: « janv. », « août »; "" for another
// number than 1 to 12.
func ShortMonth(lang Language, month int) string {
	if month < 1 || month > 12 {
		return ""
	}
	if lang == English {
		return shortEnglish[month]
	}
	return shortFrench[month]
}

// Weekday names a day of the week, 0 being Sunday as in package time; "" for a
// number beyond 6.
func Weekday(lang Language, day int) string {
	if day < 0 || day > 6 {
		return ""
	}
	if lang == English {
		return daysEnglish[day]
	}
	return daysFrench[day]
}

// Day writes a day of a month: « 1er août », « 21 août »; « 1 August ». The day
// and the month stay together.
func Day(lang Language, month, day int) string {
	return dayNumber(lang, day) + nbsp + Month(lang, month)
}

// Date writes a date in full: « 1er décembre 2023 »; « 1 December 2023 ».
func Date(lang Language, year, month, day int) string {
	return dayNumber(lang, day) + nbsp + Month(lang, month) + " " + strconv.Itoa(year)
}

// Period writes a span of dates, without what the two ends share: « du 1er au
// 21 août 2026 », « du 24 décembre 2025 au 2 janvier 2026 », « le 3 mai 2026 »;
// « 1–21 August 2026 ».
func Period(lang Language, y1, m1, d1, y2, m2, d2 int) string {
	if lang == English {
		switch {
		case y1 != y2:
			return Date(lang, y1, m1, d1) + " – " + Date(lang, y2, m2, d2)
		case m1 != m2:
			return Day(lang, m1, d1) + " – " + Date(lang, y2, m2, d2)
		case d1 != d2:
			return strconv.Itoa(d1) + "–" + Date(lang, y2, m2, d2)
		}
		return Date(lang, y1, m1, d1)
	}
	switch {
	case y1 != y2:
		return "du " + Date(lang, y1, m1, d1) + " au " + Date(lang, y2, m2, d2)
	case m1 != m2:
		return "du " + Day(lang, m1, d1) + " au " + Date(lang, y2, m2, d2)
	case d1 != d2:
		return "du " + dayNumber(lang, d1) + " au " + Date(lang, y2, m2, d2)
	}
	return "le " + Date(lang, y1, m1, d1)
}

func dayNumber(lang Language, day int) string {
	if lang != English && day == 1 {
		return "1er"
	}
	return strconv.Itoa(day)
}

// Time writes a time of day: « 8 h 30 », « 12 h »; « 8:30 am », « noon ». 24 is the midnight that ends a day,
// « minuit », as 0 is the one that begins it: « 0 h ».
func Time(lang Language, hour, minute int) string {
	var b [16]byte
	return string(appendTime(b[:0], lang, hour, minute))
}

func appendTime(b []byte, lang Language, hour, minute int) []byte {
	switch english := lang == English; {
	case hour == 24 && minute == 0 && english:
		return append(b, "midnight"...)
	case hour == 24 && minute == 0:
		return append(b, "minuit"...)
	case hour == 12 && minute == 0 && english: // 12 pm is read both ways
		return append(b, "noon"...)
	}
	if lang != English {
		b = append(strconv.AppendInt(b, int64(hour), 10), nbsp+"h"...)
		if minute == 0 {
			return b
		}
		return appendTwoDigits(append(b, nbsp...), minute)
	}
	half := "am"
	if hour%24 >= 12 {
		half = "pm"
	}
	twelve := hour % 12
	if twelve == 0 {
		twelve = 12
	}
	b = strconv.AppendInt(b, int64(twelve), 10)
	if minute != 0 {
		b = appendTwoDigits(append(b, ':'), minute)
	}
	return append(append(b, nbsp...), half...)
}

func appendTwoDigits(b []byte, n int) []byte {
	if n >= 0 && n < 10 {
		b = append(b, '0')
	}
	return strconv.AppendInt(b, int64(n), 10)
}

// TimeRange writes opening hours: « 8 h 30 – 12 h ». It stays in one piece: Unicode lets a line end between a dash and
// even a no-break space, hence the word joiner (rule LB12a of UAX #14).
func TimeRange(lang Language, h1, m1, h2, m2 int) string {
	var b [48]byte
	return string(appendTime(append(appendTime(b[:0], lang, h1, m1), nbsp+"–\u2060"+nbsp...), lang, h2, m2))
}
