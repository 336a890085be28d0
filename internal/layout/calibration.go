package layout

import "strconv"

// CalibrationText is what the calibration page says.
type CalibrationText struct {
	Title string
	Intro string
	Steps []string // what to do, in order
	// Hold says, on the page of a stock, what to hold it against.
	Hold string
}

// Of the calibration page, in which nothing comes so near to the edge that printers drop it.
const (
	calibrationW   = 210 * Mm
	calibrationH   = 297 * Mm
	calibrationIn  = 10 * Mm // how far the crosses stand from the edges
	calibrationX   = 180 * Mm
	calibrationY   = 250 * Mm
	crossArm       = 4 * Mm
	calibrationTop = 20 * Mm
)

// Calibration is an A4 page from which an officer reads how the printer errs: crosses 10 mm inside the
// corners, whose distance to the paper's edges gives the offset, and rulers of 180 by 250 mm, whose true
// lengths give the scales. It is drawn as it is, without correction. A page follows for each stock, drawn
// as its sheets are, with its cells and their numbers: held against a sheet of labels in front of a window
// it shows whether the two agree.
func Calibration(text CalibrationText, title *Font, note *Note, pr Printer, grids ...*Grid) []Page {
	out := []Page{{W: calibrationW, H: calibrationH, Items: calibrationSheet(text, title, note)}}
	for _, g := range grids {
		out = append(out, g.sample(text.Hold, note, pr))
	}
	return out
}

func calibrationSheet(text CalibrationText, title *Font, note *Note) []Item {
	frame := Rect{0, 0, calibrationW, calibrationH}.Inset(calibrationIn)
	items := []Item{(&Path{Stroke: &Black, Width: hairline}).Rectangle(frame, 0)}
	crosses := &Path{Stroke: &Black, Width: Pt}
	x1, y1 := frame.X+frame.W, frame.Y+frame.H
	corners := []struct {
		at     Point
		name   string
		dx, dy Length
	}{
		{Point{frame.X, frame.Y}, "A", 2 * Mm, Mm}, {Point{x1, frame.Y}, "B", -7 * Mm, Mm},
		{Point{x1, y1}, "C", -7 * Mm, -7 * Mm}, {Point{frame.X, y1}, "D", 2 * Mm, -7 * Mm},
	}
	for _, c := range corners {
		crosses.Move(c.at.X-crossArm, c.at.Y).Line(c.at.X+crossArm, c.at.Y)
		crosses.Move(c.at.X, c.at.Y-crossArm).Line(c.at.X, c.at.Y+crossArm)
	}
	items = append(items, crosses)
	across, down := Point{15 * Mm, calibrationTop}, Point{20 * Mm, 32 * Mm}
	items = append(items, scale(across, calibrationX, false), scale(down, calibrationY, true))
	if note == nil || note.Shaper == nil || note.Font == nil {
		return items
	}
	set := func(box Rect, s string, font *Font, size Length, align Align) {
		fit := note.Shaper.Text(box, []Para{{Spans: []Span{{Text: s, Font: font, Color: Black}}}},
			TextStyle{Size: size, Align: align, VAlign: Middle, Leading: 1000})
		items = append(items, fit.Items...)
	}
	for _, c := range corners {
		set(Rect{c.at.X + c.dx, c.at.Y + c.dy, 5 * Mm, 6 * Mm}, c.name, note.Font, 11*Pt, Center)
	}
	for mm := 0; mm <= int(calibrationX/Mm); mm += 10 {
		set(Rect{across.X + Length(mm)*Mm - 5*Mm, across.Y + rulerHeight, 10 * Mm, 4 * Mm}, strconv.Itoa(mm), note.Font, 7*Pt, Center)
	}
	for mm := 0; mm <= int(calibrationY/Mm); mm += 10 {
		set(Rect{down.X + rulerHeight + Mm, down.Y + Length(mm)*Mm - 2*Mm, 10 * Mm, 4 * Mm}, strconv.Itoa(mm), note.Font, 7*Pt, Left)
	}
	return append(items, calibrationWords(text, title, note)...)
}

// calibrationWords stand right of the vertical ruler.
func calibrationWords(text CalibrationText, title *Font, note *Note) []Item {
	if title == nil {
		title = note.Font
	}
	plain := func(s string) Span { return Span{Text: s, Font: note.Font, Color: Black} }
	paras := []Para{
		{Spans: []Span{{Text: text.Title, Font: title, Color: Black}}, Scale: 2200},
		{Spans: []Span{plain(text.Intro)}, Before: 700},
	}
	for i, s := range text.Steps {
		before := 650
		if i == 0 {
			before = 1400
		}
		paras = append(paras, Para{Spans: []Span{plain(s)}, Before: before, Indent: 1800, Marker: plain(strconv.Itoa(i+1) + ".")})
	}
	fit := note.Shaper.Text(Rect{50 * Mm, 46 * Mm, 138 * Mm, 226 * Mm}, paras, TextStyle{Size: 11 * Pt, MinSize: 8 * Pt, Leading: 1400})
	return fit.Items
}

// sample is a sheet that shows its own cells.
func (g *Grid) sample(hold string, note *Note, pr Printer) Page {
	var items []Item
	cells := &Path{Stroke: &Black, Width: Pt / 2}
	for n := range g.Count() {
		cells.Segs = append(cells.Segs, g.outline(g.Place(n)).Segs...)
	}
	items = append(items, cells)
	if g.Marks {
		items = append(items, g.cutMarks()...)
	}
	words := Note{}
	if note != nil {
		words = *note
		words.Sheet = nil
		items = append(items, g.numbers(hold, note)...)
	}
	items = append(items, g.ruler(&words, 1, 1)...)
	return Page{W: g.W, H: g.H, Items: pr.correct(items)}
}

// numbers are those to start at, in the cells; the first also says what the sheet is.
func (g *Grid) numbers(hold string, note *Note) []Item {
	if note.Shaper == nil || note.Font == nil {
		return nil
	}
	var items []Item
	size := max(6*Pt, min(24*Pt, g.First.H/5))
	set := func(box Rect, s string, size Length, lines int) {
		fit := note.Shaper.Text(box, []Para{{Spans: []Span{{Text: s, Font: note.Font, Color: Black}}}},
			TextStyle{Size: size, MinSize: size / 2, Align: Center, VAlign: Middle, Lines: lines})
		if !fit.Overflow {
			items = append(items, fit.Items...)
		}
	}
	for n := range g.Count() {
		r := g.Place(n)
		set(Rect{r.X, r.Y + r.H/2 - size, r.W, 2 * size}, strconv.Itoa(n+1), size, 1)
		if n > 0 {
			continue
		}
		in := r.W / 7
		if g.Shape == RoundCell {
			in = r.W / 5
		}
		set(Rect{r.X + in, r.Y + r.H/8, r.W - 2*in, r.H/2 - size - r.H/8}, g.Name, 9*Pt, 1)
		set(Rect{r.X + in, r.Y + r.H/2 + size, r.W - 2*in, r.H*3/8 - size}, hold, 7*Pt, 4)
	}
	return items
}
