package page

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"vitrine/internal/layout"
	"vitrine/internal/model"
	"vitrine/internal/preflight"
	"vitrine/internal/source"
	"vitrine/internal/theme"
)

func look(t *testing.T, lang string) *theme.Theme {
	t.Helper()
	th, list := theme.Open(source.New(os.DirFS("../..")), nil, os.DirFS("../../themes"), "default", lang)
	if list.Errors() > 0 {
		t.Fatal(list)
	}
	return th
}

func seen() Seen {
	return Seen{
		Summary: preflight.Summary{
			Ink: 2340, Text: layout.PT(6.5), Contrast: 652, DPI: 1200, Clear: layout.MM(8.42), HasClear: true, QR: 29 * layout.Mm, Module: layout.MM(0.71),
			Fonts: []string{"text-400", "text-600", "title-400"},
		},
		Bleed: 3, Safe: 5, Names: 61, ShrunkNames: 4, Press: true,
	}
}

// TestChecks holds that what was seen is worded, and that a line is in order only when its figures are
// and nothing that was said has to do with it.
func TestChecks(t *testing.T) {
	site := &model.Site{Language: "fr"}
	th := look(t, "fr")
	text := func(s Seen, findings ...Finding) string {
		var b strings.Builder
		for _, c := range Checks(site, th, s, findings) {
			mark := "+"
			if !c.OK {
				mark = "-"
			}
			b.WriteString(mark + c.Label + ": " + c.Value + " " + c.Hint + "\n")
		}
		return strings.ReplaceAll(strings.ReplaceAll(b.String(), "\u00a0", " "), "\u202f", " ")
	}
	all := text(seen())
	for _, want := range []string{
		"+Fond perdu: 3 mm", "+Marge: 8,4 mm à la coupe, 5 demandés", "+Encre: 234 % au plus, 300 admis", "+Lettres: 6,5 points au moins", "+Contraste: 6,5 au plus faible",
		"+Images: 1 200 points par pouce au moins", "+Polices: 3 polices, incorporées", "+Code QR: 29 mm, carrés de 0,71 mm", "+Noms: 61 noms, dont 4 réduits pour tenir",
	} {
		if !strings.Contains(all, want) {
			t.Errorf("no %q in\n%s", want, all)
		}
	}
	for _, c := range []struct {
		change func(*Seen)
		say    string
		want   string
	}{
		{func(s *Seen) { s.Bleed = 0 }, "", "-Fond perdu: 0 mm"},
		{func(s *Seen) { s.Clear = layout.MM(2) }, "", "-Marge: 2 mm"},
		{func(s *Seen) { s.InkLimit = 200 }, "", "-Encre: 234 % au plus, 200 admis"},
		{func(s *Seen) { s.Text = layout.PT(5) }, "", "-Lettres"},
		{func(s *Seen) { s.Contrast = 210 }, "", "-Contraste: 2,1"},
		{func(s *Seen) { s.OnPicture = 2 }, "", "-Contraste: 6,5 au plus faible 2 textes"},
		{func(s *Seen) { s.DPI = 200 }, "", "-Images: 200"},
		{func(s *Seen) {}, "qr-quiet", "-Code QR"},
		{func(s *Seen) {}, "text-shrunk", "-Noms"},
		{func(s *Seen) {}, "short-bleed", "-Fond perdu"},
	} {
		s := seen()
		c.change(&s)
		got := text(s, Finding{Code: c.say})
		if !strings.Contains(got, c.want) || strings.Count(got, "\n-")+strings.Count(got[:1], "-") != 1 {
			t.Errorf("no %q alone in\n%s", c.want, got)
		}
	}
	if got := text(Seen{}); got != "" {
		t.Errorf("of nothing seen it says\n%s", got)
	}
}

// TestOffice holds that the office finds the files, the checks and what was found on its page.
func TestOffice(t *testing.T) {
	for _, lang := range []string{"fr", "en"} {
		site := &model.Site{Language: lang, Title: "Les vitrines <responsables>", Demo: true}
		th := look(t, lang)
		findings := []Finding{
			{Severity: "warning", Code: "contrast-low", Text: "diploma : un texte (accent/50 sur tint) n’a que 2.2 de contraste, il en faut 4.5", File: "data/pieces/diploma.toml", Piece: "diploma"},
			{Severity: "warning", Code: "not-awarded", Text: "sans attribution : Ferme du Tertre", File: "data/programmes/eco-defis/participants.toml"},
		}
		sheet := func(id string, w, h float64, previews ...string) Sheet {
			s := Sheet{ID: id, Title: id, Template: id, Programme: "Éco-défis", File: "eco-defis/" + id + ".pdf", Profile: "press", Subjects: 61, Pages: 61, Size: [2]float64{w, h}, Bleed: 3, Previews: previews}
			s.Files = []Link{{URL: "eco-defis/" + id + "/a.pdf", Text: "Aux Blés d’Or", Count: 1}, {URL: "eco-defis/" + id + "/b.pdf", Text: "Garage du Pont", Count: 1}}
			var own []Finding
			if id == "diploma" {
				own = findings[:1]
			}
			s.Checks = Checks(site, th, seen(), own)
			return s
		}
		diploma := sheet("diploma", 297, 210, "dark-diploma.png")
		diploma.Office = "eco-defis/office/diploma.pdf"
		sticker := sheet("sticker", 120, 120, "dark-sticker.png")
		sticker.Sheets = []string{"eco-defis/sheets/sticker.pdf"}
		sheets := []Sheet{diploma, sheet("flyer", 148, 210, "dark-flyer.png"), sticker, sheet("poster-participant", 297, 420, "dark-poster-participant.png")}
		papers := []Paper{{Programme: "Éco-défis", Kind: "proof", File: "eco-defis/proof-names.pdf", Pages: 3, Size: [2]float64{210, 297}}, {Kind: "calibration", File: "calibration.pdf", Pages: 1, Size: [2]float64{210, 297}}}
		html, list := Office(site, th, sheets, findings, papers...)
		if list.Errors() > 0 {
			t.Fatal(list)
		}
		if dir := os.Getenv("VITRINE_KEEP"); dir != "" {
			if err := os.WriteFile(filepath.Join(dir, "kit-"+lang+".html"), html, 0o600); err != nil {
				t.Error(err)
			}
		}
		page := string(html)
		for _, want := range []string{
			`href="eco-defis/proof-names.pdf"`, `href="calibration.pdf"`, `href="eco-defis/office/diploma.pdf"`, `href="eco-defis/sheets/sticker.pdf"`, `href="eco-defis/diploma/a.pdf"`,
			"Les vitrines &lt;responsables&gt;", "Ferme du Tertre", `class="look"`, `class="good"`, "[contrast-low]",
		} {
			if !strings.Contains(page, want) {
				t.Errorf("%s: no %q", lang, want)
			}
		}
		if n := strings.Count(page, "accent/50 sur tint"); n != 2 { // at the piece, and in the list of the kit
			t.Errorf("%s: a finding is said %d times", lang, n)
		}
		if strings.Contains(page, "<script") || strings.Contains(page, "kit-") && strings.Contains(page, ">kit-") {
			t.Errorf("%s: a script, or a phrase that is missing", lang)
		}
		lines := strings.Split(strings.TrimSpace(string(Manifest(sheets, papers...))), "\n")
		if want := 1 + 4*3 + 2 + 2; len(lines) != want {
			t.Errorf("%s: %d lines for %d files:\n%s", lang, len(lines), want, strings.Join(lines, "\n"))
		}
	}
}
