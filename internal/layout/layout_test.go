package layout

import (
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"
)

func themeFont(t testing.TB, file, family string) *Font {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "..", "themes", "default", "fonts", file+".ttf"))
	if err != nil {
		t.Fatal(err)
	}
	f, err := ParseFont(file, family, 400, false, data)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func plain(f *Font, text string) []Para { return []Para{{Spans: []Span{{Text: text, Font: f}}}} }

// lines gives the lines of a fit as text: runs on the same baseline belong together.
func lines(fit Fit) []string {
	var out []string
	last := Length(math.MinInt64)
	for _, item := range fit.Items {
		t := item.(*Text)
		if t.Y != last {
			out = append(out, "")
			last = t.Y
		}
		out[len(out)-1] += t.Text
	}
	return out
}

func TestUnitsAreWhole(t *testing.T) {
	if MM(1) != 36000 || PT(1) != 12700 || MM(25.4) != Inch || PT(72) != Inch {
		t.Error("a millimetre, a point and an inch must be whole numbers of units")
	}
	if got := MM(-0.1).String(); got != "-0.1mm" {
		t.Errorf("got %s", got)
	}
}

func TestThemeFontsDrawFrench(t *testing.T) {
	for _, file := range []string{"title-400", "text-400", "text-400-italic", "text-600", "text-700"} {
		f := themeFont(t, file, "x")
		for _, r := range "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 ÀÂÄÆÇÈÉÊËÎÏÔÖŒÙÛÜŸàâäæçèéêëîïôöœùûüÿ’‘“”«»–—…·•\u202f\u00a0\u2011ʼñłŁćżźóÓ€&@%()[]/+-_.,;:!?°²" {
			if !f.Has(r) {
				t.Errorf("%s lacks %q (%U)", file, r, r)
			}
		}
	}
}

func TestKerningIsMeasured(t *testing.T) {
	f := themeFont(t, "text-400", "text")
	s := NewShaper("fr")
	sum := 0
	for _, r := range "AV" {
		sum += int(s.shape(f, string(r), false).glyphs[0].Adv)
	}
	var pair int
	for _, g := range s.shape(f, "AV", false).glyphs {
		pair += int(g.Adv)
	}
	if pair >= sum {
		t.Errorf("AV is %d wide, its letters %d: no kerning", pair, sum)
	}
}

func TestGlyphsCoverTheText(t *testing.T) {
	s := NewShaper("fr")
	for _, file := range []string{"title-400", "text-400"} {
		f := themeFont(t, file, "x")
		for _, text := range []string{"officier affligé", "L’Éclat d’Œuf", "e\u0301te\u0301", "", "Łódź", "a\u202f: b"} {
			n := 0
			for _, g := range s.shape(f, text, false).glyphs {
				n += int(g.Len)
			}
			if n != len(text) {
				t.Errorf("%q: glyphs stand for %d bytes of %d", text, n, len(text))
			}
		}
	}
}

func TestFit(t *testing.T) {
	title := themeFont(t, "title-400", "title")
	s := NewShaper("fr")
	for _, tc := range []struct {
		name, text string
		w, h       float64
		style      TextStyle
		want       []string
		size       float64 // 0: the full one
		over       bool
	}{
		{"short stays whole", "Ô", 187, 40, TextStyle{Size: PT(46), MinSize: PT(22), Lines: 2}, []string{"Ô"}, 0, false},
		{"two lines beat a small one", "SARL Dupont Père & Fils (Chez Nono)", 187, 48, TextStyle{Size: PT(46), MinSize: PT(22), Lines: 3, Balance: true},
			[]string{"SARL Dupont Père", "& Fils (Chez Nono)"}, 0, false},
		{"a little smaller beats a second line", "Boulangerie du Vieux Moulin", 165, 40, TextStyle{Size: PT(36), MinSize: PT(20), Lines: 2, Balance: true},
			[]string{"Boulangerie du Vieux Moulin"}, 32.4, false},
		{"one line only shrinks", "Boulangerie du Vieux Moulin", 100, 40, TextStyle{Size: PT(46), MinSize: PT(10), Lines: 1}, []string{"Boulangerie du Vieux Moulin"}, 19.6, false},
		{"too long is said", strings.Repeat("très ", 60) + "long", 50, 10, TextStyle{Size: PT(20), MinSize: PT(18), Lines: 2}, nil, 18, true},
		{"a word wider than the box is said", "Anticonstitutionnellement", 20, 40, TextStyle{Size: PT(30), MinSize: PT(20), Lines: 3}, nil, 20, true},
		{"no height", "Ô", 50, 3, TextStyle{Size: PT(46), MinSize: PT(40), Lines: 1}, nil, 40, true},
		{"line ends given", "un\ndeux", 100, 40, TextStyle{Size: PT(20), Lines: 2}, []string{"un", "deux"}, 0, false},
		{"a guillemet is never alone", "Atelier « Bois » et « Cie »", 47, 60, TextStyle{Size: PT(24), Lines: 6, Balance: true}, []string{"Atelier", "« Bois » et", "« Cie »"}, 0, false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			fit := s.Text(Rect{0, 0, MM(tc.w), MM(tc.h)}, plain(title, tc.text), tc.style)
			if fit.Overflow != tc.over {
				t.Fatalf("overflow: %v", fit.Overflow)
			}
			if got := lines(fit); tc.want != nil && strings.Join(got, "|") != strings.Join(tc.want, "|") {
				t.Errorf("lines %q, want %q", got, tc.want)
			}
			want := tc.style.Size.PT()
			if tc.size > 0 {
				want = tc.size
			}
			if got := fit.Size.PT(); math.Abs(got-want) > 0.6 {
				t.Errorf("size %.2f, want %.2f", got, want)
			}
		})
	}
}

func TestBreaks(t *testing.T) {
	s := NewShaper("fr")
	for _, tc := range []struct{ text, want string }{
		{"Pain d’épices et miel", "Pain|d’épices|et|miel"},
		{"Saint-Georges-des-Groseillers", "Saint-|Georges-|des-|Groseillers"},
		{"« Délices » : quoi !", "« Délices » :|quoi !"},
		{"61\u00a0100 Flers", "61\u00a0100|Flers"},
		{"a / b", "a /|b"},
		{"un\ndeux", "un|deux"},
		{"(Chez Nono)", "(Chez|Nono)"},
		{"", ""},
	} {
		var got []string
		start := 0
		for _, b := range s.breaks(tc.text) {
			got = append(got, tc.text[start:b.end])
			start = b.next
		}
		if strings.Join(got, "|") != tc.want {
			t.Errorf("%q: %q", tc.text, got)
		}
	}
}

func TestMissingGlyphs(t *testing.T) {
	f := themeFont(t, "text-400", "text")
	fit := NewShaper("fr").Text(Rect{0, 0, MM(100), MM(20)}, plain(f, "Café 🥐 e\u0301 \u200b漢"), TextStyle{Size: PT(10)})
	var got []rune
	for _, m := range fit.Missing {
		got = append(got, m.Rune)
	}
	if string(got) != "🥐漢" {
		t.Errorf("missing %q", string(got))
	}
}

func TestRing(t *testing.T) {
	f := themeFont(t, "text-600", "text")
	s := NewShaper("fr")
	center := Point{MM(60), MM(60)}
	for _, bottom := range []bool{false, true} {
		items, _, over := s.Ring(center, MM(45), Span{Text: "LABEL", Font: f}, RingStyle{Size: PT(18), MinSize: PT(18), Bottom: bottom, Arc: 120})
		if over || len(items) != 5 {
			t.Fatalf("over %v, %d items", over, len(items))
		}
		var x Length
		for i, item := range items {
			m := item.(*Group).Transform
			r := math.Hypot(float64(m.E-center.X), float64(m.F-center.Y))
			if math.Abs(r-float64(MM(45))) > 2 {
				t.Errorf("letter %d stands %.3f mm from the middle", i, Length(r).MM())
			}
			if (m.F > center.Y) != bottom {
				t.Errorf("letter %d is on the wrong side", i)
			}
			if i > 0 && m.E <= x {
				t.Errorf("letter %d does not follow the one before", i)
			}
			x = m.E
		}
	}
	if _, _, over := s.Ring(center, MM(45), Span{Text: strings.Repeat("LABEL ", 12), Font: f}, RingStyle{Size: PT(18), MinSize: PT(17), Arc: 120}); !over {
		t.Error("a text longer than its arc was not noticed")
	}
}

func TestQR(t *testing.T) {
	box := Rect{MM(10), MM(10), MM(30), MM(30)}
	p, module, err := QR(box, "https://vitrine.example/v/abcd1234/", Black)
	if err != nil {
		t.Fatal(err)
	}
	quiet := box.Inset(module * QRQuiet)
	if b := p.Bounds(); !quiet.Contains(b) || b.W != b.H {
		t.Errorf("the code fills %v, its quiet zone leaves %v", b, quiet)
	}
	if _, _, err := QR(box, strings.Repeat("x", 5000), Black); err == nil {
		t.Error("a text too long for any code was taken")
	}
}

func TestRefusesOtherFonts(t *testing.T) {
	for _, data := range [][]byte{nil, []byte("OTTO and more than twelve bytes"), {0, 1, 0, 0, 0, 9, 0, 0, 0, 0, 0, 0}} {
		if _, err := ParseFont("x", "x", 400, false, data); err == nil {
			t.Errorf("%q was taken for a font", data)
		}
	}
}

func TestMatch(t *testing.T) {
	fs := Fonts{{Family: "text", Weight: 400}, {Family: "text", Weight: 400, Italic: true}, {Family: "text", Weight: 700}, {Family: "title", Weight: 400}}
	for _, tc := range []struct {
		family string
		weight int
		italic bool
		want   int
	}{{"text", 400, false, 0}, {"text", 600, false, 2}, {"text", 700, true, 1}, {"title", 900, true, 3}, {"none", 400, false, -1}} {
		got := fs.Match(tc.family, tc.weight, tc.italic)
		if tc.want < 0 && got != nil || tc.want >= 0 && got != fs[tc.want] {
			t.Errorf("%s %d %v: %+v", tc.family, tc.weight, tc.italic, got)
		}
	}
}

// FuzzText holds that setting a text ends, and that what is not reported lies in its box.
func FuzzText(f *testing.F) {
	font := themeFont(f, "text-400", "text")
	for _, s := range []string{"L’Éclat d’Œuf", "« a » : b", "x\ny\n\nz", strings.Repeat("mot ", 40), "\u00ad\u200b", "ﬁ́́", "a/b-c–d", "العربية", "\xff\xfe"} {
		f.Add(s, uint16(80), uint16(20), uint8(2), true)
	}
	f.Fuzz(func(t *testing.T, text string, w, h uint16, most uint8, balance bool) {
		if len(text) > 400 || !utf8.ValidString(text) {
			return
		}
		s := NewShaper("fr")
		box := Rect{MM(3), MM(4), MM(float64(w)), MM(float64(h))}
		fit := s.Text(box, plain(font, text), TextStyle{Size: PT(14), MinSize: PT(7), Lines: int(most % 6), Balance: balance, Align: Align(most % 3), VAlign: VAlign(most % 3)})
		n := 0
		for _, item := range fit.Items {
			run := item.(*Text)
			n += len(run.Text)
			if fit.Overflow {
				continue
			}
			if run.X < box.X-Mm/100 || run.X+run.Width() > box.X+box.W+Mm/50 {
				t.Errorf("%q leaves its box: %v to %v of %v to %v", run.Text, run.X, run.X+run.Width(), box.X, box.X+box.W)
			}
			if run.Y < box.Y || run.Y > box.Y+box.H+Mm/50 {
				t.Errorf("%q stands at %v, outside %v to %v", run.Text, run.Y, box.Y, box.Y+box.H)
			}
		}
		if n > len(text) {
			t.Errorf("%d bytes set of %d", n, len(text))
		}
		if !fit.Overflow && fit.Height > box.H+Mm/50 {
			t.Errorf("%v high in %v", fit.Height, box.H)
		}
	})
}

func TestParsePath(t *testing.T) {
	for _, tc := range []struct {
		data string
		n    int
		last Point
	}{
		{"M0 0L10 0 10 10Z", 4, Point{}},
		{"m1,1 h2 v3 h-2 z", 5, Point{}},
		{"M0 0C1 2 3 4 5 6S9 8 7 7", 3, Point{MM(7), MM(7)}},
		{"M0 0Q5 5 10 0T20 0", 3, Point{MM(20), 0}},
		{"M0 0A5 5 0 0 1 10 0", 3, Point{MM(10), 0}},
		{"M0 0A5 5 0 1110 0", 3, Point{MM(10), 0}}, // flags need no separator
		{"M1e1.5", 1, Point{MM(10), MM(0.5)}},
		{"", 0, Point{}},
	} {
		segs, err := ParsePath(tc.data, Point{}, Mm)
		if err != nil || len(segs) != tc.n {
			t.Errorf("%s: %d segments, %v", tc.data, len(segs), err)
			continue
		}
		if tc.n > 0 && segs[tc.n-1].Op != Close {
			s := segs[tc.n-1]
			end := s.P[0]
			if s.Op == CurveTo {
				end = s.P[2]
			}
			if end != tc.last {
				t.Errorf("%s ends at %v", tc.data, end)
			}
		}
	}
	for _, data := range []string{"L1 1", "M0", "M0 0X1", "M0 0A1 1 0 2 0 1 1", "5 5", "M0 0L1e99 0", "M0 0Z1 1"} {
		if _, err := ParsePath(data, Point{}, Mm); err == nil {
			t.Errorf("%q was taken", data)
		}
	}
}

func FuzzParsePath(f *testing.F) {
	for _, s := range []string{"M0 0L10 0 10 10Z", "M0 0A5 5 0 1110 0", "M0 0Q5 5 10 0T20 0", "m-.5-.5e3", "M0 0a1 1 0 0 0 0 0"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, data string) {
		segs, err := ParsePath(data, Point{}, Mm)
		if err != nil {
			return
		}
		for _, s := range segs {
			for _, p := range s.P {
				const far = MM1e8
				if p.X > far || p.X < -far || p.Y > far || p.Y < -far {
					t.Fatalf("%q reaches %v", data, p)
				}
			}
		}
	})
}

// MM1e8 is farther than any path of numbers below a million reaches.
const MM1e8 = 100_000_000 * Mm

func TestShapesClose(t *testing.T) {
	r := Rect{MM(10), MM(20), MM(30), MM(40)}
	for name, p := range map[string]*Path{
		"rectangle": (&Path{}).Rectangle(r, 0), "rounded": (&Path{}).Rectangle(r, MM(5)), "very round": (&Path{}).Rectangle(r, MM(500)), "ellipse": (&Path{}).Ellipse(r),
	} {
		if p.Bounds() != r {
			t.Errorf("%s: %v", name, p.Bounds())
		}
		if p.Segs[len(p.Segs)-1].Op != Close {
			t.Errorf("%s is open", name)
		}
	}
}

func TestColors(t *testing.T) {
	c := RGBColor(0, 0, 0)
	if c.CMYK != [4]uint16{0, 0, 0, 1000} {
		t.Errorf("black is %v", c.CMYK)
	}
	half := Color{Token: "accent", RGB: [3]uint8{0, 100, 255}, CMYK: [4]uint16{1000, 500, 1, 0}}.Tint(50)
	if half.CMYK != [4]uint16{500, 250, 1, 0} || half.RGB != [3]uint8{127, 177, 255} || half.Token != "accent/50" {
		t.Errorf("half of it is %+v", half)
	}
	if got := (Color{CMYK: [4]uint16{600, 400, 400, 1000}}).Ink(); got != 240 {
		t.Errorf("ink %v", got)
	}
}

func BenchmarkText(b *testing.B) {
	f := themeFont(b, "title-400", "title")
	s := NewShaper("fr")
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		n++
		s.Text(Rect{0, 0, MM(187), MM(48)}, plain(f, "SARL Dupont Père & Fils (Chez Nono) "+itoa(n)), TextStyle{Size: PT(46), MinSize: PT(22), Lines: 3, Balance: true})
	}
}
