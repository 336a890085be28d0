package build

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"vitrine/internal/model"
	"vitrine/themes"
)

// logo is a picture of one colour.
func logo(shade uint8) string {
	im := image.NewNRGBA(image.Rect(0, 0, 300, 150))
	for i := range im.Pix {
		im.Pix[i] = shade
	}
	im.Set(3, 3, color.NRGBA{255, 0, 0, 255})
	var b bytes.Buffer
	_ = png.Encode(&b, im)
	return b.String()
}

// kitSite is a site with a piece of each kind, three participants, and awards of two
// editions.
func kitSite() map[string]string {
	site := map[string]string{
		"data/site.toml": `title = "Vitrine"
base_url = "https://vitrine.example"
language = "fr"
publisher = "agglo"
[legal]
publication_director = "La présidente"
host = {name = "Hébergeur", address = "1 rue du Fil", phone = "02 61 91 00 00"}
[privacy]
controller = "L’agglo"
contact = "dpo@agglo.example"
default_consent = ["name", "logo", "story"]
[kit]
profiles = ["press", "office"]
`,
		"data/organisations.toml": `[[organisation]]
id = "agglo"
name = "L’Agglo"
address = "Place du Marché, Flers"
phone = "02 61 91 00 01"
logo = "img/agglo.png"
[[organisation]]
id = "cma"
name = "La Chambre"
`,
		"data/territories.toml": `[[territory]]
id = "pays"
name = "Pays"
kind = "epci"
[[territory]]
id = "flers"
name = "Flers"
kind = "commune"
code = "61169"
parent = "pays"
`,
		"data/trades.toml": `[[trade]]
id = "pain"
name = "Boulangerie"
`,
		"data/programmes/label/programme.toml": `name = "Le Label"
kind = "label"
purpose = "Des gestes simples"
territory = "pays"
[[partner]]
organisation = "agglo"
role = "pilote"
signs = true
signatory = {name = "Anne Loriot", title = "Présidente"}
[[partner]]
organisation = "cma"
role = "partenaire"
[[edition]]
id = "2024"
title = "Édition 2024"
starts = 2024-01-01
[[edition]]
id = "2025"
title = "Édition 2025"
starts = 2025-01-01
[[piece]]
id = "diploma"
template = "proof"
for = "award"
[[piece]]
id = "past"
template = "proof"
for = "award"
where = {edition = ["2024"]}
profile = "press"
[[piece]]
id = "card"
template = "card"
for = "participant"
profile = "press"
[[piece]]
id = "flyer"
template = "tract"
for = "programme"
public = true
profile = "press"
[[piece]]
id = "leaf"
template = "leaf"
for = "theme"
profile = "office"
[[piece]]
id = "tag"
template = "tag"
for = "participant"
profile = "office"
sheet = "pair"
`,
		"data/programmes/label/challenges.toml": `[[theme]]
id = "eau"
title = "Eau"
color = "#1F6FA8"
[[theme]]
id = "air"
title = "Air"
color = "#B4530A"
[[challenge]]
id = "pluie"
title = "Récupérer la pluie"
theme = "eau"
[[challenge]]
id = "velo"
title = "Livrer à vélo"
theme = "air"
`,
		"data/sheets/pair.toml": `title = "Paires"
size = "A5"
label = "105x80"
rows = 2
origin = [20, 20]
pitch = [105, 85]
ruler = true
`,
		"data/pieces/tag.toml": `title = "Badge"
size = "100x80"
[[box]]
kind = "text"
at = [10, 10, 80, 30]
text = "{{ .Participant.PrintName }}"
`,
		"data/pieces/proof.toml": `title = "Preuve"
size = "A6 landscape"
[[box]]
kind = "text"
at = [10, 10, 120, 10]
text = "{{ .Participant.PrintName }} {{ if .Site.Demo }}{{ t \"piece-demo\" }}{{ end }}"
[[box]]
kind = "text"
at = [10, 20, 120, 10]
text = "{{ t \"piece-verify\" }} {{ date .Award.On }} {{ range .Programme.Partners }}{{ .Organisation.Name }} {{ end }}"
[[box]]
kind = "list"
each = "Award.Challenges"
at = [10, 30, 60, 60]
[[box.item]]
kind = "rect"
at = [0, 0, 6, 6]
fill = "theme/{{ .Item.Theme.ID }}"
[[box.item]]
kind = "text"
at = [10, 0, 50, 8]
text = "{{ .Item.Title }}"
[[box]]
kind = "list"
each = "Programme.Signatories"
at = [80, 30, 60, 60]
[[box.item]]
kind = "image"
at = [0, 0, 20, 10]
src = "{{ .Item.Organisation.Logo }}"
[[box.item]]
kind = "text"
at = [22, 0, 38, 8]
text = "{{ .Item.Signatory.Name }}"
`,
		"data/pieces/tract.toml": `title = "Tract"
size = "A6"
pages = 2
[[box]]
kind = "text"
at = [10, 10, 80, 10]
text = "{{ .Count }} {{ .Programme.Words.Participant.Form .Count }} {{ if .Site.Demo }}{{ t \"piece-demo\" }}{{ end }}"
[[box]]
kind = "list"
page = 2
each = "Programme.Themes"
at = [10, 10, 80, 40]
[[box.item]]
kind = "rect"
at = [0, 0, 6, 6]
fill = "theme/{{ .Item.ID }}"
[[box]]
kind = "image"
page = 2
at = [10, 60, 20, 10]
src = "{{ .Site.Publisher.Logo }}"
`,
		"data/pieces/card.toml": `title = "Carte"
size = "A6"
[[box]]
kind = "text"
at = [10, 10, 80, 30]
text = "{{ .Participant.Name }} {{ .Participant.Phone }}"
style = {min_size = 8}
[[box]]
kind = "image"
at = [10, 50, 20, 10]
src = "{{ .Participant.Logo }}"
[[box]]
kind = "list"
each = "Participant.Commitments"
at = [10, 70, 80, 60]
[[box.item]]
kind = "text"
at = [0, 0, 80, 8]
text = "{{ .Item.Challenge.Title }}"
`,
		"data/pieces/leaf.toml": `title = "Feuille"
size = "A6"
[[box]]
kind = "rect"
at = [-3, -3, 53, 53]
fill = "theme/{{ .Theme.ID }}"
[[box]]
kind = "text"
at = [10, 60, 80, 20]
text = "{{ .Theme.Title }} {{ .Count }}"
`,
		"content/a-propos.md":      "+++\ntitle = \"À propos\"\n+++\nUn texte.\n",
		"static/img/agglo.png":     logo(90),
		"static/img/alma.png":      logo(40),
		"data/files/img/other.png": logo(200),
	}
	people := ""
	for _, p := range []struct{ id, name, extra, awards string }{
		{"alma", "Aux Blés d’Or", `logo = "img/alma.png"`, "2024 2025"},
		{"bruno", "Garage du Pont", `phone = "02 61 91 00 02"`, "2025"},
		{"chloe", "Coiffure Chloé", "", "2025"},
	} {
		people += fmt.Sprintf("[[participant]]\nid = %q\nname = %q\nkind = \"business\"\ntrade = \"pain\"\ncommune = \"61169\"\nstatus = \"active\"\n%s\n", p.id, p.name, p.extra)
		people += "[[participant.commitment]]\nchallenge = \"pluie\"\n"
		if p.id != "chloe" {
			people += "[[participant.commitment]]\nchallenge = \"velo\"\n"
		}
		for e := range strings.FieldsSeq(p.awards) {
			people += fmt.Sprintf("[[participant.award]]\nedition = %q\non = %s-11-30\n", e, e)
		}
	}
	site["data/programmes/label/participants.toml"] = people
	return site
}

// bench is a site on disk, and where it is built.
type bench struct {
	t     *testing.T
	dir   string
	files map[string]string
}

func newBench(t *testing.T) *bench {
	b := &bench{t: t, dir: t.TempDir(), files: kitSite()}
	b.save()
	return b
}

// save writes the site's files anew.
func (b *bench) save() {
	b.t.Helper()
	for _, dir := range []string{"data", "content", "static", "themes"} {
		if err := os.RemoveAll(filepath.Join(b.dir, dir)); err != nil {
			b.t.Fatal(err)
		}
	}
	for name, text := range b.files {
		file := filepath.Join(b.dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			b.t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			b.t.Fatal(err)
		}
	}
}

// replace changes a file of the site; the old text must be there.
func (b *bench) replace(file, old, new string) {
	b.t.Helper()
	if !strings.Contains(b.files[file], old) {
		b.t.Fatalf("%s has no %q", file, old)
	}
	b.files[file] = strings.Replace(b.files[file], old, new, 1)
}

func (b *bench) options() Options {
	return Options{
		Site: b.dir, Public: filepath.Join(b.dir, "public"), Kit: filepath.Join(b.dir, "kit"), State: filepath.Join(b.dir, ".vitrine"),
		Program: "test", Themes: themes.FS, Own: os.DirFS(b.dir), Workers: 2, Now: time.Now,
		Today: func(string) model.Date { return model.Date{Year: 2025, Month: 12, Day: 24} },
	}
}

// build builds the site, which must be right.
func (b *bench) build(change ...func(*Options)) *Result {
	b.t.Helper()
	o := b.options()
	for _, f := range change {
		f(&o)
	}
	r, err := Run(o)
	if err != nil || r.Diagnostics.Errors() > 0 {
		b.t.Fatal(err, r.Diagnostics)
	}
	return r
}

// pieces lists the outputs of the kit, and the public pieces, that are not as they were.
func pieces(r *Result) []string {
	var out []string
	for _, o := range r.Outputs {
		if o.Status != "unchanged" && (strings.HasPrefix(o.Path, "kit/") || strings.HasPrefix(o.Path, "public/kit/")) {
			sign := map[string]string{"written": "", "removed": "-"}[o.Status]
			out = append(out, sign+o.Path)
		}
	}
	return out
}

// tree reads the kit and the public pieces.
func (b *bench) tree() map[string]string {
	b.t.Helper()
	out := map[string]string{}
	for _, dir := range []string{"kit", "public/kit"} {
		err := filepath.WalkDir(filepath.Join(b.dir, dir), func(file string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			data, err := os.ReadFile(file)
			rel, _ := filepath.Rel(b.dir, file)
			out[filepath.ToSlash(rel)] = string(data)
			return err
		})
		if err != nil && !os.IsNotExist(err) {
			b.t.Fatal(err)
		}
	}
	return out
}

// scratch is the kit of the same site, built from nothing.
func (b *bench) scratch(change ...func(*Options)) map[string]string {
	b.t.Helper()
	other := &bench{t: b.t, dir: b.t.TempDir(), files: b.files}
	other.save()
	other.build(change...)
	return other.tree()
}

func different(a, b map[string]string) []string {
	var out []string
	for name := range a {
		if a[name] != b[name] {
			out = append(out, name)
		}
	}
	for name := range b {
		if _, ok := a[name]; !ok {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}

const (
	people    = "data/programmes/label/participants.toml"
	programme = "data/programmes/label/programme.toml"
	catalogue = "data/programmes/label/challenges.toml"
)

// of are the files of a piece: for some subjects, and the one of all.
func of(dir string, subjects ...string) []string {
	out := []string{dir + ".pdf"}
	for _, s := range subjects {
		out = append(out, dir+"/"+s+".pdf")
	}
	return out
}

// diplomas are those of the current edition, in both profiles.
func diplomas(subjects ...string) []string {
	return slices.Concat(of("kit/label/diploma", subjects...), of("kit/label/office/diploma", subjects...))
}

var (
	flyer      = []string{"kit/label/flyer.pdf", "kit/previews/label/flyer.png", "kit/previews/label/flyer-2.png"}
	everyone   = []string{"alma", "bruno", "chloe"}
	leaves     = append(of("kit/label/office/leaf", "eau", "air"), "kit/previews/label/leaf.png")
	allCards   = append(of("kit/label/card", everyone...), "kit/previews/label/card.png")
	allDiploma = slices.Concat(diplomas(everyone...), of("kit/label/past", "2024/alma"), []string{"kit/previews/label/diploma.png", "kit/previews/label/past.png"})
	office     = []string{"kit/index.html", "kit/manifest.csv"}
	names      = []string{"kit/label/proof-names.pdf"}
	tags       = []string{"kit/label/office/sheets/tag.pdf"}
)

// TestKitEdits makes edits of every kind, and holds the next build to making what shows
// them, nothing else, and the same bytes as a build from nothing.
func TestKitEdits(t *testing.T) {
	b := newBench(t)
	// the reports of editions, as the office has them
	bilan := func(editions ...string) (out []string) {
		for _, e := range editions {
			out = append(out, "kit/label/bilan-"+e+".html", "kit/label/bilan-"+e+".csv")
		}
		return out
	}
	for _, tc := range []struct {
		name    string
		edit    func(*bench)
		want    []string
		layouts int
	}{
		{"nothing", func(*bench) {}, nil, 0},
		{"what pieces do not show", func(b *bench) {
			b.files["content/a-propos.md"] += "Et un autre.\n"
			b.files["data/site.toml"] = "# une remarque\n" + b.files["data/site.toml"]
			b.replace(people, `name = "Garage du Pont"`, "employees = 7\nname = \"Garage du Pont\"")
			b.replace(people, `phone = "02 61 91 00 02"`, `phone = "02 61 91 00 03"`) // not opened
		}, nil, 0},
		{"a participant", func(b *bench) { b.replace(people, "Garage du Pont", "Garage du Viaduc") },
			slices.Concat(diplomas("bruno"), of("kit/label/card", "bruno"), names, tags, office), 6}, // on the sheet all are laid out again
		{"the print name of one", func(b *bench) {
			b.replace(people, `name = "Garage du Pont"`, "name = \"Garage du Pont\"\nprint_name = \"GARAGE DU PONT\"")
		}, slices.Concat(diplomas("bruno"), names, tags), 5},
		{"what one opens", func(b *bench) {
			b.replace(people, `phone = "02 61 91 00 02"`, "phone = \"02 61 91 00 02\"\nconsent = [\"name\", \"phone\"]")
		}, slices.Concat(of("kit/label/card", "bruno"), names), 1}, // it has the telephone beside the name
		{"a participant gone", func(b *bench) {
			text := b.files[people]
			b.files[people] = text[:strings.Index(text, "[[participant]]\nid = \"chloe\"")]
		}, slices.Concat([]string{"-kit/label/diploma/chloe.pdf", "-kit/label/office/diploma/chloe.pdf", "-kit/label/card/chloe.pdf"},
			diplomas(), of("kit/label/card"), leaves, flyer[:2], names, tags, office, bilan("2025")), 5}, // they say how many there are
		{"a commitment", func(b *bench) {
			b.replace(people, "challenge = \"velo\"\n[[participant.award]]\nedition = \"2025\"", "challenge = \"velo\"\ndone_on = 2025-12-10\n[[participant.award]]\nedition = \"2025\"")
		}, append(diplomas("bruno"), bilan("2025")...), 1}, // it came after the award
		{"a challenge", func(b *bench) { b.replace(catalogue, "Livrer à vélo", "Livrer en tramway") },
			slices.Concat(diplomas("alma", "bruno"), of("kit/label/past", "2024/alma"), []string{"kit/previews/label/diploma.png", "kit/previews/label/past.png"},
				of("kit/label/card", "alma", "bruno"), []string{"kit/previews/label/card.png"}, bilan("2024", "2025")), 5},
		{"why a challenge", func(b *bench) { b.files[catalogue] += "why = \"Pour l’air\"\n" }, nil, 0},
		{"a theme's colour", func(b *bench) { b.replace(catalogue, "#1F6FA8", "#1F6FA9") },
			slices.Concat(allDiploma, flyer[:1], []string{"kit/previews/label/flyer-2.png"}, of("kit/label/office/leaf", "eau"), []string{"kit/previews/label/leaf.png"}), 6},
		{"a partner", func(b *bench) { b.replace("data/organisations.toml", "La Chambre", "La Chambre de métiers") }, allDiploma, 4},
		{"who signs", func(b *bench) { b.replace(programme, "Anne Loriot", "Anne Lorient") }, allDiploma, 4},
		{"a picture of all", func(b *bench) { b.files["static/img/agglo.png"] = logo(160) },
			slices.Concat(allDiploma, flyer[:1], []string{"kit/previews/label/flyer-2.png"}), 5},
		{"a picture of one", func(b *bench) { b.files["static/img/alma.png"] = logo(140) },
			append(of("kit/label/card", "alma"), "kit/previews/label/card.png"), 1},
		{"another picture of the same name", func(b *bench) {
			b.files["data/files/img/alma.png"] = b.files["static/img/alma.png"]
			delete(b.files, "static/img/alma.png")
			b.files["data/files/img/alma.png"] = logo(140)
		}, append(of("kit/label/card", "alma"), "kit/previews/label/card.png"), 1},
		{"a template", func(b *bench) { b.replace("data/pieces/card.toml", "at = [10, 10, 80, 30]", "at = [10, 11, 80, 30]") }, allCards, 3},
		{"another template, of one page", func(b *bench) {
			b.files["data/pieces/tract.toml"] = b.files["data/pieces/leaf.toml"]
			b.replace("data/pieces/tract.toml", "theme/{{ .Theme.ID }}", "accent")
			b.replace("data/pieces/tract.toml", "{{ .Theme.Title }}", "{{ .Programme.Name }}")
		}, append(flyer[:2:2], "-kit/previews/label/flyer-2.png", "kit/index.html", "kit/manifest.csv"), 1},
		{"a word of the theme", func(b *bench) {
			data, err := fs.ReadFile(themes.FS, "default/i18n/pieces.fr.toml")
			if err != nil {
				b.t.Fatal(err)
			}
			b.files["themes/default/i18n/pieces.fr.toml"] = string(data)
			b.replace("themes/default/i18n/pieces.fr.toml", "piece-verify = \"", "piece-verify = \"Là. ")
		}, allDiploma, 7},
		{"a font", func(b *bench) {
			data, err := fs.ReadFile(themes.FS, "default/fonts/text-600.ttf")
			if err != nil {
				b.t.Fatal(err)
			}
			b.files["static/own.ttf"] = string(data)
			b.files["data/site.toml"] += "[design.fonts.text]\nfile = \"own.ttf\"\n"
		}, slices.Concat(allDiploma, allCards, leaves, flyer[:2], names, tags, []string{"kit/calibration.pdf", "kit/previews/label/tag.png", "kit/label/bilan-2024.html", "kit/label/bilan-2025.html"}), 16}, // their charts
		{"a piece more", func(b *bench) {
			b.files[programme] += "[[piece]]\nid = \"second\"\ntemplate = \"card\"\nfor = \"participant\"\nprofile = \"office\"\ncopies = 3\n"
		}, slices.Concat(of("kit/label/office/second", everyone...), []string{"kit/previews/label/second.png"}, names, office), 3},
		{"a piece less", func(b *bench) {
			b.replace(programme, "[[piece]]\nid = \"leaf\"\ntemplate = \"leaf\"\nfor = \"theme\"\nprofile = \"office\"\n", "")
		},
			append(minus(leaves), office...), 0},
		{"for some only", func(b *bench) {
			b.replace(programme, "for = \"participant\"", "for = \"participant\"\nwhere = {id = [\"alma\", \"bruno\"]}")
		},
			slices.Concat([]string{"kit/label/card.pdf", "-kit/label/card/chloe.pdf"}, names, office), 0},
		{"one profile less", func(b *bench) { b.replace("data/site.toml", `["press", "office"]`, `["press"]`) },
			slices.Concat(minus(of("kit/label/office/diploma", everyone...)), office), 0},
		{"copies", func(b *bench) { b.replace(programme, "id = \"card\"", "id = \"card\"\ncopies = 4") }, office, 0},
		{"it is a demonstration", func(b *bench) { b.files["data/site.toml"] = "demo = true\n" + b.files["data/site.toml"] },
			slices.Concat(allDiploma, flyer[:2], names, []string{"kit/index.html", "kit/label/bilan-2024.html", "kit/label/bilan-2025.html"}), 5},
		{"the printer", func(b *bench) { b.files["data/site.toml"] += "[kit.printer]\noffset = [0.5, -1]\n" }, slices.Concat(tags, []string{"kit/calibration.pdf"}), 3},
		{"the stock", func(b *bench) { b.replace("data/sheets/pair.toml", "origin = [20, 20]", "origin = [21, 20]") }, slices.Concat(tags, []string{"kit/calibration.pdf"}), 3},
		{"marks", func(b *bench) { b.replace("data/site.toml", "[kit]", "[kit]\nmarks = true") }, slices.Concat(of("kit/label/diploma", everyone...),
			of("kit/label/past", "2024/alma"), of("kit/label/card", everyone...), flyer[:1]), 16},
		{"an award of another edition", func(b *bench) {
			b.replace(people, "edition = \"2024\"\non = 2024-11-30", "edition = \"2024\"\non = 2024-11-29")
		}, append(of("kit/label/past", "2024/alma"), "kit/previews/label/past.png"), 1},
	} {
		t.Run(tc.name, func(t *testing.T) {
			b.t, b.files = t, kitSite()
			b.save()
			b.build(kitAlone)
			tc.edit(b)
			b.save()
			r := b.build(kitAlone)
			want := slices.Sorted(slices.Values(tc.want))
			got := slices.Sorted(slices.Values(pieces(r)))
			if !slices.Equal(got, want) {
				t.Errorf("changed:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
			}
			if n := r.Made["layout"]; n != tc.layouts {
				t.Errorf("%d layouts, want %d", n, tc.layouts)
			}
			if diff := different(b.tree(), b.scratch(kitAlone)); len(diff) > 0 {
				t.Errorf("a build from nothing makes others: %s", strings.Join(diff, ", "))
			}
		})
	}
}

// kitAlone leaves the site out.
func kitAlone(o *Options) { o.Only = "kit" }

// TestPublicPieces: the pieces that the site gives out follow the same rules, whichever
// build makes them.
func TestPublicPieces(t *testing.T) {
	b := newBench(t)
	b.build()
	for i, only := range []string{"", "site"} {
		choose := func(o *Options) { o.Only = only }
		b.files["content/a-propos.md"] += "Encore.\n"
		b.save()
		if r := b.build(choose); len(pieces(r)) > 0 || r.Made["layout"] > 0 {
			t.Errorf("%q: changed %v, %d layouts", only, pieces(r), r.Made["layout"])
		}
		b.replace("data/pieces/tract.toml", fmt.Sprintf("at = [%d, 10, 80, 10]", 10+i), fmt.Sprintf("at = [%d, 10, 80, 10]", 11+i))
		b.save()
		if r := b.build(choose); !slices.Contains(pieces(r), "public/kit/label/flyer.pdf") || r.Made["layout"] != 1 {
			t.Errorf("%q: changed %v, %d layouts", only, pieces(r), r.Made["layout"])
		}
	}
	b.build()
	if diff := different(b.tree(), b.scratch()); len(diff) > 0 {
		t.Errorf("a build from nothing makes others: %s", diff)
	}
}

// minus are files that go.
func minus(files []string) []string {
	out := make([]string, len(files))
	for i, f := range files {
		out[i] = "-" + f
	}
	return out
}

// spoil changes every file of the cache.
func spoil(t *testing.T, dir string, how func(file string, data []byte) error) {
	t.Helper()
	err := filepath.WalkDir(filepath.Join(dir, ".vitrine", "cache"), func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(file)
		if err != nil || len(data) == 0 {
			return err
		}
		return how(file, data)
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestKitCache: whatever happens to the cache, the next build is right.
func TestKitCache(t *testing.T) {
	for name, harm := range map[string]func(b *bench){
		"nothing": func(*bench) {},
		"deleted": func(b *bench) {
			if err := os.RemoveAll(filepath.Join(b.dir, ".vitrine", "cache")); err != nil {
				b.t.Fatal(err)
			}
		},
		"cut": func(b *bench) {
			spoil(b.t, b.dir, func(file string, data []byte) error { return os.WriteFile(file, data[:len(data)/2], 0o644) })
		},
		"changed": func(b *bench) {
			spoil(b.t, b.dir, func(file string, data []byte) error {
				data[len(data)-1] ^= 1
				return os.WriteFile(file, data, 0o644)
			})
		},
		"of another site": func(b *bench) {
			other := newBench(b.t)
			other.replace(programme, "Le Label", "L’Autre Label")
			other.replace(people, "Coiffure Chloé", "Coiffure Claude")
			other.files["static/img/agglo.png"] = logo(7)
			other.save()
			other.build(kitAlone)
			spoil(b.t, other.dir, func(file string, data []byte) error {
				rel, err := filepath.Rel(other.dir, file)
				if err != nil {
					return err
				}
				if err := os.MkdirAll(filepath.Dir(filepath.Join(b.dir, rel)), 0o755); err != nil {
					return err
				}
				return os.WriteFile(filepath.Join(b.dir, rel), data, 0o644)
			})
		},
		"swapped": func(b *bench) {
			var last []byte
			spoil(b.t, b.dir, func(file string, data []byte) error {
				was := last
				last = data
				if was == nil {
					return nil
				}
				return os.WriteFile(file, was, 0o644)
			})
		},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			b.build(kitAlone)
			b.replace(people, "Garage du Pont", "Garage du Viaduc")
			b.save()
			harm(b)
			b.build(kitAlone)
			if diff := different(b.tree(), b.scratch(kitAlone)); len(diff) > 0 {
				t.Errorf("a build from nothing makes others: %s", strings.Join(diff, ", "))
			}
		})
	}
}

// TestKitCacheIsBounded: what no piece needs any more goes, but only when the build made
// all that could need it.
func TestKitCacheIsBounded(t *testing.T) {
	b := newBench(t)
	stored := func(part string) int {
		n := 0
		_ = filepath.WalkDir(filepath.Join(b.dir, ".vitrine", "cache", part), func(_ string, d fs.DirEntry, err error) error {
			if err == nil && !d.IsDir() {
				n++
			}
			return nil
		})
		return n
	}
	parts := []string{"pages-kit", "pages-public", "prints"}
	sizes := func() (out []int) {
		for _, p := range parts {
			out = append(out, stored(p))
		}
		return out
	}
	b.replace(programme, "id = \"card\"", "id = \"card\"\npublic = true")
	b.save()
	b.build()
	// diplomas twice, past ones, cards, leaves; public cards; two pictures
	if got := sizes(); !slices.Equal(got, []int{5, 1, 2}) {
		t.Fatalf("%v are %v", parts, got)
	}
	b.replace(programme, "[[piece]]\nid = \"leaf\"\ntemplate = \"leaf\"\nfor = \"theme\"\nprofile = \"office\"\n", "")
	b.replace(programme, "id = \"card\"\npublic = true", "id = \"card\"")
	b.files["static/img/alma.png"] = logo(50)
	b.save()
	for _, step := range []struct {
		only string
		want []int
	}{
		{"card", []int{5, 1, 3}},
		{"site", []int{5, 0, 3}},
		{"kit", []int{4, 0, 2}},
		{"", []int{4, 0, 2}},
	} {
		b.build(func(o *Options) { o.Only = step.only })
		if got := sizes(); !slices.Equal(got, step.want) {
			t.Errorf("after a build of %q %v are %v, want %v", step.only, parts, got, step.want)
		}
	}
}

// TestKitWarnsAgain: a piece that has something to be said of it is made each time, and no
// other is.
func TestKitWarnsAgain(t *testing.T) {
	b := newBench(t)
	b.replace(people, `name = "Garage du Pont"`, `name = "Boulangerie de la Place du Marché"`)
	b.replace("data/pieces/card.toml", "at = [10, 10, 80, 30]", "at = [10, 10, 60, 12]")
	b.replace("data/pieces/card.toml", "style = {min_size = 8}", "style = {font = \"title\", size = 30, min_size = 9.5, lines = 1}")
	b.save()
	first := b.build()
	if len(first.Diagnostics) != 1 {
		t.Fatal(first.Diagnostics)
	}
	b.files["content/a-propos.md"] += "Encore.\n"
	b.save()
	r := b.build()
	if len(r.Diagnostics) != 1 || r.Diagnostics[0].Code != first.Diagnostics[0].Code {
		t.Error(r.Diagnostics)
	}
	if r.Made["layout"] != 1 || r.Made["piece"] != 1 || len(pieces(r)) > 0 {
		t.Errorf("made %v, changed %v", r.Made, pieces(r))
	}
}

// TestKitAnotherProgram: what another program made is made again.
func TestKitAnotherProgram(t *testing.T) {
	b := newBench(t)
	all := b.build().Made["layout"]
	for _, program := range []string{"another", ""} {
		r := b.build(func(o *Options) { o.Program = program })
		if r.Made["layout"] != all || len(pieces(r)) > 0 {
			t.Errorf("%q made %v, and changed %v", program, r.Made, pieces(r))
		}
	}
}

// TestKitForced: --force makes everything, from nothing that was stored.
func TestKitForced(t *testing.T) {
	b := newBench(t)
	all := b.build().Made["layout"]
	r := b.build(func(o *Options) { o.Force = true })
	if r.Made["layout"] != all {
		t.Errorf("%d layouts of %d", r.Made["layout"], all)
	}
}

// TestKitTouched: a file of the kit that someone changed is made again.
func TestKitTouched(t *testing.T) {
	b := newBench(t)
	b.build()
	want := b.tree()
	for _, name := range []string{"kit/label/diploma.pdf", "kit/label/card/bruno.pdf"} {
		if err := os.WriteFile(filepath.Join(b.dir, filepath.FromSlash(name)), []byte("x"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Remove(filepath.Join(b.dir, "kit", "previews", "label", "leaf.png")); err != nil {
		t.Fatal(err)
	}
	r := b.build()
	if diff := different(b.tree(), want); len(diff) > 0 {
		t.Errorf("not mended: %s", diff)
	}
	if r.Made["layout"] != 2 { // a card, a leaf; the diplomas' pages are stored
		t.Errorf("%d layouts", r.Made["layout"])
	}
}

// TestPrintThenBuild: a piece that was printed again is not made again.
func TestPrintThenBuild(t *testing.T) {
	b := newBench(t)
	b.build()
	b.replace(people, "Coiffure Chloé", "Coiffure Claude")
	b.save()
	r, err := Print(b.options(), PrintOptions{Piece: "card", Subjects: []string{"chloe"}})
	if err != nil || r.Made["layout"] != 1 {
		t.Fatal(err, r.Made)
	}
	r = b.build()
	if got := pieces(r); slices.Contains(got, "kit/label/card/chloe.pdf") || !slices.Contains(got, "kit/label/card.pdf") {
		t.Errorf("changed %v", got)
	}
	if diff := different(b.tree(), b.scratch()); len(diff) > 0 {
		t.Errorf("a build from nothing makes others: %s", diff)
	}
}

// TestKitFile: every file of the kit, asked for by itself, is the one that a build makes.
func TestKitFile(t *testing.T) {
	b := newBench(t)
	b.build()
	want := b.tree()
	o := b.options()
	o.Dry = true
	g := newBuilder(o)
	if err := g.enter(); err != nil || !g.prepare() {
		t.Fatal(err, g.result.Diagnostics)
	}
	var wg sync.WaitGroup
	queue := make(chan string)
	for range 4 {
		wg.Go(func() {
			for name := range queue {
				file, public := strings.CutPrefix(name, "public/")
				get := g.publicPiece
				if !public {
					file, get = strings.TrimPrefix(name, "kit/"), g.kitFile
				}
				data, list, ok := get(file)
				if !ok || len(list) > 0 || string(data) != want[name] {
					t.Errorf("%s: %v, %d bytes, want %d; %v", name, ok, len(data), len(want[name]), list)
				}
			}
		})
	}
	for range 2 {
		for _, name := range slices.Sorted(maps.Keys(want)) {
			queue <- name
		}
	}
	close(queue)
	wg.Wait()
	for _, name := range []string{"", "index", "label", "label/", "label/diploma", "label/diploma/nobody.pdf", "label/office/card.pdf", "previews/label/flyer-3.png", "previews/label/card-2.png", "other/diploma.pdf", "../x"} {
		if _, _, ok := g.kitFile(name); ok {
			t.Errorf("the kit has a file %q", name)
		}
	}
	for _, name := range []string{"", "kit/label/diploma.pdf", "label/flyer.pdf"} {
		if _, _, ok := g.publicPiece(name); ok {
			t.Errorf("public/ has a piece %q", name)
		}
	}
}

// TestKitFileSaysWhatIsWrong: with an error there are no bytes, and each time the message.
func TestKitFileSaysWhatIsWrong(t *testing.T) {
	b := newBench(t)
	b.replace("data/pieces/card.toml", "{{ .Participant.Name }}", "{{ .Participant.Nom }}")
	b.replace("data/pieces/leaf.toml", "size = \"A6\"", "size = \"A66\"")
	b.save()
	o := b.options()
	o.Dry = true
	g := newBuilder(o)
	if err := g.enter(); err != nil || !g.prepare() {
		t.Fatal(err, g.result.Diagnostics)
	}
	for range 2 {
		for _, name := range []string{"label/card.pdf", "label/card/alma.pdf", "previews/label/card.png", "label/office/leaf.pdf", "previews/label/leaf.png"} {
			data, list, ok := g.kitFile(name)
			if !ok || data != nil || list.Errors() == 0 {
				t.Errorf("%s: %v, %d bytes, %v", name, ok, len(data), list)
			}
		}
		if data, _, ok := g.kitFile("index.html"); !ok || !bytes.Contains(data, []byte("diploma")) {
			t.Error("no index without the pieces that are wrong")
		}
	}
}

// TestStoredPicture: what the cache may give back in place of a picture is told from one.
func TestStoredPicture(t *testing.T) {
	for _, data := range []string{"", "png", "png\n", "png\n\x80", "png\n\x05", "gif\n\x05\x05x", "jpegx\x05\x05"} {
		if p := storedPicture("x", []byte(data)); p != nil {
			t.Errorf("%q is %v", data, p)
		}
	}
	if p := storedPicture("x", []byte("jpeg\n\x05\x80\x01rest")); p == nil || p.W != 5 || p.H != 128 || string(p.Data) != "rest" || p.Format != "jpeg" {
		t.Errorf("%v", p)
	}
}
