package layout

// Booklet puts pages on sheets that are folded in the middle and stapled there: each side of a sheet
// holds two pages side by side, the last one beside the first, and the sheet is turned on its short
// edge. Pages are padded with blank ones to a multiple of four; these stand before the last page, so that
// the back cover stays where it is. A page stands against the fold, in the middle of the height, and is
// cut at it. A mark at the sheet's upper and lower edge shows the fold: in the margins, or where there
// are none inside the fold.
//
// Creep (the inner sheets of a thick booklet stick out and are trimmed) is not made up for: up to about
// forty pages of office paper it stays within a millimetre.
func Booklet(pages []Page, sheetW, sheetH Length, pr Printer) []Page {
	if len(pages) == 0 {
		return nil
	}
	n := (len(pages) + 3) / 4 * 4
	order := make([]*Page, n)
	for i := range pages {
		order[i] = &pages[i]
	}
	if last := len(pages) - 1; last > 0 && last < n-1 {
		order[n-1], order[last] = order[last], nil
	}
	var out []Page
	for left, right := n-1, 0; right < left; left, right = left-1, right+1 {
		l, r := order[left], order[right]
		if right%2 == 1 { // the inner side of a sheet: the lower number is on the left
			l, r = r, l
		}
		out = append(out, spread(l, r, right%2 == 1, sheetW, sheetH, pr))
	}
	return out
}

// BookletFits tells whether a page may stand on half of a sheet.
func BookletFits(p *Page, sheetW, sheetH Length) bool {
	return p.W <= sheetW/2+cellSlack && p.H <= sheetH+cellSlack
}

// spread is one side of a folded sheet, the inner or the outer one.
func spread(left, right *Page, inner bool, w, h Length, pr Printer) Page {
	fold := w / 2
	var items []Item
	margin := h
	half := func(p *Page, onLeft bool) {
		if p == nil {
			return
		}
		x, y, room := fold, (h-p.H)/2, Rect{fold, 0, w - fold, h}
		if onLeft {
			x, room = fold-p.W, Rect{0, 0, fold, h}
		}
		margin = min(margin, y)
		clip := (&Path{}).Rectangle(Rect{room.X - x, room.Y - y, room.W, room.H}, 0)
		items = append(items, placed(p, x, y, clip))
	}
	half(left, true)
	half(right, false)
	long := border + 3*Mm // as far as a printer that leaves a border still prints
	if margin >= border+2*Mm {
		long = min(long, margin-tickGap)
	} else if !inner {
		return Page{W: w, H: h, Items: pr.correct(items)}
	}
	mark := &Path{Stroke: &Black, Width: hairline, Dash: []Length{Mm, Mm}}
	mark.Move(fold, 0).Line(fold, long).Move(fold, h-long).Line(fold, h)
	items = append(items, mark)
	return Page{W: w, H: h, Items: pr.correct(items)}
}
