package piece_test

import (
	"reflect"
	"testing"

	"vitrine/internal/layout"
	"vitrine/internal/model"
	"vitrine/internal/piece"
)

// TestFacts holds that what was seen of the pieces of all subjects is what was seen of each, and that
// it survives a cache.
func TestFacts(t *testing.T) {
	s := site(t)
	g := s.Programmes[0]
	res := &piece.Resources{Language: "fr", Fonts: themeFonts(t), Palette: piece.NewPalette(themeColors, s, g), Image: picture()}
	rd := piece.NewRenderer("fr")
	tmpl := parse(t, "diploma", "fr")
	var all piece.Facts
	subjects, size := 0, 0
	for _, x := range model.Participants(g)[:20] {
		sc := scopeOf(s, x, x.Awards[0])
		_, facts, list := rd.Lay(tmpl, res, sc, piece.Subject{Name: x.Name})
		show(t, list)
		b := facts.Append(nil)
		size = max(size, len(b))
		back, err := piece.ParseFacts(b)
		if err != nil || !reflect.DeepEqual(&back, facts) {
			t.Fatalf("%+v became %+v (%v)", facts, back, err)
		}
		for n := range b {
			if _, err := piece.ParseFacts(b[:n]); err == nil {
				t.Fatalf("facts cut after %d bytes were read", n)
			}
		}
		all.Merge(back)
		subjects++
	}
	if all.Subjects != subjects || all.Pages != subjects || len(all.Names) != subjects || all.Texts < 10*subjects {
		t.Errorf("%+v", all)
	}
	if all.Text < 6*layout.Pt || all.Text > 10*layout.Pt || all.Contrast < 450 || all.Ink < 1000 || all.Ink > 3000 || all.DPI < 300 ||
		all.QR < 33*layout.Mm || all.QR > 35*layout.Mm || all.Module < layout.Mm/3 || all.Clear < 5*layout.Mm || len(all.Fonts) < 2 {
		t.Errorf("%+v", all.Summary)
	}
	if size > 300 {
		t.Errorf("the facts of one diploma take %d bytes", size)
	}
}

func FuzzParseFacts(f *testing.F) {
	f.Add((&piece.Facts{Names: []piece.NameFit{{Text: "Aux Blés d’Or", Font: "title-400", Size: 9}}}).Append(nil))
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, b []byte) {
		facts, err := piece.ParseFacts(b)
		if err != nil {
			return
		}
		again, err := piece.ParseFacts(facts.Append(nil))
		if err != nil || !reflect.DeepEqual(facts, again) {
			t.Fatalf("%+v became %+v (%v)", facts, again, err)
		}
	})
}
