package theme

import (
	"html/template"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	texttemplate "text/template"
	"text/template/parse"

	"vitrine/internal/diag"
	"vitrine/internal/typography"
)

// Layouts whose names start with an underscore are parts that every page may use;
// _base.html is the frame around them all. Every other file is a kind of page and
// defines « main ».

// layout is the layout of a kind of page, parsed when it is first asked for.
type layout struct {
	once sync.Once
	page *template.Template // nil when it is broken
	own  []string           // the templates that it defines, perhaps in the place of parts
	list diag.List          // what is wrong with it
}

// readParts parses the parts and finds the kinds of pages.
func (t *Theme) readParts(words Words) diag.List {
	names, err := t.Tree.Files(t.File("layouts"))
	if err != nil {
		return diag.List{diag.New(diag.Unreadable, diag.Span{File: t.File("layouts")}, "reason", err.Error())}
	}
	var list diag.List
	t.parts = texttemplate.New("").Funcs(texttemplate.FuncMap(functions))
	for _, n := range names {
		switch stem, ok := strings.CutSuffix(n, ".html"); {
		case !ok:
		case strings.HasPrefix(n, "_"):
			list = append(list, t.parse(t.parts, n)...)
		default:
			t.kinds = append(t.kinds, stem)
			t.layouts[stem] = &layout{}
			t.Tree.Exists(t.File("layouts/" + n)) // seen, though not read: it may be asked for
		}
	}
	slices.Sort(t.kinds)
	for _, x := range t.parts.Templates() {
		if x.Tree != nil {
			words.settle(x.Root)
		}
	}
	return list
}

// parse adds what a file of layouts defines.
func (t *Theme) parse(to *texttemplate.Template, name string) diag.List {
	data, err := t.Tree.Read(t.File("layouts/" + name))
	if err != nil {
		return diag.List{diag.New(diag.Unreadable, diag.Span{File: t.File("layouts/" + name)}, "reason", err.Error())}
	}
	if _, err := to.New(name).Parse(string(data)); err != nil {
		return diag.List{t.TemplateError(diag.TemplateSyntax, err)}
	}
	return nil
}

// called are the parts that pages ask for by name, whatever the layouts use.
var called = []string{"_base.html", "_head.html", "_header.html", "_footer.html", "_card.html", "_mark.html", "_find.html"}

// read parses the layout of a kind.
func (l *layout) read(t *Theme, kind string) {
	own, err := t.parts.Clone()
	if err != nil {
		l.list = diag.List{t.TemplateError(diag.TemplateSyntax, err)}
		return
	}
	if l.list = t.parse(own, kind+".html"); len(l.list) > 0 {
		return
	}
	words := t.Words(t.lang)
	roots := slices.Clone(called)
	for _, x := range own.Templates() {
		if x.Tree != nil && !t.isPart(x) {
			words.settle(x.Root)
			roots = append(roots, x.Name())
		}
	}
	l.own = roots[len(called):]
	l.page, err = t.escapable(own, roots)
	if err != nil {
		l.list = diag.List{t.TemplateError(diag.TemplateSyntax, err)}
	}
}

// isPart reports that a template is a part as it was parsed once for all.
func (t *Theme) isPart(x *texttemplate.Template) bool {
	part := t.parts.Lookup(x.Name())
	return part != nil && part.Tree == x.Tree
}

// escapable makes a set for html/template of the templates that the roots come to. Parts
// are copied for it: html/template escapes each set by itself, and writes into the trees.
func (t *Theme) escapable(from *texttemplate.Template, roots []string) (*template.Template, error) {
	set := template.New("").Funcs(functions).Option("missingkey=error")
	for name := range reach(from, roots...) {
		x := from.Lookup(name)
		tree := x.Tree
		if t.isPart(x) {
			tree = tree.Copy()
		}
		if _, err := set.AddParseTree(name, tree); err != nil {
			return nil, err
		}
	}
	return set, nil
}

// reach is the templates of a set that some of them come to, those included.
func reach(set *texttemplate.Template, names ...string) map[string]bool {
	seen := map[string]bool{}
	var list func(*parse.ListNode)
	visit := func(name string) {
		if x := set.Lookup(name); x != nil && x.Tree != nil && !seen[name] {
			seen[name] = true
			list(x.Root)
		}
	}
	branch := func(b *parse.BranchNode) {
		list(b.List)
		list(b.ElseList)
	}
	list = func(l *parse.ListNode) {
		if l == nil {
			return
		}
		for _, n := range l.Nodes {
			switch n := n.(type) {
			case *parse.TemplateNode:
				visit(n.Name)
			case *parse.IfNode:
				branch(&n.BranchNode)
			case *parse.RangeNode:
				branch(&n.BranchNode)
			case *parse.WithNode:
				branch(&n.BranchNode)
			}
		}
	}
	for _, name := range names {
		visit(name)
	}
	return seen
}

// layout is the layout of a kind, parsed; nil when the theme has none.
func (t *Theme) layout(kind string) *layout {
	l, ok := t.layouts[kind]
	if !ok {
		return nil
	}
	l.once.Do(func() { l.read(t, kind) })
	return l
}

// Check parses the layouts of some kinds of pages, on several workers, and says what
// is wrong with them, in the order of Kinds. A kind that the theme does not have is
// not looked for.
func (t *Theme) Check(kinds []string, workers int) diag.List {
	var wg sync.WaitGroup
	var next atomic.Int64
	for range min(max(workers, 1), len(kinds)) {
		wg.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(kinds); i = int(next.Add(1)) - 1 {
				t.layout(kinds[i])
			}
		})
	}
	wg.Wait()
	var list diag.List
	for _, kind := range t.kinds {
		if slices.Contains(kinds, kind) {
			list = append(list, t.layout(kind).list...)
		}
	}
	return list
}

// Page returns the layout of a kind of page, parsed when it is first asked for. It is
// false when there is none, or when it is broken: Check says what is wrong with it.
// Several goroutines may ask.
func (t *Theme) Page(kind string) (*template.Template, bool) {
	l := t.layout(kind)
	if l == nil || l.page == nil {
		return nil, false
	}
	return l.page, true
}

// Part returns a set of templates with a part that the layout of a kind leaves as it
// is, and what that part uses: what is made of it serves all such kinds. It is false for
// a layout that defines one of them itself, and for what is not a part that pages ask
// for by name.
func (t *Theme) Part(kind, name string) (*template.Template, bool) {
	l := t.layout(kind)
	if l == nil || l.page == nil || name == called[0] || !slices.Contains(called, name) {
		return nil, false
	}
	uses := reach(t.parts, name)
	if !uses[name] || slices.ContainsFunc(l.own, func(n string) bool { return uses[n] }) {
		return nil, false
	}
	t.common.once.Do(func() { t.common.page, _ = t.escapable(t.parts, called[1:]) })
	return t.common.page, t.common.page != nil
}

// Kinds lists the kinds of pages that the theme has a layout for, in alphabetical
// order.
func (t *Theme) Kinds() []string { return slices.Clone(t.kinds) }

// OwnLayouts lists the layouts that a page of prose may ask for: those that the default theme does not have, and
// its two that show prose. Each other one shows the view of its kind of page.
func (t *Theme) OwnLayouts() []string {
	return slices.DeleteFunc(t.Kinds(), func(kind string) bool {
		return kind != "page" && kind != "article" && t.below[0].tree.Exists(t.below[0].dir+"/layouts/"+kind+".html")
	})
}

// functions are what layouts may call beside the methods of the page they show. They
// are few on purpose: a layout shows what the page computed.
var functions = template.FuncMap{
	"add":     func(a, b int) int { return a + b },
	"capital": typography.Capital,
}

// Functions are those that the layouts were parsed with, for who compiles them.
func (t *Theme) Functions() template.FuncMap { return functions }
