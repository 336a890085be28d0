package piece_test

import (
	"testing"

	"vitrine/internal/layout"
	"vitrine/internal/model"
	"vitrine/internal/piece"
	"vitrine/internal/png"
	"vitrine/internal/preflight"
)

// TestLight holds that the light form of the theme's pieces costs little ink, can be read, and leaves
// the frames that it was made from alone.
func TestLight(t *testing.T) {
	s := site(t)
	g := s.Programmes[0]
	res := &piece.Resources{Language: "fr", Fonts: themeFonts(t), Palette: piece.NewPalette(themeColors, s, g), Image: picture()}
	rd := piece.NewRenderer("fr")
	x := model.Participants(g)[0]
	names := append(append([]string(nil), awardPieces...), programmePieces...)
	for name := range officePieces {
		names = append(names, name)
	}
	for _, name := range names {
		sc := scopeOf(s, x, x.Awards[0])
		sc.Count = 61
		doc, _ := rd.Render(parse(t, name, "fr"), res, sc, piece.Subject{Name: x.Name})
		for i := range doc.Pages {
			before := dump(&layout.Document{Pages: doc.Pages[i : i+1]})
			light := preflight.Light(&doc.Pages[i])
			if dump(&layout.Document{Pages: doc.Pages[i : i+1]}) != before {
				t.Errorf("%s: its frames were changed", name)
			}
			data, err := png.Encode(&light, 700)
			if err != nil {
				t.Fatal(err)
			}
			keep(t, "light-"+name+".png", data)
			was, _ := png.Encode(&doc.Pages[i], 700)
			keep(t, "dark-"+name+".png", was)
			heaviest := 0.0
			for _, it := range light.Items {
				p, ok := it.(*layout.Path)
				if !ok || p.Fill == nil {
					continue
				}
				if len(p.Rects) > 0 {
					if p.Fill.Ink() < 100 {
						t.Errorf("%s: its code is pale", name)
					}
					continue
				}
				if b := p.Bounds(); float64(b.W)*float64(b.H) > 0.2*float64(light.W)*float64(light.H) {
					heaviest = max(heaviest, p.Fill.Ink())
				}
			}
			if heaviest > 60 {
				t.Errorf("%s: a large fill still has %.0f %% of ink", name, heaviest)
			}
			var c preflight.Checker
			for _, f := range first(c.Page(&light, nil, 0)) {
				if f.Rule == preflight.Contrast {
					t.Errorf("%s: %s on %s has a contrast of %.1f", name, f.Color.Token, f.Ground.Token, f.Value)
				}
			}
		}
	}
}

func first[A, B any](a A, _ B) A { return a }
