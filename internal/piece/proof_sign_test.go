package piece_test

import (
	"fmt"
	"strings"
	"testing"

	"vitrine/internal/layout"
	"vitrine/internal/piece"
)

// TestProofSigned holds that one signs below names, however many there are, and inside the sheet.
func TestProofSigned(t *testing.T) {
	s := site(t)
	res := &piece.Resources{Language: "fr", Fonts: themeFonts(t), Palette: piece.NewPalette(themeColors, s, nil)}
	var names []piece.ProofName
	for n := 1; n <= 40; n++ {
		names = append(names, piece.ProofName{Name: fmt.Sprint("Nom ", n), Commune: "Flers", Fits: []piece.ProofFit{{Piece: "Diplôme", NameFit: piece.NameFit{Lines: 1}}}})
		doc, list := piece.NewRenderer("fr").ProofNames(piece.Proof{Programme: "P", Names: names}, res, readWords(t, "fr"))
		show(t, list)
		last := doc.Pages[len(doc.Pages)-1]
		rows, signed := 0, false
		for _, item := range last.Items {
			x, ok := item.(*layout.Text)
			if !ok {
				continue
			}
			if strings.HasPrefix(x.Text, "Nom ") && x.Size == 13*layout.Pt {
				rows++
			}
			signed = signed || x.Text == "Bon à tirer" && x.Y < 245*layout.Mm // three lines to fill in stand below
		}
		if rows == 0 || !signed {
			t.Errorf("%d names: the last page has %d of them, signed %v", n, rows, signed)
		}
	}
}
