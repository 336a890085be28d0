package acceptance

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// officePath is where the tests serve the kit's own pages, beside the site.
const officePath = "/@kit/"

// badPath is where they serve a page that must be found wanting.
const badPath = "/@bad/"

// patience is how long a page, or a question about it, may take before the browser is thought to be stuck. It
// lays out a word of 10,000 letters in a second or more, and a page may have forty.
var patience = 90 * time.Second

func init() {
	if os.Getenv("VITRINE_ALL") == "1" {
		patience = 10 * time.Minute
	}
}

// browser is the one Chromium of a run, and the servers it looks at, one a site.
type browser struct {
	ctx     context.Context
	servers sync.Map // *site → *httptest.Server
	stop    []func()
}

var (
	opening sync.Mutex
	opened  *browser
)

// open starts Chromium, once.
func open(t *testing.T) *browser {
	t.Helper()
	chromium := tool(t, "chromium", "chromium-browser", "google-chrome", "chrome")
	opening.Lock()
	defer opening.Unlock()
	if opened != nil {
		return opened
	}
	b := &browser{}
	opts := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(chromium), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true),
	)
	alloc, stop := chromedp.NewExecAllocator(context.Background(), opts...)
	b.stop = append(b.stop, stop)
	ctx, stop := chromedp.NewContext(alloc)
	b.stop = append(b.stop, stop)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatal("Chromium does not start: ", err)
	}
	b.ctx = ctx
	opened = b
	return b
}

// serve is the address of a site, and of its kit's own page.
func (b *browser) serve(s *site) string {
	if server, ok := b.servers.Load(s); ok {
		return server.(*httptest.Server).URL
	}
	mux := http.NewServeMux()
	mux.Handle("/", http.FileServer(http.Dir(s.public)))
	mux.Handle(officePath, http.StripPrefix(officePath, http.FileServer(http.Dir(s.kit))))
	mux.HandleFunc(badPath+"{$}", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write([]byte(badPage)) // a browser that hangs up is noticed by the visit
	})
	server := httptest.NewServer(mux)
	if first, known := b.servers.LoadOrStore(s, server); known {
		server.Close() // two tests at once: the first server stands
		return first.(*httptest.Server).URL
	}
	return server.URL
}

func closeBrowser() {
	if opened == nil {
		return
	}
	ctx, cancel := context.WithTimeout(opened.ctx, 10*time.Second)
	defer cancel()
	_ = chromedp.Cancel(ctx) // the run is over: there is no one left to tell
	for i := len(opened.stop) - 1; i >= 0; i-- {
		opened.stop[i]()
	}
	opened.servers.Range(func(_, server any) bool {
		server.(*httptest.Server).Close()
		return true
	})
}

// visit is a page in a tab of its own, with all that was asked and said while it loaded.
type visit struct {
	ctx  context.Context
	root string // the site's address

	mu       sync.Mutex
	requests []string
	said     []string
}

// visit opens a page in a window of that width. The cache is off: every visit is a first.
func (b *browser) visit(t *testing.T, v view, width int) *visit {
	t.Helper()
	p := b.tab(t)
	p.root = b.serve(v.site)
	p.do(t, cacheOff, chromedp.EmulateViewport(int64(width), 900))
	p.next(t, v.path)
	return p
}

// perTab is how many pages are seen in one tab: opening one takes longer than a page.
const perTab = 16

// tour sees the pages of a site in windows of that width, some of them one after the other in a tab, and
// tabs side by side.
func (b *browser) tour(t *testing.T, all []view, width int, see func(t *testing.T, p *visit, v view)) {
	t.Helper()
	for some := range slices.Chunk(all, perTab) {
		t.Run(fmt.Sprintf("%s/%d", name(some[0]), width), func(t *testing.T) {
			t.Parallel()
			p := b.visit(t, some[0], width)
			defer p.done()
			for i, v := range some {
				if i > 0 {
					p.next(t, v.path)
				}
				see(t, p, v)
			}
		})
	}
}

// tab opens an empty tab. The context of a tab's first call is the tab's: it closes with it.
func (b *browser) tab(t *testing.T) *visit {
	t.Helper()
	ctx, cancel := chromedp.NewContext(b.ctx)
	t.Cleanup(cancel)
	p := &visit{ctx: ctx}
	if err := chromedp.Listen(ctx, p.hear); err != nil {
		t.Fatal(err)
	}
	stuck := time.AfterFunc(patience, cancel)
	if err := chromedp.Do(ctx); !stuck.Stop() || err != nil {
		t.Fatal("no tab opens: ", err)
	}
	return p
}

// next goes to another page of the site in the same tab, and forgets what was asked and said before: for
// many pages, since a tab takes longer to open than a page.
func (p *visit) next(t *testing.T, path string) {
	t.Helper()
	p.mu.Lock()
	p.requests, p.said = nil, nil
	p.mu.Unlock()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, chromedp.Navigate(p.root+path), fontsReady); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
}

var fontsReady = chromedp.Evaluate[chromedp.Void](`document.fonts.ready.then(() => true)`, chromedp.EvalAwaitPromise)

// done closes the tab before the test ends: hundreds of open ones are too many.
func (p *visit) done() { _ = chromedp.Cancel(p.ctx) }

func cacheOff(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
	_, err := cdp.Call(ctx, t, network.SetCacheDisabled, network.SetCacheDisabledParams{CacheDisabled: true})
	return chromedp.Void{}, err
}

// hear runs in the loop that reads the browser's messages, and must be quick.
func (p *visit) hear(ev any) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch ev := ev.(type) {
	case *network.EventRequestWillBeSent:
		p.requests = append(p.requests, ev.Request.URL)
	case *runtime.EventExceptionThrown:
		p.said = append(p.said, "exception: "+ev.ExceptionDetails.Text)
	case *runtime.EventConsoleAPICalled:
		p.said = append(p.said, fmt.Sprint("console.", ev.Type))
	case *log.EventEntryAdded:
		// The browser asks for /favicon.ico of its own accord where a page names no icon.
		if ev.Entry.Level == log.EntryLevelError && !strings.HasSuffix(ev.Entry.URL, "/favicon.ico") {
			p.said = append(p.said, ev.Entry.Text+" "+ev.Entry.URL)
		}
	}
}

// asked are the addresses that the page asked for, and what the console said.
func (p *visit) asked() (requests, said []string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]string(nil), p.requests...), append([]string(nil), p.said...)
}

func evaluate[T any](t *testing.T, p *visit, expression string) T {
	t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// widths are those of a desk and of a phone.
var widths = []int{1280, 360}

// TestAccessibility runs axe on every kind of page: of the repository's own site on a desk and on a phone. The
// examples share its layouts: of them, only a kind that it has not is seen, once, on a phone. VITRINE_ALL=1 looks
// at all of them, everywhere.
func TestAccessibility(t *testing.T) {
	axe := readAxe(t)
	b := open(t)
	see := func(t *testing.T, p *visit, v view) {
		for _, x := range violations(t, p, axe) {
			t.Errorf("%s: %s", v.path, x)
		}
	}
	seen := map[string]bool{}
	for _, v := range views(t, builtSite(t)) {
		seen[v.kind] = true
	}
	each(t, func(t *testing.T, s *site) {
		all, at := views(t, s), widths
		if s.name != own && os.Getenv("VITRINE_ALL") != "1" {
			at = widths[1:]
			all = slices.DeleteFunc(all, func(v view) bool {
				was := seen[v.kind]
				seen[v.kind] = true
				return was
			})
		}
		for _, width := range at {
			b.tour(t, all, width, see)
		}
	})
}

func readAxe(t *testing.T) string {
	t.Helper()
	axe, err := os.ReadFile(module(t, "axe-core/axe.min.js"))
	if err != nil {
		t.Fatal(err)
	}
	return string(axe)
}

// violations are what axe finds in the page, each with the elements that it concerns.
func violations(t *testing.T, p *visit, axe string) []string {
	t.Helper()
	p.do(t, chromedp.Evaluate[chromedp.Void](axe))
	found := evaluate[string](t, p, `axe.run().then(r => JSON.stringify({
		passes: r.passes.length,
		violations: r.violations.map(v => [v.id, v.help, ...v.nodes.map(n => n.target.join(" ") + " " + n.failureSummary)].join("\n\t"))}))`)
	var report struct {
		Passes     int
		Violations []string
	}
	if err := json.Unmarshal([]byte(found), &report); err != nil {
		t.Fatal(err)
	}
	if report.Passes < 5 {
		t.Errorf("only %d rules passed: axe did not see the page", report.Passes)
	}
	return report.Violations
}

// narrow is the smallest screen that a page must fit without sideways scrolling.
const narrow = 320

// TestPages holds every kind of page to what the site promises: nothing is asked of
// anyone else, nothing is wrong in the console, no script but the site's two, and no sideways scrolling.
func TestPages(t *testing.T) {
	b := open(t)
	each(t, func(t *testing.T, s *site) {
		b.tour(t, views(t, s), narrow, func(t *testing.T, p *visit, v view) {
			for _, c := range complaints(t, p) {
				t.Errorf("%s: %s", v.path, c)
			}
		})
	})
}

// complaints are the promises that a page does not keep.
func complaints(t *testing.T, p *visit) []string {
	t.Helper()
	requests, out := p.asked()
	if len(requests) == 0 {
		t.Error("no request was seen: the test hears nothing")
	}
	for _, r := range requests {
		if !strings.HasPrefix(r, p.root+"/") && !strings.HasPrefix(r, "data:") {
			out = append(out, "a request leaves the site: "+r)
		}
	}
	if n := evaluate[int](t, p, `[...document.scripts].filter(s => s.type != "application/ld+json" && !(`+ourScript+`)).length`); n > 0 {
		out = append(out, fmt.Sprintf("scripts: %d", n))
	}
	if n := evaluate[int](t, p, `[...document.querySelectorAll("*")].filter(e => [...e.attributes].some(a => /^on/i.test(a.name))).length`); n > 0 {
		out = append(out, fmt.Sprintf("event handlers: %d", n))
	}
	if w := evaluate[int](t, p, `document.documentElement.scrollWidth`); w > narrow {
		wide := evaluate[string](t, p, `(() => { const over = e => e.getBoundingClientRect().right > `+strconv.Itoa(narrow)+` + 1; return [...document.querySelectorAll("body *")].filter(e => over(e) && ![...e.children].some(over)).slice(0, 8).map(e => (e.closest("[class]")?.getAttribute("class") ?? "") + " " + e.tagName).join(", ") })()`)
		out = append(out, fmt.Sprintf("too wide by %d px: %s", w-narrow, wide))
	}
	return out
}

// ourScript tells of a script s whether it is one that a site has, from a file of the site's own, once it can
// have the whole page: the search, on a page with a list to search in; whether a door is open, on one with hours.
const ourScript = `s.defer && s.text == "" && document.querySelectorAll("script[src]").length == 1 && (
	s.src == location.origin + "/assets/find.js" && document.querySelectorAll("#find").length == 1 ||
	s.src == location.origin + "/assets/hours.js" && document.querySelectorAll("[data-hours]").length == 1)`

// badPage breaks every promise at once.
const badPage = `<!doctype html><html><head><title>x</title></head><body>
<img src="http://127.0.0.1:1/elsewhere.png"><p style="color:#eee;background:#fff">pale</p>
<div style="width:900px" onclick="x()">wide</div><img src="missing.png" alt="">
<script>console.log("hello")</script><script src="/assets/find.js" defer></script></body></html>`

// TestTheTestsCanFail shows the checks a page that breaks every promise: what finds
// nothing there would find nothing anywhere.
func TestTheTestsCanFail(t *testing.T) {
	axe := readAxe(t)
	b := open(t)
	p := b.visit(t, view{site: builtSite(t), path: badPath}, narrow)
	defer p.done()
	found := strings.Join(append(complaints(t, p), violations(t, p, axe)...), "\n")
	for _, want := range []string{
		"a request leaves the site: http://127.0.0.1:1/elsewhere.png", "404", "console.log", "scripts: 2", "event handlers: 1", "too wide by",
		"image-alt", "html-has-lang", "color-contrast",
	} {
		if !strings.Contains(found, want) {
			t.Errorf("%q is not found on a page that has it:\n%s", want, found)
		}
	}
}

// name is what a subtest is called: the kind, and the address where there are several.
func name(v view) string {
	if os.Getenv("VITRINE_ALL") == "1" {
		return v.kind + v.path
	}
	return v.kind
}

// local is the file behind a request to the server.
func (p *visit) local(s *site, request string) (string, bool) {
	u, err := url.Parse(request)
	if err != nil || !strings.HasPrefix(request, p.root) {
		return "", false
	}
	name := u.Path
	dir := s.public
	if rest, ok := strings.CutPrefix(name, officePath); ok {
		dir, name = s.kit, "/"+rest
	}
	if strings.HasSuffix(name, "/") {
		name += "index.html"
	}
	return dir + name, true
}
