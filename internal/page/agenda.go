package page

import (
	"slices"
	"strconv"

	"vitrine/internal/model"
	"vitrine/internal/plan"
	"vitrine/internal/typography"
)

// unfolded is how many past events an agenda shows as they are; more are folded, a year
// at a time.
const unfolded = 8

// agenda has what comes first, by month; then what was, by year, the newest first.
func (r *Renderer) agenda(p *plan.Page) *Agenda {
	g := p.Programme
	s := r.plan.Sections[g]
	v := &Agenda{Calendar: r.url("/agenda.ics")}
	v.Frame = r.frame(p, r.phrase("agenda"), r.phrase("agenda-summary", "programme", g.Name), r.crumb(s.Root(), g.Name))
	v.Data = r.agendaData(p)
	var past []*model.Event
	for _, e := range g.Events {
		if r.over(e) {
			past = append(past, e)
			continue
		}
		title := capital(typography.Month(r.lang, e.Starts.Month)) + " " + strconv.Itoa(e.Starts.Year)
		v.Coming = r.enter(v.Coming, title, s, e)
	}
	for _, e := range slices.Backward(past) {
		v.Past = r.enter(v.Past, strconv.Itoa(e.Starts.Year), s, e)
	}
	for i := range v.Past { // the last year stays open where nothing is to come
		v.Past[i].Folded = len(past) > unfolded && (i > 0 || len(v.Coming) > 0)
	}
	return v
}

// enter adds an event under a title, which is the last one or a new one.
func (r *Renderer) enter(to []EventGroup, title string, s *plan.Section, e *model.Event) []EventGroup {
	if n := len(to); n == 0 || to[n-1].Title != title {
		to = append(to, EventGroup{Title: title})
	}
	last := &to[len(to)-1]
	last.Events = append(last.Events, r.event(s, e))
	return to
}

// over tells whether an event is behind: one of several days is not before its last.
func (r *Renderer) over(e *model.Event) bool {
	last := e.Starts
	if e.Ends.After(last) {
		last = e.Ends
	}
	return last.Before(r.site.Today)
}

func (r *Renderer) event(s *plan.Section, e *model.Event) Event {
	v := Event{
		Day: r.day(s, e), Anchor: plan.Anchor(e.ID), Kind: capital(e.Kind), Items: e.Items,
	}
	if e.Capacity > 0 {
		v.Capacity = r.count("capacity", e.Capacity)
	}
	if e.Registration != "" && !v.Past && !v.Cancelled {
		v.Register = &Link{URL: e.Registration, Text: r.phrase("register")}
	}
	if e.Group != nil {
		v.Group = &Link{URL: r.url(s.Group(e.Group)), Text: e.Group.Title}
	}
	if e.Edition != nil {
		v.Edition = &Link{URL: r.url(s.Edition(e.Edition)), Text: e.Edition.Title}
	}
	return v
}

// days are the events that keep holds, in order; at most n when n is not 0.
func (r *Renderer) days(s *plan.Section, keep func(*model.Event) bool, n int) []Day {
	var out []Day
	for _, e := range s.Programme.Events {
		if keep(e) && (n == 0 || len(out) < n) {
			out = append(out, r.day(s, e))
		}
	}
	return out
}

func (r *Renderer) day(s *plan.Section, e *model.Event) Day {
	d := Day{
		Title: e.Title, When: r.span(e.Starts, e.Ends), ISO: e.Starts.String(), Place: e.Place, Text: capital(e.Audience),
		URL: r.url(s.Event(e)), Past: r.over(e), Cancelled: e.Status == "cancelled",
	}
	if e.Ends.IsZero() || e.Ends == e.Starts {
		d.When = typography.Weekday(r.lang, int(e.Starts.Time().Weekday())) + " " + d.When
	}
	d.When = capital(d.When)
	if h, m, ok := clock(e.Hour); ok {
		at := typography.Time(r.lang, h, m)
		if h2, m2, ok := clock(e.HourEnd); ok && (e.Ends.IsZero() || e.Ends == e.Starts) {
			at = typography.TimeRange(r.lang, h, m, h2, m2)
		}
		d.When += ", " + at
		d.ISO += "T" + e.Hour
	}
	if key := "status-" + e.Status; e.Status != "" && r.words.Has(key) {
		d.Status = r.phrase(key)
	}
	return d
}
