package page

import (
	"testing"

	"vitrine/internal/model"
)

// TestFiguresOfChallengesStandTogether: under one heading, each with what it is about.
func TestFiguresOfChallengesStandTogether(t *testing.T) {
	r := own(t)
	g := r.site.Programmes[0]
	for _, c := range g.Challenges[:3] {
		g.Measures = append(g.Measures, &model.Measure{Title: "x", Value: 2, HasValue: true, Challenge: c})
	}
	for _, x := range r.figureGroups(r.plan.Sections[g]) {
		if x.Title != capital(g.Words.Challenge().Plural()) {
			continue
		}
		if len(x.Figures) != 3 || x.Figures[1].About.Text != g.Challenges[1].Title || x.Figures[1].About.URL == "" {
			t.Errorf("%+v", x)
		}
		return
	}
	t.Error("no group of the challenges")
}

// TestCaptionThatRepeats: a caption that says what its heading says is marked, another is not.
func TestCaptionThatRepeats(t *testing.T) {
	parts := reportParts([]model.ReportSection{{Title: "Rôles", Tables: []model.ReportTable{{Caption: "Rôles"}, {Caption: "Par commune"}}}})
	if tables := parts[0].Tables; !tables[0].Repeats || tables[1].Repeats {
		t.Errorf("%+v", tables)
	}
}
