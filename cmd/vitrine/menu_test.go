package main

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// desk is a menu with a person in front of it.
type desk struct {
	*menu
	out    bytes.Buffer
	ran    []string // the commands, as they would be typed
	opened []string
	codes  map[string]int // by command; 0 where none is said
}

func newDesk(t *testing.T, answers ...string) *desk {
	t.Helper()
	d := &desk{codes: map[string]int{}}
	env := map[string]string{"LANG": "fr_FR.UTF-8"}
	w := &world{stdout: &d.out, stderr: &d.out, env: func(n string) string { return env[n] }, now: func() time.Time { return time.Unix(1795219200, 0) }}
	in := strings.Join(answers, "\n")
	if len(answers) > 0 {
		in += "\n"
	}
	d.menu = newMenu(w, strings.NewReader(in))
	d.near, d.windows = []string{t.TempDir()}, false
	d.open = func(s string) error { d.opened = append(d.opened, s); return nil }
	d.command = func(ctx context.Context, shown func(string), args []string) (int, string) {
		d.ran = append(d.ran, strings.Join(args, " "))
		if shown != nil {
			shown("http://127.0.0.1:8080/")
			<-ctx.Done()
		}
		return d.codes[args[0]], "kit/a.pdf\n"
	}
	return d
}

// siteIn makes a folder that is a site.
func siteIn(t *testing.T, dir string) string {
	t.Helper()
	if err := os.MkdirAll(filepath.Join(dir, "data", "programmes", "label"), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "data", "site.toml"), nil, 0o666); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestMenuRunsCommands(t *testing.T) {
	list := filepath.Join(t.TempDir(), "Liste labellisés VF2 (3).xlsx")
	if err := os.WriteFile(list, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	const back = "" // Enter
	for name, x := range map[string]struct {
		answers []string
		codes   map[string]int
		want    []string // with SITE for the folder
		opened  []string
	}{
		"build, and see the kit": {[]string{"1", "o", back, "0"}, nil, []string{"build --site SITE"}, []string{"SITE/kit/index.html"}},
		"build, no":              {[]string{"1", "n", back, "0"}, nil, []string{"build --site SITE"}, nil},
		"errors offer nothing":   {[]string{"1", back, "3", back, "0"}, map[string]int{"build": exitData}, []string{"build --site SITE", "check --site SITE"}, nil},
		"see":                    {[]string{"2", back, "0"}, nil, []string{"serve --site SITE"}, []string{"http://127.0.0.1:8080/"}},
		"diploma":                {[]string{"4", "L’Éclat  d’Œuf", back, "oui", back, "0"}, nil, []string{"print diploma L’Éclat d’Œuf --profile office --site SITE"}, []string{"kit/a.pdf"}},
		"a sticker":              {[]string{"4", "Petit", "sticker", "n", back, "0"}, nil, []string{"print sticker Petit --profile office --site SITE"}, nil},
		"import, yes":            {[]string{"5", "'" + list + "'", "o", back, "0"}, nil, []string{"import " + list + " --site SITE", "import " + list + " --site SITE --write"}, nil},
		"import, no":             {[]string{"5", list, "non", back, "0"}, nil, []string{"import " + list + " --site SITE"}, nil},
		"import, refused":        {[]string{"5", list, back, "0"}, map[string]int{"import": exitRefused}, []string{"import " + list + " --site SITE"}, nil},
		"a list alone":           {[]string{list, "o", "0"}, nil, []string{"import " + list + " --site SITE", "import " + list + " --site SITE --write"}, nil},
		"create":                 {[]string{"6", "Mon label", "Bons gestes", back, back, "0"}, nil, []string{"new site SITE/mon-label --title Mon label --programme Bons gestes --lang fr"}, nil},
		"back from a question":   {[]string{"4", back, "5", back, "6", back, "0"}, nil, nil, nil},
		"no such choice":         {[]string{"7", "-1", "x", "", "0"}, nil, nil, nil},
		"the input ends":         {[]string{"4"}, nil, nil, nil},
		"nobody":                 {nil, nil, nil, nil},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t, x.answers...)
			site := siteIn(t, d.near[0])
			if x.codes != nil {
				d.codes = x.codes
			}
			if code := d.run(); code != exitFine {
				t.Errorf("status %d", code)
			}
			with := func(list []string) []string {
				var out []string
				for _, s := range list {
					out = append(out, filepath.FromSlash(strings.ReplaceAll(s, "SITE", site)))
				}
				return out
			}
			if !slices.Equal(d.ran, with(x.want)) {
				t.Errorf("ran %q\nwant %q", d.ran, with(x.want))
			}
			if !slices.Equal(d.opened, with(x.opened)) {
				t.Errorf("opened %q", d.opened)
			}
		})
	}
}

func TestMenuFindsTheSite(t *testing.T) {
	t.Run("in the folder of the program", func(t *testing.T) {
		d := newDesk(t, "0")
		site := siteIn(t, filepath.Join(d.near[0], "Éco-défis 2026 (copie)"))
		d.run()
		if d.site != site {
			t.Errorf("the site is %q", d.site)
		}
	})
	t.Run("where one stands", func(t *testing.T) {
		d := newDesk(t, "0")
		siteIn(t, filepath.Join(d.near[0], "a"))
		site := siteIn(t, t.TempDir())
		d.near = append(d.near, site)
		d.run()
		if d.site != site {
			t.Errorf("the site is %q", d.site)
		}
	})
	t.Run("one of several", func(t *testing.T) {
		d := newDesk(t, "2", "0")
		siteIn(t, filepath.Join(d.near[0], "a"))
		site := siteIn(t, filepath.Join(d.near[0], "b"))
		d.run()
		if d.site != site {
			t.Errorf("the site is %q", d.site)
		}
	})
	t.Run("dragged", func(t *testing.T) {
		site := siteIn(t, filepath.Join(t.TempDir(), "d’ici & d'ailleurs"))
		d := newDesk(t, "1", strings.NewReplacer(" ", `\ `, "'", `\'`, "&", `\&`).Replace(site), "n", "", "0")
		d.run()
		if d.site != site || !slices.Equal(d.ran, []string{"build --site " + site}) {
			t.Errorf("the site is %q, ran %q", d.site, d.ran)
		}
	})
	t.Run("no site's folder", func(t *testing.T) {
		other := t.TempDir()
		d := newDesk(t, "1", other, "nulle part", "", "0")
		d.run()
		if d.site != "" || len(d.ran) > 0 || !strings.Contains(d.out.String(), "n’a pas data/site.toml") || !strings.Contains(d.out.String(), "introuvable") {
			t.Errorf("%q %q", d.site, d.out.String())
		}
	})
	t.Run("several programmes", func(t *testing.T) {
		d := newDesk(t, "5", "liste.xlsx", "2", "n", "", "0")
		site := siteIn(t, d.near[0])
		if err := os.Mkdir(filepath.Join(site, "data", "programmes", "autre"), 0o777); err != nil {
			t.Fatal(err)
		}
		d.run()
		if len(d.ran) != 1 || !strings.HasSuffix(d.ran[0], "--programme label") {
			t.Errorf("ran %q", d.ran)
		}
	})
}

// A list of winners: the edition of the site is proposed, and the whole list gets it.
func TestMenuWinnersFromAList(t *testing.T) {
	list := filepath.Join(t.TempDir(), "Liste labellisés VF2 (3).csv")
	if err := os.WriteFile(list, []byte("Nom;Téléphone\nFleurs du Bocage;01 99 00 61 33\nGarage du Pont;\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	d := newDesk(t, "6", "Label", "Label", "", "", "5", list, "1", "o", "", "1", "n", "", "0")
	d.command = newMenu(d.world, strings.NewReader("")).command
	d.run()
	for _, name := range []string{"fleurs-du-bocage", "garage-du-pont", "entreprise-d-exemple"} {
		if _, err := os.Stat(filepath.Join(d.near[0], "label", "kit", "label", "diploma", name+".pdf")); err != nil {
			t.Errorf("no diploma: %v\n%s", err, d.out.String())
		}
	}
}

// From nothing to a kit, with the commands themselves.
func TestMenuToFirstKit(t *testing.T) {
	d := newDesk(t, "6", "Éco-défis d’ici", "Les bons gestes", "", "", "1", "o", "", "4", "Entreprise d’exemple", "", "n", "", "3", "", "0")
	real := newMenu(d.world, strings.NewReader(""))
	d.command = real.command
	if code := d.run(); code != exitFine {
		t.Error("status", code)
	}
	site := filepath.Join(d.near[0], "eco-defis-d-ici")
	kit := filepath.Join(site, "kit", "index.html")
	if !slices.Equal(d.opened, []string{kit}) {
		t.Errorf("opened %q", d.opened)
	}
	for _, f := range []string{kit, filepath.Join(site, "public", "index.html"), filepath.Join(site, "kit", "les-bons-gestes", "office", "diploma", "entreprise-d-exemple.pdf")} {
		if _, err := os.Stat(f); err != nil {
			t.Error(err)
		}
	}
	for _, s := range []string{"site créé", "fabriquer le site et le kit", "tout est prêt"} {
		if !strings.Contains(d.out.String(), s) {
			t.Errorf("it does not say %q:\n%s", s, d.out.String())
		}
	}
}

// A preview that ends by itself does not take the next answer.
func TestMenuPreviewThatFails(t *testing.T) {
	d := newDesk(t, "2", "", "3", "", "0")
	siteIn(t, d.near[0])
	d.command = func(_ context.Context, _ func(string), args []string) (int, string) {
		d.ran = append(d.ran, args[0])
		return exitRefused, ""
	}
	d.run()
	if !slices.Equal(d.ran, []string{"serve", "check"}) {
		t.Errorf("ran %q", d.ran)
	}
}

func TestMenuCannotOpen(t *testing.T) {
	d := newDesk(t, "1", "o", "", "0")
	site := siteIn(t, d.near[0])
	d.open = func(string) error { return errors.New("no browser") }
	d.run()
	if !strings.Contains(d.out.String(), filepath.Join(site, "kit", "index.html")) {
		t.Errorf("where the kit is: %s", d.out.String())
	}
}

func TestMenuInEnglish(t *testing.T) {
	d := newDesk(t, "0")
	d.env = func(string) string { return "en_GB.UTF-8" }
	d.run()
	if !strings.Contains(d.out.String(), "make the site and the kit") || strings.Contains(d.out.String(), "fabriquer") {
		t.Error(d.out.String())
	}
}

// Paths as windows write them when a file is dropped.
func TestCleanPath(t *testing.T) {
	for _, x := range []struct {
		windows    bool
		drop, want string
	}{
		{true, `"C:\Users\Zoé\Éco-défis 2026 (copie)"`, `C:\Users\Zoé\Éco-défis 2026 (copie)`},
		{true, `C:\site`, `C:\site`},
		{true, `\\serveur\com\site`, `\\serveur\com\site`},
		{true, `& 'C:\l''été'`, `C:\l'été`},
		{false, `/Users/zoé/Éco-défis\ 2026\ \(copie\) `, `/Users/zoé/Éco-défis 2026 (copie)`},
		{false, `/a\\b`, `/a\b`},
		{false, `'/home/zoé/l'\''été'`, `/home/zoé/l'été`},
		{false, `file:///home/zo%C3%A9/mon%20site`, `/home/zoé/mon site`},
		{false, `""`, ``},
		{false, `"`, `"`},
		{false, ``, ``},
	} {
		m := &menu{windows: x.windows}
		if got := m.clean(x.drop); got != x.want {
			t.Errorf("%q: %q, want %q", x.drop, got, x.want)
		}
	}
}
