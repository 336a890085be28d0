package build

import (
	"path"
	"slices"

	"vitrine/internal/bind"
	"vitrine/internal/model"
	"vitrine/internal/plan"
)

// reread reads participants again from their stories. With an error everything stays as
// it was, and the result says why. It returns false, with everything as it was, where
// the site has to be read as a whole.
func (g *generation) reread(stories []string, r *Result) bool {
	var changes []bind.Change
	undo := func() {
		for _, c := range slices.Backward(changes) {
			c.Undo()
		}
	}
	had := awarding(g.site)
	for _, name := range stories {
		c, ok := g.session.Again(name)
		if !ok {
			undo()
			return false
		}
		changes = append(changes, c)
	}
	r.Diagnostics = append(g.session.Found(), g.rest...)
	if r.Diagnostics.Errors() > 0 {
		undo()
		return true
	}
	if !slices.Equal(had, awarding(g.site)) {
		undo() // everyone is listed, or no one is, by that
		return false
	}
	var renamed []*model.Participant
	replan := false
	for _, c := range changes {
		x, before := c.Participant, &c.Before
		if !slices.Equal(opened(before, g.site.Today), opened(x, g.site.Today)) {
			undo() // other files are published
			return false
		}
		if !samePlace(before, x, g.site.Today) {
			replan = true
		} else if before.SortKey != x.SortKey || before.Name != x.Name {
			renamed = append(renamed, x)
		}
		g.renderer.Forget(x)
	}
	if replan || len(renamed) > 1 {
		return g.replan(r, undo)
	}
	for _, x := range renamed {
		g.plan.Move(x)
	}
	if len(changes) > 0 {
		g.plan.Repiece()
	}
	return true
}

// awarding tells of each programme whether it gives awards.
func awarding(site *model.Site) []bool {
	out := make([]bool, len(site.Programmes))
	for i, g := range site.Programmes {
		out[i] = g.HasAwards()
	}
	return out
}

// opened names the files that a participant's record, or its story, publishes.
func opened(x *model.Participant, today model.Date) []string {
	if !x.HasPage(today) {
		return []string{"", x.Logo, x.Photo.File}
	}
	files := []string{x.Logo, x.Photo.File}
	for i, scope := range []model.Scopes{model.ScopeLogo, model.ScopePhoto} {
		if !x.Consent.Has(scope) {
			files[i] = "-" + files[i]
		}
	}
	if x.Consent.Has(model.ScopeStory) {
		for file := range addresses(x.Story.Text) {
			if path.Ext(file) != "" {
				files = append(files, file)
			}
		}
	}
	return files
}

// samePlace reports whether two states of a record stand in the same lists, under the
// same addresses.
func samePlace(a, b *model.Participant, today model.Date) bool {
	same := a.Status == b.Status && a.Consent.Has(model.ScopeName) == b.Consent.Has(model.ScopeName) &&
		a.GivenAway(today) == b.GivenAway(today) && a.Consent.Has(model.ScopeLocation) == b.Consent.Has(model.ScopeLocation) &&
		a.HasPage(today) == b.HasPage(today) && a.HasCard(today) == b.HasCard(today) && a.Trade == b.Trade && a.Commune == b.Commune && a.Kind == b.Kind
	return same && slices.EqualFunc(a.Commitments, b.Commitments, func(a, b *model.Commitment) bool { return a.Challenge == b.Challenge }) &&
		slices.EqualFunc(a.Awards, b.Awards, func(a, b *model.Award) bool {
			return a.Edition == b.Edition && a.On == b.On && a.Level == b.Level
		})
}

// replan plans the site again over the same files.
func (g *generation) replan(r *Result, undo func()) bool {
	p, list := plan.Make(g.site, g.theme.Words(g.site.Language), PageSize, g.plan.Files)
	r.Diagnostics = append(r.Diagnostics, list...)
	if list.Errors() > 0 {
		undo()
		return true
	}
	g.plan = p
	g.renderer = g.renderer.With(p)
	g.index()
	return true
}
