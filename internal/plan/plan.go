// Package plan lists what a build makes, before anything is made: every page with its
// address and what it shows, every file that is copied, every piece with its subjects.
//
// Because the list is complete, links can be checked while pages are rendered, two
// pages that want one address are found at once, and what an output depends on is
// known: the whole entity that it is about, and the cards of the others.
package plan

import (
	"path"
	"slices"
	"strings"

	"vitrine/internal/diag"
	"vitrine/internal/model"
)

// Plan is everything that a build of a site makes.
type Plan struct {
	Site     *model.Site
	Pages    []*Page
	Files    []*File
	Pieces   []*Piece
	Data     []*Data
	Shares   []*Share
	Sections map[*model.Programme]*Section

	slugs  Slugs
	claims map[string]claim // by path below public/, letter case aside
}

// Slugs gives the words of addresses in the site's language.
type Slugs interface{ Slug(key string) string }

// Page is one page to render.
type Page struct {
	Kind string // what it is, and the layout unless its prose asks for another
	Path string // its address below the site: /label/artisans/, /404.html
	Key  string // for pages with fixed words: the phrase that titles them

	Programme   *model.Programme
	Participant *model.Participant
	Challenge   *model.Challenge
	Theme       *model.Theme
	Edition     *model.Edition
	Group       *model.Group
	Territory   *model.Territory
	Prose       *model.Page
	Listing     *Listing

	place diag.Origin
}

// Layout names the layout of the page: that of its kind, or the one that its prose asks for.
func (p *Page) Layout() string {
	if p.Prose != nil && p.Prose.Layout != "" {
		return p.Prose.Layout
	}
	return p.Kind
}

// Listing is a page of a list of participants.
type Listing struct {
	Filter  *Filter // nil: everyone
	Members []*model.Participant
	Total   int
	Number  int // from 1
	Of      int
	First   string // address of the first page
}

// File is a file of public/ that is copied, or made from a picture.
type File struct {
	Path    string // below public/
	Source  string // name in the site's tree, or in the theme's
	Theme   bool
	Picture bool  // a record names it: re-encoded, without metadata
	Size    int64 // in bytes, of a file that a record names; else 0
}

// Size is how many bytes a file of public/ has that a record names; 0 where it is not
// known.
func (p *Plan) Size(path string) int64 {
	for _, f := range p.Files {
		if f.Path == path {
			return f.Size
		}
	}
	return 0
}

// Subject is what the page is about, as outputs name it: participant/aux-bles-d-or.
func (p *Page) Subject() string {
	switch {
	case p.Participant != nil:
		return "participant/" + p.Participant.ID
	case p.Challenge != nil:
		return "challenge/" + p.Challenge.ID
	case p.Theme != nil:
		return "theme/" + p.Theme.ID
	case p.Edition != nil:
		return "edition/" + p.Edition.ID
	case p.Group != nil:
		return "group/" + p.Group.ID
	case p.Territory != nil:
		return "territory/" + p.Territory.ID
	case p.Programme != nil:
		return "programme/" + p.Programme.ID
	}
	return ""
}

// File is the page's file below public/.
func (p *Page) File() string { return fileOf(p.Path) }

func fileOf(address string) string {
	f := strings.TrimPrefix(address, "/")
	if f == "" || strings.HasSuffix(f, "/") {
		f += "index.html"
	}
	return f
}

// Has reports whether the site has something at an address: a page, with or without
// its final slash, or a file.
func (p *Plan) Has(address string) bool {
	clean := strings.TrimPrefix(path.Clean("/"+address), "/")
	return p.claimed(clean) || p.claimed(path.Join(clean, "index.html"))
}

// Make plans a site. Files holds the static files and the theme's assets.
func Make(site *model.Site, slugs Slugs, pageSize int, files []*File) (*Plan, diag.List) {
	p := &Plan{Site: site, slugs: slugs, Files: files, Sections: map[*model.Programme]*Section{}}
	for _, g := range site.Programmes {
		p.Sections[g] = p.section(g, pageSize)
	}
	listed := 0
	for _, s := range p.Sections {
		listed += len(s.Listed)
	}
	p.Pages = make([]*Page, 0, 3*listed+64)
	p.home()
	for _, g := range site.Programmes {
		p.programme(p.Sections[g])
	}
	p.embeds()
	p.machines()
	p.shares()
	p.shared()
	for _, g := range site.Programmes {
		p.pieces(g)
	}
	return p, append(p.collisions(), p.deadLinks()...)
}

func (p *Plan) add(pages ...*Page) { p.Pages = append(p.Pages, pages...) }

// balanced cuts a list into pages of about the same length, so that the last one never
// holds a lone line.
func balanced[T any](list []T, size int) [][]T {
	if len(list) == 0 {
		return [][]T{nil}
	}
	n := (len(list) + size - 1) / size
	var out [][]T
	for i := range n {
		out = append(out, list[len(list)*i/n:len(list)*(i+1)/n])
	}
	return out
}

func sortedBy[T any](list []T, key func(T) string) []T {
	type keyed struct {
		key string
		v   T
	}
	tmp := make([]keyed, len(list))
	for i, v := range list {
		tmp[i] = keyed{key(v), v}
	}
	slices.SortStableFunc(tmp, func(a, b keyed) int { return strings.Compare(a.key, b.key) })
	out := make([]T, len(list))
	for i, k := range tmp {
		out[i] = k.v
	}
	return out
}
