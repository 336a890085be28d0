//go:build !windows

package main

import "os"

// opened looks how the program was started: ask, at a terminal and without arguments.
// No window closes by itself, so that it is never alone.
func opened(args []string) (alone, ask bool) {
	return false, len(args) == 0 && atTerminal(os.Stdin, os.Stdout, os.Stderr)
}

// prepareConsole has nothing to do where every terminal knows colours.
func prepareConsole() bool { return true }
