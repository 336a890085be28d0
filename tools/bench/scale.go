package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
)

// scale measures what a participant costs among n, among a tenth and among a hundredth.
func (s *session) scale(most int) error {
	var each []scaled
	for _, n := range []int{most / 100, most / 10, most} {
		x, err := s.coldBuilds(n)
		if err != nil {
			return err
		}
		fmt.Fprintf(s.out, "%7s businesses: wall %.2f s  cpu %.2f s  peak %.0f MiB  files %s  bytes %d; each: %.0f µs, %.0f µs of processor, %.1f KiB at the peak, %d bytes written\n",
			thousands(n), x.wall, x.cpu, x.peak, thousands(x.files), x.bytes, x.wall/float64(n)*1e6, x.cpu/float64(n)*1e6, x.peak/float64(n)*1024, x.bytes/int64(n))
		each = append(each, x)
	}
	s.rows[scaleRow(most/100, most)], s.rows[scaleRow(most/10, most)] = each[2].row(each[0]), each[2].row(each[1])
	return nil
}

// scaled is a cold build: the medians, and what it wrote.
type scaled struct {
	sample
	n, files int
	bytes    int64
}

// row compares the cost of one participant with that in a smaller site.
func (x scaled) row(small scaled) row {
	ratio := func(of func(sample) float64) float64 {
		return of(x.sample) / float64(x.n) / (of(small.sample) / float64(small.n))
	}
	r := row{
		measured: fmt.Sprintf("**%s**; processor %s", times(ratio(wallOf)), times(ratio(cpuOf))),
		run: fmt.Sprintf("%s and %.0f MiB for %s files, %s; %s for %s participants",
			seconds(x.wall), x.peak, thousands(x.files), megabytes(x.bytes), seconds(small.wall), thousands(small.n)),
	}
	if small.peak > 0 {
		r.peak = times(ratio(peakOf)) + " for each"
	}
	return r
}

// coldBuilds builds a corpus from nothing. The largest ones lie in memory, and go with it.
func (s *session) coldBuilds(n int) (scaled, error) {
	dir, err := scratch()
	if err != nil {
		return scaled{}, err
	}
	defer os.RemoveAll(dir)
	site := filepath.Join(dir, "corpus", "vitrine")
	if n <= 10_000 {
		corpus, err := s.corpus(n)
		if err != nil {
			return scaled{}, err
		}
		if err := copySite(filepath.Join(corpus, "vitrine"), site); err != nil {
			return scaled{}, err
		}
	} else if _, err := s.relay("", "python3", filepath.Join(s.yardstick, "corpus.py"), strconv.Itoa(n), filepath.Dir(site), "--seed", seed, "--formats", "vitrine"); err != nil {
		return scaled{}, err
	}
	var list []sample
	runs := s.runs + 1
	if n > 10_000 {
		runs = max(1, s.runs-1) // long enough not to need warming up
	}
	for i := range runs {
		for _, made := range []string{"public", "kit", ".vitrine"} {
			if err := os.RemoveAll(filepath.Join(site, made)); err != nil {
				return scaled{}, err
			}
		}
		x, err := s.measure(s.repo, s.vitrine, "build", "--site", site, "--only", "site")
		if err != nil {
			return scaled{}, err
		}
		if i > 0 || n > 10_000 {
			list = append(list, x)
		}
	}
	out := scaled{n: n, sample: sample{median(column(list, wallOf)), median(column(list, cpuOf)), median(column(list, peakOf))}}
	out.files, out.bytes, err = weigh(filepath.Join(site, "public"))
	return out, err
}
