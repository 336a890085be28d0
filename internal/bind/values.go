package bind

import (
	"regexp"
	"strconv"
	"strings"

	"vitrine/internal/diag"
	"vitrine/internal/hours"
	"vitrine/internal/ident"
	"vitrine/internal/model"
)

// Values with a form of their own. An empty value is no value; a malformed one is
// reported and left out.

func (r *reader) checked(key string, code diag.Code, valid func(string) bool) string {
	v := r.raw(key)
	if v == "" || valid(v) {
		return v
	}
	r.report(diag.New(code, r.span(key), "value", v))
	return ""
}

func (r *reader) url(key string) string {
	return r.checked(key, diag.BadURL, func(v string) bool { return ident.CheckURL(v) == nil })
}

func (r *reader) email(key string) string {
	return r.checked(key, diag.BadEmail, func(v string) bool { return ident.CheckEmail(v) == nil })
}

func (r *reader) phone(key string) string {
	return r.checked(key, diag.BadPhone, func(v string) bool { return ident.CheckPhone(v) == nil })
}

func (r *reader) postcode(key string) string {
	return r.checked(key, diag.BadPostcode, func(v string) bool { return ident.CheckPostcode(v) == nil })
}

func (r *reader) naf(key string) string {
	return r.checked(key, diag.BadNAF, func(v string) bool { return ident.CheckNAF(v) == nil })
}

// siret is a SIRET without its spaces.
func (r *reader) siret(key string) string { return r.number14(key, diag.BadSIRET, ident.CheckSIRET) }

func (r *reader) siren(key string) string { return r.number14(key, diag.BadSIREN, ident.CheckSIREN) }

func (r *reader) number14(key string, code diag.Code, check func(string) error) string {
	v := strings.Join(strings.Fields(r.raw(key)), "")
	if v == "" {
		return ""
	}
	if err := check(v); err != nil {
		r.report(diag.New(code, r.span(key), "value", v, "reason", err.Error()))
		return ""
	}
	return v
}

// point reads lat and lon, in degrees.
func (r *reader) point() (lat, lon float64) {
	lat, hasLat := r.number("lat")
	lon, hasLon := r.number("lon")
	if hasLat != hasLon {
		missing := "lat"
		if hasLat {
			missing = "lon"
		}
		r.report(diag.New(diag.MissingKey, r.span(""), "key", missing))
		return 0, 0
	}
	if lat < -90 || lat > 90 {
		r.report(diag.New(diag.BadCoordinates, r.span("lat"), "key", "lat", "value", strconv.FormatFloat(lat, 'f', -1, 64)))
		return 0, 0
	}
	if lon < -180 || lon > 180 {
		r.report(diag.New(diag.BadCoordinates, r.span("lon"), "key", "lon", "value", strconv.FormatFloat(lon, 'f', -1, 64)))
		return 0, 0
	}
	return lat, lon
}

func (r *reader) hours(key string) (hours.Hours, bool) {
	v := r.raw(key)
	if v == "" {
		return hours.Hours{}, false
	}
	h, err := hours.Parse(v)
	if err != nil {
		r.report(diag.New(diag.BadHours, r.span(key), "value", v))
		return hours.Hours{}, false
	}
	return h, true
}

var hex = regexp.MustCompile(`^#[0-9A-Fa-f]{6}$`)

func (r *reader) hexColor(key string) string {
	return r.checked(key, diag.BadColour, hex.MatchString)
}

// color reads {rgb = "#…", cmyk = […]}.
func (r *reader) color(key string) model.Color {
	var c model.Color
	r.table(key, func(r *reader) { c = r.colorKeys() })
	return c
}

func (r *reader) colorKeys() model.Color {
	c := model.Color{RGB: r.hexColor("rgb")}
	if r.has("cmyk") {
		c.CMYK, c.Ink = r.cmyk("cmyk")
	}
	return c
}

func (r *reader) cmyk(key string) (out [4]float64, ok bool) {
	p := r.part(key)
	if p == nil {
		return out, false
	}
	v, isList := p.Numbers(key)
	good := isList && len(v) == 4
	for _, n := range v {
		good = good && n >= 0 && n <= 100
	}
	if !good {
		r.report(diag.New(diag.BadColour, p.Span(key), "value", key))
		return out, false
	}
	copy(out[:], v)
	return out, true
}

// file names a file of the site: img/x.jpg is static/img/x.jpg, or
// data/files/img/x.jpg where it is for print only.
func (r *reader) file(key string) string {
	v := r.raw(key)
	if v == "" {
		return ""
	}
	v = strings.TrimPrefix(v, "/")
	if !ident.SafePath(v) {
		r.report(diag.New(diag.UnsafePath, r.span(key), "path", v))
		return ""
	}
	if !r.b.tree.Exists("static/"+v) && !r.b.tree.Exists("data/files/"+v) {
		r.report(diag.New(diag.MissingFile, r.span(key), "file", v))
		return ""
	}
	return v
}

// order reports a day that comes before the one it should follow.
func (r *reader) inOrder(firstKey string, first model.Date, thenKey string, then model.Date) {
	if !first.IsZero() && !then.IsZero() && then.Before(first) {
		r.report(diag.New(diag.DateOrder, r.span(thenKey), "what", thenKey, "later", then.String(), "than", firstKey, "earlier", first.String()))
	}
}
