package piece

import (
	"strconv"
	"strings"

	"vitrine/internal/model"
	"vitrine/internal/typography"
)

// weekday names the day of the week of a date; nothing for no date.
func weekday(lang typography.Language, d model.Date) string {
	if d.IsZero() {
		return ""
	}
	return typography.Weekday(lang, int(d.Time().Weekday()))
}

// eventHours writes from when to when an event lasts, where its data gave hours: the end only of an
// event that ends on the day it starts.
func eventHours(lang typography.Language, e *model.Event) string {
	if e == nil {
		return ""
	}
	h, m, ok := clock(e.Hour)
	if !ok {
		return ""
	}
	if h2, m2, ok := clock(e.HourEnd); ok && (e.Ends.IsZero() || e.Ends == e.Starts) {
		return typography.TimeRange(lang, h, m, h2, m2)
	}
	return typography.Time(lang, h, m)
}

// clock reads an hour of the model, HH:MM.
func clock(s string) (hour, minute int, ok bool) {
	h, m, ok := strings.Cut(s, ":")
	if !ok {
		return 0, 0, false
	}
	hour, err1 := strconv.Atoi(h)
	minute, err2 := strconv.Atoi(m)
	return hour, minute, err1 == nil && err2 == nil
}
