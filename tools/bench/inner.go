package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// loops are the packages whose benchmarks are inner loops of a build, and which of them
// are. Those that write thousands of files, and those of whole commands, are not.
var loops = []struct{ pkg, benchmarks string }{
	{"load", "Read"},
	{"bind", "Site"},
	{"typography", "Text"},
	{"plan", "Make"},
	{"markup", "Execute|Compile"},
	{"page", "ParticipantPage|Layouts"},
	{"piece", "Layout|Read"},
	{"build", "Build"},
}

// inner runs the benchmarks of the inner loops once.
func (s *session) inner(filter string) error {
	for _, l := range loops {
		if _, err := s.relay(s.repo, "go", "test", "-run", "^$", "-bench", narrowed(l.benchmarks, filter), "-benchmem", "./internal/"+l.pkg); err != nil {
			return err
		}
	}
	return nil
}

// narrowed is a pattern for go test -bench: those of a package that a filter lets
// through. Its slashes part the names of benchmarks from those of their cases, so that
// both patterns cannot be joined: a filter replaces the list.
func narrowed(benchmarks, filter string) string {
	if filter == "." || filter == "" {
		return "^Benchmark(" + benchmarks + ")$"
	}
	return filter
}

// benchstatAt is the version of benchstat: it is run, and is no dependency.
const benchstatAt = "golang.org/x/perf/cmd/benchstat@v0.0.0-20260908200009-22c9c6c9d4da"

// benchstat compares the inner loops of two revisions, run in turn.
func (s *session) benchstat(old, revision string, count int, filter string) error {
	dir, err := os.MkdirTemp("", "vitrine-benchstat-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	fmt.Fprintf(s.out, "The inner loops of %s and of %s, %d times in turn: about %d minutes.\n", old, named(revision), count, max(1, count*2/3))
	sides := []*side{{name: "old"}, {name: "new"}}
	for i, ref := range []string{old, revision} {
		x := sides[i]
		x.tree = s.repo
		if ref != "" {
			x.tree = filepath.Join(dir, x.name)
			if err := s.extract(ref, x.tree); err != nil {
				return err
			}
		}
		if err := s.compileLoops(x, filepath.Join(dir, x.name+"-tests")); err != nil {
			return err
		}
	}
	for i := range count {
		for _, l := range loops {
			for k := range sides { // who is first changes, in case it matters
				x := sides[(i+k)%2]
				if err := s.runLoop(x, l.pkg, narrowed(l.benchmarks, filter)); err != nil {
					return err
				}
			}
		}
		fmt.Fprintf(os.Stderr, "%d of %d\n", i+1, count)
	}
	args := []string{"run", benchstatAt}
	for _, x := range sides {
		file := filepath.Join(dir, x.name+".txt")
		if err := os.WriteFile(file, x.said.Bytes(), 0o666); err != nil {
			return err
		}
		args = append(args, x.name+"="+file)
	}
	_, err = s.relay(dir, "go", args...)
	return err
}

func named(revision string) string {
	if revision == "" {
		return "the files as they are"
	}
	return revision
}

// side is one of the two revisions that are compared.
type side struct {
	name  string
	tree  string            // its files
	tests map[string]string // by package: the compiled tests
	said  bytes.Buffer
}

// extract writes the files of a revision to a folder, and leaves the checkout alone.
func (s *session) extract(ref, dir string) error {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	archive := exec.CommandContext(s.ctx, "git", "archive", "--format=tar", ref)
	archive.Dir, archive.Stderr = s.repo, os.Stderr
	tar := exec.CommandContext(s.ctx, "tar", "-x", "-C", dir)
	tar.Stderr = os.Stderr
	var err error
	if tar.Stdin, err = archive.StdoutPipe(); err != nil {
		return err
	}
	if err := tar.Start(); err != nil {
		return err
	}
	if err := archive.Run(); err != nil {
		return failure(archive, err, "")
	}
	if err := tar.Wait(); err != nil {
		return failure(tar, err, "")
	}
	return nil
}

func (s *session) compileLoops(x *side, dir string) error {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	x.tests = map[string]string{}
	for _, l := range loops {
		if _, err := os.Stat(filepath.Join(x.tree, "internal", l.pkg)); err != nil {
			fmt.Fprintf(s.out, "%s has no package %s\n", x.name, l.pkg)
			continue
		}
		file := filepath.Join(dir, l.pkg+".test")
		if _, err := s.measure(x.tree, "go", "test", "-c", "-o", file, "./internal/"+l.pkg); err != nil {
			return err
		}
		if _, err := os.Stat(file); err == nil { // a package without tests compiles to nothing
			x.tests[l.pkg] = file
		}
	}
	return nil
}

// runLoop runs the benchmarks of a package once, in its folder, as go test would.
func (s *session) runLoop(x *side, pkg, benchmarks string) error {
	file := x.tests[pkg]
	if file == "" {
		return nil
	}
	cmd := exec.CommandContext(s.ctx, file, "-test.run", "^$", "-test.bench", benchmarks, "-test.benchmem", "-test.benchtime", "0.5s")
	cmd.Dir = filepath.Join(x.tree, "internal", pkg)
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &x.said, &said
	if err := cmd.Run(); err != nil {
		return failure(cmd, err, said.String())
	}
	return nil
}

// peer notes the version of something that Vitrine is measured against.
func (s *session) peer(version string) {
	if version == "" || strings.Contains(s.peers, version) {
		return
	}
	if s.peers != "" {
		s.peers += ", "
	}
	s.peers += version
}

// hugoVersion is what the yardstick's Hugo calls itself.
func hugoVersion(ctx context.Context) string {
	cache, err := cacheDir()
	if err != nil {
		return ""
	}
	words := strings.Fields(firstLine(ctx, filepath.Join(cache, "hugo"), "version"))
	if len(words) < 2 {
		return ""
	}
	version, _, _ := strings.Cut(words[1], "-")
	return "Hugo " + strings.TrimPrefix(version, "v")
}
