package bind

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"vitrine/internal/diag"
	"vitrine/internal/model"
	"vitrine/internal/typography"
)

func (p *programme) bindAgreement(r *reader) {
	a := &model.Agreement{
		Parties: refs(r, p.organisations, "parties"), Starts: r.date("starts"), Ends: r.date("ends"),
		Renewal: r.text("renewal"), Notice: r.yearDay("notice"), Origin: r.origin(),
	}
	r.inOrder("starts", a.Starts, "ends", a.Ends)
	r.tables("deadlines", func(r *reader) {
		a.Deadlines = append(a.Deadlines, model.Deadline{What: r.text("title"), Day: r.yearDay("before"), Interim: r.boolean("interim"), Origin: r.origin()})
	})
	p.Agreements = append(p.Agreements, a)
}

// yearDay is a day of each year, MM-DD.
func (r *reader) yearDay(key string) string {
	v := r.raw(key)
	if v == "" {
		return ""
	}
	if _, ok := dayIn(v, 2024); ok {
		return v
	}
	d := diag.New(diag.BadDate, r.span(key), "value", v).WithHint("day-of-year")
	for _, form := range []string{"02/01", "2/1", "02-01", "02.01", "--01-02", time.DateOnly} {
		if t, err := time.Parse(form, v); err == nil {
			d = d.WithHint("write-instead", "value", "\""+t.Format("01-02")+"\"")
			break
		}
	}
	r.report(d)
	return ""
}

// dayIn is the day MM-DD of a year.
func dayIn(day string, year int) (model.Date, bool) {
	t, err := time.Parse("01-02", day)
	if err != nil || len(day) != 5 {
		return model.Date{}, false
	}
	return model.Date{Year: year, Month: int(t.Month()), Day: t.Day()}, true
}

// How far from its edition an event or a phase may lie: preparations go before it,
// ceremonies and reports after it. What lies farther off has another edition's year.
var editionMargin = model.Period{Months: 9}

// checkDates looks for dates that do not fit together. Each of them may be right by itself:
// nothing is refused.
func (p *programme) checkDates() {
	for _, e := range p.Editions {
		for i, ph := range e.Phases {
			p.inside(ph.Origin, "starts", ph.Title, ph.Starts, e)
			p.inside(ph.Origin, "ends", ph.Title, ph.Ends, e)
			for _, other := range e.Phases[:i] {
				if typography.Slug(other.Title) == typography.Slug(ph.Title) && ph.Title != "" && !other.Starts.IsZero() && !ph.Starts.IsZero() && other.Starts != ph.Starts {
					p.list = append(p.list, conflict(ph.Origin, "starts", ph.Title, ph.Starts).WithNote(other.Origin.Span("starts"), "date-there", "date", other.Starts.String()))
				}
			}
		}
	}
	for _, e := range p.Events {
		if e.Edition != nil {
			p.inside(e.Origin, "starts", e.Title, e.Starts, e.Edition)
		}
	}
	for _, a := range p.Agreements {
		p.checkDeadlines(a)
		p.checkStart(a)
	}
	p.checkSince()
}

// inside reports a day outside its edition by more than the margin.
func (p *programme) inside(at diag.Origin, key, title string, day model.Date, e *model.Edition) {
	early := !e.Starts.IsZero() && day.Before(e.Starts.Sub(editionMargin))
	late := !e.Ends.IsZero() && day.After(e.Ends.Add(editionMargin))
	if day.IsZero() || !early && !late {
		return
	}
	bound, side := "starts", e.Starts
	if late {
		bound, side = "ends", e.Ends
	}
	p.list = append(p.list, diag.New(diag.DateOutside, at.Span(key), "title", title, "date", day.String(), "edition", e.Title).
		WithNote(e.Origin.Span(bound), "edition-"+bound, "date", side.String()))
}

func conflict(at diag.Origin, key, title string, day model.Date) diag.Diagnostic {
	return diag.New(diag.DateConflict, at.Span(key), "title", title, "date", day.String())
}

// checkDeadlines reports what is due before the period that it is about has ended.
func (p *programme) checkDeadlines(a *model.Agreement) {
	if a.Ends.IsZero() {
		return
	}
	for _, d := range a.Deadlines {
		day, ok := dayIn(d.Day, a.Ends.Year)
		if !ok || d.Interim || !day.Before(a.Ends) || !a.Starts.IsZero() && day.Before(a.Starts) {
			continue
		}
		x := diag.New(diag.DeadlineEarly, d.Origin.Span("before"), "title", d.What, "date", day.String(), "ends", a.Ends.String()).
			WithNote(a.Origin.Span("ends"), "agreement-ends", "date", a.Ends.String())
		if notice, ok := dayIn(a.Notice, a.Ends.Year); ok && notice.After(day) {
			x = x.WithNote(a.Origin.Span("notice"), "notice-after", "date", notice.String())
		}
		p.list = append(p.list, x)
	}
}

// checkStart reports the one edition of an agreement's time that ends with it and starts on
// another day.
func (p *programme) checkStart(a *model.Agreement) {
	if a.Starts.IsZero() || a.Ends.IsZero() {
		return
	}
	var within []*model.Edition
	for _, e := range p.Editions {
		if e.Starts.Before(a.Ends) && (e.Ends.IsZero() || e.Ends.After(a.Starts)) {
			within = append(within, e)
		}
	}
	if len(within) != 1 || within[0].Ends != a.Ends || within[0].Starts == a.Starts {
		return
	}
	e := within[0]
	p.list = append(p.list, conflict(e.Origin, "starts", e.Title, e.Starts).WithNote(a.Origin.Span("starts"), "agreement-starts", "date", a.Starts.String()))
}

// checkSince holds the day or the year of the beginning to the first edition and the first
// agreement: a day in their year that is none of theirs is a third one.
func (p *programme) checkSince() {
	if p.Since == 0 {
		return
	}
	day := p.sinceDay
	var found []diag.Note
	look := func(origin diag.Origin, key string, starts model.Date) {
		switch {
		case starts.IsZero():
		case p.Since > starts.Year, !day.IsZero() && starts.Year == p.Since && starts != day:
			found = append(found, diag.Note{Span: origin.Span("starts"), Key: key, Args: diag.Args{"date", starts.String()}})
		}
	}
	if len(p.Editions) > 0 {
		look(p.Editions[0].Origin, "edition-starts", p.Editions[0].Starts)
	}
	var first *model.Agreement
	for _, a := range p.Agreements {
		if !a.Starts.IsZero() && (first == nil || a.Starts.Before(first.Starts)) {
			first = a
		}
	}
	if first != nil {
		look(first.Origin, "agreement-starts", first.Starts)
	}
	if len(found) == 0 {
		return
	}
	text := day.String()
	if text == "" {
		text = model.Date{Year: p.Since}.String()[:4]
	}
	d := diag.New(diag.DateConflict, p.Origin.Span("since"), "title", p.Name, "date", text)
	d.Notes = found
	p.list = append(p.list, d)
}

// checkWords looks for numbers that cannot be read in what people are told, and for roles
// that no rule knows.
func (p *programme) checkWords() {
	read := func(origin diag.Origin, key, text string) {
		if words := typography.BrokenRange(text); words != "" {
			p.list = append(p.list, diag.New(diag.BadRange, origin.Span(key), "words", words))
		}
	}
	for _, g := range p.Groups {
		read(g.Origin, "audience", g.Audience)
		read(g.Origin, "promise", g.Promise)
	}
	for _, e := range p.Events {
		read(e.Origin, "audience", e.Audience)
	}
	rules := map[string]*model.Rule{}
	for _, x := range p.Rules {
		read(x.Origin, "message", x.Message)
		p.checkBounds(x, rules)
	}
	p.checkRoles()
}

// checkBounds reports two rules that count the same and ask for different numbers.
func (p *programme) checkBounds(x *model.Rule, seen map[string]*model.Rule) {
	for _, bound := range []struct {
		key   string
		has   bool
		value float64
		of    func(*model.Rule) float64
	}{
		{"min", x.HasMin, x.Min, func(r *model.Rule) float64 { return r.Min }},
		{"max", x.HasMax, x.Max, func(r *model.Rule) float64 { return r.Max }},
	} {
		if !bound.has {
			continue
		}
		key := bound.key + "\x00" + ruleKey(x)
		other := seen[key]
		if other == nil {
			seen[key] = x
			continue
		}
		if v := bound.of(other); v != bound.value {
			p.list = append(p.list, diag.New(diag.FigureConflict, x.Origin.Span(bound.key), "title", strings.TrimSpace(x.Message), "value", plainNumber(bound.value), "other", plainNumber(v)).
				WithNote(other.Origin.Span(bound.key), "said-here"))
		}
	}
}

// ruleKey is what a rule counts, and for whom.
func ruleKey(r *model.Rule) string {
	said := func(b *bool) string {
		if b == nil {
			return ""
		}
		return strconv.FormatBool(*b)
	}
	where, added, proved := r.Where, said(r.Where.New), said(r.Where.Evidence)
	where.New, where.Evidence = nil, nil
	var editions []string
	for _, e := range r.Editions {
		editions = append(editions, e.ID)
	}
	return fmt.Sprintf("%q %q %q %q %v %q %q %+v %q", r.For, r.Metric, r.Of, r.Field, r.Severity, added, proved, where, editions)
}

// checkRoles reports the roles of members that no rule names, in teams that lack one that a
// rule names: two words for one role.
func (p *programme) checkRoles() {
	named := map[string]bool{}
	var names []string
	for _, r := range p.Rules {
		for _, role := range r.Where.Roles {
			if !named[role] {
				named[role] = true
				names = append(names, role)
			}
		}
	}
	if len(names) == 0 {
		return
	}
	lacks := func(x *model.Participant) string {
		for _, role := range names {
			if _, has := x.Members[role]; !has {
				return role
			}
		}
		return ""
	}
	said := map[string]bool{} // or known beside the named ones
	for _, x := range model.Participants(p.Programme) {
		if lacks(x) == "" {
			for role := range x.Members {
				said[role] = true
			}
		}
	}
	for _, x := range model.Participants(p.Programme) {
		lacking := lacks(x)
		if lacking == "" {
			continue
		}
		for _, role := range sortedKeys(x.Members) {
			if x.Members[role] == 0 || named[role] || said[role] {
				continue
			}
			said[role] = true
			p.list = append(p.list, diag.New(diag.UnknownRole, x.Origin.Span("members"), "role", role, "participant", x.Name, "lacking", lacking))
		}
	}
}
