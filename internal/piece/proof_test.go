package piece_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"vitrine/internal/layout"
	"vitrine/internal/model"
	"vitrine/internal/pdf"
	"vitrine/internal/piece"
)

// proofOf is the proof of a programme's winners, as a build would gather it.
func proofOf(t testing.TB, s *model.Site, g *model.Programme, lang string) (piece.Proof, *piece.Resources) {
	t.Helper()
	res := &piece.Resources{Language: "fr", Fonts: themeFonts(t), Palette: piece.NewPalette(themeColors, s, g), Image: picture()}
	rd := piece.NewRenderer(lang)
	edition := g.CurrentEdition(s.Today)
	p := piece.Proof{Programme: g.Name, Edition: edition.Title, Demo: s.Demo}
	for _, x := range model.Participants(g) {
		a := model.AwardIn(x, edition)
		if a == nil {
			continue
		}
		n := piece.ProofName{Name: x.PrintProfile(s).PrintName, Record: x.Name, Origin: x.Origin}
		if c := x.PrintProfile(s).Commune; c != nil {
			n.Commune = c.Name
		}
		for _, name := range awardPieces {
			tmpl := parse(t, name, lang)
			_, facts, _ := rd.Lay(tmpl, res, scopeOf(s, x, a), piece.Subject{Name: x.Name})
			for _, f := range facts.Names {
				n.Fits = append(n.Fits, piece.ProofFit{Piece: tmpl.Title, NameFit: f})
			}
		}
		p.Names = append(p.Names, n)
	}
	return p, res
}

// TestProof lays out the names of the repository's own site, and finds each once, in its order, on pages
// that hold all that stands on them.
func TestProof(t *testing.T) {
	s := site(t)
	for _, g := range s.Programmes {
		for _, lang := range []string{"fr", "en"} {
			p, res := proofOf(t, s, g, "fr")
			doc, list := piece.NewRenderer(lang).ProofNames(p, res, readWords(t, lang))
			show(t, list)
			var all strings.Builder
			for i, page := range doc.Pages {
				sheet := layout.Rect{W: page.W, H: page.H}.Inset(8 * layout.Mm)
				for _, item := range page.Items {
					x, ok := item.(*layout.Text)
					if !ok {
						continue
					}
					if !sheet.Contains(layout.Rect{X: x.X, Y: x.Y - x.Size*7/10, W: x.Width(), H: x.Size * 9 / 10}) {
						t.Errorf("page %d: %q at %v, %v leaves the sheet", i+1, x.Text, x.X, x.Y)
					}
					all.WriteString(x.Text + " ")
				}
			}
			text := strings.Join(strings.Fields(all.String()), "")
			for _, n := range p.Names {
				if !strings.Contains(text, strings.Join(strings.Fields(n.Name), "")) {
					t.Errorf("%s is not in the proof", n.Name)
				}
			}
			data, err := pdf.NewEncoder(pdf.Office, nil).Encode(doc)
			if err != nil {
				t.Fatal(err)
			}
			keep(t, "proof-"+g.ID+"-"+lang+".pdf", data)
		}
	}
}

// TestProofOrder holds the order of names: size, then lines, then width.
func TestProofOrder(t *testing.T) {
	fit := func(size, lines, room int) piece.NameFit {
		return piece.NameFit{Font: "title-400", Size: layout.Length(size) * layout.Pt, Full: 40 * layout.Pt, Min: 20 * layout.Pt, Lines: lines, MaxLines: 3, Room: room}
	}
	names := []piece.ProofName{
		{Name: "Large", Fits: []piece.ProofFit{{Piece: "a", NameFit: fit(40, 1, 500)}}},
		{Name: "Autre", Fits: []piece.ProofFit{{Piece: "a", NameFit: fit(40, 1, 500)}}},
		{Name: "Écart", Fits: []piece.ProofFit{{Piece: "a", NameFit: fit(40, 1, 500)}}},
		{Name: "Two lines", Fits: []piece.ProofFit{{Piece: "a", NameFit: fit(40, 2, 500)}}},
		{Name: "Full lines", Fits: []piece.ProofFit{{Piece: "a", NameFit: fit(40, 2, 5)}}},
		{Name: "Small on b", Fits: []piece.ProofFit{{Piece: "a", NameFit: fit(40, 1, 500)}, {Piece: "b", NameFit: fit(22, 3, 10)}}},
		{Name: "Smaller", Fits: []piece.ProofFit{{Piece: "a", NameFit: fit(20, 3, 10)}}},
		{Name: "Too long", Fits: []piece.ProofFit{{Piece: "a", NameFit: fit(20, 4, -1)}}},
		{Name: "No shrinking", Fits: []piece.ProofFit{{Piece: "a", NameFit: piece.NameFit{Size: 20 * layout.Pt, Full: 20 * layout.Pt, Min: 20 * layout.Pt, Lines: 2, MaxLines: 2, Room: 3}}}},
		{Name: "On nothing"},
	}
	s := site(t)
	res := &piece.Resources{Language: "fr", Fonts: themeFonts(t), Palette: piece.NewPalette(themeColors, s, nil)}
	doc, list := piece.NewRenderer("fr").ProofNames(piece.Proof{Programme: "P", Names: names}, res, readWords(t, "fr"))
	show(t, list)
	var got []string
	for _, item := range doc.Pages[0].Items {
		if x, ok := item.(*layout.Text); ok && x.Size == 13*layout.Pt {
			got = append(got, x.Text)
		}
	}
	want := []string{"Too long", "Smaller", "Small on b", "No shrinking", "Full lines", "Two lines", "Autre", "Écart", "Large", "On nothing"}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

// TestProofOfMany holds that the proof goes on from page to page, breaks no row and numbers its pages; and
// that a name no sheet can hold is reported.
func TestProofOfMany(t *testing.T) {
	s := site(t)
	res := &piece.Resources{Language: "fr", Fonts: themeFonts(t), Palette: piece.NewPalette(themeColors, s, nil)}
	var names []piece.ProofName
	for i := range 300 {
		names = append(names, piece.ProofName{Name: strings.Repeat(fmt.Sprint("Nom ", i, " "), i%40+1), Commune: "Flers", Fits: []piece.ProofFit{{Piece: "Diplôme", NameFit: piece.NameFit{Lines: 1}}}})
	}
	doc, list := piece.NewRenderer("fr").ProofNames(piece.Proof{Programme: "P", Names: names}, res, readWords(t, "fr"))
	show(t, list)
	var last string
	numbers := 0
	for _, page := range doc.Pages {
		for _, item := range page.Items {
			if x, ok := item.(*layout.Text); ok {
				last = x.Text
				if x.Y > 285*layout.Mm {
					numbers++
				}
				if x.Y > 290*layout.Mm {
					t.Fatalf("%q below the foot", x.Text)
				}
			}
		}
	}
	if n := len(doc.Pages); n < 12 || numbers != n || !strings.HasPrefix(last, fmt.Sprint(n)) {
		t.Errorf("%d pages, %d numbers, the last %q", n, numbers, last)
	}
	_, list = piece.NewRenderer("fr").ProofNames(piece.Proof{Programme: "P", Names: []piece.ProofName{{Name: strings.Repeat("W", 300)}}}, res, readWords(t, "fr"))
	if list.Errors() != 1 {
		t.Errorf("a name as wide as the wall: %v", list)
	}
}
