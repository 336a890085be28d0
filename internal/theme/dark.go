package theme

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"vitrine/internal/model"
)

// The dark scheme: each token may have a second colour, for readers who ask for dark pages. Paper and
// pictures for sharing have none.

// legible is the contrast that an accent reaches on what is behind it.
const legible = 4.5

// DarkMedia is the condition under which pages are dark. Print is not.
const DarkMedia = "@media screen and (prefers-color-scheme:dark)"

// A Rule is a block of a style sheet: a selector with the colours of some tokens.
type Rule struct {
	Selector string
	Colors   map[string]model.Color
}

// WriteRules writes the colours of rules on light pages, then those that they have on dark ones. ground
// is the colours that dark pages have where a rule does not say; an accent that has none for them is
// given one that can be read on their paper and tint.
func WriteRules(out *strings.Builder, ground map[string]model.Color, rules []Rule) {
	var dark strings.Builder
	for _, rule := range rules {
		var light, night strings.Builder
		var tokens []string
		for token, c := range rule.Colors {
			if c.RGB != "" {
				tokens = append(tokens, token)
			}
		}
		slices.Sort(tokens)
		for _, token := range tokens {
			c := rule.Colors[token]
			fmt.Fprintf(&light, "--%s:%s;", token, c.RGB)
			switch {
			case c.Dark != "":
			case token == "accent":
				c.Dark = OnDark(c.RGB, darkOf("paper", rules, ground), darkOf("tint", rules, ground))
			default:
				c.Dark = ground[token].Dark // else the light one would be restated over it
			}
			if c.Dark != "" {
				fmt.Fprintf(&night, "--%s:%s;", token, c.Dark)
			}
		}
		write := func(to *strings.Builder, text string) {
			if text != "" {
				fmt.Fprintf(to, "%s{%s}\n", rule.Selector, text)
			}
		}
		write(out, light.String())
		write(&dark, night.String())
	}
	if dark.Len() > 0 {
		fmt.Fprintf(out, "%s{\n%s}\n", DarkMedia, dark.String())
	}
}

// darkOf is what a token is on dark pages: what the first rules say, for all pages, else the ground.
func darkOf(token string, rules []Rule, ground map[string]model.Color) string {
	for _, r := range rules {
		if c := r.Colors[token]; r.Selector == ":root" && c.Dark != "" {
			return c.Dark
		}
	}
	return ground[token].Dark
}

// OnDark is a colour of the same hue that can be read on dark grounds: a contrast of at least 4.5 on each
// of them, where any colour has that. Colours are #rrggbb; a ground that is none is left out.
func OnDark(rgb string, grounds ...string) string {
	c, ok := parseHex(rgb)
	if !ok {
		return rgb
	}
	l, a, b := toOKLab(c)
	chroma, hue := math.Hypot(a, b), math.Atan2(b, a)
	chroma = min(chroma, 0.13) // bright colours tire on a dark page
	for l = max(l, 0.72); l < 1; l += 0.01 {
		if made, ok := within(l, chroma, hue); ok && readable(made, grounds) {
			return made.String()
		}
	}
	return "#ffffff"
}

// within is the colour of a lightness and hue, with as much of the chroma as a screen shows.
func within(l, chroma, hue float64) (color, bool) {
	for k := 1.0; k >= 0; k -= 0.05 {
		if c, ok := fromOKLab(l, k*chroma*math.Cos(hue), k*chroma*math.Sin(hue)); ok {
			return c, true
		}
	}
	return color{}, false
}

func readable(c color, grounds []string) bool {
	for _, g := range grounds {
		if ground, ok := parseHex(g); ok && contrastOf(c, ground) < legible {
			return false
		}
	}
	return true
}

// color is red, green and blue of sRGB.
type color [3]uint8

func (c color) String() string { return fmt.Sprintf("#%02x%02x%02x", c[0], c[1], c[2]) }

func parseHex(s string) (color, bool) {
	if len(s) != 7 || s[0] != '#' {
		return color{}, false
	}
	v, err := strconv.ParseUint(s[1:], 16, 32)
	return color{uint8(v >> 16), uint8(v >> 8), uint8(v)}, err == nil
}

// contrastOf is the contrast of WCAG, from 1 to 21.
func contrastOf(a, b color) float64 {
	la, lb := luminance(a), luminance(b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

func luminance(c color) float64 {
	return 0.2126*linear(c[0]) + 0.7152*linear(c[1]) + 0.0722*linear(c[2])
}

func linear(v uint8) float64 {
	x := float64(v) / 255
	if x <= 0.04045 {
		return x / 12.92
	}
	return math.Pow((x+0.055)/1.055, 2.4)
}

// toOKLab and fromOKLab are Björn Ottosson's OKLab, in which a hue stays the same to the eye when its
// lightness changes.
func toOKLab(c color) (l, a, b float64) {
	r, g, u := linear(c[0]), linear(c[1]), linear(c[2])
	x := math.Cbrt(0.4122214708*r + 0.5363325363*g + 0.0514459929*u)
	y := math.Cbrt(0.2119034982*r + 0.6806995451*g + 0.1073969566*u)
	z := math.Cbrt(0.0883024619*r + 0.2817188376*g + 0.6299787005*u)
	return 0.2104542553*x + 0.7936177850*y - 0.0040720468*z,
		1.9779984951*x - 2.4285922050*y + 0.4505937099*z,
		0.0259040371*x + 0.7827717662*y - 0.8086757660*z
}

func fromOKLab(l, a, b float64) (color, bool) {
	x, y, z := l+0.3963377774*a+0.2158037573*b, l-0.1055613458*a-0.0638541728*b, l-0.0894841775*a-1.2914855480*b
	x, y, z = x*x*x, y*y*y, z*z*z
	var out color
	for i, v := range [3]float64{
		4.0767416621*x - 3.3077115913*y + 0.2309699292*z,
		-1.2684380046*x + 2.6097574011*y - 0.3413193965*z,
		-0.0041960863*x - 0.7034186147*y + 1.7076147010*z,
	} {
		if v < -1e-4 || v > 1+1e-4 {
			return color{}, false
		}
		v = min(max(v, 0), 1)
		if v <= 0.0031308 {
			v *= 12.92
		} else {
			v = 1.055*math.Pow(v, 1/2.4) - 0.055
		}
		out[i] = uint8(math.Round(255 * v))
	}
	return out, true
}
