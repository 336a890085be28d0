package page

import (
	"html/template"
	"strings"
	"testing"
)

// album has one picture in two widths.
type album string

func (a album) Web(string) (Picture, bool) {
	return Picture{Sizes: []Size{{string(a) + "-480.jpg", 480, 320}, {string(a) + ".jpg", 960, 640}}}, true
}

// The name of a picture's file may hold what parts the addresses of a srcset: a browser would ask for half a name,
// and html/template would refuse it.
func TestImageName(t *testing.T) {
	r := &Renderer{base: "/sous", media: album("à table, l’été 50 %")}
	img := r.image("x", "", "")
	var out strings.Builder
	if err := template.Must(template.New("").Parse(`<img src="{{.Src}}" srcset="{{.Srcset}}">`)).Execute(&out, img); err != nil {
		t.Fatal(err)
	}
	name := "/sous/%C3%A0%20table%2C%20l%E2%80%99%C3%A9t%C3%A9%2050%20%25"
	if want := `<img src="` + name + `.jpg" srcset="` + name + `-480.jpg 480w, ` + name + `.jpg 960w">`; out.String() != want {
		t.Errorf("%s\nnot\n%s", &out, want)
	}
}
