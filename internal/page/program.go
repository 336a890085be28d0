package page

import (
	"html/template"
	"reflect"
	"sync"
	"sync/atomic"

	"vitrine/internal/markup"
	"vitrine/internal/model"
	"vitrine/internal/theme"
)

// Layouts that many pages use are compiled. One that the compiler does not know how to
// compile, a theme may hold anything, is executed by html/template, as are the few
// pages that most kinds have.

// often is how many executions of a layout are left to html/template: compiling one
// costs about as many.
const often = 4

// execution is a template of a kind of page, for a type of view.
type execution struct {
	kind, name string
	view       reflect.Type
}

// program is a layout that is compiled when it has been used often enough.
type program struct {
	uses    atomic.Int32
	once    sync.Once
	program *markup.Program // nil: html/template executes it
}

// program is the compiled form of a template, or nil.
func (r *Renderer) program(layout *template.Template, of execution) *markup.Program {
	x, ok := r.programs.Load(of)
	if !ok {
		x, _ = r.programs.LoadOrStore(of, &program{})
	}
	p := x.(*program)
	if p.uses.Load() < often && p.uses.Add(1) <= often {
		return nil
	}
	p.once.Do(func() {
		p.program, _ = compile(r.theme, layout, of)
	})
	return p.program
}

func compile(t *theme.Theme, layout *template.Template, of execution) (*markup.Program, error) {
	return markup.Compile(layout, of.name, of.view, markup.Names{Funcs: t.Functions(), Direct: direct})
}

// direct are the types whose methods layouts call, most of them for the phrases.
var direct = []markup.Direct{
	markup.For[*Frame](), markup.For[model.Word](), markup.Returning[model.Words, model.Word](), markup.Returning[Card, *Frame](),
	markup.For[*Chrome](), markup.For[*Participant](), markup.For[*Verify](), markup.For[*Directory](), markup.For[*Filters](),
	markup.For[*Challenge](), markup.For[*Challenges](), markup.For[*Theme](), markup.For[*Territory](), markup.For[*Edition](),
	markup.For[*Prose](),
}
