package export

import (
	"strings"
	"time"

	"vitrine/internal/model"
)

// Agenda is agenda.ics: the events of all programmes (RFC 5545). Times are written in UTC, worked out in
// the site's time zone; an event without an hour lasts whole days. page is the address of an event on the
// site. What one programme calls off stays, and says so.
func Agenda(s *model.Site, page func(*model.Programme, *model.Event) string) []byte {
	zone, err := time.LoadLocation(s.Timezone)
	if err != nil {
		zone = time.UTC
	}
	var b []byte
	line := func(name, value string) {
		if value != "" {
			b = fold(b, name+":"+value)
		}
	}
	line("BEGIN", "VCALENDAR")
	line("VERSION", "2.0")
	line("PRODID", "-//Vitrine//"+strings.ToUpper(s.Language))
	line("CALSCALE", "GREGORIAN")
	line("X-WR-CALNAME", cardText(s.Title))
	host := strings.TrimPrefix(strings.TrimPrefix(s.BaseURL, "https://"), "http://")
	host, _, _ = strings.Cut(host, "/")
	for _, g := range s.Programmes {
		for _, e := range g.Events {
			line("BEGIN", "VEVENT")
			line("UID", g.ID+"-"+e.ID+"@"+host)
			// When the entry was made is not known, and must not be the day of the build: the event's own
			// start stands for it.
			line("DTSTAMP", compact(e.Starts)+"T000000Z")
			b = when(b, e, zone)
			line("SUMMARY", cardText(e.Title))
			line("LOCATION", cardText(e.Place))
			line("DESCRIPTION", cardText(strings.Join(append([]string{e.Audience}, e.Items...), "\n")))
			line("CATEGORIES", cardText(g.Name))
			line("URL", page(g, e))
			switch e.Status {
			case "cancelled":
				line("STATUS", "CANCELLED")
				line("SEQUENCE", "1")
			case "moved":
				line("STATUS", "CONFIRMED")
				line("SEQUENCE", "1")
			default:
				line("STATUS", "CONFIRMED")
			}
			line("END", "VEVENT")
		}
	}
	line("END", "VCALENDAR")
	return b
}

// when writes the start and the end. A day without an hour ends where the next one begins.
func when(b []byte, e *model.Event, zone *time.Location) []byte {
	ends := e.Ends
	if ends.IsZero() {
		ends = e.Starts
	}
	if e.Hour == "" {
		b = fold(b, "DTSTART;VALUE=DATE:"+compact(e.Starts))
		return fold(b, "DTEND;VALUE=DATE:"+compact(ends.Add(model.Period{Days: 1})))
	}
	b = fold(b, "DTSTART:"+utc(e.Starts, e.Hour, zone))
	if e.HourEnd != "" {
		b = fold(b, "DTEND:"+utc(ends, e.HourEnd, zone))
	}
	return b
}

func compact(d model.Date) string { return strings.ReplaceAll(d.String(), "-", "") }

// utc is a day and an hour of a zone, HH:MM, as an instant.
func utc(d model.Date, hour string, zone *time.Location) string {
	at, err := time.ParseInLocation("2006-01-02 15:04", d.String()+" "+hour, zone)
	if err != nil {
		return compact(d) + "T000000Z" // bind reads hours: it never writes another form
	}
	return at.UTC().Format("20060102T150405Z")
}
