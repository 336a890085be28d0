package piece_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"vitrine/internal/diag"
	"vitrine/internal/load"
	"vitrine/internal/model"
	"vitrine/internal/piece"
	"vitrine/internal/source"
)

// found lays a template out for some subjects and returns what is said of it, as « line:column code
// where », in order and without repeats.
func found(t *testing.T, toml string, limit float64, names ...string) []string {
	t.Helper()
	tree := source.New(fstest.MapFS{"piece.toml": {Data: []byte(toml)}})
	table, list := load.TOML(tree, "piece.toml")
	if table == nil {
		t.Fatal(list)
	}
	tmpl, list := piece.Parse("test", table, piece.Options{Language: "fr", Words: readWords(t, "fr")})
	if tmpl == nil {
		t.Fatal(list)
	}
	sc := scope()
	sc.Site.Design.Colors = map[string]model.Color{
		"heavy": {RGB: "#101010", CMYK: [4]float64{90, 80, 80, 70}, Ink: true}, "full": {RGB: "#203020", CMYK: [4]float64{80, 80, 80, 20}, Ink: true},
		"near-full": {RGB: "#dddddd", CMYK: [4]float64{90, 80, 80, 0}, Ink: true},
	}
	res := resources(t, sc)
	res.InkLimit = limit
	rd := piece.NewRenderer("fr")
	if len(names) == 0 {
		names = []string{"Un", "Deux", "Trois"}
	}
	for _, name := range names {
		p := *sc.Participant
		p.PrintName = name
		own := *sc
		own.Participant = &p
		_, more := rd.Render(tmpl, res, &own, piece.Subject{Name: name, Origin: origin("participants.toml")})
		list = append(list, more...)
	}
	var out []string
	for _, d := range list.Sorted() {
		place := d.Span.File
		if !strings.Contains(place, "#") && !strings.HasPrefix(place, "participants") {
			text, _ := tree.Text(d.Span.File)
			before := string(text[:d.Span.Start])
			place = fmt.Sprintf("%d:%d", strings.Count(before, "\n")+1, len(before)-strings.LastIndex(before, "\n"))
		}
		message := d.Message(diag.English)
		out = append(out, place+" "+string(d.Code)+" "+message[:strings.Index(message, ":")])
		if m := d.Message(diag.French); strings.Contains(m, "{") || d.HintText(diag.French) == "" && d.Code != diag.PictureLow {
			t.Errorf("%s: %q, %q", d.Code, m, d.HintText(diag.French))
		}
	}
	return out
}

const sheet = "size = \"A6 landscape\"\nbleed = 3\nsafe = 5\n"

func TestDefects(t *testing.T) {
	box := func(keys string) string { return sheet + "[[box]]\n" + keys + "\n" }
	text := func(keys string) string {
		return box("kind = \"text\"\nat = [10, 10, 120, 20]\ntext = \"Un mot\"\n" + keys)
	}
	ground := func(fill, keys string) string {
		return sheet + "[[box]]\nkind = \"rect\"\nat = [-3, -3, 154, 111]\nfill = \"" + fill + "\"\n[[box]]\n" + keys + "\n"
	}
	const qr = "[[box]]\nkind = \"qr\"\nat = [20, 20, 30, 30]\ntext = \"https://a.example/x/\"\n"
	const address = "[[box]]\nkind = \"text\"\nat = [20, 60, 100, 6]\ntext = \"a.example/x\"\n"
	for _, c := range []struct{ name, toml, want string }{
		{"plain", text(""), ""},
		{"ink of a fill", ground("heavy", "kind = \"text\"\nat = [10, 10, 99, 9]\ntext = \"Un\"\nstyle = {size = 12, color = \"white\"}"), "7:8 ink-high test"},
		{"ink under black letters", ground("near-full", "kind = \"text\"\nat = [10, 10, 99, 9]\ntext = \"Un\"\nstyle = {size = 12, color = \"black\"}"), "12:9 ink-high test"},
		{"ink under a black line", ground("near-full", "kind = \"line\"\nat = [10, 10, 99, 0]\nstroke = \"black\"\nwidth = 1"), "8:1 ink-high test"},
		{"ink beside black letters", sheet + "[[box]]\nkind = \"rect\"\nat = [10, 40, 50, 20]\nfill = \"near-full\"\n" + address, ""},
		{"rich black", text("style = {size = 12, color = \"heavy\"}"), "8:9 ink-high test; 8:9 rich-black test"},
		{"rich black of three inks", text("style = {size = 12, color = \"full\"}"), "8:9 rich-black test"},
		{"rich black, large", text("style = {size = 30, color = \"full\"}"), ""},
		{"hairline", box("kind = \"line\"\nat = [10, 10, 50, 0]\nstroke = \"ink\"\nwidth = 0.2"), "8:9 hairline test"},
		{"thin but sound", box("kind = \"line\"\nat = [10, 10, 50, 0]\nstroke = \"ink\"\nwidth = 0.25"), ""},
		{"tiny", text("style = {size = 5}"), "8:9 text-tiny test"},
		{"small", text("style = {size = 6}"), ""},
		{"reversed", ground("ink", "kind = \"text\"\nat = [10, 10, 99, 9]\ntext = \"Un\"\nstyle = {size = 7, color = \"white\"}"), "12:9 text-reversed test"},
		{"reversed, large enough", ground("ink", "kind = \"text\"\nat = [10, 10, 99, 9]\ntext = \"Un\"\nstyle = {size = 8, color = \"white\"}"), ""},
		{"beside the ground", sheet + "[[box]]\nkind = \"rect\"\nat = [10, 10, 20, 20]\nfill = \"ink\"\n[[box]]\nkind = \"text\"\nat = [40, 10, 50, 9]\ntext = \"Un\"\nstyle = {size = 7}", ""},
		{"near the cut", box("kind = \"text\"\nat = [2, 10, 120, 20]\ntext = \"Un mot\""), "6:6 text-unsafe test"},
		{"over the cut", box("kind = \"text\"\nat = [-2, 10, 120, 20]\ntext = \"Un mot\""), "6:6 text-cut test"},
		{"off the paper", box("kind = \"text\"\nat = [170, 10, 120, 20]\ntext = \"Un mot\""), "6:6 text-cut test"},
		{"covered", box("kind = \"text\"\nat = [20, 20, 60, 10]\ntext = \"Un mot\"\n[[box]]\nkind = \"rect\"\nat = [15, 15, 80, 20]\nfill = \"tint\""), "6:6 text-hidden test"},
		{"near the cut, turned", box("kind = \"text\"\nat = [-37, 47, 100, 8]\nrotate = 90\ntext = \"Un mot qui est long et que l’on voit mal parce que long\""), "6:6 text-unsafe test"},
		{"near a contour", "size = \"100x100\"\nsafe = 1\ncut = \"round\"\n[[box]]\nkind = \"text\"\nat = [20, 12, 60, 10]\ntext = \"Un mot\"\n", "6:6 text-unsafe test"},
		{"inside a contour", "size = \"100x100\"\nsafe = 1\ncut = \"round\"\n[[box]]\nkind = \"text\"\nat = [30, 45, 60, 10]\ntext = \"Un mot\"\n", ""},
		{"short bleed", box("kind = \"rect\"\nat = [0, 0, 148, 20]\nfill = \"accent\""), "6:6 short-bleed test"},
		{"shorter bleed", box("kind = \"rect\"\nat = [-3, -3, 152, 20]\nfill = \"accent\""), "6:6 short-bleed test"},
		{"whole bleed", box("kind = \"rect\"\nat = [-3, -3, 154, 20]\nfill = \"accent\""), ""},
		{"off the edge", box("kind = \"rect\"\nat = [5, 5, 138, 20]\nfill = \"accent\""), ""},
		{"white to the edge", box("kind = \"rect\"\nat = [0, 0, 148, 20]\nfill = \"white\""), ""},
		{"a rule to the edge", box("kind = \"line\"\nat = [0, 50, 148, 0]\nstroke = \"accent\"\nwidth = 2"), "6:6 short-bleed test"},
		{"short round bleed", "size = \"100x100\"\nsafe = 3\ncut = \"round\"\n[[box]]\nkind = \"ellipse\"\nat = [-1, -1, 102, 102]\nfill = \"accent\"\n", "6:6 short-bleed test"},
		{"a picture that stops short", box("kind = \"image\"\nat = [0, 0, 40, 20]\nsrc = \"600x300.png\""), "6:6 short-bleed test"},
		{"pale", text("style = {size = 12, color = \"accent/40\"}"), "8:9 contrast-low test"},
		{"pale, large", text("style = {size = 20, color = \"accent/65\"}"), ""},
		{"pale, bold", text("style = {size = 15, weight = 700, color = \"accent/65\"}"), ""},
		{"pale, small", text("style = {size = 12, color = \"accent/65\"}"), "8:9 contrast-low test"},
		{"on its own colour", ground("accent/80", "kind = \"text\"\nat = [10, 10, 99, 9]\ntext = \"Un\"\nstyle = {size = 12, color = \"accent\"}"), "12:9 contrast-low test"},
		{"partly on a dark ground", sheet + "[[box]]\nkind = \"rect\"\nat = [18, 10, 60, 20]\nfill = \"ink\"\n[[box]]\nkind = \"text\"\nat = [10, 12, 90, 9]\ntext = \"Un mot\"\nstyle = {size = 20}", "12:9 contrast-low test"},
		{"on a picture", sheet + "[[box]]\nkind = \"image\"\nat = [10, 10, 40, 20]\nsrc = \"600x300.png\"\n[[box]]\nkind = \"text\"\nat = [12, 12, 20, 9]\ntext = \"Un\"\nstyle = {size = 12, color = \"white\"}", ""},
		{"coarse", box("kind = \"image\"\nat = [10, 10, 40, 20]\nsrc = \"100x50.png\""), "7:7 picture-coarse test"},
		{"low", box("kind = \"image\"\nat = [10, 10, 40, 20]\nsrc = \"300x150.png\""), "7:7 picture-low test"},
		{"a sound code", sheet + qr + address, ""},
		{"its address with its scheme", sheet + qr + strings.Replace(address, "a.example/x", "https://A.example/x/", 1), ""},
		{"a code without its address", sheet + qr, "7:8 qr-no-address test"},
		{"which is said not to need it", sheet + qr + "clear = false\n", ""},
		{"a code on tint", sheet + "[[box]]\nkind = \"rect\"\nat = [15, 15, 40, 40]\nfill = \"accent/10\"\n" + qr + address, ""},
		{"a code on a small ground", sheet + "[[box]]\nkind = \"rect\"\nat = [22, 22, 26, 26]\nfill = \"accent/10\"\n" + qr + address, "10:6 qr-quiet test"},
		{"a code under a line", sheet + qr + address + "[[box]]\nkind = \"line\"\nat = [10, 22, 60, 0]\nstroke = \"ink\"", "6:6 qr-quiet test"},
		{"a code on a line", sheet + "[[box]]\nkind = \"line\"\nat = [10, 22, 60, 0]\nstroke = \"ink\"\n" + qr + address, "10:6 qr-quiet test"},
		{"a code on what hides a line", sheet + "[[box]]\nkind = \"line\"\nat = [10, 22, 60, 0]\nstroke = \"ink\"\n[[box]]\nkind = \"rect\"\nat = [18, 18, 34, 34]\nfill = \"white\"\n" + qr + address, ""},
		{"a code within a ring", sheet + "[[box]]\nkind = \"ellipse\"\nat = [10, 10, 50, 50]\nstroke = \"ink\"\nwidth = 2\n" + qr + strings.Replace(address, "60, 100", "64, 100", 1), ""},
		{"a dark ground", sheet + "[[box]]\nkind = \"rect\"\nat = [15, 15, 40, 40]\nfill = \"accent/80\"\n" + qr + address, "8:1 contrast-low test"},
		{"a light code", sheet + "[[box]]\nkind = \"rect\"\nat = [15, 15, 40, 40]\nfill = \"accent\"\n" + qr + "color = \"white\"\n" + address, "12:9 contrast-low test"},
		{"a code at the edge", sheet + strings.Replace(qr, "[20, 20,", "[0, 20,", 1) + address, "6:6 text-unsafe test"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := strings.Join(found(t, c.toml, 0), "; "); got != c.want {
				t.Errorf("said %q, want %q\n%s", got, c.want, c.toml)
			}
		})
	}
}

// TestInkLimit holds that the paper decides.
func TestInkLimit(t *testing.T) {
	toml := sheet + "[[box]]\nkind = \"rect\"\nat = [-3, -3, 154, 111]\nfill = \"near-full\"\n"
	if got := found(t, toml, 240); len(got) != 1 {
		t.Errorf("250 %% of 240: %q", got)
	}
	if got := found(t, toml, 250); len(got) != 0 {
		t.Errorf("250 %% of 250: %q", got)
	}
}

// TestBlame holds that what a record brings about names it, and nothing else does.
func TestBlame(t *testing.T) {
	toml := sheet + `
[[box]]
kind = "text"
at = [10, 10, 32, 8]
text = "{{ .Participant.PrintName }}"
style = {size = 14, min_size = 4, lines = 1}
[[box]]
kind = "text"
at = [10, 40, 60, 10]
text = "{{ .Participant.PrintName }}"
style = {size = 5, min_size = 3}
`
	got := found(t, toml, 0, "Un", "Deux", "Établissements Lefrançois, menuiserie")
	want := []string{"participants.toml:print_name text-tiny test, Établissements Lefrançois, menuiserie", "14:9 text-tiny test"}
	if !slices.Equal(got, want) {
		t.Errorf("said %q", got)
	}
}

// TestDefaultPiecesAreSound holds that nothing is to be said of the theme's own pieces: a build makes
// anew, each time, what there is something to say of.
func TestDefaultPiecesAreSound(t *testing.T) {
	s := site(t)
	for _, g := range s.Programmes {
		res := &piece.Resources{Language: "fr", Fonts: themeFonts(t), Palette: piece.NewPalette(themeColors, s, g), Image: picture()}
		rd := piece.NewRenderer("fr")
		names := append(append([]string(nil), awardPieces...), programmePieces...)
		for name := range officePieces {
			names = append(names, name)
		}
		for _, name := range names {
			tmpl := parse(t, name, "fr")
			for _, x := range model.Participants(g) {
				for _, a := range x.Awards {
					sc := scopeOf(s, x, a)
					sc.Count = 61
					_, list := rd.Render(tmpl, res, sc, piece.Subject{Name: x.Name, Origin: x.Origin})
					if len(list) > 0 {
						t.Fatalf("%s: %v", name, list)
					}
				}
			}
		}
	}
}

// TestLabelsOnSheets holds that what is wrong with a label is said at the label's line, once, however
// many stand on the sheet, and that its code is looked at like any other.
func TestLabelsOnSheets(t *testing.T) {
	label := strings.Replace(smallLabel, "size = 9", "size = 5", 1) + "[[box]]\nkind = \"qr\"\nat = [12, 2, 16, 16]\ntext = \"https://a.example/\"\n"
	o := onSheet{"paper": smallSheet, "label": label, "page": sheetPiece}.options(t)
	tmpl, list := piece.Parse("page", o.Template("page"), o)
	if tmpl == nil {
		t.Fatal(list)
	}
	sc := scope()
	sc.Participant.PrintName = "Un nom"
	_, facts, list := piece.NewRenderer("fr").Lay(tmpl, resources(t, sc), sc, piece.Subject{Name: "Un nom"})
	var got []string
	for _, d := range list.Sorted() {
		got = append(got, d.Span.File+" "+string(d.Code)+" "+d.Arg("piece"))
	}
	want := []string{"label.toml text-tiny label", "label.toml qr-no-address label"}
	if !slices.Equal(got, want) {
		t.Errorf("said %q", got)
	}
	if facts.Pages != 1 || facts.QR == 0 {
		t.Errorf("%+v", facts)
	}
}
