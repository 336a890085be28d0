// Package markup executes the templates of html/template without its reflection.
//
// html/template decides what a page may hold: it reads the layouts, knows the context
// of every action and puts the escapers there. It then executes them by name, looking
// up each field and calling each method and escaper through reflect, which was most of
// the time of a build. Compile takes the trees as html/template leaves them, with their
// escapers, and the Go type that they are executed with; it finds fields, methods and
// variables once, and turns each node into a function. A Program only runs those.
//
// It is held to html/template in three ways. What the compiler does not know for
// certain (a value whose type only shows when it runs, an escaper that it does not
// have, a type that would need conversion) is an error of Compile, and the caller goes
// on with html/template. What goes wrong when a Program runs (a nil pointer, the error
// of a method) makes Execute fail and write nothing, and the caller executes the
// template again with html/template, for its result or its message. And the tests
// compare the bytes of both, for each kind of node, for hostile strings, and for every
// page of a site.
package markup

import (
	"bytes"
	"fmt"
	"html/template"
	"io"
	"reflect"
	"slices"
	"sync"
	texttemplate "text/template"
)

// Program is a compiled template. Several goroutines may execute it.
type Program struct {
	view   reflect.Type
	body   *body
	states sync.Pool // what executions need, for the next ones
}

// Names are what a template may call beside the fields and methods of its data.
type Names struct {
	// Funcs are the functions that the template was parsed with.
	Funcs template.FuncMap
	// Direct are types whose methods are called without reflection.
	Direct []Direct
}

// Compile compiles the template of a name among those associated with t, for data of
// one type. It escapes the template, as its first execution would: nothing can be
// parsed into t any more.
func Compile(t *template.Template, name string, view reflect.Type, names Names) (*Program, error) {
	find, err := escaped(t, name)
	if err != nil {
		return nil, err
	}
	c := &compiler{names: names, find: find, bodies: map[call]*body{}, direct: map[reflect.Type][]Direct{}}
	for _, d := range names.Direct {
		c.direct[d.receiver] = append(c.direct[d.receiver], d)
	}
	b, err := c.template(name, shape{typ: view})
	if err != nil {
		return nil, err
	}
	return &Program{view: view, body: b, states: sync.Pool{New: func() any { return new(state) }}}, nil
}

// Execute appends to w what html/template would write for data. When it fails, w is as
// it was.
func (p *Program) Execute(w *bytes.Buffer, data any) (err error) {
	if reflect.TypeOf(data) != p.view {
		return fmt.Errorf("the program is for %v, not %T", p.view, data)
	}
	s := p.states.Get().(*state)
	defer func() {
		// Methods may panic, as reflect does at a nil pointer that was embedded.
		if r := recover(); r != nil {
			err = fmt.Errorf("%v", r)
			return
		}
		s.forget()
		p.states.Put(s)
	}()
	s.out, s.dot = w.AvailableBuffer(), reflect.ValueOf(data)
	p.body.run(s)
	if w.Len() == 0 && len(s.out) > w.Available() {
		*w = *bytes.NewBuffer(s.out) // which has grown: w needs no other
	} else {
		w.Write(s.out)
	}
	return nil
}

// state is one execution.
type state struct {
	out   []byte
	dot   reflect.Value
	vars  []reflect.Value // of the template in hand; the first is $
	depth int

	stack []reflect.Value // the variables of all the templates that are being executed
	args  []any           // the arguments of all the methods that are being called
}

// forget lets go of what was shown.
func (s *state) forget() {
	clear(s.stack[:cap(s.stack)])
	clear(s.args[:cap(s.args)])
	*s = state{stack: s.stack[:0], args: s.args[:0]}
}

// maxDepth is how deep templates may call one another; html/template goes deeper.
const maxDepth = 1000

// stop ends an execution.
func stop(format string, args ...any) { panic(fmt.Errorf(format, args...)) }

// body is a template compiled for one type of dot.
type body struct {
	list steps
	vars int
}

func (b *body) run(s *state) {
	if s.depth++; s.depth > maxDepth {
		stop("templates call one another %d deep", maxDepth)
	}
	saved, base := s.vars, len(s.stack)
	s.stack = slices.Grow(s.stack, b.vars)[:base+b.vars]
	s.vars = s.stack[base:]
	clear(s.vars)
	s.vars[0] = s.dot
	b.list.run(s)
	s.vars, s.stack = saved, s.stack[:base]
	s.depth--
}

// escaped makes html/template escape a template and gives access to the trees. The
// templates that it derives for a context (a block among the attributes of a tag)
// stand only in the text/template it wraps, in a field that is not exported.
func escaped(t *template.Template, name string) (func(name string) *texttemplate.Template, error) {
	if err := t.ExecuteTemplate(refuse{}, name, nil); err != nil {
		if x := t.Lookup(name); x == nil || x.Tree == nil {
			return nil, err
		}
	}
	field := reflect.ValueOf(t).Elem().FieldByName("text")
	if !field.IsValid() || field.Type() != reflect.TypeFor[*texttemplate.Template]() || field.IsNil() {
		return nil, fmt.Errorf("html/template no longer wraps a text/template")
	}
	return (*texttemplate.Template)(field.UnsafePointer()).Lookup, nil
}

// refuse ends an execution at its first byte.
type refuse struct{}

func (refuse) Write([]byte) (int, error) { return 0, io.ErrShortWrite }
