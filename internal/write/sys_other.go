//go:build !unix

package write

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
)

const noFollow = 0

// openNew creates a file.
func openNew(path string) (*os.File, error) {
	return os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
}

// unshared does not know here, and says no.
func unshared(os.FileInfo) bool { return false }

// sameDevice compares drive letters; a drive mounted in a folder shows when a
// rename is refused.
func sameDevice(a, b string) bool {
	return strings.EqualFold(filepath.VolumeName(a), filepath.VolumeName(b))
}

// crossDevice knows ERROR_NOT_SAME_DEVICE.
func crossDevice(err error) bool { return errors.Is(err, syscall.Errno(17)) }
