package main

import (
	"fmt"
	"path/filepath"
	"regexp"
	"strconv"
)

// compare has the yardstick build n businesses with both programs in turn.
func (s *session) compare(n int) error {
	said, err := s.relay(s.repo, filepath.Join(s.yardstick, "compare"), strconv.Itoa(n), "--runs", strconv.Itoa(s.runs), "--vitrine", s.vitrine)
	if err != nil {
		return err
	}
	c, err := readComparison(said)
	if err != nil {
		return err
	}
	s.peer(hugoVersion(s.ctx))
	s.rows[coldRow(n)], s.rows[floorRow(n)] = c.row(), c.floorRow()
	return nil
}

// compared is what compare prints of a cold build.
type compared struct {
	vitrine, hugo sample // medians
	files, bytes  int64  // that Vitrine wrote
	wall          spread // Hugo's by Vitrine's
	cpu, peak     float64
	floor         spread // seconds to write the same bytes
}

var (
	programLine = regexp.MustCompile(`(?m)^(vitrine|hugo) +wall +([\d.]+) s +cpu +([\d.]+) s +peak +([\d.]+) MiB +files (\d+) +bytes (\d+)$`)
	ratioLine   = regexp.MustCompile(`(?m)^hugo/vitrine wall ([\d.]+) \(min ([\d.]+) max ([\d.]+)\) +cpu ([\d.]+) +peak ([\d.]+)$`)
	floorLine   = regexp.MustCompile(`(?m)^write .* wall min/med/max ([\d.]+)/([\d.]+)/([\d.]+) s`)
	servedLine  = regexp.MustCompile(`(?m)^(vitrine serve|hugo server) N=\d+: start ([\d.]+) s; save->served min/med/max (\d+)/(\d+)/(\d+) ms; server cpu/edit med ([\d.]+) s; peak RSS (\d+) MiB`)
)

// numbers reads the groups of a match from the second on.
func numbers(groups []string) []float64 {
	var out []float64
	for _, g := range groups {
		x, _ := strconv.ParseFloat(g, 64) // the patterns take nothing else
		out = append(out, x)
	}
	return out
}

func readComparison(said string) (compared, error) {
	var c compared
	programs := map[string]bool{}
	for _, m := range programLine.FindAllStringSubmatch(said, -1) {
		x := numbers(m[2:])
		one := sample{wall: x[0], cpu: x[1], peak: x[2]}
		if m[1] == "hugo" {
			c.hugo = one
		} else {
			c.vitrine, c.files, c.bytes = one, int64(x[3]), int64(x[4])
		}
		programs[m[1]] = true
	}
	ratio, floor := ratioLine.FindStringSubmatch(said), floorLine.FindStringSubmatch(said)
	if len(programs) != 2 || ratio == nil || floor == nil {
		return c, fmt.Errorf("compare says something else than it did:\n%s", said)
	}
	x := numbers(ratio[1:])
	c.wall, c.cpu, c.peak = spread{x[0], x[1], x[2]}, x[3], x[4]
	x = numbers(floor[1:])
	c.floor = spread{x[1], x[0], x[2]}
	return c, nil
}

func (c compared) row() row {
	return row{
		measured: faster(c.wall) + fmt.Sprintf("; processor %s", times(c.cpu)),
		peak:     share(1/c.peak) + " of Hugo’s",
		run: fmt.Sprintf("%s against %s, %.0f MiB against %.0f; %s files, %s",
			seconds(c.vitrine.wall), seconds(c.hugo.wall), c.vitrine.peak, c.hugo.peak, thousands(int(c.files)), megabytes(c.bytes)),
	}
}

func (c compared) floorRow() row {
	return row{
		measured: fmt.Sprintf("%s the floor (%s–%s)", times(c.vitrine.wall/c.floor.median), times(c.vitrine.wall/c.floor.max), times(c.vitrine.wall/c.floor.min)),
		run:      fmt.Sprintf("%s against %s", seconds(c.vitrine.wall), seconds(c.floor.median)),
	}
}

// serve has the yardstick measure both previews.
func (s *session) serve(n int) error {
	said, err := s.relay(s.repo, filepath.Join(s.yardstick, "compare"), strconv.Itoa(n), "--serve", "--runs", strconv.Itoa(s.runs), "--vitrine", s.vitrine)
	if err != nil {
		return err
	}
	r, err := readServed(said)
	if err != nil {
		return err
	}
	s.peer(hugoVersion(s.ctx))
	s.rows[servedRow(n)] = r
	return nil
}

func readServed(said string) (row, error) {
	found := map[string][]float64{}
	for _, m := range servedLine.FindAllStringSubmatch(said, -1) {
		found[m[1]] = numbers(m[2:])
	}
	h, v := found["hugo server"], found["vitrine serve"]
	if h == nil || v == nil || v[2] == 0 {
		return row{}, fmt.Errorf("compare --serve says something else than it did:\n%s", said)
	}
	const least, middle, most, memory = 1, 2, 3, 5
	return row{
		measured: faster(spread{h[middle] / v[middle], h[least] / v[most], h[most] / max(v[least], 1)}),
		peak:     share(v[memory]/h[memory]) + " of Hugo’s",
		run: fmt.Sprintf("%.0f ms (%.0f–%.0f) against %.0f ms (%.0f–%.0f)",
			v[middle], v[least], v[most], h[middle], h[least], h[most]),
	}, nil
}
