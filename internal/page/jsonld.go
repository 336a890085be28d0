package page

import (
	"html/template"
	"math"
	"strconv"
	"unicode/utf8"

	"vitrine/internal/hours"
	"vitrine/internal/ident"
	"vitrine/internal/model"
	"vitrine/internal/plan"
)

// What pages say to machines, in schema.org's words. It is written straight, with the
// bytes of encoding/json: a page per participant has it.

const schema = "https://schema.org"

// businessData says who takes part: a LocalBusiness of the narrowest type known, an
// organization or a person, with the certification while it holds.
func (r *Renderer) businessData(p *plan.Page, x *model.Profile) template.JS {
	at := r.full(p.Path)
	kind := "LocalBusiness"
	switch x.Kind {
	case "team":
		kind = "Organization"
	case "person":
		kind = "Person"
	}
	if isBusiness(x) && x.Trade != nil && x.Trade.SchemaOrg != "" {
		kind = x.Trade.SchemaOrg
	}
	var room [1 << 10]byte
	b := appendText(room[:0], `{"@context":`, schema)
	b = appendText(b, `,"@type":`, kind)
	b = appendText(b, `,"@id":`, at)
	b = appendText(b, `,"url":`, at)
	b = appendText(b, `,"name":`, x.Name)
	b = appendSome(b, `,"description":`, x.Description)
	b = appendSome(b, `,"telephone":`, international(firstOf(x.Phone, x.Mobile)))
	b = appendSome(b, `,"email":`, x.Email)
	b = appendSome(b, `,"sameAs":`, x.URL)
	if x.Photo.File != "" && r.media != nil {
		if p, ok := r.media.Web(x.Photo.File); ok && len(p.Sizes) > 0 {
			b = appendText(b, `,"image":`, r.full(fileURL(p.Sizes[len(p.Sizes)-1].Path)))
		}
	}
	if x.SIRET != "" {
		b = append(appendText(b, `,"identifier":{"@type":"PropertyValue","propertyID":"SIRET","value":`, x.SIRET), '}')
	}
	if x.Commune != nil {
		b = append(b, `,"address":{"@type":"PostalAddress"`...)
		b = appendSome(b, `,"streetAddress":`, x.Address)
		b = appendSome(b, `,"postalCode":`, x.Postcode)
		b = appendText(b, `,"addressLocality":`, x.Commune.Name)
		b = append(b, `,"addressCountry":"FR"}`...)
	}
	if x.HasPoint && isBusiness(x) {
		if !finite(x.Lat) || !finite(x.Lon) {
			return ""
		}
		b = appendNumber(append(b, `,"geo":{"@type":"GeoCoordinates","latitude":`...), x.Lat)
		b = append(appendNumber(append(b, `,"longitude":`...), x.Lon), '}')
	}
	if x.HasHours && isBusiness(x) {
		b = appendOpenings(b, x.Hours.Openings(hours.Date(r.site.Today)))
	}
	if a := x.Current(); a != nil && !a.Expired {
		b = appendText(b, `,"hasCertification":{"@type":"Certification","name":`, p.Programme.Name)
		b = appendText(b, `,"certificationIdentification":`, firstOf(a.Number, x.ShortURL))
		b = appendText(b, `,"validFrom":`, a.On.String())
		b = appendSome(b, `,"expires":`, a.Until.String())
		if by := r.issuers(p.Programme); len(by) > 0 {
			b = append(append(b, `,"issuedBy":`...), by...)
		}
		b = append(b, '}')
	}
	return template.JS(append(b, '}'))
}

func (r *Renderer) siteData() template.JS {
	b := appendText(nil, `{"@context":`, schema)
	b = appendText(b, `,"@type":"WebSite","name":`, r.site.Title)
	b = appendText(b, `,"url":`, r.full("/"))
	b = appendText(b, `,"inLanguage":`, r.site.Language)
	return template.JS(append(r.appendPublisher(b, `,"publisher":{"@type":"GovernmentOrganization"`), '}'))
}

// appendPublisher ends an object that has begun with who publishes the site; it adds
// nothing when that is not known.
func (r *Renderer) appendPublisher(b []byte, begun string) []byte {
	if r.site.Publisher == nil {
		return b
	}
	return append(appendText(append(b, begun...), `,"name":`, r.site.Publisher.Name), '}')
}

func appendOpenings(b []byte, list []hours.Opening) []byte {
	for i, o := range list {
		b = append(b, separator(i, `,"openingHoursSpecification":[`)...)
		b = append(b, `{"@type":"OpeningHoursSpecification"`...)
		for j, day := range o.DayOfWeek {
			b = appendText(b, separator(j, `,"dayOfWeek":[`), day)
		}
		if len(o.DayOfWeek) > 0 {
			b = append(b, ']')
		}
		b = appendText(b, `,"opens":`, o.Opens)
		b = appendSome(b, `,"closes":`, o.Closes)
		b = appendSome(b, `,"validFrom":`, o.ValidFrom)
		b = append(appendSome(b, `,"validThrough":`, o.ValidThrough), '}')
	}
	if len(list) > 0 {
		b = append(b, ']')
	}
	return b
}

// separator stands before the i-th thing of a list.
func separator(i int, first string) string {
	if i == 0 {
		return first
	}
	return ","
}

// appendText adds a key, as it stands in the object, and its text; appendSome does when
// there is a text.
func appendText(b []byte, key, value string) []byte { return appendString(append(b, key...), value) }

func appendSome(b []byte, key, value string) []byte {
	if value == "" {
		return b
	}
	return appendText(b, key, value)
}

// appendString adds a text as encoding/json does. It escapes <, > and & too, so that no
// value can end the script that holds it.
func appendString(b []byte, s string) []byte {
	const digits = "0123456789abcdef"
	b = append(b, '"')
	done := 0
	for i := 0; i < len(s); {
		c := s[i]
		if c >= ' ' && c < utf8.RuneSelf && c != '"' && c != '\\' && c != '<' && c != '>' && c != '&' {
			i++
			continue
		}
		if c < utf8.RuneSelf {
			b = append(b, s[done:i]...)
			switch c {
			case '"', '\\':
				b = append(b, '\\', c)
			case '\b':
				b = append(b, `\b`...)
			case '\f':
				b = append(b, `\f`...)
			case '\n':
				b = append(b, `\n`...)
			case '\r':
				b = append(b, `\r`...)
			case '\t':
				b = append(b, `\t`...)
			default:
				b = append(b, '\\', 'u', '0', '0', digits[c>>4], digits[c&15])
			}
			i++
			done = i
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			b = append(append(b, s[done:i]...), `\ufffd`...)
			done = i + 1
		case r == '\u2028' || r == '\u2029': // line ends to JavaScript
			b = append(append(b, s[done:i]...), '\\', 'u', '2', '0', '2', digits[r&15])
			done = i + size
		}
		i += size
	}
	return append(append(b, s[done:]...), '"')
}

// appendNumber adds a number as encoding/json does, like ES6.
func appendNumber(b []byte, f float64) []byte {
	abs := math.Abs(f)
	if abs == 0 || abs >= 1e-6 && abs < 1e21 {
		return strconv.AppendFloat(b, f, 'f', -1, 64)
	}
	b = strconv.AppendFloat(b, f, 'e', -1, 64)
	if n := len(b); n >= 4 && b[n-4] == 'e' && (b[n-3] == '-' || b[n-3] == '+') && b[n-2] == '0' { // e-09
		b[n-2] = b[n-1]
		b = b[:n-1]
	}
	return b
}

func finite(f float64) bool { return !math.IsNaN(f) && !math.IsInf(f, 0) }

// international is a telephone number as machines dial it.
func international(phone string) string {
	t, why := ident.Phone(phone)
	if why != ident.OK {
		return ""
	}
	return t.E164
}
