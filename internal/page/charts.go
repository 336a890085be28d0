package page

import (
	"html/template"
	"slices"
	"strings"

	"vitrine/internal/model"
	"vitrine/internal/typography"
)

// Chart is figures that a page draws, and the table that says the same.
type Chart struct {
	Kind  string        // bars, columns, stacked, lines, funnel, share, timeline, cloud; empty: the table alone
	Title string        // names the drawing, and the table
	More  string        // what opens the table
	Head  []string      // of the table's columns; the first is that of the labels
	Names []string      // of the series, where there are several
	Rows  []ChartRow    //
	Ticks []ChartTick   // of a timeline
	SVG   template.HTML // the drawing; empty where nothing could be drawn
	Told  bool          // a table beside says the same
}

// ChartRow is a label with a value for each series.
type ChartRow struct {
	Label, URL string
	Values     []float64 // of a timeline: its first and last day; of a cloud: the weight
	Texts      []string  // the values in words, a column of the table each
	Color      string    // #rrggbb of a part; empty: the programme's
	Milestone  bool      // of a timeline
}

// ChartTick is a place on the axis of a timeline.
type ChartTick struct {
	At    int
	Label string
}

// Charts draws charts as SVG.
type Charts interface {
	// Draw is the chart's drawing, or nothing where it cannot be drawn.
	Draw(c *Chart) template.HTML
	// Ground names all that drawings are made with beside their chart: the fonts and the colours.
	Ground() string
}

// chart has the chart drawn once the page is rendered. It is nil when there is nothing to show.
func (d *Draft) chart(c *Chart) *Chart {
	if c == nil || len(c.Rows) == 0 {
		return nil
	}
	c.Title, c.More = capital(c.Title), d.r.phrase("chart-table")
	if c.Kind == "timeline" {
		c.More = d.r.phrase("chart-dates")
	}
	if d.r.charts != nil && c.Kind != "" {
		d.charts = append(d.charts, c)
	}
	return c
}

// counted is a chart of one series of whole numbers, in the order given.
func (r *Renderer) counted(kind, title string, head ...string) *Chart {
	return &Chart{Kind: kind, Title: title, Head: head}
}

func (r *Renderer) row(label, url string, value float64) ChartRow {
	return ChartRow{Label: label, URL: url, Values: []float64{value}, Texts: []string{r.number(value)}}
}

// funnelChart is the steps of an edition, with what remains of the first one.
func (r *Renderer) funnelChart(e *model.Edition) *Chart {
	c := r.counted("funnel", r.phrase("funnel"), r.phrase("chart-step"), r.phrase("chart-number"))
	for _, step := range e.Funnel {
		if step.Value < 0 {
			return nil
		}
		row := r.row(step.Label, "", float64(step.Value))
		c.Rows = append(c.Rows, row)
	}
	return c
}

// phasesChart is the calendar of an edition: its phases, and its ceremony.
func (r *Renderer) phasesChart(e *model.Edition) *Chart {
	c := &Chart{Kind: "timeline", Title: r.phrase("calendar"), Head: []string{r.phrase("chart-phase"), r.phrase("chart-when")}}
	add := func(title string, from, to model.Date) {
		if to.Before(from) {
			to = from
		}
		c.Rows = append(c.Rows, ChartRow{
			Label: title, Texts: []string{r.span(from, to)}, Values: []float64{float64(dayOf(from)), float64(dayOf(to))}, Milestone: from == to,
		})
	}
	for _, ph := range e.Phases {
		if !ph.Starts.IsZero() {
			add(ph.Title, ph.Starts, ph.Ends)
		}
	}
	if len(c.Rows) == 0 {
		return nil
	}
	same := func(ph model.Phase) bool {
		return ph.Starts == e.Ceremony.Starts && (ph.Ends.IsZero() || ph.Ends == ph.Starts)
	}
	if x := e.Ceremony; x != nil && !x.Starts.IsZero() && !slices.ContainsFunc(e.Phases, same) { // a phase of that day is the ceremony
		add(x.Title, x.Starts, x.Starts)
	}
	c.Ticks = r.ticks(c.Rows)
	return c
}

// dayOf numbers the days.
func dayOf(d model.Date) int { return int(d.Time().Unix() / 86400) }

// mostTicks is how many months an axis names.
const mostTicks = 7

// ticks are the first days of months, every so many that an axis has few.
func (r *Renderer) ticks(rows []ChartRow) []ChartTick {
	first, last := rows[0].Values[0], rows[0].Values[1]
	for _, x := range rows {
		first, last = min(first, x.Values[0]), max(last, x.Values[1])
	}
	start := model.DateOf(model.Date{Year: 1970, Month: 1, Day: 1}.Time().AddDate(0, 0, int(first)))
	every := 1
	for months := int(last-first)/30 + 1; months/every > mostTicks; {
		switch every {
		case 1, 2:
			every++
		case 3, 6:
			every *= 2
		default:
			every += 12
		}
	}
	var out []ChartTick
	at := model.Date{Year: start.Year, Month: (start.Month-1)/every*every + 1, Day: 1}
	if every >= 12 {
		at.Month = 1
	}
	year := 0
	for ; float64(dayOf(at)) <= last && len(out) <= 2*mostTicks; at = model.DateOf(at.Time().AddDate(0, every, 0)) {
		label := typography.ShortMonth(r.lang, at.Month)
		if at.Year != year {
			label += "\n" + number(at.Year)
			year = at.Year
		}
		if every >= 12 {
			label = number(at.Year)
		}
		out = append(out, ChartTick{dayOf(at), label})
	}
	return out
}

// termsChart is the cloud of a programme's words.
func termsChart(title string, terms []*model.Term) *Chart {
	c := &Chart{Kind: "cloud", Title: title}
	for _, t := range terms {
		if t.Weight > 0 {
			c.Rows = append(c.Rows, ChartRow{Label: t.Text, Values: []float64{t.Weight}})
		}
	}
	if len(c.Rows) < len(terms) { // a word without weight has no size
		return nil
	}
	return c
}

// sameFigure tells the figures of several editions that are the same one, each in its time.
func sameFigure(m *model.Measure) string {
	title := m.Title
	if m.Edition != nil {
		title = strings.Join(strings.Fields(strings.ReplaceAll(title, m.Edition.ID, "")), " ")
	}
	return title + "\x00" + m.Unit
}

// general tells of figures of a whole edition, not of a part of it.
func general(m *model.Measure) bool {
	return m.HasValue && m.Edition != nil && m.Territory == nil && m.Group == nil && m.Challenge == nil && !m.Personal()
}
