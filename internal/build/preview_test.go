package build

import (
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// told is a participant's Markdown file.
func told(name, more, text string) string {
	return "+++\nname = \"" + name + "\"\ntrade = \"pain\"\ncommune = \"61169\"\n" + more + "+++\n\nHistoire.\n" + text
}

const prize = "[[award]]\nedition = \"2025\"\non = 2025-06-01\n"

func person(n int) string { return fmt.Sprintf("content/label/participants/p%d.md", n) }

// begin reads the bench's site.
func (b *bench) begin() *Preview {
	b.t.Helper()
	b.save()
	p := NewPreview(b.options())
	if r, err := p.Update(); err != nil || r.Diagnostics.Errors() > 0 {
		b.t.Fatal(err, r.Diagnostics)
	}
	return p
}

// anew holds a preview that was brought up to date to one that reads the site anew.
func (b *bench) anew(p *Preview, addresses ...string) {
	b.t.Helper()
	q := NewPreview(b.options())
	if r, err := q.Update(); err != nil || r.Diagnostics.Errors() > 0 {
		b.t.Fatal(err, r.Diagnostics)
	}
	for _, a := range append(addresses, "/", "/sitemap.xml", "/label/participants/") {
		f, _, ok := p.Open(a)
		g, _, want := q.Open(a)
		if ok != want || string(f.Data) != string(g.Data) {
			b.t.Errorf("%s differs: there %v, there anew %v", a, ok, want)
		}
	}
}

// TestPreviewAmends: what was brought up to date is what would be read anew.
func TestPreviewAmends(t *testing.T) {
	office := []string{"/.vitrine/kit/index.html", "/.vitrine/kit/manifest.csv", "/.vitrine/kit/label/card.pdf", "/.vitrine/kit/label/diploma.pdf"}
	t.Run("two names at once", func(t *testing.T) {
		b := newBench(t)
		for i, n := range []string{"Aa", "Ab", "Ba", "Ca"} {
			b.files[person(i)] = told(n, prize, "")
		}
		p := b.begin()
		b.files[person(0)], b.files[person(1)] = told("Mm", prize, ""), told("Zz", prize, "")
		b.save()
		if _, err := p.Update(person(0), person(1)); err != nil {
			t.Fatal(err)
		}
		b.anew(p, append(office, "/label/participants/p0/", "/label/participants/p1/")...)
	})
	t.Run("the end of an award", func(t *testing.T) {
		b := newBench(t)
		until := func(year int) string {
			return told("Bb", strings.Replace(prize, "2025-06-01", fmt.Sprintf("2025-06-01\nnumber = \"N-%d\"\nvalid_until = %d-06-01", year, year), 1), "")
		}
		b.files[person(1)] = until(2026)
		for name, text := range b.files {
			if strings.HasPrefix(name, "data/pieces/") {
				b.files[name] = strings.ReplaceAll(text, "{{ .Participant.PrintName }}", "{{ .Participant.PrintName }} {{ with .Award }}{{ date .Until }}{{ end }}")
			}
		}
		p := b.begin()
		b.files[person(1)] = until(2027)
		b.save()
		if _, err := p.Update(person(1)); err != nil {
			t.Fatal(err)
		}
		b.anew(p, append(office, "/.vitrine/kit/label/diploma/p1.pdf", "/label/participants/p1/")...)
	})
	t.Run("a warning mended", func(t *testing.T) {
		b := newBench(t)
		b.files[person(1)] = told("Bb", prize+"[[award]]\nedition = \"2024\"\non = 2026-02-01\n", "")
		p := b.begin()
		b.files[person(1)] = told("Bb", prize+"[[award]]\nedition = \"2024\"\non = 2024-02-01\n", "")
		b.save()
		if _, err := p.Update(person(1)); err != nil {
			t.Fatal(err)
		}
		b.anew(p, office...)
	})
	t.Run("the last award", func(t *testing.T) {
		b := newBench(t)
		b.files["data/programmes/label/participants.toml"] = ""
		b.files["static/ph.png"] = logo(9)
		b.files[person(0)] = told("Aa", prize, "")
		b.files[person(1)] = told("Bb", "consent = [\"name\", \"photo\"]\nphoto = {file = \"ph.png\", alt = \"x\"}\n", "")
		p := b.begin()
		b.files[person(0)] = told("Aa", "", "")
		b.save()
		if _, err := p.Update(person(0)); err != nil {
			t.Fatal(err)
		}
		b.anew(p, "/ph.png", "/label/participants/p1/")
	})
	t.Run("a font of the site", func(t *testing.T) {
		var fonts []string
		err := fs.WalkDir(os.DirFS("../../themes/default/fonts"), ".", func(name string, d fs.DirEntry, err error) error {
			if filepath.Ext(name) == ".ttf" {
				fonts = append(fonts, name)
			}
			return err
		})
		if err != nil || len(fonts) < 2 {
			t.Fatal(fonts, err)
		}
		font := func(n int) string {
			data, err := os.ReadFile(filepath.Join("../../themes/default/fonts", fonts[n]))
			if err != nil {
				t.Fatal(err)
			}
			return string(data)
		}
		b := newBench(t)
		b.files["static/own.ttf"] = font(0)
		b.files["data/site.toml"] += "[design.fonts.text]\nfile = \"own.ttf\"\n"
		p := b.begin()
		if _, _, ok := p.Open("/.vitrine/kit/label/card.pdf"); !ok {
			t.Fatal("no piece")
		}
		b.files["static/own.ttf"] = font(len(fonts) - 1)
		b.save()
		if _, err := p.Update("static/own.ttf"); err != nil {
			t.Fatal(err)
		}
		b.anew(p, append(office, "/own.ttf")...)
	})
	t.Run("a story with a broken layout", func(t *testing.T) {
		layout, err := os.ReadFile("../../themes/default/layouts/legal.html")
		if err != nil {
			t.Fatal(err)
		}
		file := "themes/default/layouts/legal.html"
		b := newBench(t)
		b.files[person(0)] = told("Aa", prize, "")
		b.files[file] = string(layout)
		p := b.begin()
		before, _, _ := p.Open("/label/participants/p0/")
		b.files[person(0)], b.files[file] = told("Aa", prize, "De plus.\n"), string(layout)+"{{"
		b.save()
		r, err := p.Update(person(0), file)
		if err != nil || r.Diagnostics.Errors() == 0 {
			t.Fatal(err, r.Diagnostics)
		}
		if after, _, _ := p.Open("/label/participants/p0/"); string(after.Data) != string(before.Data) {
			t.Error("errors, and yet the site changed")
		}
		b.files[file] = string(layout)
		b.save()
		if _, err := p.Update(file); err != nil {
			t.Fatal(err)
		}
		b.anew(p, "/label/participants/p0/", "/mentions-legales/")
	})
}

// age has all files of the site changed an hour ago, so that their times are trusted.
func (b *bench) age() {
	b.t.Helper()
	past := time.Now().Add(-time.Hour)
	for name := range b.files {
		if err := os.Chtimes(filepath.Join(b.dir, name), past, past); err != nil {
			b.t.Fatal(err)
		}
	}
}

// TestPictureNamedLater: a picture that was copied as it is loses what its metadata says
// once a record names it, though the file did not change.
func TestPictureNamedLater(t *testing.T) {
	const secret = "tEXtComment\x00chez moi"
	b := newBench(t)
	plain := logo(9)
	head, tail := plain[:33], plain[33:] // the signature and the header, then the rest
	chunk := binary.BigEndian.AppendUint32(nil, uint32(len(secret)-4))
	chunk = binary.BigEndian.AppendUint32(append(chunk, secret...), crc32.ChecksumIEEE([]byte(secret)))
	b.files["static/ph.png"] = head + string(chunk) + tail
	published := func() string {
		data, err := os.ReadFile(filepath.Join(b.dir, "public", "ph.png"))
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	b.save()
	b.age()
	b.build()
	if !strings.Contains(published(), "chez moi") {
		t.Fatal("a picture that no record names is copied as it is")
	}
	b.files[person(0)] = told("Aa", "photo = {file = \"ph.png\", alt = \"x\"}\nconsent = [\"name\", \"photo\"]\n"+prize, "")
	if err := os.MkdirAll(filepath.Join(b.dir, filepath.Dir(person(0))), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(b.dir, person(0)), []byte(b.files[person(0)]), 0o644); err != nil {
		t.Fatal(err)
	}
	b.build()
	if strings.Contains(published(), "chez moi") {
		t.Error("the picture still says where it was taken")
	}
}

// TestSavedDuringBuild: what is saved while a build is at work is seen by the next one.
func TestSavedDuringBuild(t *testing.T) {
	layout, err := os.ReadFile("../../themes/default/layouts/legal.html")
	if err != nil {
		t.Fatal(err)
	}
	for file, to := range map[string]string{
		"static/img/agglo.png":              logo(77),
		"themes/default/layouts/legal.html": strings.Replace(string(layout), "<p", "<p>De plus.</p><p", 1),
	} {
		t.Run(file, func(t *testing.T) {
			b := newBench(t)
			if strings.HasPrefix(file, "themes") {
				b.files[file] = string(layout)
			}
			b.save()
			b.age()
			first := newBuilder(b.options())
			save := func() {
				b.files[file] = to
				b.save()
			}
			err := first.runWith(func() error {
				if strings.HasPrefix(file, "themes") {
					save()
				}
				if err := first.makeSite(); err != nil {
					return err
				}
				save()
				return first.makeKit()
			}, first.open)
			if err != nil {
				t.Fatal(err)
			}
			b.build()
			if diff := different(b.tree(), b.scratch()); len(diff) > 0 {
				t.Errorf("stale for good: %s", diff)
			}
		})
	}
}

// TestPreviewDrawsOutlinesAgain: a file of outlines that a page gives out too is one of those that are copied, but the maps
// are made of it.
func TestPreviewDrawsOutlinesAgain(t *testing.T) {
	s := generate(t, 5)
	s.outline(t)
	const file = "static/pays.geojson"
	text, err := os.ReadFile(filepath.Join(s.dir, "data", "files", "pays.geojson"))
	if err != nil {
		t.Fatal(err)
	}
	s.write(t, file, string(text))
	s.write(t, "content/contours.md", "+++\ntitle = \"Contours\"\n+++\n\n[Les contours](/pays.geojson)\n")
	p := NewPreview(s.options("site"))
	if r, err := p.Update(); err != nil || r.Diagnostics.Errors() > 0 {
		t.Fatal(err, r.Diagnostics)
	}
	drawn := func() string {
		f, _, _ := p.Open("/")
		return wholeMap.FindString(string(f.Data))
	}
	before := drawn()
	if _, _, ok := p.Open("/pays.geojson"); !ok || before == "" {
		t.Fatalf("given out: %v, %d bytes of map", ok, len(before))
	}
	s.write(t, file, strings.Replace(string(text), `"code":"39001"`, `"code":"99999"`, 1))
	if r, err := p.Update(file); err != nil || r.Diagnostics.Errors() > 0 {
		t.Fatal(err, r.Diagnostics)
	}
	if drawn() == before {
		t.Error("the map is the one before")
	}
}
