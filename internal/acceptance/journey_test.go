package acceptance

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	permission "github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// benchSites are sites of invented businesses, which corpus.py of VITRINE_BENCH writes; each is built once.
var benchSites sync.Map // how many → func() (*site, error)

// benchSite is the site of so many businesses; only a whole run builds it.
func benchSite(t *testing.T, n string) *site {
	t.Helper()
	bench := os.Getenv("VITRINE_BENCH")
	if os.Getenv("VITRINE_ALL") != "1" || bench == "" {
		t.Skip("builds " + n + " participants: VITRINE_ALL=1, VITRINE_BENCH=folder of corpus.py")
	}
	build, _ := benchSites.LoadOrStore(n, sync.OnceValues(func() (*site, error) {
		dir := filepath.Join(folder, "corpus-"+n)
		if out, err := exec.Command("python3", filepath.Join(bench, "corpus.py"), "--formats", "vitrine", n, dir).CombinedOutput(); err != nil {
			return nil, fmt.Errorf("%w: %s", err, out)
		}
		s, err := attempt("bench-"+n, filepath.Join(dir, "vitrine"), "site")
		if err == nil && s.plan == nil {
			err = fmt.Errorf("%d errors", s.result.Diagnostics.Errors())
		}
		return s, err
	}))
	s, err := build.(func() (*site, error))()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// journeys are the sites on which residents are followed, and what they look for there.
var journeys = []struct {
	name, directory, word, theme string
	site                         func(*testing.T) *site
}{
	{own, directory, "boulangerie", "energie", builtSite},
	{"10000", "/engages/commerces/", "boulangerie", "", func(t *testing.T) *site { return benchSite(t, "10000") }},
}

// TestJourney goes through a directory as a resident does, from a plain file server: words, a filter, near
// me, back, without script, with the keyboard alone.
func TestJourney(t *testing.T) {
	for _, j := range journeys {
		t.Run(j.name, func(t *testing.T) {
			s := j.site(t)
			p := open(t).visit(t, view{site: s, path: j.directory}, 1280)
			defer p.done()
			p.write(t, "#find-q", j.word)
			words := p.until(t, "words", func(f finding) bool { return f.Query == "?q="+j.word && len(f.Lines) > 0 && !f.List })
			p.do(t, chromedp.Click("#find summary"))
			p.until(t, "themes", func(finding) bool { return evaluate[bool](t, p, `document.querySelector("#find-theme")?.length > 1`) })
			theme := j.theme
			if theme == "" {
				theme = evaluate[string](t, p, `[...document.querySelector("#find-theme").options].find(o => o.value).value`)
			}
			p.choose(t, "theme", theme)
			both := p.until(t, "a filter too", func(f finding) bool { return strings.Contains(f.Query, "theme="+theme) && f.Said != "" })
			p.do(t, chromedp.Evaluate[chromedp.Void](`history.back()`))
			p.until(t, "back to the words", func(f finding) bool { return f.Query == words.Query && slices.Equal(f.Lines, words.Lines) })
			p.do(t, chromedp.Evaluate[chromedp.Void](`history.forward()`))
			p.until(t, "and forth", func(f finding) bool { return f.Query == both.Query && slices.Equal(f.Lines, both.Lines) })

			stand(t, p, 48.75, -0.57)
			p.do(t, chromedp.Click("#find-here"))
			p.until(t, "near me", func(f finding) bool {
				return len(f.Lines) > 0 && strings.Contains(f.Lines[0], "km") || len(f.Lines) > 0 && strings.Contains(f.Lines[0], " m")
			})
			for _, c := range complaintsOfSearch(p) {
				t.Error(c)
			}
			byKeyboard(t, s, j.directory, j.word)
			withoutScript(t, s, j.directory)
		})
	}
}

// stand puts the visitor at a place, and lets pages ask for it.
func stand(t *testing.T, p *visit, lat, lon float64) {
	t.Helper()
	accuracy := 10.0
	p.do(t, func(ctx context.Context, tab *chromedp.Target) (chromedp.Void, error) {
		if _, err := cdp.Call(ctx, tab, permission.SetPermission, permission.SetPermissionParams{
			Permission: &permission.PermissionDescriptor{Name: "geolocation"}, Setting: permission.PermissionSettingGranted, Origin: p.root,
		}); err != nil {
			return chromedp.Void{}, err
		}
		_, err := cdp.Call(ctx, tab, emulation.SetGeolocationOverride, emulation.SetGeolocationOverrideParams{Latitude: &lat, Longitude: &lon, Accuracy: &accuracy})
		return chromedp.Void{}, err
	})
}

func complaintsOfSearch(p *visit) []string {
	requests, said := p.asked()
	for _, r := range requests {
		if !strings.HasPrefix(r, p.root+"/") {
			said = append(said, "a request leaves the site: "+r)
		}
	}
	return said
}

// byKeyboard reaches the search, its answer and the sheet by Tab and Enter alone, and sees at every stop where it is.
func byKeyboard(t *testing.T, s *site, directory, word string) {
	t.Helper()
	p := open(t).visit(t, view{site: s, path: directory}, 1280)
	defer p.done()
	tab := func(to string) {
		t.Helper()
		for range 80 {
			p.do(t, chromedp.KeyEvent("\t"))
			if mark := evaluate[string](t, p, `(() => { const e = document.activeElement, s = getComputedStyle(e); return e == document.body || s.outlineStyle != "none" && parseFloat(s.outlineWidth) >= 2 ? "" : e.outerHTML.slice(0, 120) })()`); mark != "" {
				t.Errorf("the focus cannot be seen on %s", mark)
			}
			if evaluate[bool](t, p, `document.activeElement?.matches("`+to+`")`) {
				return
			}
		}
		t.Fatalf("Tab does not lead to %s", to)
	}
	tab("#find-q")
	p.do(t, chromedp.KeyEvent(word))
	p.until(t, "typed", func(f finding) bool { return len(f.Lines) > 0 && f.Text == word })
	tab("#found li a")
	to := evaluate[string](t, p, `document.activeElement.href`)
	p.do(t, chromedp.KeyEvent("\r"))
	p.until(t, "its page", func(finding) bool { return evaluate[bool](t, p, `location.href == "`+to+`"`) })
}

// withoutScript follows links alone: the list, a filter, a sheet.
func withoutScript(t *testing.T, s *site, directory string) {
	t.Helper()
	p := open(t).visit(t, view{site: s, path: "/robots.txt"}, narrow)
	defer p.done()
	off := func(ctx context.Context, tab *chromedp.Target) (chromedp.Void, error) {
		_, err := cdp.Call(ctx, tab, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
		return chromedp.Void{}, err
	}
	p.do(t, off, chromedp.Navigate(p.root+directory))
	if n := evaluate[int](t, p, `document.querySelectorAll(".rows li a").length`); n < 10 {
		t.Errorf("without script the list has %d lines", n)
	}
	if n := evaluate[int](t, p, `document.querySelectorAll("main :is(input, button, select)").length`); n > 0 {
		t.Errorf("without script %d controls do nothing", n)
	}
	filter := evaluate[string](t, p, `[...document.querySelectorAll("main nav a")].map(a => a.pathname).find(a => a.startsWith("`+directory+`") && a != "`+directory+`") ?? ""`)
	if filter == "" {
		t.Fatal("without script there are no filters")
	}
	p.do(t, chromedp.Navigate(p.root+filter))
	sheet := evaluate[string](t, p, `document.querySelector(".rows li a, main a[href^='`+directory+`']")?.pathname ?? ""`)
	p.do(t, chromedp.Navigate(p.root+sheet))
	if evaluate[string](t, p, `document.querySelector("h1")?.textContent ?? ""`) == "" {
		t.Errorf("without script %s leads nowhere from %s", sheet, filter)
	}
}

// looks are the ways in which a visitor's machine may show a page.
var looks = []struct {
	name    string
	feature emulation.MediaFeature
	wrong   func(*testing.T, *visit, string) []string
}{
	{"dark", emulation.MediaFeature{Name: "prefers-color-scheme", Value: "dark"}, func(t *testing.T, p *visit, axe string) []string {
		p.do(t, chromedp.Evaluate[chromedp.Void](axe))
		return evaluate[[]string](t, p, `axe.run({runOnly: ["color-contrast"]}).then(r => [...r.violations.flatMap(v => v.nodes.map(n => n.target.join(" ") + " " + n.failureSummary)), ...(r.passes.length ? [] : ["axe saw no text"])])`)
	}},
	{"forced colours", emulation.MediaFeature{Name: "forced-colors", Value: "active"}, func(t *testing.T, p *visit, _ string) []string {
		return evaluate[[]string](t, p, unseen)
	}},
}

// unseen are texts in the colour of what lies behind them, once the machine has put its own colours.
const unseen = `(() => {
	if (!matchMedia("(forced-colors: active)").matches) return ["the colours are not forced"]
	const ground = e => { for (; e; e = e.parentElement) { const c = getComputedStyle(e).backgroundColor; if (!/, 0\)$/.test(c)) return c } return "rgb(255, 255, 255)" }
	const own = e => [...e.childNodes].some(n => n.nodeType == 3 && n.data.trim())
	return [...document.querySelectorAll("body *")].filter(e => !e.closest("svg, .sr, script, style") && own(e) && e.checkVisibility())
		.filter(e => getComputedStyle(e).color == ground(e)).map(e => "cannot be read: " + e.outerHTML.slice(0, 100))
})()`

// TestLooks sees every kind of page in the dark, where axe weighs its contrasts, and in forced colours.
func TestLooks(t *testing.T) {
	axe := readAxe(t)
	b := open(t)
	s := builtSite(t)
	all := slices.DeleteFunc(views(t, s), func(v view) bool {
		return strings.HasPrefix(v.kind, officeKind) // on paper and on the office's own screens
	})
	b.tour(t, all, 360, func(t *testing.T, p *visit, v view) {
		for _, l := range looks {
			p.do(t, func(ctx context.Context, tab *chromedp.Target) (chromedp.Void, error) {
				_, err := cdp.Call(ctx, tab, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{&l.feature}})
				return chromedp.Void{}, err
			})
			for _, w := range l.wrong(t, p, axe) {
				t.Errorf("%s, %s: %s", v.path, l.name, w)
			}
		}
	})
}
