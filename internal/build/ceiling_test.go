package build

import (
	"runtime"
	"runtime/debug"
	"testing"

	"vitrine/internal/page"
	"vitrine/internal/plan"
)

// The ceilings of this file are what was measured and some 15 % more. They count what is
// allocated, never seconds: the numbers hang on the code and on the Go version, not on the
// machine. A test that meets its ceiling says that something now costs more for each
// participant: find it with `make bench BENCH=profile`, or raise the ceiling and say why.

// cost is what a participant may cost at most.
type cost struct {
	allocations float64
	bytes       float64
}

func (c cost) less(d cost) cost { return cost{c.allocations - d.allocations, c.bytes - d.bytes} }
func (c cost) each(n int) cost  { return cost{c.allocations / float64(n), c.bytes / float64(n)} }

// TestCeilingBuild counts what one participant more costs a build: the site from nothing,
// the site once more with nothing changed, the kit with one diploma for each.
func TestCeilingBuild(t *testing.T) {
	uncounted(t)
	const few, many = 20, 220
	for _, c := range []struct {
		name      string
		few, many int
		ceiling   cost
		count     func(t *testing.T, s *generated) cost
	}{
		{"site from nothing", few, many, cost{335, 48_000}, func(t *testing.T, s *generated) cost {
			return counted(func() { s.build(t, "site") })
		}},
		{"site with nothing changed", few, many, cost{29, 5_050}, func(t *testing.T, s *generated) cost {
			s.build(t, "site")
			return counted(func() { s.build(t, "site") })
		}},
		// with the index that visitors search in, which is written anew
		{"site with one story changed", few, many, cost{168, 29_400}, func(t *testing.T, s *generated) cost {
			s.build(t, "site")
			s.edit(t, 3)
			return counted(func() { s.build(t, "site") })
		}},
		// with its row on the proof of names, what was checked of it, the diploma’s mosaic, and its part in the reports
		{"kit from nothing", 5, 45, cost{2_320, 366_000}, func(t *testing.T, s *generated) cost {
			return counted(func() { s.build(t, "kit") })
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			small := c.count(t, generate(t, c.few))
			large := c.count(t, generate(t, c.many))
			over(t, c.name, large.less(small).each(c.many-c.few), c.ceiling)
		})
	}
}

// readied is a builder whose pages can be made, with what makes them.
func readied(t *testing.T, o Options) (*builder, *page.Renderer) {
	t.Helper()
	b := newBuilder(o)
	if err := b.enter(); err != nil {
		t.Fatal(err)
	}
	if !b.prepare() {
		t.Fatal(b.result.Diagnostics)
	}
	r, list := page.New(b.plan, b.theme, b.media, b.maps(), b.charts(), b.ground())
	if list.Errors() > 0 {
		t.Fatal(list)
	}
	return b, r
}

// TestCeilingPage counts what one page costs: to know whether it must be made, and to
// make it, its story included.
func TestCeilingPage(t *testing.T) {
	uncounted(t)
	s := generate(t, 60)
	b, r := readied(t, s.options("site"))
	for _, c := range []struct {
		kind        string
		draft, made cost // to draft it and take its key; to render it
	}{
		{"participant", cost{79, 6_850}, cost{31, 3_700}},
		{"verify", cost{30, 2_800}, cost{19, 570}},
		{"directory", cost{40, 3_100}, cost{17, 5_500}},
	} {
		var pages []*plan.Page
		for _, p := range b.plan.Pages {
			if p.Kind == c.kind {
				pages = append(pages, p)
			}
		}
		drafts := make([]*page.Draft, len(pages))
		draft := func() {
			for i, p := range pages {
				drafts[i] = r.Draft(p)
				drafts[i].Key()
			}
		}
		render := func() {
			for _, d := range drafts {
				_, _ = d.Render(func([]byte) error { return nil })
			}
		}
		draft() // what pages share is made once, and counted nowhere
		render()
		n := len(pages)
		over(t, c.kind+", draft and key", counted(draft).each(n), c.draft)
		over(t, c.kind+", rendering", counted(render).each(n), c.made)
	}
}

// TestCeilingLive measures what a participant keeps alive while its site is built: when the
// last page was made, and when everything is written. Memory must not hold the site.
func TestCeilingLive(t *testing.T) {
	uncounted(t)
	if testing.Short() {
		t.Skip("builds a site of 2,000 participants")
	}
	const few, many = 500, 2000
	live := func(n int) (pages, end cost) {
		s := generate(t, n)
		before := alive()
		o := s.options("site")
		o.Progress = func(stage string, done, total int) {
			if stage == "page" && done == total {
				pages = alive().less(before)
			}
		}
		result, err := Run(o)
		if err != nil || result.Diagnostics.Errors() > 0 {
			t.Fatal(err, result.Diagnostics)
		}
		end = alive().less(before)
		runtime.KeepAlive(result)
		return pages, end
	}
	fewPages, fewEnd := live(few)
	manyPages, manyEnd := live(many)
	over(t, "live after the last page", manyPages.less(fewPages).each(many-few), cost{0, 7_400})
	over(t, "live at the end", manyEnd.less(fewEnd).each(many-few), cost{0, 7_250})
}

// over reports a measure, and fails where it lies above its ceiling.
func over(t *testing.T, what string, got, ceiling cost) {
	t.Helper()
	if ceiling.allocations > 0 {
		t.Logf("| %s | %.1f of %.0f allocations | %.0f of %.0f bytes |", what, got.allocations, ceiling.allocations, got.bytes, ceiling.bytes)
	} else {
		t.Logf("| %s | | %.0f of %.0f bytes |", what, got.bytes, ceiling.bytes)
	}
	if got.allocations > ceiling.allocations {
		t.Errorf("%s: %.1f allocations a participant, more than %.0f", what, got.allocations, ceiling.allocations)
	}
	if got.bytes > ceiling.bytes {
		t.Errorf("%s: %.0f bytes a participant, more than %.0f", what, got.bytes, ceiling.bytes)
	}
	if got.bytes <= 0 {
		t.Errorf("%s: %.0f bytes a participant: the test counts nothing", what, got.bytes)
	}
}

// counted is what f allocates. Nothing is collected meanwhile: a collection empties the
// pools, and what is then made again would be counted.
func counted(f func()) cost {
	defer debug.SetGCPercent(debug.SetGCPercent(-1))
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1)) // each processor has pools of its own
	runtime.GC()
	runtime.GC() // a first collection only sets pools aside
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return cost{float64(after.Mallocs - before.Mallocs), float64(after.TotalAlloc - before.TotalAlloc)}
}

// alive is how many bytes are reachable. Pools are emptied by the second collection.
func alive() cost {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return cost{bytes: float64(m.HeapAlloc)}
}

// uncounted skips a test where counts mean nothing.
func uncounted(t *testing.T) {
	t.Helper()
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			if s.Key == "-race" && s.Value == "true" {
				t.Skip("the race detector allocates too, and makes pools forget on purpose")
			}
		}
	}
}
