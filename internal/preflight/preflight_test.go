package preflight

import (
	"math"
	"math/rand/v2"
	"os"
	"reflect"
	"testing"

	"vitrine/internal/layout"
)

func testFont(t testing.TB) *layout.Font {
	t.Helper()
	data, err := os.ReadFile("../../themes/default/fonts/text-400.ttf")
	if err != nil {
		t.Fatal(err)
	}
	f, err := layout.ParseFont("text-400", "text", 400, false, data)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// run is three glyphs of a font.
func run(f *layout.Font, size layout.Length, x, y layout.Length, c layout.Color) *layout.Text {
	return &layout.Text{Font: f, Size: size, X: x, Y: y, Color: c, Text: "abc", Glyphs: []layout.Glyph{{ID: 40, Len: 1, Adv: 500}, {ID: 41, Len: 1, Adv: 500}, {ID: 42, Len: 1, Adv: 500}}}
}

// frames makes pages from numbers: whatever they are, what comes out is a page that a template could
// have made, or one that no template should.
type frames struct {
	r    *rand.Rand
	font *layout.Font
}

func (g frames) length() layout.Length {
	switch g.r.IntN(12) {
	case 0:
		return 0
	case 1:
		return math.MaxInt32 * 1000
	case 2:
		return -math.MaxInt32 * 1000
	}
	return layout.Length(g.r.IntN(250*36000)) - 20*layout.Mm
}

func (g frames) color() layout.Color {
	c := layout.RGBColor(uint8(g.r.IntN(256)), uint8(g.r.IntN(256)), uint8(g.r.IntN(256)))
	if g.r.IntN(8) == 0 {
		c.Spot, c.Strength = "Gold", uint16(g.r.IntN(1001))
	}
	return c
}

func (g frames) path() *layout.Path {
	p := &layout.Path{EvenOdd: g.r.IntN(2) == 0, Round: g.r.IntN(2) == 0, Technical: g.r.IntN(10) == 0, Width: g.length() / 50}
	if c := g.color(); g.r.IntN(3) > 0 {
		p.Fill = &c
	}
	if c := g.color(); g.r.IntN(3) == 0 {
		p.Stroke = &c
	}
	switch g.r.IntN(4) {
	case 0:
		p.Rectangle(layout.Rect{X: g.length(), Y: g.length(), W: g.length(), H: g.length()}, 0)
	case 1:
		p.Ellipse(layout.Rect{X: g.length(), Y: g.length(), W: g.length(), H: g.length()})
	case 2:
		for range g.r.IntN(9) {
			p.Rects = append(p.Rects, layout.Rect{X: g.length(), Y: g.length(), W: g.length(), H: g.length()})
		}
	default:
		for range g.r.IntN(12) {
			s := layout.Seg{Op: layout.Op(g.r.IntN(4))}
			for i := range s.P {
				s.P[i] = layout.Point{X: g.length(), Y: g.length()}
			}
			p.Segs = append(p.Segs, s)
		}
	}
	return p
}

func (g frames) item(depth int) layout.Item {
	switch g.r.IntN(5) {
	case 0:
		return run(g.font, g.length()/20, g.length(), g.length(), g.color())
	case 1:
		return &layout.Image{Picture: &layout.Picture{Name: "x", W: g.r.IntN(900), H: g.r.IntN(900)}, Box: layout.Rect{X: g.length(), Y: g.length(), W: g.length(), H: g.length()}, Clip: layout.Rect{X: g.length(), Y: g.length(), W: g.length(), H: g.length()}}
	case 2:
		if depth < 4 {
			grp := &layout.Group{}
			if g.r.IntN(2) == 0 {
				grp.Transform = &layout.Matrix{A: g.r.Float64()*4 - 2, B: g.r.Float64()*4 - 2, C: g.r.Float64()*4 - 2, D: g.r.Float64()*4 - 2, E: g.length(), F: g.length()}
			}
			if g.r.IntN(2) == 0 {
				grp.Clip = g.path()
			}
			for range g.r.IntN(5) {
				grp.Items = append(grp.Items, g.item(depth+1))
			}
			return grp
		}
	}
	return g.path()
}

func (g frames) page() *layout.Page {
	p := &layout.Page{W: g.length(), H: g.length(), Bleed: layout.Length(g.r.IntN(5)) * layout.Mm, Safe: layout.Length(g.r.IntN(9)) * layout.Mm}
	if g.r.IntN(3) == 0 {
		p.Cut = g.path()
	}
	for range g.r.IntN(12) {
		p.Items = append(p.Items, g.item(0))
	}
	return p
}

// TestAnyFrame holds that nothing in a frame makes the checks fail, that they say the same twice, that
// findings name an item of the page, and that a light form can be made of it and leaves it alone.
func TestAnyFrame(t *testing.T) {
	g := frames{rand.New(rand.NewPCG(1, 2)), testFont(t)}
	var c Checker
	for range 3000 {
		p := g.page()
		codes := []Code{{Item: g.r.IntN(5), Address: "https://a.example/"}}
		found, sum := c.Page(p, codes, 0)
		first := append([]Finding(nil), found...)
		for _, f := range first {
			n := len(p.Items)
			if grp, ok := p.Items[0].(*layout.Group); ok {
				n += len(grp.Items)
			}
			if f.Rule >= rules || f.Item < 0 || f.Item >= n {
				t.Fatalf("%+v on a page of %d", f, n)
			}
		}
		again, sum2 := c.Page(p, codes, 0)
		if len(again) != len(first) || !reflect.DeepEqual(sum, sum2) {
			t.Fatal("said otherwise the second time")
		}
		light := Light(p)
		if third, sum3 := c.Page(p, codes, 0); len(third) != len(first) || !reflect.DeepEqual(sum, sum3) {
			t.Fatal("a light form changed its page")
		}
		if len(light.Items) != len(p.Items) {
			t.Fatal("a light form lost something")
		}
	}
}

// FuzzFrame is the same, over any seed.
func FuzzFrame(f *testing.F) {
	for seed := range uint64(8) {
		f.Add(seed)
	}
	font := testFont(f)
	f.Fuzz(func(t *testing.T, seed uint64) {
		g := frames{rand.New(rand.NewPCG(seed, 7)), font}
		var c Checker
		p := g.page()
		c.Page(p, []Code{{Item: 0, Address: "https://a.example/"}}, 0)
		l := Light(p)
		c.Page(&l, nil, 0)
	})
}

func TestContrast(t *testing.T) {
	for _, c := range []struct {
		a, b [3]uint8
		want float64
	}{
		{[3]uint8{0, 0, 0}, [3]uint8{255, 255, 255}, 21},
		{[3]uint8{0x77, 0x77, 0x77}, [3]uint8{255, 255, 255}, 4.48}, // WCAG's own example of what is just not enough
		{[3]uint8{0x76, 0x76, 0x76}, [3]uint8{255, 255, 255}, 4.54},
		{[3]uint8{12, 34, 56}, [3]uint8{12, 34, 56}, 1},
	} {
		if got := ratio(luminance(c.a), luminance(c.b)); math.Abs(got-c.want) > 0.01 {
			t.Errorf("%v on %v: %.3f, want %.2f", c.a, c.b, got, c.want)
		}
	}
}

// TestSummary holds that what was seen survives being written, and that the order of pages does not
// matter.
func TestSummary(t *testing.T) {
	g := frames{rand.New(rand.NewPCG(3, 4)), testFont(t)}
	var c Checker
	var all []Summary
	for range 60 {
		_, s := c.Page(g.page(), nil, 0)
		b := s.Append([]byte{7})
		got, rest, err := ParseSummary(append(b[1:], "rest"...))
		if err != nil || string(rest) != "rest" || !reflect.DeepEqual(got, s) {
			t.Fatalf("%+v became %+v, %q, %v", s, got, rest, err)
		}
		for n := range b[1:] {
			if _, _, err := ParseSummary(b[1 : 1+n]); err == nil {
				t.Fatalf("a summary cut after %d bytes was read", n)
			}
		}
		all = append(all, s)
	}
	var forth, back Summary
	for i := range all {
		forth.Merge(all[i])
		back.Merge(all[len(all)-1-i])
	}
	if !reflect.DeepEqual(forth, back) {
		t.Errorf("%+v and %+v", forth, back)
	}
}

// TestMirrored holds that a page read through glass is looked at like any other.
func TestMirrored(t *testing.T) {
	f := testFont(t)
	dark := layout.RGBColor(20, 40, 30)
	items := []layout.Item{
		(&layout.Path{Fill: &dark}).Rectangle(layout.Rect{X: 0, Y: 0, W: 50 * layout.Mm, H: 50 * layout.Mm}, 0),
		run(f, 5*layout.Pt, 20*layout.Mm, 20*layout.Mm, layout.White),
		run(f, 10*layout.Pt, 20*layout.Mm, 30*layout.Mm, dark),
	}
	straight := &layout.Page{W: 100 * layout.Mm, H: 50 * layout.Mm, Safe: 5 * layout.Mm, Items: items}
	mirrored := *straight
	mirrored.Items = []layout.Item{&layout.Group{Transform: &layout.Matrix{A: -1, D: 1, E: straight.W}, Items: items}, &layout.Path{Technical: true, Fill: &layout.WhiteInk}}
	var c Checker
	a, _ := c.Page(straight, nil, 0)
	first := append([]Finding(nil), a...)
	b, _ := c.Page(&mirrored, nil, 0)
	if len(first) != 3 || !reflect.DeepEqual(first, b) {
		t.Errorf("%+v\n%+v", first, b)
	}
}
