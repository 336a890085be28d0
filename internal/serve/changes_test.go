package serve

import (
	"context"
	"slices"
	"testing"
	"testing/synctest"
	"time"
)

// there is a folder in which every file has something in it.
func there(string) int64 { return 1 }

func TestSettleWaitsForTheEndOfASave(t *testing.T) {
	const ms = time.Millisecond
	type event struct {
		at   time.Duration
		name string
		made bool
	}
	burst := func(n int, every time.Duration) (out []event) {
		for i := range n {
			out = append(out, event{time.Duration(i) * every, "data/x.toml", false})
		}
		return out
	}
	for _, c := range []struct {
		name   string
		events []event
		size   func(at time.Duration, name string) int64
		want   time.Duration // after the first event
	}{
		{"one write", burst(1, 0), nil, quiet},
		{"truncated, then written", burst(2, ms), nil, ms + quiet},
		{"a slow writer", burst(5, 4*ms), nil, 16*ms + quiet},
		{"one that never stops", burst(1000, 2*ms), nil, longest},
		{"empty, and stays so", burst(1, 0), func(time.Duration, string) int64 { return 0 }, quiet + patience},
		{"empty, then written late", []event{{0, "x", false}, {30 * ms, "x", false}}, func(at time.Duration, _ string) int64 {
			if at < 30*ms {
				return 0
			}
			return 5
		}, 30*ms + quiet},
		{"removed", burst(1, 0), func(time.Duration, string) int64 { return -1 }, quiet + patience},
		{"a file that came and went", []event{{0, "x", true}}, func(time.Duration, string) int64 { return -1 }, quiet},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				start := time.Now()
				changes := newChanges(time.Now)
				ctx, cancel := context.WithCancel(t.Context())
				go func() {
					for _, e := range c.events {
						select {
						case <-ctx.Done():
							return
						case <-time.After(e.at - time.Since(start)):
						}
						changes.add(e.name, e.made)
					}
				}()
				<-changes.signal
				size := there
				if c.size != nil {
					size = func(name string) int64 { return c.size(time.Since(start), name) }
				}
				if !changes.settle(ctx, size) {
					t.Fatal("settle gave up")
				}
				if got := time.Since(start); got != c.want {
					t.Errorf("settled after %v, want %v", got, c.want)
				}
				cancel()
				synctest.Wait()
			})
		})
	}
}

func TestSettleEndsWithItsContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if newChanges(time.Now).settle(ctx, there) {
			t.Error("settled")
		}
	})
}

func TestTake(t *testing.T) {
	c := newChanges(time.Now)
	c.add("b", false)
	c.add("a", true)
	c.add("b", true)
	b := c.take(func(name string) int64 { return map[string]int64{"a": -1, "b": -1}[name] })
	if !slices.Equal(b.names, []string{"a", "b"}) || !slices.Equal(b.said, []string{"b"}) || b.all || b.first.IsZero() {
		t.Errorf("took %+v", b)
	}
	if b := c.take(there); len(b.names) > 0 || !b.first.IsZero() {
		t.Errorf("took %+v again", b)
	}
	c.addAll()
	if !c.take(there).all || c.take(there).all {
		t.Error("all was not taken once")
	}
}

func TestAnd(t *testing.T) {
	early, late := time.Unix(1, 0), time.Unix(2, 0)
	got := batch{names: []string{"a", "c"}, first: early}.and(batch{names: []string{"a", "b"}, all: true, first: late})
	if !slices.Equal(got.names, []string{"a", "b", "c"}) || !got.all || got.first != early {
		t.Errorf("got %+v", got)
	}
	if got := (batch{}).and(batch{first: late}); got.first != late {
		t.Errorf("got %+v", got)
	}
}

func TestWatched(t *testing.T) {
	for name, want := range map[string]bool{
		"data": true, "data/site.toml": true, "content/label/participants/au-bon-pain.md": true, "static/img/Été.jpg": true, "themes/default/layouts/home.html": true,
		"content/2026/x.md": true, "content/4912.md": true,
		"public/index.html": false, "kit/index.html": false, ".vitrine/cache/x": false, "README.md": false, "database/x": false, "node_modules/x": false, "": false,
		"content/.git/x": false, "data/.x.toml.swp": false, "content/node_modules/x.md": false, "data/.#x.toml": false,
		"data/x.toml~": false, "data/x.toml.swp": false, "data/4913": false, "data/#x.toml#": false, "data/x.toml___jb_tmp___": false,
		"data/~$liste.xlsx": false, "data/x.TMP": false, "data/.goutputstream-AB12": false, "static/Thumbs.db": false,
	} {
		if got := watched(name); got != want {
			t.Errorf("watched(%q) is %v", name, got)
		}
	}
}
