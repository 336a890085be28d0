package page

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"vitrine/internal/diag"
	"vitrine/internal/model"
	"vitrine/internal/plan"
)

func proseRenderer() *Renderer {
	return &Renderer{site: &model.Site{Language: "fr"}, plan: &plan.Plan{}, lang: "fr", base: "/vitrine"}
}

func prose(r *Renderer, text string) (string, diag.List) {
	var list diag.List
	out := r.markdown(model.Prose{Text: text, File: "content/a.md", At: 40}, 1, &list)
	return string(out), list
}

func TestProse(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"typography", "Qu'est-ce ? C'est « ici »; oui !", "<p>Qu’est-ce\u202f? C’est «\u00a0ici\u00a0»\u202f; oui\u202f!</p>"},
		{"headings below those of the page", "# Un\n\n## Deux\n\n###### Six", `<h3 id="un">Un</h3>` + "\n" + `<h3 id="deux">Deux</h3>` + "\n" + `<h6 id="six">Six</h6>`},
		{"code keeps its quotes", "`l'eau : ?`", "<p><code>l'eau : ?</code></p>"},
		{"HTML is left out", "avant <b onclick=\"x\">gras</b> après", "<p>avant <!-- raw HTML omitted -->gras<!-- raw HTML omitted --> après</p>"},
		{"outside link", "[a](https://exemple.org/x?y=1&z=2)", `<p><a href="https://exemple.org/x?y=1&amp;z=2">a</a></p>`},
		{"soft breaks stay", "une ligne : oui\nune autre", "<p>une ligne\u00a0: oui\nune autre</p>"},
		{"emphasis beside words", "c'est **l'eau** !", "<p>c’est <strong>l’eau</strong>\u202f!</p>"},
		{"an entity that is written about", "l'entité &amp;lt; : c'est <", "<p>l’entité &amp;lt;\u00a0: c’est &lt;</p>"},
		{"an autolink that could run", "<https://exemple.org> oui", `<p><a href="https://exemple.org">https://exemple.org</a> oui</p>`},
		{"a place on the page", "# Haut\n\n[haut](#haut)", `<h3 id="haut">Haut</h3>` + "\n" + `<p><a href="#haut">haut</a></p>`},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, list := prose(proseRenderer(), c.in)
			if strings.TrimSpace(got) != c.want {
				t.Errorf("got  %q\nwant %q", strings.TrimSpace(got), c.want)
			}
			if len(list) != 0 {
				t.Errorf("found %v", list)
			}
		})
	}
}

func TestProseLinksAreCheckedAtTheirPlace(t *testing.T) {
	text := "Voir [un](/un/) puis [un encore](/un/) et [js](javascript:alert(1))."
	_, list := prose(proseRenderer(), text)
	var at []string
	for _, d := range list {
		at = append(at, text[d.Span.Start-40:d.Span.End-40])
	}
	if want := []string{"/un/", "/un/", "javascript:alert(1)"}; !slices.Equal(at, want) {
		t.Errorf("places %q, want %q", at, want)
	}
	if list[0].Span == list[1].Span {
		t.Error("the same link twice is reported at one place")
	}
}

// FuzzProse: an author's Markdown never becomes something that runs, and every message
// has its place inside the prose.
func FuzzProse(f *testing.F) {
	for _, s := range []string{
		"<script>alert(1)</script>", "[a](javascript:alert(1))", "[a]( JaVaScRiPt:alert(1))", "[a](&#106;avascript:alert(1))",
		"![a](data:text/html;base64,PHNjcmlwdD4=)", "<img src=x onerror=alert(1)>", "[a](vbscript:x)", "<https://a.b>", "<javascript:alert(1)>",
		"| a | b |\n|---|---|\n| `x` | [y](/z) |", "[x]: javascript:alert(1)\n[x]", "~~barré~~ : oui !", "# <svg onload=alert(1)>", "\\<script\\>", "&lt;script&gt;",
		"[a](/x \"onmouseover=alert(1)\")", "![\"onerror=\"alert(1)](/x.png)", "&amp;lt;script&amp;gt; ?", "* a\n  * b\n\n1. c", "[a](data:text/html,x)", "`` ` ``", "&#60;script&#62; !",
		"[\u0000](java\tscript:alert(1))", "<a href=javascript:x>", "**a**b : c;d!e?", "> > > x", "\"Oui\", dit-il : « non »...",
	} {
		f.Add(s)
	}
	r := proseRenderer()
	f.Fuzz(func(t *testing.T, text string) {
		out, list := prose(r, text)
		for _, d := range list {
			if d.Span.File == "" || d.Span.Start < 40 || d.Span.End > 40+len(text) || d.Span.Start > d.Span.End {
				t.Errorf("place %+v outside the prose of %d bytes", d.Span, len(text))
			}
		}
		z := html.NewTokenizer(strings.NewReader(out))
		for {
			kind := z.Next()
			if kind == html.ErrorToken {
				return
			}
			if kind != html.StartTagToken && kind != html.SelfClosingTagToken {
				continue
			}
			tok := z.Token()
			if !slices.Contains(tags, tok.Data) {
				t.Fatalf("%q became <%s>: %s", text, tok.Data, out)
			}
			for _, a := range tok.Attr {
				if !slices.Contains(attributes, a.Key) {
					t.Fatalf("%q became an attribute %s: %s", text, a.Key, out)
				}
				if a.Key == "href" || a.Key == "src" {
					u, err := url.Parse(strings.TrimSpace(a.Val))
					if err == nil && !slices.Contains([]string{"", "http", "https", "mailto", "tel"}, strings.ToLower(u.Scheme)) {
						t.Fatalf("%q became an address %q", text, a.Val)
					}
					if err != nil && strings.Contains(strings.ToLower(strings.Join(strings.Fields(a.Val), "")), "script:") {
						t.Fatalf("%q became an address %q", text, a.Val)
					}
				}
			}
		}
	})
}

// What goldmark writes for the Markdown that docs/data.md promises.
var (
	tags = strings.Fields("p h2 h3 h4 h5 h6 em strong del a img ul ol li blockquote code pre hr br table thead tbody tr th td")

	attributes = strings.Fields("id href title src alt loading width height start align style class")
)
