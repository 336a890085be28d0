package bind

import (
	"slices"

	"vitrine/internal/model"
)

// bindCatalogue reads challenges.toml: the themes, then the challenges.
func (p *programme) bindCatalogue(s stories) {
	p.file(p.dir+"/challenges.toml", func(r *reader) {
		r.tables("theme", func(r *reader) {
			t := &model.Theme{Origin: r.origin()}
			id, ok := p.themes.declare(r, t)
			if ok {
				t.ID = id
				t.Story = p.claimStory(r, s.themes, id)
				p.Themes = append(p.Themes, t)
			}
			r.need("title")
			t.Title, t.Description = r.text("title"), r.text("description")
			t.Color, t.Icon = r.hexColor("color"), r.raw("icon")
			if r.has("cmyk") {
				t.CMYK, t.Ink = r.cmyk("cmyk")
			}
			t.Status, t.Order = r.text("status"), r.count("order")
		})
		slices.SortStableFunc(p.Themes, func(a, b *model.Theme) int { return a.Order - b.Order })
		r.tables("challenge", func(r *reader) {
			c := &model.Challenge{Origin: r.origin()}
			id, ok := p.challenges.declare(r, c)
			if ok {
				c.ID = id
				c.Story = p.claimStory(r, s.challenges, id)
			}
			r.need("title", "theme")
			c.Title, c.Kind, c.Summary = r.text("title"), r.text("kind"), r.text("summary")
			c.Why, c.How = r.text("why"), r.lines("how")
			c.Evidence, c.Level = r.texts("evidence"), r.raw("level")
			c.Points, _ = r.number("points")
			c.Status = r.text("status")
			c.Trades = refs(r, p.trades, "trades")
			c.Theme = ref(r, p.themes, "theme")
			if ok && c.Theme != nil {
				p.Challenges = append(p.Challenges, c)
			}
		})
	})
	slices.SortStableFunc(p.Challenges, func(a, b *model.Challenge) int {
		return slices.Index(p.Themes, a.Theme) - slices.Index(p.Themes, b.Theme)
	})
}

// lines is a text, or a list of texts that are steps.
func (r *reader) lines(key string) []string {
	for _, p := range r.parts {
		if _, ok := p.String(key); ok {
			return []string{r.text(key)}
		}
	}
	return r.texts(key)
}
