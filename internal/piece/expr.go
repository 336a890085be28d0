package piece

import (
	"errors"
	"fmt"
	"math"
	"reflect"
	"strconv"
	"strings"
	"text/template"
	"text/template/parse"
	"unicode"

	"vitrine/internal/load"
	"vitrine/internal/model"
	"vitrine/internal/typography"
)

// scope is what the texts of a box are expanded over: the subject's, and inside a list the item. It
// repeats the fields of model.Scope (a test compares them), because text/template finds the fields of
// an embedded structure ten times slower.
type scope struct {
	Site        *model.Site
	Programme   *model.Programme
	Participant *model.Profile
	Award       *model.Distinction
	Edition     *model.Edition
	Challenge   *model.Challenge
	Theme       *model.Theme
	Group       *model.Group
	Event       *model.Event
	Territory   *model.Territory
	Report      *model.Report
	Count       int

	Participants []*model.Profile
	Unnamed      int

	Item  any
	Index int // of the item, from 0
	Of    int // how many items there are

	Page     int       // of the document, from 1
	Pages    int       // how many it has
	Blank    bool      // the page is only there so that the document folds
	Contents []Heading // of the texts that run over pages
}

func newScope(s *model.Scope) *scope {
	return &scope{
		Site: s.Site, Programme: s.Programme, Participant: s.Participant, Award: s.Award, Edition: s.Edition, Challenge: s.Challenge,
		Participants: s.Participants, Unnamed: s.Unnamed,
		Theme: s.Theme, Group: s.Group, Event: s.Event, Territory: s.Territory, Report: s.Report, Count: s.Count,
	}
}

// item is the scope inside a list.
func (s *scope) item(x any, index, of int) *scope {
	inner := *s
	inner.Item, inner.Index, inner.Of = x, index, of
	return &inner
}

// expr is a text of a template, most often with {{ }} in it.
type expr struct {
	source string
	key    string
	origin load.Ref
	tmpl   *template.Template // nil: the source is the text
	fields []string           // of the first value it shows: Participant, PrintName
}

func newExpr(source, key string, origin load.Ref, funcs template.FuncMap) (*expr, error) {
	e := &expr{source: source, key: key, origin: origin}
	if !strings.Contains(source, "{{") {
		return e, nil
	}
	t, err := template.New(key).Option("missingkey=error").Funcs(funcs).Parse(source)
	if err != nil {
		return nil, errors.New(plainError(err.Error(), key))
	}
	e.tmpl = t
	e.fields = firstFields(t.Root)
	return e, nil
}

// plainError takes text/template's own prefix off, which names what the author does not see.
func plainError(s, key string) string {
	s = strings.TrimPrefix(s, "template: ")
	if rest, ok := strings.CutPrefix(s, key+":"); ok {
		s = strings.TrimLeft(rest, "0123456789: ")
	}
	if _, rest, ok := strings.Cut(s, "executing \""+key+"\" at "); ok {
		s = rest
	}
	return strings.ReplaceAll(s, "*model.", "")
}

// static tells whether the text is the same for every subject.
func (e *expr) static() bool { return e == nil || e.tmpl == nil }

// firstFields finds the first field that a template shows, to name it in a message.
func firstFields(n parse.Node) []string {
	switch n := n.(type) {
	case *parse.ListNode:
		if n == nil {
			return nil
		}
		for _, c := range n.Nodes {
			if f := firstFields(c); f != nil {
				return f
			}
		}
	case *parse.ActionNode:
		return firstFields(n.Pipe)
	case *parse.PipeNode:
		if n == nil {
			return nil
		}
		for _, c := range n.Cmds {
			for _, a := range c.Args {
				if f := firstFields(a); f != nil {
					return f
				}
			}
		}
	case *parse.FieldNode:
		return n.Ident
	case *parse.IfNode:
		if f := firstFields(n.List); f != nil {
			return f
		}
		return firstFields(n.ElseList)
	case *parse.WithNode:
		return firstFields(n.Pipe)
	case *parse.RangeNode:
		return firstFields(n.Pipe)
	}
	return nil
}

// funcMap is what templates may call.
func funcMap(o Options) template.FuncMap {
	lang := o.Language
	words := o.Words
	if words == nil {
		words = noWords{}
	}
	return template.FuncMap{
		"t": words.T,
		"n": words.N,
		"date": func(d model.Date) string {
			if d.IsZero() {
				return ""
			}
			return typography.Date(lang, d.Year, d.Month, d.Day)
		},
		"weekday": func(d model.Date) string { return weekday(lang, d) },
		"hours":   func(e *model.Event) string { return eventHours(lang, e) },
		"figure":  func(v any) string { return figureText(lang, v) },
		"target": func(m *model.Measure) string {
			if m == nil || !m.HasTarget {
				return ""
			}
			return m.Quantity(lang, m.Target)
		},
		"money":   func(c model.Cents) string { return typography.Money(lang, int64(c)) },
		"number":  func(n int) string { return typography.Number(lang, int64(n)) },
		"decimal": func(v float64) string { return decimal(lang, v) },
		"list":    func(items []string) string { return typography.List(lang, items) },
		"capital": typography.Capital,
		"upper":   strings.ToUpper,
		"bare":    bareURL,
		"join":    func(sep string, items []string) string { return strings.Join(items, sep) },
		"add":     func(a, b int) int { return a + b },
		"odd":     func(n int) bool { return n%2 != 0 },
		"plain":   plain,
		"whole":   unbreakable.Replace,
	}
}

// decimal writes a number with as many decimals as it has, up to two.
func decimal(lang typography.Language, v float64) string {
	for n := range 2 {
		scale := math.Pow10(n)
		if math.Abs(math.Round(v*scale)/scale-v) < 0.005 {
			return typography.Decimal(lang, v, n)
		}
	}
	return typography.Decimal(lang, v, 2)
}

// figureText is a number as figures show it, and a measure with its unit: « ≈ 430 M€ »;
// nothing where it has no value.
func figureText(lang typography.Language, v any) string {
	switch v := v.(type) {
	case float64:
		return typography.Quantity(lang, v)
	case int:
		return typography.Number(lang, int64(v))
	case *model.Measure:
		switch {
		case v == nil || !v.HasValue:
		case v.Approx:
			return "≈\u00a0" + v.Quantity(lang, v.Shown())
		default:
			return v.Quantity(lang, v.Shown())
		}
	}
	return ""
}

// unbreakable keeps a text on one line: the town of an address.
var unbreakable = strings.NewReplacer(" ", "\u00a0", "-", "\u2011")

// noWords stands for a theme without labels: asking for one is an error of the template.
type noWords struct{}

func (noWords) T(key string, _ ...any) (string, error) { return "", fmt.Errorf("no label %q", key) }

func (w noWords) N(key string, _ int, _ ...any) (string, error) { return w.T(key) }

// plain makes a text stand in Markdown as it is.
func plain(s string) string {
	if !strings.ContainsAny(s, "\\`*_{}[]()<>#+-.!|&~\n") {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '\n':
			r = ' '
		case strings.ContainsRune("\\`*_{}[]()<>#+-.!|&~", r):
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// bareURL is a web address as it is printed: without its scheme and its last slash.
func bareURL(s string) string {
	if i := strings.Index(s, "://"); i >= 0 {
		s = s[i+3:]
	}
	return strings.TrimSuffix(s, "/")
}

// truth reads the result of a `when`: as a text, since that is what templates make. An
// empty list is no.
func truth(s string) bool {
	switch strings.TrimSpace(s) {
	case "", "false", "0", "<nil>", "[]", "map[]":
		return false
	}
	return true
}

// reach follows a dotted path (fields, methods without arguments, map keys) from a value.
func reach(from any, path string) (reflect.Value, error) {
	v := reflect.ValueOf(from)
	for name := range strings.SplitSeq(strings.TrimPrefix(path, "."), ".") {
		next, err := step(v, name)
		if err != nil || !next.IsValid() {
			return next, err
		}
		v = next
	}
	for v.Kind() == reflect.Interface || v.Kind() == reflect.Pointer {
		if v.IsNil() {
			return reflect.Value{}, nil
		}
		v = v.Elem()
	}
	return v, nil
}

func step(v reflect.Value, name string) (reflect.Value, error) {
	for {
		if v.Kind() == reflect.Interface {
			if v.IsNil() {
				return reflect.Value{}, nil
			}
			v = v.Elem()
			continue
		}
		if v.Kind() == reflect.Pointer && v.IsNil() {
			return reflect.Value{}, nil
		}
		if m := v.MethodByName(name); m.IsValid() {
			if m.Type().NumIn() != 0 || m.Type().NumOut() != 1 {
				return reflect.Value{}, fmt.Errorf("%s needs values", name)
			}
			return m.Call(nil)[0], nil
		}
		if v.Kind() == reflect.Pointer {
			v = v.Elem()
			continue
		}
		break
	}
	switch v.Kind() {
	case reflect.Struct:
		if f := v.FieldByName(name); f.IsValid() && f.CanInterface() {
			return f, nil
		}
	case reflect.Map:
		if v.Type().Key().Kind() == reflect.String {
			if f := v.MapIndex(reflect.ValueOf(name).Convert(v.Type().Key())); f.IsValid() {
				return f, nil
			}
		}
	}
	return reflect.Value{}, fmt.Errorf("no %s in %s", name, strings.TrimPrefix(v.Type().String(), "model."))
}

// snake turns PrintName into print_name and ShortURL into short_url.
func snake(name string) string {
	var b strings.Builder
	runes := []rune(name)
	for i, r := range runes {
		if unicode.IsUpper(r) {
			if i > 0 && (!unicode.IsUpper(runes[i-1]) || i+1 < len(runes) && unicode.IsLower(runes[i+1])) {
				b.WriteByte('_')
			}
			r = unicode.ToLower(r)
		}
		b.WriteRune(r)
	}
	return b.String()
}

func trimFloat(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }
