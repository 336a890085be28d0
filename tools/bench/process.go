package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// sample is one run of a program.
type sample struct {
	wall, cpu float64 // seconds
	peak      float64 // MiB; 0 where the system does not tell
}

// measure runs a program in a folder. What it prints is only shown when it fails.
func (s *session) measure(dir, name string, args ...string) (sample, error) {
	cmd := exec.CommandContext(s.ctx, name, args...)
	var said bytes.Buffer
	cmd.Dir, cmd.Stdout, cmd.Stderr = dir, &said, &said
	start := time.Now()
	err := cmd.Run()
	wall := time.Since(start).Seconds()
	if err != nil {
		return sample{}, failure(cmd, err, said.String())
	}
	p := cmd.ProcessState
	return sample{wall: wall, cpu: (p.UserTime() + p.SystemTime()).Seconds(), peak: peak(p)}, nil
}

// relay runs a program, shows what it prints as it comes, and returns it.
func (s *session) relay(dir, name string, args ...string) (string, error) {
	cmd := exec.CommandContext(s.ctx, name, args...)
	var said bytes.Buffer
	cmd.Dir, cmd.Stdout, cmd.Stderr = dir, io.MultiWriter(&said, s.out), os.Stderr
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) } // it has folders to remove
	cmd.WaitDelay = 10 * time.Second
	if err := cmd.Run(); err != nil {
		return "", failure(cmd, err, "")
	}
	return said.String(), nil
}

func failure(cmd *exec.Cmd, err error, said string) error {
	if said = strings.TrimSpace(said); len(said) > 2000 {
		said = "…" + said[len(said)-2000:]
	}
	if said != "" {
		said = "\n" + said
	}
	return fmt.Errorf("%s: %w%s", strings.Join(cmd.Args, " "), err, said)
}

// column is one number of each sample.
func column(list []sample, of func(sample) float64) []float64 {
	var out []float64
	for _, x := range list {
		out = append(out, of(x))
	}
	return out
}

func wallOf(x sample) float64 { return x.wall }
func cpuOf(x sample) float64  { return x.cpu }
func peakOf(x sample) float64 { return x.peak }

func median(list []float64) float64 {
	if len(list) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(list))
	if n := len(sorted); n%2 == 0 {
		return (sorted[n/2-1] + sorted[n/2]) / 2
	}
	return sorted[len(sorted)/2]
}

// spread is a ratio measured several times.
type spread struct{ median, min, max float64 }

// pairs divides the runs of one program by those of another that were made in turn.
func pairs(over, under []sample, of func(sample) float64) spread {
	var list []float64
	for i := range min(len(over), len(under)) {
		if d := of(under[i]); d > 0 {
			list = append(list, of(over[i])/d)
		}
	}
	if len(list) == 0 {
		return spread{}
	}
	return spread{median(list), slices.Min(list), slices.Max(list)}
}

// scratch is a folder on a memory file system, where there is one: the disk is not what
// is measured. The caller removes it.
func scratch() (string, error) {
	dir, err := os.MkdirTemp("/dev/shm", "vitrine-bench-")
	if err != nil {
		return os.MkdirTemp("", "vitrine-bench-")
	}
	return dir, nil
}

// cacheDir is where compare keeps its corpora and programs, and this program its own.
func cacheDir() (string, error) {
	base := os.Getenv("XDG_CACHE_HOME")
	if base == "" {
		home, err := os.UserHomeDir()
		if err != nil {
			return "", err
		}
		base = filepath.Join(home, ".cache")
	}
	dir := filepath.Join(base, "vitrine-bench")
	return dir, os.MkdirAll(dir, 0o777)
}

// seed is that of compare, so that both measure the same businesses.
const seed = "20260101"

// corpus makes n businesses, unless they are there.
func (s *session) corpus(n int) (string, error) {
	cache, err := cacheDir()
	if err != nil {
		return "", err
	}
	dir := filepath.Join(cache, fmt.Sprintf("corpus-%d-%s", n, seed))
	if _, err := os.Stat(filepath.Join(dir, "corpus.json")); errors.Is(err, fs.ErrNotExist) {
		fmt.Fprintf(s.out, "making a corpus of %s businesses\n", thousands(n))
		if _, err := s.relay("", "python3", filepath.Join(s.yardstick, "corpus.py"), fmt.Sprint(n), dir, "--seed", seed); err != nil {
			return "", err
		}
	}
	return dir, nil
}

// copySite copies a folder. The files keep their times: a build trusts
// those of files that have not changed for a while.
func copySite(from, to string) error {
	return filepath.WalkDir(from, func(file string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(from, file)
		if err != nil {
			return err
		}
		target := filepath.Join(to, rel)
		if d.IsDir() {
			return os.MkdirAll(target, 0o777)
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		data, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		if err := os.WriteFile(target, data, 0o666); err != nil {
			return err
		}
		return os.Chtimes(target, info.ModTime(), info.ModTime())
	})
}

// weigh counts the files of a folder and their bytes.
func weigh(dir string) (files int, size int64, err error) {
	err = filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		files++
		size += info.Size()
		return nil
	})
	return files, size, err
}

// firstLine runs a program and returns the first line that it prints; empty when it fails.
func firstLine(ctx context.Context, name string, args ...string) string {
	out, err := exec.CommandContext(ctx, name, args...).Output()
	if err != nil {
		return ""
	}
	line, _, _ := strings.Cut(string(out), "\n")
	return strings.TrimSpace(line)
}
