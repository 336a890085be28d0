package markup

import (
	"fmt"
	"reflect"
	"text/template/parse"
)

// chain compiles .A.B.C: fields, methods and keys of maps, one after the other. Only
// the last one takes arguments.
func (c scope) chain(e *expr, names []string, args []parse.Node, last *expr) (*expr, error) {
	for i, name := range names {
		var err error
		if i < len(names)-1 {
			e, err = c.member(e, name, nil, nil)
		} else {
			e, err = c.member(e, name, args, last)
		}
		if err != nil {
			return nil, err
		}
	}
	return e, nil
}

// member is what a name means for a value: a method first, of the pointer where the
// value can be addressed; then a field, or a key of a map.
func (c scope) member(e *expr, name string, args []parse.Node, last *expr) (*expr, error) {
	if e.typ == nil {
		return nil, fmt.Errorf("the value before .%s is not compiled", name)
	}
	value, on := deref(e)
	if m, pointer, ok := method(on, name); ok {
		given := operand{value: value}
		if on.typ == e.typ {
			given.typed = e.typed
		}
		return c.method(given, on, pointer, m, args, last)
	}
	if len(args) > 0 || last != nil {
		return nil, fmt.Errorf("%s has no method %s", on.typ, name)
	}
	switch on.typ.Kind() {
	case reflect.Struct:
		return field(value, on, name)
	case reflect.Map:
		if on.typ.Key() != reflect.TypeFor[string]() || !static(on.typ.Elem()) {
			break
		}
		key := reflect.ValueOf(name)
		return of(shape{typ: on.typ.Elem()}, func(s *state) reflect.Value {
			v := value(s).MapIndex(key)
			if !v.IsValid() {
				stop("map has no entry for key %q", name) // html/template knows what then
			}
			return v
		}), nil
	}
	return nil, fmt.Errorf("%s.%s is not compiled", on.typ, name)
}

// method finds a method of a value; pointer says that it is found on its address.
func method(on shape, name string) (m reflect.Method, pointer, ok bool) {
	if m, ok = on.typ.MethodByName(name); ok {
		return m, false, true
	}
	if on.addr {
		m, ok = reflect.PointerTo(on.typ).MethodByName(name)
	}
	return m, true, ok
}

// field is a field of a struct, perhaps of one that is embedded.
func field(value func(*state) reflect.Value, on shape, name string) (*expr, error) {
	f, ok := on.typ.FieldByName(name)
	if !ok || !f.IsExported() || !static(f.Type) {
		return nil, fmt.Errorf("field %s of %s is not compiled", name, on.typ)
	}
	sh := shape{f.Type, on.addr}
	if len(f.Index) == 1 {
		i := f.Index[0]
		return of(sh, func(s *state) reflect.Value { return value(s).Field(i) }), nil
	}
	for t, path := on.typ, f.Index[:len(f.Index)-1]; len(path) > 0; path = path[1:] {
		if t = t.Field(path[0]).Type; t.Kind() == reflect.Pointer {
			t, sh.addr = t.Elem(), true
		}
	}
	return of(sh, func(s *state) reflect.Value { return value(s).FieldByIndex(f.Index) }), nil
}

// method compiles the call of a method, without reflection where its type was given as
// Direct and its form is known.
func (c scope) method(e operand, on shape, pointer bool, m reflect.Method, args []parse.Node, last *expr) (*expr, error) {
	sig := m.Func.Type()
	in := make([]reflect.Type, 0, sig.NumIn())
	for i := 1; i < sig.NumIn(); i++ {
		in = append(in, sig.In(i))
	}
	given, err := c.arguments(in, sig.IsVariadic(), args, last)
	if err != nil {
		return nil, fmt.Errorf("%s.%s: %w", on.typ, m.Name, err)
	}
	if !pointer {
		for _, d := range c.direct[on.typ] {
			if x := d.bind(m.Func, e, given); x != nil {
				return x, nil
			}
		}
	}
	value := e.value
	if on.addr {
		// The pointer has the methods of the value too.
		p := reflect.PointerTo(on.typ)
		value = func(s *state) reflect.Value { return e.value(s).Addr() }
		m, _ = p.MethodByName(m.Name)
		for _, d := range c.direct[p] {
			if x := d.bind(m.Func, operand{value: value}, given); x != nil {
				return x, nil
			}
		}
	}
	index := m.Index
	return reflected(sig, given, func(s *state) reflect.Value { return value(s).Method(index) })
}
