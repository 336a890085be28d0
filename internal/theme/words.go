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

type phrase struct{ one, many string }

func (w Words) add(root *load.Table) diag.List {
	var list diag.List
	lang := typography.Language(w.lang)
	for _, key := range root.Keys() {
		if s, ok := root.String(key); ok {
			w.phrases[key] = phrase{typography.Text(lang, s), ""}
			continue
		}
		forms, ok := root.Table(key)
		if !ok {
			list = append(list, diag.New(diag.WrongType, root.Span(key), "key", key, "want", "a-string"))
			continue
		}
		one, _ := forms.String("one")
		many, _ := forms.String("many")
		w.phrases[key] = phrase{typography.Text(lang, one), typography.Text(lang, many)}
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
	return fill(p.one, args)
}

// N is a phrase in the form that a number asks for; {n} is the number, grouped.
func (w Words) N(key string, n int, args ...any) (string, error) {
	p, ok := w.phrases[key]
	if !ok {
		return "", fmt.Errorf("no phrase %q in i18n/%s.toml", key, w.lang)
	}
	text := p.many
	if text == "" || n == 1 || n == 0 && w.lang == "fr" {
		text = p.one
	}
	return fill(text, append([]any{"n", typography.Number(typography.Language(w.lang), int64(n))}, args...))
}

// Slug is a word of an address: a phrase named slug-KEY.
func (w Words) Slug(key string) string { return w.phrases["slug-"+key].one }

func fill(text string, args []any) (string, error) {
	if len(args) == 0 {
		return text, nil
	}
	if len(args)%2 != 0 {
		return "", fmt.Errorf("places are filled by pairs of name and value, not %d values", len(args))
	}
	var b strings.Builder
	for {
		open := strings.IndexByte(text, '{')
		if open < 0 {
			break
		}
		end := strings.IndexByte(text[open:], '}')
		if end < 0 {
			break
		}
		b.WriteString(text[:open])
		name := text[open+1 : open+end]
		value, ok := "", false
		for i := 0; i < len(args) && !ok; i += 2 {
			if args[i] == name {
				value, ok = word(args[i+1]), true
			}
		}
		if !ok {
			value = "{" + name + "}"
		}
		b.WriteString(value)
		text = text[open+end+1:]
	}
	b.WriteString(text)
	return b.String(), nil
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
