package build

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"html/template"
	"strconv"
	"strings"
	"sync"

	"vitrine/internal/diag"
	"vitrine/internal/draw"
	"vitrine/internal/layout"
	"vitrine/internal/model"
	"vitrine/internal/page"
	"vitrine/internal/piece"
	"vitrine/internal/svg"
)

// mapWidth is the width of a page's map, in which one millimetre stands for a pixel;
// the style sheet decides the real one.
const mapWidth = 640 * layout.Mm

// spotUnits is how wide or high a participant's small map is: as many pixels on most screens.
const spotUnits = 120

// atlas draws the maps of pages. The geometry of a territory's members is worked out
// once; each page fills the cells.
type atlas struct {
	*builder
	mu    sync.Mutex
	known map[*model.Territory]*sheet
}

type sheet struct {
	once    sync.Once
	members []*model.Territory // those that have a place on it
	fitted  *draw.Map
	locator *draw.Locator
	number  map[*model.Territory]int // of the members
	shapes  *draw.Geometry
	height  layout.Length
}

// maps draws the map of a territory's members: from outlines where the site has them,
// else a mosaic of the members' points.
func (b *builder) maps() page.Maps { return b.newAtlas() }

func (b *builder) newAtlas() *atlas {
	return &atlas{builder: b, known: map[*model.Territory]*sheet{}}
}

// places are a territory's places for the pieces of a programme, with how many of its participants the
// site lists in each.
func (a *atlas) places(g *model.Programme, t *model.Territory) *piece.Places {
	s := a.sheet(t)
	section := a.plan.Sections[g]
	if len(s.members) < 2 || section == nil {
		return nil
	}
	out := &piece.Places{Geometry: s.shapes, Members: s.members, Counts: make([]int, len(s.members))}
	for i, m := range s.members {
		if f := section.Of("commune", m); f != nil {
			out.Counts[i] = len(f.Members)
		}
	}
	shape := sha256.Sum256([]byte(a.Map(t, nil, nil)))
	out.Shape = hex.EncodeToString(shape[:])
	return out
}

// hatches are what the style sheet fills the middle classes with, .c1 to .c3: dots, lines, crossed lines over tints
// of the accent. With the plain first and the full last they tell classes apart where colours do not.
var hatches = hatch(1, 12, 12, `<circle cx="6" cy="6" r="2"/>`) +
	hatch(2, 11, 22, `<line x1="5" x2="5" y2="11" class="h"/>`) +
	hatch(3, 10, 34, `<line x1="5" x2="5" y2="10" class="h"/><line y1="5" x2="10" y2="5" class="h"/>`)

// hatch is a pattern, turned by 45 degrees, on a tint of so many percent. Its colours are those of the page.
func hatch(class, side, percent int, sign string) string {
	n := strconv.Itoa(side)
	sign = strings.ReplaceAll(sign, `class="h"`, `stroke-width="2.2" stroke="var(--accent)"`)
	return `<pattern id="m` + strconv.Itoa(class) + `" width="` + n + `" height="` + n + `" patternUnits="userSpaceOnUse" patternTransform="rotate(45)" fill="var(--accent)">` +
		`<rect width="` + n + `" height="` + n + `" fill="color-mix(in srgb,var(--accent) ` + strconv.Itoa(percent) + `%,var(--tint))"/>` + sign + `</pattern>`
}

// Map draws a territory's members, and the key to it after them.
func (a *atlas) Map(around *model.Territory, cells []page.Cell, key func([]page.Class) template.HTML) template.HTML {
	s := a.sheet(around)
	if len(s.members) < 2 {
		return ""
	}
	by := make(map[*model.Territory]page.Cell, len(cells))
	greatest := 0
	for _, c := range cells {
		by[c.Territory] = c
		greatest = max(greatest, c.Count)
	}
	shown := make([]draw.Cell, len(s.members))
	var found [draw.Levels + 1]*page.Class
	for i, m := range s.members {
		c := by[m]
		level := draw.Level(c.Count, greatest)
		shown[i] = draw.Cell{Level: level, Title: c.Title, Link: c.URL, Marked: c.Here}
		if found[level] == nil {
			found[level] = &page.Class{Level: level, Least: c.Count, Most: c.Count}
		}
		found[level].Least, found[level].Most = min(found[level].Least, c.Count), max(found[level].Most, c.Count)
	}
	var classes []page.Class
	for _, c := range found {
		if c != nil {
			classes = append(classes, *c)
		}
	}
	o := svg.Options{Variables: true, Inline: true, Class: "map", Decorative: true, Whole: true, Defs: hatches}
	p := &layout.Page{W: mapWidth, H: s.height, Items: s.fitted.Items(shown, draw.Paint{Styled: true})}
	buf := drawings.Get().(*[]byte)
	defer drawings.Put(buf)
	*buf = svg.Append((*buf)[:0], p, o)
	if key != nil {
		*buf = append(*buf, key(classes)...)
	}
	return template.HTML(*buf)
}

// drawings are buffers for maps: a large one stands on many pages.
var drawings = sync.Pool{New: func() any { return new([]byte) }}

// Spot is a place in a territory, from the same geometry as the territory's own map.
func (a *atlas) Spot(around, place *model.Territory, lat, lon float64, point bool) *page.Spot {
	if around == nil || place == nil {
		return nil
	}
	s := a.sheet(around)
	i, ok := s.number[place]
	if !ok || len(s.members) < 2 || s.locator == nil || s.locator.Places[i] == "" {
		return nil
	}
	l := s.locator
	out := &page.Spot{Width: l.Width, Height: l.Height, Land: l.Land, Place: l.Places[i]}
	if point {
		out.X, out.Y, out.Point = l.Point(i, lat, lon)
	}
	return out
}

func (a *atlas) sheet(t *model.Territory) *sheet {
	a.mu.Lock()
	s, ok := a.known[t]
	if !ok {
		s = &sheet{}
		a.known[t] = s
	}
	a.mu.Unlock()
	s.once.Do(func() { a.survey(t, s) })
	return s
}

// survey works out the geometry of a territory's members.
func (a *atlas) survey(t *model.Territory, s *sheet) {
	var g *draw.Geometry
	if t.Outline != "" {
		g = a.outlines(t, s)
	}
	if g == nil {
		var places []draw.Place
		s.members = nil
		for _, m := range t.Members {
			if m.HasPoint() {
				s.members = append(s.members, m)
				places = append(places, draw.Place{Lat: m.Lat, Lon: m.Lon})
			}
		}
		g = draw.Mosaic(places)
	}
	s.shapes = g
	s.height = g.Height(mapWidth)
	s.fitted = g.At(layout.Rect{W: mapWidth, H: s.height})
	s.locator = g.Locator(spotUnits)
	s.number = make(map[*model.Territory]int, len(s.members))
	for i, m := range s.members {
		s.number[m] = i
	}
}

// outlines are the shapes of the members from the territory's GeoJSON file; nil where it has none for two of them. An earlier build
// may have worked them out: what it left is taken where the file looks as it did then, and it is whole.
func (a *atlas) outlines(t *model.Territory, s *sheet) *draw.Geometry {
	file := a.file(t.Outline)
	data, err := a.tree.Derive(file, a.kindOf(t), func(data []byte) ([]byte, error) { return shapes(data, t.Members) })
	if err != nil {
		a.report(diag.List{diag.New(diag.Unreadable, diag.Span{File: file}, "reason", err.Error())})
		return nil
	}
	members, g := drawn(data, t.Members)
	if members == nil { // what an earlier build left is not what this one leaves
		if data, err = a.tree.Read(file); err == nil {
			data, err = shapes(data, t.Members)
		}
		if err == nil {
			members, g = drawn(data, t.Members)
		}
	}
	if len(members) < 2 {
		return nil
	}
	s.members = members
	return g
}

// kindOf names what is worked out from a territory's file: it hangs on the program, and on the members that are looked for.
func (a *atlas) kindOf(t *model.Territory) string {
	codes := sha256.New()
	for _, m := range t.Members {
		fmt.Fprintf(codes, "%q", m.Code)
	}
	return "outlines of " + a.Program + " " + hex.EncodeToString(codes.Sum(nil)[:8])
}

// shapes works out the geometry of a GeoJSON file's features that are members, in a form to be kept: for each member whether it is there,
// then the geometry.
func shapes(data []byte, members []*model.Territory) ([]byte, error) {
	found, err := draw.ParseGeoJSON(data)
	if err != nil {
		return nil, err
	}
	byCode := make(map[string]draw.Outline, len(found))
	for _, o := range found {
		byCode[o.Code] = o
	}
	out := make([]byte, len(members))
	var kept []draw.Outline
	for i, m := range members {
		if o, ok := byCode[m.Code]; ok {
			out[i] = 1
			kept = append(kept, o)
		}
	}
	return draw.Outlines(kept, 0).Append(out), nil
}

// drawn reads what shapes made; no members where that is something else.
func drawn(data []byte, members []*model.Territory) ([]*model.Territory, *draw.Geometry) {
	if len(data) < len(members) {
		return nil, nil
	}
	g, err := draw.ParseGeometry(data[len(members):])
	if err != nil {
		return nil, nil
	}
	there := make([]*model.Territory, 0, g.Len())
	for i, m := range members {
		if data[i] == 1 {
			there = append(there, m)
		}
	}
	if len(there) != g.Len() {
		return nil, nil
	}
	return there, g
}
