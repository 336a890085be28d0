package page

import (
	"math"
	"slices"

	"vitrine/internal/model"
	"vitrine/internal/preflight"
	"vitrine/internal/theme"
	"vitrine/internal/typography"
)

// Seen is what was seen of a piece when it was laid out, for all its subjects together.
type Seen struct {
	preflight.Summary
	InkLimit    float64 // percent; 0: that of coated stock
	Bleed, Safe float64 // in mm, as the template says
	Names       int     // how many names it shows
	ShrunkNames int     // how many of them are smaller than their style says
	Press       bool    // it is made for a printer
}

// Checks words what was seen of a piece. findings are those of the piece: a line with which one of them
// has to do is not in order. Lines of what a piece does not have are left out.
func Checks(site *model.Site, t *theme.Theme, s Seen, findings []Finding) []Check {
	c := checks{Words: t.Words(site.Language), lang: typography.Language(site.Language), findings: findings}
	if s.Press {
		c.add("kit-check-bleed", s.Bleed >= 2.5, []string{"short-bleed"}, "kit-value-bleed", "bleed", c.decimal(s.Bleed))
	}
	if s.HasClear {
		clear := s.Clear.MM()
		c.add("kit-check-safe", clear+0.01 >= s.Safe, []string{"text-unsafe", "text-cut", "text-hidden"}, "kit-value-safe", "clear", c.decimal(clear), "safe", c.decimal(s.Safe))
	}
	if s.Press && s.Ink > 0 {
		limit := s.InkLimit
		if limit <= 0 {
			limit = preflight.InkLimit
		}
		c.add("kit-check-ink", float64(s.Ink) <= limit*10+0.5, []string{"ink-high", "rich-black", "hairline"}, "kit-value-ink", "ink", c.decimal(float64(s.Ink)/10), "limit", c.decimal(limit))
	}
	if s.Text > 0 {
		c.add("kit-check-text", s.Text.PT() > 5.99, []string{"text-tiny", "text-reversed", "missing-glyph", "text-overflow"}, "kit-value-text", "size", c.decimal(s.Text.PT()))
	}
	if s.Contrast > 0 {
		c.add("kit-check-contrast", s.Contrast >= 298 && s.OnPicture == 0, []string{"contrast-low"}, "kit-value-contrast", "ratio", c.decimal(float64(s.Contrast)/100))
		if s.OnPicture > 0 {
			c.hint("kit-hint-picture", s.OnPicture)
		}
	}
	if s.DPI > 0 {
		c.add("kit-check-dpi", s.DPI >= preflight.FineDPI, []string{"picture-low", "picture-coarse"}, "kit-value-dpi", "dpi", typography.Number(c.lang, int64(s.DPI)))
	}
	if n := len(s.Fonts); n > 0 {
		c.count("kit-check-fonts", true, nil, "kit-value-fonts", n)
	}
	if s.QR > 0 {
		c.add("kit-check-qr", true, []string{"qr-too-small", "qr-quiet", "qr-no-address"}, "kit-value-qr", "side", c.decimal(s.QR.MM()), "module", typography.Decimal(c.lang, s.Module.MM(), 2))
	}
	if s.Names > 0 {
		c.count("kit-check-names", true, []string{"text-shrunk"}, "kit-value-names", s.Names)
		last := &c.list[len(c.list)-1]
		if s.ShrunkNames > 0 {
			last.Value += ", " + c.n("kit-value-shrunk", s.ShrunkNames)
		}
	}
	return c.list
}

type checks struct {
	theme.Words
	lang     typography.Language
	findings []Finding
	list     []Check
}

func (c *checks) add(label string, ok bool, codes []string, value string, args ...any) {
	c.put(label, ok, codes, c.t(value, args...))
}

func (c *checks) count(label string, ok bool, codes []string, value string, n int) {
	c.put(label, ok, codes, c.n(value, n))
}

func (c *checks) put(label string, ok bool, codes []string, value string) {
	for _, f := range c.findings {
		if slices.Contains(codes, f.Code) {
			ok = false
		}
	}
	c.list = append(c.list, Check{Label: c.t(label), Value: value, OK: ok})
}

func (c *checks) hint(key string, n int) { c.list[len(c.list)-1].Hint = c.n(key, n) }

// t and n are a theme's words; one without them shows the key, and has everything else.
func (c *checks) t(key string, args ...any) string {
	s, err := c.T(key, args...)
	if err != nil {
		return key
	}
	return s
}

func (c *checks) n(key string, n int) string {
	s, err := c.N(key, n)
	if err != nil {
		return key
	}
	return s
}

// decimal writes a number with a decimal where it says something.
func (c *checks) decimal(v float64) string {
	if v = math.Round(v*10) / 10; v == math.Trunc(v) {
		return typography.Number(c.lang, int64(v))
	}
	return typography.Decimal(c.lang, v, 1)
}
