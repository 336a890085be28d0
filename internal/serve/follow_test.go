package serve

import (
	"context"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/fsnotify/fsnotify"

	"vitrine/internal/build"
	"vitrine/internal/diag"
)

// script is a site that is wrong at some times, and takes some time to be read.
type script struct {
	mirror
	wrong func(at time.Duration) bool
	took  time.Duration
	start time.Time
	told  [][]string
	at    []time.Duration
}

func (s *script) Update(names ...string) (*build.Result, error) {
	at := time.Since(s.start)
	s.told, s.at = append(s.told, names), append(s.at, at)
	time.Sleep(s.took)
	r := &build.Result{Language: "fr"}
	if s.wrong != nil && s.wrong(at) {
		r.Diagnostics = diag.List{diag.New(diag.BadURL, diag.Span{})}
	}
	return r, nil
}

// TestWhatIsShown: what a file held while it was being written is not shown, though it
// was an error; and what changes while the site is read goes into the next update.
func TestWhatIsShown(t *testing.T) {
	const ms = time.Millisecond
	between := func(from, to time.Duration) func(time.Duration) bool {
		return func(at time.Duration) bool { return at >= from && at < to }
	}
	first := quiet // the first update
	type shown struct {
		at     time.Duration
		errors int
		names  []string
	}
	a, b := []string{"data/a"}, []string{"data/b"}
	for _, c := range []struct {
		name  string
		wrong func(time.Duration) bool
		took  time.Duration
		saves []time.Duration // of data/a, data/b, data/a…
		want  []shown
		told  [][]string
	}{
		{"a save", nil, 0, []time.Duration{100 * ms}, []shown{{first, 0, nil}, {100*ms + quiet, 0, a}}, [][]string{nil, a}},
		{
			"an error", between(100*ms, time.Hour), 0, []time.Duration{100 * ms},
			[]shown{{first, 0, nil}, {100*ms + quiet + patience, 1, a}}, [][]string{nil, a},
		},
		{
			"half a save", between(100*ms, 130*ms), 0, []time.Duration{100 * ms, 130 * ms},
			[]shown{{first, 0, nil}, {130*ms + quiet, 0, []string{"data/a", "data/b"}}},
			[][]string{nil, a, {"data/a", "data/b"}},
		},
		{
			"an error, then mended elsewhere", between(100*ms, 1000*ms), 0, []time.Duration{100 * ms, 1000 * ms},
			[]shown{{first, 0, nil}, {100*ms + quiet + patience, 1, a}, {1000*ms + quiet, 0, b}},
			[][]string{nil, a, {"data/a", "data/b"}},
		},
		{
			"saves while the site is read", nil, 300 * ms, []time.Duration{1000 * ms, 1050 * ms, 1100 * ms, 1150 * ms},
			[]shown{{first + 300*ms, 0, nil}, {1000*ms + quiet + 300*ms, 0, a}, {1000*ms + 2*quiet + 600*ms, 0, []string{"data/a", "data/b"}}},
			[][]string{nil, a, {"data/a", "data/b"}},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				site := &script{wrong: c.wrong, took: c.took, start: time.Now()}
				start := time.Now()
				var got []shown
				ln, err := Listen("127.0.0.1:0")
				must(t, err)
				defer ln.Close()
				events := make(chan fsnotify.Event)
				nothing := func(string) error { return nil }
				s := newServer(ln, Options{
					Site: site, Dir: t.TempDir(), Now: time.Now,
					Report: func(r Report) {
						got = append(got, shown{time.Since(start), r.Result.Diagnostics.Errors(), r.Names})
					},
					notifier: func() (*notifier, error) {
						return &notifier{add: nothing, remove: nothing, close: func() error { return nil }, events: events}, nil
					},
				})
				// The files are not there: they would be waited for.
				for _, n := range []string{"data/a", "data/b"} {
					put(t, s.Dir+"/"+n, "x")
				}
				ctx, cancel := context.WithCancel(t.Context())
				ended := make(chan error)
				go func() { ended <- s.follow(ctx) }()
				for i, at := range c.saves {
					time.Sleep(at - time.Since(start))
					events <- fsnotify.Event{Name: s.Dir + "/data/" + string(rune('a'+i%2)), Op: fsnotify.Write}
				}
				time.Sleep(10 * time.Second)
				cancel()
				must(t, <-ended)
				if !slices.EqualFunc(got, c.want, func(a, b shown) bool {
					return a.at == b.at && a.errors == b.errors && slices.Equal(a.names, b.names)
				}) {
					t.Errorf("shown: %v\nwant:  %v", got, c.want)
				}
				if !slices.EqualFunc(site.told, c.told, slices.Equal[[]string]) {
					t.Errorf("told: %v\nwant: %v", site.told, c.told)
				}
			})
		})
	}
}

// TestErrorsAreNotKeptBackForLong: a file that is written without end is shown as it is.
func TestErrorsAreNotKeptBackForLong(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		site := &script{start: start, wrong: func(at time.Duration) bool { return at > time.Second }}
		ln, err := Listen("127.0.0.1:0")
		must(t, err)
		defer ln.Close()
		var shown []time.Duration
		nothing := func(string) error { return nil }
		s := newServer(ln, Options{
			Site: site, Dir: t.TempDir(), Now: time.Now,
			Report: func(r Report) {
				if r.Result.Diagnostics.Errors() > 0 {
					shown = append(shown, time.Since(start))
				}
			},
			notifier: func() (*notifier, error) {
				return &notifier{add: nothing, remove: nothing, close: func() error { return nil }}, nil
			},
		})
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan error)
		go func() { ended <- s.follow(ctx) }()
		time.Sleep(time.Second)
		for range 100 {
			s.changes.add("data/log.toml", false)
			time.Sleep(20 * time.Millisecond)
		}
		cancel()
		must(t, <-ended)
		if len(shown) == 0 || shown[0] > 2*time.Second {
			t.Errorf("errors were shown at %v", shown)
		}
	})
}
