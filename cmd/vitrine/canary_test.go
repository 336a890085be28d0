package main

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// canaries stand in every private field of the site below. None may be found under
// public/, in a name or a content, whatever its case or spacing.
var canaries = []string{
	"canari",                                             // in ids, names, texts, addresses, file names
	"39 98 77 55", "39987755", "39 98 77 66", "39987766", // telephones
	"48.1234567", "-0.1234567", "48.7654321",
	"03:33", "3 h 33", "3:33",
	"73282932000074", "732829320",
	"10.71C",
}

// private are the keys of a record, each holding a canary.
const private = `
legal_name = "SARL Canari-Raison-Sociale"
note = "Canari-note"
address = "33 rue Canari-Adresse"
postcode = "61102"
lat = 48.1234567
lon = -0.1234567
phone = "01 39 98 77 55"
mobile = "06 39 98 77 66"
email = "canari-mail@exemple.fr"
url = "https://canari-url.example/"
hours = "Mo 03:33-04:44"
logo = "img/canari-logo.png"
photo = {file = "img/canari-photo.jpg", alt = "Canari-alt", credit = "Canari-credit"}
description = "Canari-description."
siret = "73282932000074"
naf = "10.71C"
sole_trader = true
`

// hidden is a record of which every field of `private` is closed.
func hidden(id, name, keys, deeds string) string {
	return "\n[[participant]]\nid = \"" + id + "\"\nname = \"" + name + "\"\ntrade = \"garage\"\ncommune = \"61007\"\n" + keys + deeds
}

const deed = `
[[participant.commitment]]
challenge = "livrer-a-velo"
done_on = 2024-02-01
evidence = ["Canari-facture.pdf", "Canari-photo du local"]
text = "Canari-texte."
`

const award2024 = `
[[participant.award]]
edition = "2024"
on = 2024-06-01
`

const awardWaived = award2024 + "waived = \"Canari-derogation\"\n"

func TestCanary(t *testing.T) {
	dir := t.TempDir()
	for _, site := range []string{"kit", "minimal"} {
		if err := copyTree(filepath.Join("testdata/sites", site), dir); err != nil {
			t.Fatal(err)
		}
	}
	expired := award2024 + "valid_until = 2025-06-01\n"
	all := `consent = ["name", "address", "location", "phone", "mobile", "email", "url", "hours", "logo", "photo", "story", "open-data"]` + "\n"
	participants := strings.Join([]string{
		// only the name is open
		hidden("ouvert", "Nom Ouvert", private+"consent = [\"name\"]\n", deed+awardWaived),
		hidden("perime", "Label Périmé", private+"consent = [\"name\"]\n", deed+expired),
		hidden("ferme", "Maison Fermée", private+"consent = [\"name\"]\nstatus = \"closed\"\n", deed+award2024),
		// the name is closed: the participant is counted, nothing more
		hidden("canari-sans-nom", "Canari-Sans-Nom", strings.Replace(private, "siret = \"73282932000074\"\n", "", 1)+"print_name = \"Canari-Imprimé\"\nconsent = [\"phone\", \"story\", \"photo\", \"logo\", \"open-data\"]\n", deed+award2024),
		// everything was open, and they are not shown any more, or not yet
		hidden("canari-retrait", "Canari-Retiré", private+all+"status = \"withdrawn\"\n", deed+award2024),
		hidden("canari-candidat", "Canari-Candidat", private+all+"status = \"candidate\"\n", deed),
		hidden("canari-candidat-laureat", "Canari-Candidat-Lauréat", private+all+"status = \"candidate\"\n", deed+award2024),
		hidden("canari-futur", "Canari-Futur", private+all, deed+"\n[[participant.award]]\nedition = \"2025\"\non = 2027-01-01\n"),
		// a sole trader under the default, which opens neither mobile nor place
		hidden("seule", "Artisane Seule", "address = \"1 rue Canari\"\npostcode = \"61102\"\nlat = 48.1234567\nlon = -0.1234567\nmobile = \"06 39 98 77 66\"\nsiret = \"73282932000074\"\nsole_trader = true\nnote = \"Canari\"\n", strings.ReplaceAll(deed, "text = \"Canari-texte.\"", "")+award2024),
		// an open photo and logo: their pixels go out, what else the files say does not
		hidden("photo", "Photo Ouverte", "photo = {file = \"img/ouverte.jpg\", alt = \"Un atelier\"}\nlogo = \"img/ouvert.png\"\n", strings.ReplaceAll(deed, "text = \"Canari-texte.\"", "")+award2024),
	}, "\n")
	// a story of someone whose name alone is open
	writeFile(t, dir, "content/label/participants/ouvert.md", "Canari-histoire.\n")
	writeFile(t, dir, "content/label/participants/canari-markdown.md", "+++\nname = \"Canari-Markdown\"\nstatus = \"candidate\"\nnote = \"Canari\"\n+++\n\nCanari-récit.\n")
	writeFile(t, dir, "content/canari-brouillon.md", "+++\ntitle = \"Canari-brouillon\"\ndraft = true\n+++\n\nCanari.\n")
	writeFile(t, dir, "content/news/canari-demain.md", "+++\ntitle = \"Canari-demain\"\ndate = 2027-01-01\n+++\n\nCanari.\n")
	data, err := os.ReadFile(filepath.Join(dir, "data/programmes/label/participants.toml"))
	if err != nil {
		t.Fatal(err)
	}
	writeFile(t, dir, "data/programmes/label/participants.toml", string(data)+participants)
	// a public piece that asks for all it may
	programme, err := os.ReadFile(filepath.Join(dir, "data/programmes/label/programme.toml"))
	if err != nil {
		t.Fatal(err)
	}
	writeFile(t, dir, "data/programmes/label/programme.toml", string(programme)+`
[[piece]]
id = "curieuse"
template = "curieuse"
for = "participant"
public = true

[[piece]]
id = "laureats"
template = "curieuse"
for = "award"
public = true
where = {edition = ["2024", "2025"]}
`)
	writeFile(t, dir, "data/pieces/curieuse.toml", `title = "Curieuse"
size = "A4"
bleed = 3
safe = 5
[document]
title = "{{ .Participant.Name }} {{ .Participant.Description }} {{ .Participant.Email }}"
[[box]]
kind = "text"
at = [10, 10, 190, 100]
text = "{{ with .Participant }}{{ .Name }} {{ .PrintName }} {{ .Address }} {{ .Postcode }} {{ .Lat }} {{ .Lon }} {{ .Phone }} {{ .Mobile }} {{ .Email }} {{ .URL }} {{ .SIRET }} {{ .NAF }} {{ .Description }} {{ .Story.Text }} {{ .Photo.Alt }} {{ range .Commitments }}{{ .Text }}{{ end }}{{ range .Awards }}{{ range .Deeds }}{{ .Text }}{{ end }}{{ end }}{{ end }}{{ with .Award }}{{ range .Deeds }}{{ .Text }}{{ end }}{{ end }}"
style = {size = 9, min_size = 5, lines = 30}
[[box]]
kind = "image"
when = "{{ .Participant.Photo.File }}"
at = [10, 150, 20, 20]
src = "{{ .Participant.Photo.File }}"
`)
	writePictures(t, dir)

	buildSite(t, dir)
	public, err := files(filepath.Join(dir, "public"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"label/participants/recherche/words-0.json", "label/participants/recherche/points.json", "label/participants/ouvert/index.html", "label/participants/perime/index.html", "label/participants/ferme/index.html", "label/participants/seule/index.html", "kit/label/curieuse/ouvert.pdf", "kit/label/laureats/2024/ouvert.pdf", "img/ouverte.jpg", "img/ouvert.png"} {
		if _, ok := public[name]; !ok {
			t.Errorf("%s is not there: the test would prove nothing", name)
		}
	}
	search(t, public)
	t.Run("pdf", func(t *testing.T) { searchPDF(t, filepath.Join(dir, "public"), public) })
}

func writeFile(t testing.TB, dir, name, text string) {
	t.Helper()
	file := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// writePictures draws pictures whose metadata hold canaries.
func writePictures(t *testing.T, dir string) {
	img := image.NewRGBA(image.Rect(0, 0, 400, 300))
	for i := range 400 {
		for j := range 300 {
			img.Set(i, j, color.RGBA{uint8(i), uint8(j), uint8(i * j), 255})
		}
	}
	var jpg, pngs bytes.Buffer
	if err := jpeg.Encode(&jpg, img, nil); err != nil {
		t.Fatal(err)
	}
	if err := png.Encode(&pngs, img); err != nil {
		t.Fatal(err)
	}
	exif := "Exif\x00\x00MM\x00\x2a\x00\x00\x00\x08\x00\x01\x01\x0e\x00\x02\x00\x00\x00\x0c\x00\x00\x00\x1aCanari-exif\x00"
	segment := func(marker byte, body string) string {
		return "\xff" + string([]byte{marker}) + string(binary.BigEndian.AppendUint16(nil, uint16(len(body)+2))) + body
	}
	photo := jpg.String()[:2] + segment(0xe1, exif) + segment(0xfe, "Canari-commentaire") + jpg.String()[2:] + "Canari-queue"
	chunk := "tEXtComment\x00Canari-chunk"
	var length, sum [4]byte
	binary.BigEndian.PutUint32(length[:], uint32(len(chunk)-4))
	binary.BigEndian.PutUint32(sum[:], crc32.ChecksumIEEE([]byte(chunk)))
	logo := pngs.String()[:33] + string(length[:]) + chunk + string(sum[:]) + pngs.String()[33:]
	for name, data := range map[string]string{
		"img/canari-photo.jpg": photo, "img/canari-logo.png": logo, "img/ouverte.jpg": photo, "img/ouvert.png": logo,
	} {
		writeFile(t, dir, "static/"+name, data)
	}
	writeFile(t, dir, "data/files/canari-impression.txt", "Canari")
}

// search looks for the canaries in names and contents.
func search(t *testing.T, public map[string]string) {
	t.Helper()
	for name, data := range public {
		for _, c := range canaries {
			c = strings.ToLower(c)
			if strings.Contains(strings.ToLower(name), c) {
				t.Errorf("the name %s holds %q", name, c)
			}
			flat := strings.ToLower(strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(data))
			if i := strings.Index(flat, c); i >= 0 {
				t.Errorf("%s holds %q: …%s…", name, c, flat[max(0, i-60):min(len(flat), i+60)])
			}
		}
	}
}

// searchPDF looks inside compressed streams and in the text that readers extract.
func searchPDF(t *testing.T, dir string, public map[string]string) {
	var names []string
	for name := range public {
		if strings.HasSuffix(name, ".pdf") {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	tools := map[string][]string{"qpdf": {"--qdf", "--object-streams=disable", "FILE", "-"}, "pdftotext": {"FILE", "-"}}
	for tool, args := range tools {
		t.Run(tool, func(t *testing.T) {
			if _, err := exec.LookPath(tool); err != nil {
				t.Skipf("%s is not installed", tool)
			}
			read := map[string]string{}
			for _, name := range names {
				own := slices.Clone(args)
				own[slices.Index(own, "FILE")] = filepath.Join(dir, filepath.FromSlash(name))
				out, err := exec.Command(tool, own...).Output()
				if err != nil && len(out) == 0 {
					t.Fatalf("%s %s: %v", tool, name, err)
				}
				read[name] = string(out)
			}
			search(t, read)
			if tool == "pdftotext" && !strings.Contains(read["kit/label/curieuse/ouvert.pdf"], "Nom Ouvert") {
				t.Errorf("the text of a piece cannot be read: %q", read["kit/label/curieuse/ouvert.pdf"])
			}
		})
	}
}
