package edits

import (
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"vitrine/internal/build"
)

// program builds the command as people have it.
func program(t *testing.T) string {
	t.Helper()
	if testing.Short() {
		t.Skip("starts the program hundreds of times")
	}
	if runtime.GOOS != "linux" {
		t.Skip("trees are exchanged in one movement on Linux only")
	}
	exe := filepath.Join(t.TempDir(), "vitrine")
	if out, err := exec.Command("go", "build", "-o", exe, "vitrine/cmd/vitrine").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return exe
}

// versions are two states of a site, and what each is built to.
type versions struct {
	*workshop
	trees [2]map[string]string
	now   int
}

// newVersions makes a site of two versions that differ in a story, a title and a page
// more.
func newVersions(t *testing.T) *versions {
	v := &versions{workshop: newWorkshop(t, 5)}
	for i := range v.trees {
		v.turnTo(i)
		place := t.TempDir()
		o := v.options(place)
		o.Only = "site"
		if r, err := build.Run(o); err != nil || r.Diagnostics.Errors() > 0 {
			t.Fatal(err, messages(r.Diagnostics))
		}
		v.trees[i] = tree(t, place)
	}
	if len(changed(v.trees[0], v.trees[1])) < 20 {
		t.Fatal("the two versions hardly differ")
	}
	return v
}

// turnTo saves one of the versions.
func (v *versions) turnTo(i int) {
	v.now = i
	v.edit("content/eco-defis/participants/l-eclat-d-oeuf.md", func(s string) string {
		s, _, _ = strings.Cut(s, "\nVersion ")
		return s + "\nVersion " + strings.Repeat("I", i+1) + ".\n"
	})
	v.edit("data/site.toml", func(s string) string {
		return replaceLine(s, "title", `title = "Vitrine `+strings.Repeat("i", i+1)+`"`)
	})
	more := "content/news/une-de-plus.md"
	if i == 1 {
		v.write(more, "+++\ntitle = \"Une de plus\"\ndate = 2024-01-02\n+++\nDu texte.\n")
	} else if _, err := os.Stat(v.path(more)); err == nil {
		v.remove(more)
	}
}

func (v *versions) command(exe, verb string, more ...string) *exec.Cmd {
	c := exec.Command(exe, append([]string{verb, "--site", v.dir, "--date", v.today.String()}, more...)...)
	c.Env = append(os.Environ(), "LANG=en")
	return c
}

// whole fails unless public/ is one of the versions, file for file, and says which one.
func (v *versions) whole(round int) int {
	v.t.Helper()
	got := tree(v.t, v.dir)
	for i, want := range v.trees {
		if len(changed(got, want)) == 0 {
			return i
		}
	}
	v.t.Fatalf("round %d: public/ is neither version: %q differ from the one, %q from the other", round, changed(got, v.trees[0]), changed(got, v.trees[1]))
	return -1
}

// TestKilledBuilds kills builds at random moments: what is published is always one
// version or the other, whole, and the next build makes the right one.
func TestKilledBuilds(t *testing.T) {
	exe := program(t)
	v := newVersions(t)
	if out, err := v.command(exe, "build", "--only", "site").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	rounds := 100
	if os.Getenv("VITRINE_ALL") != "" {
		rounds = 500
	}
	chance := rand.New(rand.NewPCG(9, 9))
	v.turnTo(1 - v.now)
	begun := time.Now()
	if out, err := v.command(exe, "build", "--only", "site").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	longest := time.Since(begun)
	var killed, ended int
	for round := range rounds {
		v.turnTo(1 - v.now)
		c := v.command(exe, "build", "--only", "site")
		start := time.Now()
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		done := make(chan error, 1)
		go func() { done <- c.Wait() }()
		select {
		case err := <-done:
			if err != nil {
				t.Fatalf("round %d: %v", round, err)
			}
			ended++
			if at := v.whole(round); at != v.now {
				t.Fatalf("round %d: the build ended, and version %d stands", round, at)
			}
			longest = time.Since(start)
		case <-time.After(time.Duration(chance.Int64N(int64(longest) * 5 / 4))):
			if err := c.Process.Kill(); err != nil {
				t.Log(err) // it had just ended
			}
			<-done
			killed++
			v.whole(round)
			longest += longest / 100 // until some end
		}
		if chance.IntN(3) > 0 {
			continue // the next build, of the other version, finds what this one left
		}
		if out, err := v.command(exe, "build", "--only", "site").CombinedOutput(); err != nil {
			t.Fatalf("round %d: after the kill: %v: %s", round, err, out)
		}
		if at := v.whole(round); at != v.now {
			t.Fatalf("round %d: after the kill version %d stands", round, at)
		}
	}
	t.Logf("%d killed, %d ended", killed, ended)
	if killed < rounds/4 || ended == 0 {
		t.Errorf("%d killed and %d ended of %d: the moments are not random enough", killed, ended, rounds)
	}
}

// TestKilledPreviews kills the preview while stories are saved: it leaves public/ alone,
// and the next build makes what was saved.
func TestKilledPreviews(t *testing.T) {
	exe := program(t)
	v := newVersions(t)
	if out, err := v.command(exe, "build", "--only", "site").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	rounds := 15
	if os.Getenv("VITRINE_ALL") != "" {
		rounds = 60
	}
	chance := rand.New(rand.NewPCG(3, 1))
	for round := range rounds {
		before := v.now
		c := v.command(exe, "serve", "--addr", "127.0.0.1:0")
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		for range chance.IntN(4) {
			time.Sleep(time.Duration(chance.IntN(200)) * time.Millisecond)
			v.turnTo(1 - v.now)
		}
		time.Sleep(time.Duration(chance.IntN(100)) * time.Millisecond)
		if err := c.Process.Kill(); err != nil {
			t.Fatalf("round %d: the preview had ended: %v", round, err)
		}
		_ = c.Wait() // killed
		if at := v.whole(round); at != before {
			t.Fatalf("round %d: the preview changed public/", round)
		}
		if out, err := v.command(exe, "build", "--only", "site").CombinedOutput(); err != nil {
			t.Fatalf("round %d: %v: %s", round, err, out)
		}
		if at := v.whole(round); at != v.now {
			t.Fatalf("round %d: version %d stands after a build of the other", round, at)
		}
	}
}
