package intake

import (
	"math"
	"strings"

	"vitrine/internal/spreadsheet"
)

// coordinate reads lat or lon. The second that is read settles both.
func (x *rowReader) coordinate(c *column, cell spreadsheet.Cell) {
	v, ok := number(cell)
	if !ok {
		x.doubt("not-a-number", c, strings.TrimSpace(cell.Text), "", "")
		return
	}
	other := "lat"
	if c.field.key == "lat" {
		other = "lon"
	}
	first := x.in.get(other)
	if first == "" {
		x.put(c, decimal(v))
		return
	}
	o, _ := number(spreadsheet.Cell{Text: first})
	x.drop(other)
	lat, lon := v, o
	if c.field.key == "lon" {
		lat, lon = o, v
	}
	before := decimal(lat) + " ; " + decimal(lon)
	if cell.Kind == spreadsheet.Text && strings.Contains(cell.Text, ",") {
		x.repair("decimal-comma", c, strings.TrimSpace(cell.Text), decimal(v))
	}
	x.settle(c, before, lat, lon)
}

// drop forgets a value.
func (x *rowReader) drop(key string) {
	for i, v := range x.in.values {
		if v.key == key {
			x.in.values = append(x.in.values[:i], x.in.values[i+1:]...)
			return
		}
	}
}

// point reads « 48.75, -0.56 » or « 48,75 ; -0,56 ».
func (x *rowReader) point(c *column, text string) {
	parts := strings.FieldsFunc(text, func(r rune) bool { return r == ';' || r == ' ' || r == '|' || r == '/' })
	if len(parts) == 1 {
		parts = strings.Split(text, ",")
	}
	if len(parts) == 2 {
		lat, ok1 := number(spreadsheet.Cell{Text: strings.Trim(parts[0], ", ")})
		lon, ok2 := number(spreadsheet.Cell{Text: strings.Trim(parts[1], ", ")})
		if ok1 && ok2 {
			x.settle(c, text, lat, lon)
			return
		}
	}
	x.doubt("bad-point", c, text, "", "")
}

// settle takes a pair of coordinates, whatever they are: degrees, degrees the wrong way
// round, or metres of Lambert-93. A commune that is known is the judge.
func (x *rowReader) settle(c *column, before string, lat, lon float64) {
	code, why := "", ""
	switch {
	case looksLambert(lon, lat):
		lat, lon = fromLambert(lon, lat)
		code = "lambert-93"
	case looksLambert(lat, lon):
		lat, lon = fromLambert(lat, lon)
		code = "lambert-93"
	}
	place := x.refs.communes[x.in.get("commune")]
	far := func(lat, lon float64) bool {
		return place != nil && (place.lat != 0 || place.lon != 0) && apart(lat, lon, place.lat, place.lon) > 40
	}
	switch {
	case math.Abs(lat) > 90 || math.Abs(lon) > 180, lat == 0 && lon == 0:
		why = "bad-point"
	case far(lat, lon):
		if why = "point-elsewhere"; !far(lon, lat) && math.Abs(lon) <= 90 {
			lat, lon, code, why = lon, lat, "swapped-point", ""
		}
	case place == nil && !inFrance(lat, lon):
		why = "point-abroad"
	}
	after := decimal(lat) + " ; " + decimal(lon)
	if why != "" {
		detail := ""
		if place != nil {
			detail = place.name
		}
		x.doubt(why, c, before, "", detail)
		return
	}
	if code != "" {
		x.repair(code, c, before, after)
	}
	x.putKey("lat", c, decimal(lat))
	x.putKey("lon", c, decimal(lon))
}
