package piece_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"

	"vitrine/internal/diag"
	"vitrine/internal/layout"
	"vitrine/internal/load"
	"vitrine/internal/model"
	"vitrine/internal/pdf"
	"vitrine/internal/piece"
	"vitrine/internal/png"
	"vitrine/internal/source"
)

// officePieces are those that the office prints itself, with the stock that each is made for.
var officePieces = map[string]string{
	"label-address": "L7160", "label-small": "round-60", "badge": "cards-85x55", "place-card": "A5-2up",
}

// officeScopes are subjects with short and long names, one of them without an address.
func officeScopes(t testing.TB) []*model.Scope {
	t.Helper()
	s := site(t)
	g := s.Programmes[0]
	var out []*model.Scope
	for _, c := range []struct {
		name, commune string
		postal        []string
	}{
		{"L’Éclat d’Œuf", "Flers", []string{"L’Éclat d’Œuf", "12 rue de la Boule", "61100 FLERS"}},
		{"SARL Dupont Père & Fils (Chez Nono)", "La Ferté Macé", []string{"SARL Dupont Père & Fils (Chez Nono)", "Zone artisanale de la Croix Ganivet", "Bâtiment C, porte 4", "BP 118", "61600 LA FERTÉ MACÉ"}},
		{"Atelier de menuiserie et d’agencement des Établissements Lefrançois", "Saint-Georges-des-Groseillers",
			[]string{"Atelier de menuiserie et d’agencement des Établissements Lefrançois", "1247 route départementale de Saint-Georges", "61100 SAINT-GEORGES-DES-GROSEILLERS"}},
		{"Ô", "Athis-Val de Rouvre", nil},
	} {
		sc := hard(s, g, c.name, c.commune, "Boulangerie", 2)
		sc.Participant.Postal = c.postal
		out = append(out, sc)
	}
	return out
}

// TestOfficePieces: what the office prints fits the stock it is made for, whoever it is for, and says
// whose it is.
func TestOfficePieces(t *testing.T) {
	s := site(t)
	res := &piece.Resources{Language: "fr", Fonts: themeFonts(t), Palette: piece.NewPalette(themeColors, s, s.Programmes[0]), Image: picture()}
	rd := piece.NewRenderer("fr")
	note, err := piece.SheetNote(layout.NewShaper("fr"), res.Fonts, readWords(t, "fr"), "Étiquettes")
	if err != nil {
		t.Fatal(err)
	}
	for name, sheet := range officePieces {
		tmpl, st := parse(t, name, "fr"), stock(t, sheet)
		if d, ok := st.TooSmall(tmpl, diag.Span{}); ok {
			t.Errorf("%v", d)
		}
		var pieces [][]layout.Page
		for i := range 2 {
			for _, sc := range officeScopes(t) {
				doc, list := rd.Render(tmpl, res, sc, piece.Subject{Name: sc.Participant.PrintName})
				if list.Errors() > 0 {
					show(t, list)
				}
				whose := strings.Fields(sc.Participant.PrintName)[0]
				if name == "label-small" {
					whose = strings.Trim(sc.Participant.ShortURL[len("https://"):], "/")
				}
				if !strings.Contains(lettering(doc.Pages[0].Items), whose) {
					t.Errorf("%s does not say that it is that of %s", name, sc.Participant.PrintName)
				}
				pieces = append(pieces, doc.Pages)
				if i == 0 {
					look(t, name+"-"+strings.ToLower(sc.Participant.Commune.Name), &doc.Pages[0])
				}
			}
		}
		t.Run(name, func(t *testing.T) { hears(t, tmpl, res, officeScopes(t)[0]) })
		for i, p := range st.Impose(pieces, 2, layout.Printer{}, note) {
			look(t, "sheet-"+name+string(rune('1'+i)), &p)
		}
	}
}

// lettering is what items say, one text after the other.
func lettering(items []layout.Item) string {
	var b strings.Builder
	for _, item := range items {
		switch it := item.(type) {
		case *layout.Text:
			b.WriteString(it.Text)
		case *layout.Group:
			b.WriteString(lettering(it.Items))
		}
	}
	return b.String()
}

// look keeps a picture for the eye.
func look(t testing.TB, name string, p *layout.Page) {
	if os.Getenv("VITRINE_KEEP") == "" {
		return
	}
	data, err := png.Encode(p, int(p.W/layout.Mm)*5)
	if err != nil {
		t.Fatal(err)
	}
	keep(t, strings.ReplaceAll(name, " ", "-")+".png", data)
}

// TestSmallCodesAreRead: the code on the small sticker is read from a whole sheet of them.
func TestSmallCodesAreRead(t *testing.T) {
	zbarimg, pdftoppm := tool(t, "zbarimg"), tool(t, "pdftoppm")
	s := site(t)
	res := &piece.Resources{Language: "fr", Fonts: themeFonts(t), Palette: piece.NewPalette(themeColors, s, s.Programmes[0]), Image: picture()}
	x := model.Participants(s.Programmes[0])[3]
	doc, _ := piece.NewRenderer("fr").Render(parse(t, "label-small", "fr"), res, scopeOf(s, x, x.Awards[0]), piece.Subject{})
	st := stock(t, "round-60")
	pieces := make([][]layout.Page, st.Grid.Count())
	for i := range pieces {
		pieces[i] = doc.Pages
	}
	doc.Pages = st.Impose(pieces, 1, layout.Printer{}, nil)
	data, err := pdf.NewEncoder(pdf.Office, nil).Encode(doc)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "x.pdf"), data, 0o600); err != nil {
		t.Fatal(err)
	}
	if msg, err := exec.Command(pdftoppm, "-png", "-gray", "-r", "200", "-singlefile", filepath.Join(dir, "x.pdf"), filepath.Join(dir, "x")).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, msg)
	}
	out, _ := exec.Command(zbarimg, "-q", "--raw", filepath.Join(dir, "x.png")).Output()
	if got := strings.Count(string(out), x.PrintProfile(s).ShortURL); got != st.Grid.Count() {
		t.Errorf("read %d codes of %d", got, st.Grid.Count())
	}
}

// TestCalibration is looked at; its words are the theme's, in both languages.
func TestCalibration(t *testing.T) {
	for _, lang := range []string{"fr", "en"} {
		pages, err := piece.Calibration(layout.NewShaper(lang), themeFonts(t), readWords(t, lang), layout.Printer{},
			[]*piece.Stock{stock(t, "L7160"), stock(t, "round-40"), stock(t, "A5-booklet"), stock(t, "cards-85x55"), stock(t, "C32011"), stock(t, "L4774")})
		if err != nil || len(pages) != 5 {
			t.Fatalf("%d pages, %v", len(pages), err)
		}
		for i := range pages {
			look(t, "calibration-"+lang+string(rune('1'+i)), &pages[i])
		}
	}
	if _, err := piece.Calibration(layout.NewShaper("fr"), themeFonts(t), words{}, layout.Printer{}, nil); err == nil {
		t.Error("a theme without these words is not noticed")
	}
}

// onSheet is a site's templates and stocks.
type onSheet map[string]string

func (o onSheet) options(t testing.TB) piece.Options {
	fs := fstest.MapFS{}
	for name, text := range o {
		fs[name+".toml"] = &fstest.MapFile{Data: []byte(text)}
	}
	src := source.New(fs)
	table := func(id string) *load.Table {
		if _, ok := o[id]; !ok {
			return nil
		}
		root, _ := load.TOML(src, id+".toml")
		return root
	}
	return piece.Options{Language: "fr", Words: readWords(t, "fr"), Template: table, Sheet: func(id string) *piece.Stock {
		root := table(id)
		if root == nil {
			return nil
		}
		s, _ := piece.ParseStock(id, root)
		return s
	}}
}

const smallSheet = "title = \"x\"\nsize = \"100x100\"\nlabel = \"30x20\"\ncolumns = 3\nrows = 4\norigin = [5, 10]\nmarks = true\n"
const smallLabel = "title = \"x\"\nsize = \"30x20\"\nbleed = 1\nsafe = 2\n[[box]]\nkind = \"text\"\ntext = \"{{ .Participant.PrintName }}\"\nat = [2, 2, 26, 16]\nstyle = {size = 9, min_size = 5}\n"
const sheetPiece = "title = \"x\"\nsize = \"100x100\"\nbleed = 0\n[[box]]\nkind = \"sheet\"\nsheet = \"paper\"\npiece = \"label\"\nat = [0, 0, 0, 0]\n"

// TestSheetBox: the label stands on every place, laid out once, and all that shows is heard.
func TestSheetBox(t *testing.T) {
	sc := scope()
	for _, tc := range []struct {
		count string
		want  int
	}{{"", 12}, {"count = 5\n", 5}, {"count = 99\n", 12}} {
		files := onSheet{"paper": smallSheet, "label": smallLabel, "page": sheetPiece + tc.count}
		o := files.options(t)
		tmpl, list := piece.Parse("page", o.Template("page"), o)
		if tmpl == nil || len(list) > 0 {
			t.Fatal(list)
		}
		res := resources(t, sc)
		doc, list := piece.NewRenderer("fr").Render(tmpl, res, sc, piece.Subject{Name: "x"})
		if len(list) > 0 {
			t.Fatal(list)
		}
		groups := 0
		var shared layout.Item
		for _, item := range doc.Pages[0].Items {
			g, ok := item.(*layout.Group)
			if !ok {
				continue
			}
			if groups++; shared == nil {
				shared = g.Items[0]
			}
			if g.Items[0] != shared {
				t.Error("a label was laid out again, or copied")
			}
		}
		if groups != tc.want {
			t.Errorf("%s%d labels, not %d", tc.count, groups, tc.want)
		}
		hears(t, tmpl, res, sc)
	}
}

func TestSheetBoxRefused(t *testing.T) {
	for _, tc := range []struct {
		name, code string
		files      onSheet
	}{
		{"no such stock", "unknown-sheet", onSheet{"label": smallLabel, "page": sheetPiece}},
		{"no such label", "unknown-template", onSheet{"paper": smallSheet, "page": sheetPiece}},
		{"itself", "bad-box", onSheet{"paper": smallSheet, "label": sheetPiece, "page": sheetPiece}},
		{"too large", "sheet-too-small", onSheet{"paper": smallSheet, "label": strings.Replace(smallLabel, "30x20", "31x20", 1), "page": sheetPiece}},
		{"wrong label", "unknown-key", onSheet{"paper": smallSheet, "label": smallLabel + "colour = 1\n", "page": sheetPiece}},
		{"no sheet", "missing-key", onSheet{"paper": smallSheet, "label": smallLabel, "page": strings.Replace(sheetPiece, "sheet = \"paper\"\n", "", 1)}},
	} {
		o := tc.files.options(t)
		tmpl, list := piece.Parse("page", o.Template("page"), o)
		if tmpl != nil || len(list) == 0 || string(list[0].Code) != tc.code {
			t.Errorf("%s: %v", tc.name, list)
		}
	}
	// paper of another size is found when it is drawn
	o := onSheet{"paper": smallSheet, "label": smallLabel, "page": strings.Replace(sheetPiece, "100x100", "A4", 1)}.options(t)
	tmpl, list := piece.Parse("page", o.Template("page"), o)
	if tmpl == nil {
		t.Fatal(list)
	}
	if _, list = piece.NewRenderer("fr").Render(tmpl, resources(t, scope()), scope(), piece.Subject{}); len(list) != 1 || list[0].Code != diag.BadBox {
		t.Errorf("%v", list)
	}
}

func TestPrinter(t *testing.T) {
	got := piece.Printer(&model.Kit{Offset: [2]float64{1, -0.5}, Scale: [2]float64{100.5, 100}})
	want := layout.Printer{Offset: layout.Point{X: layout.Mm, Y: -layout.Mm / 2}, ScaleX: 1.005, ScaleY: 1}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%+v", got)
	}
	if !piece.Printer(&model.Kit{Scale: [2]float64{100, 100}}).True() {
		t.Error("100 percent is not true")
	}
}
