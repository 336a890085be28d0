package piece

import (
	"reflect"

	"vitrine/internal/diag"
)

// place is where the value that a text shows is written: in the record it comes from if that knows its
// origin, else in the template.
func (e *expr) place(sc *scope, sub *Subject) (span diag.Span, field string, ok bool) {
	if len(e.fields) == 0 {
		return e.origin.Span(e.key), e.key, false
	}
	field = snake(e.fields[len(e.fields)-1])
	if e.fields[0] == "Participant" && sub.Origin != nil {
		s := sub.Origin.Span(snake(e.fields[min(1, len(e.fields)-1)]))
		return s, field, !s.IsZero()
	}
	v := reflect.ValueOf(sc)
	var origin diag.Origin
	key := ""
	for _, name := range e.fields {
		if o := originOf(v); o != nil {
			origin, key = o, snake(name)
		}
		next, err := step(v, name)
		if err != nil || !next.IsValid() {
			break
		}
		v = next
	}
	if origin != nil {
		if s := origin.Span(key); !s.IsZero() {
			return s, field, true
		}
	}
	return e.origin.Span(e.key), field, false
}

func originOf(v reflect.Value) diag.Origin {
	for v.Kind() == reflect.Interface || v.Kind() == reflect.Pointer {
		if v.IsNil() {
			return nil
		}
		v = v.Elem()
	}
	if v.Kind() != reflect.Struct {
		return nil
	}
	if f := v.FieldByName("Origin"); f.IsValid() && f.CanInterface() {
		o, _ := f.Interface().(diag.Origin)
		return o
	}
	return nil
}
