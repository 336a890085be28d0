package theme

import (
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"vitrine/internal/diag"
	"vitrine/internal/load"
	"vitrine/internal/source"
)

var builtin = os.DirFS("../../themes")

func open(t *testing.T, own fs.FS, name string) (*Theme, diag.List) {
	t.Helper()
	return Open(source.New(fstest.MapFS{}), own, builtin, name, "fr")
}

// TestDefaultTheme: the built-in theme is whole.
func TestDefaultTheme(t *testing.T) {
	th, list := open(t, nil, "default")
	if len(list) > 0 {
		t.Fatal(list)
	}
	for kind := range strings.FieldsSeq("home programme directory filters participant verify challenges challenge themes theme editions edition groups group figures territories territory news article page legal privacy accessibility contact sitemap missing kit") {
		if !slices.Contains(th.Kinds(), kind) {
			t.Errorf("no layout for %s", kind)
		}
	}
	for _, token := range []string{"ink", "paper", "accent", "muted", "line"} {
		c, ok := th.Colors[token]
		if !ok || !isHex(c.RGB) || !c.Ink {
			t.Errorf("colour %s: %+v", token, c)
		}
	}
	if len(th.Fonts) < 4 {
		t.Errorf("%d fonts", len(th.Fonts))
	}
	w := th.Words("fr")
	seen := map[string]string{}
	for key := range strings.FieldsSeq("news territories legal privacy accessibility sitemap contact figures filter-commune filter-theme filter-challenge filter-trade filter-edition") {
		slug := w.Slug(key)
		if !regexp.MustCompile(`^[a-z0-9-]+$`).MatchString(slug) {
			t.Errorf("the slug of %s is %q", key, slug)
		}
		if other, taken := seen[slug]; taken && strings.HasPrefix(key, "filter-") == strings.HasPrefix(other, "filter-") {
			t.Errorf("%s and %s share the slug %q", key, other, slug)
		}
		seen[slug] = key
	}
	// addresses fixed by DESIGN §6
	for key, want := range map[string]string{"news": "actualites", "territories": "territoires", "sitemap": "plan-du-site", "contact": "contact", "legal": "mentions-legales", "privacy": "donnees-personnelles", "accessibility": "accessibilite", "filter-commune": "commune", "filter-theme": "theme", "filter-challenge": "defi", "filter-trade": "metier", "filter-edition": "edition"} {
		if got := w.Slug(key); got != want {
			t.Errorf("slug of %s: %q, want %q", key, got, want)
		}
	}
}

// TestLanguagesSayTheSame: the theme says every phrase in both its languages, with the
// same places.
func TestLanguagesSayTheSame(t *testing.T) {
	th, _ := open(t, nil, "default")
	fr, en := th.Words("fr"), th.Words("en")
	place := regexp.MustCompile(`\{\w+\}`)
	for key, p := range fr.phrases {
		q, ok := en.phrases[key]
		if !ok {
			t.Errorf("no English for %q", key)
			continue
		}
		a, b := place.FindAllString(p.one.text+p.many.text, -1), place.FindAllString(q.one.text+q.many.text, -1)
		if i := slices.Index(a, "{of}"); i >= 0 && slices.Contains(b, "{territory}") && !slices.Contains(a, "{territory}") {
			a[i] = "{territory}" // « de Caen », « du Havre »: English has its own word, and the name
		}
		slices.Sort(a)
		slices.Sort(b)
		if !slices.Equal(slices.Compact(a), slices.Compact(b)) {
			t.Errorf("%s: places %v in French, %v in English", key, a, b)
		}
	}
	for key := range en.phrases {
		if !fr.Has(key) {
			t.Errorf("no French for %q", key)
		}
	}
}

// TestOneFileReplaced: a site replaces a layout and keeps the rest.
func TestOneFileReplaced(t *testing.T) {
	own := fstest.MapFS{
		"themes/mine/theme.toml":             {Data: []byte("[colors]\nink = {rgb = \"#123456\"}\n")},
		"themes/mine/layouts/challenge.html": {Data: []byte(`{{define "main"}}mine{{end}}`)},
	}
	th, list := open(t, own, "mine")
	if len(list) > 0 {
		t.Fatal(list)
	}
	if th.Colors["ink"].RGB != "#123456" || !slices.Contains(th.Kinds(), "participant") {
		t.Errorf("%v, %v", th.Colors, th.Kinds())
	}
	if data, err := th.Tree.Read("themes/mine/layouts/challenge.html"); err != nil || !strings.Contains(string(data), "mine") {
		t.Errorf("%q, %v", data, err)
	}
}

func TestThemeMistakes(t *testing.T) {
	for _, c := range []struct {
		name string
		file string
		text string
		code diag.Code
		line int
	}{
		{"colour", "theme.toml", "[colors]\nink = {rgb = \"noir\"}\n", diag.BadColour, 2},
		{"font", "theme.toml", "[[font]]\nname = \"title\"\nfile = \"fonts/none.ttf\"\n", diag.MissingFile, 3},
		{"toml", "theme.toml", "[colors\n", diag.TOMLSyntax, 1},
		{"phrase", "i18n/fr.toml", "a = 1\n", diag.WrongType, 1},
		{"layout", "layouts/challenge.html", "{{define \"main\"}}\n\n{{end}}{{end}}", diag.TemplateSyntax, 3},
		{"part", "layouts/_card.html", "\n{{if}}", diag.TemplateSyntax, 2},
	} {
		t.Run(c.name, func(t *testing.T) {
			own := fstest.MapFS{"themes/mine/theme.toml": {Data: []byte("")}, "themes/mine/" + c.file: {Data: []byte(c.text)}}
			th, list := open(t, own, "mine")
			if len(list) == 0 || list[0].Code != c.code {
				t.Fatalf("found %v, want %s", list, c.code)
			}
			text, _ := th.Tree.Text(list[0].Span.File)
			if got := diag.Locate(text, list[0].Span.Start).Line; got != c.line || list[0].Span.File != "themes/mine/"+c.file {
				t.Errorf("%s:%d, want line %d", list[0].Span.File, got, c.line)
			}
		})
	}
}

// TestLayoutsAreReadWhenAskedFor: a broken layout is told when a site uses it, and takes
// nothing from the others.
func TestLayoutsAreReadWhenAskedFor(t *testing.T) {
	own := fstest.MapFS{
		"themes/mine/theme.toml":             {Data: []byte("")},
		"themes/mine/layouts/group.html":     {Data: []byte("{{define \"main\"}}\n{{if}}{{end}}")},
		"themes/mine/layouts/theme.html":     {Data: []byte("{{end}}")},
		"themes/mine/layouts/verify.html":    {Data: []byte(`{{define "main"}}{{end}}{{define "_header.html"}}mine{{end}}`)},
		"themes/mine/layouts/themes.html":    {Data: []byte(`{{define "main"}}{{end}}{{define "_marks.html"}}mine{{end}}`)},
		"themes/mine/layouts/_articles.html": {Data: []byte("articles")},
	}
	th, list := Load(source.New(fstest.MapFS{}), own, builtin, "mine", "fr")
	if len(list) > 0 {
		t.Fatal(list)
	}
	for name := range strings.FieldsSeq("layouts/group.html layouts/home.html i18n/en.toml") {
		if _, ok := th.Tree.Seen()["themes/mine/"+name]; !ok {
			t.Errorf("%s may be asked for, and was not seen", name)
		}
	}
	if list := th.Check([]string{"challenge", "participant", "none"}, 2); len(list) > 0 {
		t.Error(list)
	}
	for range 2 {
		list = th.Check([]string{"theme", "group", "home"}, 3)
		if len(list) != 2 || list[0].Code != diag.TemplateSyntax || list[0].Span.File != "themes/mine/layouts/group.html" || list[1].Span.File != "themes/mine/layouts/theme.html" {
			t.Fatalf("%+v", list)
		}
		if text, _ := th.Tree.Text(list[0].Span.File); diag.Locate(text, list[0].Span.Start).Line != 2 {
			t.Errorf("%+v", list[0].Span)
		}
	}
	if _, ok := th.Page("group"); ok {
		t.Error("a broken layout is given out")
	}
	if _, ok := th.Page("none"); ok {
		t.Error("a layout that is not there is given out")
	}
	if page, ok := th.Page("home"); !ok || page.Lookup("_base.html") == nil || page.Lookup("_articles.html") == nil || page.Lookup("main") == nil {
		t.Error("home lacks a template")
	}
	shared, ok := th.Part("home", "_header.html")
	if other, _ := th.Part("legal", "_header.html"); !ok || other != shared {
		t.Error("the header is not one for all")
	}
	for _, c := range [][2]string{{"verify", "_header.html"}, {"themes", "_card.html"}, {"home", "_base.html"}, {"home", "main"}, {"group", "_header.html"}, {"none", "_header.html"}} {
		if _, ok := th.Part(c[0], c[1]); ok {
			t.Errorf("%s of %s is one for all", c[1], c[0])
		}
	}
	if _, ok := th.Part("verify", "_footer.html"); !ok {
		t.Error("who defines a header shares the footer")
	}
}

// TestWordsOfOtherLanguages: those of the built-in theme are read when they are asked
// for; those of the site's own theme are checked at once.
func TestWordsOfOtherLanguages(t *testing.T) {
	own := fstest.MapFS{"themes/mine/theme.toml": {Data: []byte("")}}
	th, _ := open(t, own, "mine")
	if !th.Words("en").Has("news") || !th.Words("fr").Has("news") || th.Words("de").Has("news") {
		t.Error("words are missing")
	}
	own["themes/mine/i18n/pieces.en.toml"] = &fstest.MapFile{Data: []byte("news = 1\n")}
	if _, list := Load(source.New(fstest.MapFS{}), own, builtin, "mine", "fr"); len(list) != 1 || list[0].Code != diag.WrongType {
		t.Errorf("%v", list)
	}
}

func TestUnknownTheme(t *testing.T) {
	for _, name := range []string{"none", "", ".", "..", "default/layouts"} {
		if th, list := open(t, fstest.MapFS{}, name); th != nil || list.Errors() != 1 {
			t.Errorf("%q: %v, %v", name, th, list)
		}
	}
}

func TestWords(t *testing.T) {
	root, list := load.TOML(source.New(fstest.MapFS{"w.toml": {Data: []byte(`
hello = "Bonjour {name} : {name} !"
count = {one = "{n} page", many = "{n} pages"}
`)}}), "w.toml")
	if list != nil {
		t.Fatal(list)
	}
	w := Words{lang: "fr", phrases: map[string]phrase{}}
	w.add(root)
	if got, err := w.T("hello", "name", "{name}"); err != nil || got != "Bonjour {name}\u00a0: {name}\u202f!" {
		t.Errorf("%q, %v", got, err)
	}
	for n, want := range map[int]string{0: "0 page", 1: "1 page", 2: "2 pages", 12345: "12\u202f345 pages"} {
		if got, err := w.N("count", n); err != nil || got != want {
			t.Errorf("%d: %q, %v", n, got, err)
		}
	}
	if _, err := w.T("none"); err == nil {
		t.Error("an unknown phrase must not show its key")
	}
	if _, err := w.T("hello", "name"); err == nil {
		t.Error("a name without a value")
	}
	if got, _ := w.T("hello"); !strings.Contains(got, "{name}") {
		t.Errorf("%q", got)
	}
}
