//go:build unix

package write

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
)

const noFollow = syscall.O_NOFOLLOW | syscall.O_NONBLOCK

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
