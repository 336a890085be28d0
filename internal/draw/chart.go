package draw

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"vitrine/internal/layout"
)

// Kind is a form of chart.
type Kind uint8

// Forms of charts.
const (
	Bars    Kind = iota // lying bars, a row for each label: for long labels
	Columns             // upright columns, those of the series side by side
	Stacked             // upright columns, the series on one another
	Lines               // a line for each series, over labels in the order of time
	Funnel              // centred bars, from the many to the few; one series
	Share               // one bar of parts, with its legend; one series
)

// Kinds are the names of the forms, in their order, as templates write them.
var Kinds = [...]string{"bars", "columns", "stacked", "lines", "funnel", "share"}

// A Chart is figures to draw: a value for each label and series. What is written beside a value is given,
// with its unit: a chart knows no language.
type Chart struct {
	Kind   Kind
	Labels []string
	Series []Series
	Totals []string       // on each column of Stacked; may be empty
	Colors []layout.Color // of the parts of Share, of the series of the others; the look's where there is none
}

// Series is a value for each label. Texts are the values in words, none for those that show none.
type Series struct {
	Name   string // for the legend, which stands where there are two series or more
	Values []float64
	Texts  []string
}

// Look is how drawings look. Series tell themselves apart by colour and by pattern, so that
// black-and-white prints and readers who see no colours do too.
type Look struct {
	Shaper        *layout.Shaper // one goroutine's
	Font          *layout.Font   // of labels
	Strong        *layout.Font   // of values; nil: the same
	Size, MinSize layout.Length  // of texts: they shrink where the box asks for it

	Ink, Muted, Line, Paper layout.Color   // texts, lesser texts, thin lines, what is behind
	Series                  []layout.Color // in turn
}

// NewLook takes its colours from three: values in the accent and the ink, lines of the ink thinned.
func NewLook(shaper *layout.Shaper, font *layout.Font, size layout.Length, accent, ink, paper layout.Color) Look {
	return Look{
		Shaper: shaper, Font: font, Size: size, MinSize: size * 7 / 10,
		Ink: ink, Muted: ink, Line: ink.Tint(30), Paper: paper, Series: []layout.Color{accent, ink},
	}
}

// A Drawing is what was drawn, in the box it was drawn for.
type Drawing struct {
	Items   []layout.Item
	H       layout.Length // what it takes of the box's height
	Size    layout.Length // of its texts, the smallest of them in a cloud
	Missing []layout.Missing
	// Overflow: at its smallest size it is still larger than the box. It is drawn nevertheless.
	Overflow bool
}

// greatest bounds values: beyond it lengths would lose their meaning.
const greatest = 1e15

// Check tells what cannot be drawn: values that are no numbers, too few or too many of them, parts
// below nothing.
func (c *Chart) Check() error {
	if int(c.Kind) >= len(Kinds) {
		return fmt.Errorf("no such form of chart: %d", c.Kind)
	}
	for _, s := range c.Series {
		if len(s.Values) != len(c.Labels) {
			return fmt.Errorf("%d values for %d labels", len(s.Values), len(c.Labels))
		}
		if len(s.Texts) != 0 && len(s.Texts) != len(s.Values) {
			return fmt.Errorf("%d texts for %d values", len(s.Texts), len(s.Values))
		}
		for _, v := range s.Values {
			if math.IsNaN(v) || math.Abs(v) > greatest {
				return fmt.Errorf("%v cannot be drawn", v)
			}
			if v < 0 && (c.Kind == Funnel || c.Kind == Share || c.Kind == Stacked) {
				return errors.New("a part cannot be less than nothing")
			}
		}
	}
	if len(c.Series) > 1 && (c.Kind == Funnel || c.Kind == Share) {
		return errors.New("this form of chart has one series")
	}
	if len(c.Totals) != 0 && len(c.Totals) != len(c.Labels) {
		return fmt.Errorf("%d totals for %d labels", len(c.Totals), len(c.Labels))
	}
	return nil
}

// Height is what the chart takes of a page at this width, when its height is free.
func (c *Chart) Height(width layout.Length, look *Look) layout.Length {
	d, _ := c.Draw(layout.Rect{W: width}, look)
	return d.H
}

// Draw draws the chart in a box; a box without a height is as high as the chart wants. Texts shrink down
// to the smallest size where the box asks for it, and columns too narrow for their labels become bars.
// A chart without values is an empty drawing.
func (c *Chart) Draw(box layout.Rect, look *Look) (Drawing, error) {
	if err := c.Check(); err != nil {
		return Drawing{}, err
	}
	if len(c.Labels) == 0 || len(c.Series) == 0 {
		return Drawing{}, nil
	}
	form := c.bars
	switch c.Kind {
	case Columns, Stacked:
		if d := look.fit(box, c.columns, false); !d.Overflow {
			return d, nil
		}
		if c.Kind == Stacked { // one bar after the other says less, and takes less room
			form = c.bars
		}
	case Lines:
		form = c.lines
	case Funnel:
		form = c.funnel
	case Share:
		form = c.share
	}
	return look.fit(box, form, true), nil
}

// text is what stands beside a value.
func (s *Series) text(i int) string {
	if i < len(s.Texts) {
		return s.Texts[i]
	}
	return ""
}

// extent is the least and the greatest value, with nothing between them.
func (c *Chart) extent() (lo, hi float64) {
	for _, s := range c.Series {
		for _, v := range s.Values {
			lo, hi = min(lo, v), max(hi, v)
		}
	}
	if lo == hi {
		hi = 1
	}
	return lo, hi
}

// color is that of a series or a part.
func (c *Chart) color(i int, look *Look) layout.Color {
	if i < len(c.Colors) {
		return c.Colors[i]
	}
	if len(look.Series) == 0 {
		return look.Ink
	}
	return look.Series[i%len(look.Series)]
}

// pen draws one drawing at one size.
type pen struct {
	*Look
	size    layout.Length
	items   []layout.Item
	missing []layout.Missing
	last    bool // there is no smaller size: words too long for a line are cut
	over    bool
}

// fit draws at the largest size at which the box holds the form.
func (l *Look) fit(box layout.Rect, form func(*pen, layout.Rect) layout.Length, last bool) Drawing {
	least := l.MinSize
	if least <= 0 || least > l.Size {
		least = l.Size
	}
	for size := l.Size; ; size -= max(l.Size/24, 1) {
		size = max(size, least)
		p := &pen{Look: l, size: size, last: last && size == least}
		h := form(p, box)
		over := p.over || box.H > 0 && h > box.H+layout.Mm/1000
		if !over || size == least {
			return Drawing{Items: p.items, H: h, Size: size, Missing: p.missing, Overflow: over}
		}
	}
}

// endless is a height without end.
const endless = layout.Length(1) << 40

// leading is from baseline to baseline, in thousandths of the size.
const leading = 1220

func (p *pen) line() layout.Length { return p.size * leading / 1000 }

// strong is the font of values.
func (p *pen) strong() *layout.Font {
	if p.Strong != nil {
		return p.Strong
	}
	return p.Font
}

func (p *pen) width(s string, font *layout.Font) layout.Length {
	if s == "" {
		return 0
	}
	fit := p.Shaper.Text(layout.Rect{W: endless, H: endless}, one(s, font, p.Ink), layout.TextStyle{Size: p.size, Lines: 1})
	return fit.Bounds.W
}

func (p *pen) widest(list []string, font *layout.Font) layout.Length {
	var w layout.Length
	for _, s := range list {
		w = max(w, p.width(s, font))
	}
	return w
}

func one(s string, font *layout.Font, color layout.Color) []layout.Para {
	return []layout.Para{{Spans: []layout.Span{{Text: s, Font: font, Color: color, Lining: true}}}}
}

// fitted sets a text without showing it: to know its height.
func (p *pen) fitted(box layout.Rect, s string, font *layout.Font, color layout.Color, align layout.Align) layout.Fit {
	if s == "" || box.W <= 0 {
		p.over = p.over || s != ""
		return layout.Fit{}
	}
	box.H = endless
	style := layout.TextStyle{Size: p.size, Leading: leading, Align: align}
	fit := p.Shaper.Text(box, one(s, font, color), style)
	if fit.Overflow && p.last {
		fit = p.Shaper.Text(box, p.cut(s, font, color, box.W), style)
	}
	p.over = p.over || fit.Overflow
	return fit
}

// cut breaks a text wherever a line is full: for words that no line holds.
func (p *pen) cut(s string, font *layout.Font, color layout.Color, w layout.Length) []layout.Para {
	var out []layout.Para
	for runes := []rune(s); len(runes) > 0; {
		n := 1
		for n < len(runes) && p.width(string(runes[:n+1]), font) <= w {
			n++
		}
		out = append(out, one(string(runes[:n]), font, color)...)
		runes = runes[n:]
	}
	return out
}

// put shows a text that was set.
func (p *pen) put(fit layout.Fit) {
	p.items = append(p.items, fit.Items...)
	for _, m := range fit.Missing {
		if !slices.Contains(p.missing, m) {
			p.missing = append(p.missing, m)
		}
	}
}

// text sets a text from the top of a box and returns its height.
func (p *pen) text(box layout.Rect, s string, font *layout.Font, color layout.Color, align layout.Align) layout.Length {
	fit := p.fitted(box, s, font, color, align)
	p.put(fit)
	return fit.Height
}

// stroke draws a thin line.
func (p *pen) stroke(x0, y0, x1, y1 layout.Length, color layout.Color, width layout.Length) {
	path := (&layout.Path{Stroke: &color, Width: width}).Move(x0, y0).Line(x1, y1)
	p.items = append(p.items, path)
}
