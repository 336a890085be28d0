package serve

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"vitrine/internal/build"
	"vitrine/internal/model"
	"vitrine/themes"
)

// tab is a page in a browser.
type tab struct {
	*testing.T
	ctx context.Context

	mu   sync.Mutex
	said []string // in the console
}

// browse opens a page in a browser of its own, so that one that no longer answers cannot
// hold up the other tests. Without Chromium the test is skipped, or fails where
// VITRINE_REQUIRE_TOOLS asks for it.
func browse(t *testing.T, url string, width int) *tab {
	t.Helper()
	var program string
	for _, n := range []string{"chromium", "chromium-browser", "google-chrome", "chrome"} {
		if p, err := exec.LookPath(n); err == nil {
			program = p
			break
		}
	}
	switch {
	case program != "":
	case os.Getenv("VITRINE_REQUIRE_TOOLS") == "1":
		t.Fatal("chromium is not installed, and VITRINE_REQUIRE_TOOLS=1")
	default:
		t.Skip("chromium is not installed")
	}
	b, err := launch(t, program, url, width)
	if errors.Is(err, context.DeadlineExceeded) {
		t.Log("Chromium does not answer: once more, with another")
		b, err = launch(t, program, url, width)
	}
	if err != nil {
		t.Fatal("Chromium does not start, or does not open ", url, ": ", err)
	}
	return b
}

// launch starts a browser and opens a page in it.
func launch(t *testing.T, program, url string, width int) (*tab, error) {
	opts := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(program), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true),
	)
	ctx, cancel := context.WithTimeout(context.Background(), 3*limit)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewExecAllocator(ctx, opts...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	b := &tab{T: t, ctx: ctx}
	err := chromedp.Listen(ctx, func(ev any) {
		b.mu.Lock()
		defer b.mu.Unlock()
		switch ev := ev.(type) {
		case *runtime.EventExceptionThrown:
			b.said = append(b.said, "exception: "+ev.ExceptionDetails.Text)
		case *runtime.EventConsoleAPICalled:
			b.said = append(b.said, fmt.Sprint("console.", ev.Type))
		}
	})
	if err != nil {
		return nil, err
	}
	started := make(chan error, 1)
	go func() {
		started <- chromedp.Do(ctx, chromedp.EmulateViewport(int64(width), 900), chromedp.Navigate(url))
	}()
	select {
	case err := <-started:
		return b, err
	case <-time.After(limit):
		cancel()
		return nil, context.DeadlineExceeded
	}
}

func js[T any](b *tab, expression string) T {
	b.Helper()
	v, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		b.Fatalf("%s: %v", expression, err)
	}
	return v
}

func (b *tab) do(expression string) {
	b.Helper()
	js[bool](b, "("+expression+", true)")
}

// until waits for something to be true in the page.
func (b *tab) until(condition string) {
	b.Helper()
	for end := time.Now().Add(limit); ; time.Sleep(5 * time.Millisecond) {
		// A page that is just being loaded has nothing to say.
		v, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool]("!!("+condition+")"))
		if err == nil && v {
			return
		}
		if time.Now().After(end) {
			b.Fatalf("never: %s (%v)\n%s", condition, err, js[string](b, `document.documentElement.outerHTML.slice(0, 3000)`))
		}
	}
}

func (b *tab) is(condition string) {
	b.Helper()
	if !js[bool](b, "!!("+condition+")") {
		b.Errorf("not so: %s", condition)
	}
}

func (b *tab) quiet() {
	b.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, s := range b.said {
		b.Error(s)
	}
}

// follows waits until the page listens: from then on it does not miss anything.
func (b *tab) follows() {
	b.Helper()
	b.until(`performance.getEntriesByType("resource").some(e => e.name.includes("/.vitrine/live.js"))`)
	b.until(`document.readyState === "complete"`)
}

// over is the overlay's shadow tree.
const over = `document.querySelector("vitrine-live")?.shadowRoot`

// dot is a picture of so many pixels a side.
func dot(t *testing.T, side int) string {
	var b bytes.Buffer
	must(t, png.Encode(&b, image.NewGray(image.Rect(0, 0, side, side))))
	return b.String()
}

func rich(title, text, list, more string) string {
	return `<!doctype html><html lang=fr><head><meta charset=utf-8>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src 'self'; style-src 'self'">
<title>` + title + `</title><link rel=stylesheet href=/site.css></head><body class="` + title + `">
<p id=text>` + text + `</p><div class=tall></div>
<ul>` + list + `</ul>
<details><summary>s</summary>corps</details>
<form><input id=i><input type=checkbox id=c><textarea id=t>x</textarea><select id=s><option>a<option>b</select></form>
<dialog>dialogue <button>b</button></dialog>
<img src=/a.png alt="">` + more + `<div class=tall></div></body></html>`
}

const list = `<li><a href=/1/>un</a></li><li><a href=/2/>deux</a></li><li><a href=/3/>trois</a></li>`

func richSite(t *testing.T) *preview {
	return serving(t, map[string]string{
		"content/index.md": rich("un", "Premier", list, ""), "content/b.md": "<p>b</p>", "static/site.css": ".tall{height:1500px} body{color:#111111}", "static/a.png": dot(t, 1),
	})
}

func TestBrowserUpdatesInPlace(t *testing.T) {
	p := richSite(t)
	b := browse(t, p.url+"#haut", 1280)
	b.follows()
	b.do(`window.same = 1, scrollTo(0, 1400), document.querySelector("details").open = true`)
	b.do(`i.focus(), document.execCommand("insertText", false, "abc"), i.setSelectionRange(1, 2), c.checked = true, s.selectedIndex = 1`)
	y := js[float64](b, `scrollY`)

	put(t, p.at("content/index.md"), rich("deux", "Second", `<li><a href=/0/>zéro</a></li>`+list, `<p id=new>nouveau</p>`))
	b.until(`document.title === "deux" && document.body.className === "deux" && text.textContent === "Second" && document.getElementById("new")`)
	for _, kept := range []string{
		`window.same === 1`, `location.hash === "#haut"`, `document.activeElement === i`, `i.value === "abc" && i.selectionStart === 1 && i.selectionEnd === 2`,
		`c.checked`, `s.selectedIndex === 1`, `document.querySelector("details").open`, `document.querySelectorAll("li").length === 4`,
		fmt.Sprintf(`Math.abs(scrollY - %v) < 60`, y), // what is seen stays where it is, below a new line
	} {
		b.is(kept)
	}

	// What is focused in a list stays so when something comes before it, or moves.
	b.do(`document.querySelector("a[href='/2/']").focus(), window.link = document.activeElement`)
	put(t, p.at("content/index.md"), rich("trois", "Second", `<li><a href=/3/>trois</a></li><li><a href=/00/>ooh</a></li><li><a href=/2/>2</a></li><li><a href=/1/>un</a></li>`, ""))
	b.until(`document.title === "trois" && !document.getElementById("new")`)
	b.is(`document.activeElement === window.link && link.textContent === "2" && link.isConnected`)

	// A dialog that is open stays open.
	b.do(`document.querySelector("dialog").showModal()`)
	put(t, p.at("content/index.md"), rich("quatre", "Troisième", list, ""))
	b.until(`document.title === "quatre" && text.textContent === "Troisième"`)
	b.is(`document.querySelector("dialog:modal") && document.activeElement.textContent === "b"`)
	b.do(`document.querySelector("dialog").close()`)

	// What somebody typed stays when the words around it change, what nobody did follows.
	put(t, p.at("content/index.md"), strings.Replace(rich("cinq", "x", list, ""), "<textarea id=t>x", "<textarea id=t>y", 1))
	b.until(`document.title === "cinq"`)
	b.is(`t.value === "y" && i.value === "abc"`)
	b.is(`window.same === 1`)

	// A page that did not change is not touched.
	b.do(`new MutationObserver(() => window.touched = 1).observe(document, {childList: true, subtree: true, attributes: true, characterData: true})`)
	put(t, p.at("content/b.md"), "<p>another</p>")
	p.same("the other page")
	put(t, p.at("content/index.md"), rich("six", "x", list, ""))
	b.until(`document.title === "six"`)
	b.is(`window.touched === 1`) // by the second change: the observer sees
	b.quiet()
}

func TestBrowserFiles(t *testing.T) {
	p := richSite(t)
	b := browse(t, p.url, 1280)
	b.follows()
	b.until(`document.images[0].naturalWidth === 1`)
	b.do(`window.same = 1`)
	// Nothing is ever shown without a style sheet.
	b.do(`window.bare = 0, new MutationObserver(() => document.styleSheets.length || (bare = 1)).observe(document.head, {childList: true})`)
	put(t, p.at("static/site.css"), ".tall{height:1500px} body{color:#00ff00}")
	b.until(`getComputedStyle(document.body).color === "rgb(0, 255, 0)" && document.querySelectorAll("link[rel=stylesheet]").length === 1`)
	put(t, p.at("static/a.png"), dot(t, 3))
	b.until(`document.images[0].naturalWidth === 3`)

	// The page changes: what was renewed is not undone by addresses that say nothing of it.
	put(t, p.at("content/index.md"), rich("deux", "x", list, ""))
	b.until(`document.title === "deux"`)
	b.is(`document.images[0].naturalWidth === 3 && getComputedStyle(document.body).color === "rgb(0, 255, 0)"`)
	b.is(`document.querySelectorAll("link[rel=stylesheet]").length === 1`)

	// Another style sheet, and its picture.
	put(t, p.at("static/two.css"), "body{color:#0000ff;background-image:url(/a.png)} .tall{height:1500px}")
	put(t, p.at("content/index.md"), strings.Replace(rich("trois", "x", list, ""), "/site.css", "/two.css", 1))
	b.until(`document.title === "trois" && getComputedStyle(document.body).color === "rgb(0, 0, 255)"`)
	b.until(`document.querySelectorAll("link[rel=stylesheet]").length === 1`)
	b.is(`window.same === 1 && window.bare === 0`)
	b.quiet()
}

func TestBrowserErrors(t *testing.T) {
	p := richSite(t)
	b := browse(t, p.url, 1280)
	b.follows()
	b.do(`window.same = 1, i.focus()`)
	put(t, p.at("data/x.toml"), "un = 1\ndeux = \"BROKEN\" # <b>\n")
	b.until(over + `?.textContent.includes("data/x.toml:2:9")`)
	for _, so := range []string{
		over + `.querySelector("[role=alert].open")`,
		over + `.querySelector("mark").textContent === "BROKEN"`,
		over + `.querySelector("pre").textContent.includes('" # <b>')`,
		over + `.querySelector("h2").textContent === "1 erreur"`,
		over + `.textContent.includes("bad-url")`,
		over + `.host.lang === "fr"`,
		`document.activeElement === i && window.same === 1`,
		`document.querySelector("li a")`, // the site is still there
	} {
		b.is(so)
	}
	// The sheet does not take what is typed, nor the page's style sheet, nor does it give way.
	_, err := chromedp.Run(b.ctx, chromedp.KeyEvent("z"))
	must(t, err)
	b.until(`i.value === "z"`)
	_, err = chromedp.Run(b.ctx, chromedp.KeyEvent("\x1b"))
	must(t, err)
	b.until(`!` + over + `.querySelector(".sheet.open") && ` + over + `.querySelector(".pill.errors")?.textContent === "1 erreur"`)
	b.is(`document.activeElement === i`)
	b.do(over + `.querySelector(".pill.errors").click()`)
	b.until(over + `.querySelector("[role=alert].open")`)

	// A new error opens it again; the page changes below it all the same.
	put(t, p.at("data/x.toml"), "un = \"BROKEN\"\n")
	b.until(over + `.textContent.includes("data/x.toml:1:7")`)
	put(t, p.at("data/x.toml"), "un = \"ODD\"\n")
	b.until(`!` + over + `.querySelector(".sheet.open") && ` + over + `.querySelector(".pill.warnings")?.textContent === "1 avertissement"`)
	b.is(`!` + over + `.querySelector(".pill.errors")`)
	b.do(over + `.querySelector(".pill.warnings").click()`)
	b.until(over + `.querySelector("[role=region].open")?.textContent.includes("data/x.toml:1:7")`)
	put(t, p.at("data/x.toml"), "un = 1\n")
	b.until(over + `.host.hidden`)

	// The page goes, and comes back.
	must(t, os.Remove(p.at("content/index.md")))
	b.until(over + `.querySelector("[role=status]").textContent === "Cette page n’existe plus dans le site."`)
	b.is(`document.querySelector("li a") && window.same === 1`)
	put(t, p.at("content/index.md"), rich("retour", "x", list, ""))
	b.until(`document.title === "retour" && ` + over + `.host.hidden`)
	b.is(`window.same === 1`)
	b.quiet()
	p.stop()
	b.until(over + `.querySelector("[role=status]").textContent.startsWith("L’aperçu est arrêté")`)
}

// TestBrowserWithoutASite: what stands in the site's place gives way to it.
func TestBrowserWithoutASite(t *testing.T) {
	p := serving(t, map[string]string{"content/index.md": "BROKEN"})
	b := browse(t, p.url, 360)
	b.until(`document.querySelector("h1").textContent === "Le site ne peut pas encore être montré"`)
	b.is(`document.documentElement.scrollWidth <= 360`)
	b.follows()
	put(t, p.at("content/index.md"), "une ligne\nBROKEN")
	b.until(`document.querySelector(".place")?.textContent === "content/index.md:2:1"`)
	put(t, p.at("content/index.md"), "<h1>Bon</h1>")
	b.until(`document.querySelector("h1").textContent === "Bon"`)
	must(t, chromedp.Do(b.ctx, chromedp.Navigate(p.url+"pas-encore/")))
	b.follows()
	put(t, p.at("content/pas-encore.md"), "<h1>Voilà</h1>")
	b.until(`document.querySelector("h1")?.textContent === "Voilà"`)
}

// TestBrowserScripts: a page whose own script changes is loaded again, for it to run.
func TestBrowserScripts(t *testing.T) {
	page := func(script string) string {
		return "<!doctype html><html><head><title>x</title></head><body><p>x</p>" + script + "</body></html>"
	}
	p := serving(t, map[string]string{"content/index.md": page(`<script>window.ran = 1</script>`), "static/a.js": "window.file = 1"})
	b := browse(t, p.url, 1280)
	b.follows()
	b.do(`window.same = 1`)
	put(t, p.at("content/index.md"), page(`<script>window.ran = 2</script><script src=/a.js></script>`))
	b.until(`window.ran === 2 && window.file === 1`)
	b.is(`!window.same`)
	b.follows()
	put(t, p.at("static/a.js"), "window.file = 2")
	b.until(`window.file === 2`)
}

// TestBrowserTabs: a page that nobody looks at lets go, and catches up.
func TestBrowserTabs(t *testing.T) {
	p := richSite(t)
	one, two := browse(t, p.url, 1280), browse(t, p.url, 1280)
	one.follows()
	two.follows()
	for _, b := range []*tab{one, two} {
		b.do(`window.same = 1`)
	}
	hide := func(hidden bool) {
		two.do(fmt.Sprintf(`Object.defineProperty(document, "hidden", {value: %v, configurable: true}), document.dispatchEvent(new Event("visibilitychange"))`, hidden))
	}
	put(t, p.at("content/index.md"), rich("deux", "x", list, ""))
	one.until(`document.title === "deux"`)
	two.until(`document.title === "deux"`)
	hide(true)
	put(t, p.at("content/index.md"), rich("trois", "x", list, ""))
	put(t, p.at("static/site.css"), "body{color:#00ff00}")
	one.until(`document.title === "trois" && getComputedStyle(document.body).color === "rgb(0, 255, 0)"`)
	two.is(`document.title === "deux"`)
	hide(false)
	two.until(`document.title === "trois" && getComputedStyle(document.body).color === "rgb(0, 255, 0)"`)
	for _, b := range []*tab{one, two} {
		b.is(`window.same === 1`)
		b.quiet()
	}
}

// TestBrowserMorph makes one random tree out of another: it becomes equal, and what was
// equal before is the same node.
func TestBrowserMorph(t *testing.T) {
	p := richSite(t)
	b := browse(t, p.url, 1280)
	b.do(`window.vary = (() => {` + string(embedded("morph.js")) + `
	let seed = 1;
	const random = (n) => (seed = (seed * 48271) % 2147483647) % n;
	const tags = ["p", "ul", "li", "div", "a", "span"];
	const tree = (depth) => {
		const e = document.createElement(tags[random(tags.length)]);
		if (!random(4)) e.id = "x" + random(12);
		if (!random(4)) e.className = "c" + random(3);
		if (e.localName === "a") e.setAttribute("href", "/" + random(9) + "/");
		for (let n = depth && random(6); n > 0; n--) {
			const k = random(6);
			e.append(k === 0 ? "t" + random(4) : k === 1 ? " " : k === 2 ? document.createComment("c" + random(3)) : tree(depth - 1));
		}
		return e;
	};
	const vary = (e) => {
		const copy = e.cloneNode(true);
		for (let n = 1 + random(4); n > 0; n--) {
			const all = copy.querySelectorAll("*"), x = all[random(all.length || 1)], y = all[random(all.length || 1)];
			if (!x) break;
			switch (random(5)) {
			case 0: x.remove(); break;
			case 1: x.before(tree(2)); break;
			case 2: x.append("more" + random(9)); break;
			case 3: if (!x.contains(y)) y.before(x); break;
			case 4: x.className = "v" + random(9);
			}
		}
		return copy;
	};
	return (turns) => {
	const bad = [];
	for (let i = 0; i < turns && bad.length < 3; i++) {
		const old = document.createElement("main"), now = document.createElement("main");
		old.append(tree(4), " ", tree(4));
		now.append(...(random(4) ? vary(old).childNodes : [tree(4), tree(4)]));
		const want = now.outerHTML, was = old.outerHTML, first = old.firstChild, kept = first.isEqualNode(now.firstChild);
		document.body.append(old);
		old.normalize();
		now.normalize();
		morph(old, now);
		if (!old.isEqualNode(now) || now.outerHTML !== want) bad.push(was + "\n→ " + old.outerHTML + "\n≠ " + want);
		if (kept && old.firstChild !== first) bad.push("not kept: " + was + "\n→ " + want);
		old.remove();
	}
	return bad.join("\n\n");
	};
	})()`)
	for range 10 { // not all at once: the page stays awake
		if bad := js[string](b, `vary(300)`); bad != "" {
			t.Fatal(bad)
		}
	}
}

// TestBrowserPreview is the whole, with a site as it is: from a save to the open page.
func TestBrowserPreview(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "site")
	must(t, os.CopyFS(dir, os.DirFS("../../cmd/vitrine/testdata/sites/minimal")))
	site := build.NewPreview(build.Options{
		Site: dir, State: filepath.Join(dir, ".vitrine"), Themes: themes.FS, Own: os.DirFS(dir), Workers: 2,
		Today: func(string) model.Date { return model.Date{Year: 2026, Month: 11, Day: 21} },
	})
	p := serving(t, nil, func(o *Options, m *mirror) { o.Site, o.Dir, m.dir = site, dir, dir })
	p.dir = dir
	b := browse(t, p.url+"label/participants/au-bon-pain/", 1280)
	b.follows()
	b.do(`window.same = 1, document.querySelector("main a[href]").focus(), window.link = document.activeElement, document.body.style.minHeight = "3000px", scrollTo(0, 200)`)
	story := p.at("content/label/participants/au-bon-pain.md")
	before, err := os.ReadFile(story)
	must(t, err)
	put(t, story, string(before)+"\n\nUne phrase ajoutée.\n")
	b.until(`document.body.textContent.includes("Une phrase ajoutée.")`)
	b.is(`window.same === 1 && document.activeElement === link && scrollY === 200`)

	toml := p.at("data/programmes/label/participants.toml")
	records, err := os.ReadFile(toml)
	must(t, err)
	put(t, toml, strings.Replace(string(records), `trade = "boulangerie"`, `trade = "boulangerir"`, 1))
	b.until(over + `?.textContent.includes("data/programmes/label/participants.toml:")`)
	b.is(over + `.textContent.includes("unknown-ref") && ` + over + `.querySelector("mark").textContent.includes("boulangerir")`)
	b.is(`document.body.textContent.includes("Une phrase ajoutée.")`)
	put(t, toml, strings.Replace(string(records), `name = "Au Bon Pain"`, `name = "Au Meilleur Pain"`, 1))
	b.until(`document.querySelector("h1").textContent.includes("Au Meilleur Pain") && document.title.includes("Au Meilleur Pain")`)
	b.is(over + `.querySelectorAll(".sheet.open").length === 0`)

	// A dead link is said on its page.
	put(t, story, string(before)+"\n\n[nulle part](/nulle-part/)\n")
	b.until(over + `?.textContent.includes("dead-link")`)
	put(t, story, string(before))
	b.until(`!` + over + `.textContent.includes("dead-link")`)

	// The site's colours, and a layout of its own.
	conf, err := os.ReadFile(p.at("data/site.toml"))
	must(t, err)
	put(t, p.at("data/site.toml"), string(conf)+"\n[design.colors.paper]\nrgb = \"#00ff00\"\ncmyk = [60, 0, 100, 0]\n")
	b.until(`getComputedStyle(document.documentElement).getPropertyValue("--paper").trim() === "#00ff00"`)
	put(t, p.at("themes/default/layouts/_footer.html"), `<footer id="mine">Un pied</footer>`)
	b.until(`document.getElementById("mine")?.textContent === "Un pied"`)
	put(t, p.at("themes/default/layouts/_footer.html"), `<footer id="mine">{{.Nothing</footer>`)
	b.until(over + `?.textContent.includes("themes/default/layouts/_footer.html:1")`)
	b.is(`document.getElementById("mine").textContent === "Un pied"`)
	must(t, os.RemoveAll(p.at("themes")))
	b.until(`!document.getElementById("mine") && ` + over + `.querySelectorAll(".sheet.open").length === 0`)
	b.is(`window.same === 1`)
	b.quiet()
}

// TestBrowserAccessibility runs axe on the overlay, and on what stands in a site's place.
func TestBrowserAccessibility(t *testing.T) {
	folder := os.Getenv("VITRINE_NODE_MODULES")
	if folder == "" {
		folder = "../../node_modules"
	}
	axe, err := os.ReadFile(filepath.Join(folder, "axe-core", "axe.min.js"))
	switch {
	case err == nil:
	case os.Getenv("VITRINE_REQUIRE_TOOLS") == "1":
		t.Fatal(err, ", and VITRINE_REQUIRE_TOOLS=1")
	default:
		t.Skip("axe-core is not installed: npm install axe-core, in the folder that VITRINE_NODE_MODULES names")
	}
	look := func(b *tab, where string) {
		t.Helper()
		if _, err := chromedp.Run(b.ctx, chromedp.Evaluate[chromedp.Void](string(axe))); err != nil {
			t.Fatal(err)
		}
		found := js[[]string](b, `axe.run(`+where+`).then(r => [String(r.passes.length), ...r.violations.map(v => [v.id, v.help, ...v.nodes.map(n => n.target.join(" ") + " " + n.failureSummary)].join("\n\t"))])`)
		for _, x := range found[1:] {
			t.Error(x)
		}
		if len(found[0]) < 2 && found[0] < "5" {
			t.Errorf("only %s rules passed: axe did not see it", found[0])
		}
	}
	const here = `document.querySelector("vitrine-live")`
	p := richSite(t)
	for _, width := range []int{1280, 360} {
		put(t, p.at("data/x.toml"), "un = 1\n")
		b := browse(t, p.url, width)
		b.follows()
		put(t, p.at("data/x.toml"), "un = \"BROKEN\" # <b>\nODD\n")
		b.until(over + `?.querySelector("[role=alert].open")`)
		look(b, here)
		b.do(over + `.querySelector(".fold").click()`)
		look(b, here)
		b.do(over + `.querySelector(".pill.warnings").click()`)
		look(b, here)
	}
	b := browse(t, serving(t, map[string]string{"content/index.md": "BROKEN"}).url, 360)
	b.until(`document.querySelector("h1")`)
	look(b, "")
}
