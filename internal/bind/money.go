package bind

import (
	"math"
	"slices"
	"strconv"

	"vitrine/internal/diag"
	"vitrine/internal/ident"
	"vitrine/internal/model"
)

func (p *programme) bindMoney(r *reader) {
	r.tables("budget", func(r *reader) {
		r.need("title", "amount")
		l := &model.BudgetLine{
			Title: r.text("title"), Unit: r.text("unit"), Category: r.text("category"),
			HasUnitCost: r.holds("unit_cost"), Amount: r.money("amount"),
			Year: r.year("year"), Total: r.boolean("total"), Origin: r.origin(),
		}
		l.Quantity, l.HasQuantity = r.number("quantity")
		l.Price, _ = r.number("unit_cost")
		l.UnitCost = cents(l.Price)
		l.Count, _ = r.number("count")
		l.Each, _ = r.number("each")
		if l.Count != 0 && l.Each != 0 && !l.HasQuantity {
			l.Quantity, l.HasQuantity = decimal(l.Count*l.Each), true
		}
		p.Budget = append(p.Budget, l)
	})
	r.tables("funding", func(r *reader) {
		r.need("organisation")
		f := &model.Funding{
			Organisation: ref(r, p.organisations, "organisation"), Title: r.text("title"), Category: r.text("category"),
			Amount: r.money("amount"), HasAmount: r.holds("amount"), Cap: r.money("cap"), HasCap: r.holds("cap"),
			Basis: r.text("basis"), Units: 1, Year: r.year("year"), Origin: r.origin(),
		}
		f.Rate, f.HasRate = r.number("rate")
		if n, ok := r.number("units"); ok {
			f.Units = n
		}
		if f.HasRate && (f.Rate < 0 || f.Rate > 100) {
			r.report(diag.New(diag.BadNumber, r.span("rate"), "key", "rate", "value", plainNumber(f.Rate)))
			f.HasRate = false
		}
		if !f.HasRate && !f.HasCap {
			r.need("amount")
		}
		p.fundingCategory(r, f)
		if f.Organisation != nil {
			p.Funding = append(p.Funding, f)
		}
	})
	for _, f := range p.Funding {
		if most, _, ok := p.Ceiling(f); ok && !f.HasAmount {
			f.Amount = most
		}
	}
}

// fundingCategory holds a funding's category to those of the budget.
func (p *programme) fundingCategory(r *reader, f *model.Funding) {
	if f.Category == "" {
		return
	}
	var known []string
	for _, l := range p.Budget {
		if l.Category == f.Category {
			return
		}
		if l.Category != "" {
			known = append(known, l.Category)
		}
	}
	d := diag.New(diag.UnknownRef, r.span("category"), "kind", "category", "id", f.Category)
	if near, ok := ident.Nearest(f.Category, known); ok {
		d = d.WithHint("did-you-mean", "word", near)
	}
	r.report(d)
}

// decimal takes the errors of binary fractions off a product.
func decimal(v float64) float64 { return math.Round(v*1e9) / 1e9 }

// checkMoney does the sums of the budget again, and says where they come out otherwise.
func (p *programme) checkMoney() {
	for _, l := range p.Budget {
		p.checkLine(l)
		if l.Total {
			p.checkTotal(l)
		}
	}
	for _, f := range p.Funding {
		p.checkFunding(f)
	}
	p.checkSums()
}

// amount is what a line comes to by its own figures.
func amount(l *model.BudgetLine) model.Cents {
	q := l.Quantity
	if l.Count != 0 && l.Each != 0 {
		q = decimal(l.Count * l.Each)
	}
	if l.HasUnitCost && l.HasQuantity {
		return model.Product(q, l.Price)
	}
	return l.Amount
}

func (p *programme) checkLine(l *model.BudgetLine) {
	if q := decimal(l.Count * l.Each); l.Count != 0 && l.Each != 0 && q != l.Quantity {
		p.list = append(p.list, diag.New(diag.BudgetQuantity, l.Origin.Span("quantity"), "title", l.Title, "count", plainNumber(l.Count),
			"each", plainNumber(l.Each), "unit", l.Unit, "product", plainNumber(q), "quantity", plainNumber(l.Quantity)))
	}
	price, known := l.Price, l.HasUnitCost
	if l.Total && !known {
		price, known = p.commonCost(l)
	}
	if !known || !l.HasQuantity {
		return
	}
	product := model.Product(l.Quantity, price)
	if product == l.Amount {
		return
	}
	difference, way := l.Amount-product, "more"
	if difference < 0 {
		difference, way = -difference, "less"
	}
	d := diag.New(diag.BudgetProduct, l.Origin.Span("amount"), "title", l.Title, "quantity", plainNumber(l.Quantity), "cost", plainNumber(price)+"€",
		"product", money(product), "amount", money(l.Amount), "difference", money(difference), "way", way)
	if price > 0 {
		if q := float64(l.Amount) / 100 / price; q*100 == math.Round(q*100) {
			d = d.WithHint("quantity-of", "amount", money(l.Amount), "cost", plainNumber(price)+"€", "quantity", plainNumber(q))
		}
	}
	if t := p.totalOf(l); t != nil {
		var sum model.Cents
		for _, x := range p.linesOf(t) {
			sum += amount(x)
		}
		if sum != t.Amount {
			d = d.WithNote(t.Origin.Span("amount"), "total-becomes", "sum", money(sum))
		}
	}
	p.list = append(p.list, d)
}

// linesOf are the lines that a stated total is of: those of its year and category.
func (p *programme) linesOf(t *model.BudgetLine) []*model.BudgetLine {
	var out []*model.BudgetLine
	for _, l := range p.Budget {
		if !l.Total && (t.Year == 0 || l.Year == t.Year) && (t.Category == "" || l.Category == t.Category) {
			out = append(out, l)
		}
	}
	return out
}

// totalOf is the widest stated total that a line is part of, or nil.
func (p *programme) totalOf(l *model.BudgetLine) *model.BudgetLine {
	if l.Total {
		return nil
	}
	var found *model.BudgetLine
	for _, t := range p.Budget {
		if t.Total && (t.Year == 0 || t.Year == l.Year) && (t.Category == "" || t.Category == l.Category) && (found == nil || t.Category == "") {
			found = t
		}
	}
	return found
}

// commonCost is the unit cost of a total's lines, where they all have the same.
func (p *programme) commonCost(t *model.BudgetLine) (price float64, ok bool) {
	for i, l := range p.linesOf(t) {
		if !l.HasUnitCost || l.Unit != t.Unit && t.Unit != "" || i > 0 && l.Price != price {
			return 0, false
		}
		price, ok = l.Price, true
	}
	return price, ok
}

func (p *programme) checkTotal(t *model.BudgetLine) {
	var sum model.Cents
	quantity, counted := 0.0, true
	lines := p.linesOf(t)
	for _, l := range lines {
		sum += l.Amount
		quantity += l.Quantity
		counted = counted && l.HasQuantity && (l.Unit == t.Unit || t.Unit == "")
	}
	if sum != t.Amount {
		p.list = append(p.list, diag.New(diag.BudgetTotal, t.Origin.Span("amount"), "title", t.Title, "sum", money(sum), "total", money(t.Amount)))
	}
	if q := decimal(quantity); counted && len(lines) > 0 && t.HasQuantity && q != t.Quantity {
		p.list = append(p.list, diag.New(diag.BudgetTotal, t.Origin.Span("quantity"), "title", t.Title, "sum", plainNumber(q), "total", plainNumber(t.Quantity)))
	}
}

// checkFunding holds an amount to its rate and its cap. A rate alone is what the amount is
// of the spending, to the digits that it shows; with a cap it is the most that is paid.
func (p *programme) checkFunding(f *model.Funding) {
	if !f.HasAmount {
		return
	}
	spent, found := p.Spent(f.Year, f.Category)
	if f.HasRate && !f.HasCap && found && spent > 0 {
		due := model.Percent(f.Rate, spent)
		scale := math.Pow10(model.Decimals(f.Rate, 6))
		if f.Amount != due && math.Abs(100*float64(f.Amount)/float64(spent)-f.Rate)*scale > 0.5 {
			p.list = append(p.list, diag.New(diag.FundingRate, f.Origin.Span("amount"), "organisation", f.Organisation.Label(), "rate", plainNumber(f.Rate),
				"spent", money(spent), "due", money(due), "amount", money(f.Amount)))
		}
		return
	}
	most, by, bounded := p.Ceiling(f)
	if !bounded || f.Amount <= most {
		return
	}
	d := diag.New(diag.FundingCap, f.Origin.Span("amount"), "organisation", f.Organisation.Label(), "amount", money(f.Amount), "most", money(most),
		"difference", money(f.Amount-most))
	switch {
	case by == "rate":
		d = d.WithHint("cap-by-rate", "rate", plainNumber(f.Rate), "spent", money(spent))
	case f.Units != 1 || f.Basis != "":
		basis := f.Basis
		if basis == "" {
			basis = "×"
		}
		d = d.WithHint("cap-by-units", "cap", money(f.Cap), "units", plainNumber(f.Units), "basis", basis)
	}
	p.list = append(p.list, d)
}

// checkSums says where more comes in than is spent: in a year, or in all.
func (p *programme) checkSums() {
	spending, resources := p.Spending(), p.Resources()
	if spending.Total == 0 || len(p.Funding) == 0 {
		return
	}
	over := func(f *model.Funding, year string, in, out model.Cents) {
		p.list = append(p.list, diag.New(diag.FundingOver, f.Origin.Span("amount"), "year", year, "sum", money(in), "spent", money(out), "difference", money(in-out)))
	}
	comparable, undated := true, slices.Contains(spending.Years, 0)
	for i, year := range resources.Years {
		out := spending.Of(year)
		undated = undated || year == 0
		comparable = comparable && (year == 0 || out > 0)
		if year != 0 && !slices.Contains(spending.Years, 0) && resources.Totals[i] > out && out > 0 {
			over(p.lastFunding(year), strconv.Itoa(year), resources.Totals[i], out)
		}
	}
	if undated && comparable && resources.Total > spending.Total {
		over(p.lastFunding(0), "", resources.Total, spending.Total)
	}
}

func (p *programme) lastFunding(year int) *model.Funding {
	var last *model.Funding
	for _, f := range p.Funding {
		if year == 0 || f.Year == year {
			last = f
		}
	}
	return last
}
