package piece_test

import (
	"bytes"
	"flag"
	"fmt"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"vitrine/internal/diag"
	"vitrine/internal/layout"
	"vitrine/internal/load"
	"vitrine/internal/model"
	"vitrine/internal/piece"
	"vitrine/internal/source"
)

var update = flag.Bool("update", false, "write the golden files anew")

// origin says where a record's keys stand, as the loader would.
type origin string

func (o origin) Span(key string) diag.Span { return diag.Span{File: string(o) + ":" + key} }

// scope is a small programme with one award.
func scope() *model.Scope {
	energy := &model.Theme{ID: "energy", Title: "Énergie", Color: "#B4530A"}
	water := &model.Theme{ID: "water", Title: "Eau", Color: "#1F6FA8"}
	var challenges []*model.Challenge
	for i, title := range []string{"Éteindre la vitrine la nuit", "Récupérer la chaleur du fournil", "Mesurer l’eau chaque mois"} {
		challenges = append(challenges, &model.Challenge{ID: fmt.Sprint("c", i), Title: title, Theme: []*model.Theme{energy, water}[i%2], Origin: origin(fmt.Sprint("challenges.toml#", i))})
	}
	edition := &model.Edition{ID: "2023", Title: "Édition 2023"}
	return &model.Scope{
		Site:        &model.Site{Title: "Vitrine", BaseURL: "https://vitrine.example", Demo: true},
		Programme:   &model.Programme{ID: "p", Name: "Programme", Themes: []*model.Theme{energy, water}, Challenges: challenges, Origin: origin("programme.toml")},
		Participant: &model.Profile{ID: "x", Name: "Aux Blés d’Or", PrintName: "Aux Blés d’Or", ShortURL: "https://vitrine.example/v/abcd1234/"},
		Award:       &model.Distinction{Edition: edition, On: model.Date{Year: 2023, Month: 11, Day: 30}, Challenges: challenges},
		Edition:     edition,
		Count:       61,
	}
}

// pictures are by their size: « 600x300.png ».
func pictures(name string) (*layout.Picture, *diag.Diagnostic) {
	var w, h int
	if _, err := fmt.Sscanf(name, "%dx%d.png", &w, &h); err != nil {
		d := diag.New(diag.MissingFile, diag.Span{}, "file", name)
		return nil, &d
	}
	var buf bytes.Buffer
	_ = png.Encode(&buf, image.NewGray(image.Rect(0, 0, w, h)))
	return &layout.Picture{Name: name, Format: "png", Data: buf.Bytes(), W: w, H: h}, nil
}

func resources(t testing.TB, sc *model.Scope) *piece.Resources {
	return &piece.Resources{Language: "fr", Fonts: themeFonts(t), Palette: piece.NewPalette(themeColors, sc.Site, sc.Programme), Image: pictures}
}

// TestCases reads testdata/*.txtar: a template, and what is said of it (want.diag) and what is drawn
// (want.frames). The comment may name a participant: « name: … ».
func TestCases(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no cases", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			parts := map[string]string{}
			for _, f := range a.Files {
				parts[f.Name] = string(f.Data)
			}
			tree := source.New(fstest.MapFS{"piece.toml": {Data: []byte(parts["piece.toml"])}})
			sc := scope()
			if _, name, ok := strings.Cut(string(a.Comment), "name: "); ok {
				name, _, _ = strings.Cut(name, "\n")
				sc.Participant.PrintName = name
			}
			var doc *layout.Document
			table, list := load.TOML(tree, "piece.toml")
			if table != nil {
				var tmpl *piece.Template
				tmpl, list = piece.Parse("test", table, piece.Options{Language: "fr", Words: readWords(t, "fr")})
				if tmpl != nil {
					var more diag.List
					doc, more = piece.NewRenderer("fr").Render(tmpl, resources(t, sc), sc, piece.Subject{Name: "Aux Blés d’Or", Origin: origin("participants.toml"), Date: time.Date(2023, 11, 30, 0, 0, 0, 0, time.UTC)})
					list = append(list, more...)
				}
			}
			var said strings.Builder
			_ = diag.Print(&said, list.Sorted(), diag.French, tree.Text, false)
			got := map[string]string{"want.diag": said.String()}
			if doc != nil {
				got["want.frames"] = dump(doc)
			}
			if *update {
				files := []txtar.File{{Name: "piece.toml", Data: []byte(parts["piece.toml"])}}
				if _, ok := parts["want.frames"]; ok || said.Len() == 0 {
					files = append(files, txtar.File{Name: "want.frames", Data: []byte(got["want.frames"])})
				}
				if said.Len() > 0 {
					files = append(files, txtar.File{Name: "want.diag", Data: []byte(got["want.diag"])})
				}
				a.Files = files
				if err := os.WriteFile(file, txtar.Format(a), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if parts["want.diag"] != got["want.diag"] {
				t.Errorf("said:\n%s\nwant:\n%s", got["want.diag"], parts["want.diag"])
			}
			if want, ok := parts["want.frames"]; ok && want != got["want.frames"] {
				t.Errorf("frames:\n%s\nwant:\n%s", got["want.frames"], want)
			}
		})
	}
}

// dump writes frames as text, one item a line, in millimetres.
func dump(doc *layout.Document) string {
	var b strings.Builder
	for i, p := range doc.Pages {
		fmt.Fprintf(&b, "page %d: %v × %v, bleed %v\n", i+1, p.W, p.H, p.Bleed)
		dumpItems(&b, p.Items, "  ")
	}
	return b.String()
}

func dumpItems(b *strings.Builder, items []layout.Item, in string) {
	name := func(c layout.Color) string {
		if c.Token != "" {
			return c.Token
		}
		return fmt.Sprintf("#%02x%02x%02x", c.RGB[0], c.RGB[1], c.RGB[2])
	}
	for _, item := range items {
		switch it := item.(type) {
		case *layout.Text:
			fmt.Fprintf(b, "%s%v %v text %s %.1fpt %s %q\n", in, it.X, it.Y, it.Font.Name, it.Size.PT(), name(it.Color), it.Text)
		case *layout.Path:
			r := it.Bounds()
			fmt.Fprintf(b, "%s%v %v path %v × %v", in, r.X, r.Y, r.W, r.H)
			if it.Fill != nil {
				fmt.Fprintf(b, " fill %s", name(*it.Fill))
			}
			if it.Stroke != nil {
				fmt.Fprintf(b, " stroke %s %v", name(*it.Stroke), it.Width)
			}
			fmt.Fprintf(b, " (%d)\n", len(it.Segs)+len(it.Rects))
		case *layout.Image:
			fmt.Fprintf(b, "%s%v %v image %v × %v %s in %v\n", in, it.Box.X, it.Box.Y, it.Box.W, it.Box.H, it.Picture.Name, it.Clip)
		case *layout.Group:
			fmt.Fprintf(b, "%sgroup %+v\n", in, *it.Transform)
			dumpItems(b, it.Items, in+"  ")
		}
	}
}

// TestScopeIsWhole holds that templates see every field of model.Scope.
func TestScopeIsWhole(t *testing.T) {
	var b strings.Builder
	b.WriteString("size = \"A6\"\n")
	typ := reflect.TypeFor[model.Scope]()
	for field := range typ.Fields() {
		fmt.Fprintf(&b, "[[box]]\nkind = \"text\"\nat = [5, 5, 90, 20]\ntext = \"{{ .%s }}\"\nwhen = \"{{ if .%[1]s }}{{ end }}\"\n", field.Name)
	}
	tree := source.New(fstest.MapFS{"piece.toml": {Data: []byte(b.String())}})
	table, _ := load.TOML(tree, "piece.toml")
	tmpl, list := piece.Parse("test", table, piece.Options{})
	if tmpl == nil {
		t.Fatal(list)
	}
	sc := scope()
	if _, list := piece.NewRenderer("fr").Render(tmpl, resources(t, sc), sc, piece.Subject{}); len(list) > 0 {
		t.Errorf("a field of model.Scope is not passed on: %v", list)
	}
}

// TestSameFrames holds that what a renderer remembers changes nothing.
func TestSameFrames(t *testing.T) {
	s := site(t)
	g := s.Programmes[0]
	res := &piece.Resources{Language: "fr", Fonts: themeFonts(t), Palette: piece.NewPalette(themeColors, s, g), Image: picture()}
	for _, name := range awardPieces {
		tmpl := parse(t, name, "fr")
		warm := piece.NewRenderer("fr")
		for _, x := range model.Participants(g)[:12] {
			sc := scopeOf(s, x, x.Awards[0])
			a, _ := warm.Render(tmpl, res, sc, piece.Subject{Name: x.Name})
			b, _ := piece.NewRenderer("fr").Render(tmpl, res, sc, piece.Subject{Name: x.Name})
			if dump(a) != dump(b) {
				t.Errorf("%s of %s depends on what was made before", name, x.Name)
			}
		}
	}
}

// TestInsideSafeZone holds that no text of the theme's pieces comes near the cut.
func TestInsideSafeZone(t *testing.T) {
	s := site(t)
	g := s.Programmes[0]
	res := &piece.Resources{Language: "fr", Fonts: themeFonts(t), Palette: piece.NewPalette(themeColors, s, g), Image: picture()}
	rd := piece.NewRenderer("fr")
	for _, name := range append(append([]string(nil), awardPieces...), programmePieces...) {
		doc, _ := rd.Render(parse(t, name, "fr"), res, hard(s, g, "Atelier de menuiserie, d’ébénisterie et d’agencement des Établissements Lefrançois", "Flers", "Menuiserie", 8), piece.Subject{})
		for _, p := range doc.Pages {
			safe := layout.Rect{W: p.W, H: p.H}.Inset(p.Safe)
			for _, item := range p.Items {
				if x, ok := item.(*layout.Text); ok && !safe.Contains(layout.Rect{X: x.X, Y: x.Y - x.Size*7/10, W: x.Width(), H: x.Size}) {
					t.Errorf("%s: %q at %v, %v", name, x.Text, x.X, x.Y)
				}
			}
		}
	}
}

// TestInk holds that no colour of the theme's pieces asks for more ink than uncoated paper takes.
func TestInk(t *testing.T) {
	s := site(t)
	for _, g := range s.Programmes {
		for token, c := range piece.NewPalette(themeColors, s, g) {
			if c.Ink() > 280 {
				t.Errorf("%s: %s has %v %% of ink", g.ID, token, c.Ink())
			}
		}
	}
}
