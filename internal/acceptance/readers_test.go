package acceptance

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// readBack is what libraries that know nothing of Vitrine found in the files of a folder.
type readBack struct {
	Pages map[string][]struct { // JSON-LD, by file
		Type, Name, Start, Certified string
		Steps                        int
	}
	Events []struct{ UID, Title, Start, Status string } // of agenda.ics
	Cards  map[string]struct{ Name, Phone, Email, Page string }
	// Titles of the Atom feed and of the JSON one.
	Entries, Items []string
	Places         map[string]int      // GeoJSON: features, by file
	Rows           map[string][]string // CSV that its Table Schema allows: names, by file
	Errors         map[string]string   // what a library refused, by file
}

// readers are the modules of npm that read.
var readers = []string{"jsonld", "ical.js", "@placemarkio/check-geojson", "fast-xml-parser", "tableschema"}

func readWith(t *testing.T, folder string) readBack {
	t.Helper()
	node := tool(t, "node")
	var modules string
	for _, name := range readers {
		manifest := module(t, name+"/package.json")
		modules = strings.TrimSuffix(filepath.ToSlash(manifest), "/"+name+"/package.json")
	}
	var out readBack
	if err := json.Unmarshal([]byte(run(t, node, "testdata/readers.mjs", modules, folder)), &out); err != nil {
		t.Fatal(err)
	}
	return out
}

// TestReaders has other programs read what the sites say to machines, and compares it with the model.
func TestReaders(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		got := readWith(t, s.public)
		for file, why := range got.Errors {
			t.Errorf("%s: %s", file, why)
		}
		readPages(t, s, got)
		readEvents(t, s, got)
		var titles []string
		for _, n := range s.plan.Site.News {
			titles = append(titles, n.Title)
		}
		if !slices.Equal(got.Entries, titles) || !slices.Equal(got.Items, titles) {
			t.Errorf("the feeds have %q and %q, the site %q", got.Entries, got.Items, titles)
		}
		readTables(t, s, got)
	})
}

// readPages compares what pages say of participants, and the way to them, and the contact cards.
func readPages(t *testing.T, s *site, got readBack) {
	t.Helper()
	cards, people := 0, 0
	for _, p := range s.plan.Pages {
		if p.Kind != "participant" {
			continue
		}
		people++
		x := p.Participant.Profile(s.plan.Site)
		said := got.Pages[p.File()]
		if len(said) != 2 || said[0].Name != x.Name || said[1].Type != "BreadcrumbList" || said[1].Steps != 4 {
			t.Errorf("%s says %+v", p.Path, said)
			continue
		}
		certified := ""
		if a := x.Current(); a != nil && !a.Expired {
			if certified = a.Number; certified == "" {
				certified = x.ShortURL
			}
		}
		if said[0].Certified != certified {
			t.Errorf("%s is certified as %q, want %q", p.Path, said[0].Certified, certified)
		}
		if !p.Participant.HasCard(s.plan.Site.Today) {
			continue
		}
		cards++
		file := strings.TrimPrefix(s.plan.Sections[p.Programme].Card(p.Participant), "/")
		phone := x.Phone
		if phone == "" {
			phone = x.Mobile
		}
		if c := got.Cards[file]; c.Name != x.Name || c.Phone != phone || c.Email != x.Email || c.Page != s.plan.Site.BaseURL+p.Path {
			t.Errorf("%s is %+v, want %s, %s, %s", file, c, x.Name, phone, x.Email)
		}
	}
	if people == 0 || len(got.Cards) != cards {
		t.Errorf("%d participants, %d cards read, want %d", people, len(got.Cards), cards)
	}
}

// readEvents compares the calendar and what the agendas say.
func readEvents(t *testing.T, s *site, got readBack) {
	t.Helper()
	n := 0
	for _, g := range s.plan.Site.Programmes {
		var titles []string
		for _, e := range g.Events {
			titles = append(titles, e.Title)
			if n < len(got.Events) && (got.Events[n].Title != e.Title || (got.Events[n].Status == "CANCELLED") != (e.Status == "cancelled")) {
				t.Errorf("the calendar has %+v for %s", got.Events[n], e.ID)
			}
			n++
		}
		var said []string
		for _, x := range got.Pages[strings.TrimPrefix(s.plan.Sections[g].Agenda(), "/")+"index.html"] {
			if x.Type == "Event" {
				said = append(said, x.Name)
			}
		}
		if !slices.Equal(said, titles) {
			t.Errorf("the agenda of %s says %q, want %q", g.ID, said, titles)
		}
	}
	if len(got.Events) != n {
		t.Errorf("the calendar has %d events, want %d", len(got.Events), n)
	}
}

// readTables compares the open data: who is in it, and who says where it is.
func readTables(t *testing.T, s *site, got readBack) {
	t.Helper()
	tables := 0
	for _, d := range s.plan.Data {
		if d.Programme == nil {
			continue
		}
		var names []string
		places := 0
		for _, x := range s.plan.Sections[d.Programme].Given {
			p := x.Profile(s.plan.Site)
			names = append(names, p.Name)
			if p.HasPoint {
				places++
			}
		}
		switch d.Kind {
		case "csv":
			tables++
			if !slices.Equal(got.Rows[d.Path], names) {
				t.Errorf("%s has %q, want %q", d.Path, got.Rows[d.Path], names)
			}
		case "geojson":
			if got.Places[d.Path] != places {
				t.Errorf("%s has %d places, want %d", d.Path, got.Places[d.Path], places)
			}
		}
	}
	if len(got.Rows) != tables || s.name == own && tables == 0 {
		t.Errorf("%d tables read, want %d", len(got.Rows), tables)
	}
}

// TestReadersRefuse makes sure that the readers see what is broken.
func TestReadersRefuse(t *testing.T) {
	broken := map[string]string{
		"a/index.html":       `<script type="application/ld+json">{"@context":"https://schema.org","@type":"Event",}</script>`,
		"b/index.html":       `<script type="application/ld+json">{"@context":"https://elsewhere.example","@type":"Event"}</script>`,
		"c/index.html":       `<script type="application/ld+json">{"@context":"https://schema.org","@type":"Bakery","name":"A","hasCertification":{"@type":"Certification"}}</script>`,
		"atom.xml":           "<feed><entry><title>A</entry></feed>",
		"agenda.ics":         "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:A\r\n",
		"a/a.vcf":            "BEGIN:VCARD\r\nVERSION:3.0\r\nTEL:1\r\nEND:VCARD\r\n",
		"d/places.geojson":   `{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":["1","2"]}}]}`,
		"d/participants.csv": "id,name,since\r\na,A,yesterday\r\n",
	}
	fine := map[string]string{
		"d/schema.json": `{"fields":[{"name":"id","type":"string"},{"name":"name","type":"string"},{"name":"since","type":"date"}]}`,
	}
	folder := t.TempDir()
	for _, files := range []map[string]string{broken, fine} {
		for name, text := range files {
			file := filepath.Join(folder, filepath.FromSlash(name))
			if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	got := readWith(t, folder)
	for _, name := range slices.Sorted(maps.Keys(broken)) {
		if got.Errors[name] == "" {
			t.Errorf("%s was read", name)
		}
	}
	if len(got.Errors) != len(broken) {
		t.Errorf("refused: %v", got.Errors)
	}
}
