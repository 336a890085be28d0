// Package theme reads a theme: its layouts, parsed once; its words in each language;
// its pieces, colours, fonts and assets.
//
// A theme is a folder. The one of a site (themes/NAME) lies over the built-in theme of
// that name, and over the default one, so that an integrator replaces a single layout
// or a single piece and keeps the rest. docs/theme.md is its manual.
package theme

import (
	"errors"
	"html/template"
	"io/fs"
	"maps"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	texttemplate "text/template"

	"vitrine/internal/diag"
	"vitrine/internal/ident"
	"vitrine/internal/load"
	"vitrine/internal/model"
	"vitrine/internal/source"
)

// Theme is a theme ready for use.
type Theme struct {
	Name   string
	Tree   *source.Tree // its files, under themes/NAME/
	Colors map[string]model.Color
	Fonts  []Font
	// Fallback names the families in which a character is looked for that a text's own font lacks.
	Fallback []string
	Icons    map[string]string // name → path data in a box of 24 by 24
	Series   []string          // colours, #rrggbb, of what has none of its own
	dir      string

	restated []string          // tokens of colours that a theme above the default one states
	faces    []Font            // fonts of pages that such a theme states
	early    map[string]string // family → its regular font on pages, below the theme's folder
	mine     *source.Tree      // the site's own theme; nil: it has none
	below    []layer           // the built-in themes that it lies over, the default one first

	lang    string // of the site
	words   map[string]Words
	unread  map[string][]string // language → files of words that nobody asked for yet
	reading sync.Mutex          // holds words and unread
	parts   *texttemplate.Template
	kinds   []string // with a layout, in order
	layouts map[string]*layout
	common  layout // the parts alone
}

// layer is a built-in theme.
type layer struct {
	dir  string // its folder, as messages name it
	tree *source.Tree
}

// Asset is a file of the theme that pages use.
type Asset struct {
	Path string // below assets/
	File string
}

// Layers is a theme's folder, not yet read: the site's own files over the built-in ones,
// over the default theme's. known is false when there is no theme of that name.
func Layers(own fs.FS, builtin fs.FS, name string) (tree *source.Tree, known bool) {
	dir := "themes/" + name
	var layers []fs.FS
	for i, l := range []struct {
		fsys fs.FS
		path string
	}{{own, dir}, {builtin, name}, {builtin, "default"}} {
		folder, ok := source.Folder(l.fsys, l.path)
		if !ok {
			continue
		}
		layers = append(layers, folder)
		known = known || i < 2 && source.New(folder).Exists("theme.toml")
	}
	return source.New(source.Layers(dir, layers...)), known
}

// Open is Load, with the layouts of all kinds of pages parsed and checked.
func Open(site *source.Tree, own fs.FS, builtin fs.FS, name, lang string) (*Theme, diag.List) {
	t, list := Load(site, own, builtin, name, lang)
	if t == nil || list.Errors() > 0 {
		return t, list
	}
	return t, append(list, t.Check(t.Kinds(), runtime.GOMAXPROCS(0))...)
}

// Load reads the theme of a name for a language. Layouts are parsed when they are asked
// for: Check says what is wrong with those that a site uses.
func Load(site *source.Tree, own fs.FS, builtin fs.FS, name, lang string) (*Theme, diag.List) {
	tree, known := Layers(own, builtin, name)
	if !known {
		return nil, unknown(site, own, builtin, name)
	}
	t := &Theme{
		Name: name, dir: "themes/" + name, Tree: tree,
		Colors: map[string]model.Color{}, Icons: map[string]string{},
		early: map[string]string{},
		lang:  lang, words: map[string]Words{}, unread: map[string][]string{}, layouts: map[string]*layout{},
	}
	if folder, ok := source.Folder(own, t.dir); ok {
		t.mine = source.New(source.Layers(t.dir, folder))
	}
	for _, built := range slices.Compact([]string{"default", name}) {
		if folder, ok := source.Folder(builtin, built); ok {
			t.below = append(t.below, layer{"themes/" + built, source.New(source.Layers("themes/"+built, folder))})
		}
	}
	var list diag.List
	list = append(list, t.readTokens()...)
	list = append(list, t.findWords()...)
	list = append(list, t.readParts(t.words[lang])...)
	return t, list
}

// unknown says that there is no theme of a name, where the site asks for it, and what may have been meant.
func unknown(site *source.Tree, own, builtin fs.FS, name string) diag.List {
	at := diag.Span{File: "data/site.toml"}
	if root, _ := load.TOML(site, at.File); root != nil && root.Has("theme") {
		at = root.Span("theme")
	}
	d := diag.New(diag.UnknownTheme, at, "id", name)
	var known []string
	for _, from := range []struct {
		fsys fs.FS
		dir  string
	}{{own, "themes"}, {builtin, "."}} {
		if folder, ok := source.Folder(from.fsys, from.dir); ok {
			dirs, _ := source.New(folder).Dirs(".") // a site may have no themes
			known = append(known, dirs...)
		}
	}
	if near, ok := ident.Nearest(name, known); ok && near != name {
		d = d.WithHint("did-you-mean", "word", near)
	}
	return diag.List{d}
}

// File is the name of a theme's file as a site would name it.
func (t *Theme) File(name string) string { return t.dir + "/" + name }

// Assets lists the files that pages use. OwnSheet is none of them: it is part of Sheet.
func (t *Theme) Assets() ([]Asset, error) {
	names, err := t.Tree.Walk(t.File("assets"))
	if err != nil {
		return nil, err
	}
	out := make([]Asset, 0, len(names))
	for _, n := range names {
		if n != t.File(OwnSheet) {
			out = append(out, Asset{Path: strings.TrimPrefix(n, t.File("assets")+"/"), File: n})
		}
	}
	return out, nil
}

// Words of a language; none when the theme lacks it. Those that only the built-in theme
// has, in a language other than the site's, are read when they are asked for.
func (t *Theme) Words(lang string) Words {
	t.reading.Lock()
	defer t.reading.Unlock()
	t.readWords(lang) // the built-in theme is held to be whole by its tests
	return t.words[lang]
}

// findWords reads i18n/*.toml: a language's words may lie in several files, fr.toml and
// pieces.fr.toml.
func (t *Theme) findWords() diag.List {
	names, err := t.Tree.Files(t.File("i18n"))
	if err != nil {
		return diag.List{diag.New(diag.Unreadable, diag.Span{File: t.File("i18n")}, "reason", err.Error())}
	}
	now := map[string]bool{t.lang: true}
	for _, name := range names {
		if stem, ok := strings.CutSuffix(name, ".toml"); ok {
			lang := stem[strings.LastIndexByte(stem, '.')+1:]
			t.unread[lang] = append(t.unread[lang], name)
			t.Tree.Exists(t.File("i18n/" + name)) // seen, though perhaps not read
			now[lang] = now[lang] || t.mine != nil && t.mine.Exists(t.File("i18n/"+name))
		}
	}
	var list diag.List
	for _, lang := range slices.Sorted(maps.Keys(t.unread)) {
		if now[lang] {
			list = append(list, t.readWords(lang)...)
		}
	}
	return list
}

// readWords reads the words of a language: those of the default theme, then what the themes
// above it say otherwise, phrase by phrase.
func (t *Theme) readWords(lang string) diag.List {
	var list diag.List
	var files []Version
	for _, name := range t.unread[lang] {
		files = append(files, t.Versions("i18n/"+name)...)
	}
	slices.SortStableFunc(files, func(a, b Version) int { return t.height(a) - t.height(b) })
	for _, v := range files {
		root, problems := load.TOML(v.Tree, v.File)
		list = append(list, problems...)
		if root == nil {
			continue
		}
		w, ok := t.words[lang]
		if !ok {
			w = Words{lang: lang, phrases: map[string]phrase{}}
			t.words[lang] = w
		}
		list = append(list, w.add(root)...)
	}
	delete(t.unread, lang)
	return list
}

// height is how high the layer of a file lies.
func (t *Theme) height(v Version) int {
	i := slices.IndexFunc(t.below, func(l layer) bool { return l.tree == v.Tree })
	if i < 0 {
		return len(t.below)
	}
	return i
}

// TemplateError turns an error of a layout into a message at its place.
func (t *Theme) TemplateError(code diag.Code, err error) diag.Diagnostic {
	var te *template.Error
	if errors.As(err, &te) && te.Name != "" && te.Line > 0 {
		return diag.New(code, t.lineSpan(t.File("layouts/"+te.Name), te.Line), "reason", te.Description)
	}
	m := templatePlace.FindStringSubmatch(err.Error())
	if m == nil {
		return diag.New(code, diag.Span{File: t.File("layouts")}, "reason", err.Error())
	}
	line, _ := strconv.Atoi(m[2])
	return diag.New(code, t.lineSpan(t.File("layouts/"+m[1]), line), "reason", m[3])
}

// templatePlace is how text/template says where: template: name:line:col: reason
var templatePlace = regexp.MustCompile(`^(?:html/)?template: ?([^:]+):(\d+)(?::\d+)?: (.*)$`)

func (t *Theme) lineSpan(file string, line int) diag.Span {
	text, ok := t.Tree.Text(file)
	if !ok {
		return diag.Span{File: file}
	}
	start := 0
	for n := 1; n < line; n++ {
		i := strings.IndexByte(string(text[start:]), '\n')
		if i < 0 {
			break
		}
		start += i + 1
	}
	end := len(text)
	if i := strings.IndexByte(string(text[start:]), '\n'); i >= 0 {
		end = start + i
	}
	for start < end && (text[start] == ' ' || text[start] == '\t') {
		start++
	}
	return diag.Span{File: file, Start: start, End: end}
}
