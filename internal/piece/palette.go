package piece

import (
	"math"
	"strconv"
	"strings"

	"vitrine/internal/layout"
	"vitrine/internal/model"
)

// Palette is the colours that boxes may name.
type Palette map[string]layout.Color

// NewPalette is the theme's colours, changed by the site's and the programme's own. A programme's
// themes are « theme/ID ». programme may be nil.
func NewPalette(theme map[string]model.Color, site *model.Site, programme *model.Programme) Palette {
	p := Palette{"black": layout.Black, "white": layout.White}
	for token, c := range theme {
		p[token] = printed(token, c)
	}
	if site != nil {
		for token, c := range site.Design.Colors {
			p[token] = printed(token, c)
		}
	}
	if programme != nil {
		if programme.Accent.RGB != "" {
			p["accent"] = printed("accent", programme.Accent)
		}
		for _, t := range programme.Themes {
			token := "theme/" + t.ID
			p[token] = printed(token, model.Color{RGB: t.Color, CMYK: t.CMYK, Ink: t.Ink})
		}
	}
	return p
}

// printed is a token's colour in both forms; without inks given, they are worked out.
func printed(token string, c model.Color) layout.Color {
	r, g, b, ok := hex(c.RGB)
	if !ok {
		r, g, b = 0, 0, 0
	}
	out := layout.RGBColor(r, g, b)
	out.Token = token
	if c.Ink {
		for i, v := range c.CMYK {
			out.CMYK[i] = uint16(math.Round(min(max(v, 0), 100) * 10))
		}
	}
	if c.Spot != "" {
		out.Spot, out.Strength = c.Spot, 1000
	}
	return out
}

// find reads a colour: a token, a token thinned to some percent (« accent/20 »), or #rrggbb.
func (p Palette) find(s string) (layout.Color, bool) {
	if c, ok := p[s]; ok {
		return c, true
	}
	if r, g, b, ok := hex(s); ok {
		return layout.RGBColor(r, g, b), true
	}
	if i := strings.LastIndexByte(s, '/'); i > 0 {
		if percent, err := strconv.Atoi(s[i+1:]); err == nil && percent >= 0 && percent <= 100 {
			if c, ok := p.find(s[:i]); ok {
				return c.Tint(percent), true
			}
		}
	}
	return layout.Color{}, false
}

func hex(s string) (r, g, b uint8, ok bool) {
	if len(s) != 7 || s[0] != '#' {
		return 0, 0, 0, false
	}
	v, err := strconv.ParseUint(s[1:], 16, 32)
	if err != nil {
		return 0, 0, 0, false
	}
	return uint8(v >> 16), uint8(v >> 8), uint8(v), true
}
