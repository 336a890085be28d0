package preflight

import (
	"math"

	"vitrine/internal/layout"
)

// linear is the light of a value of sRGB, from 0 to 1.
var linear = func() (t [256]float64) {
	for i := range t {
		v := float64(i) / 255
		if v <= 0.04045 {
			t[i] = v / 12.92
		} else {
			t[i] = math.Pow((v+0.055)/1.055, 2.4)
		}
	}
	return t
}()

// luminance is the relative luminance of WCAG 2, from 0 to 1.
func luminance(c [3]uint8) float64 {
	return 0.2126*linear[c[0]] + 0.7152*linear[c[1]] + 0.0722*linear[c[2]]
}

// ratio is the contrast of WCAG 2 between two luminances, from 1 to 21.
func ratio(a, b float64) float64 {
	if a < b {
		a, b = b, a
	}
	return (a + 0.05) / (b + 0.05)
}

// inks is how much ink a colour lays down, in percent of a plate.
func inks(c layout.Color) float64 {
	if !c.Process() {
		return float64(c.Strength) / 10
	}
	return c.Ink()
}

// overprints tells whether letters and lines of the colour are printed upon their ground instead of in
// a hole of it: black alone.
func overprints(c layout.Color) bool {
	return c.Process() && c.CMYK == layout.Black.CMYK
}

// blackest is the luminance under which the eye takes a colour for black.
const blackest = 0.03

// rich tells whether a colour is a black of several inks: black with others in it, or the three others
// to a dark neutral. A dark green is none: nobody expects it to be pure.
func rich(c layout.Color) bool {
	if !c.Process() || luminance(c.RGB) >= blackest {
		return false
	}
	cmy := c.CMYK[:3]
	if c.CMYK[3] >= 600 {
		return max(cmy[0], cmy[1], cmy[2]) >= 100
	}
	return min(cmy[0], cmy[1], cmy[2]) >= 500
}
