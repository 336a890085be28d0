package png

import (
	"bytes"
	"image"
	"image/color"
	stdpng "image/png"
	"testing"

	"vitrine/internal/layout"
)

var (
	red  = layout.Color{RGB: [3]uint8{255, 0, 0}}
	blue = layout.Color{RGB: [3]uint8{0, 0, 255}}
)

func mm(x, y, w, h float64) layout.Rect {
	return layout.Rect{X: layout.MM(x), Y: layout.MM(y), W: layout.MM(w), H: layout.MM(h)}
}

// draw makes a page of 100 mm square at a pixel a millimetre.
func draw100(t *testing.T, items ...layout.Item) *image.RGBA {
	t.Helper()
	im, err := Draw(&layout.Page{W: layout.MM(100), H: layout.MM(100), Items: items}, 100)
	if err != nil {
		t.Fatal(err)
	}
	return im
}

func TestDraw(t *testing.T) {
	small := func(w, h int) *layout.Picture {
		im := image.NewNRGBA(image.Rect(0, 0, w, h))
		for i := range im.Pix {
			im.Pix[i] = 255
		}
		for y := range h {
			for x := range w / 2 {
				im.Set(x, y, color.NRGBA{0, 0, 255, 255})
			}
		}
		var b bytes.Buffer
		if err := stdpng.Encode(&b, im); err != nil {
			t.Fatal(err)
		}
		return &layout.Picture{Format: "png", Data: b.Bytes(), W: w, H: h}
	}
	ring := (&layout.Path{Fill: &red, EvenOdd: true}).Rectangle(mm(20, 20, 60, 60), 0).Rectangle(mm(40, 40, 20, 20), 0)
	for _, tc := range []struct {
		name   string
		item   layout.Item
		inside image.Point // coloured
		out    image.Point // left white
		want   layout.Color
	}{
		{"rectangle", (&layout.Path{Fill: &red}).Rectangle(mm(10, 10, 30, 30), 0), image.Pt(20, 20), image.Pt(50, 50), red},
		{"rectangles", &layout.Path{Fill: &red, Rects: []layout.Rect{mm(10, 10, 5, 5), mm(30, 30, 5, 5)}}, image.Pt(32, 32), image.Pt(22, 22), red},
		{"round corner", (&layout.Path{Fill: &red}).Rectangle(mm(10, 10, 40, 40), layout.MM(20)), image.Pt(30, 30), image.Pt(11, 11), red},
		{"even-odd", ring, image.Pt(30, 30), image.Pt(50, 50), red},
		{"stroke", (&layout.Path{Stroke: &red, Width: layout.MM(6)}).Move(layout.MM(10), layout.MM(50)).Line(layout.MM(90), layout.MM(50)), image.Pt(50, 51), image.Pt(50, 56), red},
		{"dots", (&layout.Path{Stroke: &red, Width: layout.MM(6), Round: true, Dash: []layout.Length{0, layout.MM(20)}}).Move(layout.MM(10), layout.MM(50)).Line(layout.MM(90), layout.MM(50)), image.Pt(30, 50), image.Pt(40, 50), red},
		{"clip", &layout.Group{Clip: (&layout.Path{}).Rectangle(mm(0, 0, 50, 100), 0), Items: []layout.Item{(&layout.Path{Fill: &red}).Rectangle(mm(0, 0, 100, 100), 0)}}, image.Pt(25, 50), image.Pt(75, 50), red},
		{"turned", &layout.Group{Transform: &layout.Matrix{A: 0, B: 1, C: -1, D: 0, E: layout.MM(100)}, Items: []layout.Item{(&layout.Path{Fill: &red}).Rectangle(mm(0, 0, 50, 20), 0)}}, image.Pt(90, 25), image.Pt(25, 10), red},
		{"picture", &layout.Image{Picture: small(40, 40), Box: mm(10, 10, 40, 40), Clip: mm(10, 10, 40, 20)}, image.Pt(15, 20), image.Pt(15, 40), blue},
		{"picture turned", &layout.Group{Transform: &layout.Matrix{A: 0, B: 1, C: -1, D: 0, E: layout.MM(100)}, Items: []layout.Item{&layout.Image{Picture: small(40, 40), Box: mm(10, 10, 40, 40), Clip: mm(10, 10, 40, 40)}}}, image.Pt(70, 15), image.Pt(70, 45), blue},
	} {
		im := draw100(t, tc.item)
		c := color.RGBA{tc.want.RGB[0], tc.want.RGB[1], tc.want.RGB[2], 255}
		if got := im.RGBAAt(tc.inside.X, tc.inside.Y); got != c {
			t.Errorf("%s: %v inside", tc.name, got)
		}
		if got := im.RGBAAt(tc.out.X, tc.out.Y); got != (color.RGBA{255, 255, 255, 255}) {
			t.Errorf("%s: %v outside", tc.name, got)
		}
	}
}

// TestEncode holds that readers of PNG see the pixels that were drawn.
func TestEncode(t *testing.T) {
	for _, size := range []image.Point{{1, 1}, {1, 7}, {5, 1}, {100, 63}} {
		im := image.NewRGBA(image.Rectangle{Max: size})
		for i := range im.Pix {
			im.Pix[i] = uint8(i * i >> 3)
			if i%4 == 3 {
				im.Pix[i] = 255
			}
		}
		data, err := encode(im)
		if err != nil {
			t.Fatal(err)
		}
		got, err := stdpng.Decode(bytes.NewReader(data))
		if err != nil || got.Bounds() != im.Bounds() {
			t.Fatal(size, err)
		}
		for y := range size.Y {
			for x := range size.X {
				if color.RGBAModel.Convert(got.At(x, y)) != im.RGBAAt(x, y) {
					t.Fatalf("%v: another pixel at %d, %d", size, x, y)
				}
			}
		}
	}
}

// TestReduced holds that a picture is averaged, and not looked at here and there.
func TestReduced(t *testing.T) {
	im := image.NewNRGBA(image.Rect(2, 3, 2+9, 3+6))
	for i := range im.Pix {
		im.Pix[i] = 255
	}
	im.Set(2, 3, color.NRGBA{0, 0, 0, 255})
	im.Set(5, 3, color.NRGBA{})
	got := reduced(im, 3).(*image.RGBA)
	if got.Bounds() != image.Rect(0, 0, 3, 2) {
		t.Fatal(got.Bounds())
	}
	for at, want := range map[image.Point]color.RGBA{{0, 0}: {227, 227, 227, 255}, {1, 0}: {227, 227, 227, 227}, {2, 1}: {255, 255, 255, 255}} {
		if c := got.RGBAAt(at.X, at.Y); c != want {
			t.Errorf("%v at %v, want %v", c, at, want)
		}
	}
	if reduced(im, 1) != image.Image(im) {
		t.Error("nothing to reduce")
	}
}

func TestBounds(t *testing.T) {
	for _, tc := range []struct {
		w, h  float64
		width int
		ok    bool
	}{{100, 50, 20, true}, {1, 3000, 1, true}, {0, 10, 10, false}, {10, 10, 0, false}, {1, 3000, 10000, false}} {
		_, err := Encode(&layout.Page{W: layout.MM(tc.w), H: layout.MM(tc.h)}, tc.width)
		if (err == nil) != tc.ok {
			t.Errorf("%v × %v at %d: %v", tc.w, tc.h, tc.width, err)
		}
	}
}

func TestBrokenPicture(t *testing.T) {
	box := mm(0, 0, 10, 10)
	_, err := Draw(&layout.Page{W: layout.MM(10), H: layout.MM(10), Items: []layout.Item{&layout.Image{Picture: &layout.Picture{Data: []byte("x")}, Box: box, Clip: box}}}, 10)
	if err == nil {
		t.Error("a picture that cannot be read was drawn")
	}
}

// FuzzDraw holds that any path is drawn in time and inside the picture.
func FuzzDraw(f *testing.F) {
	f.Add("M0 0L10 10", 2.0, 3.0)
	f.Add("M0 0C9 9 9 9 1 1Z", 0.0, 0.1)
	f.Add("M-1e6 0L1e6 5", 0.0, 7.0)
	f.Fuzz(func(t *testing.T, d string, dash, gap float64) {
		if dash < 0 || gap < 0.05 || dash > 1e3 || gap > 1e3 || len(d) > 200 {
			return
		}
		segs, err := layout.ParsePath(d, layout.Point{}, layout.Mm)
		if err != nil {
			return
		}
		p := &layout.Path{Segs: segs, Fill: &red, Stroke: &blue, Width: layout.Mm, Round: true, Dash: []layout.Length{layout.MM(dash), layout.MM(gap)}}
		if _, err := Draw(&layout.Page{W: layout.MM(20), H: layout.MM(20), Items: []layout.Item{p}}, 20); err != nil {
			t.Fatal(err)
		}
	})
}

// TestApartKeepsHoles holds that what cuts a hole is drawn with what it cuts.
func TestApartKeepsHoles(t *testing.T) {
	p := &layout.Path{Fill: &red}
	p.Rectangle(mm(5, 5, 80, 80), 0)
	p.Move(layout.MM(20), layout.MM(20)).Line(layout.MM(20), layout.MM(60)).Line(layout.MM(60), layout.MM(60)).Line(layout.MM(60), layout.MM(20)).Close()
	im, err := Draw(&layout.Page{W: layout.MM(100), H: layout.MM(100), Items: []layout.Item{p}}, 400)
	if err != nil {
		t.Fatal(err)
	}
	if in, hole := im.RGBAAt(40, 40), im.RGBAAt(160, 160); in != (color.RGBA{255, 0, 0, 255}) || hole != (color.RGBA{255, 255, 255, 255}) {
		t.Errorf("%v, %v in the hole", in, hole)
	}
}

// TestApart holds that tiles strewn over a picture look the same drawn one by one as in one mask: those that touch each
// other, or lie in another, too.
func TestApart(t *testing.T) {
	tiles := func() *layout.Path {
		p := &layout.Path{Fill: &red}
		for _, r := range []layout.Rect{mm(1, 1, 10, 7), mm(30.3, 2.7, 20, 9.9), mm(40, 8, 20, 20), mm(5.5, 60, 20, 30), mm(10, 65, 3, 3), mm(70, 70, 40, 8), mm(58, 20, 3, 60)} {
			p.Rectangle(r, layout.MM(1.3))
		}
		return p
	}
	const width = 600
	im, err := Draw(&layout.Page{W: layout.MM(100), H: layout.MM(100), Items: []layout.Item{tiles()}}, width)
	if err != nil {
		t.Fatal(err)
	}
	m := matrix{float64(width) / float64(layout.MM(100)), 0, 0, float64(width) / float64(layout.MM(100)), 0, 0}
	ps := flatten(tiles().Outline(), m)
	c := &canvas{im: image.NewRGBA(im.Bounds())}
	for i := range c.im.Pix {
		c.im.Pix[i] = 255
	}
	whole := c.bounds(ps, 0)
	if n := len(c.apart(ps, whole)); n != 7 {
		t.Errorf("%d parts", n)
	}
	c.raster.Reset(whole.Dx(), whole.Dy())
	c.trace(ps, whole)
	c.raster.Draw(c.im, whole, rgba(red), image.Point{})
	for i, v := range c.im.Pix {
		if d := int(v) - int(im.Pix[i]); d < -2 || d > 2 {
			t.Fatalf("pixel %d, %d: %d, want %d", i/4%width, i/4/width, im.Pix[i], v)
		}
	}
}

// TestApartSideBySide holds that nothing shines through where two tiles meet between two pixels.
func TestApartSideBySide(t *testing.T) {
	p := &layout.Path{Fill: &red}
	p.Rectangle(mm(10, 10, 40.05, 80), 0)
	p.Rectangle(mm(50.05, 10, 40, 80), 0)
	im, err := Draw(&layout.Page{W: layout.MM(100), H: layout.MM(100), Items: []layout.Item{p}}, 1000)
	if err != nil {
		t.Fatal(err)
	}
	for x := 490; x < 512; x++ {
		if c := im.RGBAAt(x, 500); c.G > 4 {
			t.Errorf("pixel %d is %v", x, c)
		}
	}
}

func TestCovers(t *testing.T) {
	r := image.Rect(0, 0, 10, 5)
	for _, tc := range []struct {
		points [][2]float32
		want   bool
	}{
		{[][2]float32{{0, 0}, {10, 0}, {10, 5}, {0, 5}}, true},
		{[][2]float32{{-1, -3}, {-1, 7}, {12, 7}, {12, -3}, {-1, -3}}, true},
		{[][2]float32{{0, 0}, {9.9, 0}, {9.9, 5}, {0, 5}}, false},
		{[][2]float32{{0, 0}, {10, 5}, {10, 0}, {0, 5}}, false},
		{[][2]float32{{-20, 0}, {5, -20}, {30, 0}, {5, 30}}, false},
		{[][2]float32{{0, 0}, {10, 0}, {10, 5}}, false},
	} {
		if got := covers(tc.points, r); got != tc.want {
			t.Errorf("%v: %v", tc.points, got)
		}
	}
}
