package export

import (
	"bytes"
	"encoding/json"
)

// What a dataset says of itself, in the words of Frictionless Data (Table Schema 1.0, Data Package 1.0).

type schemaField struct {
	Name        string             `json:"name"`
	Title       string             `json:"title"`
	Description string             `json:"description,omitempty"`
	Type        string             `json:"type"`
	Format      string             `json:"format,omitempty"`
	Example     any                `json:"example,omitempty"`
	Constraints *schemaConstraints `json:"constraints,omitempty"`
}

type schemaConstraints struct {
	Required bool     `json:"required,omitempty"`
	Unique   bool     `json:"unique,omitempty"`
	Minimum  *float64 `json:"minimum,omitempty"`
	Maximum  *float64 `json:"maximum,omitempty"`
	Pattern  string   `json:"pattern,omitempty"`
}

type tableSchema struct {
	Schema        string        `json:"$schema,omitempty"`
	Fields        []schemaField `json:"fields"`
	PrimaryKey    string        `json:"primaryKey"`
	MissingValues []string      `json:"missingValues"`
}

func (d *Dataset) schema() tableSchema {
	s := tableSchema{PrimaryKey: d.Name("id"), MissingValues: []string{""}}
	for _, c := range columns {
		f := schemaField{Name: d.Name(c.key), Title: d.Title(c.key), Description: d.About(c.key), Type: c.kind, Format: c.format}
		if c.kind == "list" {
			f.Type = "string" // Table Schema 1.0 has lists only as JSON; ours are parted by bars
		}
		limits := schemaConstraints{Required: c.must, Unique: c.key == "id"}
		switch c.key {
		case "lat":
			limits.Minimum, limits.Maximum = limit(-90), limit(90)
		case "lon":
			limits.Minimum, limits.Maximum = limit(-180), limit(180)
		case "employees":
			limits.Minimum = limit(0)
		case "siret":
			limits.Pattern = `\d{14}`
		case "insee":
			limits.Pattern = `(\d{2}|2A|2B)\d{3}`
		}
		if limits != (schemaConstraints{}) {
			f.Constraints = &limits
		}
		s.Fields = append(s.Fields, f)
	}
	return s
}

func limit(v float64) *float64 { return &v }

// Schema is the table's own description: its fields, their types and limits.
func (d *Dataset) Schema() []byte { return indented(d.schema()) }

// Package is datapackage.json: the files of the dataset, who publishes them and under what licence. located
// says that there is a GeoJSON file.
func (d *Dataset) Package(located bool) []byte {
	l := d.Site.OpenData.Licence
	type licence struct {
		Name  string `json:"name"`
		Path  string `json:"path"`
		Title string `json:"title"`
	}
	type contributor struct {
		Title string `json:"title"`
		Path  string `json:"path,omitempty"`
		Role  string `json:"role"`
	}
	type dialect struct {
		Delimiter      string `json:"delimiter"`
		LineTerminator string `json:"lineTerminator"`
		Header         bool   `json:"header"`
	}
	type resource struct {
		Name      string       `json:"name"`
		Path      string       `json:"path"`
		Profile   string       `json:"profile,omitempty"`
		Format    string       `json:"format"`
		Mediatype string       `json:"mediatype"`
		Encoding  string       `json:"encoding"`
		Dialect   *dialect     `json:"dialect,omitempty"`
		Schema    *tableSchema `json:"schema,omitempty"`
	}
	s := d.schema()
	resources := []resource{
		{"participants", "participants.csv", "tabular-data-resource", "csv", "text/csv", "utf-8", &dialect{",", "\r\n", true}, &s},
		{"participants-excel", "participants-excel.csv", "tabular-data-resource", "csv", "text/csv", "utf-8", &dialect{";", "\r\n", true}, &s},
		{"participants-json", "participants.json", "", "json", "application/json", "utf-8", nil, nil},
	}
	if located {
		resources = append(resources, resource{"participants-geojson", "participants.geojson", "", "geojson", "application/geo+json", "utf-8", nil, nil})
	}
	p := struct {
		Profile      string        `json:"profile"`
		Name         string        `json:"name"`
		Title        string        `json:"title"`
		Description  string        `json:"description"`
		Homepage     string        `json:"homepage"`
		Licenses     []licence     `json:"licenses"`
		Contributors []contributor `json:"contributors,omitempty"`
		Resources    []resource    `json:"resources"`
	}{
		Profile: "data-package", Name: d.Programme.ID, Title: d.Label, Description: d.Text,
		Homepage: d.Site.BaseURL + "/", Licenses: []licence{{l.ID, l.URL, l.Title}}, Resources: resources,
	}
	if o := d.Site.Publisher; o != nil {
		p.Contributors = []contributor{{o.Name, o.URL, "publisher"}}
	}
	return indented(p)
}

func indented(v any) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	_ = e.Encode(v) // structs of texts and numbers never fail
	return b.Bytes()
}
