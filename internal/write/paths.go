package write

import (
	"path/filepath"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

const (
	maxPart = 255  // bytes: what ext4, NTFS (in UTF-16 units) and APFS take
	maxPath = 1000 // bytes, slashes included
	// reserved begins the names that this package gives its own folders.
	reserved = ".vitrine"
)

// CheckPath tells whether a slash-separated path may be that of an output on
// every system that Vitrine runs on, not only on this one: a site built on Linux
// is copied to Windows.
func CheckPath(path string) error {
	if reason := pathReason(path); reason != "" {
		return &PathError{Path: path, Reason: reason}
	}
	return nil
}

func pathReason(path string) PathReason {
	switch {
	case path == "":
		return PathEmpty
	case len(path) > maxPath:
		return PathTooLong
	}
	plain := true
	for i := 0; i < len(path); i++ {
		if c := path[i]; c >= utf8.RuneSelf {
			plain = false
		} else if refusedASCII[c] {
			return PathCharacter
		}
	}
	if !plain {
		if !utf8.ValidString(path) {
			return PathEncoding
		}
		for _, r := range path {
			if unicode.IsControl(r) || r == '\u2028' || r == '\u2029' || unicode.Is(unicode.Bidi_Control, r) {
				return PathCharacter
			}
		}
	}
	rest, more := path, true
	for first := true; more; first = false {
		var part string
		part, rest, more = strings.Cut(rest, "/")
		switch {
		case part == "" || part == "." || part == "..":
			return PathNotLocal
		case len(part) > maxPart:
			return PathTooLong
		case part[len(part)-1] == '.' || part[len(part)-1] == ' ':
			return PathTrailing
		case isDevice(part):
			return PathDevice
		case first && len(part) >= len(reserved) && strings.EqualFold(part[:len(reserved)], reserved):
			return PathReserved
		}
	}
	// The system's own opinion, last: the checks above are meant to be stricter.
	if !filepath.IsLocal(filepath.FromSlash(path)) {
		return PathNotLocal
	}
	return ""
}

// refusedASCII are the control characters and those that Windows reserves.
var refusedASCII = func() (table [utf8.RuneSelf]bool) {
	for c := range table {
		table[c] = c < 0x20 || c == 0x7f || strings.ContainsRune(`<>:"|?*\`, rune(c))
	}
	return table
}()

// isDevice knows the names that Windows takes for devices, with any extension
// and with blanks before it.
func isDevice(part string) bool {
	switch part[0] | 0x20 {
	case 'c', 'p', 'a', 'n', 'l':
	default:
		return false
	}
	stem, _, _ := strings.Cut(part, ".")
	stem = strings.TrimRight(stem, " ")
	if len(stem) < 3 || len(stem) > 7 {
		return false
	}
	switch strings.ToUpper(stem) {
	case "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$":
		return true
	}
	head := strings.ToUpper(stem[:3])
	if head != "COM" && head != "LPT" {
		return false
	}
	switch stem[3:] {
	case "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "¹", "²", "³":
		return true
	}
	return false
}

// fold maps the names that a case-insensitive or normalising file system would
// take for one to one key. A plain lower-case ASCII path is its own key.
func fold(path string) string {
	plain := true
	for i := 0; i < len(path); i++ {
		if c := path[i]; c >= utf8.RuneSelf || 'A' <= c && c <= 'Z' {
			plain = false
			break
		}
	}
	if plain {
		return path
	}
	// In parts, so that folding a letter never makes it one with its neighbour.
	valid := strings.ToValidUTF8(path, "\ufffd")
	return norm.NFD.String(strings.Map(foldRune, norm.NFD.String(valid)))
}

func foldRune(r rune) rune {
	if 'A' <= r && r <= 'Z' {
		return r + 'a' - 'A'
	}
	least := r
	for n := unicode.SimpleFold(r); n != r; n = unicode.SimpleFold(n) {
		// A mark stands for its letter: the iota below is an iota.
		if unicode.Is(unicode.Mn, least) || n < least && !unicode.Is(unicode.Mn, n) {
			least = n
		}
	}
	if 'A' <= least && least <= 'Z' { // K (Kelvin) folds to k, like K
		return least + 'a' - 'A'
	}
	return least
}

// parent is the folder of a path, "" at the top.
func parent(path string) string {
	if i := strings.LastIndexByte(path, '/'); i >= 0 {
		return path[:i]
	}
	return ""
}

// top is the first part of a path.
func top(path string) string {
	part, _, _ := strings.Cut(path, "/")
	return part
}

// covers tells whether path is one of the places or lies below one.
func covers(places []string, path string) bool {
	for _, p := range places {
		if path == p || strings.HasPrefix(path, p+"/") {
			return true
		}
	}
	return false
}
