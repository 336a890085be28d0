package layout

import "slices"

// runs are the pieces of a line as they stand from the left, not placed yet: one for each face and
// direction of each span it touches.
func (p *para) runs(l line, size Length, tracking int) []*Text {
	start, end := 0, p.breaks[l.to].end
	if l.from >= 0 {
		start = p.breaks[l.from].next
	}
	out := make([]*Text, 0, len(p.spans))
	var levels []uint8
	for k := range p.spans {
		sp := &p.spans[k]
		a, b := max(start, sp.start)-sp.start, min(end, sp.start+len(sp.text))-sp.start
		if a >= b {
			continue
		}
		for j := range sp.items {
			it := &sp.items[j]
			if t := sp.run(it, max(a, it.start), min(b, it.end)); t != nil {
				t.Size, t.Tracking, t.Color = size, tracking, sp.color
				if it.level > 0 && levels == nil {
					levels = make([]uint8, len(out), len(out)+4)
				}
				out = append(out, t)
				if levels != nil {
					levels = append(levels, it.level)
				}
			}
		}
	}
	if p.breaks[l.to].hyphen {
		h := p.hyphenOf(end)
		for i := range h.items {
			it := &h.items[i]
			out = append(out, &Text{Font: it.font, Size: size, Tracking: tracking, Color: h.color, Glyphs: h.glyphs[it.from:it.to:it.to], Text: h.text[it.start:it.end]})
			if levels != nil {
				levels = append(levels, 0)
			}
		}
	}
	reorder(out, levels)
	return out
}

// run is the part of an item between two bytes of its text; nil when it has no glyph. Letters drawn as
// one are not parted: those that a line's end falls into stay on the line they begin on, unless that
// line ended before them, at the spaces they begin with.
func (sh *shaped) run(it *item, a, b int) *Text {
	if a >= b {
		return nil
	}
	from, to := it.from, it.to
	if a > it.start || b < it.end {
		from, to = -1, it.to
		pos, begin := it.start, a
		for i := it.from; i < it.to; i++ {
			if sh.glyphs[i].Len > 0 {
				if from < 0 && (pos >= a || pos+int(sh.glyphs[i].Len) > a && trimEnd(sh.text, a) <= pos) {
					from, begin = i, pos
				}
				if pos >= b {
					to = i
					break
				}
			}
			pos += int(sh.glyphs[i].Len)
		}
		a, b = begin, pos
	}
	if from < 0 || from >= to {
		return nil
	}
	t := &Text{Font: it.font, Glyphs: sh.glyphs[from:to:to], Text: sh.text[a:b]}
	if it.level&1 == 1 {
		t.turn()
	}
	return t
}

// turn puts the glyphs and the letters of a run, which stand in the order of the text, in that of the
// page, where it runs from the right.
func (t *Text) turn() {
	t.RTL = true
	glyphs := slices.Clone(t.Glyphs)
	text := make([]byte, 0, len(t.Text))
	end := len(t.Text)
	for i := len(glyphs); i > 0; { // from the last cluster to the first
		n := i
		for i--; i > 0 && glyphs[i].Len == 0; i-- {
		}
		size := int(glyphs[i].Len)
		text = append(text, t.Text[end-size:end]...)
		end -= size
		// its glyphs will be reversed, and the first of them stands for its letters
		glyphs[i].Len, glyphs[n-1].Len = 0, uint16(size)
	}
	slices.Reverse(glyphs)
	t.Glyphs, t.Text = glyphs, string(text)
}

// reorder puts the runs of a line in the order of the page (UAX #9, L2): from the highest level down to
// the lowest odd one, each stretch at that level or above is turned round.
func reorder(runs []*Text, levels []uint8) {
	if len(levels) < 2 {
		return
	}
	for level := slices.Max(levels); level > 0; level-- {
		for i := 0; i < len(levels); {
			if levels[i] < level {
				i++
				continue
			}
			j := i
			for j < len(levels) && levels[j] >= level {
				j++
			}
			slices.Reverse(runs[i:j])
			slices.Reverse(levels[i:j])
			i = j
		}
	}
}

// markerRuns are those of the marker.
func (p *para) markerRuns(size Length) []*Text {
	var out []*Text
	for j := range p.marker.items {
		it := &p.marker.items[j]
		if t := p.marker.run(it, it.start, it.end); t != nil {
			t.Size, t.Color = size, p.marker.color
			out = append(out, t)
		}
	}
	return out
}
