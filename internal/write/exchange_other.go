//go:build !linux

package write

import "errors"

var errNoExchange = errors.New("folders cannot be exchanged here")

func exchange(a, b string) error { return errNoExchange }

func (s *Session) canExchange(string) bool { return false }

func (o *output) mirror() error { return errNoExchange }

func inode(string) uint64 { return 0 }
