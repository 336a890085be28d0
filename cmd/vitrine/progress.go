package main

import (
	"io"
	"math"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"vitrine/internal/diag"
)

// stages are the words for what is being made. What has no word here takes no time.
var stages = map[string]text{
	"page":  {"pages", "pages"},
	"file":  {"fichiers", "files"},
	"piece": {"pièces", "pieces"},
	"row":   {"lignes", "rows"},
}

const (
	redrawn = 100 * time.Millisecond // how often the line is drawn at most
	settled = 500 * time.Millisecond // before that, a rate says nothing
	memory  = 2 * time.Second        // what happened that long ago weighs a third
	columns = 80                     // of a terminal that does not say
)

// progress writes one line, over and over: what is being made, how much of it is done, and
// how long the rest will take. Whatever else is written to standard error takes the line
// away first.
func (w *world) progress() func(stage string, done, total int) {
	if w.env("TERM") == "dumb" {
		return nil // it cannot write over a line
	}
	width, err := strconv.Atoi(w.env("COLUMNS"))
	if err != nil || width <= 0 {
		width = columns
	}
	m := &meter{out: w.stderr, now: w.now, lang: w.lang(""), width: width}
	w.stderr = m
	return m.report
}

// meter is a line of progress on a terminal. It holds the terminal: others write through it.
type meter struct {
	out   io.Writer
	now   func() time.Time
	lang  diag.Language
	width int // of the terminal

	mu    sync.Mutex
	stage string
	pace  pace
	drawn time.Time
	shown int // characters on the line
}

// report is told how much of a stage is done, by any goroutine and in any order.
func (m *meter) report(stage string, done, total int) {
	name, known := stages[stage]
	if !known {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	now := m.now()
	if stage != m.stage {
		m.stage, m.pace, m.drawn = stage, pace{start: now, last: now}, now
	}
	if done >= total {
		m.clear()
		return
	}
	if done <= m.pace.done || now.Sub(m.drawn) < redrawn {
		return
	}
	m.drawn = now
	m.pace.step(now, done)
	m.draw(line(name.in(m.lang), done, total, m.pace.left(now, total), m.lang))
}

// draw writes over the line. It ends where it began, so that nothing is lost when the
// program is killed.
func (m *meter) draw(s string) {
	// The last column stays free: some terminals go to the next line there.
	if runes := []rune(s); len(runes) >= m.width {
		s = string(runes[:max(m.width-1, 0)])
	}
	n := utf8.RuneCountInString(s)
	_, _ = io.WriteString(m.out, "\r"+s+strings.Repeat(" ", max(m.shown-n, 0))) // a terminal that cannot be written to leaves no one to tell
	m.shown = n
}

func (m *meter) clear() {
	if m.shown > 0 {
		m.draw("")
		_, _ = io.WriteString(m.out, "\r")
	}
}

// Write takes the line away and writes what is to stay.
func (m *meter) Write(b []byte) (int, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.clear()
	return m.out.Write(b)
}

// line is « pages 1 204/23 174 · encore 3 s ».
func line(name string, done, total int, left time.Duration, lang diag.Language) string {
	s := name + " " + grouped(done, lang) + "/" + grouped(total, lang)
	if left < time.Second {
		return s
	}
	t := text{"encore ", ""}.in(lang) + span(left)
	if lang == diag.English {
		t += " left"
	}
	return s + " · " + t
}

// span is a time as one says it: 40 s, 3 min 20 s, 2 h 5 min.
func span(d time.Duration) string {
	const nbsp = "\u00a0"
	seconds := int(math.Round(d.Seconds()))
	switch {
	case seconds >= 3600:
		return strconv.Itoa(seconds/3600) + nbsp + "h " + strconv.Itoa(seconds%3600/60) + nbsp + "min"
	case seconds >= 60:
		seconds -= seconds % 10
		if seconds%60 == 0 {
			return strconv.Itoa(seconds/60) + nbsp + "min"
		}
		return strconv.Itoa(seconds/60) + nbsp + "min " + strconv.Itoa(seconds%60) + nbsp + "s"
	}
	return strconv.Itoa(seconds) + nbsp + "s"
}

// grouped is a number with its thousands set apart.
func grouped(n int, lang diag.Language) string {
	s := strconv.Itoa(n)
	mark := "\u202f"
	if lang == diag.English {
		mark = ","
	}
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + mark + s[i:]
	}
	return s
}

// pace is how fast a stage goes: its mean rate, in which what happened lately weighs more.
type pace struct {
	start, last time.Time
	done        int
	rate        float64 // a second; 0: not known
}

func (p *pace) step(now time.Time, done int) {
	passed := now.Sub(p.last).Seconds()
	if passed <= 0 {
		return
	}
	lately := float64(done-p.done) / passed
	if p.rate == 0 {
		p.rate = lately
	} else {
		p.rate += (lately - p.rate) * (1 - math.Exp(-passed/memory.Seconds()))
	}
	p.last, p.done = now, done
}

// left is how long the rest of the stage will take; 0 when that cannot be said yet.
func (p *pace) left(now time.Time, total int) time.Duration {
	if p.rate <= 0 || now.Sub(p.start) < settled {
		return 0
	}
	const longest = 100 * time.Hour
	seconds := min(float64(total-p.done)/p.rate, longest.Seconds())
	return time.Duration(max(seconds, 0) * float64(time.Second))
}
