// Package themes carries the themes that come with the program.
package themes

import "embed"

// FS holds one folder per built-in theme.
//
//go:embed all:default
var FS embed.FS
