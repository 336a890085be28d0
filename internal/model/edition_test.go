package model

import "testing"

// The edition that one may still join is the one that goes on, else the next.
func TestOpenEdition(t *testing.T) {
	on := func(y int) Date { return Date{Year: y, Month: 6, Day: 1} }
	p := &Programme{Editions: []*Edition{
		{ID: "2022", Starts: on(2022), Ends: on(2023)}, {ID: "2026", Starts: on(2026)}, {ID: "2024", Starts: on(2024), Ends: on(2025)},
	}}
	for _, c := range []struct {
		day  Date
		want string
	}{
		{on(2020), "2022"}, {on(2022), "2022"}, {on(2023), "2022"}, {Date{Year: 2023, Month: 6, Day: 2}, "2024"}, {on(2025), "2024"}, {on(2026), "2026"}, {on(2030), "2026"},
	} {
		if e := p.OpenEdition(c.day); e == nil || e.ID != c.want {
			t.Errorf("on %v: %v, not %s", c.day, e, c.want)
		}
	}
	p.Editions = p.Editions[:1]
	if e := p.OpenEdition(on(2030)); e != nil {
		t.Errorf("%s is open when all are over", e.ID)
	}
}
