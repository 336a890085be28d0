package page

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"slices"
	"strconv"
	"strings"

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
	Office               string     // the same for the office printer, below kit/; empty: there is none
	OfficeFiles          []Link     // and one a subject
	Sheets               []string   // sheets of office stock that it is ganged on, below kit/
	Checks               []Check    // what was seen of it: see Checks
	Template             string     // id of its template, by which findings are told to be its own
	Findings             []Finding  // those of the piece; nil: the ones of the kit that name its template
}

// Finding is something that was checked and said.
type Finding struct {
	Severity, Code, Text, File string
	Piece                      string // id of the template that it is about, or empty
}

// Check is a line of what was checked of a piece.
type Check struct {
	Label, Value string
	OK           bool
	Hint         string // what to look at, when there is something
}

// Paper is a further file of the kit that the office prints.
type Paper struct {
	Programme string // its name; empty: of the whole kit
	Kind      string // proof, calibration, rules, report, winners
	Title     string // of the edition that it is of; may be empty
	File      string // below kit/
	Pages     int
	Size      [2]float64 // in mm
	Folder    string     // of the files that belong to it, below kit/; empty: there is none
	Links     []Link     // those that the page lists
	Further   []Link     // those that only the list of files has
}

// Kit is the office's page on its kit.
type Kit struct {
	theme.Words
	Lang, Title string
	Demo        bool
	Groups      []KitGroup
	Pages       int
	Files       int
	Findings    []Finding
	Papers      []Paper // of the whole kit
}

// KitGroup is the pieces of a programme.
type KitGroup struct {
	Name   string
	Sheets []KitSheet
	Papers []Paper
}

// KitSheet is a piece, worded.
type KitSheet struct {
	Sheet
	Format string // « 297 × 210 mm, fond perdu 3 mm »
}

// Office renders kit/index.html: what was made, in what number, and what was found. It
// opens from the disk, without a server. papers are what else the office prints.
func Office(site *model.Site, t *theme.Theme, sheets []Sheet, findings []Finding, papers ...Paper) ([]byte, diag.List) {
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
		for _, name := range []string{s.ID, s.Template} { // the template says more than the id that a person chose
			if title, err := v.T("kit-piece-" + name); err == nil {
				s.Title = title
			}
		}
		if s.Findings == nil && s.Template != "" {
			for _, f := range findings {
				if f.Piece == s.Template {
					s.Findings = append(s.Findings, f)
				}
			}
		}
		g.Sheets = append(g.Sheets, KitSheet{Sheet: s, Format: format})
		v.Pages += s.Pages
		v.Files += 1 + len(s.Files) + len(s.Sheets)
		if s.Office != "" {
			v.Files += 1 + len(s.OfficeFiles)
		}
	}
	for _, p := range papers {
		if strings.HasSuffix(p.File, ".pdf") { // what is printed: the rest is sent
			v.Files++
		}
		i := slices.IndexFunc(v.Groups, func(g KitGroup) bool { return g.Name == p.Programme })
		if i < 0 {
			v.Papers = append(v.Papers, p)
			continue
		}
		v.Groups[i].Papers = append(v.Groups[i].Papers, p)
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
func Manifest(sheets []Sheet, papers ...Paper) []byte {
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
		// what the office prints itself ends at its edge
		if s.Office != "" {
			for _, f := range append([]Link{{URL: s.Office, Count: s.Pages}}, s.OfficeFiles...) {
				_ = w.Write([]string{s.Programme, s.ID, f.Text, f.URL, strconv.Itoa(f.Count), number(s.Size[0]), number(s.Size[1]), "0", "office", copies})
			}
		}
		for _, f := range s.Sheets {
			_ = w.Write([]string{s.Programme, s.ID, "", f, "", "", "", "0", "sheet", copies})
		}
	}
	for _, p := range papers {
		if p.Kind == "winners" || p.Kind == "rules" || p.Kind == "report" { // not for a printer: it has no size
			for _, f := range slices.Concat([]Link{{URL: p.File}}, p.Links, p.Further) {
				_ = w.Write([]string{p.Programme, p.Kind, f.Text, f.URL, "", "", "", "", "", ""})
			}
			continue
		}
		pages := ""
		if p.Pages > 0 {
			pages = strconv.Itoa(p.Pages)
		}
		_ = w.Write([]string{p.Programme, p.Kind, "", p.File, pages, number(p.Size[0]), number(p.Size[1]), "0", "office", "1"})
	}
	w.Flush()
	return b.Bytes()
}
