package markup

import (
	"fmt"
	"reflect"
	"text/template/parse"
)

// function compiles the call of a function by its name: one of the template's own, or
// a built-in one that it does not hide.
func (c scope) function(name string, args []parse.Node, last *expr) (*expr, error) {
	if f, ok := c.names.Funcs[name]; ok {
		return c.own(name, reflect.ValueOf(f), args, last)
	}
	given := make([]*expr, 0, len(args)+1)
	for _, n := range args {
		e, err := c.operand(n)
		if err != nil {
			return nil, err
		}
		given = append(given, e)
	}
	if last != nil {
		given = append(given, last)
	}
	for _, e := range given {
		if e.typ == nil && name != "and" && name != "or" && name != "not" {
			return nil, fmt.Errorf("an argument of %s is not compiled", name)
		}
	}
	return builtin(name, given)
}

// own compiles the call of a function that came with the template.
func (c scope) own(name string, f reflect.Value, args []parse.Node, last *expr) (*expr, error) {
	if f.Kind() != reflect.Func || f.IsNil() {
		return nil, fmt.Errorf("%s is not a function", name)
	}
	sig := f.Type()
	in := make([]reflect.Type, sig.NumIn())
	for i := range in {
		in[i] = sig.In(i)
	}
	given, err := c.arguments(in, sig.IsVariadic(), args, last)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	switch f := f.Interface().(type) {
	case func(string) string:
		a := given[0].text
		return ofText(func(s *state) string { return f(a(s)) }), nil
	case func(int, int) int:
		a, b := given[0].number, given[1].number
		return ofInt(func(s *state) int { return f(int(a(s)), int(b(s))) }), nil
	}
	return reflected(sig, given, func(*state) reflect.Value { return f })
}

// arguments compiles the arguments of a call, whose types must be those of the
// parameters, or anything where the parameter is any.
func (c scope) arguments(in []reflect.Type, variadic bool, args []parse.Node, last *expr) ([]*expr, error) {
	n := len(args)
	if last != nil {
		n++
	}
	if fixed := len(in); variadic && n < fixed-1 || !variadic && n != fixed {
		return nil, fmt.Errorf("%d arguments", n)
	}
	var out []*expr
	for i := range n {
		want := in[min(i, len(in)-1)]
		if variadic && i >= len(in)-1 {
			want = in[len(in)-1].Elem()
		}
		e := last
		if i < len(args) {
			var err error
			if e, err = c.operand(args[i]); err != nil {
				return nil, err
			}
		}
		if e.typ == nil || e.typ != want && want != reflect.TypeFor[any]() {
			return nil, fmt.Errorf("%v as an argument of type %s is not compiled", e.typ, want)
		}
		out = append(out, e)
	}
	return out, nil
}

// reflected calls a function as html/template does.
func reflected(sig reflect.Type, given []*expr, f func(*state) reflect.Value) (*expr, error) {
	failing := sig.NumOut() == 2 && sig.Out(1) == reflect.TypeFor[error]()
	if (sig.NumOut() != 1 && !failing) || !static(sig.Out(0)) {
		return nil, fmt.Errorf("a call of %s is not compiled", sig)
	}
	return of(shape{typ: sig.Out(0)}, func(s *state) reflect.Value {
		args := make([]reflect.Value, len(given))
		for i, e := range given {
			args[i] = e.value(s)
		}
		out := f(s).Call(args)
		if failing && !out[1].IsNil() {
			panic(out[1].Interface())
		}
		return out[0]
	}), nil
}
