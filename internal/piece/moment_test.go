package piece

import (
	"strings"
	"testing"

	"vitrine/internal/model"
	"vitrine/internal/typography"
)

func TestEventMoments(t *testing.T) {
	day, next := model.Date{Year: 2026, Month: 6, Day: 13}, model.Date{Year: 2026, Month: 6, Day: 14}
	for _, c := range []struct {
		name  string
		event *model.Event
		want  string
	}{
		{"from and to", &model.Event{Starts: day, Ends: day, Hour: "14:30", HourEnd: "18:00"}, "14 h 30 – 18 h"},
		{"no end", &model.Event{Starts: day, Hour: "09:05"}, "9 h 05"},
		{"ends another day", &model.Event{Starts: day, Ends: next, Hour: "14:00", HourEnd: "12:00"}, "14 h"},
		{"no hour", &model.Event{Starts: day}, ""},
		{"no event", nil, ""},
	} {
		if got := strings.NewReplacer("\u00a0", " ", "\u2060", "").Replace(eventHours(typography.French, c.event)); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	if got := weekday(typography.French, day); got != "samedi" {
		t.Errorf("13 June 2026 is %q", got)
	}
	if got := weekday(typography.French, model.Date{}); got != "" {
		t.Errorf("no date is %q", got)
	}
}
