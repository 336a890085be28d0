package theme

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"vitrine/internal/model"
)

// TestOnDarkIsLegible: whatever accent a site has, it can be read on dark pages, and is the same each time.
func TestOnDarkIsLegible(t *testing.T) {
	plain, _ := open(t, nil, "default")
	paper, tint := plain.Colors["paper"].Dark, plain.Colors["tint"].Dark
	rng := rand.New(rand.NewPCG(1, 2))
	for i := range 3000 {
		c := color{uint8(rng.UintN(256)), uint8(rng.UintN(256)), uint8(rng.UintN(256))}
		if i < 8 { // the corners
			c = color{uint8(255 * (i & 1)), uint8(255 * (i >> 1 & 1)), uint8(255 * (i >> 2))}
		}
		got := OnDark(c.String(), paper, tint)
		made, ok := parseHex(got)
		if !ok || got != OnDark(c.String(), paper, tint) {
			t.Fatalf("%s: %s", c, got)
		}
		if !readable(made, []string{paper, tint}) {
			t.Errorf("%s: %s has no contrast of 4.5", c, got)
		}
		_, a1, b1 := toOKLab(c)
		_, a2, b2 := toOKLab(made)
		if math.Hypot(a1, b1) > 0.04 && math.Hypot(a2, b2) > 0.04 {
			if turn := math.Abs(math.Remainder(math.Atan2(b1, a1)-math.Atan2(b2, a2), 2*math.Pi)); turn > 0.12 {
				t.Errorf("%s: %s is of another hue (%.2f)", c, got, turn)
			}
		}
	}
	if got := OnDark("red", paper); got != "red" {
		t.Errorf("%s", got)
	}
	if got := OnDark("#000000", "#ffffff", "#000000"); got != "#ffffff" {
		t.Errorf("no colour is read on both: %s", got)
	}
}

// TestDefaultDarkIsLegible holds the default theme's own colours on dark pages.
func TestDefaultDarkIsLegible(t *testing.T) {
	plain, _ := open(t, nil, "default")
	for _, token := range []string{"ink", "muted", "accent"} {
		for _, ground := range []string{"paper", "tint"} {
			text, ok := parseHex(plain.Colors[token].Dark)
			behind, known := parseHex(plain.Colors[ground].Dark)
			if !ok || !known || contrastOf(text, behind) < legible {
				t.Errorf("%s on %s", token, ground)
			}
		}
	}
	css, err := plain.StyleSheet()
	if err != nil {
		t.Fatal(err)
	}
	for token, c := range plain.Colors { // the sheet states what theme.toml says
		if want := "--" + token + ":" + c.Dark; c.Dark != "" && !strings.Contains(strings.ReplaceAll(string(css), " ", ""), want) {
			t.Errorf("site.css does not say %s", want)
		}
	}
}

func TestWriteRules(t *testing.T) {
	ground := map[string]model.Color{"paper": {RGB: "#ffffff", Dark: "#101010"}, "tint": {RGB: "#eeeeee", Dark: "#202020"}, "white": {RGB: "#ffffff"}}
	var out strings.Builder
	WriteRules(&out, ground, []Rule{
		{":root", map[string]model.Color{"paper": {RGB: "#fafafa"}, "tint": {RGB: "#e0e0e0", Dark: "#222222"}, "white": {RGB: "#fefefe"}, "ink": {}}},
		{".p-a", map[string]model.Color{"accent": {RGB: "#004400", Dark: "#88cc88"}}},
		{".p-b", map[string]model.Color{"accent": {RGB: "#004400"}}},
		{".p-c", map[string]model.Color{"accent": {}}},
	})
	want := `:root{--paper:#fafafa;--tint:#e0e0e0;--white:#fefefe;}
.p-a{--accent:#004400;}
.p-b{--accent:#004400;}
@media screen and (prefers-color-scheme:dark){
:root{--paper:#101010;--tint:#222222;}
.p-a{--accent:#88cc88;}
.p-b{--accent:` + OnDark("#004400", "#101010", "#222222") + `;}
}
`
	if out.String() != want {
		t.Errorf("%s", out.String())
	}
	out.Reset()
	if WriteRules(&out, ground, nil); out.Len() > 0 {
		t.Errorf("%s", out.String())
	}
}
