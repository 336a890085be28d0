package build

import (
	"testing"

	"vitrine/internal/model"
	"vitrine/internal/plan"
)

// The map of the site dates a page by what it tells, never by the day of the build nor by a day to come.
func TestChanged(t *testing.T) {
	day := func(y int) model.Date { return model.Date{Year: y, Month: 3, Day: 4} }
	g := &model.Programme{ID: "label"}
	past, open := &model.Edition{ID: "2020", Starts: day(2020), Ends: day(2021)}, &model.Edition{ID: "2024", Starts: day(2024), Ends: day(2030)}
	g.Editions = []*model.Edition{past, open}
	old, news := &model.Page{Date: day(2019)}, &model.Page{Date: day(2022), Updated: day(2023)}
	site := &model.Site{Today: day(2026), News: []*model.Page{news, old}, Programmes: []*model.Programme{g}}
	for _, c := range []struct {
		name string
		page plan.Page
		want model.Date
	}{
		{"a notice", plan.Page{Kind: "legal"}, model.Date{}},
		{"an undated page", plan.Page{Kind: "page", Prose: &model.Page{}}, model.Date{}},
		{"news", plan.Page{Kind: "article", Prose: old}, day(2019)},
		{"news brought up to date", plan.Page{Kind: "article", Prose: news}, day(2023)},
		{"the list of news", plan.Page{Kind: "news"}, day(2023)},
		{"the portal", plan.Page{Kind: "home"}, day(2023)},
		{"an edition that is over", plan.Page{Kind: "edition", Programme: g, Edition: past}, day(2021)},
		{"an edition that goes on", plan.Page{Kind: "edition", Programme: g, Edition: open}, day(2024)},
		{"a report", plan.Page{Kind: "report", Programme: g, Edition: past}, day(2021)},
		{"editions", plan.Page{Kind: "editions", Programme: g}, day(2024)},
	} {
		if got := changed(&c.page, site); got != c.want {
			t.Errorf("%s: %v, not %v", c.name, got, c.want)
		}
	}
}
