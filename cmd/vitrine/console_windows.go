package main

import (
	"os"
	"syscall"
	"unsafe"
)

var (
	kernel32          = syscall.NewLazyDLL("kernel32.dll")
	consoleProcesses  = kernel32.NewProc("GetConsoleProcessList")
	setConsoleMode    = kernel32.NewProc("SetConsoleMode")
	terminalSequences = uint32(0x4) // ENABLE_VIRTUAL_TERMINAL_PROCESSING
)

// opened looks how the program was started. alone: the console was made for it, by a
// double-click, and closes when it ends; ask: then, without arguments, it asks what to do.
func opened(args []string) (alone, ask bool) {
	var ids [2]uint32
	n, _, _ := consoleProcesses.Call(uintptr(unsafe.Pointer(&ids[0])), uintptr(len(ids)))
	alone = n == 1 && atTerminal(os.Stdin, os.Stdout, os.Stderr)
	return alone, alone && len(args) == 0
}

// prepareConsole lets older consoles of Windows understand colours; it reports whether
// they do.
func prepareConsole() bool {
	fine := true
	for _, f := range []*os.File{os.Stdout, os.Stderr} {
		var mode uint32
		if err := syscall.GetConsoleMode(syscall.Handle(f.Fd()), &mode); err != nil {
			continue // it is no console
		}
		if mode&terminalSequences != 0 {
			continue
		}
		ok, _, _ := setConsoleMode.Call(f.Fd(), uintptr(mode|terminalSequences))
		fine = fine && ok != 0
	}
	return fine
}
