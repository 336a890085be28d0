package theme

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"vitrine/internal/diag"
	"vitrine/internal/source"
)

// TestThemeInherits: a theme of ten lines says what it changes, and has the rest from the default one.
func TestThemeInherits(t *testing.T) {
	plain, _ := open(t, nil, "default")
	own := fstest.MapFS{
		"themes/ours/theme.toml": {Data: []byte(`title = "Ours"
[colors]
accent = "#004488"
brand = {rgb = "#ff8800", cmyk = [0, 55, 100, 0]}
[icons]
leaf = "M1 1"
[[font]]
name = "title"
file = "fonts/ours.ttf"
screen = "assets/fonts/ours.woff2"
[[font]]
name = "text"
style = "bold"
screen = "assets/fonts/ours.woff2"
`)},
		"themes/ours/fonts/ours.ttf":          {Data: []byte("ttf")},
		"themes/ours/assets/fonts/ours.woff2": {Data: []byte("woff2")},
		"themes/ours/assets/theme.css":        {Data: []byte("/* why */\n.foot{color:red}/* x */\na::before{content:\"/* kept */\"}\n")},
		"themes/ours/i18n/fr.toml":            {Data: []byte("skip = \"Au texte\"\n")},
	}
	th, list := open(t, own, "ours")
	if len(list) > 0 {
		t.Fatal(list)
	}
	if th.Colors["accent"].RGB != "#004488" || th.Colors["brand"].CMYK[1] != 55 || th.Colors["ink"] != plain.Colors["ink"] || len(th.Colors) != len(plain.Colors)+1 {
		t.Errorf("%v", th.Colors)
	}
	if th.Icons["leaf"] != "M1 1" || th.Icons["sun"] != plain.Icons["sun"] || !slices.Equal(th.Fallback, plain.Fallback) || !slices.Equal(th.Series, plain.Series) {
		t.Errorf("%v, %v, %v", th.Icons, th.Fallback, th.Series)
	}
	titles := 0
	for _, f := range th.Fonts {
		if f.Name == "title" {
			titles++
			if f.File != "themes/ours/fonts/ours.ttf" {
				t.Errorf("%+v", f)
			}
		}
	}
	if titles != 1 || len(th.Fonts) != len(plain.Fonts) {
		t.Errorf("the family is not replaced, and no other: %+v", th.Fonts)
	}
	if got := th.Early(); !slices.Equal(got, []string{"assets/fonts/ours.woff2", plain.Early()[1]}) {
		t.Errorf("%v", got)
	}
	if got, _ := th.Words("fr").T("skip"); got != "Au texte" || !th.Words("fr").Has("news") {
		t.Errorf("%q", got)
	}
	css, err := th.StyleSheet()
	base, _ := plain.StyleSheet()
	added, ok := strings.CutPrefix(string(css), string(base))
	want := `@font-face{font-family:own-title;font-weight:400;font-style:normal;src:url("fonts/ours.woff2") format("woff2");font-display:swap}
@font-face{font-family:own-text;font-weight:700;font-style:normal;src:url("fonts/ours.woff2") format("woff2");font-display:swap}
:root{--title:own-title,var(--text)}
:root{--text:own-text,"Segoe UI",Roboto,Arial,sans-serif}
:root{--accent:#004488;--brand:#ff8800;}
@media screen and (prefers-color-scheme:dark){
:root{--accent:#6ba7f3;}
}
.foot{color:red}
a::before{content:"/* kept */"}
`
	if err != nil || !ok || added != want {
		t.Errorf("%v\n%s", err, added)
	}
	assets, _ := th.Assets()
	for _, a := range assets {
		if a.Path == "theme.css" {
			t.Error("theme.css is a file of its own")
		}
	}
	for _, name := range []string{"themes/ours/theme.toml", "themes/ours/assets/theme.css", "themes/ours/i18n/fr.toml"} {
		if _, ok := th.Tree.Seen()[name]; !ok {
			t.Errorf("%s is not remembered", name)
		}
	}
}

// TestWhatATheMayGainIsRemembered: a file that comes later makes the next build.
func TestWhatAThemeMayGainIsRemembered(t *testing.T) {
	th, _ := open(t, fstest.MapFS{"themes/default/i18n/ours.fr.toml": {Data: []byte("skip = \"x\"\n")}}, "default")
	if _, err := th.StyleSheet(); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"themes/default/theme.toml", "themes/default/assets/theme.css", "themes/default/i18n/fr.toml"} {
		if _, ok := th.Tree.Seen()[name]; !ok {
			t.Errorf("%s is not remembered", name)
		}
	}
}

func TestTokenMistakes(t *testing.T) {
	for text, want := range map[string]diag.Code{
		"[colours]\naccent = \"#004488\"":                                             diag.UnknownKey,
		"[colors]\naccent = {rbg = \"#004488\", rgb = \"#004488\"}":                   diag.UnknownKey,
		"[colors]\n\"my accent\" = \"#004488\"":                                       diag.BadID,
		"[[font]]\nname = \"my title\"\nfile = \"f.ttf\"":                             diag.BadID,
		"[colors]\naccent = \"blue\"":                                                 diag.BadColour,
		"[[font]]\nname = \"title\"\nstyle = \"heavy\"\nfile = \"f.ttf\"":             diag.BadChoice,
		"[[font]]\nname = \"title\"\nscreen = \"fonts/f.woff2\"":                      diag.BadChoice,
		"[[font]]\nname = \"title\"\nscreen = \"assets/f.woff2\"\nfile = \"f.ttf\"":   diag.MissingFile,
		"[[font]]\nname = \"title\"\nstyle = \"bold\"":                                diag.MissingKey,
		"[[font]]\nname = \"title\"\nscreen = \"assets/fonts/none.woff2\"\nsize = 12": diag.UnknownKey,
	} {
		_, list := open(t, fstest.MapFS{"themes/ours/theme.toml": {Data: []byte("title = \"Ours\"\n" + text + "\n")}, "themes/ours/f.ttf": {}}, "ours")
		if len(list) == 0 || list[0].Code != want || list[0].Span.File != "themes/ours/theme.toml" || list[0].Span.Start < 15 {
			t.Errorf("%s\n%+v, want %s", text, list, want)
		}
	}
}

func TestUncomment(t *testing.T) {
	for in, want := range map[string]string{
		"a{}\n\n/* b */\nc{}":                   "a{}\nc{}",
		"/* never closed":                       "",
		`a{content:'/*\'*/'}`:                   `a{content:'/*\'*/'}`,
		"a{background:url(data:x,/*y*/)}/*z*/b": "a{background:url(data:x,/*y*/)}b",
		`a{background:url("x/*")}/**/`:          `a{background:url("x/*")}`,
		`a{content:"`:                           `a{content:"`,
		`"\`:                                    `"\`,
	} {
		if got := uncomment(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

// TestUnknownThemeSaysWhere: the mistake stands where the site names the theme, with the one that was meant.
func TestUnknownThemeSaysWhere(t *testing.T) {
	site := source.New(fstest.MapFS{"data/site.toml": {Data: []byte("theme = \"agense\"\n")}})
	own := fstest.MapFS{"themes/agence/theme.toml": {Data: []byte("")}}
	for name, near := range map[string]string{"agense": "agence", "defaut": "default"} {
		_, list := Load(site, own, builtin, name, "fr")
		if len(list) != 1 || list[0].Span.Start != 8 || list[0].Hint.Key != "did-you-mean" || !strings.Contains(fmt.Sprint(list[0].Hint.Args), near) {
			t.Errorf("%s: %+v", name, list)
		}
	}
}

// TestOwnLayouts: a page of prose may ask for those that show prose.
func TestOwnLayouts(t *testing.T) {
	th, list := open(t, fstest.MapFS{
		"themes/ours/theme.toml":        {Data: []byte("")},
		"themes/ours/layouts/wide.html": {Data: []byte(`{{define "main"}}{{.Body}}{{end}}`)},
		"themes/ours/layouts/home.html": {Data: []byte(`{{define "main"}}{{end}}`)},
		"themes/ours/layouts/_ad.html":  {Data: []byte(``)},
	}, "ours")
	if got := th.OwnLayouts(); len(list) > 0 || !slices.Equal(got, []string{"article", "page", "wide"}) {
		t.Errorf("%v, %v", got, list)
	}
}
