package draw

import (
	"encoding/binary"
	"errors"
	"math"
)

// A geometry of outlines takes far longer to work out than to read back: half a second for ten megabytes of
// GeoJSON, of which some fifty kilobytes are left. Append and ParseGeometry let a build keep it.

// form begins what Append writes; it changes with the form.
const form = "vitrine geometry 1\n"

// Append writes a geometry after b, so that ParseGeometry gives the same one to the last bit.
func (g *Geometry) Append(b []byte) []byte {
	b = append(b, form...)
	number := func(fs ...float64) {
		for _, f := range fs {
			b = binary.LittleEndian.AppendUint64(b, math.Float64bits(f))
		}
	}
	count := func(n int) { b = binary.AppendUvarint(b, uint64(n)) }
	number(g.proj.lat, g.proj.lon, g.proj.cos, g.minX, g.minY, g.w, g.h)
	count(len(g.shapes))
	for _, s := range g.shapes {
		number(s.label.x, s.label.y, s.radius)
		count(len(s.rings))
		for _, ring := range s.rings {
			count(len(ring))
			for _, p := range ring {
				number(p.x, p.y)
			}
		}
	}
	return b
}

// near is how far rounding may take a corner out of the extent that was noted before, in kilometres.
const near = 0.01

var errGeometry = errors.New("no geometry that Append wrote")

// ParseGeometry reads what Append wrote. What is cut, longer, of another form or holds numbers that are none is
// an error, whatever it is.
func ParseGeometry(b []byte) (*Geometry, error) {
	if len(b) < len(form) || string(b[:len(form)]) != form {
		return nil, errGeometry
	}
	b = b[len(form):]
	ok := true
	number := func() float64 {
		if len(b) < 8 {
			ok = false
			return 0
		}
		f := math.Float64frombits(binary.LittleEndian.Uint64(b))
		b = b[8:]
		if !(math.Abs(f) < 1e9) { // kilometres and degrees
			ok = false
		}
		return f
	}
	// count is how many parts follow, of so many bytes at least.
	count := func(size int) int {
		n, used := binary.Uvarint(b)
		if used <= 0 || n > uint64((len(b)-used)/size) {
			ok = false
			return 0
		}
		b = b[used:]
		return int(n)
	}
	g := &Geometry{proj: projection{number(), number(), number()}, minX: number(), minY: number(), w: number(), h: number()}
	g.shapes = make([]shape, count(25))
	for i := range g.shapes {
		s := &g.shapes[i]
		s.label, s.radius = point{number(), number()}, number()
		if n := count(1); n > 0 {
			s.rings = make([][]point, n)
		}
		for k := range s.rings {
			s.rings[k] = make([]point, count(16))
			for j := range s.rings[k] {
				p := point{number(), number()}
				s.rings[k][j] = p
				if p.x < g.minX-near || p.y < g.minY-near || p.x > g.minX+g.w+near || p.y > g.minY+g.h+near {
					ok = false
				}
			}
		}
		if !ok {
			return nil, errGeometry
		}
	}
	if !ok || len(b) > 0 || g.w < 0 || g.h < 0 {
		return nil, errGeometry
	}
	return g, nil
}
