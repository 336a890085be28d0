package theme

import (
	"html/template"
	"strings"
	"text/template/parse"
)

// settle does at once what every page would do again: it drops the indentation of
// layouts, so that no page carries it and nothing has to be minified (a run of white
// space with a line end becomes one line end: what a browser shows is the same), and it
// writes out the phrases that have no places to fill.
func (w Words) settle(node parse.Node) {
	switch n := node.(type) {
	case *parse.ListNode:
		if n == nil {
			return
		}
		for i, c := range n.Nodes {
			if text, ok := w.constant(c); ok {
				n.Nodes[i] = &parse.TextNode{NodeType: parse.NodeText, Pos: c.Position(), Text: []byte(text)}
				continue
			}
			w.settle(c)
		}
	case *parse.TextNode:
		n.Text = squeeze(n.Text)
	case *parse.IfNode:
		w.settleBranch(&n.BranchNode)
	case *parse.RangeNode:
		w.settleBranch(&n.BranchNode)
	case *parse.WithNode:
		w.settleBranch(&n.BranchNode)
	}
}

func (w Words) settleBranch(b *parse.BranchNode) {
	w.settle(b.List)
	w.settle(b.ElseList)
}

// constant is the text of {{.T "key"}} or {{$.T "key"}}, escaped for HTML, when the
// phrase is known and has no places.
func (w Words) constant(node parse.Node) (string, bool) {
	action, ok := node.(*parse.ActionNode)
	if !ok || len(action.Pipe.Decl) > 0 || len(action.Pipe.Cmds) != 1 || len(action.Pipe.Cmds[0].Args) != 2 {
		return "", false
	}
	args := action.Pipe.Cmds[0].Args
	var name []string
	switch f := args[0].(type) {
	case *parse.FieldNode:
		name = f.Ident
	case *parse.VariableNode:
		name = f.Ident
	}
	key, ok := args[1].(*parse.StringNode)
	if len(name) == 0 || len(name) > 2 || name[len(name)-1] != "T" || !ok {
		return "", false
	}
	p, ok := w.phrases[key.Text]
	if !ok || strings.Contains(p.one.text, "{") {
		return "", false
	}
	return template.HTMLEscapeString(p.one.text), true
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
