package bind

import (
	"io/fs"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"vitrine/internal/diag"
	"vitrine/internal/hours"
	"vitrine/internal/ident"
	"vitrine/internal/model"
)

// Values with a form of their own. An empty value is no value; a malformed one is
// reported and left out.

// checked reads a text and holds it to a check, which returns its normal form.
func (r *reader) checked(key string, code diag.Code, check func(string) (string, ident.Reason)) string {
	v := r.raw(key)
	if v == "" {
		return ""
	}
	normal, why := check(v)
	if why == ident.OK {
		return normal
	}
	d := diag.New(code, r.span(key), "value", v, "reason", why.String())
	if sure := why == ident.LostZero || why == ident.NoScheme || why == ident.DisplayName; sure && normal != "" && normal != v {
		d = d.WithHint("did-you-mean", "word", normal)
	}
	r.report(d)
	return ""
}

// link reads an address of the web, or one of this site, from its root; plan tells whether something is there.
func (r *reader) link(key string) string {
	if v := r.raw(key); strings.HasPrefix(v, "/") && !strings.HasPrefix(v, "//") && !strings.ContainsAny(v, " \\\"<>") {
		return v
	}
	return r.url(key)
}

func (r *reader) url(key string) string      { return r.checked(key, diag.BadURL, ident.URL) }
func (r *reader) email(key string) string    { return r.checked(key, diag.BadEmail, ident.Email) }
func (r *reader) postcode(key string) string { return r.checked(key, diag.BadPostcode, ident.Postcode) }
func (r *reader) naf(key string) string      { return r.checked(key, diag.BadNAF, ident.NAF) }
func (r *reader) siret(key string) string    { return r.checked(key, diag.BadSIRET, ident.SIRET) }
func (r *reader) siren(key string) string    { return r.checked(key, diag.BadSIREN, ident.SIREN) }

// phone is a telephone number as it was written, once it is known to be one.
func (r *reader) phone(key string) string {
	return r.checked(key, diag.BadPhone, func(v string) (string, ident.Reason) {
		t, why := ident.Phone(v)
		switch {
		case why == ident.OK:
			return v, why
		case t.National != "":
			return t.National, why
		}
		return t.E164, why
	})
}

// point reads lat and lon, in degrees.
func (r *reader) point() (lat, lon float64) {
	lat, hasLat := r.number("lat")
	lon, hasLon := r.number("lon")
	if hasLat && !r.holds("lon") {
		r.need("lon")
	}
	if hasLon && !r.holds("lat") {
		r.need("lat")
	}
	if !hasLat || !hasLon {
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
	return r.checked(key, diag.BadColour, func(v string) (string, ident.Reason) {
		if hex.MatchString(v) {
			return strings.ToLower(v), ident.OK
		}
		return "", ident.BadForm
	})
}

// color reads {rgb = "#…", cmyk = […]}.
func (r *reader) color(key string) model.Color {
	var c model.Color
	r.table(key, func(r *reader) { c = r.colorKeys() })
	return c
}

func (r *reader) colorKeys() model.Color {
	c := model.Color{RGB: r.hexColor("rgb"), Dark: r.hexColor("dark")}
	if r.has("cmyk") {
		c.CMYK, c.Ink = r.cmyk("cmyk")
	}
	if c.Spot = r.raw("spot"); c.Spot != "" {
		r.spot(c)
	}
	return c
}

// reservedSpots are the plates that machines look for, and those that every file has.
var reservedSpots = []string{"all", "none", "cutcontour", "white", "cyan", "magenta", "yellow", "black"}

// spot holds an ink of its own to a name of its own, and to one look: in a file each name is one plate.
func (r *reader) spot(c model.Color) {
	reason := ""
	if known, ok := r.b.spots[c.Spot]; ok && known != c.CMYK {
		reason = "spot-two-inks"
	}
	if slices.Contains(reservedSpots, strings.ToLower(c.Spot)) {
		reason = "spot-reserved"
	}
	if reason != "" {
		r.report(diag.New(diag.BadSpot, r.span("spot"), "name", c.Spot, "reason", reason))
		return
	}
	if r.b.spots == nil {
		r.b.spots = map[string][4]float64{}
	}
	r.b.spots[c.Spot] = c.CMYK
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
	if !safePath(v) {
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

// safePath reports whether a name stays inside the folder that it is joined to, on
// every system.
func safePath(name string) bool {
	if !fs.ValidPath(name) || strings.ContainsAny(name, "\\:*?\"<>|") {
		return false
	}
	for part := range strings.SplitSeq(name, "/") {
		if ident.Reserved(part) || strings.HasSuffix(part, ".") || strings.HasSuffix(part, " ") || strings.HasPrefix(part, ".") {
			return false
		}
	}
	return true
}
