// Command script makes the files of the default theme that pages ask for and nobody writes by hand: the
// scripts, bundled, one for each thing that a script does, and the style sheet, without what only its
// authors read. It is run by whoever changes them; a build of a site needs neither it nor Node.
//
//	go run ./tools/script
package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/evanw/esbuild/pkg/api"
)

// A file is made from one of the theme's folders of sources and put under the same name into assets/.
const (
	theme = "themes/default"
	to    = "assets"
)

var files = []struct {
	from, name string
	heaviest   int // what it may weigh before compression, in bytes
}{
	{"scripts", "find.js", 20_000},
	{"scripts", "hours.js", 2_500},
	{"styles", "site.css", 15_000},
}

func main() {
	for _, f := range files {
		code, err := bundle(theme, f.from, f.name)
		if err == nil {
			err = os.WriteFile(filepath.Join(theme, to, f.name), code, 0o644)
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		fmt.Printf("%s: %d bytes\n", filepath.Join(theme, to, f.name), len(code))
	}
}

// bundle is a script in the form in which browsers of the last years read it soonest, or a style sheet
// as it was written but for white space, comments and longer ways to say the same: its addresses are
// those of pages, not of files to be put into it.
func bundle(theme, from, name string) ([]byte, error) {
	options := api.BuildOptions{
		EntryPoints: []string{filepath.Join(theme, from, name)}, Charset: api.CharsetUTF8,
		MinifyWhitespace: true, MinifySyntax: true,
		LegalComments: api.LegalCommentsNone,
	}
	if filepath.Ext(name) == ".js" {
		options.Bundle, options.Format, options.Target, options.MinifyIdentifiers = true, api.FormatIIFE, api.ES2020, true
	}
	r := api.Build(options)
	var err error
	for _, m := range append(r.Errors, r.Warnings...) {
		err = errors.Join(err, errors.New(m.Text))
	}
	if err != nil {
		return nil, err
	}
	return r.OutputFiles[0].Contents, nil
}
