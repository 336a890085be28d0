package layout

import "math"

// Color is one colour of the palette in the two forms the encoders need. Token is its name in the
// theme, which svg may write as a variable.
type Color struct {
	Token string
	// RGB is sRGB, 0 to 255.
	RGB [3]uint8
	// CMYK is ink in tenths of a percent, 0 to 1000: whole percents are too coarse for tints.
	CMYK [4]uint16
	// Spot names an ink with a plate of its own, « CutContour »; empty for the four process inks. CMYK is
	// then how a printer without that ink shows it at full strength, and Strength how much of it is
	// printed, in tenths of a percent.
	Spot     string
	Strength uint16
}

// Process tells whether the colour is mixed from the four process inks.
func (c Color) Process() bool { return c.Spot == "" }

// Technical colours: plates that a machine reads. Their names are those that cutters and printers of
// films look for.
var (
	// CutContour is where a cutter cuts.
	CutContour = Color{Token: "cut-contour", RGB: [3]uint8{230, 0, 126}, CMYK: [4]uint16{0, 1000, 0, 0}, Spot: "CutContour", Strength: 1000}
	// WhiteInk is printed behind the colours of a transparent film.
	WhiteInk = Color{Token: "white-ink", RGB: [3]uint8{255, 255, 255}, Spot: "White", Strength: 1000}
	// Registration stands on every plate: printer's marks alone.
	Registration = Color{Token: "registration", CMYK: [4]uint16{1000, 1000, 1000, 1000}, Spot: "All", Strength: 1000}
)

// Black is ink in the black plate only, as text wants it.
var Black = Color{Token: "black", CMYK: [4]uint16{0, 0, 0, 1000}}

// White is bare paper.
var White = Color{Token: "white", RGB: [3]uint8{255, 255, 255}}

// RGBColor is the colour with these sRGB values and the plain CMYK conversion of them, for a colour
// that the data gives without its ink.
func RGBColor(r, g, b uint8) Color {
	c := Color{RGB: [3]uint8{r, g, b}}
	k := 255 - max(r, g, b)
	if k == 255 {
		c.CMYK = [4]uint16{0, 0, 0, 1000}
		return c
	}
	part := func(v uint8) uint16 {
		return uint16(math.Round(float64(255-v-k) / float64(255-k) * 1000))
	}
	c.CMYK = [4]uint16{part(r), part(g), part(b), uint16(math.Round(float64(k) / 255 * 1000))}
	return c
}

// Tint is the colour thinned with paper to percent of its strength, 0 to 100.
func (c Color) Tint(percent int) Color {
	t := c
	if c.Token != "" {
		t.Token = c.Token + "/" + itoa(percent)
	}
	if c.Spot != "" {
		t.Strength = uint16((int(c.Strength)*percent + 50) / 100)
	} else {
		for i, v := range c.CMYK {
			t.CMYK[i] = uint16((int(v)*percent + 50) / 100)
		}
	}
	for i, v := range c.RGB {
		t.RGB[i] = uint8(255 - ((255-int(v))*percent+50)/100)
	}
	return t
}

// Ink is the sum of the four plates in percent.
func (c Color) Ink() float64 {
	return float64(int(c.CMYK[0])+int(c.CMYK[1])+int(c.CMYK[2])+int(c.CMYK[3])) / 10
}
