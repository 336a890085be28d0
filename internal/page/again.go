package page

import (
	"vitrine/internal/model"
	"vitrine/internal/plan"
)

// Forget drops what was made of a participant that has changed.
func (r *Renderer) Forget(x *model.Participant) { r.cards.Delete(x) }

// With is a renderer of another plan of the same site, with the same theme and pictures:
// what was compiled, and the cards, serve again.
func (r *Renderer) With(p *plan.Plan) *Renderer {
	next := &Renderer{
		site: p.Site, plan: p, theme: r.theme, media: r.media, maps: r.maps, charts: r.charts, scales: r.scales, ground: r.ground,
		words: r.words, lang: r.lang, base: r.base, host: r.host,
	}
	r.programs.Range(func(k, v any) bool { next.programs.Store(k, v); return true })
	r.cards.Range(func(k, v any) bool { next.cards.Store(k, v); return true })
	return next
}

// Base is the path of the site's address, without a final slash: empty at the root of a
// host.
func (r *Renderer) Base() string { return r.base }
