package page

import (
	"math/rand"
	"strings"
	"testing"

	"vitrine/internal/diag"
	"vitrine/internal/model"
	"vitrine/internal/plan"
	"vitrine/internal/typography"
)

// bothWays converts a text as plain prose, if it is that, and by goldmark.
func bothWays(r *Renderer, text string) (plain string, isPlain bool, parsed string, list diag.List) {
	j := &job{r: r, prose: model.Prose{Text: text, File: "content/a.md"}, down: 1, list: &list}
	isPlain = j.plain()
	plain = j.out.String()
	j.out.Reset()
	j.parse()
	return plain, isPlain, j.out.String(), list
}

func plainRenderer() *Renderer {
	r := proseRenderer()
	r.plan, r.media = &plan.Plan{Files: []*plan.File{{Path: "img/a.png"}}}, pictures{}
	return r
}

// TestPlainIsGoldmarks holds that plain prose is written as goldmark writes it, byte for byte, and that nothing is to be
// said of it.
func TestPlainIsGoldmarks(t *testing.T) {
	r, english := plainRenderer(), plainRenderer()
	english.lang, english.media = typography.English, nil
	counts := 0
	same := func(text string) {
		t.Helper()
		for _, r := range []*Renderer{r, english} {
			plain, isPlain, parsed, list := bothWays(r, text)
			if !isPlain {
				return
			}
			counts++
			if plain != parsed || len(list) > 0 {
				t.Fatalf("%s: %q\n plain %q\nparsed %q\n%v", r.lang, text, plain, parsed, list)
			}
		}
	}
	for _, text := range []string{
		typed, "", "a", "\n\na\n\n\n", "a\nb\n- c\n- d\n\ne", "# A\nb\n## C", "- a", "*a*", "**l'eau** : oui ! *Non ?*", "![a](/img/a.png)", "!", "! a", "a !",
		"a *b*\nc", "*a*\n*b*", "\"Oui\", dit-il", "l'eau\n« l'air »", "[a](https://exemple.org/) et [b](http://exemple.org/x?y=1#z).", "a![b](/img/a.png)c",
	} {
		same(text)
	}
	if _, isPlain, _, _ := bothWays(r, typed); !isPlain {
		t.Error("what an adviser types is not plain")
	}
	rng := rand.New(rand.NewSource(1))
	pieces := []string{"mot", "Mot", "l'eau", " ", " ", " ", "\n", "\n\n", "« ", " »", "\"", "'", "**", "*", "**mot**", "*l'eau.*", " *mot* ", "[mot](https://a.fr/)", "![mot](/img/a.png)", "[", "](", "](/img/a.png)", "](https://a.fr/x?y=1)", ")", "![", "# ", "\n## Mot\n", "\n- mot", "\n- **mot** : oui", "- ", "-", "1. ", "12", "+ ", "> ", "=", "---", "!", " ?", ".", ",", ":", ";", "(", "é", "É", "\u00a0", "\u2028", "…", "“", "’", "–", "€", "😀", "_", "~", "|", "\\", "&amp;", "<b>", "`", "\t", " \n", "  \n", "\r\n", "#", "{a}", "\x00",
		"\u202f", "\u2009", "\u2029", "\u0085", "\u200b", "\u00ad", "\ufeff", "\v", "\x7f", "a\u0301", "٣", "²", "ª", "中", "’mot", "«\u00a0mot\u00a0»", "**«\u00a0mot\u00a0»**", "**\"mot\"**", "*(mot)*,", "**mot !**", "**mot**s", "***mot***",
		"](http://x.fr/(a))", "](http://x.fr/a b)", "](http://x.fr/ \"t\")", "](https://)", "](https://é.fr/é)", "](https://a.fr/%zz)", "](https://a.fr/a'b)", "](https://a.fr:80/)", "](HTTPS://a.fr)", "](/rien/)", "](#mot)", "](mailto:a@b.fr)", "https://a.fr", "[a]: /b/", "[a]", "]",
		"# Été\n", "# contenu\n", "# a #", "####### a", "\n===", "\n---", "\n    ", "- [ ] ", "- \n", "1) ", "* ", "n° 4", "1er", "50 %", "10 000", "...", "--", "\xff"}
	const rounds = 50_000
	for range rounds {
		var b strings.Builder
		for range 1 + rng.Intn(9) {
			b.WriteString(pieces[rng.Intn(len(pieces))])
		}
		same(b.String())
	}
	if counts < rounds/20 {
		t.Errorf("%d texts were plain: too few to tell", counts)
	}
}

// FuzzPlain holds the same of any text.
func FuzzPlain(f *testing.F) {
	for _, s := range []string{typed, "a *b* c", "- a\n- b\n\nc", "# A\n\n## A", "![a](/img/a.png)\nb", "**a**, b", "a\nb  \nc"} {
		f.Add(s)
	}
	r := plainRenderer()
	f.Fuzz(func(t *testing.T, text string) {
		plain, isPlain, parsed, list := bothWays(r, text)
		if isPlain && (plain != parsed || len(list) > 0) {
			t.Fatalf("%q\n plain %q\nparsed %q\n%v", text, plain, parsed, list)
		}
	})
}
