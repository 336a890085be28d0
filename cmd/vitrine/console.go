package main

import (
	"os"
	"os/exec"
	"runtime"
)

// atTerminal reports that a person sits at all of the files.
func atTerminal(files ...*os.File) bool {
	null, err := os.Stat(os.DevNull)
	if err != nil {
		null = nil
	}
	for _, f := range files {
		info, err := f.Stat()
		if err != nil || info.Mode()&os.ModeCharDevice == 0 || null != nil && os.SameFile(info, null) {
			return false
		}
	}
	return true
}

// openWithSystem shows a file or an address with the program that the system has for it.
func openWithSystem(target string) error {
	var cmd *exec.Cmd
	switch runtime.GOOS {
	case "windows":
		cmd = exec.Command("rundll32", "url.dll,FileProtocolHandler", target)
	case "darwin":
		cmd = exec.Command("open", target)
	default:
		cmd = exec.Command("xdg-open", target)
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	go cmd.Wait() // it may stay open longer than we do
	return nil
}
