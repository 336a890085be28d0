package markup

import (
	"fmt"
	"reflect"
	texttemplate "text/template"
	"text/template/parse"
)

// compiler turns the trees reached from one template into steps.
type compiler struct {
	names  Names
	find   func(name string) *texttemplate.Template
	bodies map[call]*body
	direct map[reflect.Type][]Direct
}

// call is what a template is compiled for.
type call struct {
	name string
	dot  shape
}

// shape is all that is known of a value before it exists. Without a type there is no
// value at all, as in a template called without an argument.
type shape struct {
	typ  reflect.Type
	addr bool // the value is addressable: methods of the pointer are its own
}

// known is a shape with no more than matters: basic types have no methods to find.
func known(t reflect.Type, addr bool) shape { return shape{t, addr && !basic(t)} }

// step writes a part of a page. It says whether a loop ends or goes on early.
type step func(s *state) flow

type flow uint8

const (
	onward flow = iota
	breaks
	continues
)

type steps []step

func (list steps) run(s *state) flow {
	for _, f := range list {
		if x := f(s); x != onward {
			return x
		}
	}
	return onward
}

// scope is where the nodes of a template stand: the type of dot, the variables in
// sight. Variables are found by name from the last one, as text/template does.
type scope struct {
	*compiler
	dot  shape
	vars *[]variable
	body *body
}

type variable struct {
	name  string
	shape shape
	slot  int
}

// template compiles a template for a dot, once. It may call itself.
func (c *compiler) template(name string, dot shape) (*body, error) {
	key := call{name, dot}
	if b, ok := c.bodies[key]; ok {
		return b, nil
	}
	t := c.find(name)
	if t == nil || t.Tree == nil || t.Root == nil {
		return nil, fmt.Errorf("template %q is not defined", name)
	}
	b := &body{vars: 1}
	c.bodies[key] = b
	var err error
	b.list, err = scope{compiler: c, dot: dot, body: b, vars: &[]variable{{"$", dot, 0}}}.list(t.Root)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return b, nil
}

func (c scope) declare(name string, of shape) int {
	slot := c.body.vars
	c.body.vars++
	*c.vars = append(*c.vars, variable{name, of, slot})
	return slot
}

// inner opens a block: the function it returns forgets the variables of the block.
func (c scope) inner() func() {
	n := len(*c.vars)
	return func() { *c.vars = (*c.vars)[:n] }
}

// block compiles a list whose variables end with it.
func (c scope) block(list *parse.ListNode) (steps, error) {
	if list == nil {
		return nil, nil
	}
	defer c.inner()()
	return c.list(list)
}

func (c scope) list(list *parse.ListNode) (steps, error) {
	var out steps
	var text []byte
	flush := func() {
		if len(text) > 0 {
			out = append(out, writeText(string(text)))
			text = nil
		}
	}
	for _, n := range list.Nodes {
		switch n := n.(type) {
		case *parse.TextNode:
			text = append(text, n.Text...)
			continue
		case *parse.CommentNode:
			continue
		case *parse.ActionNode:
			if t, ok := c.constant(n); ok {
				text = append(text, t...)
				continue
			}
		}
		f, err := c.node(n)
		if err != nil {
			return nil, err
		}
		if f != nil {
			flush()
			out = append(out, f)
		}
	}
	flush()
	return out, nil
}

func writeText(text string) step {
	return func(s *state) flow {
		s.out = append(s.out, text...)
		return onward
	}
}

func (c scope) node(n parse.Node) (step, error) {
	switch n := n.(type) {
	case *parse.ActionNode:
		return c.action(n)
	case *parse.IfNode:
		return c.branch(&n.BranchNode, false)
	case *parse.WithNode:
		return c.branch(&n.BranchNode, true)
	case *parse.RangeNode:
		return c.loop(n)
	case *parse.TemplateNode:
		return c.call(n)
	case *parse.BreakNode:
		return func(*state) flow { return breaks }, nil
	case *parse.ContinueNode:
		return func(*state) flow { return continues }, nil
	}
	return nil, unknown(n)
}

func unknown(n parse.Node) error { return fmt.Errorf("%s is not compiled", n) }

// action is {{pipeline}}: it declares, sets or writes.
func (c scope) action(n *parse.ActionNode) (step, error) {
	if len(n.Pipe.Decl) == 0 {
		return c.write(n.Pipe)
	}
	set, _, err := c.declaration(n.Pipe)
	if err != nil {
		return nil, err
	}
	return func(s *state) flow { set(s); return onward }, nil
}

// declaration compiles a pipeline that names its value.
func (c scope) declaration(p *parse.PipeNode) (func(s *state) reflect.Value, *expr, error) {
	e, err := c.pipe(p)
	if err != nil {
		return nil, nil, err
	}
	if e.typ == nil || len(p.Decl) != 1 || len(p.Decl[0].Ident) != 1 {
		return nil, nil, unknown(p)
	}
	name, slot := p.Decl[0].Ident[0], 0
	if p.IsAssign {
		v, ok := c.variable(name)
		if !ok || v.shape != e.shape {
			return nil, nil, unknown(p)
		}
		slot = v.slot
	} else {
		slot = c.declare(name, e.shape)
	}
	value := e.value
	return func(s *state) reflect.Value {
		v := value(s)
		s.vars[slot] = v
		return v
	}, e, nil
}

func (c scope) variable(name string) (variable, bool) {
	for i := len(*c.vars) - 1; i >= 0; i-- {
		if v := (*c.vars)[i]; v.name == name {
			return v, v.slot >= 0
		}
	}
	return variable{}, false
}
