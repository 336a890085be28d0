package layout

// Block is a part of a text that runs over columns: a paragraph, a heading, an item of a list, a row of a
// table, a drawing, or an ornament between them.
type Block struct {
	Para  Para
	Style TextStyle // its size, leading, tracking, alignment and balance
	// Before and After keep the blocks around at a distance: the greater of the two counts. At the top
	// of a column there is none.
	Before, After Length
	Keep          bool // stays with the start of the next block
	Whole         bool // its lines stay together
	NewPage       bool // begins the first column of a page
	Level         int  // of a heading, from 1; 0: none
	// Art draws a block without text, Height high: a row of a table, a drawing, or, Loose, an ornament
	// between blocks, which is left out at the top of a column.
	Art    func(at Rect) []Item
	Height Length
	Loose  bool
	// Head is drawn above the block where it begins a column, HeadHeight high: the head of a table that
	// goes on.
	Head       func(at Rect) []Item
	HeadHeight Length
}

// Flow is a text set in columns.
type Flow struct {
	Columns [][]Item
	Starts  []int // by block, the column in which it begins
	Missing []Missing
	// Overflow: a word is wider than its column, a line higher, or marks leave their line.
	Overflow bool
	// Wide is the text of the first block that does.
	Wide string
}

// Flow sets blocks in columns that follow each other, perPage of them on a page; at gives the place of
// each. A paragraph leaves at least two lines at the end of a column and takes at least two to the next,
// a heading stays with what follows, and no column ends inside a word. Balanced columns are about as full
// as each other up to the next new page, and rather end before a heading.
func (s *Shaper) Flow(blocks []Block, perPage int, balance bool, at func(column int) Rect) Flow {
	f := flowing{blocks: blocks, balance: balance, out: Flow{Starts: make([]int, len(blocks))}}
	width := at(0).W
	for i := range blocks {
		f.measure(s, i, width)
	}
	f.fill(max(perPage, 1), at)
	return f.out
}

type flowing struct {
	blocks  []Block
	balance bool
	ends    []int // by atom, where a balanced column that begins with it ends
	paras   []*para
	broken  [][]line
	atoms   []atom
	out     Flow
}

// atom is a line, a row or a drawing: what a column holds whole.
type atom struct {
	block, line int
	height      Length
	gap         Length // above it, when it is not at the top
	may         bool   // a column may end after it
	hyphen      bool
}

func (f *flowing) measure(s *Shaper, i int, width Length) {
	b := &f.blocks[i]
	var gap Length
	if i > 0 {
		gap = max(f.blocks[i-1].After, b.Before)
	}
	if b.Art != nil {
		f.paras, f.broken = append(f.paras, nil), append(f.broken, nil)
		f.atoms = append(f.atoms, atom{block: i, height: b.Height, gap: gap, may: !b.Keep})
		return
	}
	if b.Style.Leading == 0 {
		b.Style.Leading = 1200
	}
	p := s.para(b.Para)
	t := setting{box: Rect{W: width}, style: b.Style}
	avail := t.avail(p, b.Style.Size)
	var lines []line
	wide := p.note(&f.out.Missing)
	if n := p.greedy(avail, b.Style.Tracking); n < 0 {
		lines, wide = p.overfull(avail, b.Style.Tracking), true
	} else if n > 0 {
		lines, _ = p.lines(avail, b.Style.Tracking, n, b.Style.Balance)
	}
	if wide && !f.out.Overflow {
		f.out.Overflow = true
		for _, sp := range p.spans {
			f.out.Wide += sp.text
		}
	}
	f.paras, f.broken = append(f.paras, p), append(f.broken, lines)
	height := p.size(b.Style.Size) * Length(b.Style.Leading) / 1000
	for j := range lines {
		last := j == len(lines)-1
		a := atom{block: i, line: j, height: height, hyphen: p.breaks[lines[j].to].hyphen}
		if j == 0 {
			a.gap = gap
		}
		// two lines at least on either side
		a.may = last && !b.Keep || !last && !b.Whole && j >= 1 && j+2 < len(lines) && !a.hyphen
		f.atoms = append(f.atoms, a)
	}
}

func (f *flowing) fill(perPage int, at func(int) Rect) {
	column := 0
	for i := 0; i < len(f.atoms); column++ {
		if f.newPage(i) {
			for column%perPage != 0 {
				column++
			}
		}
		if b := &f.blocks[f.atoms[i].block]; b.Art != nil && b.Loose && i > 0 {
			i++
			column--
			continue
		}
		box := at(column)
		if f.balance && f.ends == nil {
			f.even(box.H)
		}
		end := f.end(i, box.H)
		if f.balance && f.ends[i] > i {
			end = f.ends[i]
		}
		for len(f.out.Columns) <= column {
			f.out.Columns = append(f.out.Columns, nil)
		}
		f.place(i, end, column, box)
		i = end
	}
}

// newPage tells whether an atom begins a block that wants a page of its own.
func (f *flowing) newPage(i int) bool {
	a := &f.atoms[i]
	return a.line == 0 && f.blocks[a.block].NewPage
}

// head is how much the head of a table takes that goes on with atom i.
func (f *flowing) head(i int) Length {
	if a := &f.atoms[i]; a.line == 0 && f.blocks[a.block].Head != nil {
		return f.blocks[a.block].HeadHeight
	}
	return 0
}

// end is the atom after the last one of a column that begins with atom i.
func (f *flowing) end(i int, room Length) int {
	height := f.head(i)
	best, j := -1, i
	for ; j < len(f.atoms); j++ {
		if j > i && f.newPage(j) {
			return j
		}
		need := height + f.atoms[j].height
		if j > i {
			need += f.atoms[j].gap
		}
		if need > room+Mm/1000 {
			break
		}
		height = need
		if f.atoms[j].may {
			best = j + 1
		}
	}
	switch {
	case j == len(f.atoms):
		return j
	case best > i:
		return best
	case j == i: // higher than the column
		if !f.out.Overflow {
			f.out.Overflow = true
			if p := f.paras[f.atoms[i].block]; p != nil && len(p.spans) > 0 {
				f.out.Wide = p.spans[0].text
			}
		}
		return i + 1
	}
	// what should stay together is higher than a column
	for best = j; best > i+1 && f.atoms[best-1].hyphen; best-- {
	}
	return best
}

func (f *flowing) place(i, end, column int, box Rect) {
	y := box.Y
	var fit Fit
	if h := f.head(i); h > 0 {
		fit.Items = f.blocks[f.atoms[i].block].Head(Rect{box.X, y, box.W, h})
		y += h
	}
	for k := i; k < end; k++ {
		a := &f.atoms[k]
		b := &f.blocks[a.block]
		if k > i {
			y += a.gap
		}
		if a.line == 0 {
			f.out.Starts[a.block] = column
		}
		if b.Art != nil {
			fit.Items = append(fit.Items, b.Art(Rect{box.X, y, box.W, a.height})...)
		} else {
			p := f.paras[a.block]
			p.place(f.broken[a.block][a.line], placing{x: box.X, w: box.W, y: y, size: p.size(b.Style.Size), leading: a.height,
				tracking: b.Style.Tracking, align: b.Style.Align, first: a.line == 0}, &fit)
		}
		y += a.height
	}
	f.out.Columns[column] = append(f.out.Columns[column], fit.Items...)
}

// even chooses the ends of columns so that what they leave empty, squared, and the places where they end
// cost least together.
func (f *flowing) even(room Length) {
	n := len(f.atoms)
	f.ends = make([]int, n)
	cost := make([]int, n+1)
	for i := n - 1; i >= 0; i-- {
		const never = int(^uint(0) >> 2)
		best, end := never, 0
		height := f.head(i)
		for j := i; j < n && (j == i || !f.newPage(j)); j++ {
			if j > i {
				height += f.atoms[j].gap
			}
			if height += f.atoms[j].height; height > room+Mm/1000 {
				break
			}
			last := j+1 == n || f.newPage(j+1)
			if !last && !f.atoms[j].may {
				continue
			}
			empty := int((room - height) * 100 / max(room, 1))
			c := empty*empty/10 + cost[j+1]
			if last {
				c -= empty * empty / 20
			} else {
				c += f.parting(j + 1)
			}
			if c < best {
				best, end = c, j+1
			}
		}
		if end == 0 { // nothing may end here: as a column that is not balanced
			end = f.end(i, room)
			best = 10000 + cost[end]
		}
		f.ends[i], cost[i] = end, best
	}
}

// parting is how much one would rather not begin a column with an atom.
func (f *flowing) parting(i int) int {
	a := &f.atoms[i]
	switch level := f.blocks[a.block].Level; {
	case a.line > 0 || f.blocks[a.block].Head != nil:
		return 120
	case level == 0:
		return 70
	case level > 2:
		return 40
	}
	return 0
}
