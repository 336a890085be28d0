package ident

import (
	"crypto/sha256"
	"strings"
)

// maxID keeps the paths made of ids within what file systems allow.
const maxID = 100

// ID checks the id of a record: lower-case letters, digits and hyphens, none at
// either end (a leading one would read as a flag on the command line, a
// trailing one is a slip), not a name that Windows keeps for a device, since
// ids become folders and files.
func ID(s string) Reason {
	if s == "" {
		return Empty
	}
	for i := 0; i < len(s); i++ {
		if c := s[i]; !(c >= 'a' && c <= 'z' || digit(c) || c == '-') {
			return BadCharacter
		}
	}
	switch {
	case len(s) > maxID:
		return TooLong
	case s[0] == '-' || s[len(s)-1] == '-':
		return EdgeHyphen
	case Reserved(s):
		return ReservedName
	}
	return OK
}

// Reserved reports that Windows takes a file name for a device, with or without
// an extension and whatever its case: con, PRN.txt, com1, lpt9.
func Reserved(name string) bool {
	stem, _, _ := strings.Cut(name, ".")
	stem = strings.ToLower(strings.TrimRight(stem, " "))
	switch stem {
	case "con", "prn", "aux", "nul", "conin$", "conout$", "clock$":
		return true
	}
	for _, port := range []string{"com", "lpt"} {
		if n, found := strings.CutPrefix(stem, port); found {
			switch n {
			case "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "¹", "²", "³":
				return true
			}
		}
	}
	return false
}

// crockford is Crockford's base 32: no i, l, o or u, so that a code read aloud
// or typed from a window is not mistaken.
const crockford = "0123456789abcdefghjkmnpqrstvwxyz"

// ShortCode returns the code of a participant in short addresses: the first
// eight characters, in Crockford's base 32, of SHA-256("PROGRAMME/ID").
func ShortCode(programme, id string) string {
	sum := sha256.Sum256([]byte(programme + "/" + id))
	var bits uint64
	for _, b := range sum[:5] {
		bits = bits<<8 | uint64(b)
	}
	var code [8]byte
	for i := range code {
		code[i] = crockford[bits>>(35-5*i)&31]
	}
	return string(code[:])
}
