package svg

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"strings"
	"testing"

	"vitrine/internal/layout"
)

func font(t testing.TB) *layout.Font {
	t.Helper()
	data, err := os.ReadFile("../../themes/default/fonts/text-600.ttf")
	if err != nil {
		t.Fatal(err)
	}
	f, err := layout.ParseFont("text-600", "Vitrine Sans", 600, false, data)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func page(t testing.TB, text string) *layout.Page {
	accent := layout.Color{Token: "accent", RGB: [3]uint8{29, 91, 60}}
	tint := accent.Tint(20)
	fit := layout.NewShaper("fr").Text(layout.Rect{W: layout.MM(90), H: layout.MM(20)}, []layout.Para{{Spans: []layout.Span{{Text: text, Font: font(t), Color: accent}}}}, layout.TextStyle{Size: layout.PT(12)})
	box := layout.Rect{X: layout.MM(5), Y: layout.MM(5), W: layout.MM(10), H: layout.MM(10)}
	return &layout.Page{W: layout.MM(100), H: layout.MM(50), Items: append(fit.Items,
		(&layout.Path{Fill: &tint}).Rectangle(box, layout.Mm),
		(&layout.Path{Stroke: &accent, Width: layout.PT(1), Dash: []layout.Length{0, layout.Mm}, Round: true}).Move(0, 0).Line(layout.Mm, layout.Mm),
		&layout.Group{Link: "/eco-defis/?a=1&b=2", Title: `Flers & « Athis » <b>`, Class: "c1", Clip: (&layout.Path{EvenOdd: true}).Ellipse(box), Transform: &layout.Matrix{A: 0, B: 1, C: -1, D: 0, E: layout.Mm},
			Items: []layout.Item{&layout.Path{Fill: &accent, Rects: []layout.Rect{box}}}},
		&layout.Image{Picture: &layout.Picture{Name: "x", Format: "png", Data: []byte("x"), W: 1, H: 1}, Box: box, Clip: box.Inset(layout.Mm), Alt: `"x"`},
	)}
}

// wellFormed reads the file as XML and returns its elements.
func wellFormed(t *testing.T, data []byte) (names []string) {
	t.Helper()
	d := xml.NewDecoder(bytes.NewReader(data))
	for {
		tok, err := d.Token()
		if errors.Is(err, io.EOF) {
			return names
		}
		if err != nil {
			t.Fatalf("%v\n%s", err, data)
		}
		if s, ok := tok.(xml.StartElement); ok {
			names = append(names, s.Name.Local)
		}
	}
}

func TestAlone(t *testing.T) {
	out := Encode(page(t, `L’« Œuf » & <fils>`), Options{})
	names := strings.Join(wellFormed(t, out), " ")
	if !strings.Contains(names, "defs path") || strings.Contains(names, "text") {
		t.Errorf("letters are not shapes: %s", names)
	}
	for _, want := range []string{`viewBox="0 0 100 50"`, `width="100mm"`, `fill="#1d5b3c"`, `data:image/png;base64,eA==`, `transform="matrix(0 1 -1 0 1 0)"`,
		`href="/eco-defis/?a=1&amp;b=2"`, `<title>Flers &amp; « Athis » &lt;b&gt;</title>`, `stroke-dasharray="0 1"`, `clip-rule="evenodd"`} {
		if !strings.Contains(string(out), want) {
			t.Errorf("no %s in %s", want, out)
		}
	}
	if strings.Contains(string(out), "var(") {
		t.Error("a picture that stands alone has no style sheet")
	}
}

func TestInPage(t *testing.T) {
	out := string(Encode(page(t, "a & b"), Options{Variables: true, LiveText: true, Inline: true, Class: "map", Title: "Carte", Prefix: "m-", Href: func(*layout.Picture) string { return "/x.png" }}))
	wellFormed(t, []byte(out))
	for _, want := range []string{`fill="var(--accent,#1d5b3c)"`, `fill="#d2ded8"`, `>a &amp; b</text>`, `font-weight="600"`, `class="map"`, `role="img" aria-label="Carte"`, `href="/x.png"`, `id="m-c1"`, `url(#m-c1)`} {
		if !strings.Contains(out, want) {
			t.Errorf("no %s in %s", want, out)
		}
	}
	if strings.Contains(out, "mm\"") {
		t.Error("the style sheet decides the size")
	}
}

func TestCut(t *testing.T) {
	p := page(t, "x")
	p.Cut = (&layout.Path{}).Ellipse(layout.Rect{W: p.W, H: p.H})
	if out := string(Encode(p, Options{})); !strings.Contains(out, "clipPath") {
		t.Error("a round piece shows its corners")
	}
}

func FuzzEscape(f *testing.F) {
	for _, s := range []string{"<script>", `"onload="x`, "a&b", "]]>", "\x00", "é"} {
		f.Add(s)
	}
	ft := font(f)
	f.Fuzz(func(t *testing.T, s string) {
		if strings.ContainsFunc(s, func(r rune) bool { return r < ' ' || r == 0xFFFD || r == 0xFFFE || r == 0xFFFF }) {
			return // not text in XML: piece cleans it before
		}
		g := &layout.Group{Link: s, Title: s, Class: s, Items: []layout.Item{&layout.Text{Font: ft, Size: layout.PT(10), Text: s}}}
		names := wellFormed(t, Encode(&layout.Page{W: layout.Mm, H: layout.Mm, Items: []layout.Item{g}}, Options{Title: s, LiveText: true}))
		for _, n := range names {
			if n == "script" {
				t.Fatalf("%q became a script", s)
			}
		}
	})
}
