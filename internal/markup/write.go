package markup

import (
	"fmt"
	"html/template"
	"reflect"
	"strconv"
	"strings"
	"text/template/parse"
)

// write compiles {{pipeline}} with the escapers that html/template put at its end.
func (c scope) write(p *parse.PipeNode) (step, error) {
	cmds, names := split(p.Cmds)
	e, err := c.commands(cmds)
	if err != nil {
		return nil, err
	}
	if e.typ == nil {
		return nil, unknown(p)
	}
	if len(names) == 0 { // a value that html/template holds to be safe as it is
		if e.typ != reflect.TypeFor[string]() {
			return nil, unknown(p)
		}
		return writer(e.text, verbatim), nil
	}
	text, kind := printed(e)
	out, err := escapers(names, kind)
	if err != nil {
		return nil, err
	}
	if n := e.number; n != nil && basic(e.typ) && kind == plain && digitsPass(names) {
		return func(s *state) flow {
			s.out = strconv.AppendInt(s.out, n(s), 10)
			return onward
		}, nil
	}
	return writer(text, out), nil
}

func writer(text func(*state) string, out escaper) step {
	return func(s *state) flow {
		s.out = out(s.out, text(s))
		return onward
	}
}

// split parts a pipeline from its escapers.
func split(cmds []*parse.CommandNode) (own []*parse.CommandNode, escapers []string) {
	n := len(cmds)
	for n > 0 && len(cmds[n-1].Args) == 1 {
		id, ok := cmds[n-1].Args[0].(*parse.IdentifierNode)
		if !ok || !strings.HasPrefix(id.Ident, "_html_template_") {
			break
		}
		n--
	}
	for _, cmd := range cmds[n:] {
		escapers = append(escapers, cmd.Args[0].(*parse.IdentifierNode).Ident)
	}
	return cmds[:n], escapers
}

// constant is what an action always writes, if it only writes a constant.
func (c scope) constant(n *parse.ActionNode) (string, bool) {
	if len(n.Pipe.Decl) > 0 || len(n.Pipe.Cmds[0].Args) != 1 {
		return "", false
	}
	switch n.Pipe.Cmds[0].Args[0].(type) {
	case *parse.StringNode, *parse.NumberNode, *parse.BoolNode:
	default:
		return "", false
	}
	if cmds, _ := split(n.Pipe.Cmds); len(cmds) != 1 {
		return "", false
	}
	f, err := c.write(n.Pipe)
	if err != nil {
		return "", false
	}
	var s state
	f(&s)
	return string(s.out), true
}

// content is what html/template holds a string to be, from its type.
type content uint8

const (
	plain content = iota
	contentHTML
	contentJS
	contentURL
	contentSrcset
	contentOther
)

var contents = map[reflect.Type]content{
	reflect.TypeFor[string]():            plain,
	reflect.TypeFor[template.HTML]():     contentHTML,
	reflect.TypeFor[template.JS]():       contentJS,
	reflect.TypeFor[template.URL]():      contentURL,
	reflect.TypeFor[template.Srcset]():   contentSrcset,
	reflect.TypeFor[template.CSS]():      contentOther,
	reflect.TypeFor[template.HTMLAttr](): contentOther,
	reflect.TypeFor[template.JSStr]():    contentOther,
}

// printed gives the text of a value as the escapers of html/template see it.
func printed(e *expr) (func(*state) string, content) {
	value, on := deref(e)
	if kind, ok := contents[on.typ]; ok {
		if e.text != nil {
			return e.text, kind
		}
		return func(s *state) string { return value(s).String() }, kind
	}
	if basic(e.typ) {
		if n := e.number; n != nil {
			return func(s *state) string { return strconv.FormatInt(n(s), 10) }, plain
		}
		if b := e.boolean; b != nil {
			return func(s *state) string { return strconv.FormatBool(b(s)) }, plain
		}
	}
	value = e.value
	return func(s *state) string { return fmt.Sprint(indirect(value(s).Interface())) }, plain
}

// basic reports whether a type is one of the language, without methods.
func basic(t reflect.Type) bool { return t.PkgPath() == "" && t.Name() != "" }

// indirect follows pointers as far as something that prints itself.
func indirect(a any) any {
	v := reflect.ValueOf(a)
	stringer, failure := reflect.TypeFor[fmt.Stringer](), reflect.TypeFor[error]()
	for !v.Type().Implements(stringer) && !v.Type().Implements(failure) && v.Kind() == reflect.Pointer && !v.IsNil() {
		v = v.Elem()
	}
	return v.Interface()
}
