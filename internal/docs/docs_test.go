// Package docs holds the documentation to the code that it speaks of: the packages and
// their arrows, every key of the data, every view of the layouts, the README's tour. It
// has tests only. `go test ./internal/docs -update` writes the table of views again.
package docs

import (
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"vitrine/internal/source"
	"vitrine/internal/starter"
	"vitrine/internal/typography"
	"vitrine/themes"
)

// root is the repository.
const root = "../.."

// doc reads a page of documentation.
func doc(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func parseGo(t *testing.T, name string) *ast.File {
	t.Helper()
	tree, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	return tree
}

// TestArchitectureDocs compares the table of docs/architecture.md with the arrows that
// the architecture test holds.
func TestArchitectureDocs(t *testing.T) {
	arrows := map[string]string{}
	ast.Inspect(parseGo(t, filepath.Join(root, "internal", "arch_test.go")), func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok || spec.Names[0].Name != "arrows" {
			return true
		}
		for _, e := range spec.Values[0].(*ast.CompositeLit).Elts {
			kv := e.(*ast.KeyValueExpr)
			name, _ := strconv.Unquote(kv.Key.(*ast.BasicLit).Value)
			list, _ := strconv.Unquote(kv.Value.(*ast.BasicLit).Value)
			arrows[name] = list
		}
		return false
	})
	if len(arrows) < 10 {
		t.Fatalf("only %d arrows were found", len(arrows))
	}
	written := map[string]string{}
	for _, m := range regexp.MustCompile("(?m)^\\| `([a-z]+)` \\| .* \\| ([a-z, –]+) \\|$").FindAllStringSubmatch(doc(t, "docs/architecture.md"), -1) {
		written[m[1]] = strings.NewReplacer(",", "", "–", "").Replace(m[2])
	}
	for _, name := range slices.Sorted(maps.Keys(arrows)) {
		if !slices.Equal(sorted(arrows[name]), sorted(written[name])) {
			t.Errorf("%s may import %q, and docs/architecture.md says %q", name, arrows[name], written[name])
		}
		delete(written, name)
	}
	for name := range written {
		t.Errorf("docs/architecture.md has a package %s, the architecture test has not", name)
	}
}

func sorted(list string) []string {
	words := strings.Fields(list)
	slices.Sort(words)
	return words
}

// TestDataDocs finds in docs/data.md every key that bind reads.
func TestDataDocs(t *testing.T) {
	text := doc(t, "docs/data.md")
	names, err := filepath.Glob(filepath.Join(root, "internal", "bind", "*.go"))
	if err != nil || len(names) < 5 {
		t.Fatal(names, err)
	}
	readers := []string{
		"raw", "text", "texts", "strings", "integer", "count", "number", "money", "boolean", "date", "moment", "period",
		"choice", "table", "tables", "url", "email", "phone", "postcode", "naf", "siret", "siren", "hours", "hexColor",
		"color", "cmyk", "file", "scopes", "lines", "oneOrMany", "optional", "year", "has", "need",
	}
	keys := map[string]string{}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		ast.Inspect(parseGo(t, name), func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			first := 0
			switch f := call.Fun.(type) {
			case *ast.SelectorExpr:
				if x, ok := f.X.(*ast.Ident); !ok || x.Name != "r" || !slices.Contains(readers, f.Sel.Name) {
					return true
				}
			case *ast.Ident: // ref(r, registry, "key")
				if f.Name != "ref" && f.Name != "refs" {
					return true
				}
				first = 2
			default:
				return true
			}
			for _, arg := range call.Args[first:] {
				if lit, ok := arg.(*ast.BasicLit); ok && lit.Kind == token.STRING {
					key, _ := strconv.Unquote(lit.Value)
					keys[key] = filepath.Base(name)
				}
				if f, ok := call.Fun.(*ast.SelectorExpr); !ok || f.Sel.Name != "need" {
					break // what follows a key are its choices
				}
			}
			return true
		})
	}
	if len(keys) < 100 {
		t.Fatalf("only %d keys were found in bind", len(keys))
	}
	for _, key := range slices.Sorted(maps.Keys(keys)) {
		if !regexp.MustCompile("[`.{\\[, ]" + key + "[`.}\\],=]").MatchString(text) {
			t.Errorf("docs/data.md does not say `%s`, which %s reads", key, keys[key])
		}
	}
}

var update = flag.Bool("update", false, "write the tables of docs/theme.md again")

// The table of views stands between these lines of docs/theme.md.
const viewsStart, viewsEnd = "<!-- views: written by go test ./internal/docs -update -->\n", "<!-- end of views -->"

// TestThemeDocs holds the table of docs/theme.md to the views that layouts see: their
// fields, and what their comments say of them.
func TestThemeDocs(t *testing.T) {
	text := doc(t, "docs/theme.md")
	before, rest, ok := strings.Cut(text, viewsStart)
	written, after, ok2 := strings.Cut(rest, viewsEnd)
	if !ok || !ok2 {
		t.Fatal("docs/theme.md has no place for the table of views")
	}
	var b strings.Builder
	b.WriteString("\n| view | what it is | fields |\n|---|---|---|\n")
	for _, name := range []string{"view.go", "view_programme.go", "view_participant.go", "view_texts.go", "view_site.go", "frame.go", "office.go", "office_rules.go"} {
		for _, decl := range parseGo(t, filepath.Join(root, "internal", "page", name)).Decls {
			if gen, ok := decl.(*ast.GenDecl); ok {
				for _, spec := range gen.Specs {
					writeView(&b, gen, spec)
				}
			}
		}
	}
	b.WriteString("\n")
	switch {
	case written == b.String():
	case *update:
		name := filepath.Join(root, "docs", "theme.md")
		if err := os.WriteFile(name, []byte(before+viewsStart+b.String()+viewsEnd+after), 0o666); err != nil {
			t.Fatal(err)
		}
	default:
		t.Error("the views have changed: make golden writes their table in docs/theme.md again")
	}
}

// writeView is the row of an exported struct.
func writeView(b *strings.Builder, decl *ast.GenDecl, spec ast.Spec) {
	typ, ok := spec.(*ast.TypeSpec)
	if !ok || !typ.Name.IsExported() {
		return
	}
	st, ok := typ.Type.(*ast.StructType)
	if !ok {
		return
	}
	var fields []string
	for _, f := range st.Fields.List {
		kind := strings.TrimPrefix(strings.TrimLeft(types.ExprString(f.Type), "*"), "page.")
		kind = strings.NewReplacer("*", "", "template.", "", "model.", "").Replace(kind)
		var names []string
		for _, id := range f.Names {
			if id.IsExported() {
				names = append(names, "`"+id.Name+"`")
			}
		}
		switch {
		case len(f.Names) == 0:
			fields = append(fields, "all of `"+kind+"`")
			continue
		case len(names) == 0:
			continue
		}
		x := strings.Join(names, " ")
		if kind != "string" {
			x += " " + kind
		}
		if c := strings.TrimSpace(f.Comment.Text()); c != "" {
			x += " (" + c + ")"
		}
		fields = append(fields, x)
	}
	about := strings.Join(strings.Fields(decl.Doc.Text()), " ")
	for _, p := range []string{typ.Name.Name + " ", "is ", "are "} {
		about = strings.TrimPrefix(about, p)
	}
	fmt.Fprintf(b, "| `%s` | %s | %s |\n", typ.Name.Name, strings.TrimSuffix(about, "."), strings.Join(fields, ", "))
}

const templatesStart, templatesEnd = "<!-- templates: written by go test ./internal/docs -update -->\n", "<!-- end of templates -->"

// TestPieceTemplateDocs compares the table of docs/pieces.md with what the theme's templates say of
// themselves: all of them say for whom they are, and what they are good for in both languages.
func TestPieceTemplateDocs(t *testing.T) {
	empty := source.New(fstest.MapFS{})
	list := starter.Templates(empty, themes.FS, typography.French)
	if len(list) < 15 {
		t.Fatalf("only %d templates were found", len(list))
	}
	var b strings.Builder
	b.WriteString(templatesStart + "| template | for | size | |\n|---|---|---|---|\n")
	for i, e := range starter.Templates(empty, themes.FS, typography.English) {
		if len(e.For) == 0 || e.Size == "" || e.About == "" || list[i].About == "" || e.About == list[i].About {
			t.Errorf("the template %s lacks for, size, or about in fr and en", e.ID)
		}
		fmt.Fprintf(&b, "| `%s` | `%s` | %s | %s |\n", e.ID, strings.Join(e.For, "`, `"), e.Size, e.About)
	}
	page := doc(t, "docs/pieces.md")
	before, rest, ok := strings.Cut(page, templatesStart)
	_, after, ok2 := strings.Cut(rest, templatesEnd)
	if !ok || !ok2 {
		t.Fatal("docs/pieces.md has lost the marks around its templates")
	}
	want := before + b.String() + templatesEnd + after
	switch {
	case *update:
		if err := os.WriteFile(filepath.Join(root, "docs/pieces.md"), []byte(want), 0o666); err != nil {
			t.Fatal(err)
		}
	case page != want:
		t.Error("docs/pieces.md lists other templates than the theme has: go test ./internal/docs -update")
	}
}
