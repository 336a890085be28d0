package intake

import (
	"math"
	"regexp"
	"slices"
	"strings"

	"vitrine/internal/ident"
	"vitrine/internal/spreadsheet"
	"vitrine/internal/typography"
)

func (x *rowReader) siret(c *column, cell spreadsheet.Cell) {
	text := strings.TrimSpace(cell.Text)
	if cell.Kind == spreadsheet.Number && cell.Number == math.Trunc(cell.Number) && cell.Number > 0 && cell.Number < 1e15 && len(digits(text)) < 14 {
		text = decimal(cell.Number)
	}
	if scientific.MatchString(text) {
		x.doubt("scientific", c, text, "", "")
		return
	}
	v, why := ident.SIRET(strings.Map(betweenDigits, text))
	switch {
	case why == ident.OK:
		x.put(c, v)
	case why == ident.LostZero:
		x.repair("lost-zero-siret", c, text, v)
		x.put(c, v)
	case strings.HasSuffix(v, "00000") && len(v) >= 13:
		x.doubt("rounded-siret", c, text, "", "")
	default:
		if _, siren := ident.SIREN(v); siren == ident.OK {
			x.doubt("siren-only", c, text, "", "")
			return
		}
		x.doubt("bad-siret", c, text, "", why.String())
	}
}

func betweenDigits(r rune) rune {
	if strings.ContainsRune(".-_'", r) {
		return -1
	}
	return r
}

func (x *rowReader) postcode(c *column, cell spreadsheet.Cell) {
	text := strings.TrimSpace(cell.Text)
	if rest, ok := strings.CutPrefix(strings.ToUpper(text), "F-"); ok {
		text = rest
	}
	text, _, _ = strings.Cut(text, ".0") // 61100.0, by way of another program
	v, why := ident.Postcode(text)
	switch why {
	case ident.OK:
		x.put(c, v)
	case ident.LostZero:
		if place := x.refs.communes[x.in.get("commune")]; place != nil && len(place.postcodes) > 0 && !slices.Contains(place.postcodes, v) || place != nil && place.code[:2] != v[:2] {
			x.doubt("postcode-elsewhere", c, text, v, place.name)
			return
		}
		x.repair("lost-zero-postcode", c, text, v)
		x.put(c, v)
	default:
		x.doubt("bad-postcode", c, text, "", why.String())
	}
}

func (x *rowReader) commune(c *column, cell spreadsheet.Cell) {
	text, why := clean(cell.Text, false)
	for _, code := range why {
		x.repair(code, c, cell.Text, text)
	}
	if x.code(c, text) {
		return
	}
	name := cedex.ReplaceAllString(text, "")
	if m := codeCity.FindStringSubmatch(name); m != nil {
		x.repair("postcode-and-city", c, text, m[1]+" | "+m[2])
		x.putKey("postcode", c, m[1])
		name = m[2]
	} else if m := cityCode.FindStringSubmatch(name); m != nil {
		x.repair("postcode-and-city", c, text, m[2]+" | "+m[1])
		x.putKey("postcode", c, m[2])
		name = m[1]
	}
	postcode := x.in.get("postcode")
	for _, o := range x.layout.columns {
		if o.field.key == "postcode" && o.at < len(x.row.Cells) && postcode == "" {
			if v, why := ident.Postcode(x.row.Cells[o.at].Text); why == ident.OK || why == ident.LostZero {
				postcode = v
			}
		}
	}
	ids, near := x.refs.city(name, postcode)
	switch known := x.in.get("commune"); {
	case known != "":
		if len(ids) > 0 && !slices.Contains(ids, known) {
			x.doubt("communes-disagree", c, text, "", x.refs.communes[known].name)
		}
	case len(ids) == 1:
		x.put(c, ids[0])
	case len(ids) > 1:
		var list []string
		for _, id := range ids {
			list = append(list, x.refs.communes[id].name+" ("+id+")")
		}
		x.doubt("homonyms", c, text, "", strings.Join(list, ", "))
	default:
		x.doubt("unknown-commune", c, text, near, "")
	}
}

func (x *rowReader) code(c *column, text string) bool {
	code, why := ident.Commune(text)
	if why != ident.OK && why != ident.LostZero {
		return false
	}
	if known := x.in.get("commune"); known != "" {
		if known != code {
			x.doubt("communes-disagree", c, text, "", x.refs.communes[known].name)
		}
		return true
	}
	if x.refs.communes[code] != nil {
		if why == ident.LostZero {
			x.repair("lost-zero-insee", c, text, code)
		}
		x.put(c, code)
		return true
	}
	if ids := x.refs.byPostcode[code]; len(ids) > 0 {
		proposal := ""
		if len(ids) == 1 {
			proposal = ids[0]
		}
		x.doubt("postcode-for-insee", c, text, proposal, x.refs.communes[ids[0]].name)
		return true
	}
	x.doubt("unknown-commune", c, text, "", "")
	return true
}

var betweenPhones = regexp.MustCompile(`\s*(?:/|;|,|\||\n| ou | et | - )\s*`)

func (x *rowReader) phone(c *column, cell spreadsheet.Cell) {
	text, why := clean(cell.Text, false)
	for _, code := range why {
		if code != "spaces" {
			x.repair(code, c, cell.Text, text)
		}
	}
	if t, why := ident.Phone(text); why == ident.OK || why == ident.LostZero {
		x.onePhone(c, text, t, why)
		return
	}
	if d := digits(text); strings.HasPrefix(d, "33") && len(d) == 11 && d == text {
		if t, why := ident.Phone("+" + d); why == ident.OK {
			x.repair("phone-form", c, text, written(t))
			x.onePhone(c, written(t), t, why)
			return
		}
	}
	parts := betweenPhones.Split(text, -1)
	var read []ident.Telephone
	for _, p := range parts {
		if t, why := ident.Phone(p); why == ident.OK {
			read = append(read, t)
		}
	}
	if len(parts) == 2 && len(read) == 2 && (read[0].Line == ident.Mobile) != (read[1].Line == ident.Mobile) {
		x.repair("two-phones", c, text, written(read[0])+" | "+written(read[1]))
		for _, t := range read {
			key := "phone"
			if t.Line == ident.Mobile {
				key = "mobile"
			}
			x.putKey(key, c, written(t))
		}
		return
	}
	detail := ""
	if len(read) > 0 {
		detail = written(read[0])
	}
	x.doubt("bad-phone", c, text, detail, "")
}

func written(t ident.Telephone) string {
	if t.National == "" {
		return t.E164
	}
	return strings.ReplaceAll(typography.Phone(typography.French, t.National), "\u00a0", " ")
}

func (x *rowReader) onePhone(c *column, text string, t ident.Telephone, why ident.Reason) {
	form := written(t)
	if why == ident.LostZero {
		x.repair("lost-zero-phone", c, text, form)
	} else if t.Line != ident.Foreign && digits(form) != digits(text) {
		x.repair("phone-form", c, text, form)
	}
	n := len(x.in.values)
	x.put(c, form)
	if c.field.key == "phone" && t.Line == ident.Mobile && len(x.in.values) > n {
		x.in.values[n].moves = true
	}
}

func (x *rowReader) email(c *column, text string) {
	v := strings.TrimPrefix(strings.Trim(text, " \t;,."), "mailto:")
	normal, why := ident.Email(v)
	switch why {
	case ident.OK, ident.DisplayName:
		if why == ident.DisplayName || normal != text {
			x.repair("email-form", c, text, normal)
		}
		x.put(c, normal)
	default:
		x.doubt("bad-email", c, text, "", why.String())
	}
}

func (x *rowReader) url(c *column, text string) {
	normal, why := ident.URL(strings.TrimSpace(text))
	switch why {
	case ident.OK:
		x.put(c, normal)
	case ident.NoScheme:
		// A word alone stays as it is, without a scheme: it is no domain.
		if host, ok := strings.CutPrefix(normal, "https://"); ok && strings.Contains(host, ".") && !strings.ContainsAny(text, " ") {
			x.repair("no-scheme", c, text, normal)
			x.put(c, normal)
			return
		}
		fallthrough
	default:
		x.doubt("bad-url", c, text, "", why.String())
	}
}
