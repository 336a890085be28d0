package draw

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"vitrine/internal/layout"
)

// A Cloud is words of different weight. The area of a word's letters grows with its weight, all words
// are there, and none touches another.
type Cloud struct {
	Words []Word
}

// Word is a word, or a few, of a cloud.
type Word struct {
	Text   string
	Weight float64 // above 0
}

// spread is how many times the size of the lightest word the heaviest has, at most.
const spread = 4

// illegible is how many times smaller than the least size asked for a word is not worth its drawing.
const illegible = 8

// Check tells what cannot be drawn.
func (c *Cloud) Check() error {
	for _, w := range c.Words {
		if math.IsNaN(w.Weight) || w.Weight <= 0 || w.Weight > greatest {
			return fmt.Errorf("%q cannot have the weight %v", w.Text, w.Weight)
		}
	}
	return nil
}

// Height is what the cloud takes at this width, when its height is free.
func (c *Cloud) Height(width layout.Length, look *Look) layout.Length {
	d, _ := c.Draw(layout.Rect{W: width}, look)
	return d.H
}

// cloudWord is a word on its way: its measures at size 1, in millionths, and its place.
type cloudWord struct {
	text           string
	weight         float64
	fit            layout.Fit    // at the size of the pen
	left, base     layout.Length // where its letters begin in it, and their baseline
	w, above, deep float64       // for a size of 1: width, height above the baseline, depth below it
	size           layout.Length
	x, y           layout.Length // of the baseline, from the middle
}

// Draw sets the heaviest word in the middle and the others around it in order of weight, each as near as
// there is room. Size is that of the heaviest word, MinSize that of the lightest at least. When they do
// not fit, all become smaller; below MinSize the drawing is drawn and said to overflow, far below nothing is drawn. A box without a
// height is as high as the cloud. The same words give the same cloud.
func (c *Cloud) Draw(box layout.Rect, look *Look) (Drawing, error) {
	if err := c.Check(); err != nil {
		return Drawing{}, err
	}
	p := &pen{Look: look, size: look.Size}
	words := c.measure(p)
	if len(words) == 0 || box.W <= 0 {
		return Drawing{Overflow: len(words) > 0}, nil
	}
	least := max(look.MinSize, 1)
	high := box.H
	for most := max(look.Size, least); ; most = most * 94 / 100 {
		most = max(most, 1)
		if most < least/illegible {
			return Drawing{Overflow: true, Missing: p.missing}, nil
		}
		floor := min(least, most)
		size(words, most, floor)
		if box.H <= 0 {
			high = roomy(words, box.W)
			if high > box.W*9/10 && most > least*2 { // a cloud is not a column
				continue
			}
		}
		if scatter(words, box.W, high, most/10) || most == 1 {
			d := Drawing{H: high, Size: words[len(words)-1].size, Missing: p.missing, Overflow: most < least}
			place(p, words, box, &d, box.H <= 0)
			d.Items = p.items
			return d, nil
		}
	}
}

// measure shapes each word once, at the size of the pen, the heaviest first.
func (c *Cloud) measure(p *pen) []cloudWord {
	words := make([]cloudWord, 0, len(c.Words))
	for _, w := range c.Words {
		w.Text = strings.Join(strings.Fields(w.Text), " ")
		fit := p.Shaper.Text(layout.Rect{W: endless, H: endless}, one(w.Text, p.strong(), p.Ink), layout.TextStyle{Size: p.size, Lines: 1})
		box, em := letters(fit.Items), float64(p.size)
		if box.W == 0 { // nothing to see
			continue
		}
		cw := cloudWord{text: w.Text, weight: w.Weight, fit: fit, left: box.X, w: float64(box.W) / em}
		cw.base = fit.Items[0].(*layout.Text).Y
		cw.above, cw.deep = float64(cw.base-box.Y)/em, float64(box.Y+box.H-cw.base)/em
		words = append(words, cw)
		for _, m := range fit.Missing {
			if !slices.Contains(p.missing, m) {
				p.missing = append(p.missing, m)
			}
		}
	}
	slices.SortStableFunc(words, func(a, b cloudWord) int {
		return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(a.text, b.text))
	})
	return words
}

// letters is the box around the shapes of the letters of some texts.
func letters(items []layout.Item) layout.Rect {
	var box layout.Rect
	for _, item := range items {
		t, ok := item.(*layout.Text)
		if !ok {
			continue
		}
		em, pen := layout.Length(t.Font.UnitsPerEm), layout.Length(0)
		for _, g := range t.Glyphs {
			outline := layout.Path{Segs: t.Font.Outline(g.ID)}
			if b := outline.Bounds(); b.W > 0 {
				x, y := pen+layout.Length(g.XOff)+b.X, b.Y+b.H+layout.Length(g.YOff)
				box = box.Union(layout.Rect{X: t.X + x*t.Size/em, Y: t.Y - y*t.Size/em, W: b.W*t.Size/em + 1, H: b.H*t.Size/em + 1})
			}
			pen += layout.Length(g.Adv)
		}
	}
	return box
}

// size gives the words their sizes, from the heaviest to the lightest: the area goes with the weight.
func size(words []cloudWord, most, least layout.Length) {
	heaviest := words[0].weight
	least = max(least, min(most, most/spread))
	for i := range words {
		s := layout.Length(float64(most) * math.Sqrt(words[i].weight/heaviest))
		words[i].size = max(s, least)
	}
}

// roomy is the height in which words of these sizes stand loosely.
func roomy(words []cloudWord, w layout.Length) layout.Length {
	area, tallest := 0.0, 0.0
	for i := range words {
		s := float64(words[i].size)
		high := s * (words[i].above + words[i].deep + 0.2)
		area += (s*words[i].w + s/2) * high
		tallest = max(tallest, high)
	}
	return layout.Length(max(area*1.45/float64(w), tallest*1.05))
}

// narrow tells whether each word by itself has room in the box.
func narrow(words []cloudWord, w, h layout.Length) bool {
	for i := range words {
		word := &words[i]
		s := float64(word.size)
		if layout.Length(s*word.w)+1 > w || layout.Length(s*word.above)+layout.Length(s*word.deep)+2 > h {
			return false
		}
	}
	return true
}

// scatter gives each word the first free place on a spiral around the middle; false when one finds none.
func scatter(words []cloudWord, w, h, gap layout.Length) bool {
	if !narrow(words, w, h) { // before the others have looked for their places in vain
		return false
	}
	taken := make([]layout.Rect, 0, len(words))
	inside := layout.Rect{X: -w / 2, Y: -h / 2, W: w, H: h}
	flat := float64(h) / float64(w)
	far := math.Hypot(float64(w), float64(h)) / 2 / min(1, max(flat, 0.05))
	for i := range words {
		word := &words[i]
		s := float64(word.size)
		ww, above, deep := layout.Length(s*word.w)+1, layout.Length(s*word.above)+1, layout.Length(s*word.deep)+1
		found := false
		step := max(s/5, float64(w)/400)
		// an Archimedean spiral, as flat as the box, walked in even steps
		for angle, radius := 0.0, 0.0; radius <= far; {
			sin, cos := math.Sincos(angle)
			x := layout.Length(radius*cos) - ww/2
			y := layout.Length(radius*sin*flat) + (above-deep)/2
			r := layout.Rect{X: x, Y: y - above, W: ww, H: above + deep}
			if inside.Contains(r) {
				around := layout.Rect{X: r.X - gap*3/2, Y: r.Y - gap, W: r.W + 3*gap, H: r.H + 2*gap}
				if !crosses(around, taken) {
					word.x, word.y = x, y
					taken = append(taken, r)
					found = true
					break
				}
			}
			turn := step / max(radius, step)
			angle += turn
			radius += step * 0.9 * turn / (2 * math.Pi)
		}
		if !found {
			return false
		}
	}
	return true
}

// place shows the words in the box. What is free above and below is given back.
func place(p *pen, words []cloudWord, box layout.Rect, d *Drawing, trim bool) {
	top, bottom := d.H/2, -d.H/2
	left, right := box.W/2, -box.W/2
	for i := range words {
		w := &words[i]
		s := float64(w.size)
		top, bottom = min(top, w.y-layout.Length(s*w.above)), max(bottom, w.y+layout.Length(s*w.deep))
		left, right = min(left, w.x), max(right, w.x+layout.Length(s*w.w))
	}
	dx, dy := box.X+box.W/2-(left+right)/2, box.Y+d.H/2-(top+bottom)/2
	if trim {
		dy, d.H = box.Y-top, bottom-top
	}
	accent := p.Ink
	if len(p.Series) > 0 {
		accent = p.Series[0]
	}
	for i := range words {
		w := &words[i]
		color := p.Ink
		if w.size*10 > words[0].size*6 { // the heavy ones
			color = accent
		}
		for _, item := range w.fit.Items {
			t, ok := item.(*layout.Text)
			if !ok {
				continue
			}
			c := *t
			c.X = dx + w.x + (t.X-w.left)*w.size/p.size
			c.Y, c.Size, c.Color = dy+w.y+(t.Y-w.base)*w.size/p.size, w.size, color
			p.items = append(p.items, &c)
		}
	}
}
