package serve

import (
	"path"
	"strings"
)

// roots are the folders of a site that a build reads. What lies elsewhere (public, kit,
// .vitrine, a repository's own files) is not watched at all.
var roots = []string{"data", "content", "static", "themes"}

// watched reports whether a file or folder can be part of the site; its name is relative
// to the site's folder, with slashes. Hidden names belong to systems and repositories,
// and the files that editors put down while they save are theirs.
func watched(name string) bool {
	first, _, _ := strings.Cut(name, "/")
	if !isRoot(first) {
		return false
	}
	for part := range strings.SplitSeq(name, "/") {
		if strings.HasPrefix(part, ".") || part == "node_modules" {
			return false
		}
	}
	return !temporary(path.Base(name))
}

func isRoot(name string) bool {
	for _, r := range roots {
		if name == r {
			return true
		}
	}
	return false
}

// temporary reports whether a file's name is one that editors and systems use while they
// write, and remove afterwards.
func temporary(base string) bool {
	switch {
	case base == "4913": // Vim tries whether it may write
		return true
	case strings.HasSuffix(base, "~"), strings.HasPrefix(base, "~$"), strings.HasPrefix(base, "#") && strings.HasSuffix(base, "#"):
		return true
	case strings.HasSuffix(base, "___jb_tmp___"), strings.HasSuffix(base, "___jb_old___"): // JetBrains
		return true
	case strings.EqualFold(base, "Thumbs.db"), strings.EqualFold(base, "desktop.ini"):
		return true
	}
	switch strings.ToLower(path.Ext(base)) {
	case ".swp", ".swo", ".swx", ".tmp", ".temp", ".part", ".crdownload", ".lock":
		return true
	}
	return false
}

// text reports whether a file only holds words and records, so that no other file of the
// site, a picture or a font, can have changed with it.
func text(name string) bool {
	switch path.Ext(name) {
	case ".md", ".toml", ".csv":
		return true
	}
	return false
}
