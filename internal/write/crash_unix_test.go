//go:build unix

package write

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The helper process: it builds the second site in VITRINE_WRITE_TEST and kills
// itself before the n-th change on disk.
func TestMain(m *testing.M) {
	root := os.Getenv("VITRINE_WRITE_TEST")
	if root == "" {
		os.Exit(m.Run())
	}
	n, _ := strconv.Atoi(os.Getenv("VITRINE_WRITE_KILL"))
	opts := houseAt(nil, root, os.Getenv("VITRINE_WRITE_WAY") == "ordered").opts
	if state := os.Getenv("VITRINE_WRITE_STATE"); state != "" {
		opts.State = state
	}
	opts.before = func(op, path string) error {
		if n--; n == 0 {
			syscall.Kill(os.Getpid(), syscall.SIGKILL)
			select {}
		}
		return nil
	}
	s, err := Open(opts)
	if err == nil {
		err = putAll(s, second)
	}
	if err == nil && os.Getenv("VITRINE_WRITE_HOLD") != "" {
		fmt.Println("holding")
		os.Stdin.Read(make([]byte, 1))
	}
	if err == nil {
		_, err = s.Commit()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

func helper(p *house, env ...string) *exec.Cmd {
	way := "exchange"
	if p.opts.Ordered {
		way = "ordered"
	}
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), "VITRINE_WRITE_TEST="+p.root, "VITRINE_WRITE_WAY="+way, "VITRINE_WRITE_STATE="+p.opts.State)
	cmd.Env = append(cmd.Env, env...)
	cmd.Stderr = os.Stderr
	return cmd
}

var theirs = map[string]string{"public/.gitkeep": "", "public/a/mine.txt": "mine", "public/x/y/z": "z", "public/x/e/": ""}

// prepare makes a house in which the first site stands, with what a build before
// left, and other people's files.
func prepare(t *testing.T, ordered bool) *house {
	p := newHouse(t, ordered)
	p.write("public/.gitkeep", "")
	p.build(site{"public/index.html": "older", "public/old/x": "older", "kit/older": "older"})
	p.build(first)
	p.write("public/a/mine.txt", "mine")
	p.write("public/x/y/z", "z")
	os.Mkdir(p.path("public/x/e"), 0o777)
	return p
}

// only keeps one output of a tree.
func only(name string, tree map[string]string) map[string]string {
	got := map[string]string{}
	for k, v := range tree {
		if strings.HasPrefix(k, name+"/") {
			got[k] = v
		}
	}
	return got
}

// afterStop checks what a run that was stopped anywhere may leave.
func afterStop(t *testing.T, p *house, where string) {
	t.Helper()
	before, after := full(first, theirs), full(second, theirs)
	whole := func(stage string) (isNew bool) {
		tree := p.tree()
		for _, out := range []string{"public", "kit"} {
			if !cmp.Equal(only(out, tree), only(out, before)) && !cmp.Equal(only(out, tree), only(out, after)) {
				t.Fatalf("%s, %s: %s is neither old nor new: (-new +got)\n%s", where, stage, out, cmp.Diff(only(out, after), only(out, tree)))
			}
		}
		return cmp.Equal(tree, after)
	}
	if !p.opts.Ordered {
		whole("at once")
	}
	s := p.open()
	isNew := whole("after the next start")
	if tree := p.tree(); !isNew && !cmp.Equal(tree, before) {
		t.Fatalf("%s: one output is old, the other new: %s", where, cmp.Diff(before, tree))
	}
	if err := s.Abort(); err != nil {
		t.Fatal(err)
	}
	p.build(second)
	p.expect(after)
	p.build(first)
	p.expect(before)
	p.build(second)
	p.build(second)
	p.expect(after)
	p.noRemains()
}

func TestKilledBeforeEveryStep(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a process per step")
	}
	both(t, func(t *testing.T, ordered bool) {
		for n := 1; ; n++ {
			p := prepare(t, ordered)
			err := helper(p, "VITRINE_WRITE_KILL="+strconv.Itoa(n)).Run()
			if err == nil {
				if n < 15 {
					t.Errorf("only %d steps", n)
				}
				p.expect(full(second, theirs))
				return
			}
			var exit *exec.ExitError
			if !errors.As(err, &exit) || exit.Sys().(syscall.WaitStatus).Signal() != syscall.SIGKILL {
				t.Fatal(err)
			}
			afterStop(t, p, fmt.Sprintf("killed before step %d", n))
		}
	})
}

// A first build, killed: then all of the site is there or nothing of it.
func TestFirstBuildKilled(t *testing.T) {
	both(t, func(t *testing.T, ordered bool) {
		for n := 1; ; n += 3 {
			p := newHouse(t, ordered)
			if helper(p, "VITRINE_WRITE_KILL="+strconv.Itoa(n)).Run() == nil {
				return
			}
			s := p.open()
			tree := p.tree()
			for d, v := range tree {
				if v == "" && strings.HasSuffix(d, "/") && strings.Count(d, "/") == 1 {
					delete(tree, d) // the empty output folder itself
				}
			}
			if len(tree) != 0 && !cmp.Equal(p.tree(), full(second, nil)) {
				t.Fatalf("killed before step %d: %v", n, tree)
			}
			s.Abort()
			p.build(second)
			p.expect(full(second, nil))
			p.noRemains()
		}
	})
}

// The disk says no at every step in turn, once or for good: the outputs are old
// or, where the other way was found, new.
func TestRefusedAtEveryStep(t *testing.T) {
	for name, lasting := range map[string]bool{"once": false, "from then on": true} {
		t.Run(name, func(t *testing.T) {
			both(t, func(t *testing.T, ordered bool) {
				stride := 1
				if lasting || testing.Short() {
					stride = 2
				}
				for step := 1; ; step += stride {
					p := prepare(t, ordered)
					n, last := 0, ""
					p.opts.before = func(op, path string) error {
						// That an empty folder cannot be removed is let pass.
						if info, err := os.Lstat(path); op == "remove" && err == nil && info.IsDir() {
							return nil
						}
						// A full disk still removes and renames.
						if n++; n == step || lasting && n > step && op != "remove" && op != "remove-all" && op != "rename" && op != "exchange" && op != "journal" && op != "manifest" {
							last = op + " " + path
							return &os.PathError{Op: op, Path: path, Err: syscall.ENOSPC}
						}
						return nil
					}
					_, err := p.try(second)
					p.opts.before = nil
					where := fmt.Sprintf("refused at step %d (%s)", step, last)
					if err == nil {
						p.expect(full(second, theirs))
					} else {
						var sys *SystemError
						if !errors.As(err, &sys) || sys.Kind != DiskFull || !errors.Is(err, syscall.ENOSPC) {
							t.Fatalf("%s: %v", where, err)
						}
						if !exists(p.path(".vitrine", place, string(back))) {
							p.expect(full(first, theirs))
						}
					}
					afterStop(t, p, where)
					if n < step {
						break
					}
				}
			})
		})
	}
}

// Killed by someone else, whenever.
func TestKilledFromOutside(t *testing.T) {
	if testing.Short() {
		t.Skip("starts processes")
	}
	rnd := rand.New(rand.NewPCG(1, 2))
	both(t, func(t *testing.T, ordered bool) {
		for range 8 {
			p := prepare(t, ordered)
			cmd := helper(p)
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			for range rnd.IntN(400) {
				os.Lstat(p.root) // some time passes
			}
			cmd.Process.Kill()
			cmd.Wait()
			afterStop(t, p, "killed from outside")
		}
	})
}

func TestLock(t *testing.T) {
	p := newHouse(t, false)
	cmd := helper(p, "VITRINE_WRITE_HOLD=1")
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	out.Read(make([]byte, 8)) // it has opened
	var locked *LockedError
	if _, err := Open(p.opts); !errors.As(err, &locked) || locked.PID != cmd.Process.Pid {
		t.Errorf("got %v, want the process %d", err, cmd.Process.Pid)
	}
	cmd.Process.Kill()
	cmd.Wait()
	p.build(first) // the dead hold no locks
	p.expect(full(first, nil))

	s := p.open()
	if _, err := Open(p.opts); !errors.As(err, &locked) || locked.PID != os.Getpid() {
		t.Errorf("a second session of this process: %v", err)
	}
	s.Abort()
	s.Abort()
	p.build(second)
}

// What the system refuses to someone without rights.
func TestNoRights(t *testing.T) {
	if os.Getuid() != 0 {
		t.Skip("needs root to become nobody")
	}
	binary := filepath.Join(t.TempDir(), "helper")
	if b, err := os.ReadFile(os.Args[0]); err != nil || os.WriteFile(binary, b, 0o755) != nil {
		t.Fatal("no helper", err)
	}
	for d := filepath.Dir(binary); len(d) > len(os.TempDir()); d = filepath.Dir(d) {
		os.Chmod(d, 0o777)
	}
	for name, deny := range map[string]func(p *house){
		"output read-only": func(p *house) { os.Chmod(p.path("public"), 0o555); os.Chmod(p.root, 0o555) },
		"folder read-only": func(p *house) { os.Chmod(p.path("public/a"), 0o555) },
		"foreign owner":    func(p *house) { os.Chown(p.path("public"), 0, 0); os.Chmod(p.path("public"), 0o755) },
	} {
		t.Run(name, func(t *testing.T) {
			both(t, func(t *testing.T, ordered bool) {
				p := newHouse(t, ordered)
				for d := p.root; len(d) > len(os.TempDir()); d = filepath.Dir(d) {
					os.Chmod(d, 0o777)
				}
				p.build(first)
				filepath.Walk(p.root, func(path string, _ os.FileInfo, _ error) error { return os.Lchown(path, 65534, 65534) })
				deny(p)
				cmd := helper(p)
				cmd.Path = binary
				var text strings.Builder
				cmd.Stderr = &text
				cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
				err := cmd.Run()
				tree := p.tree()
				if err == nil && !cmp.Equal(tree, full(second, nil)) {
					t.Error(cmp.Diff(full(second, nil), tree))
				}
				if err != nil && (!cmp.Equal(tree, full(first, nil)) || !strings.Contains(text.String(), string(Permission))) {
					t.Error(text.String(), cmp.Diff(full(first, nil), tree))
				}
				if err == nil && (ordered || name == "output read-only") {
					t.Error("not refused")
				}
			})
		})
	}
}
