package piece_test

import (
	"image"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/image/tiff"

	"vitrine/internal/model"
	"vitrine/internal/pdf"
	"vitrine/internal/piece"
)

// plates has Ghostscript separate a file at 72 dpi, and returns each plate by its ink: 0 is full of it.
func plates(t *testing.T, data []byte) map[string]image.Image {
	t.Helper()
	gs, dir := tool(t, "gs"), t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "x.pdf"), data, 0o600); err != nil {
		t.Fatal(err)
	}
	if msg, err := exec.Command(gs, "-q", "-dBATCH", "-dNOPAUSE", "-dSAFER", "-r72", "-sDEVICE=tiffsep", "-sOutputFile="+filepath.Join(dir, "x.tif"), filepath.Join(dir, "x.pdf")).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, msg)
	}
	names, _ := filepath.Glob(filepath.Join(dir, "x*(*).tif"))
	out := map[string]image.Image{}
	for _, name := range names {
		f, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		im, err := tiff.Decode(f)
		f.Close()
		if err != nil {
			t.Fatal(err)
		}
		out[name[strings.LastIndexByte(name, '(')+1:len(name)-len(").tif")]] = im
	}
	return out
}

// reaches is from where to where a plate has ink, in millimetres from the middle of the sheet, and the
// share of what lies between that is inked.
func reaches(plate image.Image) (from, to, share float64) {
	b := plate.Bounds()
	from = math.Inf(1)
	inked, between := 0, 0
	radius := func(x, y int) float64 {
		return math.Hypot(float64(x)+0.5-float64(b.Dx())/2, float64(y)+0.5-float64(b.Dy())/2) * 25.4 / 72
	}
	each := func(f func(r float64, ink bool)) {
		for y := range b.Dy() {
			for x := range b.Dx() {
				v, _, _, _ := plate.At(b.Min.X+x, b.Min.Y+y).RGBA()
				f(radius(x, y), v < 0xFFFF)
			}
		}
	}
	each(func(r float64, ink bool) {
		if ink {
			from, to = min(from, r), max(to, r)
		}
	})
	each(func(r float64, ink bool) {
		if r >= from && r <= to {
			between++
			if ink {
				inked++
			}
		}
	})
	return from, to, float64(inked) / float64(max(between, 1))
}

// TestPlatesOfStickers: the contour stands alone on its plate, a thin circle where the sticker is cut; the
// white of the one for the inside lies under all of it and as far as the bleed.
func TestPlatesOfStickers(t *testing.T) {
	s := site(t)
	g := s.Programmes[0]
	x := model.Participants(g)[3]
	res := &piece.Resources{Language: "fr", Fonts: themeFonts(t), Palette: piece.NewPalette(themeColors, s, g), Image: picture()}
	rd := piece.NewRenderer("fr")
	const pixel = 25.4 / 72
	for _, name := range []string{"sticker", "sticker-window"} {
		doc, _ := rd.Render(parse(t, name, "fr"), res, scopeOf(s, x, x.Awards[0]), piece.Subject{Name: x.Name})
		data, err := pdf.NewEncoder(pdf.Press, nil).Encode(doc)
		if err != nil {
			t.Fatal(err)
		}
		p := plates(t, data)
		cut := p["CutContour"]
		if cut == nil {
			t.Fatalf("%s: no plate of the contour among %d", name, len(p))
		}
		if from, to, share := reaches(cut); from < 60-2*pixel || to > 60+2*pixel || share < 0.3 {
			t.Errorf("%s: the contour reaches from %.2f to %.2f mm, %.2f of it", name, from, to, share)
		}
		white := p["White"]
		if name == "sticker" {
			if white != nil {
				t.Errorf("%s: white ink", name)
			}
			continue
		}
		if white == nil {
			t.Fatalf("%s: no plate of white", name)
		}
		if from, to, share := reaches(white); from > 1 || to < 63-pixel || to > 63+2*pixel || share < 0.99 {
			t.Errorf("%s: white reaches from %.2f to %.2f mm, %.2f of it", name, from, to, share)
		}
	}
}
