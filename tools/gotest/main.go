// Gotest runs `go test` and relays what it says, with one thing more: the name of every
// test that was skipped and why, so that a missing outside tool cannot pass unnoticed.
//
// A package's verdict and whatever a failed test printed appear as `go test` shows them.
// Lines of tables (« | … | ») that a passing test logged appear too: they are its report.
// Its flags and packages are those of `go test`.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"regexp"
	"strings"
)

// event is a line of `go test -json`.
type event struct {
	Action, Package, Test, Output, ImportPath string
}

func main() {
	cmd := exec.Command("go", append([]string{"test", "-json"}, os.Args[1:]...)...)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "gotest:", err)
		os.Exit(1)
	}
	r := relay{out: os.Stdout, said: map[string][]string{}}
	r.read(out)
	// The verdict is that of go test; what went wrong is on the screen already.
	if err := cmd.Wait(); err != nil {
		os.Exit(1)
	}
}

// relay turns events into the lines that a person reads.
type relay struct {
	out     io.Writer
	said    map[string][]string // by test: what it printed so far
	skipped int
}

func (r *relay) read(in io.Reader) {
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		var e event
		if json.Unmarshal(lines.Bytes(), &e) != nil {
			fmt.Fprintln(r.out, lines.Text()) // not an event: pass it on
			continue
		}
		r.event(e)
	}
	if r.skipped > 0 {
		fmt.Fprintf(r.out, "%d skipped\n", r.skipped)
	}
}

func (r *relay) event(e event) {
	key := e.Package + "\x00" + e.Test
	switch e.Action {
	case "build-output":
		fmt.Fprint(r.out, e.Output)
	case "output":
		switch {
		case e.Test != "":
			r.said[key] = append(r.said[key], e.Output)
		case verdict.MatchString(e.Output):
			fmt.Fprint(r.out, e.Output)
		default:
			r.said[key] = append(r.said[key], e.Output)
		}
	case "pass":
		for _, line := range r.said[key] {
			if m := table.FindStringSubmatch(line); m != nil {
				fmt.Fprintln(r.out, m[1])
			}
		}
		delete(r.said, key)
	case "skip":
		if e.Test != "" {
			r.skipped++
			fmt.Fprintf(r.out, "--- SKIP: %s (%s): %s\n", e.Test, e.Package, reason(r.said[key]))
		}
		delete(r.said, key)
	case "fail":
		for _, line := range r.said[key] {
			fmt.Fprint(r.out, line)
		}
		delete(r.said, key)
	}
}

var (
	verdict = regexp.MustCompile(`^(ok|FAIL|\?) *\t|^FAIL\n|\[no test files\]|coverage:`)
	table   = regexp.MustCompile(`^(?:\s+\S+\.go:\d+: |\s*)(\|.*\|)\s*$`)
	place   = regexp.MustCompile(`^\s+\S+\.go:\d+: (.*)$`)
)

// reason is what a skipped test said when it gave up.
func reason(said []string) string {
	for _, line := range said {
		if m := place.FindStringSubmatch(strings.TrimRight(line, "\n")); m != nil {
			return m[1]
		}
	}
	return "no reason given"
}
