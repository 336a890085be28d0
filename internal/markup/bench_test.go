package markup

import (
	"bytes"
	"reflect"
	"testing"
)

// listing is a page that is mostly a list, with what layouts are made of: fields, methods,
// conditions, a template called for each element, values in attributes and in text.
const listing = `{{define "card"}}<li class="card{{if .Current}} current{{end}}"><a href="{{.URL}}" title="{{.Upper}}">{{.Text}}</a>{{with .Count}} <span>{{.}}</span>{{end}}</li>{{end}}` +
	`<html lang="{{.Lang}}"><title>{{.Title}}</title><h1>{{.S}}</h1><ul>{{range .Links}}{{template "card" .}}{{end}}</ul>{{.HTML}}<p>{{.W.First.Count 3}}</p></html>`

func listed() *view {
	v := data()
	for range 4 {
		v.Links = append(v.Links, v.Links...)
	}
	return v
}

// BenchmarkExecute executes a compiled layout of 48 elements.
func BenchmarkExecute(b *testing.B) {
	v := listed()
	p, err := Compile(parsed(b, listing), "top", reflect.TypeOf(v), Names{funcs, direct})
	if err != nil {
		b.Fatal(err)
	}
	var w bytes.Buffer
	b.ReportAllocs()
	for b.Loop() {
		w.Reset()
		if err := p.Execute(&w, v); err != nil {
			b.Fatal(err)
		}
	}
	b.SetBytes(int64(w.Len()))
}

// BenchmarkCompile parses, escapes and compiles it.
func BenchmarkCompile(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Compile(parsed(b, listing), "top", reflect.TypeFor[*view](), Names{funcs, direct}); err != nil {
			b.Fatal(err)
		}
	}
}
