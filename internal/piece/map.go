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
	look      lookKeys
}

func parseMap(r *reader) drawer {
	b := &mapBox{territory: "Programme.Territory", labels: r.boolean("labels", true), look: r.lookKeys()}
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
	if r.heard != nil {
		return at.H
	}
	paint := draw.NewPaint(look.Series[0], look.Ink, look.Paper, at.W)
	paint.Shaper, paint.Font, paint.Size, paint.MinSize = look.Shaper, look.Strong, look.Size, look.MinSize
	r.items = append(r.items, places.Geometry.At(at).Items(cells, paint)...)
	r.mark(mark{e: &expr{key: "territory", origin: r.where.origin}, full: b.look.style.text.Size, text: b.territory})
	return at.H
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
