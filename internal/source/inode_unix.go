//go:build unix

package source

import (
	"io/fs"
	"syscall"
)

// inode is the number of a file on its disk: another file under the same name has
// another one, even with the size and time of the first.
func inode(info fs.FileInfo) uint64 {
	if st, ok := info.Sys().(*syscall.Stat_t); ok {
		return uint64(st.Ino)
	}
	return 0
}
