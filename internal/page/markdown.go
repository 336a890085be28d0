package page

import (
	"bytes"
	"html/template"
	"net/url"
	"strconv"
	"strings"
	"sync"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"vitrine/internal/diag"
	"vitrine/internal/model"
	"vitrine/internal/typography"
)

// Prose is CommonMark with tables. Raw HTML is left out, and so are addresses that
// could run something; headings move down below those of the page that holds them.
var markdown = goldmark.New(
	goldmark.WithParser(parser.NewParser(
		parser.WithBlockParsers(parser.DefaultBlockParsers()...),
		parser.WithInlineParsers(parser.DefaultInlineParsers()...),
		parser.WithParagraphTransformers(util.Prioritized(definitions{}, 100)),
		parser.WithAutoHeadingID(),
		parser.WithASTTransformers(util.Prioritized(setter{}, 100)),
	)),
	goldmark.WithExtensions(extension.Table, extension.Strikethrough),
	goldmark.WithRendererOptions(renderer.WithNodeRenderers(util.Prioritized(proseHTML{}, 100), util.Prioritized(tableHTML{}, 100))),
)

// definitions looks for definitions of links ([a]: /b/) in the paragraphs that have a
// bracket; goldmark would read each one again for them.
type definitions struct{}

func (definitions) Transform(p *ast.Paragraph, reader text.Reader, ctx parser.Context) {
	lines := p.Lines()
	if n := lines.Len(); n > 0 && bytes.IndexByte(reader.Source()[lines.At(0).Start:lines.At(n-1).Stop], '[') < 0 {
		return
	}
	parser.LinkReferenceParagraphTransformer.Transform(p, reader, ctx)
}

// jobKey is where a conversion finds its job in the parser's context.
var jobKey = parser.NewContextKey()

// job is one conversion: whose prose, for which page.
type job struct {
	r     *Renderer
	prose model.Prose
	down  int // levels that headings move down
	list  *diag.List
	found int // how far in the prose links were looked for

	source  []byte          // the prose, and after it the texts that typography changed
	anchors []string        // links to headings
	autos   []*ast.AutoLink // addresses that stand for themselves
	out     flat
}

var jobs = sync.Pool{New: func() any { return new(job) }}

// flat is a buffer that goldmark writes to without one of its own before it.
type flat struct{ bytes.Buffer }

// Buffered and Flush are those of a bufio.Writer that never holds anything back.
func (*flat) Buffered() int { return 0 }
func (*flat) Flush() error  { return nil }

// markdown converts prose. Links that lead nowhere are reported at their place.
func (r *Renderer) markdown(p model.Prose, down int, list *diag.List) template.HTML {
	if p.IsZero() {
		return ""
	}
	j := jobs.Get().(*job)
	j.r, j.prose, j.down, j.list, j.found = r, p, down, list, 0
	j.out.Reset()
	if !j.plain() {
		j.out.Reset()
		j.parse()
	}
	out := template.HTML(j.out.String())
	j.r, j.prose, j.list, j.anchors, j.autos = nil, model.Prose{}, nil, nil, nil
	jobs.Put(j)
	return out
}

// parse converts prose by goldmark.
func (j *job) parse() {
	j.source = append(j.source[:0], j.prose.Text...)
	ctx := parser.NewContext()
	ctx.IDs().Put([]byte("contenu")) // the page's own
	ctx.Set(jobKey, j)
	doc := markdown.Parser().Parse(text.NewReader(j.source), parser.WithContext(ctx))
	if err := markdown.Renderer().Render(&j.out, j.source, doc); err != nil {
		*j.list = append(*j.list, diag.New(diag.Unreadable, diag.Span{File: j.prose.File}, "reason", err.Error()))
	}
}

// setter goes over the parsed prose once: typography, headings, links, pictures.
type setter struct{}

func (setter) Transform(doc *ast.Document, reader text.Reader, ctx parser.Context) {
	j, ok := ctx.Get(jobKey).(*job)
	if !ok {
		return
	}
	j.below(doc)
	for _, target := range j.anchors {
		if target != "#contenu" && !hasHeading(doc, target[1:]) {
			j.dead(diag.DeadLink, target)
		}
	}
	for _, a := range j.autos {
		if a.AutoLinkType == ast.AutoLinkURL && j.link(a.URL(reader.Source())) == nil {
			a.Parent().ReplaceChild(a.Parent(), a, plainText(string(a.Label(reader.Source()))))
		}
	}
}

// below sets what is below a node.
func (j *job) below(n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch x := c.(type) {
		case *ast.Text:
			join(x)
			j.typeset(x)
			continue
		case *ast.CodeSpan, *ast.CodeBlock, *ast.FencedCodeBlock:
			continue
		case *ast.Heading:
			x.Level = min(max(x.Level, 2)+j.down, 6)
		case *ast.Link:
			x.Destination = j.link(x.Destination)
		case *ast.AutoLink:
			j.autos = append(j.autos, x)
		case *ast.Image:
			j.image(x)
		}
		j.below(c)
	}
}

// hasHeading reports whether a heading of the prose has an identifier.
func hasHeading(n ast.Node, id string) bool {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if h, ok := c.(*ast.Heading); ok {
			if v, ok := h.AttributeString("id"); ok {
				if v, ok := v.([]byte); ok && string(v) == id {
					return true
				}
			}
		}
		if hasHeading(c, id) {
			return true
		}
	}
	return false
}

// join makes one run of the runs that the parser cut where an image or a link might
// have begun: « oui ! » is one run.
func join(t *ast.Text) {
	for {
		next, ok := t.NextSibling().(*ast.Text)
		if !ok || t.SoftLineBreak() || t.HardLineBreak() || t.IsRaw() != next.IsRaw() || t.Segment.Stop != next.Segment.Start || t.Segment.Padding != 0 || next.Segment.Padding != 0 {
			return
		}
		t.Segment = t.Segment.WithStop(next.Segment.Stop)
		t.SetSoftLineBreak(next.SoftLineBreak())
		t.SetHardLineBreak(next.HardLineBreak())
		t.Parent().RemoveChild(t.Parent(), next)
	}
}

// resolve undoes the escapes of Markdown and HTML, as the renderer will: what is checked
// must be what browsers get.
func resolve(raw string) string {
	if strings.IndexByte(raw, '&') < 0 && strings.IndexByte(raw, '\\') < 0 {
		return raw
	}
	return string(util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations([]byte(raw)))))
}

// plainText is text as it stands: nothing in it is Markdown or an entity any more.
func plainText(s string) *ast.String {
	n := ast.NewString([]byte(s))
	n.SetRaw(true)
	return n
}

// typeset gives a run of text the typography of its language. What it becomes stands
// after the prose, and nothing in it is Markdown or an entity any more.
func (j *job) typeset(t *ast.Text) {
	seg := t.Segment
	var raw string
	if seg.Padding == 0 && !seg.ForceNewline {
		raw = j.prose.Text[seg.Start:seg.Stop]
	} else {
		raw = string(seg.Value(j.source))
	}
	after := t.NextSibling() != nil && !t.SoftLineBreak() && !t.HardLineBreak()
	start := len(j.source)
	source, changed := typography.AppendRun(j.source, j.r.lang, resolve(raw), t.PreviousSibling() != nil, after)
	if changed {
		j.source = source
		t.Segment = text.NewSegment(start, len(source))
		t.SetRaw(true)
	}
}

// link checks where a link leads and gives it the path of the site.
func (j *job) link(dest []byte) []byte {
	target := string(dest)
	if plainPath(dest) {
		if !j.r.plan.Has(target) {
			j.dead(diag.DeadLink, target)
		}
		return []byte(j.r.base + target)
	}
	u, err := url.Parse(resolve(target))
	switch {
	case err != nil:
		j.dead(diag.DeadLink, target)
		return nil
	case u.Scheme != "" || u.Host != "":
		switch u.Scheme {
		case "http", "https", "mailto", "tel":
			return dest
		}
		j.dead(diag.DeadLink, target)
		return nil
	case u.Path == "": // a place on the same page
		if u.Fragment != "" {
			j.anchors = append(j.anchors, "#"+u.Fragment)
		}
		return dest
	case !strings.HasPrefix(u.Path, "/"):
		j.dead(diag.DeadLink, target)
		return dest
	case !j.r.plan.Has(u.Path):
		j.dead(diag.DeadLink, target)
	}
	return []byte(j.r.base + target)
}

// The attributes of pictures.
var loading, lazy, width, height = []byte("loading"), []byte("lazy"), []byte("width"), []byte("height")

// image checks a picture and tells its size, so that the page does not jump.
func (j *job) image(x *ast.Image) {
	target := string(x.Destination)
	path := target
	if !plainPath(x.Destination) {
		path = ""
		if u, err := url.Parse(resolve(target)); err == nil && u.Scheme == "" && u.Host == "" {
			path = u.Path
		}
	}
	if !strings.HasPrefix(path, "/") || !j.r.plan.Has(path) {
		j.dead(diag.DeadImage, target)
		x.Destination = nil
		return
	}
	x.Destination = []byte(j.r.base + target)
	x.SetAttribute(loading, lazy)
	if w, h, ok := j.size(path); ok {
		x.SetAttribute(width, strconv.AppendInt(nil, int64(w), 10))
		x.SetAttribute(height, strconv.AppendInt(nil, int64(h), 10))
	}
}

// size is the size of a picture of the site, so that the page does not jump.
func (j *job) size(path string) (w, h int, ok bool) {
	if j.r.media == nil {
		return 0, 0, false
	}
	p, ok := j.r.media.Web(path[1:])
	if !ok || len(p.Sizes) == 0 {
		return 0, 0, false
	}
	s := p.Sizes[len(p.Sizes)-1]
	return s.Width, s.Height, true
}

// dead reports an address at the place where it is written.
func (j *job) dead(code diag.Code, target string) {
	span := diag.Span{File: j.prose.File, Start: j.prose.At, End: j.prose.At}
	at := strings.Index(j.prose.Text[j.found:], target)
	if at >= 0 {
		span.Start = j.prose.At + j.found + at
		span.End = span.Start + len(target)
		j.found += at + len(target)
	}
	*j.list = append(*j.list, diag.New(code, span, "target", target))
}
