package page

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"vitrine/internal/model"
)

// privateTypes and privateNames are the types and fields that hold what never shows. A layout or a piece
// cannot leak what it cannot reach.
var privateTypes = map[reflect.Type]string{
	reflect.TypeFor[model.Participant](): "the record",
	reflect.TypeFor[model.Commitment]():  "a commitment's evidence",
	reflect.TypeFor[model.Award]():       "an award's waiver, and its holder",
}

var privateNames = []string{"LegalName", "Note", "Notes", "Waived", "WithdrawnOn", "SoleTrader", "Consent"}

// roots are everything that a template is handed.
var roots = []any{
	Chrome{}, Frame{}, Card{}, Home{}, Programme{}, Directory{}, Finder{}, Filters{}, Participant{}, Verify{}, Moved{}, Framed{}, Embed{}, Challenges{}, Challenge{},
	Themes{}, Theme{}, Editions{}, Edition{}, Groups{}, Group{}, Figures{}, Territories{}, Territory{}, News{}, Prose{}, Fixed{},
	Agenda{}, Join{}, EcoDesign{}, Glossary{}, Questions{}, Partners{}, OpenData{},
	Kit{}, Report{}, OfficeReport{}, Rules{}, model.Scope{}, model.Profile{}, model.Distinction{},
}

// TestViewsCannotReachPrivateData walks exported fields and the results of exported
// methods, as text/template would.
func TestViewsCannotReachPrivateData(t *testing.T) {
	for _, root := range roots {
		walk(t, reflect.TypeOf(root), reflect.TypeOf(root).String(), map[reflect.Type]bool{})
	}
}

// TestPrivacyWalkFinds makes sure that the walk sees what it should.
func TestPrivacyWalkFinds(t *testing.T) {
	type nest struct{ Deep []map[string]*model.Award }
	var r recorder
	walk(&r, reflect.TypeFor[nest](), "nest", map[reflect.Type]bool{})
	walk(&r, reflect.TypeFor[leaky](), "leaky", map[reflect.Type]bool{})
	if len(r) != 2 {
		t.Errorf("found %q, want the award in a field and the record behind a method", []string(r))
	}
}

type leaky struct{}

func (*leaky) Record() *model.Participant { return nil }

type recorder []string

func (r *recorder) Helper() {}
func (r *recorder) Errorf(_ string, args ...any) {
	*r = append(*r, args[0].(string))
}

type reporter interface {
	Helper()
	Errorf(format string, args ...any)
}

func walk(t reporter, typ reflect.Type, path string, seen map[reflect.Type]bool) {
	t.Helper()
	switch typ.Kind() {
	case reflect.Pointer: // whose methods are seen with what it points at
		walk(t, typ.Elem(), path, seen)
		return
	case reflect.Slice, reflect.Array, reflect.Chan:
		methods(t, typ, path, seen)
		walk(t, typ.Elem(), path, seen)
		return
	case reflect.Map:
		methods(t, typ, path, seen)
		walk(t, typ.Key(), path, seen)
		walk(t, typ.Elem(), path, seen)
		return
	}
	if why, bad := privateTypes[typ]; bad {
		t.Errorf("%s reaches %s: %s", path, typ, why)
		return
	}
	if seen[typ] {
		return
	}
	seen[typ] = true
	methods(t, reflect.PointerTo(typ), path, seen)
	if typ.Kind() != reflect.Struct {
		return
	}
	for f := range typ.Fields() {
		f := f
		if !f.IsExported() {
			continue
		}
		if typ.PkgPath() == "vitrine/internal/model" {
			if slices.Contains(privateNames, f.Name) {
				t.Errorf("%s.%s is private", path, f.Name)
			}
		}
		walk(t, f.Type, path+"."+f.Name, seen)
	}
}

func methods(t reporter, typ reflect.Type, path string, seen map[reflect.Type]bool) {
	for m := range typ.Methods() {
		m := m
		for out := range m.Type.Outs() {
			if out := out; out.Kind() != reflect.Func {
				walk(t, out, path+"."+m.Name+"()", seen)
			}
		}
	}
}

// TestEveryViewIsWalked fails when the package gains a view that the walk never meets.
func TestEveryViewIsWalked(t *testing.T) {
	seen := map[reflect.Type]bool{}
	for _, root := range roots {
		var r recorder
		walk(&r, reflect.TypeOf(root), "", seen)
	}
	met := map[string]bool{}
	for typ := range seen {
		if typ.PkgPath() == "vitrine/internal/page" {
			met[typ.Name()] = true
		}
	}
	inputs := []string{"Renderer", "Draft", "Picture", "Size", "Cell", "Class", "Finding", "Seen"} // what the renderer is given
	fset := token.NewFileSet()
	names, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(fset, name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			d, ok := n.(*ast.TypeSpec)
			if !ok {
				return true
			}
			if _, isStruct := d.Type.(*ast.StructType); isStruct && d.Name.IsExported() && !met[d.Name.Name] && !slices.Contains(inputs, d.Name.Name) {
				t.Errorf("%s: %s is reached from no view that the walk starts at", fset.Position(d.Pos()), d.Name.Name)
			}
			return true
		})
	}
}
