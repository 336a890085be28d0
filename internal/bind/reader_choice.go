package bind

import (
	"slices"
	"strings"

	"vitrine/internal/diag"
	"vitrine/internal/ident"
)

// choice is one of a few words.
func (r *reader) choice(key string, choices ...string) string {
	v := r.raw(key)
	if v != "" && !slices.Contains(choices, v) {
		d := diag.New(diag.BadChoice, r.span(key), "key", key, "value", v, "choices", strings.Join(choices, ", "))
		if near, ok := ident.Nearest(v, choices); ok {
			d = d.WithHint("did-you-mean", "word", near)
		}
		r.report(d)
		return ""
	}
	return v
}

// choices reads a list of words, each of those given.
func (r *reader) choices(key string, choices ...string) []string {
	var out []string
	for _, v := range r.strings(key) {
		if slices.Contains(choices, v) {
			out = append(out, v)
			continue
		}
		d := diag.New(diag.BadChoice, r.span(key), "key", key, "value", v, "choices", strings.Join(choices, ", "))
		if near, ok := ident.Nearest(v, choices); ok {
			d = d.WithHint("did-you-mean", "word", near)
		}
		r.report(d)
	}
	return out
}
