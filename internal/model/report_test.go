package model

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// figures writes a breakdown in short: « title count share% new before ».
func figures(b Breakdown) string {
	var out []string
	for _, x := range b.Rows {
		out = append(out, fmt.Sprintf("%s%s %d %d%% %d %d", x.Title, x.Kind, x.Count, x.Share, x.New, x.Before))
	}
	return strings.Join(out, ", ")
}

// season is a programme with awards: three holders in 2022, five in 2023, one withdrawn, one to be
// awarded tomorrow.
func season() (*Programme, []*Edition) {
	p := &Programme{PublishReport: true}
	p.Editions = []*Edition{
		{ID: "2023", Title: "Édition 2023", Starts: day("2023-01-01"), Ends: day("2023-12-31"), Target: 4, Funnel: []Step{{"vus", 40}, {"engagés", 9}, {"nouveaux", 3}}},
		{ID: "2022", Title: "Édition 2022", Starts: day("2022-01-01")},
	}
	e23, e22 := p.Editions[0], p.Editions[1]
	water, air := &Theme{ID: "eau", Title: "Eau"}, &Theme{ID: "air", Title: "Air"}
	rain, led, bike, none := &Challenge{ID: "r", Title: "Pluie", Theme: water}, &Challenge{ID: "l", Title: "LED", Theme: air}, &Challenge{ID: "b", Title: "Vélo", Theme: air}, &Challenge{ID: "n", Title: "Rien", Theme: air}
	p.Themes, p.Challenges = []*Theme{water, air}, []*Challenge{rain, led, bike, none}
	flers, athis := &Territory{Name: "Flers"}, &Territory{Name: "Athis"}
	food, hair := &Trade{Name: "boulangerie", Family: "alimentation"}, &Trade{Name: "coiffure"}
	gold := &Level{Title: "Or"}
	did := func(c *Challenge, on string, fresh bool) *Commitment {
		return &Commitment{Challenge: c, DoneOn: day(on), New: fresh}
	}
	add := func(id string, status string, at *Territory, trade *Trade, deeds []*Commitment, awards ...*Award) *Participant {
		x := &Participant{ID: id, Name: id, Status: status, Commune: at, Trade: trade, Commitments: deeds, Awards: awards}
		Enrol(p, x)
		return x
	}
	in := func(e *Edition, on string, l *Level) *Award { return &Award{Edition: e, On: day(on), Level: l} }
	a := add("a", Active, flers, food, []*Commitment{did(rain, "2021-01-01", false), did(led, "2023-05-01", true), did(led, "2023-06-01", true)}, in(e22, "2022-12-01", nil), in(e23, "2023-11-30", gold))
	add("b", Active, flers, hair, []*Commitment{did(rain, "2022-05-01", true)}, in(e22, "2022-12-01", nil), in(e23, "2023-11-30", nil))
	add("c", "", athis, food, []*Commitment{did(bike, "2023-02-01", true)}, in(e23, "2023-11-30", nil))
	add("d", Closed, nil, nil, []*Commitment{did(rain, "2023-02-01", true), did(bike, "2024-02-01", true)}, in(e23, "2023-11-30", nil))
	add("e", Active, athis, hair, nil, in(e23, "2023-12-02", nil))
	add("f", Withdrawn, athis, hair, []*Commitment{did(bike, "2022-02-01", true)}, in(e22, "2022-12-01", nil), in(e23, "2023-11-30", nil))
	add("g", Candidate, athis, hair, nil)
	club := &Group{Title: "Club"}
	Join(club, a)
	p.Groups = []*Group{club, {Title: "Comité"}}
	p.Measures = []*Measure{
		{Title: "labels en 2023", Value: 5, HasValue: true, Target: 4, HasTarget: true, Edition: e23},
		{Title: "labels en 2022", Value: 2, HasValue: true, Edition: e22},
		{Title: "labels en 2022", Unit: "t", Value: 9, HasValue: true, Edition: e22},
		{Title: "à soi", Edition: e23, participant: a},
		{Title: "communes"},
	}
	p.Budget = []*BudgetLine{{Title: "x", Amount: 1575000, Year: 2023}, {Title: "y", Amount: 393750, Year: 2023}, {Title: "z", Amount: 1, Year: 2022}}
	p.Funding = []*Funding{{Amount: 1968750, Year: 2023}}
	p.Events = []*Event{
		{Kind: "copil", Starts: day("2023-01-26"), Edition: e23}, {Kind: "cérémonie", Starts: day("2023-11-30"), Edition: e23}, {Kind: "copil", Starts: day("2023-10-17")},
		{Kind: "copil", Starts: day("2023-12-20"), Edition: e23}, {Kind: "copil", Starts: day("2023-05-05"), Edition: e23, Status: "cancelled"}, {Kind: "copil", Starts: day("2022-05-05")},
	}
	p.Testimonials = []*Item{{Title: "alors", Date: day("2022-06-01")}, {Title: "toujours"}, {Title: "maintenant", Date: day("2023-06-01")}}
	return p, []*Edition{e22, e23}
}

// TestReport holds the figures of a small programme to those counted by hand.
func TestReport(t *testing.T) {
	p, e := season()
	r := ReportOf(p, e[1], day("2023-12-01"))
	for _, c := range []struct{ what, got, want string }{
		{"total", fmt.Sprint(r.Total, r.Before, r.First, r.Renewed), "5 2 3 2"},
		{"standing", fmt.Sprint(r.Candidates, r.Active, r.Closed, r.Withdrawn), "1 4 1 1"},
		{"target", fmt.Sprint(r.Target, r.Reached), "4 3"},
		{"funnel", fmt.Sprint(r.Funnel), "[{vus 40 100} {engagés 9 23} {nouveaux 3 8}]"},
		{"challenges", figures(r.Challenges), "Pluie 3 60% 2 2, LED 1 20% 1 0, Vélo 1 20% 1 0"},
		{"left", fmt.Sprint(r.Challenges.Left, r.Challenges.Compared), "1 true"},
		{"themes", figures(r.Themes), "Eau 3 60% 0 2, Air 2 40% 0 0"},
		{"trades", figures(r.Trades), "alimentation 2 40% 0 1, coiffure 2 40% 0 1, unknown 1 20% 0 0"},
		{"communes", figures(r.Communes), "Flers 2 40% 0 2, Athis 2 40% 0 0, unknown 1 20% 0 0"},
		{"levels", figures(r.Levels), "Or 1 20% 0 0, unknown 4 80% 0 2"},
		{"groups", figures(r.Groups), "Club 1 20% 0 1"},
		{"cross", fmt.Sprint(r.Cross.Rows[0].Title, r.Cross.Rows[0].Cells, r.Cross.Rows[1].Cells, r.Cross.Rows[2].Cells), "Pluie[1 1 1] [1 0 0] [1 0 0]"},
		{"measures", fmt.Sprint(len(r.Measures), r.Measures[0].Previous.Value, r.Measures[0].Percent()), "1 2 125"},
		{"money", fmt.Sprint(len(r.Budget), r.Cost, r.Funded), "2 1968750 1968750"},
		{"events", fmt.Sprint(r.Held, r.Events), "3 [{copil 2} {cérémonie 1}]"},
		{"quotes", fmt.Sprint(len(r.Testimonials), r.Testimonials[0].Title), "2toujours"},
	} {
		if c.got != c.want {
			t.Errorf("%s: %s, want %s", c.what, c.got, c.want)
		}
	}
	if first := ReportOf(p, e[0], day("2023-12-01")); first.Previous != nil || first.Challenges.Compared || first.Total != 2 || len(first.Testimonials) != 1 {
		t.Errorf("the first edition: %+v", first)
	}
	if got := Reported(p, day("2022-06-01"), false); !slices.Equal(got, []*Edition{e[0]}) {
		t.Errorf("reported %v", got)
	}
	if got := Reported(p, day("2023-12-01"), false); !slices.Equal(got, []*Edition{e[1], e[0]}) {
		t.Errorf("reported %v", got)
	}
	pub := PublicReport(p, e[1], day("2023-12-01"))
	if pub.Total != Few || pub.First != Few || pub.Renewed != Few || len(pub.Challenges.Rows)+len(pub.Trades.Rows) != 0 || len(pub.Funnel) != 2 || pub.Cost != 0 || pub.Reached != Few {
		t.Errorf("four awards by that day, in public: %+v", pub)
	}
	p.PublishReport = false
	if PublicReport(p, e[1], day("2023-12-01")) != nil || Reported(p, day("2023-12-01"), true) != nil {
		t.Error("a report that is not published")
	}
}

// TestReportWithoutAwards holds a challenge of teams: who did something in the time of an edition took
// part in it, and those of whom nothing is dated are of the latest.
func TestReportWithoutAwards(t *testing.T) {
	p := &Programme{Editions: []*Edition{{ID: "1", Starts: day("2020-10-01")}, {ID: "2", Starts: day("2021-10-01"), Target: 3}}}
	c := &Challenge{Title: "Laver à 30", Theme: &Theme{Title: "Eau"}}
	p.Challenges, p.Themes = []*Challenge{c}, []*Theme{c.Theme}
	for i, on := range []string{"2020-12-01", "2021-09-30", "2021-10-01", "", "2030-01-01"} {
		d := &Commitment{Challenge: c, New: i == 2}
		if on != "" {
			d.DoneOn = day(on)
		}
		Enrol(p, &Participant{ID: on, Status: Active, Commitments: []*Commitment{d}, Members: map[string]int{"foyer": 4 + i, "capitaine": 1}})
	}
	Enrol(p, &Participant{ID: "new", Members: map[string]int{"foyer": 3}})
	Enrol(p, &Participant{ID: "asks", Status: Candidate})
	first, second := ReportOf(p, p.Editions[0], day("2022-01-01")), ReportOf(p, p.Editions[1], day("2022-01-01"))
	if first.Total != 2 || second.Total != 4 || second.Before != 2 || second.First != 0 || second.Awards || second.Reached != 4 {
		t.Errorf("%d, then %d of %d", first.Total, second.Total, second.Before)
	}
	if got := figures(second.Roles); got != "foyer 24 0% 0 9, capitaine 3 0% 0 2" {
		t.Error(got)
	}
	if got := figures(second.Challenges); got != "Laver à 30 3 75% 1 2" {
		t.Error(got)
	}
	if second.Trades.Rows != nil || second.Communes.Rows != nil || second.Levels.Rows != nil || second.Cross != nil || second.Groups.Rows != nil {
		t.Errorf("parts of nothing: %+v", second)
	}
	if r := ReportOf(&Programme{}, &Edition{}, day("2022-01-01")); r.HasResults() {
		t.Error("nothing is reported of nothing")
	}
}

// crowd is a programme of some size, at random.
func crowd(seed uint64) *Programme {
	r := rand.New(rand.NewPCG(seed, 7))
	p := &Programme{PublishReport: true, Editions: []*Edition{{ID: "1", Starts: day("2022-01-01")}, {ID: "2", Starts: day("2023-01-01")}}}
	for i := range 3 {
		p.Themes = append(p.Themes, &Theme{Title: fmt.Sprint("T", i)})
	}
	for i := range 2 + r.IntN(8) {
		p.Challenges = append(p.Challenges, &Challenge{Title: fmt.Sprint("C", i), Theme: p.Themes[i%3]})
	}
	var places []*Territory
	var trades []*Trade
	var levels []*Level
	for i := range 1 + r.IntN(7) {
		places, levels = append(places, &Territory{Name: fmt.Sprint("P", i)}), append(levels, &Level{Title: fmt.Sprint("L", i)})
	}
	for i := range 1 + r.IntN(14) {
		trades = append(trades, &Trade{Name: fmt.Sprint("M", i), Family: fmt.Sprint("F", i/2)})
	}
	g := &Group{Title: "G"}
	p.Groups = []*Group{g}
	skew := func(n int) int { return min(r.IntN(n), r.IntN(n)) }
	for i := range r.IntN(70) {
		x := &Participant{ID: fmt.Sprint(i), Status: []string{Active, Active, Active, Candidate, Closed, Withdrawn}[r.IntN(6)]}
		if r.IntN(8) > 0 {
			x.Commune, x.Trade = places[skew(len(places))], trades[skew(len(trades))]
		}
		for _, c := range p.Challenges {
			if r.IntN(3) == 0 {
				x.Commitments = append(x.Commitments, &Commitment{Challenge: c, New: r.IntN(4) > 0})
			}
		}
		for _, e := range p.Editions {
			if r.IntN(3) > 0 && seed%5 > 0 {
				a := &Award{Edition: e, On: e.Starts}
				if r.IntN(4) > 0 {
					a.Level = levels[skew(len(levels))]
				}
				x.Awards = append(x.Awards, a)
			}
		}
		Enrol(p, x)
		if r.IntN(4) == 0 {
			Join(g, x)
		}
	}
	return p
}

// TestPublicReport holds for many programmes that the public report shows no number of one to four of
// people, and that none comes out when what is shown is taken from a shown total.
func TestPublicReport(t *testing.T) {
	rows, hidden := 0, 0
	for seed := range uint64(600) {
		p := crowd(seed)
		for _, e := range p.Editions {
			full, r := ReportOf(p, e, day("2024-01-01")), PublicReport(p, e, day("2024-01-01"))
			bad := func(what string, args ...any) {
				t.Errorf("seed %d, edition %s: "+what, append([]any{seed, e.ID}, args...)...)
			}
			no := func(what string, n int) {
				if small(n) {
					bad("%s shows %d", what, n)
				}
			}
			for _, n := range []int{r.Total, r.Before, r.First, r.Renewed, r.Candidates, r.Active, r.Closed, r.Withdrawn, r.Reached} {
				no("a total", n)
			}
			if (r.First == Few) != (r.Renewed == Few) {
				bad("of first and renewed one is told, and so the other")
			}
			for _, b := range []Breakdown{r.Challenges, r.Themes, r.Groups, r.Roles} {
				for _, x := range b.Rows {
					rows++
					no(x.Title, x.Count)
					no(x.Title+" before", x.Before)
					if x.New != Few {
						no(x.Title+" new", x.New)
						no(x.Title+" not new", x.Count-x.New)
					}
				}
			}
			for i, b := range []Breakdown{r.Trades, r.Communes, r.Levels} {
				sum := 0
				for _, x := range b.Rows {
					rows++
					no(x.Title, x.Count)
					sum += x.Count
					if x.Before != 0 {
						bad("%s tells the edition before apart", x.Title)
					}
				}
				if len(b.Rows) > 0 && (sum != full.Total || r.Total != full.Total || b.Compared) {
					bad("part %d adds up to %d of %d: the rest is told", i, sum, full.Total)
				}
			}
			if r.Cross == nil {
				continue
			}
			for _, x := range r.Cross.Rows {
				rest, n := x.Count, 0
				for _, cell := range x.Cells {
					no("a cell of "+x.Title, cell)
					if cell == Few {
						n++
						hidden++
					} else {
						rest -= cell
					}
				}
				if n == 1 && small(rest) || n > 0 && rest == 4*n || rest < 0 {
					bad("%s: %v of %d tells what is hidden", x.Title, x.Cells, x.Count)
				}
				if i := slices.IndexFunc(r.Challenges.Rows, func(c Row) bool { return c.Challenge == x.Challenge }); i < 0 || r.Challenges.Rows[i].Count != x.Count {
					bad("%s is not counted alike", x.Title)
				}
			}
		}
	}
	if rows < 1000 || hidden < 200 {
		t.Errorf("only %d rows and %d hidden cells were looked at", rows, hidden)
	}
}

// TestGathered holds what is put together against rows by hand.
func TestGathered(t *testing.T) {
	for _, c := range []struct {
		in   []int
		want string
	}{
		{[]int{20, 9, 6}, "20 9 6"},
		{[]int{20, 9, 3}, "20 12"},
		{[]int{20, 9, 3, 2}, "20 9 5"},
		{[]int{20, 3}, ""},
		{[]int{20, 5, 3, 1}, "20 9"},
		{[]int{4, 4}, ""},
		{[]int{7, 5, 0}, "7 5"},
	} {
		var b Breakdown
		for i, n := range c.in {
			b.Rows = append(b.Rows, Row{Title: fmt.Sprint(i), Count: n})
		}
		var got []string
		for _, x := range gathered(b).Rows {
			got = append(got, fmt.Sprint(x.Count))
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%v becomes %v, want %s", c.in, got, c.want)
		}
	}
}

// TestPublicReportBesideTheLists: the lists of those named, taken from the report, tell nothing of the
// others: a part counts the ones or the others, and says which.
func TestPublicReportBesideTheLists(t *testing.T) {
	today := day("2024-01-01")
	mixed := 0
	for seed := range uint64(300) {
		p := crowd(seed)
		r := rand.New(rand.NewPCG(seed, 9))
		for _, x := range p.participants {
			if x.Status != Candidate && r.IntN(10) < int(seed%10) {
				x.Consent = ScopeName
			}
		}
		for _, e := range p.Editions {
			r := PublicReport(p, e, today)
			in := &surveyor{Report: &Report{Awards: p.HasAwards()}, p: p, today: today, shown: true, ordered: p.inTime()}
			named, others := map[string]int{}, map[string]int{}
			total := 0
			for _, x := range in.entrants(e) {
				total++
				counts := others
				if x.of.HasPage(today) {
					counts = named
				}
				counts[""]++
				if x.of.Commune != nil {
					counts[x.of.Commune.Name]++
				}
				seen := map[string]bool{}
				for _, c := range x.deeds {
					if !seen[c.Challenge.Title] {
						counts[c.Challenge.Title]++
					}
					seen[c.Challenge.Title] = true
				}
			}
			if r.Total != hide(total) {
				t.Errorf("seed %d: %d in all, want %d", seed, r.Total, total)
			}
			if (r.Told > 0) != (named[""] > 0 && others[""] > 0) {
				t.Errorf("seed %d: %d told of %d and %d", seed, r.Told, named[""], others[""])
			}
			if r.Told == 0 {
				continue
			}
			mixed++
			want := others
			if r.Named {
				want = named
			}
			if r.Told != want[""] || r.First != Few || r.Renewed != Few {
				t.Errorf("seed %d: %d told, %d first", seed, r.Told, r.First)
			}
			for _, b := range []Breakdown{r.Communes, r.Challenges} {
				for _, x := range b.Rows {
					if x.Kind == "" && x.Count != want[x.Title] {
						t.Errorf("seed %d: %s is %d, with those named %d, the others %d", seed, x.Title, x.Count, named[x.Title], others[x.Title])
					}
				}
			}
		}
	}
	if mixed < 100 {
		t.Errorf("only %d editions with some that are named and some that are not", mixed)
	}
}

// TestPartsThatDoNotOverlap: what is left out is not the whole less what is told, in the edition's own
// report and in the next one, which shows it as the edition before.
func TestPartsThatDoNotOverlap(t *testing.T) {
	rows := func(counts ...int) (b Breakdown) {
		for i, n := range counts {
			b.Rows = append(b.Rows, Row{Title: fmt.Sprint(i), Count: n, Before: n})
		}
		return b
	}
	for _, c := range []struct {
		in    []int
		whole int
		want  string
	}{
		{[]int{17, 3}, 20, ""}, {[]int{12, 5, 3}, 20, "12"}, {[]int{12, 6, 2, 2}, 18, "12 6"}, {[]int{12, 8}, 20, "12 8"}, {[]int{12, 5}, 20, "12 5"},
		{[]int{12, 9, 3}, 20, "12 9"}, {[]int{8, 8, 3}, 19, "8"},
	} {
		var now, was []string
		for _, x := range overlapping(rows(c.in...), c.whole, 0).Rows {
			now = append(now, fmt.Sprint(x.Count))
		}
		b := rows(c.in...)
		for i := range b.Rows {
			b.Rows[i].Count = 50
		}
		for _, x := range overlapping(b, 0, c.whole).Rows {
			if x.Before != Few {
				was = append(was, fmt.Sprint(x.Before))
			}
		}
		if strings.Join(now, " ") != c.want || strings.Join(was, " ") != c.want {
			t.Errorf("%v of %d: told %v, and of the edition before %v, want %s", c.in, c.whole, now, was, c.want)
		}
	}
}
