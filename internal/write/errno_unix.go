//go:build unix

package write

import "syscall"

var (
	errnoFull     = []syscall.Errno{syscall.ENOSPC, syscall.EDQUOT, syscall.EFBIG}
	errnoReadOnly = []syscall.Errno{syscall.EROFS}
	errnoBusy     = []syscall.Errno{syscall.EBUSY, syscall.ETXTBSY}
)
