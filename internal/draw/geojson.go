package draw

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
)

// The limits of what a file of outlines may hold.
const (
	maxFeatures = 10_000
	maxCorners  = 2_000_000
)

// ParseGeoJSON reads the outlines of a file: a FeatureCollection, a Feature, or a Polygon or
// MultiPolygon alone. The code of a feature is its property of one of these names, or its id.
func ParseGeoJSON(data []byte, codes ...string) ([]Outline, error) {
	if len(codes) == 0 {
		codes = []string{"code", "insee", "code_insee", "INSEE_COM", "codgeo"}
	}
	var top feature
	if err := json.Unmarshal(data, &top); err != nil {
		return nil, err
	}
	var out []Outline
	switch top.Type {
	case "FeatureCollection":
		if len(top.Features) > maxFeatures {
			return nil, fmt.Errorf("more than %d features", maxFeatures)
		}
		for i := range top.Features {
			o, err := top.Features[i].outline(codes)
			if err != nil {
				return nil, fmt.Errorf("feature %d: %w", i+1, err)
			}
			out = append(out, o)
		}
	case "Feature":
		o, err := top.outline(codes)
		if err != nil {
			return nil, err
		}
		out = []Outline{o}
	default:
		polygons, err := geometry{top.Type, top.Coordinates}.polygons()
		if err != nil {
			return nil, err
		}
		out = []Outline{{Polygons: polygons}}
	}
	if len(out) == 0 {
		return nil, errors.New("no outline")
	}
	return out, check(out)
}

type feature struct {
	Type        string
	ID          any
	Properties  map[string]any
	Geometry    *geometry
	Features    []feature
	Coordinates json.RawMessage
}

type geometry struct {
	Type        string
	Coordinates json.RawMessage
}

func (f *feature) outline(codes []string) (Outline, error) {
	if f.Type != "Feature" || f.Geometry == nil {
		return Outline{}, errors.New("no geometry")
	}
	polygons, err := f.Geometry.polygons()
	o := Outline{Polygons: polygons}
	for _, key := range codes {
		if v, ok := f.Properties[key]; ok && o.Code == "" {
			o.Code = fmt.Sprint(v)
		}
	}
	if o.Code == "" && f.ID != nil {
		o.Code = fmt.Sprint(f.ID)
	}
	return o, err
}

func (g geometry) polygons() ([][][][2]float64, error) {
	// positions may carry a height: [lon, lat, m]
	var many [][][][]float64
	switch g.Type {
	case "Polygon":
		many = make([][][][]float64, 1)
		if err := json.Unmarshal(g.Coordinates, &many[0]); err != nil {
			return nil, err
		}
	case "MultiPolygon":
		if err := json.Unmarshal(g.Coordinates, &many); err != nil {
			return nil, err
		}
	default:
		return nil, fmt.Errorf("%q is no polygon", g.Type)
	}
	out := make([][][][2]float64, len(many))
	for i, polygon := range many {
		for _, ring := range polygon {
			r := make([][2]float64, len(ring))
			for k, c := range ring {
				if len(c) < 2 {
					return nil, errors.New("a position without its two coordinates")
				}
				r[k] = [2]float64{c[0], c[1]}
			}
			out[i] = append(out[i], r)
		}
	}
	return out, nil
}

// check refuses coordinates that are not degrees: Lambert-93 metres happen.
func check(outlines []Outline) error {
	corners := 0
	for _, o := range outlines {
		for _, polygon := range o.Polygons {
			for _, ring := range polygon {
				corners += len(ring)
				for _, c := range ring {
					if !(math.Abs(c[0]) <= 180 && math.Abs(c[1]) <= 90) {
						return fmt.Errorf("%v, %v are not degrees of longitude and latitude", c[0], c[1])
					}
				}
			}
		}
	}
	if corners > maxCorners {
		return fmt.Errorf("more than %d corners", maxCorners)
	}
	return nil
}
