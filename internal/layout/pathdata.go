package layout

import (
	"fmt"
	"math"
	"strconv"
)

// ParsePath reads SVG path data (all commands, absolute and relative). unit is the length of one of its
// units, and origin the place of its zero.
func ParsePath(data string, origin Point, unit Length) ([]Seg, error) {
	p := pathParser{data: data, unit: float64(unit), origin: origin}
	for {
		p.space()
		if p.pos >= len(p.data) {
			return p.path.Segs, nil
		}
		if err := p.command(); err != nil {
			return nil, fmt.Errorf("at %d: %w", p.pos, err)
		}
	}
}

type pathParser struct {
	data   string
	pos    int
	unit   float64
	origin Point
	path   Path
	cmd    byte
	x, y   float64 // the pen
	sx, sy float64 // where the part started
	cx, cy float64 // the last control point, for the smooth commands
}

func (p *pathParser) space() {
	for p.pos < len(p.data) {
		switch p.data[p.pos] {
		case ' ', '\t', '\n', '\r', ',':
			p.pos++
		default:
			return
		}
	}
}

// at places a point. Smooth commands may throw control points ever farther: ten kilometres is enough.
func (p *pathParser) at(x, y float64) (Length, Length) {
	const far = 1e7
	x, y = min(max(x, -far), far), min(max(y, -far), far)
	return p.origin.X + round(x*p.unit), p.origin.Y + round(y*p.unit)
}

// command reads one command with one set of its values; further sets repeat it.
func (p *pathParser) command() error {
	c := p.data[p.pos]
	if c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' {
		p.pos++
		p.cmd = c
	} else if p.cmd == 0 || p.cmd == 'Z' || p.cmd == 'z' {
		return fmt.Errorf("a number without a command")
	}
	if len(p.path.Segs) == 0 && p.cmd != 'M' && p.cmd != 'm' {
		return fmt.Errorf("a path starts with M")
	}
	relative := p.cmd >= 'a'
	upper := p.cmd &^ 0x20
	counts := map[byte]int{'M': 2, 'L': 2, 'H': 1, 'V': 1, 'C': 6, 'S': 4, 'Q': 4, 'T': 2, 'A': 7, 'Z': 0}
	n, ok := counts[upper]
	if !ok {
		return fmt.Errorf("unknown command %q", p.cmd)
	}
	var v [7]float64
	for i := range n {
		f, err := p.number(upper == 'A' && (i == 3 || i == 4))
		if err != nil {
			return err
		}
		v[i] = f
	}
	if relative {
		switch upper {
		case 'H':
			v[0] += p.x
		case 'V':
			v[0] += p.y
		case 'A':
			v[5] += p.x
			v[6] += p.y
		default:
			for i := 0; i < n; i += 2 {
				v[i] += p.x
				v[i+1] += p.y
			}
		}
	}
	smooth := false
	switch upper {
	case 'M':
		x, y := p.at(v[0], v[1])
		p.path.Move(x, y)
		p.x, p.y, p.sx, p.sy = v[0], v[1], v[0], v[1]
		p.cmd = 'L' | p.cmd&0x20 // further pairs are lines
	case 'L':
		p.line(v[0], v[1])
	case 'H':
		p.line(v[0], p.y)
	case 'V':
		p.line(p.x, v[0])
	case 'C':
		p.curve(v[0], v[1], v[2], v[3], v[4], v[5])
		smooth = true
	case 'S':
		p.curve(2*p.x-p.cx, 2*p.y-p.cy, v[0], v[1], v[2], v[3])
		smooth = true
	case 'Q':
		p.quad(v[0], v[1], v[2], v[3])
		smooth = true
	case 'T':
		p.quad(2*p.x-p.cx, 2*p.y-p.cy, v[0], v[1])
		smooth = true
	case 'A':
		p.arc(v[0], v[1], v[2], v[3] != 0, v[4] != 0, v[5], v[6])
	case 'Z':
		p.path.Close()
		p.x, p.y = p.sx, p.sy
	}
	if !smooth {
		p.cx, p.cy = p.x, p.y
	}
	return nil
}

func (p *pathParser) number(flag bool) (float64, error) {
	p.space()
	start := p.pos
	if flag {
		if p.pos < len(p.data) && (p.data[p.pos] == '0' || p.data[p.pos] == '1') {
			p.pos++
			return float64(p.data[start] - '0'), nil
		}
		return 0, fmt.Errorf("want 0 or 1")
	}
	digits := func() {
		for p.pos < len(p.data) && p.data[p.pos] >= '0' && p.data[p.pos] <= '9' {
			p.pos++
		}
	}
	if p.pos < len(p.data) && (p.data[p.pos] == '-' || p.data[p.pos] == '+') {
		p.pos++
	}
	digits()
	if p.pos < len(p.data) && p.data[p.pos] == '.' {
		p.pos++
		digits()
	}
	if p.pos < len(p.data) && (p.data[p.pos] == 'e' || p.data[p.pos] == 'E') {
		p.pos++
		if p.pos < len(p.data) && (p.data[p.pos] == '-' || p.data[p.pos] == '+') {
			p.pos++
		}
		digits()
	}
	f, err := strconv.ParseFloat(p.data[start:p.pos], 64)
	if err != nil || math.IsInf(f, 0) || math.Abs(f) > 1e6 {
		return 0, fmt.Errorf("want a number")
	}
	return f, nil
}

func (p *pathParser) line(x, y float64) {
	p.path.Line(p.at(x, y))
	p.x, p.y = x, y
}

func (p *pathParser) curve(x1, y1, x2, y2, x, y float64) {
	ax, ay := p.at(x1, y1)
	bx, by := p.at(x2, y2)
	ex, ey := p.at(x, y)
	p.path.Curve(ax, ay, bx, by, ex, ey)
	p.cx, p.cy, p.x, p.y = x2, y2, x, y
}

func (p *pathParser) quad(cx, cy, x, y float64) {
	p.curve(p.x+(cx-p.x)*2/3, p.y+(cy-p.y)*2/3, x+(cx-x)*2/3, y+(cy-y)*2/3, x, y)
	p.cx, p.cy = cx, cy
}

// arc is SVG's elliptical arc (its implementation notes, F.6) as cubic curves of at most a quarter.
func (p *pathParser) arc(rx, ry, rotation float64, large, sweep bool, x, y float64) {
	rx, ry = math.Abs(rx), math.Abs(ry)
	if rx == 0 || ry == 0 || (x == p.x && y == p.y) {
		p.line(x, y)
		return
	}
	sin, cos := math.Sincos(rotation * math.Pi / 180)
	dx, dy := (p.x-x)/2, (p.y-y)/2
	x1, y1 := cos*dx+sin*dy, -sin*dx+cos*dy
	if l := x1*x1/(rx*rx) + y1*y1/(ry*ry); l > 1 {
		rx, ry = rx*math.Sqrt(l), ry*math.Sqrt(l)
	}
	q := (rx*rx*ry*ry - rx*rx*y1*y1 - ry*ry*x1*x1) / (rx*rx*y1*y1 + ry*ry*x1*x1)
	q = math.Sqrt(max(0, q))
	if large == sweep {
		q = -q
	}
	cx1, cy1 := q*rx*y1/ry, -q*ry*x1/rx
	cx, cy := cos*cx1-sin*cy1+(p.x+x)/2, sin*cx1+cos*cy1+(p.y+y)/2
	start := math.Atan2((y1-cy1)/ry, (x1-cx1)/rx)
	turn := math.Atan2((-y1-cy1)/ry, (-x1-cx1)/rx) - start
	if sweep && turn < 0 {
		turn += 2 * math.Pi
	} else if !sweep && turn > 0 {
		turn -= 2 * math.Pi
	}
	parts := int(math.Ceil(math.Abs(turn)/(math.Pi/2) - 1e-9))
	parts = max(parts, 1)
	d := turn / float64(parts)
	k := 4.0 / 3 * math.Tan(d/4)
	on := func(a float64) (float64, float64, float64, float64) {
		s, c := math.Sincos(a)
		return cx + cos*rx*c - sin*ry*s, cy + sin*rx*c + cos*ry*s, -cos*rx*s - sin*ry*c, -sin*rx*s + cos*ry*c
	}
	for i := range parts {
		ax, ay, adx, ady := on(start + float64(i)*d)
		bx, by, bdx, bdy := on(start + float64(i+1)*d)
		if i == parts-1 {
			bx, by = x, y
		}
		p.curve(ax+k*adx, ay+k*ady, bx-k*bdx, by-k*bdy, bx, by)
	}
}
