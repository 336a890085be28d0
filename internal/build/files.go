package build

import (
	"iter"
	"net/url"
	"path"
	"slices"
	"strings"

	"vitrine/internal/cache"
	"vitrine/internal/diag"
	"vitrine/internal/export"
	"vitrine/internal/model"
	"vitrine/internal/plan"
	"vitrine/internal/theme"
)

// files lists what is copied into public/: the theme's assets and static/. A static
// file that a record names goes out only where an opened field names it, and a picture
// only re-encoded, without what its metadata says of where and when it was taken.
func (b *builder) files() []*plan.File {
	var out []*plan.File
	assets, err := b.theme.Assets()
	if err != nil {
		b.report(diag.List{diag.New(diag.Unreadable, diag.Span{File: b.theme.File("assets")}, "reason", err.Error())})
	}
	for _, a := range assets {
		out = append(out, &plan.File{Path: "assets/" + a.Path, Source: a.File, Theme: true})
	}
	names, err := b.tree.Walk("static")
	if err != nil {
		b.report(diag.List{diag.New(diag.Unreadable, diag.Span{File: "static"}, "reason", err.Error())})
	}
	named := b.named()
	for _, n := range names {
		rel := strings.TrimPrefix(n, "static/")
		open, recorded := named[rel]
		if recorded && !open {
			continue
		}
		if recorded && isPicture(rel) {
			for _, s := range b.media.sizes(rel) {
				out = append(out, &plan.File{Path: s.Path, Source: n, Picture: true})
			}
			continue
		}
		f := &plan.File{Path: rel, Source: n}
		if recorded { // pages say how large it is
			if data, err := b.tree.Read(n); err == nil {
				f.Size = int64(len(data))
			}
		}
		out = append(out, f)
	}
	return out
}

// named tells of every file that a record names whether some opened field does.
func (b *builder) named() map[string]bool {
	named := map[string]bool{}
	name := func(file string, open bool) {
		if file != "" {
			named[file] = named[file] || open
		}
	}
	for _, o := range b.site.Organisations {
		name(o.Logo, true)
	}
	for _, t := range b.site.Territories {
		name(t.Outline, false) // drawn into maps, not given out
	}
	for _, list := range [][]*model.Page{b.site.Pages, b.site.News} {
		for _, p := range list {
			name(p.Image, true)
		}
	}
	for _, g := range b.site.Programmes {
		if g.Mark != nil {
			name(g.Mark.Logo, true)
		}
		for _, d := range slices.Concat(g.Documents, g.Tools) {
			name(d.File, true)
		}
		for _, x := range model.Participants(g) {
			shown := x.HasPage(b.site.Today)
			name(x.Logo, shown && x.Consent.Has(model.ScopeLogo))
			name(x.Photo.File, shown && x.Consent.Has(model.ScopePhoto))
		}
	}
	b.openedByProse(named)
	return named
}

// openedByProse opens the files that public prose shows: a page, or the story of
// someone who opened it.
func (b *builder) openedByProse(named map[string]bool) {
	read := func(p model.Prose) {
		for file := range addresses(p.Text) {
			if open, recorded := named[file]; recorded && !open {
				named[file] = true
			}
		}
	}
	for _, list := range [][]*model.Page{b.site.Pages, b.site.News} {
		for _, p := range list {
			read(p.Body)
		}
	}
	for _, t := range b.site.Territories {
		read(t.Story)
	}
	for _, g := range b.site.Programmes {
		read(g.Story)
		if g.Join != nil {
			read(g.Join.Body)
		}
		for _, t := range g.Themes {
			read(t.Story)
		}
		for _, c := range g.Challenges {
			read(c.Story)
		}
		for _, x := range g.Groups {
			read(x.Story)
		}
		for _, e := range g.Editions {
			read(e.Story)
		}
		for _, x := range model.Participants(g) {
			if x.HasPage(b.site.Today) && x.Consent.Has(model.ScopeStory) {
				read(x.Story)
			}
		}
	}
}

// addresses are the paths that a text writes from the site's root, without their first
// slash. What follows a part of a path is no path: img/a.jpg does not write a.jpg.
func addresses(text string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for i := 0; i < len(text); i++ {
			if text[i] != '/' || i > 0 && !strings.ContainsRune(around, rune(text[i-1])) {
				continue
			}
			end := strings.IndexAny(text[i:], around+"?#")
			if end < 0 {
				end = len(text) - i
			}
			file := text[i+1 : i+end]
			if plain, err := url.PathUnescape(file); err == nil {
				file = plain
			}
			if !yield(file) {
				return
			}
			i += end - 1
		}
	}
}

// around are the characters that an address stands between.
const around = " \t\r\n()<>[]\"'`"

// copyFiles puts the planned files down.
func (b *builder) copyFiles() error {
	return b.each("file", len(b.plan.Files), func(i int) error {
		f := b.plan.Files[i]
		out := output{"public", f.Path, kindOf(f.Path), ""}
		key := b.copyKey(f)
		if key != (cache.Key{}) && b.keep(out, key) || b.elsewhere(out) {
			return nil
		}
		data, err := b.content(f)
		if err != nil {
			b.report(diag.List{diag.New(diag.Unreadable, diag.Span{File: f.Source}, "reason", err.Error())})
			return nil
		}
		if data == nil {
			return nil
		}
		return b.putAs(out, key, data)
	})
}

// copyKey is the key of a planned file, from what its source looks like: it is zero where
// the bytes themselves have to be seen.
func (b *builder) copyKey(f *plan.File) cache.Key {
	if f.Theme {
		return cache.Key{}
	}
	mark := b.tree.Mark(f.Source)
	if mark == "" {
		return cache.Key{}
	}
	how := "copy"
	if f.Picture {
		how = "web" // without its metadata: not the bytes of a copy
	}
	return cache.KeyOf([]byte("file"), []byte(how), []byte(b.Program), []byte(f.Source), []byte(f.Path), []byte(mark), []byte(encoding))
}

// content is what a planned file holds; nil when it could not be made, which has been
// reported.
func (b *builder) content(f *plan.File) ([]byte, error) {
	switch {
	case f.Picture:
		return b.media.encode(f.Path), nil
	case !f.Theme:
		return b.tree.Read(f.Source)
	}
	if f.Path != theme.Sheet {
		return b.theme.Tree.Read(f.Source)
	}
	data, err := b.theme.StyleSheet()
	return append(data, b.tokens()...), err
}

// tokens are the site's colours and each programme's accent, light and dark, after the theme's sheet.
func (b *builder) tokens() []byte {
	rules := []theme.Rule{{Selector: ":root", Colors: b.site.Design.Colors}}
	for _, g := range b.site.Programmes {
		rules = append(rules, theme.Rule{Selector: ".p-" + g.ID, Colors: map[string]model.Color{"accent": g.Accent}})
	}
	var out strings.Builder
	theme.WriteRules(&out, b.theme.Colors, rules)
	return []byte(out.String())
}

// listedPages are the addresses that search engines may list.
func (b *builder) listedPages() []export.Address {
	var out []export.Address
	for _, p := range b.plan.Pages {
		if p.Kind == "verify" || p.Kind == "moved" || p.Kind == "frame" || p.Kind == "missing" || p.Listing != nil && p.Listing.Number > 1 && p.Listing.Filter != nil {
			continue
		}
		if p.Kind == "programme" && p.Path != "/" && len(b.site.Programmes) == 1 {
			continue
		}
		out = append(out, export.Address{Path: p.Path, Changed: changed(p, b.site)})
	}
	return out
}

// kindOf is the kind of a file by its name, for those that no stage named.
func kindOf(name string) string {
	switch path.Ext(name) {
	case ".html":
		return "page"
	case ".xml", ".txt", ".json", ".csv", ".ics", ".vcf", ".geojson":
		return "data"
	case ".pdf":
		return "piece"
	}
	return "asset"
}

func isPicture(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".jpg", ".jpeg", ".png", ".gif", ".webp", ".svg":
		return true
	}
	return false
}
