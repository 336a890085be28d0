package build

import (
	"encoding/json"
	"fmt"
	"html"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"vitrine/internal/model"
	"vitrine/themes"
)

// A place on a page's map, and a line of the list beside it, as they stand in HTML.
var (
	wholeMap = regexp.MustCompile(`(?s)<svg [^>]*class="map"[^>]*aria-hidden="true">.*?</svg>`)
	onMap    = regexp.MustCompile(`<(?:a href="([^"]*)" tabindex="-1"|g) class="c([0-4])(?: here)?"><title>([^<]*)</title>`)
	inList   = regexp.MustCompile(`<li><a href="([^"]*/commune/[^"]*)">([^<]*)</a>&nbsp;\(([0-9]+)\)</li>`)
	inKey    = regexp.MustCompile(`<g class="c([0-4])">`)
	numbered = regexp.MustCompile(`^(.*)\x{a0}: ([0-9]+)[ \x{a0}]`)
)

// TestMapsSayWhatListsSay: on the maps of the home, of the programmes and of their lists of places, each place is a
// link with a name and its number. The list beside the home's map has the same names, addresses and numbers, and the key under
// a map has a sample of every class that is on it, and of no other.
func TestMapsSayWhatListsSay(t *testing.T) {
	outlined := generate(t, 30)
	outlined.outline(t)
	mosaic := generate(t, 30)
	mosaic.gather(t, "")
	folders := map[string]string{"mosaic": mosaic.dir, "outlined": outlined.dir, "own": "../.."}
	examples, err := filepath.Glob("../../examples/*/data")
	if err != nil || len(examples) < 2 {
		t.Fatal(examples, err)
	}
	for _, e := range examples {
		folders[filepath.Base(filepath.Dir(e))] = filepath.Dir(e)
	}
	homes, maps := 0, 0
	for name, folder := range folders {
		t.Run(name, func(t *testing.T) {
			b, r := readied(t, Options{
				Site: folder, Public: t.TempDir(), Only: "site", Dry: true, Program: "test", Themes: themes.FS, Workers: 1,
				Now: func() time.Time { return moment }, Today: func(string) model.Date { return model.Date{Year: 2026, Month: 11, Day: 21} },
			})
			for _, p := range b.plan.Pages {
				if p.Kind != "home" && p.Kind != "programme" && p.Kind != "filters" {
					continue
				}
				var text string
				if _, err := r.Draft(p).Render(func(html []byte) error { text = string(html); return nil }); err != nil {
					t.Fatal(err)
				}
				drawing := wholeMap.FindString(text)
				if drawing == "" {
					continue
				}
				maps++
				numbers := mapped(t, p.Path, drawing, text)
				if p.Kind != "home" {
					continue
				}
				homes++
				listed := inList.FindAllStringSubmatch(text, -1)
				if len(listed) == 0 {
					t.Error("the home has a map and no list beside it")
				}
				if sum, communes := total(t, numbers); !communes { // larger places, that gather the list's
					for _, l := range listed {
						n, _ := strconv.Atoi(l[3])
						sum -= n
					}
					if sum != 0 {
						t.Errorf("the map has %d more than the list", sum)
					}
					continue
				}
				for _, l := range listed {
					if got := numbers[l[1]]; got != html.UnescapeString(l[2])+" : "+l[3] {
						t.Errorf("the list has %q (%s), the map %q", l[2], l[3], got)
					}
					delete(numbers, l[1])
				}
				for address, n := range numbers {
					if !strings.HasSuffix(n, " : 0") && strings.Contains(address, "/commune/") {
						t.Errorf("on the map alone: %s, %s", address, n)
					}
				}
			}
		})
	}
	if homes < 2 || maps < 2*len(folders) {
		t.Errorf("%d portals and %d pages have a map", homes, maps)
	}
}

// total adds the numbers of a map's places up, and tells whether they are the communes that have lists of their own.
func total(t *testing.T, numbers map[string]string) (sum int, communes bool) {
	t.Helper()
	for address, text := range numbers {
		n, err := strconv.Atoi(text[strings.LastIndexByte(text, ' ')+1:])
		if err != nil {
			t.Fatal(err)
		}
		sum += n
		communes = communes || strings.Contains(address, "/commune/")
	}
	return sum, communes
}

// mapped are the places of a map by their addresses, as « name : number »; it checks them, and the key.
func mapped(t *testing.T, path, drawing, text string) map[string]string {
	t.Helper()
	out := map[string]string{}
	classes := map[string]bool{}
	places := onMap.FindAllStringSubmatch(drawing, -1)
	if len(places) < 2 {
		t.Fatalf("%s: %d places", path, len(places))
	}
	for _, m := range places {
		title := numbered.FindStringSubmatch(html.UnescapeString(m[3]))
		if m[1] == "" || title == nil || title[1] == "" {
			t.Errorf("%s: a place is no link with a name and a number: %q", path, m[0])
			continue
		}
		if (title[2] == "0") != (m[2] == "0") {
			t.Errorf("%s: %s has class %s", path, title[0], m[2])
		}
		if _, twice := out[m[1]]; twice {
			t.Errorf("%s: two places lead to %s", path, m[1])
		}
		out[m[1]] = title[1] + " : " + title[2]
		classes[m[2]] = true
	}
	_, key, _ := strings.Cut(text, `<p class="key"`)
	key, _, _ = strings.Cut(key, "</p>")
	samples := inKey.FindAllStringSubmatch(key, -1)
	for _, s := range samples {
		if !classes[s[1]] {
			t.Errorf("%s: the key has class %s, the map has not", path, s[1])
		}
	}
	if len(samples) != len(classes) {
		t.Errorf("%s: %d samples for %d classes", path, len(samples), len(classes))
	}
	return out
}

// outline gives the generated site's territory members, and outlines: its communes as hexagons around their points.
func (s *generated) outline(t testing.TB) { s.gather(t, "outline = \"pays.geojson\"\n") }

// gather writes that territory with its members, and with a line more.
func (s *generated) gather(t testing.TB, line string) {
	t.Helper()
	var features []any
	var members []string
	for i := range 20 {
		members = append(members, fmt.Sprintf("\"commune-%02d\"", i))
		lat, lon := 46.2+float64(i%5)/10, 5.1+float64(i)/20
		var ring [][2]float64
		for k := range 7 {
			sin, cos := math.Sincos(float64(k%6) * math.Pi / 3)
			ring = append(ring, [2]float64{lon + 0.03*cos, lat + 0.04*sin})
		}
		features = append(features, map[string]any{
			"type": "Feature", "properties": map[string]any{"code": fmt.Sprintf("390%02d", i+1)},
			"geometry": map[string]any{"type": "Polygon", "coordinates": [][][2]float64{ring}},
		})
	}
	data, err := json.Marshal(map[string]any{"type": "FeatureCollection", "features": features})
	if err != nil {
		t.Fatal(err)
	}
	s.write(t, "data/files/pays.geojson", string(data))
	file := filepath.Join(s.dir, "data", "territories.toml")
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	s.write(t, "data/territories.toml", strings.Replace(string(text), "kind = \"epci\"\n", fmt.Sprintf("kind = \"epci\"\nmembers = [%s]\n%s", strings.Join(members, ", "), line), 1))
}

// TestOutlinesKept: what a build worked out from a file of outlines serves the next one, which draws the same; what is damaged, or is
// of another form, is worked out anew, and is no error.
func TestOutlinesKept(t *testing.T) {
	s := generate(t, 5)
	s.outline(t)
	file := filepath.Join(s.dir, "data", "files", "pays.geojson")
	long := time.Now().Add(-time.Hour)
	if err := os.Chtimes(file, long, long); err != nil {
		t.Fatal(err)
	}
	// draws begins a run; before may leave something in its memory.
	draws := func(before func(a *atlas, around *model.Territory)) string {
		t.Helper()
		b := newBuilder(s.options("site"))
		b.Now = time.Now
		if err := b.enter(); err != nil {
			t.Fatal(err)
		}
		b.remind()
		if !b.prepare() {
			t.Fatal(b.result.Diagnostics)
		}
		around := b.site.Programmes[0].Territory
		a := b.newAtlas()
		before(a, around)
		svg := a.Map(around, nil, nil)
		if b.result.Diagnostics.Errors() > 0 {
			t.Error(b.result.Diagnostics)
		}
		if b.memory != nil {
			b.memory.Save()
		}
		return string(svg)
	}
	first := draws(func(*atlas, *model.Territory) {})
	if strings.Count(first, "<path") != 20 || !regexp.MustCompile(`d="M\S+ [^"]*"`).MatchString(first) {
		t.Fatal(first)
	}
	mosaic := generate(t, 5)
	mosaic.gather(t, "")
	s, mosaic = mosaic, s
	if draws(func(*atlas, *model.Territory) {}) == first {
		t.Error("the outlines are not drawn")
	}
	s, mosaic = mosaic, s

	made := 0
	second := draws(func(a *atlas, around *model.Territory) {
		_, err := a.tree.Derive(a.file(around.Outline), a.kindOf(around), func(data []byte) ([]byte, error) { made++; return shapes(data, around.Members) })
		if err != nil {
			t.Fatal(err)
		}
	})
	if made != 0 {
		t.Error("the second run worked it out again")
	}
	if second != first {
		t.Error("the second run draws something else")
	}
	for _, old := range []string{"", "old", strings.Repeat("\x01", 20), strings.Repeat("\x01", 20) + "vitrine geometry 0\n", strings.Repeat("x", 500)} {
		s.out = scratch(t) // nothing is known there
		for range 2 {
			got := draws(func(a *atlas, around *model.Territory) {
				_, _ = a.tree.Derive(a.file(around.Outline), a.kindOf(around), func([]byte) ([]byte, error) { return []byte(old), nil })
			})
			if got != first {
				t.Errorf("%q left by an earlier run changes the map", old)
			}
		}
	}
}

// TestOutlinesChangedTwice: a file of outlines that changes twice within a tick of the clock is drawn as it is then.
func TestOutlinesChangedTwice(t *testing.T) {
	s := generate(t, 5)
	s.outline(t)
	file := filepath.Join(s.dir, "data", "files", "pays.geojson")
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	long := time.Now().Add(-time.Hour)
	err = filepath.WalkDir(s.dir, func(path string, _ os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		return os.Chtimes(path, long, long)
	})
	if err != nil {
		t.Fatal(err)
	}
	now := time.Now() // what changes is of this moment, by a coarse clock
	drawn := func(code string) string {
		t.Helper()
		s.write(t, "data/files/pays.geojson", strings.Replace(string(text), `"code":"39001"`, `"code":"`+code+`"`, 1))
		if err := os.Chtimes(file, now, now); err != nil {
			t.Fatal(err)
		}
		o := s.options("site")
		o.Now = func() time.Time { return now }
		r, err := Run(o)
		if err != nil || r.Diagnostics.Errors() > 0 {
			t.Fatal(err, r.Diagnostics)
		}
		page, err := os.ReadFile(filepath.Join(s.out, "public", "index.html"))
		if err != nil {
			t.Fatal(err)
		}
		return wholeMap.FindString(string(page))
	}
	all := drawn("39001")
	fewer := drawn("99999")
	if all == "" || fewer == "" || all == fewer {
		t.Errorf("%d bytes of map with all outlines, %d with one less", len(all), len(fewer))
	}
	if again := drawn("39001"); again != all {
		t.Error("another map in the end")
	}
}
