package piece

import (
	"slices"
	"strings"

	"vitrine/internal/diag"
	"vitrine/internal/ident"
	"vitrine/internal/layout"
	"vitrine/internal/load"
)

// reader takes the keys of one table of a template; what was not asked for is reported at the end.
type reader struct {
	*parser
	table *load.Table
	known []string
}

func (p *parser) read(t *load.Table) *reader { return &reader{parser: p, table: t} }

func (r *reader) has(key string) bool {
	r.known = append(r.known, key)
	return r.table.Has(key)
}

func (r *reader) bad(d diag.Diagnostic) { r.list = append(r.list, d) }

func (r *reader) wrong(key, want string) {
	r.bad(diag.New(diag.WrongType, r.table.Span(key), "key", key, "want", want))
}

// box reports a description that cannot be drawn.
func (r *reader) badBox(key, reason string) {
	r.bad(diag.New(diag.BadBox, r.table.Span(key), "reason", reason))
}

func (r *reader) need(key string) {
	if !r.table.Has(key) {
		r.bad(diag.New(diag.MissingKey, r.table.Span(""), "key", key))
	}
}

func (r *reader) done() {
	for _, k := range r.table.Keys() {
		if slices.Contains(r.known, k) {
			continue
		}
		d := diag.New(diag.UnknownKey, r.table.KeySpan(k), "key", k)
		if near, ok := ident.Nearest(k, r.known); ok {
			d = d.WithHint("did-you-mean", "word", near)
		} else {
			known := slices.Clone(r.known)
			slices.Sort(known)
			d = d.WithHint("known-keys", "keys", strings.Join(slices.Compact(known), ", "))
		}
		r.bad(d)
	}
}

func (r *reader) str(key string) string {
	if !r.has(key) {
		return ""
	}
	s, ok := r.table.String(key)
	if !ok {
		r.wrong(key, "a-string")
	}
	return s
}

func (r *reader) number(key string, otherwise, lowest, highest float64) float64 {
	if !r.has(key) {
		return otherwise
	}
	v, ok := r.table.Number(key)
	switch {
	case !ok:
		r.wrong(key, "a-number")
		return otherwise
	case v < lowest || v > highest:
		r.bad(diag.New(diag.BadNumber, r.table.Span(key), "key", key, "value", trimFloat(v)))
		return otherwise
	}
	return v
}

func (r *reader) integer(key string, otherwise, lowest, highest int) int {
	if !r.has(key) {
		return otherwise
	}
	v, ok := r.table.Integer(key)
	switch {
	case !ok:
		r.wrong(key, "an-integer")
		return otherwise
	case v < int64(lowest) || v > int64(highest):
		r.bad(diag.New(diag.BadNumber, r.table.Span(key), "key", key, "value", trimFloat(float64(v))))
		return otherwise
	}
	return int(v)
}

func (r *reader) boolean(key string, otherwise bool) bool {
	if !r.has(key) {
		return otherwise
	}
	v, ok := r.table.Boolean(key)
	if !ok {
		r.wrong(key, "a-boolean")
		return otherwise
	}
	return v
}

// mm and pt read a length.
func (r *reader) mm(key string, otherwise, lowest, highest float64) layout.Length {
	return layout.MM(r.number(key, otherwise, lowest, highest))
}

func (r *reader) pt(key string, otherwise, lowest, highest float64) layout.Length {
	return layout.PT(r.number(key, otherwise, lowest, highest))
}

// choice reads one of several words; the first is what absence means.
func (r *reader) choice(key string, choices ...string) int {
	if !r.has(key) {
		return 0
	}
	s, ok := r.table.String(key)
	if !ok {
		r.wrong(key, "a-string")
		return 0
	}
	i := slices.Index(choices, s)
	if i < 0 {
		d := diag.New(diag.BadChoice, r.table.Span(key), "value", s, "key", key, "choices", strings.Join(choices, ", "))
		if near, ok := ident.Nearest(s, choices); ok {
			d = d.WithHint("did-you-mean", "word", near)
		}
		r.bad(d)
		return 0
	}
	return i
}

// numbers reads a list of exactly n numbers.
func (r *reader) numbers(key string, n int) []float64 {
	if !r.has(key) {
		return nil
	}
	v, ok := r.table.Numbers(key)
	if !ok || len(v) != n {
		want := "four-numbers"
		if n == 2 {
			want = "two-numbers"
		}
		r.wrong(key, want)
		return nil
	}
	for _, f := range v {
		if f < -5000 || f > 5000 {
			r.bad(diag.New(diag.BadNumber, r.table.Span(key), "key", key, "value", trimFloat(f)))
			return nil
		}
	}
	return v
}

// lengths reads a list of lengths in millimetres.
func (r *reader) dash(key string) []layout.Length {
	if !r.has(key) {
		return nil
	}
	v, ok := r.table.Numbers(key)
	if !ok {
		r.wrong(key, "two-numbers")
		return nil
	}
	var out []layout.Length
	for _, f := range v {
		if f < 0 || f > 1000 {
			r.bad(diag.New(diag.BadNumber, r.table.Span(key), "key", key, "value", trimFloat(f)))
			return nil
		}
		out = append(out, layout.MM(f))
	}
	return out
}

// expr reads a text with {{ }} in it.
func (r *reader) expr(key string) *expr {
	if !r.has(key) {
		return nil
	}
	s, ok := r.table.String(key)
	if !ok {
		r.wrong(key, "a-string")
		return nil
	}
	e, err := newExpr(s, key, r.table.Ref, r.funcs)
	if err != nil {
		r.bad(diag.New(diag.TemplateSyntax, r.table.Span(key), "reason", err.Error()))
		return nil
	}
	return e
}
