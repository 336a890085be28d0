package layout

// SlugWidth is the room that printer's marks take around the bleed.
const SlugWidth = 10 * Mm

// Of printer's marks. They keep off the bleed, so that a sheet that is cut a little wide shows none.
const (
	markGap  = 2 * Mm // between the bleed and a mark
	markLine = 5 * Mm
	target   = 2 * Mm // radius of a registration target
	patch    = 4 * Mm // of the colour bar
)

// Marks puts printer's marks around a page for the press: crop marks at the corners of the trim, targets
// in the middle of the sides to lay the plates over each other, a bar of the process inks and a line that
// says what the file is. Everything lies in the slug, which it sets; what the page itself draws beyond its
// bleed is cut off. The line is left out where note is nil, or the page too small for it.
func Marks(p *Page, title string, note *Note) {
	p.Slug = SlugWidth
	page := &Group{Clip: (&Path{}).Rectangle(bleedBox(p), 0), Items: p.Items}
	items := []Item{page, cropMarks(p), targets(p)}
	items = append(items, colourBar(p)...)
	items = append(items, slugLine(p, title, note)...)
	p.Items = items
}

// cropMarks are two lines at each corner that point at the trim's edges.
func cropMarks(p *Page) Item {
	m := &Path{Stroke: &Registration, Width: hairline}
	near := p.Bleed + markGap
	far := near + markLine
	for _, x := range [2]Length{0, p.W} {
		m.Move(x, -near).Line(x, -far).Move(x, p.H+near).Line(x, p.H+far)
	}
	for _, y := range [2]Length{0, p.H} {
		m.Move(-near, y).Line(-far, y).Move(p.W+near, y).Line(p.W+far, y)
	}
	return m
}

// targets are a circle and a cross in the middle of each side.
func targets(p *Page) Item {
	m := &Path{Stroke: &Registration, Width: hairline}
	away := p.Bleed + SlugWidth/2
	for _, c := range [4]Point{{p.W / 2, -away}, {p.W / 2, p.H + away}, {-away, p.H / 2}, {p.W + away, p.H / 2}} {
		const arm = target + Mm
		m.Ellipse(Rect{c.X - target, c.Y - target, 2 * target, 2 * target})
		m.Move(c.X-arm, c.Y).Line(c.X+arm, c.Y).Move(c.X, c.Y-arm).Line(c.X, c.Y+arm)
	}
	return m
}

// barColours are the process inks, full and half.
var barColours = []Color{
	{RGB: [3]uint8{0, 158, 224}, CMYK: [4]uint16{1000, 0, 0, 0}},
	{RGB: [3]uint8{229, 0, 125}, CMYK: [4]uint16{0, 1000, 0, 0}},
	{RGB: [3]uint8{255, 236, 0}, CMYK: [4]uint16{0, 0, 1000, 0}},
	{RGB: [3]uint8{29, 29, 27}, CMYK: [4]uint16{0, 0, 0, 1000}},
	{RGB: [3]uint8{154, 206, 239}, CMYK: [4]uint16{500, 0, 0, 0}},
	{RGB: [3]uint8{243, 158, 189}, CMYK: [4]uint16{0, 500, 0, 0}},
	{RGB: [3]uint8{255, 245, 152}, CMYK: [4]uint16{0, 0, 500, 0}},
	{RGB: [3]uint8{157, 157, 156}, CMYK: [4]uint16{0, 0, 0, 500}},
}

// room is how wide the slug is, along a horizontal side, between a corner's crop marks and the target.
func (p *Page) slugRoom() Length { return p.W/2 - target - 4*Mm }

// colourBar stands below the page, left of the target: as many of its patches as there is room for.
func colourBar(p *Page) []Item {
	var out []Item
	y := p.H + p.Bleed + SlugWidth/2 - patch/2
	for i := range barColours {
		x := 2*Mm + Length(i)*patch
		if x+patch > 2*Mm+p.slugRoom() {
			break
		}
		out = append(out, (&Path{Fill: &barColours[i]}).Rectangle(Rect{x, y, patch, patch}, 0))
	}
	return out
}

// slugLine says whose plates these are, right of the target below the page.
func slugLine(p *Page, title string, note *Note) []Item {
	if note == nil || note.Shaper == nil || note.Font == nil || title == "" {
		return nil
	}
	box := Rect{p.W/2 + target + 2*Mm, p.H + p.Bleed + markGap, p.slugRoom(), 6 * Mm}
	fit := note.Shaper.Text(box, []Para{{Spans: []Span{{Text: title, Font: note.Font, Color: Registration}}}},
		TextStyle{Size: 6 * Pt, MinSize: 4 * Pt, Lines: 1, Leading: 1000, VAlign: Middle})
	if fit.Overflow {
		return nil
	}
	return fit.Items
}
