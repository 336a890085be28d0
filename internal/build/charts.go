package build

import (
	"crypto/sha256"
	"fmt"
	"html/template"
	"strconv"
	"sync"

	"vitrine/internal/draw"
	"vitrine/internal/layout"
	"vitrine/internal/page"
	"vitrine/internal/piece"
	"vitrine/internal/svg"
)

// A page's drawings are made for a narrow screen, in which one millimetre stands for a pixel: a style
// sheet widens them, never so far that their letters become larger than those around.
const (
	chartWidth = 340 * layout.Mm
	chartText  = 15 * layout.Mm
	cloudWord  = 46 * layout.Mm
	cloudLeast = 14 * layout.Mm
)

// studio draws the charts of pages, with the theme's print fonts, which are those of the pages. They are
// read when the first chart is drawn.
type studio struct {
	*builder
	once         sync.Once
	text, strong *layout.Font
	title        *layout.Font
	sum          string
	palette      piece.Palette
	shapers      sync.Pool
}

// charts draws the charts of pages.
func (b *builder) charts() page.Charts { return &studio{builder: b} }

// Ground names the fonts and the colours.
func (s *studio) Ground() string {
	s.once.Do(s.furnish)
	return s.sum
}

func (s *studio) furnish() {
	f := s.printFonts()
	s.text, s.strong, s.title = f.fonts.Match("text", 400, false), f.fonts.Match("text", 600, false), f.fonts.Match("title", 400, false)
	if s.title == nil {
		s.title = s.strong
	}
	s.palette = piece.NewPalette(s.theme.Colors, s.site, nil)
	sum := sha256.Sum256(fmt.Appendf(f.sum[:], "%v", s.palette)) // in the order of its keys
	s.sum = string(sum[:])
}

// look is how drawings look on this page; give it back after.
func (s *studio) look(size layout.Length) *draw.Look {
	shaper, _ := s.shapers.Get().(*layout.Shaper)
	if shaper == nil {
		shaper = layout.NewShaper(s.site.Language)
	}
	l := draw.NewLook(shaper, s.text, size, s.palette["accent"], s.palette["ink"], s.palette["paper"])
	l.Strong, l.Muted, l.Line = s.strong, s.palette["muted"], s.palette["line"]
	return &l
}

// Draw draws a chart; nothing where the theme has no fonts or the figures cannot be drawn: the table says
// them.
func (s *studio) Draw(c *page.Chart) template.HTML {
	s.once.Do(s.furnish)
	if s.text == nil || s.strong == nil {
		return ""
	}
	look := s.look(chartText)
	defer s.shapers.Put(look.Shaper)
	box := layout.Rect{W: chartWidth}
	var d draw.Drawing
	var err error
	switch c.Kind {
	case "timeline":
		d, err = timelineOf(c).Draw(box, look)
	case "cloud":
		look.Size, look.MinSize, look.Strong = cloudWord, cloudLeast, s.title
		d, err = cloudOf(c).Draw(box, look)
	default:
		d, err = chartOf(c).Draw(box, look)
	}
	if err != nil || len(d.Items) == 0 {
		return ""
	}
	o := svg.Options{Variables: true, LiveText: true, Inline: true, Tenths: true, Title: c.Title, Text: &layout.Text{Size: d.Size, Color: look.Ink}}
	if c.Kind == "cloud" { // a list beside it has the words
		o.Title, o.Decorative = "", true
	}
	return template.HTML(svg.Encode(&layout.Page{W: box.W, H: d.H, Items: d.Items}, o))
}

func chartOf(c *page.Chart) *draw.Chart {
	out := &draw.Chart{}
	for kind, name := range draw.Kinds {
		if name == c.Kind {
			out.Kind = draw.Kind(kind)
		}
	}
	if len(c.Rows) == 0 {
		return out
	}
	out.Series = make([]draw.Series, len(c.Rows[0].Values))
	for k := range out.Series {
		if k < len(c.Names) {
			out.Series[k].Name = c.Names[k]
		}
	}
	for i, row := range c.Rows {
		out.Labels = append(out.Labels, row.Label)
		for k := range min(len(out.Series), len(row.Values)) {
			s := &out.Series[k]
			s.Values = append(s.Values, row.Values[k])
			text := ""
			if k < len(row.Texts) {
				text = row.Texts[k]
			}
			s.Texts = append(s.Texts, text)
		}
		if color, ok := colorOf(row.Color); ok && len(out.Colors) == i {
			out.Colors = append(out.Colors, color)
		}
	}
	return out
}

// colorOf reads #rrggbb.
func colorOf(s string) (layout.Color, bool) {
	if len(s) != 7 || s[0] != '#' {
		return layout.Color{}, false
	}
	v, err := strconv.ParseUint(s[1:], 16, 32)
	return layout.RGBColor(uint8(v>>16), uint8(v>>8), uint8(v)), err == nil
}

func timelineOf(c *page.Chart) *draw.Timeline {
	t := &draw.Timeline{}
	for i, row := range c.Rows {
		from, to := int(row.Values[0]), int(row.Values[1])
		if i == 0 {
			t.From, t.To = from, to
		}
		t.From, t.To = min(t.From, from), max(t.To, to)
		t.Rows = append(t.Rows, draw.Stretch{Label: row.Label, Text: row.Texts[0], From: from, To: to, Milestone: row.Milestone})
	}
	for _, k := range c.Ticks {
		t.From, t.To = min(t.From, k.At), max(t.To, k.At)
		t.Ticks = append(t.Ticks, draw.Tick{At: k.At, Label: k.Label})
	}
	return t
}

func cloudOf(c *page.Chart) *draw.Cloud {
	out := &draw.Cloud{}
	for _, row := range c.Rows {
		out.Words = append(out.Words, draw.Word{Text: row.Label, Weight: row.Values[0]})
	}
	return out
}
