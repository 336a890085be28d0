package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestThemeWalk follows the steps of docs/theme.md as they stand there, on a new site: its commands are run, its files
// written where the text before them says, and what it promises is looked for in what is built. Comments of the page, which readers
// do not see, say what to look for:
//
//	<!-- see FILE: TEXT -->    after a build the file has the text; unseen: it has not
//	<!-- exists FILE -->
//	<!-- pdf FILE: TEXT -->    a printed text
//	<!-- font FILE -->         a font is put there
func TestThemeWalk(t *testing.T) {
	data, err := os.ReadFile("../../docs/theme.md")
	if err != nil {
		t.Fatal(err)
	}
	_, walk, ok := strings.Cut(string(data), "\n## A look of your own, in ten minutes\n")
	if !ok {
		t.Fatal("docs/theme.md has no walk")
	}
	walk, _, _ = strings.Cut(walk, "\n## ")
	script, steps := scriptOf(t, walk)
	if steps < 25 {
		t.Errorf("only %d steps", steps)
	}
	file := filepath.Join(t.TempDir(), "walk.txtar")
	if err := os.WriteFile(file, []byte(script), 0o666); err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Files: []string{file},
		Setup: func(env *testscript.Env) error {
			env.Setenv("SOURCE_DATE_EPOCH", "1795219200")
			env.Setenv("SITES", absolute(t, "testdata/sites"))
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"font": cmdThemeFont, "append": cmdAppend, "prepend": cmdAppend, "has": cmdHas, "pdftext": cmdPDFText,
		},
	})
}

var (
	inlinePath = regexp.MustCompile("`([\\w./-]+/[\\w.-]+\\.\\w+)`")
	promise    = regexp.MustCompile(`^<!-- (see|unseen|exists|pdf|font) ([^: ]+)(?:: (.*))? -->$`)
)

// scriptOf makes a script of a text with fenced blocks.
func scriptOf(t *testing.T, text string) (script string, steps int) {
	var body, archive strings.Builder
	body.WriteString("exec vitrine new site . --lang en --title 'My site' --programme 'My programme'\n")
	var before string // the paragraph that stands before a block
	built := false
	build := func() {
		if !built {
			body.WriteString("exec vitrine build\n! stderr error\n")
			built = true
		}
	}
	quote := func(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }
	lines := strings.Split(text, "\n")
	for i := 0; i < len(lines); i++ {
		line := lines[i]
		if m := promise.FindStringSubmatch(line); m != nil {
			steps++
			switch m[1] {
			case "exists":
				fmt.Fprintf(&body, "exists %s\n", m[2])
			case "font":
				fmt.Fprintf(&body, "font %s\n", m[2])
			case "pdf":
				build()
				fmt.Fprintf(&body, "pdftext %s %s\n", m[2], quote(m[3]))
			default:
				build()
				not := map[string]string{"unseen": "! "}[m[1]]
				fmt.Fprintf(&body, "%shas %s %s\n", not, m[2], quote(m[3]))
			}
			continue
		}
		kind, fence := strings.CutPrefix(line, "```")
		if !fence {
			if line != "" && !strings.HasPrefix(line, "<!--") {
				if i == 0 || lines[i-1] == "" || strings.HasPrefix(lines[i-1], "<!--") {
					before = ""
				}
				before += line + "\n"
			}
			continue
		}
		var block strings.Builder
		for i++; i < len(lines) && lines[i] != "```"; i++ {
			block.WriteString(lines[i] + "\n")
		}
		steps++
		if kind == "sh" {
			for command := range strings.Lines(block.String()) {
				body.WriteString("exec " + strings.ReplaceAll(command, `"`, "'"))
			}
			continue
		}
		built = false
		names := inlinePath.FindAllStringSubmatch(before, -1)
		if len(names) == 0 {
			t.Fatalf("where does this go?\n%s", block.String())
		}
		target, how := names[len(names)-1][1], "cp"
		if strings.Contains(before, "for a site in French") {
			target = names[0][1]
		}
		switch {
		case target == "data/site.toml":
			how = "prepend"
		case strings.Contains(before, "below what is there"):
			how = "append"
		}
		step := fmt.Sprintf("steps/%d", steps)
		fmt.Fprintf(&archive, "-- %s --\n%s", step, block.String())
		fmt.Fprintf(&body, "mkdir %s\n%s %s %s\n", filepath.ToSlash(filepath.Dir(target)), how, step, target)
	}
	return body.String() + archive.String(), steps
}

// cmdAppend puts a file at the end of another one, or before it.
func cmdAppend(ts *testscript.TestScript, neg bool, args []string) {
	from, to := ts.ReadFile(args[0]), ts.ReadFile(args[1])
	joined := to + "\n" + from
	if strings.HasPrefix(from, "theme =") { // the top of data/site.toml
		joined = from + to
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(joined), 0o666))
}

func cmdHas(ts *testscript.TestScript, neg bool, args []string) {
	if strings.Contains(ts.ReadFile(args[0]), args[1]) == neg {
		ts.Fatalf("%s: %q found: %v", args[0], args[1], neg)
	}
}

// cmdThemeFont puts one of the default theme's fonts where a theme names one.
func cmdThemeFont(ts *testscript.TestScript, neg bool, args []string) {
	from := "fonts/text-700.ttf"
	if strings.HasSuffix(args[0], ".woff2") {
		from = "assets/fonts/sans-600.woff2"
	}
	data, err := os.ReadFile(filepath.Join(ts.Getenv("SITES"), "../../../../themes/default", from))
	ts.Check(err)
	ts.Check(os.MkdirAll(filepath.Dir(ts.MkAbs(args[0])), 0o755))
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), data, 0o666))
}
