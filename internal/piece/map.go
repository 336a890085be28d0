package piece

import (
	"strconv"

	"vitrine/internal/diag"
	"vitrine/internal/draw"
	"vitrine/internal/layout"
	"vitrine/internal/model"
)

// Places are the places of a territory, with how many of a programme's participants are listed in each.
type Places struct {
	Geometry *draw.Geometry
	Members  []*model.Territory
	Counts   []int
	Shape    string // a digest of the geometry
}

// mapBox is kind = "map": the places of a territory, tinted by how many are listed there.
type mapBox struct {
	territory string
	labels    bool
	key       bool
	words     Words // nil: a theme without labels
	look      lookKeys
}

func parseMap(r *reader) drawer {
	b := &mapBox{territory: "Programme.Territory", labels: r.boolean("labels", true), key: r.boolean("key", false), words: r.options.Words, look: r.lookKeys()}
	if r.has("territory") {
		b.territory = r.str("territory")
	}
	return b
}

func (b *mapBox) fixed() bool { return false }

func (b *mapBox) draw(r *run, at layout.Rect) layout.Length {
	places := b.places(r)
	look := r.drawnWith(&b.look)
	if places == nil || look == nil {
		return at.H
	}
	greatest := 0
	for _, n := range places.Counts {
		greatest = max(greatest, n)
	}
	r.said(places.Shape)
	cells := make([]draw.Cell, len(places.Members))
	for i, m := range places.Members {
		n := places.Counts[i]
		cells[i] = draw.Cell{Level: draw.Level(n, greatest), Title: m.Name, Marked: r.scope.Territory == m}
		if n > 0 && b.labels {
			cells[i].Label = strconv.Itoa(n)
		}
		if r.heard != nil {
			r.heard.count(n)
			r.heard.yes(cells[i].Marked)
		}
	}
	var key []draw.Sample
	if b.key {
		key = b.samples(r, cells, places.Counts)
	}
	if r.heard != nil {
		return at.H
	}
	paint := draw.NewPaint(look.Series[0], look.Ink, look.Paper, at.W)
	paint.Shaper, paint.Font, paint.Size, paint.MinSize = look.Shaper, look.Strong, look.Size, look.MinSize
	drawn := at
	if b.key {
		drawn.H -= b.drawKey(r, at, key, paint)
	}
	r.items = append(r.items, places.Geometry.At(drawn).Items(cells, paint)...)
	r.mark(mark{e: &expr{key: "territory", origin: r.where.origin}, full: b.look.style.text.Size, text: b.territory})
	return at.H
}

// drawKey puts the key at the foot of the box, and returns the height that it takes, with the gap above it. It shrinks down to the
// least size where it would take more than a third of the box.
func (b *mapBox) drawKey(r *run, at layout.Rect, samples []draw.Sample, paint draw.Paint) layout.Length {
	paint.Font = r.font(b.look.style)
	_, h, w := draw.Key(at, samples, paint)
	for (h > at.H/3 || w > at.W) && paint.Size > paint.MinSize && paint.MinSize > 0 {
		paint.Size = max(paint.MinSize, paint.Size*9/10)
		_, h, w = draw.Key(at, samples, paint)
	}
	foot := at
	foot.Y = at.Y + at.H - h
	items, _, _ := draw.Key(foot, samples, paint)
	r.items = append(r.items, items...)
	return min(at.H, h+paint.Size)
}

// samples are the levels that are on a map, with the numbers that each stands for.
func (b *mapBox) samples(r *run, cells []draw.Cell, counts []int) []draw.Sample {
	var out []draw.Sample
	for level := range draw.Levels + 1 {
		least, most := -1, -1
		for i, c := range cells {
			if c.Level == level {
				if least < 0 || counts[i] < least {
					least = counts[i]
				}
				most = max(most, counts[i])
			}
		}
		if least < 0 {
			continue
		}
		text := strconv.Itoa(least)
		if most > least {
			text = b.between(text, strconv.Itoa(most))
		}
		out = append(out, draw.Sample{Level: level, Text: r.said(text)})
	}
	return out
}

// between is « 2 à 4 », or « 2–4 » where the theme has no words for it.
func (b *mapBox) between(least, most string) string {
	if b.words != nil {
		if text, err := b.words.T("key-range", "least", least, "most", most); err == nil {
			return text
		}
	}
	return least + "–" + most
}

// places are those of the box's territory; nil when there are none to draw, which is reported.
func (b *mapBox) places(r *run) *Places {
	v, err := reach(r.scope, b.territory)
	reason := ""
	switch {
	case err != nil:
		reason = err.Error()
	case !v.IsValid():
		reason = "there is no " + b.territory
	default:
		var t *model.Territory
		if v.CanAddr() {
			t, _ = v.Addr().Interface().(*model.Territory)
		}
		if t == nil {
			reason = b.territory + " is not a territory"
			break
		}
		if r.res.Places != nil {
			if p := r.res.Places(t); p != nil {
				return p
			}
		}
		reason = t.Name + " has no two places to draw: they need points, or the territory an outline"
	}
	r.report(diag.New(diag.TemplateRun, r.where.origin.Span("kind"), "reason", reason))
	return nil
}
