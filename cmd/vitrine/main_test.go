package main

import (
	"errors"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

var update = flag.Bool("update", false, "rewrite the expected output inside the scripts")

// TestMain lets scripts call the program itself, so that coverage and -race see it.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"vitrine": func() { os.Exit(run()) }})
}

// TestScript runs one script per behaviour; docs of the commands below are with their
// functions.
func TestScript(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:           "testdata/script",
		UpdateScripts: *update,
		// The time and the language are the same everywhere.
		Setup: func(env *testscript.Env) error {
			env.Setenv("SOURCE_DATE_EPOCH", "1795219200") // 2026-11-21
			env.Setenv("SITES", absolute(t, "testdata/sites"))
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits":   cmdExits,
			"copydir": cmdCopyDir,
			"site":    cmdSite,
			"tree":    cmdTree,
			"sed":     cmdSed,
			"json":    cmdJSON,
			"same":    cmdSame,
			"parts":   cmdParts,
			"nofile":  cmdNoFile,
			"bytes":   cmdBytes,
			"fonts":   cmdFonts,
			"picture": cmdPicture,
			"free":    cmdFree,
			"get":     cmdGet,
			"sheet":   cmdSheet,
			"unpack":  cmdUnpack,
			"pdftext": cmdPDFText,
		},
	})
}

func absolute(t *testing.T, dir string) string {
	t.Helper()
	abs, err := filepath.Abs(dir)
	if err != nil {
		t.Fatal(err)
	}
	return abs
}

// copyTree copies a folder over another; files that are there already stay.
func copyTree(from, to string) error {
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
			return os.MkdirAll(target, 0o755)
		}
		if _, err := os.Stat(target); !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		data, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		return os.WriteFile(target, data, 0o644)
	})
}

// files reads a whole folder: slash-separated name → content.
func files(dir string) (map[string]string, error) {
	out := map[string]string{}
	err := filepath.WalkDir(dir, func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(dir, file)
		out[filepath.ToSlash(rel)] = string(data)
		return err
	})
	if errors.Is(err, fs.ErrNotExist) {
		return out, nil
	}
	return out, err
}

// different lists the files that two folders do not share byte for byte.
func different(a, b map[string]string) []string {
	var out []string
	for name, data := range a {
		if other, ok := b[name]; !ok {
			out = append(out, "- "+name)
		} else if other != data {
			out = append(out, "~ "+name)
		}
	}
	for name := range b {
		if _, ok := a[name]; !ok {
			out = append(out, "+ "+name)
		}
	}
	return sortedLines(out)
}

func sortedLines(list []string) []string {
	out := strings.Split(strings.Join(list, "\n"), "\n")
	sortStrings(out)
	if len(list) == 0 {
		return nil
	}
	return out
}
