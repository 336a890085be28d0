package layout

import (
	"strings"
	"unicode/utf8"
)

// million is the em in the units lines are measured in, whatever the font's own.
const million = 1_000_000

// para is a paragraph measured once: for every place where a line may end, how far the pen is.
type para struct {
	spans  []paraSpan
	marker *paraSpan
	scale  int
	above  int
	shift  int
	hang   int
	breaks []breakable
	hyphen []*shaped // by span: what ends a line inside a word; nil without hyphenation
	at     []mark    // where the lines that end at each break end, and where the next ones start
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
	p := &para{scale: in.Scale, above: in.Before, shift: in.Indent, hang: in.Hang}
	if p.scale == 0 {
		p.scale = 1000
	}
	text := ""
	for _, sp := range in.Spans {
		if sp.Text == "" {
			continue
		}
		sp.Text = valid(sp.Text)
		p.spans = append(p.spans, paraSpan{shaped: s.shape(sp.Font, sp.Text, sp.Lining), font: sp.Font, color: sp.Color, start: len(text)})
		text += sp.Text
	}
	if in.Marker.Text != "" {
		p.marker = &paraSpan{shaped: s.shape(in.Marker.Font, valid(in.Marker.Text), in.Marker.Lining), font: in.Marker.Font, color: in.Marker.Color}
	}
	if in.Hyphens && s.hyphen != nil {
		for _, sp := range p.spans {
			p.hyphen = append(p.hyphen, s.shape(sp.font, "-", false))
		}
		p.breaks = s.hyphen.into(text, s.breaks(text))
		p.at = p.measure(p.breaks)
		return p
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
	for k := range p.spans {
		sp := &p.spans[k]
		for j := range sp.items {
			it := &sp.items[j]
			pos := sp.start + it.start
			em := int64(it.font.UnitsPerEm)
			for i := it.from; i < it.to; i++ {
				g := &sp.glyphs[i]
				if g.Len > 0 {
					note(pos)
				}
				pen += int64(g.Adv) * million / em
				glyphs++
				pos += int(g.Len)
			}
			note(sp.start + it.end)
		}
	}
	for i := range breaks {
		if breaks[i].hyphen {
			w, n := p.hyphenOf(breaks[i].end).width()
			at[i].end += w
			at[i].endN += n
		}
	}
	return at
}

// hyphenOf is the hyphen of the span in which a word is cut at a byte.
func (p *para) hyphenOf(pos int) *paraSpan {
	for i := range p.spans {
		sp := &p.spans[i]
		if pos <= sp.start+len(sp.text) {
			return &paraSpan{shaped: p.hyphen[i], font: sp.font, color: sp.color}
		}
	}
	return &paraSpan{shaped: &shaped{}}
}

// width is that of a whole text, in millionths of the em, and its number of glyphs.
func (sh *shaped) width() (int64, int) {
	var w int64
	for _, it := range sh.items {
		for i := it.from; i < it.to; i++ {
			w += int64(sh.glyphs[i].Adv) * million / int64(it.font.UnitsPerEm)
		}
	}
	return w, len(sh.glyphs)
}

// valid is the text without what is not UTF-8.
func valid(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	return strings.ToValidUTF8(s, "\uFFFD")
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
	table := make([]int, 2*n*m+2*n)
	cost, from := table[:n*m], table[n*m:2*n*m]
	for i := range cost {
		cost[i] = never
	}
	first, last := p.frontiers(avail, tracking, n, table[2*n*m:])
	for k := range n {
		for j := first[k]; j <= last[k]; j++ {
			// no line runs over a forced break
			for i := j - 1; i >= -1 && (i == j-1 || !p.breaks[i+1].must); i-- {
				w := p.width(i, j, tracking)
				if w > avail {
					break
				}
				c := lineCost(w, avail, p.breaks[j], balance)
				switch {
				case k == 0 && i == -1:
				case k > 0 && i >= 0 && cost[(k-1)*m+i] < never:
					c += cost[(k-1)*m+i]
					if p.breaks[j].hyphen && p.breaks[i].hyphen {
						if k > 1 && p.breaks[from[(k-1)*m+i]].hyphen {
							continue // three in a row
						}
						c += 30
					}
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
		if p.hyphen != nil && n < len(p.breaks) {
			return p.lines(avail, tracking, n+1, balance) // words cut less often
		}
		return p.overfull(avail, tracking), 1000
	}
	out := make([]line, n)
	for k, j := n-1, m-1; k >= 0; k-- {
		out[k] = line{from[k*m+j], j}
		j = from[k*m+j]
	}
	return out, cost[n*m-1] / n
}

// frontiers are, for each of n lines, the first and the last break at which it can end: no line before it
// is wider than avail, and what follows fits in the lines that are left. room holds them.
func (p *para) frontiers(avail int64, tracking, n int, room []int) (first, last []int) {
	m := len(p.breaks)
	first, last = room[:n], room[n:]
	from := -1
	for k := range n {
		j := from + 1
		for j+1 < m && !p.breaks[j].must && p.width(from, j+1, tracking) <= avail {
			j++
		}
		j = min(j, m-1)
		last[k], from = j, j
	}
	first[n-1] = m - 1
	for k := n - 2; k >= 0; k-- {
		i := first[k+1] - 1
		for i > 0 && !p.breaks[i].must && p.width(i-1, first[k+1], tracking) <= avail {
			i--
		}
		first[k] = max(i, 0)
	}
	return first, last
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
