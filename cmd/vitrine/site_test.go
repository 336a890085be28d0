package main

import (
	"bytes"
	"encoding/json"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"
)

// vitrine runs the program inside the test, and returns its status and what it said.
func vitrine(t testing.TB, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	w := &world{
		stdout: &out, stderr: &errs,
		env: func(string) string { return "" },
		now: func() time.Time { return time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC) },
	}
	code = w.run(args)
	return code, out.String(), errs.String()
}

// buildSite builds a site, which must be right.
func buildSite(t testing.TB, dir string, args ...string) result {
	t.Helper()
	code, stdout, stderr := vitrine(t, append([]string{"build", "--site", dir, "--date", "2026-11-21", "--json"}, args...)...)
	var r result
	if err := json.Unmarshal([]byte(stdout), &r); err != nil || code != 0 {
		t.Fatalf("exit status %d: %v\n%s%s", code, err, stderr, stdout)
	}
	return r
}

// ownSite copies the repository's own site, so that the tests leave the original alone.
func ownSite(t testing.TB) string {
	t.Helper()
	return siteCopy(t, "../..")
}

func siteCopy(t testing.TB, from string) string {
	t.Helper()
	dir := t.TempDir()
	for _, part := range []string{"content", "data", "static"} {
		if part != "data" {
			if _, err := os.Stat(filepath.Join(from, part)); os.IsNotExist(err) {
				continue
			}
		}
		if err := copyTree(filepath.Join(from, part), filepath.Join(dir, part)); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// page is a page of a built site.
type page struct {
	file string
	base string // the site's address
	root *html.Node
	ids  map[string]int
}

// TestSites builds the repository's site and its examples with their kits, and reads every
// page of them.
func TestSites(t *testing.T) {
	if testing.Short() {
		t.Skip("builds whole sites")
	}
	examples, err := filepath.Glob("../../examples/*/data")
	if err != nil {
		t.Fatal(err)
	}
	t.Run("own", func(t *testing.T) {
		dir := ownSite(t)
		r, pages, public := wholeSite(t, dir)
		t.Run("counts", func(t *testing.T) { counts(t, r, pages) })
		t.Run("codes", func(t *testing.T) { codes(t, r, public, 61) })
		t.Run("twice", func(t *testing.T) { twice(t, dir) })
	})
	for _, data := range examples {
		from := filepath.Dir(data)
		t.Run(filepath.Base(from), func(t *testing.T) {
			dir := siteCopy(t, from)
			r, _, public := wholeSite(t, dir)
			codes(t, r, public, 0)
			twice(t, dir)
		})
	}
}

var baseURL = regexp.MustCompile(`(?m)^base_url = "(.*)"$`)

// wholeSite builds a site, which must have no error, and holds its pages to what every page
// is held to.
func wholeSite(t *testing.T, dir string) (result, map[string]*page, map[string]string) {
	t.Helper()
	r := buildSite(t, dir)
	for _, d := range r.Diagnostics {
		if d.Severity == "error" {
			t.Errorf("%s:%d: %s", d.File, d.Line, d.Message)
		}
	}
	settings, err := os.ReadFile(filepath.Join(dir, "data", "site.toml"))
	if err != nil {
		t.Fatal(err)
	}
	base := baseURL.FindSubmatch(settings)
	if base == nil {
		t.Fatal("site.toml has no base_url")
	}
	public, err := files(filepath.Join(dir, "public"))
	if err != nil {
		t.Fatal(err)
	}
	pages := map[string]*page{}
	for name, data := range public {
		if !strings.HasSuffix(name, ".html") {
			continue
		}
		root, err := html.Parse(strings.NewReader(data))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		p := &page{file: name, root: root, base: string(base[1]), ids: map[string]int{}}
		each(root, func(n *html.Node) {
			if id := attr(n, "id"); id != "" {
				p.ids[id]++
			}
		})
		pages[name] = p
	}
	t.Run("links", func(t *testing.T) {
		for _, p := range pages {
			links(t, p, pages, public)
		}
	})
	t.Run("pages", func(t *testing.T) {
		for _, p := range pages {
			whole(t, p, public)
		}
	})
	return r, pages, public
}

// twice builds a site again, elsewhere and in its place: the same bytes, and nothing to do.
func twice(t *testing.T, dir string) {
	other := t.TempDir()
	buildSite(t, dir, "--public", filepath.Join(other, "public"), "--kit", filepath.Join(other, "kit"), "--jobs", "1")
	for _, name := range []string{"public", "kit"} {
		a, err := files(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		b, err := files(filepath.Join(other, name))
		if err != nil {
			t.Fatal(err)
		}
		if diff := different(a, b); len(diff) > 0 {
			t.Errorf("%s differs: %s", name, strings.Join(diff, ", "))
		}
	}
	again := buildSite(t, dir, "--only", "site")
	for _, o := range again.Outputs {
		if o.Status != "unchanged" {
			t.Errorf("%s is %s by a build with nothing new", o.Path, o.Status)
		}
	}
}

// counts holds the site and the kit to one number: 61 labelled, 61 diplomas, 61
// stickers, 61 posters.
func counts(t *testing.T, r result, pages map[string]*page) {
	const programme, labelled = "eco-defis", 61
	fiches := map[string]bool{}
	for name, shown := range pages {
		if p, ok := strings.CutPrefix(name, programme+"/artisans/"); ok && strings.Count(p, "/") == 1 && !moved(shown) {
			fiches[strings.TrimSuffix(p, "/index.html")] = true
		}
	}
	for _, d := range []string{"commune", "theme", "defi", "metier", "edition"} {
		delete(fiches, d)
	}
	if len(fiches) != labelled {
		t.Errorf("%d participants have a page, want %d", len(fiches), labelled)
	}
	listed := map[string]bool{}
	for name, p := range pages {
		rest, ok := strings.CutPrefix(name, programme+"/artisans/")
		if !ok || rest != "index.html" && !strings.HasPrefix(rest, "page/") {
			continue
		}
		each(p.root, func(n *html.Node) {
			if id, ok := strings.CutPrefix(attr(n, "href"), "/"+programme+"/artisans/"); ok && fiches[strings.TrimSuffix(id, "/")] {
				listed[strings.TrimSuffix(id, "/")] = true
			}
		})
	}
	if len(listed) != labelled {
		t.Errorf("%d participants are listed, want %d", len(listed), labelled)
	}
	pieces := map[string]int{}
	for _, o := range r.Outputs {
		if p, ok := strings.CutPrefix(o.Path, "kit/"+programme+"/"); ok && o.Subject != "" && strings.HasSuffix(p, ".pdf") {
			pieces[strings.Split(p, "/")[0]]++
			if !strings.HasPrefix(o.Subject, "award/") && !strings.HasPrefix(o.Subject, "edition/") && strings.Contains(strings.TrimPrefix(p, "office/"), "/") {
				t.Errorf("%s is for %s", o.Path, o.Subject)
			}
		}
	}
	for _, id := range []string{"diploma", "sticker", "poster-participant"} {
		if pieces[id] != labelled {
			t.Errorf("%d files of %s, want %d (%v)", pieces[id], id, labelled, pieces)
		}
	}
}

// moved reports a page that only leads to another.
func moved(p *page) bool {
	away := false
	each(p.root, func(n *html.Node) { away = away || n.Data == "meta" && attr(n, "http-equiv") == "refresh" })
	return away
}

// links resolves every address of a page to a file of the site, and every fragment to
// an id.
func links(t *testing.T, p *page, pages map[string]*page, public map[string]string) {
	here := "/" + strings.TrimSuffix(p.file, "index.html")
	check := func(where, target string, fetched bool) {
		u, err := url.Parse(target)
		if err != nil {
			t.Errorf("%s: %s %q: %v", p.file, where, target, err)
			return
		}
		if u.Scheme != "" || u.Host != "" {
			if fetched {
				t.Errorf("%s: %s asks another host for %s", p.file, where, target)
			} else if !slices.Contains([]string{"https", "http", "mailto", "tel", "geo"}, u.Scheme) {
				t.Errorf("%s: %s leads to %s", p.file, where, target)
			}
			return
		}
		at := here
		if u.Path != "" {
			at = path.Join(path.Dir(here+"x"), u.Path)
			if strings.HasPrefix(u.Path, "/") {
				at = u.Path
			} else if strings.HasSuffix(u.Path, "/") {
				at += "/"
			}
		}
		file := strings.TrimPrefix(at, "/")
		if file == "" || strings.HasSuffix(file, "/") {
			file += "index.html"
		}
		if _, ok := public[file]; !ok {
			t.Errorf("%s: %s leads to %s, which is not there", p.file, where, target)
			return
		}
		if u.Fragment != "" {
			if q, ok := pages[file]; !ok || q.ids[u.Fragment] == 0 {
				t.Errorf("%s: %s: no #%s in %s", p.file, where, u.Fragment, file)
			}
		}
	}
	each(p.root, func(n *html.Node) {
		where := "<" + n.Data + ">"
		for _, a := range n.Attr {
			switch a.Key {
			case "href":
				rel := strings.Fields(attr(n, "rel"))
				if n.Data == "link" && slices.Contains(rel, "canonical") {
					continue
				}
				check(where, a.Val, n.Data == "link" || n.Data == "use" || n.Data == "image")
			case "src", "poster", "data", "action", "formaction", "background":
				check(where, a.Val, true)
			case "srcset":
				for one := range strings.SplitSeq(a.Val, ",") {
					check(where, strings.Fields(one)[0], true)
				}
			case "style":
				if strings.Contains(a.Val, "url(") {
					t.Errorf("%s: %s has a style that fetches: %s", p.file, where, a.Val)
				}
			}
			if strings.HasPrefix(a.Key, "on") {
				t.Errorf("%s: %s has an event handler %s", p.file, where, a.Key)
			}
			if (a.Key == "aria-labelledby" || a.Key == "aria-describedby" || a.Key == "for") && p.ids[a.Val] == 0 {
				t.Errorf("%s: %s: %s names no id %q", p.file, where, a.Key, a.Val)
			}
		}
		// The scripts are the search, on the pages of lists, and whether it is open, on those of hours.
		ours := n.FirstChild == nil && (p.ids["find"] > 0 && attr(n, "src") == "/assets/find.js" ||
			strings.Contains(public[p.file], ` data-hours="`) && attr(n, "src") == "/assets/hours.js")
		if n.Data == "script" && attr(n, "type") != "application/ld+json" && !ours {
			t.Errorf("%s has a script", p.file)
		}
		if n.Data == "style" && strings.Contains(words(n), "url(") {
			t.Errorf("%s has a style sheet that fetches", p.file)
		}
		if n.Data == "meta" && attr(n, "property") == "og:image" {
			if rest, ok := strings.CutPrefix(attr(n, "content"), p.base); !ok || public[strings.TrimPrefix(rest, "/")] == "" {
				t.Errorf("%s: og:image %s is not there", p.file, attr(n, "content"))
			}
		}
	})
}

// traces are what templates, numbers and lookups leave behind when something failed.
var traces = []string{"undefined", "{{", "<no value>", "&lt;no value&gt;", "%!", "ZgotmplZ", "<nil>", "&lt;nil&gt;", "map[", "NaN", "0001-01-01", "[object"}

// whole holds a page to what every page has.
func whole(t *testing.T, p *page, public map[string]string) {
	source := public[p.file]
	for _, trace := range traces {
		if i := strings.Index(source, trace); i >= 0 {
			t.Errorf("%s holds %q: …%s…", p.file, trace, source[max(0, i-40):min(len(source), i+40)])
		}
	}
	for id, n := range p.ids {
		if n > 1 {
			t.Errorf("%s: the id %q stands %d times", p.file, id, n)
		}
	}
	found := map[string]int{}
	var title, description, canonical, robots, lang string
	each(p.root, func(n *html.Node) {
		found[n.Data]++
		switch {
		case n.Data == "html":
			lang = attr(n, "lang")
		case n.Data == "title" && n.Parent.Data == "head":
			title = words(n)
		case n.Data == "meta" && attr(n, "name") == "description":
			description = attr(n, "content")
		case n.Data == "meta" && attr(n, "name") == "robots":
			robots = attr(n, "content")
		case n.Data == "link" && attr(n, "rel") == "canonical":
			canonical = attr(n, "href")
		case n.Data == "img":
			if _, ok := lookup(n, "alt"); !ok {
				t.Errorf("%s: an image without alt: %s", p.file, attr(n, "src"))
			}
			if attr(n, "width") == "" || attr(n, "height") == "" {
				t.Errorf("%s: an image without its size: %s", p.file, attr(n, "src"))
			}
		case n.Data == "a" && strings.TrimSpace(words(n)) == "" && attr(n, "aria-label") == "":
			t.Errorf("%s: a link without words to %s", p.file, attr(n, "href"))
		}
	})
	if found["h1"] != 1 || found["main"] != 1 {
		t.Errorf("%s has %d h1 and %d main", p.file, found["h1"], found["main"])
	}
	if lang != "fr" || title == "" || description == "" {
		t.Errorf("%s: lang %q, title %q, description %q", p.file, lang, title, description)
	}
	want := p.base + "/" + strings.TrimSuffix(p.file, "index.html")
	home := canonical == p.base+"/" && body(public["index.html"]) == body(source) // the only programme's page is the home too
	sheet := public[strings.TrimPrefix(canonical, p.base+"/")+"index.html"]       // what a short page of /v/ leads search engines to
	short := strings.HasPrefix(p.file, "v/") && canonical != want && strings.Contains(sheet, `<link rel="canonical" href="`+canonical+`">`)
	if canonical != want && robots != "noindex" && !home && !short {
		t.Errorf("%s: canonical address %q, want %q", p.file, canonical, want)
	}
	level := 0
	each(p.root, func(n *html.Node) {
		if len(n.Data) == 2 && n.Data[0] == 'h' && n.Data[1] >= '1' && n.Data[1] <= '6' {
			if l := int(n.Data[1] - '0'); l > level+1 {
				t.Errorf("%s: <h%d> %q after <h%d>", p.file, l, words(n), level)
			}
			level = int(n.Data[1] - '0')
		}
	})
}

// body is what a page says, without what leads to it.
func body(page string) string {
	_, main, _ := strings.Cut(page, "<h1")
	return main
}

// codes makes sure that every participant with an award can be verified, and that there
// are so many awards.
func codes(t *testing.T, r result, public map[string]string, least int) {
	verified := map[string]bool{}
	for _, o := range r.Outputs {
		if strings.HasPrefix(o.Path, "public/v/") {
			verified[o.Subject] = true
		}
	}
	awarded := 0
	for _, o := range r.Outputs {
		if rest, ok := strings.CutPrefix(o.Subject, "award/"); ok {
			_, id, _ := strings.Cut(rest, "/")
			awarded++
			if !verified["participant/"+id] {
				t.Errorf("%s has an award and no /v/ page", id)
			}
		}
	}
	if awarded < least {
		t.Errorf("%d awards only", awarded)
	}
	for name := range public {
		if strings.HasPrefix(name, "v/") && !strings.Contains(public[name], "noindex") && strings.Contains(public[name], `/`+name[:len("v/12345678")]+`/">`) {
			t.Errorf("%s may be listed by search engines beside the sheet", name)
		}
	}
}

func each(n *html.Node, visit func(*html.Node)) {
	if n.Type == html.ElementNode {
		visit(n)
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		each(c, visit)
	}
}

func lookup(n *html.Node, key string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val, true
		}
	}
	return "", false
}

func attr(n *html.Node, key string) string {
	v, _ := lookup(n, key)
	return v
}

// words is what a screen reader would read: words, and the alternatives of pictures.
func words(n *html.Node) string {
	var b strings.Builder
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		switch {
		case n.Type == html.TextNode:
			b.WriteString(n.Data)
		case n.Type == html.ElementNode && n.Data == "img":
			b.WriteString(attr(n, "alt"))
		case n.Type == html.ElementNode && n.Data == "svg":
			b.WriteString(attr(n, "aria-label"))
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(n)
	return b.String()
}

func TestHelpOfEveryCommand(t *testing.T) {
	for _, c := range commands() {
		if code, _, _ := vitrine(t, c.name, "--help"); code != 0 {
			t.Errorf("vitrine %s --help: %d", c.name, code)
		}
	}
}
