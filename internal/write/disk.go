package write

import (
	"io"
	"os"
	"path/filepath"
)

// disk is every change that this package makes to the file system outside the
// files of its own state, so that tests can stop or refuse any one of them.
type disk struct {
	before func(op, path string) error // nil outside tests
}

func (d disk) may(op, path string) error {
	if d.before == nil {
		return nil
	}
	return d.before(op, path)
}

func (d disk) mkdir(path string) error {
	if err := d.may("mkdir", path); err != nil {
		return err
	}
	return os.Mkdir(path, 0o777)
}

func (d disk) mkdirAll(path string) error {
	if err := d.may("mkdir", path); err != nil {
		return err
	}
	return os.MkdirAll(path, 0o777)
}

// remove takes away one file, link or empty folder.
func (d disk) remove(path string) error {
	if err := d.may("remove", path); err != nil {
		return err
	}
	return os.Remove(path)
}

// removeAll is for the state folder alone; it does not follow links.
func (d disk) removeAll(path string) error {
	if err := d.may("remove-all", path); err != nil {
		return err
	}
	return os.RemoveAll(path)
}

func (d disk) rename(from, to string) error {
	if err := d.may("rename", to); err != nil {
		return err
	}
	return os.Rename(from, to)
}

func (d disk) link(from, to string) error {
	if err := d.may("link", to); err != nil {
		return err
	}
	return os.Link(from, to)
}

func (d disk) exchange(a, b string) error {
	if err := d.may("exchange", b); err != nil {
		return err
	}
	return exchange(a, b)
}

// create writes a new file and returns its time. It fails where something
// stands already.
func (d disk) create(path string, data []byte, more io.Reader) (size, mtime int64, err error) {
	if err := d.may("create", path); err != nil {
		return 0, 0, err
	}
	f, err := openNew(path)
	if err != nil {
		return 0, 0, err
	}
	size, mtime, err = d.fill(f, path, data, more, false)
	if err != nil {
		os.Remove(path)
	}
	return size, mtime, err
}

// rewrite puts new bytes into a file that nothing else shares. It never empties
// it first: on ext4 a file emptied and filled again is flushed when it closes.
func (d disk) rewrite(path string, data []byte, more io.Reader) (size, mtime int64, err error) {
	if err := d.may("rewrite", path); err != nil {
		return 0, 0, err
	}
	f, err := os.OpenFile(path, os.O_WRONLY|noFollow, 0)
	if err != nil {
		return 0, 0, err
	}
	return d.fill(f, path, data, more, true)
}

func (d disk) fill(f *os.File, path string, data []byte, more io.Reader, cut bool) (size, mtime int64, err error) {
	// The step between opening and filling: where a disk turns out to be full.
	err = d.may("fill", path)
	if err == nil {
		_, err = f.Write(data)
		size = int64(len(data))
	}
	if err == nil && more != nil {
		var n int64
		n, err = io.Copy(f, more)
		size += n
	}
	if err == nil && cut {
		err = f.Truncate(size)
	}
	if err == nil {
		var info os.FileInfo
		if info, err = f.Stat(); err == nil {
			mtime = info.ModTime().UnixNano()
		}
	}
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	return size, mtime, err
}

// at is the place of a slash-separated path below a folder of this system.
func at(dir, path string) string {
	if path == "" {
		return dir
	}
	return dir + string(filepath.Separator) + filepath.FromSlash(path)
}
