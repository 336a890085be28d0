package build

import (
	"crypto/sha256"
	"slices"
	"strconv"
	"sync"

	"vitrine/internal/cache"
	"vitrine/internal/diag"
	"vitrine/internal/layout"
)

// faces are the theme's print fonts, read once for all that a build draws: charts, pictures to share, pieces. That takes
// as long as some thirty pages.
type faces struct {
	once  sync.Once
	fonts layout.Fonts
	sum   cache.Key // of the fonts, the program and the language
	said  diag.List
}

// printFonts reads them when they are first asked for.
func (b *builder) printFonts() *faces {
	b.fonts.once.Do(b.loadFonts)
	return &b.fonts
}

// useFonts gives them to the pieces.
func (k *kit) useFonts() {
	f := k.printFonts()
	k.fonts, k.base, k.said = f.fonts, f.sum, slices.Clone(f.said)
}

// weights are the names that theme.toml gives to styles of fonts.
var weights = map[string]int{"regular": 400, "italic": 400, "semibold": 600, "bold": 700}

// loadFonts reads the theme's print fonts; a site's [design.fonts] replaces the regular
// one of a family.
func (b *builder) loadFonts() {
	f := &b.fonts
	parts := [][]byte{[]byte("kit"), []byte(b.Program), []byte(b.site.Language)}
	own := b.site.Design.Fonts
	for _, x := range b.theme.Fonts {
		file, tree := x.File, b.theme.Tree
		if replaced := own[x.Name]; replaced != "" && x.Style == "regular" {
			file, tree = b.file(replaced), b.tree
		}
		data, err := tree.Read(file)
		if err != nil {
			f.said = append(f.said, diag.New(diag.BadFont, diag.Span{File: file}, "file", file, "reason", err.Error()))
			continue
		}
		name := x.Name + "-" + strconv.Itoa(weights[x.Style])
		if x.Style == "italic" {
			name += "i"
		}
		font, err := layout.ParseFont(name, x.Name, weights[x.Style], x.Style == "italic", data)
		if err != nil {
			f.said = append(f.said, diag.New(diag.BadFont, diag.Span{File: file}, "file", file, "reason", err.Error()))
			continue
		}
		f.fonts = append(f.fonts, font)
		sum := sha256.Sum256(data)
		parts = append(parts, []byte(name), []byte(x.Name), sum[:])
	}
	f.fonts.Chain(b.theme.Fallback)
	for _, family := range b.theme.Fallback {
		parts = append(parts, []byte(family))
	}
	f.sum = cache.KeyOf(parts...)
}
