package build

import (
	"slices"
	"strconv"
	"strings"

	"vitrine/internal/cache"
	"vitrine/internal/diag"
	"vitrine/internal/export"
	"vitrine/internal/load"
	"vitrine/internal/model"
	"vitrine/internal/piece"
	"vitrine/internal/theme"
	"vitrine/internal/typography"
)

// library is the templates of pieces and the descriptions of office sheets, each read
// once: the site's own, else the theme's. One goroutine uses it at a time.
type library struct {
	*builder
	tables    map[string]*tableFile
	templates map[string]*templateFile
	stocks    map[string]*stockFile
	badges    map[string][]export.Entry // for the web, by what they show
}

// tableFile is a file as it was read; root is nil when there is none, or it cannot be.
type tableFile struct {
	root *load.Table
	sum  cache.Key
	said diag.List
}

// templateFile is a piece's template as it was read.
type templateFile struct {
	*piece.Template           // nil when something is wrong with it
	sum             cache.Key // of its file, and of those it builds on
	said            diag.List // what there is to say of it
}

// stockFile is an office sheet as its description was read.
type stockFile struct {
	*piece.Stock // nil when something is wrong with it
	sum          cache.Key
	said         diag.List
}

func newLibrary(b *builder) *library {
	return &library{builder: b, tables: map[string]*tableFile{}, templates: map[string]*templateFile{}, stocks: map[string]*stockFile{}, badges: map[string][]export.Entry{}}
}

// table reads data/KIND/ID.toml of the site, else KIND/ID.toml of the theme.
func (l *library) table(kind, id string) *tableFile {
	name := kind + "/" + id + ".toml"
	if f, ok := l.tables[name]; ok {
		return f
	}
	f := &tableFile{}
	l.tables[name] = f
	tree, file := l.tree, "data/"+name
	if !tree.Exists(file) {
		tree, file = l.theme.Tree, l.theme.File(name)
	}
	if data, err := tree.Read(file); err == nil {
		f.sum = cache.KeyOf([]byte(name), data)
		f.root, f.said = load.TOML(tree, file)
	}
	return f
}

// under reads the template of a name that lies some layers under the one that is used: the theme's under the
// site's own, the default theme's under the site's theme.
func (l *library) under(id string, depth int) *tableFile {
	name := "pieces/" + id + ".toml"
	key := name + "\x00" + strconv.Itoa(depth)
	if f, ok := l.tables[key]; ok {
		return f
	}
	f := &tableFile{}
	l.tables[key] = f
	versions := l.theme.Versions(name) // the lowest first
	if l.tree.Exists("data/" + name) {
		depth--
	}
	if depth >= len(versions) {
		return f
	}
	v := versions[len(versions)-1-depth]
	if data, err := v.Tree.Read(v.File); err == nil {
		f.sum = cache.KeyOf([]byte(key), data)
		f.root, f.said = load.TOML(v.Tree, v.File)
	}
	return f
}

// template is the one that a piece is made from.
func (l *library) template(u *model.PieceUse) *templateFile {
	t := l.read(u.Template)
	if t == nil {
		return &templateFile{said: diag.List{theme.Nearest(diag.New(diag.UnknownPiece, u.Origin.Span("template"), "id", u.Template), u.Template, l.theme.Known(l.tree, "pieces"))}}
	}
	if t.Template != nil && len(t.For) > 0 && !slices.Contains(t.For, u.For) {
		// Its texts would ask for what such a record has not, one message for each.
		return &templateFile{said: diag.List{diag.New(diag.PieceFor, u.Origin.Span("for"), "id", u.Template, "for", u.For, "choices", strings.Join(t.For, ", "))}}
	}
	return t
}

// read reads a template; nil when there is none of that name.
func (l *library) read(id string) *templateFile {
	if t, ok := l.templates[id]; ok {
		return t
	}
	file := l.table("pieces", id)
	if file.root == nil && len(file.said) == 0 {
		return nil
	}
	t := &templateFile{said: file.said}
	l.templates[id] = t
	if file.root == nil {
		return t
	}
	sums := [][]byte{file.sum[:]}
	options := piece.Options{
		Language: typography.Language(l.site.Language), Words: l.theme.Words(l.site.Language),
		Template: func(id string) *load.Table {
			used := l.table("pieces", id)
			sums = append(sums, used.sum[:])
			return used.root
		},
		Under: func(id string, depth int) *load.Table {
			used := l.under(id, depth)
			sums = append(sums, used.sum[:])
			return used.root
		},
		Sheet: func(id string) *piece.Stock {
			s := l.stock(id)
			sums = append(sums, s.sum[:])
			t.said = append(t.said, s.said...)
			return s.Stock
		},
	}
	parsed, more := piece.Parse(id, file.root, options)
	t.Template, t.said = parsed, append(t.said, more...)
	t.sum = cache.KeyOf(sums...)
	return t
}

// stockOf is the office sheet that a piece is ganged on; nil when it is on none.
func (l *library) stockOf(u *model.PieceUse) *stockFile {
	if u.Sheet == "" {
		return nil
	}
	s := l.stock(u.Sheet)
	if s.Stock == nil && len(s.said) == 0 {
		return &stockFile{said: diag.List{theme.Nearest(diag.New(diag.UnknownSheet, u.Origin.Span("sheet"), "id", u.Sheet), u.Sheet, l.theme.Known(l.tree, "sheets"))}}
	}
	return s
}

// stock reads the description of an office sheet; it is empty where there is none.
func (l *library) stock(id string) *stockFile {
	if s, ok := l.stocks[id]; ok {
		return s
	}
	file := l.table("sheets", id)
	s := &stockFile{sum: file.sum, said: file.said}
	l.stocks[id] = s
	if file.root != nil {
		stock, more := piece.ParseStock(id, file.root)
		s.Stock, s.said = stock, append(s.said, more...)
	}
	return s
}
