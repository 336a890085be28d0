package source

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"
)

// With is the same folder as it would be with other files in it, by their names. Nothing
// is written: it serves to read a site before it is changed.
func (t *Tree) With(files map[string][]byte) *Tree {
	return New(overlay{t.fsys, files})
}

type overlay struct {
	under fs.FS
	files map[string][]byte
}

func (o overlay) Open(name string) (fs.File, error) {
	if data, ok := o.files[name]; ok {
		return &memoryFile{Reader: bytes.NewReader(data), info: memoryInfo{path.Base(name), int64(len(data))}}, nil
	}
	return o.under.Open(name)
}

// ReadDir lists a folder with what lies over it.
func (o overlay) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := fs.ReadDir(o.under, name)
	found := false
	for file, data := range o.files {
		if path.Dir(file) != name {
			continue
		}
		found = true
		info := memoryInfo{path.Base(file), int64(len(data))}
		entries = slices.DeleteFunc(entries, func(e fs.DirEntry) bool { return e.Name() == info.name })
		entries = append(entries, fs.FileInfoToDirEntry(info))
	}
	if found && errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return entries, err
}

type memoryFile struct {
	*bytes.Reader
	info memoryInfo
}

func (f *memoryFile) Stat() (fs.FileInfo, error) { return f.info, nil }
func (f *memoryFile) Close() error               { return nil }

var _ io.Reader = (*memoryFile)(nil)

type memoryInfo struct {
	name string
	size int64
}

func (i memoryInfo) Name() string       { return i.name }
func (i memoryInfo) Size() int64        { return i.size }
func (i memoryInfo) Mode() fs.FileMode  { return 0o444 }
func (i memoryInfo) ModTime() time.Time { return time.Time{} }
func (i memoryInfo) IsDir() bool        { return false }
func (i memoryInfo) Sys() any           { return nil }
