package piece

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"

	"vitrine/internal/diag"
	"vitrine/internal/draw"
	"vitrine/internal/layout"
)

// chartMark is how a text asks for a drawing: « ![What it shows](chart:bars) », then the table to draw.
const chartMark = "chart:"

// asksChart is the picture by which a paragraph asks that the table after it be drawn; nil: it does not.
func asksChart(n ast.Node) *ast.Image {
	if n.ChildCount() != 1 {
		return nil
	}
	if im, ok := n.FirstChild().(*ast.Image); ok && strings.HasPrefix(string(im.Destination), chartMark) {
		return im
	}
	return nil
}

// badChart says that a chart cannot be drawn.
func (m *flowText) badChart(reason string) {
	e := m.box.text
	m.run.report(diag.New(diag.TemplateRun, e.origin.Span(e.key), "reason", reason))
}

// chart draws a table as wide as the column: its first column names what is drawn, the others are its
// series. What is asked for is written below.
func (m *flowText) chart(asked *ast.Image, n *extast.Table) {
	name := strings.TrimPrefix(string(asked.Destination), chartMark)
	kind := slices.Index(draw.Kinds[:], name)
	if kind < 0 {
		m.badChart(name + ": " + strings.Join(draw.Kinds[:], ", "))
		return
	}
	c := &draw.Chart{Kind: draw.Kind(kind)}
	for row := n.FirstChild(); row != nil; row = row.NextSibling() {
		_, head := row.(*extast.TableHeader)
		i := 0
		for cell := row.FirstChild(); cell != nil; cell, i = cell.NextSibling(), i+1 {
			s := m.words(cell)
			switch {
			case head && i > 0:
				c.Series = append(c.Series, draw.Series{Name: s})
			case head || i > len(c.Series):
			case i == 0:
				c.Labels = append(c.Labels, s)
			default:
				v, ok := figureIn(s)
				if !ok {
					m.badChart(name + ": « " + s + " »")
					return
				}
				c.Series[i-1].Values, c.Series[i-1].Texts = append(c.Series[i-1].Values, v), append(c.Series[i-1].Texts, s)
			}
		}
	}
	if err := c.Check(); err != nil {
		m.badChart(name + ": " + err.Error())
		return
	}
	bs := m.box.styles["chart"]
	font := m.run.font(bs.style)
	if font == nil {
		return
	}
	strong := *bs.style
	strong.weight = max(strong.weight, 600)
	accent, paper := m.run.ink(&expr{source: "accent"}), m.run.ink(&expr{source: "paper"})
	if v, ok := m.run.color(bs.color); ok {
		accent = v
	}
	look := draw.NewLook(m.run.shaper, font, bs.text.Size, accent, m.plain, paper)
	look.MinSize = min(look.Size, max(look.MinSize, layout.PT(6.5)))
	look.Strong = m.run.font(&strong)
	height := min(c.Height(m.width, &look), m.height*9/10)
	trial, err := c.Draw(layout.Rect{W: m.width, H: height}, &look)
	if err != nil {
		m.badChart(name + ": " + err.Error())
		return
	}
	m.run.missing(m.box.text, trial.Missing)
	if trial.Overflow {
		m.run.overflow(m.box.text, m.words(asked))
	}
	m.blocks = append(m.blocks, layout.Block{Before: bs.before, After: bs.after, Height: height, Art: func(at layout.Rect) []layout.Item {
		d, _ := c.Draw(at, &look)
		return d.Items
	}})
	if asked.HasChildren() {
		m.blocks[len(m.blocks)-1].Keep = true
		at := len(m.blocks)
		m.block(asked, "caption", 0, "")
		if len(m.blocks) == at {
			m.blocks[at-1].Keep = false
		} else {
			m.blocks[at].Whole = true
		}
	}
}

// words are those of a cell, as they are set.
func (m *flowText) words(n ast.Node) string {
	var p layout.Para
	m.style = m.box.styles["chart"].style
	m.inline(n, &p, false, false)
	trim(&p)
	return strings.TrimSpace(textOf(p))
}

// figureIn is the number that a cell begins with, as either language writes it: « 1 234,5 % ». An empty
// cell, or « < 5 », has no length.
func figureIn(s string) (float64, bool) {
	if s = strings.TrimSpace(s); s == "" || s[0] == '<' {
		return 0, true // nothing, or too few to be told
	}
	var b strings.Builder
	for _, r := range strings.ReplaceAll(s, "−", "-") {
		switch {
		case r >= '0' && r <= '9', r == '-', r == '.':
			b.WriteRune(r)
		case r == ',':
			b.WriteByte('.')
		case unicode.IsSpace(r), r == '+', r == '≈':
		default:
			if b.Len() > 0 {
				v, err := strconv.ParseFloat(b.String(), 64)
				return v, err == nil
			}
			return 0, false
		}
	}
	v, err := strconv.ParseFloat(b.String(), 64)
	return v, err == nil
}
