package piece_test

import (
	"fmt"
	"runtime"
	"sync"
	"testing"

	"vitrine/internal/layout"
	"vitrine/internal/model"
	"vitrine/internal/pdf"
	"vitrine/internal/piece"
)

// subjects are n diplomas of the repository's own site, under invented names so that no text but the
// labels comes twice.
func subjects(b *testing.B, n int) (*piece.Template, *piece.Resources, []*model.Scope) {
	s := site(b)
	g := s.Programmes[0]
	res := &piece.Resources{Language: "fr", Fonts: themeFonts(b), Palette: piece.NewPalette(themeColors, s, g), Image: picture()}
	var scopes []*model.Scope
	all := model.Participants(g)
	for i := range n {
		x := all[i%len(all)]
		sc := scopeOf(s, x, x.Awards[0])
		p := *sc.Participant
		p.PrintName = fmt.Sprintf("%s %d", p.PrintName, i)
		p.ShortURL = fmt.Sprintf("https://vitrine.example/v/%08x/", i)
		sc.Participant = &p
		scopes = append(scopes, sc)
	}
	return parse(b, "diploma", "fr"), res, scopes
}

// BenchmarkDiplomas lays out and encodes diplomas into one file.
func BenchmarkDiplomas(b *testing.B) {
	const n = 200
	tmpl, res, scopes := subjects(b, n)
	b.ReportAllocs()
	for b.Loop() {
		rd := piece.NewRenderer("fr")
		enc := pdf.NewEncoder(pdf.Press, nil)
		var pages []*pdf.Page
		for _, sc := range scopes {
			doc, _ := rd.Render(tmpl, res, sc, piece.Subject{Name: sc.Participant.Name})
			for i := range doc.Pages {
				p, err := enc.Page(&doc.Pages[i])
				if err != nil {
					b.Fatal(err)
				}
				pages = append(pages, p)
			}
		}
		enc.Assemble(&layout.Document{}, pages)
	}
	b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "pages/s")
}

// BenchmarkSingles makes one file each, on all processors, with the pages that the file of all has.
func BenchmarkSingles(b *testing.B) {
	const n = 200
	tmpl, res, scopes := subjects(b, n)
	b.ReportAllocs()
	for b.Loop() {
		enc := pdf.NewEncoder(pdf.Press, nil)
		var wg sync.WaitGroup
		workers := runtime.GOMAXPROCS(0)
		for w := range workers {
			wg.Go(func() {
				rd := piece.NewRenderer("fr")
				for i := w; i < n; i += workers {
					doc, _ := rd.Render(tmpl, res, scopes[i], piece.Subject{Name: scopes[i].Participant.Name})
					if _, err := enc.Encode(doc); err != nil {
						b.Error(err)
						return
					}
				}
			})
		}
		wg.Wait()
	}
	b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "files/s")
}

// BenchmarkLayout is the frames alone.
func BenchmarkLayout(b *testing.B) {
	const n = 200
	tmpl, res, scopes := subjects(b, n)
	b.ReportAllocs()
	for b.Loop() {
		rd := piece.NewRenderer("fr")
		for _, sc := range scopes {
			rd.Render(tmpl, res, sc, piece.Subject{Name: sc.Participant.Name})
		}
	}
	b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "pages/s")
}

// BenchmarkRead is finding out what the pieces say, which decides whether they have to be laid out.
func BenchmarkRead(b *testing.B) {
	const n = 200
	tmpl, res, scopes := subjects(b, n)
	b.ReportAllocs()
	for b.Loop() {
		rd := piece.NewRenderer("fr")
		for _, sc := range scopes {
			rd.Read(tmpl, res, sc, piece.Subject{Name: sc.Participant.Name})
		}
	}
	b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "pieces/s")
}
