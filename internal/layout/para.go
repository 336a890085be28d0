package layout

// million is the em in the units lines are measured in, whatever the font's own.
const million = 1_000_000

// para is a paragraph measured once: for every place where a line may end, how far the pen is.
type para struct {
	spans  []paraSpan
	marker *paraSpan
	scale  int
	above  int
	shift  int
	breaks []breakable
	at     []mark // where the lines that end at each break end, and where the next ones start
}

type paraSpan struct {
	*shaped
	font  *Font
	color Color
	start int // of its text in the paragraph
}

// mark is the pen's way and the glyphs set up to the end of a line and to the start of the next.
type mark struct {
	end, next   int64
	endN, nextN int
}

// line is the part of a paragraph from after break from to break to; -1 is the start.
type line struct{ from, to int }

func (p *para) size(base Length) Length { return base * Length(p.scale) / 1000 }

func (p *para) indent(size Length) Length { return size * Length(p.shift) / 1000 }

func (p *para) before(base Length) Length { return base * Length(p.above) / 1000 }

func (p *para) height(lines int, base Length, leading int) Length {
	return p.size(base) * Length(leading) / 1000 * Length(lines)
}

// para measures a paragraph.
func (s *Shaper) para(in Para) *para {
	p := &para{scale: in.Scale, above: in.Before, shift: in.Indent}
	if p.scale == 0 {
		p.scale = 1000
	}
	text := ""
	for _, sp := range in.Spans {
		if sp.Text == "" {
			continue
		}
		p.spans = append(p.spans, paraSpan{shaped: s.shape(sp.Font, sp.Text, sp.Lining), font: sp.Font, color: sp.Color, start: len(text)})
		text += sp.Text
	}
	if in.Marker.Text != "" {
		p.marker = &paraSpan{shaped: s.shape(in.Marker.Font, in.Marker.Text, in.Marker.Lining), font: in.Marker.Font, color: in.Marker.Color}
	}
	if len(p.spans) == 1 {
		one := p.spans[0].shaped
		if one.breaks == nil {
			one.breaks = s.breaks(text)
			one.at = p.measure(one.breaks)
		}
		p.breaks, p.at = one.breaks, one.at
		return p
	}
	p.breaks = s.breaks(text)
	p.at = p.measure(p.breaks)
	return p
}

// measure walks through the glyphs once and notes the pen at every break.
func (p *para) measure(breaks []breakable) []mark {
	at := make([]mark, len(breaks))
	var pen int64
	glyphs, end, next := 0, 0, 0
	note := func(pos int) {
		for end < len(breaks) && breaks[end].end <= pos {
			at[end].end, at[end].endN = pen, glyphs
			end++
		}
		for next < len(breaks) && breaks[next].next <= pos {
			at[next].next, at[next].nextN = pen, glyphs
			next++
		}
	}
	for _, sp := range p.spans {
		pos := sp.start
		em := int64(sp.font.UnitsPerEm)
		for i := range sp.glyphs {
			g := &sp.glyphs[i]
			if g.Len > 0 {
				note(pos)
			}
			pen += int64(g.Adv) * million / em
			glyphs++
			pos += int(g.Len)
		}
		note(pos)
	}
	return at
}

// width is that of the line from after break i (-1: the start) to break j.
func (p *para) width(i, j, tracking int) int64 {
	w, n := p.at[j].end, p.at[j].endN
	if i >= 0 {
		w -= p.at[i].next
		n -= p.at[i].nextN
	}
	if tracking != 0 && n > 1 {
		w += int64(n-1) * int64(tracking) * (million / 1000)
	}
	return w
}

// greedy is the fewest lines no wider than avail, or -1 when a word alone is wider.
func (p *para) greedy(avail int64, tracking int) int {
	n, from := 0, -1
	for j := 0; j < len(p.breaks); j++ {
		if p.width(from, j, tracking) > avail {
			if j-1 == from {
				return -1
			}
			n++
			from = j - 1
			if p.width(from, j, tracking) > avail {
				return -1
			}
		}
		if p.breaks[j].must {
			n++
			from = j
		}
	}
	return n
}

// overfull breaks a paragraph that holds a word wider than its lines: such a word has a line alone.
func (p *para) overfull(avail int64, tracking int) []line {
	var out []line
	from := -1
	for j := 0; j < len(p.breaks); j++ {
		if p.width(from, j, tracking) > avail && j-1 > from {
			out = append(out, line{from, j - 1})
			from = j - 1
		}
		if p.breaks[j].must {
			out = append(out, line{from, j})
			from = j
		}
	}
	return out
}

// lines breaks the paragraph into n lines no wider than avail with the least cost, and returns that
// cost: of uneven lines, a lone last word, and breaks where one would rather not.
func (p *para) lines(avail int64, tracking, n int, balance bool) ([]line, int) {
	m := len(p.breaks)
	if n <= 1 || m <= 1 {
		return []line{{-1, m - 1}}, 0
	}
	const never = int(^uint(0) >> 2)
	// cost[k*m+j]: of the best way to set all up to break j in k+1 lines; from holds its last break
	cost := make([]int, n*m)
	from := make([]int, n*m)
	for i := range cost {
		cost[i] = never
	}
	for k := range n {
		floor := -1 // the forced break no line that ends at j may run over
		for j := range m {
			if j > 0 && p.breaks[j-1].must {
				floor = j - 1
			}
			for i := j - 1; i >= floor; i-- {
				w := p.width(i, j, tracking)
				if w > avail {
					break
				}
				c := lineCost(w, avail, p.breaks[j], balance)
				switch {
				case k == 0 && i == -1:
				case k > 0 && i >= 0 && cost[(k-1)*m+i] < never:
					c += cost[(k-1)*m+i]
				default:
					continue
				}
				if c < cost[k*m+j] {
					cost[k*m+j], from[k*m+j] = c, i
				}
			}
		}
	}
	if cost[n*m-1] >= never {
		return p.overfull(avail, tracking), 1000
	}
	out := make([]line, n)
	for k, j := n-1, m-1; k >= 0; k-- {
		out[k] = line{from[k*m+j], j}
		j = from[k*m+j]
	}
	return out, cost[n*m-1] / n
}

// lineCost is what a line adds: the square of its emptiness in tenths, and its break.
func lineCost(w, avail int64, b breakable, balance bool) int {
	empty := int((avail - w) * 100 / max(avail, 1)) // percent
	if b.must && !balance {
		if empty > 80 {
			return 60 // a lone last word
		}
		return 0
	}
	if !balance { // running text: an even edge counts for more than where the lines end
		return empty*empty/50 + b.cost/4
	}
	return empty*empty/50 + b.cost
}

// runs are the pieces of a line, one for each span it touches, not placed yet.
func (p *para) runs(l line, size Length, tracking int) []*Text {
	start, end := 0, p.breaks[l.to].end
	if l.from >= 0 {
		start = p.breaks[l.from].next
	}
	var out []*Text
	for _, sp := range p.spans {
		a, b := max(start, sp.start), min(end, sp.start+len(sp.text))
		if a >= b {
			continue
		}
		a, b = a-sp.start, b-sp.start
		from, to, pos := -1, len(sp.glyphs), 0
		for i := range sp.glyphs {
			if sp.glyphs[i].Len > 0 {
				if pos >= a && from < 0 {
					from = i
				}
				if pos >= b {
					to = i
					break
				}
			}
			pos += int(sp.glyphs[i].Len)
		}
		if from < 0 || from >= to {
			continue
		}
		out = append(out, &Text{Font: sp.font, Size: size, Tracking: tracking, Color: sp.color, Glyphs: sp.glyphs[from:to:to], Text: sp.text[a:b]})
	}
	return out
}

func (p *para) markerRun(size Length) *Text {
	m := p.marker
	return &Text{Font: m.font, Size: size, Color: m.color, Glyphs: m.glyphs, Text: m.text}
}
