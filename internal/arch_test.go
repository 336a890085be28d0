// Package internal_test holds the stages to the arrows of docs/architecture.md: who may
// import whom, and what the stages may not ask of the world.
package internal_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "vitrine/"

// arrows says which packages of the module each one may import. A package that is not
// here fails the test: it has no place in the pipeline yet.
var arrows = map[string]string{
	// ground
	"source":     "",
	"diag":       "",
	"typography": "",
	"ident":      "",
	"hours":      "typography",
	"write":      "",
	"cache":      "",
	"picture":    "",
	"markup":     "",

	"spreadsheet":           "",
	"spreadsheet/sheettest": "",
	"intake":                "source diag load bind model typography ident hours spreadsheet",

	"starter": "source diag load bind typography ident",

	"load":   "source diag",
	"model":  "diag typography hours ident",
	"bind":   "source diag load model typography hours ident",
	"theme":  "source diag load model typography ident",
	"search": "model typography",
	"plan":   "diag model search typography",
	"page":   "diag markup model plan preflight search theme typography hours ident",
	"export": "model typography hours",

	// from boxes to bytes
	"layout":    "",
	"pdf":       "layout",
	"svg":       "layout",
	"png":       "layout",
	"draw":      "layout",
	"preflight": "layout",
	"piece":     "layout draw preflight diag load model typography ident",

	"build": "source diag load model bind theme plan page export search piece layout preflight draw picture pdf svg png write cache typography ident hours",
	"serve": "build diag",
}

// commandArrows are those of cmd/vitrine.
const commandArrows = "build starter serve diag model write ident intake spreadsheet source typography"

// libraries are the outside modules, and the only packages that may call them.
var libraries = map[string]string{
	"github.com/BurntSushi/toml":        "load",
	"github.com/creachadair/tomledit":   "load",
	"github.com/yuin/goldmark":          "page piece",
	"github.com/disintegration/imaging": "picture",
	"github.com/signintech/gopdf":       "pdf",
	"github.com/klauspost/compress":     "pdf png",
	"github.com/go-text/typesetting":    "layout",
	"rsc.io/qr":                         "layout",
	"golang.org/x/image":                "picture png",
	"golang.org/x/text":                 "typography piece write source layout",
	"golang.org/x/sys":                  "write",
	"github.com/fsnotify/fsnotify":      "serve",
	"github.com/evanw/esbuild":          "tools/script",
}

// outsiders are the standard packages through which the world comes in, and who may
// import them. Nobody logs; chance has no part in a build.
var outsiders = map[string]string{
	"os":           "source write cache serve", // serve looks at names, sizes and times, to see what changes
	"os/exec":      "",
	"os/signal":    "",
	"io/ioutil":    "",
	"log":          "",
	"log/slog":     "",
	"math/rand":    "",
	"math/rand/v2": "",
	"crypto/rand":  "",
	"net":          "serve",
	"net/http":     "serve",
	"flag":         "",
	"testing":      "",
}

// forbidden are the functions that ask the clock, read or write files, or end the
// program, with the packages that may call them.
var forbidden = map[string]string{
	"time.Now": "", "time.Since": "", "time.Until": "", "time.Sleep": "", "time.After": "", "time.Tick": "",
	"time.NewTimer":  "serve", // which waits for a save to be over: no result depends on it
	"time.NewTicker": "", "time.Local": "",
	"os.Exit": "", "os.Getenv": "", "os.LookupEnv": "", "os.Environ": "", "os.ExpandEnv": "", "os.Setenv": "",
	"os.Getwd": "write", "os.Stdout": "", "os.Stderr": "", "os.Stdin": "", "os.Args": "",
	"fmt.Print": "", "fmt.Println": "", "fmt.Printf": "",
	"fs.ReadFile": "source write", "fs.ReadDir": "source write", "fs.WalkDir": "source write", "fs.Stat": "source write", "fs.Glob": "source write",
}

// words belong to one programme each: they are data.
var words = []string{"eco-defi", "éco-défi", "eco_defi", "ecodefi", "flers", "déclic", "declics", "pévèle", "pevele", "synergie", "ecoresponsable", "écoresponsable"}

type source struct {
	name string // slash-separated, below the module
	pkg  string // cmd, themes, or the package below internal/
	tree *ast.File
}

func parse(t *testing.T) (*token.FileSet, []source) {
	t.Helper()
	fset := token.NewFileSet()
	var out []source
	root := ".."
	err := filepath.WalkDir(root, func(file string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := strings.TrimPrefix(filepath.ToSlash(file), "../")
		if d.IsDir() {
			if n := d.Name(); n == "testdata" || n == "public" || n == "kit" || n == "node_modules" || (strings.HasPrefix(n, ".") && n != "..") {
				return fs.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		tree, err := parser.ParseFile(fset, file, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		pkg := path.Dir(name)
		if below, ok := strings.CutPrefix(pkg, "internal/"); ok {
			pkg = below
		}
		out = append(out, source{name, pkg, tree})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(out) < 50 {
		t.Fatalf("only %d files found: the test looks in the wrong place", len(out))
	}
	return fset, out
}

func internalPackage(s source) bool { return strings.HasPrefix(s.name, "internal/") }

func allowed(list, name string) bool { return slices.Contains(strings.Fields(list), name) }

// at is a place as editors jump to it, from the module's root.
func at(fset *token.FileSet, pos token.Pos) string {
	p := fset.Position(pos)
	return strings.TrimPrefix(filepath.ToSlash(p.Filename), "../") + ":" + strconv.Itoa(p.Line)
}

func TestArrows(t *testing.T) {
	fset, files := parse(t)
	known := map[string]bool{}
	for _, f := range files {
		mine, ok := arrows[f.pkg]
		switch {
		case internalPackage(f) && !ok:
			if !known[f.pkg] {
				t.Errorf("%s: package %s is not in docs/architecture.md nor in this test", at(fset, f.tree.Package), f.pkg)
			}
		case f.pkg == "cmd/vitrine":
			mine = commandArrows
		}
		known[f.pkg] = true
		for _, imp := range f.tree.Imports {
			p, _ := strconv.Unquote(imp.Path.Value)
			where := at(fset, imp.Pos())
			if below, ok := strings.CutPrefix(p, module+"internal/"); ok {
				if !allowed(mine, below) {
					t.Errorf("%s: %s may not import %s", where, f.pkg, below)
				}
				continue
			}
			if p == module+"themes" && f.pkg != "cmd/vitrine" {
				t.Errorf("%s: only the command knows the built-in themes", where)
			}
			if by, ok := outsiders[p]; ok && internalPackage(f) && !allowed(by, f.pkg) {
				t.Errorf("%s: %s may not import %s", where, f.pkg, p)
			}
			if first, _, _ := strings.Cut(p, "/"); strings.Contains(first, ".") && !allowed(callers(p), f.pkg) {
				t.Errorf("%s: %s may not import %s", where, f.pkg, p)
			}
		}
	}
	for name := range arrows {
		if !known[name] && name != "picture" {
			t.Errorf("package %s has arrows and no files", name)
		}
	}
}

// callers lists the packages that may import an outside package.
func callers(p string) string {
	for lib, by := range libraries {
		if p == lib || strings.HasPrefix(p, lib+"/") {
			return by
		}
	}
	return ""
}

func TestStagesDoNotAskTheWorld(t *testing.T) {
	fset, files := parse(t)
	for _, f := range files {
		if !internalPackage(f) {
			continue
		}
		names := map[string]string{} // as the file calls them → import path's last part
		for _, imp := range f.tree.Imports {
			p, _ := strconv.Unquote(imp.Path.Value)
			name := path.Base(p)
			if p != "os" && p != "time" && p != "fmt" && p != "io/fs" {
				continue
			}
			as := name
			if imp.Name != nil {
				as = imp.Name.Name
			}
			names[as] = name
		}
		ast.Inspect(f.tree, func(n ast.Node) bool {
			sel, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			x, ok := sel.X.(*ast.Ident)
			if !ok || names[x.Name] == "" {
				return true
			}
			call := names[x.Name] + "." + sel.Sel.Name
			if by, bad := forbidden[call]; bad && !allowed(by, f.pkg) {
				t.Errorf("%s: %s may not use %s", at(fset, sel.Pos()), f.pkg, call)
			}
			return true
		})
	}
}

// TestNoProgrammeInGo looks at names and literals. Comments may quote an example.
func TestNoProgrammeInGo(t *testing.T) {
	fset, files := parse(t)
	for _, f := range files {
		ast.Inspect(f.tree, func(n ast.Node) bool {
			var text string
			switch x := n.(type) {
			case *ast.Ident:
				text = x.Name
			case *ast.BasicLit:
				text = x.Value
			default:
				return true
			}
			for _, w := range words {
				if strings.Contains(strings.ToLower(text), w) {
					t.Errorf("%s: %s is a word of one programme: programmes are data", at(fset, n.Pos()), text)
				}
			}
			return true
		})
	}
}
