package acceptance

import (
	"archive/zip"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// rehearsal is a site with a list that comes, and comes again, on a day of its own.
type rehearsal struct {
	t             *testing.T
	dir, program  string
	pdfinfo, text string
	before        []string // the texts of the diplomas that were sent, page by page
}

// TestCeremonyRehearsal runs the commands of docs/ceremony.md as an officer types them, from a dirty workbook of 61
// winners to the zip of the night before, and opens what comes out with the tools of others.
func TestCeremonyRehearsal(t *testing.T) {
	r := &rehearsal{t: t, dir: t.TempDir(), pdfinfo: tool(t, "pdfinfo"), text: tool(t, "pdftotext")}
	r.program = filepath.Join(r.dir, "vitrine")
	run(t, "go", "build", "-o", r.program, "vitrine/cmd/vitrine")
	r.write(rehearsalSite)
	first, second := rehearsalLists()
	r.write(map[string]string{"Liste labellisés VF2 (3).xlsx": first, "Liste labellisés VF3 DEFINITIF.xlsx": second})

	checked := 0
	steps := map[string]func(said string){
		`import "Liste labellisés VF2 (3).xlsx" --edition 2026`: func(said string) {
			r.says(said, "61 lignes lues — 61 ajoutées, 0 changée, 0 sans changement, 0 refusée", "essai : rien n’a été écrit")
			if text := r.read("data/programmes/label/participants.toml"); strings.Contains(text, "[[participant]]") {
				t.Error("the dry run wrote")
			}
		},
		`import "Liste labellisés VF2 (3).xlsx" --edition 2026 --accept-names --write`: func(said string) {
			r.says(said, "61 ajoutées", "zéro de tête perdu : la clé de contrôle le prouve")
		},
		"check --ceremony": func(said string) {
			checked++
			want := map[int][]string{1: {"Remises de l’édition : 61", "noms : 61, pages : 61"}, 2: {"Remises de l’édition : 62", "noms : 62, pages : 62", "retirés, et nulle part : Fleuriste Vasseur"}}[checked]
			r.says(said, append(want, "0 faute")...)
			r.counts(map[int]int{1: 61, 2: 62}[checked])
		},
		"build --sent bat": func(said string) {
			r.says(said, "l’envoi est noté")
			r.before = r.pages("kit/label/diploma.pdf")
			if len(r.before) != 61 {
				t.Errorf("%d diplomas", len(r.before))
			}
		},
		`import "Liste labellisés VF3 DEFINITIF.xlsx" --edition 2026 --accept-names --write`: func(said string) {
			r.says(said, "62 lignes lues — 2 ajoutées, 1 changée, 59 sans changement, 0 refusée", "Fleuriste Vasseur")
			r.withdraw("fleuriste-vasseur")
		},
		"reprint --since bat": r.reprinted,
		"build --sent bat-2":  func(said string) { r.says(said, "l’envoi est noté"); r.rebuilt() },
		"print diploma boulangerie-aubert --profile office --duplicate": func(string) {
			one := r.pages("kit/label/office/diploma/boulangerie-aubert.duplicate.pdf")
			if len(one) != 1 || !strings.Contains(one[0], squash("Boulangerie Aubert")) || !strings.Contains(one[0], squash("DUPLICATA")) {
				t.Errorf("the stained one: %q", one)
			}
		},
	}
	done := map[string]bool{}
	for _, command := range documented(t) {
		step := steps[command]
		if step == nil {
			t.Fatalf("docs/ceremony.md has « vitrine %s », which this test does not know", command)
		}
		done[command] = true
		step(r.run(words(command)...))
		if t.Failed() {
			t.FailNow()
		}
	}
	r.exported()
	if len(done) != len(steps) || checked != 2 {
		t.Errorf("docs/ceremony.md has %d of the %d commands, and checks %d times", len(done), len(steps), checked)
	}
}

// documented are the commands of docs/ceremony.md, in order, without the program's name.
func documented(t *testing.T) []string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(root, "docs", "ceremony.md"))
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, block := range regexp.MustCompile("(?s)```sh\n(.*?)```").FindAllStringSubmatch(string(data), -1) {
		for line := range strings.Lines(block[1]) {
			command, ok := strings.CutPrefix(strings.TrimSpace(line), "vitrine ")
			if !ok {
				t.Fatalf("docs/ceremony.md: %q is no command", line)
			}
			out = append(out, command)
		}
	}
	return out
}

// words splits a command as a shell would, as far as the page needs it.
func words(command string) []string {
	var out []string
	for i, part := range strings.Split(command, `"`) {
		if i%2 == 1 {
			out = append(out, part)
		} else {
			out = append(out, strings.Fields(part)...)
		}
	}
	return out
}

// run runs the program in the site's folder, ten days before the ceremony; it must succeed.
func (r *rehearsal) run(args ...string) string {
	r.t.Helper()
	cmd := exec.Command(r.program, args...)
	cmd.Dir = r.dir
	cmd.Env = append(os.Environ(), "SOURCE_DATE_EPOCH=1795168800") // 20 November 2026
	out, err := cmd.Output()
	if err != nil {
		var exit *exec.ExitError
		errors.As(err, &exit)
		r.t.Fatalf("vitrine %s: %v\n%s%s", strings.Join(args, " "), err, out, exit.Stderr)
	}
	return strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(string(out))
}

func (r *rehearsal) says(said string, want ...string) {
	r.t.Helper()
	for _, w := range want {
		if !strings.Contains(said, w) {
			r.t.Errorf("nothing of %q in\n%s", w, said)
		}
	}
}

func (r *rehearsal) write(files map[string]string) {
	r.t.Helper()
	for name, text := range files {
		file := filepath.Join(r.dir, filepath.FromSlash(name))
		err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o755), os.WriteFile(file, []byte(text), 0o644))
		if err != nil {
			r.t.Fatal(err)
		}
	}
}

func (r *rehearsal) read(name string) string {
	r.t.Helper()
	data, err := os.ReadFile(filepath.Join(r.dir, filepath.FromSlash(name)))
	if err != nil {
		r.t.Fatal(err)
	}
	return string(data)
}

// withdraw is what an officer writes by hand.
func (r *rehearsal) withdraw(id string) {
	r.t.Helper()
	const file = "data/programmes/label/participants.toml"
	text, line := r.read(file), "[[participant]]\nid = \""+id+"\"\n"
	if strings.Count(text, line) != 1 {
		r.t.Fatalf("no %s in\n%s", id, text)
	}
	r.write(map[string]string{file: strings.Replace(text, line, "[[participant]]\nstatus = \"withdrawn\"\nid = \""+id+"\"\n", 1)})
}

// counts holds each check of the list that counts winners to their number, by its id.
func (r *rehearsal) counts(n int) {
	r.t.Helper()
	var said struct {
		Ceremony []struct {
			Edition, On string
			Checks      []struct{ ID, State, Found string }
		}
	}
	if err := json.Unmarshal([]byte(r.run("check", "--ceremony", "--json")), &said); err != nil {
		r.t.Fatal(err)
	}
	if len(said.Ceremony) != 1 || said.Ceremony[0].Edition != "2026" || said.Ceremony[0].On != "2026-11-30" {
		r.t.Fatalf("%+v", said.Ceremony)
	}
	number := regexp.MustCompile(`\d+`)
	counted := 0
	for _, c := range said.Ceremony[0].Checks {
		switch kind, _, _ := strings.Cut(c.ID, "/"); kind {
		case "awards", "piece", "proof", "site", "mail-merge":
			counted++
			if got := number.FindString(c.Found); got != itoa(n) || c.State == "fault" {
				r.t.Errorf("%s: %s (%s), want %d", c.ID, c.Found, c.State, n)
			}
		case "qr", "rules", "private", "glyphs":
			if c.State != "ok" {
				r.t.Errorf("%s: %s, %s", c.ID, c.State, c.Found)
			}
		}
	}
	if counted != 7 { // the winners, three pieces, the proof, the site, the mail merge
		r.t.Errorf("%d checks count the winners", counted)
	}
}

// pages are the texts of a PDF's pages, without spaces, by an outside reader; another one counts them.
func (r *rehearsal) pages(name string) []string {
	r.t.Helper()
	file := filepath.Join(r.dir, filepath.FromSlash(name))
	all := strings.Split(strings.TrimSuffix(run(r.t, r.text, "-raw", file, "-"), "\f"), "\f")
	for i := range all {
		all[i] = squash(all[i])
	}
	if info := run(r.t, r.pdfinfo, file); !regexp.MustCompile(`(?m)^Pages: +` + itoa(len(all)) + `$`).MatchString(info) {
		r.t.Errorf("%s: %d pages with a text of\n%s", name, len(all), info)
	}
	return all
}

// unpack lays the zip out and returns the names in it.
func (r *rehearsal) unpack(name, to string) []string {
	r.t.Helper()
	z, err := zip.OpenReader(filepath.Join(r.dir, name))
	if err != nil {
		r.t.Fatal(err)
	}
	defer z.Close()
	var names []string
	for _, f := range z.File {
		names = append(names, f.Name)
		in, err := f.Open()
		if err != nil {
			r.t.Fatal(err)
		}
		data, err := io.ReadAll(in)
		if err = errors.Join(err, in.Close()); err != nil {
			r.t.Fatal(err)
		}
		r.write(map[string]string{to + "/" + f.Name: string(data)})
	}
	slices.Sort(names)
	return names
}
