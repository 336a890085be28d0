package page

import (
	"bytes"
	"reflect"
	"slices"
	"testing"

	"vitrine/internal/theme"
)

// shared are the parts of a frame that chromeFor digests once for many pages.
var shared = []string{"Words", "W", "Head", "Header", "Footer"}

// Every field that a layout can reach is part of a page's key: a view that differs in
// one field only has another one.
func TestKeysHoldEveryField(t *testing.T) {
	for _, root := range roots {
		typ := reflect.TypeOf(root)
		if _, ok := typ.FieldByName("Frame"); !ok || typ == reflect.TypeFor[Chrome]() || typ == reflect.TypeFor[Kit]() {
			continue // a part of a page, written as HTML into the views that hold it; the office's page
		}
		fields := 0
		vary(t, typ, func(whole, changed reflect.Value, path string) {
			fields++
			var a, b encoder
			a.view(whole.Addr().Interface())
			b.view(changed.Addr().Interface())
			if bytes.Equal(a.b, b.b) {
				t.Errorf("%s.%s changes nothing in the key", typ.Name(), path)
			}
		})
		if fields == 0 {
			t.Errorf("%s: no field was varied", typ)
		}
	}
}

// vary calls f with a full value of a type and one that differs from it in one leaf, for
// each leaf.
func vary(t *testing.T, typ reflect.Type, f func(whole, changed reflect.Value, path string)) {
	t.Helper()
	n := len(leaves(fill(typ), ""))
	for i := range n {
		whole, changed := fill(typ), fill(typ)
		l := leaves(changed, "")[i]
		switch l.v.Kind() {
		case reflect.String:
			l.v.SetString("changed")
		case reflect.Bool:
			l.v.SetBool(!l.v.Bool())
		case reflect.Int:
			l.v.SetInt(7)
		case reflect.Float64:
			l.v.SetFloat(7)
		case reflect.Slice, reflect.Pointer:
			l.v.SetZero()
		default:
			t.Fatalf("%s: a leaf of kind %s", l.path, l.v.Kind())
		}
		f(whole, changed, l.path)
	}
}

// fill makes a value in which nothing is empty.
func fill(typ reflect.Type) reflect.Value {
	v := reflect.New(typ).Elem()
	switch typ.Kind() {
	case reflect.Struct:
		for i := range typ.NumField() {
			if f := typ.Field(i); f.IsExported() && !slices.Contains(shared, f.Name) {
				v.Field(i).Set(fill(f.Type))
			}
		}
	case reflect.Pointer:
		v.Set(reflect.New(typ.Elem()))
		v.Elem().Set(fill(typ.Elem()))
	case reflect.Slice:
		v.Set(reflect.Append(v, fill(typ.Elem())))
	case reflect.String:
		v.SetString("x")
	case reflect.Array:
		for i := range v.Len() {
			v.Index(i).Set(fill(typ.Elem()))
		}
	}
	return v
}

type leaf struct {
	v    reflect.Value
	path string
}

func leaves(v reflect.Value, path string) []leaf {
	var out []leaf
	switch v.Kind() {
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[theme.Words]() {
			return nil
		}
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() && !slices.Contains(shared, f.Name) {
				out = append(out, leaves(v.Field(i), path+"."+f.Name)...)
			}
		}
		return out
	case reflect.Pointer:
		return append(leaves(v.Elem(), path), leaf{v, path})
	case reflect.Slice:
		return append(leaves(v.Index(0), path+"[0]"), leaf{v, path})
	}
	return []leaf{{v, path}}
}

func TestTargetsOf(t *testing.T) {
	for _, c := range []struct {
		text  string
		want  []string
		plain bool
	}{
		{"", nil, true},
		{"une phrase [sans lien] (vraiment)", nil, true},
		{"[a](/a/) et ![b](/img/b.jpg)", []string{"/a/", "/img/b.jpg"}, true},
		{"[a](/a/ \"titre\")", nil, false},
		{"[a](</a b/>)", nil, false},
		{"[a](\\/a/)", nil, false},
		{"[a](&#47;a/)", nil, false},
		{"[a]\n\n[a]: /a/", nil, false},
		{"[a](\n/a/)", nil, false},
		{"[a](/a", nil, false},
		{"[a](/a(b))", nil, false},
	} {
		got, plain := targetsOf(c.text)
		if plain != c.plain || plain && !slices.Equal(got, c.want) {
			t.Errorf("%q: %q, %v", c.text, got, plain)
		}
	}
}
