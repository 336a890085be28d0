package page

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strconv"

	"vitrine/internal/diag"
	"vitrine/internal/model"
	"vitrine/internal/theme"
	"vitrine/internal/typography"
)

// Sheet is a piece as the office page shows it.
type Sheet struct {
	ID, Title, Programme string
	File                 string // all subjects together, below kit/
	Files                []Link // one a subject
	Previews             []string
	Subjects, Pages      int
	Copies               int // of each; 0: one
	Public               bool
	Profile              string     // press or office
	Size                 [2]float64 // trim, in mm
	Bleed                float64    // in mm
}

// Finding is something that was checked and said.
type Finding struct{ Severity, Code, Text, File string }

// Kit is the office's page on its kit.
type Kit struct {
	theme.Words
	Lang, Title string
	Demo        bool
	Groups      []KitGroup
	Pages       int
	Files       int
	Findings    []Finding
}

// KitGroup is the pieces of a programme.
type KitGroup struct {
	Name   string
	Sheets []KitSheet
}

// KitSheet is a piece, worded.
type KitSheet struct {
	Sheet
	Format string // « 297 × 210 mm, fond perdu 3 mm »
}

// Office renders kit/index.html: what was made, in what number, and what was found. It
// opens from the disk, without a server.
func Office(site *model.Site, t *theme.Theme, sheets []Sheet, findings []Finding) ([]byte, diag.List) {
	v := &Kit{Words: t.Words(site.Language), Lang: site.Language, Title: site.Title, Demo: site.Demo, Findings: findings}
	for _, s := range sheets {
		if n := len(v.Groups); n == 0 || v.Groups[n-1].Name != s.Programme {
			v.Groups = append(v.Groups, KitGroup{Name: s.Programme})
		}
		g := &v.Groups[len(v.Groups)-1]
		format, err := v.T("kit-format", "width", millimetres(site, s.Size[0]), "height", millimetres(site, s.Size[1]), "bleed", millimetres(site, s.Bleed))
		if err != nil {
			format = fmt.Sprintf("%v × %v mm", s.Size[0], s.Size[1])
		}
		if title, err := v.T("kit-piece-" + s.ID); err == nil {
			s.Title = title
		}
		g.Sheets = append(g.Sheets, KitSheet{Sheet: s, Format: format})
		v.Pages += s.Pages
		v.Files += 1 + len(s.Files)
	}
	layout, ok := t.Page("kit")
	if !ok {
		return nil, diag.List{diag.New(diag.TemplateRun, diag.Span{File: t.File("layouts/kit.html")}, "reason", "there is no such layout")}
	}
	var b bytes.Buffer
	if err := layout.ExecuteTemplate(&b, "kit.html", v); err != nil {
		return nil, diag.List{t.TemplateError(diag.TemplateRun, err)}
	}
	return b.Bytes(), nil
}

func millimetres(site *model.Site, v float64) string {
	if v == float64(int64(v)) {
		return typography.Number(typography.Language(site.Language), int64(v))
	}
	return typography.Decimal(typography.Language(site.Language), v, 1)
}

// Manifest is kit/manifest.csv: a line per file of the kit.
func Manifest(sheets []Sheet) []byte {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	// A bytes.Buffer never fails.
	_ = w.Write([]string{"programme", "piece", "subject", "file", "pages", "width_mm", "height_mm", "bleed_mm", "profile", "copies"})
	number := func(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
	for _, s := range sheets {
		copies := strconv.Itoa(max(s.Copies, 1))
		line := func(subject, file string, pages int) {
			_ = w.Write([]string{s.Programme, s.ID, subject, file, strconv.Itoa(pages), number(s.Size[0]), number(s.Size[1]), number(s.Bleed), s.Profile, copies})
		}
		line("", s.File, s.Pages)
		for _, f := range s.Files {
			line(f.Text, f.URL, f.Count)
		}
	}
	w.Flush()
	return b.Bytes()
}
