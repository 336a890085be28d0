package write

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// site is what a build produces: output/path → content.
type site map[string]string

// both runs a test for each way to commit.
func both(t *testing.T, test func(t *testing.T, ordered bool)) {
	for _, ordered := range []bool{false, true} {
		t.Run(map[bool]string{false: "exchange", true: "ordered"}[ordered], func(t *testing.T) { test(t, ordered) })
	}
}

// house is a site's folder in a test.
type house struct {
	t    *testing.T
	root string
	opts Options
}

func newHouse(t *testing.T, ordered bool) *house {
	return houseAt(t, t.TempDir(), ordered)
}

func houseAt(t *testing.T, root string, ordered bool) *house {
	return &house{t, root, Options{
		State:   filepath.Join(root, ".vitrine"),
		Outputs: []Output{{Name: "public", Dir: filepath.Join(root, "public")}, {Name: "kit", Dir: filepath.Join(root, "kit")}},
		Ordered: ordered,
		Workers: 2,
	}}
}

func (p *house) path(elem ...string) string {
	return filepath.Join(append([]string{p.root}, elem...)...)
}

func (p *house) open() *Session {
	p.t.Helper()
	s, err := Open(p.opts)
	if err != nil {
		p.t.Fatal(err)
	}
	p.t.Cleanup(func() { s.Abort() })
	return s
}

func putAll(s *Session, want site) error {
	for _, k := range sortedKeys(want) {
		out, path, _ := strings.Cut(k, "/")
		if _, err := s.Put(out, path, []byte(want[k])); err != nil {
			return err
		}
	}
	return nil
}

func (p *house) try(want site) (Report, error) {
	p.t.Helper()
	s := p.open()
	if err := putAll(s, want); err != nil {
		s.Abort()
		return Report{}, err
	}
	return s.Commit()
}

func (p *house) build(want site) Report {
	p.t.Helper()
	rep, err := p.try(want)
	if err != nil {
		p.t.Fatalf("build: %v", err)
	}
	return rep
}

func (p *house) write(path, content string) {
	p.t.Helper()
	if err := os.MkdirAll(filepath.Dir(p.path(path)), 0o777); err != nil {
		p.t.Fatal(err)
	}
	if err := os.WriteFile(p.path(path), []byte(content), 0o666); err != nil {
		p.t.Fatal(err)
	}
}

// tree reads the outputs: files with their content, links, and folders.
func (p *house) tree() map[string]string {
	p.t.Helper()
	got := map[string]string{}
	for _, top := range []string{"public", "kit"} {
		err := filepath.WalkDir(p.path(top), func(path string, d fs.DirEntry, err error) error {
			if err != nil {
				if os.IsNotExist(err) {
					return nil
				}
				return err
			}
			rel, _ := filepath.Rel(p.root, path)
			switch {
			case d.IsDir():
				got[rel+"/"] = ""
			case d.Type()&fs.ModeSymlink != 0:
				to, err := os.Readlink(path)
				got[rel] = "→ " + to
				return err
			default:
				b, err := os.ReadFile(path)
				got[rel] = string(b)
				return err
			}
			return nil
		})
		if err != nil {
			p.t.Fatal(err)
		}
	}
	return got
}

// full is the tree that a site and other people's files make.
func full(s site, foreign map[string]string) map[string]string {
	want := map[string]string{}
	add := func(path, content string) {
		want[path] = content
		for d := strings.TrimSuffix(path, "/"); strings.Contains(d, "/"); {
			d = d[:strings.LastIndex(d, "/")]
			want[d+"/"] = ""
		}
	}
	for k, v := range s {
		add(k, v)
	}
	for k, v := range foreign {
		add(k, v)
	}
	return want
}

func (p *house) expect(want map[string]string) {
	p.t.Helper()
	if diff := cmp.Diff(want, p.tree()); diff != "" {
		p.t.Fatalf("outputs (-want +got):\n%s", diff)
	}
}

// noRemains checks that the state folder holds nothing that a session should
// have taken away.
func (p *house) noRemains() {
	p.t.Helper()
	entries, err := os.ReadDir(p.path(".vitrine", place))
	if err != nil {
		p.t.Fatal(err)
	}
	for _, e := range entries {
		switch name := e.Name(); {
		case name == "lock", strings.HasSuffix(name, ".manifest"):
		case strings.HasPrefix(name, "spare-") && !p.opts.Ordered:
		default:
			p.t.Errorf("left in the state folder: %s", name)
		}
	}
}

func statuses(rep Report) map[string]Status {
	got := map[string]Status{}
	for _, f := range rep.Files {
		got[f.Output+"/"+f.Path] = f.Status
	}
	return got
}

var first = site{
	"public/index.html":             "home",
	"public/404.html":               "lost",
	"public/a/index.html":           "a",
	"public/a/b/index.html":         "b",
	"public/gone/deep/x/index.html": "x",
	"kit/p/diploma.pdf":             "%PDF",
}

var second = site{
	"public/index.html":       "home, changed",
	"public/404.html":         "lost",
	"public/a/index.html":     "a",
	"public/a/b":              "now a file",
	"public/new/d/index.html": "d",
	"public/404.html2":        "",
	"kit/p/diploma.pdf":       "%PDF",
	"kit/p/flyer.pdf":         "%PDF 2",
}

func TestBuilds(t *testing.T) {
	both(t, func(t *testing.T, ordered bool) {
		p := newHouse(t, ordered)
		rep := p.build(first)
		p.expect(full(first, nil))
		if len(rep.Files) != len(first) {
			t.Errorf("report: %v", rep.Files)
		}
		rep = p.build(second)
		p.expect(full(second, nil))
		want := map[string]Status{
			"public/index.html": Written, "public/404.html": Unchanged, "public/a/index.html": Unchanged,
			"public/a/b": Written, "public/a/b/index.html": Removed, "public/new/d/index.html": Written,
			"public/404.html2": Written, "public/gone/deep/x/index.html": Removed,
			"kit/p/diploma.pdf": Unchanged, "kit/p/flyer.pdf": Written,
		}
		if diff := cmp.Diff(want, statuses(rep)); diff != "" {
			t.Error(diff)
		}
		if swapped := len(rep.Swapped) > 0; swapped == ordered {
			t.Errorf("swapped %v, renamed %v", rep.Swapped, rep.Renamed)
		}
		p.build(first)
		p.expect(full(first, nil))
		p.build(second)
		p.build(nil)
		p.expect(map[string]string{"public/": "", "kit/": ""})
		p.noRemains()
	})
}

// stamp tells whether a file was touched.
func stamp(t *testing.T, path string) string {
	t.Helper()
	info, err := os.Lstat(path)
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprint(inode(path), info.ModTime().UnixNano())
}

func TestNothingChangedTouchesNothing(t *testing.T) {
	both(t, func(t *testing.T, ordered bool) {
		p := newHouse(t, ordered)
		p.write("public/.gitkeep", "")
		p.build(first)
		paths := []string{"public", "kit", "public/a", "public/index.html", ".vitrine/write"}
		var before []string
		for _, f := range paths {
			before = append(before, stamp(t, p.path(f)))
		}
		p.opts.before = func(op, path string) error { t.Errorf("%s %s", op, path); return nil }
		rep := p.build(first)
		for i, f := range paths {
			if now := stamp(t, p.path(f)); now != before[i] {
				t.Errorf("%s was touched", f)
			}
		}
		for _, f := range rep.Files {
			if f.Status != Unchanged || f.Size != int64(len(first[f.Output+"/"+f.Path])) {
				t.Errorf("%+v", f)
			}
		}
	})
}

func TestUnchangedFilesKeepInodeAndTime(t *testing.T) {
	both(t, func(t *testing.T, ordered bool) {
		p := newHouse(t, ordered)
		p.build(first)
		for _, next := range []site{second, first, second, second} {
			before := stamp(t, p.path("public/a/index.html"))
			p.build(next)
			if now := stamp(t, p.path("public/a/index.html")); now != before {
				t.Fatalf("rewritten: %s, then %s", before, now)
			}
		}
	})
}

// What someone rewrote with the same bytes is theirs to keep: not ours to rewrite.
func TestTouchedFileIsAdopted(t *testing.T) {
	both(t, func(t *testing.T, ordered bool) {
		p := newHouse(t, ordered)
		p.build(first)
		p.build(second)
		os.Remove(p.path("public/a/index.html"))
		p.write("public/a/index.html", "a")
		before := stamp(t, p.path("public/a/index.html"))
		p.build(first)
		if now := stamp(t, p.path("public/a/index.html")); now != before {
			t.Error("rewritten")
		}
		p.build(nil)
		p.expect(map[string]string{"public/": "", "kit/": ""})
	})
}

func TestOneFileIsOneRename(t *testing.T) {
	p := newHouse(t, false)
	p.build(first)
	root := stamp(t, p.path("kit"))
	next := site{}
	maps.Copy(next, first)
	next["public/index.html"] = "changed"
	rep := p.build(next)
	p.expect(full(next, nil))
	if len(rep.Renamed) != 1 || len(rep.Swapped) != 0 || stamp(t, p.path("kit")) != root {
		t.Errorf("%+v", rep)
	}
	p.build(second)
	p.expect(full(second, nil))
}

func TestForeignFilesSurvive(t *testing.T) {
	both(t, func(t *testing.T, ordered bool) {
		p := newHouse(t, ordered)
		foreign := map[string]string{
			"public/.gitkeep": "", "public/CNAME": "example.org", "public/a/notes.txt": "mine",
			"public/gone/deep/mine.txt": "mine", "public/theirs/x/y": "y", "public/theirs/empty/": "",
			"public/link": "→ /etc", "public/theirs/up": "→ ../..",
		}
		for path, content := range foreign {
			if to, ok := strings.CutPrefix(content, "→ "); ok {
				os.MkdirAll(filepath.Dir(p.path(path)), 0o777)
				if err := os.Symlink(to, p.path(path)); err != nil {
					t.Fatal(err)
				}
			} else if strings.HasSuffix(path, "/") {
				os.MkdirAll(p.path(path), 0o777)
			} else {
				p.write(path, content)
			}
		}
		os.Chmod(p.path("public/theirs"), 0o750)
		for i, next := range []site{first, second, second, first, nil, second, nil} {
			p.build(next)
			if next == nil && i == 4 {
				// gone/ and a/ were there before Vitrine.
				p.expect(full(nil, map[string]string{"kit/": "", "public/.gitkeep": "", "public/CNAME": "example.org", "public/a/notes.txt": "mine",
					"public/gone/deep/mine.txt": "mine", "public/theirs/x/y": "y", "public/theirs/empty/": "", "public/link": "→ /etc", "public/theirs/up": "→ ../.."}))
				continue
			}
			p.expect(full(next, foreign2(foreign)))
			if info, err := os.Stat(p.path("public/theirs")); err != nil || info.Mode().Perm() != 0o750 {
				t.Error("mode of a foreign folder changed", err)
			}
		}
	})
}

func foreign2(m map[string]string) map[string]string {
	out := map[string]string{"kit/": ""}
	maps.Copy(out, m)
	return out
}

// A folder that Vitrine made goes when it is empty; one that someone else made stays.
func TestFoldersLeftEmpty(t *testing.T) {
	both(t, func(t *testing.T, ordered bool) {
		p := newHouse(t, ordered)
		os.MkdirAll(p.path("public/theirs"), 0o777)
		p.build(site{"public/theirs/x": "x", "public/ours/x": "x", "public/y": "y", "kit/k": "k"})
		p.build(site{"public/y": "y", "kit/k": "k"})
		p.expect(map[string]string{"public/": "", "public/theirs/": "", "public/y": "y", "kit/": "", "kit/k": "k"})
	})
}

func TestManyForeignFilesAreRenamedAround(t *testing.T) {
	p := newHouse(t, false)
	for i := range foreignLimit + 1 {
		p.write(fmt.Sprintf("public/.git/objects/%d", i), "o")
	}
	before := stamp(t, p.path("public/.git"))
	rep := p.build(first)
	if stamp(t, p.path("public/.git")) != before {
		t.Error("the foreign folder was replaced")
	}
	if diff := cmp.Diff([]string{"public"}, rep.Renamed); diff != "" {
		t.Error(diff)
	}
	p.build(nil)
	if _, err := os.Stat(p.path("public/.git/objects/7")); err != nil {
		t.Error(err)
	}
}

func TestWhatStandsInTheWay(t *testing.T) {
	outside := t.TempDir()
	secret := filepath.Join(outside, "index.html")
	if err := os.WriteFile(secret, []byte("not yours"), 0o666); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name  string
		stand func(p *house)
		path  string
		force bool // Force gets past it
	}{
		{"file", func(p *house) { p.write("public/a/index.html", "theirs") }, "a/index.html", true},
		{"link", func(p *house) { p.write("public/a/x", ""); os.Symlink(secret, p.path("public/a/index.html")) }, "a/index.html", true},
		{"dangling link", func(p *house) { p.write("public/a/x", ""); os.Symlink("nowhere", p.path("public/a/index.html")) }, "a/index.html", true},
		{"folder", func(p *house) { os.MkdirAll(p.path("public/404.html"), 0o777) }, "404.html", false},
		{"full folder", func(p *house) { p.write("public/404.html/x", "theirs") }, "404.html", false},
		{"file as folder", func(p *house) { p.write("public/a", "theirs") }, "a", false},
		{"link as folder", func(p *house) { os.MkdirAll(p.path("public"), 0o777); os.Symlink(outside, p.path("public/a")) }, "a", false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			both(t, func(t *testing.T, ordered bool) {
				p := newHouse(t, ordered)
				test.stand(p)
				before := p.tree()
				_, err := p.try(first)
				var foreign *ForeignError
				if !errors.As(err, &foreign) || foreign.Output != "public" || len(foreign.Paths) != 1 || foreign.Paths[0] != test.path {
					t.Fatalf("got %v", err)
				}
				p.expect(before)
				p.opts.Force = true
				_, err = p.try(first)
				if got := err == nil; got != test.force {
					t.Fatalf("with force: %v", err)
				}
				if !test.force {
					p.expect(before)
				} else if got := p.tree()["public/"+test.path]; got != first["public/"+test.path] {
					t.Errorf("with force: %q", got)
				}
				if b, _ := os.ReadFile(secret); string(b) != "not yours" {
					t.Fatal("a file outside was changed")
				}
				if entries, _ := os.ReadDir(outside); len(entries) != 1 {
					t.Fatal("something was written outside")
				}
			})
		})
	}
}

func TestSameBytesAreAdopted(t *testing.T) {
	both(t, func(t *testing.T, ordered bool) {
		p := newHouse(t, ordered)
		p.write("public/index.html", "home")
		before := stamp(t, p.path("public/index.html"))
		rep := p.build(first)
		if statuses(rep)["public/index.html"] != Unchanged || stamp(t, p.path("public/index.html")) != before {
			t.Error("rewritten")
		}
	})
}

// A file that Vitrine wrote and someone altered: rewritten while it is an output,
// left alone once it is not.
func TestAlteredFiles(t *testing.T) {
	both(t, func(t *testing.T, ordered bool) {
		p := newHouse(t, ordered)
		p.build(first)
		p.write("public/index.html", "HOME") // same size
		p.write("public/gone/deep/x/index.html", "edited by hand")
		rep := p.build(second)
		p.expect(full(second, map[string]string{"public/gone/deep/x/index.html": "edited by hand"}))
		if diff := cmp.Diff([]string{"public/gone/deep/x/index.html"}, rep.Kept); diff != "" {
			t.Error(diff)
		}
		p.build(second)
		p.expect(full(second, map[string]string{"public/gone/deep/x/index.html": "edited by hand"}))
	})
}

// A published folder that someone replaced by a link is not followed.
func TestLinkInPlaceOfOurFolder(t *testing.T) {
	both(t, func(t *testing.T, ordered bool) {
		p := newHouse(t, ordered)
		p.build(first)
		outside := filepath.Join(t.TempDir(), "moved")
		for _, dir := range []string{"a", "gone"} {
			if err := os.Rename(p.path("public", dir), outside+dir); err != nil {
				t.Fatal(err)
			}
			os.Symlink(outside+dir, p.path("public", dir))
		}
		p.try(site{"public/a/index.html": "a changed", "public/z": "z"})
		p.try(site{"public/z": "z"})
		p.try(nil)
		for path, want := range map[string]string{"a/index.html": "a", "a/b/index.html": "b", "gone/deep/x/index.html": "x"} {
			if b, err := os.ReadFile(outside + path); err != nil || string(b) != want {
				t.Errorf("%s: %q %v", path, b, err)
			}
		}
		for _, dir := range []string{"a", "gone"} {
			if to, err := os.Readlink(p.path("public", dir)); err != nil || to != outside+dir {
				t.Errorf("the link %s is gone: %v", dir, err)
			}
		}
	})
}
