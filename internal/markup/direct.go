package markup

import (
	"html/template"
	"reflect"
)

// Direct makes the methods of a type callable without reflection.
//
// A method of a type that this package has never heard of is a func(T, …) that only
// reflect can call; where T is a parameter, a type switch finds its form once and the
// method is called like any function. Methods of other forms go through reflect.
//
// A method that takes values (...any) may not keep the slice that they come in.
type Direct struct {
	receiver reflect.Type
	bind     func(method reflect.Value, on operand, given []*expr) *expr
}

// operand is the value that a method is called on; typed, if it is there, gives it as
// its own type: a func(*state) T.
type operand struct {
	value func(*state) reflect.Value
	typed any
}

// For gives the methods of T that take nothing, a number or a text, or a key with
// values, and return text; and those that take nothing and return a number, a truth or
// HTML.
func For[T any]() Direct {
	return Direct{reflect.TypeFor[T](), bind[T]}
}

// Returning gives the methods of T that take nothing and return an R.
func Returning[T, R any]() Direct {
	return Direct{reflect.TypeFor[T](), func(method reflect.Value, on operand, given []*expr) *expr {
		f, ok := method.Interface().(func(T) R)
		if !ok || !static(reflect.TypeFor[R]()) {
			return nil
		}
		recv := receiver[T](on)
		typed := func(s *state) R { return f(recv(s)) }
		e := of(shape{typ: reflect.TypeFor[R]()}, func(s *state) reflect.Value { return reflect.ValueOf(typed(s)) })
		e.typed = typed
		return e
	}}
}

// receiver gives a value as its own type. What can be addressed is not copied to the
// heap.
func receiver[T any](on operand) func(*state) T {
	if f, ok := on.typed.(func(*state) T); ok {
		return f
	}
	value := on.value
	return func(s *state) T {
		v := value(s)
		if v.CanAddr() {
			return *v.Addr().Interface().(*T)
		}
		return v.Interface().(T)
	}
}

func bind[T any](method reflect.Value, on operand, given []*expr) *expr {
	recv := receiver[T](on)
	switch f := method.Interface().(type) {
	case func(T) string:
		return ofText(func(s *state) string { return f(recv(s)) })
	case func(T) template.HTML:
		e := ofText(func(s *state) string { return string(f(recv(s))) })
		text := e.text
		e.typ = reflect.TypeFor[template.HTML]()
		e.value = func(s *state) reflect.Value { return reflect.ValueOf(template.HTML(text(s))) }
		return e
	case func(T) bool:
		return ofBool(func(s *state) bool { return f(recv(s)) })
	case func(T) int:
		return ofInt(func(s *state) int { return f(recv(s)) })
	case func(T, int) string:
		n := given[0].number
		return ofText(func(s *state) string { return f(recv(s), int(n(s))) })
	case func(T, string) string:
		a := given[0].text
		return ofText(func(s *state) string { return f(recv(s), a(s)) })
	case func(T, string, ...any) (string, error):
		key, rest := given[0].text, list(given[1:])
		return ofText(func(s *state) string {
			k, v := key(s), rest.lend(s)
			text, err := f(recv(s), k, v...)
			s.args = s.args[:len(s.args)-len(v)]
			return must(text, err)
		})
	case func(T, string, int, ...any) (string, error):
		key, n, rest := given[0].text, given[1].number, list(given[2:])
		return ofText(func(s *state) string {
			k, n, v := key(s), int(n(s)), rest.lend(s)
			text, err := f(recv(s), k, n, v...)
			s.args = s.args[:len(s.args)-len(v)]
			return must(text, err)
		})
	}
	return nil
}

// must ends the execution with the error of a method.
func must(text string, err error) string {
	if err != nil {
		panic(err)
	}
	return text
}

// arguments are those of a function that takes anything.
type arguments []func(*state) any

func list(given []*expr) arguments {
	out := make(arguments, len(given))
	for i, e := range given {
		out[i] = e.any()
	}
	return out
}

// lend adds the values to those of the calls that wait for them; the caller takes them
// away again.
func (a arguments) lend(s *state) []any {
	base := len(s.args)
	for _, f := range a {
		v := f(s) // which may call methods too
		s.args = append(s.args, v)
	}
	return s.args[base:]
}

// values gives the values in a slice that the function may keep.
func values(given []*expr) func(*state) []any {
	args := list(given)
	return func(s *state) []any {
		if len(args) == 0 {
			return nil
		}
		out := make([]any, len(args))
		for i, f := range args {
			out[i] = f(s)
		}
		return out
	}
}
