package piece_test

import (
	"bytes"
	"fmt"
	"image"
	stdpng "image/png"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/BurntSushi/toml"

	"vitrine/internal/bind"
	"vitrine/internal/diag"
	"vitrine/internal/layout"
	"vitrine/internal/load"
	"vitrine/internal/model"
	"vitrine/internal/pdf"
	"vitrine/internal/piece"
	"vitrine/internal/png"
	"vitrine/internal/source"
	"vitrine/internal/svg"
	"vitrine/internal/typography"
)

const root = "../../"

// words reads the theme's labels for pieces, as the theme package would.
type words map[string]any

func readWords(t testing.TB, lang string) words {
	t.Helper()
	w := words{}
	for _, file := range []string{"pieces.", "network."} {
		if _, err := toml.DecodeFile(root+"themes/default/i18n/"+file+lang+".toml", &w); err != nil {
			t.Fatal(err)
		}
	}
	return w
}

func (w words) T(key string, args ...any) (string, error) {
	s, ok := w[key].(string)
	if !ok {
		return "", fmt.Errorf("no label %q", key)
	}
	for i := 0; i+1 < len(args); i += 2 {
		s = strings.ReplaceAll(s, fmt.Sprintf("{%v}", args[i]), fmt.Sprint(args[i+1]))
	}
	return s, nil
}

func (w words) N(key string, n int, args ...any) (string, error) {
	forms, ok := w[key].(map[string]any)
	if !ok {
		return "", fmt.Errorf("no label %q", key)
	}
	form := forms["one"].(string)
	if n > 1 {
		form = forms["many"].(string)
	}
	return strings.ReplaceAll(form, "{n}", fmt.Sprint(n)), nil
}

func themeFonts(t testing.TB) layout.Fonts {
	t.Helper()
	var fonts layout.Fonts
	for _, f := range []struct {
		file, family string
		weight       int
		italic       bool
	}{{"title-400", "title", 400, false}, {"text-400", "text", 400, false}, {"text-400-italic", "text", 400, true}, {"text-600", "text", 600, false}, {"text-700", "text", 700, false},
		{"world-400", "world", 400, false}, {"world-700", "world", 700, false}, {"hebrew-400", "hebrew", 400, false}, {"hebrew-700", "hebrew", 700, false},
		{"arabic-400", "arabic", 400, false}, {"symbols-400", "symbols", 400, false}} {
		data, err := os.ReadFile(root + "themes/default/fonts/" + f.file + ".ttf")
		if err != nil {
			t.Fatal(err)
		}
		font, err := layout.ParseFont(f.file, f.family, f.weight, f.italic, data)
		if err != nil {
			t.Fatal(err)
		}
		fonts = append(fonts, font)
	}
	fonts.Chain([]string{"text", "world", "hebrew", "arabic", "symbols"})
	return fonts
}

var themeColors = map[string]model.Color{
	"ink": {RGB: "#1c221d", CMYK: [4]float64{0, 0, 0, 100}, Ink: true}, "paper": {RGB: "#fcfaf5", Ink: true},
	"tint": {RGB: "#f2efe5", CMYK: [4]float64{4, 4, 10, 1}, Ink: true}, "line": {RGB: "#d9d4c6", CMYK: [4]float64{10, 10, 20, 6}, Ink: true},
	"muted": {RGB: "#5a6058", CMYK: [4]float64{0, 0, 0, 72}, Ink: true}, "accent": {RGB: "#1f4e5f", CMYK: [4]float64{86, 50, 40, 38}, Ink: true},
}

// picture reads a picture of the repository's own site.
func picture() func(string) (*layout.Picture, *diag.Diagnostic) {
	known := map[string]*layout.Picture{}
	return func(name string) (*layout.Picture, *diag.Diagnostic) {
		if p := known[name]; p != nil {
			return p, nil
		}
		data, err := os.ReadFile(root + "static/" + name)
		if err != nil {
			d := diag.New(diag.MissingFile, diag.Span{}, "file", name)
			return nil, &d
		}
		format := "png"
		if strings.HasSuffix(name, ".jpg") {
			format = "jpeg"
		}
		w, h := pixels(data)
		p := &layout.Picture{Name: name, Format: format, Data: data, W: w, H: h}
		known[name] = p
		return p, nil
	}
}

var ownSite = sync.OnceValues(func() (*model.Site, diag.List) {
	return bind.Site(source.New(os.DirFS(root)), bind.Options{Today: func(string) model.Date { return model.Date{Year: 2023, Month: 12, Day: 1} }, Workers: 1})
})

func site(t testing.TB) *model.Site {
	t.Helper()
	s, list := ownSite()
	if list.Errors() > 0 {
		t.Skipf("the repository's own site has errors: %v", list[0])
	}
	return s
}

func parse(t testing.TB, name, lang string) *piece.Template {
	t.Helper()
	file := func(name string) *load.Table {
		table, list := load.TOML(source.New(os.DirFS(root)), "themes/default/pieces/"+name+".toml")
		show(t, list)
		return table
	}
	tmpl, list := piece.Parse(name, file(name), piece.Options{Language: typography.Language(lang), Words: readWords(t, lang), Template: file})
	show(t, list)
	if tmpl == nil {
		t.FailNow()
	}
	return tmpl
}

func show(t testing.TB, list diag.List) {
	t.Helper()
	for _, d := range list {
		var b strings.Builder
		_ = diag.Print(&b, diag.List{d}, "fr", source.New(os.DirFS(root)).Text, false)
		if d.Severity == diag.Error {
			t.Error(b.String())
		} else {
			t.Log(b.String())
		}
	}
}

func keep(t testing.TB, name string, data []byte) {
	if dir := os.Getenv("VITRINE_KEEP"); dir != "" {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
			t.Error(err)
		}
	}
}

func tool(t testing.TB, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		if os.Getenv("VITRINE_REQUIRE_TOOLS") == "1" {
			t.Fatalf("%s is missing", name)
		}
		t.Skipf("%s is missing", name)
	}
	return path
}

var awardPieces = []string{"diploma", "poster-participant", "sticker", "sticker-window"}
var programmePieces = []string{"flyer", "poster", "charter", "pledge"}

// TestOwnSite makes every piece of the repository's own site.
func TestOwnSite(t *testing.T) {
	s := site(t)
	fonts := themeFonts(t)
	images := picture()
	for _, g := range s.Programmes {
		res := &piece.Resources{Language: "fr", Fonts: fonts, Palette: piece.NewPalette(themeColors, s, g), Image: images}
		rd := piece.NewRenderer("fr")
		for _, name := range awardPieces {
			tmpl := parse(t, name, "fr")
			all := layout.Document{Language: "fr"}
			for _, x := range model.Participants(g) {
				for _, a := range x.Awards {
					doc, list := rd.Render(tmpl, res, scopeOf(s, x, a), piece.Subject{Name: x.Name, Origin: x.Origin, Date: a.On.Time()})
					show(t, list)
					all.Pages = append(all.Pages, doc.Pages...)
				}
			}
			encode(t, g.ID+"-"+name, &all)
		}
		for _, name := range programmePieces {
			tmpl := parse(t, name, "fr")
			doc, list := rd.Render(tmpl, res, &model.Scope{Site: s, Programme: g, Edition: g.CurrentEdition(s.Today), Count: len(model.Participants(g))}, piece.Subject{Name: g.Name})
			show(t, list)
			encode(t, g.ID+"-"+name, doc)
		}
	}
}

// hard is an award with much to say.
func hard(s *model.Site, g *model.Programme, name, commune, trade string, challenges int) *model.Scope {
	x := model.Participants(g)[0]
	p, d := *x.PrintProfile(s), *x.Awards[0].Distinction(s)
	p.PrintName = typography.Text("fr", name)
	p.Commune = &model.Territory{Name: commune}
	p.Trade = &model.Trade{Name: trade}
	long := append([]*model.Challenge(nil), g.Challenges...)
	slices.SortStableFunc(long, func(a, b *model.Challenge) int { return len(b.Title) - len(a.Title) })
	d.Challenges = long[:challenges]
	d.Until = model.Date{Year: 2026, Month: 12, Day: 31}
	d.Renewal = true
	return &model.Scope{Site: s, Programme: g, Participant: &p, Award: &d, Edition: d.Edition, Count: 61}
}

// TestHardCases makes the pieces of names and lists that break layouts.
func TestHardCases(t *testing.T) {
	s := site(t)
	g := s.Programmes[0]
	res := &piece.Resources{Language: "fr", Fonts: themeFonts(t), Palette: piece.NewPalette(themeColors, s, g), Image: picture()}
	rd := piece.NewRenderer("fr")
	for _, name := range awardPieces {
		tmpl := parse(t, name, "fr")
		all := layout.Document{Language: "fr"}
		for _, c := range []struct {
			name, commune, trade string
			challenges           int
		}{
			{"Atelier de menuiserie, d’ébénisterie et d’agencement des Établissements Lefrançois", "Saint-Georges-des-Groseillers", "Menuiserie et agencement", 8},
			{"Ô", "Flers", "Coiffure", 3},
			{"ENTREPRISE GÉNÉRALE DE MAÇONNERIE ET TAILLE DE PIERRE LEROUX-DESCHAMPS", "Athis-Val de Rouvre", "Maçonnerie", 5},
			{"SARL Dupont Père & Fils (Chez Nono)", "La Ferté Macé", "Boulangerie", 6},
			{"Saint-Germain-de-Montgommery-sur-l’Orne-et-Vère", "Tinchebray-Bocage", "Réparation d’appareils électroménagers", 4},
		} {
			doc, list := rd.Render(tmpl, res, hard(s, g, c.name, c.commune, c.trade, c.challenges), piece.Subject{Name: c.name})
			show(t, list)
			all.Pages = append(all.Pages, doc.Pages...)
		}
		encode(t, "hard-"+name, &all)
	}
}

func scopeOf(s *model.Site, x *model.Participant, a *model.Award) *model.Scope {
	return &model.Scope{Site: s, Programme: x.Programme, Participant: x.PrintProfile(s), Award: a.Distinction(s), Edition: a.Edition, Count: len(model.Participants(x.Programme))}
}

func encode(t *testing.T, name string, doc *layout.Document) {
	t.Helper()
	data, err := pdf.NewEncoder(pdf.Press, nil).Encode(doc)
	if err != nil {
		t.Fatal(err)
	}
	keep(t, name+".pdf", data)
}

// TestEncodersAgree compares the theme's pieces as another reader draws their PDF with our own picture
// of the same frames.
func TestEncodersAgree(t *testing.T) {
	pdftoppm := tool(t, "pdftoppm")
	s := site(t)
	g := s.Programmes[0]
	res := &piece.Resources{Language: "fr", Fonts: themeFonts(t), Palette: piece.NewPalette(themeColors, s, g), Image: picture()}
	rd := piece.NewRenderer("fr")
	for _, name := range append(append([]string(nil), awardPieces...), programmePieces...) {
		doc, _ := rd.Render(parse(t, name, "fr"), res, hard(s, g, "L’Éclat d’Œuf", "Flers", "Pâtisserie", 4), piece.Subject{})
		data, err := pdf.NewEncoder(pdf.Office, nil).Encode(doc)
		if err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(t.TempDir(), "x.pdf")
		if err := os.WriteFile(file, data, 0o600); err != nil {
			t.Fatal(err)
		}
		const width = 420 // rows of dots are larger than a pixel
		for i := range doc.Pages {
			n := fmt.Sprint(i + 1)
			out := filepath.Join(t.TempDir(), "p"+n)
			if msg, err := exec.Command(pdftoppm, "-png", "-f", n, "-l", n, "-singlefile", "-scale-to-x", fmt.Sprint(width), "-scale-to-y", "-1", file, out).CombinedOutput(); err != nil {
				t.Fatalf("%v: %s", err, msg)
			}
			theirs := readPNG(t, out+".png")
			ours, err := png.Draw(&doc.Pages[i], width)
			if err != nil {
				t.Fatal(err)
			}
			if d := difference(ours, theirs); d > 6 {
				t.Errorf("%s, page %s: pixels differ by %.1f of 255 on average", name, n, d)
			}
			preview, err := png.Encode(&doc.Pages[i], width)
			if err != nil {
				t.Fatal(err)
			}
			keep(t, name+n+".png", preview)
			keep(t, name+n+".svg", svg.Encode(&doc.Pages[i], svg.Options{}))
		}
	}
}

// TestCodesAreRead holds that a phone finds the address in the pieces that carry one.
func TestCodesAreRead(t *testing.T) {
	zbarimg, pdftoppm := tool(t, "zbarimg"), tool(t, "pdftoppm")
	s := site(t)
	g := s.Programmes[0]
	res := &piece.Resources{Language: "fr", Fonts: themeFonts(t), Palette: piece.NewPalette(themeColors, s, g), Image: picture()}
	rd := piece.NewRenderer("fr")
	for _, name := range awardPieces {
		x := model.Participants(g)[3]
		doc, _ := rd.Render(parse(t, name, "fr"), res, scopeOf(s, x, x.Awards[0]), piece.Subject{})
		data, err := pdf.NewEncoder(pdf.Office, nil).Encode(doc)
		if err != nil {
			t.Fatal(err)
		}
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "x.pdf"), data, 0o600); err != nil {
			t.Fatal(err)
		}
		if msg, err := exec.Command(pdftoppm, "-png", "-r", "150", "-singlefile", filepath.Join(dir, "x.pdf"), filepath.Join(dir, "x")).CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, msg)
		}
		if name == "sticker-window" {
			throughGlass(t, filepath.Join(dir, "x.png"))
		}
		out, err := exec.Command(zbarimg, "-q", "--raw", filepath.Join(dir, "x.png")).Output()
		if got := strings.TrimSpace(string(out)); err != nil || got != x.PrintProfile(s).ShortURL {
			t.Errorf("%s: read %q (%v)", name, got, err)
		}
	}
}

// throughGlass turns a picture of what is printed into what is seen from the other side.
func throughGlass(t *testing.T, file string) {
	t.Helper()
	in := readPNG(t, file)
	b := in.Bounds()
	out := image.NewRGBA(b)
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			out.Set(b.Max.X-1-x+b.Min.X, y, in.At(x, y))
		}
	}
	var buf bytes.Buffer
	if err := stdpng.Encode(&buf, out); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, buf.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
}
