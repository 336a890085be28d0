package model

import (
	"math/big"
	"slices"
	"strconv"

	"vitrine/internal/diag"
)

// Cents is an amount of money, exact.
type Cents int64

// BudgetLine is what something costs. Where a number of things has each its own share of
// the quantity (31 visits of half a day), Count and Each say so.
type BudgetLine struct {
	Title, Unit, Category string
	Count, Each           float64 // zero: not said
	Quantity              float64
	HasQuantity           bool
	UnitCost, Amount      Cents
	Price                 float64 // the unit cost in euros, as written: a mile may cost 0.636
	HasUnitCost           bool
	Year                  int  // zero: the whole programme
	Total                 bool // a sum that the document states: of the lines of its year and category
	Origin                diag.Origin
}

// Funding is who pays, and what bounds it: Rate percent of the spending of its year and
// category, and Cap for each of Units.
type Funding struct {
	Organisation *Organisation
	Title        string
	Category     string // the spending that it is for; empty: all
	Amount       Cents
	HasAmount    bool
	Rate         float64 // percent
	HasRate      bool
	Cap          Cents // of one unit
	HasCap       bool
	Units        float64 // how many of Basis the cap is for: 0.75 of a full-time job
	Basis        string  // what the cap is for, in words
	Year         int     // zero: the whole programme
	Origin       diag.Origin
}

// Ledger is a table of money by year: of spending by category, of funding by organisation.
type Ledger struct {
	Years  []int // rising; 0 stands for lines without a year
	Rows   []LedgerRow
	Totals []Cents // by year, as Years
	Total  Cents
}

// LedgerRow is a line of a ledger.
type LedgerRow struct {
	Label        string        // a category, or the name of an organisation; empty: no category
	Organisation *Organisation // nil for spending
	Amounts      []Cents       // by year, as Years of the ledger
	Total        Cents
}

// Spending is the budget by category and year, in the order of the data. Stated totals
// are no spending.
func (p *Programme) Spending() Ledger {
	var b ledger
	for _, l := range p.Budget {
		if !l.Total {
			b.add(l.Year, l.Category, nil, l.Amount)
		}
	}
	return b.done()
}

// Resources is the funding by organisation and year, in the order of the data.
func (p *Programme) Resources() Ledger {
	var b ledger
	for _, f := range p.Funding {
		b.add(f.Year, f.Organisation.Label(), f.Organisation, f.Amount)
	}
	return b.done()
}

// Spent is the spending of a year and of a category; a zero year and an empty category
// are all of them. found tells whether any line is concerned.
func (p *Programme) Spent(year int, category string) (sum Cents, found bool) {
	for _, l := range p.Budget {
		if !l.Total && (year == 0 || l.Year == year) && (category == "" || l.Category == category) {
			sum += l.Amount
			found = true
		}
	}
	return sum, found
}

// Of is the amount of a year in the table, or of all for a year it does not have.
func (l Ledger) Of(year int) Cents {
	if i := slices.Index(l.Years, year); i >= 0 {
		return l.Totals[i]
	}
	return 0
}

// ledger gathers the lines of a table.
type ledger struct {
	cells []cell
	years []int
	rows  []LedgerRow
}

type cell struct {
	row, year int
	amount    Cents
}

func (b *ledger) add(year int, label string, o *Organisation, amount Cents) {
	row := slices.IndexFunc(b.rows, func(r LedgerRow) bool { return r.Label == label && r.Organisation == o })
	if row < 0 {
		row = len(b.rows)
		b.rows = append(b.rows, LedgerRow{Label: label, Organisation: o})
	}
	if !slices.Contains(b.years, year) {
		b.years = append(b.years, year)
	}
	b.cells = append(b.cells, cell{row, year, amount})
}

func (b *ledger) done() Ledger {
	slices.Sort(b.years)
	l := Ledger{Years: b.years, Rows: b.rows, Totals: make([]Cents, len(b.years))}
	for i := range l.Rows {
		l.Rows[i].Amounts = make([]Cents, len(b.years))
	}
	for _, c := range b.cells {
		i := slices.Index(b.years, c.year)
		l.Rows[c.row].Amounts[i] += c.amount
		l.Rows[c.row].Total += c.amount
		l.Totals[i] += c.amount
		l.Total += c.amount
	}
	return l
}

// Product is a quantity at a price in euros, to the nearest cent and without the errors of
// binary fractions: both are taken as they are written in decimals.
func Product(quantity, price float64) Cents {
	q, p := written(quantity), written(price)
	return rounded(q.Mul(q, p).Mul(q, big.NewRat(100, 1)))
}

// written is a number as its shortest decimals say it.
func written(v float64) *big.Rat {
	q, ok := new(big.Rat).SetString(strconv.FormatFloat(v, 'f', -1, 64))
	if !ok {
		return new(big.Rat)
	}
	return q
}

// Percent is a rate of an amount, to the nearest cent.
func Percent(rate float64, of Cents) Cents {
	q := written(rate)
	return rounded(q.Mul(q, big.NewRat(int64(of), 100)))
}

// rounded is the nearest whole number, halves away from zero.
func rounded(q *big.Rat) Cents {
	twice := new(big.Int).Mul(q.Num(), big.NewInt(2))
	half := new(big.Int).Set(q.Denom())
	if q.Sign() < 0 {
		half.Neg(half)
	}
	twice.Add(twice, half)
	twice.Quo(twice, new(big.Int).Mul(q.Denom(), big.NewInt(2)))
	if !twice.IsInt64() {
		return 0
	}
	return Cents(twice.Int64())
}

// Ceiling is the most that the funding's rate and cap allow, and what sets it: rate or
// cap. ok is false where nothing bounds it, or where there is no spending to take a rate of.
func (p *Programme) Ceiling(f *Funding) (most Cents, by string, ok bool) {
	if f.HasRate {
		if spent, found := p.Spent(f.Year, f.Category); found {
			most, by, ok = Percent(f.Rate, spent), "rate", true
		}
	}
	if f.HasCap {
		q := written(f.Units)
		if c := rounded(q.Mul(q, big.NewRat(int64(f.Cap), 1))); !ok || c < most {
			most, by, ok = c, "cap", true
		}
	}
	return most, by, ok
}
