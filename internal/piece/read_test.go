package piece_test

import (
	"fmt"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"

	"vitrine/internal/diag"
	"vitrine/internal/layout"
	"vitrine/internal/load"
	"vitrine/internal/model"
	"vitrine/internal/piece"
	"vitrine/internal/source"
)

// leaf is a value somewhere below a scope that a test may change.
type leaf struct {
	path  string
	value reflect.Value
}

// leaves are the values that can be reached from v through exported fields, lists and maps.
func leaves(v reflect.Value, path string, seen map[uintptr]bool, out []leaf) []leaf {
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() || seen[v.Pointer()] {
			return out
		}
		seen[v.Pointer()] = true
		return leaves(v.Elem(), path, seen, out)
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() && f.Name != "Origin" {
				out = leaves(v.Field(i), path+"."+f.Name, seen, out)
			}
		}
	case reflect.Slice:
		if v.Len() > 0 && v.CanSet() {
			out = append(out, leaf{path + "[:]", v})
		}
		for i := range v.Len() {
			out = leaves(v.Index(i), fmt.Sprintf("%s[%d]", path, i), seen, out)
		}
	case reflect.String, reflect.Bool, reflect.Int, reflect.Int64, reflect.Float64, reflect.Uint16:
		if v.CanSet() {
			out = append(out, leaf{path, v})
		}
	}
	return out
}

// change alters a value and returns how to put it back.
func (l leaf) change() (restore func()) {
	old := reflect.New(l.value.Type()).Elem()
	old.Set(l.value)
	switch v := l.value; v.Kind() {
	case reflect.String:
		v.SetString(v.String() + "z")
	case reflect.Bool:
		v.SetBool(!v.Bool())
	case reflect.Int, reflect.Int64:
		v.SetInt(v.Int() + 1)
	case reflect.Uint16:
		v.SetUint(v.Uint() ^ 1)
	case reflect.Float64:
		v.SetFloat(v.Float() + 1)
	case reflect.Slice:
		v.Set(v.Slice(0, v.Len()-1))
	}
	return func() { l.value.Set(old) }
}

// TestReadHearsAll changes, one after the other, what a piece can reach. What shows on paper must be
// heard; what does not show should not, or pieces would be made again for nothing.
func TestReadHearsAll(t *testing.T) {
	s := site(t)
	g := s.Programmes[0]
	x := model.Participants(g)[0]
	res := &piece.Resources{Language: "fr", Fonts: themeFonts(t), Palette: piece.NewPalette(themeColors, s, g), Image: anyPicture}
	for _, name := range []string{"diploma", "flyer", "poster", "poster-participant", "sticker"} {
		t.Run(name, func(t *testing.T) { hears(t, parse(t, name, "fr"), res, scopeOf(s, x, x.Awards[0])) })
	}
	files, _ := filepath.Glob("testdata/*.txtar")
	for _, file := range files {
		a, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range a.Files {
			if f.Name != "piece.toml" {
				continue
			}
			sc := scope()
			if tmpl := read(t, string(f.Data)); tmpl != nil {
				t.Run(file, func(t *testing.T) { hears(t, tmpl, resources(t, sc), sc) })
			}
		}
	}
}

// read is a template of a test; nil when it is a wrong one.
func read(t testing.TB, toml string) *piece.Template {
	t.Helper()
	table, _ := load.TOML(source.New(fstest.MapFS{"piece.toml": {Data: []byte(toml)}}), "piece.toml")
	if table == nil {
		return nil
	}
	tmpl, _ := piece.Parse("test", table, piece.Options{Language: "fr", Words: readWords(t, "fr")})
	return tmpl
}

func hears(t *testing.T, tmpl *piece.Template, res *piece.Resources, sc *model.Scope) {
	rd := piece.NewRenderer("fr")
	sub := piece.Subject{Name: "Aux Blés d’Or"}
	doc, list := rd.Render(tmpl, res, sc, sub)
	was := rd.Read(tmpl, res, sc, sub)
	if was.OK && was.Document.Title != doc.Title || !was.OK && list.Errors() == 0 {
		t.Fatalf("not read well: %v, %v", was.OK, list)
	}
	shown, heard := 0, 0
	all := leaves(reflect.ValueOf(sc), "", map[uintptr]bool{}, nil)
	step := 1 + len(all)/300
	for i := range all {
		// all that is near the subject, and some of the rest
		if i%step != 0 && !strings.HasPrefix(all[i].path, ".Participant") && !strings.HasPrefix(all[i].path, ".Award") {
			continue
		}
		restore := all[i].change()
		got, more := rd.Render(tmpl, res, sc, sub)
		now := rd.Read(tmpl, res, sc, sub)
		restore()
		differs := !reflect.DeepEqual(doc, got)
		same := now.Sum == was.Sum && now.OK == was.OK
		switch {
		case differs && same:
			t.Errorf("%s shows and was not heard", all[i].path)
		case len(more) != len(list) && same:
			t.Errorf("%s is remarked on (%v) and was not heard", all[i].path, more)
		case differs:
			shown++
		case !same:
			t.Logf("%s was heard and does not show", all[i].path)
			heard++
		}
	}
	if heard > 3+shown/4 {
		t.Errorf("of %d values %d show, and %d more were heard", len(all), shown, heard)
	}
}

// anyPicture is a picture of any name.
func anyPicture(name string) (*layout.Picture, *diag.Diagnostic) {
	return &layout.Picture{Name: name, Format: "png", W: 4000, H: 2000}, nil
}

// TestReadHearsColours holds that a colour of the palette that shows is heard, and another is not.
func TestReadHearsColours(t *testing.T) {
	sc := scope()
	for _, tc := range []struct {
		box   string
		token string
		heard bool
	}{
		{`kind = "rect"` + "\n" + `fill = "accent"`, "accent", true},
		{`kind = "rect"` + "\n" + `fill = "accent/20"`, "accent", true},
		{`kind = "rect"` + "\n" + `fill = "accent"`, "line", false},
		{`kind = "text"` + "\n" + `text = "x"`, "ink", true},
		{`kind = "text"` + "\n" + `text = "x"` + "\n" + `style = {color = "paper"}`, "ink", false},
		{`kind = "qr"` + "\n" + `text = "x"`, "ink", true},
		{`kind = "rich"` + "\n" + `text = "x"` + "\n" + `style = {color = "{{ if .Site.Demo }}ink{{ else }}paper{{ end }}"}`, "ink", true},
	} {
		tmpl := read(t, "title = \"x\"\nsize = \"A4\"\n[[box]]\n"+tc.box+"\nat = [10, 10, 50, 50]\n")
		res := resources(t, sc)
		rd := piece.NewRenderer("fr")
		before := rd.Read(tmpl, res, sc, piece.Subject{})
		palette := piece.Palette{}
		for k, v := range res.Palette {
			palette[k] = v
		}
		c := palette[tc.token]
		c.CMYK[0] ^= 512
		palette[tc.token] = c
		changed := *res
		changed.Palette = palette
		after := rd.Read(tmpl, &changed, sc, piece.Subject{})
		if !before.OK || !after.OK || (before.Sum != after.Sum) != tc.heard {
			t.Errorf("%s in %s: heard %v", tc.token, strings.ReplaceAll(tc.box, "\n", ", "), before.Sum != after.Sum)
		}
	}
}
