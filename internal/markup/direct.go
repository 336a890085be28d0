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
type Direct struct {
	receiver reflect.Type
	bind     func(method reflect.Value, on func(*state) reflect.Value, given []*expr) *expr
}

// For gives the methods of T that take nothing, a number or a text, or a key with
// values, and return text; and those that take nothing and return a number, a truth or
// HTML.
func For[T any]() Direct {
	return Direct{reflect.TypeFor[T](), bind[T]}
}

// Returning gives the methods of T that take nothing and return an R.
func Returning[T, R any]() Direct {
	return Direct{reflect.TypeFor[T](), func(method reflect.Value, on func(*state) reflect.Value, given []*expr) *expr {
		f, ok := method.Interface().(func(T) R)
		if !ok || !static(reflect.TypeFor[R]()) {
			return nil
		}
		return of(shape{typ: reflect.TypeFor[R]()}, func(s *state) reflect.Value {
			return reflect.ValueOf(f(receiver[T](on(s))))
		})
	}}
}

// receiver is a value as its own type. What can be addressed is not copied to the heap.
func receiver[T any](v reflect.Value) T {
	if v.CanAddr() {
		return *v.Addr().Interface().(*T)
	}
	return v.Interface().(T)
}

func bind[T any](method reflect.Value, on func(*state) reflect.Value, given []*expr) *expr {
	switch f := method.Interface().(type) {
	case func(T) string:
		return ofText(func(s *state) string { return f(receiver[T](on(s))) })
	case func(T) template.HTML:
		e := ofText(func(s *state) string { return string(f(receiver[T](on(s)))) })
		text := e.text
		e.typ = reflect.TypeFor[template.HTML]()
		e.value = func(s *state) reflect.Value { return reflect.ValueOf(template.HTML(text(s))) }
		return e
	case func(T) bool:
		return ofBool(func(s *state) bool { return f(receiver[T](on(s))) })
	case func(T) int:
		return ofInt(func(s *state) int { return f(receiver[T](on(s))) })
	case func(T, int) string:
		n := given[0].number
		return ofText(func(s *state) string { return f(receiver[T](on(s)), int(n(s))) })
	case func(T, string) string:
		a := given[0].text
		return ofText(func(s *state) string { return f(receiver[T](on(s)), a(s)) })
	case func(T, string, ...any) (string, error):
		key, rest := given[0].text, values(given[1:])
		return ofText(func(s *state) string {
			return must(f(receiver[T](on(s)), key(s), rest(s)...))
		})
	case func(T, string, int, ...any) (string, error):
		key, n, rest := given[0].text, given[1].number, values(given[2:])
		return ofText(func(s *state) string {
			return must(f(receiver[T](on(s)), key(s), int(n(s)), rest(s)...))
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

// values gives the arguments of a function that takes anything. Each call has its own
// slice: the function may keep it.
func values(given []*expr) func(*state) []any {
	list := make([]func(*state) any, len(given))
	for i, e := range given {
		list[i] = e.any()
	}
	return func(s *state) []any {
		if len(list) == 0 {
			return nil
		}
		out := make([]any, len(list))
		for i, f := range list {
			out[i] = f(s)
		}
		return out
	}
}
