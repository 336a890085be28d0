package main

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

const root = "../.."

// unzip reads the files of a zip, by their names.
func unzip(t *testing.T, data []byte) (map[string]string, map[string]*zip.File) {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	texts, files := map[string]string{}, map[string]*zip.File{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		texts[f.Name], files[f.Name] = string(text), f
	}
	return texts, files
}

// The zip of each system, with a program that is none.
func TestZip(t *testing.T) {
	when := time.Date(2026, 3, 14, 12, 0, 0, 0, time.UTC)
	targets, err := parseTargets(allTargets)
	if err != nil || len(targets) != 6 {
		t.Fatal(targets, err)
	}
	for _, x := range targets {
		t.Run(x.String(), func(t *testing.T) {
			if testing.Short() && x.arch != "amd64" {
				t.Skip("one architecture of each system")
			}
			list, err := contents(root, x, []byte("program"))
			if err != nil {
				t.Fatal(err)
			}
			data, err := pack(list, when)
			if err != nil {
				t.Fatal(err)
			}
			again, err := pack(list, when)
			if err != nil || !bytes.Equal(data, again) {
				t.Error("not the same bytes twice", err)
			}
			texts, files := unzip(t, data)
			program := "vitrine/vitrine" + x.exe()
			for name, f := range files {
				want := os.FileMode(0o644)
				if name == program {
					want = 0o755
				}
				if f.Mode() != want || !f.Modified.Equal(when) {
					t.Errorf("%s: %v, %v", name, f.Mode(), f.Modified)
				}
			}
			if texts[program] != "program" {
				t.Error("no program")
			}
			for _, name := range []string{
				"LISEZMOI.txt", "README.txt", "LICENSE", "licences/OFL-SourceSans3.txt", "licences/OFL-YoungSerif.txt", "licences/OFL-NotoSans.txt",
				"licences/LICENSE-zlib.txt", "licences/go-LICENSE.txt", "licences/github.com-BurntSushi-toml-COPYING.txt", "licences/rsc.io-qr-LICENSE.txt",
			} {
				text := texts["vitrine/"+name]
				if text == "" {
					t.Errorf("no %s", name)
					continue
				}
				bare := strings.TrimPrefix(text, "\ufeff")
				windows := bare != text && strings.Count(bare, "\n") == strings.Count(bare, "\r\n")
				if x.os == "windows" && !windows || x.os != "windows" && (bare != text || strings.Contains(text, "\r")) {
					t.Errorf("%s is not written as %s does", name, x.os)
				}
			}
		})
	}
}

// What the notices say of the menu is what the menu says.
func TestNotices(t *testing.T) {
	menu, err := os.ReadFile(filepath.Join(root, "cmd", "vitrine", "menu.go"))
	if err != nil {
		t.Fatal(err)
	}
	for name, words := range map[string][]string{
		"LISEZMOI.txt": {"créer un nouveau site", "fabriquer le site et le kit", "vérifier", "refaire un diplôme", "À REMPLACER", "écriture refusée"},
		"README.txt":   {"create a new site", "make the site and the kit", "check", "again", "TO REPLACE", "refused to write"},
	} {
		text, err := os.ReadFile(filepath.Join(root, "packaging", name))
		if err != nil {
			t.Fatal(err)
		}
		flat := strings.Join(strings.Fields(string(text)), " ")
		for i, w := range words {
			if !strings.Contains(flat, w) {
				t.Errorf("%s does not say %q", name, w)
			}
			if i < 4 && !strings.Contains(string(menu), w) {
				t.Errorf("the menu does not say %q", w)
			}
		}
		for n, line := range strings.Split(string(text), "\n") {
			if len([]rune(line)) > 76 {
				t.Errorf("%s:%d is too wide for a small window", name, n+1)
			}
		}
	}
}

// The whole thing for the system that runs the test.
func TestRun(t *testing.T) {
	if testing.Short() {
		t.Skip("links a program")
	}
	out := t.TempDir()
	x := target{runtime.GOOS, runtime.GOARCH}
	if err := run(root, out, "1.2.3-test", x.String()); err != nil {
		t.Fatal(err)
	}
	name := "vitrine-1.2.3-test-" + x.os + "-" + x.arch
	data, err := os.ReadFile(filepath.Join(out, name+".zip"))
	if err != nil {
		t.Fatal(err)
	}
	sums, err := os.ReadFile(filepath.Join(out, "SHA256SUMS"))
	if err != nil || !strings.Contains(string(sums), fmt.Sprintf("%x  %s.zip\n", sha256.Sum256(data), name)) {
		t.Error("the sums do not have the zip's", err)
	}
	texts, _ := unzip(t, data)
	// In a folder of an office: the program from the zip makes a site and its kit.
	office := filepath.Join(t.TempDir(), "Éco-défis 2026 (copie)")
	if err := os.Mkdir(office, 0o755); err != nil {
		t.Fatal(err)
	}
	program := filepath.Join(office, "vitrine"+x.exe())
	if err := os.WriteFile(program, []byte(texts["vitrine/vitrine"+x.exe()]), 0o755); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"version"}, {"new", "site", "mon label"}, {"build", "--site", "mon label"}} {
		cmd := exec.Command(program, args...)
		cmd.Dir = office
		text, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatalf("%v: %v\n%s", args, err, text)
		}
		if args[0] == "version" && string(text) != "vitrine 1.2.3-test\n" {
			t.Errorf("the version is %q", text)
		}
	}
	if _, err := os.Stat(filepath.Join(office, "mon label", "kit", "index.html")); err != nil {
		t.Error(err)
	}
}

func TestTargetsAndVersions(t *testing.T) {
	for _, list := range []string{"", "linux", "linux/", "/amd64", "linux/amd64,"} {
		if got, err := parseTargets(list); err == nil {
			t.Errorf("%q: %v", list, got)
		}
	}
	for _, v := range []string{"../x", "a b", "-x"} {
		if err := run(root, t.TempDir(), v, "linux/amd64"); err == nil {
			t.Errorf("%q is taken for a version", v)
		}
	}
	if v := describe(t.TempDir()); v != "dev" {
		t.Errorf("without git the version is %q", v)
	}
	t.Setenv("SOURCE_DATE_EPOCH", "1795219200")
	if when, err := releaseTime(root); err != nil || when.Unix() != 1795219200 {
		t.Error(when, err)
	}
}
