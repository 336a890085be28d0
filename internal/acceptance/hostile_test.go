package acceptance

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"image"
	"image/png"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"golang.org/x/net/html"

	"vitrine/internal/diag"
)

// attacks are what a text may hold that somebody would read as something else: markup, addresses,
// formulas, the ends of lines of other formats, letters that show nothing or turn what follows.
var attacks = []string{
	`<script>window.__x=1</script>`,
	`"><img src="//elsewhere.example/x.png" onerror="window.__x=2">`,
	`' onmouseover='window.__x=3' autofocus onfocus='window.__x=3`,
	`</title></style></textarea></script></svg><svg onload=window.__x=4><a xlink:href="javascript:window.__x=4">`,
	`javascript:window.__x=5`,
	"\u202emoc.live\u2066",
	"zero\u200b\u200d\ufeffwidth",
	`=cmd|' /C calc'!A0`,
	`-1+cmd|' /C calc'!A0`,
	`{{.}}{{template "base"}}${7*7}<%= 7*7 %>`,
	"\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:injected\r\nEND:VCARD\r\n",
	`]]>--><!--<![CDATA[`,
	`&lt;script&gt;window.__x=6&lt;/script&gt;&amp;&#0;`,
	"\b\x1b[31m\x00\uffff",
	`[x](JavaScript:window.__x=7) ![x](//elsewhere.example/y.png) <javascript:window.__x=7>`,
	"`});window.__x=8;({`\\\";window.__x=8//\u2028",
	`@import url(//elsewhere.example/z.css);}</style>`,
}

// attack is all of them, beginning with another one for each value.
func attack(n int) string {
	k := n % len(attacks)
	return strings.Join(slices.Concat(attacks[k:], attacks[:k]), " ")
}

// long is a word with no place to break it, of narrow letters (a browser takes the square of its lines), or a
// text with many.
func long(n int) string {
	if n%2 == 0 {
		return "<b>" + strings.Repeat("l", 9_993) + "</b>"
	}
	return strings.Repeat("<i>mots&nbsp;</i> ", 10_000/18)
}

// short is for what the picture for messages shows in large letters: it refuses what does not fit, or has no
// letters, as every drawing does.
const short = `"><b onclick=x()>`

// value finds what files of data write between quotes after a key, or in a list of such.
var (
	value   = regexp.MustCompile(`"[^"\n]*"`)
	link    = regexp.MustCompile(`!?\[x\]\([^)]*\)|<javascript:[^>]*>`)
	lastKey = regexp.MustCompile(`[a-z_]+ = `)
	inHead  = regexp.MustCompile(`(?s)^\+\+\+\n.*?\+\+\+\n`)
)

// svgAttack is a logo that would run where it is opened by itself.
const svgAttack = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 50" onload="window.__x=9"><script>window.__x=9</script><a href="javascript:window.__x=9"><rect width="100" height="50"/></a><image href="http://elsewhere.example/x.png"/><foreignObject><body xmlns="http://www.w3.org/1999/xhtml"><iframe src="javascript:window.__x=9"/></body></foreignObject></svg>`

// place is a value of a file: its number among those of the file.
type place struct {
	file string
	n    int
}

// hostile is the site of testdata with values replaced, but for those that were refused, each with the
// message that refused it.
type hostile struct {
	archive *txtar.Archive
	attack  func(n int) string
	refused map[place]string
	keys    map[place]string
}

// write puts the site down, and tells where in each file its values stand.
func (h *hostile) write(t *testing.T, dir string) map[place]diag.Span {
	t.Helper()
	spans := map[place]diag.Span{}
	for _, f := range h.archive.Files {
		text, head, body := string(f.Data), "", ""
		switch filepath.Ext(f.Name) {
		case ".toml":
			head = text
		case ".md":
			head = inHead.FindString(text)
			body = text[len(head):]
			if h.attack != nil && body != "" {
				p := place{f.Name, -1}
				spans[p] = diag.Span{File: f.Name, Start: len(head), End: 1 << 30}
				text := func(n int) string {
					s := h.attack(n)
					if _, no := h.refused[p]; no { // a link of the prose: all the rest must stand
						return link.ReplaceAllString(s, "")
					}
					return s
				}
				body += "\n" + text(len(spans)) + "\n\n# Titre\n\n" + text(len(spans)+1) + "\n\n| a |\n|---|\n| " + strings.NewReplacer("\r", "", "\n", " ").Replace(text(8)) + " |\n"
			}
		default:
			body = text
		}
		var out strings.Builder
		last, n := 0, 0
		for _, at := range value.FindAllStringIndex(head, -1) {
			out.WriteString(head[last:at[0]])
			p := place{f.Name, n}
			start := out.Len()
			if _, no := h.refused[p]; no || h.attack == nil {
				out.WriteString(head[at[0]:at[1]])
			} else {
				text := h.attack(len(spans))
				if line := head[strings.LastIndex(head[:at[0]], "\n")+1 : at[0]]; strings.HasPrefix(line, "participant = {") {
					text = short
				}
				out.WriteString(tomlString(text))
				spans[p] = diag.Span{File: f.Name, Start: start, End: out.Len()}
				if m := lastKey.FindAllString(head[:at[0]], -1); len(m) > 0 {
					h.keys[p] = strings.TrimSuffix(m[len(m)-1], " = ")
				}
			}
			last = at[1]
			n++
		}
		out.WriteString(head[last:])
		put(t, filepath.Join(dir, f.Name), []byte(out.String()+body))
	}
	drawing := place{"static/img/logo.svg", -1}
	if _, no := h.refused[drawing]; h.attack != nil && !no {
		put(t, filepath.Join(dir, drawing.file), []byte(svgAttack))
		spans[drawing] = diag.Span{File: drawing.file, End: 1}
	}
	var picture bytes.Buffer
	if err := png.Encode(&picture, image.NewGray(image.Rect(0, 0, 600, 400))); err != nil {
		t.Fatal(err)
	}
	put(t, filepath.Join(dir, "static/img/logo.png"), picture.Bytes())
	put(t, filepath.Join(dir, "static/img/photo.png"), picture.Bytes())
	return spans
}

func put(t *testing.T, file string, data []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, data, 0o644); err != nil {
		t.Fatal(err)
	}
}

// tomlString writes any text on one line of TOML.
func tomlString(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		if r < ' ' || r == '"' || r == '\\' || r == 0x7f {
			b.WriteString(`\u` + strconv.FormatInt(0x10000+int64(r), 16)[1:])
			continue
		}
		b.WriteRune(r)
	}
	return b.String() + `"`
}

// settle builds the site until nothing of it is refused.
func (h *hostile) settle(t *testing.T, name string) *site {
	t.Helper()
	dir := filepath.Join(folder, name+"-site")
	h.refused, h.keys = map[place]string{}, map[place]string{}
	for range 12 {
		spans := h.write(t, dir)
		s, err := attempt(name, dir, "site")
		if err != nil {
			t.Fatal(err)
		}
		r := s.result
		if r.Diagnostics.Errors() == 0 {
			return s
		}
		before := len(h.refused)
		for _, d := range r.Diagnostics {
			if d.Severity != diag.Error {
				continue
			}
			if d.Message("fr") == "" || d.Message("en") == "" {
				t.Errorf("%s says nothing", d.Code)
			}
			for p, at := range spans {
				if at.File == d.Span.File && at.Start < max(d.Span.End, d.Span.Start+1) && d.Span.Start < at.End {
					h.refused[p] = string(d.Code)
				}
			}
		}
		if len(h.refused) == before {
			for _, d := range r.Diagnostics {
				if d.Severity == diag.Error {
					t.Errorf("refused, and no value stands there: %s:%d %.300s [%s]", d.Span.File, d.Span.Start, d.Message("en"), d.Code)
				}
			}
			return nil
		}
	}
	t.Fatal("the site does not settle")
	return nil
}

// hostileSites fills the site of testdata with attacks, and with texts of 10,000 characters.
var hostileSites = []struct {
	name string
	text func(int) string
}{{"hostile", attack}, {"long", long}}

// refusals are the keys whose values are held to a form, or name something that must be there: everything
// else takes any text.
var refusals = strings.Fields(`
	id code aliases edition level theme challenge participant organisation territory group parent members territories editions
	trade trades commune parties approver ceremony publisher publish pieces template where role
	kind for metric of field severity gender path status language languages theme timezone licence profiles profile condition
	share_pictures default_consent consent
	url base_url registration contact email phone mobile postcode siret siren naf hours validity done_within notice before formula
	rgb dark color icon spot file logo image outline photo`)

// TestHostile opens every page of the sites whose every text is an attack. What a form refuses is refused
// with a message; all the rest is shown as text: nothing runs, nothing is asked of another host, nothing
// that is read by machines breaks, every page has the elements of the same page with plain texts, and
// none is wider than the screen. Texts of 10,000
// characters take a browser long: they are opened with VITRINE_ALL=1.
func TestHostile(t *testing.T) {
	archive, err := txtar.ParseFile("testdata/every-key.txtar")
	if err != nil {
		t.Fatal(err)
	}
	everyKey(t, archive)
	plain := (&hostile{archive: archive}).settle(t, "plain")
	b := open(t)
	for _, c := range hostileSites {
		if c.name == "long" && os.Getenv("VITRINE_ALL") != "1" {
			continue // a page of it takes the browser seconds
		}
		h := &hostile{archive: archive, attack: c.text}
		s := h.settle(t, c.name)
		if s == nil {
			continue
		}
		t.Run(c.name, func(t *testing.T) {
			accepted := 0
			for p, code := range h.refused {
				if !slices.Contains(refusals, h.keys[p]) && p.n >= 0 && code != "text-overflow" {
					t.Errorf("%s: the text of %s is refused: %s", p.file, h.keys[p], code)
				}
			}
			for p := range h.keys {
				if _, no := h.refused[p]; !no {
					accepted++
				}
			}
			t.Logf("%d values hold the attack, %d refused it; %d pages", accepted, len(h.refused), len(s.plan.Pages))
			t.Run("machines", func(t *testing.T) { machines(t, s) })
			var v *visit
			for _, p := range s.plan.Pages {
				if p.Kind == "moved" {
					continue
				}
				if v == nil {
					v = b.visit(t, view{site: s, path: p.Path}, narrow)
					defer v.done()
				} else {
					v.next(t, p.Path)
				}
				want := elements(t, filepath.Join(plain.public, filepath.FromSlash(p.File())))
				for _, c := range complaints(t, v) {
					t.Errorf("%s: %s", p.Path, c)
				}
				if got := evaluate[map[string]int](t, v, countElements); !maps.Equal(got, want) {
					t.Errorf("%s: the elements are %v, and with plain texts %v", p.Path, got, want)
				}
				if x := evaluate[string](t, v, `String(window.__x)`); x != "undefined" {
					t.Errorf("%s: attack %s was run", p.Path, x)
				}
				for _, bad := range evaluate[[]string](t, v, strangeLinks) {
					t.Errorf("%s: leads to %.80s", p.Path, bad)
				}
			}
		})
	}
}

const (
	countElements = `[...document.querySelectorAll("` + counted + `")].filter(e => !e.closest("svg *")).reduce((n, e) => (n[e.localName] = (n[e.localName] ?? 0) + 1, n), {})`
	strangeLinks  = `[...document.querySelectorAll("[href], [src], [action], [srcset], [style]")].flatMap(e => [e.getAttribute("href"), e.getAttribute("src"), e.getAttribute("action")].filter(a => a && !/^[/#?]/.test(a) && !/^(https?:|mailto:|tel:|geo:|data:image)/.test(String(a)) || /^(https?:)?\/\/[^\/]*elsewhere/.test(a)))`
	// counted are the elements that no text may add or take away.
	counted = "script, style, link, meta, base, title, iframe, object, embed, form, input, select, textarea, button, img, video, audio, h1, header, main, footer, nav, body"
)

// elements counts those of a page.
func elements(t *testing.T, file string) map[string]int {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	tree, err := html.Parse(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	n := map[string]int{}
	for x := range tree.Descendants() {
		if x.Type == html.ElementNode && x.Namespace == "" && slices.Contains(strings.Split(counted, ", "), x.Data) {
			n[x.Data]++
		}
	}
	return n
}

// machines has other programs read what the site says to machines: no more events, cards, rows than there
// are, and nothing that a spreadsheet would take for a formula.
func machines(t *testing.T, s *site) {
	t.Helper()
	got := readWith(t, s.public)
	for file, why := range got.Errors {
		t.Errorf("%s: %.300s", file, why)
	}
	events, people := 0, 0
	for _, g := range s.plan.Site.Programmes {
		events += len(g.Events)
		people += len(s.plan.Sections[g].Given)
	}
	if len(got.Events) != events || len(got.Entries) != len(s.plan.Site.News) || len(got.Items) != len(s.plan.Site.News) {
		t.Errorf("%d events of %d, %d and %d news of %d", len(got.Events), events, len(got.Entries), len(got.Items), len(s.plan.Site.News))
	}
	for file, rows := range got.Rows {
		if len(rows) != people || people == 0 {
			t.Errorf("%s has %d rows of %d", file, len(rows), people)
		}
	}
	for _, ext := range []string{".csv", ".json", ".geojson", ".svg"} {
		for _, file := range files(t, s.public, ext) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			switch ext {
			case ".csv":
				r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff"))))
				guarded := strings.HasPrefix(filepath.Base(file), "bilan-") || strings.HasSuffix(file, "-excel.csv")
				if guarded { // for spreadsheet programs
					r.Comma, r.FieldsPerRecord = ';', -1
				}
				rows, err := r.ReadAll()
				if err != nil {
					t.Errorf("%s: %v", file, err)
				}
				for _, cell := range slices.Concat(rows...) {
					if guarded && cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
						if _, err := strconv.ParseFloat(cell, 64); err != nil && !strings.HasPrefix(cell, "+33") {
							t.Errorf("%s: a formula: %.60q", file, cell)
						}
					}
				}
			case ".svg":
				if bytes.Contains(data, []byte("<script")) || bytes.Contains(data, []byte("onload")) {
					t.Errorf("%s holds a script", file)
				}
			default:
				if !json.Valid(data) {
					t.Errorf("%s is no JSON", file)
				}
			}
		}
	}
}

// everyKey holds the site of testdata to the keys that bind reads as texts: what is added there is
// attacked here.
func everyKey(t *testing.T, archive *txtar.Archive) {
	t.Helper()
	var all strings.Builder
	for _, f := range archive.Files {
		all.Write(f.Data)
	}
	names, err := filepath.Glob("../bind/*.go")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, name := range names {
		code, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`\br\.(?:text|texts|raw|strings|lines|url|link|email|phone|hexColor|file|period)\("([a-z_]+)"\)`).FindAllSubmatch(code, -1) {
			n++
			key := string(m[1])
			if !regexp.MustCompile(`(?m)(^|[{, ;])`+key+`( =|;|$)`).MatchString(all.String()) && !slices.Contains(unset, key) {
				t.Errorf("testdata/every-key.txtar does not set %s, which %s reads", key, name)
			}
		}
	}
	if n < 80 {
		t.Errorf("only %d keys were found", n)
	}
}

// unset are keys of tables, or that a build of the site alone does not read.
var unset = []string{"layout", "insee", "epci_siren", "within_after", "sheet", "epci_name"}
