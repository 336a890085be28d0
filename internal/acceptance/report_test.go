package acceptance

import (
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"vitrine/internal/model"
)

// TestReport holds that the report says the same on paper, on the office's page and in the table, that it
// has its contents and page numbers, and that the public page tells no number under five of people.
func TestReport(t *testing.T) {
	s := siteNamed(t, own)
	pdfinfo, pdftotext := tool(t, "pdfinfo"), tool(t, "pdftotext")
	for _, g := range s.plan.Site.Programmes {
		for _, p := range s.plan.Pieces {
			if p.Programme != g || p.Use.Template != "report" {
				continue
			}
			for _, subject := range p.Subjects {
				file := filepath.Join(s.kit, g.ID, "office", p.Use.ID, subject.File+".pdf")
				pages := regexp.MustCompile(`Pages:\s+(\d+)`).FindStringSubmatch(run(t, pdfinfo, file))
				text := spaced(run(t, pdftotext, "-layout", file, "-"))
				if pages == nil || !strings.Contains(strings.ReplaceAll(text, " ", ""), pages[1]+"/"+pages[1]) || !strings.Contains(text, "Sommaire") {
					t.Errorf("%s: no contents, or the last of its pages %v has no number", file, pages)
				}
				r := model.ReportOf(g, subject.Edition, s.plan.Site.Today)
				html := read(t, filepath.Join(s.kit, g.ID, "bilan-"+subject.Edition.ID+".html"))
				html = spaced(regexp.MustCompile(`<[^>]*>`).ReplaceAllString(html, " "))
				table := read(t, filepath.Join(s.kit, g.ID, "bilan-"+subject.Edition.ID+".csv"))
				rows := 0
				// each row of a part, in all three: on paper long titles take several lines
				for _, b := range []model.Breakdown{r.Trades, r.Communes, r.Themes} {
					for _, x := range b.Rows {
						if len(x.Title) > 20 || x.Kind != "" {
							continue
						}
						title := strings.ToUpper(x.Title[:1]) + x.Title[1:]
						if x.Title[0] > 127 {
							title = x.Title
						}
						row := regexp.MustCompile(regexp.QuoteMeta(title) + ` ` + strconv.Itoa(x.Count) + ` ` + strconv.Itoa(x.Share) + ` ?%`)
						if !row.MatchString(text) || !row.MatchString(html) || !strings.Contains(table, title+";"+strconv.Itoa(x.Count)+";") {
							t.Errorf("%s, %s: %s %d %d %% on paper %v, on the page %v, in the table %v", g.ID, subject.ID, title, x.Count, x.Share,
								row.MatchString(text), row.MatchString(html), strings.Contains(table, title+";"+strconv.Itoa(x.Count)+";"))
						}
						rows++
					}
				}
				if rows < 10 {
					t.Errorf("%s: only %d rows were compared", file, rows)
				}
				for _, x := range model.Participants(g) {
					if x.Note != "" && (strings.Contains(text, spaced(x.Note)) || strings.Contains(html, spaced(x.Note))) {
						t.Errorf("%s: the note of %s is in it", file, x.ID)
					}
				}
			}
		}
		for _, e := range s.plan.Sections[g].Reports {
			page := read(t, filepath.Join(s.public, filepath.FromSlash(s.plan.Sections[g].Report(e)), "index.html"))
			for _, part := range strings.Split(page, `<section class="s rep" id="`)[1:] {
				id, _, _ := strings.Cut(part, `"`)
				if id == "measures" || id == "events" || id == "budget" || id == "story" {
					continue
				}
				if few := regexp.MustCompile(`<td class="r">[1-4]</td>`).FindString(part); few != "" {
					t.Errorf("%s %s: %s tells %s", g.ID, e.ID, id, few)
				}
			}
		}
	}
}

func read(t *testing.T, file string) string {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// spaced is a text with one space between its words.
func spaced(s string) string {
	return strings.Join(strings.Fields(strings.NewReplacer("\u00a0", " ", "\u202f", " ", "&#39;", "'").Replace(s)), " ")
}
