package page

import (
	"fmt"
	"slices"
	"testing"
)

// balance weighs texts by their length, and knows a few files.
type balance map[string]string

func (b balance) Text(data []byte) int     { return len(data) }
func (b balance) File(name string) int     { return len(b[name]) }
func (b balance) Sheet(name string) []byte { return []byte(b[name]) }

// A page is counted as a browser builds it: a drawing is one element, a table without tbody gets one, scripts
// and comments hold no tags.
func TestScan(t *testing.T) {
	for html, want := range map[string]int{
		`<!doctype html><html><head></head><body><p>a</p></body></html>`:     4,
		`<svg><g><path d="a>b"/></g><svg><rect/></svg></svg><p title="a>b">`: 2,
		`<svg class="x"/><p>`:             2,
		`<table><tr><td><tr><td></table>`: 6,
		`<table><thead><tr><th></tr></thead><tbody><tr><td></tbody></table>`:         7,
		`<table><thead><tr><th></thead><tr><td></table>`:                             7,
		`<script type="application/ld+json">{"a":"<b><i>"}</script><!-- <p> --><br>`: 2,
		"<img\n src=\"/a.png\"><style>a>b{}</style>":                                 2,
		`une phrase sans élément`:                                                    0,
		`<p`:                                                                         0,
		``:                                                                           0,
	} {
		if got := scan([]byte(html)).elements; got != want {
			t.Errorf("%s: %d elements, not %d", html, got, want)
		}
	}
}

// A page brings along what it names, each once: what a search would ask for later is not counted, and what
// another host is asked for is told apart.
func TestWeigh(t *testing.T) {
	r := &Renderer{host: "https://a.example", base: "/sous", scales: balance{
		"s/site.css": `@font-face{font-family:A;src:url(f/rare.woff2);unicode-range:U+22-24,U+20AC}@font-face{font-family:A;src:url(f/usual.woff2);unicode-range:U+20-7E}
@font-face{font-family:A;font-style:italic;src:url("f/italic.woff2")}`,
		"à l'est + 2.jpg": "1234567890123", "s/f/usual.woff2": "123", "s/f/rare.woff2": "12345", "s/f/italic.woff2": "1234567", "a.png": "12345678901",
	}}
	head := `<link rel="stylesheet" href="/sous/s/site.css"><link rel="canonical" href="https://a.example/sous/"><link rel="preload" href="/sous/s/f/usual.woff2">`
	sheet := len(r.scales.Sheet("s/site.css"))
	for _, c := range []struct {
		name, html        string
		requests, bytes   int
		outside, elements int
	}{
		{"nothing", `<p>`, 1, 0, 0, 1},
		{"usual letters, named twice", head + `<p>Bonjour "#"</p>`, 3, sheet + 3, 0, 4},
		{"a rare letter", head + `<p>3 €</p>`, 4, sheet + 3 + 5, 0, 4},
		{"an entity is its letter", head + `<p>3 &euro;</p>`, 4, sheet + 3 + 5, 0, 4},
		{"in a drawing it is not read", head + `<svg><text>€</text></svg>`, 3, sheet + 3, 0, 4},
		{"sloped", head + `<p><em>oui</em></p>`, 4, sheet + 3 + 7, 0, 5},
		{"a picture twice", `<img src="/sous/a.png"><img src="/sous/a.png">`, 2, 11, 0, 2},
		{"a name that is escaped", `<img src="/sous/%c3%a0%20l%27est%20&#43;%202.jpg">`, 2, 13, 0, 1},
		{"with its host", `<img src="https://a.example/sous/a.png">`, 2, 11, 0, 1},
		{"elsewhere", `<img src="https://b.example/a.png"><script src="//c.example/x.js"></script><img src="data:image/png;base64,AA">`, 3, 0, 2, 3},
		{"a link asks for nothing", `<a href="https://b.example/">`, 1, 0, 0, 1},
	} {
		w := r.weigh([]byte(c.html))
		if want := (weight{c.elements, c.requests, c.bytes + len(c.html), c.outside}); w != want {
			t.Errorf("%s: %+v, not %+v", c.name, w, want)
		}
	}
}

// The formula against budgets worked out by hand: with so many requests and kilobytes, the most elements that
// still make an A before they are rounded.
func TestScore(t *testing.T) {
	for _, c := range []struct{ requests, kb, most int }{{4, 60, 402}, {6, 100, 391}, {10, 150, 372}, {15, 300, 340}, {25, 500, 273}} {
		t.Run(fmt.Sprint(c.requests), func(t *testing.T) {
			if _, grade := (weight{elements: c.most - 20, requests: c.requests, bytes: c.kb * 1000}).score(); grade != "A" {
				t.Errorf("%d elements: %s", c.most-20, grade)
			}
			if _, grade := (weight{elements: c.most + 8, requests: c.requests, bytes: c.kb * 1000}).score(); grade != "B" {
				t.Errorf("%d elements: %s", c.most+8, grade)
			}
		})
	}
	if n, grade := (weight{elements: 1 << 30, requests: 1 << 20, bytes: 1 << 40}).score(); n != 0 || grade != "G" {
		t.Errorf("the worst is %d, %s", n, grade)
	}
	if n, grade := (weight{}).score(); n != 100 || grade != "A" {
		t.Errorf("nothing is %d, %s", n, grade)
	}
}

// Of the fonts of a kind the last that has a letter is asked.
func TestFaces(t *testing.T) {
	all := faces([]byte(`a{}@font-face { font-family : A ; src: local("x"), url('f/one.woff2') format("woff2"); unicode-range: u+4?, U+A9 }@font-face{src:url(two.woff2)}@font-face{font-family:none}`))
	if len(all) != 2 || all[0].source != "f/one.woff2" || all[1].source != "two.woff2" {
		t.Fatalf("%+v", all)
	}
	if want := [][2]rune{{0x40, 0x4f}, {0xa9, 0xa9}}; !slices.Equal(all[0].ranges, want) {
		t.Errorf("%v, not %v", all[0].ranges, want)
	}
	if !all[0].has('©') || all[0].has('a') || !all[1].has('a') {
		t.Error("a font has other letters than its own")
	}
}

// What is weighed is one page of each kind, the fullest, and every page is counted once.
func TestEcoDesign(t *testing.T) {
	r := own(t)
	r.Weigh(balance{})
	for _, p := range r.plan.Pages {
		if p.Kind != "ecodesign" {
			continue
		}
		d := r.Draft(p)
		v := d.view.(*EcoDesign)
		counted := 0
		for _, row := range v.Rows {
			counted += row.Pages
			if row.Elements < 20 || row.Requests < 2 || row.Grade == "" || row.Title == "" {
				t.Errorf("%+v", row)
			}
		}
		left := 0
		for _, x := range r.plan.Pages {
			if f, ok := families[x.Kind]; ok && f == "" {
				left++
			}
		}
		if counted != len(r.plan.Pages)-left || v.Pages != len(r.plan.Pages) {
			t.Errorf("%d and %d pages are counted of %d", counted, left, len(r.plan.Pages))
		}
		if !v.Own {
			t.Error("some page asks another host for something")
		}
		if r.Draft(p).Key() != d.Key() {
			t.Error("the same pages weigh otherwise the second time")
		}
		for _, s := range r.samples() {
			for _, x := range r.plan.Pages {
				if x.Kind == "directory" && s.family == x.Kind && len(x.Listing.Members) > len(s.page.Listing.Members) {
					t.Errorf("%s is weighed, and %s has more", s.page.Path, x.Path)
				}
			}
		}
		return
	}
	t.Fatal("no page of eco-design")
}
