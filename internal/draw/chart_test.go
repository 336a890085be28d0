package draw

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"testing"

	"vitrine/internal/layout"
	"vitrine/internal/png"
	"vitrine/internal/svg"
)

// font reads a face of the theme, once.
var font = func() func(testing.TB, string, int) *layout.Font {
	var mu sync.Mutex
	known := map[string]*layout.Font{}
	return func(t testing.TB, name string, weight int) *layout.Font {
		t.Helper()
		mu.Lock()
		defer mu.Unlock()
		if f := known[name]; f != nil {
			return f
		}
		data, err := os.ReadFile("../../themes/default/fonts/" + name + ".ttf")
		if err != nil {
			t.Fatal(err)
		}
		f, err := layout.ParseFont(name, "text", weight, false, data)
		if err != nil {
			t.Fatal(err)
		}
		known[name] = f
		return f
	}
}()

func token(name string, c layout.Color) layout.Color {
	c.Token = name
	return c
}

func themeLook(t testing.TB, size layout.Length) *Look {
	t.Helper()
	l := NewLook(layout.NewShaper("fr"), font(t, "text-400", 400), size, token("accent", layout.RGBColor(0x1d, 0x5b, 0x3c)),
		token("ink", layout.RGBColor(0x1c, 0x22, 0x1d)), token("paper", layout.White))
	l.Strong = font(t, "text-600", 600)
	return &l
}

const px = layout.Mm // a page's drawings count in pixels

// long labels as programmes have them
var long = []string{
	"Réduire ses emballages et favoriser la consigne", "Éteindre la vitrine et l’enseigne la nuit", "Trier les biodéchets",
	"Choisir des produits d’entretien écolabellisés", "Anticonstitutionnellementetrèslonguementincassable", "Eau",
	"Limiter le gaspillage alimentaire en proposant un doggy-bag", "Être sobre",
}

// random is a small generator, the same everywhere.
type random uint64

func (r *random) next() float64 {
	*r = *r*6364136223846793005 + 1442695040888963407
	return float64(*r>>11) / (1 << 53)
}

func sample(kind Kind, n, k int, seed uint64) *Chart {
	r := random(seed)
	c := &Chart{Kind: kind}
	for i := range n {
		c.Labels = append(c.Labels, long[(i+int(seed))%len(long)])
	}
	for s := range k {
		one := Series{Name: fmt.Sprintf("Série %d", s+1)}
		for range n {
			v := math.Round(r.next()*1000 - 200)
			if kind == Funnel || kind == Share || kind == Stacked {
				v = math.Abs(v)
			}
			if int(v)%5 == 0 {
				v = 0
			}
			one.Values = append(one.Values, v)
			one.Texts = append(one.Texts, fmt.Sprintf("%.0f %%", v))
		}
		c.Series = append(c.Series, one)
	}
	return c
}

func trials() map[string]*Chart {
	out := map[string]*Chart{}
	for kind, name := range Kinds {
		for _, n := range []int{1, 3, 9} {
			for _, k := range []int{1, 3} {
				if k > 1 && (Kind(kind) == Funnel || Kind(kind) == Share) {
					continue
				}
				for seed := range uint64(2) {
					out[fmt.Sprintf("%s-%d-%d-%d", name, n, k, seed)] = sample(Kind(kind), n, k, seed)
				}
			}
		}
	}
	return out
}

// ink is the box around the letters of a text, from their outlines.
func ink(t *layout.Text) layout.Rect {
	var box layout.Rect
	var pen int64
	em := int64(t.Font.UnitsPerEm)
	for _, g := range t.Glyphs {
		p := layout.Path{Segs: t.Font.Outline(g.ID)}
		if b := p.Bounds(); b.W > 0 {
			at := func(units int64) layout.Length { return layout.Length(units * int64(t.Size) / em) }
			box = box.Union(layout.Rect{X: t.X + at(pen+int64(g.XOff)+int64(b.X)), Y: t.Y - at(int64(b.Y+b.H)+int64(g.YOff)), W: at(int64(b.W)), H: at(int64(b.H))})
		}
		pen += int64(g.Adv)
	}
	return box
}

// slack is the side bearing that a letter may reach over.
func slack(size layout.Length) layout.Length { return size / 20 }

func checkTexts(t *testing.T, name string, d Drawing, box layout.Rect) {
	t.Helper()
	var seen []*layout.Text
	for _, item := range d.Items {
		switch it := item.(type) {
		case *layout.Text:
			r := ink(it)
			s := slack(it.Size)
			if !box.Inset(-s).Contains(r) {
				t.Errorf("%s: %q leaves the box: %v in %v", name, it.Text, r, box)
			}
			for _, o := range seen {
				if crosses(inset(r, s), []layout.Rect{inset(ink(o), s)}) {
					t.Errorf("%s: %q lies over %q", name, it.Text, o.Text)
				}
			}
			seen = append(seen, it)
		case *layout.Path:
			if b := it.Bounds(); !box.Inset(-it.Width / 2).Contains(b) {
				t.Errorf("%s: a shape leaves the box: %v in %v", name, b, box)
			}
		}
	}
}

// TestChartsStayInside: no text or shape leaves the drawing's box, and no text lies over another.
func TestChartsStayInside(t *testing.T) {
	for name, c := range trials() {
		for _, w := range []layout.Length{220 * px, 340 * px, 900 * px} {
			d, err := c.Draw(layout.Rect{X: 7 * px, Y: 3 * px, W: w}, themeLook(t, 15*px))
			if err != nil {
				t.Fatal(name, err)
			}
			if d.Overflow || d.H <= 0 || len(d.Items) == 0 {
				t.Errorf("%s in %v: %d items, height %v, overflow %v", name, w, len(d.Items), d.H, d.Overflow)
			}
			checkTexts(t, fmt.Sprint(name, " in ", w), d, layout.Rect{X: 7 * px, Y: 3 * px, W: w, H: d.H})
		}
	}
}

// TestChartsInABox: where a box has a height the chart keeps to it, or says that it does not.
func TestChartsInABox(t *testing.T) {
	fitted := 0
	for name, c := range trials() {
		box := layout.Rect{X: layout.MM(20), Y: layout.MM(30), W: layout.MM(150), H: layout.MM(70)}
		d, err := c.Draw(box, themeLook(t, layout.PT(11)))
		if err != nil {
			t.Fatal(name, err)
		}
		if d.Overflow {
			if len(c.Labels) < 6 {
				t.Errorf("%s does not fit", name)
			}
			continue
		}
		fitted++
		checkTexts(t, name, d, box)
	}
	if fitted < len(trials())/2 {
		t.Errorf("only %d of %d fit", fitted, len(trials()))
	}
}

// barsOf are the plain rectangles of a drawing of one series.
func barsOf(d Drawing) []layout.Rect {
	var out []layout.Rect
	for _, item := range d.Items {
		if p, ok := item.(*layout.Path); ok && p.Fill != nil && len(p.Segs) == 5 {
			out = append(out, p.Bounds())
		}
	}
	return out
}

// TestLengths: a greater value has a longer bar, in proportion.
func TestLengths(t *testing.T) {
	values := []float64{1, 2, 3, 10, 50, 100}
	labels := []string{"a", "b", "c", "d", "e", "f"}
	for _, kind := range []Kind{Bars, Columns, Funnel} {
		c := &Chart{Kind: kind, Labels: labels, Series: []Series{{Values: values}}}
		d, err := c.Draw(layout.Rect{W: 340 * px}, themeLook(t, 15*px))
		if err != nil {
			t.Fatal(err)
		}
		var lengths []layout.Length
		for _, b := range barsOf(d) {
			l := b.W
			if kind == Columns {
				l = b.H
			}
			if kind == Funnel && b.H < 25*px { // what joins two bars
				continue
			}
			lengths = append(lengths, l)
		}
		if len(lengths) != len(values) {
			t.Fatalf("%s: %d bars", Kinds[kind], len(lengths))
		}
		for i := 1; i < len(values); i++ {
			if lengths[i] <= lengths[i-1] && values[i] > 4 {
				t.Errorf("%s: %v is as long as %v", Kinds[kind], values[i], values[i-1])
			}
		}
		if ratio := float64(lengths[5]) / float64(lengths[4]); math.Abs(ratio-2) > 0.01 {
			t.Errorf("%s: 100 is %.3f times as long as 50", Kinds[kind], ratio)
		}
	}
}

func TestChartsRefuse(t *testing.T) {
	one := func(kind Kind, values ...float64) *Chart {
		return &Chart{Kind: kind, Labels: make([]string, len(values)), Series: []Series{{Values: values}}}
	}
	two := one(Funnel, 1)
	two.Series = append(two.Series, two.Series[0])
	short := one(Bars, 1, 2)
	short.Series[0].Values = short.Series[0].Values[:1]
	for name, c := range map[string]*Chart{
		"NaN": one(Bars, math.NaN()), "infinite": one(Lines, math.Inf(1)), "huge": one(Bars, 1e300), "negative share": one(Share, -1),
		"negative funnel": one(Funnel, 2, -1), "two funnels": two, "too few": short, "no such kind": one(Kind(77), 1),
	} {
		if d, err := c.Draw(layout.Rect{W: 340 * px}, themeLook(t, 15*px)); err == nil || len(d.Items) > 0 {
			t.Errorf("%s is drawn", name)
		}
	}
	if d, err := (&Chart{}).Draw(layout.Rect{W: 340 * px}, themeLook(t, 15*px)); err != nil || len(d.Items) > 0 || d.H != 0 {
		t.Error("nothing is not an empty drawing:", d, err)
	}
}

// TestMissingLetters: a character that no font draws is told.
func TestMissingLetters(t *testing.T) {
	c := &Chart{Labels: []string{"漢字"}, Series: []Series{{Values: []float64{1}}}}
	d, _ := c.Draw(layout.Rect{W: 340 * px}, themeLook(t, 15*px))
	if len(d.Missing) != 2 {
		t.Errorf("missing: %v", d.Missing)
	}
}

func timeline() *Timeline {
	return &Timeline{From: 0, To: 364, Ticks: []Tick{{0, "janv. 2023"}, {90, "avril"}, {181, "juillet"}, {273, "octobre"}},
		Rows: []Stretch{
			{Label: "Prospection", Text: "du 1er janvier au 30 avril 2023", From: 0, To: 119},
			{Label: "Accompagnement et visites des entreprises engagées", Text: "du 1er mai au 30 septembre 2023", From: 120, To: 272},
			{Label: "Jury", Text: "17 octobre 2023", From: 289, To: 289, Milestone: true},
			{Label: "Cérémonie", Text: "30 novembre 2023", From: 364, To: 364, Milestone: true},
		}}
}

func TestTimeline(t *testing.T) {
	for _, w := range []layout.Length{200 * px, 340 * px, 900 * px} {
		tl := timeline()
		d, err := tl.Draw(layout.Rect{W: w}, themeLook(t, 15*px))
		if err != nil || d.Overflow {
			t.Fatal(err, d.Overflow)
		}
		checkTexts(t, fmt.Sprint("timeline in ", w), d, layout.Rect{W: w, H: d.H})
	}
	for name, tl := range map[string]*Timeline{
		"backwards": {From: 3, To: 1}, "outside": {From: 0, To: 9, Rows: []Stretch{{From: 0, To: 10}}},
		"phase backwards": {From: 0, To: 9, Rows: []Stretch{{From: 5, To: 4}}}, "tick": {From: 0, To: 9, Ticks: []Tick{{At: 12}}},
	} {
		if tl.Check() == nil {
			t.Errorf("%s is drawn", name)
		}
	}
}

// TestDrawingsRepeat: the same figures give the same drawing.
func TestDrawingsRepeat(t *testing.T) {
	for name, c := range trials() {
		a, _ := c.Draw(layout.Rect{W: 340 * px}, themeLook(t, 15*px))
		b, _ := c.Draw(layout.Rect{W: 340 * px}, themeLook(t, 15*px))
		if string(encode(a, 340*px)) != string(encode(b, 340*px)) || !reflect.DeepEqual(a.H, b.H) {
			t.Errorf("%s: two drawings", name)
		}
	}
}

func encode(d Drawing, w layout.Length) []byte {
	return svg.Encode(&layout.Page{W: w, H: d.H, Items: d.Items}, svg.Options{Variables: true, LiveText: true, Inline: true})
}

// TestLook writes the drawings as pictures where VITRINE_DRAWINGS names a folder, to be looked at.
func TestLook(t *testing.T) {
	folder := os.Getenv("VITRINE_DRAWINGS")
	if folder == "" {
		t.Skip("VITRINE_DRAWINGS names no folder")
	}
	show := func(name string, w layout.Length, d Drawing) {
		margin := 10 * px
		var items []layout.Item
		items = append(items, &layout.Group{Transform: &layout.Matrix{A: 1, D: 1, E: margin, F: margin}, Items: d.Items})
		data, err := png.Encode(&layout.Page{W: w + 2*margin, H: d.H + 2*margin, Items: items}, int((w+2*margin)/px)*3/2)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(folder, name+".png"), data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for name, c := range trials() {
		if strings.HasSuffix(name, "-1") {
			for _, w := range []layout.Length{340 * px, 700 * px} {
				d, _ := c.Draw(layout.Rect{W: w}, themeLook(t, 15*px))
				show(fmt.Sprintf("%s-%.0f", name, w.MM()), w, d)
			}
		}
	}
	d, _ := timeline().Draw(layout.Rect{W: 340 * px}, themeLook(t, 15*px))
	show("timeline-340", 340*px, d)
	d, _ = timeline().Draw(layout.Rect{W: 700 * px}, themeLook(t, 15*px))
	show("timeline-700", 700*px, d)
	for _, n := range []int{1, 5, 20, 60} {
		d, _ = cloud(n, 3).Draw(layout.Rect{W: 340 * px}, cloudLook(t))
		show(fmt.Sprintf("cloud-%d", n), 340*px, d)
	}
}
