package starter

import (
	"errors"
	"os"
	"slices"
	"strings"
	"testing"

	"vitrine/internal/theme"
	"vitrine/themes"
)

// TestThemeOpens: the first files of a theme say what the default theme says, but the accent; copies too.
func TestThemeOpens(t *testing.T) {
	for _, lang := range languages {
		site := newSite(t, lang)
		_, ids := Copies(themes.FS)
		var all []string
		for folder, list := range ids {
			for _, id := range list {
				all = append(all, folder+"/"+id)
			}
		}
		made, err := Theme(treeOf(site), themes.FS, NewTheme{ID: "ours", Accent: "#14467A", Copies: all})
		if err != nil || len(made) != 4+len(all)-1 { // the diploma is a copy
			t.Fatalf("%d files for %d copies, %v", len(made), len(all), err)
		}
		dir := t.TempDir()
		for name, data := range made {
			if err := os.MkdirAll(dir+"/"+name[:strings.LastIndexByte(name, '/')], 0o777); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(dir+"/"+name, data, 0o666); err != nil {
				t.Fatal(err)
			}
		}
		plain, _ := theme.Open(treeOf(site), nil, themes.FS, "default", string(lang))
		ours, list := theme.Open(treeOf(site), os.DirFS(dir), themes.FS, "ours", string(lang))
		if len(list) > 0 {
			t.Fatal(list)
		}
		if ours.Colors["accent"].RGB != "#14467A" || ours.Colors["ink"] != plain.Colors["ink"] || !slices.Equal(ours.Kinds(), plain.Kinds()) {
			t.Errorf("%v", ours.Colors)
		}
		a, _ := plain.Words(string(lang)).T("news")
		if b, _ := ours.Words(string(lang)).T("news"); a != b {
			t.Errorf("news: %q, %q", a, b)
		}
	}
}

func TestThemeRefusals(t *testing.T) {
	site := newSite(t, languages[0])
	site["themes/ours/theme.toml"] = []byte("title = \"Ours\"\n")
	site["themes/half/layouts/home.html"] = []byte("x")
	for _, c := range []struct {
		n    NewTheme
		want Reason
	}{
		{NewTheme{ID: "Ours"}, BadID},
		{NewTheme{ID: "ours"}, Taken},
		{NewTheme{ID: "half"}, Taken},
		{NewTheme{ID: "default"}, Taken},
		{NewTheme{ID: "new", Accent: "red"}, BadColour},
		{NewTheme{ID: "new", Copies: []string{"nothing"}}, UnknownCopy},
		{NewTheme{ID: "new", Copies: []string{"report"}}, TwoOfThatName},
		{NewTheme{ID: "new", Copies: []string{"../theme"}}, UnknownCopy},
	} {
		var p *Problem
		if _, err := Theme(treeOf(site), themes.FS, c.n); !errors.As(err, &p) || p.Reason != c.want {
			t.Errorf("%+v: %v, want %s", c.n, err, c.want)
		}
	}
	f, err := Theme(treeOf(site), themes.FS, NewTheme{ID: "ours", Copies: []string{"report.html", "site.css"}})
	if err != nil || len(f) != 2 || !strings.HasPrefix(string(f["themes/ours/assets/site.css"]), "/* Copie de") {
		t.Errorf("%v, %v", f, err)
	}
	if _, err := Theme(treeOf(nil), themes.FS, NewTheme{ID: "ours"}); err == nil {
		t.Error("a theme without a site")
	}
}
