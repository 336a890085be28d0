package pdf

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"vitrine/internal/layout"
)

// paint is the colour in force.
type paint struct {
	set bool
	layout.Color
}

func (p paint) is(c layout.Color) bool {
	return p.set && p.RGB == c.RGB && p.CMYK == c.CMYK && p.Spot == c.Spot && p.Strength == c.Strength
}

// operators set a colour: of the process inks, of screens, of grey, of a space of its own.
type operators struct{ cmyk, rgb, gray, space, tint string }

var (
	filling  = operators{"k", "rg", "g", "cs", "scn"}
	stroking = operators{"K", "RG", "G", "CS", "SCN"}
)

func (c *content) color(in *paint, want layout.Color, op *operators) {
	if in.is(want) {
		return
	}
	*in = paint{true, want}
	switch {
	case c.encoder.profile == Office && want.RGB[0] == want.RGB[1] && want.RGB[1] == want.RGB[2]:
		c.float(float64(want.RGB[0]) / 255)
		c.op(op.gray)
	case c.encoder.profile == Office:
		for _, v := range want.RGB {
			c.float(float64(v) / 255)
		}
		c.op(op.rgb)
	case want.Spot != "":
		c.buf = append(c.buf, '/')
		c.buf = append(c.buf, c.spot(want)...)
		c.buf = append(c.buf, ' ')
		c.buf = append(c.buf, op.space...)
		c.buf = append(c.buf, ' ')
		c.milli(int64(want.Strength))
		c.op(op.tint)
	default:
		for _, v := range want.CMYK {
			c.milli(int64(v))
		}
		c.op(op.cmyk)
	}
}

// spot is an ink with a plate of its own, as pages name it.
type spot struct {
	resource string
	name     string
	cmyk     [4]uint16 // how it looks where there is no such ink
}

// spot is the name in the page of a colour's ink.
func (c *content) spot(color layout.Color) string {
	for i := range c.spots {
		if s := &c.spots[i]; s.name == color.Spot && s.cmyk == color.CMYK {
			return s.resource
		}
	}
	sum := sha256.Sum256(fmt.Appendf(nil, "%v %s", color.CMYK, color.Spot))
	s := spot{"S" + hex.EncodeToString(sum[:6]), color.Spot, color.CMYK}
	c.spots = append(c.spots, s)
	return s.resource
}

// space is the colour space of the ink.
func (s *spot) space() string {
	b := append([]byte("[/Separation"), nameObject(s.name)...)
	b = append(b, "/DeviceCMYK<</FunctionType 2/Domain[0 1]/C0[0 0 0 0]/C1["...)
	for _, v := range s.cmyk {
		b = append(appendMilli(b, int64(v)), ' ')
	}
	b[len(b)-1] = ']'
	return string(append(b, "/N 1>>]"...))
}

// nameObject writes any text as a PDF name, with its slash.
func nameObject(s string) []byte {
	b := []byte{'/'}
	for i := range len(s) {
		switch ch := s[i]; {
		case ch >= 'a' && ch <= 'z', ch >= 'A' && ch <= 'Z', ch >= '0' && ch <= '9', ch == '-', ch == '_', ch == '.':
			b = append(b, ch)
		case ch != 0: // which no name can hold
			b = fmt.Appendf(b, "#%02X", ch)
		}
	}
	return b
}

// state is what of the graphics state is switched by name.
type state uint8

const (
	overFill   state       = 1 << iota // what is filled leaves the other plates as they are
	overStroke                         // what is stroked does
	darken                             // inks lie on one another like films
	allStates  = 1 << iota             // how many there are
)

// dict is the entry of the resources. The mode of overprinting says that a process ink of nought leaves
// its plate alone too, and not only the plates of spot inks.
func (s state) dict() string {
	blend := "Normal"
	if s&darken != 0 {
		blend = "Darken"
	}
	return fmt.Sprintf("/G%d<</Type/ExtGState/OP %t/op %t/OPM 1/BM/%s>>", s, s&overStroke != 0, s&overFill != 0, blend)
}

// want switches those parts of the state that mask holds, if they are otherwise. A page starts with none.
func (c *content) want(s, mask state) {
	if c.encoder.profile == Office || (c.state^s)&mask == 0 {
		return
	}
	c.state = c.state&^mask | s&mask
	c.states |= 1 << c.state
	c.buf = append(c.buf, '/', 'G', '0'+byte(c.state))
	c.op(" gs")
}

// overprints tells how a colour meets what lies below. What guides a machine is printed over it: its
// plate says where it is. So is black alone, for what is thin: a name whose black is cut out of its ground
// shows paper at its edges when the sheet moves by a hair. All else, white above all, knocks out: an ink of
// one's own on a photograph is that ink.
//
// A white ink is printed over the artwork of a film, yet behind it to the eye. On screens it would hide
// what it lies over; where the darker of both shows, it changes nothing but its own plate. (To multiply
// them will not do: where white overprints, the colours below would be multiplied by themselves.)
func overprints(c layout.Color, thin, technical bool) (over, film bool) {
	if technical {
		return true, c.CMYK == [4]uint16{}
	}
	return thin && c.Spot == "" && c.CMYK == layout.Black.CMYK, false
}

// inkFill makes ready for a colour to fill with.
func (c *content) inkFill(color layout.Color, thin, technical bool) {
	over, film := overprints(color, thin, technical)
	c.want(when(over, overFill)|when(film, darken), overFill|darken)
	c.color(&c.fill, color, &filling)
}

// inkStroke makes ready for a colour to stroke with.
func (c *content) inkStroke(color layout.Color, technical bool) {
	over, film := overprints(color, true, technical)
	c.want(when(over, overStroke)|when(film, darken), overStroke|darken)
	c.color(&c.stroke, color, &stroking)
}

func when(on bool, s state) state {
	if on {
		return s
	}
	return 0
}
