package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"vitrine/internal/diag"
	"vitrine/internal/source"
	"vitrine/internal/starter"
	"vitrine/internal/typography"
)

// folder makes sure that there is a site.
func (m *menu) folder() error {
	for m.site == "" {
		m.put(text{"Glissez le dossier du site dans cette fenêtre, puis Entrée (Entrée seule : revenir) : ", "Drag the site’s folder into this window, then Enter (Enter alone: back): "})
		answer, err := m.answer()
		if err != nil {
			return err
		}
		if !m.dropped(answer) {
			m.put(text{"Dossier introuvable : %s\n", "No such folder: %s\n"}, answer)
		}
	}
	return nil
}

func (m *menu) build() error {
	if err := m.folder(); err != nil {
		return err
	}
	if code, _ := m.do("build", "--site", m.site); code != exitFine {
		return nil
	}
	return m.offer(text{"Ouvrir le kit ? (o/n) ", "Open the kit? (y/n) "}, filepath.Join(m.site, "kit", "index.html"))
}

func (m *menu) check() error {
	if err := m.folder(); err != nil {
		return err
	}
	m.do("check", "--site", m.site)
	return nil
}

// see serves the site until Enter, or Ctrl-C.
func (m *menu) see() error {
	if err := m.folder(); err != nil {
		return err
	}
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	var answered error
	over := make(chan struct{})
	go func() {
		defer close(over)
		_, answered = m.line()
		stop()
	}()
	m.command(ctx, func(address string) {
		m.put(text{"Le site s’ouvre dans votre navigateur. Entrée : arrêter.\n", "The site opens in your browser. Enter: stop.\n"})
		// Where there is no browser, the address stands above.
		_ = m.open(address)
	}, []string{"serve", "--site", m.site})
	if ctx.Err() == nil { // it stopped by itself, and said why
		m.put(text{"Entrée : continuer. ", "Enter: go on. "})
	}
	<-over
	if answered != nil {
		return answered
	}
	return errBack
}

func (m *menu) again() error {
	if err := m.folder(); err != nil {
		return err
	}
	m.put(text{"Le nom, comme sur la fiche (Entrée seule : revenir) : ", "The name, as in the record (Enter alone: back): "})
	name, err := m.words()
	if err != nil {
		return err
	}
	m.put(text{"Quelle pièce ? (Entrée seule : diploma) ", "Which piece? (Enter alone: diploma) "})
	piece, err := m.words()
	if errors.Is(err, errBack) {
		piece, err = "diploma", nil
	}
	if err != nil {
		return err
	}
	code, out := m.do("print", piece, name, "--profile", "office", "--site", m.site)
	if code != exitFine {
		return nil
	}
	file, _, _ := strings.Cut(out, "\n")
	return m.offer(text{"L’ouvrir ? (o/n) ", "Open it? (y/n) "}, file)
}

func (m *menu) importList() error {
	if err := m.folder(); err != nil {
		return err
	}
	m.put(text{"Glissez le fichier Excel dans cette fenêtre, puis Entrée (Entrée seule : revenir) : ", "Drag the Excel file into this window, then Enter (Enter alone: back): "})
	file, err := m.answer()
	if err != nil {
		return err
	}
	return m.take(file)
}

// take imports a list: what would change, then, when the person agrees, the change.
func (m *menu) take(file string) error {
	if err := m.folder(); err != nil {
		return err
	}
	args := []string{"import", absolutePath(file), "--site", m.site}
	tree, err := source.Open(m.site)
	if err != nil {
		m.explain(err)
		return nil
	}
	programmes, err := tree.Dirs("data/programmes")
	editions := map[string][]string{}
	for _, p := range programmes {
		editions[p] = starter.Editions(tree, p)
	}
	tree.Close() // nothing holds the folder while the import writes
	if err != nil {
		m.explain(err)
		return nil
	}
	programme := 0
	if len(programmes) > 1 {
		if programme, err = m.choose(text{"Dans quel programme ?", "Into which programme?"}, programmes); err != nil {
			return err
		}
		args = append(args, "--programme", programmes[programme])
	}
	if len(programmes) > 0 {
		if known := editions[programmes[programme]]; len(known) > 0 {
			i, err := m.choose(text{"Si c’est la liste des lauréats d’une édition, laquelle ? (Entrée seule : non, ou la liste le dit)", "If this is the list of an edition’s winners, which one? (Enter alone: no, or the list says it)"}, known)
			switch {
			case err == nil:
				args = append(args, "--edition", known[i])
			case !errors.Is(err, errBack):
				return err
			}
		}
	}
	if code, _ := m.do(args...); code != exitFine {
		return nil
	}
	yes, err := m.yes(text{"\nÉcrire ces changements ? Ce qui est là maintenant sera gardé à part. (o/n) ", "\nWrite these changes? What is there now will be kept apart. (y/n) "})
	if err != nil || !yes {
		return err
	}
	m.do(append(args, "--write")...)
	return nil
}

func (m *menu) create() error {
	m.put(text{"Nom du site (Entrée seule : revenir) : ", "Name of the site (Enter alone: back): "})
	title, err := m.words()
	if err != nil {
		return err
	}
	m.put(text{"Nom du programme (label, défi, charte…) : ", "Name of the programme (label, challenge, charter…): "})
	programme, err := m.words()
	if errors.Is(err, errBack) {
		programme, err = title, nil
	}
	if err != nil {
		return err
	}
	folder := typography.Slug(title)
	if folder == "" {
		folder = text{"mon-site", "my-site"}.in(m.lang(""))
	}
	dir := filepath.Join(m.home(), folder)
	m.put(text{"Son dossier sera %s\nEntrée : d’accord ; ou glissez un dossier vide dans cette fenêtre, puis Entrée : ", "Its folder will be %s\nEnter: fine; or drag an empty folder into this window, then Enter: "}, dir)
	other, err := m.answer()
	switch {
	case err == nil:
		dir = absolutePath(other)
	case !errors.Is(err, errBack):
		return err
	}
	lang := "fr"
	if m.lang("") == diag.English {
		lang = "en"
	}
	if code, _ := m.do("new", "site", dir, "--title", title, "--programme", programme, "--lang", lang); code == exitFine {
		m.site = dir
	}
	return nil
}

// home is where a site is made: beside the program, else where one may write.
func (m *menu) home() string {
	dirs := slices.Clone(m.near)
	if dir, err := os.UserHomeDir(); err == nil {
		dirs = append(dirs, dir)
	}
	for _, dir := range dirs {
		f, err := os.CreateTemp(dir, ".vitrine-*")
		if err != nil {
			continue
		}
		if errors.Join(f.Close(), os.Remove(f.Name())) == nil {
			return dir
		}
	}
	return "."
}

// do runs a command as it would be typed.
func (m *menu) do(args ...string) (int, string) {
	m.put(text{"\n", "\n"})
	return m.command(context.Background(), nil, args)
}

// offer opens a file, if the person wants to.
func (m *menu) offer(question text, file string) error {
	yes, err := m.yes(question)
	if err != nil || !yes {
		return err
	}
	if err := m.open(file); err != nil {
		m.put(text{"Le système ne sait pas l’ouvrir. Le fichier : %s\n", "The system cannot open it. The file: %s\n"}, file)
	}
	return nil
}

func absolutePath(file string) string {
	if abs, err := filepath.Abs(file); err == nil {
		return abs
	}
	return file
}
