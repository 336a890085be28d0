package theme

import (
	"fmt"
	"strconv"
	"strings"

	"vitrine/internal/diag"
	"vitrine/internal/load"
	"vitrine/internal/typography"
)

// Words are what a theme says in one language. A phrase may hold places, {name}, and
// two forms, one and many.
type Words struct {
	lang    string
	phrases map[string]phrase
}

// phrase is a phrase, whose second form is empty where it has none.
type phrase struct{ one, many wording }

// wording is a text cut at its places.
type wording struct {
	text   string
	places []place
	end    string // what follows the last one
}

// place is a place to fill, and the text since the one before.
type place struct{ before, name string }

func wordingOf(text string) wording {
	w := wording{text: text, end: text}
	for {
		open := strings.IndexByte(w.end, '{')
		if open < 0 {
			return w
		}
		length := strings.IndexByte(w.end[open:], '}')
		if length < 0 {
			return w
		}
		w.places = append(w.places, place{w.end[:open], w.end[open+1 : open+length]})
		w.end = w.end[open+length+1:]
	}
}

func (w Words) add(root *load.Table) diag.List {
	var list diag.List
	lang := typography.Language(w.lang)
	for _, key := range root.Keys() {
		if s, ok := root.String(key); ok {
			w.phrases[key] = phrase{one: wordingOf(typography.Text(lang, s))}
			continue
		}
		forms, ok := root.Table(key)
		if !ok {
			list = append(list, diag.New(diag.WrongType, root.Span(key), "key", key, "want", "a-string"))
			continue
		}
		one, _ := forms.String("one")
		many, _ := forms.String("many")
		w.phrases[key] = phrase{wordingOf(typography.Text(lang, one)), wordingOf(typography.Text(lang, many))}
	}
	return list
}

// Has reports whether the theme has a phrase.
func (w Words) Has(key string) bool {
	_, ok := w.phrases[key]
	return ok
}

// T is a phrase with its places filled: T "key" "name" value "name" value. An unknown
// phrase is an error, so that no page ever shows a key.
func (w Words) T(key string, args ...any) (string, error) {
	p, ok := w.phrases[key]
	if !ok {
		return "", fmt.Errorf("no phrase %q in i18n/%s.toml", key, w.lang)
	}
	if len(args) == 0 {
		return p.one.text, nil
	}
	return p.one.fill("", args)
}

// N is a phrase in the form that a number asks for; {n} is the number, grouped.
func (w Words) N(key string, n int, args ...any) (string, error) {
	p, ok := w.phrases[key]
	if !ok {
		return "", fmt.Errorf("no phrase %q in i18n/%s.toml", key, w.lang)
	}
	form := &p.many
	if form.text == "" || n == 1 || n == 0 && w.lang == "fr" {
		form = &p.one
	}
	return form.fill(typography.Number(typography.Language(w.lang), int64(n)), args)
}

// Slug is a word of an address: a phrase named slug-KEY.
func (w Words) Slug(key string) string { return w.phrases["slug-"+key].one.text }

// fill writes the values of args in their places. number is what {n} is, unless it is
// empty. A place that nothing fills stays as it is.
func (w *wording) fill(number string, args []any) (string, error) {
	if len(args)%2 != 0 {
		return "", fmt.Errorf("places are filled by pairs of name and value, not %d values", len(args))
	}
	var few [6]string
	values, size := few[:0], len(w.text)
	for _, p := range w.places {
		v := p.value(number, args)
		values = append(values, v)
		size += len(v)
	}
	var b strings.Builder
	b.Grow(size)
	for i, p := range w.places {
		b.WriteString(p.before)
		b.WriteString(values[i])
	}
	b.WriteString(w.end)
	return b.String(), nil
}

func (p place) value(number string, args []any) string {
	if p.name == "n" && number != "" {
		return number
	}
	for i := 0; i < len(args); i += 2 {
		if name, ok := args[i].(string); ok && name == p.name {
			return word(args[i+1])
		}
	}
	return "{" + p.name + "}"
}

func word(v any) string {
	switch x := v.(type) {
	case string:
		return x
	case int:
		return strconv.Itoa(x)
	}
	return fmt.Sprint(v)
}
