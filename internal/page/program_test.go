package page

import (
	"bytes"
	"html/template"
	"os"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"vitrine/internal/bind"
	"vitrine/internal/diag"
	"vitrine/internal/markup"
	"vitrine/internal/model"
	"vitrine/internal/plan"
	"vitrine/internal/source"
	"vitrine/internal/theme"
)

// pictures publishes everything, in two widths.
type pictures struct{}

func (pictures) Web(file string) (Picture, bool) {
	return Picture{[]Size{{file + "-320.jpg", 320, 200}, {file, 640, 400}}}, true
}

// drawing stands for the maps: it says how many places they have, and shows every participant's.
type drawing struct{}

func (drawing) Map(around *model.Territory, cells []Cell, key func([]Class) template.HTML) template.HTML {
	out := template.HTML("<svg data-count=\"" + itoa(len(cells)) + "\"></svg>")
	if key != nil {
		out += key([]Class{{0, 0, 0}, {4, 1, 9}})
	}
	return out
}

func (drawing) Spot(around, place *model.Territory, lat, lon float64, point bool) *Spot {
	if around == nil || place.Parent != around && !slices.Contains(around.Members, place) {
		return nil
	}
	return &Spot{Width: 9, Height: 9, Land: "M0 0l9 0 0 9z", Place: "M0 0l1 0 0 1z", Point: point, X: 1, Y: 1}
}

// own is a renderer of the repository's own site.
func own(t testing.TB) *Renderer {
	t.Helper()
	return of(t, "../..")
}

// of is a renderer of the site in a folder.
func of(t testing.TB, folder string) *Renderer {
	t.Helper()
	clean := func(list diag.List) {
		t.Helper()
		for _, d := range list {
			if d.Severity == diag.Error {
				t.Fatalf("%s: %s", d.Span.File, d.Message("en"))
			}
		}
	}
	tree := source.New(os.DirFS(folder))
	site, list := bind.Site(tree, bind.Options{Workers: 1, Today: func(string) model.Date { return model.Date{Year: 2026, Month: 11, Day: 21} }})
	clean(list)
	look, list := theme.Open(tree, nil, os.DirFS("../../themes"), site.Theme, site.Language)
	clean(list)
	p, _ := plan.Make(site, look.Words(site.Language), 24, nil)
	r, list := New(p, look, pictures{}, drawing{}, nil, "")
	clean(list)
	return r
}

func (r *Renderer) layoutOf(t testing.TB, kind string) *template.Template {
	t.Helper()
	layout, ok := r.theme.Page(kind)
	if !ok {
		t.Fatalf("no layout for %s", kind)
	}
	return layout
}

// Every page of the site is the same, byte for byte, whether html/template executes
// its layout or the program does; and no page of a site falls back.
func TestProgramsWriteTheSame(t *testing.T) {
	r := own(t)
	programs := map[execution]*markup.Program{}
	same := func(kind, name string, view any) {
		t.Helper()
		of := execution{kind, name, reflect.TypeOf(view)}
		p, ok := programs[of]
		if !ok {
			var err error
			if p, err = compile(r.theme, r.layoutOf(t, kind), of); err != nil {
				t.Errorf("%s of %s is left to html/template: %v", name, kind, err)
			}
			programs[of] = p
		}
		if p == nil {
			return
		}
		var got, want bytes.Buffer
		if err := r.layoutOf(t, kind).ExecuteTemplate(&want, name, view); err != nil {
			t.Fatalf("%s: %v", kind, err)
		}
		if err := p.Execute(&got, view); err != nil {
			t.Errorf("%s of %s falls back: %v", name, kind, err)
		} else if !bytes.Equal(got.Bytes(), want.Bytes()) {
			t.Errorf("%s of %s differs:\n%s", name, kind, difference(got.String(), want.String()))
		}
	}
	kinds := map[string]bool{}
	for _, p := range r.plan.Pages {
		kinds[p.Kind] = true
		same(p.Kind, "_base.html", r.Draft(p).whole())
		for _, part := range []string{"_head.html", "_header.html", "_footer.html"} {
			same(p.Kind, part, r.chromeView(p))
		}
	}
	for _, g := range r.site.Programmes {
		s := r.plan.Sections[g]
		for _, x := range s.Listed {
			same("directory", "_card.html", r.card(s, x))
		}
		for _, x := range g.Themes {
			same("directory", "_mark.html", r.mark(s, x))
		}
	}
	for _, kind := range []string{"participant", "verify", "directory", "challenge", "theme", "territory"} {
		if !kinds[kind] {
			t.Errorf("the site has no %s to compare", kind)
		}
	}
}

func difference(got, want string) string {
	i := 0
	for i < min(len(got), len(want)) && got[i] == want[i] {
		i++
	}
	around := func(s string) string { return s[max(i-60, 0):min(i+60, len(s))] }
	return "got  …" + around(got) + "…\nwant …" + around(want) + "…"
}

// Render gives the same from its first page on, before and after layouts are compiled,
// and from several goroutines.
func TestRenderIsSteady(t *testing.T) {
	r := own(t)
	page := r.plan.Pages[slices.IndexFunc(r.plan.Pages, func(p *plan.Page) bool { return p.Kind == "participant" })]
	var first string
	if _, err := r.Render(page, func(html []byte) error { first = string(html); return nil }); err != nil || !strings.Contains(first, "<!doctype html>") {
		t.Fatalf("%v\n%s", err, first)
	}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 8 {
				if _, err := r.Render(page, func(html []byte) error {
					if string(html) != first {
						t.Error(difference(string(html), first))
					}
					return nil
				}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	x, ok := r.programs.Load(execution{"participant", "_base.html", reflect.TypeFor[*Participant]()})
	if !ok || x.(*markup.Program) == nil {
		t.Error("a layout is not compiled")
	}
}

// What fails in a program is said with the place that html/template gives it.
func TestProgramErrorHasItsPlace(t *testing.T) {
	r := own(t)
	broken := &Participant{Frame: &Frame{Words: theme.Words{}, Kind: "participant"}, Current: &Award{Until: "x"}}
	for i := range 8 {
		list := r.execute("participant", "_base.html", broken, func([]byte) { t.Error("a page with an error was handed out") })
		if len(list) != 1 || list[0].Code != diag.TemplateRun || !strings.HasSuffix(list[0].Span.File, "layouts/participant.html") || list[0].Span.Start == 0 {
			t.Fatalf("execution %d: %+v", i, list)
		}
	}
}

// BenchmarkLayouts executes the pages of a kind by html/template and compiled.
func BenchmarkLayouts(b *testing.B) {
	r := own(b)
	for _, kind := range []string{"participant", "directory", "verify", "challenge"} {
		var views []any
		for _, p := range r.plan.Pages {
			if p.Kind == kind {
				views = append(views, r.Draft(p).whole())
			}
		}
		layout := r.layoutOf(b, kind)
		compiled, err := compile(r.theme, layout, execution{kind, "_base.html", reflect.TypeOf(views[0])})
		if err != nil {
			b.Fatal(err)
		}
		for name, execute := range map[string]func(w *bytes.Buffer, view any) error{
			"template": func(w *bytes.Buffer, view any) error { return layout.ExecuteTemplate(w, "_base.html", view) },
			"compiled": compiled.Execute,
		} {
			b.Run(kind+"/"+name, func(b *testing.B) {
				var w bytes.Buffer
				b.ReportAllocs()
				for i := 0; b.Loop(); i++ {
					w.Reset()
					if err := execute(&w, views[i%len(views)]); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
		b.Run(kind+"/compiling", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := compile(r.theme, layout, execution{kind, "_base.html", reflect.TypeOf(views[0])}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkStart is what a build needs before its first page: the theme, and the layouts
// of a site's pages compiled.
func BenchmarkStart(b *testing.B) {
	r := own(b)
	views := map[string]reflect.Type{}
	var kinds []string
	for _, p := range r.plan.Pages {
		if views[p.Kind] == nil {
			views[p.Kind] = reflect.TypeOf(r.Draft(p).view)
			kinds = append(kinds, p.Kind)
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		look, list := theme.Load(source.New(os.DirFS("../..")), nil, os.DirFS("../../themes"), r.site.Theme, r.site.Language)
		if list = append(list, look.Check(kinds, 1)...); len(list) > 0 {
			b.Fatal(list)
		}
		fresh := &Renderer{theme: look}
		for _, kind := range kinds {
			layout, _ := look.Page(kind)
			if fresh.program(layout, execution{kind, "_base.html", views[kind]}) == nil {
				b.Fatal(kind)
			}
			for _, part := range []string{"_head.html", "_header.html", "_footer.html"} {
				if fresh.program(layout, execution{kind, part, reflect.TypeFor[*Chrome]()}) == nil {
					b.Fatal(part)
				}
			}
		}
	}
}
