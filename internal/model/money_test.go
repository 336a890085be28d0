package model

import (
	"fmt"
	"math/big"
	"testing"
	"testing/quick"
)

func TestProduct(t *testing.T) {
	for _, c := range []struct {
		quantity, price float64
		want            Cents
	}{
		{15, 525, 787500}, {7.5, 525, 393750}, {15.5, 525, 813750}, {0.1, 0.1, 1}, {3, 0.335, 101}, {1.005, 100, 10050},
		{-2, 1.005, -201}, {1000, 0.636, 63600}, {0, 5, 0},
	} {
		if got := Product(c.quantity, c.price); got != c.want {
			t.Errorf("%v × %v = %d cents, want %d", c.quantity, c.price, got, c.want)
		}
	}
	// Whole quantities at whole cents are exact.
	exact := func(q uint16, cents uint32) bool {
		price, _ := new(big.Rat).SetFrac64(int64(cents), 100).Float64()
		return Product(float64(q), price) == Cents(int64(q)*int64(cents))
	}
	if err := quick.Check(exact, nil); err != nil {
		t.Error(err)
	}
	if got := Percent(20, 2126250); got != 425250 {
		t.Errorf("20 %% of 21 262.50: %d", got)
	}
}

func TestLedgers(t *testing.T) {
	a, b := &Organisation{Name: "A"}, &Organisation{Name: "B"}
	p := &Programme{
		Budget: []*BudgetLine{
			{Category: "poste", Amount: 4425000, Year: 2022}, {Category: "outils", Amount: 400000, Year: 2022},
			{Category: "poste", Amount: 2212500, Year: 2021}, {Amount: 4825000, Year: 2022, Total: true},
		},
		Funding: []*Funding{
			{Organisation: a, Category: "poste", Amount: 3150000, HasAmount: true, Cap: 3600000, HasCap: true, Units: 0.75, Year: 2022},
			{Organisation: b, Category: "outils", Rate: 80, HasRate: true, Cap: 2000000, HasCap: true, Units: 1, Year: 2022},
			{Organisation: a, Category: "poste", Amount: 100, Year: 2021},
		},
	}
	s := p.Spending()
	if got := fmt.Sprint(s.Years, s.Rows[0].Label, s.Rows[0].Amounts, s.Rows[1].Amounts, s.Totals, s.Total); got != "[2021 2022]poste[2212500 4425000] [0 400000] [2212500 4825000] 7037500" {
		t.Error(got)
	}
	r := p.Resources()
	if got := fmt.Sprint(r.Years, len(r.Rows), r.Rows[0].Amounts, r.Rows[0].Total, r.Of(2022), r.Of(1999)); got != "[2021 2022] 2 [100 3150000] 3150100 3150000 0" {
		t.Error(got)
	}
	if most, by, ok := p.Ceiling(p.Funding[0]); most != 2700000 || by != "cap" || !ok {
		t.Error(most, by, ok)
	}
	if most, by, ok := p.Ceiling(p.Funding[1]); most != 320000 || by != "rate" || !ok {
		t.Error(most, by, ok)
	}
	if _, _, ok := p.Ceiling(p.Funding[2]); ok {
		t.Error("nothing bounds the third")
	}
	if spent, found := p.Spent(0, "poste"); spent != 6637500 || !found {
		t.Error(spent, found)
	}
}
