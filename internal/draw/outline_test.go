package draw

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"vitrine/internal/layout"
)

// twoPlaces share a border with many small steps; the second has a hole.
func twoPlaces() []Outline {
	var border [][2]float64
	for i := range 101 {
		border = append(border, [2]float64{0.5 + 0.001*math.Sin(float64(i)), 48 + float64(i)/100})
	}
	west := [][2]float64{{0, 49}, {0, 48}}
	west = append(west, border...)
	west = append(west, west[0])
	east := [][2]float64{{1, 48}, {1, 49}}
	for i := range border {
		east = append(east, border[len(border)-1-i])
	}
	east = append(east, east[0])
	hole := [][2]float64{{0.7, 48.4}, {0.8, 48.4}, {0.8, 48.5}, {0.7, 48.5}, {0.7, 48.4}}
	return []Outline{{Code: "1", Polygons: [][][][2]float64{{west}}}, {Code: "2", Polygons: [][][][2]float64{{east, hole}}}}
}

func TestOutlines(t *testing.T) {
	g := Outlines(twoPlaces(), 0)
	west, east := g.shapes[0].rings, g.shapes[1].rings
	if n := len(west[0]); n > 12 {
		t.Errorf("100 small steps leave %d corners", n)
	}
	// What is left of the border is the same on both sides.
	corners := map[point]bool{}
	for _, p := range west[0] {
		corners[p] = true
	}
	shared := 0
	for _, p := range east[0] {
		if corners[p] {
			shared++
		}
	}
	if shared < 2 || shared != len(west[0])-2 {
		t.Errorf("%d of %d corners are shared", shared, len(west[0]))
	}
	if len(east) != 2 || (area(east[0]) < 0) == (area(east[1]) < 0) {
		t.Errorf("the hole is gone or filled: %v", east)
	}
	for i, s := range g.shapes {
		if !inside(s.label, s.rings) {
			t.Errorf("label %d is outside", i)
		}
	}
}

func TestOutlinesOdd(t *testing.T) {
	square := [][2]float64{{0, 0}, {1, 0}, {1, 1}, {0, 1}, {0, 0}}
	for name, o := range map[string][]Outline{
		"none":         nil,
		"empty":        {{}},
		"no ring":      {{Polygons: [][][][2]float64{{}}}},
		"a line":       {{Polygons: [][][][2]float64{{{{0, 0}, {1, 1}, {0, 0}}}}}},
		"a point":      {{Polygons: [][][][2]float64{{{{0, 0}, {0, 0}, {0, 0}, {0, 0}}}}}},
		"twice":        {{Polygons: [][][][2]float64{{square}}}, {Polygons: [][][][2]float64{{square}}}},
		"not closed":   {{Polygons: [][][][2]float64{{square[:4]}}}},
		"bow tie":      {{Polygons: [][][][2]float64{{{{0, 0}, {1, 1}, {1, 0}, {0, 1}, {0, 0}}}}}},
		"eight":        {{Polygons: [][][][2]float64{{{{0, 0}, {1, 0}, {0, 0}, {0, 1}, {1, 1}, {0, 0}}}}}},
		"tiny islands": {{Polygons: [][][][2]float64{{square}, {{{5, 5}, {5.00001, 5}, {5.00001, 5.00001}, {5, 5}}}}}},
	} {
		g := Outlines(o, 10)
		m := g.At(layout.Rect{W: layout.MM(100), H: layout.MM(100)})
		if len(m.parts) != len(o) {
			t.Errorf("%s: %d parts", name, len(m.parts))
		}
	}
}

func TestParseGeoJSON(t *testing.T) {
	const ring = `[[[0,48],[1,48],[1,49],[0,48]]]`
	for in, want := range map[string]string{
		`{"type":"Polygon","coordinates":` + ring + `}`:                                                                                                       ":1",
		`{"type":"MultiPolygon","coordinates":[` + ring + `,` + ring + `]}`:                                                                                   ":2",
		`{"type":"Feature","id":7,"geometry":{"type":"Polygon","coordinates":` + ring + `}}`:                                                                  "7:1",
		`{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"code":"61169"},"geometry":{"type":"Polygon","coordinates":` + ring + `}}]}`: "61169:1",
		`{"type":"Polygon","coordinates":[[[0,48,100],[1,48,100],[1,49,100],[0,48,100]]]}`:                                                                    ":1",
	} {
		got, err := ParseGeoJSON([]byte(in))
		if err != nil || fmt.Sprintf("%s:%d", got[0].Code, len(got[0].Polygons)) != want {
			t.Errorf("%s: %v, %v; want %s", in, got, err, want)
		}
	}
	for in, want := range map[string]string{
		``: "end of JSON", `[]`: "cannot unmarshal", `{}`: "no polygon", `{"type":"Point","coordinates":[0,48]}`: "no polygon",
		`{"type":"FeatureCollection","features":[]}`:                             "no outline",
		`{"type":"FeatureCollection","features":[{"type":"Feature"}]}`:           "feature 1: no geometry",
		`{"type":"Polygon","coordinates":[[[430000,6850000],[430001,6850000]]]}`: "not degrees", // Lambert-93
		`{"type":"Polygon","coordinates":[[[0]]]}`:                               "two coordinates",
		`{"type":"Polygon","coordinates":[[["a","b"]]]}`:                         "cannot unmarshal",
		`{"type":"Polygon","coordinates":` + ring[:len(ring)-1] + `}`:            "invalid character",
	} {
		if _, err := ParseGeoJSON([]byte(in)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.60s: %v, want %q", in, err, want)
		}
	}
}

func TestRealOutlines(t *testing.T) {
	folder := os.Getenv("VITRINE_DATA")
	if folder == "" {
		if os.Getenv("VITRINE_REQUIRE_TOOLS") == "1" {
			t.Fatal("VITRINE_DATA names no folder, and VITRINE_REQUIRE_TOOLS asks for it")
		}
		t.Skip("VITRINE_DATA is not set: flers-agglo-communes.geojson is not drawn")
	}
	data, err := os.ReadFile(filepath.Join(folder, "flers-agglo-communes.geojson"))
	if err != nil {
		t.Fatal(err)
	}
	outlines, err := ParseGeoJSON(data)
	if err != nil || len(outlines) != 42 {
		t.Fatal(len(outlines), err)
	}
	g := Outlines(outlines, 0)
	before, after := 0, 0
	for i, o := range outlines {
		if o.Code == "" {
			t.Errorf("outline %d has no code", i)
		}
		for _, p := range o.Polygons {
			for _, r := range p {
				before += len(r)
			}
		}
		for _, r := range g.shapes[i].rings {
			after += len(r)
		}
		if !inside(g.shapes[i].label, g.shapes[i].rings) {
			t.Errorf("label of %s is outside", o.Code)
		}
	}
	if after > before || after < before/5 {
		t.Errorf("%d corners became %d", before, after)
	}
}

func FuzzGeoJSON(f *testing.F) {
	f.Add([]byte(`{"type":"Polygon","coordinates":[[[0,48],[1,48],[1,49],[0,48]]]}`))
	f.Add([]byte(`{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"code":"1"},"geometry":{"type":"MultiPolygon","coordinates":[[[[0,0],[1,0],[0,0],[0,1],[1,1],[0,0]]]]}}]}`))
	f.Add([]byte(`{"type":"Polygon","coordinates":[[[0,48],[1,48],[1,49],[0,48]],[[0.1,48.1],[0.2,48.1],[0.2,48.2],[0.1,48.1]]]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		outlines, err := ParseGeoJSON(data)
		if err != nil {
			return
		}
		g := Outlines(outlines, 0)
		for _, s := range g.shapes {
			if math.IsNaN(s.label.x) || math.IsNaN(s.label.y) {
				t.Errorf("label of %s: %v", data, s.label)
			}
		}
		g.At(layout.Rect{W: layout.MM(100), H: layout.MM(100)}).Items(make([]Cell, g.Len()), Paint{})
	})
}
