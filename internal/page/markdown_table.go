package page

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/util"
)

// tableHTML writes tables as goldmark does, but for heads that say nothing: Markdown asks for a head where
// a list of names and values has none, and a screen reader would read it.
type tableHTML struct{}

func (tableHTML) RegisterFuncs(reg renderer.NodeRendererFuncRegisterer) {
	theirs := registered{}
	extension.NewTableHTMLRenderer().RegisterFuncs(theirs)
	reg.Register(extast.KindTableHeader, func(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !silent(n) {
			return theirs[extast.KindTableHeader](w, source, n, entering)
		}
		if !entering && n.NextSibling() != nil {
			_, _ = w.WriteString("<tbody>\n")
		}
		return ast.WalkSkipChildren, nil
	})
	// A table that may be wider than a telephone is scrolled to the side in a region of its own, which a
	// keyboard reaches and which is named by its heads.
	reg.Register(extast.KindTable, func(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
		scrolled := wide(source, n)
		if scrolled && entering {
			_, _ = w.WriteString(`<div class="scroll" tabindex="0"`)
			if head := n.FirstChild(); !silent(head) {
				_, _ = w.WriteString(` role="region" aria-label="`)
				writeHeads(w, source, head)
				_ = w.WriteByte('"')
			}
			_, _ = w.WriteString(">\n")
		}
		status, err := theirs[extast.KindTable](w, source, n, entering)
		if scrolled && !entering {
			_, _ = w.WriteString("</div>\n")
		}
		return status, err
	})
	reg.Register(extast.KindTableCell, func(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
		if n.Parent().Kind() != extast.KindTableHeader || n.HasChildren() {
			return theirs[extast.KindTableCell](w, source, n, entering)
		}
		if entering {
			_, _ = w.WriteString("<td></td>\n")
		}
		return ast.WalkContinue, nil
	})
}

// longestWord is what two columns of a telephone hold without a break, in bytes: an address of a page is
// longer.
const longestWord = 24

// wide reports a table of three columns or more, or with a word too long for the screen.
func wide(source []byte, table ast.Node) bool {
	head := table.FirstChild()
	if head == nil || head.Kind() != extast.KindTableHeader {
		return false
	}
	if head.ChildCount() > 2 {
		return true
	}
	for row := head; row != nil; row = row.NextSibling() {
		if unbreakable(source, row) {
			return true
		}
	}
	return false
}

// unbreakable reports a word below a node that is too long for a column; where links lead is not seen.
func unbreakable(source []byte, n ast.Node) bool {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		var text []byte
		switch x := c.(type) {
		case *ast.Text:
			text = x.Segment.Value(source)
		case *ast.String:
			text = x.Value
		case *ast.AutoLink:
			text = x.Label(source)
		}
		for word := range bytes.FieldsSeq(text) {
			if len(word) > longestWord {
				return true
			}
		}
		if unbreakable(source, c) {
			return true
		}
	}
	return false
}

// writeHeads writes the words above the columns, for an attribute.
func writeHeads(w util.BufWriter, source []byte, row ast.Node) {
	for c := row.FirstChild(); c != nil; c = c.NextSibling() {
		if c.HasChildren() && c.PreviousSibling() != nil && c.PreviousSibling().HasChildren() {
			_, _ = w.WriteString(", ")
		}
		writeLabel(w, source, c)
	}
}

// silent reports a row of empty cells.
func silent(row ast.Node) bool {
	for c := row.FirstChild(); c != nil; c = c.NextSibling() {
		if c.HasChildren() {
			return false
		}
	}
	return true
}

// registered are the functions of another renderer, by the kind of node.
type registered map[ast.NodeKind]renderer.NodeRendererFunc

func (r registered) Register(kind ast.NodeKind, f renderer.NodeRendererFunc) { r[kind] = f }
