package markup

import (
	"bytes"
	"html/template"
	"io"
	"math/rand/v2"
	"reflect"
	"regexp"
	"strings"
	"testing"
)

// hostile is one text as every type that html/template tells apart.
type hostile struct {
	S       string
	P       *string
	HTML    template.HTML
	PHTML   *template.HTML
	JS      template.JS
	URL     template.URL
	Srcset  template.Srcset
	CSS     template.CSS
	Attr    template.HTMLAttr
	Str     template.JSStr
	Kind    kind
	Strings []string
	Map     map[string]string
	N       int
	N8      int8
	Level   level
	F       float64
}

func hostileOf(s string, n int) *hostile {
	h := template.HTML(s)
	return &hostile{
		s, &s, h, &h, template.JS(s), template.URL(s), template.Srcset(s), template.CSS(s), template.HTMLAttr(s), template.JSStr(s), kind(s),
		[]string{s, s}, map[string]string{s: s, "a": s}, n, int8(n), level(n), float64(n) / 7,
	}
}

// contexts are the places where the escapers differ, and the fields that each can hold.
var contexts = []struct{ text, fields string }{
	{`<p>X</p>`, "S P HTML PHTML JS URL Srcset CSS Attr Str Kind Strings Map N N8 Level F"},
	{`<a title="X">`, "S P JS URL Srcset CSS Attr Str Kind Strings Map N N8 Level F"},
	{`<title>X</title>`, "S P HTML PHTML JS URL Srcset CSS Attr Str Kind Strings N N8 Level F"},
	{`<textarea>X</textarea>`, "S HTML"},
	{`<a href="X">`, "S P HTML PHTML JS URL Srcset CSS Attr Str Kind Strings N N8 Level F"},
	{`<a href='/a/X'>`, "S HTML URL N F"},
	{`<a href="/a?b=X">`, "S HTML URL JS Kind N F"},
	{`<a href="{{.URL}}X">`, "N"}, // ambiguous: cannot be escaped
	{`<a href="{{.S}}?{{.S}}#X">`, "S URL"},
	{`<img src="X" srcset="X 2x">`, "S URL Srcset"},
	{`<img srcset="X">`, "S P HTML JS URL Srcset CSS Kind N Level F"},
	{`<form action="X"><input name="X" value='X'><svg><path d="X"/></svg>`, "S P URL N F Kind"},
	{`<script type="application/ld+json">X</script>`, "JS"},
	{`<meta content="X"><time datetime="X">`, "S URL N"},
	{`<!-- X -->`, "S N HTML"},
	{`{{range .Strings}}{{.}}{{end}}{{range $k, $v := .Map}}{{$k}}X{{$v}}{{end}}`, "S"},
}

// escapees are all contexts with all their fields, in both forms.
func escapees(t testing.TB) (list []escapee) {
	for _, c := range contexts {
		for f := range strings.FieldsSeq(c.fields) {
			text := strings.ReplaceAll(c.text, "X", "{{."+f+"}}")
			x := template.Must(template.New("top").Parse(text))
			p, err := Compile(x, "top", reflect.TypeFor[*hostile](), Names{})
			if err != nil {
				if x.Execute(io.Discard, hostileOf("", 0)) != nil {
					continue
				}
				t.Fatalf("%s: %v", text, err)
			}
			list = append(list, escapee{text, x, p})
		}
	}
	return list
}

type escapee struct {
	text string
	want *template.Template
	got  *Program
}

func (e escapee) check(t *testing.T, data *hostile) {
	t.Helper()
	var want, got bytes.Buffer
	if err := e.want.Execute(&want, data); err != nil {
		t.Fatalf("%s: %v", e.text, err)
	}
	if err := e.got.Execute(&got, data); err != nil {
		t.Fatalf("%s of %q: %v", e.text, data.S, err)
	}
	if got.String() != want.String() {
		t.Errorf("%s of %q:\n got %q\nwant %q", e.text, data.S, got.String(), want.String())
	}
}

var seeds = []string{
	"", "a", "Aux Blés d’Or", "a & b <c> 'd' \"e\" + f", "\x00\x01\x7f\x80\xff\xc3", "é\u2028\u2029\ufeff\ufffd\U0001F600", "\ufdd0\uffff", "<script>alert(1)</script>", "</title><b>", "&amp; &#39; &lt",
	"https://example.org/a b?c=d&e=f#g", "javascript:alert(1)", "JAVASCRIPT:x", " javascript:x", "mailto:a+b@c.d", "HTTPS://x", "tel:+33", "/a:b", "a/b:c", "a:b/c", "//x", ":", "%", "%2", "%2F%zz%C3", "x%00",
	"/a-320.jpg 320w, /a-640.jpg 640w", ",", ",,a", " /a 1x ,\t/b\n2x,", "/a 1.5x", "/a 1x+", "javascript:x 1x, /b", "/a,b c d", "/é 1é", "a  ", "\v/a 1x", "-1", "0x10", "{{.}}", "<!-- -->", "*/", "`${x}`", "\r\n\t ",
}

func TestEscapers(t *testing.T) {
	list := escapees(t)
	if len(list) < 80 {
		t.Fatalf("only %d cases are compiled", len(list))
	}
	r := rand.New(rand.NewPCG(1, 2))
	texts := seeds
	for range 500 {
		var b strings.Builder
		for range r.IntN(12) {
			switch s := seeds[r.IntN(len(seeds))]; {
			case r.IntN(3) > 0 && s != "":
				i := r.IntN(len(s))
				b.WriteString(s[i : i+1+r.IntN(len(s)-i)])
			default:
				b.WriteByte(byte(r.Uint32()))
			}
		}
		texts = append(texts, b.String())
	}
	for i, s := range texts {
		data := hostileOf(s, i*i*i-1000)
		for _, e := range list {
			e.check(t, data)
		}
	}
}

func FuzzEscapers(f *testing.F) {
	for i, s := range seeds {
		f.Add(s, i-3)
	}
	list := escapees(f)
	f.Fuzz(func(t *testing.T, s string, n int) {
		data := hostileOf(s, n)
		for _, e := range list {
			e.check(t, data)
		}
	})
}

// FuzzTemplates writes templates of its own: what is compiled is the same, and nothing
// that html/template refuses is compiled.
func FuzzTemplates(f *testing.F) {
	for _, s := range []string{
		`{{.S}}`, `{{range $i, $l := .Links}}{{$i}}{{if .Current}}{{break}}{{end}}{{else}}{{.S}}{{end}}`, `{{with $x := .To}}{{$x.Text}}{{else}}{{.T "a" .N}}{{end}}`,
		`{{define "x"}}{{.}}{{end}}<a {{template "x" .S}} href="{{template "x" .Link.URL}}">`, `{{if and .On (or .Off (not .Zero)) (gt (len .Strings) 2)}}{{print .S .N | upper}}{{end}}`,
		`<title>{{.HTML}}</title>{{.W.First.Count .N}}{{eq .S "a" .Title}}{{$x := 1}}{{$x = add $x 2}}{{$x}}`, `{{range .Map}}{{continue}}{{end}}{{block "b" .Link}}{{.Upper}}{{end}}{{.None.Text}}`,
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		// Not what takes long: loops in loops, over large numbers, by calls of calls.
		long := strings.Count(text, "range")+strings.Count(text, "template") > 3 || strings.Contains(text, "printf") || bigNumber.MatchString(text)
		if _, err := template.New("top").Funcs(funcs).Parse(text); err != nil || long {
			return
		}
		both(t, text, data())
	})
}

var bigNumber = regexp.MustCompile(`\d{4}|0[xXbBoO]|\d_|'`)
