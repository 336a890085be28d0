package piece

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"vitrine/internal/bind"
	"vitrine/internal/diag"
	"vitrine/internal/layout"
	"vitrine/internal/load"
	"vitrine/internal/model"
	"vitrine/internal/source"
	"vitrine/internal/theme"
	"vitrine/themes"
)

// hostileNames is how many names are laid out on every template that shows one.
const hostileNames = 10_000

// alphabets are ranges of letters: those the fonts cover, and those that none of them does.
var alphabets = [][2]rune{
	{'a', 'z'}, {'A', 'Z'}, {'0', '9'}, {0xC0, 0x17F}, {0x1E00, 0x1EF9}, // Latin
	{0x391, 0x3C9}, {0x410, 0x44F}, {0x402, 0x40F}, {0x531, 0x587}, {0x10D0, 0x10F0}, // Greek, Cyrillic, Armenian, Georgian
	{0x5D0, 0x5EA}, {0x620, 0x64A}, {0x660, 0x669}, {0x671, 0x6D3}, // Hebrew, Arabic
	{0x905, 0x939}, {0xE01, 0xE3A}, {0x4E00, 0x9FA5}, {0x3041, 0x30FE}, {0xAC00, 0xD7A3}, {0x1200, 0x1248}, // not covered
	{0x2190, 0x21FF}, {0x2200, 0x22FF}, {0x2600, 0x26FF}, {0x2700, 0x27BF}, {0x1F300, 0x1F64F}, {0x1F900, 0x1F9FF}, {0x1F1E6, 0x1F1FF},
}

// oddities are characters that break layouts.
var oddities = []rune("\u00a0\u202f\u2007\u2009\u3000\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f\u202a\u202b\u202d\u202e\u202c\u2066\u2067\u2068\u2069\u061c" +
	"\u2028\u2029\u0085\v\f\t\r\n\x00\x01\x07\x08\x1b\x7f\u009b\ufffd\uffff\ufdd0\ue000\U000e0041\U0010ffff\ufe0f\ufe0e\u034f\u115f\u3164\u2800\u180e" +
	"<>&\"'’‘“”«»‹›()[]{}\\/%#$*_`~^|@!?;:.,…-–—‐‑·•§¶†‡°©®™€£¥№ﬁﬂĲǆœŒæÆßẞıİſ½²ⅷ①")

// mild are those that fonts have, or that need no shape; usual are the marks of living languages.
var (
	mild  = []rune("\u00a0\u202f\u2009\u200b\u200c\u200d\u2060\u00ad\u200e\u200f\t\n\ufe0f<>&\"'’‘“”«»‹›()[]{}\\/%#$*_~^|@!?;:.,…-–—\u2011·•©®™€£½²Œœæß")
	usual = []rune("\u0300\u0301\u0302\u0303\u0304\u0306\u0307\u0308\u030a\u030b\u030c\u0323\u0327\u0328")
)

var cases = []string{
	"", " ", "\u00a0", "\u200b\u200d\ufeff", "\u202e\u202c", "-", "…", "« »", "!?;:", "''''", "& & &", "()", "\n\n\n", "\t\r\n",
	"{{ .Participant.Name }}", "<script>alert(1)</script>", ") Tj ET Q", "<feff> Tj", "%PDF-1.7", "\\)\\(", "%s%n%d", "../../etc/passwd", "NULL", "#REF!", "=1+1",
	"W", "Ô", strings.Repeat("W", 300), strings.Repeat("i", 300), strings.Repeat("W ", 150), strings.Repeat("- ", 150), strings.Repeat("a-", 150), strings.Repeat("«", 300),
	"e" + strings.Repeat("\u0301", 299), strings.Repeat("e\u0301\u0327\u0323", 70), strings.Repeat("\u0301", 300), "\u0301", strings.Repeat("\u00a0", 300) + "x",
	strings.Repeat("A\u00a0", 150), strings.Repeat("A\u2060", 150), strings.Repeat("fi", 150), strings.Repeat("AV", 150), strings.Repeat("\u200d", 299) + "a",
	"👩‍👩‍👧‍👦", "🇫🇷", "👍🏽", "Café 🥐 du Marché", "שלום & Cie", "مخبز السلام", "مخبز Dupont 1987 السلام", "\u202eDupont\u202c", "\u2067Dupont (1987)\u2069 & fils",
	"Ateliers d’Œuvre", "Coeur d'Ille", "ΑΘΗΝΑ Épicerie", "Пекарня Ольга", "Phở Hà Nội", "Đặng Thị Ngọc Ánh", "Ḱṣ́ḍ̣̈", "ﷺ ﷽", "𝕯𝖚𝖕𝖔𝖓𝖙", "Ｄｕｐｏｎｔ", "Du\u00adpont", "Du\u200bpont",
	"Dupont\nPère\nFils", "Dupont\u2028Fils", "Dupont\x00Fils", "Dupont\x1b[31mFils", "Dup\xffont", "\xed\xa0\x80", "Dupont\u0085Fils", "Dupont\vFils", "a\u0338\u20d2\u20db", "ก็็็็็็็็",
}

// hostile makes a name, the same for each number.
func hostile(i int) string {
	if i < len(cases) {
		return cases[i]
	}
	r := rand.New(rand.NewPCG(20231130, uint64(i)))
	length := 1 + r.IntN(60)
	if r.IntN(4) == 0 {
		length = 1 + r.IntN(300)
	}
	var out []rune
	pick := func(from []rune) rune { return from[r.IntN(len(from))] }
	letter := func(a [2]rune) rune { return a[0] + r.Int32N(a[1]-a[0]+1) }
	words := func(next func() rune) {
		for len(out) < length {
			for n := 1 + r.IntN(14); n > 0; n-- {
				out = append(out, next())
			}
			out = append(out, pick([]rune("    -’.&,/\u00a0")))
		}
	}
	switch r.IntN(10) {
	case 0, 1: // plain words, some of them as businesses are called
		names := []string{"Boulangerie", "de", "la", "Gare", "SARL", "Dupont", "Père", "&", "Fils", "d’", "l’", "Éts", "Garage", "des", "Trois", "Chevaux-Vapeur", "(Chez Nono)", "«", "»", "n°", "12", "et", "Œuf", "à", "du", "Saint-Georges-des-Groseillers", "S.A.R.L."}
		for len(out) < length {
			out = append(append(out, []rune(names[r.IntN(len(names))])...), ' ')
		}
		if r.IntN(3) == 0 {
			out = []rune(strings.ToUpper(string(out)))
		}
	case 2: // one alphabet, now and then one that no font has
		a := alphabets[r.IntN(14)]
		if r.IntN(4) == 0 {
			a = alphabets[r.IntN(len(alphabets))]
		}
		words(func() rune { return letter(a) })
	case 3: // several
		words(func() rune { return letter(alphabets[r.IntN(14)]) })
	case 4: // one alphabet and Latin: both directions in a line
		a := alphabets[10+r.IntN(4)]
		latin := false
		words(func() rune {
			latin = latin != (r.IntN(9) == 0)
			if latin {
				return letter(alphabets[r.IntN(3)])
			}
			return letter(a)
		})
	case 5: // marks upon letters
		most := 1 + r.IntN(5)
		if r.IntN(5) == 0 {
			most = 60
		}
		known := r.IntN(3) > 0
		words(func() rune {
			out = append(out, letter(alphabets[r.IntN(8)]))
			for n := r.IntN(most + 1); n > 0; n-- {
				if known {
					out = append(out, pick(usual))
				} else {
					out = append(out, 0x300+r.Int32N(0x70))
				}
			}
			return letter(alphabets[0])
		})
	case 6: // signs among letters
		signs := oddities
		if r.IntN(3) > 0 {
			signs = mild
		}
		words(func() rune {
			if r.IntN(3) == 0 {
				return pick(signs)
			}
			return letter(alphabets[r.IntN(5)])
		})
	case 7: // signs alone
		signs := oddities
		if r.IntN(2) > 0 {
			signs = mild
		}
		for len(out) < length {
			out = append(out, pick(signs))
		}
	case 8: // one word
		a := alphabets[r.IntN(14)]
		for len(out) < length {
			out = append(out, letter(a))
		}
	default: // anything at all
		for len(out) < length {
			c := r.Int32N(0x3000)
			if r.IntN(3) == 0 {
				c = r.Int32N(unicode.MaxRune + 1)
			}
			out = append(out, c)
		}
	}
	return string(out[:min(len(out), 300)])
}

// hostileSite is the repository's own, whose subject every name is tried on.
var hostileSite = sync.OnceValues(func() (*model.Site, diag.List) {
	return bind.Site(source.New(os.DirFS("../..")), bind.Options{Today: func(string) model.Date { return model.Date{Year: 2023, Month: 12, Day: 1} }, Workers: 1})
})

// stage is all it takes to lay out a template of the theme.
type stage struct {
	site  *model.Site
	theme *theme.Theme
	res   *Resources
	tree  *source.Tree
}

func newStage(t testing.TB) *stage {
	t.Helper()
	s, list := hostileSite()
	if list.Errors() > 0 {
		t.Skipf("the repository's own site has errors: %v", list[0])
	}
	tree := source.New(os.DirFS("../.."))
	th, list := theme.Load(tree, os.DirFS("../.."), themes.FS, "default", "fr")
	if th == nil || list.Errors() > 0 {
		t.Fatal(list)
	}
	var fonts layout.Fonts
	for _, f := range th.Fonts {
		data, err := th.Tree.Read(f.File)
		if err != nil {
			t.Fatal(err)
		}
		weight := map[string]int{"regular": 400, "italic": 400, "semibold": 600, "bold": 700}[f.Style]
		font, err := layout.ParseFont(fmt.Sprint(f.Name, "-", f.Style), f.Name, weight, f.Style == "italic", data)
		if err != nil {
			t.Fatal(err)
		}
		fonts = append(fonts, font)
	}
	fonts.Chain(th.Fallback)
	return &stage{site: s, theme: th, tree: tree, res: &Resources{
		Language: "fr", Fonts: fonts, Palette: NewPalette(th.Colors, s, s.Programmes[0]),
		Image: func(string) (*layout.Picture, *diag.Diagnostic) {
			return &layout.Picture{Name: "none", Format: "png", W: 5000, H: 5000}, nil
		},
	}}
}

// templates are those of the theme that show a name.
func (st *stage) templates(t testing.TB) map[string]*Template {
	t.Helper()
	files, err := os.ReadDir("../../themes/default/pieces")
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]*Template{}
	for _, f := range files {
		id, ok := strings.CutSuffix(f.Name(), ".toml")
		if !ok {
			continue
		}
		file := func(id string) *load.Table {
			table, list := load.TOML(st.theme.Tree, st.theme.File("pieces/"+id+".toml"))
			if list.Errors() > 0 {
				t.Fatal(list)
			}
			return table
		}
		tmpl, list := Parse(id, file(id), Options{Language: "fr", Words: st.theme.Words("fr"), Template: file})
		if tmpl == nil {
			t.Fatalf("%s: %v", id, list)
		}
		for _, b := range tmpl.boxes {
			if namesSubject(b.drawer) {
				out[id] = tmpl
			}
		}
	}
	if len(out) < 4 {
		t.Fatalf("only %d templates show a name", len(out))
	}
	return out
}

// namesSubject tells of boxes that show the name of the subject: by itself or above its address.
func namesSubject(d drawer) bool {
	b, ok := d.(*textBox)
	return ok && b.text != nil && (b.text.names() || slices.Equal(b.text.fields, []string{"Participant", "Postal"}))
}

// watched is a box whose text is looked at as it is drawn.
type watched struct {
	drawer
	seen *[]shown
}

// shown is a name in a page.
type shown struct {
	page  int
	at    layout.Rect // its box; as high as its text, where the box grows
	items []layout.Item
	text  *textBox
}

func (w *watched) draw(r *run, at layout.Rect) layout.Length {
	start := len(r.items)
	height := w.drawer.draw(r, at)
	b := w.drawer.(*textBox)
	if b.grow && height > 0 {
		at.H = height
	}
	*w.seen = append(*w.seen, shown{page: r.where.page, at: at, items: slices.Clone(r.items[start:]), text: b})
	return height
}

// watch makes the name boxes of a template tell what they draw. The others are left out, when none of
// the names stands below one of them: they say the same for every name.
func watch(t *Template, all bool) (*Template, *[]shown) {
	seen := &[]shown{}
	out := *t
	out.boxes = nil
	for _, b := range t.boxes {
		all = all || b.below && namesSubject(b.drawer)
	}
	for _, b := range t.boxes {
		if !all && !namesSubject(b.drawer) {
			continue
		}
		if namesSubject(b.drawer) {
			c := *b
			c.drawer, c.static = &watched{b.drawer, seen}, false
			b = &c
		}
		out.boxes = append(out.boxes, b)
	}
	return &out, seen
}

type hostileOrigin struct{}

func (hostileOrigin) Span(key string) diag.Span { return diag.Span{File: "participants.toml:" + key} }

// lay lays out a piece for a name. Every third one has an address.
func (st *stage) lay(rd *Renderer, t *Template, i int) (doc *layout.Document, name, extra string, list diag.List) {
	name = hostile(i)
	g := st.site.Programmes[0]
	x := model.Participants(g)[0]
	p, d := *x.PrintProfile(st.site), *x.Awards[0].Distinction(st.site)
	p.PrintName, p.Name, p.Postal = name, name, nil
	if i%3 == 0 {
		p.Postal = []string{name, "12 rue Haute", "61100 FLERS"}
		extra = "12 rue Haute 61100 FLERS"
	}
	sc := &model.Scope{Site: st.site, Programme: g, Participant: &p, Award: &d, Edition: d.Edition, Count: 61}
	doc, list = rd.Render(t, st.res, sc, Subject{Name: fmt.Sprintf("subject-%d", i), Origin: hostileOrigin{}})
	return doc, name, extra, list
}

// letters are what of a text must stand on paper: its letters, figures, marks and signs, composed.
// What no font is asked to draw, and what typography sets anew, is left out: spaces, controls, quotes.
func letters(s string) string {
	s = strings.ToValidUTF8(s, "")
	s = norm.NFKC.String(strings.ReplaceAll(norm.NFC.String(s), "´", "")) // an apostrophe to many who type
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == 'œ':
			b.WriteString("oe")
		case r == 'Œ':
			b.WriteString("OE")
		case r == 'ⵯ' || unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r) || unicode.Is(unicode.Variation_Selector, r) || r == 0x3164 || r == 0xffa0 || r == 0x34f:
		case unicode.In(r, unicode.L, unicode.N, unicode.M, unicode.So, unicode.Sc, unicode.Sm):
			b.WriteRune(r)
		}
	}
	return b.String()
}

// sameLetters tells whether two texts have the same letters, in whatever order: a line with both
// directions has two.
func sameLetters(a, b string) bool {
	if a == b {
		return true
	}
	x, y := []rune(a), []rune(b)
	slices.Sort(x)
	slices.Sort(y)
	return slices.Equal(x, y)
}

// apart is what each of two texts has more of than the other.
func apart(a, b string) (onlyA, onlyB string) {
	count := map[rune]int{}
	for _, r := range a {
		count[r]++
	}
	for _, r := range b {
		count[r]--
	}
	for r, n := range count {
		onlyA += strings.Repeat(string(r), max(n, 0))
		onlyB += strings.Repeat(string(r), max(-n, 0))
	}
	return onlyA, onlyB
}

// reading is the text of items as it is read.
func reading(items []layout.Item) string {
	var b strings.Builder
	for _, item := range items {
		switch it := item.(type) {
		case *layout.Text:
			b.WriteString(it.Reading())
		case *layout.Group:
			b.WriteString(reading(it.Items))
		}
	}
	return b.String()
}

// inkOf is the box around the shapes of a text. Outlines are remembered.
type inkOf map[*layout.Font]map[uint16]layout.Rect

func (known inkOf) glyph(f *layout.Font, id uint16) layout.Rect {
	glyphs := known[f]
	if glyphs == nil {
		glyphs = map[uint16]layout.Rect{}
		known[f] = glyphs
	}
	r, ok := glyphs[id]
	if !ok {
		r = (&layout.Path{Segs: f.Outline(id)}).Bounds()
		glyphs[id] = r
	}
	return r
}

func (known inkOf) text(t *layout.Text) (out layout.Rect) {
	em := layout.Length(t.Font.UnitsPerEm)
	var pen layout.Length
	for _, g := range t.Glyphs {
		if r := known.glyph(t.Font, g.ID); r.W > 0 || r.H > 0 {
			x, y := pen+layout.Length(g.XOff)+r.X, layout.Length(g.YOff)+r.Y // y upwards
			out = out.Union(layout.Rect{X: t.X + x*t.Size/em, Y: t.Y - (y+r.H)*t.Size/em, W: r.W * t.Size / em, H: r.H * t.Size / em})
		}
		pen += layout.Length(g.Adv) + em*layout.Length(t.Tracking)/1000
	}
	return out
}

// complaint is what of a list speaks of a subject's text; empty when nothing does.
func complaint(list diag.List, who string) diag.Code {
	for _, d := range list {
		switch d.Code {
		case diag.TextOverflow, diag.MissingGlyph, diag.NameUnseen:
			if strings.Contains(d.Message(diag.French), who) && d.Severity == diag.Error {
				return d.Code
			}
		}
	}
	return ""
}

// TestHostileNames lays out ten thousand names on every template of the theme that shows one. Each has
// all its letters in the frame, and lies inside its box, or an error names it.
func TestHostileNames(t *testing.T) {
	st := newStage(t)
	count := hostileNames
	if testing.Short() {
		count = 1500
	}
	for id, tmpl := range st.templates(t) {
		t.Run(id, func(t *testing.T) {
			t.Parallel()
			rd, ink := NewRenderer("fr"), inkOf{}
			tmpl, seen := watch(tmpl, false)
			told := map[diag.Code]int{}
			for i := range count {
				*seen = (*seen)[:0]
				_, name, extra, list := st.lay(rd, tmpl, i)
				if t.Failed() && i > 3000 {
					break
				}
				said := complaint(list, fmt.Sprintf("subject-%d", i))
				told[said]++
				drawn := 0
				for _, s := range *seen {
					if len(s.items) > 0 {
						drawn++
					}
					want := letters(name)
					if !s.text.text.names() {
						want = letters(name + extra)
					}
					got := letters(reading(s.items))
					if s.text.style.upper {
						want, got = strings.ToUpper(want), strings.ToUpper(got)
					}
					if len(s.items) > 0 && !sameLetters(got, want) {
						extra, lost := apart(got, want)
						t.Errorf("%d %+q: letters lost: %+q, added: %+q", i, name, lost, extra)
					}
					if said != "" {
						continue
					}
					for _, item := range s.items {
						x := item.(*layout.Text)
						// two accents stand above the capitals of a first line, tails below the last; those of some scripts far
						slack, below := x.Size*2/5, x.Size/4
						if x.RTL {
							below = x.Size * 2 / 5
						}
						box := layout.Rect{X: s.at.X - x.Size/8, Y: s.at.Y - slack, W: s.at.W + x.Size/4, H: s.at.H + slack + below}
						if r := ink.text(x); (r.W > 0 || r.H > 0) && !box.Contains(r) {
							t.Errorf("%d %+q: %v leaves %v (%v)", i, name, r, s.at, x.Size.PT())
						}
					}
				}
				if drawn == 0 && said == "" {
					t.Errorf("%d %+q: nothing is drawn and nothing said", i, name)
				}
			}
			t.Logf("%d names: %d inside their box, %d too long, %d with a missing glyph, %d with nothing to see", count, told[""], told[diag.TextOverflow], told[diag.MissingGlyph], told[diag.NameUnseen])
		})
	}
}
