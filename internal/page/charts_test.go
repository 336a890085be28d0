package page

import (
	"html/template"
	"slices"
	"strings"
	"testing"

	"vitrine/internal/model"
)

// drawer stands for the drawings.
type drawer struct{}

func (drawer) Draw(c *Chart) template.HTML {
	return template.HTML("<svg><!--" + c.Kind + "--></svg>")
}
func (drawer) Ground() string { return "fonts" }

// editionView is the page of the first edition of the site that has both awards and a funnel.
func editionView(t *testing.T, r *Renderer) (*Edition, *Draft, []*model.Participant, *model.Edition) {
	t.Helper()
	for _, p := range r.plan.Pages {
		if p.Kind != "edition" || len(p.Edition.Funnel) == 0 {
			continue
		}
		if f := r.plan.Sections[p.Programme].Of("edition", p.Edition); f != nil {
			d := r.Draft(p)
			return d.view.(*Edition), d, f.Members, p.Edition
		}
	}
	t.Fatal("the site has no such edition")
	return nil, nil, nil, nil
}

// TestEditionCharts: the charts of an edition say what the records say, and every drawing has its table.
func TestEditionCharts(t *testing.T) {
	r := own(t)
	r.charts = drawer{}
	v, d, members, e := editionView(t, r)
	if len(v.Funnel.Rows) != len(e.Funnel) || v.Funnel.Rows[0].Values[0] != float64(e.Funnel[0].Value) {
		t.Errorf("the funnel is %v, not %v", v.Funnel.Rows, e.Funnel)
	}
	deeds, most := 0, map[string]int{}
	for _, x := range members {
		for _, c := range deedsOf(x, e) {
			deeds++
			most[c.Challenge.Title]++
		}
	}
	sum := 0.0
	for _, row := range v.Shares.Rows {
		sum += row.Values[0]
	}
	if deeds == 0 || sum != float64(deeds) {
		t.Errorf("the themes share %v of %d commitments", sum, deeds)
	}
	if n := len(v.Chosen.Rows); n == 0 || n > mostChosen {
		t.Errorf("%d challenges are shown", n)
	}
	for i, row := range v.Chosen.Rows {
		if int(row.Values[0]) != most[row.Label] || row.URL == "" {
			t.Errorf("%q: %v, and the records say %d", row.Label, row.Values, most[row.Label])
		}
		if i > 0 && row.Values[0] > v.Chosen.Rows[i-1].Values[0] {
			t.Errorf("%q stands below a smaller number", row.Label)
		}
	}
	for _, x := range v.Phases.Rows {
		if x.Values[1] < x.Values[0] || x.Milestone != (x.Values[0] == x.Values[1]) {
			t.Errorf("%+v ends before it begins", x)
		}
	}
	var page string
	if _, err := d.Render(func(b []byte) error { page = string(b); return nil }); err != nil {
		t.Fatal(err)
	}
	for _, c := range []*Chart{v.Funnel, v.Progress, v.Chosen, v.Shares, v.Phases} {
		_, after, ok := strings.Cut(page, "<!--"+c.Kind+"-->")
		if !ok {
			t.Errorf("%s is not drawn", c.Title)
			continue
		}
		table, _, _ := strings.Cut(after, "</table>")
		if !strings.Contains(table, "<caption") {
			t.Errorf("%s has no table", c.Title)
		}
	}
}

// TestChartsAreInTheKey: a figure that changes changes the page's key, and so do other fonts.
func TestChartsAreInTheKey(t *testing.T) {
	r := own(t)
	r.charts = drawer{}
	v, d, _, _ := editionView(t, r)
	before := d.Key()
	v.Chosen.Rows[0].Values[0]++
	if d.Key() == before {
		t.Error("another figure, the same key")
	}
}

func TestTicks(t *testing.T) {
	r := own(t)
	for _, months := range []int{0, 1, 3, 6, 7, 8, 12, 18, 25, 40, 120, 400} {
		from := model.Date{Year: 2023, Month: 11, Day: 17}
		to := from.Add(model.Period{Months: months, Days: 9})
		ticks := r.ticks([]ChartRow{{Values: []float64{float64(dayOf(from)), float64(dayOf(to))}}})
		if len(ticks) == 0 || len(ticks) > 2*mostTicks {
			t.Errorf("%d months: %d ticks: %v", months, len(ticks), ticks)
		}
		if !slices.IsSortedFunc(ticks, func(a, b ChartTick) int { return a.At - b.At }) || ticks[len(ticks)-1].At > dayOf(to) {
			t.Errorf("%d months: %v", months, ticks)
		}
		if !strings.Contains(ticks[0].Label, "202") {
			t.Errorf("%d months: no year: %v", months, ticks)
		}
	}
}

// TestFiguresOfOneAreNotCompared: what is said of one participant is no figure of an edition.
func TestFiguresOfOneAreNotCompared(t *testing.T) {
	e := &model.Edition{ID: "2023"}
	m := &model.Measure{Title: "Foyers 2023", Unit: "foyers", HasValue: true, Edition: e}
	if !general(m) || sameFigure(m) != "Foyers\x00foyers" {
		t.Error("a figure of the edition:", general(m), sameFigure(m))
	}
	model.Concern(m, &model.Participant{})
	if general(m) {
		t.Error("a figure of one participant")
	}
}
