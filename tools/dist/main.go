// Dist makes what is handed out: one program per system, a zip of it with what an office
// needs to start, and their checksums. It needs Go alone.
//
//	go run ./tools/dist [-out dist] [-version V] [-targets windows/amd64,…]
//
// The same sources, version and Go give the same bytes.
package main

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// target is a system that the program is built for.
type target struct{ os, arch string }

func (t target) String() string { return t.os + "/" + t.arch }

func (t target) exe() string {
	if t.os == "windows" {
		return ".exe"
	}
	return ""
}

const allTargets = "windows/amd64,windows/arm64,darwin/amd64,darwin/arm64,linux/amd64,linux/arm64"

func main() {
	out := flag.String("out", "dist", "the folder to write to")
	version := flag.String("version", "", "the version (git describe, else dev)")
	list := flag.String("targets", allTargets, "the systems, as OS/ARCH separated by commas")
	flag.Parse()
	if err := run(".", *out, *version, *list); err != nil {
		fmt.Fprintln(os.Stderr, "dist:", err)
		os.Exit(1)
	}
}

// run builds the module in root for each target, into out.
func run(root, out, version, list string) error {
	targets, err := parseTargets(list)
	if err != nil {
		return err
	}
	if version == "" {
		version = describe(root)
	}
	if !regexp.MustCompile(`^[0-9A-Za-z][0-9A-Za-z.+_-]*$`).MatchString(version) {
		return fmt.Errorf("%q is no version", version)
	}
	if err := os.MkdirAll(out, 0o777); err != nil {
		return err
	}
	when, err := releaseTime(root)
	if err != nil {
		return err
	}
	var sums bytes.Buffer
	for _, t := range targets {
		name := "vitrine-" + version + "-" + t.os + "-" + t.arch
		program := filepath.Join(out, name+t.exe())
		if err := compile(root, program, version, t); err != nil {
			return fmt.Errorf("%s: %w", t, err)
		}
		binary, err := os.ReadFile(program)
		if err != nil {
			return err
		}
		files, err := contents(root, t, binary)
		if err != nil {
			return fmt.Errorf("%s: %w", t, err)
		}
		bundle, err := pack(files, when)
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(out, name+".zip"), bundle, 0o666); err != nil {
			return err
		}
		fmt.Fprintf(&sums, "%x  %s\n%x  %s\n", sha256.Sum256(binary), name+t.exe(), sha256.Sum256(bundle), name+".zip")
		fmt.Printf("%-14s %5.1f MB, zip %5.1f MB  %s\n", t, mega(binary), mega(bundle), filepath.Join(out, name+".zip"))
	}
	return os.WriteFile(filepath.Join(out, "SHA256SUMS"), sums.Bytes(), 0o666)
}

func mega(b []byte) float64 { return float64(len(b)) / 1e6 }

func parseTargets(list string) ([]target, error) {
	var out []target
	for _, s := range strings.Split(list, ",") {
		goos, arch, ok := strings.Cut(strings.TrimSpace(s), "/")
		if !ok || goos == "" || arch == "" {
			return nil, fmt.Errorf("%q is no OS/ARCH", s)
		}
		out = append(out, target{goos, arch})
	}
	return out, nil
}

// compile links one program: static, without the paths of this machine in it.
func compile(root, program, version string, t target) error {
	abs, err := filepath.Abs(program)
	if err != nil {
		return err
	}
	cmd := exec.Command("go", "build", "-trimpath", "-ldflags", "-s -w -X main.version="+version, "-o", abs, "./cmd/vitrine")
	cmd.Dir = root
	cmd.Env = t.env()
	cmd.Stderr = os.Stderr
	return cmd.Run()
}

func (t target) env() []string {
	return append(os.Environ(), "GOOS="+t.os, "GOARCH="+t.arch, "CGO_ENABLED=0", "GOFLAGS=-mod=readonly")
}

// describe is the version that git knows; where there is none, dev.
func describe(root string) string {
	text, err := git(root, "describe", "--tags", "--always", "--dirty")
	if err != nil || text == "" {
		return "dev"
	}
	return strings.TrimPrefix(text, "v")
}

// releaseTime is the time of the files in the zips: SOURCE_DATE_EPOCH, else the last
// commit's, else the earliest that a zip can say.
func releaseTime(root string) (time.Time, error) {
	text := os.Getenv("SOURCE_DATE_EPOCH")
	if text == "" {
		var err error
		if text, err = git(root, "log", "-1", "--format=%ct"); err != nil {
			return time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC), nil
		}
	}
	seconds, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return time.Time{}, fmt.Errorf("%q is no number of seconds", text)
	}
	return time.Unix(seconds, 0).UTC(), nil
}

func git(root string, args ...string) (string, error) {
	cmd := exec.Command("git", args...)
	cmd.Dir = root
	text, err := cmd.Output()
	return strings.TrimSpace(string(text)), err
}

// file is one entry of a zip.
type file struct {
	name string // slash-separated
	data []byte
	run  bool // a program
}

// pack makes a zip of files, in their order, all of one time.
func pack(files []file, when time.Time) ([]byte, error) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, f := range files {
		h := &zip.FileHeader{Name: f.name, Method: zip.Deflate, Modified: when}
		h.SetMode(0o644)
		if f.run {
			h.SetMode(0o755)
		}
		w, err := z.CreateHeader(h)
		if err == nil {
			_, err = w.Write(f.data)
		}
		if err != nil {
			return nil, errors.Join(err, z.Close())
		}
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
