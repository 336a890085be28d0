package model

import (
	"math"
	"strings"
	"testing"
)

func TestFormula(t *testing.T) {
	values := map[string]float64{"staff": 2000, "private-staff": 18000, "count:award": 3}
	of := func(name string) (float64, bool) { v, ok := values[name]; return v, ok }
	for text, want := range map[string]float64{
		"1 + 2 * 3":                       7,
		"(1 + 2) * 3":                     9,
		"10 - 4 - 3":                      3,
		"100 / 5 / 2":                     10,
		"-2 * -3":                         6,
		"2 - -3":                          5,
		" .5*4 ":                          2,
		"{staff} / {private-staff} * 100": 100.0 / 9,
		"{count:award}*{count:award}":     9,
		"((((1))))":                       1,
	} {
		f, err := ParseFormula(text)
		if err != nil {
			t.Errorf("%q: %v", text, err)
			continue
		}
		if v, ok := f.Value(of); !ok || math.Abs(v-want) > 1e-9 {
			t.Errorf("%q = %v, %v; want %v", text, v, ok, want)
		}
	}
	if f, _ := ParseFormula("1 + {nothing}"); f != nil {
		if _, ok := f.Value(of); ok {
			t.Error("a name without a value gives one")
		}
	}
}

func TestFormulaErrors(t *testing.T) {
	for text, want := range map[string]struct {
		reason     string
		start, end int
	}{
		"":           {"formula-end", 0, 0},
		"1 +":        {"formula-end", 2, 3},
		"1 + é":      {"formula-sign", 4, 6},
		"12,5":       {"formula-sign", 2, 3},
		"(1 + 2":     {"formula-parenthesis", 0, 1},
		"1 + 2)":     {"formula-sign", 5, 6},
		"{staff":     {"formula-brace", 0, 1},
		"{}":         {"formula-brace", 0, 2},
		"1.2.3 + 1":  {"formula-number", 0, 5},
		"2 {a}":      {"formula-sign", 2, 3},
		"staff / 2":  {"formula-sign", 0, 1},
		"1 * * 2":    {"formula-sign", 4, 5},
		"1 + (2 */)": {"formula-sign", 8, 9},
	} {
		_, err := ParseFormula(text)
		if err == nil || err.Reason != want.reason || err.Start != want.start || err.End != want.end {
			t.Errorf("%q: %+v, want %+v", text, err, want)
		}
	}
	for _, text := range []string{strings.Repeat("(", 500) + "1", strings.Repeat("-", 500) + "1", strings.Repeat("1+", 3000) + "1"} {
		if _, err := ParseFormula(text); err == nil || err.Reason != "formula-long" {
			t.Errorf("%.10q…: %v", text, err)
		}
	}
}

// FuzzParseFormula: whatever is written, a formula is read or refused at a place inside it,
// and one that was read is worked out.
func FuzzParseFormula(f *testing.F) {
	for _, seed := range []string{"1", "{a} / {b} * 100", "(1+2)*-3", "{count:award}", "1 +", "{", "é", "1.5e3", "((", "- - -1"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		x, err := ParseFormula(text)
		if err != nil {
			if err.Start < 0 || err.End < err.Start || err.End > len(text) {
				t.Fatalf("%q: place %d–%d", text, err.Start, err.End)
			}
			return
		}
		for _, n := range x.Names() {
			if text[n.Start:n.End] != n.Text {
				t.Fatalf("%q: name %+v", text, n)
			}
		}
		if _, ok := x.Value(func(string) (float64, bool) { return 1, true }); !ok {
			t.Fatalf("%q has no value", text)
		}
	})
}

func computed(p *Programme, today Date) (kinds []string) {
	for _, t := range p.Compute(today) {
		kinds = append(kinds, t.Kind+" "+t.Measure.ID)
	}
	return kinds
}

func measure(id, formula string) *Measure {
	m := &Measure{ID: id, Formula: formula}
	m.Expression, _ = ParseFormula(formula)
	return m
}

func stated(m *Measure, v float64) *Measure {
	m.Value, m.HasValue, m.Stated = v, true, true
	return m
}

func TestCompute(t *testing.T) {
	day := Date{2024, 6, 1}
	e1, e2 := &Edition{ID: "2023"}, &Edition{ID: "2024"}
	town, far := &Territory{ID: "a", Kind: "commune"}, &Territory{ID: "b", Kind: "commune"}
	agglo := &Territory{ID: "agglo", Kind: "epci", Members: []*Territory{town}}
	p := &Programme{Territory: agglo, Editions: []*Edition{e1, e2}, Challenges: []*Challenge{{ID: "x"}, {ID: "y"}}}
	enrol := func(status string, commune *Territory, awards ...*Award) *Participant {
		x := &Participant{Status: status, Commune: commune, Awards: awards, Members: map[string]int{"foyer": 4}, Commitments: []*Commitment{{Challenge: p.Challenges[0]}}}
		Enrol(p, x)
		return x
	}
	enrol(Active, town, &Award{Edition: e1, On: Date{2023, 5, 1}}, &Award{Edition: e2, On: Date{2024, 7, 1}})
	enrol(Active, far, &Award{Edition: e1, On: Date{2023, 5, 1}})
	enrol(Withdrawn, town, &Award{Edition: e1, On: Date{2023, 5, 1}})
	enrol(Candidate, town)
	in := func(m *Measure, e *Edition, t *Territory) *Measure { m.Edition, m.Territory = e, t; return m }
	p.Measures = []*Measure{
		measure("twice", "{awards} * 2"), measure("awards", "{count:award}"),
		in(measure("next", "{count:award}"), e2, nil), in(measure("here", "{count:award}"), nil, agglo),
		measure("participants", "{count:participant}"), in(measure("people", "{count:member}"), e1, nil),
		measure("challenges", "{count:challenge}"), measure("communes", "{count:commune}"),
		in(stated(measure("announced", "{count:award}"), 1), e2, nil), // on a day to come
		stated(measure("wrong", "{count:award}"), 7),
		measure("zero", "1 / {count:event}"), measure("lost", "{nothing}"), measure("kind", "{count:awards}"),
		measure("round", "{about}"), measure("about", "{round} + 1"), measure("self", "{self}"),
	}
	got := strings.Join(computed(p, day), ", ")
	if want := "value wrong, zero zero, name lost, name kind, circle about, circle self"; got != want {
		t.Errorf("said %s\nwant %s", got, want)
	}
	for id, want := range map[string]float64{"awards": 2, "twice": 4, "next": 0, "here": 1, "participants": 2, "people": 8, "challenges": 2, "communes": 1} {
		for _, m := range p.Measures {
			if m.ID == id && (!m.HasValue || m.Value != want) {
				t.Errorf("%s = %v, %v; want %v", id, m.Value, m.HasValue, want)
			}
		}
	}
	for _, id := range []string{"zero", "lost", "kind", "round", "about", "self"} {
		for _, m := range p.Measures {
			if m.ID == id && m.HasValue {
				t.Errorf("%s has a value: %v", id, m.Value)
			}
		}
	}
	enrol(Active, town, &Award{Edition: e1, On: Date{2023, 5, 1}})
	p.Compute(day)
	if p.Measures[1].Value != 3 {
		t.Errorf("after one more award: %v", p.Measures[1].Value)
	}
}

func TestAgrees(t *testing.T) {
	for _, c := range []struct {
		value, found float64
		approx, want bool
	}{
		{11, 100.0 / 9, false, true}, {11.1, 100.0 / 9, false, true}, {11.2, 100.0 / 9, false, false},
		{12, 100.0 / 9, false, false}, {0.3, 0.1 + 0.2, false, true}, {2000, 2080, true, true}, {2000, 2080, false, false},
		{2000, 2200, true, false}, {11.5, 11.45, false, true},
	} {
		m := &Measure{Value: c.value, Approx: c.approx}
		if m.Agrees(c.found) != c.want {
			t.Errorf("%v against %v (approx %v): not %v", c.value, c.found, c.approx, c.want)
		}
	}
}

func TestShown(t *testing.T) {
	for v, want := range map[float64]float64{100.0 / 9: 11.1, 0.12345: 0.12, 161.4: 161, -12.34: -12.3} {
		if got := (&Measure{Value: v}).Shown(); got != want {
			t.Errorf("%v is shown as %v, want %v", v, got, want)
		}
	}
}
