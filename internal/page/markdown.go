package page

import (
	"bytes"
	"html/template"
	"net/url"
	"slices"
	"strings"
	"unicode"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"vitrine/internal/diag"
	"vitrine/internal/model"
	"vitrine/internal/typography"
)

// Prose is CommonMark with tables. Raw HTML is left out, and so are addresses that
// could run something; headings move down below those of the page that holds them.
var markdown = goldmark.New(
	goldmark.WithExtensions(extension.Table, extension.Strikethrough),
	goldmark.WithParserOptions(
		parser.WithAutoHeadingID(),
		parser.WithASTTransformers(util.Prioritized(setter{}, 100)),
	),
)

// jobKey is where a conversion finds its job in the parser's context.
var jobKey = parser.NewContextKey()

// job is one conversion: whose prose, for which page.
type job struct {
	r     *Renderer
	prose model.Prose
	down  int // levels that headings move down
	list  *diag.List
	found int // how far in the prose links were looked for

	ids, anchors []string // of headings; of links to them
}

// markdown converts prose. Links that lead nowhere are reported at their place.
func (r *Renderer) markdown(p model.Prose, down int, list *diag.List) template.HTML {
	if p.IsZero() {
		return ""
	}
	ctx := parser.NewContext()
	ctx.IDs().Put([]byte("contenu")) // the page's own
	ctx.Set(jobKey, &job{r: r, prose: p, down: down, list: list})
	b := buffers.Get().(*bytes.Buffer)
	b.Reset()
	defer buffers.Put(b)
	if err := markdown.Convert([]byte(p.Text), b, parser.WithContext(ctx)); err != nil {
		*list = append(*list, diag.New(diag.Unreadable, diag.Span{File: p.File}, "reason", err.Error()))
	}
	return template.HTML(b.String())
}

// setter goes over the parsed prose once: typography, headings, links, pictures.
type setter struct{}

func (setter) Transform(doc *ast.Document, reader text.Reader, ctx parser.Context) {
	j, ok := ctx.Get(jobKey).(*job)
	if !ok {
		return
	}
	source := reader.Source()
	var texts []*ast.Text
	var autos []*ast.AutoLink
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch x := n.(type) {
		case *ast.CodeSpan, *ast.CodeBlock, *ast.FencedCodeBlock:
			return ast.WalkSkipChildren, nil
		case *ast.Heading:
			if id, ok := x.AttributeString("id"); ok {
				if id, ok := id.([]byte); ok {
					j.ids = append(j.ids, string(id))
				}
			}
			x.Level = min(max(x.Level, 2)+j.down, 6)
		case *ast.Link:
			x.Destination = j.link(x.Destination)
		case *ast.AutoLink:
			autos = append(autos, x)
		case *ast.Image:
			j.image(x)
		case *ast.Text:
			join(x)
			texts = append(texts, x)
		}
		return ast.WalkContinue, nil
	})
	for _, target := range j.anchors {
		if !slices.Contains(j.ids, strings.TrimPrefix(target, "#")) && target != "#contenu" {
			j.dead(diag.DeadLink, target)
		}
	}
	for _, t := range texts {
		j.typeset(t, source)
	}
	for _, a := range autos {
		if a.AutoLinkType == ast.AutoLinkURL && j.link(a.URL(source)) == nil {
			a.Parent().ReplaceChild(a.Parent(), a, plainText(string(a.Label(source))))
		}
	}
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

// neighbour stands for the word beside a run, in bold or in a link, while the run is
// set: the space between them may have to hold.
const neighbour = "x"

// resolve undoes the escapes of Markdown and HTML, as the renderer will: what is checked
// must be what browsers get.
func resolve(raw string) string {
	if !strings.ContainsAny(raw, `&\`) {
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

// typeset gives a run of text the typography of its language.
func (j *job) typeset(t *ast.Text, source []byte) {
	plain := resolve(string(t.Segment.Value(source)))
	var before, after string
	if t.PreviousSibling() != nil {
		before = neighbour
	}
	if t.NextSibling() != nil && !t.SoftLineBreak() && !t.HardLineBreak() {
		after = neighbour
	}
	set := typography.Text(j.r.lang, before+plain+after)
	set = strings.TrimSuffix(strings.TrimPrefix(set, before), after)
	if set == plain {
		return
	}
	// The space that ends a run belongs to the next one; typography trims it.
	if strings.HasSuffix(plain, " ") && strings.TrimRightFunc(set, unicode.IsSpace) == set {
		set += " "
	}
	if strings.HasPrefix(plain, " ") && strings.TrimLeftFunc(set, unicode.IsSpace) == set {
		set = " " + set
	}
	parent := t.Parent()
	s := plainText(set)
	parent.ReplaceChild(parent, t, s)
	if t.HardLineBreak() || t.SoftLineBreak() {
		br := ast.NewTextSegment(text.NewSegment(t.Segment.Stop, t.Segment.Stop))
		br.SetSoftLineBreak(t.SoftLineBreak())
		br.SetHardLineBreak(t.HardLineBreak())
		parent.InsertAfter(parent, s, br)
	}
}

// link checks where a link leads and gives it the path of the site.
func (j *job) link(dest []byte) []byte {
	target := string(dest)
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

// image checks a picture and tells its size, so that the page does not jump.
func (j *job) image(x *ast.Image) {
	target := string(x.Destination)
	u, err := url.Parse(resolve(target))
	if err != nil || u.Scheme != "" || u.Host != "" || !strings.HasPrefix(u.Path, "/") || !j.r.plan.Has(u.Path) {
		j.dead(diag.DeadImage, target)
		x.Destination = nil
		return
	}
	x.Destination = []byte(j.r.base + target)
	x.SetAttributeString("loading", []byte("lazy"))
	if j.r.media == nil {
		return
	}
	if p, ok := j.r.media.Web(strings.TrimPrefix(u.Path, "/")); ok && len(p.Sizes) > 0 {
		s := p.Sizes[len(p.Sizes)-1]
		x.SetAttributeString("width", []byte(itoa(s.Width)))
		x.SetAttributeString("height", []byte(itoa(s.Height)))
	}
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
