package model

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"vitrine/internal/typography"
)

func called(lang typography.Language) Words {
	out := Words{}
	add := func(kind, one, many string, feminine bool) {
		out[kind] = Word{Word: typography.Word{Language: lang, One: one, Many: many, Feminine: feminine}}
	}
	if lang == typography.English {
		add("challenge", "challenge", "challenges", false)
		add("theme", "theme", "themes", false)
		add("points", "star", "stars", false)
		add("member", "member", "members", false)
		add("employee", "employee", "employees", false)
		return out
	}
	add("challenge", "défi", "défis", false)
	add("theme", "thématique", "thématiques", true)
	add("points", "étoile", "étoiles", true)
	add("member", "membre", "membres", false)
	add("employee", "salarié", "salariés", false)
	add("improvement", "amélioration", "", true)
	return out
}

// TestVerdictText holds the findings to the programme's words, their gender and their
// plural, in both languages.
func TestVerdictText(t *testing.T) {
	least := func(r Rule, n float64) *Rule { r.Min, r.HasMin = n, true; return &r }
	most := func(r *Rule, n float64) *Rule { r.Max, r.HasMax = n, true; return r }
	count, themes, points := Rule{Metric: "count"}, Rule{Metric: "distinct", Field: "theme"}, Rule{Metric: "sum", Field: "points"}
	members, captains := Rule{Metric: "count", Of: "members"}, Rule{Metric: "count", Of: "members", Where: Filter{Roles: []string{"capitaine"}}}
	staff := Rule{Metric: "value", Field: "employees"}
	yes := true
	for _, c := range []struct {
		rule   *Rule
		found  float64
		fr, en string
	}{
		{least(count, 3), 2, "2 défis sur 3", "2 challenges of 3"},
		{least(count, 3), 0, "0 défi sur 3", "0 challenges of 3"},
		{least(count, 3), 4, "4 défis, 3 au moins", "4 challenges, at least 3"},
		{least(count, 1), 1, "1 défi, 1 au moins", "1 challenge, at least 1"},
		{least(themes, 2), 1, "1 thématique sur 2", "1 theme of 2"},
		{least(points, 33), 11, "11 étoiles sur 33", "11 stars of 33"},
		{least(points, 33), 40, "40 étoiles, 33 au moins", "40 stars, at least 33"},
		{least(points, 2), 1.5, "1,5 étoile sur 2", "1.5 stars of 2"},
		{most(least(members, 3), 10), 4, "4 membres, 3 à 10 attendus", "4 members, 3 to 10 expected"},
		{most(least(members, 3), 10), 2, "2 membres, 3 à 10 attendus", "2 members, 3 to 10 expected"},
		{most(least(captains, 1), 1), 2, "2 capitaines, 1 attendu", "2 capitaines, 1 expected"},
		{most(least(points, 2), 2), 1, "1 étoile, 2 attendues", "1 star, 2 expected"},
		{most(least(staff, 10), 40), 1041, "1 041 salariés, 10 à 40 attendus", "1,041 employees, 10 to 40 expected"},
		{most(&Rule{Metric: "count"}, 0), 2, "2 défis, aucun admis", "2 challenges, none allowed"},
		{most(&Rule{Metric: "count"}, 0), 0, "aucun défi", "no challenge"},
		{most(&Rule{Metric: "sum"}, 0), 1, "1 étoile, aucune admise", "1 star, none allowed"},
		{most(&Rule{Metric: "count", Where: Filter{Evidence: new(bool)}}, 0), 0, "aucun défi sans justificatif", "no challenge without evidence"},
		{most(&Rule{Metric: "count", Where: Filter{Evidence: new(bool)}}, 0), 2, "2 défis sans justificatif, aucun admis", "2 challenges without evidence, none allowed"},
		{least(Rule{Metric: "count", Where: Filter{New: &yes}}, 3), 2, "2 défis nouveaux sur 3", "2 challenges of 3"},
		{most(&Rule{Metric: "count"}, 4), 5, "5 défis, 4 au plus", "5 challenges, at most 4"},
	} {
		for lang, want := range map[typography.Language]string{typography.French: c.fr, typography.English: c.en} {
			v := Verdict{Rule: c.rule, Found: c.found, Holder: &Participant{HasEmployees: true, Programme: &Programme{Words: called(lang)}}}
			if got := plain(v.Text()); got != want {
				t.Errorf("%s: %q, want %q", lang, got, want)
			}
		}
	}
	fr := &Participant{Programme: &Programme{Words: called(typography.French)}}
	if got := plain((Verdict{Rule: least(staff, 41), Holder: fr}).Text()); got != "nombre de salariés inconnu" {
		t.Errorf("%q", got)
	}
	if got := plain((Verdict{Rule: least(count, 1), Holder: fr, State: Pending, Until: day("2027-11-01")}).Text()); got != "0 défi sur 1 (en attente jusqu’au 1er novembre 2027)" {
		t.Errorf("%q", got)
	}
	if got := plain((Verdict{Rule: least(count, 3), Found: 2, Holder: &Participant{Programme: &Programme{}}}).Text()); got != "2 sur 3" {
		t.Errorf("without words: %q", got)
	}
}

func plain(s string) string {
	return strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(s)
}

// rules of all kinds, over a small catalogue.
func mixed() *Programme {
	group := &Group{ID: "g"}
	gold, bronze := &Level{ID: "gold", Order: 2}, &Level{ID: "bronze", Order: 1}
	year, _ := ParsePeriod("1 year")
	months, _ := ParsePeriod("3 months")
	yes := true
	p := &Programme{Groups: []*Group{group}, Levels: []*Level{bronze, gold}}
	for i := range 4 {
		p.Themes = append(p.Themes, &Theme{ID: fmt.Sprint("t", i)})
	}
	for i := range 9 {
		p.Challenges = append(p.Challenges, &Challenge{ID: fmt.Sprint("c", i), Theme: p.Themes[i%4], Points: float64(i % 5)})
	}
	for _, to := range []string{"award", "renewal", "level:gold", "team", "group:g"} {
		for _, metric := range []Rule{{Metric: "count"}, {Metric: "distinct", Field: "theme"}, {Metric: "sum", Field: "points"}} {
			for _, where := range []Filter{{}, {New: &yes}, {DoneWithin: months}, {SinceLastAward: true}, {WithinAfter: year}, {Themes: []string{"t1"}}} {
				r := metric
				r.For, r.Where, r.Min, r.HasMin = to, where, 2, true
				p.Rules = append(p.Rules, &r)
			}
		}
	}
	return p
}

func random(r *rand.Rand, p *Programme) *Participant {
	x := &Participant{ID: "x", Name: "X", Kind: "team"}
	for range r.IntN(8) {
		x.Commitments = append(x.Commitments, randomDeed(r, p))
	}
	for i := range r.IntN(3) {
		x.Awards = append(x.Awards, &Award{Edition: &Edition{ID: fmt.Sprint(i)}, On: day(fmt.Sprintf("%d-06-01", 2023+i)), Level: p.Levels[r.IntN(2)]})
	}
	Enrol(p, x)
	Join(p.Groups[0], x)
	return x
}

func randomDeed(r *rand.Rand, p *Programme) *Commitment {
	c := &Commitment{Challenge: p.Challenges[r.IntN(len(p.Challenges))], New: r.IntN(2) == 0}
	if r.IntN(4) > 0 {
		c.DoneOn = day(fmt.Sprintf("%d-%02d-%02d", 2022+r.IntN(4), 1+r.IntN(12), 1+r.IntN(28)))
	}
	return c
}

// TestJudgeIsMonotonousAndUnordered holds two properties of all metrics and filters:
// one more commitment never lowers what is found, and the order in which commitments are
// written changes nothing.
func TestJudgeIsMonotonousAndUnordered(t *testing.T) {
	today := day("2025-09-01")
	judged := 0
	for seed := range uint64(400) {
		r := rand.New(rand.NewPCG(seed, 6))
		p := mixed()
		x := random(r, p)
		before := Judge(x, today)
		judged += len(before)
		r.Shuffle(len(x.Commitments), func(i, j int) { x.Commitments[i], x.Commitments[j] = x.Commitments[j], x.Commitments[i] })
		if !slices.Equal(before, Judge(x, today)) {
			t.Fatalf("seed %d: the order of commitments matters", seed)
		}
		x.Commitments = append(x.Commitments, randomDeed(r, p))
		after := Judge(x, today)
		if len(after) != len(before) {
			t.Fatalf("seed %d: %d verdicts became %d", seed, len(before), len(after))
		}
		for i := range after {
			if after[i].Found < before[i].Found {
				t.Fatalf("seed %d: %v became %v by one more commitment (rule %+v)", seed, before[i].Found, after[i].Found, after[i].Rule)
			}
			if before[i].State == Passed && after[i].State != Passed {
				t.Fatalf("seed %d: what passed is %s by one more commitment", seed, after[i].State)
			}
		}
	}
	if judged < 5000 {
		t.Errorf("only %d verdicts were looked at", judged)
	}
}

// TestPendingUntilTheTimeHasPassed goes through the days around an award: what asks for
// something within a year after is pending to that year's last day, and judged after.
func TestPendingUntilTheTimeHasPassed(t *testing.T) {
	year, _ := ParsePeriod("1 year")
	p := &Programme{Rules: []*Rule{{For: "award", Metric: "count", Where: Filter{WithinAfter: year}, Min: 1, HasMin: true}}}
	x := &Participant{ID: "x", Awards: []*Award{{Edition: &Edition{ID: "e"}, On: day("2024-06-01")}}}
	Enrol(p, x)
	for _, c := range []struct {
		today, done string
		want        State
	}{
		{"2024-06-01", "", Pending}, {"2025-05-31", "", Pending}, {"2025-06-01", "", Pending}, {"2025-06-02", "", Failed},
		{"2025-06-02", "2025-06-01", Passed}, {"2025-06-02", "2025-06-02", Failed}, {"2025-06-02", "2024-06-01", Failed}, {"2024-12-01", "2024-08-01", Pending},
	} {
		x.Commitments = nil
		if c.done != "" {
			x.Commitments = []*Commitment{{Challenge: &Challenge{}, DoneOn: day(c.done)}}
		}
		v := Judge(x, day(c.today))
		if len(v) != 1 || v[0].State != c.want || (v[0].State == Pending) != (v[0].Until == day("2025-06-01")) {
			t.Errorf("on %s, done %q: %+v, want %s", c.today, c.done, v, c.want)
		}
	}
}

// TestWithoutAward holds who is judged before any award: by the rules of teams and
// groups, and by those of a first award as an outlook that is never a failure.
func TestWithoutAward(t *testing.T) {
	group := &Group{ID: "g"}
	p := &Programme{Groups: []*Group{group}}
	for _, to := range []string{"award", "renewal", "team", "group:g", "level:gold"} {
		p.Rules = append(p.Rules, &Rule{For: to, Metric: "count", Min: 1, HasMin: true})
	}
	states := func(x *Participant) string {
		var out []string
		for _, v := range Judge(x, day("2025-01-01")) {
			out = append(out, v.Rule.For+" "+string(v.State))
		}
		return strings.Join(out, ", ")
	}
	x := &Participant{ID: "x", Kind: "team"}
	Enrol(p, x)
	Join(group, x)
	for _, c := range []struct{ status, want string }{
		{"", "award not-yet, team fail, group:g fail"}, {Candidate, "award not-yet, team not-yet, group:g not-yet"}, {Closed, ""}, {Withdrawn, ""},
	} {
		if x.Status = c.status; states(x) != c.want {
			t.Errorf("%q: %s, want %s", c.status, states(x), c.want)
		}
	}
	x.Status = Active
	x.Commitments = []*Commitment{{Challenge: &Challenge{}}}
	if got := states(x); got != "award pass, team pass, group:g pass" {
		t.Error(got)
	}
	x.Unread = true
	if got := states(x); got != "" {
		t.Errorf("a record with errors is judged: %s", got)
	}
	y := &Participant{ID: "y"}
	Enrol(p, y)
	if got := states(y); got != "award not-yet" {
		t.Error(got)
	}
}

// TestWhoHasLeft: a failed rule of one who has withdrawn stops no build, nor is a business
// that has closed held to what it would have done after its award.
func TestWhoHasLeft(t *testing.T) {
	gold := &Level{ID: "gold", Order: 2}
	p := &Programme{Levels: []*Level{{ID: "bronze", Order: 1}, gold}}
	p.Rules = []*Rule{
		{For: "award", Metric: "count", Min: 1, HasMin: true},
		{For: "award", Metric: "count", Min: 1, HasMin: true, Where: Filter{WithinAfter: Period{Years: 1}}},
		{For: "level:gold", Metric: "count", Min: 1, HasMin: true},
	}
	x := &Participant{ID: "x", Awards: []*Award{{Edition: &Edition{ID: "2023"}, On: day("2023-06-01"), Level: gold}}}
	Enrol(p, x)
	for _, c := range []struct {
		status string
		want   int
	}{{Active, 3}, {Closed, 2}, {Withdrawn, 0}} {
		x.Status = c.status
		if got := len(Judge(x, day("2025-01-01"))); got != c.want {
			t.Errorf("%s: %d verdicts, want %d", c.status, got, c.want)
		}
	}
	p.Rules[2].For = "level:bronze"
	x.Commitments = []*Commitment{{Challenge: &Challenge{}}}
	p.Rules = append(p.Rules, &Rule{For: "level:gold", Metric: "count", Min: 2, HasMin: true})
	x.Status = Active
	if Earned(x.Awards[0], day("2025-01-01")) == nil {
		t.Error("gold with the deeds of bronze")
	}
	x.Status = Withdrawn
	if Earned(x.Awards[0], day("2025-01-01")) != nil {
		t.Error("nobody asks for the level of one who has withdrawn")
	}
}

// TestCountsWithoutTraps: points with decimals add up as they are written, and a challenge
// without a kind is of no kind.
func TestCountsWithoutTraps(t *testing.T) {
	p := &Programme{}
	x := &Participant{ID: "x"}
	for _, c := range []Challenge{{ID: "a", Points: 0.7}, {ID: "b", Points: 0.1}, {ID: "c", Kind: "tri"}} {
		x.Commitments = append(x.Commitments, &Commitment{Challenge: &c})
	}
	Enrol(p, x)
	for _, r := range []*Rule{
		{For: "award", Metric: "sum", Field: "points", Min: 0.8, HasMin: true},
		{For: "award", Metric: "distinct", Field: "kind", Max: 1, HasMax: true},
		{For: "award", Metric: "distinct", Min: 3, HasMin: true},
	} {
		p.Rules = []*Rule{r}
		if v := Judge(x, day("2025-01-01")); v[0].State != Passed {
			t.Errorf("%s: found %v", r.Metric, v[0].Found)
		}
	}
}

// TestTeamsAreLookedAtOnce holds that what has no date is not told again with each award.
func TestTeamsAreLookedAtOnce(t *testing.T) {
	p := &Programme{Rules: []*Rule{{For: "team", Metric: "count", Of: "members", Min: 3, HasMin: true}, {For: "team", Metric: "count", Min: 1, HasMin: true}}}
	x := &Participant{ID: "x", Kind: "team", Members: map[string]int{"member": 2}}
	for _, on := range []string{"2023-06-01", "2024-06-01"} {
		x.Awards = append(x.Awards, &Award{Edition: &Edition{ID: on[:4]}, On: day(on)})
	}
	Enrol(p, x)
	var got []string
	for _, v := range Judge(x, day("2025-01-01")) {
		got = append(got, v.Award.Edition.ID+" "+v.Rule.Of)
	}
	if want := []string{"2023 ", "2024 members", "2024 "}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

// TestLevels holds which level the rules give, and how many carry each.
func TestLevels(t *testing.T) {
	bronze, silver, gold := &Level{ID: "bronze", Order: 1}, &Level{ID: "silver", Order: 2}, &Level{ID: "gold", Order: 3, Validity: Period{Years: 1}}
	p := &Programme{Levels: []*Level{bronze, silver, gold}, Validity: Period{Years: 3}}
	for i, min := range []float64{1, 15, 33} {
		p.Rules = append(p.Rules, &Rule{For: "level:" + p.Levels[i].ID, Metric: "sum", Field: "points", Min: min, HasMin: true})
	}
	e := &Edition{ID: "e"}
	today := day("2024-06-01")
	for _, c := range []struct {
		points  float64
		carries *Level
		earned  *Level
	}{
		{40, gold, nil}, {40, bronze, gold}, {20, bronze, silver}, {20, silver, nil}, {20, gold, silver}, {0, gold, nil}, {33, silver, gold}, {5, nil, nil},
	} {
		x := &Participant{Commitments: []*Commitment{{Challenge: &Challenge{Points: c.points}}}}
		x.Awards = []*Award{{Edition: e, On: day("2023-01-01"), Level: c.carries}}
		Enrol(p, x)
		if got := Earned(x.Awards[0], today); got != c.earned {
			t.Errorf("%v points, %v: earned %v, want %v", c.points, c.carries, got, c.earned)
		}
		x.Awards[0].Waived = "so it was decided"
		if got := Earned(x.Awards[0], today); got != nil {
			t.Errorf("%v points, waived: earned %v", c.points, got)
		}
	}
	var got []string
	for _, l := range Levels(p, e, today) {
		id := "none"
		if l.Level != nil {
			id = l.Level.ID
		}
		got = append(got, fmt.Sprint(id, " ", l.Awards, " ", l.Holding))
	}
	if want := []string{"bronze 2 2", "silver 2 2", "gold 3 0", "none 1 1"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	if got := Levels(p, e, day("2022-01-01")); len(got) != 3 || got[0].Awards != 0 {
		t.Errorf("before the ceremony: %+v", got)
	}
	if got := Levels(&Programme{}, e, today); got != nil {
		t.Errorf("without levels: %+v", got)
	}
}
