package acceptance

import (
	"math"
	"path/filepath"
	"strings"
	"testing"

	"vitrine/internal/plan"
)

// sheetsOf is the file of a piece's sheets.
func (s *site) sheetsOf(p *plan.Piece) string {
	return filepath.Join(s.kit, p.Programme.ID, "office", "sheets", p.Use.ID+".pdf")
}

// TestSheets holds what the office prints itself to the paper in its tray, to its true
// size, and to everyone being on it.
func TestSheets(t *testing.T) {
	pdfinfo, pdftotext, qpdf := tool(t, "pdfinfo"), tool(t, "pdftotext"), tool(t, "qpdf")
	s := builtSite(t)
	seen := 0
	for _, p := range s.plan.Pieces {
		if p.Use.Sheet == "" {
			continue
		}
		seen++
		file := s.sheetsOf(p)
		for i, b := range boxes(t, pdfinfo, file) {
			media := b["MediaBox"]
			w, h := (media[2]-media[0])*point, (media[3]-media[1])*point
			if w > h {
				w, h = h, w
			}
			if math.Abs(w-210) > 0.01 || math.Abs(h-297) > 0.01 || b["TrimBox"] != media {
				t.Errorf("%s, page %d: %.2f × %.2f mm, trimmed to %v of %v", p.Use.ID, i+1, w, h, b["TrimBox"], media)
			}
		}
		if root := run(t, qpdf, "--qdf", "--object-streams=disable", file, "-"); !strings.Contains(root, "/PrintScaling /None") {
			t.Errorf("%s: a viewer may scale it", p.Use.ID)
		}
		if p.Subjects[0].Participant == nil {
			continue
		}
		text := squash(run(t, pdftotext, "-raw", file, "-"))
		found := 0
		for _, sub := range p.Subjects {
			shown := sub.Participant.PrintProfile(s.plan.Site)
			switch p.Use.ID {
			case "label-address":
				// the last line of an envelope: many share their commune, none may lack it
				if spells(text, shown.PrintName, true) && strings.Contains(text, squash(shown.Postal[len(shown.Postal)-1])) {
					found++
				}
			case "badge":
				if spells(text, shown.PrintName, true) {
					found++
				}
			default:
				if strings.Contains(text, squash(strings.TrimSuffix(strings.TrimPrefix(shown.ShortURL, "https://"), "/"))) {
					found++
				}
			}
		}
		if found != len(p.Subjects) {
			t.Errorf("%s: %d of %d are on it", p.Use.ID, found, len(p.Subjects))
		}
		t.Logf("| %s | on %s | %d subjects |", p.Use.ID, p.Use.Sheet, found)
	}
	if seen < 4 {
		t.Errorf("only %d pieces on sheets", seen)
	}
}

// TestProofOfNames finds every winner on the sheet that is signed, and the calibration
// page beside the kit.
func TestProofOfNames(t *testing.T) {
	pdfinfo, pdftotext := tool(t, "pdfinfo"), tool(t, "pdftotext")
	s := builtSite(t)
	for _, g := range s.plan.Site.Programmes {
		want := map[string]string{}
		for _, p := range s.plan.Pieces {
			for _, sub := range p.Subjects {
				if p.Programme == g && sub.Participant != nil {
					want[sub.Participant.ID] = sub.Participant.PrintProfile(s.plan.Site).PrintName
				}
			}
		}
		if len(want) == 0 {
			continue
		}
		file := filepath.Join(s.kit, g.ID, "proof-names.pdf")
		pages := boxes(t, pdfinfo, file)
		text := squash(run(t, pdftotext, "-raw", file, "-"))
		for id, name := range want {
			if !spells(text, name, true) {
				t.Errorf("%s: « %s » (%s) is not on it", g.ID, name, id)
			}
		}
		t.Logf("| %s | %d names on %d pages |", g.ID, len(want), len(pages))
	}
	if n := len(boxes(t, pdfinfo, filepath.Join(s.kit, "calibration.pdf"))); n < 2 {
		t.Errorf("the calibration file has %d pages: none for a stock", n)
	}
}
