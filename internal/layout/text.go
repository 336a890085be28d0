package layout

import (
	"slices"
	"strings"
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
		n := p.greedy(t.avail(p, size), t.style.Tracking)
		if n < 0 {
			return -1
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

// placeLine puts one line into a line box whose top is y. The capitals stand in its middle, so that a
// box centred on something is centred for the eye too.
func (t *setting) placeLine(p *para, l line, first bool, size, y, leading Length, fit *Fit) {
	p.place(l, placing{x: t.box.X, w: t.box.W, y: y, size: size, leading: leading, tracking: t.style.Tracking, align: t.style.Align, first: first}, fit)
}

// placing says where a line stands.
type placing struct {
	x, w, y, size, leading Length
	tracking               int
	align                  Align
	first                  bool // of its paragraph: it carries the marker
}

func (p *para) place(l line, at placing, fit *Fit) {
	if len(p.spans) == 0 {
		return
	}
	size := at.size
	f := p.spans[0].font
	capHeight := size * Length(f.CapHeight) / Length(f.UnitsPerEm)
	baseline := at.y + (at.leading+capHeight)/2
	indent := p.indent(size)
	runs := p.runs(l, size, at.tracking)
	width := chain(runs, at.tracking)
	x, room := at.x+indent, at.w-indent-width
	switch at.align {
	case Center:
		x += room / 2
	case Right:
		x += room
	case Justify:
		if !p.breaks[l.to].must && room > 0 {
			stretch(runs, room)
			chain(runs, at.tracking)
		}
	}
	if at.first && p.marker != nil {
		hang := indent
		if p.hang > 0 {
			hang = min(hang, size*Length(p.hang)/1000)
		}
		marker := p.markerRuns(size)
		chain(marker, 0)
		for _, m := range marker {
			m.X += x - hang
			m.Y = baseline
			fit.Items = append(fit.Items, m)
		}
	}
	for _, r := range runs {
		r.X += x
		r.Y = baseline
		fit.Items = append(fit.Items, r)
		descent := size * Length(r.Font.Descent) / Length(r.Font.UnitsPerEm)
		fit.Bounds = fit.Bounds.Union(Rect{r.X, baseline - capHeight, r.Width(), capHeight + descent/2})
	}
}

// chain puts runs one after the other and returns how wide they are together.
func chain(runs []*Text, tracking int) Length {
	var width Length
	for i, r := range runs {
		r.X = width
		width += r.Width()
		if i < len(runs)-1 && tracking != 0 {
			width += Length(tracking) * r.Size / 1000
		}
	}
	return width
}

// stretch widens the spaces between the words of a line until it takes so much more room.
func stretch(runs []*Text, room Length) {
	spaces := 0
	for _, r := range runs {
		spaces += strings.Count(r.Text, " ") + strings.Count(r.Text, "\u00a0")
	}
	if spaces == 0 {
		return
	}
	for _, r := range runs {
		pos, own := 0, false
		for i := range r.Glyphs {
			n := int(r.Glyphs[i].Len)
			if c := r.Text[pos : pos+n]; c == " " || c == "\u00a0" {
				if !own {
					r.Glyphs, own = slices.Clone(r.Glyphs), true
				}
				share := room / Length(spaces)
				room -= share
				spaces--
				r.Glyphs[i].Adv += int32(share * Length(r.Font.UnitsPerEm) / r.Size)
			}
			pos += n
		}
	}
}
