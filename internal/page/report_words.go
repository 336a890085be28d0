package page

import (
	"math"

	"vitrine/internal/model"
	"vitrine/internal/theme"
	"vitrine/internal/typography"
)

// teller words a report.
type teller struct {
	theme.Words
	lang typography.Language
	p    *model.Programme
	r    *model.Report
	out  []model.ReportSection
	err  error
}

// ReportWords words a report of a programme, part by part, in the site's language.
func ReportWords(site *model.Site, t *theme.Theme, p *model.Programme, r *model.Report) ([]model.ReportSection, error) {
	w := &teller{Words: t.Words(site.Language), lang: typography.Language(site.Language), p: p, r: r}
	w.results()
	if !r.Story.IsZero() {
		w.out = append(w.out, model.ReportSection{ID: "story", Title: w.t("year-story")})
	}
	w.challenges()
	w.parts()
	w.measures()
	w.money()
	w.voices()
	return w.out, w.err
}

func (w *teller) t(key string, args ...any) string {
	s, err := w.T(key, args...)
	if err != nil && w.err == nil {
		w.err = err
	}
	return s
}

func (w *teller) n(key string, n int, args ...any) string {
	s, err := w.N(key, n, args...)
	if err != nil && w.err == nil {
		w.err = err
	}
	return s
}

// number writes one that may be hidden.
func (w *teller) number(n int) string {
	if n == model.Few {
		return w.t("report-few")
	}
	return typography.Number(w.lang, int64(n))
}

func (w *teller) percent(n int) string { return typography.Percent(w.lang, float64(n), 0) }

// change writes a difference with its sign.
func (w *teller) change(now, before int) string {
	switch d := now - before; {
	case now == model.Few || before == model.Few:
		return ""
	case d > 0:
		return "+" + w.number(d)
	case d < 0:
		return "−" + w.number(-d)
	}
	return "="
}

func (w *teller) decimal(v float64) string {
	if v == float64(int64(v)) {
		return typography.Number(w.lang, int64(v))
	}
	return typography.Decimal(w.lang, math.Round(v*100)/100, -1)
}

// title names a row, also one that is no entity.
func (w *teller) title(x model.Row) string {
	switch x.Kind {
	case model.RowUnknown:
		return w.t("report-unknown")
	case model.RowOthers:
		return w.t("report-others")
	}
	return capital(x.Title)
}

func (w *teller) add(s model.ReportSection) {
	if len(s.Tables)+len(s.Charts)+len(s.Quotes)+len(s.Lead) > 0 {
		w.out = append(w.out, s)
	}
}

// compared reports whether there is an edition to compare with.
func (w *teller) compared() bool { return w.r.Previous != nil && w.r.Before != 0 }

func (w *teller) results() {
	r, people := w.r, w.p.Words.Participant()
	s := model.ReportSection{ID: "results", Title: w.t("results")}
	table := model.ReportTable{Caption: w.t("report-results"), Head: []string{w.t("report-counted"), r.Edition.Title}, Text: 1}
	row := func(label, value string, more ...string) {
		cells := append([]string{label, value}, more...)
		for len(cells) < len(table.Head) {
			cells = append(cells, "")
		}
		table.Rows = append(table.Rows, cells)
	}
	if w.compared() {
		table.Head = append(table.Head, r.Previous.Title, w.t("report-change"))
		row(capital(people.Plural()), w.number(r.Total), w.number(r.Before), w.change(r.Total, r.Before))
	} else if r.Total != 0 {
		row(capital(people.Plural()), w.number(r.Total))
	}
	if r.First > 0 && r.Renewed > 0 { // neither where they are not told: each may be five or more
		row(w.t("report-first"), w.number(r.First))
		row(w.t("report-renewed"), w.number(r.Renewed))
	}
	if r.Target > 0 {
		row(w.t("report-target"), w.number(r.Target))
		reached := w.number(r.Reached)
		if r.Reached >= 0 {
			s.Lead = append(s.Lead, w.t("report-reached", "value", reached, "target", w.number(r.Target), "percent", w.percent(int(100*float64(r.Reached)/float64(r.Target)+0.5))))
		}
		row(w.t("report-counts"), reached)
	}
	if len(table.Rows) > 0 {
		s.Tables = append(s.Tables, table)
	}
	if r.Told > 0 && len(r.Challenges.Rows)+len(r.Trades.Rows)+len(r.Communes.Rows)+len(r.Levels.Rows)+len(r.Groups.Rows)+len(r.Roles.Rows) > 0 {
		key := "report-told-others"
		if r.Named {
			key = "report-told-named"
		}
		s.Lead = append(s.Lead, w.t(key, "what", people.Count(r.Told)))
	}
	if len(r.Funnel) > 1 {
		c := model.ReportChart{Kind: "funnel", Caption: w.t("report-funnel"), Series: []model.ReportSeries{{}}}
		f := model.ReportTable{Caption: w.t("funnel"), Head: []string{w.t("report-step"), w.t("report-number"), w.t("report-of-first")}, Text: 1}
		for _, step := range r.Funnel {
			c.Labels, c.Series[0].Values, c.Series[0].Texts = append(c.Labels, capital(step.Label)), append(c.Series[0].Values, step.Value), append(c.Series[0].Texts, w.number(step.Value))
			f.Rows = append(f.Rows, []string{capital(step.Label), w.number(step.Value), w.percent(step.Percent)})
		}
		s.Charts, s.Tables = append(s.Charts, c), append(s.Tables, f)
	}
	standing := model.ReportTable{Caption: w.t("report-standing"), Head: []string{w.t("report-status"), w.t("report-number")}, Text: 1}
	for i, n := range []int{r.Active, r.Candidates, r.Closed, r.Withdrawn} {
		if n != 0 {
			standing.Rows = append(standing.Rows, []string{w.t("report-status-" + []string{"active", "candidate", "closed", "withdrawn"}[i]), w.number(n)})
		}
	}
	if len(standing.Rows) > 1 {
		s.Tables = append(s.Tables, standing)
	}
	w.add(s)
}

// most is how many rows a chart shows.
const most = 10

// chart draws the first rows of a part, beside those of the edition before.
func (w *teller) chart(kind, caption string, b model.Breakdown) model.ReportChart {
	c := model.ReportChart{Kind: kind, Caption: caption, Series: []model.ReportSeries{{Name: w.r.Edition.Title}}}
	compared := b.Compared && kind != "share"
	if compared {
		c.Series = append(c.Series, model.ReportSeries{Name: w.r.Previous.Title})
	}
	put := func(i, n int) {
		c.Series[i].Values, c.Series[i].Texts = append(c.Series[i].Values, max(n, 0)), append(c.Series[i].Texts, w.number(n))
	}
	for _, x := range b.Rows {
		if len(c.Labels) == most || x.Count == 0 {
			continue
		}
		c.Labels = append(c.Labels, w.title(x))
		put(0, x.Count)
		if compared {
			put(1, x.Before)
		}
	}
	return c
}

// table is a part as rows: its number, its share, those of the edition before.
func (w *teller) table(caption, what string, b model.Breakdown, total bool) model.ReportTable {
	t := model.ReportTable{Caption: caption, Head: []string{what, w.t("report-number"), w.t("report-share")}, Text: 1}
	if b.Compared {
		t.Head = append(t.Head, w.r.Previous.Title, w.t("report-change"))
	}
	sum, before := 0, 0
	for _, x := range b.Rows {
		cells := []string{w.title(x), w.number(x.Count), w.percent(x.Share)}
		if b.Compared {
			cells = append(cells, w.number(x.Before), w.change(x.Count, x.Before))
		}
		t.Rows = append(t.Rows, cells)
		sum, before = sum+x.Count, before+x.Before
	}
	if total && len(t.Rows) > 1 {
		cells := []string{w.t("report-sum"), w.number(sum), w.percent(100)}
		if b.Compared {
			cells = append(cells, w.number(before), w.change(sum, before))
		}
		t.Rows, t.Total = append(t.Rows, cells), true
	}
	return t
}

func (w *teller) challenges() {
	b, word, theme := w.r.Challenges, w.p.Words.Challenge(), w.p.Words.Theme()
	if len(b.Rows) == 0 {
		return
	}
	s := model.ReportSection{ID: "challenges", Title: w.t("report-appeal", "of", word.OfPlural())}
	fresh := false
	for _, x := range b.Rows {
		fresh = fresh || x.New != 0
	}
	s.Lead = append(s.Lead, w.t("report-appeal-lead", "people", w.p.Words.Participant().OfPlural(), "challenge", word.The()))
	c := w.chart("bars", w.t("report-top", "what", word.Plural()), b)
	s.Charts = append(s.Charts, c)
	t := model.ReportTable{Caption: w.t("report-all", "what", capital(word.Plural())), Head: []string{capital(word.One), capital(theme.One), w.t("report-number"), w.t("report-share")}, Text: 2}
	if fresh {
		t.Head = append(t.Head, w.t("report-new"))
	}
	if b.Compared {
		t.Caption = w.t("report-all-compared", "what", capital(word.Plural()))
		t.Head = append(t.Head, w.r.Previous.Title, w.t("report-change"))
	}
	for _, x := range b.Rows {
		of := ""
		if x.Theme != nil {
			of = x.Theme.Title
		}
		cells := []string{w.title(x), of, w.number(x.Count), w.percent(x.Share)}
		if fresh {
			told := w.t("report-hidden") // not « < 5 »: it may be more, and tell those who are not new
			if x.New != model.Few {
				told = w.number(x.New)
			}
			cells = append(cells, told)
		}
		if b.Compared {
			cells = append(cells, w.number(x.Before), w.change(x.Count, x.Before))
		}
		t.Rows = append(t.Rows, cells)
	}
	switch {
	case b.Left == 0:
	case w.r.Public:
		t.Remark = w.t("report-left-few", "what", word.Count(b.Left), "people", w.p.Words.Participant().Plural())
	default:
		t.Remark = w.t("report-left", "what", word.Count(b.Left))
	}
	s.Tables = append(s.Tables, t)
	w.add(s)
	if th := w.r.Themes; len(th.Rows) > 1 {
		w.add(model.ReportSection{
			ID: "themes", Title: w.t("report-by", "what", theme.One),
			Charts: []model.ReportChart{w.chart("bars", w.t("report-themes-chart", "people", w.p.Words.Participant().Plural(), "theme", theme.One), th)},
			Tables: []model.ReportTable{w.table(w.t("report-themes", "people", capital(w.p.Words.Participant().Plural()), "challenge", word.A(), "theme", theme.One), capital(theme.One), th, false)},
		})
	}
}

func (w *teller) parts() {
	people := w.p.Words.Participant()
	part := func(id, kind string, b model.Breakdown, title, what string, total bool) *model.ReportSection {
		if len(b.Rows) == 0 {
			return nil
		}
		s := model.ReportSection{ID: id, Title: title, Tables: []model.ReportTable{w.table(capital(people.Plural())+", "+lower(title), what, b, total)}}
		if c := w.chart(kind, w.t("report-part-chart", "people", capital(people.Plural()), "what", lower(title)), b); kind != "" && len(c.Labels) > 1 {
			s.Charts = append(s.Charts, c)
		}
		w.add(s)
		return &w.out[len(w.out)-1]
	}
	trades := part("trades", "bars", w.r.Trades, w.t("report-by-trade"), w.t("report-trade"), true)
	if x := w.r.Cross; x != nil {
		t := model.ReportTable{Caption: w.t("report-cross", "what", capital(w.p.Words.Challenge().Plural())), Head: []string{capital(w.p.Words.Challenge().One)}, Text: 1}
		for _, c := range x.Columns {
			t.Head = append(t.Head, w.title(c))
		}
		t.Head = append(t.Head, w.t("report-sum"))
		hidden := false
		for _, row := range x.Rows {
			cells := []string{w.title(row.Row)}
			for _, n := range row.Cells {
				switch n {
				case 0:
					cells = append(cells, "")
				case model.Few:
					cells = append(cells, "·")
					hidden = true
				default:
					cells = append(cells, w.number(n))
				}
			}
			t.Rows = append(t.Rows, append(cells, w.number(row.Count)))
		}
		if hidden {
			t.Remark = w.t("report-dots")
		}
		if trades != nil {
			trades.Tables = append(trades.Tables, t)
		} else {
			w.add(model.ReportSection{ID: "trades", Title: w.t("report-by-trade"), Tables: []model.ReportTable{t}})
		}
	}
	part("communes", "bars", w.r.Communes, w.t("report-by-commune"), w.t("report-commune"), true)
	part("levels", "share", w.r.Levels, w.t("report-by-level"), w.t("report-level"), true)
	part("groups", "", w.r.Groups, w.t("report-by", "what", w.p.Words.Group().One), capital(w.p.Words.Group().One), false)
	if b := w.r.Roles; len(b.Rows) > 0 {
		t := model.ReportTable{Caption: w.t("report-roles"), Head: []string{w.t("report-role"), w.t("report-number")}, Text: 1}
		for _, x := range b.Rows {
			t.Rows = append(t.Rows, []string{w.title(x), w.number(x.Count)})
		}
		w.add(model.ReportSection{ID: "roles", Title: w.t("report-roles"), Tables: []model.ReportTable{t}})
	}
}
