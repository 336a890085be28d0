package layout

import (
	"slices"
)

// Align is where lines stand in the width of their box.
type Align uint8

// Alignments.
const (
	Left Align = iota
	Center
	Right
	Justify // both edges even, but for the last line of a paragraph
)

// VAlign is where a text stands in the height of its box.
type VAlign uint8

// Vertical alignments.
const (
	Top VAlign = iota
	Middle
	Bottom
)

// Span is a stretch of text in one face and colour.
type Span struct {
	Text   string
	Font   *Font
	Color  Color
	Lining bool // figures as high as capitals, where the font has old-style ones
}

// Para is a paragraph: spans that follow each other, broken into lines together. Its distances are in
// thousandths of the text's size, so that they shrink with it.
type Para struct {
	Spans  []Span
	Scale  int  // its own size; 0 means 1000
	Before int  // space above, not at the top of the box
	Indent int  // from the left, for all its lines
	Marker Span // stands in the indent of its first line
	Hang   int  // how far left of the text the marker stands; 0: at the left edge
	// Hyphens allows words to be cut where the language does: for running text, not for names.
	Hyphens bool
}

// TextStyle says how a text is set in a box.
type TextStyle struct {
	Size     Length // the size it should have
	MinSize  Length // the size it may shrink to; 0 means Size
	Lines    int    // the most lines; 0 means as many as the box holds
	Leading  int    // from baseline to baseline, in thousandths of the size; 0 means 1200
	Tracking int    // between glyphs, in thousandths of the size
	Align    Align
	VAlign   VAlign
	// Balance makes the lines alike in length. Without it they are filled, and only a lone last word
	// is avoided.
	Balance bool
}

// Missing is a character that a font does not draw.
type Missing struct {
	Rune rune
	Font *Font
}

// Fit is a text set in a box.
type Fit struct {
	Items   []Item
	Size    Length
	Lines   int
	Bounds  Rect // around the letters
	Height  Length
	Missing []Missing
	// Overflow: even at the smallest size the text leaves its box. Items then hold it at that size.
	Overflow bool
}

// step is how finely sizes are tried.
const step = Pt / 10

// Text sets paragraphs in a box: at full size if they fit, else at the best compromise between a
// smaller size and more lines.
func (s *Shaper) Text(box Rect, paras []Para, style TextStyle) Fit {
	if style.Leading == 0 {
		style.Leading = 1200
	}
	if style.MinSize <= 0 || style.MinSize > style.Size {
		style.MinSize = style.Size
	}
	t := setting{box: box, style: style, paras: make([]*para, 0, len(paras))}
	var fit Fit
	tall := false
	for i := range paras {
		p := s.para(paras[i])
		t.paras = append(t.paras, p)
		tall = p.note(&fit.Missing) || tall
	}
	size, lines := t.choose()
	fit.Overflow = lines < 0 || tall
	fit.Size = size
	t.place(size, &fit)
	return fit
}

// note gathers what no face draws, and tells of marks stacked out of their line.
func (p *para) note(missing *[]Missing) (tall bool) {
	for i := range p.spans {
		sp := &p.spans[i]
		tall = tall || sp.tall
		for _, r := range sp.missing {
			m := Missing{r, sp.font}
			if !slices.Contains(*missing, m) {
				*missing = append(*missing, m)
			}
		}
	}
	return tall
}

// setting is one text on its way into its box.
type setting struct {
	box   Rect
	style TextStyle
	paras []*para
}

// count is how many lines the text needs at a size, or -1 when a word is wider than the box, the lines
// are more than allowed or higher than the box.
func (t *setting) count(size Length, most int) int {
	total := 0
	var height Length
	for i, p := range t.paras {
		avail := t.avail(p, size)
		n := p.greedy(avail, t.style.Tracking)
		if n < 0 {
			return -1
		}
		if p.hyphen != nil { // which may not end three lines in a row
			lines, _ := p.lines(avail, t.style.Tracking, n, t.style.Balance)
			n = len(lines)
		}
		total += n
		height += p.height(n, size, t.style.Leading)
		if i > 0 {
			height += p.before(size)
		}
	}
	if most > 0 && total > most || height > t.box.H+Mm/1000 {
		return -1
	}
	return total
}

// avail is the width of a paragraph's lines at a size, in millionths of the em.
func (t *setting) avail(p *para, size Length) int64 {
	size = p.size(size)
	if size <= 0 {
		return 0
	}
	// a thousandth of a millimetre of grace: what fits by the ruler fits
	return int64(t.box.W-p.indent(size)+Mm/1000) * million / int64(size)
}

// largest is the greatest size, down to the smallest allowed, at which the text needs at most so many
// lines. It returns -1 lines when there is none.
func (t *setting) largest(most int) (Length, int) {
	lo, hi := t.style.MinSize, t.style.Size
	if n := t.count(hi, most); n >= 0 {
		return hi, n
	}
	n := t.count(lo, most)
	if n < 0 {
		return lo, -1
	}
	for hi-lo > step {
		mid := lo + (hi-lo)/2
		mid -= mid % step
		if mid <= lo {
			break
		}
		if m := t.count(mid, most); m >= 0 {
			lo, n = mid, m
		} else {
			hi = mid
		}
	}
	return lo, n
}

// choose weighs size against lines. Each further line must buy a seventh of the full size.
func (t *setting) choose() (Length, int) {
	most := t.style.Lines
	if most < 2 || most > 4 || len(t.paras) != 1 {
		return t.largest(most)
	}
	bestSize, bestLines, bestScore := t.style.MinSize, -1, 0
	for n := 1; n <= most; n++ {
		size, lines := t.largest(n)
		if lines < 0 {
			continue
		}
		score := int(size*1000/t.style.Size) - 143*(lines-1)
		if lines > 1 {
			_, cost := t.paras[0].lines(t.avail(t.paras[0], size), t.style.Tracking, lines, t.style.Balance)
			score -= cost
		}
		if bestLines < 0 || score > bestScore {
			bestSize, bestLines, bestScore = size, lines, score
		}
		if size == t.style.Size {
			break
		}
	}
	return bestSize, bestLines
}

// place makes the items of the text at a size.
func (t *setting) place(size Length, fit *Fit) {
	var height Length
	broken := make([][]line, len(t.paras))
	for i, p := range t.paras {
		avail := t.avail(p, size)
		n := p.greedy(avail, t.style.Tracking)
		if n < 0 {
			broken[i] = p.overfull(avail, t.style.Tracking)
		} else {
			broken[i], _ = p.lines(avail, t.style.Tracking, n, t.style.Balance)
		}
		if i > 0 {
			height += p.before(size)
		}
		height += p.height(len(broken[i]), size, t.style.Leading)
		fit.Lines += len(broken[i])
	}
	fit.Height = height
	y := t.box.Y
	switch t.style.VAlign {
	case Middle:
		y += (t.box.H - height) / 2
	case Bottom:
		y += t.box.H - height
	}
	for i, p := range t.paras {
		if i > 0 {
			y += p.before(size)
		}
		ps := p.size(size)
		leading := ps * Length(t.style.Leading) / 1000
		for j, l := range broken[i] {
			t.placeLine(p, l, j == 0, ps, y, leading, fit)
			y += leading
		}
	}
}
