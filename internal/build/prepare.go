package build

import (
	"maps"
	"path/filepath"
	"slices"

	"vitrine/internal/bind"
	"vitrine/internal/diag"
	"vitrine/internal/model"
	"vitrine/internal/plan"
	"vitrine/internal/source"
	"vitrine/internal/theme"
)

// enter opens the site's folder.
func (b *builder) enter() error {
	tree, err := source.Open(b.Site)
	if err != nil {
		return err
	}
	if b.Now != nil {
		tree.Trust(b.Now())
	}
	b.tree = tree
	b.result.Sources = tree.Text
	return nil
}

// remind has the tree know what earlier builds read, unless everything is to be read.
func (b *builder) remind() {
	if !b.Dry && !b.Force && b.Now != nil {
		b.memory = source.OpenMemory(filepath.Join(b.State, "cache", "sources"))
		b.tree.Recall(b.memory)
	}
}

// letGo ends the session, if there is one: nothing is put down.
func (b *builder) letGo() error {
	if b.memory != nil {
		b.memory.Forget()
	}
	if b.session == nil {
		return nil
	}
	return b.session.Abort()
}

// prepare reads the site, the theme and the pictures, and plans. It returns false when
// what it found leaves nothing to go on with.
func (b *builder) prepare() bool {
	done := b.timed("bind")
	site, list := b.bind(bind.Options{Today: b.Today, Workers: b.Workers})
	done()
	b.site = site
	b.report(list)
	b.result.Language = diag.Language(site.Language)
	if structural(list) || site.Origin == nil {
		b.result.Diagnostics = b.result.Diagnostics.Sorted()
		return false
	}
	if b.Rules {
		b.result.Rules = ruleFindings(site)
	}
	done = b.timed("theme")
	b.based = b.ground() // before the theme is read: never newer than it
	t, list := theme.Load(b.tree, b.Own, b.Themes, site.Theme, site.Language)
	done()
	b.report(list)
	if t == nil || list.Errors() > 0 {
		b.result.Diagnostics = b.result.Diagnostics.Sorted()
		return false
	}
	b.theme = t
	b.result.Sources = func(file string) ([]byte, bool) {
		if text, ok := b.tree.Text(file); ok {
			return text, true
		}
		return t.Text(file)
	}
	done = b.timed("plan")
	b.media = newMedia(b)
	files := b.files()
	p, list := plan.Make(site, t.Words(site.Language), PageSize, files)
	done()
	done = b.timed("theme")
	list = append(list, b.checkLayouts(p, t)...)
	done()
	b.report(list)
	b.plan = p
	if list.Errors() > 0 {
		b.result.Diagnostics = b.result.Diagnostics.Sorted()
		return false
	}
	return true
}

// checkLayouts says what is wrong with the layouts that the build will use, and which pages ask for one
// that is not there, or that shows something else than prose. What is told on a page with fixed words is shown by the
// layout of that page alone.
func (b *builder) checkLayouts(p *plan.Plan, t *theme.Theme) diag.List {
	var list diag.List
	own := t.OwnLayouts()
	for _, x := range p.Pages {
		known := own
		if x.Kind != "page" && x.Kind != "article" {
			known = []string{x.Kind}
		}
		if name := x.Layout(); name != x.Kind && !slices.Contains(known, name) {
			list = append(list, theme.Nearest(diag.New(diag.UnknownLayout, x.Prose.Origin.Span("layout"), "id", name, "theme", t.Name), name, known))
		}
	}
	return append(list, t.Check(b.layouts(p), b.Workers)...)
}

// layouts are the layouts that the build will use.
func (b *builder) layouts(p *plan.Plan) []string {
	kinds := map[string]bool{}
	for _, x := range p.Pages {
		kinds[x.Layout()] = true
	}
	if b.wantsKit() {
		kinds["kit"], kinds["rules"], kinds["kit-report"] = true, true, true
	}
	return slices.Sorted(maps.Keys(kinds))
}

// bind makes the model.
func (b *builder) bind(o bind.Options) (site *model.Site, list diag.List) {
	if !b.amends {
		return bind.Site(b.tree, o)
	}
	b.reader, site, list = bind.Open(b.tree, o)
	return site, list
}

// structural reports whether some record could not be read at all: what follows would
// only repeat its absence in other words.
func structural(list diag.List) bool {
	codes := []diag.Code{
		diag.Unreadable, diag.BadEncoding, diag.TOMLSyntax, diag.CSVSyntax, diag.FrontMatter, diag.BadID, diag.Duplicate,
		diag.ReservedID, diag.UnknownRef, diag.MissingKey, diag.CodeCollision, diag.UnknownTheme,
	}
	return slices.ContainsFunc(list, func(d diag.Diagnostic) bool {
		return d.Severity == diag.Error && slices.Contains(codes, d.Code)
	})
}
