package main

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// profile says where the processor's time of a cold build goes.
func (s *session) profile() error {
	dir, err := os.MkdirTemp("", "vitrine-profile-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	test := filepath.Join(dir, "build.test")
	if _, err := s.measure(s.repo, "go", "test", "-c", "-o", test, "./internal/build"); err != nil {
		return err
	}
	for _, n := range []int{1000, 10_000} {
		shares, err := s.profileOf(n, test, dir)
		if err != nil {
			return err
		}
		s.shares = append(s.shares, shares)
	}
	fmt.Fprintf(s.out, "\n%s\n", sharesTable(s.shares))
	return nil
}

func (s *session) profileOf(n int, test, dir string) (shares, error) {
	corpus, err := s.corpus(n)
	if err != nil {
		return shares{}, err
	}
	out := filepath.Join(dir, fmt.Sprintf("%d.cpu", n))
	cmd := exec.CommandContext(s.ctx, test, "-test.run", "^$", "-test.bench", "^BenchmarkBuild$", "-test.benchtime", fmt.Sprintf("%dx", max(3, 20_000/n)), "-test.cpuprofile", out)
	cmd.Dir = filepath.Join(s.repo, "internal", "build")
	cmd.Env = append(os.Environ(), "VITRINE_BENCH_SITE="+filepath.Join(corpus, "vitrine"))
	if said, err := cmd.CombinedOutput(); err != nil {
		return shares{}, failure(cmd, err, string(said))
	}
	raw, err := exec.CommandContext(s.ctx, "go", "tool", "pprof", "-raw", test, out).Output()
	if err != nil {
		return shares{}, fmt.Errorf("go tool pprof: %w", err)
	}
	x, err := readProfile(string(raw))
	x.n = n
	return x, err
}

// shares are how a build's time is shared out.
type shares struct {
	n      int
	total  float64
	spent  map[string]float64 // by where it goes
	system map[string]float64 // of that, in calls of the system
}

// place is where time goes: to what a stack holds, whoever called it, else to the package
// of ours that is nearest to its top.
type place struct {
	name     string
	holds    *regexp.Regexp
	packages string
}

func places() []place {
	return []place{
		{name: "the collector", holds: regexp.MustCompile(`^runtime\.(gcBgMarkWorker|gcAssistAlloc|bgsweep|bgscavenge|gcStart|markroot|gcDrain|deductSweepCredit|GC$)`)},
		{name: "prose (goldmark)", holds: regexp.MustCompile(`^github\.com/yuin/goldmark`)},
		{name: "keys and sums (SHA-256)", holds: regexp.MustCompile(`^crypto/`)},
		{name: "reading files", packages: "source"},
		{name: "heads and TOML", packages: "load"},
		{name: "binding, rules, consent", packages: "bind model ident hours diag"},
		{name: "typography", packages: "typography"},
		{name: "theme", packages: "theme"},
		{name: "planning", packages: "plan"},
		{name: "views of pages", packages: "page"},
		{name: "layouts executed", packages: "markup"},
		{name: "exports, search, maps, pictures", packages: "export search draw svg picture"},
		{name: "writing files", packages: "write"},
		{name: "the order of it all, the cache", packages: "build cache"},
	}
}

const elsewhere = "the scheduler and the rest"

var (
	sampleLine   = regexp.MustCompile(`^ +\d+ +(\d+): ([\d ]+)`)
	locationLine = regexp.MustCompile(`^ +(\d+): 0x[0-9a-f]+ (?:M=\d+ )?(\S+) `)
	inlinedLine  = regexp.MustCompile(`^ {10,}(\S+) .*:\d+`)
	ourFrame     = regexp.MustCompile(`^vitrine/internal/([a-z]+)\.`)
	systemFrame  = regexp.MustCompile(`^(internal/runtime/syscall|syscall)\.`)
	harness      = regexp.MustCompile(`^(vitrine/internal/build\.(cold|scratch|BenchmarkBuild)|testing\.)`)
)

// readProfile reads what `go tool pprof -raw` prints of a processor's profile.
func readProfile(raw string) (shares, error) {
	out := shares{spent: map[string]float64{}, system: map[string]float64{}}
	type taken struct {
		time  float64
		stack []string // locations, the innermost first
	}
	var samples []taken
	frames := map[string][]string{} // by location: functions, the innermost first
	section, at := "", ""
	lines := bufio.NewScanner(strings.NewReader(raw))
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		line := lines.Text()
		switch {
		case line == "Samples:" || line == "Locations" || line == "Mappings":
			section = line
		case section == "Samples:":
			if m := sampleLine.FindStringSubmatch(line); m != nil {
				samples = append(samples, taken{numbers(m[1:2])[0], strings.Fields(m[2])})
			}
		case section == "Locations":
			if m := locationLine.FindStringSubmatch(line); m != nil {
				at = m[1]
				frames[at] = []string{m[2]}
			} else if m := inlinedLine.FindStringSubmatch(line); m != nil {
				frames[at] = append(frames[at], m[1])
			}
		}
	}
	for _, x := range samples {
		var stack []string
		for _, l := range x.stack {
			stack = append(stack, frames[l]...)
		}
		name, ok := whereTo(stack)
		if !ok {
			continue
		}
		out.total += x.time
		out.spent[name] += x.time
		if slices.ContainsFunc(stack, systemFrame.MatchString) {
			out.system[name] += x.time
		}
	}
	if out.total == 0 {
		return out, fmt.Errorf("the profile is empty, or pprof writes it otherwise than it did")
	}
	return out, nil
}

// whereTo says where a stack's time goes; false when it is not the build's.
func whereTo(stack []string) (string, bool) {
	nearest := ""
	for _, f := range stack {
		if m := ourFrame.FindStringSubmatch(f); m != nil && !harness.MatchString(f) {
			nearest = m[1]
			break
		}
	}
	for _, p := range places() {
		if p.holds != nil && slices.ContainsFunc(stack, p.holds.MatchString) {
			return p.name, nearest != "" || p.name == places()[0].name
		}
	}
	if nearest == "" {
		return elsewhere, !slices.ContainsFunc(stack, harness.MatchString)
	}
	for _, p := range places() {
		if slices.Contains(strings.Fields(p.packages), nearest) {
			return p.name, true
		}
	}
	return elsewhere, true
}

// sharesTable says in hundredths where the time of builds goes.
func sharesTable(list []shares) string {
	var b strings.Builder
	b.WriteString("| where |")
	rule := "|---|"
	for _, x := range list {
		fmt.Fprintf(&b, " %s participants | in calls of the system |", thousands(x.n))
		rule += "---|---|"
	}
	b.WriteString("\n" + rule + "\n")
	for _, p := range append(places(), place{name: elsewhere}) {
		fmt.Fprintf(&b, "| %s |", p.name)
		for _, x := range list {
			fmt.Fprintf(&b, " %s | %s |", hundredths(x.spent[p.name], x.total), hundredths(x.system[p.name], x.total))
		}
		b.WriteString("\n")
	}
	b.WriteString("| together |")
	for _, x := range list {
		system := 0.0
		for _, t := range x.system {
			system += t
		}
		fmt.Fprintf(&b, " 100 %% | %s |", hundredths(system, x.total))
	}
	b.WriteString("\n")
	return b.String()
}

func hundredths(x, of float64) string {
	switch share := x / of * 100; {
	case share < 0.05:
		return "–"
	case share < 0.95:
		return fmt.Sprintf("%.1f %%", share)
	default:
		return fmt.Sprintf("%.0f %%", share)
	}
}
