package serve

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"vitrine/internal/diag"
)

// reply is what a request got.
type reply struct {
	status int
	header http.Header
	body   string
}

var client = &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }, Timeout: limit}

func (p *preview) ask(method, path string, headers ...string) reply {
	p.Helper()
	base := strings.TrimSuffix(p.url, p.base+"/")
	r, err := http.NewRequest(method, base+path, nil)
	must(p, err)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
		if headers[i] == "Host" {
			r.Host = headers[i+1]
		}
	}
	resp, err := client.Do(r)
	must(p, err)
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	must(p, err)
	return reply{resp.StatusCode, resp.Header, string(body)}
}

var small = map[string]string{
	"content/index.md": "<h1>Accueil</h1>", "content/a/b.md": "<h1>B</h1>", "content/404.md": "<h1>Rien</h1>",
	"static/site.css": "a{}", "static/été.png": "png", "static/doc.pdf": "0123456789",
}

func TestAnswers(t *testing.T) {
	p := serving(t, small)
	for _, c := range []struct {
		method, path string
		headers      []string
		status       int
		want         map[string]string // header → value
		has          string
	}{
		{"GET", "/", nil, 200, map[string]string{"Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff", "Cross-Origin-Resource-Policy": "same-origin"}, "<h1>Accueil</h1>"},
		{"GET", "/", nil, 200, nil, `<head><script src="/.vitrine/live.js?`},
		{"GET", "/?x=1", nil, 200, nil, "Accueil"},
		{"GET", "/a/b/", nil, 200, nil, "<h1>B</h1>"},
		{"GET", "/a/b", nil, 307, map[string]string{"Location": "/a/b/", "Cache-Control": "no-store"}, ""},
		{"GET", "/a/b?q=2", nil, 307, map[string]string{"Location": "/a/b/?q=2"}, ""},
		{"GET", "/a/b/index.html", nil, 307, map[string]string{"Location": "/a/b/"}, ""},
		{"GET", "/index.html", nil, 307, map[string]string{"Location": "/"}, ""},
		{"GET", "/nowhere/", nil, 404, map[string]string{"Content-Type": "text/html; charset=utf-8"}, "<h1>Rien</h1>"},
		{"GET", "/nowhere/", nil, 404, nil, `data-kind="missing"`},
		{"GET", "/a/../../../etc/passwd", nil, 404, nil, "Rien"},
		{"GET", "//evil.example", nil, 404, nil, "Rien"},
		{"GET", "/.vitrine/nothing", nil, 404, nil, "Rien"},
		{"GET", "/.vitrine/kit/", nil, 404, nil, "Rien"},
		{"GET", "/content/index.md", nil, 404, nil, "Rien"},
		{"GET", "/site.css", nil, 200, map[string]string{"Content-Type": "text/css; charset=utf-8", "Cache-Control": "no-cache"}, "a{}"},
		{"GET", "/%C3%A9t%C3%A9.png", nil, 200, map[string]string{"Content-Type": "image/png"}, "png"},
		{"GET", "/doc.pdf", []string{"Range", "bytes=2-4"}, 206, map[string]string{"Content-Range": "bytes 2-4/10"}, "234"},
		{"GET", "/.vitrine/live.js", nil, 200, map[string]string{"Content-Type": "text/javascript; charset=utf-8"}, "EventSource"},
		{"POST", "/", nil, 405, map[string]string{"Allow": "GET, HEAD"}, ""},
		{"OPTIONS", "/", nil, 405, nil, ""},
		{"DELETE", "/a/b/", []string{"Origin", "http://evil.example"}, 403, nil, ""},
		{"POST", "/", []string{"Sec-Fetch-Site", "cross-site"}, 403, nil, ""},
		{"GET", "/", []string{"Host", "evil.example"}, 403, nil, "ne répond qu’à ses propres adresses"},
		{"GET", "/.vitrine/live.js", []string{"Host", "evil.example"}, 403, nil, ""},
		{"GET", "/.vitrine/events?page=/", []string{"Host", "evil.example"}, 403, nil, ""},
		{"GET", "/.vitrine/events?page=/", []string{"Origin", "http://evil.example"}, 403, nil, ""},
		{"GET", "/.vitrine/events?page=/", []string{"Sec-Fetch-Site", "cross-site"}, 403, nil, ""},
		{"GET", "/.vitrine/events?page=/", []string{"Sec-Fetch-Site", "same-site"}, 403, nil, ""},
		{"GET", "/", []string{"Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate"}, 200, nil, "Accueil"}, // a link in a mail
	} {
		got := p.ask(c.method, c.path, c.headers...)
		if got.status != c.status || !strings.Contains(got.body, c.has) {
			t.Errorf("%s %s %v: %d, want %d\n%.300s", c.method, c.path, c.headers, got.status, c.status, got.body)
		}
		for k, v := range c.want {
			if got.header.Get(k) != v {
				t.Errorf("%s %s: %s is %q, want %q", c.method, c.path, k, got.header.Get(k), v)
			}
		}
		if got.status == 403 && strings.Contains(got.body, "h1") {
			t.Errorf("%s %s gives away %q", c.method, c.path, got.body)
		}
	}
}

func TestUnchangedIsNotSentAgain(t *testing.T) {
	p := serving(t, small)
	for _, path := range []string{"/", "/site.css", "/doc.pdf", "/.vitrine/live.js"} {
		first := p.ask("GET", path)
		etag := first.header.Get("ETag")
		if etag == "" {
			t.Fatalf("%s has no ETag", path)
		}
		if again := p.ask("GET", path, "If-None-Match", etag); again.status != 304 || again.body != "" {
			t.Errorf("%s again: %d %q", path, again.status, again.body)
		}
		head := p.ask("HEAD", path)
		if head.status != 200 || head.body != "" || head.header.Get("Content-Length") != first.header.Get("Content-Length") {
			t.Errorf("HEAD %s: %d %v", path, head.status, head.header)
		}
	}
	before := p.ask("GET", "/").header.Get("ETag")
	put(t, p.at("content/index.md"), "<h1>Autre</h1>")
	p.same("the change")
	p.until("the page is served anew", func() bool { return p.ask("GET", "/").header.Get("ETag") != before })
	if got := p.ask("GET", "/", "If-None-Match", before); got.status != 200 || !strings.Contains(got.body, "Autre") {
		t.Errorf("%d %s", got.status, got.body)
	}
}

func TestBelowAPath(t *testing.T) {
	p := serving(t, small, func(_ *Options, m *mirror) { m.base = "/label" })
	if !strings.HasSuffix(p.url, "/label/") {
		t.Error(p.url)
	}
	for path, want := range map[string]string{
		"/": "307 /label/", "/label": "307 /label/", "/label/": "200", "/label/a/b": "307 /label/a/b/", "/label/a/b/": "200", "/label/a/b/index.html": "307 /label/a/b/",
		"/a/b/": "404", "/labels/": "404", "/label/nowhere/": "404", "/label/site.css": "200", "/site.css": "404", "/.vitrine/live.js": "200",
	} {
		got := p.ask("GET", path)
		if text := strings.TrimSpace(itoa(got.status) + " " + got.header.Get("Location")); text != want {
			t.Errorf("%s: %s, want %s", path, text, want)
		}
	}
	put(t, p.at("static/site.css"), "b{}")
	s := p.stream("/label/a/b/")
	if st := s.next(); st.Kind != page {
		t.Errorf("%+v", st)
	}
	p.ask("GET", "/label/site.css")
	put(t, p.at("static/site.css"), "c{}")
	if st := s.next(); len(st.Changed) != 1 || st.Changed[0] != "/label/site.css" {
		t.Errorf("%+v", st.Changed)
	}
}

// TestNoSiteYet: with nothing that is right to show, what is wrong is shown.
func TestNoSiteYet(t *testing.T) {
	p := serving(t, map[string]string{"content/index.md": "<h1>x</h1>\nun BROKEN <i>mot</i>\n"})
	for _, path := range []string{"/", "/a/b/", "/site.css"} {
		got := p.ask("GET", path)
		if got.status != 500 || got.header.Get("ETag") != "" {
			t.Errorf("%s: %d %v", path, got.status, got.header)
		}
		doc, err := html.Parse(strings.NewReader(got.body))
		must(t, err)
		text := words1(doc)
		for _, want := range []string{"Le site ne peut pas encore être montré", "1 erreur", "content/index.md:2:4", "un BROKEN <i>mot</i>", "bad-url"} {
			if !strings.Contains(text, want) {
				t.Errorf("%q is not on the page: %s", want, text)
			}
		}
	}
	put(t, p.at("content/index.md"), "<h1>y</h1>")
	p.until("the site is served", func() bool { return p.ask("GET", "/").status == 200 })
}

// words1 is the text of a page.
func words1(n *html.Node) string {
	if n.Type == html.TextNode {
		return n.Data
	}
	if n.Data == "style" || n.Data == "script" {
		return ""
	}
	var b strings.Builder
	for c := range n.ChildNodes() {
		b.WriteString(words1(c))
	}
	return b.String()
}

// TestTheLastGoodSiteStays, and the last good form of a page that cannot be made.
func TestTheLastGoodSiteStays(t *testing.T) {
	p := serving(t, small)
	s := p.stream("/a/b/")
	before := s.next()
	put(t, p.at("content/index.md"), "BROKEN")
	st := s.next()
	if st.ErrorCount != 1 || st.Errors[0].Place != "content/index.md:1:1" || st.Version != before.Version || st.Kind != page {
		t.Errorf("%+v", st)
	}
	if got := p.ask("GET", "/"); got.status != 200 || !strings.Contains(got.body, "Accueil") {
		t.Errorf("%d %s", got.status, got.body)
	}
	put(t, p.at("content/index.md"), "<h1>Bon</h1>")
	if st := s.next(); st.ErrorCount != 0 || st.Version != before.Version {
		t.Errorf("%+v", st)
	}

	p.ask("GET", "/a/b/")
	p.mu.Lock()
	p.list = map[string]diag.List{"/a/b/": {diag.New(diag.TemplateRun, diag.Span{File: "content/a/b.md"}, "reason", "x")}}
	p.mu.Unlock()
	put(t, p.at("content/a/b.md"), "")
	st = s.next()
	if st.Kind != page || st.Version != before.Version || st.ErrorCount != 1 {
		t.Errorf("%+v", st)
	}
	if got := p.ask("GET", "/a/b/"); got.status != 200 || !strings.Contains(got.body, "<h1>B</h1>") {
		t.Errorf("%d %s", got.status, got.body)
	}
}

func TestAPageThatWasNeverRight(t *testing.T) {
	p := serving(t, small, func(_ *Options, m *mirror) {
		m.list = map[string]diag.List{"/a/c/": {diag.New(diag.TemplateRun, diag.Span{File: "content/a/c.md"}, "reason", "x")}}
	})
	put(t, p.at("content/a/c.md"), "")
	p.until("the page is there", func() bool { return p.ask("GET", "/a/c/").status == 500 })
	got := p.ask("GET", "/a/c/")
	if !strings.Contains(got.body, "Cette page ne peut pas être montrée") || !strings.Contains(got.body, "template-run") {
		t.Error(got.body)
	}
	if st := p.stream("/a/c/").next(); st.Kind != broken || !strings.Contains(got.body, `data-version="`+st.Version+`"`) {
		t.Errorf("%+v", st)
	}
}

// events is an open stream of states.
type events struct {
	*preview
	lines *bufio.Scanner
}

func (p *preview) stream(page string, query ...string) *events {
	p.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	p.Cleanup(cancel)
	base := strings.TrimSuffix(p.url, p.base+"/")
	r, err := http.NewRequestWithContext(ctx, "GET", base+eventsAddress+"?page="+page+strings.Join(query, ""), nil)
	must(p, err)
	resp, err := http.DefaultClient.Do(r)
	must(p, err)
	p.Cleanup(func() { resp.Body.Close() })
	if resp.StatusCode != 200 || resp.Header.Get("Content-Type") != "text/event-stream" {
		p.Fatalf("%d %v", resp.StatusCode, resp.Header)
	}
	lines := bufio.NewScanner(resp.Body)
	lines.Buffer(nil, 1<<20)
	return &events{p, lines}
}

func (e *events) next() (st state) {
	e.Helper()
	for e.lines.Scan() {
		if data, ok := strings.CutPrefix(e.lines.Text(), "data: "); ok {
			must(e, json.Unmarshal([]byte(data), &st))
			return st
		}
	}
	e.Fatal("the stream ended: ", e.lines.Err())
	return st
}

func TestStream(t *testing.T) {
	p := serving(t, small)
	s, other := p.stream("/a/b/"), p.stream("/")
	first, _ := s.next(), other.next()
	if first.Kind != page || first.Version == "" || first.Live != liveVersion || first.Run == "" || len(first.Changed) > 0 {
		t.Errorf("%+v", first)
	}
	put(t, p.at("content/a/b.md"), "ODD\ntwo")
	st := s.next()
	if st.Version == first.Version || st.Generation <= first.Generation || st.WarningCount != 1 || st.Warnings[0].Excerpt.Marked != "ODD" {
		t.Errorf("%+v", st)
	}
	if st := other.next(); st.WarningCount != 1 { // which is the site's
		t.Errorf("%+v", st)
	}
	// What does not concern the other page is not told to it.
	put(t, p.at("content/a/b.md"), "ODD\nthree")
	s.next()
	put(t, p.at("content/index.md"), "<h1>Two</h1>")
	if st := other.next(); st.Generation < 4 {
		t.Errorf("told of generation %d", st.Generation)
	}
	must(t, os.Remove(p.at("content/a/b.md")))
	if st := s.next(); st.Kind != missing {
		t.Errorf("%+v", st)
	}
	put(t, p.at("content/a/b.md"), "<h1>B</h1>")
	if st := s.next(); st.Kind != page || st.Version != first.Version {
		t.Errorf("%+v", st)
	}
}

func TestFilesThatChanged(t *testing.T) {
	p := serving(t, small)
	p.ask("GET", "/site.css")
	p.ask("GET", "/%C3%A9t%C3%A9.png")
	s := p.stream("/")
	first := s.next()
	put(t, p.at("static/site.css"), "b{}")
	st := s.next()
	if len(st.Changed) != 1 || st.Changed[0] != "/site.css" {
		t.Errorf("%v", st.Changed)
	}
	put(t, p.at("static/été.png"), "gnp")
	if st := s.next(); len(st.Changed) != 1 || st.Changed[0] != "/été.png" {
		t.Errorf("%v", st.Changed)
	}
	put(t, p.at("static/doc.pdf"), "which no page uses")
	put(t, p.at("content/index.md"), "x")
	if st := s.next(); len(st.Changed) != 0 {
		t.Errorf("%v", st.Changed)
	}
	// A page that listens again is told of what it missed; another server's knows nothing.
	if st := p.stream("/", "&run=", st.Run, "&generation=", itoa(first.Generation)).next(); len(st.Changed) != 2 {
		t.Errorf("%v", st.Changed)
	}
	if st := p.stream("/", "&run=other&generation=", itoa(first.Generation)).next(); st.Changed != nil {
		t.Errorf("%v", st.Changed)
	}
}

func TestStopsAtOnceWithPagesOpen(t *testing.T) {
	p := serving(t, small)
	for range 20 {
		p.stream("/").next()
	}
	start := time.Now()
	p.stop()
	if took := time.Since(start); took > limit/2 {
		t.Errorf("stopping took %v", took)
	}
	if _, err := client.Get(p.url); err == nil {
		t.Error("it still answers")
	}
}

func TestStopsWhileReading(t *testing.T) {
	release := make(chan struct{})
	p := serving(t, small)
	p.mu.Lock()
	p.block = release
	p.mu.Unlock()
	put(t, p.at("content/index.md"), "x")
	release <- struct{}{} // an update has begun
	put(t, p.at("content/index.md"), "y")
	p.stop()
	close(release)
}

func TestStreamsAreBounded(t *testing.T) {
	p := serving(t, small)
	for range maxStreams {
		p.stream("/").next()
	}
	if got := p.ask("GET", eventsAddress+"?page=/"); got.status != 503 {
		t.Errorf("one more: %d", got.status)
	}
}

// TestWhatIsWrongElsewhere: pages that nobody has open are looked at once nothing changes,
// and what is found goes with the file that it is about.
func TestWhatIsWrongElsewhere(t *testing.T) {
	dead := func(file string) diag.Diagnostic {
		return diag.New(diag.DeadLink, diag.Span{File: file}, "target", "/x/").As(diag.Error)
	}
	p := serving(t, small)
	s := p.stream("/a/b/")
	s.next()
	p.mu.Lock()
	p.check = diag.List{dead("content/a/b.md"), dead("content/index.md")}
	p.list = map[string]diag.List{"/a/b/": {dead("content/a/b.md")}}
	p.mu.Unlock()
	put(t, p.at("static/other.txt"), "x")
	st := s.next()
	for st.ErrorCount == 1 { // this page's own, which is told at once
		st = s.next()
	}
	if st.ErrorCount != 2 || len(st.Errors) != 2 || st.Stale || st.Kind != page {
		t.Errorf("%+v", st)
	}
	p.mu.Lock()
	p.check, p.list = nil, nil
	p.mu.Unlock()
	put(t, p.at("content/a/b.md"), "mended")
	if st := s.next(); st.ErrorCount != 1 || st.Errors[0].Place != "content/index.md" {
		t.Errorf("%+v", st)
	}
	if st := s.next(); st.ErrorCount != 0 {
		t.Errorf("%+v", st)
	}
	for {
		r := <-p.reports
		if r.Result.Diagnostics.Errors() == 2 && len(r.Names) == 0 {
			break
		}
	}
}
