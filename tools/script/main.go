// Command script bundles the scripts of the default theme into the one file that pages ask
// for. It is run by whoever changes them; a build of a site needs neither it nor Node.
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

// From and to are below the theme's folder.
const (
	theme = "themes/default"
	from  = "scripts/find.js"
	to    = "assets/find.js"
)

func main() {
	code, err := bundle(theme)
	if err == nil {
		err = os.WriteFile(filepath.Join(theme, to), code, 0o644)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Printf("%s: %d bytes\n", filepath.Join(theme, to), len(code))
}

// bundle is the script in the form in which browsers of the last years read it soonest.
func bundle(theme string) ([]byte, error) {
	r := api.Build(api.BuildOptions{
		EntryPoints: []string{filepath.Join(theme, from)},
		Bundle:      true, Format: api.FormatIIFE, Target: api.ES2020, Charset: api.CharsetUTF8,
		MinifyWhitespace: true, MinifyIdentifiers: true, MinifySyntax: true,
		LegalComments: api.LegalCommentsNone,
	})
	var err error
	for _, m := range append(r.Errors, r.Warnings...) {
		err = errors.Join(err, errors.New(m.Text))
	}
	if err != nil {
		return nil, err
	}
	return r.OutputFiles[0].Contents, nil
}
