package intake

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"vitrine/internal/spreadsheet"
	"vitrine/internal/spreadsheet/sheettest"
	"vitrine/internal/typography"
)

// FuzzImport takes any text in as a list: no row is lost, the site still loads, and what is
// said can be printed in both languages.
func FuzzImport(f *testing.F) {
	for _, d := range dirts {
		titles := []any{}
		for s := range strings.SplitSeq(d.titles, "|") {
			titles = append(titles, s)
		}
		f.Add(sheettest.CSV(sheettest.Text{}, sheettest.Sheet{Rows: [][]any{{"Liste"}, titles, d.cells, d.cells}}))
	}
	f.Add([]byte("Contact;;Lieu\nNom;Tél;Ville\nUn;02 33 98 44 00;Flers\n"))
	tree := site(map[string]string{participants: existing})
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := tryRun(tree, "a.csv", data, func(o *Options) { o.AcceptNames, o.Edition = len(data)%2 == 0, "2025" })
		var refused *spreadsheet.Refusal
		var table *NoTableError
		if errors.As(err, &refused) || errors.As(err, &table) {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		if counts(r) == "ROWS ARE LOST" {
			t.Error(r.Counts)
		}
		if r.Blocked {
			for _, d := range r.Diagnostics {
				t.Errorf("%s: %s", d.Code, d.Message("fr"))
			}
			t.Logf("%s", r.Files[participants])
		}
		var out bytes.Buffer
		for _, lang := range []string{"fr", "en"} {
			if err := errors.Join(r.Print(&out, typography.Language(lang)), r.WriteJSON(&out, typography.Language(lang), Written{}), r.WriteHTML(&out, typography.Language(lang), Written{})); err != nil {
				t.Error(err)
			}
		}
		if strings.Contains(out.String(), "{?") || strings.Contains(out.String(), "%!") {
			t.Error("a message is not filled in")
		}
	})
}

// FuzzTitles looks for the row of titles in anything.
func FuzzTitles(f *testing.F) {
	f.Add("Liste des labellisés", "N° SIRET (14)|Enseigne|Ville")
	f.Add("Coordonnées", "Nom (*)|[Tél.]|défi 1")
	refs := func() *references {
		site, p, err := open(&Options{Tree: site(nil), Today: today})
		if err != nil {
			f.Fatal(err)
		}
		return newReferences(site, p)
	}()
	f.Fuzz(func(t *testing.T, upper, lower string) {
		row := func(n int, s string) spreadsheet.Row {
			r := spreadsheet.Row{Number: n}
			for c := range strings.SplitSeq(s, "|") {
				r.Cells = append(r.Cells, spreadsheet.Cell{Kind: spreadsheet.Text, Text: c})
			}
			return r
		}
		g := newGuesser(refs)
		s := &sample{rows: []spreadsheet.Row{row(1, upper), row(2, lower), row(3, "x|y|z")}}
		titles, header, below := g.find(s, nil)
		if titles == nil {
			return
		}
		l := g.assign(titles, below, nil)
		seen := map[string]bool{}
		for _, c := range l.columns {
			if c.field == nil || c.at < 0 || c.at >= max(len(titles), 3) {
				t.Fatalf("%+v", c)
			}
			if seen[c.field.key] && !severalColumns(c.field) {
				t.Errorf("two columns for %s", c.field.key)
			}
			seen[c.field.key] = true
		}
		if header < 1 || header > 3 {
			t.Error(header)
		}
	})
}
