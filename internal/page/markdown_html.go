package page

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/util"
)

// proseHTML writes the nodes that prose is full of: text, links and pictures. It writes
// what goldmark would, and goes the long way round only where something is to be
// escaped. Line breaks stand also after text that typography changed.
type proseHTML struct{}

func (proseHTML) RegisterFuncs(reg renderer.NodeRendererFuncRegisterer) {
	reg.Register(ast.KindText, func(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			writeText(w, source, n.(*ast.Text))
		}
		return ast.WalkContinue, nil
	})
	reg.Register(ast.KindLink, writeLink)
	reg.Register(ast.KindImage, writeImage)
}

// A util.BufWriter fails when it is flushed.

func writeText(w util.BufWriter, source []byte, n *ast.Text) {
	write(w, n.Segment.Value(source), n.IsRaw())
	switch {
	case n.HardLineBreak():
		_, _ = w.WriteString("<br>\n")
	case n.SoftLineBreak():
		_ = w.WriteByte('\n')
	}
}

// write writes text; what is not raw has escapes and entities of Markdown to resolve.
func write(w util.BufWriter, value []byte, raw bool) {
	switch {
	case !hasSpecial(value):
		_, _ = w.Write(value)
	case raw:
		html.DefaultWriter.RawWrite(w, value)
	default:
		html.DefaultWriter.Write(w, value)
	}
}

// hasSpecial reports a byte that is escaped in HTML, or that undoes an escape.
func hasSpecial(value []byte) bool {
	for _, c := range []byte("&<>\"\\\x00") {
		if bytes.IndexByte(value, c) >= 0 {
			return true
		}
	}
	return false
}

func writeLink(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		_, _ = w.WriteString("</a>")
		return ast.WalkContinue, nil
	}
	n := node.(*ast.Link)
	_, _ = w.WriteString(`<a href="`)
	writeAddress(w, n.Destination)
	writeTitle(w, n.Title)
	_ = w.WriteByte('>')
	return ast.WalkContinue, nil
}

func writeImage(w util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	n := node.(*ast.Image)
	_, _ = w.WriteString(`<img src="`)
	writeAddress(w, n.Destination)
	_, _ = w.WriteString(`" alt="`)
	writeLabel(w, source, n)
	writeTitle(w, n.Title)
	for _, a := range n.Attributes() { // those that the page set
		_ = w.WriteByte(' ')
		_, _ = w.Write(a.Name)
		_, _ = w.WriteString(`="`)
		_, _ = w.Write(a.Value.([]byte))
		_ = w.WriteByte('"')
	}
	_ = w.WriteByte('>')
	return ast.WalkSkipChildren, nil
}

// writeLabel writes the text below a node.
func writeLabel(w util.BufWriter, source []byte, n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch x := c.(type) {
		case *ast.String:
			write(w, x.Value, x.IsRaw())
		case *ast.Text:
			writeText(w, source, x)
		default:
			writeLabel(w, source, c)
		}
	}
}

// writeTitle ends the attribute before it, and writes the title where there is one.
func writeTitle(w util.BufWriter, title []byte) {
	_ = w.WriteByte('"')
	if title != nil {
		_, _ = w.WriteString(` title="`)
		write(w, title, false)
		_ = w.WriteByte('"')
	}
}

func writeAddress(w util.BufWriter, dest []byte) {
	if plainAddress(dest) {
		_, _ = w.Write(dest)
		return
	}
	if dest = util.URLEscape(dest, true); !html.IsDangerousURL(dest) {
		_, _ = w.Write(util.EscapeHTML(dest))
	}
}

// plainAddress reports an address on the site or on the web with no sign to escape.
func plainAddress(dest []byte) bool {
	if len(dest) == 0 || dest[0] != '/' && dest[0] != '#' && !hasPrefix(dest, "https://") && !hasPrefix(dest, "http://") {
		return false
	}
	for _, c := range dest {
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', c == '/', c == '-', c == '.', c == '_', c == ':', c == '#', c == '?', c == '=':
		default:
			return false
		}
	}
	return true
}

// plainPath reports the path of a page or a file of the site, with nothing after it.
func plainPath(dest []byte) bool {
	return plainAddress(dest) && dest[0] == '/' && !hasPrefix(dest, "//") && bytes.IndexByte(dest, '?') < 0 && bytes.IndexByte(dest, '#') < 0
}

func hasPrefix(b []byte, prefix string) bool {
	return len(b) >= len(prefix) && string(b[:len(prefix)]) == prefix
}
