package build

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"vitrine/internal/model"
)

// send builds the bench's site and records the run; the record is one of its files then.
func (b *bench) send(name string) {
	b.t.Helper()
	r := b.build(func(o *Options) { o.Sent = name })
	if r.Sent != SentFile(name) {
		b.t.Fatalf("recorded as %q", r.Sent)
	}
	text, err := os.ReadFile(filepath.Join(b.dir, filepath.FromSlash(r.Sent)))
	if err != nil {
		b.t.Fatal(err)
	}
	b.files[r.Sent] = string(text)
}

// reprint is what a reprint's zip holds.
func (b *bench) reprint(ro ReprintOptions) (*Reprint, map[string][]byte) {
	b.t.Helper()
	b.save()
	r, result, err := MakeReprint(b.options(), ro)
	if err != nil || r == nil {
		b.t.Fatal(err, result.Diagnostics)
	}
	var once, twice bytes.Buffer
	if err := r.WriteZip(&once); err != nil {
		b.t.Fatal(err)
	}
	if err := r.WriteZip(&twice); err != nil || !bytes.Equal(once.Bytes(), twice.Bytes()) {
		b.t.Fatal("a zip is not the same when it is written twice", err)
	}
	z, err := zip.NewReader(bytes.NewReader(once.Bytes()), int64(once.Len()))
	if err != nil {
		b.t.Fatal(err)
	}
	out := map[string][]byte{}
	for _, f := range z.File {
		rc, err := f.Open()
		if err != nil {
			b.t.Fatal(err)
		}
		data, err := io.ReadAll(rc)
		if err != nil {
			b.t.Fatal(err)
		}
		out[f.Name] = data
	}
	return r, out
}

// single are the files of the kit that are for one subject, as it goes to print.
func (b *bench) single() map[string]string {
	b.t.Helper()
	out := map[string]string{}
	err := fs.WalkDir(os.DirFS(filepath.Join(b.dir, "kit")), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(name, ".pdf") {
			return err
		}
		parts := strings.Split(name, "/")
		printed := parts[0] == "label" && (len(parts) > 2 && parts[1] != "office" || len(parts) > 3 && parts[2] == "leaf" || name == "label/flyer.pdf")
		if !printed || strings.HasPrefix(name, "label/participants/") {
			return nil
		}
		data, err := os.ReadFile(filepath.Join(b.dir, "kit", filepath.FromSlash(name)))
		out[name] = string(data)
		return err
	})
	if err != nil {
		b.t.Fatal(err)
	}
	return out
}

// TestReprintIsWhatTheKitChanged holds reprints to builds: whatever is done to the records,
// the zip has the files that the next build makes differently or new, byte for byte, and
// no other; what was withdrawn is what the next build no longer makes.
func TestReprintIsWhatTheKitChanged(t *testing.T) {
	const people = "data/programmes/label/participants.toml"
	random := rand.New(rand.NewPCG(5, 2))
	edits := []func(b *bench, turn int){
		func(b *bench, n int) { b.replace(people, `name = "`, fmt.Sprintf(`name = "%d `, n)) },
		func(b *bench, n int) { // no piece shows it: consent does not open it
			b.replace(people, `phone = "02 61 91 00 0`, fmt.Sprintf(`phone = "02 61 9%d 00 0`, n%10))
		},
		func(b *bench, n int) { b.replace(people, `status = "active"`, `status = "withdrawn"`) },
		func(b *bench, n int) { b.replace(people, "challenge = \"velo\"", "challenge = \"pluie\"") },
		func(b *bench, n int) {
			b.files[people] += fmt.Sprintf("[[participant]]\nid = \"late-%d\"\nname = \"Retard %d\"\nkind = \"business\"\ntrade = \"pain\"\ncommune = \"61169\"\nstatus = \"active\"\n[[participant.commitment]]\nchallenge = \"pluie\"\n[[participant.award]]\nedition = \"2025\"\non = 2025-11-30\n", n, n)
		},
		func(b *bench, n int) {
			b.replace("data/programmes/label/challenges.toml", `title = "E`, fmt.Sprintf(`title = "E%d`, n))
		},
	}
	for round := range 4 {
		b := newBench(t)
		b.send("first")
		before := b.single()
		done := map[int]bool{}
		for range 1 + random.IntN(3) {
			which := random.IntN(len(edits))
			if !done[which] {
				edits[which](b, round*10+which)
				done[which] = true
			}
		}
		r, got := b.reprint(ReprintOptions{Since: "first", Whole: true})
		b.build()
		now := b.single()
		want := map[string]string{}
		for name, data := range now {
			if before[name] != data {
				want[name] = data
			}
		}
		for name, data := range want {
			if string(got[name]) != data {
				t.Errorf("round %d: %s is not in the zip as the next build makes it", round, name)
			}
		}
		for name := range got {
			_, one := now[name]
			if one && want[name] == "" {
				t.Errorf("round %d: %s is in the zip, and did not change", round, name)
			}
		}
		gone := 0
		for name := range before {
			if _, ok := now[name]; !ok {
				gone++
			}
		}
		for _, c := range r.Changes {
			for _, p := range c.Pieces {
				if p.Of == 0 && p.Piece != "tag" { // which is on sheets, not in files of its own
					gone--
				}
			}
		}
		if gone != 0 {
			t.Errorf("round %d: %d files are no more and not said to be withdrawn", round, gone)
		}
	}
}

// onePage finds the pages of a PDF file of ours.
var onePage = regexp.MustCompile(`/Type ?/Page\b`)

// TestReprintTellsPages holds a zip to the pages that differ, where a piece has several.
func TestReprintTellsPages(t *testing.T) {
	b := newBench(t)
	b.send("first")
	const rest = "\nkind = \"business\"\ntrade = \"pain\"\ncommune = \"61169\"\nstatus = "
	b.replace("data/programmes/label/participants.toml", "Coiffure Chloé\""+rest+`"active"`, "Coiffure Chloé\""+rest+`"withdrawn"`)
	r, got := b.reprint(ReprintOptions{Since: "first"})
	// the count of winners stands on the first page of the flyer, and on the leaves
	i := slices.IndexFunc(r.Pieces, func(p ReprintPiece) bool { return p.Piece == "flyer" })
	if i < 0 || r.Pieces[i].Pages != 1 || r.Pieces[i].File != "label/flyer.pdf" {
		t.Errorf("of the flyer: %+v", r.Pieces)
	}
	if n := len(onePage.FindAll(got["label/flyer.pdf"], -1)); n != 1 {
		t.Errorf("the flyer has %d pages in the zip", n)
	}
	if !strings.Contains(string(got["errata.txt"]), "Coiffure Chloé") || got["label/diploma.pdf"] != nil {
		t.Errorf("%s\n%v", got["errata.txt"], r.Files())
	}
	if _, ok := got["label/office/sheets/tag.pdf"]; ok {
		t.Error("labels are printed again that are the same")
	}
}

// TestReprintOfSheets lays out only the labels that differ.
func TestReprintOfSheets(t *testing.T) {
	b := newBench(t)
	b.send("first")
	b.replace("data/programmes/label/participants.toml", "Garage du Pont", "Garage du Quai")
	r, got := b.reprint(ReprintOptions{Since: "first"})
	i := slices.IndexFunc(r.Pieces, func(p ReprintPiece) bool { return p.Piece == "tag" })
	if i < 0 || r.Pieces[i].Subjects != 1 || r.Pieces[i].Profile != "sheet" || len(got["label/office/sheets/tag.pdf"]) == 0 {
		t.Errorf("of the labels: %+v", r.Pieces)
	}
	if len(r.Changes) != 1 || r.Changes[0].Before != "Garage du Pont" || r.Changes[0].Name != "Garage du Quai" {
		t.Errorf("%+v", r.Changes)
	}
}

// TestReprintFollowsIDs knows a participant again whose id changed, and printer's marks for
// no change of a page.
func TestReprintFollowsIDs(t *testing.T) {
	b := newBench(t)
	b.send("first")
	b.replace("data/programmes/label/participants.toml", `id = "bruno"`, "id = \"bruno-quai\"\naliases = [\"bruno\"]")
	b.files["data/site.toml"] += "marks = true\n"
	r, _ := b.reprint(ReprintOptions{Since: "first"})
	if len(r.Changes) != 0 || r.Pages() != 0 || r.Same == 0 {
		t.Errorf("%+v", r.Changes)
	}
	for _, c := range r.Calling {
		if c.Before == 0 {
			t.Errorf("%s is new to the order of call", c.Participant)
		}
	}
}

// TestRecordReadsBack holds the file of a run to what it records, names of all sorts.
func TestRecordReadsBack(t *testing.T) {
	run := &sentRun{On: model.Date{Year: 2025, Month: 11, Day: 30}, Only: "diploma", Calling: []string{"label/2025/a", "label/2025/b"}}
	for i, name := range []string{"L’Éclat d’Œuf", `dit "Nono" \ fils`, "tab\tligne\nretour\r", "\u0001\u007f", "Καφές 🥐", "", "'=1+1"} {
		run.Items = append(run.Items, sentItem{Programme: "label", Piece: "diploma", Subject: fmt.Sprintf("award/2025/%d", i), Name: name, Pages: []string{"aa", "bb"}[:i%3%2+1]})
	}
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "data/sent"), 0o755); err != nil {
		t.Fatal(err)
	}
	for _, lang := range []string{"fr", "en"} {
		if err := os.WriteFile(filepath.Join(dir, "data/sent/x.toml"), run.text("x", "fr"), 0o644); err != nil {
			t.Fatal(err)
		}
		b := newBuilder(Options{Site: dir, Dry: true})
		if err := b.enter(); err != nil {
			t.Fatal(err)
		}
		got, list, err := b.sent("x")
		if err != nil || len(list) > 0 {
			t.Fatal(lang, err, list)
		}
		if fmt.Sprintf("%+v", got) != fmt.Sprintf("%+v", run) {
			t.Errorf("%s: read back as\n%+v, want\n%+v", lang, got, run)
		}
	}
}

// TestCompareAddsUp: printing what a comparison says, and taking away what it says, makes
// the old pile the new one.
func TestCompareAddsUp(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 1))
	pile := func() []sentItem {
		var out []sentItem
		for i := range 12 {
			if random.IntN(3) == 0 {
				continue
			}
			s := sentItem{Programme: "p", Piece: fmt.Sprint("piece-", i%3), Subject: fmt.Sprint("award/e/", i)}
			for range 1 + random.IntN(3) {
				s.Pages = append(s.Pages, fmt.Sprint(random.IntN(3)))
			}
			out = append(out, s)
		}
		return out
	}
	for range 300 {
		before, now := pile(), pile()
		k := newKnown(&model.Site{}, before)
		held := map[string][]string{}
		for _, s := range before {
			held[s.key(s.Subject)] = slices.Clone(s.Pages)
		}
		printed := 0
		for i := range now {
			d := k.compare(&now[i], nil)
			key := now[i].key(now[i].Subject)
			pages := held[key]
			pages = pages[:len(pages)-d.dropped]
			for _, n := range d.pages {
				if n <= len(pages) {
					if pages[n-1] == now[i].Pages[n-1] {
						t.Fatal("a page is printed again that is the same")
					}
					pages[n-1] = now[i].Pages[n-1]
				} else {
					pages = append(pages, now[i].Pages[n-1])
				}
				printed++
			}
			held[key] = pages
		}
		for _, d := range k.gone() {
			delete(held, d.before.key(d.before.Subject))
		}
		if len(held) != len(now) {
			t.Fatalf("%d on the pile, want %d", len(held), len(now))
		}
		for _, s := range now {
			if !slices.Equal(held[s.key(s.Subject)], s.Pages) {
				t.Fatalf("%v, want %v", held[s.key(s.Subject)], s.Pages)
			}
		}
	}
}
