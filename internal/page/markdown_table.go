package page

import (
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
	// A table of several columns may be wider than a telephone: it is scrolled to the side in a region of
	// its own, which a keyboard reaches and which is named by its heads.
	reg.Register(extast.KindTable, func(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
		if wide(n) && entering {
			_, _ = w.WriteString(`<div class="scroll" tabindex="0" role="region" aria-label="`)
			writeHeads(w, source, n.FirstChild())
			_, _ = w.WriteString("\">\n")
		}
		status, err := theirs[extast.KindTable](w, source, n, entering)
		if wide(n) && !entering {
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

// wide reports a table of three columns or more, whose heads have words.
func wide(table ast.Node) bool {
	row := table.FirstChild()
	return row != nil && row.Kind() == extast.KindTableHeader && row.ChildCount() > 2 && !silent(row)
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
