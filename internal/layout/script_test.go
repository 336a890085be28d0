package layout

import (
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// themeFonts are the faces of the default theme with its chain.
func themeFonts(t testing.TB) Fonts {
	t.Helper()
	var fs Fonts
	for _, name := range []string{"title-400", "text-400", "text-700", "world-400", "world-700", "hebrew-400", "hebrew-700", "arabic-400", "symbols-400"} {
		family, weight, _ := strings.Cut(name, "-")
		f := themeFont(t, name, family)
		if weight == "700" {
			f.Weight = 700
		}
		fs = append(fs, f)
	}
	fs.Chain([]string{"text", "world", "hebrew", "arabic", "symbols"})
	return fs
}

// line sets a text on one line and gives its runs from the left.
func oneLine(s *Shaper, f *Font, text string) ([]*Text, Fit) {
	fit := s.Text(Rect{0, 0, MM(2000), MM(20)}, plain(f, text), TextStyle{Size: PT(10)})
	var out []*Text
	for _, item := range fit.Items {
		out = append(out, item.(*Text))
	}
	return out, fit
}

func TestFallback(t *testing.T) {
	fs := themeFonts(t)
	s := NewShaper("fr")
	for _, tc := range []struct{ text, want string }{
		{"Élan", "title:Élan"},
		{"Élan №", "title:Élan |world:№"},
		{"Αθήνα, Київ", "world:Αθήνα|title:, |world:Київ"},
		{"CO₂", "title:CO|world:₂"},
		{"fait ✓", "title:fait |world:✓"},
		{"Étoile ★", "title:Étoile |symbols:★"},
		{"le Nguyễn", "title:le |world:Nguyễn"}, // a word in one face
		{"Łễž", "title:Ł|world:ễ|title:ž"},      // unless no face has all of it
		{"q\u0330", "world:q\u0330"},            // a letter and its mark in one face
		{"漢", "title:漢"},                        // none has it: it stays, and is missing
	} {
		runs, fit := oneLine(s, fs.Match("title", 400, false), tc.text)
		var got []string
		for _, r := range runs {
			if n := len(got); n > 0 && strings.HasPrefix(got[n-1], r.Font.Family+":") {
				got[n-1] += r.Text
				continue
			}
			got = append(got, r.Font.Family+":"+r.Text)
		}
		if strings.Join(got, "|") != tc.want {
			t.Errorf("%q: %q", tc.text, got)
		}
		if missing := strings.Contains(tc.text, "漢"); (len(fit.Missing) > 0) != missing {
			t.Errorf("%q: missing %v", tc.text, fit.Missing)
		}
	}
	bold, _ := oneLine(s, fs.Match("text", 700, false), "Київ ←")
	if bold[0].Font.Weight != 700 || bold[len(bold)-1].Font.Weight != 400 || bold[len(bold)-1].Font.Family != "world" {
		t.Error("a bold text takes the bold face of the next family, and its regular one for what that lacks")
	}
}

// TestVisualOrder holds runs from the right in the order of the page: what stands leftmost first.
func TestVisualOrder(t *testing.T) {
	fs := themeFonts(t)
	s := NewShaper("fr")
	for _, tc := range []struct{ text, want string }{
		{"Café שלום bien", "Café |םולש| bien"},
		{"שלום 123 עולם", "םלוע| |123| |םולש"},
		{"(שלום)", "(|םולש|)"},
		{"א (ב) ג", "ג| )|ב|( |א"},
		{"abc 123", "abc 123"},
	} {
		runs, _ := oneLine(s, fs.Match("text", 400, false), tc.text)
		var got []string
		var reading string
		for _, r := range runs {
			got = append(got, r.Text)
			reading += r.Reading()
			n := 0
			for _, g := range r.Glyphs {
				n += int(g.Len)
			}
			if n != len(r.Text) {
				t.Errorf("%q: glyphs of %q stand for %d bytes", tc.text, r.Text, n)
			}
		}
		if !slices.IsSortedFunc(runs, func(a, b *Text) int { return int(a.X - b.X) }) {
			t.Errorf("%q: runs do not follow each other", tc.text)
		}
		if g := strings.Join(got, "|"); strings.ReplaceAll(g, "|", "") != strings.ReplaceAll(tc.want, "|", "") {
			t.Errorf("%q stands as %q", tc.text, g)
		}
		if sorted(reading) != sorted(tc.text) {
			t.Errorf("%q reads %q", tc.text, reading)
		}
	}
	runs, _ := oneLine(s, fs.Match("text", 400, false), "שלום")
	if runs[0].Reading() != "שלום" || !runs[0].RTL {
		t.Errorf("a Hebrew word reads %q", runs[0].Reading())
	}
}

func TestArabicJoins(t *testing.T) {
	fs := themeFonts(t)
	s := NewShaper("fr")
	text := s.shape(fs.Match("text", 400, false), "بيت", false)
	alone := s.shape(fs.Match("text", 400, false), "ب", false)
	if len(text.glyphs) == 0 || len(text.missing) > 0 || text.glyphs[0].ID == alone.glyphs[0].ID {
		t.Error("the letters of a word take the form of their place")
	}
}

// TestTallStacks holds that clusters of any length lose nothing, and that marks out of their line are said.
func TestTallStacks(t *testing.T) {
	fs := themeFonts(t)
	for _, tc := range []struct {
		text string
		over bool
	}{
		{"e" + strings.Repeat("\u0302", 400), true},
		{"ế", false},
		{"x\u0323\u0301", false},
		{"a" + strings.Repeat("\u200d", 40000) + "b", false},
	} {
		s := NewShaper("fr")
		runs, fit := oneLine(s, fs.Match("text", 400, false), tc.text)
		n := 0
		for _, r := range runs {
			n += len(r.Text)
			sum := 0
			for _, g := range r.Glyphs {
				sum += int(g.Len)
			}
			if sum != len(r.Text) {
				t.Errorf("%.10q: glyphs for %d bytes of %d", tc.text, sum, len(r.Text))
			}
		}
		if n != len(tc.text) {
			t.Errorf("%.10q: %d bytes set of %d", tc.text, n, len(tc.text))
		}
		if fit.Overflow != tc.over {
			t.Errorf("%.10q: overflow %v", tc.text, fit.Overflow)
		}
	}
}

func sorted(s string) string {
	r := []rune(s)
	slices.Sort(r)
	return string(r)
}

// inked is what of a text has to be found again: all but the spaces and ends of lines, which lines may drop.
func inked(s string) string {
	return sorted(strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == '\u200b' {
			return -1
		}
		return r
	}, s))
}

// FuzzScripts holds, for texts in any script: setting them never fails, no letter is lost or doubled,
// glyphs cover their text, composed letters stay composed, and what leaves its box is said.
func FuzzScripts(f *testing.F) {
	fs := themeFonts(f)
	for _, s := range []string{
		"Boulangerie de l’Éclat", "Łódź Žižkov Đà Nẵng", "Αθήνα και Θεσσαλονίκη", "Привіт, світ! Ёлка", "שלום עולם 123 (bien)", "مرحبا بالعالم ١٢٣", "नमस्ते दुनिया", "漢字かな 한국어",
		"👩‍👩‍👧‍👦 ❤️ 🏳️‍🌈 ✓ ★", "e\u0301\u0323 a\u0308\u0301", "a" + strings.Repeat("\u0300", 300), "\u202eabc\u202c \u2067א\u2069 \u200f\u200e", "\x00\x01\x1f\x7f\u0085", "ﬁn\u00adale\u200bment\u2060!",
		"un\u2028deux\u2029trois\r\nquatre", "\u0301seul", " \u0301 \u0308", "א\u05b0ב\u05bcג", "لا إله", "a/b-c–d—e « f » : ; ! ? 10 % n° 12", "\ufffd\ufffe", "x\ufe0f\u20e3", strings.Repeat("ab\u0301 ", 50),
	} {
		f.Add(s, uint16(60), uint8(2), true)
		f.Add(s, uint16(9), uint8(0), false)
	}
	f.Fuzz(func(t *testing.T, text string, w uint16, most uint8, hyphens bool) {
		if len(text) > 600 || !utf8.ValidString(text) {
			return
		}
		composed := norm.NFC.String(text)
		s := NewShaper("fr")
		box := Rect{MM(3), MM(4), MM(float64(w%300) + 1), MM(60)}
		para := plain(fs[int(most)%3], composed)
		para[0].Hyphens = hyphens
		fit := s.Text(box, para, TextStyle{Size: PT(14), MinSize: PT(7), Lines: int(most % 6), Align: Align(most % 4)})
		var set strings.Builder
		for _, item := range fit.Items {
			run := item.(*Text)
			reading := run.Reading()
			set.WriteString(reading)
			n := 0
			for _, g := range run.Glyphs {
				n += int(g.Len)
			}
			if n != len(run.Text) || len(reading) != len(run.Text) {
				t.Fatalf("%q: glyphs for %d bytes, %d read, of %d", run.Text, n, len(reading), len(run.Text))
			}
			if !utf8.ValidString(run.Text) {
				t.Fatalf("%q is not a text", run.Text)
			}
			if !fit.Overflow && (run.X < box.X-Mm/50 || run.X+run.Width() > box.X+box.W+Mm/20) {
				t.Errorf("%q leaves its box: %v to %v", run.Text, run.X, run.X+run.Width())
			}
		}
		got, want := inked(set.String()), inked(composed)
		if hyphens { // those at the ends of lines come on top
			got, want = strings.ReplaceAll(got, "-", ""), strings.ReplaceAll(want, "-", "")
		}
		if got != want {
			t.Errorf("%q was set as %q", composed, set.String())
		}
		if !norm.NFC.IsNormalString(composed) {
			t.Skip()
		}
	})
}
