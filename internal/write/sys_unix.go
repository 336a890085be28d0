//go:build unix

package write

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
)

const noFollow = syscall.O_NOFOLLOW | syscall.O_NONBLOCK

// openNew creates a file. It goes past [os.OpenFile], which asks the system four times more of each file
// whether one can wait for it: of a regular file one cannot.
func openNew(path string) (*os.File, error) {
	for {
		fd, err := syscall.Open(path, syscall.O_WRONLY|syscall.O_CREAT|syscall.O_EXCL|syscall.O_CLOEXEC, 0o666)
		switch {
		case err == nil:
			return os.NewFile(uintptr(fd), path), nil
		case err != syscall.EINTR:
			return nil, &os.PathError{Op: "open", Path: path, Err: err}
		}
	}
}

// unshared tells whether a file has only one name.
func unshared(info os.FileInfo) bool {
	st, ok := info.Sys().(*syscall.Stat_t)
	return ok && st.Nlink == 1
}

// sameDevice tells whether files may be moved between a folder and another, which
// need not exist yet. It can be wrong about mount points of one file system.
func sameDevice(a, b string) bool {
	var here, there syscall.Stat_t
	if syscall.Stat(a, &here) != nil {
		return false
	}
	for syscall.Stat(b, &there) != nil {
		up := filepath.Dir(b)
		if up == b {
			return false
		}
		b = up
	}
	return here.Dev == there.Dev
}

func crossDevice(err error) bool { return errors.Is(err, syscall.EXDEV) }
