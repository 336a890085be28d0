package piece

import (
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"

	"vitrine/internal/layout"
)

// flowTable is a Markdown table on its way into a flow: each row is a block that no page cuts, the head
// stands again where the table goes on.
type flowTable struct {
	m      *flowText
	align  []layout.Align
	head   []layout.Para
	rows   [][]layout.Para
	widths []layout.Length
	gap    layout.Length // between columns
	th, td *blockStyle
	rule   layout.Color
	strong layout.Color // of the rule below the head
}

func (m *flowText) table(n *extast.Table) {
	t := &flowTable{m: m, th: m.box.styles["th"], td: m.box.styles["td"]}
	t.gap = t.td.text.Size * 4 / 5
	for _, a := range n.Alignments {
		t.align = append(t.align, map[extast.Alignment]layout.Align{extast.AlignRight: layout.Right, extast.AlignCenter: layout.Center}[a])
	}
	for row := n.FirstChild(); row != nil; row = row.NextSibling() {
		if _, ok := row.(*extast.TableHeader); ok {
			t.head = t.cells(row, t.th)
		} else {
			t.rows = append(t.rows, t.cells(row, t.td))
		}
	}
	if len(t.align) == 0 || m.run.font(t.th.style) == nil || m.run.font(t.td.style) == nil {
		return
	}
	t.rule, t.strong = m.run.ink(&expr{source: "line"}), m.plain
	if c := m.box.styles["table"].color; c != nil {
		t.strong = m.run.ink(c)
	}
	t.measure(m.width)
	t.blocks()
}

// cells are the texts of a row, as many as the table has columns.
func (t *flowTable) cells(row ast.Node, bs *blockStyle) []layout.Para {
	out := make([]layout.Para, len(t.align))
	i := 0
	for c := row.FirstChild(); c != nil && i < len(out); c = c.NextSibling() {
		t.m.style, t.m.color = bs.style, t.m.plain
		if color, ok := t.m.run.color(bs.color); ok {
			t.m.color = color
		}
		t.m.inline(c, &out[i], false, bs.italic)
		trim(&out[i])
		if bs.upper {
			for j := range out[i].Spans {
				out[i].Spans[j].Text = strings.ToUpper(out[i].Spans[j].Text)
			}
		}
		i++
	}
	return out
}

// style is how a column's cells are set.
func (t *flowTable) style(bs *blockStyle, column int) layout.TextStyle {
	st := bs.text
	st.Align, st.VAlign, st.Lines, st.Balance = t.align[column], layout.Top, 0, false
	return st
}

// natural is the width of a cell on one line, and of its widest word.
func (t *flowTable) natural(p layout.Para, bs *blockStyle, column int) (line, word layout.Length) {
	if len(p.Spans) == 0 {
		return 0, 0
	}
	st := t.style(bs, column)
	st.Align = layout.Left
	width := func(w layout.Length) (most layout.Length) {
		for _, item := range t.m.run.shaper.Text(layout.Rect{W: w, H: 1 << 40}, []layout.Para{p}, st).Items {
			if x, ok := item.(*layout.Text); ok {
				most = max(most, x.X+x.Width())
			}
		}
		return most + layout.Mm/100
	}
	return width(1 << 36), width(layout.Mm / 10)
}

// measure shares the width: columns of figures take what they need, their heads over several lines if
// they must; the others share the rest as their texts ask. A table is as wide as its column of the page.
func (t *flowTable) measure(whole layout.Length) {
	n := len(t.align)
	t.widths = make([]layout.Length, n)
	least := make([]layout.Length, n)
	room := whole - t.gap*layout.Length(n-1)
	for i := range n {
		line, word := t.natural(t.head[i], t.th, i)
		want, least0 := word, word
		if t.align[i] == layout.Left {
			want = line
		}
		for _, row := range t.rows {
			line, word := t.natural(row[i], t.td, i)
			want, least0 = max(want, line), max(least0, word)
		}
		t.widths[i], least[i] = want, least0
	}
	sum := layout.Length(0)
	for _, w := range t.widths {
		sum += w
	}
	if sum <= room {
		t.spread(room - sum)
		return
	}
	// what is too much is taken from the widest, down to their widest words
	for over := sum - room; over > 0; {
		widest := -1
		for i, w := range t.widths {
			if w > least[i] && (widest < 0 || w-least[i] > t.widths[widest]-least[widest]) {
				widest = i
			}
		}
		if widest < 0 { // too wide whatever is done: its cells will say so
			t.widths[slices.Index(t.widths, slices.Max(t.widths))] -= over
			return
		}
		take := min(over, max((t.widths[widest]-least[widest])/2, layout.Mm/10), t.widths[widest]-least[widest])
		t.widths[widest] -= take
		over -= take
	}
}

// spread shares what is left over: heads of figures get a line or two, the first column of words the rest.
func (t *flowTable) spread(left layout.Length) {
	first := max(slices.Index(t.align, layout.Left), 0)
	for i := range t.widths {
		if i != first && t.align[i] != layout.Left {
			line, _ := t.natural(t.head[i], t.th, i)
			more := max(0, min(line-t.widths[i], t.th.text.Size*5-t.widths[i], left/layout.Length(2*len(t.widths))))
			t.widths[i], left = t.widths[i]+more, left-more
		}
	}
	t.widths[first] += left
}

// height is that of a row, without the space around its text; what does not fit is said once.
func (t *flowTable) height(row []layout.Para, bs *blockStyle) layout.Length {
	most := layout.Length(0)
	for i, p := range row {
		if len(p.Spans) == 0 {
			continue
		}
		fit := t.m.run.shaper.Text(layout.Rect{W: t.widths[i], H: 1 << 40}, []layout.Para{p}, t.style(bs, i))
		most = max(most, fit.Height)
		t.m.run.missing(t.m.box.text, fit.Missing)
		if fit.Overflow {
			t.m.run.overflow(t.m.box.text, textOf(p))
		}
	}
	return most
}

func textOf(p layout.Para) string {
	var b strings.Builder
	for _, sp := range p.Spans {
		b.WriteString(sp.Text)
	}
	return b.String()
}

// draw sets a row at its place, with a rule below it.
func (t *flowTable) draw(row []layout.Para, bs *blockStyle, rule layout.Color, width layout.Length) func(layout.Rect) []layout.Item {
	shaper := t.m.run.shaper
	return func(at layout.Rect) []layout.Item {
		var out []layout.Item
		x := at.X
		for i, p := range row {
			if len(p.Spans) > 0 {
				st := t.style(bs, i)
				if bs == t.th {
					st.VAlign = layout.Bottom
				}
				out = append(out, shaper.Text(layout.Rect{X: x, Y: at.Y + bs.before, W: t.widths[i], H: at.H - bs.before - bs.after}, []layout.Para{p}, st).Items...)
			}
			x += t.widths[i] + t.gap
		}
		c := rule
		line := (&layout.Path{Stroke: &c, Width: width}).Move(at.X, at.Y+at.H).Line(at.X+at.W, at.Y+at.H)
		return append(out, line)
	}
}

func (t *flowTable) blocks() {
	table := t.m.box.styles["table"]
	thin, thick := layout.PT(0.4), layout.PT(1)
	var head func(layout.Rect) []layout.Item
	var height layout.Length
	if slices.ContainsFunc(t.head, func(p layout.Para) bool { return len(p.Spans) > 0 }) {
		height = t.height(t.head, t.th) + t.th.before + t.th.after
		head = t.draw(t.head, t.th, t.strong, thick)
		t.m.blocks = append(t.m.blocks, layout.Block{Before: table.before, Height: height, Art: head, Keep: len(t.rows) > 0})
	}
	for i, row := range t.rows {
		b := layout.Block{
			Height: t.height(row, t.td) + t.td.before + t.td.after, Art: t.draw(row, t.td, t.rule, thin),
			Keep: i == 0 && len(t.rows) > 1 || i == len(t.rows)-2, // no row alone at either end
		}
		if i > 0 {
			b.Head, b.HeadHeight = head, height
		} else if head == nil {
			b.Before = table.before
		}
		if i == len(t.rows)-1 {
			b.After = table.after
		}
		t.m.blocks = append(t.m.blocks, b)
	}
}
