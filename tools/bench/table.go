package main

import (
	"fmt"
	"runtime"
	"strings"
)

// row is what a table says of one piece of work: cells, empty where there is nothing.
type row struct{ measured, peak, run string }

// rows are what was measured, by the name of the work.
type rows map[string]row

func coldRow(n int) string  { return "cold site build, " + thousands(n) + " participants, against Hugo" }
func floorRow(n int) string { return "the same, against writing its bytes alone, " + thousands(n) }
func servedRow(n int) string {
	return "from save to served, " + thousands(n) + ", against Hugo’s server"
}
func unchangedRow(n int) string { return "nothing changed, " + thousands(n) + ", of a cold build" }
func editedRow(n int) string    { return "one story changed, " + thousands(n) + ", of a cold build" }
func scaleRow(few, n int) string {
	return "cost per participant, " + thousands(few) + " → " + thousands(n)
}

const (
	bundleRow  = "1,000 diplomas in one file, against Typst"
	singlesRow = "1,000 diplomas in single files, against Typst"
	bothRow    = "both of them, against both of Typst’s"
	lengthRow  = "cost per page of the one file, 1,000 → 20,000"
)

// work is a row that the table always has: what must be reached, and what is aimed at
// (DESIGN, section 9).
type work struct{ name, must, goal string }

func works() []work {
	return []work{
		{coldRow(10_000), "5×, 1/3 of its peak", "8×, 1/5"},
		{coldRow(1000), "3.5×", "6×"},
		{floorRow(10_000), "", ""},
		{floorRow(1000), "", ""},
		{servedRow(10_000), "40×", "under 30 ms"},
		{unchangedRow(10_000), "1/10", "1/20"},
		{editedRow(10_000), "", ""},
		{bundleRow, "1.5×", "3×"},
		{singlesRow, "1.5×", "3×"},
		{bothRow, "", ""},
		{lengthRow, "1.3×", "1.1×"},
		{scaleRow(1000, 100_000), "1.3×", "1.1×"},
		{scaleRow(10_000, 100_000), "", ""},
	}
}

const head = "| work | must | goal | measured (min–max) | peak memory | this run | on |\n|---|---|---|---|---|---|---|\n"

// markdown is the table. Rows that were not measured now are those of before, by name;
// without a before they are left out.
func (r rows) markdown(date string, before map[string]string) string {
	var b strings.Builder
	b.WriteString(head)
	standard := map[string]bool{}
	for _, w := range works() {
		standard[w.name] = true
		x, measured := r[w.name]
		switch {
		case measured:
			writeRow(&b, w, x, date)
		case before == nil:
		case before[w.name] != "":
			b.WriteString(before[w.name] + "\n")
		default:
			writeRow(&b, w, row{measured: "not yet"}, "")
		}
	}
	if before == nil { // of other numbers of businesses: for the eye only
		for _, name := range sortedKeys(r) {
			if !standard[name] {
				writeRow(&b, work{name: name}, r[name], date)
			}
		}
	}
	return b.String()
}

func writeRow(b *strings.Builder, w work, x row, date string) {
	b.WriteString("|")
	for _, cell := range []string{w.name, w.must, w.goal, x.measured, x.peak, x.run, date} {
		if cell == "" {
			cell = "–"
		}
		b.WriteString(" " + strings.ReplaceAll(cell, "|", "/") + " |")
	}
	b.WriteString("\n")
}

// The tables stand between these lines of docs/performance.md.
const (
	tableStart  = "<!-- ratios: written by make bench -->\n"
	tableEnd    = "<!-- end of ratios -->"
	sharesStart = "<!-- shares: written by make bench BENCH=profile -->\n"
	sharesEnd   = "<!-- end of shares -->"
)

// into puts the table into a text, which keeps the rows that were not measured now.
func (r rows) into(text, date, about string) (string, error) {
	if !r.standard() {
		return text, nil
	}
	return between(text, tableStart, tableEnd, func(old string) string {
		before := map[string]string{}
		for line := range strings.Lines(old) {
			if cells := strings.Split(line, "|"); len(cells) == strings.Count(head, "|")/2+1 {
				before[strings.TrimSpace(cells[1])] = strings.TrimSpace(line)
			}
		}
		return "\n" + r.markdown(date, before) + "\nLast run: " + date + ", " + about + ".\n\n"
	})
}

// standard reports whether some row of the table was measured.
func (r rows) standard() bool {
	for _, w := range works() {
		if _, ok := r[w.name]; ok {
			return true
		}
	}
	return false
}

// between replaces what stands between two lines.
func between(text, start, end string, change func(old string) string) (string, error) {
	before, rest, ok := strings.Cut(text, start)
	old, after, ok2 := strings.Cut(rest, end)
	if !ok || !ok2 {
		return "", fmt.Errorf("there is no place for the table, between %q and %q", strings.TrimSpace(start), end)
	}
	return before + start + change(old) + end + after, nil
}

// about says what a reader must know of a run, and nothing of the machine's name.
func (s *session) about() string {
	parts := []string{fmt.Sprintf("runs in turn: %d", s.runs), fmt.Sprintf("cores: %d", runtime.NumCPU()), runtime.Version(), runtime.GOOS}
	if s.peers != "" {
		parts = append(parts, s.peers)
	}
	return strings.Join(parts, ", ")
}
