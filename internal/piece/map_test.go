package piece_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"vitrine/internal/draw"
	"vitrine/internal/layout"
	"vitrine/internal/model"
	"vitrine/internal/piece"
	"vitrine/internal/png"
)

const mapped = `
title = "Carte"
size = "A5"
[[box]]
kind = "map"
at = [14, 20, 120, 150]
style = {size = 14, min_size = 7}
`

// mapScope is a programme with four places, and what is counted there.
func mapScope(t *testing.T, counts ...int) (*model.Scope, *piece.Resources) {
	sc := scope()
	around := &model.Territory{ID: "agglo", Name: "Agglo"}
	var points []draw.Place
	for i := range counts {
		around.Members = append(around.Members, &model.Territory{ID: string(rune('a' + i)), Name: string(rune('A' + i))})
		points = append(points, draw.Place{Lat: 48.7 + float64(i%2)/20, Lon: -0.5 + float64(i/2)/15})
	}
	sc.Programme.Territory = around
	res := resources(t, sc)
	res.Places = func(of *model.Territory) *piece.Places {
		if of != around || len(counts) < 2 {
			return nil
		}
		return &piece.Places{Geometry: draw.Mosaic(points), Members: around.Members, Counts: counts, Shape: "squares"}
	}
	return sc, res
}

// TestMap: a map fills its box, tints its places and writes their numbers.
func TestMap(t *testing.T) {
	sc, res := mapScope(t, 12, 0, 3, 1)
	sub := piece.Subject{Name: "2023", Origin: origin("programme.toml")}
	doc, list := piece.NewRenderer("fr").Render(chartTemplate(t, mapped), res, sc, sub)
	if len(list) > 0 {
		t.Error(list)
	}
	texts, cells := "", 0
	for _, item := range doc.Pages[0].Items {
		g, ok := item.(*layout.Group)
		if !ok {
			continue
		}
		cells++
		for _, x := range g.Items {
			switch x := x.(type) {
			case *layout.Text:
				texts += x.Text + " "
			case *layout.Path:
				if b := x.Bounds(); !(layout.Rect{X: layout.MM(14), Y: layout.MM(20), W: layout.MM(120), H: layout.MM(150)}).Contains(b) {
					t.Errorf("a place leaves the box: %v", b)
				}
			}
		}
	}
	if cells != 4 || texts != "12 3 1 " {
		t.Errorf("%d places, with %q", cells, texts)
	}
	if folder := os.Getenv("VITRINE_DRAWINGS"); folder != "" {
		data, _ := png.Encode(&doc.Pages[0], 600)
		if err := os.WriteFile(filepath.Join(folder, "map.png"), data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	read := func(counts ...int) [32]byte {
		sc, res := mapScope(t, counts...)
		return piece.NewRenderer("fr").Read(chartTemplate(t, mapped), res, sc, sub).Sum
	}
	if read(12, 0, 3, 1) != read(12, 0, 3, 1) || read(12, 0, 3, 1) == read(12, 0, 3, 2) {
		t.Error("the numbers are not heard")
	}
}

// TestMapKey: the key stands at the foot of the box, says what each shade stands for, and leaves the rest to the map.
func TestMapKey(t *testing.T) {
	sc, res := mapScope(t, 12, 0, 5, 1, 2, 40)
	sub := piece.Subject{Name: "2023", Origin: origin("programme.toml")}
	keyed := strings.Replace(mapped, "kind = \"map\"", "kind = \"map\"\nkey = true\nlabels = false", 1)
	doc, list := piece.NewRenderer("fr").Render(chartTemplate(t, keyed), res, sc, sub)
	if len(list) > 0 {
		t.Error(list)
	}
	var texts []string
	foot, lowest := layout.MM(170), layout.Length(0)
	for _, item := range doc.Pages[0].Items {
		switch x := item.(type) {
		case *layout.Text:
			texts = append(texts, x.Text)
			foot = min(foot, x.Y-x.Size)
			if x.Y > layout.MM(170) || x.X < layout.MM(14) || x.X+x.Width() > layout.MM(134) {
				t.Errorf("%q leaves the box", x.Text)
			}
		case *layout.Group:
			b := x.Items[0].(*layout.Path).Bounds()
			lowest = max(lowest, b.Y+b.H)
		}
	}
	// levels of 0; 1 and 2; 5; 12; 40: even steps in the logarithm
	if got := strings.Join(texts, " | "); got != "0 | 1–2 | 5 | 12 | 40" {
		t.Errorf("the key says %s", got)
	}
	if lowest == 0 || lowest > foot {
		t.Errorf("the map ends at %v, the key begins at %v", lowest, foot)
	}
	plain := piece.NewRenderer("fr").Read(chartTemplate(t, mapped), res, sc, sub).Sum
	if plain == piece.NewRenderer("fr").Read(chartTemplate(t, keyed), res, sc, sub).Sum {
		t.Error("the key is not heard")
	}
}

// TestMapOfNothing: what has no places is told, and so is a territory that is none.
func TestMapOfNothing(t *testing.T) {
	for _, territory := range []string{"Programme.Territory", "Programme.Name", "Participant.Nowhere", "Event.Group.Territory"} {
		sc, res := mapScope(t, 1)
		text := strings.Replace(mapped, "kind = \"map\"", "kind = \"map\"\nterritory = \""+territory+"\"", 1)
		_, list := piece.NewRenderer("fr").Render(chartTemplate(t, text), res, sc, piece.Subject{Name: "2023", Origin: origin("programme.toml")})
		if len(list) != 1 || list[0].Code != "template-run" {
			t.Errorf("%s: %v", territory, list)
		}
	}
}
