package bind

import (
	"slices"
	"strings"

	"vitrine/internal/diag"
	"vitrine/internal/ident"
	"vitrine/internal/typography"
)

// registry holds the records of one kind by id, and by the ids that they had before.
type registry[T any] struct {
	kind  string
	byID  map[string]T
	where map[string]diag.Origin
	ids   []string
	// broken says that the file of the records could not be read: what it would have
	// declared is not reported as unknown, a hundred times over.
	broken bool
}

func newRegistry[T any](kind string) *registry[T] {
	return &registry[T]{kind: kind, byID: map[string]T{}, where: map[string]diag.Origin{}}
}

// declare registers the record under its id and the ids it had before. It returns
// false when the id is missing, malformed or taken: the record is then left out, with
// a message.
func (g *registry[T]) declare(r *reader, v T) (string, bool) {
	id, _, ok := g.declareAll(r, v, r.raw("id"), nil)
	return id, ok
}

func (g *registry[T]) declareAll(r *reader, v T, id string, aliases []string) (string, []string, bool) {
	if id == "" {
		r.need("id")
		return "", nil, false
	}
	if !r.checkID(id, "id") {
		return id, nil, false
	}
	for _, a := range aliases {
		if !r.checkID(a, "aliases") {
			return id, nil, false
		}
	}
	for i, name := range append([]string{id}, aliases...) {
		if other, taken := g.where[name]; taken {
			key := "id"
			if i > 0 {
				key = "aliases"
			}
			r.report(diag.New(diag.Duplicate, r.span(key), "kind", g.kind, "id", name).
				WithNote(other.Span("id"), "declared-here"))
			return id, nil, false
		}
		g.byID[name] = v
		g.where[name] = r.origin()
	}
	g.ids = append(g.ids, id)
	return id, aliases, true
}

// checkID holds an id to its form, and proposes one.
func (r *reader) checkID(id, key string) bool {
	switch ident.ID(id) {
	case ident.OK:
		return true
	case ident.ReservedName:
		r.report(diag.New(diag.ReservedID, r.span(key), "id", id))
		return false
	}
	r.report(diag.New(diag.BadID, r.span(key), "id", id, "proposal", typography.Slug(id)))
	return false
}

// get resolves a reference that a key holds, or reports it there.
func (g *registry[T]) get(r *reader, key, id string) (T, bool) {
	v, ok := g.byID[id]
	if !ok && !g.broken {
		r.report(g.unknown(r.span(key), id))
	}
	return v, ok
}

// item resolves one reference of a list, or reports it at its own place.
func (g *registry[T]) item(r *reader, key string, n int, id string) (T, bool) {
	v, ok := g.byID[id]
	if !ok {
		r.report(g.unknown(r.itemSpan(key, n), id))
	}
	return v, ok
}

func (g *registry[T]) unknown(span diag.Span, id string) diag.Diagnostic {
	d := diag.New(diag.UnknownRef, span, "kind", g.kind, "id", id)
	if near, ok := ident.Nearest(id, g.ids); ok {
		return d.WithHint("did-you-mean", "word", near)
	}
	if len(g.ids) == 0 {
		return d
	}
	some := slices.Clone(g.ids)
	if len(some) > 12 {
		some = append(some[:12:12], "…")
	}
	return d.WithHint("existing", "list", strings.Join(some, ", "))
}

// ref resolves the reference that a key holds; no key, no reference.
func ref[T any](r *reader, g *registry[T], key string) T {
	var none T
	id := r.raw(key)
	if id == "" {
		return none
	}
	v, ok := g.get(r, key, id)
	if !ok {
		return none
	}
	return v
}

// refs resolves the references of a list, each reported at its own place.
func refs[T any](r *reader, g *registry[T], key string) []T {
	var out []T
	ids := r.strings(key)
	for i, id := range ids {
		if v, ok := g.item(r, key, i, id); ok {
			out = append(out, v)
		}
	}
	return out
}

func (r *reader) itemSpan(key string, n int) diag.Span {
	for _, p := range r.parts {
		if p.Has(key) {
			return p.Item(key, n)
		}
	}
	return r.span(key)
}
