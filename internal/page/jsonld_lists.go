package page

import (
	"html/template"
	"strconv"
	"time"

	"vitrine/internal/model"
	"vitrine/internal/plan"
)

// Trail says to machines the way to a page that the crumbs show (a schema.org
// BreadcrumbList); it is empty where there are none, or where no search engine may list
// the page. It follows from what the frame's digest holds already, so that it is written
// only for a page that is made.
func (f *Frame) Trail() template.JS {
	if len(f.Crumbs) == 0 || !f.Index {
		return ""
	}
	var room [1 << 10]byte
	b := append(room[:0], `{"@context":"https://schema.org","@type":"BreadcrumbList","itemListElement":[`...)
	for i, c := range f.Crumbs {
		b = strconv.AppendInt(append(b, `{"@type":"ListItem","position":`...), int64(i+1), 10)
		b = appendText(b, `,"name":`, c.Text)
		b = appendText(b, `,"item":`, f.host)
		end := len(b) - 1 // of the host, where the rest of the address follows
		b = appendString(b[:end], c.URL)
		b = append(b[:end], b[end+1:]...)
		b = append(b, `},`...)
	}
	b = strconv.AppendInt(append(b, `{"@type":"ListItem","position":`...), int64(len(f.Crumbs)+1), 10)
	b = appendText(b, `,"name":`, f.Title) // without an address: the page itself
	return template.JS(append(b, `}]}`...))
}

// issuers ends an object that has begun with who gives a programme's award: the partners
// who sign, else the owner of the mark, else whoever publishes the site. It is the same
// for all that hold it.
func (r *Renderer) issuers(g *model.Programme) []byte {
	if b, ok := r.issued.Load(g); ok {
		return b.([]byte)
	}
	b := []byte{}
	signs := g.Signatories()
	for i, p := range signs {
		b = appendText(append(b, separator(i, "")...), `{"@type":"Organization","name":`, p.Organisation.Name)
		b = append(appendSome(b, `,"url":`, p.Organisation.URL), '}')
	}
	switch {
	case len(signs) > 1:
		b = append(append([]byte{'['}, b...), ']')
	case len(signs) == 1:
	case g.Mark != nil && g.Mark.Owner != "":
		b = append(appendText(b, `{"@type":"Organization","name":`, g.Mark.Owner), '}')
	case r.site.Publisher != nil:
		b = append(appendText(b, `{"@type":"Organization","name":`, r.site.Publisher.Name), '}')
	}
	r.issued.Store(g, b)
	return b
}

// agendaData says to machines what a programme's agenda does: a schema.org Event each.
func (r *Renderer) agendaData(p *plan.Page) template.JS {
	g := p.Programme
	s := r.plan.Sections[g]
	zone, err := time.LoadLocation(r.site.Timezone)
	if err != nil {
		zone = time.UTC // bind refuses a zone that is none
	}
	organiser := r.issuers(g)
	b := append(appendText(nil, `{"@context":`, schema), `,"@graph":[`...)
	for i, e := range g.Events {
		b = append(b, separator(i, "")...)
		at := r.full(s.Event(e))
		b = appendText(b, `{"@type":"Event","@id":`, at)
		b = appendText(b, `,"url":`, at)
		b = appendText(b, `,"name":`, e.Title)
		b = appendSome(b, `,"description":`, e.Audience)
		b = appendText(b, `,"startDate":`, moment(e.Starts, e.Hour, zone))
		switch {
		case e.Hour != "" && e.HourEnd != "" && !e.Ends.IsZero():
			b = appendText(b, `,"endDate":`, moment(e.Ends, e.HourEnd, zone))
		case e.Hour != "" && e.HourEnd != "":
			b = appendText(b, `,"endDate":`, moment(e.Starts, e.HourEnd, zone))
		case !e.Ends.IsZero():
			b = appendText(b, `,"endDate":`, e.Ends.String())
		}
		b = appendText(b, `,"eventStatus":`, schema+"/"+eventStatus(e.Status))
		if e.Place != "" {
			b = appendText(b, `,"location":{"@type":"Place","name":`, e.Place)
			b = append(appendText(b, `,"address":`, e.Place), '}')
		}
		if e.Capacity > 0 {
			b = strconv.AppendInt(append(b, `,"maximumAttendeeCapacity":`...), int64(e.Capacity), 10)
		}
		if len(organiser) > 0 {
			b = append(append(b, `,"organizer":`...), organiser...)
		}
		b = append(b, '}')
	}
	return template.JS(append(b, `]}`...))
}

func eventStatus(status string) string {
	switch status {
	case "cancelled":
		return "EventCancelled"
	case "moved":
		return "EventRescheduled"
	}
	return "EventScheduled"
}

// moment is a day, or a day and an hour (HH:MM) with what its zone is then ahead of UTC.
func moment(d model.Date, hour string, zone *time.Location) string {
	at, err := time.ParseInLocation("2006-01-02 15:04", d.String()+" "+hour, zone)
	if err != nil {
		return d.String()
	}
	return at.Format("2006-01-02T15:04:05-07:00")
}
