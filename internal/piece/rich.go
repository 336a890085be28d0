package piece

import (
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	mdparser "github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"vitrine/internal/layout"
	"vitrine/internal/typography"
)

// richBox is kind = "rich": a little Markdown, with paragraphs, lists, bold and italic.
type richBox struct {
	text  *expr
	style *style
	grow  bool
	space int // between paragraphs, in thousandths of the size
	// hyphens allows words to be cut
	hyphens bool
}

// dialect is the Markdown of pieces. What paper has no use for (code, HTML, link definitions) is text like
// any other: a template whose lines are indented, or a « < », loses no word.
var dialect = mdparser.NewParser(dialectOptions()...)

// flowDialect has tables too.
var flowDialect = mdparser.NewParser(append(dialectOptions(),
	mdparser.WithParagraphTransformers(util.Prioritized(extension.NewTableParagraphTransformer(), 200)))...)

func dialectOptions() []mdparser.Option {
	return []mdparser.Option{mdparser.WithBlockParsers(
		util.Prioritized(mdparser.NewThematicBreakParser(), 200),
		util.Prioritized(mdparser.NewListParser(), 300),
		util.Prioritized(mdparser.NewListItemParser(), 400),
		util.Prioritized(mdparser.NewATXHeadingParser(mdparser.WithHeadingAttribute()), 600),
		util.Prioritized(mdparser.NewBlockquoteParser(), 800),
		util.Prioritized(indented{mdparser.NewParagraphParser()}, 1000),
	),
		mdparser.WithInlineParsers(
			util.Prioritized(mdparser.NewLinkParser(), 200),
			util.Prioritized(mdparser.NewAutoLinkParser(), 300),
			util.Prioritized(mdparser.NewEmphasisParser(), 500),
		)}
}

// indented takes lines for paragraphs however far they stand in.
type indented struct{ mdparser.BlockParser }

// CanAcceptIndentedLine is goldmark's question.
func (indented) CanAcceptIndentedLine() bool { return true }

func parseRich(r *reader) drawer {
	r.need("text")
	return &richBox{text: r.expr("text"), style: r.style("style"), grow: r.boolean("grow", false), space: int(r.number("space", 0.5, 0, 5) * 1000), hyphens: r.boolean("hyphens", false)}
}

func (b *richBox) fixed() bool { return b.text.static() && b.style.color.static() }

func (b *richBox) draw(r *run, at layout.Rect) layout.Length {
	if b.text == nil {
		return 0
	}
	source := clean(r.eval(b.text))
	if source == "" || r.font(b.style) == nil {
		return 0
	}
	m := markdown{run: r, style: b.style, color: r.ink(b.style.color), source: []byte(source), space: b.space, hyphens: b.hyphens}
	if r.heard != nil {
		return at.H
	}
	m.blocks(dialect.Parse(text.NewReader(m.source)), 0)
	if len(m.paras) == 0 {
		return 0
	}
	return r.set(b.text, at, m.paras, b.style, b.grow, source)
}

// markdown turns a parsed text into paragraphs.
type markdown struct {
	run     *run
	style   *style
	color   layout.Color
	source  []byte
	space   int
	hyphens bool
	paras   []layout.Para
	marker  string
}

// indent of a list, in thousandths of the size.
const listIndent = 1100

func (m *markdown) blocks(n ast.Node, depth int) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Paragraph, *ast.TextBlock:
			m.para(c, depth, false)
		case *ast.Heading:
			m.para(c, depth, true)
		case *ast.List:
			number := c.Start
			for item := c.FirstChild(); item != nil; item = item.NextSibling() {
				m.marker = "•"
				if c.IsOrdered() {
					m.marker = trimFloat(float64(number)) + "."
					number++
				}
				m.blocks(item, depth+1)
			}
		default:
			m.blocks(c, depth)
		}
	}
}

func (m *markdown) para(n ast.Node, depth int, bold bool) {
	p := layout.Para{Indent: depth * listIndent, Hyphens: m.hyphens && !bold}
	m.inline(n, &p, bold, m.style.italic)
	if len(p.Spans) == 0 {
		return
	}
	if len(m.paras) > 0 {
		p.Before = m.space
		if depth > 0 && m.marker != "" && m.paras[len(m.paras)-1].Indent > 0 {
			p.Before = m.space / 2
		}
	}
	if depth > 0 && m.marker != "" {
		p.Marker, p.Hang = m.span(m.marker, false, false), listIndent
		m.marker = ""
	}
	trim(&p)
	m.paras = append(m.paras, p)
}

// trim takes off the spaces at the ends of the source's lines, which are not the paragraph's.
func trim(p *layout.Para) {
	if len(p.Spans) == 0 {
		return
	}
	first, last := &p.Spans[0], &p.Spans[len(p.Spans)-1]
	first.Text = strings.TrimLeft(first.Text, " ")
	last.Text = strings.TrimRight(last.Text, " ")
}

// unescaped is a stretch of Markdown as it reads: without its backslashes, its entities as characters.
func unescaped(b []byte) string {
	return string(util.UnescapePunctuations(util.ResolveEntityNames(util.ResolveNumericReferences(b))))
}

func (m *markdown) inline(n ast.Node, p *layout.Para, bold, italic bool) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Text:
			s := unescaped(c.Segment.Value(m.source))
			if c.HardLineBreak() {
				s += "\n"
			} else if c.SoftLineBreak() {
				s += " "
			}
			p.Spans = append(p.Spans, m.span(s, bold, italic))
		case *ast.String:
			p.Spans = append(p.Spans, m.span(string(c.Value), bold, italic))
		case *ast.Emphasis:
			m.inline(c, p, bold || c.Level == 2, italic || c.Level == 1)
		case *ast.AutoLink:
			p.Spans = append(p.Spans, m.span(string(c.Label(m.source)), bold, italic))
		default: // also a picture, of which paper shows what it is called
			m.inline(c, p, bold, italic)
		}
	}
}

func (m *markdown) span(s string, bold, italic bool) layout.Span {
	st := *m.style
	if bold {
		st.weight = max(st.weight, 700)
	}
	st.italic = italic
	return layout.Span{Text: m.typeset(s), Font: m.run.font(&st), Color: m.color, Lining: st.lining}
}

// typeset puts a stretch into the language's typography. The spaces at its ends are between words, or
// before a mark that wants one; they stay.
func (m *markdown) typeset(s string) string {
	before, after := "", ""
	if strings.HasPrefix(s, " ") {
		before = "x"
	}
	if strings.HasSuffix(s, " ") {
		after = "x"
	}
	s = typography.Text(m.run.res.Language, before+s+after)
	return strings.TrimSuffix(strings.TrimPrefix(s, before), after)
}
