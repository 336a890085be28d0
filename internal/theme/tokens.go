package theme

import (
	"regexp"
	"slices"
	"strings"

	"vitrine/internal/diag"
	"vitrine/internal/ident"
	"vitrine/internal/load"
	"vitrine/internal/model"
	"vitrine/internal/source"
	"vitrine/internal/typography"
)

// Font is a font of the theme.
type Font struct {
	Name   string // the family's token: title, text
	Style  string // regular, italic, bold, semibold
	File   string // the TrueType file of the print font
	Screen string // the WOFF2 file of the same face on pages; empty: the style sheet has its own
}

// tokenKeys are those of theme.toml, and of a colour and a font in it.
var (
	tokenKeys = []string{"title", "series", "fallback", "colors", "font", "icons"}
	colorKeys = []string{"rgb", "dark", "cmyk", "spot"}
	fontKeys  = []string{"name", "style", "file", "screen"}
	styles    = []string{"regular", "italic", "semibold", "bold"}
)

// readTokens reads theme.toml, the colours and fonts that layouts and pieces name: that of the default
// theme, then what the themes above it say otherwise, key by key.
func (t *Theme) readTokens() diag.List {
	var list diag.List
	for i, v := range t.Versions("theme.toml") {
		root, problems := load.TOML(v.Tree, v.File)
		list = append(list, problems...)
		if root == nil {
			continue
		}
		list = append(list, unknownKeys(root, tokenKeys)...)
		above := i > 0 && !t.same(v) // a copy of the default one changes nothing
		list = append(list, t.readColors(root, above)...)
		if series, ok := root.Strings("series"); ok {
			t.Series = series
		}
		if families, ok := root.Strings("fallback"); ok {
			t.Fallback = families
		}
		if icons, ok := root.Table("icons"); ok {
			for _, name := range icons.Keys() {
				t.Icons[name], _ = icons.String(name)
			}
		}
		list = append(list, t.readFonts(root, above)...)
	}
	return list
}

// readColors reads a theme's colours; those of a theme above the default one are restated.
func (t *Theme) readColors(root *load.Table, above bool) diag.List {
	colors, ok := root.Table("colors")
	if !ok {
		return nil
	}
	var list diag.List
	for _, name := range colors.Keys() {
		if !tokenName.MatchString(name) {
			list = append(list, diag.New(diag.BadID, colors.KeySpan(name), "id", name, "proposal", typography.Slug(name)))
			continue
		}
		c, ok := colors.Table(name)
		if !ok {
			rgb, _ := colors.String(name) // « accent = "#1d5b3c" » is short for {rgb = "#1d5b3c"}
			if !isHex(rgb) {
				list = append(list, diag.New(diag.BadColour, colors.Span(name), "value", name))
				continue
			}
			t.state(name, model.Color{RGB: rgb}, above)
			continue
		}
		list = append(list, unknownKeys(c, colorKeys)...)
		rgb, _ := c.String("rgb")
		cmyk, ink := c.Numbers("cmyk")
		color := model.Color{RGB: rgb, Ink: ink && len(cmyk) == 4}
		color.Spot, _ = c.String("spot")
		color.Dark, _ = c.String("dark")
		if !isHex(rgb) || color.Dark != "" && !isHex(color.Dark) || (ink && len(cmyk) != 4) {
			list = append(list, diag.New(diag.BadColour, colors.Span(name), "value", name))
			continue
		}
		copy(color.CMYK[:], cmyk)
		t.state(name, color, above)
	}
	return list
}

func (t *Theme) state(token string, c model.Color, above bool) {
	if c.Dark == "" && token != "accent" { // an accent's is worked out
		c.Dark = t.Colors[token].Dark
	}
	t.Colors[token] = c
	if above && !slices.Contains(t.restated, token) {
		t.restated = append(t.restated, token)
	}
}

// readFonts reads a theme's fonts: a family that it has replaces the one below of that name, whole, so
// that no text mixes the faces of two.
func (t *Theme) readFonts(root *load.Table, above bool) diag.List {
	var list diag.List
	var mine []Font
	var families []string
	fonts, _ := root.Tables("font")
	for _, f := range fonts {
		list = append(list, unknownKeys(f, fontKeys)...)
		name, _ := f.String("name")
		style, ok := f.String("style")
		if !ok {
			style = "regular"
		}
		file, _ := f.String("file")
		screen, _ := f.String("screen")
		if !slices.Contains(styles, style) {
			list = append(list, diag.New(diag.BadChoice, f.Span("style"), "key", "style", "value", style, "choices", strings.Join(styles, ", ")))
			continue
		}
		if !tokenName.MatchString(name) {
			list = append(list, diag.New(diag.BadID, f.Span("name"), "id", name, "proposal", typography.Slug(name)))
			continue
		}
		problem, bad := t.unusable(f, file, screen)
		if bad {
			list = append(list, problem)
			continue
		}
		x := Font{Name: name, Style: style}
		if screen != "" {
			x.Screen = t.File(screen)
			if style == "regular" {
				t.early[name] = screen
			}
			if above {
				t.faces = append(slices.DeleteFunc(t.faces, func(o Font) bool { return o.Name == name && o.Style == style }), x)
			}
		}
		if file == "" {
			continue // for pages alone: paper keeps the family that it has
		}
		x.File = t.File(file)
		mine = append(mine, x)
		families = append(families, name)
	}
	t.Fonts = append(slices.DeleteFunc(t.Fonts, func(f Font) bool { return slices.Contains(families, f.Name) }), mine...)
	return list
}

// unusable says what is wrong with the files of a font.
func (t *Theme) unusable(f *load.Table, file, screen string) (d diag.Diagnostic, bad bool) {
	switch {
	case screen != "" && (!strings.HasPrefix(screen, "assets/") || !strings.HasSuffix(screen, ".woff2")):
		return diag.New(diag.BadChoice, f.Span("screen"), "key", "screen", "value", screen, "choices", "assets/….woff2"), true
	case screen != "" && !t.Tree.Exists(t.File(screen)):
		return diag.New(diag.MissingFile, f.Span("screen"), "file", screen), true
	case file == "" && screen == "":
		return diag.New(diag.MissingKey, f.Span("file"), "key", "file"), true
	case file != "" && !t.Tree.Exists(t.File(file)):
		return diag.New(diag.MissingFile, f.Span("file"), "file", file), true
	}
	return d, false
}

// unknownKeys says which keys of a table nothing reads, and what may have been meant.
func unknownKeys(table *load.Table, known []string) diag.List {
	var list diag.List
	for _, key := range table.Keys() {
		if !slices.Contains(known, key) {
			d := diag.New(diag.UnknownKey, table.KeySpan(key), "key", key)
			if near, ok := ident.Nearest(key, known); ok {
				d = d.WithHint("did-you-mean", "word", near)
			} else {
				d = d.WithHint("known-keys", "keys", strings.Join(known, ", "))
			}
			list = append(list, d)
		}
	}
	return list
}

// tokenName is what a style sheet can name without quotes.
var tokenName = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_-]*$`)

var hexColor = regexp.MustCompile(`^#[0-9A-Fa-f]{6}$`)

func isHex(s string) bool { return hexColor.MatchString(s) }

// Version is a file of the theme in one of its layers.
type Version struct {
	Tree *source.Tree
	File string // its name there: themes/default/… of the default theme
}

// same tells whether a version of theme.toml is word for word that of the default theme.
func (t *Theme) same(v Version) bool {
	first := t.below[0]
	mine, ok := v.Tree.Text(v.File)
	built, known := first.tree.Text(first.dir + "/theme.toml")
	return ok && known && string(mine) == string(built)
}

// Versions are the files of a name in all layers, the default theme's first. The site's own is read through the
// theme's tree, which remembers it; where the site has none, that one may come is remembered.
func (t *Theme) Versions(name string) []Version {
	var out []Version
	for _, l := range t.below {
		if l.tree.Exists(l.dir + "/" + name) {
			out = append(out, Version{l.tree, l.dir + "/" + name})
		}
	}
	seen := t.Tree.Exists(t.File(name))
	if seen && t.mine != nil && t.mine.Exists(t.File(name)) {
		out = append(out, Version{t.Tree, t.File(name)})
	}
	return out
}

// Text is the text of a file of any layer, by the name that messages give.
func (t *Theme) Text(file string) ([]byte, bool) {
	for _, l := range t.below {
		if l.dir != t.dir && strings.HasPrefix(file, l.dir+"/") {
			return l.tree.Text(file)
		}
	}
	return t.Tree.Text(file)
}
