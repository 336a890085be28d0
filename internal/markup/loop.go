package markup

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"text/template/parse"
)

// loop is {{range}}, over slices, arrays, integers, and maps with keys that have one
// order: text or integers.
func (c scope) loop(n *parse.RangeNode) (step, error) {
	if n.Pipe.IsAssign || len(n.Pipe.Decl) > 2 {
		return nil, unknown(n.Pipe)
	}
	e, err := c.pipe(n.Pipe)
	if err != nil {
		return nil, err
	}
	if e.typ == nil {
		return nil, unknown(n.Pipe)
	}
	list, of := deref(e)
	each, key, elem, err := iterate(of)
	if err != nil {
		return nil, err
	}
	defer c.inner()()
	k, v := -1, -1
	switch d := n.Pipe.Decl; {
	case len(d) == 2 && key.typ == nil:
		return nil, unknown(n.Pipe)
	case len(d) == 2:
		k = c.declare(d[0].Ident[0], key)
		v = c.declare(d[1].Ident[0], elem)
	case len(d) == 1:
		v = c.declare(d[0].Ident[0], elem)
	}
	inside := c
	inside.dot = elem
	inner, err := inside.block(n.List)
	if err != nil {
		return nil, err
	}
	// After an empty list the variables hold the list itself: nobody means that.
	for i := range n.Pipe.Decl {
		(*c.vars)[len(*c.vars)-1-i].slot = -1
	}
	other, err := c.block(n.ElseList)
	if err != nil {
		return nil, err
	}
	one := func(s *state, key, elem reflect.Value) bool {
		if k >= 0 {
			s.vars[k] = key
		}
		if v >= 0 {
			s.vars[v] = elem
		}
		s.dot = elem
		return inner.run(s) != breaks
	}
	return func(s *state) flow {
		saved := s.dot
		some := each(s, list(s), k >= 0, one)
		s.dot = saved
		if !some && other.run(s) == continues { // of the loop around; a break ends here
			return continues
		}
		return onward
	}, nil
}

// iterator calls one for each value of a list, until it returns false. It reports
// whether there was any.
type iterator func(s *state, list reflect.Value, keys bool, one func(s *state, key, elem reflect.Value) bool) bool

// iterate says how values of a type are gone through, and what comes out. A type
// without keys has a key shape without a type.
func iterate(of shape) (each iterator, key, elem shape, err error) {
	index := shape{typ: reflect.TypeFor[int]()}
	switch t := of.typ; t.Kind() {
	case reflect.Slice, reflect.Array:
		if !static(t.Elem()) {
			break
		}
		return overIndexes, index, known(t.Elem(), t.Kind() == reflect.Slice || of.addr), nil
	case reflect.Map:
		less := orderOf(t.Key())
		if less == nil || !static(t.Elem()) {
			break
		}
		return func(s *state, m reflect.Value, _ bool, one func(s *state, key, elem reflect.Value) bool) bool {
			keys := m.MapKeys()
			slices.SortStableFunc(keys, less)
			for _, k := range keys {
				if !one(s, k, m.MapIndex(k)) {
					break
				}
			}
			return len(keys) > 0
		}, shape{typ: t.Key()}, shape{typ: t.Elem()}, nil
	case reflect.Int:
		if t != index.typ {
			break
		}
		return func(s *state, n reflect.Value, _ bool, one func(s *state, key, elem reflect.Value) bool) bool {
			for i := range int(n.Int()) {
				if !one(s, reflect.Value{}, reflect.ValueOf(i)) {
					break
				}
			}
			return n.Int() > 0
		}, shape{}, index, nil
	}
	return nil, shape{}, shape{}, fmt.Errorf("range over %s is not compiled", of.typ)
}

func overIndexes(s *state, list reflect.Value, keys bool, one func(s *state, key, elem reflect.Value) bool) bool {
	n := list.Len()
	for i := range n {
		var key reflect.Value
		if keys {
			key = reflect.ValueOf(i)
		}
		if !one(s, key, list.Index(i)) {
			break
		}
	}
	return n > 0
}

func orderOf(key reflect.Type) func(a, b reflect.Value) int {
	switch key.Kind() {
	case reflect.String:
		return func(a, b reflect.Value) int { return cmp.Compare(a.String(), b.String()) }
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return func(a, b reflect.Value) int { return cmp.Compare(a.Int(), b.Int()) }
	}
	return nil
}
