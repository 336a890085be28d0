package source

import (
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// Layers makes one folder out of several: a name is looked up in each in turn, so an
// integrator replaces one file of a theme and keeps the others. The folder appears
// under prefix, as it would in a site.
func Layers(prefix string, layers ...fs.FS) fs.FS {
	return layered{prefix: prefix, layers: layers}
}

// Folder is a folder of a file system; ok is false when there is none.
func Folder(fsys fs.FS, dir string) (sub fs.FS, ok bool) {
	if fsys == nil {
		return nil, false
	}
	info, err := fs.Stat(fsys, dir)
	if err != nil || !info.IsDir() {
		return nil, false
	}
	sub, err = fs.Sub(fsys, dir)
	return sub, err == nil
}

type layered struct {
	prefix string
	layers []fs.FS
}

func (l layered) inside(op, name string) (string, error) {
	if name == l.prefix {
		return ".", nil
	}
	rest, ok := strings.CutPrefix(name, l.prefix+"/")
	if !ok || !fs.ValidPath(rest) {
		return "", &fs.PathError{Op: op, Path: name, Err: fs.ErrNotExist}
	}
	return rest, nil
}

func (l layered) Open(name string) (fs.File, error) {
	rest, err := l.inside("open", name)
	if err != nil {
		return nil, err
	}
	for _, layer := range l.layers {
		f, err := layer.Open(rest)
		if err == nil {
			return f, nil
		}
		if !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
	}
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}

// ReadDir lists a folder of all the layers together.
func (l layered) ReadDir(name string) ([]fs.DirEntry, error) {
	rest, err := l.inside("readdir", name)
	if err != nil {
		return nil, err
	}
	var all []fs.DirEntry
	found := false
	for _, layer := range l.layers {
		entries, err := fs.ReadDir(layer, path.Clean(rest))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		found = true
		for _, e := range entries {
			if !slices.ContainsFunc(all, func(x fs.DirEntry) bool { return x.Name() == e.Name() }) {
				all = append(all, e)
			}
		}
	}
	if !found {
		return nil, &fs.PathError{Op: "readdir", Path: name, Err: fs.ErrNotExist}
	}
	slices.SortFunc(all, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return all, nil
}
