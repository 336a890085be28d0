package page

import (
	"os"
	"testing"

	"vitrine/internal/bind"
	"vitrine/internal/model"
	"vitrine/internal/plan"
	"vitrine/internal/source"
	"vitrine/internal/theme"
)

// BenchmarkParticipantPage renders the pages of the repository's own participants, one
// after the other: one operation is one page.
func BenchmarkParticipantPage(b *testing.B) {
	root := os.DirFS("../..")
	tree := source.New(root)
	site, list := bind.Site(tree, bind.Options{Workers: 1, Today: func(string) model.Date { return model.Date{Year: 2026, Month: 11, Day: 21} }})
	if list.Errors() > 0 {
		b.Fatal(list)
	}
	t, list := theme.Open(tree, nil, os.DirFS("../../themes"), "default", site.Language)
	if list.Errors() > 0 {
		b.Fatal(list)
	}
	names, err := tree.Walk("static")
	if err != nil {
		b.Fatal(err)
	}
	var files []*plan.File
	for _, n := range names {
		files = append(files, &plan.File{Path: n[len("static/"):], Source: n})
	}
	p, list := plan.Make(site, t.Words(site.Language), 48, files)
	if list.Errors() > 0 {
		b.Fatal(list)
	}
	r, list := New(p, t, nil, nil, nil, "")
	if list.Errors() > 0 {
		b.Fatal(list)
	}
	var pages []*plan.Page
	for _, pg := range p.Pages {
		if pg.Kind == "participant" {
			pages = append(pages, pg)
		}
	}
	b.ReportAllocs()
	i, size := 0, 0
	for b.Loop() {
		list, err := r.Render(pages[i%len(pages)], func(html []byte) error {
			size += len(html)
			return nil
		})
		if err != nil || list.Errors() > 0 {
			b.Fatal(err, list)
		}
		i++
	}
	b.SetBytes(int64(size / max(i, 1)))
}
