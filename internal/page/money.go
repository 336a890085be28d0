package page

import (
	"slices"
	"strconv"
	"strings"

	"vitrine/internal/model"
	"vitrine/internal/typography"
)

// sums is a table of amounts being filled: rows by years.
type sums struct {
	r     *Renderer
	years []int
	exact bool // some amount has cents: all show theirs
}

func (r *Renderer) sums(l model.Ledger) sums {
	t := sums{r: r, years: l.Years}
	for _, row := range l.Rows {
		t.exact = t.exact || slices.ContainsFunc(row.Amounts, func(c model.Cents) bool { return c%100 != 0 })
	}
	return t
}

func (t sums) amount(c model.Cents) string {
	if t.exact {
		return typography.MoneyExact(t.r.lang, int64(c))
	}
	return typography.Money(t.r.lang, int64(c))
}

// columns are the years in words, and the total of several.
func (t sums) columns() []string {
	var out []string
	for _, y := range t.years {
		switch {
		case y != 0:
			out = append(out, strconv.Itoa(y))
		case len(t.years) == 1:
			out = append(out, t.r.phrase("amount"))
		default:
			out = append(out, t.r.phrase("no-year"))
		}
	}
	if len(t.years) > 1 {
		out = append(out, t.r.phrase("total"))
	}
	return out
}

// row writes the amounts of the years and their sum; of is what they are shares of, or nil.
func (t sums) row(title string, amounts []model.Cents, of []model.Cents) MoneyRow {
	row := MoneyRow{Title: title}
	var sum, whole model.Cents
	cell := func(c, of model.Cents) {
		var x MoneyCell
		if c != 0 {
			x.Amount = t.amount(c)
			if of > 0 {
				x.Share = typography.Percent(t.r.lang, float64(c)*100/float64(of), 0)
			}
		}
		row.Cells = append(row.Cells, x)
	}
	for i, c := range amounts {
		part := model.Cents(0)
		if of != nil {
			part = of[i]
		}
		cell(c, part)
		sum, whole = sum+c, whole+part
	}
	if len(amounts) > 1 {
		cell(sum, whole)
	}
	return row
}

// budget is what the programme spends: a row for each line, under its category.
func (r *Renderer) budget(g *model.Programme) *Money {
	spending := g.Spending()
	if len(spending.Rows) == 0 {
		return nil
	}
	t := r.sums(spending)
	v := &Money{Caption: r.phrase("spending"), Columns: t.columns(), Wide: len(t.years) > 1, Total: t.row(r.phrase("total"), spending.Totals, nil)}
	for _, category := range spending.Rows {
		group := MoneyGroup{Title: category.Label}
		lines := map[string][]model.Cents{}
		var titles []string
		notes, times := map[string]string{}, map[string]int{}
		for _, l := range g.Budget {
			if l.Total || l.Category != category.Label {
				continue
			}
			if lines[l.Title] == nil {
				lines[l.Title] = make([]model.Cents, len(t.years))
				titles = append(titles, l.Title)
			}
			lines[l.Title][slices.Index(t.years, l.Year)] += l.Amount
			times[l.Title]++
			notes[l.Title] = r.reckoning(l)
		}
		for _, title := range titles {
			row := t.row(title, lines[title], nil)
			if times[title] == 1 {
				row.Note = notes[title]
			}
			group.Rows = append(group.Rows, row)
		}
		if group.Title != "" && len(group.Rows) > 1 && len(spending.Rows) > 1 {
			total := t.row(r.phrase("subtotal"), category.Amounts, nil)
			group.Total = &total
		}
		v.Groups = append(v.Groups, group)
	}
	return v
}

// reckoning is how a line's amount comes about: « 31 × 0,5 jour, à 525 € ».
func (r *Renderer) reckoning(l *model.BudgetLine) string {
	if !l.HasQuantity {
		return ""
	}
	text := typography.Quantity(r.lang, l.Quantity)
	if l.Count != 0 && l.Each != 0 {
		text = typography.Quantity(r.lang, l.Count) + " × " + typography.Quantity(r.lang, l.Each)
	}
	if l.Unit != "" {
		text += "\u00a0" + l.Unit
	}
	if l.HasUnitCost {
		text = r.phrase("at-price", "what", text, "price", typography.Money(r.lang, int64(l.UnitCost)))
	}
	return text
}

// funding is who pays, with their shares, and what is still to be found.
func (r *Renderer) funding(g *model.Programme) *Money {
	resources := g.Resources()
	if len(resources.Rows) == 0 {
		return nil
	}
	t := r.sums(resources)
	v := &Money{Caption: r.phrase("funding"), Columns: t.columns(), Wide: len(t.years) > 1, Total: t.row(r.phrase("total"), resources.Totals, nil)}
	group := MoneyGroup{}
	for _, row := range resources.Rows {
		group.Rows = append(group.Rows, t.row(row.Label, row.Amounts, resources.Totals))
	}
	v.Groups = []MoneyGroup{group}
	spending := g.Spending()
	rest := make([]model.Cents, len(t.years))
	missing := model.Cents(0)
	for i, year := range t.years {
		if left := spending.Of(year) - resources.Totals[i]; left > 0 {
			rest[i] = left
			missing += left
		}
	}
	if missing > 0 {
		row := t.row(r.phrase("to-be-funded"), rest, nil)
		v.Rest = &row
	}
	return v
}

// aids are the rates and ceilings under which others pay, each once.
func (r *Renderer) aids(g *model.Programme) []string {
	var out []string
	for _, f := range g.Funding {
		var parts []string
		if f.HasRate {
			parts = append(parts, r.phrase("aid-rate", "rate", typography.Percent(r.lang, f.Rate, -1)))
		}
		if f.HasCap {
			most := typography.Money(r.lang, int64(f.Cap))
			if f.Basis != "" {
				most = r.phrase("aid-per", "amount", most, "what", f.Basis)
			}
			parts = append(parts, r.phrase("aid-cap", "amount", most))
		}
		if len(parts) == 0 {
			continue
		}
		what := f.Title
		if what == "" {
			what = f.Category
		}
		of := f.Organisation.Label()
		if what != "" {
			of += ", " + what
		}
		text := r.phrase("aid", "what", of, "terms", strings.Join(parts, ", "))
		if !slices.Contains(out, text) {
			out = append(out, text)
		}
	}
	return out
}
