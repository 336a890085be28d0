// Package acceptance holds the repository's own site and its examples, with their kits, to
// what browsers, screen readers and printing houses ask of them. It has tests only. They
// build each site once a run, into a temporary folder, and look at the result with outside
// tools: Chromium with axe-core, the Nu checker, poppler, qpdf and zbar.
//
// A tool that is not there skips its tests by name; VITRINE_REQUIRE_TOOLS=1 makes that a
// failure. The modules of npm are looked for in VITRINE_NODE_MODULES, else in
// node_modules at the root. One page of every kind is looked at, the heaviest;
// VITRINE_ALL=1 looks at all of them.
package acceptance

import (
	"fmt"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"vitrine/internal/bind"
	"vitrine/internal/build"
	"vitrine/internal/model"
	"vitrine/internal/plan"
	"vitrine/internal/source"
	"vitrine/internal/theme"
	"vitrine/themes"
)

// root is the repository, which is a site too.
const root = "../.."

// today is the day that the tests build for, after the last ceremony of every site.
var today = model.Date{Year: 2026, Month: 11, Day: 21}

// folder is where the sites are built.
var folder string

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "vitrine-acceptance-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	folder = dir
	code := m.Run()
	closeBrowser()
	if err := os.RemoveAll(dir); err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
	os.Exit(code)
}

// site is a built site, with the plan that says what each page and piece is.
type site struct {
	name, root  string
	public, kit string
	plan        *plan.Plan
	result      *build.Result
}

// sites are the repository's own and its examples, built once a run, when a test first asks.
var sites = sync.OnceValues(func() (map[string]func() (*site, error), error) {
	dirs, err := filepath.Glob(filepath.Join(root, "examples", "*", "data", "site.toml"))
	if err != nil {
		return nil, err
	}
	all := map[string]func() (*site, error){own: sync.OnceValues(func() (*site, error) { return made(own, root) })}
	for _, file := range dirs {
		dir := filepath.Dir(filepath.Dir(file))
		name := filepath.Base(dir)
		all[name] = sync.OnceValues(func() (*site, error) { return made(name, dir) })
	}
	return all, nil
})

// own is what the tests call the repository's own site.
const own = "own"

// made builds a site for good.
func made(name, dir string) (*site, error) {
	s, err := attempt(name, dir, "")
	if err != nil {
		return nil, err
	}
	if n := s.result.Diagnostics.Errors(); n > 0 {
		d := s.result.Diagnostics[0]
		return nil, fmt.Errorf("%d errors, the first in %s: %s [%s]", n, d.Span.File, d.Message("en"), d.Code)
	}
	return s, nil
}

// attempt builds a site, or its part that is asked for, whatever may be wrong with it: the result says so,
// and there is no plan then.
func attempt(name, dir, only string) (*site, error) {
	place := filepath.Join(folder, name)
	if err := os.MkdirAll(place, 0o755); err != nil {
		return nil, err
	}
	s := &site{name: name, root: dir, public: filepath.Join(place, "public"), kit: filepath.Join(place, "kit")}
	day := func(string) model.Date { return today }
	var err error
	s.result, err = build.Run(build.Options{
		Site: dir, Public: s.public, Kit: s.kit, State: filepath.Join(place, ".vitrine"), Only: only,
		Themes: themes.FS, Own: os.DirFS(dir), Today: day,
	})
	if err != nil || s.result.Diagnostics.Errors() > 0 {
		return s, err
	}
	tree, err := source.Open(dir)
	if err != nil {
		return nil, err
	}
	bound, _ := bind.Site(tree, bind.Options{Today: day, Workers: 1})
	t, _ := theme.Open(tree, os.DirFS(dir), themes.FS, bound.Theme, bound.Language)
	if t == nil {
		return nil, fmt.Errorf("no theme %q", bound.Theme)
	}
	s.plan, _ = plan.Make(bound, t.Words(bound.Language), build.PageSize, nil)
	return s, nil
}

// builtSite is the repository's own.
func builtSite(t *testing.T) *site {
	t.Helper()
	return siteNamed(t, own)
}

func siteNamed(t *testing.T, name string) *site {
	t.Helper()
	all, err := sites()
	if err != nil {
		t.Fatal(err)
	}
	s, err := all[name]()
	if err != nil {
		t.Fatalf("the site %s does not build: %v", name, err)
	}
	return s
}

// each runs a test for every site.
func each(t *testing.T, test func(t *testing.T, s *site)) {
	t.Helper()
	all, err := sites()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range slices.Sorted(maps.Keys(all)) {
		t.Run(name, func(t *testing.T) { test(t, siteNamed(t, name)) })
	}
}

// view is a page to look at.
type view struct {
	site *site
	kind string // the layout; lists by a filter are a kind of their own
	path string // address
	file string // on disk
	size int64
}

// officeKind begins the kinds of the pages that the kit has for the office.
const officeKind = "kit "

// views are the pages to look at: the heaviest of every kind, or all of them. Those that
// the kit has for the office are among them.
func views(t *testing.T, s *site) []view {
	t.Helper()
	var all []view
	add := func(kind, address, file string) {
		info, err := os.Stat(file)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, view{s, kind, address, file, info.Size()})
	}
	for _, p := range s.plan.Pages {
		kind := p.Kind
		if kind == "moved" { // a browser does not stay there
			continue
		}
		if p.Listing != nil && p.Listing.Filter != nil {
			kind += " by " + p.Listing.Filter.Dimension
		}
		add(kind, p.Path, filepath.Join(s.public, filepath.FromSlash(p.File())))
	}
	var office []string
	if _, err := os.Stat(s.kit); err == nil { // a site built alone has none
		office = files(t, s.kit, ".html")
	}
	for _, file := range office {
		rel, err := filepath.Rel(s.kit, file)
		if err != nil {
			t.Fatal(err)
		}
		rel = filepath.ToSlash(rel)
		kind, _, _ := strings.Cut(strings.TrimSuffix(path.Base(rel), ".html"), "-") // bilan-2023: one kind, whatever the edition
		add(officeKind+kind, officePath+rel, file)
	}
	if os.Getenv("VITRINE_ALL") == "1" {
		return all
	}
	return heaviest(all)
}

// heaviest are the heaviest of every kind.
func heaviest(all []view) []view {
	most := map[string]view{}
	for _, v := range all {
		if v.size > most[v.kind].size {
			most[v.kind] = v
		}
	}
	var out []view
	for _, v := range all {
		if most[v.kind] == v {
			out = append(out, v)
		}
	}
	return out
}

// tool is the path of an outside program; without it the test is skipped, or fails
// where tools are required.
func tool(t *testing.T, names ...string) string {
	t.Helper()
	for _, n := range names {
		if p, err := exec.LookPath(n); err == nil {
			return p
		}
	}
	missing(t, names[0]+" is not installed")
	return ""
}

// module is the path of a file of an npm module.
func module(t *testing.T, file string) string {
	t.Helper()
	dir := os.Getenv("VITRINE_NODE_MODULES")
	if dir == "" {
		dir = filepath.Join(root, "node_modules")
	}
	p := filepath.Join(dir, filepath.FromSlash(file))
	if _, err := os.Stat(p); err != nil {
		name := strings.TrimSuffix(file, "/package.json")
		if name == file {
			name, _, _ = strings.Cut(file, "/")
		}
		missing(t, name+" is not in node_modules: npm install "+name)
	}
	return p
}

func missing(t *testing.T, why string) {
	t.Helper()
	if os.Getenv("VITRINE_REQUIRE_TOOLS") == "1" {
		t.Fatal(why + ", and VITRINE_REQUIRE_TOOLS=1")
	}
	t.Skip(why)
}

// run runs an outside program and returns what it printed.
func run(t *testing.T, name string, args ...string) string {
	t.Helper()
	out, err := exec.Command(name, args...).Output()
	if err != nil {
		var said string
		if e, ok := err.(*exec.ExitError); ok {
			said = string(e.Stderr)
		}
		t.Fatalf("%s %s: %v\n%s", filepath.Base(name), strings.Join(args, " "), err, said)
	}
	return string(out)
}

// files lists the files below a folder with an extension.
func files(t *testing.T, dir, ext string) []string {
	t.Helper()
	var out []string
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && filepath.Ext(p) == ext {
			out = append(out, p)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(out)
	return out
}
