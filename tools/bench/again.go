package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// again measures what a second build costs against the first: with nothing changed, and
// with one story changed.
func (s *session) again(n int) error {
	corpus, err := s.corpus(n)
	if err != nil {
		return err
	}
	dir, err := scratch()
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	site := filepath.Join(dir, "site")
	if err := copySite(filepath.Join(corpus, "vitrine"), site); err != nil {
		return err
	}
	story, text, err := someStory(site)
	if err != nil {
		return err
	}
	build := func() (sample, error) {
		return s.measure(s.repo, s.vitrine, "build", "--site", site, "--only", "site")
	}
	var cold, same, edited []sample
	for i := range s.runs + 1 {
		for _, made := range []string{"public", "kit", ".vitrine"} {
			if err := os.RemoveAll(filepath.Join(site, made)); err != nil {
				return err
			}
		}
		var three [3]sample
		for k := range three {
			if k == 2 {
				if err := os.WriteFile(story, fmt.Appendf(nil, "%s\nUne phrase de plus, la %dᵉ.\n", text, i+1), 0o666); err != nil {
					return err
				}
			}
			if three[k], err = build(); err != nil {
				return err
			}
		}
		if i > 0 { // the first warms up
			cold, same, edited = append(cold, three[0]), append(same, three[1]), append(edited, three[2])
		}
	}
	s.rows[unchangedRow(n)] = againRow(same, cold)
	s.rows[editedRow(n)] = againRow(edited, cold)
	for _, x := range []struct {
		name string
		list []sample
	}{{"cold", cold}, {"nothing changed", same}, {"one story changed", edited}} {
		fmt.Fprintf(s.out, "%-18s wall %.3f s  cpu %.3f s  peak %.0f MiB\n", x.name, median(column(x.list, wallOf)), median(column(x.list, cpuOf)), median(column(x.list, peakOf)))
	}
	return nil
}

func againRow(list, cold []sample) row {
	wall := pairs(list, cold, wallOf)
	r := row{
		measured: fmt.Sprintf("%s (%s–%s); processor %s", share(wall.median), share(wall.min), share(wall.max), share(pairs(list, cold, cpuOf).median)),
		run:      fmt.Sprintf("%s against %s", seconds(median(column(list, wallOf))), seconds(median(column(cold, wallOf)))),
	}
	if p := pairs(list, cold, peakOf).median; p > 0 {
		r.peak = share(p) + " of the cold build’s"
	}
	return r
}

// someStory is a participant's file from the middle of a site, and what it holds.
func someStory(site string) (file string, text []byte, err error) {
	var names []string
	err = filepath.WalkDir(filepath.Join(site, "content"), func(file string, d fs.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(file, ".md") && filepath.Base(filepath.Dir(file)) == "participants" {
			names = append(names, file)
		}
		return err
	})
	if err != nil {
		return "", nil, err
	}
	if len(names) == 0 {
		return "", nil, fmt.Errorf("%s has no participant", site)
	}
	file = names[len(names)/2]
	text, err = os.ReadFile(file)
	return file, text, err
}
