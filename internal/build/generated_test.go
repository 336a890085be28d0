package build

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"vitrine/internal/model"
	"vitrine/themes"
)

// generated is a site of as many participants as wanted, always the same.
type generated struct {
	dir, out string
	turn     int // of edits
	workers  int // 0: one, so that counts do not hang on the machine
}

// generate writes a site whose participants are all alike in what they cost: four
// commitments, two awards, a story of some 150 words.
func generate(t testing.TB, n int) *generated {
	t.Helper()
	s := &generated{dir: scratch(t), out: scratch(t)}
	files := map[string]string{
		"data/site.toml": `title = "Le label du pays"
base_url = "https://vitrine.example"
language = "fr"
publisher = "pays"
[legal]
publication_director = "La présidence"
host = {name = "Hébergeur", address = "1 rue du Port", phone = "01 99 00 00 03"}
[privacy]
controller = "pays"
contact = "donnees@vitrine.example"
default_consent = ["name", "address", "location", "photo", "story"]
`,
		"data/organisations.toml": "[[organisation]]\nid = \"pays\"\nname = \"Le Pays\"\naddress = \"1 place du Val\"\nphone = \"01 99 00 00 04\"\n",
		"data/programmes/label/programme.toml": `name = "Le Label"
kind = "label"
purpose = "Montrer qui s’engage."
territory = "pays"
[[partner]]
organisation = "pays"
role = "pilote"
signs = true
[[edition]]
id = "2024"
title = "Édition 2024"
starts = 2024-01-01
[[edition]]
id = "2025"
title = "Édition 2025"
starts = 2025-01-01
[[rule]]
for = "award"
metric = "count"
of = "commitments"
min = 3
message = "au moins trois défis"
[[piece]]
id = "diploma"
template = "diploma"
for = "award"
`,
	}
	var b strings.Builder
	b.WriteString("[[territory]]\nid = \"pays\"\nname = \"Le Pays\"\nkind = \"epci\"\n")
	for i := range 20 {
		fmt.Fprintf(&b, "[[territory]]\nid = \"commune-%02d\"\nname = \"Commune %d\"\nkind = \"commune\"\ncode = \"390%02d\"\nlat = %.3f\nlon = %.3f\nparent = \"pays\"\n",
			i, i, i+1, 46.2+float64(i%5)/10, 5.1+float64(i)/20)
	}
	files["data/territories.toml"] = b.String()
	b.Reset()
	for i := range 10 {
		fmt.Fprintf(&b, "[[trade]]\nid = \"metier-%d\"\nname = \"Métier %d\"\n", i, i)
	}
	files["data/trades.toml"] = b.String()
	b.Reset()
	for i := range 3 {
		fmt.Fprintf(&b, "[[theme]]\nid = \"theme-%d\"\ntitle = \"Thème %d\"\n", i, i)
	}
	for i := range 12 {
		fmt.Fprintf(&b, "[[challenge]]\nid = \"defi-%02d\"\ntitle = \"Relever le défi n° %d\"\ntheme = \"theme-%d\"\nsummary = \"Le défi, pour de bon.\"\n", i, i, i%3)
	}
	files["data/programmes/label/challenges.toml"] = b.String()
	for i := range n {
		files[participantFile(i)] = participantText(i)
	}
	for name, text := range files {
		s.write(t, name, text)
	}
	return s
}

// scratch is a folder, in memory where there is a file system for that: disks are slow at
// making thousands of files, the more so after as many were deleted.
func scratch(t testing.TB) string {
	t.Helper()
	dir, err := os.MkdirTemp("/dev/shm", "vitrine-test")
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() {
		if err := os.RemoveAll(dir); err != nil {
			t.Error(err)
		}
	})
	return dir
}

func participantFile(i int) string {
	return fmt.Sprintf("content/label/participants/commerce-%05d.md", i)
}

// participantText is the file of a participant.
func participantText(i int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "+++\nname = \"Commerce des Lilas %d\"\nkind = \"business\"\ntrade = \"metier-%d\"\naddress = \"%d quai des Bateliers\"\npostcode = \"39000\"\n", i, i%10, 1+i%90)
	fmt.Fprintf(&b, "commune = \"390%02d\"\nlat = %.6f\nlon = %.6f\ndescription = \"Un commerce de quartier, quatre défis relevés.\"\nstatus = \"active\"\n", i%20+1, 46.3+float64(i%100)/1000, 5.4+float64(i%70)/1000)
	for k := range 4 {
		fmt.Fprintf(&b, "[[commitment]]\nchallenge = \"defi-%02d\"\ndone_on = 2024-03-01\nnew = true\nevidence = [\"facture\"]\n", (i+3*k)%12)
	}
	for _, year := range []int{2024, 2025} {
		fmt.Fprintf(&b, "[[award]]\nedition = \"%d\"\non = %d-11-15\n", year, year)
	}
	b.WriteString("+++\n")
	sentence := fmt.Sprintf("Le commerce n° %d tient un carnet de suivi, « semaine après semaine », qui montre les progrès : rien n'est oublié ! ", i)
	b.WriteString(strings.Repeat(sentence, 3) + "\n\n## Un engagement au quotidien\n\n" + sentence)
	b.WriteString("*Les clients le voient.*\n\n- **Trier** : chaque soir.\n- **Donner** : chaque midi.\n\nVoir aussi [le plan du site](/plan-du-site/). " + sentence + "\n")
	return b.String()
}

func (s *generated) write(t testing.TB, name, text string) {
	t.Helper()
	file := filepath.Join(s.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

// edit changes the story of a participant.
func (s *generated) edit(t testing.TB, i int) {
	t.Helper()
	s.turn++
	s.write(t, participantFile(i), participantText(i)+fmt.Sprintf("\nUne phrase de plus, la %dᵉ.\n", s.turn))
}

// moment is when the builds of these tests run: long after the files were written, so
// that their times can be trusted.
var moment = time.Date(2100, 1, 1, 0, 0, 0, 0, time.UTC)

func (s *generated) options(only string) Options {
	return Options{
		Site: s.dir, Public: filepath.Join(s.out, "public"), Kit: filepath.Join(s.out, "kit"), State: filepath.Join(s.out, ".vitrine"),
		Only: only, Program: "test", Themes: themes.FS, Workers: max(s.workers, 1), Now: func() time.Time { return moment },
		Today: func(string) model.Date { return model.Date{Year: 2026, Month: 11, Day: 21} },
	}
}

// build builds the site, which must be right.
func (s *generated) build(t testing.TB, only string) {
	t.Helper()
	r, err := Run(s.options(only))
	if err != nil || r.Diagnostics.Errors() > 0 {
		t.Fatal(err, r.Diagnostics)
	}
}
