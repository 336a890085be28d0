package write

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func manifests(t *testing.T, p *house) []string {
	t.Helper()
	list, err := filepath.Glob(p.path(".vitrine", place, "*.manifest"))
	if err != nil || len(list) == 0 {
		t.Fatal("no manifests", err)
	}
	return list
}

func TestManifestLost(t *testing.T) {
	damages := map[string]func(t *testing.T, p *house){
		"removed": func(t *testing.T, p *house) {
			for _, m := range manifests(t, p) {
				os.Remove(m)
			}
		},
		"emptied": func(t *testing.T, p *house) {
			for _, m := range manifests(t, p) {
				os.Truncate(m, 0)
			}
		},
		"cut": func(t *testing.T, p *house) {
			for _, m := range manifests(t, p) {
				info, _ := os.Stat(m)
				os.Truncate(m, info.Size()/2)
			}
		},
		"state folder": func(t *testing.T, p *house) { os.RemoveAll(p.path(".vitrine")) },
	}
	for name, damage := range damages {
		t.Run(name, func(t *testing.T) {
			both(t, func(t *testing.T, ordered bool) {
				p := newHouse(t, ordered)
				p.build(first)
				damage(t, p)
				before := stamp(t, p.path("public/index.html"))
				p.build(first) // the bytes are compared, nothing is written
				if stamp(t, p.path("public/index.html")) != before {
					t.Error("rewritten")
				}
				// Adopted files are Vitrine's again; the folders are not: they may stay empty.
				third := site{}
				for k, v := range second {
					if k != "public/a/b" {
						third[k] = v
					}
				}
				p.build(third)
				p.expect(full(third, folders(p)))

				// With something to change, what cannot be proved ours is in the way.
				damage(t, p)
				now := p.tree()
				_, err := p.try(first)
				var foreign *ForeignError
				if !errors.As(err, &foreign) {
					t.Fatalf("got %v", err)
				}
				p.expect(now)
				// And what is not produced stays.
				same := site{}
				for k, v := range third {
					if k != "public/404.html" {
						same[k] = v
					}
				}
				p.build(same)
				p.expect(now)
			})
		})
	}
}

// folders are the folders that there are.
func folders(p *house) map[string]string {
	left := map[string]string{}
	for k, v := range p.tree() {
		if strings.HasSuffix(k, "/") {
			left[k] = v
		}
	}
	return left
}

func TestManifestOfAnotherFolderProvesNothing(t *testing.T) {
	both(t, func(t *testing.T, ordered bool) {
		p := newHouse(t, ordered)
		p.build(first)
		other := filepath.Join(t.TempDir(), "public")
		os.MkdirAll(other, 0o777)
		b := []byte("home")
		os.WriteFile(filepath.Join(other, "index.html"), b, 0o666)
		p.opts.Outputs = []Output{{Name: "public", Dir: other}}
		p.build(site{"public/x": "x"})
		if got, err := os.ReadFile(filepath.Join(other, "index.html")); err != nil || string(got) != "home" {
			t.Errorf("%q %v", got, err)
		}
		p.expect(full(first, nil))
	})
}

func TestMovedSiteKeepsItsManifest(t *testing.T) {
	both(t, func(t *testing.T, ordered bool) {
		dir := t.TempDir()
		p := houseAt(t, filepath.Join(dir, "a"), ordered)
		os.Mkdir(p.root, 0o777)
		p.build(first)
		os.Rename(filepath.Join(dir, "a"), filepath.Join(dir, "b"))
		p = houseAt(t, filepath.Join(dir, "b"), ordered)
		p.build(second)
		p.expect(full(second, nil))
	})
}

func TestOneOutputLeavesTheOther(t *testing.T) {
	both(t, func(t *testing.T, ordered bool) {
		p := newHouse(t, ordered)
		p.build(first)
		kit := stamp(t, p.path("kit"))
		outs := p.opts.Outputs
		p.opts.Outputs = outs[:1]
		p.build(site{"public/only": "site"})
		if stamp(t, p.path("kit")) != kit {
			t.Error("kit was touched")
		}
		p.expect(full(site{"public/only": "site", "kit/p/diploma.pdf": "%PDF"}, nil))
		p.opts.Outputs = outs
		p.build(second)
		p.expect(full(second, nil))
	})
}

func TestScope(t *testing.T) {
	both(t, func(t *testing.T, ordered bool) {
		p := newHouse(t, ordered)
		p.build(site{"kit/p/diploma.pdf": "1", "kit/p/diploma/a.pdf": "a", "kit/p/diploma/b.pdf": "b", "kit/p/diplomas": "no", "kit/p/flyer.pdf": "f"})
		p.opts.Outputs = []Output{{Name: "kit", Dir: p.path("kit"), Within: []string{"p/diploma", "p/diploma.pdf"}}}
		rep := p.build(site{"kit/p/diploma/a.pdf": "a2"})
		p.expect(full(site{"kit/p/diploma/a.pdf": "a2", "kit/p/diplomas": "no", "kit/p/flyer.pdf": "f"}, nil))
		want := map[string]Status{"kit/p/diploma/a.pdf": Written, "kit/p/diploma/b.pdf": Removed, "kit/p/diploma.pdf": Removed}
		if diff := cmp.Diff(want, statuses(rep)); diff != "" {
			t.Error(diff)
		}
		// What lies outside the scope can still collide with what is put.
		if _, err := p.try(site{"kit/p/Flyer.pdf": "x"}); !isCollision(err) {
			t.Error(err)
		}
		p.opts.Outputs[0] = Output{Name: "kit", Dir: p.path("kit"), KeepOthers: true}
		p.build(site{"kit/p/one.pdf": "1"})
		// The rest is still known as Vitrine's.
		p.opts.Outputs[0] = Output{Name: "kit", Dir: p.path("kit")}
		p.build(site{"kit/x": "x"})
		p.expect(full(site{"kit/x": "x"}, nil))
	})
}

func isCollision(err error) bool {
	var c *CollisionError
	return errors.As(err, &c)
}

func TestCollisions(t *testing.T) {
	for _, pair := range [][2]string{
		{"a", "a"}, {"a", "A"}, {"A", "a"}, {"é", "e\u0301"}, {"x/a", "X/b"}, {"X/a", "x/b"}, {"a", "a/b"}, {"a/b", "a"},
		{"A", "a/b"}, {"a/b/c", "A/b/d"}, {"Straße/a", "straße/b"},
	} {
		s := newHouse(t, true).open()
		if _, err := s.Put("public", pair[0], nil); err != nil {
			t.Fatal(err)
		}
		_, err := s.Put("public", pair[1], nil)
		var c *CollisionError
		if !errors.As(err, &c) || c.Output != "public" {
			t.Errorf("%q: got %v", pair, err)
			continue
		}
		if !strings.HasPrefix(pair[0], c.A) && c.A != pair[0] || !strings.HasPrefix(pair[1], c.B) {
			if !(c.A == pair[1] && c.B == pair[0]) {
				t.Errorf("%q: names %q and %q", pair, c.A, c.B)
			}
		}
		if _, err := s.Commit(); !isCollision(err) {
			t.Errorf("%q: commit: %v", pair, err)
		}
	}
}

// Names that differ by case from one build to the next must both work.
func TestCaseChangesBetweenBuilds(t *testing.T) {
	both(t, func(t *testing.T, ordered bool) {
		p := newHouse(t, ordered)
		p.build(site{"public/A.html": "A", "public/Dir/x": "x"})
		p.build(site{"public/a.html": "a", "public/dir/x": "x"})
		p.expect(full(site{"public/a.html": "a", "public/dir/x": "x"}, nil))
	})
}

func TestUnsafePathsFailTheSession(t *testing.T) {
	both(t, func(t *testing.T, ordered bool) {
		p := newHouse(t, ordered)
		p.build(first)
		for _, path := range []string{"../x", "/tmp/x", "nul", `a\b`, ".vitrine/lock"} {
			s := p.open()
			if _, err := s.Put("public", "index.html", []byte("changed")); err != nil {
				t.Fatal(err)
			}
			var e *PathError
			if _, err := s.Put("public", path, nil); !errors.As(err, &e) {
				t.Errorf("%q: %v", path, err)
			}
			if _, err := s.Commit(); !errors.As(err, &e) || e.Path != path {
				t.Errorf("%q: commit: %v", path, err)
			}
			p.expect(full(first, nil))
		}
		p.noRemains()
	})
}

func TestAbortLeavesAll(t *testing.T) {
	both(t, func(t *testing.T, ordered bool) {
		p := newHouse(t, ordered)
		s := p.open()
		putAll(s, first)
		if err := s.Abort(); err != nil {
			t.Fatal(err)
		}
		p.expect(map[string]string{})
		p.build(first)
		s = p.open()
		putAll(s, second)
		s.Abort()
		p.expect(full(first, nil))
		if _, err := s.Commit(); err == nil {
			t.Error("commit after abort")
		}
		p.noRemains()
		p.build(second)
		p.expect(full(second, nil))
	})
}

func TestKeepAndNote(t *testing.T) {
	both(t, func(t *testing.T, ordered bool) {
		p := newHouse(t, ordered)
		s := p.open()
		putAll(s, first)
		s.Note("public", "404.html", "page/404")
		if _, err := s.Commit(); err != nil {
			t.Fatal(err)
		}
		os.Remove(p.path("public/a/index.html"))
		p.write("public/a/b/index.html", "B")
		s = p.open()
		for path, want := range map[string]bool{"index.html": true, "a/index.html": false, "a/b/index.html": false, "unknown": false, "../x": false} {
			if got, err := s.Keep("public", path); got != want || err != nil {
				t.Errorf("%s: %v %v", path, got, err)
			}
		}
		s.Put("public", "new", nil)
		s.Put("public", "new2", nil)
		rep, err := s.Commit()
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range rep.Files {
			if f.Path == "404.html" && (f.Status != Removed || f.Note != "page/404") {
				t.Errorf("%+v", f)
			}
		}
		p.expect(full(site{"public/index.html": "home", "public/a/b/index.html": "B", "public/new": "", "public/new2": ""}, map[string]string{"kit/": ""}))
	})
}

func TestPutFrom(t *testing.T) {
	both(t, func(t *testing.T, ordered bool) {
		p := newHouse(t, ordered)
		big := strings.Repeat("0123456789", 100_000)
		for i, want := range []Status{Written, Unchanged, Unchanged} {
			s := p.open()
			got, err := s.PutFrom("public", "big.bin", strings.NewReader(big))
			if got != want || err != nil {
				t.Errorf("%d: %v %v", i, got, err)
			}
			if i == 2 {
				p.write("other", "")
			}
			if _, err := s.Commit(); err != nil {
				t.Fatal(err)
			}
		}
		if b, _ := os.ReadFile(p.path("public/big.bin")); string(b) != big {
			t.Error("not the same bytes")
		}
		s := p.open()
		if _, err := s.PutFrom("public", "bad", &failing{}); err == nil {
			t.Error("a read error was swallowed")
		}
		if _, err := s.Commit(); err == nil {
			t.Error("committed after an error")
		}
	})
}

type failing struct{}

func (failing) Read([]byte) (int, error)       { return 0, errors.New("no") }
func (failing) Seek(int64, int) (int64, error) { return 0, nil }

var _ io.ReadSeeker = failing{}

func TestManyWorkers(t *testing.T) {
	both(t, func(t *testing.T, ordered bool) {
		p := newHouse(t, ordered)
		want := site{}
		for i := range 400 {
			want["public/"+string(rune('a'+i%7))+"/"+strings.Repeat("x", i/7+1)] = strings.Repeat("y", i)
		}
		for range 2 {
			s := p.open()
			jobs := make(chan string)
			var wg sync.WaitGroup
			for range 8 {
				wg.Go(func() {
					for k := range jobs {
						out, path, _ := strings.Cut(k, "/")
						if _, err := s.Put(out, path, []byte(want[k])); err != nil {
							t.Error(err)
						}
					}
				})
			}
			for k := range want {
				jobs <- k
			}
			close(jobs)
			wg.Wait()
			if _, err := s.Commit(); err != nil {
				t.Fatal(err)
			}
			p.expect(full(want, nil))
		}
	})
}

// A wide folder is mirrored by several goroutines.
func TestWideFolder(t *testing.T) {
	both(t, func(t *testing.T, ordered bool) {
		p := newHouse(t, ordered)
		want, theirs := site{}, map[string]string{}
		for i := range 500 {
			want[fmt.Sprintf("public/d%d/index.html", i)] = "x"
			if i%50 == 0 {
				name := fmt.Sprintf("public/d%d/theirs", i)
				p.write(name, "t")
				theirs[name] = "t"
			}
		}
		p.build(want)
		p.build(want)
		for i := range 500 {
			switch i % 5 {
			case 0:
				delete(want, fmt.Sprintf("public/d%d/index.html", i))
			case 1:
				want[fmt.Sprintf("public/d%d/index.html", i)] = "y"
			}
			if i%100 == 99 {
				p.build(want)
				p.expect(full(want, theirs))
			}
		}
	})
}

func TestFoldersThatCannotGoTogether(t *testing.T) {
	dir := t.TempDir()
	state := filepath.Join(dir, ".vitrine")
	at := func(s string) string { return filepath.Join(dir, s) }
	os.Symlink("/", at("root"))
	os.WriteFile(at("file"), nil, 0o666)
	tests := [][]Output{
		{{Name: "public", Dir: dir}},
		{{Name: "public", Dir: state}},
		{{Name: "public", Dir: at(".vitrine/public")}},
		{{Name: "public", Dir: at("public")}, {Name: "kit", Dir: at("public/kit")}},
		{{Name: "public", Dir: at("public")}, {Name: "kit", Dir: at("public")}},
		{{Name: "public", Dir: at("public")}, {Name: "kit", Dir: at("Public")}},
		{{Name: "public", Dir: at("public")}, {Name: "public", Dir: at("kit")}},
		{{Name: "public", Dir: at("root")}},
		{{Name: "public", Dir: at("file")}},
		{{Name: "public", Dir: ""}},
		{{Name: "../public", Dir: at("public")}},
	}
	for _, outs := range tests {
		s, err := Open(Options{State: state, Outputs: outs})
		var e *LayoutError
		if !errors.As(err, &e) {
			t.Errorf("%v: %v", outs, err)
		}
		if err == nil {
			s.Abort()
		}
	}
	os.RemoveAll(state)
	os.Symlink(t.TempDir(), state)
	var e *LayoutError
	if _, err := Open(Options{State: state}); !errors.As(err, &e) {
		t.Errorf("a linked state folder: %v", err)
	}
}

func TestLinkedOutput(t *testing.T) {
	p := newHouse(t, false)
	real := filepath.Join(t.TempDir(), "www")
	os.Mkdir(real, 0o777)
	os.WriteFile(filepath.Join(real, "theirs"), nil, 0o666)
	os.Symlink(real, p.path("public"))
	rep := p.build(first)
	p.build(second)
	if to, err := os.Readlink(p.path("public")); err != nil || to != real {
		t.Fatal("the link was replaced", err)
	}
	if diff := cmp.Diff([]string{"public"}, rep.Renamed[:1]); diff != "" {
		t.Error(diff)
	}
	for _, f := range []string{"theirs", "a/b", "new/d/index.html"} {
		if !exists(filepath.Join(real, f)) {
			t.Error(f)
		}
	}
	if entries, _ := os.ReadDir(real); len(entries) != 6 {
		t.Error(entries)
	}
}

// Links planted in the state folder lead nowhere.
func TestPlantedLinks(t *testing.T) {
	both(t, func(t *testing.T, ordered bool) {
		outside := t.TempDir()
		os.WriteFile(filepath.Join(outside, "index.html"), []byte("theirs"), 0o666)
		for _, name := range []string{"spare-public", "undo-public", "probe", "journal.tmp", "spare-public/a", "spare-public/index.html"} {
			p := newHouse(t, ordered)
			p.build(site{"public/z": "z"})
			os.MkdirAll(p.path(".vitrine", place, filepath.Dir(name)), 0o777)
			os.RemoveAll(p.path(".vitrine", place, name))
			target := outside
			if strings.HasSuffix(name, ".html") {
				target = filepath.Join(outside, "index.html")
			}
			if err := os.Symlink(target, p.path(".vitrine", place, name)); err != nil {
				t.Fatal(err)
			}
			p.build(first)
			p.build(second)
			p.expect(full(second, nil))
			if entries, _ := os.ReadDir(outside); len(entries) != 1 {
				t.Errorf("%s: written outside: %v", name, entries)
			}
			if b, _ := os.ReadFile(filepath.Join(outside, "index.html")); string(b) != "theirs" {
				t.Errorf("%s: changed outside", name)
			}
		}
	})
}

func TestPlantedJournal(t *testing.T) {
	outside := t.TempDir()
	os.WriteFile(filepath.Join(outside, "x"), []byte("theirs"), 0o666)
	for _, text := range []string{
		`{"jobs":[{"output":"public","key":"` + outside + `","changes":[{"path":"x","old":true}]}]}`,
		`{"jobs":[{"output":"public","key":"./../` + filepath.Base(outside) + `","changes":[{"path":"x","old":true}]}]}`,
		`{"jobs":[{"output":"public","key":"./public","changes":[{"path":"../../x","old":true}]}]}`,
		`{"jobs":[{"output":"public","key":"./public","emptied":["../x"]}]}`,
		`{"jobs":[{"output":"public","key":"./public","area":"../x"}]}`,
		`{"jobs":[null]}`, `{`, ``,
	} {
		p := newHouse(t, true)
		p.build(first)
		p.write(".vitrine/write/journal", text)
		s, err := Open(p.opts)
		var pending *PendingError
		if err != nil && !errors.As(err, &pending) {
			t.Errorf("%s: %v", text, err)
		}
		if err == nil {
			s.Abort()
		}
		p.expect(full(first, nil))
		if b, _ := os.ReadFile(filepath.Join(outside, "x")); string(b) != "theirs" {
			t.Fatalf("%s: changed outside", text)
		}
	}
}

// The state folder on another file system than the output.
func TestAcrossFileSystems(t *testing.T) {
	shm, err := os.MkdirTemp("/dev/shm", "vitrine-test")
	if err != nil {
		t.Skip("no second file system: ", err)
	}
	t.Cleanup(func() { os.RemoveAll(shm) })
	p := newHouse(t, false)
	if err := os.Rename(p.root, filepath.Join(shm, "x")); !crossDevice(err) {
		t.Skip("the same file system")
	}
	p.opts.State = filepath.Join(shm, ".vitrine")
	p.write("public/.gitkeep", "")
	rep := p.build(first)
	if len(rep.Renamed) != 2 {
		t.Errorf("%+v", rep)
	}
	foreign := map[string]string{"public/.gitkeep": ""}
	p.expect(full(first, foreign))
	p.build(second)
	p.expect(full(second, foreign))
	if rep := p.build(second); len(rep.Renamed) != 0 {
		t.Error("nothing had changed")
	}
	p.build(nil)
	p.expect(full(nil, map[string]string{"public/.gitkeep": "", "kit/": ""}))
}
