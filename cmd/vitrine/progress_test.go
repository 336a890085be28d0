package main

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"sync"
	"testing"
	"time"

	"vitrine/internal/diag"
)

// clock is one that a test moves.
type clock struct{ t time.Time }

func (c *clock) now() time.Time        { return c.t }
func (c *clock) move(ms time.Duration) { c.t = c.t.Add(ms * time.Millisecond) }

func TestPace(t *testing.T) {
	steady := func(p *pace, c *clock, perStep, steps int) {
		for range steps {
			c.move(100)
			p.step(c.t, p.done+perStep)
		}
	}
	start := time.Unix(1e9, 0)
	for _, tc := range []struct {
		name  string
		run   func(*pace, *clock)
		total int
		least time.Duration
		most  time.Duration
	}{
		{"too early", func(p *pace, c *clock) { steady(p, c, 10, 4) }, 10_000, 0, 0},
		{"steady", func(p *pace, c *clock) { steady(p, c, 10, 10) }, 1_100, 10 * time.Second, 10 * time.Second},
		{"almost done", func(p *pace, c *clock) { steady(p, c, 10, 10) }, 150, 499 * time.Millisecond, 501 * time.Millisecond},
		{"it became slow", func(p *pace, c *clock) { steady(p, c, 100, 10); steady(p, c, 1, 200) }, 1_300, 9 * time.Second, 11 * time.Second},
		{"one slow step does not frighten", func(p *pace, c *clock) { steady(p, c, 10, 40); c.move(100); p.step(c.t, p.done+1) }, 1_401, 9 * time.Second, 12 * time.Second},
		{"nothing happens", func(p *pace, c *clock) { c.move(5000) }, 10, 0, 0},
		{"the clock stands still", func(p *pace, c *clock) { p.step(c.t, 5); c.move(1000) }, 10, 0, 0},
		{"for ever", func(p *pace, c *clock) { c.move(1_000_000); p.step(c.t, 1) }, 1 << 40, 100 * time.Hour, 100 * time.Hour},
	} {
		c := &clock{start}
		p := &pace{start: start, last: start}
		tc.run(p, c)
		if got := p.left(c.t, tc.total); got < tc.least || got > tc.most {
			t.Errorf("%s: %v left, want %v to %v", tc.name, got, tc.least, tc.most)
		}
	}
}

func TestLine(t *testing.T) {
	for _, tc := range []struct {
		done, total int
		left        time.Duration
		lang        diag.Language
		want        string
	}{
		{3, 189, 0, diag.French, "pages 3/189"},
		{1204, 23174, 3400 * time.Millisecond, diag.French, "pages 1\u202f204/23\u202f174 · encore 3\u00a0s"},
		{1204, 1023174, 3400 * time.Millisecond, diag.English, "pages 1,204/1,023,174 · 3\u00a0s left"},
		{1, 2, 999 * time.Millisecond, diag.French, "pages 1/2"},
		{1, 2, 59500 * time.Millisecond, diag.French, "pages 1/2 · encore 1\u00a0min"},
		{1, 2, 134 * time.Second, diag.French, "pages 1/2 · encore 2\u00a0min 10\u00a0s"},
		{1, 2, 2*time.Hour + 5*time.Minute, diag.English, "pages 1/2 · 2\u00a0h 5\u00a0min left"},
	} {
		if got := line("pages", tc.done, tc.total, tc.left, tc.lang); got != tc.want {
			t.Errorf("%q, want %q", got, tc.want)
		}
	}
}

// screen is what a person would see of a terminal's last line, and the lines above it.
func screen(out string) (above []string, last string) {
	lines := strings.Split(out, "\n")
	for i, l := range lines {
		var cells []rune
		at := 0
		for _, r := range l {
			if r == '\r' {
				at = 0
				continue
			}
			if at < len(cells) {
				cells[at] = r
			} else {
				cells = append(cells, r)
			}
			at++
		}
		lines[i] = strings.TrimRight(string(cells), " ")
	}
	return lines[:len(lines)-1], lines[len(lines)-1]
}

func TestMeter(t *testing.T) {
	var out bytes.Buffer
	c := &clock{time.Unix(1e9, 0)}
	w := &world{stderr: &out, now: c.now, env: func(name string) string { return map[string]string{"LANG": "fr_FR", "COLUMNS": "24"}[name] }}
	report := w.progress()
	see := func(want string) {
		t.Helper()
		if _, got := screen(out.String()); got != want {
			t.Errorf("one sees %q, want %q", got, want)
		}
	}
	report("bind", 1, 10) // no word for it
	report("page", 1, 9000)
	see("")
	c.move(150)
	report("page", 20, 9000)
	see("pages 20/9\u202f000")
	report("page", 30, 9000) // too soon to draw again
	see("pages 20/9\u202f000")
	c.move(150)
	report("page", 10, 9000) // a slow worker
	see("pages 20/9\u202f000")
	c.move(300)
	report("page", 24, 9000)
	see("pages 24/9\u202f000 · encore") // cut at the terminal's edge
	report("page", 9000, 9000)
	see("")
	c.move(300)
	report("piece", 1, 3)
	c.move(150)
	report("piece", 2, 3)
	see("pièces 2/3")
	fmt.Fprintln(w.stderr, "vitrine: une erreur")
	above, last := screen(out.String())
	if len(above) != 1 || above[0] != "vitrine: une erreur" || last != "" {
		t.Errorf("one sees %q, then %q", above, last)
	}
	if strings.Contains(out.String(), "\x1b") {
		t.Error("the line needs a terminal that knows escapes")
	}
}

func TestNoMeter(t *testing.T) {
	w := &world{stderr: io.Discard, now: time.Now, env: func(name string) string { return map[string]string{"TERM": "dumb"}[name] }}
	if w.progress() != nil || w.stderr != io.Discard {
		t.Error("a dumb terminal cannot write over a line")
	}
}

func TestMeterConcurrently(t *testing.T) {
	c := &clock{time.Unix(1e9, 0)}
	m := &meter{out: io.Discard, now: c.now, width: 40}
	var wg sync.WaitGroup
	for g := range 4 {
		wg.Go(func() {
			for i := range 200 {
				m.report([]string{"page", "piece"}[g%2], i, 200)
				fmt.Fprint(m, "x")
			}
		})
	}
	wg.Wait()
}
