package layout

import (
	"strings"
	"testing"
)

// TestFrenchBreaks is a table of hard cases: | stands where a line may end.
func TestFrenchBreaks(t *testing.T) {
	s := NewShaper("fr")
	for _, want := range []string{
		"Il|dit|« oui » :|non ;|si !|quoi ?|bien",
		"n° 12|rue", "M. Dupont|et|Mme Durand", "Mᵐᵉ Roy", "Dr Ba", "10 %|de|25 €|net", "61100|Flers", "d’Athis|et|l’Éclat", "J.-P.|Martin", "« à »|table",
		"le|1er|juin|2026", "le|1er\u00a0juin|2026", "un|mot\u2011composé|ici", "https://vitrine.example/|v/|abcd/|et|www.a-b.fr/|c?d=e", "nom@mot-tiret.fr",
		"Saint-|Denis-|d’Orques", "5 kg|de|10 m²|à|19 °C", "50 g/m²", "et/ou", "vrai/|faux", "p. 12,|art. 3,|§ 4", "12 h|30", "10 000 €", "1 000|habitants", "01 99 00 61 69",
		"fin.|Le|mot", "Ça…|va", "« mot »,|dit-|il", "[1]|note", "2023-2024", "a\u202f:|b", "(a)|b)", "x \u0301y", "fi\u00adn",
	} {
		var got []string
		start := 0
		text := strings.ReplaceAll(strings.ReplaceAll(want, "-|", "-\x00"), "/|", "/\x00")
		text = strings.ReplaceAll(strings.ReplaceAll(text, "|", " "), "\x00", "")
		for _, b := range s.breaks(text) {
			got = append(got, text[start:b.end])
			start = b.next
		}
		if g := strings.Join(got, "|"); g != want {
			t.Errorf("%s: %s", want, g)
		}
	}
}

// TestShortWordsStayAhead holds that lines rather end elsewhere than after an article or a number.
func TestShortWordsStayAhead(t *testing.T) {
	for _, tc := range []struct {
		before, after string
		worse         string
	}{
		{"la", "maison", "maison verte"}, {"3", "mois", "mois entiers"}, {"1er", "juin", "juin prochain"}, {"&", "Fils", "Fils réunis"},
	} {
		text := tc.before + " " + tc.after
		bad := breakCost(text, len(tc.before), len(tc.before)+1)
		good := breakCost(tc.worse, strings.IndexByte(tc.worse, ' '), strings.IndexByte(tc.worse, ' ')+1)
		if bad <= good {
			t.Errorf("%s: %d is no worse than %d", text, bad, good)
		}
	}
}

func TestHyphens(t *testing.T) {
	for _, tc := range []struct{ lang, want string }{
		{"fr", "en-vi-ron-ne-ment"}, {"fr", "com-mu-ni-ca-tion"}, {"fr", "bou-lan-ge-rie"}, {"fr", "four-nis-seurs"}, {"fr", "éner-gie"}, {"fr", "éteindre"}, {"fr", "maison"}, {"fr", "pouce"},
		{"en", "en-vir-on-ment"}, {"en", "uni-vers-ity"}, {"en", "chal-lenge"},
	} {
		word := strings.ReplaceAll(tc.want, "-", "")
		out, last := "", 0
		for _, c := range hyphens(tc.lang).cuts(word) {
			out += word[last:c] + "-"
			last = c
		}
		if got := out + word[last:]; got != tc.want && tc.want != "maison" || tc.want == "maison" && got != "mai-son" {
			t.Errorf("%s: %s", tc.want, got)
		}
	}
	if hyphens("xx") != nil {
		t.Error("a language without patterns is not cut")
	}
	h := hyphens("fr")
	for _, token := range []string{"Environnement", "ENVIRONNEMENT", "environnement.example", "https://environnement", "environnement@communication", "environnement2026", "sous-environnement", "«", "12"} {
		if cuts := h.within(token); len(cuts) > 0 {
			t.Errorf("%q is cut at %v", token, cuts)
		}
	}
	for _, token := range []string{"l’environnement,", "«\u00a0environnement\u00a0»", "(environnement)"} {
		if cuts := h.within(token); len(cuts) == 0 {
			t.Errorf("%q is not cut", token)
		}
	}
}

// TestHyphenatedLines holds that a paragraph is cut where it has to be, with hyphens, never in more than
// two lines on end, and that what is set is the text.
func TestHyphenatedLines(t *testing.T) {
	f := themeFont(t, "text-400", "text")
	s := NewShaper("fr")
	text := strings.Repeat("Les établissements accompagnent continuellement les transformations environnementales. ", 6)
	for w := 24.0; w < 90; w += 3 {
		para := plain(f, text)
		para[0].Hyphens = true
		fit := s.Text(Rect{0, 0, MM(w), MM(2000)}, para, TextStyle{Size: PT(10)})
		if fit.Overflow {
			continue
		}
		hyphened, row := 0, 0
		all := ""
		for _, l := range lines(fit) {
			if strings.HasSuffix(l, "-") {
				hyphened++
				row++
			} else {
				row = 0
			}
			if row > 2 {
				t.Errorf("at %v mm three lines end with a hyphen", w)
			}
			all += strings.TrimSuffix(l, "-")
		}
		if inked(all) != inked(text) {
			t.Errorf("at %v mm the text is %q", w, all)
		}
		if w < 29 && hyphened == 0 {
			t.Errorf("at %v mm no word is cut", w)
		}
		para[0].Hyphens = false
		for _, l := range lines(s.Text(Rect{0, 0, MM(w), MM(2000)}, para, TextStyle{Size: PT(10)})) {
			if strings.HasSuffix(l, "-") {
				t.Error("a word is cut that may not be")
			}
		}
	}
}
