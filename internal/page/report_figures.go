package page

import (
	"fmt"
	"strings"

	"vitrine/internal/model"
	"vitrine/internal/typography"
)

func (w *teller) measures() {
	t := model.ReportTable{Caption: w.t("report-measures"), Head: []string{w.t("report-measure"), w.t("report-value")}, Text: 1}
	before, targets := false, false
	for _, m := range w.r.Measures {
		before, targets = before || m.Previous != nil, targets || m.HasTarget
	}
	if targets {
		t.Head = append(t.Head, w.t("report-target"))
	}
	if before {
		t.Head = append(t.Head, w.r.Previous.Title)
	}
	for _, m := range w.r.Measures {
		if !m.HasValue {
			continue
		}
		label := capital(m.Title)
		if m.Source != "" {
			label += " (" + m.Source + ")"
		}
		target := ""
		if m.HasTarget {
			target = w.measure(m.Target, m.Unit)
		}
		value := w.measure(m.Value, m.Unit)
		if m.Approx {
			value = w.t("about-value", "value", value)
		}
		cells := []string{label, value}
		if targets {
			cells = append(cells, target)
		}
		if before {
			was := ""
			if m.Previous != nil && m.Previous.HasValue {
				was = w.measure(m.Previous.Value, m.Unit)
			}
			cells = append(cells, was)
		}
		t.Rows = append(t.Rows, cells)
	}
	if len(t.Rows) > 0 {
		w.add(model.ReportSection{ID: "measures", Title: w.t("report-measures"), Tables: []model.ReportTable{t}})
	}
}

func (w *teller) measure(v float64, unit string) string {
	return typography.WithUnit(w.lang, w.decimal(v), unit)
}

func (w *teller) money() {
	r := w.r
	s := model.ReportSection{ID: "budget", Title: w.t("report-budget", "year", fmt.Sprint(r.Edition.Starts.Year))}
	money := func(c model.Cents) string { return typography.MoneyExact(w.lang, int64(c)) }
	if len(r.Budget) > 0 {
		t := model.ReportTable{Caption: w.t("report-costs"), Head: []string{w.t("report-line"), w.t("report-quantity"), w.t("report-unit-cost"), w.t("report-amount")}, Text: 1, Total: true}
		for _, l := range r.Budget {
			quantity, unit := "", ""
			if l.Quantity != 0 {
				unit := l.Unit
				if l.Quantity >= 2 && len(unit) > 3 && strings.ToLower(unit) == unit { // a word, no sign
					unit = typography.Word{Language: w.lang, One: unit}.Plural()
				}
				quantity = w.measure(l.Quantity, unit)
			}
			if l.UnitCost != 0 {
				unit = money(l.UnitCost)
			}
			t.Rows = append(t.Rows, []string{l.Title, quantity, unit, money(l.Amount)})
		}
		t.Rows = append(t.Rows, []string{w.t("report-sum"), "", "", money(r.Cost)})
		s.Tables = append(s.Tables, t)
	}
	if len(r.Funding) > 0 {
		t := model.ReportTable{Caption: w.t("report-funding"), Head: []string{w.t("report-funder"), w.t("report-share"), w.t("report-amount")}, Text: 1, Total: true}
		for _, f := range r.Funding {
			name := ""
			if f.Organisation != nil {
				name = f.Organisation.Name
			}
			if f.Title != "" {
				name += " (" + f.Title + ")"
			}
			part := ""
			if r.Funded > 0 {
				part = typography.Percent(w.lang, 100*float64(f.Amount)/float64(r.Funded), 1)
			}
			t.Rows = append(t.Rows, []string{name, part, money(f.Amount)})
		}
		t.Rows = append(t.Rows, []string{w.t("report-sum"), "", money(r.Funded)})
		s.Tables = append(s.Tables, t)
	}
	w.add(s)
}

func (w *teller) voices() {
	if w.r.Held > 0 {
		t := model.ReportTable{Caption: w.n("report-events", w.r.Held), Head: []string{w.t("report-kind"), w.t("report-number")}, Text: 1}
		for _, k := range w.r.Events {
			t.Rows = append(t.Rows, []string{capital(k.Kind), w.number(k.Count)})
		}
		w.add(model.ReportSection{ID: "events", Title: w.t("report-held"), Tables: []model.ReportTable{t}})
	}
	w.add(model.ReportSection{ID: "quotes", Title: w.t("report-quotes"), Quotes: w.r.Testimonials})
}

// lower begins a text with a small letter, inside a sentence.
func lower(s string) string {
	r := []rune(s)
	if len(r) > 1 && string(r[1]) == strings.ToLower(string(r[1])) {
		return strings.ToLower(string(r[0])) + string(r[1:])
	}
	return s
}
