//go:build unix

package main

import (
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// A folder that cannot be written to is said in words, nothing changes, and check, which
// writes nothing, still works.
func TestReadOnlyFolder(t *testing.T) {
	binary := filepath.Join(t.TempDir(), "vitrine")
	if b, err := os.ReadFile(os.Args[0]); err != nil || os.WriteFile(binary, b, 0o755) != nil {
		t.Fatal("no program", err)
	}
	// The program is the test's own, which main_test.go calls by the name it is started with.
	site := filepath.Join(t.TempDir(), "lecture seule é")
	vitrine := func(want int, args ...string) string {
		t.Helper()
		cmd := exec.Command(binary, args...)
		cmd.Env = append(os.Environ(), "LANG=fr_FR.UTF-8", "SOURCE_DATE_EPOCH=1795219200")
		if os.Getuid() == 0 { // who may write everywhere
			cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
		}
		text, err := cmd.CombinedOutput()
		var exit *exec.ExitError
		if err != nil && !errors.As(err, &exit) {
			t.Skip("the program does not start as somebody else: ", err)
		}
		if got := cmd.ProcessState.ExitCode(); got != want {
			t.Fatalf("%v: status %d, want %d\n%s", args, got, want, text)
		}
		return string(text)
	}
	open := func(file string) {
		for d := file; len(d) > len(os.TempDir()); d = filepath.Dir(d) {
			os.Chmod(d, 0o777) // the folders above are not all ours
		}
	}
	open(filepath.Dir(binary))
	open(filepath.Dir(site))
	vitrine(exitFine, "new", "site", site)
	vitrine(exitFine, "build", "--site", site)
	before, err := files(filepath.Join(site, "public"))
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(site, "data", "site.toml")
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(strings.Replace(string(text), "Mon site", "Un autre nom", 1)), 0o666); err != nil {
		t.Fatal(err)
	}
	err = filepath.WalkDir(site, func(file string, d fs.DirEntry, err error) error {
		if err != nil || !d.IsDir() {
			return err
		}
		return os.Chmod(file, 0o555)
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		filepath.WalkDir(site, func(file string, d fs.DirEntry, err error) error {
			if err == nil && d.IsDir() {
				os.Chmod(file, 0o777)
			}
			return nil
		})
	})
	vitrine(exitFine, "check", "--site", site)
	for _, args := range [][]string{{"build"}, {"new", "participant", "Boulangerie Petit"}} {
		out := vitrine(exitRefused, append(args, "--site", site)...)
		if !strings.Contains(out, "écriture refusée par le système") || !strings.Contains(out, "copiez le site dans un dossier à vous") {
			t.Errorf("%v says:\n%s", args, out)
		}
	}
	after, err := files(filepath.Join(site, "public"))
	if err != nil {
		t.Fatal(err)
	}
	if diff := different(before, after); len(diff) > 0 || len(before) == 0 {
		t.Error("the site has changed: ", diff)
	}
}
