package markup

import (
	"bytes"
	"errors"
	"fmt"
	"html/template"
	"reflect"
	"strings"
	"sync"
	"testing"
)

// What the templates of these tests see.

type words map[string]word

func (w words) First() word { return w["first"] }

type word struct{ One, Many string }

func (w word) Plural() string { return w.Many }
func (w word) Count(n int) string {
	if n == 1 {
		return "1 " + w.One
	}
	return fmt.Sprint(n, " ", w.Many)
}

type phrases struct{ known map[string]string }

func (p phrases) T(key string, args ...any) (string, error) {
	s, ok := p.known[key]
	if !ok {
		return "", errors.New("no phrase " + key)
	}
	return s + fmt.Sprint(args...), nil
}

func (p phrases) N(key string, n int, args ...any) (string, error) {
	s, err := p.T(key, args...)
	return fmt.Sprint(n, s), err
}

type frame struct {
	phrases
	W     words
	Title string
	Lang  string
}

func (f *frame) Pointer() string { return "pointer of " + f.Title }
func (f frame) Strange(a, b float64) (float64, error) {
	if b == 0 {
		return 0, errors.New("by nothing")
	}
	return a / b, nil
}

type level int

func (l level) String() string { return fmt.Sprintf("<level %d>", int(l)) }

type kind string

type link struct {
	URL, Text string
	Count     int
	Current   bool
}

func (l link) Upper() string            { return strings.ToUpper(l.Text) }
func (l link) Empty() bool              { return l.Text == "" }
func (l link) Size() int                { return len(l.Text) }
func (l link) Bold() template.HTML      { return template.HTML("<b>" + l.Text + "</b>") }
func (l link) With(s string) string     { return l.Text + s }
func (l link) Self() *link              { return &l }
func (l *link) Panics() string          { panic("no") }
func (l link) Any() any                 { return l.Text }
func (l link) Floats() map[string]int   { return map[string]int{"a": l.Count} }
func (l link) Two() (string, error)     { return l.Text, nil }
func (l *link) OnPointer() template.URL { return template.URL("tel:" + l.Text) }

type view struct {
	*frame
	S, Empty  string
	N, Zero   int
	F         float64
	U         uint8
	On, Off   bool
	Level     level
	Kind      kind
	Link      link
	To, None  *link
	Links     []link
	Pointers  []*link
	Array     [3]int
	Strings   []string
	Nothing   []string
	HTML      template.HTML
	JS        template.JS
	URL       template.URL
	Srcset    template.Srcset
	CSS       template.CSS
	PS        *string
	Map       map[string]string
	ByNumber  map[int]link
	Any       any
	Nested    [][]string
	unexposed string
}

func (v *view) Base() *frame { return v.frame }

func data() *view {
	s := "pointed <at>"
	return &view{
		frame: &frame{
			phrases: phrases{map[string]string{"a": "phrase <a> ", "b": "b & c"}},
			W:       words{"first": {"artisan", "artisans"}}, Title: "A title", Lang: "fr",
		},
		S: `a<b>&'"+c`, N: 42, F: 1e9, U: 7, On: true, Level: 3, Kind: "k<k",
		Link: link{"/a?b=c&d=e", "A & B", 3, true}, To: &link{"https://example.org/é", "to", 1, false},
		Links:    []link{{"/1", "one", 1, false}, {"javascript:alert(1)", "two", 2, true}, {"", "three", 0, false}},
		Pointers: []*link{{"/p", "p", 1, false}, nil}, Array: [3]int{5, 6, 7}, Strings: []string{"x", "<y>", "z"},
		HTML: "<i>é</i> &amp; 'q'", JS: `{"a":"<b>"}`, URL: "tel:+33", Srcset: "/a 1x, /b 2x", CSS: "color:red", PS: &s,
		Map: map[string]string{"b": "2", "a": "1", "c": "<3>"}, ByNumber: map[int]link{9: {Text: "nine"}, -1: {Text: "minus"}, 5: {Text: "five"}},
		Any: "any", Nested: [][]string{{"a", "b"}, nil, {"c"}},
	}
}

var funcs = template.FuncMap{
	"add":   func(a, b int) int { return a + b },
	"upper": strings.ToUpper,
	"join":  strings.Join,
	"pair":  func(a string, rest ...string) ([]string, error) { return append([]string{a}, rest...), nil },
	"fail":  func(string, int) (string, error) { return "", errors.New("failed") },
	"len2":  func(s []string) int { return len(s) },
}

var direct = []Direct{For[*view](), For[phrases](), For[*frame](), For[word](), Returning[words, word](), For[link](), Returning[link, *link](), Returning[*view, *frame]()}

func parsed(t testing.TB, text string) *template.Template {
	t.Helper()
	x, err := template.New("top").Funcs(funcs).Option("missingkey=error").Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// both executes a text with html/template and compiled, with and without direct calls.
// It returns what html/template says, and the errors of Compile and Execute.
func both(t testing.TB, text string, data any) (want string, failed, compile, execute error) {
	t.Helper()
	var w bytes.Buffer
	x := parsed(t, text)
	failed = x.Execute(&w, data)
	for _, d := range [][]Direct{direct, nil} {
		p, err := Compile(parsed(t, text), "top", reflect.TypeOf(data), Names{funcs, d})
		if err != nil {
			return w.String(), failed, err, nil
		}
		b := bytes.NewBufferString("kept ")
		if execute = p.Execute(b, data); execute != nil {
			if b.String() != "kept " {
				t.Errorf("%s: a failed execution left %q", text, b)
			}
			continue
		}
		got := strings.TrimPrefix(b.String(), "kept ")
		if failed != nil {
			t.Errorf("%s:\nhtml/template fails: %v\nthe program writes %q", text, failed, got)
		} else if got != w.String() {
			t.Errorf("%s:\n got %q\nwant %q", text, got, w.String())
		}
	}
	return w.String(), failed, nil, execute
}

// The program writes what html/template writes.
func TestSame(t *testing.T) {
	for _, text := range []string{
		// values, by type and by context
		`{{.S}}`, `<a title="{{.S}}">`, `<a title='{{.S}}'>`, `<title>{{.S}}</title>`, `<textarea>{{.HTML}}</textarea>`,
		`{{.HTML}}`, `<a href="{{.S}}">`, `<a href="{{.URL}}">`, `<a href="{{.Link.URL}}">`, `<a href="/x/{{.S}}">`, `<a href="/x?y={{.S}}&z={{.URL}}">`,
		`<img srcset="{{.S}}">`, `<img srcset="{{.Srcset}}">`, `<img srcset="{{.URL}}">`, `<script type="application/ld+json">{{.JS}}</script>`, `{{.JS}} {{.URL}} {{.CSS}}`,
		`{{.N}} {{.Zero}} {{.F}} {{.U}} {{.On}} {{.Off}} {{.Level}} {{.Kind}}`, `<a title="{{.N}}{{.F}}{{.Level}}" href="/{{.N}}">`, `{{.PS}}`, `{{.Array}} {{.Strings}} {{.Map}} {{.Link}}`,
		`<p title="{{.Kind}}">{{.To.Text}}</p>`, `{{"<b>" | print}}`, `{{"lit<"}}{{12}}{{true}}<a href="{{"x y"}}">`, `{{print "a" .N .On "b"}} {{printf "%05d<" .N}} {{println .S}}`,
		`<!-- {{.S}} --> {{/* x */}} a`,
		// fields and methods
		`{{.Pointer}}`, `{{.T "a"}} {{.T "b" "x" .Strings .Level .Link.Text}}`, `{{$f := .Base}}{{$f.T "a"}}{{$f.T "a" ($f.T "b" .N ($f.N "a" 2 .S .On)) .S ($f.T "b")}}{{$f.N "a" 3 "x"}}{{$f.N "b" .N}}{{$f.Title}}{{$f.Pointer}}{{with $f.Pointer}}{{.}}{{len .}}{{end}}`, `{{.W.First.Plural}} {{.W.First.One}} {{.W.First.Count 1}} {{.W.First.Count .N}}`,
		`{{.Link.Upper}} {{.Link.Empty}} {{.Link.Size}} {{.Link.Bold}} {{.Link.With "!"}} {{.Link.Self.Text}} {{.Link.OnPointer}} {{.Link.Two}}`,
		`{{.Link.Floats.a}} {{.Map.b}}`, `{{(.Link.Self).Upper}} {{(print .S "x") | upper}}`,
		// variables
		`{{$x := .S}}{{$x}}{{$y := $.N}}{{$y}}{{if .On}}{{$x := .Empty}}[{{$x}}]{{end}}{{$x}}`, `{{$x := 1}}{{if .On}}{{$x = 2}}{{end}}{{$x}}`, `{{$f := .}}{{$f.Link.Text}}{{with $f.To}}{{$f.S}}{{.Text}}{{end}}`,
		`{{$s := "a"}}{{range .Strings}}{{$t := .}}{{$s}}{{$t}}{{end}}`, `{{with $x := .To}}{{$x.Text}}{{.URL}}{{end}}`, `{{if $x := .N}}{{$x}}{{else}}{{$x}}{{end}}{{if $x := .Zero}}{{$x}}{{else}}[{{$x}}]{{end}}`,
		// if, with, else
		`{{if .S}}a{{end}}{{if .Empty}}b{{else}}c{{end}}{{if .Zero}}d{{else if .N}}e{{else}}f{{end}}`, `{{with .Empty}}a{{else}}{{.S}}{{end}}{{with .To}}{{.Text}}{{end}}{{with .None}}no{{end}}{{with .Zero}}{{else with .N}}{{.}}{{end}}`,
		`{{if .F}}1{{end}}{{if .U}}2{{end}}{{if .Link}}3{{end}}{{if .Array}}4{{end}}{{if .Map}}5{{end}}{{if .None}}6{{end}}{{if .Level}}7{{end}}{{if .HTML}}8{{end}}{{if .Link.Empty}}9{{end}}{{if .Link.Size}}0{{end}}`,
		// range
		`{{range .Strings}}[{{.}}]{{end}}{{range .Nothing}}x{{else}}none {{.S}}{{end}}`, `{{range $i, $l := .Links}}{{$i}}:{{$l.Text}}{{if .Current}}!{{end}}<a href="{{.URL}}">{{end}}`, `{{range $l := .Links}}{{$l.Upper}}{{.Upper}}{{end}}`,
		`{{range $k, $v := .Map}}{{$k}}={{$v}} {{end}}{{range $k, $v := .ByNumber}}{{$k}}{{.Text}}{{end}}`, `{{range .Array}}{{.}}{{end}}{{range 3}}{{.}}{{end}}{{range $i := .N}}{{$i}}{{end}}{{range .Zero}}x{{else}}none{{end}}`,
		`{{range .Strings}}{{if eq . "<y>"}}{{continue}}{{end}}{{.}}{{end}}|{{range .Strings}}{{.}}{{with .}}{{break}}{{end}}x{{end}}{{.S}}`, `{{range .Nested}}[{{range .}}{{.}}{{break}}{{else}}-{{end}}]{{end}}`,
		`{{range .Nested}}<{{range .}}{{.}}{{else}}{{continue}}{{end}}>{{end}}`, `{{range .Nested}}<{{range .}}{{.}}{{else}}{{break}}{{end}}>{{end}}`,
		`{{range .Pointers}}{{if .}}{{.Text}}{{end}}{{end}}`, `{{range .Links}}{{.Bold}}{{.OnPointer}}{{end}}`, `{{range .Links}}{{$.T "b"}}{{$.Title}}{{end}}`,
		// templates
		`{{define "x"}}[{{.}}{{$}}]{{end}}{{template "x" .S}}{{template "x" .N}}{{range .Strings}}{{template "x" .}}{{end}}`, `{{define "x"}}none{{end}}{{template "x"}}<p{{template "y" .Link}}>{{define "y"}} class="{{if .Current}}now{{end}} {{.Text}}"{{end}}`,
		`{{define "x"}}{{.}}{{end}}{{template "x" .S}}<a title="{{template "x" .S}}" href="{{template "x" .S}}">`, `{{block "b" .To}}{{.Text}}{{end}}`, `{{define "x"}}{{.Upper}}{{with .Self}}{{if gt .Count 5}}{{template "x" .}}{{end}}{{end}}{{end}}{{template "x" .Link}}{{template "x" .To}}`,
		`{{define "x"}}{{$y := .}}{{$y}}{{end}}{{$y := "out"}}{{template "x" .S}}{{$y}}`,
		`{{define "x"}}{{$a := .}}{{$b := print . 1}}{{template "y" $b}}{{$a}}{{$b}}{{end}}{{define "y"}}{{$c := print . 2}}{{$d := .}}{{template "z" $c}}{{$c}}{{$d}}{{end}}{{define "z"}}{{$e := .}}{{$g := 1}}{{$e}}{{$g}}{{end}}{{$o := .S}}{{template "x" .S}}{{$o}}`,
		// built-in functions
		`{{if and .On .S .N}}1{{end}}{{if and .On .Empty .None.Text}}2{{end}}{{if or .Off .Empty .N .None.Text}}3{{end}}{{if not .Off}}4{{end}}{{not .S}}{{if or .Off (and .On .S)}}5{{end}}{{if and (or .None .To) (not .None)}}6{{end}}`,
		`{{and .S .Empty}}|{{or .Empty .S}}|{{or .Empty .Empty "x"}}|{{and .On .Off}}|{{with and .On (not .Off)}}{{.}}{{end}}|{{with or .None .To}}{{.Text}}{{end}}|{{.S | and .Empty}}`,
		`{{eq .S "x"}}{{eq .N 42}}{{eq .N 1 2 42}}{{eq .On true}}{{ne .S .S}}{{ne .N .Zero}}{{eq .Kind "k<k"}}{{eq .Link.Text "a" .Link.Text}}{{ne .On .Off}}{{eq .Level 3}}`,
		`{{lt .Zero .N}}{{le .N 42}}{{gt .N 41}}{{ge .N 43}}{{lt "a" .S}}{{ge .S "a"}}{{gt (len .S) 3}}{{gt 1 .N}}{{42 | eq .N}}{{lt -1 .Zero}}`,
		`{{len .S}}{{len .Strings}}{{len .Map}}{{len .Array}}{{len .PS}}{{len .Nothing}}{{.Strings | len}}`, `{{html .S}}{{js .S}}{{urlquery .S}}<a title="{{html .S}}" href="?{{urlquery .S}}">{{.S | html}}`,
		// functions
		`{{add 1 .N}}{{upper .S}}{{.S | upper | upper}}{{add (add 1 2) 3 | add .N}}{{join .Strings ", "}}{{len2 .Strings}}{{join (pair "a" "b" .S) "-"}}{{pair "x"}}`,
	} {
		want, failed, compile, execute := both(t, text, data())
		if failed != nil || compile != nil || execute != nil {
			t.Errorf("%s:\nhtml/template %v\ncompile %v\nexecute %v\n%s", text, failed, compile, execute, want)
		}
	}
}

// What the compiler cannot know is an error, never a guess.
func TestRefused(t *testing.T) {
	for _, text := range []string{
		`{{.Any}}`, `{{.Link.Any}}`, `{{with .Any}}{{.}}{{end}}`, `{{index .Strings 1}}`, `{{slice .S 1 2}}`, `{{eq .F 1.0}}`, `{{lt .U 3}}`, `{{print 1.5}}`, `{{printf "%v" nil}}`, `{{.Strange 3 2}}`,
		`{{if eq .None nil}}x{{end}}`, `<script>x = {{.S}}</script>`, `<p style="color: {{.CSS}}">`, `<a onclick="f({{.N}})">`, `<a title="{{.HTML}}">`, `<a {{.S}}="x">`, `<a title={{.S}}>`, `{{or .S .N}}`, `{{range $i, $e := .Nothing}}{{else}}{{$e}}{{end}}`,
		`{{$x := .S}}{{$x = .N}}{{$x}}`, `{{define "x"}}{{.}}{{end}}{{template "x"}}`, `{{(.Link).Missing}}`, `{{.Missing}}`, `{{.S.Missing}}`, `{{.S 1}}`, `{{add 1 "2"}}`, `{{add 1}}`, `{{$x := .Links}}{{range $x = .Strings}}{{end}}`, `{{"a" | .S}}`,
	} {
		if _, _, compile, _ := both(t, text, data()); compile == nil {
			t.Errorf("%s is compiled", text)
		}
	}
	if _, err := Compile(parsed(t, `a`), "other", reflect.TypeFor[*view](), Names{}); err == nil {
		t.Error("a template that is not defined is compiled")
	}
	if _, err := Compile(parsed(t, `<a href="{{if .On}}x{{else}}"{{end}}`), "top", reflect.TypeFor[*view](), Names{}); err == nil {
		t.Error("a template that cannot be escaped is compiled")
	}
}

// What goes wrong leaves the page to html/template.
func TestFailing(t *testing.T) {
	for _, text := range []string{
		`a{{.None.Text}}`, `{{.T "unknown"}}`, `{{.Base.N "unknown" 1}}`, `{{.Link.Panics}}`, `{{range .Pointers}}{{.Text}}{{end}}`, `{{fail "x" 1}}`, `{{eq .S .S .None.Text}}`, `{{.Map.missing}}`, `{{len .None.Text}}`,
		`{{define "x"}}{{template "x" .}}{{end}}{{if .On}}{{template "x" .}}{{end}}`, `{{print .None.Text}}`, `{{.None.Upper}}`,
	} {
		_, failed, compile, execute := both(t, text, data())
		if failed == nil || compile != nil || execute == nil {
			t.Errorf("%s:\nhtml/template %v\ncompile %v\nexecute %v", text, failed, compile, execute)
		}
	}
	empty := &view{}
	if _, _, compile, execute := both(t, `{{.Title}}`, empty); compile != nil || execute == nil {
		t.Errorf("a nil embedded struct: %v, %v", compile, execute)
	}
	p, err := Compile(parsed(t, `{{.S}}`), "top", reflect.TypeFor[*view](), Names{})
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Execute(new(bytes.Buffer), *data()); err == nil {
		t.Error("a program runs for another type")
	}
}

func TestValueView(t *testing.T) {
	for _, text := range []string{`{{.S}}{{.Link.Upper}}{{.Title}}{{.Pointer}}`, `{{with .Link}}{{.Text}}{{end}}`} {
		if _, failed, compile, execute := both(t, text, *data()); failed != nil || compile != nil || execute != nil {
			t.Errorf("%s: %v, %v, %v", text, failed, compile, execute)
		}
	}
	// The methods of a pointer are not those of a value.
	if _, _, compile, _ := both(t, `{{.Link.OnPointer}}`, *data()); compile == nil {
		t.Error("a method of the pointer is called on a value")
	}
}

// What an execution needs serves the next ones; what it shows is not kept from one to
// the next.
func TestExecutionsLeaveNothing(t *testing.T) {
	p, err := Compile(parsed(t, `{{define "x"}}{{$y := .Text}}<a href="{{.URL}}">{{$y}}</a>{{end}}{{$f := .Base}}{{range $i, $l := .Links}}{{template "x" .}}{{if $l.Current}}{{$f.W.First.Plural}}{{end}}{{end}}{{.N}}{{.To.Text}}`), "top", reflect.TypeFor[*view](), Names{funcs, direct})
	if err != nil {
		t.Fatal(err)
	}
	var w bytes.Buffer
	v := data()
	if n := testing.AllocsPerRun(20, func() {
		w.Reset()
		if err := p.Execute(&w, v); err != nil {
			t.Fatal(err)
		}
	}); n > 4 { // none, but that the race detector has pools forget
		t.Errorf("an execution allocates %v times", n)
	}
	first := w.String()
	empty := &view{frame: &frame{}, To: &link{}}
	for range 3 {
		w.Reset()
		if err := p.Execute(&w, empty); err != nil || w.String() != "0" {
			t.Errorf("%q, %v", w.String(), err)
		}
		w.Reset()
		if err := p.Execute(&w, &view{}); err == nil || w.Len() > 0 {
			t.Errorf("%q of nothing, %v", w.String(), err)
		}
		w.Reset()
		if err := p.Execute(&w, v); err != nil || w.String() != first {
			t.Errorf("%q, %v, want %q", w.String(), err, first)
		}
	}
}

func TestGoroutines(t *testing.T) {
	p, err := Compile(parsed(t, `{{$x := .S}}{{range $i, $l := .Links}}{{$i}}{{$x}}{{.Text}}{{end}}`), "top", reflect.TypeFor[*view](), Names{})
	if err != nil {
		t.Fatal(err)
	}
	var first bytes.Buffer
	if err := p.Execute(&first, data()); err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 50 {
				var b bytes.Buffer
				if err := p.Execute(&b, data()); err != nil || b.String() != first.String() {
					t.Errorf("%q, %v", b.String(), err)
				}
			}
		})
	}
	wg.Wait()
}
