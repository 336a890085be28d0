package page

import (
	"encoding/binary"
	"math"
	"reflect"
	"slices"
	"strings"
	"sync"

	"vitrine/internal/model"
	"vitrine/internal/theme"
)

// encoder writes a view down, every field that a layout can reach, for its digest: two
// views have the same bytes only if every layout would show the same.
type encoder struct{ b []byte }

var scratch = sync.Pool{New: func() any { return new([]byte) }}

func (e *encoder) text(s string) {
	e.b = binary.AppendUvarint(e.b, uint64(len(s)))
	e.b = append(e.b, s...)
}

func (e *encoder) number(n uint64) { e.b = binary.AppendUvarint(e.b, n) }

func (e *encoder) flag(on bool) {
	if on {
		e.b = append(e.b, 1)
	} else {
		e.b = append(e.b, 0)
	}
}

func (e *encoder) view(v any) {
	if v == nil {
		return
	}
	x := reflect.ValueOf(v)
	writerOf(x.Type())(e, x)
}

// writer writes the values of a type.
type writer func(*encoder, reflect.Value)

var writers sync.Map // reflect.Type → writer

func writerOf(t reflect.Type) writer {
	if w, ok := writers.Load(t); ok {
		return w.(writer)
	}
	// A type that holds itself would ask for its own writer: it finds this one.
	var once sync.Once
	var w writer
	writers.LoadOrStore(t, writer(func(e *encoder, v reflect.Value) {
		once.Do(func() { w = makeWriter(t) })
		w(e, v)
	}))
	made := makeWriter(t)
	writers.Store(t, made)
	return made
}

func makeWriter(t reflect.Type) writer {
	switch t {
	case reflect.TypeFor[*Frame]():
		return frameWriter()
	case reflect.TypeFor[theme.Words]():
		return func(*encoder, reflect.Value) {} // the theme's own: in the ground of every key
	}
	switch t.Kind() {
	case reflect.String:
		return func(e *encoder, v reflect.Value) { e.text(v.String()) }
	case reflect.Bool:
		return func(e *encoder, v reflect.Value) { e.flag(v.Bool()) }
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return func(e *encoder, v reflect.Value) { e.number(uint64(v.Int())) }
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return func(e *encoder, v reflect.Value) { e.number(v.Uint()) }
	case reflect.Float32, reflect.Float64:
		return func(e *encoder, v reflect.Value) { e.number(math.Float64bits(v.Float())) }
	case reflect.Slice, reflect.Array:
		item := writerOf(t.Elem())
		return func(e *encoder, v reflect.Value) {
			n := v.Len()
			e.number(uint64(n))
			for i := range n {
				item(e, v.Index(i))
			}
		}
	case reflect.Pointer:
		to := writerOf(t.Elem())
		return func(e *encoder, v reflect.Value) {
			e.flag(!v.IsNil())
			if !v.IsNil() {
				to(e, v.Elem())
			}
		}
	case reflect.Map:
		return writeMap(t)
	case reflect.Struct:
		return writeStruct(t, nil)
	}
	panic("page: a view holds a " + t.String() + ", of which no digest can be made")
}

func writeStruct(t reflect.Type, but []string) writer {
	type field struct {
		index int
		write writer
	}
	var fields []field
	for i := range t.NumField() {
		if f := t.Field(i); f.IsExported() && !slices.Contains(but, f.Name) {
			fields = append(fields, field{i, writerOf(f.Type)})
		}
	}
	return func(e *encoder, v reflect.Value) {
		for _, f := range fields {
			f.write(e, v.Field(f.index))
		}
	}
}

func writeMap(t reflect.Type) writer {
	item := writerOf(t.Elem())
	if t.Key().Kind() != reflect.String {
		panic("page: a view holds a " + t.String() + ", of which no digest can be made")
	}
	return func(e *encoder, v reflect.Value) {
		keys := v.MapKeys()
		slices.SortFunc(keys, func(a, b reflect.Value) int { return strings.Compare(a.String(), b.String()) })
		e.number(uint64(len(keys)))
		for _, k := range keys {
			e.text(k.String())
			item(e, v.MapIndex(k))
		}
	}
}

// frameWriter writes what is a page's own in its frame; the rest is the same for many
// pages, and digested once.
func frameWriter() writer {
	own := writeStruct(reflect.TypeFor[Frame](), []string{"Words", "W", "Head", "Header", "Footer"})
	words := writerOf(reflect.TypeFor[model.Words]())
	return func(e *encoder, v reflect.Value) {
		f := v.Interface().(*Frame)
		e.flag(f != nil)
		if f == nil {
			return
		}
		if f.around != nil {
			e.b = append(e.b, f.around.digest[:]...)
		}
		if f.around == nil || reflect.ValueOf(f.W).Pointer() != reflect.ValueOf(f.around.words).Pointer() {
			words(e, v.Elem().FieldByName("W")) // other ones than those around
		}
		own(e, v.Elem())
	}
}
