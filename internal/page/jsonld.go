package page

import (
	"encoding/json"
	"html/template"
	"strings"

	"vitrine/internal/hours"
	"vitrine/internal/ident"
	"vitrine/internal/model"
	"vitrine/internal/plan"
)

// What pages say to machines, in schema.org's words.

type business struct {
	Context       string       `json:"@context"`
	Type          string       `json:"@type"`
	ID            string       `json:"@id"`
	URL           string       `json:"url"`
	Name          string       `json:"name"`
	Description   string       `json:"description,omitempty"`
	Telephone     string       `json:"telephone,omitempty"`
	Email         string       `json:"email,omitempty"`
	SameAs        string       `json:"sameAs,omitempty"`
	Image         string       `json:"image,omitempty"`
	Identifier    *identifier  `json:"identifier,omitempty"`
	Address       *address     `json:"address,omitempty"`
	Geo           *geo         `json:"geo,omitempty"`
	Hours         []opening    `json:"openingHoursSpecification,omitempty"`
	Certification *certificate `json:"hasCertification,omitempty"`
}

type identifier struct {
	Type       string `json:"@type"`
	PropertyID string `json:"propertyID"`
	Value      string `json:"value"`
}

type address struct {
	Type     string `json:"@type"`
	Street   string `json:"streetAddress,omitempty"`
	Postcode string `json:"postalCode,omitempty"`
	Locality string `json:"addressLocality"`
	Country  string `json:"addressCountry"`
}

type geo struct {
	Type      string  `json:"@type"`
	Latitude  float64 `json:"latitude"`
	Longitude float64 `json:"longitude"`
}

type opening struct {
	Type         string   `json:"@type"`
	DayOfWeek    []string `json:"dayOfWeek"`
	Opens        string   `json:"opens"`
	Closes       string   `json:"closes,omitempty"`
	ValidFrom    string   `json:"validFrom,omitempty"`
	ValidThrough string   `json:"validThrough,omitempty"`
}

type certificate struct {
	Type      string        `json:"@type"`
	Name      string        `json:"name"`
	ValidFrom string        `json:"validFrom"`
	Expires   string        `json:"expires,omitempty"`
	IssuedBy  *organization `json:"issuedBy,omitempty"`
}

type organization struct {
	Type string `json:"@type"`
	Name string `json:"name"`
}

type website struct {
	Context   string        `json:"@context"`
	Type      string        `json:"@type"`
	Name      string        `json:"name"`
	URL       string        `json:"url"`
	Language  string        `json:"inLanguage"`
	Publisher *organization `json:"publisher,omitempty"`
}

const schema = "https://schema.org"

// businessData says who holds the label: a LocalBusiness of the narrowest type known,
// with its certification while it holds.
func (r *Renderer) businessData(p *plan.Page, x *model.Profile) template.JS {
	at := r.full(p.Path)
	d := business{
		Context: schema, Type: "LocalBusiness", ID: at, URL: at, Name: x.Name, Description: x.Description,
		Telephone: international(firstOf(x.Phone, x.Mobile)), Email: x.Email, SameAs: x.URL,
	}
	if x.Trade != nil && x.Trade.SchemaOrg != "" {
		d.Type = x.Trade.SchemaOrg
	}
	if x.SIRET != "" {
		d.Identifier = &identifier{"PropertyValue", "SIRET", x.SIRET}
	}
	if x.Commune != nil {
		d.Address = &address{"PostalAddress", x.Address, x.Postcode, x.Commune.Name, "FR"}
	}
	if x.HasPoint {
		d.Geo = &geo{"GeoCoordinates", x.Lat, x.Lon}
	}
	if img := r.image(x.Photo.File, "", ""); img != nil {
		d.Image = r.site.BaseURL + strings.TrimPrefix(img.Src, r.base)
	}
	if x.HasHours {
		d.Hours = openings(x.Hours)
	}
	if a := x.Current(); a != nil && !a.Expired {
		d.Certification = &certificate{"Certification", p.Programme.Name, a.On.String(), a.Until.String(), r.publisher("Organization")}
	}
	return data(d)
}

func (r *Renderer) siteData() template.JS {
	return data(website{schema, "WebSite", r.site.Title, r.full("/"), r.site.Language, r.publisher("GovernmentOrganization")})
}

func (r *Renderer) publisher(kind string) *organization {
	if r.site.Publisher == nil {
		return nil
	}
	return &organization{kind, r.site.Publisher.Name}
}

// data is a JSON-LD block. encoding/json escapes <, > and &, so that no value can end
// the script that holds it.
func data(v any) template.JS {
	out, err := json.Marshal(v)
	if err != nil {
		return ""
	}
	return template.JS(out)
}

// international is a telephone number as machines dial it.
func international(phone string) string {
	t, why := ident.Phone(phone)
	if why != ident.OK {
		return ""
	}
	return t.E164
}

func openings(h hours.Hours) []opening {
	var out []opening
	for _, o := range h.Openings() {
		out = append(out, opening{"OpeningHoursSpecification", o.DayOfWeek, o.Opens, o.Closes, o.ValidFrom, o.ValidThrough})
	}
	return out
}
