package write

import (
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Random builds, edits and losses, against a model of what must be there: an
// output has its file's bytes, others' files are never lost, and what Vitrine
// wrote and nobody touched goes when it is no longer produced.
func TestRandomHistories(t *testing.T) {
	rounds := 40
	if testing.Short() {
		rounds = 8
	}
	both(t, func(t *testing.T, ordered bool) {
		for seed := range rounds {
			rnd := rand.New(rand.NewPCG(uint64(seed), 7))
			p := newHouse(t, ordered)
			h := history{t: t, p: p, rnd: rnd, ours: site{}, theirs: map[string]string{}}
			for step := range 25 {
				h.edit()
				h.build(fmt.Sprintf("seed %d, step %d", seed, step))
			}
		}
	})
}

type history struct {
	t      *testing.T
	p      *house
	rnd    *rand.Rand
	ours   site              // what the last build made and stands
	theirs map[string]string // what others put
}

func (h *history) name() string {
	n := 1 + h.rnd.IntN(3)
	parts := []string{"public"}
	for range n {
		parts = append(parts, string(rune('a'+h.rnd.IntN(4))))
	}
	return strings.Join(parts, "/")
}

// edit lets someone else change the output folder between two builds.
func (h *history) edit() {
	for range h.rnd.IntN(4) {
		name := h.name()
		switch h.rnd.IntN(5) {
		case 0, 1: // a new file of theirs, where nothing of ours or theirs is in the way
			name += ".theirs"
			if h.free(name) {
				h.p.write(name, fmt.Sprint(h.rnd.IntN(100)))
				b, _ := os.ReadFile(h.p.path(name))
				h.theirs[name] = string(b)
			}
		case 2: // theirs goes
			for k := range h.theirs {
				os.Remove(h.p.path(k))
				delete(h.theirs, k)
				break
			}
		case 3: // one of ours is deleted
			if _, ok := h.ours[name]; ok {
				os.Remove(h.p.path(name))
				delete(h.ours, name)
			}
		case 4: // one of ours is copied onto itself
			if content, ok := h.ours[name]; ok {
				os.Remove(h.p.path(name))
				h.p.write(name, content)
			}
		}
	}
}

// free tells whether no parent of the name is a file.
func (h *history) free(name string) bool {
	for d := filepath.Dir(name); d != "."; d = filepath.Dir(d) {
		if info, err := os.Lstat(h.p.path(d)); err == nil && !info.IsDir() {
			return false
		}
	}
	return true
}

func (h *history) build(where string) {
	h.t.Helper()
	next := site{}
	if h.rnd.IntN(6) > 0 {
		for k, v := range h.ours {
			if h.rnd.IntN(8) > 0 {
				next[k] = v
			}
		}
	}
	for range h.rnd.IntN(12) {
		next[h.name()] = strings.Repeat("x", h.rnd.IntN(3)) + fmt.Sprint(h.rnd.IntN(5))
	}
	before := h.p.tree()
	_, err := h.p.try(next)
	var foreign *ForeignError
	switch {
	case isCollision(err):
		if diff := cmp.Diff(before, h.p.tree()); diff != "" {
			h.t.Fatalf("%s: changed by a failed build:\n%s", where, diff)
		}
		return
	case errors.As(err, &foreign):
		if diff := cmp.Diff(before, h.p.tree()); diff != "" {
			h.t.Fatalf("%s: changed by a refused build:\n%s", where, diff)
		}
		for _, path := range foreign.Paths {
			if info, err := os.Lstat(h.p.path("public", path)); err != nil || !info.IsDir() && h.theirs["public/"+path] == "" {
				h.t.Fatalf("%s: %s is said to be in the way", where, path)
			}
		}
		return
	case err != nil:
		h.t.Fatalf("%s: %v", where, err)
	}
	h.ours = next
	got := map[string]string{}
	for k, v := range h.p.tree() {
		if !strings.HasSuffix(k, "/") {
			got[k] = v
		}
	}
	want := map[string]string{}
	maps.Copy(want, next)
	maps.Copy(want, h.theirs)
	if diff := cmp.Diff(want, got); diff != "" {
		h.t.Fatalf("%s (-want +got):\n%s", where, diff)
	}
}
