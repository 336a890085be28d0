package piece

import (
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"

	"vitrine/internal/diag"
	"vitrine/internal/layout"
)

// flowBox is kind = "flow": Markdown that runs over as many pages as it needs. The side that it stands on
// is repeated for each.
type flowBox struct {
	text    *expr
	style   *style
	columns int
	gap     layout.Length
	hyphens bool
	balance bool
	styles  map[string]*blockStyle
	breaks  []string // kinds of headings that begin a page
}

// blockStyle is how a kind of block is set.
type blockStyle struct {
	*style
	before, after layout.Length
	indent        layout.Length
	marker        string
	width         layout.Length // of the ornament
}

// The kinds of blocks, as [box.styles] calls them.
var blockKinds = []string{"h1", "h2", "h3", "h4", "p", "list", "quote", "rule", "table", "th", "td", "chart", "caption"}

func parseFlow(r *reader) drawer {
	r.need("text")
	b := &flowBox{
		text: r.expr("text"), style: r.style("style"), columns: r.integer("columns", 1, 1, 6), gap: r.mm("gap", 6, 0, 200),
		hyphens: r.boolean("hyphens", true), balance: r.boolean("balance", false), styles: map[string]*blockStyle{},
	}
	if r.has("break_before") {
		b.breaks, _ = r.table.Strings("break_before")
		for _, k := range b.breaks {
			if !slices.Contains(blockKinds[:4], k) {
				r.bad(diag.New(diag.BadChoice, r.table.Span("break_before"), "value", k, "key", "break_before", "choices", "h1, h2, h3, h4"))
			}
		}
	}
	b.defaults(layout.Length(r.number("space", 0.5, 0, 5) * float64(b.style.text.Size)))
	if !r.has("styles") {
		return b
	}
	t, ok := r.table.Table("styles")
	if !ok {
		r.wrong("styles", "a-table")
		return b
	}
	sr := r.parser.read(t)
	for _, kind := range blockKinds {
		if !sr.has(kind) {
			continue
		}
		table, ok := t.Table(kind)
		if !ok {
			sr.wrong(kind, "a-table")
			continue
		}
		b.styles[kind].read(r.parser.read(table))
	}
	sr.done()
	return b
}

// defaults are the styles that follow from the box's own.
func (b *flowBox) defaults(space layout.Length) {
	size := b.style.text.Size
	for _, kind := range blockKinds {
		st := *b.style
		bs := &blockStyle{style: &st, before: space, after: space}
		scale := map[string]layout.Length{"h1": 1800, "h2": 1400, "h3": 1150, "h4": 1000}[kind]
		switch {
		case scale > 0:
			st.text.Size, st.weight = size*scale/1000, 700
			st.text.Align, st.text.Balance = layout.Left, true
			bs.before, bs.after = size*scale/1000, size/2
		case kind == "list":
			bs.before, bs.after, bs.marker, bs.indent = space/2, space/2, "•", size*listIndent/1000
		case kind == "quote":
			bs.indent = size * listIndent / 1000
		case kind == "rule":
			bs.before, bs.after, bs.width = size, size, layout.MM(24)
		case kind == "table":
			bs.before, bs.after = size, size
		case kind == "th":
			st.weight, bs.before, bs.after = max(st.weight, 600), size/4, size/4
		case kind == "chart":
			bs.before, bs.after = size, size/2
		case kind == "caption":
			st.text.Size, bs.before, bs.after = size*9/10, size/4, size
		case kind == "td":
			bs.before, bs.after = size/4, size/4
		}
		b.styles[kind] = bs
	}
}

func (bs *blockStyle) read(r *reader) {
	if r.table.Has("use") {
		if named := r.styles[r.str("use")]; named != nil {
			copied := *named
			bs.style = &copied
		} else {
			r.unknownStyle("use", nil)
		}
	}
	r.styleKeys(bs.style)
	bs.before = r.mm("space_before", bs.before.MM(), 0, 200)
	bs.after = r.mm("space_after", bs.after.MM(), 0, 200)
	bs.indent = r.mm("indent", bs.indent.MM(), 0, 200)
	bs.width = r.mm("width", bs.width.MM(), 0, 500)
	if r.has("marker") {
		bs.marker = r.str("marker")
	}
	r.done()
}

func (b *flowBox) fixed() bool { return false }

// draw puts the columns of the page in hand into it.
func (b *flowBox) draw(r *run, at layout.Rect) layout.Length {
	set := r.flows[b]
	if set == nil || r.scope.Blank || r.heard != nil {
		return at.H
	}
	for c := r.part * b.columns; c < (r.part+1)*b.columns && c < len(set.Columns); c++ {
		r.items = append(r.items, set.Columns[c]...)
	}
	return at.H
}

// lay sets the whole text, before the first page is drawn: its length decides how many there are.
func (b *flowBox) lay(r *run, at layout.Rect) (pages int) {
	if b.text == nil {
		return 0
	}
	width := (at.W - b.gap*layout.Length(b.columns-1)) / layout.Length(b.columns)
	m := flowText{box: b, width: width, height: at.H, markdown: markdown{run: r, style: b.style, source: []byte(clean(r.eval(b.text)))}, plain: r.ink(b.style.color)}
	m.walk(flowDialect.Parse(text.NewReader(m.source)), 0, "")
	if len(m.blocks) == 0 {
		return 0
	}
	set := r.shaper.Flow(m.blocks, b.columns, b.balance, func(c int) layout.Rect {
		return layout.Rect{X: at.X + layout.Length(c%b.columns)*(width+b.gap), Y: at.Y, W: width, H: at.H}
	})
	r.missing(b.text, set.Missing)
	if set.Overflow {
		r.overflow(b.text, set.Wide)
	}
	for i := range m.heads {
		m.heads[i].Page = set.Starts[m.at[i]] / b.columns
	}
	if r.flows == nil {
		r.flows = map[*flowBox]*flowed{}
	}
	r.flows[b] = &flowed{Flow: set, heads: m.heads}
	return (len(set.Columns) + b.columns - 1) / b.columns
}

// flowed is a flow's text as it was set.
type flowed struct {
	layout.Flow
	heads []Heading // their pages counted from 0
}

// Heading is one of a flow's, for a table of contents.
type Heading struct {
	Title string
	Level int
	Page  int
	Color string // the one that the text asks for; may be empty
}

// flowText turns a parsed text into blocks.
type flowText struct {
	markdown
	box    *flowBox
	width  layout.Length // of a column
	height layout.Length
	plain  layout.Color
	blocks []layout.Block
	heads  []Heading
	at     []int // the block of each
}

func (m *flowText) walk(n ast.Node, depth int, kind string) {
	drawn := false // the table in hand was, by the paragraph before it
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Heading:
			m.heading(c)
		case *ast.Paragraph, *ast.TextBlock:
			if asked := asksChart(c); asked != nil {
				if table, ok := c.NextSibling().(*extast.Table); ok {
					m.chart(asked, table)
					drawn = true
				} else {
					m.badChart(string(asked.Destination))
				}
				break
			}
			m.block(c, kindOr(kind, "p"), depth, "")
		case *ast.ThematicBreak:
			m.rule()
		case *extast.Table:
			if !drawn {
				m.table(c)
			}
			drawn = false
		case *ast.Blockquote:
			m.walk(c, depth, "quote")
		case *ast.List:
			number := c.Start
			for item := c.FirstChild(); item != nil; item = item.NextSibling() {
				m.marker = m.box.styles["list"].marker
				if c.IsOrdered() {
					m.marker = trimFloat(float64(number)) + "."
					number++
				}
				m.walk(item, depth+1, "list")
			}
		default:
			m.walk(c, depth, kind)
		}
	}
}

func kindOr(kind, otherwise string) string {
	if kind == "" {
		return otherwise
	}
	return kind
}

func (m *flowText) heading(h *ast.Heading) {
	kind := blockKinds[min(h.Level, 4)-1]
	color := ""
	if v, ok := h.AttributeString("color"); ok {
		if b, ok := v.([]byte); ok {
			color = string(b)
		}
	}
	m.marker = m.box.styles[kind].marker
	start := len(m.blocks)
	m.block(h, kind, 0, color)
	if len(m.blocks) == start {
		return
	}
	b := &m.blocks[start]
	b.Keep, b.Whole, b.Level = true, true, h.Level
	b.NewPage = slices.Contains(m.box.breaks, kind)
	var title strings.Builder
	for _, sp := range b.Para.Spans {
		title.WriteString(sp.Text)
	}
	m.heads, m.at = append(m.heads, Heading{Title: title.String(), Level: h.Level, Color: color}), append(m.at, start)
}

// block adds a paragraph in the style of its kind. color is one that the text asks for itself.
func (m *flowText) block(n ast.Node, kind string, depth int, color string) {
	bs := m.box.styles[kind]
	m.style, m.color = bs.style, m.plain
	if c, ok := m.run.color(bs.color); ok {
		m.color = c
	}
	if color != "" {
		c, ok := m.run.res.Palette.find(color)
		if m.run.heard != nil {
			m.run.heard.color(c)
		}
		if ok {
			m.color = c
		} else {
			m.run.report(diag.New(diag.BadColour, m.box.text.origin.Span(m.box.text.key), "value", color))
		}
	}
	if m.run.font(bs.style) == nil {
		return
	}
	ts := bs.text
	p := layout.Para{Hyphens: m.box.hyphens && (kind == "p" || kind == "list" || kind == "quote")}
	m.inline(n, &p, false, bs.italic)
	trim(&p)
	if len(p.Spans) == 0 {
		return
	}
	if bs.upper {
		for i := range p.Spans {
			p.Spans[i].Text = strings.ToUpper(p.Spans[i].Text)
		}
	}
	p.Indent = int(bs.indent * layout.Length(max(depth, 1)) * 1000 / ts.Size)
	b := layout.Block{Para: p, Style: ts, Before: bs.before, After: bs.after}
	if m.marker != "" {
		b.Para.Marker, b.Para.Hang = m.span(m.marker, false, false), int(bs.indent*1000/ts.Size)
		m.marker = ""
	}
	m.blocks = append(m.blocks, b)
}

// rule is an ornament: a row of dots.
func (m *flowText) rule() {
	bs := m.box.styles["rule"]
	color := m.plain
	if c, ok := m.run.color(bs.color); ok {
		color = c
	}
	size := layout.PT(1.6)
	m.blocks = append(m.blocks, layout.Block{Before: bs.before, After: bs.after, Height: size, Loose: true, Art: func(at layout.Rect) []layout.Item {
		x, y := at.X, at.Y+at.H/2
		switch w := min(bs.width, at.W); bs.text.Align {
		case layout.Center:
			x += (at.W - w) / 2
		case layout.Right:
			x += at.W - w
		}
		c := color
		return []layout.Item{&layout.Path{Stroke: &c, Width: size, Round: true, Dash: []layout.Length{0, 2 * size},
			Segs: []layout.Seg{{Op: layout.MoveTo, P: [3]layout.Point{{X: x, Y: y}}}, {Op: layout.LineTo, P: [3]layout.Point{{X: x + min(bs.width, at.W), Y: y}}}}}}
	}})
}
