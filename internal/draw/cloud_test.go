package draw

import (
	"fmt"
	"math"
	"reflect"
	"slices"
	"testing"

	"vitrine/internal/layout"
)

var cloudWords = []string{"économies", "zéro déchet", "local", "énergie", "Éco-geste", "partage", "eau", "réemploi", "circuit court", "compost",
	"sobriété", "réparer", "vélo", "biodiversité", "saison", "consigne", "proximité", "fierté", "équipe", "gaspillage", "qualité", "engagement", "ÉCOUTE", "bocage"}

func cloud(n int, seed uint64) *Cloud {
	r := random(seed)
	c := &Cloud{}
	for i := range n {
		w := cloudWords[i%len(cloudWords)]
		if i >= len(cloudWords) {
			w = fmt.Sprint(w, " ", i)
		}
		c.Words = append(c.Words, Word{w, math.Round(1 + 40*r.next()*r.next())})
	}
	return c
}

func cloudLook(t testing.TB) *Look {
	l := themeLook(t, 52*px)
	l.MinSize = 12 * px
	return l
}

func textsOf(d Drawing) map[string][]*layout.Text {
	out := map[string][]*layout.Text{}
	for _, item := range d.Items {
		if t, ok := item.(*layout.Text); ok {
			out[t.Text] = append(out[t.Text], t)
		}
	}
	return out
}

func checkCloud(t *testing.T, c *Cloud, d Drawing, box layout.Rect) {
	t.Helper()
	texts := textsOf(d)
	var rects []layout.Rect
	for _, list := range texts {
		for _, x := range list {
			r := ink(x)
			if !box.Contains(r) {
				t.Errorf("%q leaves the box: %v in %v", x.Text, r, box)
			}
			if crosses(r, rects) {
				t.Errorf("%q touches another word", x.Text)
			}
			rects = append(rects, r)
		}
	}
	for _, w := range c.Words {
		if len(texts[w.Text]) == 0 {
			t.Errorf("%q is not there", w.Text)
		}
	}
}

// TestCloud: every word is there, inside, touching none, not smaller than asked, larger when heavier.
func TestCloud(t *testing.T) {
	for _, n := range []int{1, 2, 5, 24, 60} {
		for seed := range uint64(4) {
			c := cloud(n, seed)
			for _, box := range []layout.Rect{{W: 340 * px}, {X: 5 * px, Y: 9 * px, W: 700 * px}, {X: 5 * px, Y: 9 * px, W: 600 * px, H: 300 * px}} {
				d, err := c.Draw(box, cloudLook(t))
				if err != nil {
					t.Fatal(err)
				}
				if d.Overflow {
					t.Errorf("%d words overflow %v", n, box)
				}
				if box.H == 0 {
					box.H = d.H
				}
				checkCloud(t, c, d, box)
				texts := textsOf(d)
				for _, a := range c.Words {
					if s := texts[a.Text][0].Size; s < 12*px {
						t.Errorf("%q is set in %v", a.Text, s)
					}
					for _, b := range c.Words {
						if a.Weight > b.Weight && texts[a.Text][0].Size < texts[b.Text][0].Size {
							t.Errorf("%q (%v) is smaller than %q (%v)", a.Text, a.Weight, b.Text, b.Weight)
						}
					}
				}
			}
		}
	}
}

// TestCloudNeverDrops: in a box far too small all words are there, and it is said.
func TestCloudNeverDrops(t *testing.T) {
	c := cloud(40, 1)
	box := layout.Rect{W: 60 * px, H: 30 * px}
	d, err := c.Draw(box, cloudLook(t))
	if err != nil || !d.Overflow {
		t.Error(err, d.Overflow)
	}
	checkCloud(t, c, d, box)
}

func TestCloudRepeats(t *testing.T) {
	c := cloud(30, 2)
	a, _ := c.Draw(layout.Rect{W: 340 * px}, cloudLook(t))
	turned := &Cloud{Words: slices.Clone(c.Words)}
	slices.Reverse(turned.Words)
	for _, other := range []*Cloud{c, turned} {
		b, _ := other.Draw(layout.Rect{W: 340 * px}, cloudLook(t))
		if !reflect.DeepEqual(encode(a, 340*px), encode(b, 340*px)) {
			t.Error("another cloud of the same words")
		}
	}
}

func TestCloudRefuses(t *testing.T) {
	for _, w := range []float64{0, -1, math.NaN(), math.Inf(1)} {
		if _, err := (&Cloud{Words: []Word{{"eau", w}}}).Draw(layout.Rect{W: 340 * px}, cloudLook(t)); err == nil {
			t.Errorf("the weight %v is drawn", w)
		}
	}
	if d, err := (&Cloud{}).Draw(layout.Rect{W: 340 * px}, cloudLook(t)); err != nil || len(d.Items) > 0 || d.H != 0 {
		t.Error("no words:", d, err)
	}
}

func FuzzCloud(f *testing.F) {
	f.Add("eau", 3.0, "énergie", 1.0, "", 2.0)
	f.Add("a\nb", 1e-9, "漢字", 1e15, "x", 1.0)
	f.Fuzz(func(t *testing.T, a string, x float64, b string, y float64, c string, z float64) {
		if len(a)+len(b)+len(c) > 200 {
			return
		}
		cl := &Cloud{Words: []Word{{a, x}, {b, y}, {c, z}}}
		d, err := cl.Draw(layout.Rect{W: 340 * px, H: 200 * px}, cloudLook(t))
		if err == nil && d.H > 200*px {
			t.Error("the cloud is higher than its box")
		}
	})
}

func FuzzChart(f *testing.F) {
	f.Add(uint8(0), "Réduire", "12 %", 12.0, -3.0)
	f.Add(uint8(4), "", "", 0.0, 0.0)
	f.Add(uint8(3), "a b c d e f", "1 000 000 000 000 €", 1e15, -1e15)
	f.Fuzz(func(t *testing.T, kind uint8, label, text string, x, y float64) {
		if len(label)+len(text) > 300 {
			return
		}
		c := &Chart{Kind: Kind(kind), Labels: []string{label, "b"}, Series: []Series{{Name: label, Values: []float64{x, y}, Texts: []string{text, text}}}}
		d, err := c.Draw(layout.Rect{W: 340 * px}, themeLook(t, 15*px))
		if err == nil && (d.H < 0 || d.H > 1<<40) {
			t.Errorf("height %v", d.H)
		}
	})
}

func BenchmarkCloud60(b *testing.B) {
	c, l := cloud(60, 3), cloudLook(b)
	for b.Loop() {
		if _, err := c.Draw(layout.Rect{W: 340 * px}, l); err != nil {
			b.Fatal(err)
		}
	}
}

// TestCloudOfATooLongWord: a box too narrow for the lightest word is known before any word has looked for
// its place, and left unchanged: a text of thousands of letters among the words takes no half minute.
func TestCloudOfATooLongWord(t *testing.T) {
	words := []cloudWord{{w: 2, above: 0.7, deep: 0.2, size: 40, x: 7, y: 7}, {w: 5_000, above: 0.7, deep: 0.2, size: 10}}
	if scatter(words, 1_000, 500, 4) || words[0].x != 7 || words[0].y != 7 {
		t.Errorf("words were placed: %+v", words)
	}
	words[1].w = 3
	if !scatter(words, 1_000, 500, 4) || words[0].x == 7 {
		t.Errorf("no words were placed: %+v", words)
	}
}
