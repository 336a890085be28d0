package export

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"math"
	"strconv"
	"strings"

	"vitrine/internal/model"
)

// Dataset is the open data of a programme: those listed on the site who said yes to open data, with what
// each of them opened. A mobile number is never among it.
type Dataset struct {
	Site      *model.Site
	Programme *model.Programme
	Rows      []*model.Profile
	Label     string // in words
	Text      string // what it holds, in a sentence
	// Page is the address of a participant's page.
	Page func(id string) string
	// Name, Title and About are what a column is called in files, in words, and what it holds.
	Name, Title, About func(column string) string
}

// column is one of a dataset. Its values are text, whole numbers, numbers or lists of texts; nil is an
// empty cell.
type column struct {
	key    string // of model.OpenColumns: it names the phrases of the theme
	kind   string // of the table schema: string, integer, number, date; list
	format string // uri, email
	must   bool   // never empty
	value  func(d *Dataset, p *model.Profile) any
}

var columns = []column{
	{"id", "string", "", true, func(_ *Dataset, p *model.Profile) any { return p.ID }},
	{"name", "string", "", true, func(_ *Dataset, p *model.Profile) any { return p.Name }},
	{"trade", "string", "", false, func(_ *Dataset, p *model.Profile) any {
		if p.Trade == nil {
			return nil
		}
		return p.Trade.Name
	}},
	{"activity", "string", "", false, func(_ *Dataset, p *model.Profile) any { return p.Activity }},
	{"address", "string", "", false, func(_ *Dataset, p *model.Profile) any {
		return strings.Join(strings.FieldsFunc(p.Address, isBreak), ", ")
	}},
	{"postcode", "string", "", false, func(_ *Dataset, p *model.Profile) any { return p.Postcode }},
	{"commune", "string", "", false, func(_ *Dataset, p *model.Profile) any { return place(p, true) }},
	{"insee", "string", "", false, func(_ *Dataset, p *model.Profile) any { return place(p, false) }},
	{"lat", "number", "", false, func(_ *Dataset, p *model.Profile) any { return degree(p, p.Lat) }},
	{"lon", "number", "", false, func(_ *Dataset, p *model.Profile) any { return degree(p, p.Lon) }},
	{"phone", "string", "", false, func(_ *Dataset, p *model.Profile) any { return p.Phone }},
	{"email", "string", "email", false, func(_ *Dataset, p *model.Profile) any { return p.Email }},
	{"website", "string", "uri", false, func(_ *Dataset, p *model.Profile) any { return p.URL }},
	{"hours", "string", "", false, func(_ *Dataset, p *model.Profile) any {
		if !p.HasHours {
			return nil
		}
		return p.Hours.String()
	}},
	{"siret", "string", "", false, func(_ *Dataset, p *model.Profile) any { return p.SIRET }},
	{"naf", "string", "", false, func(_ *Dataset, p *model.Profile) any { return p.NAF }},
	{"employees", "integer", "", false, func(_ *Dataset, p *model.Profile) any {
		if p.Employees == 0 {
			return nil
		}
		return p.Employees
	}},
	{"themes", "list", "", false, func(_ *Dataset, p *model.Profile) any {
		return each(p.Commitments, func(c model.Deed) string { return c.Challenge.Theme.Title })
	}},
	{"challenges", "list", "", false, func(_ *Dataset, p *model.Profile) any {
		return each(p.Commitments, func(c model.Deed) string { return c.Challenge.Title })
	}},
	{"editions", "list", "", false, func(_ *Dataset, p *model.Profile) any {
		return each(p.Awards, func(a model.Distinction) string { return a.Edition.ID })
	}},
	{"level", "string", "", false, func(_ *Dataset, p *model.Profile) any {
		if a := p.Current(); a != nil && a.Level != nil {
			return a.Level.Title
		}
		return nil
	}},
	{"awarded", "date", "", false, func(_ *Dataset, p *model.Profile) any {
		if a := p.Current(); a != nil {
			return a.On.String()
		}
		return nil
	}},
	{"until", "date", "", false, func(_ *Dataset, p *model.Profile) any {
		if a := p.Current(); a != nil && !a.Until.IsZero() {
			return a.Until.String()
		}
		return nil
	}},
	{"description", "string", "", false, func(_ *Dataset, p *model.Profile) any { return p.Description }},
	{"page", "string", "uri", true, func(d *Dataset, p *model.Profile) any { return d.Page(p.ID) }},
}

func place(p *model.Profile, name bool) any {
	switch {
	case p.Commune == nil:
		return nil
	case name:
		return p.Commune.Name
	}
	return p.Commune.Code
}

func degree(p *model.Profile, v float64) any {
	if !p.HasPoint || math.IsNaN(v) || math.IsInf(v, 0) {
		return nil
	}
	return v
}

// each lists what a list holds, each once, in its order.
func each[T any](list []T, text func(T) string) []string {
	out := []string{}
	seen := map[string]bool{}
	for _, x := range list {
		if s := text(x); !seen[s] {
			seen[s] = true
			out = append(out, s)
		}
	}
	return out
}

// CSV is the table in UTF-8 (RFC 4180); lists are parted by bars.
func (d *Dataset) CSV() []byte {
	return d.table(',', func(cell string) string { return cell })
}

// byteOrderMark tells spreadsheet programs that a text is UTF-8.
const byteOrderMark = "\ufeff"

// SheetCSV is the table as French spreadsheet programs open it at a double click: semicolons, a byte order
// mark, and no cell that would be run as a formula.
func (d *Dataset) SheetCSV() []byte {
	return append([]byte(byteOrderMark), d.table(';', func(cell string) string {
		if cell != "" && strings.ContainsRune("=@\t\r", rune(cell[0])) || len(cell) > 1 && (cell[0] == '+' || cell[0] == '-') && (cell[1] < '0' || cell[1] > '9') {
			return "'" + cell
		}
		return cell
	})...)
}

func (d *Dataset) table(comma rune, written func(cell string) string) []byte {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.Comma, w.UseCRLF = comma, true
	row := make([]string, len(columns))
	for i, c := range columns {
		row[i] = d.Name(c.key)
	}
	_ = w.Write(row) // a bytes.Buffer never fails
	for _, p := range d.Rows {
		for i, c := range columns {
			row[i] = written(cell(c.value(d, p)))
		}
		_ = w.Write(row)
	}
	w.Flush()
	return b.Bytes()
}

func cell(v any) string {
	switch v := v.(type) {
	case string:
		return strings.ToValidUTF8(v, "\uFFFD")
	case int:
		return strconv.Itoa(v)
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case []string:
		for i, s := range v {
			v[i] = strings.ReplaceAll(s, "|", "/")
		}
		return strings.Join(v, "|")
	}
	return ""
}

// object is a row with its keys in the order of the columns, without those that are empty.
func (d *Dataset) object(p *model.Profile, skip ...string) []byte {
	b := []byte{'{'}
next:
	for _, c := range columns {
		for _, key := range skip {
			if c.key == key {
				continue next
			}
		}
		v := c.value(d, p)
		if list, ok := v.([]string); v == nil || v == "" || ok && len(list) == 0 {
			continue
		}
		if len(b) > 1 {
			b = append(b, ',')
		}
		b = append(append(append(b, encoded(d.Name(c.key))...), ':'), encoded(v)...)
	}
	return append(b, '}')
}

// encoded is a value as JSON. Texts and numbers never fail.
func encoded(v any) []byte {
	if s, ok := v.(string); ok && plainText(s) {
		return append(append(append(make([]byte, 0, len(s)+2), '"'), s...), '"')
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	_ = e.Encode(v)
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}

// plainText tells of a text that JSON writes as it is.
func plainText(s string) bool {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c >= 0x7f || c == '"' || c == '\\' {
			return false
		}
	}
	return true
}

// JSON is the table as a list of objects, a line each.
func (d *Dataset) JSON() []byte {
	b := []byte("[")
	for i, p := range d.Rows {
		b = append(b, separator(i)...)
		b = append(b, d.object(p)...)
	}
	return append(b, "\n]\n"...)
}

func separator(i int) string {
	if i == 0 {
		return "\n"
	}
	return ",\n"
}

// GeoJSON is those of the table who opened where they are (RFC 7946), a line each.
func (d *Dataset) GeoJSON() []byte {
	b := []byte(`{"type":"FeatureCollection","features":[`)
	n := 0
	for _, p := range d.Rows {
		lat, lon := degree(p, p.Lat), degree(p, p.Lon)
		if lat == nil || lon == nil {
			continue
		}
		b = append(b, separator(n)...)
		n++
		b = append(b, `{"type":"Feature","id":`...)
		b = append(b, encoded(p.ID)...)
		b = append(b, `,"geometry":{"type":"Point","coordinates":`...)
		b = append(b, encoded([]any{lon, lat})...)
		b = append(b, `},"properties":`...)
		b = append(b, d.object(p, "lat", "lon")...)
		b = append(b, '}')
	}
	return append(b, "\n]}\n"...)
}
