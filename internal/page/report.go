package page

import (
	"bytes"
	"html/template"
	"strings"

	"github.com/yuin/goldmark"

	"vitrine/internal/diag"
	"vitrine/internal/model"
	"vitrine/internal/plan"
	"vitrine/internal/theme"
	"vitrine/internal/typography"
)

// Report is the report of an edition.
type Report struct {
	*Frame
	When    string
	Edition Link
	Parts   []ReportPart
	Story   template.HTML // of the edition, told in the part « story »
	Others  []Link        // the reports of other editions
	Tables  string        // all tables whole, as a file
}

// ReportPart is a part of a report.
type ReportPart struct {
	ID, Title string
	Lead      []string
	Charts    []*Chart
	Tables    []ReportTable
	Quotes    []Item
}

// ReportTable is a table of a report; the last row is their sum when Total.
type ReportTable struct {
	Caption string
	Repeats bool // the caption says what the heading above says: only who cannot see the heading needs it
	Head    []ReportCell
	Rows    []ReportRow
	Remark  string
	More    string // how many rows the file has beyond these
}

// ReportRow is a row of a table: a label, and its cells.
type ReportRow struct {
	Label string
	Cells []ReportCell
	Total bool
}

// ReportCell is a cell; figures are flush on the right.
type ReportCell struct {
	Text   string
	Figure bool
}

// OfficeReport is the report that the office has in its kit, with every number.
type OfficeReport struct {
	theme.Words
	Lang, Title, Programme, When string
	Demo                         bool
	Home                         string // kit/index.html, from here
	Figures                      string // the table of figures, from here
	Parts                        []ReportPart
	Story                        template.HTML
}

// reportPage is the public report of an edition: what may not be told is not in it.
func (r *Renderer) reportPage(p *plan.Page, d *Draft) *Report {
	g, e := p.Programme, p.Edition
	s := r.plan.Sections[g]
	v := &Report{When: r.span(e.Starts, e.Ends), Edition: Link{URL: r.url(s.Edition(e)), Text: e.Title}}
	d.tell(&v.Story)
	v.Frame = r.frame(p, r.phrase("report-title", "edition", e.Title), r.phrase("report-summary", "edition", e.Title, "programme", g.Name), r.crumb(s.Root(), g.Name), r.crumb(s.Edition(e), e.Title))
	report := model.PublicReport(g, e, r.site.Today)
	if report == nil {
		return v
	}
	sections, err := ReportWords(r.site, r.theme, g, report)
	if err != nil {
		d.list = append(d.list, diag.New(diag.TemplateRun, diag.Span{File: r.theme.File("i18n")}, "reason", err.Error()))
	}
	v.Parts = reportParts(sections)
	v.Tables = r.url("/" + s.ReportTables(e))
	for i := range v.Parts {
		part := &v.Parts[i]
		part.Tables = r.brief(part.Tables)
		for j, c := range part.Charts {
			c.Told = len(part.Tables) > 0
			part.Charts[j] = d.chart(c)
		}
	}
	for _, other := range s.Reports {
		if other != e {
			v.Others = append(v.Others, Link{URL: r.url(s.Report(other)), Text: other.Title})
		}
	}
	return v
}

// A public page bears tables of so many columns, and so many cells: the longer ones stand whole in the file
// beside it, so that a page stays light.
const (
	reportColumns = 5
	reportCells   = 42
)

// brief are the tables as a public page bears them.
func (r *Renderer) brief(tables []ReportTable) []ReportTable {
	var out []ReportTable
	for _, t := range tables {
		if len(t.Head) > reportColumns {
			continue
		}
		most := max(4, reportCells/len(t.Head))
		sum := len(t.Rows) > 0 && t.Rows[len(t.Rows)-1].Total
		if left := len(t.Rows) - most; left > 1 {
			rows := append([]ReportRow(nil), t.Rows[:most]...)
			if sum {
				rows = append(rows, t.Rows[len(t.Rows)-1])
				left--
			}
			t.Rows, t.More = rows, r.count("report-more", left)
		}
		out = append(out, t)
	}
	return out
}

// reportParts are the parts of a report as layouts show them.
func reportParts(sections []model.ReportSection) []ReportPart {
	var out []ReportPart
	for _, s := range sections {
		part := ReportPart{ID: s.ID, Title: s.Title, Lead: s.Lead}
		for _, q := range s.Quotes {
			part.Quotes = append(part.Quotes, Item{Title: q.Title, Text: q.Text, Author: q.Author})
		}
		for _, c := range s.Charts {
			part.Charts = append(part.Charts, reportChart(c))
		}
		for _, t := range s.Tables {
			table := ReportTable{Caption: t.Caption, Repeats: t.Caption == s.Title, Remark: t.Remark}
			for i, h := range t.Head {
				table.Head = append(table.Head, ReportCell{h, i >= t.Text})
			}
			for n, cells := range t.Rows {
				row := ReportRow{Label: cells[0], Total: t.Total && n == len(t.Rows)-1}
				for i, c := range cells[1:] {
					row.Cells = append(row.Cells, ReportCell{c, i+1 >= t.Text})
				}
				table.Rows = append(table.Rows, row)
			}
			part.Tables = append(part.Tables, table)
		}
		out = append(out, part)
	}
	return out
}

func reportChart(c model.ReportChart) *Chart {
	out := &Chart{Kind: c.Kind, Title: c.Caption, Head: []string{""}}
	for _, s := range c.Series {
		out.Head = append(out.Head, s.Name)
		if len(c.Series) > 1 {
			out.Names = append(out.Names, s.Name)
		}
	}
	for i, label := range c.Labels {
		row := ChartRow{Label: label}
		for _, s := range c.Series {
			row.Values, row.Texts = append(row.Values, float64(s.Values[i])), append(row.Texts, s.Texts[i])
		}
		out.Rows = append(out.Rows, row)
	}
	return out
}

// ReportFile renders the office's report of an edition, which opens from the disk. charts may be nil. home
// and figures are where the kit's page and the table of figures are, from this one.
func ReportFile(site *model.Site, t *theme.Theme, charts Charts, g *model.Programme, report *model.Report, home, figures string) ([]byte, diag.List) {
	e := report.Edition
	r := &Renderer{site: site, theme: t, words: t.Words(site.Language), lang: typography.Language(site.Language)}
	v := &OfficeReport{
		Words: r.words, Lang: site.Language, Title: r.phrase("report-title", "edition", e.Title), Programme: g.Name, When: r.span(e.Starts, e.Ends),
		Demo: site.Demo, Home: home, Figures: figures, Parts: reportParts(report.Sections),
	}
	for _, part := range v.Parts {
		for _, c := range part.Charts {
			c.More = r.phrase("chart-table")
			if charts != nil {
				// the page has no fonts of its own: what stands in for them is fitted, not crowded
				c.SVG = template.HTML(strings.ReplaceAll(string(charts.Draw(c)), " textLength=", ` lengthAdjust="spacingAndGlyphs" textLength=`))
			}
		}
	}
	var b bytes.Buffer
	if !report.Story.IsZero() { // raw HTML in it is left out; its links are for the site
		if err := goldmark.Convert([]byte(report.Story.Text), &b); err == nil {
			v.Story = template.HTML(b.String())
		}
	}
	layout, ok := t.Page("kit-report")
	if !ok {
		return nil, diag.List{diag.New(diag.TemplateRun, diag.Span{File: t.File("layouts/kit-report.html")}, "reason", "there is no such layout")}
	}
	b.Reset()
	if err := layout.ExecuteTemplate(&b, "kit-report.html", v); err != nil {
		return nil, diag.List{t.TemplateError(diag.TemplateRun, err)}
	}
	return b.Bytes(), nil
}

// ReportTableFile is a report's tables for a spreadsheet: a mark that says UTF-8, semicolons, a table after
// the other under its caption.
func ReportTableFile(report *model.Report) []byte {
	var b strings.Builder
	b.WriteString("\ufeff")
	line := func(cells ...string) {
		for i, c := range cells {
			if i > 0 {
				b.WriteByte(';')
			}
			// no group spaces: a spreadsheet reads a number; no cell that would be taken for a formula
			if strings.Trim(c, "0123456789+−\u202f\u00a0,") == "" {
				c = strings.NewReplacer("\u202f", "", "\u00a0", "", "−", "-", "+", "").Replace(c)
			} else if c != "" && strings.ContainsAny(c[:1], "=+-@\t\r") {
				c = "'" + c
			}
			if strings.ContainsAny(c, ";\"\r\n") {
				c = `"` + strings.ReplaceAll(c, `"`, `""`) + `"`
			}
			b.WriteString(c)
		}
		b.WriteString("\r\n")
	}
	for _, s := range report.Sections {
		for _, t := range s.Tables {
			line(t.Caption)
			line(t.Head...)
			for _, row := range t.Rows {
				line(row...)
			}
			b.WriteString("\r\n")
		}
	}
	return []byte(b.String())
}
