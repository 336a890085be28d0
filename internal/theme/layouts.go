package theme

import (
	"html/template"
	"strings"
	"text/template/parse"

	"vitrine/internal/diag"
	"vitrine/internal/typography"
)

// Layouts whose names start with an underscore are parts that every page may use;
// _base.html is the frame around them all. Every other file is a kind of page and
// defines « main ».
func (t *Theme) readLayouts() diag.List {
	names, err := t.Tree.Files(t.File("layouts"))
	if err != nil {
		return diag.List{diag.New(diag.Unreadable, diag.Span{File: t.File("layouts")}, "reason", err.Error())}
	}
	var list diag.List
	parts := template.New("").Funcs(functions).Option("missingkey=error")
	read := func(to *template.Template, name string) {
		data, err := t.Tree.Read(t.File("layouts/" + name))
		if err != nil {
			list = append(list, diag.New(diag.Unreadable, diag.Span{File: t.File("layouts/" + name)}, "reason", err.Error()))
			return
		}
		if _, err := to.New(name).Parse(string(data)); err != nil {
			list = append(list, t.TemplateError(diag.TemplateSyntax, err))
		}
	}
	var kinds []string
	for _, n := range names {
		switch stem, ok := strings.CutSuffix(n, ".html"); {
		case !ok:
		case strings.HasPrefix(n, "_"):
			read(parts, n)
		default:
			kinds = append(kinds, stem)
		}
	}
	if len(list) > 0 {
		return list
	}
	for _, kind := range kinds {
		page, err := parts.Clone()
		if err != nil {
			list = append(list, t.TemplateError(diag.TemplateSyntax, err))
			continue
		}
		read(page, kind+".html")
		for _, x := range page.Templates() {
			if x.Tree != nil {
				tighten(x.Tree.Root)
			}
		}
		t.pages[kind] = page
	}
	return list
}

// functions are what layouts may call beside the methods of the page they show. They
// are few on purpose: a layout shows what the page computed.
var functions = template.FuncMap{
	"add":     func(a, b int) int { return a + b },
	"capital": typography.Capital,
}

// tighten drops the indentation of layouts when they are parsed, so that no page
// carries it and nothing has to be minified. A run of white space with a line end
// becomes one line end: what a browser shows is the same.
func tighten(node parse.Node) {
	switch n := node.(type) {
	case *parse.ListNode:
		if n == nil {
			return
		}
		for _, c := range n.Nodes {
			tighten(c)
		}
	case *parse.TextNode:
		n.Text = squeeze(n.Text)
	case *parse.IfNode:
		tightenBranch(&n.BranchNode)
	case *parse.RangeNode:
		tightenBranch(&n.BranchNode)
	case *parse.WithNode:
		tightenBranch(&n.BranchNode)
	}
}

func tightenBranch(b *parse.BranchNode) {
	tighten(b.List)
	tighten(b.ElseList)
}

func squeeze(text []byte) []byte {
	out := make([]byte, 0, len(text))
	for i := 0; i < len(text); {
		if !space(text[i]) {
			out = append(out, text[i])
			i++
			continue
		}
		j, line := i, false
		for j < len(text) && space(text[j]) {
			line = line || text[j] == '\n'
			j++
		}
		if line {
			out = append(out, '\n')
		} else {
			out = append(out, text[i:j]...)
		}
		i = j
	}
	return out
}

func space(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }
