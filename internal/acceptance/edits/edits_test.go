// Package edits holds builds that only do what changed, and previews, to builds from nothing: after
// hundreds of edits of the repository's own site, and after builds that were killed. It has tests only,
// apart from those that look at the result with outside tools, since both take long.
package edits

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io/fs"
	"math/rand/v2"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"vitrine/internal/build"
	"vitrine/internal/model"
	"vitrine/themes"
)

// root is the repository, which is a site too.
const root = "../../.."

// today is the day that the edited sites are built for, after the last edition's ceremony.
var today = model.Date{Year: 2026, Month: 1, Day: 15}

// workshop is a small site under edit, with what it takes to build it again and again.
type workshop struct {
	t     *testing.T
	dir   string // the site
	rand  *rand.Rand
	today model.Date
	turn  int
}

// newWorkshop copies the repository's own site with nine of its participants and fewer
// pieces, so that it builds in a moment and still has some of everything.
func newWorkshop(t *testing.T, seed uint64) *workshop {
	w := &workshop{t: t, dir: t.TempDir(), rand: rand.New(rand.NewPCG(seed, 7)), today: today}
	for _, part := range []string{"data", "content", "static"} {
		if err := os.CopyFS(filepath.Join(w.dir, part), os.DirFS(filepath.Join(root, part))); err != nil {
			t.Fatal(err)
		}
	}
	w.edit("data/programmes/eco-defis/participants.toml", func(text string) string {
		return strings.Join(strings.SplitN(text, "\n[[participant]]\n", 11)[:10], "\n[[participant]]\n")
	})
	kept := w.read("data/programmes/eco-defis/participants.toml")
	for _, file := range w.files("content/eco-defis/participants") {
		id := strings.TrimSuffix(filepath.Base(file), ".md")
		if text := w.read(file); strings.Contains(kept, `id = "`+id+`"`) || strings.Contains(text, "[[award]]") {
			kept += text
		} else {
			w.remove(file)
		}
	}
	// Small pictures: it is not their encoding that is tested here.
	for _, file := range slices.Concat(w.files("static/img/participants"), w.files("static/img/news"), w.files("static/img/partners")) {
		w.write(file, w.picture(path.Ext(file), 200))
	}
	for _, file := range w.files("static/img/marks") {
		if path.Ext(file) == ".png" {
			w.write(file, w.picture(".png", 900)) // sharp enough for a diploma
		}
	}
	w.edit("data/programmes/eco-defis/programme.toml", func(text string) string {
		for _, id := range []string{"poster", "poster-participant"} {
			text = regexp.MustCompile(`(?s)\[\[piece\]\]\nid = "`+id+`"\n.*?\n(\n|$)`).ReplaceAllString(text, "")
		}
		return text
	})
	return w
}

func (w *workshop) path(name string) string { return filepath.Join(w.dir, filepath.FromSlash(name)) }

func (w *workshop) read(name string) string {
	data, err := os.ReadFile(w.path(name))
	if err != nil {
		w.t.Fatal(err)
	}
	return string(data)
}

func (w *workshop) write(name, text string) {
	if err := os.MkdirAll(filepath.Dir(w.path(name)), 0o755); err != nil {
		w.t.Fatal(err)
	}
	if err := os.WriteFile(w.path(name), []byte(text), 0o644); err != nil {
		w.t.Fatal(err)
	}
}

func (w *workshop) edit(name string, f func(string) string) { w.write(name, f(w.read(name))) }

func (w *workshop) remove(name string) {
	if err := os.Remove(w.path(name)); err != nil {
		w.t.Fatal(err)
	}
}

// files lists the files of a folder, by their names in the site.
func (w *workshop) files(dir string) []string {
	entries, err := os.ReadDir(w.path(dir))
	if err != nil {
		w.t.Fatal(err)
	}
	var out []string
	for _, e := range entries {
		if !e.IsDir() {
			out = append(out, dir+"/"+e.Name())
		}
	}
	return out
}

// one picks a file.
func (w *workshop) one(dir string) string {
	all := w.files(dir)
	return all[w.rand.IntN(len(all))]
}

// inParticipant edits one record of participants.toml.
func (w *workshop) inParticipant(f func(string) string) {
	w.edit("data/programmes/eco-defis/participants.toml", func(text string) string {
		parts := strings.Split(text, "\n[[participant]]\n")
		i := 1 + w.rand.IntN(len(parts)-1)
		parts[i] = f(parts[i])
		return strings.Join(parts, "\n[[participant]]\n")
	})
}

// word is something that was not there before.
func (w *workshop) word() string { return fmt.Sprintf("mot%dz%d", w.turn, w.rand.IntN(1000)) }

// own copies a file of the built-in theme over the site's own layer, or takes it from
// there when it was copied before.
func (w *workshop) own(name string) string {
	file := "themes/default/" + name
	if _, err := os.Stat(w.path(file)); err != nil {
		data, err := fs.ReadFile(themes.FS, "default/"+name)
		if err != nil {
			w.t.Fatal(err)
		}
		w.write(file, string(data))
	}
	return file
}

func replaceLine(text, key, line string) string {
	re := regexp.MustCompile(`(?m)^` + key + ` = .*$`)
	if at := re.FindStringIndex(text); at != nil {
		return text[:at[0]] + line + text[at[1]:]
	}
	return text
}

// edits are the kinds of changes that people make, and some that they should not.
var edits = []struct {
	name string
	do   func(w *workshop)
}{
	{"a story", func(w *workshop) {
		w.edit(w.one("content/eco-defis/participants"), func(s string) string { return s + "\nEncore " + w.word() + ".\n" })
	}},
	{"a story with links", func(w *workshop) {
		w.edit(w.one("content/eco-defis/participants"), func(s string) string {
			return s + "\nVoir [les défis](/eco-defis/defis/), ![](/img/pattern.svg) et [ceci](/" + w.word() + "/).\n"
		})
	}},
	{"a name", func(w *workshop) {
		w.inParticipant(func(s string) string { return replaceLine(s, "name", `name = "`+w.word()+` Zinzolin"`) })
	}},
	{"a name in a story's head", func(w *workshop) {
		for _, file := range w.files("content/eco-defis/participants") {
			if s := w.read(file); strings.Contains(s, "\nname = ") {
				w.write(file, replaceLine(s, "name", `name = "Au `+w.word()+`"`))
				return
			}
		}
	}},
	{"a description", func(w *workshop) {
		w.inParticipant(func(s string) string {
			return replaceLine(s, "description", `description = "Une phrase, `+w.word()+`."`)
		})
	}},
	{"a telephone", func(w *workshop) {
		w.inParticipant(func(s string) string {
			return replaceLine(s, "phone", fmt.Sprintf(`phone = "02 61 91 %02d %02d"`, w.rand.IntN(100), w.rand.IntN(100)))
		})
	}},
	{"consent taken back", func(w *workshop) {
		scopes := []string{"name", "address", "location", "phone", "email", "url", "hours", "logo", "photo", "story"}
		w.rand.Shuffle(len(scopes), func(i, j int) { scopes[i], scopes[j] = scopes[j], scopes[i] })
		w.inParticipant(func(s string) string {
			line := `consent = ["` + strings.Join(scopes[:w.rand.IntN(len(scopes))+1], `", "`) + `"]`
			if strings.Contains(s, "\nconsent = ") {
				return replaceLine(s, "consent", line)
			}
			return strings.Replace(s, "\n", "\n"+line+"\n", 1)
		})
	}},
	{"withdrawn and back", func(w *workshop) {
		w.inParticipant(func(s string) string {
			if strings.Contains(s, `status = "active"`) {
				return replaceLine(s, "status", `status = "withdrawn"`)
			}
			return replaceLine(s, "status", `status = "active"`)
		})
	}},
	{"renamed, with its old id", func(w *workshop) {
		var from string
		to := w.word()
		w.inParticipant(func(s string) string {
			m := regexp.MustCompile(`(?m)^id = "([^"]+)"$`).FindStringSubmatch(s)
			from = m[1]
			s = replaceLine(s, "id", `id = "`+to+`"`)
			if strings.Contains(s, "\naliases = [") {
				return strings.Replace(s, "\"]", "\", \""+from+"\"]", 1)
			}
			return strings.Replace(s, "\n", "\naliases = [\""+from+"\"]\n", 1)
		})
		old := "content/eco-defis/participants/" + from + ".md"
		if _, err := os.Stat(w.path(old)); err == nil {
			if err := os.Rename(w.path(old), w.path("content/eco-defis/participants/"+to+".md")); err != nil {
				w.t.Fatal(err)
			}
		}
	}},
	{"one more", func(w *workshop) {
		id := w.word()
		w.write("content/eco-defis/participants/"+id+".md", `+++
name = "Maison `+id+`"
trade = "boulangerie"
commune = "61169"
[[commitment]]
challenge = "produits-de-saison"
done_on = 2020-01-01
new = true
[[award]]
edition = "2023"
on = 2023-06-27
waived = "pour l'essai"
+++
Un récit.
`)
	}},
	{"one less", func(w *workshop) {
		for _, file := range w.files("content/eco-defis/participants") {
			if strings.HasPrefix(filepath.Base(file), "mot") {
				w.remove(file)
				return
			}
		}
	}},
	{"a commitment", func(w *workshop) {
		w.inParticipant(func(s string) string {
			i := strings.Index(s, "\n[[participant.award]]")
			if i < 0 {
				return s
			}
			return s[:i] + "\n[[participant.commitment]]\nchallenge = \"eclairage-led\"\ndone_on = 2021-05-05\n" + s[i:]
		})
	}},
	{"a challenge's title", func(w *workshop) {
		w.edit("data/programmes/eco-defis/challenges.toml", func(s string) string {
			parts := strings.Split(s, "\n[[challenge]]\n")
			i := 1 + w.rand.IntN(len(parts)-1)
			parts[i] = replaceLine(parts[i], "title", `title = "Faire `+w.word()+`"`)
			return strings.Join(parts, "\n[[challenge]]\n")
		})
	}},
	{"a theme's colour", func(w *workshop) {
		w.edit("data/programmes/eco-defis/challenges.toml", func(s string) string {
			return regexp.MustCompile(`rgb = "#[0-9a-fA-F]{6}"`).ReplaceAllString(s, fmt.Sprintf(`rgb = "#%06x"`, 0x204060+w.rand.IntN(0x1000)))
		})
	}},
	{"the site's title", func(w *workshop) {
		w.edit("data/site.toml", func(s string) string { return replaceLine(s, "title", `title = "Vitrine `+w.word()+`"`) })
	}},
	{"a programme's purpose", func(w *workshop) {
		w.edit("data/programmes/eco-defis/programme.toml", func(s string) string { return replaceLine(s, "purpose", `purpose = "Pour `+w.word()+`."`) })
	}},
	{"an organisation", func(w *workshop) {
		w.edit("data/organisations.toml", func(s string) string { return replaceLine(s, "name", `name = "Maison `+w.word()+`"`) })
	}},
	{"a place's story", func(w *workshop) {
		w.edit(w.one("content/territories"), func(s string) string { return s + "\nIci, " + w.word() + ".\n" })
	}},
	{"an edition's story", func(w *workshop) {
		w.edit(w.one("content/eco-defis/editions"), func(s string) string { return s + "\nCette année, " + w.word() + ".\n" })
	}},
	{"news", func(w *workshop) {
		w.write("content/news/"+w.word()+".md", "+++\ntitle = \"Des nouvelles\"\ndate = 2025-05-0"+fmt.Sprint(1+w.rand.IntN(9))+"\n+++\nDu texte.\n")
	}},
	{"old news", func(w *workshop) {
		for _, file := range w.files("content/news") {
			if strings.HasPrefix(filepath.Base(file), "mot") {
				w.remove(file)
				return
			}
		}
	}},
	{"a page", func(w *workshop) {
		w.edit("content/a-propos.md", func(s string) string { return s + "\n" + w.word() + "\n" })
	}},
	{"a layout", func(w *workshop) {
		kinds := []string{"participant", "directory", "_card", "_footer", "verify", "challenge", "home", "territory"}
		file := w.own("layouts/" + kinds[w.rand.IntN(len(kinds))] + ".html")
		w.edit(file, func(s string) string { return strings.Replace(s, "<", "<!-- -->{{/* "+w.word()+" */}}<", 1) })
	}},
	{"a layout that shows more", func(w *workshop) {
		w.edit(w.own("layouts/verify.html"), func(s string) string { return strings.Replace(s, "<h1", "<p>"+w.word()+"</p><h1", 1) })
	}},
	{"a layout's own copy goes", func(w *workshop) {
		if err := os.RemoveAll(w.path("themes/default/layouts")); err != nil {
			w.t.Fatal(err)
		}
	}},
	{"a word", func(w *workshop) {
		w.edit(w.own("i18n/fr.toml"), func(s string) string { return replaceLine(s, "home", `home = "Accueil `+w.word()+`"`) })
	}},
	{"a style sheet", func(w *workshop) {
		w.edit(w.own("assets/site.css"), func(s string) string { return s + "/* " + w.word() + " */\n" })
	}},
	{"a photograph", func(w *workshop) {
		file := w.one("static/img/participants")
		w.write(file, w.picture(path.Ext(file), 200+w.rand.IntN(500)))
	}},
	{"a file more", func(w *workshop) { w.write("static/"+w.word()+".txt", "du texte") }},
	{"a file less", func(w *workshop) {
		for _, file := range w.files("static") {
			if strings.HasSuffix(file, ".txt") {
				w.remove(file)
				return
			}
		}
	}},
	{"a font", func(w *workshop) {
		// The bold takes the place of the regular, and the regular comes back.
		file := "themes/default/fonts/" + filepath.Base(w.font("regular"))
		if _, err := os.Stat(w.path(file)); err == nil {
			w.remove(file)
			return
		}
		data, err := fs.ReadFile(themes.FS, "default/"+w.font("bold"))
		if err != nil {
			w.t.Fatal(err)
		}
		w.write(file, string(data))
	}},
	{"a piece's template", func(w *workshop) {
		data, err := fs.ReadFile(themes.FS, "default/pieces/sticker.toml")
		if err != nil {
			w.t.Fatal(err)
		}
		w.write("data/pieces/sticker.toml", fmt.Sprintf("# %s\n%s", w.word(), replaceLine(string(data), "bleed", fmt.Sprintf("bleed = %d", 2+w.rand.IntN(4)))))
	}},
	{"a piece's copies", func(w *workshop) {
		w.edit("data/programmes/eco-defis/programme.toml", func(s string) string {
			return replaceLine(s, "copies", fmt.Sprintf("copies = %d", 1+w.rand.IntN(9)))
		})
	}},
	{"a piece in public, or not", func(w *workshop) {
		w.edit("data/programmes/eco-defis/programme.toml", func(s string) string {
			if strings.Contains(s, "id = \"flyer\"\ntemplate = \"flyer\"\nfor = \"programme\"\npublic = true") {
				return strings.Replace(s, "public = true", "public = false", 1)
			}
			return strings.Replace(s, "public = false", "public = true", 1)
		})
	}},
	{"office files too, or not", func(w *workshop) {
		w.edit("data/site.toml", func(s string) string {
			if strings.Contains(s, "\n[kit]\n") {
				return regexp.MustCompile(`(?m)^profiles = .*$`).ReplaceAllString(s, []string{`profiles = ["press", "office"]`, `profiles = ["press"]`}[w.rand.IntN(2)])
			}
			return s + "\n[kit]\nprofiles = [\"press\", \"office\"]\n"
		})
	}},
	{"winners' folders, or not", func(w *workshop) {
		w.edit("data/site.toml", func(s string) string {
			return winners.ReplaceAllString(s, []string{"participants = true", "participants = false", "participants = false"}[w.rand.IntN(3)])
		})
	}},
	{"another day", func(w *workshop) {
		w.today = []model.Date{{Year: 2023, Month: 5, Day: 1}, {Year: 2025, Month: 2, Day: 2}, today, {Year: 2027, Month: 9, Day: 9}}[w.rand.IntN(4)]
	}},
	{"a mistake in the data", func(w *workshop) {
		w.edit("data/programmes/eco-defis/participants.toml", func(s string) string { return s + "\nbroken = \n" })
	}},
	{"a mistake in a story's head", func(w *workshop) {
		w.edit(w.one("content/eco-defis/participants"), func(s string) string { return "+++\nmistake\n+++\n" + s })
	}},
	{"a dangling reference", func(w *workshop) {
		w.inParticipant(func(s string) string { return replaceLine(s, "trade", `trade = "`+w.word()+`"`) })
	}},
	{"a broken layout", func(w *workshop) {
		w.edit(w.own("layouts/directory.html"), func(s string) string { return s + "{{if}}" })
	}},
	{"touched, and nothing else", func(w *workshop) {
		file := w.path(w.one("content/eco-defis/participants"))
		at := time.Now().Add(-time.Duration(w.rand.IntN(1000)) * time.Hour)
		if err := os.Chtimes(file, at, at); err != nil {
			w.t.Fatal(err)
		}
	}},
	{"nothing", func(w *workshop) {}},
}

// font is a print font of the default theme.
func (w *workshop) font(style string) string {
	data, err := fs.ReadFile(themes.FS, "default/theme.toml")
	if err != nil {
		w.t.Fatal(err)
	}
	m := regexp.MustCompile(`(?m)^name = "text"\nstyle = "` + style + `"\nfile = "([^"]+)"`).FindSubmatch(data)
	if m == nil {
		w.t.Fatalf("theme.toml has no font text %s", style)
	}
	return string(m[1])
}

// picture makes a picture of a width in pixels, in a colour of its own.
func (w *workshop) picture(ext string, width int) string {
	img := image.NewPaletted(image.Rect(0, 0, width, 150), color.Palette{color.RGBA{uint8(w.rand.IntN(256)), uint8(w.rand.IntN(256)), 90, 255}})
	var b bytes.Buffer
	err := png.Encode(&b, img)
	if ext == ".jpg" {
		b.Reset()
		err = jpeg.Encode(&b, img, nil)
	}
	if err != nil {
		w.t.Fatal(err)
	}
	return b.String()
}

// saved is the site as it was, to put back what could not be built.
func (w *workshop) saved() map[string]string {
	out := map[string]string{}
	for _, part := range []string{"data", "content", "static", "themes"} {
		err := filepath.WalkDir(w.path(part), func(file string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return nil
			}
			rel, err := filepath.Rel(w.dir, file)
			if err != nil {
				return err
			}
			data, err := os.ReadFile(file)
			out[filepath.ToSlash(rel)] = string(data)
			return err
		})
		if err != nil {
			w.t.Fatal(err)
		}
	}
	return out
}

// winners is the setting by which each winner has a folder.
var winners = regexp.MustCompile(`(?m)^participants = (true|false)$`)

// changed lists the files that differ between two states of the site.
func changed(a, b map[string]string) []string {
	var out []string
	for name, text := range a {
		if other, ok := b[name]; !ok || other != text {
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

// options are those of a build into folders of a place.
func (w *workshop) options(place string) build.Options {
	return build.Options{
		Site: w.dir, Public: filepath.Join(place, "public"), Kit: filepath.Join(place, "kit"), State: filepath.Join(place, ".vitrine"),
		Program: "test", Themes: themes.FS, Own: os.DirFS(w.dir), Today: func(string) model.Date { return w.today }, Now: time.Now,
	}
}
