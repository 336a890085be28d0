package page

import (
	"html/template"
	"reflect"
	"sync"

	"vitrine/internal/markup"
	"vitrine/internal/model"
	"vitrine/internal/theme"
)

// Layouts are compiled when they are first used: that costs about as much as
// html/template needs for one page. One that the compiler does not know how to compile,
// a theme may hold anything, is executed by html/template.

// execution is a template of a kind of page, for a type of view.
type execution struct {
	kind, name string // no kind: a part that all kinds share
	view       reflect.Type
}

// compiling is an execution whose layout is being compiled, by the first who needs it.
type compiling execution

type program struct {
	once    sync.Once
	program *markup.Program // nil: html/template executes it
}

// program is the compiled form of a template, or nil.
func (r *Renderer) program(layout *template.Template, of execution) *markup.Program {
	if p, ok := r.programs.Load(of); ok {
		return p.(*markup.Program)
	}
	// A part is compiled once for all the kinds that leave it as it is.
	shared := of
	if part, ok := r.theme.Part(of.kind, of.name); ok {
		layout, shared.kind = part, ""
	}
	x, _ := r.programs.LoadOrStore(compiling(shared), &program{})
	p := x.(*program)
	p.once.Do(func() { p.program, _ = compile(r.theme, layout, shared) })
	r.programs.Store(of, p.program)
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
	markup.For[*Prose](), markup.For[*Agenda](), markup.For[*Group](), markup.For[*Groups](), markup.For[*Glossary](), markup.For[*OpenData](), markup.For[*Questions](), markup.For[*Partners](),
}
