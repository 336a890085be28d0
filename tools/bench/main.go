// Bench measures Vitrine against Hugo, Typst and the floor, and keeps the table of
// docs/performance.md. It is what `make bench` and `make benchstat` run.
//
//	bench [-yardstick DIR] [-parts "1000 10000 again serve typst inner"] [-runs 3]
//	      [-vitrine FILE] [-date YYYY-MM-DD] [-doc docs/performance.md]
//	bench -old REVISION [-new REVISION] [-count 6] [-bench REGEXP]
//
// The yardstick is a folder outside the repository: `compare` builds the same businesses
// with both programs in turn, `typst/` lays the same diplomas. Without it, only the Go
// benchmarks are run. What is printed and written are ratios of one run; times stand
// beside them to say what the run was, and mean nothing on another machine.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, os.Args[1:], os.Stdout)
	stop()
	if err != nil {
		if !errors.Is(err, flag.ErrHelp) {
			fmt.Fprintln(os.Stderr, "bench:", err)
		}
		os.Exit(1)
	}
}

// session is one run of this program.
type session struct {
	ctx       context.Context
	out       io.Writer
	yardstick string // its folder; empty: there is none
	vitrine   string // the program to measure
	repo      string // the repository
	runs      int
	rows      rows
	shares    []shares
	peers     string // the versions of what Vitrine was measured against
}

func run(ctx context.Context, args []string, out io.Writer) error {
	s := &session{ctx: ctx, out: out, rows: rows{}}
	fs := flag.NewFlagSet("bench", flag.ContinueOnError)
	fs.StringVar(&s.yardstick, "yardstick", os.Getenv("VITRINE_BENCH"), "the yardstick's folder")
	fs.StringVar(&s.vitrine, "vitrine", "vitrine", "the program to measure")
	fs.IntVar(&s.runs, "runs", 3, "how often each program is run")
	names := fs.String("parts", "", "what to measure: "+partNames()+", or a number of businesses")
	date := fs.String("date", time.Now().Format(time.DateOnly), "the day of the run, as the table says it")
	doc := fs.String("doc", filepath.Join("docs", "performance.md"), "where the table is kept; empty: it is only printed")
	old := fs.String("old", "", "compare the inner loops of this revision with the present ones")
	revision := fs.String("new", "", "with -old: those of that revision")
	count := fs.Int("count", 6, "with -old: how often each benchmark is run")
	filter := fs.String("bench", ".", "which inner loops, as go test -bench takes it")
	if err := fs.Parse(args); err != nil {
		return err
	}
	if fs.NArg() > 0 {
		return fmt.Errorf("what is %q?", fs.Arg(0))
	}
	var err error
	if s.repo, err = os.Getwd(); err != nil {
		return err
	}
	if s.vitrine, err = filepath.Abs(s.vitrine); err != nil {
		return err
	}
	if s.yardstick != "" {
		if s.yardstick, err = filepath.Abs(s.yardstick); err != nil {
			return err
		}
	}
	if *old != "" {
		return s.benchstat(*old, *revision, *count, *filter)
	}
	list, err := s.choose(*names)
	if err != nil {
		return err
	}
	s.announce(list)
	for _, p := range list {
		fmt.Fprintf(out, "\n== %s: %s\n", p.name, p.does)
		if err := p.run(s); err != nil {
			return fmt.Errorf("%s: %w", p.name, err)
		}
	}
	return s.conclude(*doc, *date)
}

// part is something to measure.
type part struct {
	name string
	does string
	time string // about how long it takes on two quiet cores
	off  bool   // unless it is asked for
	bare bool   // needs no yardstick
	run  func(s *session) error
}

func parts() []part {
	return []part{
		comparison(1000),
		comparison(10_000),
		repetition(10_000),
		preview(10_000),
		{name: "typst", does: "1,000 diplomas as PDF/X-4 in one file, and in single files, against Typst; 20,000 in one file", time: "2 min", run: (*session).typst},
		{name: "inner", does: "Go benchmarks of the inner loops", time: "1 min", bare: true, run: func(s *session) error { return s.inner(".") }},
		{name: "profile", does: "where the time of a cold build goes, at 1,000 and 10,000", time: "45 s", run: (*session).profile},
		growth(100_000),
	}
}

// comparison measures a cold build of n businesses against Hugo.
func comparison(n int) part {
	time := "15 s"
	if n > 2000 {
		time = fmt.Sprintf("%d min", 2*((n+9999)/10_000))
	}
	return part{
		name: strconv.Itoa(n), does: thousands(n) + " businesses, cold, against Hugo and the floor", time: time,
		run: func(s *session) error { return s.compare(n) },
	}
}

// repetition measures what a second build of n businesses costs.
func repetition(n int) part {
	return part{
		name: "again", does: thousands(n) + " businesses: nothing changed, and one story changed, against a cold build", time: "30 s",
		run: func(s *session) error { return s.again(n) },
	}
}

// preview measures the previews of n businesses.
func preview(n int) part {
	return part{
		name: "serve", does: thousands(n) + " businesses: from saving a story until it is served", time: "1 min",
		run: func(s *session) error { return s.serve(n) },
	}
}

// growth measures what a participant costs among up to n.
func growth(n int) part {
	return part{
		name: "scale", time: "6 min", off: true,
		does: fmt.Sprintf("cost per participant at %s, %s and %s; needs some 6 GB of memory", thousands(n/100), thousands(n/10), thousands(n)),
		run:  func(s *session) error { return s.scale(n) },
	}
}

func partNames() string {
	var names []string
	for _, p := range parts() {
		names = append(names, p.name)
	}
	return strings.Join(names, " ")
}

// choose finds the parts by name; without names, those that are not off.
func (s *session) choose(names string) ([]part, error) {
	var list []part
	if strings.TrimSpace(names) == "" {
		for _, p := range parts() {
			if !p.off && (p.bare || s.yardstick != "") {
				list = append(list, p)
			}
		}
		return list, nil
	}
	for _, name := range strings.FieldsFunc(names, func(r rune) bool { return r == ' ' || r == ',' }) {
		p, err := find(name)
		if err != nil {
			return nil, err
		}
		if !p.bare && s.yardstick == "" {
			return nil, fmt.Errorf("%s needs the yardstick: VITRINE_BENCH is not set", name)
		}
		list = append(list, p)
	}
	return list, nil
}

func find(name string) (part, error) {
	for _, p := range parts() {
		if p.name == name {
			return p, nil
		}
	}
	if n, err := strconv.Atoi(name); err == nil && n > 0 {
		return comparison(n), nil
	}
	what, size, _ := strings.Cut(name, "@")
	if n, err := strconv.Atoi(size); err == nil && n > 0 {
		switch what {
		case "again":
			return repetition(n), nil
		case "serve":
			return preview(n), nil
		case "scale":
			return growth(max(n, 100)), nil
		}
	}
	return part{}, fmt.Errorf("no part %q: %s, or a number of businesses, again@1000, serve@1000, scale@10000", name, partNames())
}

// announce says what will be done and what it asks for, before any of it.
func (s *session) announce(list []part) {
	fmt.Fprintln(s.out, "To be measured (the first time, Hugo and the corpora are made: some minutes more):")
	for _, p := range list {
		fmt.Fprintf(s.out, "  %-8s %s (about %s)\n", p.name, p.does, p.time)
	}
	if s.yardstick == "" {
		fmt.Fprintln(s.out, "VITRINE_BENCH is not set: no comparison with Hugo, Typst or the floor.")
		fmt.Fprintln(s.out, "It names the folder that holds compare, corpus.py, writer/ and typst/.")
	}
	var off []string
	for _, p := range parts() {
		if p.off {
			off = append(off, p.name)
		}
	}
	fmt.Fprintf(s.out, "BENCH=\"…\" chooses among: %s. Only when asked for: %s.\n", partNames(), strings.Join(off, ", "))
}

// conclude prints the table of what was measured, and keeps it.
func (s *session) conclude(doc, date string) error {
	if len(s.rows) > 0 {
		fmt.Fprintf(s.out, "\n%s\n", s.rows.markdown(date, nil))
	}
	if doc == "" || len(s.rows)+len(s.shares) == 0 {
		return nil
	}
	text, err := os.ReadFile(doc)
	if err != nil {
		return err
	}
	changed, err := s.rows.into(string(text), date, s.about())
	if err == nil && len(s.shares) > 0 {
		changed, err = between(changed, sharesStart, sharesEnd, func(string) string { return "\n" + sharesTable(s.shares) + "\nLast run: " + date + ".\n\n" })
	}
	if err != nil || changed == string(text) {
		return err
	}
	if err := os.WriteFile(doc, []byte(changed), 0o666); err != nil {
		return err
	}
	fmt.Fprintln(s.out, "written to", doc)
	return nil
}
