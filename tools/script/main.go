// Command script bundles the scripts of the default theme into the files that pages ask
// for, one for each thing that a script does. It is run by whoever changes them; a build of a site needs neither it nor Node.
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

// A script is made from a file of scripts/ of the theme and put under the same name into assets/.
const (
	theme = "themes/default"
	from  = "scripts"
	to    = "assets"
)

var scripts = []string{"find.js", "hours.js"}

func main() {
	for _, name := range scripts {
		code, err := bundle(theme, name)
		if err == nil {
			err = os.WriteFile(filepath.Join(theme, to, name), code, 0o644)
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		fmt.Printf("%s: %d bytes\n", filepath.Join(theme, to, name), len(code))
	}
}

// bundle is a script in the form in which browsers of the last years read it soonest.
func bundle(theme, name string) ([]byte, error) {
	r := api.Build(api.BuildOptions{
		EntryPoints: []string{filepath.Join(theme, from, name)},
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
