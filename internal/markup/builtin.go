package markup

import (
	"cmp"
	"fmt"
	"html/template"
	"reflect"
)

// builtin compiles the functions that every template has. index, slice and call are
// not among them: their results depend on values.
func builtin(name string, given []*expr) (*expr, error) {
	switch name {
	case "and", "or":
		return junction(name == "or", given)
	case "not":
		if len(given) == 1 {
			truth, err := given[0].truth()
			if err != nil {
				return nil, err
			}
			return ofBool(func(s *state) bool { return !truth(s) }), nil
		}
	case "eq":
		if len(given) > 1 {
			return equal(given)
		}
	case "ne", "lt", "le", "gt", "ge":
		if len(given) == 2 {
			return comparison(name, given[0], given[1])
		}
	case "len":
		if len(given) == 1 {
			return length(given[0])
		}
	case "print", "println", "_eval_args_", "html", "js", "urlquery":
		args := values(given)
		f := map[string]func(...any) string{
			"print": fmt.Sprint, "println": fmt.Sprintln, "_eval_args_": evalArgs,
			"html": template.HTMLEscaper, "js": template.JSEscaper, "urlquery": template.URLQueryEscaper,
		}[name]
		return ofText(func(s *state) string { return f(args(s)...) }), nil
	case "printf":
		if len(given) > 0 && given[0].typ == reflect.TypeFor[string]() {
			format, args := given[0].text, values(given[1:])
			return ofText(func(s *state) string { return fmt.Sprintf(format(s), args(s)...) }), nil
		}
	}
	return nil, fmt.Errorf("%s of %d arguments is not compiled", name, len(given))
}

// junction is {{and}} and {{or}}: the first argument that decides, or the last one.
func junction(or bool, given []*expr) (*expr, error) {
	if len(given) == 0 {
		return nil, fmt.Errorf("there is no value")
	}
	truths := make([]func(*state) bool, len(given))
	same := true
	for i, e := range given {
		var err error
		if truths[i], err = e.truth(); err != nil {
			return nil, err
		}
		same = same && e.typ != nil && e.shape == given[0].shape
	}
	holds := func(s *state) bool {
		for _, f := range truths {
			if f(s) == or {
				return or
			}
		}
		return !or
	}
	if !same {
		return &expr{holds: holds}, nil
	}
	truth, err := truthOf(given[0].typ)
	if err != nil {
		return nil, err
	}
	e := of(given[0].shape, func(s *state) (v reflect.Value) {
		for _, e := range given {
			if v = e.value(s); truth(v) == or {
				return v
			}
		}
		return v
	})
	e.holds = holds
	return e, nil
}

func length(e *expr) (*expr, error) {
	if text := e.text; text != nil {
		return ofInt(func(s *state) int { return len(text(s)) }), nil
	}
	value, on := deref(e)
	switch on.typ.Kind() {
	case reflect.Array, reflect.Map, reflect.Slice, reflect.String:
		return ofInt(func(s *state) int { return value(s).Len() }), nil
	}
	return nil, fmt.Errorf("the length of %s is not compiled", on.typ)
}

// equal is {{eq a b c}}: a is one of the others.
func equal(given []*expr) (*expr, error) {
	var tests []func(*state) bool
	for _, e := range given[1:] {
		f, err := same(given[0], e)
		if err != nil {
			return nil, err
		}
		tests = append(tests, f)
	}
	if len(tests) == 1 {
		return ofBool(tests[0]), nil
	}
	return ofBool(func(s *state) bool {
		found := false
		for _, f := range tests { // all of them: an argument may end the execution
			found = f(s) || found
		}
		return found
	}), nil
}

func same(a, b *expr) (func(*state) bool, error) {
	if x, y := a.boolean, b.boolean; x != nil && y != nil {
		return func(s *state) bool { return x(s) == y(s) }, nil
	}
	compare, err := order(a, b)
	if err != nil {
		return nil, err
	}
	return func(s *state) bool { return compare(s) == 0 }, nil
}

func comparison(name string, a, b *expr) (*expr, error) {
	if name == "ne" {
		f, err := same(a, b)
		if err != nil {
			return nil, err
		}
		return ofBool(func(s *state) bool { return !f(s) }), nil
	}
	compare, err := order(a, b)
	if err != nil {
		return nil, err
	}
	holds := map[string]func(int) bool{
		"lt": func(n int) bool { return n < 0 },
		"le": func(n int) bool { return n <= 0 },
		"gt": func(n int) bool { return n > 0 },
		"ge": func(n int) bool { return n >= 0 },
	}[name]
	return ofBool(func(s *state) bool { return holds(compare(s)) }), nil
}

// order compares text with text and whole numbers with whole numbers. Other numbers
// are left to html/template, which has its own idea of those that are not numbers.
func order(a, b *expr) (func(*state) int, error) {
	if x, y := a.text, b.text; x != nil && y != nil {
		return func(s *state) int { return cmp.Compare(x(s), y(s)) }, nil
	}
	if x, y := a.number, b.number; x != nil && y != nil {
		return func(s *state) int { return cmp.Compare(x(s), y(s)) }, nil
	}
	return nil, fmt.Errorf("comparing %s and %s is not compiled", a.typ, b.typ)
}

// evalArgs is what html/template makes of the arguments of html and urlquery, to move
// them to the end of the pipeline.
func evalArgs(args ...any) string {
	for i, x := range args {
		args[i] = indirect(x)
	}
	return fmt.Sprint(args...)
}
