package load

import (
	"errors"
	"maps"
	"math"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/BurntSushi/toml"

	"vitrine/internal/diag"
)

// byLibrary decodes any document, as only the library may. A document of nothing but
// white space, of whatever kind, is empty.
func byLibrary(text string) (content, error) {
	values := map[string]any{}
	if strings.TrimSpace(text) != "" {
		if _, err := toml.Decode(text, &values); err != nil {
			return content{}, err
		}
	}
	f := flattener{at: map[string]uint32{}}
	f.collect(values)
	f.text = f.keys.String()
	f.nodes = make([]node, 1)
	f.table(0, values)
	return f.finish(), nil
}

// flattener turns the library's maps into a content. Its keys come first in the text,
// each once.
type flattener struct {
	builder
	keys strings.Builder
	at   map[string]uint32 // where in the text a key is
}

// collect gathers the keys of a value.
func (f *flattener) collect(value any) {
	switch v := value.(type) {
	case map[string]any:
		for k, x := range v {
			if _, ok := f.at[k]; !ok {
				f.at[k] = uint32(f.keys.Len())
				f.keys.WriteString(k)
			}
			f.collect(x)
		}
	case []map[string]any:
		for _, x := range v {
			f.collect(x)
		}
	case []any:
		for _, x := range v {
			f.collect(x)
		}
	}
}

// table adds the keys of a map to a table, in the order of the alphabet: a map has none.
func (f *flattener) table(id nodeID, values map[string]any) {
	for _, k := range slices.Sorted(maps.Keys(values)) {
		f.value(f.add(id, node{key: f.at[k], keySize: uint32(len(k))}), values[k])
	}
}

// value stores what the library made of a value.
func (f *flattener) value(id nodeID, value any) {
	n := &f.nodes[id]
	switch v := value.(type) {
	case map[string]any:
		f.table(id, v)
	case []map[string]any:
		n.kind = aList
		for _, x := range v {
			f.table(f.add(id, node{}), x)
		}
	case []any:
		n.kind = aList
		for _, x := range v {
			f.value(f.add(id, node{}), x)
		}
	case string:
		f.put(id, v)
	case int64:
		n.kind = anInteger
		n.setWide(uint64(v))
	case float64:
		n.kind = aNumber
		n.setWide(math.Float64bits(v))
	case bool:
		n.kind = aBoolean
		if v {
			n.a = 1
		}
	case time.Time:
		f.time(n, v)
	}
}

// time stores a moment. The library gives what has no zone that of the machine, under
// a name that tells it apart.
func (f *flattener) time(n *node, v time.Time) {
	switch v.Location().String() {
	case "date-local", "datetime-local", "time-local":
		n.kind = aMoment
		n.setWide(uint64(time.Date(v.Year(), v.Month(), v.Day(), v.Hour(), v.Minute(), v.Second(), 0, time.UTC).Unix()))
		n.count = uint32(v.Nanosecond())
	default:
		n.kind = aZoned
		n.a = uint32(len(f.zoned))
		f.zoned = append(f.zoned, v)
	}
}

func syntaxError(file string, err error, at, size int) diag.Diagnostic {
	var pe toml.ParseError
	if !errors.As(err, &pe) {
		return diag.New(diag.TOMLSyntax, diag.Span{File: file}, "reason", err.Error())
	}
	start := min(max(pe.Position.Start, 0), size)
	end := min(start+max(pe.Position.Len, 1), size)
	return diag.New(diag.TOMLSyntax, diag.Span{File: file, Start: at + start, End: at + max(end, start)}, "reason", plain(pe.Message))
}

// plain is the key of the words for what goes wrong most often in a hand-written file;
// the rest is said as the library says it.
func plain(message string) string {
	if _, got, ok := strings.Cut(message, "expected '.' or '=', but got '"); ok && got[0] >= utf8.RuneSelf {
		return "key-quoted" // an accent
	}
	for _, m := range []struct{ part, key string }{
		{"strings cannot contain newlines", "quote-missing"},
		{"unexpected EOF; expected", "quote-missing"},
		{"expected value but found", "value-expected"},
		{"or array terminator", "list-unfinished"},
		{"or an inline table terminator", "table-unfinished"},
		{"bare keys cannot contain", "key-quoted"},
		{"has already been defined", "key-twice"},
		{"was already created", "key-twice"},
		{"expected '.' or '='", "equals-missing"},
		{"expected a top-level item to end with a newline", "line-unfinished"},
		{"nvalid datetime", "date-form"},
		{"nvalid escape", "bad-escape"},
	} {
		if strings.Contains(message, m.part) {
			return m.key
		}
	}
	return message
}
