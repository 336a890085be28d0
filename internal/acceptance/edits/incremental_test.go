package edits

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"vitrine/internal/build"
	"vitrine/internal/diag"
	"vitrine/internal/model"
)

// TestRandomEdits makes hundreds of edits, one after the other, and holds each build, and
// the preview, to what a build from nothing makes of the same site: the same files, byte
// for byte, and the same messages.
func TestRandomEdits(t *testing.T) {
	if testing.Short() {
		t.Skip("builds a site hundreds of times")
	}
	turns := len(edits) + 5
	if os.Getenv("VITRINE_ALL") != "" {
		turns = 1000
	}
	w := newWorkshop(t, 20261121)
	// Winners' folders hold the pieces again: some of the time is enough.
	w.edit("data/site.toml", func(s string) string { return winners.ReplaceAllString(s, "participants = false") })
	place := t.TempDir()
	preview := build.NewPreview(w.options(place))
	before := w.saved()
	if r, err := preview.Update(); err != nil || r.Diagnostics.Errors() > 0 {
		t.Fatal(err, messages(r.Diagnostics))
	}
	refused, previewed := 0, w.today
	for w.turn = range turns {
		e := edits[w.rand.IntN(len(edits))]
		if w.turn < len(edits) {
			e = edits[w.turn] // each kind at least once
		}
		stood := tree(t, place)
		e.do(w)
		after := w.saved()
		names := changed(before, after)

		scratch := t.TempDir()
		want, err := build.Run(w.options(scratch))
		if err != nil {
			t.Fatalf("turn %d, %s: from nothing: %v", w.turn, e.name, err)
		}
		got, err := build.Run(w.options(place))
		if err != nil {
			t.Fatalf("turn %d, %s: %v", w.turn, e.name, err)
		}
		if a, b := messages(want.Diagnostics), messages(got.Diagnostics); !slices.Equal(a, b) {
			t.Fatalf("turn %d, %s: messages\n%s\nwant\n%s", w.turn, e.name, strings.Join(b, "\n"), strings.Join(a, "\n"))
		}
		shown, err := preview.Update(names...)
		if w.today != previewed { // another day is another preview
			preview, previewed = build.NewPreview(w.options(place)), w.today
			shown, err = preview.Update()
		}
		if err != nil {
			t.Fatalf("turn %d, %s: preview: %v", w.turn, e.name, err)
		}
		if want.Diagnostics.Errors() > 0 {
			refused++
			if diff := changed(stood, tree(t, place)); len(diff) > 0 {
				t.Fatalf("turn %d, %s was refused, and changed %q", w.turn, e.name, diff)
			}
			w.restore(before)
			if _, err := preview.Update(names...); err != nil {
				t.Fatal(err)
			}
			continue
		}
		before = after
		wanted := tree(t, scratch)
		if diff := changed(wanted, tree(t, place)); len(diff) > 0 {
			t.Fatalf("turn %d, %s: differ from a build from nothing: %q", w.turn, e.name, diff)
		}
		if shown.Diagnostics.Errors() > 0 {
			t.Fatalf("turn %d, %s: preview: %s", w.turn, e.name, messages(shown.Diagnostics))
		}
		w.compare(e.name, preview, wanted)
		if err := os.RemoveAll(scratch); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("%d edits, %d refused", turns, refused)
	if refused < turns/50 || refused > turns/2 {
		t.Errorf("%d of %d edits were refused: the test is not what it was meant to be", refused, turns)
	}
}

// compare holds what the preview serves to a built site.
func (w *workshop) compare(edit string, p *build.Preview, want map[string]string) {
	w.t.Helper()
	for name, text := range want {
		address, ok := strings.CutPrefix(name, "public")
		if kit, office := strings.CutPrefix(name, "kit/"); office {
			if kit == "index.html" || w.rand.IntN(8) > 0 {
				continue // what was found is said as it is found; the others take their turn
			}
			address, ok = "/.vitrine/kit/"+kit, true
		}
		if !ok {
			continue
		}
		if strings.HasSuffix(address, "/index.html") {
			address = strings.TrimSuffix(address, "index.html")
		}
		f, _, ok := p.Open(address)
		if !ok || string(f.Data) != text {
			got := string(f.Data)
			at := 0
			for at < min(len(got), len(text)) && got[at] == text[at] {
				at++
			}
			w.t.Logf("at %d of %d and %d: %.200q, built: %.200q", at, len(got), len(text), got[max(0, at-60):], text[max(0, at-60):])
			w.t.Fatalf("turn %d, %s: the preview has another %s (found: %v)", w.turn, edit, address, ok)
		}
	}
	for _, gone := range []string{"/nothing/", "/data/site.toml", "/.vitrine/kit/../../data/site.toml"} {
		if _, _, ok := p.Open(gone); ok {
			w.t.Fatalf("the preview has something at %s", gone)
		}
	}
}

// restore puts the site back as it was.
func (w *workshop) restore(state map[string]string) {
	now := w.saved()
	for _, name := range changed(state, now) {
		if text, ok := state[name]; ok {
			w.write(name, text)
		} else {
			w.remove(name)
		}
	}
}

// tree is all the files of public/ and kit/.
func tree(t *testing.T, place string) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, part := range []string{"public", "kit"} {
		err := filepath.WalkDir(filepath.Join(place, part), func(file string, d fs.DirEntry, err error) error {
			if err != nil {
				if os.IsNotExist(err) {
					return nil
				}
				return err
			}
			if d.IsDir() {
				return nil
			}
			rel, err := filepath.Rel(place, file)
			if err != nil {
				return err
			}
			data, err := os.ReadFile(file)
			out[filepath.ToSlash(rel)] = string(data)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return out
}

func messages(list diag.List) []string {
	var out []string
	for _, d := range list {
		out = append(out, d.Severity.String()+" "+string(d.Code)+" "+d.Span.File+": "+d.Message("en"))
	}
	return out
}

// officePages is how many pages each build with something to do makes again: those of the kit, for the office.
func officePages(r *build.Result) int {
	n := 0
	for _, o := range r.Outputs {
		if o.Kind == "page" && strings.HasPrefix(o.Path, "kit/") {
			n++
		}
	}
	return n
}

// TestOneEdit asserts what one edit has made again: what shows it, and nothing else.
func TestOneEdit(t *testing.T) {
	w := newWorkshop(t, 1)
	place := t.TempDir()
	if _, err := build.Run(w.options(place)); err != nil {
		t.Fatal(err)
	}
	story := "content/eco-defis/participants/l-eclat-d-oeuf.md"
	for _, c := range []struct {
		name string
		do   func()
		want []string // outputs written; nil: found by comparing with the tree before
	}{
		{"nothing", func() {}, []string{}},
		{"a story", func() { w.edit(story, func(s string) string { return s + "\nUn mot de plus.\n" }) },
			[]string{"public/eco-defis/artisans/l-eclat-d-oeuf/index.html"}},
		{"a telephone", func() {
			w.edit("data/programmes/eco-defis/participants.toml", func(s string) string {
				return replaceLine(s, "phone", `phone = "02 61 91 18 99"`)
			})
		}, []string{"kit/eco-defis/mail/l-eclat-d-oeuf.eml", "kit/eco-defis/participants/l-eclat-d-oeuf.zip", "public/eco-defis/artisans/l-eclat-d-oeuf/index.html", "public/eco-defis/artisans/l-eclat-d-oeuf/l-eclat-d-oeuf.vcf"}},
		{"a private note", func() {
			w.edit("data/programmes/eco-defis/participants.toml", func(s string) string {
				return strings.Replace(s, "\nlegal_name", "\nnote = \"à rappeler\"\nlegal_name", 1)
			})
		}, []string{}},
		{"a name", func() {
			w.edit("data/programmes/eco-defis/participants.toml", func(s string) string {
				return replaceLine(s, "name", `name = "L'Éclat d'Osier"`)
			})
		}, nil},
		{"a style sheet", func() {
			w.edit(w.own("assets/site.css"), func(s string) string { return s + "\n.late{color:red}\n" })
		}, []string{"public/assets/site.css"}},
	} {
		before := tree(t, place)
		c.do()
		r, err := build.Run(w.options(place))
		if err != nil || r.Diagnostics.Errors() > 0 {
			t.Fatalf("%s: %v %s", c.name, err, messages(r.Diagnostics))
		}
		want := c.want
		if want == nil {
			want = changed(before, tree(t, place))
		}
		written, made := []string{}, 0
		for _, o := range r.Outputs {
			if o.Status != "unchanged" {
				written = append(written, o.Path)
				if o.Kind == "page" && strings.HasPrefix(o.Path, "public/") {
					made++
				}
			}
		}
		if !slices.Equal(written, want) {
			t.Errorf("%s: written %q, want %q", c.name, written, want)
		}
		if got := max(r.Made["page"]-officePages(r), 0); got != made {
			t.Errorf("%s: %d pages were made, %d of them for something", c.name, got, made)
		}
	}
	w.today = model.Date{Year: 2026, Month: 1, Day: 16}
	r, err := build.Run(w.options(place))
	if err != nil {
		t.Fatal(err)
	}
	if n := r.Made["page"] - officePages(r); n > 0 {
		t.Errorf("a day on which nothing happens made %d pages again", n)
	}
}
