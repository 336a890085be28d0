package layout

import (
	"bytes"
	"errors"
	"strings"

	"rsc.io/qr/coding"
)

var (
	errNotSquare = errors.New("the squares do not make a code")
	errPattern   = errors.New("no mask and level fit the squares")
	errSegment   = errors.New("the code holds what is no text")
)

// ReadQR reads the text of a code from the squares that were drawn, as a telephone would from a perfect
// picture: it finds its level and mask, takes the text from its data, and holds every square, those of
// the error correction too, against a code of that text. is is false for a path that is no code.
func ReadQR(p *Path) (text string, is bool, err error) {
	dark, is, err := squares(p)
	if !is || err != nil {
		return "", is, err
	}
	version := coding.Version((len(dark) - 17) / 4)
	for _, level := range []coding.Level{coding.Q, coding.H, coding.M, coding.L} {
		for mask := coding.Mask(0); mask < 8; mask++ {
			plan, err := coding.NewPlan(version, level, mask)
			if err != nil {
				return "", true, err
			}
			if fits(plan, dark) {
				text, err = readSegments(plan, dark)
				return text, true, err
			}
		}
	}
	return "", true, errPattern
}

// squares is the matrix of a path of which each rectangle is a run of dark squares in a row.
func squares(p *Path) (dark [][]bool, is bool, err error) {
	if p == nil || len(p.Segs) > 0 || len(p.Rects) < 21 || p.Fill == nil {
		return nil, false, nil
	}
	b, module := p.Bounds(), p.Rects[0].H
	if module <= 0 || b.W != b.H || b.W%module != 0 {
		return nil, false, nil
	}
	n := int(b.W / module)
	if n < 21 || n > 177 || n%4 != 1 {
		return nil, false, nil
	}
	dark = make([][]bool, n)
	for y := range dark {
		dark[y] = make([]bool, n)
	}
	for _, r := range p.Rects {
		if r.H != module || r.W%module != 0 || (r.X-b.X)%module != 0 || (r.Y-b.Y)%module != 0 {
			return nil, true, errNotSquare
		}
		for x := range int(r.W / module) {
			dark[(r.Y-b.Y)/module][int((r.X-b.X)/module)+x] = true
		}
	}
	return dark, true, nil
}

// fits tells whether all squares that hold no text are those of a plan.
func fits(plan *coding.Plan, dark [][]bool) bool {
	for y, row := range plan.Pixel {
		for x, p := range row {
			if r := p.Role(); r != coding.Data && r != coding.Check && dark[y][x] != (p&coding.Black != 0) {
				return false
			}
		}
	}
	return true
}

// readSegments takes the text out of a matrix, and checks the matrix against it.
func readSegments(plan *coding.Plan, dark [][]bool) (string, error) {
	data := make([]byte, plan.DataBytes)
	for y, row := range plan.Pixel {
		for x, p := range row {
			if o := p.Offset(); p.Role() == coding.Data && dark[y][x] != (p&coding.Black != 0) {
				data[o/8] |= 1 << (7 - o&7)
			}
		}
	}
	var text strings.Builder
	var segments []coding.Encoding
	for b := (bits{data: data}); b.left() >= 4; {
		mode := b.take(4)
		if mode == 0 {
			break
		}
		s, err := b.segment(mode, int(plan.Version))
		if err != nil {
			return "", err
		}
		segments = append(segments, s)
		switch s := s.(type) {
		case coding.Num:
			text.WriteString(string(s))
		case coding.Alpha:
			text.WriteString(string(s))
		case coding.String:
			text.WriteString(string(s))
		}
	}
	code, err := plan.Encode(segments...)
	if err != nil {
		return "", err
	}
	for y, row := range dark {
		for x, black := range row {
			if code.Black(x, y) != black {
				return "", errPattern
			}
		}
	}
	return text.String(), nil
}

// bits reads numbers from bytes, the highest bit first.
type bits struct {
	data []byte
	at   int
}

func (b *bits) left() int { return len(b.data)*8 - b.at }

func (b *bits) take(n int) int {
	v := 0
	for range n {
		v <<= 1
		if b.at < len(b.data)*8 {
			v |= int(b.data[b.at/8]>>(7-b.at&7)) & 1
		}
		b.at++
	}
	return v
}

const qrAlphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"

// segment reads one run of characters of a mode; how long its count is depends on the version.
func (b *bits) segment(mode, version int) (coding.Encoding, error) {
	class := 0
	if version > 9 {
		class = 1
	}
	if version > 26 {
		class = 2
	}
	var out bytes.Buffer
	switch mode {
	case 1:
		for n := b.take([]int{10, 12, 14}[class]); n > 0; n -= 3 {
			width := min(n, 3)
			v := b.take([]int{0, 4, 7, 10}[width])
			digits := []byte{byte('0' + v/100%10), byte('0' + v/10%10), byte('0' + v%10)}
			out.Write(digits[3-width:])
		}
		return coding.Num(out.String()), b.short()
	case 2:
		for n := b.take([]int{9, 11, 13}[class]); n > 0; n -= 2 {
			v := b.take([]int{0, 6, 11}[min(n, 2)])
			if v >= 45*45 || n == 1 && v >= 45 {
				return nil, errSegment
			}
			if n > 1 {
				out.WriteByte(qrAlphabet[v/45])
			}
			out.WriteByte(qrAlphabet[v%45])
		}
		return coding.Alpha(out.String()), b.short()
	case 4:
		for n := b.take([]int{8, 16, 16}[class]); n > 0 && b.left() >= 0; n-- {
			out.WriteByte(byte(b.take(8)))
		}
		return coding.String(out.String()), b.short()
	}
	return nil, errSegment
}

// short is an error once more was read than there is.
func (b *bits) short() error {
	if b.left() < 0 {
		return errSegment
	}
	return nil
}
