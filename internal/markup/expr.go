package markup

import (
	"fmt"
	"reflect"
	"strings"
	"text/template/parse"
)

// expr is a compiled expression: how to get its value, in the cheapest form that its
// type allows. value is there whenever there is a type; text, number and boolean when
// the type is of that kind. An expression without a type can only be asked for its
// truth: {{or .A .B}} of two types.
type expr struct {
	shape
	value   func(*state) reflect.Value
	text    func(*state) string
	number  func(*state) int64
	boolean func(*state) bool
	holds   func(*state) bool // its truth, where that is not the value's
	literal any               // the value itself, where it is written in the template
	typed   any               // a func(*state) T that gives it as its type, or nil
}

// static reports whether a type says all about its values: what is behind an interface
// only shows when it runs, and functions and channels have rules of their own.
func static(t reflect.Type) bool {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch t.Kind() {
	case reflect.Interface, reflect.Func, reflect.Chan, reflect.UnsafePointer, reflect.Invalid:
		return false
	}
	return t != reflect.TypeFor[reflect.Value]()
}

// of makes an expression from a function that gives its value.
func of(sh shape, value func(*state) reflect.Value) *expr {
	e := &expr{shape: known(sh.typ, sh.addr), value: value}
	switch sh.typ.Kind() {
	case reflect.String:
		e.text = func(s *state) string { return value(s).String() }
	case reflect.Bool:
		e.boolean = func(s *state) bool { return value(s).Bool() }
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		e.number = func(s *state) int64 { return value(s).Int() }
	}
	return e
}

func ofText(text func(*state) string) *expr {
	return &expr{shape: shape{typ: reflect.TypeFor[string]()}, text: text,
		value: func(s *state) reflect.Value { return reflect.ValueOf(text(s)) }}
}

func ofInt(number func(*state) int) *expr {
	return &expr{shape: shape{typ: reflect.TypeFor[int]()},
		number: func(s *state) int64 { return int64(number(s)) },
		value:  func(s *state) reflect.Value { return reflect.ValueOf(number(s)) }}
}

func ofBool(boolean func(*state) bool) *expr {
	return &expr{shape: shape{typ: reflect.TypeFor[bool]()}, boolean: boolean,
		value: func(s *state) reflect.Value { return reflect.ValueOf(boolean(s)) }}
}

// ofLiteral is a constant of a basic type.
func ofLiteral(x any) *expr {
	v := reflect.ValueOf(x)
	e := of(shape{typ: v.Type()}, func(*state) reflect.Value { return v })
	e.literal = x
	switch x := x.(type) {
	case string:
		e.text = func(*state) string { return x }
	case int:
		e.number = func(*state) int64 { return int64(x) }
	case bool:
		e.boolean = func(*state) bool { return x }
	}
	return e
}

// any gives the value as an argument of a function that takes anything.
func (e *expr) any() func(*state) any {
	if x := e.literal; x != nil {
		return func(*state) any { return x }
	}
	if text := e.text; text != nil && e.typ == reflect.TypeFor[string]() {
		return func(s *state) any { return text(s) }
	}
	value := e.value
	return func(s *state) any { return value(s).Interface() }
}

// truth gives what {{if}} makes of the value.
func (e *expr) truth() (func(*state) bool, error) {
	switch {
	case e.holds != nil:
		return e.holds, nil
	case e.boolean != nil:
		return e.boolean, nil
	case e.text != nil:
		text := e.text
		return func(s *state) bool { return text(s) != "" }, nil
	case e.number != nil:
		number := e.number
		return func(s *state) bool { return number(s) != 0 }, nil
	}
	truth, err := truthOf(e.typ)
	if err != nil {
		return nil, err
	}
	value := e.value
	return func(s *state) bool { return truth(value(s)) }, nil
}

func truthOf(t reflect.Type) (func(reflect.Value) bool, error) {
	if t == nil {
		return nil, fmt.Errorf("there is no value")
	}
	switch t.Kind() {
	case reflect.Array, reflect.Map, reflect.Slice, reflect.String:
		return func(v reflect.Value) bool { return v.Len() > 0 }, nil
	case reflect.Pointer:
		return func(v reflect.Value) bool { return !v.IsNil() }, nil
	case reflect.Struct:
		return func(reflect.Value) bool { return true }, nil
	case reflect.Float32, reflect.Float64:
		return func(v reflect.Value) bool { return v.Float() != 0 }, nil // IsZero tells -0 from 0
	case reflect.Bool, reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64,
		reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		return func(v reflect.Value) bool { return !v.IsZero() }, nil
	}
	return nil, fmt.Errorf("the truth of %s is not compiled", t)
}

// deref follows the pointers of a value; a nil one ends the execution.
func deref(e *expr) (func(*state) reflect.Value, shape) {
	value, sh, n := e.value, e.shape, 0
	for ; sh.typ.Kind() == reflect.Pointer; n++ {
		sh = shape{sh.typ.Elem(), true}
	}
	if n == 0 {
		return value, sh
	}
	return func(s *state) reflect.Value {
		v := value(s)
		for range n {
			if v.IsNil() {
				stop("nil pointer")
			}
			v = v.Elem()
		}
		return v
	}, sh
}

// pipe compiles the value of a pipeline. What it declares is left to the caller.
func (c scope) pipe(p *parse.PipeNode) (*expr, error) { return c.commands(p.Cmds) }

// commands compiles a chain of commands, each given the value of the one before.
func (c scope) commands(cmds []*parse.CommandNode) (*expr, error) {
	var last *expr
	for _, cmd := range cmds {
		e, err := c.command(cmd, last)
		if err != nil {
			return nil, err
		}
		last = e
	}
	return last, nil
}

// command compiles one command of a pipeline; last is the value of the one before.
func (c scope) command(cmd *parse.CommandNode, last *expr) (*expr, error) {
	first, args := cmd.Args[0], cmd.Args[1:]
	switch n := first.(type) {
	case *parse.IdentifierNode:
		return c.function(n.Ident, args, last)
	case *parse.FieldNode:
		e, err := c.dotExpr()
		if err != nil {
			return nil, err
		}
		return c.chain(e, n.Ident, args, last)
	case *parse.ChainNode:
		e, err := c.operand(n.Node)
		if err != nil {
			return nil, err
		}
		return c.chain(e, n.Field, args, last)
	case *parse.VariableNode:
		e, err := c.variableExpr(n.Ident[0])
		if err != nil || len(n.Ident) > 1 {
			if err != nil {
				return nil, err
			}
			return c.chain(e, n.Ident[1:], args, last)
		}
		if len(args) > 0 || last != nil {
			return nil, unknown(cmd)
		}
		return e, nil
	}
	if len(args) > 0 || last != nil {
		return nil, unknown(cmd)
	}
	return c.operand(first)
}

// operand compiles what may stand as an argument, or alone.
func (c scope) operand(n parse.Node) (*expr, error) {
	switch n := n.(type) {
	case *parse.DotNode:
		return c.dotExpr()
	case *parse.PipeNode:
		if len(n.Decl) > 0 {
			return nil, unknown(n)
		}
		return c.pipe(n)
	case *parse.FieldNode, *parse.VariableNode, *parse.ChainNode, *parse.IdentifierNode:
		return c.command(&parse.CommandNode{NodeType: parse.NodeCommand, Args: []parse.Node{n}}, nil)
	case *parse.StringNode:
		return ofLiteral(n.Text), nil
	case *parse.BoolNode:
		return ofLiteral(n.True), nil
	case *parse.NumberNode:
		// Of the numbers, only those that are plainly an int.
		if n.IsInt && !n.IsComplex && int64(int(n.Int64)) == n.Int64 && strings.Trim(n.Text, "-0123456789") == "" {
			return ofLiteral(int(n.Int64)), nil
		}
	}
	return nil, unknown(n)
}

func (c scope) dotExpr() (*expr, error) {
	if c.dot.typ == nil || !static(c.dot.typ) {
		return nil, fmt.Errorf("dot of type %v is not compiled", c.dot.typ)
	}
	return of(c.dot, func(s *state) reflect.Value { return s.dot }), nil
}

func (c scope) variableExpr(name string) (*expr, error) {
	v, ok := c.variable(name)
	if !ok || v.shape.typ == nil || !static(v.shape.typ) {
		return nil, fmt.Errorf("variable %s is not compiled", name)
	}
	slot := v.slot
	return of(v.shape, func(s *state) reflect.Value { return s.vars[slot] }), nil
}
