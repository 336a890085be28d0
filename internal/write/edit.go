package write

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// Edit replaces files of a folder that are its owner's: each appears whole, or as it was.
// What was there is kept below backup, a name in the same folder, under its own name;
// backup must not exist. When one file cannot be replaced, those that were are put back.
func Edit(dir, backup string, files map[string][]byte) (err error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, root.Close()) }()
	if _, err := root.Lstat(filepath.FromSlash(backup)); err == nil {
		return fmt.Errorf("%s: %w", backup, fs.ErrExist)
	}
	var names []string
	for n := range files {
		if !fs.ValidPath(n) {
			return fmt.Errorf("%q is no name of a file", n)
		}
		names = append(names, n)
	}
	slices.SortFunc(names, rememberedLast)
	var staged, kept, replaced []string
	fail := func(err error) error {
		for _, n := range replaced {
			old := path.Join(backup, n)
			if slices.Contains(kept, n) {
				err = errors.Join(err, root.Rename(filepath.FromSlash(old), filepath.FromSlash(n)))
			} else {
				err = errors.Join(err, root.Remove(filepath.FromSlash(n)))
			}
		}
		for _, n := range staged {
			if !slices.Contains(replaced, n) {
				err = errors.Join(err, root.Remove(filepath.FromSlash(beside(n))))
			}
		}
		return err
	}
	for _, n := range names {
		begun, err := stageEdit(root, n, files[n])
		if begun { // part of it takes room on a disk that may be full
			staged = append(staged, n)
		}
		if err != nil {
			return fail(err)
		}
	}
	for _, n := range names {
		old, err := root.ReadFile(filepath.FromSlash(n))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return fail(err)
		}
		to := path.Join(backup, n)
		if err := root.MkdirAll(filepath.FromSlash(path.Dir(to)), 0o777); err != nil {
			return fail(err)
		}
		if err := root.WriteFile(filepath.FromSlash(to), old, 0o600); err != nil {
			return fail(err)
		}
		kept = append(kept, n)
	}
	for _, n := range names {
		if err := root.Rename(filepath.FromSlash(beside(n)), filepath.FromSlash(n)); err != nil {
			return fail(err)
		}
		replaced = append(replaced, n)
	}
	return nil
}

// beside is the name under which a file waits; a leading dot hides it from who lists.
func beside(name string) string { return path.Join(path.Dir(name), ".new-"+path.Base(name)) }

// rememberedLast orders files by name, hidden ones after the others: they remember what was written, and
// a program that dies between two of them must not leave a memory of what was not.
func rememberedLast(a, b string) int {
	hidden := func(name string) int {
		if strings.HasPrefix(path.Base(name), ".") {
			return 1
		}
		return 0
	}
	return cmp.Or(hidden(a)-hidden(b), strings.Compare(a, b))
}

// stageEdit writes a file beside the one that it is to replace; begun tells that something stands there.
func stageEdit(root *os.Root, name string, data []byte) (begun bool, err error) {
	mode := fs.FileMode(0o666)
	if info, err := root.Stat(filepath.FromSlash(name)); err == nil {
		if !info.Mode().IsRegular() {
			return false, fmt.Errorf("%s is no file", name)
		}
		mode = info.Mode().Perm()
	}
	if err := root.MkdirAll(filepath.FromSlash(path.Dir(name)), 0o777); err != nil {
		return false, err
	}
	f, err := root.OpenFile(filepath.FromSlash(beside(name)), os.O_WRONLY|os.O_CREATE|os.O_TRUNC, mode)
	if err != nil {
		return false, err
	}
	_, err = f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	return true, errors.Join(err, f.Close())
}
