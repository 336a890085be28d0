package typography

import (
	"math/rand"
	"strings"
	"testing"
	"testing/quick"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// show makes the spaces visible: ~ for U+00A0, _ for U+202F.
func show(s string) string {
	return strings.NewReplacer(nbsp, "~", nnbsp, "_").Replace(s)
}

var textCases = []struct {
	name      string
	in        string
	french    string
	inEnglish string // when it differs from french
}{
	{"nothing to do", "Boulangerie Martin", "Boulangerie Martin", ""},
	{"apostrophe", "L'Éclat d'Œuf", "L’Éclat d’Œuf", ""},
	{"done already", "L’Éclat d’Œuf", "L’Éclat d’Œuf", ""},
	{"breton", "Krampouezh c'h", "Krampouezh c’h", ""},
	{"acute typed for apostrophe", "l´atelier", "l’atelier", ""},
	{"grave typed for apostrophe", "l`atelier d`or", "l’atelier d’or", ""},
	{"apostrophe before quotes", `l'"Éclat"`, "l’«~Éclat~»", "l’“Éclat”"},
	{"elision then space", "l' artisan", "l’ artisan", ""},
	{"leading apostrophe", "'tis", "’tis", ""},
	{"rock", "rock 'n' roll", "rock ’n’ roll", ""},
	{"single quotes", "dit 'l'ancien' ici", "dit ‘l’ancien’ ici", ""},
	{"primes", "48°44'N 5'10 15\"", "48°44'N 5'10 15\"", ""},
	{"quotes", `un "vrai" pain`, "un «~vrai~» pain", "un “vrai” pain"},
	{"spaced quotes", `un " vrai " pain`, "un «~vrai~» pain", "un “ vrai ” pain"},
	{"quotes and full stop", `dit "oui".`, "dit «~oui~».", "dit “oui”."},
	{"nested quotes", `"a "b" c"`, "«~a «~b~» c~»", "“a “b” c”"},
	{"empty quotes", `rien "" ici`, `rien "" ici`, ""},
	{"lone quote", `un " seul`, `un " seul`, ""},
	{"inches", `un tube de 15" et un de 17"`, `un tube de 15" et un de 17"`, ""},
	{"guillemets", "«mot» et « mot »", "«~mot~» et «~mot~»", "«mot» et « mot »"},
	{"high punctuation", "Quoi ? Oui ! Prix : 3 ; fin", "Quoi_? Oui_! Prix~: 3_; fin", "Quoi ? Oui ! Prix : 3 ; fin"},
	{"no space before", "Quoi? Oui! Prix: 3; fin", "Quoi_? Oui_! Prix~: 3_; fin", "Quoi? Oui! Prix: 3; fin"},
	{"interrobang", "Quoi?! (vraiment?)", "Quoi_?! (vraiment_?)", "Quoi?! (vraiment?)"},
	{"question in quotes", `"Prêt?"`, "«~Prêt_?~»", "“Prêt?”"},
	{"wrong no-break space", "Quoi\u00a0? Prix\u202f: 1", "Quoi_? Prix~: 1", "Quoi~? Prix_: 1"},
	{"ellipsis", "Suite... fin", "Suite… fin", ""},
	{"ellipsis at start", "...suite", "…suite", ""},
	{"leaders", "Nom ....... Prénom ....", "Nom ....... Prénom ....", ""},
	{"ellipsis and mark", "Quoi...?", "Quoi…_?", "Quoi…?"},
	{"time", "à 8:30 ou 14:00-18:00", "à 8:30 ou 14:00-18:00", ""},
	{"ratio", "au 1:25 000", "au 1:25_000", "au 1:25 000"},
	{"address", "voir https://exemple.fr/l'eau?x=1;y ici", "voir https://exemple.fr/l'eau?x=1;y ici", ""},
	{"address in brackets", "(www.exemple.fr/a'b)", "(www.exemple.fr/a'b)", ""},
	{"quoted address", `"https://exemple.fr/?"`, "«~https://exemple.fr/?~»", "“https://exemple.fr/?”"},
	{"mark after address", "Voir exemple.fr ?", "Voir exemple.fr_?", "Voir exemple.fr ?"},
	{"e-mail", "o'neil@exemple.fr;", "o'neil@exemple.fr;", ""},
	{"path", `« C:\ » et C:\l'eau`, `«~C:\~» et C:\l'eau`, `« C:\ » et C:\l'eau`},
	{"code", "tapez `l'eau  \"x\" ?` ici", "tapez `l'eau  \"x\" ?` ici", ""},
	{"file", "coeur.jpg", "coeur.jpg", ""},
	{"acronym", "l'E.S.A.T. d'ici", "l’E.S.A.T. d’ici", ""},
	{"entity", "Père &amp; Fils &#39;", "Père &amp; Fils &#39;", ""},
	{"smiley", "Merci :-) ;)", "Merci :-) ;)", ""},
	{"ligature", "Le coeur des OEUVRES, Oeuf, voeux", "Le cœur des ŒUVRES, Œuf, vœux", "Le coeur des OEUVRES, Oeuf, voeux"},
	{"no ligature", "coefficient moelle Coelho poésie goéland", "coefficient moelle Coelho poésie goéland", ""},
	{"ligature in compounds", "main-d'oeuvre, belle-soeur", "main-d’œuvre, belle-sœur", "main-d’oeuvre, belle-soeur"},
	{"thousands", "53 918 habitants, 1 200 kWh", "53_918 habitants, 1_200 kWh", "53 918 habitants, 1 200 kWh"},
	{"no thousands made", "61100 Flers, 53918", "61100 Flers, 53918", ""},
	{"siret", "350 123 456 00012", "350 123 456 00012", ""},
	{"phone", "Tél. 02 33 98 44 00", "Tél. 02~33~98~44~00", "Tél. 02 33 98 44 00"},
	{"percent", "100% végétal, 12,6 %", "100~% végétal, 12,6~%", "100% végétal, 12,6 %"},
	{"escape", "a%20b", "a%20b", ""},
	{"euros", "12€ ou 12 €", "12~€ ou 12~€", "12€ ou 12 €"},
	{"numero", "n° 12, N° 3", "n°~12, N°~3", "n° 12, N° 3"},
	{"spaces", "  a \t b  ", "a b", ""},
	{"kept no-break", "a \u00a0 b", "a~b", ""},
	{"lines", "a  \r\n\r\n  b\n", "a\n\nb", ""},
	{"decomposed", "e\u0301te\u0301", "été", ""},
	{"slash", "Père / Fils et/ou", "Père / Fils et/ou", ""},
	{"mark number", "n° 12 / 3 898 799", "n°~12 / 3_898_799", "n° 12 / 3 898 799"},
	{"name with mark", "Allô Pizza!", "Allô Pizza_!", "Allô Pizza!"},
	{"empty", "", "", ""},
	{"blank", " \t ", "", ""},
}

func TestText(t *testing.T) {
	for _, c := range textCases {
		t.Run(c.name, func(t *testing.T) {
			if got := show(Text(French, c.in)); got != c.french {
				t.Errorf("fr: %q\n got %q\nwant %q", c.in, got, c.french)
			}
			want := c.inEnglish
			if want == "" {
				want = c.french
			}
			if got := show(Text(English, c.in)); got != want {
				t.Errorf("en: %q\n got %q\nwant %q", c.in, got, want)
			}
		})
	}
}

// checkText holds what must be true of any text.
func checkText(t *testing.T, s string) {
	t.Helper()
	for _, lang := range []Language{French, English} {
		once := Text(lang, s)
		if twice := Text(lang, once); twice != once {
			t.Errorf("%s: not settled:\n in    %q\n once  %q\n twice %q", lang, s, once, twice)
		}
		checkReference(t, lang, s)
		if !utf8.ValidString(once) || !norm.NFC.IsNormalString(once) {
			t.Errorf("%s: %q is not valid NFC", lang, once)
		}
	}
}

// checkReference holds the fast way to the plain one, and a run of text to what it
// becomes within its paragraph.
func checkReference(t *testing.T, lang Language, s string) {
	t.Helper()
	if got, want := Text(lang, s), referenceText(lang, s); got != want {
		t.Errorf("%s: %q\n got %q\nwant %q", lang, s, got, want)
	}
	for _, beside := range [][2]bool{{false, false}, {true, false}, {false, true}, {true, true}} {
		want := textBeside(lang, s, beside[0], beside[1])
		got, changed := AppendRun([]byte("«"), lang, s, beside[0], beside[1])
		if !changed {
			got = append(got, s...)
		}
		if string(got) != "«"+want || changed != (want != s) {
			t.Errorf("%s: run %q of %v\n got %q, %v\nwant %q", lang, s, beside, got, changed, "«"+want)
		}
	}
}

func TestTextIsIdempotent(t *testing.T) {
	for _, c := range textCases {
		checkText(t, c.in)
		for _, d := range textCases {
			checkText(t, c.in+d.in)
		}
	}
	// Random strings over the signs that matter meet more rules than random
	// Unicode does.
	alphabet := []rune("aeoO1 2\u00a0\u202f\n'\"`«».:;!?%€°…’/\\@(-´nœ\u0301")
	check := func(picks []uint8) bool {
		var b strings.Builder
		for _, p := range picks {
			b.WriteRune(alphabet[int(p)%len(alphabet)])
		}
		checkText(t, b.String())
		return !t.Failed()
	}
	if err := quick.Check(check, &quick.Config{MaxCount: 20_000, Rand: rand.New(rand.NewSource(1))}); err != nil {
		t.Error(err)
	}
}

// TestTextIsTheReference goes through pieces of text that rules are about, in any order.
func TestTextIsTheReference(t *testing.T) {
	rng := rand.New(rand.NewSource(1))
	for _, pieces := range [][]string{
		{"a", "oe", "coeur", " ", " ", "\u00a0", "\u202f", "\n", "'", "\"", "`", "«", "»", ".", "...", ":", ";", "!", "?", "%", "€", "°", "’", "/", "\\", "@", "(", ")", "-", "´", "n°", "1", "12", "345", "00", "02", "é", "\u0301", "\t", "\r\n", "“", "”", "‘", "=", "www.a.fr", "https://x", "x", "s", "\u2009", "\xff", "\u2000", "‰", "&amp;", "Œ", "OE", "[", "]", "–"},
		{" ", "'", "\"", "a", "n", ".", ":", "!"},
		{" ", "1", "123", "02", "33", "\u00a0", "a", "x", ".", "/", "°", "n", "%", "€"},
		{"oe", "coeur", "OEUF", "'", " ", "-", ".fr", "é", "x", "s", "1", "\u0301", "«", "»"},
	} {
		for range 5_000 {
			var b strings.Builder
			for range rng.Intn(14) {
				b.WriteString(pieces[rng.Intn(len(pieces))])
			}
			for _, lang := range []Language{French, English} {
				if checkReference(t, lang, b.String()); t.Failed() {
					return
				}
			}
		}
	}
}

// More edits than a setting has room for.
func TestTextOfManySigns(t *testing.T) {
	for _, piece := range []string{"l'oeuf : 12 500 € ! ", "\"oui\" ; ", "'n' ... ", "a : \"b 'c' d\" ? "} {
		for n := range 60 {
			checkReference(t, French, strings.Repeat(piece, n))
		}
	}
}

func TestTextKeepsLettersAndDigits(t *testing.T) {
	// Nothing is lost but spaces: letters and digits come through in order, œ
	// counting as oe.
	letters := func(s string) string {
		return strings.ReplaceAll(fold(s, ' '), " ", "")
	}
	for _, c := range textCases {
		if got, want := letters(Text(French, c.in)), letters(c.in); got != want {
			t.Errorf("%q became %q", want, got)
		}
	}
}

func TestTextFastPath(t *testing.T) {
	for _, s := range []string{"Boulangerie Martin", "L’Éclat d’Œuf", "Saint-Georges-des-Groseillers", "Menuiserie (bois), 3.5"} {
		if n := testing.AllocsPerRun(10, func() { Text(French, s) }); n != 0 {
			t.Errorf("Text(%q) allocates %v times", s, n)
		}
	}
	for _, c := range texts {
		set := Text(French, c.text)
		if n := testing.AllocsPerRun(10, func() { Text(French, set) }); n != 0 {
			t.Errorf("Text(%q), which is set, allocates %v times", set, n)
		}
		if n := testing.AllocsPerRun(10, func() { Text(French, c.text) }); n > 1 && !quoted(set) {
			t.Errorf("Text(%q) allocates %v times", c.text, n)
		}
	}
}

func FuzzText(f *testing.F) {
	for _, c := range textCases {
		f.Add(c.in)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if strings.Count(s, `"`) > maxPasses || strings.Count(s, "'") > maxPasses {
			t.Skip("deeper than any text")
		}
		checkText(t, s)
	})
}

func BenchmarkText(b *testing.B) {
	for _, s := range []string{"Boulangerie Martin", `L'atelier "Coeur de bois" vous attend : quand venez-vous ?`} {
		b.Run(s[:8], func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Text(French, s)
			}
		})
	}
}
