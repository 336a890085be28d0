package export

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"math"
	"slices"
	"strings"
	"testing"

	"vitrine/internal/model"
)

func set(rows ...*model.Profile) *Dataset {
	name := func(key string) string { return "c_" + key }
	return &Dataset{
		Site:      &model.Site{BaseURL: "https://x.example", OpenData: model.OpenData{Licence: model.Licences[0]}, Publisher: &model.Organisation{Name: "Mairie"}},
		Programme: &model.Programme{ID: "label"}, Label: "Label : artisans", Text: "La liste.", Rows: slices.Values(rows),
		Page: func(id string) string { return "https://x.example/label/artisans/" + id + "/" },
		Name: name, Title: name, About: name,
	}
}

// full is a profile with something in every column, and what a spreadsheet would trip over.
func full() *model.Profile {
	energy, water := &model.Theme{Title: "Énergie"}, &model.Theme{Title: "Eau | air"}
	return &model.Profile{
		ID: "aux-bles", Name: "=Aux \"Blés\", d’or\nBis", Trade: &model.Trade{Name: "Boulangerie"}, Activity: "pains",
		Address: "2 rue X\nBâtiment B", Postcode: "01000", Commune: &model.Territory{Name: "La Ferté", Code: "01004"},
		Lat: 48.75, Lon: -0.5, HasPoint: true, Phone: "02 33 00 00 00", Mobile: "06 00 00 00 01", Email: "a@x.example", URL: "https://a.example",
		SIRET: "01234567890123", NAF: "10.71C", Employees: 3, Description: "+1",
		Commitments: []model.Deed{
			{Challenge: &model.Challenge{Title: "LED", Theme: energy}}, {Challenge: &model.Challenge{Title: "Pluie", Theme: water}},
			{Challenge: &model.Challenge{Title: "LED", Theme: energy}},
		},
		Awards: []model.Distinction{{Edition: &model.Edition{ID: "2023"}, On: model.Date{Year: 2023, Month: 11, Day: 30}, Level: &model.Level{Title: "Or"}}},
	}
}

// TestColumns: what the model lists is what the table has, in the same order.
func TestColumns(t *testing.T) {
	var keys []string
	for _, c := range columns {
		keys = append(keys, c.key)
	}
	if !slices.Equal(keys, model.OpenColumns) {
		t.Errorf("%q, the model has %q", keys, model.OpenColumns)
	}
}

func TestTables(t *testing.T) {
	d := set(full(), &model.Profile{ID: "b", Name: "B"})
	rows, err := csv.NewReader(bytes.NewReader(d.Table(CSV))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 3 || len(rows[0]) != len(columns) || rows[0][0] != "c_id" {
		t.Fatalf("%q", rows)
	}
	row := map[string]string{}
	for i, c := range columns {
		row[c.key] = rows[1][i]
	}
	for key, want := range map[string]string{
		"name": "=Aux \"Blés\", d’or\nBis", "address": "2 rue X, Bâtiment B", "postcode": "01000", "siret": "01234567890123", "lat": "48.75", "lon": "-0.5",
		"themes": "Énergie|Eau / air", "challenges": "LED|Pluie", "editions": "2023", "level": "Or", "awarded": "2023-11-30", "until": "",
		"page": "https://x.example/label/artisans/aux-bles/", "insee": "01004", "employees": "3",
	} {
		if row[key] != want {
			t.Errorf("%s: %q, want %q", key, row[key], want)
		}
	}
	sheet, ok := bytes.CutPrefix(d.Table(SheetCSV), []byte(byteOrderMark))
	if !ok {
		t.Error("no byte order mark")
	}
	r := csv.NewReader(bytes.NewReader(sheet))
	r.Comma = ';'
	again, err := r.ReadAll()
	if err != nil || again[1][1] != "'=Aux \"Blés\", d’or\nBis" {
		t.Errorf("%v: a cell would be run: %q", err, again[1][1])
	}
	if i := slices.Index(model.OpenColumns, "description"); again[1][i] != "+1" {
		t.Errorf("a number is no formula: %q", again[1][i])
	}
	if strings.Contains(string(d.Table(CSV))+string(d.Table(JSON))+string(d.Table(GeoJSON)), "06 00 00 00 01") {
		t.Error("a mobile number is given away")
	}
}

func TestJSONOfTables(t *testing.T) {
	lost := full()
	lost.ID, lost.Lat = "lost", math.NaN()
	d := set(full(), lost, &model.Profile{ID: "b", Name: "B </script>"})
	var list []map[string]any
	if err := json.Unmarshal(d.Table(JSON), &list); err != nil {
		t.Fatal(err)
	}
	if len(list) != 3 || list[0]["c_lat"] != 48.75 || len(list[0]["c_themes"].([]any)) != 2 || list[2]["c_name"] != "B </script>" {
		t.Errorf("%v", list)
	}
	if _, there := list[1]["c_lat"]; there {
		t.Error("a latitude that is no number")
	}
	if _, there := list[2]["c_trade"]; there {
		t.Error("an empty cell is written")
	}
	var geo struct {
		Type     string
		Features []struct {
			ID       string
			Geometry struct {
				Type        string
				Coordinates []float64
			}
			Properties map[string]any
		}
	}
	if err := json.Unmarshal(d.Table(GeoJSON), &geo); err != nil {
		t.Fatal(err)
	}
	if len(geo.Features) != 1 || !slices.Equal(geo.Features[0].Geometry.Coordinates, []float64{-0.5, 48.75}) || geo.Features[0].Properties["c_lat"] != nil {
		t.Errorf("%+v", geo)
	}
}

func TestEmptyTables(t *testing.T) {
	d := set()
	var list, geo any
	if json.Unmarshal(d.Table(JSON), &list) != nil || json.Unmarshal(d.Table(GeoJSON), &geo) != nil {
		t.Errorf("%s %s", d.Table(JSON), d.Table(GeoJSON))
	}
}

func TestPackage(t *testing.T) {
	for _, located := range []bool{true, false} {
		type resource struct {
			Path   string
			Schema struct {
				Fields     []struct{ Name, Type string }
				PrimaryKey string
			}
		}
		var p struct {
			Name      string
			Licenses  []struct{ Name string }
			Resources []resource
		}
		if err := json.Unmarshal(set(full()).Package(located), &p); err != nil {
			t.Fatal(err)
		}
		geo := slices.ContainsFunc(p.Resources, func(r resource) bool { return r.Path == "participants.geojson" })
		table := p.Resources[0].Schema
		if p.Name != "label" || p.Licenses[0].Name != "etalab-2.0" || geo != located || len(table.Fields) != len(columns) || table.PrimaryKey != "c_id" {
			t.Errorf("%+v", p)
		}
	}
}

func TestAgenda(t *testing.T) {
	day := func(y, m, d int) model.Date { return model.Date{Year: y, Month: m, Day: d} }
	s := &model.Site{Title: "Titre; suite", BaseURL: "https://x.example/base", Language: "fr", Timezone: "Europe/Paris", Programmes: []*model.Programme{{ID: "p", Name: "P", Events: []*model.Event{
		{ID: "winter", Title: "Remise, 2023", Starts: day(2023, 11, 30), Hour: "18:30", Ends: day(2023, 11, 30), HourEnd: "20:30", Place: "Salle; A\nB", Audience: "tous"},
		{ID: "summer", Title: "Été", Starts: day(2023, 7, 1), Hour: "18:30", Status: "cancelled"},
		{ID: "days", Title: strings.Repeat("é", 60), Starts: day(2023, 12, 31), Ends: day(2024, 1, 2), Status: "moved"},
	}}}}
	out := string(Agenda(s, func(_ *model.Programme, e *model.Event) string { return "https://x.example/base/p/#" + e.ID }))
	for _, want := range []string{
		"UID:p-winter@x.example\r\n", "DTSTART:20231130T173000Z\r\nDTEND:20231130T193000Z\r\n", "SUMMARY:Remise\\, 2023\r\n", `LOCATION:Salle\; A\nB`,
		"DTSTART:20230701T163000Z\r\nSUMMARY", "STATUS:CANCELLED\r\nSEQUENCE:1\r\n",
		"DTSTART;VALUE=DATE:20231231\r\nDTEND;VALUE=DATE:20240103\r\n", "X-WR-CALNAME:Titre\\; suite",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
	for line := range strings.SplitSeq(strings.TrimSuffix(out, "\r\n"), "\r\n") {
		if len(line) > cardWidth || strings.ContainsAny(line, "\r\n") {
			t.Errorf("a line of %d bytes: %q", len(line), line)
		}
	}
}

func TestJSONFeed(t *testing.T) {
	s := &model.Site{Title: "T", BaseURL: "https://x.example", Language: "fr", News: []*model.Page{{Title: "A <b>", Date: model.Date{Year: 2026, Month: 1, Day: 2}}}}
	var feed struct {
		Version string
		Items   []struct {
			URL, Title string
			Text       string `json:"content_text"`
		}
	}
	if err := json.Unmarshal(JSONFeed(s, func(*model.Page) string { return "/actualites/a/" }), &feed); err != nil {
		t.Fatal(err)
	}
	if len(feed.Items) != 1 || feed.Items[0].URL != "https://x.example/actualites/a/" || feed.Items[0].Text == "" {
		t.Errorf("%+v", feed)
	}
}
