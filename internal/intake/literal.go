package intake

import (
	"fmt"
	"slices"
	"strings"
)

// quote writes a TOML string.
func quote(s string) string {
	var b strings.Builder
	lines := strings.Contains(s, "\n")
	if lines {
		b.WriteString("\"\"\"\n")
	} else {
		b.WriteByte('"')
	}
	for _, r := range s {
		switch {
		case r == '"', r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteByte('\n')
		case r == '\t':
			b.WriteString(`\t`)
		case r < ' ', r == 0x7f:
			fmt.Fprintf(&b, `\u%04X`, r)
		default:
			b.WriteRune(r)
		}
	}
	if lines {
		b.WriteString(`"""`)
	} else {
		b.WriteByte('"')
	}
	return b.String()
}

// literal writes a value of a field in TOML.
func literal(key, text string) string {
	f := fieldOf(key)
	if f == nil {
		return quote(text)
	}
	switch f.kind {
	case kBool, kInteger, kDate:
		return text
	case kNumber:
		if !strings.Contains(text, ".") {
			return text + ".0"
		}
		return text
	case kList, kEvidence, kConsent:
		if text == none && f.kind == kConsent {
			return "[]"
		}
		items := splitList(text)
		for i, s := range items {
			items[i] = quote(s)
		}
		return "[" + strings.Join(items, ", ") + "]"
	}
	return quote(text)
}

// cellText writes a value in a CSV file of the data, where lists know no escape.
func cellText(key, text string) string {
	f := fieldOf(key)
	if !isList(f) {
		return text
	}
	if text == none && f.kind == kConsent {
		return "|" // a list that is there and empty
	}
	return strings.Join(splitList(text), "|")
}

func isList(f *field) bool {
	return f != nil && (f.kind == kList || f.kind == kEvidence || f.kind == kConsent)
}

// keyOrder is the rank of a key in a record.
func keyOrder(key string) int {
	i := slices.IndexFunc(fields, func(f *field) bool { return f.key == key })
	if i < 0 {
		return len(fields)
	}
	return i
}

// inOrder are the values of a record as they are written.
func inOrder(p pairs) pairs {
	out := slices.Clone(p)
	slices.SortStableFunc(out, func(a, b pair) int {
		if n := keyOrder(a.key) - keyOrder(b.key); n != 0 {
			return n
		}
		return strings.Compare(a.key, b.key)
	})
	return out
}

// tomlLines writes values as lines of TOML; those of photo and members as one table each.
func tomlLines(p pairs, skip func(key string) bool) string {
	var b strings.Builder
	done := map[string]bool{}
	for _, v := range inOrder(p) {
		if v.text == "" || skip != nil && skip(v.key) {
			continue
		}
		table, _, nested := strings.Cut(v.key, ".")
		if !nested {
			b.WriteString(v.key + " = " + literal(v.key, v.text) + "\n")
			continue
		}
		if !done[table] {
			done[table] = true
			b.WriteString(table + " = " + inlineTable(p, table) + "\n")
		}
	}
	return b.String()
}

func inlineTable(p pairs, table string) string {
	var parts []string
	for _, v := range inOrder(p) {
		if head, key, ok := strings.Cut(v.key, "."); ok && head == table && v.text != "" {
			parts = append(parts, bareKey(key)+" = "+strings.ReplaceAll(literal(v.key, strings.ReplaceAll(v.text, "\n", " ")), "\n", " "))
		}
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

func bareKey(k string) string {
	if k != "" && strings.Trim(k, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-") == "" {
		return k
	}
	return quote(k)
}
