//go:build !unix

package write

import "syscall"

// The Windows numbers, spelled out because package syscall names only some:
// disk full, handle disk full, quota; write protect; sharing and lock violation,
// user-mapped file.
var (
	errnoFull     = []syscall.Errno{112, 39, 1295}
	errnoReadOnly = []syscall.Errno{19}
	errnoBusy     = []syscall.Errno{32, 33, 1224}
)
