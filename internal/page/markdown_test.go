package page

import (
	"bytes"
	"fmt"
	"math/rand"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/util"

	"vitrine/internal/diag"
	"vitrine/internal/model"
)

// typed is the prose of a participant as an adviser types it.
const typed = `« Nous voulions des gestes simples, que chacun comprenne au premier coup d'œil », raconte la gérante. Les apprentis participent aux choix, ce qui rend les consignes plus faciles à tenir.

## Un engagement au quotidien

Un carnet de suivi, tenu à jour chaque semaine, montre les progrès et les points à revoir. *Une réunion par trimestre permet de faire le point et de décider du prochain engagement.*

- **Acheter à moins de 80 kilomètres** : un geste suivi chaque semaine par l'équipe.
- **Donner les invendus** : un geste suivi chaque semaine par l'équipe.
- **Passer à l'éclairage LED** : un geste suivi chaque semaine par l'équipe.

Ce n'est pas toujours simple, mais la régularité compte davantage que l'exploit. Voir aussi [le site](https://exemple.org/plan/) et les clients ont suivi, parfois avec surprise, souvent avec le sourire.
`

// What is written in place of goldmark, and left out of it, changes no byte.
func TestProseHTMLIsGoldmarks(t *testing.T) {
	with := []goldmark.Extender{extension.Table, extension.Strikethrough}
	theirs := goldmark.New(goldmark.WithExtensions(with...))
	ours := goldmark.New(
		goldmark.WithParser(parser.NewParser(
			parser.WithBlockParsers(parser.DefaultBlockParsers()...),
			parser.WithInlineParsers(parser.DefaultInlineParsers()...),
			parser.WithParagraphTransformers(util.Prioritized(definitions{}, 100)),
		)),
		goldmark.WithExtensions(with...),
		goldmark.WithRendererOptions(renderer.WithNodeRenderers(util.Prioritized(proseHTML{}, 100))),
	)
	same := func(text string) {
		t.Helper()
		var got flat
		var want bytes.Buffer
		if err := theirs.Convert([]byte(text), &want); err != nil {
			t.Fatal(err)
		}
		if err := ours.Convert([]byte(text), &got); err != nil || got.String() != want.String() {
			t.Fatalf("%q\n got %q, %v\nwant %q", text, got.String(), err, want.String())
		}
	}
	same(typed)
	for c := range rune(0x180) {
		for _, form := range []string{"a%[1]cb", "[a](/b%[1]cc)", "[a](%[1]c)", "[a](https://b%[1]cc)", "![a%[1]cb](/c%[1]cd \"e%[1]cf\")", "[a]: /b%[1]cc\n[a]", "a%[1]c\nb  \nc"} {
			same(fmt.Sprintf(form, c))
		}
	}
	rng := rand.New(rand.NewSource(1))
	pieces := []string{"mot", "l'eau", " ", " ", "\n", "\n\n", "«", "\"", "**", "*", "_", "~~", "`", "[", "](/)", "](/un/)", "](https://a.fr/x?y=1&z)", "](#haut)", "![", "](/img/a.png)", "](</a b> \"ti'tre\")", "# ", "- ", "1. ", "> ", "| a | b |\n|---|:-:|\n| ", " | ", "<b>", "&amp;", "&eacute;", "&#39;", "\\", "\\*", "<https://a.fr/é>", "<a@b.fr>", "    ", "```\n", "é", "\t", "  \n", "\\\n", "[x]: /un/ \"t\"\n", "[x]", "[x]:", "javascript:alert(1)", "](javascript:x)", "](data:x)", "\x00", "\xff"}
	for range 10_000 {
		var b strings.Builder
		for range 1 + rng.Intn(16) {
			b.WriteString(pieces[rng.Intn(len(pieces))])
		}
		same(b.String())
	}
}

// A break stays where the text before it changed, in a label too.
func TestProseBreaks(t *testing.T) {
	for _, c := range [][2]string{
		{"l'eau\nl'air", "<p>l’eau\nl’air</p>"},
		{"l'eau  \nl'air\\\nl'or", "<p>l’eau<br>\nl’air<br>\nl’or</p>"},
		{"*l'eau*\nl'air", "<p><em>l’eau</em>\nl’air</p>"},
		{"![l'eau\n*l'air* ?](/a.png)", "<p><img src=\"\" alt=\"l’eau\nl’air\u202f?\"></p>"},
		{"![<https://a.fr> : oui](/a.png \"l'or\")", "<p><img src=\"\" alt=\"\u00a0: oui\" title=\"l'or\"></p>"},
	} {
		if got, _ := prose(proseRenderer(), c[0]); strings.TrimSpace(got) != c[1] {
			t.Errorf("%q:\n got %q\nwant %q", c[0], got, c[1])
		}
	}
}

// A head without a word is none: screen readers would announce it. A table of three columns, or with a word
// as long as a screen, is scrolled in a region of its own.
func TestTables(t *testing.T) {
	for _, c := range [][2]string{
		{"| a | *b* & \"c\" | d |\n|---|---|---|", `<div class="scroll" tabindex="0" role="region" aria-label="a, b &amp; « c », d"><table><thead><tr><th>a</th><th><em>b</em> &amp; « c »</th><th>d</th></tr></thead></table></div>`},
		{"| | |\n|---|---|\n| a | b |", "<table><tbody><tr><td>a</td><td>b</td></tr></tbody></table>"},
		{"| | |\n|---|---|", "<table></table>"},
		{"| | | |\n|---|---|---|\n| a | b | c |", `<div class="scroll" tabindex="0"><table><tbody><tr><td>a</td><td>b</td><td>c</td></tr></tbody></table></div>`},
		{"| x |\n|---|\n| [a](https://exemple.org/anticonstitutionnellement) |", `<table><thead><tr><th>x</th></tr></thead><tbody><tr><td><a href="https://exemple.org/anticonstitutionnellement">a</a></td></tr></tbody></table>`},
		{"| x |\n|---|\n| **`anticonstitutionnellement`** |", `<div class="scroll" tabindex="0" role="region" aria-label="x"><table><thead><tr><th>x</th></tr></thead><tbody><tr><td><strong><code>anticonstitutionnellement</code></strong></td></tr></tbody></table></div>`},
		{"| x |\n|---|\n| <anticonstitutionnellement |", `<div class="scroll" tabindex="0" role="region" aria-label="x"><table><thead><tr><th>x</th></tr></thead><tbody><tr><td>&lt;anticonstitutionnellement</td></tr></tbody></table></div>`},
		{"| | x |\n|---|--:|\n| a | 1 |", `<table><thead><tr><td></td><th style="text-align:right">x</th></tr></thead><tbody><tr><td>a</td><td style="text-align:right">1</td></tr></tbody></table>`},
	} {
		if got, _ := prose(proseRenderer(), c[0]); strings.ReplaceAll(got, "\n", "") != c[1] {
			t.Errorf("%q:\n got %q\nwant %q", c[0], got, c[1])
		}
	}
}

// Prose whose links are all sound asks for little more than what goldmark does.
func TestProseAllocates(t *testing.T) {
	r := proseRenderer()
	theirs := goldmark.New(goldmark.WithExtensions(extension.Table, extension.Strikethrough), goldmark.WithParserOptions(parser.WithAutoHeadingID()))
	var w bytes.Buffer
	floor := testing.AllocsPerRun(20, func() {
		w.Reset()
		_ = theirs.Convert([]byte(typed), &w)
	})
	if n := testing.AllocsPerRun(20, func() {
		var list diag.List
		r.markdown(model.Prose{Text: typed}, 1, &list)
	}); n > floor {
		t.Errorf("%v allocations, %v by goldmark alone", n, floor)
	}
}

func BenchmarkProse(b *testing.B) {
	r := proseRenderer()
	p := model.Prose{Text: typed, File: "content/a.md"}
	b.ReportAllocs()
	b.SetBytes(int64(len(typed)))
	for b.Loop() {
		var list diag.List
		if r.markdown(p, 1, &list) == "" || len(list) > 0 {
			b.Fatal(list)
		}
	}
}
