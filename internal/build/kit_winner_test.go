package build

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"image/png"
	"io"
	"mime/multipart"
	"net/mail"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// winnersBench is a bench of kitSite with the winners' files asked for, and what must not leave.
func winnersBench(t *testing.T) *bench {
	b := newBench(t)
	b.askWinners()
	return b
}

func (b *bench) askWinners() {
	b.t.Helper()
	b.files = kitSite()
	b.replace("data/site.toml", "[kit]", "[kit]\nparticipants = true")
	b.replace("data/organisations.toml", `phone = "02 61 91 00 01"`, "phone = \"02 61 91 00 01\"\nemail = \"kit@agglo.example\"")
	b.replace(people, `phone = "02 61 91 00 02"`, `phone = "02 61 91 00 02"
mobile = "06 39 98 00 02"
email = "garage@pont.example"
address = "3 rue du Pont"
postcode = "61100"
legal_name = "SARL Raison-Cachée"
note = "Note-cachée"
consent = ["name", "phone"]`)
	b.replace(people, "challenge = \"velo\"\n[[participant.award]]\nedition = \"2025\"", "challenge = \"velo\"\nevidence = [\"facture-cachee.pdf\"]\n[[participant.award]]\nedition = \"2025\"")
	b.replace(programme, "[[edition]]\nid = \"2024\"", "[mark]\nname = \"LE LABEL\"\nowner = \"agglo\"\nmention = \"« LE LABEL » est une marque.\"\npieces = [\"diploma\"]\n[[agreement]]\nparties = [\"agglo\", \"cma\"]\nstarts = 2025-01-01\nends = 2026-12-31\n[[edition]]\nid = \"2024\"")
	b.save()
}

// unpacked are the files of a zip, read by the standard library.
func unpacked(t *testing.T, data []byte) map[string][]byte {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]byte{}
	for _, f := range r.File {
		rc, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(rc) // which checks its sum
		if err != nil || out[f.Name] != nil || !f.Modified.Equal(time.Date(2025, 11, 30, 0, 0, 0, 0, time.UTC)) {
			t.Fatal(f.Name, err, f.Modified)
		}
		out[f.Name] = text
	}
	return out
}

// drafted reads a message: its head, its text and what is attached.
func drafted(t *testing.T, data string) (mail.Header, string, []byte) {
	t.Helper()
	m, err := mail.ReadMessage(strings.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	_, boundary, _ := strings.Cut(m.Header.Get("Content-Type"), "boundary=")
	parts := multipart.NewReader(m.Body, strings.Trim(boundary, `"`))
	p, err := parts.NextPart()
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(p)
	if err != nil {
		t.Fatal(err)
	}
	var file []byte
	if p, err = parts.NextPart(); err == nil {
		file, _ = io.ReadAll(p)
	} else if err != io.EOF {
		t.Fatal(err)
	}
	return m.Header, string(text), file
}

// spaced is a text with plain spaces only.
var spaced = strings.NewReplacer("\u00a0", " ", "\u202f", " ")

// TestWinners opens all that is made for the winners.
func TestWinners(t *testing.T) {
	b := winnersBench(t)
	b.build()
	tree := b.tree()
	files := unpacked(t, []byte(tree["kit/label/participants/bruno.zip"]))
	for name, of := range map[string]string{
		"diplome-imprimeur.pdf": "kit/label/diploma/bruno.pdf", "diplome-bureau.pdf": "kit/label/office/diploma/bruno.pdf", "carte-imprimeur.pdf": "kit/label/card/bruno.pdf",
	} {
		if string(files[name]) != tree[of] {
			t.Errorf("%s is not %s", name, of)
		}
	}
	for _, name := range []string{"qr.svg", "badge-web.svg"} {
		d := xml.NewDecoder(bytes.NewReader(files[name]))
		for {
			if _, err := d.Token(); err == io.EOF {
				break
			} else if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
		}
	}
	for name, width := range map[string]int{"qr.png": 1024, "badge-web.png": 720} {
		im, err := png.Decode(bytes.NewReader(files[name]))
		if err != nil || im.Bounds().Dx() < width {
			t.Errorf("%s: %v", name, err)
		}
	}
	card := string(files["contact.vcf"])
	for text, want := range map[string]bool{
		"FN:Garage du Pont\r\n": true, "02 61 91 00 02": true, "https://vitrine.example/label/participants/bruno/": true,
		"06 39": false, "garage@": false, "rue du Pont": false, "61100": false,
	} {
		if strings.Contains(card, text) != want {
			t.Errorf("the card has %q: %v\n%s", text, !want, card)
		}
	}
	for name, texts := range map[string][]string{
		"regles-de-la-marque.txt":   {"LE LABEL", "L’Agglo", "« LE LABEL » est une marque.", "31 décembre 2026"},
		"adresse-de-votre-page.txt": {"https://vitrine.example/label/participants/bruno/", "https://vitrine.example/v/"},
		"code-du-badge.txt":         {`<a href="https://vitrine.example/label/participants/bruno/"><img src="badge-web.png"`, `alt="Garage du Pont`},
		"mode-d-emploi.txt":         {"diplome-bureau.pdf", "carte-imprimeur.pdf", "qr.png", "contact.vcf", "regles-de-la-marque.txt", "kit@agglo.example"},
	} {
		for _, text := range texts {
			if !strings.Contains(spaced.Replace(string(files[name])), text) {
				t.Errorf("%s lacks %q:\n%s", name, text, files[name])
			}
		}
	}
	if len(files) != 12 {
		t.Errorf("%d files: %v", len(files), slices.Sorted(keys(files)))
	}
	head, text, file := drafted(t, tree["kit/label/mail/bruno.eml"])
	if to, err := head.AddressList("To"); err != nil || to[0].Address != "garage@pont.example" || head.Get("X-Unsent") != "1" {
		t.Error(to, err, head)
	}
	if !strings.Contains(text, "Garage du Pont") || strings.Contains(text, "À joindre") || len(file) == 0 {
		t.Errorf("%s", text)
	}
	if head, _, _ := drafted(t, tree["kit/label/mail/chloe.eml"]); head.Get("To") != "" {
		t.Error("a message goes to", head.Get("To"))
	}
	merge := strings.Split(tree["kit/label/mail-merge.csv"], "\r\n")
	if len(merge) != 5 || !strings.HasPrefix(merge[3], "Garage du Pont;Garage du Pont;garage@pont.example;Garage du Pont;3 rue du Pont;61100 FLERS;;Flers;https://") {
		t.Errorf("%q", merge)
	}
	for name, text := range tree {
		public := strings.HasPrefix(name, "public/")
		if public && (strings.Contains(name, "participants/") && strings.HasSuffix(name, ".zip") || strings.Contains(name, "/mail") || strings.HasSuffix(name, ".eml") || strings.HasSuffix(name, ".vcf")) {
			t.Errorf("%s is published", name)
		}
		all := text
		if strings.HasSuffix(name, ".zip") {
			for n, f := range unpacked(t, []byte(text)) {
				all += n + string(f)
			}
		}
		for _, hidden := range []string{"cach", "06 39 98", "0639"} {
			if strings.Contains(strings.ToLower(all), hidden) && !strings.Contains(all, "\x00") {
				t.Errorf("%s has %q", name, hidden)
			}
		}
		if public && strings.Contains(text, "garage@pont") {
			t.Errorf("%s has an address that is not open", name)
		}
	}
}

// TestWinnersTooLarge: a zip that is too large for a letter box is not attached, and the draft says where
// it is.
func TestWinnersTooLarge(t *testing.T) {
	b := winnersBench(t)
	b.replace("data/site.toml", "participants = true", "participants = true\nattach = 0")
	b.save()
	b.build(kitAlone)
	_, text, file := drafted(t, b.tree()["kit/label/mail/bruno.eml"])
	if len(file) > 0 || !strings.Contains(text, "kit/label/participants/bruno.zip") {
		t.Errorf("%d bytes attached to\n%s", len(file), text)
	}
}

func keys(m map[string][]byte) func(func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

// TestWinnersEdits: an edit has only those winners' files made again that show it, and they are the ones
// that a build from nothing makes.
func TestWinnersEdits(t *testing.T) {
	b := newBench(t)
	zips := func(ids ...string) (out []string) {
		for _, id := range ids {
			out = append(out, "kit/label/participants/"+id+".zip", "kit/label/mail/"+id+".eml")
		}
		return out
	}
	merge := "kit/label/mail-merge.csv"
	for _, tc := range []struct {
		name string
		edit func(*bench)
		want []string
	}{
		{"nothing", func(*bench) {}, nil},
		{"a page", func(b *bench) { b.files["content/a-propos.md"] += "Et.\n" }, nil},
		{"a note", func(b *bench) { b.replace(people, "Note-cachée", "Autre-cachée") }, nil},
		{"a closed number", func(b *bench) { b.replace(people, "06 39 98 00 02", "06 39 98 00 03") }, nil},
		{"a name", func(b *bench) { b.replace(people, "Garage du Pont", "Garage du Viaduc") }, append(zips("bruno"), merge)},
		{"an open number", func(b *bench) { b.replace(people, "02 61 91 00 02", "02 61 91 00 03") }, zips("bruno")},
		{"an e-mail address", func(b *bench) { b.replace(people, "garage@pont.example", "pont@garage.example") }, []string{"kit/label/mail/bruno.eml", merge}},
		{"a street", func(b *bench) { b.replace(people, "3 rue du Pont", "4 rue du Pont") }, []string{merge}},
		{"a commitment's day", func(b *bench) {
			b.replace(people, "challenge = \"velo\"\n[[participant.award]]", "challenge = \"velo\"\ndone_on = 2025-12-10\n[[participant.award]]")
		}, zips("alma")},
		{"one gone", func(b *bench) {
			text := b.files[people]
			b.files[people] = text[:strings.Index(text, "[[participant]]\nid = \"chloe\"")]
		}, append(minus(zips("chloe")), merge)},
		{"who signs", func(b *bench) { b.replace(programme, "Anne Loriot", "Anne Lorient") }, zips(everyone...)},
		{"the mark", func(b *bench) { b.replace(programme, "est une marque.", "est une marque déposée.") }, zips(everyone...)},
		{"who publishes", func(b *bench) { b.replace("data/organisations.toml", "kit@agglo", "label@agglo") }, zips(everyone...)},
		{"nothing attached", func(b *bench) { b.replace("data/site.toml", "participants = true", "participants = true\nattach = 0") },
			[]string{"kit/label/mail/alma.eml", "kit/label/mail/bruno.eml", "kit/label/mail/chloe.eml"}},
		{"not any more", func(b *bench) { b.replace("data/site.toml", "participants = true", "participants = false") },
			append(minus(zips(everyone...)), "-"+merge)},
	} {
		t.Run(tc.name, func(t *testing.T) {
			b.t = t
			b.askWinners()
			b.build(kitAlone)
			tc.edit(b)
			b.save()
			var got []string
			for _, name := range pieces(b.build(kitAlone)) {
				if strings.Contains(name, "/participants/") || strings.Contains(name, "/mail") {
					got = append(got, name)
				}
			}
			slices.Sort(got)
			want := slices.Sorted(slices.Values(tc.want))
			if !slices.Equal(got, want) {
				t.Errorf("changed:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
			}
			if diff := different(b.tree(), b.scratch(kitAlone)); len(diff) > 0 {
				t.Errorf("a build from nothing makes others: %s", strings.Join(diff, ", "))
			}
		})
	}
}

// TestWinnersOnDemand: what a preview serves is what a build makes, and shards make the same.
func TestWinnersOnDemand(t *testing.T) {
	b := winnersBench(t)
	b.build()
	want := b.tree()
	o := b.options()
	o.Dry = true
	g := newBuilder(o)
	if err := g.enter(); err != nil || !g.prepare() {
		t.Fatal(err, g.result.Diagnostics)
	}
	seen := 0
	for name, text := range want {
		file, ok := strings.CutPrefix(name, "kit/")
		if !ok || !strings.Contains(file, "participants/") && !strings.Contains(file, "/mail") && file != "manifest.csv" {
			continue
		}
		seen++
		if data, list, ok := g.kitFile(file); !ok || len(list) > 0 || string(data) != text {
			t.Errorf("%s: %v, %d bytes, want %d; %v", name, ok, len(data), len(text), list)
		}
	}
	if seen != 8 {
		t.Errorf("%d files", seen)
	}
	for _, name := range []string{"label/participants/nobody.zip", "label/participants/", "label/mail/bruno.zip", "other/mail-merge.csv"} {
		if _, _, ok := g.kitFile(name); ok {
			t.Errorf("the kit has a file %q", name)
		}
	}
	// nothing else takes them away
	b.build(func(o *Options) { o.Only = "diploma" })
	if diff := different(b.tree(), want); len(diff) > 0 {
		t.Errorf("a build of one piece changes %v", diff)
	}
	// each shard makes its part into folders of its own
	parts := map[string]string{}
	for i := range 3 {
		dir := t.TempDir()
		b.build(func(o *Options) {
			o.Public, o.Kit, o.State = filepath.Join(dir, "public"), filepath.Join(dir, "kit"), filepath.Join(dir, "state")
			o.Shard = Shard{Index: i, Of: 3}
		})
		for name := range want {
			if data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name))); err == nil {
				if parts[name] != "" {
					t.Errorf("%s is in two shards", name)
				}
				parts[name] = string(data)
			}
		}
	}
	if diff := different(parts, want); len(diff) > 0 {
		t.Errorf("shards make others: %v", diff)
	}
}
