package main

import (
	"fmt"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// folder is the one that a zip unpacks to.
const folder = "vitrine/"

// contents lists what the zip of a target holds: the program, how to start, and every
// licence of what is in the program.
func contents(root string, t target, binary []byte) ([]file, error) {
	files := []file{{name: folder + "vitrine" + t.exe(), data: binary, run: true}}
	for _, name := range []string{"LISEZMOI.txt", "README.txt"} {
		data, err := os.ReadFile(filepath.Join(root, "packaging", name))
		if err != nil {
			return nil, err
		}
		files = append(files, file{name: folder + name, data: plain(data, t)})
	}
	licences, err := gather(root, t)
	if err != nil {
		return nil, err
	}
	for _, name := range slices.Sorted(maps.Keys(licences)) {
		files = append(files, file{name: folder + name, data: plain(licences[name], t)})
	}
	return files, nil
}

// plain writes a text as the target's own editor reads it: Notepad of older Windows needs
// a mark to know UTF-8, and both characters at the end of a line.
func plain(data []byte, t target) []byte {
	text := strings.ReplaceAll(strings.TrimPrefix(string(data), "\ufeff"), "\r\n", "\n")
	if t.os == "windows" {
		text = "\ufeff" + strings.ReplaceAll(text, "\n", "\r\n")
	}
	return []byte(text)
}

// gather reads the licences, by their name in the zip: the program's own, those of the
// files inside (fonts, colour profiles), those of the libraries that this target links.
func gather(root string, t target) (map[string][]byte, error) {
	out := map[string][]byte{}
	var err error
	if out["LICENSE"], err = os.ReadFile(filepath.Join(root, "LICENSE")); err != nil {
		return nil, err
	}
	themes := os.DirFS(filepath.Join(root, "themes"))
	err = fs.WalkDir(themes, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !isLicence(d.Name()) {
			return err
		}
		out["licences/"+d.Name()], err = fs.ReadFile(themes, name)
		return err
	})
	if err != nil {
		return nil, err
	}
	cmd := exec.Command("go", "list", "-deps", "-f", "{{with .Module}}{{if not .Main}}{{.Path}}\t{{.Dir}}\t{{$.Dir}}{{end}}{{end}}", "./cmd/vitrine")
	cmd.Dir, cmd.Env, cmd.Stderr = root, t.env(), os.Stderr
	list, err := cmd.Output()
	if err != nil {
		return nil, err
	}
	for _, line := range strings.Split(strings.TrimSpace(string(list)), "\n") {
		part := strings.Split(line, "\t")
		if len(part) != 3 {
			continue // the module itself, or a package of Go
		}
		module, top, inner := part[0], part[1], part[2]
		n, err := collect(out, strings.ReplaceAll(module, "/", "-"), top)
		if err != nil {
			return nil, err
		}
		if n == 0 {
			return nil, fmt.Errorf("no licence in %s", module)
		}
		if rel, err := filepath.Rel(top, inner); err == nil && rel != "." {
			if _, err := collect(out, strings.ReplaceAll(path.Join(module, filepath.ToSlash(rel)), "/", "-"), inner); err != nil {
				return nil, err
			}
		}
	}
	return out, goLicence(out)
}

// collect reads the licences of a folder, and counts them.
func collect(out map[string][]byte, prefix, dir string) (int, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return 0, err
	}
	n := 0
	for _, e := range entries {
		if e.IsDir() || !isLicence(e.Name()) {
			continue
		}
		data, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			return 0, err
		}
		out["licences/"+prefix+"-"+strings.TrimSuffix(e.Name(), filepath.Ext(e.Name()))+".txt"] = data
		n++
	}
	return n, nil
}

// goLicence adds that of Go, whose library is in the program. Where a packager left it
// out of Go's folder, the same text is in the libraries of its authors.
func goLicence(out map[string][]byte) error {
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return err
	}
	data, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(root)), "LICENSE"))
	if err != nil {
		if data = out["licences/golang.org-x-text-LICENSE.txt"]; data == nil {
			return err
		}
	}
	out["licences/go-LICENSE.txt"] = data
	return nil
}

func isLicence(name string) bool {
	up := strings.ToUpper(name)
	for _, p := range []string{"LICENSE", "LICENCE", "COPYING", "NOTICE", "PATENTS", "OFL"} {
		if strings.HasPrefix(up, p) && path.Ext(name) != ".go" {
			return true
		}
	}
	return false
}
