package page

import (
	"encoding/json"
	"html/template"
	"math"
	"strings"
	"testing"

	"vitrine/internal/hours"
	"vitrine/internal/model"
	"vitrine/internal/plan"
)

// What the pages say to machines, once more, as encoding/json writes it.

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
	DayOfWeek    []string `json:"dayOfWeek,omitempty"`
	Opens        string   `json:"opens"`
	Closes       string   `json:"closes,omitempty"`
	ValidFrom    string   `json:"validFrom,omitempty"`
	ValidThrough string   `json:"validThrough,omitempty"`
}

type certificate struct {
	Type      string `json:"@type"`
	Name      string `json:"name"`
	Number    string `json:"certificationIdentification"`
	ValidFrom string `json:"validFrom"`
	Expires   string `json:"expires,omitempty"`
	IssuedBy  any    `json:"issuedBy,omitempty"`
}

type organization struct {
	Type string `json:"@type"`
	Name string `json:"name"`
	URL  string `json:"url,omitempty"`
}

type website struct {
	Context   string        `json:"@context"`
	Type      string        `json:"@type"`
	Name      string        `json:"name"`
	URL       string        `json:"url"`
	Language  string        `json:"inLanguage"`
	Publisher *organization `json:"publisher,omitempty"`
}

func referenceBusiness(r *Renderer, p *plan.Page, x *model.Profile) template.JS {
	at := r.full(p.Path)
	d := business{
		Context: schema, Type: "LocalBusiness", ID: at, URL: at, Name: x.Name, Description: x.Description,
		Telephone: international(firstOf(x.Phone, x.Mobile)), Email: x.Email, SameAs: x.URL,
	}
	if kind, ok := map[string]string{"team": "Organization", "person": "Person"}[x.Kind]; ok {
		d.Type = kind
	} else if x.Trade != nil && x.Trade.SchemaOrg != "" {
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
		d.Hours = referenceOpenings(x.Hours, r.site.Today)
	}
	if a := x.Current(); a != nil && !a.Expired {
		d.Certification = &certificate{"Certification", p.Programme.Name, firstOf(a.Number, x.ShortURL), a.On.String(), a.Until.String(), referenceIssuers(r, p.Programme)}
	}
	return referenceData(d)
}

func referenceSite(r *Renderer) template.JS {
	return referenceData(website{schema, "WebSite", r.site.Title, r.full("/"), r.site.Language, referencePublisher(r, "GovernmentOrganization")})
}

func referencePublisher(r *Renderer, kind string) *organization {
	if r.site.Publisher == nil {
		return nil
	}
	return &organization{kind, r.site.Publisher.Name, ""}
}

// referenceIssuers are the partners who sign, one or several; else who owns the mark.
func referenceIssuers(r *Renderer, g *model.Programme) any {
	var out []*organization
	for _, p := range g.Signatories() {
		out = append(out, &organization{"Organization", p.Organisation.Name, p.Organisation.URL})
	}
	if len(out) == 0 && g.Mark != nil && g.Mark.Owner != "" {
		out = append(out, &organization{"Organization", g.Mark.Owner, ""})
	}
	if len(out) == 0 {
		out = append(out, referencePublisher(r, "Organization"))
	}
	if len(out) == 1 {
		return out[0]
	}
	return out
}

func referenceData(v any) template.JS {
	out, err := json.Marshal(v)
	if err != nil {
		return ""
	}
	return template.JS(out)
}

func referenceOpenings(h hours.Hours, today model.Date) []opening {
	var out []opening
	for _, o := range h.Openings(hours.Date(today)) {
		out = append(out, opening{"OpeningHoursSpecification", o.DayOfWeek, o.Opens, o.Closes, o.ValidFrom, o.ValidThrough})
	}
	return out
}

func TestDataIsThatOfEncodingJSON(t *testing.T) {
	r := own(t)
	same := func(got, want template.JS) {
		t.Helper()
		if got != want || want == "" {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
	same(r.siteData(), referenceSite(r))
	n := 0
	for _, p := range r.plan.Pages {
		if p.Kind == "participant" {
			same(r.businessData(p, r.profile(p.Participant)), referenceBusiness(r, p, r.profile(p.Participant)))
			n++
		}
	}
	if n == 0 {
		t.Fatal("the site has no participant")
	}
	// What no site has together.
	p := r.plan.Pages[0]
	page := &plan.Page{Path: "/a&b/", Programme: r.site.Programmes[0], Participant: p.Participant}
	for _, text := range []string{"", "Mo-Fr 08:30-12:00,14:00-18:00; PH off", "2026 Aug 01-21 off", "2026 Aug 01-21 Mo,Tu 10:00+", "Mo-Fr 09:00-18:00; Jul-Aug off; PH 10:00-12:00", "24/7", `"sur rendez-vous"`} {
		h, err := hours.Parse(text)
		x := &model.Profile{
			Name: "<b>\u2028 \"L'été\" & fils\x00\xff", Description: "a\nb\tc", Phone: "02 33 98 44 00", Email: "a@b.fr", URL: "https://a.fr/?a&b",
			SIRET: "12345678900012", Trade: &model.Trade{SchemaOrg: "Bakery"}, Commune: &model.Territory{Name: "Flers"}, Address: "1, rue", Postcode: "61100",
			HasPoint: true, Lat: 48.7493, Lon: -0.00000012, HasHours: err == nil, Hours: h, Photo: model.Picture{File: "img/a.jpg"},
			Awards: []model.Distinction{{On: model.Date{Year: 2026, Month: 1, Day: 2}, Edition: &model.Edition{ID: "2026"}}},
		}
		same(r.businessData(page, x), referenceBusiness(r, page, x))
	}
	bad := &model.Profile{HasPoint: true, Lat: math.NaN()}
	if got := r.businessData(page, bad); got != "" {
		t.Errorf("a point that is no number: %s", got)
	}
}

func FuzzDataString(f *testing.F) {
	for _, s := range []string{"", "L’Éclat d’Œuf", "</script>", "a\u2028b\u2029c", "\"\\\b\f\n\r\t\x00\x1f\x7f", "\xff\xc3", strings.Repeat("é", 40)} {
		f.Add(s, 0.0)
	}
	for _, n := range []float64{1, -0.5, 48.7493, 1e21, 1e-7, 123456789.123456789, math.SmallestNonzeroFloat64, math.MaxFloat64, -1e-9} {
		f.Add("", n)
	}
	f.Fuzz(func(t *testing.T, s string, n float64) {
		want, err := json.Marshal(s)
		if got := appendString(nil, s); err != nil || string(got) != string(want) {
			t.Errorf("%q: %s, want %s, %v", s, got, want, err)
		}
		if math.IsNaN(n) || math.IsInf(n, 0) {
			return
		}
		want, err = json.Marshal(n)
		if got := appendNumber(nil, n); err != nil || string(got) != string(want) {
			t.Errorf("%v: %s, want %s, %v", n, got, want, err)
		}
	})
}

func BenchmarkData(b *testing.B) {
	r := own(b)
	var pages []*plan.Page
	for _, p := range r.plan.Pages {
		if p.Kind == "participant" {
			pages = append(pages, p)
		}
	}
	for name, data := range map[string]func(*Renderer, *plan.Page, *model.Profile) template.JS{"straight": (*Renderer).businessData, "reference": referenceBusiness} {
		b.Run(name, func(b *testing.B) {
			x := r.profile(pages[0].Participant)
			b.ReportAllocs()
			for b.Loop() {
				data(r, pages[0], x)
			}
		})
	}
}
