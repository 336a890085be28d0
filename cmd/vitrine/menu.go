package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
)

// menu asks what to do, for who opened the program with a double-click. All it does is
// what the commands do, with the arguments that a person would have typed.
type menu struct {
	*world
	in      *bufio.Reader
	site    string   // the folder that is worked on; empty: none yet
	near    []string // folders where sites are looked for, and made
	windows bool     // how dropped paths are written
	command func(ctx context.Context, shown func(string), args []string) (code int, out string)
	open    func(target string) error // with the program that the system has for it
}

// start is the program: the menu where a person opened it, else a command.
func (w *world) start(args []string) int {
	if !prepareConsole() {
		env := w.env
		w.env = func(name string) string {
			if name == "NO_COLOR" {
				return "1"
			}
			return env(name)
		}
	}
	alone, ask := opened(args)
	if !alone && !ask {
		return w.run(args)
	}
	m := newMenu(w, os.Stdin)
	switch {
	case ask:
		return m.run()
	case len(args) == 1 && m.dropped(args[0]):
		return m.run()
	}
	code := w.run(args)
	m.pause(text{"Entrée ferme cette fenêtre. ", "Enter closes this window. "})
	return code
}

func newMenu(w *world, in io.Reader) *menu {
	m := &menu{world: w, in: bufio.NewReader(in), windows: runtime.GOOS == "windows", open: openWithSystem}
	m.command = func(ctx context.Context, shown func(string), args []string) (int, string) {
		var out bytes.Buffer
		x := *w
		x.asked, x.site, x.until, x.shown = "", "", ctx, shown
		x.stdout = io.MultiWriter(w.stdout, &out)
		return x.run(args), out.String()
	}
	if dir, err := os.Getwd(); err == nil {
		m.near = append(m.near, dir)
	}
	if file, err := os.Executable(); err == nil {
		if real, err := filepath.EvalSymlinks(file); err == nil {
			file = real
		}
		// The program's own folder first: that of its zip.
		m.near = append([]string{filepath.Dir(file)}, m.near...)
	}
	return m
}

// isSite reports that a folder is that of a site.
func isSite(dir string) bool {
	info, err := os.Stat(filepath.Join(dir, "data", "site.toml"))
	return err == nil && info.Mode().IsRegular()
}

// find lists the sites: the folders themselves, and those directly in the first one,
// which is the program's.
func (m *menu) find() []string {
	var out []string
	add := func(dir string) {
		if abs, err := filepath.Abs(dir); err == nil && isSite(abs) && !slices.Contains(out, abs) {
			out = append(out, abs)
		}
	}
	// The folder that one stands in comes before the program's.
	for i := len(m.near) - 1; i >= 0; i-- {
		add(m.near[i])
	}
	if len(out) > 0 || len(m.near) == 0 {
		return out[:min(1, len(out))]
	}
	entries, err := os.ReadDir(m.near[0])
	if err != nil {
		return nil // then there is none to be found
	}
	for _, e := range entries {
		if e.IsDir() && !strings.HasPrefix(e.Name(), ".") {
			add(filepath.Join(m.near[0], e.Name()))
		}
	}
	return out
}

var menuItems = []struct {
	does text
	run  func(*menu) error
}{
	{text{"fabriquer le site et le kit", "make the site and the kit"}, (*menu).build},
	{text{"voir le site", "see the site"}, (*menu).see},
	{text{"vérifier", "check"}, (*menu).check},
	{text{"refaire un diplôme", "make a diploma again"}, (*menu).again},
	{text{"importer une liste Excel", "import an Excel list"}, (*menu).importList},
	{text{"créer un nouveau site", "create a new site"}, (*menu).create},
}

// errBack goes back to the menu: a question was left without an answer.
var errBack = errors.New("back")

// run asks until the person leaves, or there is nobody to answer.
func (m *menu) run() int {
	m.put(text{"Vitrine %s\n", "Vitrine %s\n"}, version)
	if m.site == "" {
		sites := m.find()
		if len(sites) == 1 {
			m.site = sites[0]
		} else if len(sites) > 1 {
			i, err := m.choose(text{"Quel site ?", "Which site?"}, sites)
			if err == nil {
				m.site = sites[i]
			} else if !errors.Is(err, errBack) {
				return exitFine
			}
		}
	}
	for {
		m.show()
		answer, err := m.line()
		if err != nil || answer == "0" {
			return exitFine
		}
		n, err := strconv.Atoi(answer)
		switch {
		case answer == "":
			continue
		case err == nil && n >= 1 && n <= len(menuItems):
			err = menuItems[n-1].run(m)
		case m.dropped(m.clean(answer)):
			continue
		default:
			m.put(text{"Répondez par un chiffre de 0 à %d.\n", "Answer with a number from 0 to %d.\n"}, len(menuItems))
			continue
		}
		switch {
		case errors.Is(err, errBack):
			continue
		case err != nil:
			return exitFine // nobody answers any more
		}
		if m.pause(text{"\nEntrée : revenir au menu. ", "\nEnter: back to the menu. "}) != nil {
			return exitFine
		}
	}
}

func (m *menu) show() {
	m.put(text{"\n", "\n"})
	if m.site == "" {
		m.put(text{"Aucun site pour l’instant : 6 en crée un ; ou glissez le dossier d’un site dans cette fenêtre.\n\n", "No site yet: 6 makes one; or drag a site’s folder into this window.\n\n"})
	} else {
		m.put(text{"Site : %s\n\n", "Site: %s\n\n"}, m.site)
	}
	for i, x := range menuItems {
		m.put(text{"  %d  %s\n", "  %d  %s\n"}, i+1, x.does.in(m.lang("")))
	}
	m.put(text{"  0  quitter\n\nVotre choix (un chiffre, puis Entrée) : ", "  0  leave\n\nYour choice (a number, then Enter): "})
}

// dropped takes a folder or a list that was dragged into the window, or onto the
// program's icon.
func (m *menu) dropped(file string) bool {
	info, err := os.Stat(file)
	switch {
	case err != nil:
		return false
	case info.IsDir() && isSite(file):
		m.site = absolutePath(file)
		return true
	case info.IsDir():
		m.put(text{"Ce dossier n’est pas celui d’un site (il n’a pas data/site.toml) : %s\n", "This is no site’s folder (it has no data/site.toml): %s\n"}, file)
		return true
	}
	switch strings.ToLower(filepath.Ext(file)) {
	case ".xlsx", ".xlsm", ".ods", ".csv", ".xls":
		// A question that stays without an answer is asked again by the menu.
		_ = m.take(file)
		return true
	}
	return false
}

// put writes to the person; a terminal that cannot be written to leaves no one to tell.
func (m *menu) put(t text, args ...any) {
	fmt.Fprintf(m.stdout, t.in(m.lang("")), args...)
}
