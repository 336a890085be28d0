package starter

import (
	"errors"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"vitrine/internal/bind"
	"vitrine/internal/diag"
	"vitrine/internal/load"
	"vitrine/internal/model"
	"vitrine/internal/source"
	"vitrine/internal/typography"
)

const today = "2026-03-14"

func treeOf(f Files) *source.Tree {
	m := fstest.MapFS{}
	for n, data := range f {
		m[n] = &fstest.MapFile{Data: data}
	}
	return source.New(m)
}

// read binds a site, which must have no error.
func read(t *testing.T, tree *source.Tree) *model.Site {
	t.Helper()
	day, err := model.ParseDate(today)
	if err != nil {
		t.Fatal(err)
	}
	site, list := bind.Site(tree, bind.Options{Today: func(string) model.Date { return day }, Workers: 1})
	for _, d := range list {
		if d.Severity == diag.Error {
			t.Errorf("%s: %s", d.Span.File, d.Message(diag.English))
		}
	}
	return site
}

func newSite(t *testing.T, lang typography.Language) Files {
	t.Helper()
	f, err := Site(NewSite{Language: lang, Title: `Le « label » de l'Orne \ "2026"`, Programme: "Les bons gestes", Today: today})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

var languages = []typography.Language{typography.French, typography.English}

func TestSiteBinds(t *testing.T) {
	for _, lang := range languages {
		site := read(t, treeOf(newSite(t, lang)))
		if !site.Demo || len(site.Programmes) != 1 || site.Programmes[0].ID != "les-bons-gestes" || len(site.Programmes[0].Pieces) != 4 {
			t.Errorf("%s: demo %v, programmes %v", lang, site.Demo, site.Programmes)
		}
		if !strings.Contains(site.Title, `\ `) {
			t.Errorf("%s: the title is %q", lang, site.Title)
		}
	}
}

// What a line in comment proposes is right once the # is removed.
func TestCommentsAreData(t *testing.T) {
	for _, lang := range languages {
		site := newSite(t, lang)
		f, _, _, err := Participant(treeOf(site), "", "Boulangerie Petit", "", today)
		if err != nil {
			t.Fatal(err)
		}
		for name, data := range f {
			lines := strings.Split(string(data), "\n")
			start := slices.IndexFunc(lines, func(s string) bool { return strings.Contains(s, "boulangerie-petit") })
			for i, line := range lines[start:] {
				bare := strings.TrimPrefix(line, "# ")
				if strings.HasPrefix(bare, "[[") || strings.Contains(bare, " = ") && !strings.Contains(bare, `= "" #`) && !strings.HasPrefix(bare, "email = \"\"") {
					lines[start+i] = bare
				}
			}
			site[name] = []byte(strings.Replace(strings.Join(lines, "\n"), `url = "https://"`, "", 1))
			site[name] = []byte(strings.NewReplacer("\nphone = \"\"", "", "\nemail = \"\"", "", "\nsiret = \"\"", "").Replace(string(site[name])))
		}
		p := read(t, treeOf(site)).Programmes[0]
		n := 0
		for x := range participants(p) {
			if x == "boulangerie-petit" {
				n++
			}
		}
		if n != 1 {
			t.Errorf("%s: the new participant is not in the model", lang)
		}
	}
}

func participants(p *model.Programme) map[string]bool {
	out := map[string]bool{}
	for _, x := range model.Participants(p) {
		out[x.ID] = true
	}
	return out
}

func TestProgramme(t *testing.T) {
	for _, lang := range languages {
		site := newSite(t, lang)
		for _, kind := range append(Kinds, "") {
			f, err := Programme(treeOf(site), "deux"+kind, "Deux", kind, today)
			if err != nil {
				t.Fatal(err)
			}
			for n, data := range f {
				if site[n] != nil {
					t.Errorf("%s would be replaced", n)
				}
				site[n] = data
			}
		}
		read(t, treeOf(uncommented(site, "programme.toml")))
		programmes := read(t, treeOf(site)).Programmes
		if n := len(programmes); n != 2+len(Kinds) {
			t.Errorf("%d programmes", n)
		}
		for _, p := range programmes {
			if kind, ok := strings.CutPrefix(p.ID, "deux"); ok && kind != "" && p.Kind != kind {
				t.Errorf("%s: %s is a %s", lang, p.ID, p.Kind)
			}
		}
	}
}

// uncommented are files of which those of a name have every line that is data without
// its #, as somebody would remove them; but for those that name what is not there yet.
func uncommented(f Files, name string) Files {
	out := maps.Clone(f)
	for n, data := range f {
		if !strings.HasSuffix(n, "/"+name) {
			continue
		}
		lines := strings.Split(string(data), "\n")
		for i, line := range lines {
			bare := strings.TrimPrefix(line, "# ")
			if bare != line && (strings.HasPrefix(bare, "[[") || strings.Contains(bare, " = ")) &&
				!strings.HasPrefix(bare, "members") && !strings.HasPrefix(bare, "file") && !strings.Contains(bare, `"https://"`) {
				lines[i] = bare
			}
		}
		out[n] = []byte(strings.Join(lines, "\n"))
	}
	return out
}

func TestProblems(t *testing.T) {
	site := newSite(t, typography.French)
	tree := treeOf(site)
	one := func(_ Files, err error) error { return err }
	who := func(tree *source.Tree, programme, name, id string) error {
		_, _, _, err := Participant(tree, programme, name, id, today)
		return err
	}
	piece := func(name, from string) error {
		_, _, err := Piece(tree, fstest.MapFS{"default/pieces/diploma.toml": {Data: []byte("x = 1\n")}}, name, from)
		return err
	}
	with := func(name, text string) *source.Tree { return tree.With(Files{name: []byte(text)}) }
	two := maps.Clone(site)
	two["data/programmes/b/programme.toml"] = nil
	const list = "data/programmes/les-bons-gestes/participants.toml"
	for name, x := range map[string]struct {
		err  error
		want Reason
	}{
		"reserved address":   {one(Programme(tree, "contact", "", "", today)), Reserved},
		"reserved device":    {one(Programme(tree, "con", "", "", today)), Reserved},
		"capitals":           {one(Programme(tree, "Bons Gestes", "", "", today)), BadID},
		"programme is there": {one(Programme(tree, "les-bons-gestes", "", "", today)), Taken},
		"no site":            {one(Programme(treeOf(nil), "deux", "", "", today)), NoSite},
		"unknown kind":       {one(Programme(tree, "deux", "", "clube", today)), UnknownKind},
		"no letters":         {who(tree, "", "★", ""), BadID},
		"device":             {who(tree, "", "Con", ""), Reserved},
		"bad id":             {who(tree, "", "Petit", "Petit !"), BadID},
		"is there":           {who(tree, "", "Entreprise d'Exemple", ""), Taken},
		"unknown programme":  {who(tree, "les-bon-gestes", "Petit", ""), UnknownProgramme},
		"which":              {who(treeOf(two), "", "Petit", ""), WhichProgramme},
		"had it":             {who(with(list, "[[participant]]\nid = \"b\"\nname = \"B\"\naliases = [\"petit\"]\n"), "", "Petit", ""), Taken},
		"inline":             {who(with(list, "participant = [{id = \"b\", name = \"B\"}]\n"), "", "Petit", ""), ByHand},
		"broken":             {who(with(list, "[[participant]\n"), "", "Petit", ""), Unreadable},
		"story":              {who(with("content/les-bons-gestes/participants/petit.md", ""), "", "Petit", ""), Taken},
		"bad piece":          {piece("Carte", ""), BadID},
		"unknown template":   {piece("carte", "diplome"), UnknownTemplate},
	} {
		var p *Problem
		if !errors.As(x.err, &p) || p.Reason != x.want {
			t.Errorf("%s: %v, want %s", name, x.err, x.want)
		}
	}
}

// A programme that keeps a table gets a row, written as the others.
func TestTable(t *testing.T) {
	site := newSite(t, typography.French)
	const toml, table = "data/programmes/les-bons-gestes/participants.toml", "data/programmes/les-bons-gestes/participants.csv"
	delete(site, toml)
	for name, x := range map[string]struct{ old, want string }{
		"semicolons": {"id;phone;name\na;;A\n", "id;phone;name\na;;A\npetit-cie;;\"Petit; & Cie\"\n"},
		"windows":    {"\ufeffid,name\r\na,A", "\ufeffid,name\r\na,A\r\npetit-cie,Petit; & Cie\r\n"},
	} {
		site[table] = []byte(x.old)
		f, _, id, err := Participant(treeOf(site), "", "Petit; & Cie", "", today)
		if err != nil || id != "petit-cie" || string(f[table]) != x.want {
			t.Errorf("%s: %q %q %v", name, id, f[table], err)
		}
	}
}

func TestPiece(t *testing.T) {
	tree := treeOf(newSite(t, typography.French))
	themes := fstest.MapFS{"default/pieces/diploma.toml": {Data: []byte("size = \"A4\"\n")}}
	f, from, err := Piece(tree, themes, "grand-diplome", "diploma")
	if err != nil || from != "diploma" || !strings.HasSuffix(string(f["data/pieces/grand-diplome.toml"]), "size = \"A4\"\n") {
		t.Error(f, from, err)
	}
	if f, from, err = Piece(tree, themes, "carte", ""); err != nil || from != "" {
		t.Error(from, err)
	}
	if doc, list := load.TOML(tree.With(f), "data/pieces/carte.toml"); doc == nil || list.Errors() > 0 {
		t.Error(list)
	}
}

// Both languages have the same texts with the same keys.
func TestLanguagesAgree(t *testing.T) {
	names := func(lang string) []string {
		list, err := fs.Glob(files, "files/"+lang+"/*.toml")
		if err != nil {
			t.Fatal(err)
		}
		for i := range list {
			list[i] = strings.TrimPrefix(list[i], "files/"+lang+"/")
		}
		return list
	}
	if fr, en := names("fr"), names("en"); !slices.Equal(fr, en) || len(fr) != 15 {
		t.Fatal(fr, en)
	}
	for _, name := range names("fr") {
		var keys [2][]string
		for i, lang := range []string{"fr", "en"} {
			data, err := fs.ReadFile(files, "files/"+lang+"/"+name)
			if err != nil {
				t.Fatal(err)
			}
			for _, line := range strings.Split(string(data), "\n") {
				if key, _, ok := strings.Cut(strings.TrimPrefix(line, "# "), " = "); ok && !strings.ContainsAny(key, " (") {
					keys[i] = append(keys[i], key)
				}
			}
		}
		if !slices.Equal(keys[0], keys[1]) {
			t.Errorf("%s: %v\n%v", name, keys[0], keys[1])
		}
	}
}

// Whatever the name, the file that results says it, and what was there is kept.
func FuzzParticipant(f *testing.F) {
	for _, s := range []string{"L’Éclat d’Œuf", `"\`, "a\x00b", "\xff", "★ 1", "[[x]]", "#", "a\nb = 1", strings.Repeat("mot ", 60)} {
		f.Add(s)
	}
	site, err := Site(NewSite{Language: typography.French, Title: "T", Programme: "P", Today: today})
	if err != nil {
		f.Fatal(err)
	}
	const file = "data/programmes/p/participants.toml"
	f.Fuzz(func(t *testing.T, name string) {
		tree := treeOf(site)
		out, _, id, err := Participant(tree, "", name, "", today)
		var p *Problem
		if errors.As(err, &p) {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(string(out[file]), string(site[file])) {
			t.Fatal("what was there has changed")
		}
		doc, list := load.TOML(tree.With(out), file)
		if list.Errors() > 0 {
			t.Fatal(list)
		}
		rows, _ := doc.Tables("participant")
		last := rows[len(rows)-1]
		if got, _ := last.String("id"); got != id || len(rows) != 2 {
			t.Fatalf("%q, %d participants", got, len(rows))
		}
		if got, _ := last.String("name"); got != strings.ToValidUTF8(name, "\ufffd") {
			t.Fatalf("the name is %q, not %q", got, name)
		}
	})
}
